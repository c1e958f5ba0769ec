//! Items as calibration sees them: parameters that can move, and the slopes of the likelihood along them.

use crate::measure::response::{exponents, logistic};
use crate::measure::{Loading, ResponseModel};

/// Slopes that are possible, per level.
pub(super) const SLOPES: std::ops::RangeInclusive<f64> = 0.05..=5.0;
/// How far from zero a bound can be, in levels.
pub(super) const FARTHEST: f64 = 50.0;
/// Least distance of neighbouring thresholds, in levels.
const LEAST_GAP: f64 = 1e-3;

/// The response models that can be calibrated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// Graded response model; the bounds are its thresholds, ascending.
    Graded,
    /// Logistic model; its one bound is the location.
    Logistic {
        /// Lower asymptote, which stays as it is: answers of few items tell it apart from the location (Baker & Kim 2004,
        /// chapter 2), and the number of options is known. Zero makes it the 2PL.
        lower: f64,
    },
    /// Generalised partial credit model; the bounds are its steps, in any order.
    PartialCredit,
}

/// A response model with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Which model.
    pub form: Form,
    /// Discrimination, per level.
    pub slope: f64,
    /// Thresholds, location or steps, in levels.
    pub bounds: Vec<f64>,
}

/// What of an item is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Freedom {
    /// Slope and bounds.
    #[default]
    All,
    /// The bounds; the slope stays (a Rasch model, with slopes of one).
    Bounds,
    /// Nothing: an item of a calibrated bank that gives new ones their scale.
    Nothing,
}

/// An item before calibration: which traits it loads on, where its authors think that it lies and how sure they are.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemStart {
    /// The traits that answers depend on.
    pub loading: Loading,
    /// Expert values: where estimation starts, and the mode of the priors.
    pub curve: Curve,
    /// Standard deviation τ of the prior on the item's location, in levels.
    pub location_sd: f64,
    /// What is estimated.
    pub freedom: Freedom,
}

impl Curve {
    /// The model to compute probabilities with, taken as exactly known.
    #[must_use]
    pub fn model(&self) -> ResponseModel {
        match self.form {
            Form::Graded => ResponseModel::graded(self.slope, &self.bounds, 0.0),
            Form::Logistic { lower } => {
                ResponseModel::logistic(self.slope, self.bounds.first().copied().unwrap_or_default(), lower, 0.0)
            }
            Form::PartialCredit => ResponseModel::partial_credit(self.slope, &self.bounds, 0.0),
        }
    }

    /// Number of ordered categories.
    #[must_use]
    pub fn categories(&self) -> usize {
        self.bounds.len() + 1
    }

