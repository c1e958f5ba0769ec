//! What the answer to a candidate item would be worth.

use super::quadrature::Grid;
use super::response::exponents;
use super::{Belief, Marginal, NormalRule, Probe, ResponseModel};

/// Looking ahead needs no more than five digits: curves may be this much steeper than where every digit counts, which
/// leaves errors of e^(−12).
const COARSER: f64 = 0.5;

/// Expected decrease of Σ_k weight_k·Var(θ_k) by the answer to `probe`, in squared levels:
/// Σ_k weight_k·(Σw)_k²·(v − E\[v'\])/v² with v = wᵀΣw and E\[v'\] over the answers (A_s-optimality; the traits without
/// weight are nuisance). `weights` are those of the first traits, `scratch` is overwritten.
#[must_use]
pub fn variance_reduction(
    probe: &Probe,
    belief: &Belief,
    weights: &[f64],
    rule: &NormalRule,
    scratch: &mut Vec<f64>,
) -> f64 {
    let eta = belief.projection(probe.loading);
    belief.weighted_square(probe.loading, weights) * explained(&probe.model, eta, rule, scratch) / eta.variance
}

/// Shrinks a belief to what can be expected of it after the answer to `probe`: the mean stays, and Cov becomes its
/// expectation Cov − Σw·wᵀΣ·(v − E\[v'\])/v². For looking several questions ahead; `scratch` is overwritten.
pub fn expect_answer(probe: &Probe, belief: &mut Belief, rule: &NormalRule, scratch: &mut Vec<f64>) {
    let eta = belief.projection(probe.loading);
    let left = 1.0 - explained(&probe.model, eta, rule, scratch);
    // An observation of η at its mean that leaves the part `left` of its variance.
    let precision = (1.0 / left.max(1e-6) - 1.0) / eta.variance;
    belief.multiply(probe.loading, precision, precision * eta.mean, scratch);
}

/// (v − E\[v'\])/v: the part of η's variance that the answer explains. With P_k the chance of answer k and
/// F_k = E\[z·P(k | z)\] for the standardised z = (η − m)/√v it is Σ F_k²/P_k.
fn explained(model: &ResponseModel, eta: Marginal, rule: &NormalRule, scratch: &mut Vec<f64>) -> f64 {
    let part = |mass: f64, first: f64| if mass > 1e-12 { first * first / mass } else { 0.0 };
    let grid = rule.grid(COARSER * model.steepness() * eta.sd());
    match model {
        ResponseModel::Logistic { slope, location, lower } => {
            let (mass, first) = passing(grid, *slope, *location, eta);
            let (mass, first) = (lower + (1.0 - lower) * mass, (1.0 - lower) * first);
            part(mass, first) + part(1.0 - mass, first)
        }
        ResponseModel::Graded { slope, thresholds, .. } => {
            let (mut sum, mut above) = (0.0, (1.0, 0.0));
            for threshold in thresholds {
                let next = passing(grid, *slope, *threshold, eta);
                sum += part(above.0 - next.0, above.1 - next.1);
                above = next;
            }
            sum + part(above.0, above.1)
        }
        ResponseModel::PartialCredit { slope, steps } => {
            let categories = steps.len() + 1;
            scratch.clear();
            scratch.resize(3 * categories, 0.0);
            let (terms, sums) = scratch.split_at_mut(categories);
            let (masses, firsts) = sums.split_at_mut(categories);
            for (x, weight) in grid.points() {
                let exponents = exponents(*slope, steps, eta.mean + eta.sd() * x);
                let highest = exponents.clone().fold(0.0, f64::max);
                let mut total = 0.0;
                for (term, exponent) in terms.iter_mut().zip(exponents) {
                    *term = libm::exp(exponent - highest);
                    total += *term;
                }
                for ((term, mass), first) in terms.iter().zip(masses.iter_mut()).zip(firsts.iter_mut()) {
                    let w = weight * term / total;
                    *mass += w;
                    *first += w * x;
                }
            }
            masses.iter().zip(firsts.iter()).map(|(mass, first)| part(*mass, *first)).sum()
        }
    }
}

/// E\[σ(a(η − b))\] and E\[z·σ(a(η − b))\] with z = (η − m)/s.
fn passing(grid: &Grid, slope: f64, bound: f64, eta: Marginal) -> (f64, f64) {
    let odds = grid.exponentials(-slope * eta.sd(), slope * (bound - eta.mean));
    let (mut mass, mut first) = (0.0, 0.0);
    for ((x, weight), odds) in grid.points().zip(odds) {
        let w = weight / (1.0 + odds);
        mass += w;
        first += w * x;
    }
    (mass, first)
}

/// Probability of an encouraging answer: right, or better than the lowest.
#[must_use]
pub fn success_probability(probe: &Probe, belief: &Belief, rule: &NormalRule) -> f64 {
    let eta = belief.projection(probe.loading);
    let grid = rule.grid(COARSER * probe.model.steepness() * eta.sd());
    let failure: f64 =
        grid.points().map(|(x, weight)| weight * probe.model.probability(eta.mean + eta.sd() * x, 0)).sum();
    1.0 - failure
}
