//! Expected a posteriori estimation of one trait on a dense grid: slow, simple and exact, the oracle of the rest.

use super::{Marginal, ResponseModel};

/// Posterior mean and variance of one trait with a normal prior after these answers, by the trapezoidal rule on `nodes`
/// equally spaced points within ±`reach` prior standard deviations (Bock & Mislevy 1982).
///
/// Works with logarithms, so that thousands of answers do not underflow.
#[must_use]
pub fn eap(prior: Marginal, answers: &[(&ResponseModel, u8)], nodes: u32, reach: f64) -> Marginal {
    let step = 2.0 * reach / f64::from(nodes.max(2) - 1);
    let last = nodes.max(2) - 1;
    let points: Vec<(f64, f64)> = (0..=last)
        .map(|i| {
            let z = -reach + step * f64::from(i);
            let theta = prior.mean + z * prior.sd();
            let log_likelihood: f64 =
                answers.iter().map(|(model, category)| libm::log(model.probability(theta, *category))).sum();
            let half = if i == 0 || i == last { std::f64::consts::LN_2 } else { 0.0 };
            (theta, log_likelihood - 0.5 * z * z - half)
        })
        .collect();
    let highest = points.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let (mut mass, mut first) = (0.0, 0.0);
    for (theta, log) in &points {
        let weight = libm::exp(log - highest);
        mass += weight;
        first += weight * theta;
    }
    let mean = first / mass;
    let second: f64 =
        points.iter().map(|(theta, log)| libm::exp(log - highest) * (theta - mean) * (theta - mean)).sum();
    Marginal { mean, variance: second / mass }
}
