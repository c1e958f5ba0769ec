//! The maximisation step: parameters that make the expected complete data most probable, together with their priors.

use super::Settings;
use super::axes::Line;
use super::curve::{Curve, Freedom, ItemStart};
use super::expect::Moments;
use crate::measure::linear::{Cholesky, dot};
use crate::measure::{Belief, BeliefError};

/// Most Newton steps of one item in one maximisation; the expectation changes again anyway.
const STEPS: usize = 6;
/// Most halvings of a step that goes too far.
const HALVINGS: usize = 12;
/// A step this small, in levels or ln slope, is none.
const SMALL: f64 = 1e-9;
/// Times that a covariance and the scales of its prior are improved in turn in one maximisation.
const TURNS: usize = 3;
/// Most Newton steps for these scales; they converge quadratically.
const NEWTON: usize = 30;
/// Least standard deviation of a prior on a location, in levels.
pub(super) const SUREST: f64 = 0.01;

/// What experts believe of one item's parameters; the logarithm of the slope and the bounds are normal around their values.
///
/// The mean of the bounds has standard deviation τ, and so has the distance of each bound from that mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemPrior<'a> {
    pub(super) start: &'a ItemStart,
    /// 1/SD² of ln a.
    pub(super) slope_precision: f64,
    /// 1/τ².
    pub(super) location_precision: f64,
}

impl<'a> ItemPrior<'a> {
    /// The prior of an item; none where it is switched off.
    pub(super) fn new(start: &'a ItemStart, settings: &Settings) -> Option<Self> {
        let location_sd = start.location_sd.max(SUREST);
        let on = settings.priors && start.freedom != Freedom::Nothing;
        on.then(|| Self {
            start,
            slope_precision: 1.0 / (settings.slope_sd * settings.slope_sd),
            location_precision: 1.0 / (location_sd * location_sd),
        })
    }

    fn distances(&self, curve: &Curve) -> (f64, Vec<f64>) {
        let along = libm::log(curve.slope / self.start.curve.slope);
        (along, curve.bounds.iter().zip(&self.start.curve.bounds).map(|(b, expert)| b - expert).collect())
    }

    /// Logarithm of the density, up to a constant.
    pub(super) fn value(&self, curve: &Curve) -> f64 {
        let (along, distances) = self.distances(curve);
        let mean = distances.iter().sum::<f64>() / distances.len().max(1) as f64;
        let spread: f64 = distances.iter().map(|d| (d - mean) * (d - mean)).sum();
        -0.5 * (self.slope_precision * along * along + self.location_precision * (mean * mean + spread))
    }

    /// Adds its gradient to that of (ln a, b_1 … b_m).
    fn add_gradient(&self, curve: &Curve, gradient: &mut [f64]) {
        let (along, distances) = self.distances(curve);
        let count = distances.len().max(1) as f64;
        let mean = distances.iter().sum::<f64>() / count;
        if let Some((slope, bounds)) = gradient.split_first_mut() {
            *slope -= self.slope_precision * along;
            for (entry, d) in bounds.iter_mut().zip(&distances) {
                *entry -= self.location_precision * (mean / count + d - mean);
            }
        }
    }

    /// Adds its precision to an information matrix of (ln a, b_1 … b_m).
    pub(super) fn add_precision(&self, information: &mut [f64]) {
        let n = self.start.curve.parameters();
        let count = (n - 1) as f64;
        for (i, line) in information.chunks_exact_mut(n).enumerate() {
            for (j, entry) in line.iter_mut().enumerate() {
                *entry += match (i, j) {
                    (0, 0) => self.slope_precision,
                    (0, _) | (_, 0) => 0.0,
                    _ => {
                        let own = if i == j { 1.0 } else { 0.0 };
                        self.location_precision * (own - 1.0 / count + 1.0 / (count * count))
                    }
                };
            }
        }
    }
}

/// The expected answers to one item: a row per category, a number per point of the grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(super) counts: &'a [f64],
    pub(super) line: Line,
    pub(super) nodes: usize,
}

