//! What can go wrong with an assessment.

use semver::Version;
use thiserror::Error;

use super::Mode;
use crate::bank::ResponseFault;
use crate::framework::FrameworkReference;
use crate::id::{CompetenceId, ItemId, Language};
use crate::json::JsonError;
use crate::measure::BeliefError;

/// A request that an assessment cannot fulfil. The assessment stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AssessmentError {
    /// Not an assessment.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Written by a newer engine.
    #[error("format version {found} is not readable here; 1.x is")]
    Version {
        /// Its version.
        found: Version,
    },
    /// Made with another framework.
    #[error("the assessment was made with {wanted}, not with {found}")]
    OtherFramework {
        /// What it was made with.
        wanted: FrameworkReference,
        /// What is loaded.
        found: FrameworkReference,
    },
    /// Made with another bank, or with another state of it.
    #[error("the assessment was made with another bank or version of it: {wanted}; loaded is {found}")]
    OtherBank {
        /// What it was made with.
        wanted: String,
        /// What is loaded.
        found: String,
    },
    /// No texts in this language.
    #[error("the bank has no questions in `{0}`")]
    NoSuchLanguage(Language),
    /// Focus mode without competences.
    #[error("focus mode needs at least one competence")]
    NoFocus,
    /// A competence that is unknown or named twice.
    #[error("competence `{0}` is unknown or named twice")]
    Focus(CompetenceId),
    /// An item of a fixed form that cannot be asked.
    #[error("item `{item}` of the form is unknown, outside the plan or named twice")]
    Form {
        /// The item.
        item: ItemId,
        /// Position in the form.
        position: usize,
    },
    /// An answer to an item that the form does not have.
    #[error("item `{item}` is not on the form")]
    NotOnForm {
        /// The item.
        item: ItemId,
        /// Position of the answer.
        position: usize,
    },
    /// An item that the bank does not have.
    #[error("the bank has no item `{item}`")]
    UnknownItem {
        /// The item.
        item: ItemId,
        /// Position of the answer.
        position: usize,
    },
    /// Two answers to one item.
    #[error("item `{item}` is answered twice")]
    AnsweredTwice {
        /// The item.
        item: ItemId,
        /// Position of the second answer.
        position: usize,
    },
    /// An answer that does not fit its item.
    #[error("item `{item}`: {fault}")]
    Response {
        /// The item.
        item: ItemId,
        /// Position of the answer.
        position: usize,
        /// Why not.
        fault: ResponseFault,
    },
    /// An answer to an item that is not being asked.
    #[error("item `{item}` is not being asked{}", asked.as_ref().map_or(String::new(), |id| format!("; `{id}` is")))]
    NotAsked {
        /// The item answered.
        item: ItemId,
        /// The item asked, unless the assessment is finished.
        asked: Option<ItemId>,
    },
    /// No answer to take back.
    #[error("there is no answer to take back")]
    NothingToUndo,
    /// A mode in which the assessment would not go on.
    #[error("an assessment in {} mode cannot go on in {} mode; a longer one is needed", own.name(), mode.name())]
    NotLonger {
        /// The mode wanted.
        mode: Mode,
        /// The assessment's own.
        own: Mode,
    },
    /// The bank's population model is unusable.
    #[error(transparent)]
    Model(#[from] BeliefError),
}

impl AssessmentError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Version { .. } => "newer-version",
            Self::OtherFramework { .. } => "other-framework",
            Self::OtherBank { .. } => "other-bank",
            Self::NoSuchLanguage(_) => "no-such-language",
            Self::NoFocus | Self::Focus(_) => "wrong-focus",
            Self::Form { .. } => "wrong-form",
            Self::NotOnForm { .. } => "not-on-form",
            Self::UnknownItem { .. } => "unknown-item",
            Self::AnsweredTwice { .. } => "answered-twice",
            Self::Response { .. } => "wrong-response",
            Self::NotAsked { .. } => "not-asked",
            Self::NothingToUndo => "nothing-to-undo",
            Self::NotLonger { .. } => "not-longer",
            Self::Model(_) => "invalid-bank",
        }
    }

    /// JSON pointer of the fault in the assessment; empty for the whole.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Json(error) => error.path().to_owned(),
            Self::Version { .. } => "/format".to_owned(),
            Self::OtherFramework { .. } => "/framework".to_owned(),
            Self::OtherBank { .. } => "/bank".to_owned(),
            Self::NoSuchLanguage(_) => "/setting/language".to_owned(),
            Self::NoFocus | Self::Focus(_) => "/plan/focus".to_owned(),
            Self::Form { position, .. } => format!("/plan/form/{position}"),
            Self::UnknownItem { position, .. }
            | Self::NotOnForm { position, .. }
            | Self::AnsweredTwice { position, .. } => {
                format!("/answers/{position}/item")
            }
            Self::Response { position, .. } => format!("/answers/{position}/response"),
            Self::NotLonger { .. } => "/plan/mode".to_owned(),
            Self::NotAsked { .. } | Self::NothingToUndo | Self::Model(_) => String::new(),
        }
    }
}
