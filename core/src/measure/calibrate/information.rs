//! Standard errors: the observed information as the cross-product of people's scores.
//!
//! The score of a person is the posterior expectation of the slopes of the complete-data log-likelihood (Louis 1982, equation
//! 3.1), and Σ s·sᵀ estimates the information that the sample holds (Berndt, Hall, Hall & Hausman 1974; for item response
//! models Bock & Lieberman 1970 and Yuan, Cheng & Patton 2014). Its inverse is too large by N/(N − P − 1) on average when P
//! parameters are estimated from N people (the inverse of a Wishart matrix); that is taken out.

use super::anchor::pooled;
use super::crew::Crew;
use super::curve::Freedom;
use super::expect::add;
use super::iterate::Problem;
use super::scene::State;
use super::scores::GroupScores;
use crate::measure::linear::Cholesky;

/// Most parameters whose errors are found together: the matrix takes 8 bytes for each pair, for each part and group.
const MOST_TOGETHER: usize = 2500;
/// People for each parameter that it takes to find errors together.
const PEOPLE_EACH: usize = 4;
/// Information that every parameter is given: one of which the answers tell nothing has an error of a thousand levels, and the
/// others keep theirs.
const FAINT: f64 = 1e-6;
/// How much more firmly than the answers a rule that fixes the scale is held.
const FIRM: f64 = 1e4;

/// Which other parameters are taken into account as uncertain too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// All items and the population.
    Everything,
    /// All items; the population counts as known, because there are too few people for its many covariances.
    Items,
    /// Each item by itself, the others and the population as known: there are too few people or too many items for more. Errors
    /// are then somewhat too small.
    EachItem,
}

/// Where each parameter stands in a vector of scores.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) basis: Basis,
    /// First parameter of each item and how many it has; ln a is left out where it stays.
    items: Vec<(usize, usize)>,
    /// Traits that answers tell of, and their first mean; covariances follow. None where the population counts as known.
    population: Option<usize>,
    pub(super) traits: Vec<usize>,
    /// Pairs of positions in `traits` whose covariance is estimated, lower triangle.
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) total: usize,
}

impl Parameters {
    pub(super) fn of<C: Crew>(problem: &Problem<'_, C>, state: &State) -> Self {
        let mut end = 0;
        let items: Vec<(usize, usize)> = state
            .curves
            .iter()
            .zip(problem.starts)
            .map(|(curve, start)| {
                let count = match start.freedom {
                    Freedom::All => curve.parameters(),
                    Freedom::Bounds => curve.bounds.len(),
                    Freedom::Nothing => 0,
                };
                let first = end;
                end += count;
                (first, count)
            })
            .collect();
        let answered = problem.axes.loadings().iter().zip(&problem.most).filter(|(_, most)| **most > 0);
        let mut traits: Vec<usize> = answered.flat_map(|(loading, _)| loading.traits()).collect();
        traits.sort_unstable();
        traits.dedup();
        let mut pairs = Vec::new();
        for (i, one) in traits.iter().enumerate() {
            let free = traits.iter().enumerate().take(i + 1).filter(|(_, two)| problem.blocks.are_free(*one, **two));
            pairs.extend(free.map(|(j, _)| (i, j)));
        }
        let everything = end + state.groups.len() * (traits.len() + pairs.len());
        let people = problem.answers.people();
        let fits = |count: usize| count <= MOST_TOGETHER && people >= PEOPLE_EACH * count;
        let (basis, population, total) = if fits(everything) {
            (Basis::Everything, Some(end), everything)
        } else if fits(end) {
            (Basis::Items, None, end)
        } else {
            (Basis::EachItem, None, end)
        };
        Self { basis, items, population, traits, pairs, total }
    }

    pub(super) fn item(&self, item: usize) -> (usize, usize) {
        self.items.get(item).copied().unwrap_or_default()
    }

    fn per_group(&self) -> usize {
        self.traits.len() + self.pairs.len()
    }

    /// First parameters of a group's means and covariances.
    pub(super) fn group(&self, group: usize) -> Option<(usize, usize)> {
        let first = self.population? + group * self.per_group();
        Some((first, first + self.traits.len()))
    }

