//! Whether a person's level has changed beyond what uncertainty explains.

use serde::Serialize;

use crate::profile::{Estimate, Evidence};

/// Half the width of a two-sided 90 % interval, in standard errors.
const Z_90: f64 = 1.645;

/// What two results of one person say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Clearly higher.
    Higher,
    /// No difference beyond uncertainty.
    NotClear,
    /// Clearly lower.
    Lower,
    /// One of the two rests on too little.
    NotComparable,
}

impl Change {
    /// All of them: the categories of a row of counts.
    pub const ALL: [Self; 4] = [Self::Higher, Self::NotClear, Self::Lower, Self::NotComparable];

    /// Compares two results: clear if |after − before| > 1.645 √(SE₁² + SE₂²). Both share the prior, so that this is
    /// cautious.
    #[must_use]
    pub fn between(before: &Estimate, after: &Estimate) -> Self {
        if before.evidence == Evidence::NotEnough || after.evidence == Evidence::NotEnough {
            return Self::NotComparable;
        }
        let (one, two) = (before.standard_error.to_f64(), after.standard_error.to_f64());
        let difference = after.median.to_f64() - before.median.to_f64();
        let margin = Z_90 * libm::sqrt(one * one + two * two);
        if difference > margin {
            Self::Higher
        } else if difference < -margin {
            Self::Lower
        } else {
            Self::NotClear
        }
    }
}
