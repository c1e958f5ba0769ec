//! What a person answered, and what can be wrong with it.

use crate::table::Table;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::id::OptionId;

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ResponseDocument", into = "ResponseDocument")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "ResponseDocument"))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(
    feature = "typescript",
    // In JavaScript, `Response` is a fetched page.
    tsify(
        rename = "ItemResponse",
        type = "{ kind: \"graded\"; answer: number } | { kind: \"choice\"; option: OptionId } | { kind: \"multiple\"; options: OptionId[] } | { kind: \"ordering\"; options: OptionId[] } | { kind: \"matching\"; matches: Record<string, OptionId> } | { kind: \"dont-know\" } | { kind: \"skipped\" }"
    )
)]
pub enum Response {
    /// An answer of a rating scale; 0 is the lowest.
    Graded {
        /// Position on the scale.
        answer: u8,
    },
    /// An option.
    Choice {
        /// The option.
        option: OptionId,
    },
    /// As many options as the question asks for, in the order of the item.
    Multiple {
        /// The options.
        options: Vec<OptionId>,
    },
    /// All options, first to last.
    Ordering {
        /// The options.
        options: Vec<OptionId>,
    },
    /// A target for every option.
    Matching {
        /// The target of each option.
        matches: Table<OptionId, OptionId>,
    },
    /// "I don't know": scored as the lowest answer or as wrong, which without guessing it would have been.
    DontKnow,
    /// Passed over: says nothing about the person.
    Skipped,
}

impl Response {
    /// Whether it says something about the person.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        *self != Self::Skipped
    }
}

/// The JSON form of a response: `{"kind": "graded", "answer": 2}`, `{"kind": "choice", "option": "b"}`,
/// `{"kind": "multiple", "options": ["a", "c"]}`, `{"kind": "ordering", "options": ["c", "a", "b"]}`,
/// `{"kind": "matching", "matches": {"a": "y", "b": "x"}}`, `{"kind": "dont-know"}` or `{"kind": "skipped"}`. Flat, because
/// reading a tagged enum takes eight kilobytes of code.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ResponseDocument {
    kind: ResponseKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    option: Option<OptionId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionId>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    matches: Table<OptionId, OptionId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
enum ResponseKind {
    Graded,
    Choice,
    Multiple,
    Ordering,
    Matching,
    DontKnow,
    Skipped,
}

impl TryFrom<ResponseDocument> for Response {
    type Error = &'static str;

    fn try_from(document: ResponseDocument) -> Result<Self, &'static str> {
        let ResponseDocument { kind, answer, option, options, matches } = document;
        let counts = [usize::from(answer.is_some()), usize::from(option.is_some()), options.len(), matches.len()];
        let others = counts.iter().filter(|count| **count > 0).count();
        match (kind, answer, option) {
            (ResponseKind::Graded, Some(answer), None) if others == 1 => Ok(Self::Graded { answer }),
            (ResponseKind::Choice, None, Some(option)) if others == 1 => Ok(Self::Choice { option }),
            (ResponseKind::Multiple, None, None) if matches.is_empty() => Ok(Self::Multiple { options }),
            (ResponseKind::Ordering, None, None) if matches.is_empty() => Ok(Self::Ordering { options }),
            (ResponseKind::Matching, None, None) if options.is_empty() => Ok(Self::Matching { matches }),
            (ResponseKind::DontKnow, None, None) if others == 0 => Ok(Self::DontKnow),
            (ResponseKind::Skipped, None, None) if others == 0 => Ok(Self::Skipped),
            _ => Err("a response is graded with `answer`, choice with `option`, multiple or ordering with `options`, \
                      matching with `matches`, or dont-know or skipped with none of them"),
        }
    }
}

impl From<Response> for ResponseDocument {
    fn from(response: Response) -> Self {
        let of = |kind| Self { kind, answer: None, option: None, options: Vec::new(), matches: Table::new() };
        match response {
            Response::Graded { answer } => Self { answer: Some(answer), ..of(ResponseKind::Graded) },
            Response::Choice { option } => Self { option: Some(option), ..of(ResponseKind::Choice) },
            Response::Multiple { options } => Self { options, ..of(ResponseKind::Multiple) },
            Response::Ordering { options } => Self { options, ..of(ResponseKind::Ordering) },
            Response::Matching { matches } => Self { matches, ..of(ResponseKind::Matching) },
            Response::DontKnow => of(ResponseKind::DontKnow),
            Response::Skipped => of(ResponseKind::Skipped),
        }
    }
}

/// A response as the measurement sees it: an ordered category, 0 the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The category.
    pub category: u8,
}

/// A response that does not fit its item.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ResponseFault {
    /// Another kind of answer was expected.
    #[error("the answer is of another kind than the item")]
    WrongKind,
    /// Not on the scale.
    #[error("answer {answer} is not on the scale; it has answers 0 to {highest}")]
    NotOnScale {
        /// What was given.
        answer: u8,
        /// The highest possible.
        highest: u8,
    },
    /// Not an option.
    #[error("`{0}` is not an option of the item")]
    NotAnOption(OptionId),
    /// The same option twice.
    #[error("option `{0}` is given twice")]
    Twice(OptionId),
    /// Too few or too many options.
    #[error("{wanted} options are to be given, not {found}")]
    Count {
        /// How many the item asks for.
        wanted: usize,
        /// How many were given.
        found: usize,
    },
    /// The options of a multiple choice in an order of their own.
    #[error("option `{0}` is out of order; the options of a multiple choice stand in the order of the item")]
    OutOfOrder(OptionId),
    /// An option without a target.
    #[error("option `{0}` has no target")]
    NoTarget(OptionId),
    /// Not a target.
    #[error("`{0}` is not a target of the item")]
    NotATarget(OptionId),
}
