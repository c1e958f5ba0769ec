//! What can be wrong with the files, and in which.

use skills_passport::assessment::AssessmentError;
use skills_passport::bank::BankError;
use skills_passport::framework::{FrameworkError, SchemeFault};
use skills_passport::id::{ItemId, Language};
use skills_passport::json::JsonError;
use thiserror::Error;

/// A fault with the file it is in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}: {fault}")]
pub struct LoadError {
    /// The file, or the folder, that is at fault.
    pub file: String,
    /// What is wrong.
    pub fault: LoadFault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LoadFault {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file is missing.
    #[error("this file is missing")]
    Missing,
    /// An item has two texts in one language.
    #[error("item {0} has its text in another file already")]
    SecondText(ItemId),
    /// An item of another competence than its file.
    #[error("item {position} names a competence of its own; the file names it for all")]
    OwnCompetence {
        /// Position in the file.
        position: usize,
    },
    /// A text in another language than its place says.
    #[error("the text says it is in `{found}`; its place says `{expected}`")]
    OtherLanguage {
        /// What the text says.
        found: Language,
        /// What its file or folder is named.
        expected: String,
    },
    /// A bank has a language that the framework has no words in.
    #[error("the framework has no text in `{0}`, the bank has")]
    NoFrameworkText(Language),
    /// No framework or bank of this name and version.
    #[error("there is none of this name and version{}", if .0.is_empty() { String::new() } else { format!("; there are {}", .0) })]
    NotFound(String),
    /// Too much to read.
    #[error("more than {0} bytes of JSON; is this the right folder?")]
    TooLarge(usize),
    /// Not the JSON that was expected.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A fault of a framework or crosswalk.
    #[error(transparent)]
    Framework(#[from] FrameworkError),
    /// A fault of an external scheme.
    #[error(transparent)]
    Scheme(#[from] SchemeFault),
    /// A fault of a bank.
    #[error(transparent)]
    Bank(#[from] BankError),
    /// A bank that cannot measure.
    #[error(transparent)]
    Instrument(#[from] AssessmentError),
}

impl LoadError {
    pub(crate) fn new(file: impl Into<String>, fault: impl Into<LoadFault>) -> Self {
        Self { file: file.into(), fault: fault.into() }
    }

    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.fault {
            LoadFault::Unreadable(_) => "unreadable",
            LoadFault::Missing | LoadFault::NotFound(_) => "not-found",
            LoadFault::TooLarge(_) => "too-large",
            LoadFault::SecondText(_) | LoadFault::OwnCompetence { .. } => "invalid-bank",
            LoadFault::OtherLanguage { .. } | LoadFault::NoFrameworkText(_) => "missing-translation",
            LoadFault::Json(error) => error.code(),
            LoadFault::Framework(error) => error.code(),
            LoadFault::Scheme(_) => "invalid-scheme",
            LoadFault::Bank(error) => error.code(),
            LoadFault::Instrument(error) => error.code(),
        }
    }
}
