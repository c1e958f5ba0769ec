//! Reading untrusted JSON: bounded in size and depth, and every fault says where it is.

mod strict;
mod walk;
mod write;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A text that is not the JSON document that was expected.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JsonError {
    /// Larger than this kind of document may be.
    #[error("the document is {bytes} bytes long; at most {limit} are accepted")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// Not UTF-8 text.
    #[error("the document is not UTF-8 text (byte {offset})")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        offset: usize,
    },
    /// Not JSON: cut off, too deeply nested, or malformed.
    #[error("{message}")]
    Syntax {
        /// What is wrong, with line and column.
        message: String,
    },
    /// JSON, but not of the expected shape.
    #[error("{message}{}", if .path.is_empty() { String::new() } else { format!(" (at `{path}`)") })]
    Shape {
        /// What is wrong.
        message: String,
        /// Where, as a JSON pointer (RFC 6901).
        path: String,
    },
}

impl JsonError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::Syntax { .. } => "not-json",
            Self::Shape { .. } => "wrong-shape",
        }
    }

    /// JSON pointer of the fault, empty for the whole document.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Shape { path, .. } => path,
            _ => "",
        }
    }
}

/// Reads one document of at most `limit` bytes.
///
/// # Errors
/// [`JsonError`] for anything else than one JSON value of type `T`.
pub fn read<T: DeserializeOwned>(text: &str, limit: usize) -> Result<T, JsonError> {
    read_value(&parse(text, limit)?, "")
}

/// Parses one JSON value of at most `limit` bytes; nesting is bounded too (128 levels).
///
/// # Errors
/// If it is larger, or not JSON.
pub fn parse(text: &str, limit: usize) -> Result<Value, JsonError> {
    if text.len() > limit {
        return Err(JsonError::TooLarge { bytes: text.len(), limit });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = serde_json::from_str(text).map(|strict::Strict(value)| value);
    read.map_err(|error| match error.classify() {
        serde_json::error::Category::Data => JsonError::Shape { message: error.to_string(), path: String::new() },
        _ => JsonError::Syntax { message: error.to_string() },
    })
}

/// Reads a value that is already parsed; `path` is where it stands in its document.
///
/// # Errors
/// [`JsonError::Shape`] if it is not a `T`.
#[inline(never)]
pub fn read_value<T: DeserializeOwned>(value: &Value, path: &str) -> Result<T, JsonError> {
    typed(walk::Walk::strict(value), path)
}

/// The same, passing over members that are not known: for documents of a newer minor version, and for their heads.
///
/// # Errors
/// [`JsonError::Shape`] if it is not a `T`.
pub fn read_known<T: DeserializeOwned>(value: &Value, path: &str) -> Result<T, JsonError> {
    typed(walk::Walk::open(value), path)
}

#[inline(never)]
fn typed<T: DeserializeOwned>(walk: walk::Walk<'_>, path: &str) -> Result<T, JsonError> {
    T::deserialize(walk).map_err(|fault| fault.at(path))
}

/// The text of a file that may hold anything.
///
/// # Errors
/// [`JsonError::NotUtf8`] with the offset of the first wrong byte.
pub fn utf8(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(|error| JsonError::NotUtf8 { offset: error.valid_up_to() })
}

/// A value as JSON text for a file: one member a line.
///
/// # Errors
/// [`JsonError::Syntax`] if the value has no JSON form, or a number in it is not an integer.
pub fn to_text<T: Serialize>(value: &T) -> Result<String, JsonError> {
    let refused = |message: &str| JsonError::Syntax { message: message.to_owned() };
    let value = serde_json::to_value(value).map_err(|error| refused(&error.to_string()))?;
    write::indented(&value).ok_or_else(|| refused("only integers can be written"))
}

/// The RFC 8785 canonical form of a value.
///
/// # Errors
/// [`JsonError::Syntax`] if a number in it is not an integer within ±2^53.
pub fn canonical(value: &Value) -> Result<String, JsonError> {
    let refused = || JsonError::Syntax { message: "only integers within ±2^53 can be hashed".to_owned() };
    write::canonical(value).ok_or_else(refused)
}

/// SHA-256 of the RFC 8785 canonical form, in lower-case hexadecimal.
///
/// # Errors
/// [`JsonError::Syntax`] if the value has no JSON form, or a number in it is not an integer.
pub fn digest<T: Serialize>(value: &T) -> Result<String, JsonError> {
    let refused = |message: &str| JsonError::Syntax { message: message.to_owned() };
    let value = serde_json::to_value(value).map_err(|error| refused(&error.to_string()))?;
    Ok(Sha256::digest(canonical(&value)?).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Doc = BTreeMap<String, Vec<u8>>;

    #[test]
    fn a_fault_of_shape_says_where_it_is() {
        let error = read::<Doc>(r#"{"a/b": [1, "two"]}"#, 100).unwrap_err();
        assert_eq!(error.code(), "wrong-shape");
        assert_eq!(error.path(), "/a~1b/1");
        let value = serde_json::json!({"a": ["x"]});
        assert_eq!(read_value::<Doc>(&value, "/records/3").unwrap_err().path(), "/records/3/a/0");
    }

    #[test]
    fn cut_off_deep_large_and_trailing_texts_are_refused() {
        for (text, code) in [
            (r#"{"a": [1"#, "not-json"),
            (r#"{"a": [1]} x"#, "not-json"),
            ("", "not-json"),
            (&"[".repeat(90), "not-json"),
            (&"x".repeat(101), "too-large"),
        ] {
            assert_eq!(read::<Doc>(text, 100).unwrap_err().code(), code, "{text}");
        }
        let deep = "[".repeat(50_000_000);
        assert_eq!(read::<serde_json::Value>(&deep, usize::MAX).unwrap_err().code(), "not-json");
        assert_eq!(utf8(b"ab\xff").unwrap_err(), JsonError::NotUtf8 { offset: 2 });
    }

    #[test]
    fn the_digest_does_not_depend_on_the_order_of_members() {
        let one: serde_json::Value = serde_json::from_str(r#"{"b":1,"a":"é"}"#).unwrap();
        let two: serde_json::Value = serde_json::from_str(r#"{ "a":"\u00e9", "b":1 }"#).unwrap();
        assert_eq!(digest(&one), digest(&two));
        // printf '{}' | sha256sum
        assert_eq!(
            digest(&serde_json::json!({})).unwrap(),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }
}
