//! Response models: the probability of each answer given η, in levels, with what estimation needs of it: derivatives
//! of the log-likelihood and Fisher information.
//!
//! Everything stays finite for |η| ≤ 50 and slopes of 0.05–5 per level: logarithms are taken of the curves' factors,
//! never of a probability that may have become zero.

/// How the answer to an item depends on η.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseModel {
    /// Graded response model: P(X ≥ j) = σ(a(η − b_j)) (Samejima 1969).
    Graded {
        /// Discrimination a, per level.
        slope: f64,
        /// Thresholds b_1 < … < b_m, in levels.
        thresholds: Vec<f64>,
        /// 1 − exp(−a(b_{j+1} − b_j)), which makes the middle categories stable.
        gaps: Vec<f64>,
    },
    /// Logistic model with a fixed lower asymptote: P(right) = c + (1 − c)·σ(a(η − b)) (Birnbaum 1968).
    Logistic {
        /// Discrimination a, per level.
        slope: f64,
        /// Location b, in levels.
        location: f64,
        /// Lower asymptote c.
        lower: f64,
    },
    /// Generalised partial credit model: P(X = k) = exp z_k / Σ_j exp z_j with z_k = Σ_{i ≤ k} a(η − b_i) and z_0 = 0
    /// (Muraki 1992). A slope of one makes it the partial credit model (Masters 1982).
    PartialCredit {
        /// Discrimination a, per level.
        slope: f64,
        /// Where a category becomes as likely as the one below, b_1 … b_m, in levels; in any order.
        steps: Vec<f64>,
    },
}

/// The logarithm of a response's probability at one η, with its derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogLikelihood {
    /// ℓ = ln P(X = category | η).
    pub value: f64,
    /// dℓ/dη, per level: the score.
    pub first: f64,
    /// d²ℓ/dη², per squared level; negative wherever guessing plays no part.
    pub second: f64,
}

impl LogLikelihood {
    /// That of a category the item does not have.
    const IMPOSSIBLE: Self = Self { value: f64::NEG_INFINITY, first: 0.0, second: 0.0 };

    /// Of P = σ(x): a rising boundary with x = a(η − b).
    fn reaching(slope: f64, x: f64) -> Self {
        Self { value: ln_logistic(x), first: slope * logistic(-x), second: -slope * slope * logistic(x) * logistic(-x) }
    }

    /// Of P = σ(−x): a falling boundary.
    fn missing(slope: f64, x: f64) -> Self {
        Self { value: ln_logistic(-x), first: -slope * logistic(x), ..Self::reaching(slope, x) }
    }

    /// Of P = c + (1 − c)·σ(x). With the chance r = (1 − c)·σ(x)/P that a right answer was known, not guessed:
    /// ℓ' = a·r·σ(−x) and ℓ'' = a²·r·σ(−x)·((1 − r)·σ(−x) − σ(x)).
    fn known_or_guessed(slope: f64, lower: f64, x: f64) -> Self {
        if lower <= 0.0 {
            return Self::reaching(slope, x);
        }
        let p = lower + (1.0 - lower) * logistic(x);
        let (known, guessed) = ((1.0 - lower) * logistic(x) / p, lower / p);
        let first = slope * known * logistic(-x);
        Self { value: libm::log(p), first, second: slope * first * (guessed * logistic(-x) - logistic(x)) }
    }
}

/// z_0 … z_m of the partial credit model.
pub(super) fn exponents(slope: f64, steps: &[f64], eta: f64) -> impl Iterator<Item = f64> + Clone {
    let taken = steps.iter().scan(0.0, move |sum, step| {
        *sum += slope * (eta - step);
        Some(*sum)
    });
    std::iter::once(0.0).chain(taken)
}

/// ln Σ exp z, and mean and variance of the category's number under the partial credit model.
fn credit(slope: f64, steps: &[f64], eta: f64) -> (f64, f64, f64) {
    let exponents = exponents(slope, steps, eta);
    let highest = exponents.clone().fold(0.0, f64::max);
    let weighted = || exponents.clone().zip(0_u16..).map(|(z, number)| (libm::exp(z - highest), f64::from(number)));
    let total: f64 = weighted().map(|(weight, _)| weight).sum();
    let mean = weighted().map(|(weight, number)| weight * number).sum::<f64>() / total;
    let spread: f64 = weighted().map(|(weight, number)| weight * (number - mean) * (number - mean)).sum();
    (highest + libm::log(total), mean, spread / total)
}

/// ln σ(x), without underflow.
fn ln_logistic(x: f64) -> f64 {
    x.min(0.0) - libm::log1p(libm::exp(-x.abs()))
}

/// σ(x) = 1/(1 + e^−x), without overflow or cancellation.
pub(super) fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

