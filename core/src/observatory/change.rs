//! Whether a person's level has changed beyond what uncertainty explains.

use serde::{Deserialize, Serialize};

use crate::id::CompetenceId;
use crate::profile::{CompetenceResult, Estimate, Evidence};

/// Half the width of a two-sided 90 % interval in standard errors, squared, in millionths: 1.645².
const Z_90_SQUARED_MILLIONTHS: i128 = 2_706_025;

/// What two results of one person say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Clearly higher.
    Higher,
    /// No difference beyond uncertainty.
    NotClear,
    /// Clearly lower.
    Lower,
    /// One of the two rests on too little, or did not ask about the competence.
    NotComparable,
    /// There is only one assessment. A category of its own, so that a row of changes has as many people as a row of levels:
    /// what is not in it cannot be found by subtraction.
    OnlyOne,
}

impl Change {
    /// All of them: the categories of a row of counts.
    pub const ALL: [Self; 5] = [Self::Higher, Self::NotClear, Self::Lower, Self::NotComparable, Self::OnlyOne];

    /// Compares two results: clear if (after − before)² > 1.645² (SE₁² + SE₂²). Both share the prior, so that this is
    /// cautious. In whole thousandths, so that a database gets the same answer (`cli/sql`).
    #[must_use]
    pub fn between(before: &Estimate, after: &Estimate) -> Self {
        if before.evidence == Evidence::NotEnough || after.evidence == Evidence::NotEnough {
            return Self::NotComparable;
        }
        let square = |number: i128| number * number;
        let difference = i128::from(after.median.0) - i128::from(before.median.0);
        let errors = square(i128::from(before.standard_error.0)) + square(i128::from(after.standard_error.0));
        if square(difference) * 1_000_000 <= Z_90_SQUARED_MILLIONTHS * errors {
            Self::NotClear
        } else if difference > 0 {
            Self::Higher
        } else {
            Self::Lower
        }
    }

    /// The change in one competence from a person's first to their last assessment, for somebody whose last one asked about
    /// it.
    pub(super) fn from_first(first: Option<&[CompetenceResult]>, competence: &CompetenceId, after: &Estimate) -> Self {
        let Some(first) = first else { return Self::OnlyOne };
        let before = first.iter().find(|result| result.competence == *competence);
        before.map_or(Self::NotComparable, |before| Self::between(&before.estimate, after))
    }
}
