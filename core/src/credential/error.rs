//! What can go wrong with keys and credentials.

use thiserror::Error;

use crate::json::JsonError;

/// A request that cannot be fulfilled. Nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CredentialError {
    /// Not JSON, too large, or not of the shape of a credential.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A text that is not a key.
    #[error("this is not an Ed25519 key: {what}")]
    Key {
        /// What is wrong.
        what: &'static str,
    },
    /// A text that is not a decentralised identifier of an Ed25519 key.
    #[error("`{found}` is not a `did:key` of an Ed25519 key: {what}")]
    Did {
        /// The beginning of the text.
        found: String,
        /// What is wrong.
        what: &'static str,
    },
    /// A language that badges are not written in.
    #[error("badges are not written in `{language}`: use `en` or `fr`")]
    Language {
        /// The language.
        language: String,
    },
    /// An area without enough evidence, or none that was measured.
    #[error("the assessment says too little about area `{area}` for a badge")]
    NotEnough {
        /// The area.
        area: String,
    },
    /// A framework without names in the language.
    #[error("the framework has no names in `{language}` for area `{area}`")]
    NoNames {
        /// The language.
        language: String,
        /// The area.
        area: String,
    },
    /// A text that is empty or too long.
    #[error("{what} must have 1 to {most} characters")]
    Text {
        /// What the text is.
        what: &'static str,
        /// Most characters.
        most: usize,
    },
    /// A credential that does not hold what it should, for example to be endorsed.
    #[error("this is not {wanted}")]
    NotA {
        /// What was expected, for example `a signed badge`.
        wanted: &'static str,
    },
    /// A document that has a proof already.
    #[error("the document is signed already")]
    AlreadySigned,
    /// RDF canonicalisation failed.
    #[error("the document cannot be read as JSON-LD: {what}")]
    Rdf {
        /// What is wrong.
        what: String,
    },
    /// A payload of a QR code that cannot be read.
    #[error("the code cannot be read: {what}")]
    Payload {
        /// What is wrong.
        what: &'static str,
    },
}

impl CredentialError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Key { .. } => "wrong-key",
            Self::Did { .. } => "wrong-did",
            Self::Language { .. } => "no-such-language",
            Self::NotEnough { .. } => "not-enough-evidence",
            Self::NoNames { .. } => "no-names",
            Self::Text { .. } => "wrong-text",
            Self::NotA { .. } => "wrong-credential",
            Self::AlreadySigned => "already-signed",
            Self::Rdf { .. } => "not-json-ld",
            Self::Payload { .. } => "wrong-payload",
        }
    }

    /// JSON pointer of the fault; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Json(error) => error.path(),
            _ => "",
        }
    }
}