impl Expected<'_> {
    /// Expected logarithm of the probability of the answers.
    fn value(&self, curve: &Curve) -> f64 {
        let model = curve.model();
        let mut sum = 0.0;
        for (row, category) in self.counts.chunks_exact(self.nodes).zip(0_u8..) {
            for (count, eta) in row.iter().zip(self.line.points(self.nodes)).filter(|(count, _)| **count > 0.0) {
                sum += count * model.log_likelihood(eta, category).value;
            }
        }
        sum
    }

    /// Its gradient along (ln a, b_1 … b_m) and the expected information, Σ_q n_q Σ_k P_k·s_k·s_kᵀ.
    fn slopes(&self, curve: &Curve) -> (Vec<f64>, Vec<f64>) {
        let (n, categories, model) = (curve.parameters(), curve.categories(), curve.model());
        let (mut gradient, mut information) = (vec![0.0; n], vec![0.0; n * n]);
        let mut scores = vec![0.0; categories * n];
        for (point, eta) in self.line.points(self.nodes).enumerate() {
            let counts = || self.counts.iter().skip(point).step_by(self.nodes);
            let people: f64 = counts().sum();
            if people <= 0.0 {
                continue;
            }
            curve.scores(eta, &mut scores);
            for ((count, row), category) in counts().zip(scores.chunks_exact(n)).zip(0_u8..) {
                let weight = people * model.probability(eta, category);
                for ((line, entry), one) in information.chunks_exact_mut(n).zip(&mut gradient).zip(row) {
                    *entry += count * one;
                    for (entry, two) in line.iter_mut().zip(row) {
                        *entry += weight * one * two;
                    }
                }
            }
        }
        (gradient, information)
    }
}

/// The item's parameters after Fisher scoring with halved steps, which never lowers the objective.
pub(super) fn item(curve: &Curve, expected: Expected<'_>, freedom: Freedom, prior: Option<ItemPrior<'_>>) -> Curve {
    let mut best = curve.clone();
    if freedom == Freedom::Nothing {
        return best;
    }
    let n = curve.parameters();
    let value = |curve: &Curve| expected.value(curve) + prior.map_or(0.0, |prior| prior.value(curve));
    let mut highest = value(&best);
    for _ in 0..STEPS {
        let (mut gradient, mut information) = expected.slopes(&best);
        if let Some(prior) = prior {
            prior.add_gradient(&best, &mut gradient);
            prior.add_precision(&mut information);
        }
        if freedom == Freedom::Bounds {
            hold_slope(&mut gradient, &mut information, n);
        }
        steady(&mut information, n);
        let Some(factor) = Cholesky::new(&information, n) else { break };
        let mut step = factor.solve(&gradient);
        let mut improved = None;
        for _ in 0..HALVINGS {
            if let Some(next) = best.moved(&step) {
                let reached = value(&next);
                if reached >= highest {
                    improved = Some((next, reached));
                    break;
                }
            }
            step.iter_mut().for_each(|part| *part *= 0.5);
        }
        let Some((next, reached)) = improved else { break };
        (best, highest) = (next, reached);
        if step.iter().all(|part| part.abs() < SMALL) {
            break;
        }
    }
    best
}

/// A parameter that stays has no gradient and nothing to do with the others.
fn hold_slope(gradient: &mut [f64], information: &mut [f64], n: usize) {
    if let Some(slope) = gradient.first_mut() {
        *slope = 0.0;
    }
    for (i, line) in information.chunks_exact_mut(n).enumerate() {
        for (j, entry) in line.iter_mut().enumerate() {
            if i == 0 || j == 0 {
                *entry = if i == j { 1.0 } else { 0.0 };
            }
        }
    }
}

/// Makes an information that says nothing about some parameter invertible: the step along it is then about zero.
fn steady(information: &mut [f64], n: usize) {
    let largest = information.iter().step_by(n + 1).copied().fold(0.0, f64::max);
    for entry in information.iter_mut().step_by(n + 1) {
        *entry += 1e-10 * largest + 1e-12;
    }
}

/// Which covariances of the population are estimated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blocks {
    /// Number of competences; leniencies come after them.
    pub(super) competences: usize,
    /// Whether competences and leniencies may go together.
    pub(super) together: bool,
}

impl Blocks {
    pub(super) fn are_free(self, one: usize, two: usize) -> bool {
        self.together || (one < self.competences) == (two < self.competences)
    }
}