    /// Where each matrix begins among the parameters and how many it has.
    pub(super) fn clusters(&self) -> Vec<(usize, usize)> {
        if self.basis == Basis::EachItem { self.items.clone() } else { vec![(0, self.total)] }
    }

    /// The matrix that an item's parameters are in.
    pub(super) fn cluster_of(&self, item: usize) -> usize {
        if self.basis == Basis::EachItem { item } else { 0 }
    }
}

/// The covariance of the estimates: the inverse of the information, cluster by cluster; none where it has none.
#[derive(Debug)]
pub(super) struct Errors {
    pub(super) inverses: Vec<Option<Vec<f64>>>,
    pub(super) clusters: Vec<(usize, usize)>,
}

impl Errors {
    pub(super) fn new<C: Crew>(
        problem: &Problem<'_, C>,
        state: &State,
        parameters: &Parameters,
        scores: &[GroupScores],
    ) -> Self {
        let clusters = parameters.clusters();
        let people: f64 = scores.iter().map(|group| group.people).sum();
        let sum = |(number, (first, width)): (usize, &(usize, usize))| {
            let mut matrix = vec![0.0; width * width];
            for cross in scores.iter().filter_map(|group| group.cross.get(number)) {
                add(&mut matrix, cross);
            }
            let surplus = people / (people - *width as f64 - 1.0).max(1.0);
            matrix.iter_mut().for_each(|entry| *entry *= surplus);
            matrix.iter_mut().step_by(width + 1).for_each(|entry| *entry += FAINT);
            add_priors(problem, parameters, &mut matrix, *first, *width);
            if parameters.basis == Basis::Everything {
                hold_scale(problem, state, parameters, scores, &mut matrix);
            }
            Some(Cholesky::new(&matrix, *width)?.inverse())
        };
        let inverses = problem
            .crew
            .share(clusters.len(), |number| clusters.get(number).and_then(|cluster| sum((number, cluster))));
        Self { inverses, clusters }
    }

    /// Covariance of two parameters, by their positions among all.
    pub(super) fn covariance(&self, cluster: usize, one: usize, two: usize) -> Option<f64> {
        let (first, width) = self.clusters.get(cluster)?;
        let inverse = self.inverses.get(cluster)?.as_ref()?;
        inverse.get((one - first) * width + (two - first)).copied()
    }
}

fn add_priors<C: Crew>(
    problem: &Problem<'_, C>,
    parameters: &Parameters,
    matrix: &mut [f64],
    first: usize,
    width: usize,
) {
    for (item, (start, count)) in parameters.items.iter().enumerate() {
        let inside = *start >= first && start + count <= first + width && *count > 0;
        let Some(prior) = problem.prior(item).filter(|_| inside) else { continue };
        let n = prior.start.curve.parameters();
        let mut precision = vec![0.0; n * n];
        prior.add_precision(&mut precision);
        // ln a comes first, and is left out where it stays.
        let left_out = n - count;
        for (i, line) in precision.chunks_exact(n).skip(left_out).enumerate() {
            axpy_row(matrix, (start - first + i) * width + start - first, line.get(left_out..).unwrap_or(&[]));
        }
    }
}

fn axpy_row(matrix: &mut [f64], at: usize, values: &[f64]) {
    if let Some(entries) = matrix.get_mut(at..at + values.len()) {
        add(entries, values);
    }
}