    /// Mean of the bounds, in levels.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.bounds.iter().sum::<f64>() / self.bounds.len().max(1) as f64
    }

    /// Number of parameters: ln a, b_1 … b_m.
    pub(super) fn parameters(&self) -> usize {
        self.bounds.len() + 1
    }

    /// Whether it is a curve of its form.
    pub(super) fn is_sound(&self) -> bool {
        let bounds = match self.form {
            Form::Logistic { lower } => self.bounds.len() == 1 && (0.0..1.0).contains(&lower),
            Form::Graded => {
                let rises =
                    self.bounds.iter().zip(self.bounds.iter().skip(1)).all(|(low, high)| high - low >= LEAST_GAP);
                !self.bounds.is_empty() && rises
            }
            Form::PartialCredit => !self.bounds.is_empty(),
        };
        bounds
            && self.bounds.len() < usize::from(u8::MAX)
            && SLOPES.contains(&self.slope)
            && self.bounds.iter().all(|bound| bound.abs() <= FARTHEST)
    }

    /// Whether a parameter stands at the end of what is possible.
    pub(super) fn is_at_edge(&self) -> bool {
        let near = |value: f64, edge: f64| (value - edge).abs() < 1e-6 * edge.abs();
        near(self.slope, *SLOPES.start())
            || near(self.slope, *SLOPES.end())
            || self.bounds.iter().any(|bound| near(bound.abs(), FARTHEST))
    }

    /// The curve after a step of (ln a, b_1 … b_m), kept within what is possible; none if thresholds would cross.
    pub(super) fn moved(&self, step: &[f64]) -> Option<Self> {
        let (along, across) = step.split_first()?;
        let slope = (self.slope * libm::exp(along.clamp(-2.0, 2.0))).clamp(*SLOPES.start(), *SLOPES.end());
        let bounds = self.bounds.iter().zip(across).map(|(b, d)| (b + d).clamp(-FARTHEST, FARTHEST)).collect();
        Some(Self { form: self.form, slope, bounds }).filter(Self::is_sound)
    }

    /// s_kp = ∂ ln P(X = k | η)/∂ψ_p for ψ = (ln a, b_1 … b_m), written to `scores` category by category.
    ///
    /// With x_j = a(η − b_j) and σ the logistic function:
    /// graded: ∂ ln P_k/∂x_k = σ'(x_k)/P_k and ∂ ln P_k/∂x_{k+1} = −σ'(x_{k+1})/P_k with P_k = σ(x_k) − σ(x_{k+1});
    /// logistic: ∂ ln P/∂x = r·σ(−x) for a right answer, r the chance that it was known, and −σ(x) for a wrong one;
    /// partial credit: ∂ ln P_k/∂z_l = \[k = l\] − P_l with z_k = Σ_{i ≤ k} x_i (Muraki 1992, equations 12–15).
    /// In all of them ∂x_j/∂ ln a = x_j and ∂x_j/∂b_j = −a.
    pub(super) fn scores(&self, eta: f64, scores: &mut [f64]) {
        let (a, parameters) = (self.slope, self.parameters());
        scores.fill(0.0);
        let rows = scores.chunks_exact_mut(parameters).enumerate();
        match self.form {
            Form::Logistic { lower } => {
                let x = a * (eta - self.bounds.first().copied().unwrap_or_default());
                let known = (1.0 - lower) * logistic(x);
                let right = known / (lower + known) * logistic(-x);
                for (category, row) in rows {
                    along(row, 0, if category == 0 { -logistic(x) } else { right }, x, a);
                }
            }
            Form::Graded => {
                let at = |j: usize| self.bounds.get(j).map(|b| a * (eta - b));
                for (category, row) in rows {
                    let reached = category.checked_sub(1).and_then(|below| Some((below, at(below)?)));
                    let next = at(category);
                    // σ'(x)/P without cancellation: P = σ(x_k)·σ(−x_{k+1})·(1 − e^−(x_k − x_{k+1})).
                    let gap = match (reached, next) {
                        (Some((_, x)), Some(y)) => -libm::expm1(y - x),
                        _ => 1.0,
                    };
                    if let Some((below, x)) = reached {
                        let weight = logistic(-x) / (next.map_or(1.0, |y| logistic(-y)) * gap);
                        along(row, below, weight, x, a);
                    }
                    if let Some(y) = next {
                        let weight = -logistic(y) / (reached.map_or(1.0, |(_, x)| logistic(x)) * gap);
                        along(row, category, weight, y, a);
                    }
                }
            }
            Form::PartialCredit => {
                let z = exponents(a, &self.bounds, eta);
                let highest = z.clone().fold(0.0, f64::max);
                let total: f64 = z.clone().map(|z| libm::exp(z - highest)).sum();
                let chance = |z: f64| libm::exp(z - highest) / total;
                let mean: f64 = z.clone().map(|z| chance(z) * z).sum();
                for ((category, row), own) in rows.zip(z.clone()) {
                    let Some((slope, bounds)) = row.split_first_mut() else { continue };
                    *slope = own - mean;
                    let mut below = 0.0;
                    for ((step, bound), z) in bounds.iter_mut().enumerate().zip(z.clone()) {
                        below += chance(z);
                        let taken = if category > step { 1.0 } else { 0.0 };
                        *bound = -a * (taken - (1.0 - below));
                    }
                }
            }
        }
    }
}

/// Adds ∂ ln P/∂x_j to the row of (ln a, b_1 … b_m).
fn along(row: &mut [f64], bound: usize, weight: f64, x: f64, slope: f64) {
    if let Some((first, bounds)) = row.split_first_mut() {
        *first += weight * x;
        if let Some(entry) = bounds.get_mut(bound) {
            *entry -= weight * slope;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn scores_are_the_derivatives_of_the_logarithm(
            slope in 0.2..3.0_f64, first in -2.0..2.0_f64, gap in 0.3..2.0_f64, eta in -6.0..6.0_f64, lower in 0.0..0.4_f64, form in 0..3_u8,
        ) {
            let curve = match form {
                0 => Curve { form: Form::Graded, slope, bounds: vec![first, first + gap, first + 2.0 * gap] },
                1 => Curve { form: Form::Logistic { lower }, slope, bounds: vec![first] },
                _ => Curve { form: Form::PartialCredit, slope, bounds: vec![first, first - gap, first + gap] },
            };
            let (n, h) = (curve.parameters(), 1e-5);
            let mut scores = vec![0.0; curve.categories() * n];
            curve.scores(eta, &mut scores);
            for parameter in 0..n {
                let step = |by: f64| {
                    let mut step = vec![0.0; n];
                    step[parameter] = by;
                    curve.moved(&step).unwrap().model()
                };
                for category in 0..curve.categories() {
                    let value = |by: f64| step(by).log_likelihood(eta, category as u8).value;
                    let numeric = (value(h) - value(-h)) / (2.0 * h);
                    prop_assert!((scores[category * n + parameter] - numeric).abs() < 1e-6, "{category} {parameter} {numeric}");
                }
            }
        }
    }

    #[test]
    fn a_step_never_crosses_thresholds_nor_leaves_what_is_possible() {
        let curve = Curve { form: Form::Graded, slope: 1.0, bounds: vec![0.0, 1.0] };
        assert_eq!(curve.moved(&[0.0, 1.0, 0.0]), None);
        let far = curve.moved(&[9.0, -900.0, 900.0]).unwrap();
        assert_eq!((far.slope, far.bounds.as_slice(), far.is_at_edge()), (5.0, &[-50.0, 50.0][..], true));
    }
}
