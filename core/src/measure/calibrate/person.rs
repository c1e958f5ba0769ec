//! One person's posterior over all traits, with the distribution of η along every axis that was answered on.

use std::ops::Range;

use super::answers::Row;
use super::axes::Line;
use super::scene::Scene;
use crate::measure::ep::Site;
use crate::measure::linear::dot;
use crate::measure::{Belief, Marginal};

/// Most sweeps over the axes.
const MAX_SWEEPS: u32 = 40;
/// How far, in prior standard deviations, mean and standard deviation of η may be from where its site was last made: for
/// results, and while parameters are still on their way. The log-likelihood is stationary in the sites, so that it errs by
/// the square of this.
pub(super) const FINE: f64 = 1e-5;
pub(super) const COARSE: f64 = 1e-3;
/// From this sweep on, only part of each step is taken.
const DAMP_FROM: u32 = 10;
/// The part taken then.
const DAMPING: f64 = 0.7;
/// Answers whose probabilities are multiplied before the product is brought back to a largest value of one.
const PRODUCT: usize = 16;
/// Of a likelihood whose largest value is one, less than this counts as nothing.
const NOTHING: f64 = 1e-200;

/// The posterior of one person after another: expectation propagation (Minka 2001) with one Gaussian site per axis.
///
/// All answers along an axis make one likelihood, whose product with the cavity is integrated exactly on the axis's grid.
/// For people who answered along one axis only, the posterior is therefore exact (Bock & Aitkin 1981), and so are the moments
/// of all other traits; with several axes the approximation is that of [`crate::measure::infer`], which has a site per answer,
/// or better.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    scene: &'a Scene<'a>,
    /// Moments of all traits.
    pub(super) belief: Belief,
    visits: Vec<Visit>,
    likelihoods: Vec<f64>,
    posteriors: Vec<f64>,
    scratch: Vec<f64>,
    tolerance: f64,
    /// ln P(answers), up to what the approximation misses.
    pub(super) log_likelihood: f64,
    /// Whether the sweeps settled.
    pub(super) settled: bool,
}

/// An axis that was answered on.
#[derive(Debug, Clone)]
struct Visit {
    axis: usize,
    line: Line,
    /// Which of the person's answers.
    entries: Range<usize>,
    /// ln of what the likelihood was divided by.
    log_scale: f64,
    site: Site,
    /// What was believed of η when the site was made.
    left: Option<Marginal>,
    /// ln ∫ N(η; cavity)·likelihood, less the same of the site.
    log_ratio: f64,
}

