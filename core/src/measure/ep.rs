//! Expectation propagation (Minka 2001): the posterior over all traits from all answers at once.

use std::cmp::Ordering;

use super::skew::Skew;
use super::tilt::{Moments, tilted};
use super::{Belief, Loading, Marginal, NormalRule, Probe, ResponseModel};

/// Most sweeps over the answers. Usual sittings take six to nine; only answers at random to the steepest items have been
/// seen to take more than fifty.
const MAX_SWEEPS: u32 = 100;
/// A sweep that moves no site's mean or standard deviation of η by this many levels has converged.
const TOLERANCE: f64 = 1e-8;
/// From this sweep on, only part of each step is taken, in case full steps run in circles.
const DAMP_FROM: u32 = 12;
/// The part taken then.
const DAMPING: f64 = 0.8;
/// From this sweep on, answers cannot widen what is believed any more where the sweeps do not settle. A right answer that
/// may have been guessed can do so (its site has a negative precision); where steep items contradict each other, no
/// Gaussian matches all of them, and with sites that only narrow there is one again.
const NARROW_FROM: u32 = 20;
/// What does not settle: a sweep that still moves a site by this many levels, or a cavity that is no distribution.
const RESTLESS: f64 = 1e-3;

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

    /// What is believed of η without this site; none where that is no distribution.
    fn cavity(self, eta: Marginal) -> Option<Marginal> {
        let precision = 1.0 / eta.variance - self.precision;
        let variance = 1.0 / precision;
        (precision > 0.0).then(|| Marginal { mean: variance * (eta.mean / eta.variance - self.shift), variance })
    }
}

/// The posterior after these observations, the same to the bit in whatever order they come.
///
/// Answers that nobody could have guessed have one fixed point, which every order of the sweeps leads to. Steep items that
/// may have been guessed can have several (in 3 of 8,000 patterns of answers at random to items of slope 5 with eight
/// options); which one is found then depends on the order of the sweeps, so that this sorts the observations first.
#[must_use]
pub fn infer(prior: &Belief, observations: &[Observation<'_>], rule: &NormalRule) -> Inference {
    let mut sorted = observations.to_vec();
    sorted.sort_by(canonical);
    let mut workspace = Workspace::new(prior);
    let convergence = workspace.infer(prior, &sorted, rule);
    Inference { belief: workspace.into_belief(), convergence }
}

/// An order of observations that knows nothing of when they were made.
fn canonical(one: &Observation<'_>, two: &Observation<'_>) -> Ordering {
    let key = |observation: &Observation<'_>| {
        let Loading { competence, leniency } = observation.probe.loading;
        (competence, leniency, observation.category, kind(&observation.probe.model))
    };
    key(one).cmp(&key(two)).then_with(|| numbers(&one.probe.model).cmp(numbers(&two.probe.model)))
}

fn kind(model: &ResponseModel) -> u8 {
    match model {
        ResponseModel::Graded { .. } => 0,
        ResponseModel::Logistic { .. } => 1,
        ResponseModel::PartialCredit { .. } => 2,
    }
}

fn numbers(model: &ResponseModel) -> impl Iterator<Item = u64> {
    let (single, list): ([f64; 3], &[f64]) = match model {
        ResponseModel::Graded { slope, thresholds, .. } => ([*slope, 0.0, 0.0], thresholds),
        ResponseModel::Logistic { slope, location, lower } => ([*slope, *location, *lower], &[]),
        ResponseModel::PartialCredit { slope, steps } => ([*slope, 0.0, 0.0], steps),
    };
    // Any order will do.
    single.into_iter().chain(list.iter().copied()).map(f64::to_bits)
}

/// A posterior with the room that computing it takes. Used again and again, it allocates nothing once it has seen the
/// longest list of observations.
#[derive(Debug, Clone)]
pub struct Workspace {
    belief: Belief,
    sites: Vec<Site>,
    scratch: Vec<f64>,
    skew: Skew,
}