/// Mean and covariance of a group, from those before.
///
/// `weight` people count as going together like the experts say. The prior is that of Huang & Wand (2013): inverse Wishart around
/// C·R₀·C with the experts' correlations R₀ and a scale C of every trait that is free, so that only correlations are drawn
/// anywhere; the variances are what the answers and the scale's rule say. Σ and C are maximised in turn.
pub(super) fn population(
    moments: &Moments,
    before: &Belief,
    expert: &Belief,
    weight: f64,
    blocks: Blocks,
) -> Result<Belief, BeliefError> {
    if moments.people <= 0.0 {
        return Ok(before.clone());
    }
    let n = moments.first.len();
    let mean: Vec<f64> = moments.first.iter().map(|sum| sum / moments.people).collect();
    let mut observed = Vec::with_capacity(n * n);
    for ((i, line), one) in moments.second.chunks_exact(n).enumerate().zip(&mean) {
        for ((j, second), two) in line.iter().enumerate().zip(&mean) {
            observed.push(if blocks.are_free(i, j) { second / moments.people - one * two } else { 0.0 });
        }
    }
    symmetric(&mut observed, n);
    let share = weight / (moments.people + weight);
    let mut group = before.clone();
    for _ in 0..if weight > 0.0 { TURNS } else { 1 } {
        let mut covariance = observed.clone();
        if let Some(scales) = free_scales(&group, expert).filter(|_| weight > 0.0) {
            for (i, (line, one)) in covariance.chunks_exact_mut(n).zip(&scales).enumerate() {
                for (j, (entry, two)) in line.iter_mut().zip(&scales).enumerate() {
                    *entry += share * (one * two * correlation(expert, i, j) - *entry);
                }
            }
        }
        group = Belief::new(mean.clone(), covariance)?;
    }
    Ok(group)
}

/// The scales c that a covariance makes most probable: they maximise Σ ln c_i − ½ cᵀ(R₀∘Σ⁻¹)c, which is concave.
fn free_scales(group: &Belief, expert: &Belief) -> Option<Vec<f64>> {
    let n = group.traits();
    let inverse = Cholesky::new(group.covariance(), n)?.inverse();
    let entries = inverse.iter().enumerate();
    let matrix: Vec<f64> = entries.map(|(at, entry)| entry * correlation(expert, at / n, at % n)).collect();
    let mut scales: Vec<f64> = (0..n).map(|i| libm::sqrt(group.entry(i, i))).collect();
    for _ in 0..NEWTON {
        let gradient: Vec<f64> =
            scales.iter().zip(matrix.chunks_exact(n)).map(|(c, row)| 1.0 / c - dot(row, &scales)).collect();
        let mut curvature = matrix.clone();
        for (entry, c) in curvature.iter_mut().step_by(n + 1).zip(&scales) {
            *entry += 1.0 / (c * c);
        }
        let step = Cholesky::new(&curvature, n)?.solve(&gradient);
        // No scale loses more than half at once.
        let most = scales.iter().zip(&step).map(|(c, d)| -d / c).fold(0.5, f64::max);
        scales.iter_mut().zip(&step).for_each(|(c, d)| *c += 0.5 / most * d);
        if scales.iter().zip(&step).all(|(c, d)| d.abs() < 1e-10 * c) {
            break;
        }
    }
    Some(scales)
}

fn correlation(belief: &Belief, one: usize, two: usize) -> f64 {
    belief.entry(one, two) / libm::sqrt(belief.entry(one, one) * belief.entry(two, two))
}

/// Takes the mean of each entry and its mirror image: sums in another order differ in their last digits.
fn symmetric(matrix: &mut [f64], n: usize) {
    for i in 0..n {
        for j in 0..i {
            let (one, two) = (i * n + j, j * n + i);
            let mean = 0.5 * (matrix.get(one).unwrap_or(&0.0) + matrix.get(two).unwrap_or(&0.0));
            for at in [one, two] {
                if let Some(entry) = matrix.get_mut(at) {
                    *entry = mean;
                }
            }
        }
    }
}

/// Logarithm of the prior density of a covariance with its most probable scales, up to a constant:
/// ν·(Σ ln c_i − ½ ln |Σ| − ½ cᵀ(R₀∘Σ⁻¹)c). It does not depend on the scale of any trait.
pub(super) fn population_prior(group: &Belief, expert: &Belief, weight: f64) -> f64 {
    if weight <= 0.0 {
        return 0.0;
    }
    let n = group.traits();
    let value = || {
        let factor = Cholesky::new(group.covariance(), n)?;
        let scales = free_scales(group, expert)?;
        let logs: f64 = scales.iter().map(|c| libm::log(*c)).sum();
        // Where the scales are the most probable, the quadratic form is the number of traits.
        Some(weight * (logs - 0.5 * factor.log_determinant() - 0.5 * n as f64))
    };
    value().unwrap_or(f64::NEG_INFINITY)
}
