//! What a calibration finds.

use super::anchor::pooled;
use super::answers::Answers;
use super::crew::Crew;
use super::curve::{Curve, Freedom};
use super::dif::GroupDifference;
use super::fit::{Dependence, ItemFit};
use super::information::{Basis, Errors, Parameters, PopulationErrors, population_errors};
use super::iterate::{Convergence, Problem};
use super::scene::State;
use crate::measure::Belief;
use crate::measure::linear::Cholesky;

/// Largest standard error, in levels, of a location that is used.
const WIDEST_ERROR: f64 = 3.0;

/// Estimates with their errors, and what to think of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrated {
    /// Each item, in the order given.
    pub items: Vec<ItemEstimate>,
    /// The population of each group.
    pub populations: Vec<GroupPopulation>,
    /// All groups taken together.
    pub population: GroupPopulation,
    /// ln P(answers) at the estimates, without priors.
    pub log_likelihood: f64,
    /// What the standard errors take into account.
    pub basis: Basis,
    /// How the estimation ended.
    pub convergence: Convergence,
    /// Pairs of items with a residual correlation of 0.1 or more either way, the strongest first; none where there are more than
    /// [`super::MOST_PAIRED`] items.
    pub dependences: Option<Vec<Dependence>>,
    /// Tests of items between groups; empty where there is one group.
    pub differences: Vec<GroupDifference>,
}

/// What is found of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemEstimate {
    /// Its parameters.
    pub curve: Curve,
    /// Standard error of the slope, per level; none where it stays or the answers leave it open.
    pub slope_error: Option<f64>,
    /// Standard errors of the bounds, in levels.
    pub bound_errors: Option<Vec<f64>>,
    /// Standard error of the location, which is the mean of the bounds, in levels. On the scale as it is fixed: how sure the
    /// scale is itself is the same for all items, and no part of it.
    pub location_error: Option<f64>,
    /// Answers in each category.
    pub counts: Vec<u64>,
    /// How its answers agree with its model.
    pub fit: ItemFit,
    /// Whether to use the estimate.
    pub state: ItemState,
}

/// Whether to use the estimate of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// Yes.
    Estimated,
    /// It was not estimated, as was asked.
    Given,
    /// No: too few people answered.
    TooFewAnswers,
    /// No: a parameter went to the end of what is possible, or the location's error is unknown or above three levels; the answers
    /// do not say where it is.
    Undetermined,
}

/// What is found of the traits of a group of people.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupPopulation {
    /// How many they are.
    pub people: usize,
    /// Means and covariance, in levels: the competences, then the leniencies.
    pub belief: Belief,
    /// Standard errors; none where there are too few people for them, or of all groups taken together.
    pub errors: Option<PopulationErrors>,
    /// How sure the scale itself is: standard deviations, in levels, of where experts' locations hold the mean of each trait; zero
    /// for a trait that no answer tells of, which keeps the model's mean and spread; none where the scale is fixed by a rule or this is a single group.
    pub anchor_errors: Option<Vec<f64>>,
}

/// Number of answers to each item in each group.
pub(super) fn answers_by_group(answers: &Answers, groups: usize) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0; groups]; answers.item_count()];
    for row in answers.rows(0..answers.people()) {
        for item in row.items {
            let counts = counts.get_mut(usize::from(*item));
            if let Some(count) = counts.and_then(|counts| counts.get_mut(row.group)) {
                *count += 1;
            }
        }
    }
    counts
}

pub(super) fn items<C: Crew>(
    problem: &Problem<'_, C>,
    state: &State,
    parameters: &Parameters,
    errors: &Errors,
    fits: &[ItemFit],
) -> Vec<ItemEstimate> {
    let all = state.curves.iter().zip(problem.starts).zip(problem.answers.counts()).zip(fits).enumerate();
    all.map(|(item, (((curve, start), counts), fit))| {
        let (slope_error, bound_errors, location_error) = if start.freedom == Freedom::Nothing {
            (None, None, None)
        } else {
            item_errors(item, curve, parameters, errors)
        };
        let answered: u64 = counts.iter().sum();
        let state = if start.freedom == Freedom::Nothing {
            ItemState::Given
        } else if answered < problem.settings.least_answers {
            ItemState::TooFewAnswers
        } else if curve.is_at_edge() || location_error.is_none_or(|error| error > WIDEST_ERROR) {
            ItemState::Undetermined
        } else {
            ItemState::Estimated
        };
        ItemEstimate { curve: curve.clone(), slope_error, bound_errors, location_error, counts, fit: *fit, state }
    })
    .collect()
}

/// Standard errors of the slope, of each bound and of their mean.
fn item_errors(
    item: usize,
    curve: &Curve,
    parameters: &Parameters,
    errors: &Errors,
) -> (Option<f64>, Option<Vec<f64>>, Option<f64>) {
    let (first, count) = parameters.item(item);
    let cluster = parameters.cluster_of(item);
    let error = |position: usize| errors.covariance(cluster, position, position).map(|v| libm::sqrt(v.max(0.0)));
    // ln a comes first, where it is free.
    let slopes = count - curve.bounds.len();
    let bounds = first + slopes..first + count;
    let slope = if slopes == 1 { error(first).map(|error| error * curve.slope) } else { None };
    let between = bounds.clone().flat_map(|one| bounds.clone().map(move |two| (one, two)));
    let sum: Option<f64> = between.map(|(one, two)| errors.covariance(cluster, one, two)).sum();
    let location = sum.map(|sum| libm::sqrt(sum.max(0.0)) / curve.bounds.len().max(1) as f64);
    (slope, bounds.map(error).collect(), location)
}

pub(super) fn populations(
    state: &State,
    parameters: &Parameters,
    errors: &Errors,
    people: &[usize],
) -> Vec<GroupPopulation> {
    let group = |(group, (belief, people)): (usize, (&Belief, &usize))| GroupPopulation {
        people: *people,
        belief: belief.clone(),
        errors: population_errors(state, parameters, errors, group),
        anchor_errors: None,
    };
    state.groups.iter().zip(people).enumerate().map(group).collect()
}

/// All groups taken together, in proportion to their sizes.
pub(super) fn population<C: Crew>(problem: &Problem<'_, C>, state: &State, people: &[usize]) -> GroupPopulation {
    let weights: Vec<f64> = people.iter().map(|people| *people as f64).collect();
    let (mean, covariance) = pooled(&state.groups, &weights);
    // A mixture of distributions is one; should rounding deny it, the first group's will do.
    let first = state.groups.first().unwrap_or(problem.expert);
    let belief = Belief::new(mean, covariance).unwrap_or_else(|_| first.clone());
    let anchor_errors = problem.settings.priors.then(|| {
        let (precision, zeros) = problem.anchor.shift_precision();
        let inverse = Cholesky::new(&precision, zeros.len())?.inverse();
        // Where no answer tells of a trait, nothing was estimated.
        let told = (0..zeros.len()).map(|trait_| problem.anchor.is_told(trait_));
        let variances = inverse.iter().step_by(zeros.len() + 1).zip(told);
        Some(variances.map(|(variance, told)| if told { libm::sqrt(*variance) } else { 0.0 }).collect())
    });
    GroupPopulation { people: people.iter().sum(), belief, errors: None, anchor_errors: anchor_errors.flatten() }
}
