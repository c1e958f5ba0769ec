//! Identifiers: short, ASCII, checked once when they are read.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest identifier, in bytes.
pub const MAX_ID_BYTES: usize = 64;

/// A text that is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is not a valid {kind}: use 1 to 64 letters, digits, `.`, `_` or `-`")]
pub struct IdError {
    /// What was expected, for example `competence id`.
    pub kind: &'static str,
    /// The beginning of what was found.
    pub found: String,
}

fn check(kind: &'static str, text: &str) -> Result<(), IdError> {
    let fits = (1..=MAX_ID_BYTES).contains(&text.len());
    if fits && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)) {
        return Ok(());
    }
    Err(IdError { kind, found: text.chars().take(40).collect() })
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
        #[cfg_attr(feature = "typescript", tsify(type = "string"))]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check($kind, text).map(|()| Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                check($kind, &text).map(|()| Self(text))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "description": concat!("Identifier: ", $kind, "."),
                    "type": "string",
                    "pattern": "^[0-9A-Za-z._-]{1,64}$",
                })
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier!(
    /// A framework, for example `digcomp`.
    FrameworkId,
    "framework id"
);
identifier!(
    /// An area of a framework, for example `1`.
    AreaId,
    "area id"
);
identifier!(
    /// A competence of a framework, for example `1.1`.
    CompetenceId,
    "competence id"
);
identifier!(
    /// A broad proficiency level of a framework, for example `intermediate`.
    BroadLevelId,
    "broad level id"
);
identifier!(
    /// A learning outcome of a framework, for example `LO1.1.01`.
    OutcomeId,
    "learning outcome id"
);
identifier!(
    /// A competence statement of a framework, for example `CS1.1.01`.
    StatementId,
    "competence statement id"
);
identifier!(
    /// An external scheme, for example `esco`.
    SchemeId,
    "scheme id"
);
identifier!(
    /// An item bank, for example `general`.
    BankId,
    "bank id"
);
identifier!(
    /// An item of a bank, for example `1.1-02`; short enough to be printed on paper.
    ItemId,
    "item id"
);
identifier!(
    /// A response option of an item, for example `b`.
    OptionId,
    "option id"
);
identifier!(
    /// A rating scale shared by graded items, for example `skill`.
    ScaleId,
    "scale id"
);
identifier!(
    /// A language tag (BCP 47), for example `fr`.
    Language,
    "language tag"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_short_ascii_text() {
        assert!("1.1".parse::<CompetenceId>().is_ok());
        for bad in ["", "a b", "é", "1/1", &"x".repeat(65)] {
            assert!(bad.parse::<CompetenceId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_error_says_what_was_expected_and_found() {
        let error = "1 1".parse::<CompetenceId>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`1 1` is not a valid competence id: use 1 to 64 letters, digits, `.`, `_` or `-`"
        );
    }
}
