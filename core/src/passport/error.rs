//! What can go wrong with a passport.

use semver::Version;
use thiserror::Error;
use uuid::Uuid;

use crate::json::JsonError;

/// A passport that cannot be read or changed. What was there before stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PassportError {
    /// Not a passport, or damaged.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Of another major version.
    #[error("format version {found} is not readable here; 1.x is")]
    Version {
        /// Its version.
        found: Version,
    },
    /// A record of a type that this version does not have.
    #[error("unknown record type `{found}`")]
    UnknownType {
        /// The type.
        found: String,
        /// Where, as a JSON pointer.
        path: String,
    },
    /// Too many records.
    #[error("{found} records are too many; at most 10,000 are accepted")]
    TooManyRecords {
        /// How many.
        found: usize,
    },
    /// Two different records of the same id.
    #[error("two different records have the id {id}")]
    Conflict {
        /// The id.
        id: Uuid,
    },
    /// No record of this id.
    #[error("there is no record {id}")]
    NoSuchRecord {
        /// The id.
        id: Uuid,
    },
}

impl PassportError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Version { .. } => "newer-version",
            Self::UnknownType { .. } => "wrong-shape",
            Self::TooManyRecords { .. } => "too-large",
            Self::Conflict { .. } => "conflict",
            Self::NoSuchRecord { .. } => "no-such-record",
        }
    }

    /// JSON pointer of the fault; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Json(error) => error.path(),
            Self::Version { .. } => "/format",
            Self::UnknownType { path, .. } => path,
            Self::TooManyRecords { .. } => "/records",
            Self::Conflict { .. } | Self::NoSuchRecord { .. } => "",
        }
    }
}