/// An axis that was answered on, as others see it.
pub(super) struct Seen<'r> {
    /// Which of the person's answers are on it.
    pub(super) entries: Range<usize>,
    /// Posterior probability of each point of its grid.
    pub(super) posterior: &'r [f64],
    pub(super) axis: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, tolerance: f64) -> Option<Self> {
        let belief = scene.groups.first()?.belief.clone();
        Some(Self {
            scene,
            belief,
            visits: Vec::new(),
            likelihoods: Vec::new(),
            posteriors: Vec::new(),
            scratch: Vec::new(),
            tolerance,
            log_likelihood: 0.0,
            settled: true,
        })
    }

    /// The axes answered on by the person read last.
    pub(super) fn seen(&self) -> impl Iterator<Item = Seen<'_>> {
        let posteriors = self.posteriors.chunks_exact(self.scene.grids.nodes);
        self.visits.iter().zip(posteriors).map(|(visit, posterior)| Seen {
            entries: visit.entries.clone(),
            posterior,
            axis: visit.axis,
        })
    }

    /// Reads a person's answers.
    pub(super) fn read(&mut self, row: Row<'_>) {
        let Some(prior) = self.scene.groups.get(row.group) else { return };
        self.gather(row);
        self.belief.clone_from(&prior.belief);
        let alone = self.visits.len() == 1;
        let (mut log_determinant, mut sweeps) = (0.0, 0);
        self.settled = false;
        while !self.settled && sweeps < MAX_SWEEPS {
            let step = if sweeps < DAMP_FROM { 1.0 } else { DAMPING };
            let mut still = true;
            let nodes = self.scene.grids.nodes;
            let tables = self.likelihoods.chunks_exact(nodes).zip(self.posteriors.chunks_exact_mut(nodes));
            for (visit, (likelihood, posterior)) in self.visits.iter_mut().zip(tables) {
                let Some(loading) = self.scene.axes.loadings().get(visit.axis) else { continue };
                let before = self.belief.projection(*loading);
                let unit = prior.marginals.get(visit.axis).map_or(1.0, Marginal::sd);
                if visit.left.is_some_and(|left| near(left, before, unit * self.tolerance)) {
                    continue;
                }
                still = false;
                let target = visit.refreshed(before, likelihood, posterior);
                let known = target.is_some();
                let target = target.unwrap_or_else(|| visit.site.halved());
                let change = step * (target.precision - visit.site.precision);
                let scale = 1.0 + change * before.variance;
                if scale <= 0.0 {
                    continue;
                }
                let shift = step * (target.shift - visit.site.shift);
                self.belief.multiply(*loading, change, shift, &mut self.scratch);
                log_determinant -= libm::log(scale);
                visit.site.precision += change;
                visit.site.shift += shift;
                visit.left = known.then(|| self.belief.projection(*loading));
            }
            sweeps += 1;
            self.settled = still || (alone && self.visits.iter().all(|visit| visit.left.is_some()));
        }
        // With one axis the integral along it is all; with more, the sites stand for the likelihoods in the integral over
        // all traits: ½ ln |V|/|Σ| + ½ (mᵀV⁻¹m − μᵀΣ⁻¹μ) with V⁻¹m = Σ⁻¹μ + Σ w·shift.
        let parts: f64 = self.visits.iter().map(|visit| visit.log_scale + visit.log_ratio).sum();
        let pulled: f64 = self
            .visits
            .iter()
            .filter_map(|visit| {
                let loading = self.scene.axes.loadings().get(visit.axis)?;
                Some(visit.site.shift * self.belief.projection(*loading).mean)
            })
            .sum();
        let whole = 0.5 * (log_determinant + dot(&prior.shift, self.belief.means()) + pulled - prior.square);
        self.log_likelihood = parts + whole;
    }

    /// Splits the answers into axes and multiplies their probabilities.
    fn gather(&mut self, row: Row<'_>) {
        let scene = self.scene;
        let nodes = scene.grids.nodes;
        self.visits.clear();
        for (entry, item) in row.items.iter().enumerate() {
            let axis = scene.axes.of_item(usize::from(*item));
            match self.visits.last_mut() {
                Some(visit) if visit.axis == axis => visit.entries.end = entry + 1,
                _ => {
                    let line = scene.grids.lines.get(axis).copied().unwrap_or(Line { first: 0.0, step: 1.0 });
                    let entries = entry..entry + 1;
                    let site = Site::default();
                    self.visits.push(Visit { axis, line, entries, log_scale: 0.0, site, left: None, log_ratio: 0.0 });
                }
            }
        }
        self.likelihoods.clear();
        self.likelihoods.resize(self.visits.len() * nodes, 1.0);
        self.posteriors.resize(self.visits.len() * nodes, 0.0);
        for (visit, likelihood) in self.visits.iter_mut().zip(self.likelihoods.chunks_exact_mut(nodes)) {
            let items = row.items.get(visit.entries.clone()).unwrap_or(&[]);
            let categories = row.categories.get(visit.entries.clone()).unwrap_or(&[]);
            for (items, categories) in items.chunks(PRODUCT).zip(categories.chunks(PRODUCT)) {
                for (item, category) in items.iter().zip(categories) {
                    for (product, p) in likelihood.iter_mut().zip(scene.row(*item, *category)) {
                        *product *= p;
                    }
                }
                let highest = likelihood.iter().copied().fold(0.0, f64::max);
                if highest > 0.0 {
                    let scale = 1.0 / highest;
                    for product in likelihood.iter_mut() {
                        let value = *product * scale;
                        *product = if value < NOTHING { 0.0 } else { value };
                    }
                    visit.log_scale += libm::log(highest);
                }
            }
        }
    }
}

