//! Expectation propagation (Minka 2001): the posterior over all traits from all answers at once.

use super::{Belief, Marginal, NormalRule, Probe};

/// Most sweeps over the answers.
const MAX_SWEEPS: u32 = 50;
/// A sweep that moves no site's mean or standard deviation of η by this many levels has converged.
const TOLERANCE: f64 = 1e-9;
/// From this sweep on, only part of each step is taken, in case full steps run in circles.
const DAMP_FROM: u32 = 12;
/// The part taken then.
const DAMPING: f64 = 0.6;

/// An answer as the measurement sees it.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// The item.
    pub probe: &'a Probe,
    /// The ordered category answered, 0 the lowest.
    pub category: u8,
}

/// A posterior and how it was reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Inference {
    /// The posterior.
    pub belief: Belief,
    /// Whether the sweeps settled.
    pub convergence: Convergence,
}

/// How the sweeps ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Sweeps made.
    pub sweeps: u32,
    /// Largest change in the last one, in levels.
    pub last_change: f64,
    /// Whether that was small enough.
    pub converged: bool,
}

/// A univariate Gaussian factor on η, in natural parameters.
#[derive(Clone, Copy, Default)]
struct Site {
    precision: f64,
    shift: f64,
}

/// The posterior after these observations, which are taken in the order given.
///
/// The fixed point does not depend on the order; callers that need the same bits pass the same order.
#[must_use]
pub fn infer(prior: &Belief, observations: &[Observation<'_>], rule: &NormalRule) -> Inference {
    let mut belief = prior.clone();
    let mut sites = vec![Site::default(); observations.len()];
    let mut scratch = Vec::with_capacity(prior.traits());
    let mut convergence = Convergence { sweeps: 0, last_change: 0.0, converged: observations.is_empty() };
    while !convergence.converged && convergence.sweeps < MAX_SWEEPS {
        let step = if convergence.sweeps < DAMP_FROM { 1.0 } else { DAMPING };
        let mut largest = 0.0_f64;
        for (observation, site) in observations.iter().zip(&mut sites) {
            let loading = observation.probe.loading;
            let before = belief.projection(loading);
            let Some(target) = refreshed(*observation, *site, before, rule) else { continue };
            let (precision, shift) = (step * (target.precision - site.precision), step * (target.shift - site.shift));
            if 1.0 + precision * before.variance <= 0.0 {
                continue;
            }
            belief.multiply(loading, precision, shift, &mut scratch);
            *site = Site { precision: site.precision + precision, shift: site.shift + shift };
            let after = belief.projection(loading);
            largest = largest.max((after.mean - before.mean).abs()).max((after.sd() - before.sd()).abs());
        }
        convergence.sweeps += 1;
        convergence.last_change = largest;
        convergence.converged = largest < TOLERANCE;
    }
    Inference { belief, convergence }
}

/// The site that makes the posterior of η match its tilted moments; none where the cavity is no distribution.
fn refreshed(observation: Observation<'_>, site: Site, eta: Marginal, rule: &NormalRule) -> Option<Site> {
    let cavity_precision = 1.0 / eta.variance - site.precision;
    if cavity_precision <= 0.0 {
        return None;
    }
    let variance = 1.0 / cavity_precision;
    let cavity = Marginal { mean: variance * (eta.mean / eta.variance - site.shift), variance };
    let (mass, tilted) = tilted(observation.probe, observation.category, cavity, rule);
    let sound = mass > 0.0 && tilted.variance > 0.0 && tilted.variance.is_finite();
    sound.then(|| Site {
        precision: 1.0 / tilted.variance - cavity_precision,
        shift: tilted.mean / tilted.variance - cavity.mean * cavity_precision,
    })
}

/// Mass, mean and variance of N(η; cavity)·P(category | η).
pub(super) fn tilted(probe: &Probe, category: u8, cavity: Marginal, rule: &NormalRule) -> (f64, Marginal) {
    let sd = cavity.sd();
    let (mut mass, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, weight) in rule.points() {
        let w = weight * probe.model.probability(cavity.mean + sd * x, category);
        mass += w;
        first += w * x;
        second += w * x * x;
    }
    let (mean, square) = (first / mass, second / mass);
    let variance = cavity.variance * (square - mean * mean);
    (mass, Marginal { mean: cavity.mean + sd * mean, variance })
}
