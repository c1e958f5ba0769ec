//! What the answer to a candidate item would be worth.

use super::{Belief, Marginal, NormalRule, Probe};

/// Expected decrease of Σ_k weight_k·Var(θ_k) by the answer to `probe`, in squared levels:
/// Σ_k weight_k·(Σw)_k²·(v − E\[v'\])/v² with v = wᵀΣw and E\[v'\] over the answers (A_s-optimality; the traits without
/// weight are nuisance). `weights` are those of the first traits.
#[must_use]
pub fn variance_reduction(
    probe: &Probe,
    belief: &Belief,
    weights: &[f64],
    rule: &NormalRule,
    scratch: &mut Vec<f64>,
) -> f64 {
    let eta = belief.projection(probe.loading);
    belief.covariance_with(probe.loading, scratch);
    let reach: f64 = scratch.iter().zip(weights).map(|(s, weight)| weight * s * s).sum();
    let gain = eta.variance - expected_variance(probe, eta, rule);
    (reach * gain / (eta.variance * eta.variance)).max(0.0)
}

/// E\[Var(η | answer)\], in squared levels.
fn expected_variance(probe: &Probe, eta: Marginal, rule: &NormalRule) -> f64 {
    let categories = u8::try_from(probe.model.categories()).unwrap_or(u8::MAX);
    let (mut total, mut sum) = (0.0, 0.0);
    for category in 0..categories {
        let (mass, after) = super::ep::tilted(probe, category, eta, rule);
        if mass > 0.0 {
            total += mass;
            sum += mass * after.variance;
        }
    }
    sum / total
}

/// Probability of an encouraging answer: right, or better than the lowest.
#[must_use]
pub fn success_probability(probe: &Probe, belief: &Belief, rule: &NormalRule) -> f64 {
    let eta = belief.projection(probe.loading);
    let failure: f64 =
        rule.points().map(|(x, weight)| weight * probe.model.probability(eta.mean + eta.sd() * x, 0)).sum();
    1.0 - failure
}
