//! The belief before any answer, from a bank's population model.

use super::{Belief, BeliefError};
use crate::bank::ModelDocument;

/// Prior over K competences and A leniencies: `areas` gives the number (0 to A − 1) of each competence's area.
///
/// Cov(θ_j, θ_k) = sd²·(general + [same area]·area + [j = k]·specific); leniencies have one correlation among them and
/// none with the competences. Where the model gives means and covariances trait by trait, they are taken as they are; they
/// must be in the order of the traits, as a checked bank has them.
///
/// # Errors
/// If the model's covariance is not positive definite.
pub fn population(model: &ModelDocument, areas: &[usize]) -> Result<Belief, BeliefError> {
    let leniencies = areas.iter().max().map_or(0, |last| last + 1);
    let n = areas.len() + leniencies;
    if !model.means.is_empty() || !model.covariance.is_empty() {
        return given(model, n);
    }
    let variance = model.sd.to_f64() * model.sd.to_f64();
    // A leniency that everybody shares exactly is still a trait: a tiny variance keeps the covariance definite.
    let leniency_variance = (model.leniency_sd.to_f64() * model.leniency_sd.to_f64()).max(1e-6);
    let same = |same: bool| if same { 1.0 } else { 0.0 };
    let mut covariance = Vec::with_capacity(n * n);
    for i in 0..n {
        for j in 0..n {
            covariance.push(match (areas.get(i), areas.get(j)) {
                (Some(one), Some(two)) => {
                    variance
                        * (model.general.to_f64()
                            + same(one == two) * model.area.to_f64()
                            + same(i == j) * model.specific.to_f64())
                }
                (None, None) if i == j => leniency_variance,
                (None, None) => leniency_variance * model.leniency_correlation.to_f64(),
                _ => 0.0,
            });
        }
    }
    let mean = std::iter::repeat_n(model.mean.to_f64(), areas.len())
        .chain(std::iter::repeat_n(model.leniency_mean.to_f64(), leniencies))
        .collect();
    Belief::new(mean, covariance)
}

/// From means and the lower triangle of a covariance.
fn given(model: &ModelDocument, n: usize) -> Result<Belief, BeliefError> {
    let found = model.covariance.len();
    if model.means.len() != n || found != n * (n + 1) / 2 {
        return Err(BeliefError::Size { traits: n, found });
    }
    let mut covariance = Vec::with_capacity(n * n);
    for i in 0..n {
        for j in 0..n {
            let (row, column) = (i.max(j), i.min(j));
            covariance.push(model.covariance.get(row * (row + 1) / 2 + column).map_or(0.0, |entry| entry.to_f64()));
        }
    }
    Belief::new(model.means.iter().map(|mean| mean.to_f64()).collect(), covariance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Thousandths;

    #[test]
    fn the_design_gives_its_correlations() {
        let model = ModelDocument {
            mean: Thousandths(3500),
            sd: Thousandths(1700),
            general: Thousandths(550),
            area: Thousandths(150),
            specific: Thousandths(300),
            leniency_mean: Thousandths(0),
            leniency_sd: Thousandths(900),
            leniency_correlation: Thousandths(700),
            competences: Vec::new(),
            means: Vec::new(),
            covariance: Vec::new(),
        };
        let prior = population(&model, &[0, 0, 1]).unwrap();
        assert_eq!(prior.traits(), 5);
        let correlation = |i, j| prior.entry(i, j) / (prior.entry(i, i) * prior.entry(j, j)).sqrt();
        for (i, j, expected) in [(0, 1, 0.7), (0, 2, 0.55), (3, 4, 0.7), (0, 3, 0.0)] {
            assert!((correlation(i, j) - expected).abs() < 1e-12, "{i} {j}");
        }
        assert!((prior.marginal(0).sd() - 1.7).abs() < 1e-12);
    }
}
