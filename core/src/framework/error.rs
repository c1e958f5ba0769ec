//! What can be wrong with a framework, and where.

use thiserror::Error;

use super::FrameworkReference;
use crate::id::{BroadLevelId, CompetenceId, Language, OutcomeId};

/// A fault of a framework with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {fault}")]
pub struct FrameworkError {
    /// Where it is.
    pub place: FrameworkPlace,
    /// What it is.
    pub fault: FrameworkFault,
}

/// The part of a framework that is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameworkPlace {
    /// The structure.
    Structure,
    /// A learning outcome.
    Outcome(OutcomeId),
    /// A text.
    Text {
        /// The language of the text.
        language: Language,
        /// Path inside the text.
        member: String,
    },
    /// A crosswalk to another framework.
    Crosswalk,
    /// The publisher's sentences in one language.
    Details {
        /// Their language.
        language: Language,
        /// Path inside them.
        member: String,
    },
}

impl std::fmt::Display for FrameworkPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Structure => f.write_str("structure"),
            Self::Outcome(id) => write!(f, "outcome {id}"),
            Self::Text { language, member } if member.is_empty() => write!(f, "text {language}"),
            Self::Text { language, member } => write!(f, "text {language}, {member}"),
            Self::Crosswalk => f.write_str("crosswalk"),
            Self::Details { language, member } => write!(f, "details {language}, {member}"),
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FrameworkFault {
    /// The same id twice.
    #[error("`{0}` stands there twice; every id may be used once")]
    Duplicate(String),
    /// A competence that the framework does not have.
    #[error("unknown competence `{0}`")]
    UnknownCompetence(CompetenceId),
    /// A broad level that the framework does not have.
    #[error("unknown broad level `{0}`")]
    UnknownBroadLevel(BroadLevelId),
    /// The broad levels do not hold levels 1 to 8, each once and in order.
    #[error("the broad levels must hold levels 1 to 8, each once and in order, under different ids")]
    Levels,
    /// No competence, or too many.
    #[error("the framework has {competences} competences; 1 to 200 are possible")]
    Size {
        /// How many.
        competences: usize,
    },
    /// A text is missing.
    #[error("the text is missing; add it in this language")]
    MissingText,
    /// Not one descriptor for each level.
    #[error("eight descriptors are needed, one for each level, lowest first")]
    EightLevels,
    /// A text is empty.
    #[error("the text is empty")]
    Blank,
    /// A text for something that does not exist.
    #[error("the framework has nothing of this id; remove the text or correct the id")]
    UnknownKey,
    /// A crosswalk that is for other frameworks.
    #[error("the crosswalk leads from {from} to {to}; it does not fit these frameworks")]
    WrongCrosswalk {
        /// Where it starts.
        from: FrameworkReference,
        /// Where it leads.
        to: FrameworkReference,
    },
}

impl FrameworkError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid-framework"
    }
}