/// The slope to score with when the location is only known to a standard deviation of τ: a/√(1 + (π/8)·a²·τ²), the
/// probit approximation of a logistic curve averaged over a normal location (MacKay 1992).
fn widened(slope: f64, location_sd: f64) -> f64 {
    let spread = slope * location_sd;
    slope / libm::sqrt(1.0 + std::f64::consts::PI / 8.0 * spread * spread)
}

impl ResponseModel {
    /// A graded item with discrimination `slope` per level, ascending `thresholds` in levels, and thresholds known to a
    /// standard deviation of `location_sd` levels.
    #[must_use]
    pub fn graded(slope: f64, thresholds: &[f64], location_sd: f64) -> Self {
        let slope = widened(slope, location_sd);
        let gaps = thresholds
            .iter()
            .zip(thresholds.iter().skip(1))
            .map(|(low, high)| -libm::expm1(-slope * (high - low)))
            .collect();
        Self::Graded { slope, thresholds: thresholds.to_vec(), gaps }
    }

    /// A right-or-wrong item with discrimination `slope` per level, `location` in levels known to a standard deviation
    /// of `location_sd`, and the chance `lower` to be right by guessing.
    #[must_use]
    pub fn logistic(slope: f64, location: f64, lower: f64, location_sd: f64) -> Self {
        Self::Logistic { slope: widened(slope, location_sd), location, lower }
    }

    /// An item with partial credit: discrimination `slope` per level, `steps` in levels known to a standard deviation of
    /// `location_sd` levels.
    #[must_use]
    pub fn partial_credit(slope: f64, steps: &[f64], location_sd: f64) -> Self {
        Self::PartialCredit { slope: widened(slope, location_sd), steps: steps.to_vec() }
    }

    /// Number of ordered categories.
    #[must_use]
    pub fn categories(&self) -> usize {
        match self {
            Self::Graded { thresholds: bounds, .. } | Self::PartialCredit { steps: bounds, .. } => bounds.len() + 1,
            Self::Logistic { .. } => 2,
        }
    }

    /// P(X = category | η); zero for a category that the item does not have.
    #[must_use]
    pub fn probability(&self, eta: f64, category: u8) -> f64 {
        let category = usize::from(category);
        match self {
            Self::Logistic { slope, location, lower } => {
                let x = slope * (eta - location);
                match category {
                    0 => (1.0 - lower) * logistic(-x),
                    1 => lower + (1.0 - lower) * logistic(x),
                    _ => 0.0,
                }
            }
            Self::Graded { slope, thresholds, gaps } => {
                let reached = category.checked_sub(1).and_then(|below| thresholds.get(below));
                let next = thresholds.get(category);
                // σ(x) − σ(y) = σ(x)·σ(−y)·(1 − e^−(x−y)): no cancellation in the tails.
                match (reached, next) {
                    (None, Some(next)) => logistic(-slope * (eta - next)),
                    (Some(reached), None) => logistic(slope * (eta - reached)),
                    (Some(reached), Some(next)) => {
                        let gap = category.checked_sub(1).and_then(|below| gaps.get(below)).copied().unwrap_or(0.0);
                        logistic(slope * (eta - reached)) * logistic(-slope * (eta - next)) * gap
                    }
                    (None, None) => 0.0,
                }
            }
            Self::PartialCredit { slope, steps } => {
                let exponents = exponents(*slope, steps, eta);
                let Some(own) = exponents.clone().nth(category) else { return 0.0 };
                // Beyond e^700 the probability is zero to all digits.
                1.0 / exponents.map(|z| libm::exp((z - own).min(700.0))).sum::<f64>()
            }
        }
    }

    /// ln P(X = category | η) with its first two derivatives in η; −∞ for a category that the item does not have.
    #[must_use]
    pub fn log_likelihood(&self, eta: f64, category: u8) -> LogLikelihood {
        let number = usize::from(category);
        match self {
            Self::Logistic { slope, location, lower } => {
                let x = slope * (eta - location);
                match category {
                    0 => {
                        let wrong = LogLikelihood::missing(*slope, x);
                        LogLikelihood { value: wrong.value + libm::log1p(-lower), ..wrong }
                    }
                    1 => LogLikelihood::known_or_guessed(*slope, *lower, x),
                    _ => LogLikelihood::IMPOSSIBLE,
                }
            }
            // The product of a rising and a falling boundary, and a gap that does not depend on η.
            Self::Graded { slope, thresholds, gaps } => {
                let below = number.checked_sub(1);
                let reached = below.and_then(|below| thresholds.get(below));
                let reached = reached.map(|b| LogLikelihood::reaching(*slope, slope * (eta - b)));
                let next = thresholds.get(number).map(|b| LogLikelihood::missing(*slope, slope * (eta - b)));
                match (reached, next) {
                    (Some(reached), Some(next)) => LogLikelihood {
                        value: reached.value
                            + next.value
                            + below.and_then(|below| gaps.get(below)).map_or(0.0, |gap| libm::log(*gap)),
                        first: reached.first + next.first,
                        second: reached.second + next.second,
                    },
                    (one, other) => one.or(other).unwrap_or(LogLikelihood::IMPOSSIBLE),
                }
            }
            // ℓ' = a(k − E[X]) and ℓ'' = −a²·Var(X) (Muraki 1993).
            Self::PartialCredit { slope, steps } => {
                let Some(own) = exponents(*slope, steps, eta).nth(number) else { return LogLikelihood::IMPOSSIBLE };
                let (log_total, mean, variance) = credit(*slope, steps, eta);
                LogLikelihood {
                    value: own - log_total,
                    first: slope * (f64::from(category) - mean),
                    second: -slope * slope * variance,
                }
            }
        }
    }

