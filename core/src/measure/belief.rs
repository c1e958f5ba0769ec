//! What is believed of a person: a multivariate normal distribution over the traits.

use thiserror::Error;

use super::Loading;
use super::normal::{Z_90, cdf};
use crate::units::Level;

/// Widest 90 % interval, in levels, that still says something.
const WIDEST_INTERVAL: f64 = 3.0;

/// A multivariate normal distribution over traits, in levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    mean: Vec<f64>,
    /// Row-major and symmetric.
    covariance: Vec<f64>,
}

/// A mean and covariance that are no distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BeliefError {
    /// The covariance is not square or does not fit the mean.
    #[error("a covariance of {found} numbers does not fit {traits} traits")]
    Size {
        /// Length of the mean.
        traits: usize,
        /// Length of the covariance.
        found: usize,
    },
    /// Not symmetric, not finite or not positive definite.
    #[error("the covariance is not symmetric and positive definite (trait {row})")]
    NotPositiveDefinite {
        /// First trait at which it fails.
        row: usize,
    },
}

/// The distribution of one trait, or of a weighted sum of traits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marginal {
    /// Mean, which is also the median, in levels.
    pub mean: f64,
    /// Variance, in squared levels.
    pub variance: f64,
}

impl Marginal {
    /// Standard deviation, in levels.
    #[must_use]
    pub fn sd(&self) -> f64 {
        libm::sqrt(self.variance)
    }

    /// Bounds of the central 90 % interval, in levels.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        (self.mean - Z_90 * self.sd(), self.mean + Z_90 * self.sd())
    }

    /// The part of the 90 % interval that lies on the scale, ½ to 8½ levels: beyond its ends there is nothing to tell apart.
    #[must_use]
    pub fn interval_on_scale(&self) -> (f64, f64) {
        let on_scale = |theta: f64| theta.clamp(0.5, f64::from(Level::COUNT) + 0.5);
        let (low, high) = self.interval();
        (on_scale(low), on_scale(high))
    }

    /// Whether it says too little: a 90 % interval wider than three levels, on the scale.
    #[must_use]
    pub fn is_vague(&self) -> bool {
        let (low, high) = self.interval_on_scale();
        high - low > WIDEST_INTERVAL
    }

    /// P(trait < x).
    #[must_use]
    pub fn below(&self, x: f64) -> f64 {
        cdf((x - self.mean) / self.sd())
    }

    /// The level that holds the median.
    #[must_use]
    pub fn level(&self) -> Level {
        Level::of(self.mean)
    }

    /// Probability of each level, lowest first: level ℓ is [ℓ−½, ℓ+½), the ends are open.
    #[must_use]
    pub fn level_probabilities(&self) -> [f64; Level::COUNT as usize] {
        let mut below = 0.0;
        let mut probabilities = [0.0; Level::COUNT as usize];
        for (probability, level) in probabilities.iter_mut().zip(Level::all()) {
            let upper = if level.number() == Level::COUNT { 1.0 } else { self.below(f64::from(level.number()) + 0.5) };
            *probability = upper - below;
            below = upper;
        }
        probabilities
    }

    /// Probability that the true level is the reported one or a neighbour of it.
    #[must_use]
    pub fn within_one_level(&self) -> f64 {
        let reported = self.level().number();
        let near = |level: Level| level.number().abs_diff(reported) <= 1;
        self.level_probabilities().iter().zip(Level::all()).filter(|(_, level)| near(*level)).map(|(p, _)| p).sum()
    }
}

impl Belief {
    /// A belief with this mean (n traits) and covariance (n × n, row by row).
    ///
    /// # Errors
    /// Unless the covariance is finite, symmetric and positive definite.
    pub fn new(mean: Vec<f64>, covariance: Vec<f64>) -> Result<Self, BeliefError> {
        let n = mean.len();
        if n == 0 || covariance.len() != n * n {
            return Err(BeliefError::Size { traits: n, found: covariance.len() });
        }
        let belief = Self { mean, covariance };
        match belief.first_indefinite() {
            None => Ok(belief),
            Some(row) => Err(BeliefError::NotPositiveDefinite { row }),
        }
    }

