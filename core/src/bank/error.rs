//! What can be wrong with a bank, and where.

use thiserror::Error;

use crate::framework::FrameworkReference;
use crate::id::{BroadLevelId, CompetenceId, ItemId, Language, OptionId, OutcomeId, ScaleId};
use crate::json::JsonError;

/// A fault of a bank with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {fault}")]
pub struct BankError {
    /// Where it is.
    pub place: BankPlace,
    /// What it is.
    pub fault: BankFault,
}

/// The part of a bank that is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BankPlace {
    /// The bank as a whole.
    Bank,
    /// An item.
    Item {
        /// The item.
        item: ItemId,
        /// Its member.
        member: String,
    },
    /// A text.
    Text {
        /// The language of the text.
        language: Language,
        /// The item, if the fault is in an item's text.
        item: Option<ItemId>,
        /// Path inside the text.
        member: String,
    },
}

impl std::fmt::Display for BankPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bank => f.write_str("bank"),
            Self::Item { item, member } => write!(f, "item {item}, {member}"),
            Self::Text { language, item, member } => {
                write!(f, "text {language}")?;
                if let Some(item) = item {
                    write!(f, ", item {item}")?;
                }
                if member.is_empty() { Ok(()) } else { write!(f, ", {member}") }
            }
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BankFault {
    /// The bank is for another framework.
    #[error("the bank is written for {wanted}, not for {found}")]
    WrongFramework {
        /// What it is written for.
        wanted: FrameworkReference,
        /// What it was given.
        found: FrameworkReference,
    },
    /// No item, or too many.
    #[error("the bank has {items} items; 1 to 20,000 are possible")]
    Size {
        /// How many.
        items: usize,
    },
    /// A population model without a positive definite covariance, or with senseless figures.
    #[error(
        "the model is out of range: shares add up to 1000, `specific` ≥ 10, `sd` 100 to 10000, `leniencySd` ≤ 10000, `leniencyCorrelation` ≤ 990, means within ±20000"
    )]
    Model,
    /// Means and covariances that do not belong to the traits.
    #[error(
        "`means` and `covariance` of the model do not fit: {traits} traits (competences, then areas) need {traits} means and {entries} covariances (a lower triangle)"
    )]
    ModelSize {
        /// Competences and areas.
        traits: usize,
        /// Entries of a lower triangle for so many.
        entries: usize,
    },
    /// A covariance that no distribution has.
    #[error(
        "the model's covariance is not positive definite at {0}: with the traits before it, it goes together more than is possible"
    )]
    Indefinite(String),
    /// A mean or variance of the model that makes no sense.
    #[error("the model is out of range at {0}: means within ±20000, variances 1 to 100000000")]
    ModelRange(String),
    /// A member that this kind of item needs.
    #[error("it is missing; items of this kind need it")]
    Missing,
    /// A member that only items of another kind have.
    #[error("items of this kind do not have it")]
    Unwanted,
    /// The same id twice.
    #[error("the same id stands there twice")]
    Duplicate,
    /// A number out of range.
    #[error("out of range: {low} to {high} are possible")]
    OutOfRange {
        /// Lowest possible.
        low: i32,
        /// Highest possible.
        high: i32,
    },
    /// Another number of parts than needed.
    #[error("{wanted} are needed, {found} are there")]
    Count {
        /// How many are needed.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
    /// Thresholds out of order.
    #[error("the thresholds must rise from one answer to the next")]
    NotAscending,
    /// Unknown competence.
    #[error("unknown competence `{0}`")]
    UnknownCompetence(CompetenceId),
    /// Unknown rating scale.
    #[error("unknown scale `{0}`")]
    UnknownScale(ScaleId),
    /// Unknown option.
    #[error("unknown option `{0}`")]
    UnknownOption(OptionId),
    /// Every option of a multiple choice is right.
    #[error("every option is right; leave at least one that is not")]
    AllRight,
    /// An item that is its own enemy.
    #[error("an item cannot be its own enemy")]
    OwnEnemy,
    /// Unknown learning outcome.
    #[error("unknown learning outcome `{0}`")]
    UnknownOutcome(OutcomeId),
    /// A learning outcome of another competence.
    #[error("learning outcome `{outcome}` belongs to competence {competence}")]
    ForeignOutcome {
        /// The outcome.
        outcome: OutcomeId,
        /// Its competence.
        competence: CompetenceId,
    },
    /// A learning outcome of another level.
    #[error("learning outcome `{outcome}` is of level `{level}`; the item is not")]
    OutcomeLevel {
        /// The outcome.
        outcome: OutcomeId,
        /// Its level.
        level: BroadLevelId,
    },
    /// A text is missing or empty.
    #[error("the text is missing or empty")]
    MissingText,
    /// An item that the bank does not have.
    #[error("the bank has no item of this id")]
    UnknownItem,
    /// Another text than the one that is there already.
    #[error("there is another text of this item in this language already")]
    OtherText,
    /// A text that does not fit where it is shown.
    #[error("the text is too long; at most {most} characters are possible")]
    TextTooLong {
        /// How long it may be.
        most: usize,
    },
    /// A part that a picture of this kind does not have.
    #[error("a picture of this kind has no part of this role")]
    PictureRole,
    /// Rows of a table that do not go together.
    #[error("columns and rows of a table have the same number of cells, at most 4, separated by ` | `")]
    PictureCells,
    /// A bar without a value.
    #[error("a bar needs its value, a whole number, as `detail`")]
    PictureValue,
    /// A picture that is another one in another language.
    #[error("the picture differs from that in `{0}`: kind, roles, details and cells are the same in every language")]
    PictureDiffers(Language),
    /// A file that cannot be read.
    #[error(transparent)]
    Json(JsonError),
}

impl BankError {
    #[cold]
    #[inline(never)]
    pub(crate) fn item(item: &ItemId, member: &str, fault: BankFault) -> Self {
        Self { place: BankPlace::Item { item: item.clone(), member: member.to_owned() }, fault }
    }

    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid-bank"
    }
}
