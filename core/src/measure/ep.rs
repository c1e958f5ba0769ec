//! Expectation propagation (Minka 2001): the posterior over all traits from all answers at once.

use super::tilt::tilted;
use super::{Belief, Marginal, NormalRule, Probe};

/// Most sweeps over the answers.
const MAX_SWEEPS: u32 = 50;
/// A sweep that moves no site's mean or standard deviation of η by this many levels has converged.
const TOLERANCE: f64 = 1e-8;
/// From this sweep on, only part of each step is taken, in case full steps run in circles.
const DAMP_FROM: u32 = 12;
/// The part taken then.
const DAMPING: f64 = 0.8;
/// From this sweep on, a cavity that is no distribution makes answers unable to widen what is believed. A right answer
/// that may have been guessed can do so (its site has a negative precision); where steep items contradict each other,
/// no Gaussian matches all of them, and with sites that only narrow there is one again.
const NARROW_FROM: u32 = 20;

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
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Site {
    pub(super) precision: f64,
    pub(super) shift: f64,
}

impl Site {
    /// Half as telling: what is left of a site whose cavity is no distribution, until its neighbours have moved.
    pub(super) fn halved(self) -> Self {
        Self { precision: 0.5 * self.precision, shift: 0.5 * self.shift }
    }
}

/// The posterior after these observations, which are taken in the order given.
///
/// The fixed point does not depend on the order; callers that need the same bits pass the same order. The exception are
/// answers at random to the steepest items that may have been guessed, where one pattern in thousands has two fixed points
/// or does not settle in time.
#[must_use]
pub fn infer(prior: &Belief, observations: &[Observation<'_>], rule: &NormalRule) -> Inference {
    let mut belief = prior.clone();
    let mut sites = vec![Site::default(); observations.len()];
    let mut scratch = Vec::with_capacity(prior.traits());
    let mut convergence = Convergence { sweeps: 0, last_change: 0.0, converged: observations.is_empty() };
    let mut least_precision = f64::NEG_INFINITY;
    while !convergence.converged && convergence.sweeps < MAX_SWEEPS {
        let step = if convergence.sweeps < DAMP_FROM { 1.0 } else { DAMPING };
        let (mut largest, mut stuck) = (0.0_f64, false);
        for (observation, site) in observations.iter().zip(&mut sites) {
            let loading = observation.probe.loading;
            let before = belief.projection(loading);
            let refreshed = refreshed(*observation, *site, before, least_precision, rule);
            stuck |= refreshed.is_none();
            let target = refreshed.unwrap_or_else(|| site.halved());
            let (precision, shift) = (step * (target.precision - site.precision), step * (target.shift - site.shift));
            if 1.0 + precision * before.variance <= 0.0 {
                stuck = true;
                continue;
            }
            belief.multiply(loading, precision, shift, &mut scratch);
            *site = Site { precision: site.precision + precision, shift: site.shift + shift };
            let after = belief.projection(loading);
            largest = largest.max((after.mean - before.mean).abs()).max((after.sd() - before.sd()).abs());
        }
        convergence.sweeps += 1;
        convergence.last_change = largest;
        convergence.converged = largest < TOLERANCE && !stuck;
        if convergence.sweeps >= NARROW_FROM && stuck {
            least_precision = 0.0;
        }
    }
    Inference { belief, convergence }
}

/// The site that makes the posterior of η match its tilted moments (or the mean only, where that would take less than
/// the least precision); none where the cavity is no distribution.
fn refreshed(
    observation: Observation<'_>,
    site: Site,
    eta: Marginal,
    least_precision: f64,
    rule: &NormalRule,
) -> Option<Site> {
    let cavity_precision = 1.0 / eta.variance - site.precision;
    if cavity_precision <= 0.0 {
        return None;
    }
    let variance = 1.0 / cavity_precision;
    let cavity = Marginal { mean: variance * (eta.mean / eta.variance - site.shift), variance };
    let tilted = tilted(&observation.probe.model, observation.category, cavity, rule)?;
    let precision = (1.0 / tilted.variance - cavity_precision).max(least_precision);
    let shift = tilted.mean * (cavity_precision + precision) - cavity.mean * cavity_precision;
    Some(Site { precision, shift })
}