    /// The first row, if any, that shows that this is no distribution.
    fn first_indefinite(&self) -> Option<usize> {
        let n = self.traits();
        let symmetric = |i: usize, row: &[f64]| {
            row.iter().enumerate().take(i + 1).all(|(j, x)| (x - self.entry(j, i)).abs() <= 1e-9 * (1.0 + x.abs()))
        };
        let asymmetric = self.covariance.chunks_exact(n).enumerate().position(|(i, row)| !symmetric(i, row));
        let indefinite = first_indefinite(n, &self.covariance, &mut Vec::with_capacity(n * n));
        [asymmetric, indefinite, self.mean.iter().position(|m| !m.is_finite())].into_iter().flatten().min()
    }

    /// Number of traits.
    #[must_use]
    pub fn traits(&self) -> usize {
        self.mean.len()
    }

    /// The means, in levels.
    #[must_use]
    pub fn means(&self) -> &[f64] {
        &self.mean
    }

    /// The covariance, row by row, in squared levels.
    #[must_use]
    pub fn covariance(&self) -> &[f64] {
        &self.covariance
    }

    /// Covariance of two traits, in squared levels; zero outside the traits.
    #[must_use]
    pub fn entry(&self, one: usize, two: usize) -> f64 {
        self.row(one).get(two).copied().unwrap_or(0.0)
    }

    fn row(&self, index: usize) -> &[f64] {
        let n = self.traits();
        self.covariance.get(index * n..(index + 1) * n).unwrap_or(&[])
    }

    /// Distribution of one trait.
    #[must_use]
    pub fn marginal(&self, index: usize) -> Marginal {
        Marginal { mean: self.mean.get(index).copied().unwrap_or(0.0), variance: self.entry(index, index) }
    }

    /// Distribution of Σ weight·trait.
    #[must_use]
    pub fn combination(&self, weights: &[(usize, f64)]) -> Marginal {
        let mean = weights.iter().map(|(i, w)| w * self.mean.get(*i).copied().unwrap_or(0.0)).sum();
        let variance =
            weights.iter().flat_map(|(i, u)| weights.iter().map(move |(j, v)| u * v * self.entry(*i, *j))).sum();
        Marginal { mean, variance }
    }

    /// Distribution of η = wᵀx.
    #[must_use]
    pub fn projection(&self, loading: Loading) -> Marginal {
        let mean = loading.traits().map(|i| self.mean.get(i).copied().unwrap_or(0.0)).sum();
        let variance =
            loading.traits().flat_map(|i| loading.traits().map(move |j| (i, j))).map(|(i, j)| self.entry(i, j)).sum();
        Marginal { mean, variance }
    }

    /// Σw, the covariance of every trait with η, written to `out`.
    pub(super) fn covariance_with(&self, loading: Loading, out: &mut Vec<f64>) {
        out.clear();
        out.extend_from_slice(self.row(loading.competence));
        if let Some(leniency) = loading.leniency {
            for (sum, entry) in out.iter_mut().zip(self.row(leniency)) {
                *sum += entry;
            }
        }
    }

    /// Takes over another belief without allocating, which `clone_from` of a derived `Clone` would.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.mean.clone_from(&other.mean);
        self.covariance.clone_from(&other.covariance);
    }

    /// Adds to the covariance, unless that would leave no distribution. `factor` is overwritten.
    pub(super) fn widen(&mut self, change: &[f64], factor: &mut Vec<f64>) {
        let add = |sign: f64, covariance: &mut [f64]| {
            covariance.iter_mut().zip(change).for_each(|(entry, change)| *entry += sign * change);
        };
        add(1.0, &mut self.covariance);
        if first_indefinite(self.traits(), &self.covariance, factor).is_some() {
            add(-1.0, &mut self.covariance);
        }
    }

    /// Σ_k weight_k·(Σw)_k² over the first traits.
    pub(super) fn weighted_square(&self, loading: Loading, weights: &[f64]) -> f64 {
        let own = self.row(loading.competence).iter().zip(weights);
        match loading.leniency {
            None => own.map(|(s, weight)| weight * s * s).sum(),
            Some(leniency) => own.zip(self.row(leniency)).map(|((s, weight), t)| weight * (s + t) * (s + t)).sum(),
        }
    }

    /// Multiplies by exp(shift·η − precision·η²/2): the rank-one update of a Gaussian by a Gaussian site.
    pub(super) fn multiply(&mut self, loading: Loading, precision: f64, shift: f64, scratch: &mut Vec<f64>) {
        let eta = self.projection(loading);
        self.covariance_with(loading, scratch);
        let scale = 1.0 / (1.0 + precision * eta.variance);
        let step = (shift - precision * eta.mean) * scale;
        for (mean, s) in self.mean.iter_mut().zip(scratch.iter()) {
            *mean += s * step;
        }
        let shrink = precision * scale;
        let n = self.mean.len();
        for (row, si) in self.covariance.chunks_exact_mut(n).zip(scratch.iter()) {
            let factor = shrink * si;
            for (entry, sj) in row.iter_mut().zip(scratch.iter()) {
                *entry -= factor * sj;
            }
        }
    }
}