impl Visit {
    /// The site that makes the posterior of η match the moments of cavity × likelihood; those are left in `posterior`. None
    /// where the cavity is no distribution or nothing is left of it.
    fn refreshed(&mut self, eta: Marginal, likelihood: &[f64], posterior: &mut [f64]) -> Option<Site> {
        let cavity_precision = 1.0 / eta.variance - self.site.precision;
        if cavity_precision <= 0.0 {
            return None;
        }
        let variance = 1.0 / cavity_precision;
        let cavity = Marginal { mean: variance * (eta.mean / eta.variance - self.site.shift), variance };
        normal_curve(self.line, cavity, posterior);
        let [mass, first, second] = moments(likelihood, posterior);
        if mass <= NOTHING {
            return None;
        }
        let scale = 1.0 / mass;
        posterior.iter_mut().for_each(|p| *p *= scale);
        // In steps from the first point.
        let (mean, step) = (first * scale, self.line.step);
        let spread = (second * scale - mean * mean) * step * step;
        let tilted = Marginal { mean: self.line.first + step * mean, variance: spread.max(1e-12) };
        let precision = 1.0 / tilted.variance - cavity_precision;
        let shift = tilted.mean / tilted.variance - cavity.mean * cavity_precision;
        let log_mass = libm::log(mass * step / libm::sqrt(std::f64::consts::TAU * variance));
        // ∫ N(η; cavity)·exp(shift·η − precision·η²/2): a normal density's normaliser before and after.
        let squares = tilted.mean * tilted.mean / tilted.variance - cavity.mean * cavity.mean * cavity_precision;
        let log_site = 0.5 * (libm::log(tilted.variance * cavity_precision) + squares);
        self.log_ratio = log_mass - log_site;
        Some(Site { precision, shift })
    }
}

/// Whether two distributions have about the same mean and standard deviation.
fn near(one: Marginal, two: Marginal, tolerance: f64) -> bool {
    (one.mean - two.mean).abs() <= tolerance && (one.sd() - two.sd()).abs() <= tolerance
}

/// exp(−(η − m)²/2v) at the points of a line: geometric sequences whose ratio is one itself, from the point nearest to m.
fn normal_curve(line: Line, normal: Marginal, out: &mut [f64]) {
    let last = out.len().saturating_sub(1);
    let nearest = libm::round((normal.mean - line.first) / line.step).max(0.0).min(last as f64) as usize;
    let away = line.point(nearest) - normal.mean;
    let (h, rate) = (line.step, 1.0 / normal.variance);
    let start = libm::exp(-0.5 * away * away * rate);
    let bend = libm::exp(-h * h * rate);
    let (left, right) = out.split_at_mut(nearest);
    let to_right = libm::exp(-(away * h + 0.5 * h * h) * rate);
    let to_left = libm::exp((away * h - 0.5 * h * h) * rate);
    fill(right.iter_mut(), start, to_right, bend);
    fill(left.iter_mut().rev(), start * to_left, to_left * bend, bend);
}

/// value, value·ratio, value·ratio²·bend, …
fn fill<'p>(points: impl Iterator<Item = &'p mut f64>, mut value: f64, mut ratio: f64, bend: f64) {
    for point in points {
        *point = value;
        // Numbers on their way to zero are slow long before they get there.
        value = if value < NOTHING { 0.0 } else { value * ratio };
        ratio *= bend;
    }
}

/// Multiplies `curve` by `likelihood`; gives Σ p, Σ p·q and Σ p·q² over the points q = 0, 1, 2 …, in four sums each.
fn moments(likelihood: &[f64], curve: &mut [f64]) -> [f64; 3] {
    let mut sums = [[0.0; 4]; 3];
    let mut at = [0.0, 1.0, 2.0, 3.0];
    for (curve, likelihood) in curve.chunks_mut(4).zip(likelihood.chunks(4)) {
        let [zeroth, first, second] = &mut sums;
        let lanes = zeroth.iter_mut().zip(first).zip(second).zip(&mut at);
        for ((p, l), (((zeroth, first), second), q)) in curve.iter_mut().zip(likelihood).zip(lanes) {
            let value = *p * l;
            *p = value;
            *zeroth += value;
            *first += value * *q;
            *second += value * *q * *q;
            *q += 4.0;
        }
    }
    sums.map(|[a, b, c, d]| (a + b) + (c + d))
}