impl Workspace {
    /// Room for posteriors of this prior's traits; the prior itself is what is believed at first.
    #[must_use]
    pub fn new(prior: &Belief) -> Self {
        let scratch = Vec::with_capacity(prior.traits());
        Self { belief: prior.clone(), sites: Vec::new(), scratch, skew: Skew::default() }
    }

    /// What is believed after the last inference.
    #[must_use]
    pub fn belief(&self) -> &Belief {
        &self.belief
    }

    /// The same, and nothing else is kept.
    #[must_use]
    pub fn into_belief(self) -> Belief {
        self.belief
    }

    /// Replaces the belief by the posterior after these observations, swept in the order given: the same order, the same
    /// bits. See [`infer`] for when another order gives another result.
    pub fn infer(&mut self, prior: &Belief, observations: &[Observation<'_>], rule: &NormalRule) -> Convergence {
        self.belief.copy_from(prior);
        self.sites.clear();
        self.sites.resize(observations.len(), Site::default());
        let mut convergence = Convergence { sweeps: 0, last_change: 0.0, converged: observations.is_empty() };
        let mut least_precision = f64::NEG_INFINITY;
        while !convergence.converged && convergence.sweeps < MAX_SWEEPS {
            let step = if convergence.sweeps < DAMP_FROM { 1.0 } else { DAMPING };
            let (largest, stuck) = self.sweep(observations, step, least_precision, rule);
            convergence.sweeps += 1;
            convergence.last_change = largest;
            convergence.converged = largest < TOLERANCE && !stuck;
            if convergence.sweeps >= NARROW_FROM && (stuck || largest > RESTLESS) {
                least_precision = 0.0;
            }
        }
        if convergence.converged {
            self.account_for_skewness(observations, rule);
        }
        convergence
    }

    /// Refreshes every site once. Gives the largest change of a mean or standard deviation of η, in levels, and whether a
    /// site could not be refreshed.
    fn sweep(
        &mut self,
        observations: &[Observation<'_>],
        step: f64,
        least_precision: f64,
        rule: &NormalRule,
    ) -> (f64, bool) {
        let (mut largest, mut stuck) = (0.0_f64, false);
        for (observation, site) in observations.iter().zip(&mut self.sites) {
            let loading = observation.probe.loading;
            let before = self.belief.projection(loading);
            let refreshed = refreshed(*observation, *site, before, least_precision, rule);
            stuck |= refreshed.is_none();
            let target = refreshed.unwrap_or_else(|| site.halved());
            let (precision, shift) = (step * (target.precision - site.precision), step * (target.shift - site.shift));
            if 1.0 + precision * before.variance <= 0.0 {
                stuck = true;
                continue;
            }
            self.belief.multiply(loading, precision, shift, &mut self.scratch);
            *site = Site { precision: site.precision + precision, shift: site.shift + shift };
            let after = self.belief.projection(loading);
            largest = largest.max((after.mean - before.mean).abs()).max((after.sd() - before.sd()).abs());
        }
        (largest, stuck)
    }

    fn account_for_skewness(&mut self, observations: &[Observation<'_>], rule: &NormalRule) {
        self.skew.clear(observations.len(), self.belief.traits());
        for (observation, site) in observations.iter().zip(&self.sites) {
            let eta = self.belief.projection(observation.probe.loading);
            let tilted = site
                .cavity(eta)
                .and_then(|cavity| tilted(&observation.probe.model, observation.category, cavity, rule));
            self.skew.add(&self.belief, observation.probe.loading, tilted.map_or(0.0, |tilted| tilted.third));
        }
        self.skew.correct(&mut self.belief);
    }
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
    let cavity = site.cavity(eta)?;
    let cavity_precision = 1.0 / cavity.variance;
    let Moments { mean, variance, .. } = tilted(&observation.probe.model, observation.category, cavity, rule)?;
    let precision = (1.0 / variance - cavity_precision).max(least_precision);
    let shift = mean * (cavity_precision + precision) - cavity.mean * cavity_precision;
    Some(Site { precision, shift })
}