/// Cholesky's factorisation of n × n numbers, of which the lower triangle is read, written to `factor`: the first row at
/// which it fails.
fn first_indefinite(n: usize, matrix: &[f64], factor: &mut Vec<f64>) -> Option<usize> {
    factor.clear();
    for (i, row) in matrix.chunks_exact(n).enumerate() {
        for (j, entry) in row.iter().enumerate().take(i + 1) {
            let (before, computed) = factor.split_at(i * n);
            let other = before.chunks_exact(n).nth(j);
            let rest = entry - computed.iter().zip(other.unwrap_or(computed)).map(|(x, y)| x * y).sum::<f64>();
            let value = match other.and_then(|other| other.get(j)) {
                Some(diagonal) => rest / diagonal,
                None if rest > 0.0 && rest.is_finite() => libm::sqrt(rest),
                None => return Some(i),
            };
            factor.push(value);
        }
        factor.resize((i + 1) * n, 0.0);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Belief {
        Belief::new(vec![3.0, 4.0], vec![2.0, 1.0, 1.0, 3.0]).unwrap()
    }

    #[test]
    fn an_update_equals_the_textbook_kalman_step() {
        // Observing η = x0 with precision 0.5 at 5.0: gain = Σw/(v + 2).
        let mut belief = two();
        belief.multiply(Loading { competence: 0, leniency: None }, 0.5, 0.5 * 5.0, &mut Vec::new());
        let gain = [2.0 / 4.0, 1.0 / 4.0];
        assert!((belief.means()[0] - (3.0 + gain[0] * 2.0)).abs() < 1e-14);
        assert!((belief.means()[1] - (4.0 + gain[1] * 2.0)).abs() < 1e-14);
        assert!((belief.entry(0, 0) - (2.0 - gain[0] * 2.0)).abs() < 1e-14);
        assert!((belief.entry(1, 1) - (3.0 - gain[1] * 1.0)).abs() < 1e-14);
    }

    #[test]
    fn a_bad_covariance_is_refused_with_its_row() {
        assert_eq!(Belief::new(vec![0.0; 2], vec![1.0; 3]), Err(BeliefError::Size { traits: 2, found: 3 }));
        let row = |covariance| Belief::new(vec![0.0; 2], covariance).unwrap_err();
        assert_eq!(row(vec![1.0, 2.0, 2.0, 1.0]), BeliefError::NotPositiveDefinite { row: 1 });
        assert_eq!(row(vec![1.0, 0.5, 0.4, 1.0]), BeliefError::NotPositiveDefinite { row: 1 });
        assert_eq!(row(vec![f64::NAN, 0.0, 0.0, 1.0]), BeliefError::NotPositiveDefinite { row: 0 });
    }

    #[test]
    fn level_probabilities_sum_to_one_and_centre_on_the_median() {
        let marginal = Marginal { mean: 4.2, variance: 0.49 };
        let all = marginal.level_probabilities();
        assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert_eq!(marginal.level().number(), 4);
        assert!((all[3] - (cdf(0.3 / 0.7) - cdf(-0.7 / 0.7))).abs() < 1e-15);
    }

    #[test]
    fn a_combination_uses_the_covariances() {
        let mean = two().combination(&[(0, 0.5), (1, 0.5)]);
        assert!((mean.mean - 3.5).abs() < 1e-15 && (mean.variance - (2.0 + 3.0 + 2.0) / 4.0).abs() < 1e-15);
    }
}
