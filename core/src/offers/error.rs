//! What can be wrong with a catalogue, and where.

use thiserror::Error;

use crate::framework::FrameworkReference;
use crate::id::CompetenceId;
use crate::json::JsonError;

/// A catalogue that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OfferError {
    /// Not JSON, too large, or not of the expected shape.
    #[error("{}{error}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Json {
        /// What is wrong.
        error: JsonError,
        /// In a catalogue of lines: the line, from 1.
        line: Option<usize>,
    },
    /// Of another major version.
    #[error("catalogue format {found} is not readable here; 1.x is")]
    Version {
        /// Its version.
        found: semver::Version,
    },
    /// For another framework.
    #[error("the catalogue speaks of {found}, the results of {expected}")]
    OtherFramework {
        /// What the catalogue speaks of.
        found: FrameworkReference,
        /// What was expected.
        expected: FrameworkReference,
    },
    /// Too many offers.
    #[error("more than {limit} offers; split the catalogue")]
    TooMany {
        /// The bound.
        limit: usize,
    },
    /// An offer with a fault.
    #[error("{fault} (at `{path}`)")]
    Offer {
        /// Where, as a JSON pointer.
        path: String,
        /// What is wrong.
        fault: OfferFault,
    },
}

/// What is wrong with an offer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OfferFault {
    /// Empty or too long.
    #[error("a text is empty or longer than {limit} characters")]
    Length {
        /// Most characters.
        limit: usize,
    },
    /// A list with too many entries.
    #[error("more than {limit} entries")]
    TooMany {
        /// Most entries.
        limit: usize,
    },
    /// An id that another offer has.
    #[error("another offer has the id `{0}` already")]
    Duplicate(String),
    /// A competence that the framework does not have.
    #[error("the framework has no competence `{0}`")]
    UnknownCompetence(CompetenceId),
    /// The same competence twice.
    #[error("competence `{0}` stands there twice")]
    Repeated(CompetenceId),
    /// A target that leads nowhere.
    #[error("a target must lead to a higher level than it starts from")]
    Levels,
    /// A period that ends before it starts.
    #[error("a period ends before it starts")]
    Period,
    /// Not a web address.
    #[error("a link begins with `http://` or `https://`")]
    Link,
    /// A pass that is not a word.
    #[error("a pass is a word of lower-case letters, digits and hyphens")]
    Pass,
}

impl OfferError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json { error, .. } => error.code(),
            Self::Version { .. } => "newer-version",
            Self::OtherFramework { .. } => "other-framework",
            Self::TooMany { .. } => "too-large",
            Self::Offer { .. } => "invalid-offer",
        }
    }

    /// JSON pointer of the fault; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Json { error, .. } => error.path(),
            Self::Version { .. } => "/format",
            Self::OtherFramework { .. } => "/framework",
            Self::TooMany { .. } => "/offers",
            Self::Offer { path, .. } => path,
        }
    }
}

impl From<JsonError> for OfferError {
    fn from(error: JsonError) -> Self {
        Self::Json { error, line: None }
    }
}
