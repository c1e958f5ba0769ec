//! What cannot be calibrated, and why.

use thiserror::Error;

use crate::measure::BeliefError;

/// A calibration that cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CalibrationError {
    /// No items, or too many.
    #[error("{0} items cannot be calibrated: 1 to 65,535 can")]
    Items(usize),
    /// Nobody answered.
    #[error("there are no answers to calibrate from")]
    NoAnswers,
    /// Answers that were collected for other items.
    #[error("the answers are to {found} items, not to {wanted}")]
    OtherItems {
        /// Items that are calibrated.
        wanted: usize,
        /// Items that the answers were collected for.
        found: usize,
    },
    /// An item whose expert values are no curve.
    #[error(
        "item {item} cannot start from its values: slopes of 0.05 to 5 per level, bounds within ±50 levels (thresholds rising by 0.001 or more), lower asymptotes of 0 to below 1 are possible"
    )]
    Start {
        /// Its number.
        item: usize,
    },
    /// An item that loads on a trait that is not there.
    #[error("item {item} loads on a trait that the population does not have, or on a competence as a leniency")]
    Loading {
        /// Its number.
        item: usize,
    },
    /// A setting out of range.
    #[error("`{setting}` is out of range: use {range}")]
    Setting {
        /// Which.
        setting: &'static str,
        /// What is possible.
        range: &'static str,
    },
    /// A group from whose answers no covariance follows.
    #[error("the covariance of group {group} cannot be estimated: {fault}; are there enough people?")]
    Population {
        /// Its number.
        group: usize,
        /// Why.
        fault: BeliefError,
    },
}
