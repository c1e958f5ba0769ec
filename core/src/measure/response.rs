//! Response models: the probability of each answer given η, in levels.

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

    /// Number of ordered categories.
    #[must_use]
    pub fn categories(&self) -> usize {
        match self {
            Self::Graded { thresholds, .. } => thresholds.len() + 1,
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
            for model in [ResponseModel::graded(slope, &thresholds, 0.3), ResponseModel::logistic(slope, first, lower, 0.3)] {
                let all: Vec<f64> = (0..u8::try_from(model.categories()).unwrap()).map(|c| model.probability(eta, c)).collect();
                prop_assert!(all.iter().all(|p| p.is_finite() && *p > 0.0 && *p <= 1.0), "{all:?}");
                prop_assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
        }
    }
}