/// Adds what the answers cannot know: the mean of every trait, and the mean variance of the competences of each part that can
/// be stretched, taken over all groups, are as they are.
fn hold_scale<C: Crew>(
    problem: &Problem<'_, C>,
    state: &State,
    parameters: &Parameters,
    scores: &[GroupScores],
    matrix: &mut [f64],
) {
    let total = parameters.total;
    let people: Vec<f64> = scores.iter().map(|group| group.people).collect();
    let all: f64 = people.iter().sum();
    let (_, covariance) = pooled(&state.groups, &people);
    let traits = problem.expert.traits();
    let mut hold = |entries: &[(usize, f64)], firmness: f64| {
        for (one, u) in entries {
            for (two, v) in entries {
                if let Some(entry) = matrix.get_mut(one * total + two) {
                    *entry += firmness * u * v;
                }
            }
        }
    };
    for (position, trait_) in parameters.traits.iter().enumerate() {
        if problem.anchor.is_held(*trait_) {
            continue;
        }
        let variance = covariance.get(trait_ * traits + trait_).copied().unwrap_or(1.0);
        let entries: Vec<(usize, f64)> = people
            .iter()
            .enumerate()
            .filter_map(|(group, people)| Some((parameters.group(group)?.0 + position, people / all)))
            .collect();
        hold(&entries, FIRM * all / variance);
    }
    for part in problem.anchor.stretching() {
        let of_part = |(i, j): &(usize, usize)| {
            let trait_ = parameters.traits.get(*i).filter(|_| i == j)?;
            (part.contains(trait_) && *trait_ < problem.blocks.competences).then_some(*trait_)
        };
        let mut entries = Vec::new();
        let mut variances = 0.0;
        for (number, pair) in parameters.pairs.iter().enumerate() {
            let Some(trait_) = of_part(pair) else { continue };
            variances += covariance.get(trait_ * traits + trait_).copied().unwrap_or(1.0);
            for (group, people) in people.iter().enumerate() {
                entries.extend(parameters.group(group).map(|(_, first)| (first + number, people / all)));
            }
        }
        if variances > 0.0 {
            hold(&entries, FIRM * all / (variances * variances));
        }
    }
}

/// Standard errors of a group's population.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationErrors {
    /// Of the means, in levels, on the scale as it is fixed: zero where there is one group.
    pub means: Vec<f64>,
    /// Of the standard deviations, in levels.
    pub sds: Vec<f64>,
    /// Of the correlations, row by row; zero on the diagonal and where the correlation is none by the model.
    pub correlations: Vec<f64>,
}

/// Errors of a group's population by the delta method; none where the population counts as known.
pub(super) fn population_errors(
    state: &State,
    parameters: &Parameters,
    errors: &Errors,
    group: usize,
) -> Option<PopulationErrors> {
    let (means, covariances) = parameters.group(group)?;
    let belief = state.groups.get(group)?;
    let n = belief.traits();
    let between = |one: usize, two: usize| errors.covariance(0, one, two);
    let mut found = PopulationErrors { means: vec![0.0; n], sds: vec![0.0; n], correlations: vec![0.0; n * n] };
    for (position, trait_) in parameters.traits.iter().enumerate() {
        let variance = between(means + position, means + position)?;
        *found.means.get_mut(*trait_)? = libm::sqrt(variance.max(0.0));
    }
    let place =
        |i: usize, j: usize| parameters.pairs.iter().position(|pair| *pair == (i, j)).map(|at| covariances + at);
    for (i, j) in &parameters.pairs {
        let (one, two) = (*parameters.traits.get(*i)?, *parameters.traits.get(*j)?);
        let own = place(*i, *j)?;
        if i == j {
            let sd = libm::sqrt(belief.entry(one, one));
            *found.sds.get_mut(one)? = libm::sqrt(between(own, own)?.max(0.0)) / (2.0 * sd);
            continue;
        }
        // r = c/√(v·w): ∂r/∂c = 1/√(v·w), ∂r/∂v = −r/2v.
        let (v, w) = (belief.entry(one, one), belief.entry(two, two));
        let root = libm::sqrt(v * w);
        let r = belief.entry(one, two) / root;
        let slopes = [(own, 1.0 / root), (place(*i, *i)?, -0.5 * r / v), (place(*j, *j)?, -0.5 * r / w)];
        let mut variance = 0.0;
        for (a, x) in slopes {
            for (b, y) in slopes {
                variance += x * y * between(a, b)?;
            }
        }
        for at in [one * n + two, two * n + one] {
            *found.correlations.get_mut(at)? = libm::sqrt(variance.max(0.0));
        }
    }
    Some(found)
}
