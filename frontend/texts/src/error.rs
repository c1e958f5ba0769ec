//! What can be wrong with the files, and in which.

use thiserror::Error;

/// A fault with the file it is in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextError {
    /// A file or folder cannot be read.
    #[error("{0}: cannot be read: {1}")]
    Unreadable(String, String),
    /// A file is missing.
    #[error("{0} is missing")]
    Missing(String),
    /// A file is not the JSON that is expected.
    #[error("{0}: {1}")]
    NotJson(String, String),
    /// A key that English does not have.
    #[error("{file}: `{key}` is not in the English file; add it there, or correct its name")]
    UnknownKey {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// A text that a complete language does not have.
    #[error("{file}: `{key}` is missing; this language is declared complete")]
    NoText {
        /// The file that it belongs in.
        file: String,
        /// The key.
        key: String,
    },
    /// A text without words.
    #[error("{file}: `{key}` is empty")]
    Empty {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// A text with other placeholders than the English one.
    #[error("{file}: `{key}` has other {{placeholders}} than in English")]
    Placeholders {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// A text of several lines.
    #[error("{file}: `{key}` has a line break or a tab; a text is one line")]
    Line {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// A folder named like a variant that does not say its style, or of a language that is not there.
    #[error(
        "{0}/language.json: a folder with a hyphen is a variant of the language before it, which has to exist, and names \
         its `style`; a language has none"
    )]
    NoSuchVariant(String),
}

impl TextError {
    pub(crate) fn unknown(file: String, key: String) -> Self {
        Self::UnknownKey { file, key }
    }

    pub(crate) fn empty(file: String, key: String) -> Self {
        Self::Empty { file, key }
    }

    pub(crate) fn placeholders(file: String, key: String) -> Self {
        Self::Placeholders { file, key }
    }

    pub(crate) fn line(file: String, key: String) -> Self {
        Self::Line { file, key }
    }
}