    /// Fisher information about η, per squared level: I = Σ_k P_k·(ℓ_k')² (Samejima 1969).
    ///
    /// It contains the lower asymptote: for the 3PL it is a²·σ(−x)·(1 − c)·σ(x)²/P (Birnbaum 1968), not
    /// a²·P·(1 − P).
    #[must_use]
    pub fn information(&self, eta: f64) -> f64 {
        if let Self::Logistic { slope, location, lower } = self {
            // With one exponential, since a maximum-information test asks every item of a bank after every answer.
            let x = slope * (eta - location);
            let small = libm::exp(-x.abs());
            let (more, less) = (1.0 / (1.0 + small), small / (1.0 + small));
            let right = if x >= 0.0 { more } else { less };
            let known = if *lower > 0.0 { (1.0 - lower) * right / (lower + (1.0 - lower) * right) } else { 1.0 };
            return slope * slope * known * more * less;
        }
        let categories = u8::try_from(self.categories()).unwrap_or(u8::MAX);
        let part = |category| {
            let score = self.log_likelihood(eta, category).first;
            self.probability(eta, category) * score * score
        };
        (0..categories).map(part).sum()
    }

    /// The steepest exponent in η, per level: the curves have no pole nearer to the real axis than π over this. The
    /// denominator of the partial credit model is a polynomial of degree m in exp(aη) with positive coefficients, whose
    /// roots keep an angle of π/m from the positive axis.
    pub(super) fn steepness(&self) -> f64 {
        match self {
            Self::Graded { slope, .. } | Self::Logistic { slope, .. } => *slope,
            Self::PartialCredit { slope, steps } => {
                slope * f64::from(u16::try_from(steps.len().max(1)).unwrap_or(u16::MAX))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive_graded(slope: f64, thresholds: &[f64], eta: f64, category: usize) -> f64 {
        let at_least =
            |j: usize| if j == 0 { 1.0 } else { thresholds.get(j - 1).map_or(0.0, |b| logistic(slope * (eta - b))) };
        at_least(category) - at_least(category + 1)
    }

    #[test]
    fn graded_probabilities_equal_differences_of_the_boundary_curves() {
        let model = ResponseModel::graded(1.2, &[1.0, 2.5, 4.0], 0.0);
        for step in -20..=60 {
            let eta = f64::from(step) / 5.0;
            for category in 0..4_u8 {
                let naive = naive_graded(1.2, &[1.0, 2.5, 4.0], eta, usize::from(category));
                assert!((model.probability(eta, category) - naive).abs() < 1e-14, "{eta} {category}");
            }
        }
    }

    #[test]
    fn an_unsure_location_flattens_the_curve() {
        let ResponseModel::Logistic { slope, .. } = ResponseModel::logistic(1.0, 3.0, 0.25, 0.6) else {
            unreachable!()
        };
        assert!((slope - 1.0 / (1.0 + std::f64::consts::PI / 8.0 * 0.36_f64).sqrt()).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn probabilities_are_finite_positive_and_sum_to_one(
            slope in 0.05..5.0_f64, first in -5.0..10.0_f64, steps in proptest::collection::vec(0.05..3.0_f64, 0..6),
            eta in -50.0..50.0_f64, lower in 0.0..0.5_f64,
        ) {
            let thresholds: Vec<f64> = steps.iter().scan(first, |at, step| { let now = *at; *at += step; Some(now) }).chain([first + 20.0]).collect();
            let models = [ResponseModel::graded(slope, &thresholds, 0.3), ResponseModel::logistic(slope, first, lower, 0.3)];
            for model in models {
                let all: Vec<f64> = (0..u8::try_from(model.categories()).unwrap()).map(|c| model.probability(eta, c)).collect();
                prop_assert!(all.iter().all(|p| p.is_finite() && *p > 0.0 && *p <= 1.0), "{all:?}");
                prop_assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
        }
    }
}
