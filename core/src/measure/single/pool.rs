//! The items of a test, tabulated.

use std::ops::RangeInclusive;

use thiserror::Error;

use super::range::range_and_step;
use super::shortlist::Shortlists;
use crate::measure::{Marginal, ResponseModel};

/// Most points of a grid.
pub const MAX_NODES: u16 = 4096;
/// Most numbers in the table of a pool, points times categories of all items: half a gigabyte.
pub const MAX_TABLE: usize = 1 << 26;
/// Farthest location, and widest prior, of a scale that still is one: logarithms of all likelihoods stay finite.
const FARTHEST: f64 = 1e6;
/// Steepest item, likewise.
const STEEPEST: f64 = 1e3;
/// Fewest points of a grid that a pool chooses itself.
const FEWEST_NODES: u16 = 33;
/// Sums run in so many lanes beside each other, in this order on every platform.
const LANES: usize = 8;

/// Items that measure one trait, with everything computed that does not depend on the person.
///
/// Takes 8 bytes per point, item and category, and at most four megabytes for the choice of items: a pool of 500
/// two-parameter items for tests of 30 takes about one megabyte.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    prior: Marginal,
    models: Vec<ResponseModel>,
    length: usize,
    nodes: usize,
    /// The middle of the grid, on the scale of the items.
    middle: f64,
    /// Distance of each point from the middle, filled up to whole lanes.
    offsets: Vec<f64>,
    /// Prior weight of each point, adding up to one; zero where filled up.
    prior_weights: Vec<f64>,
    prior_moments: Moments,
    /// P(category | point), a row for each category of each item, and a last row of ones.
    table: Vec<f64>,
    /// The first row of each item, and the last row.
    first_rows: Vec<usize>,
    shortlists: Shortlists,
}

/// Items or a grid that make no test.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PoolError {
    /// There is no item.
    #[error("a pool needs at least one item")]
    Empty,
    /// The prior is no normal distribution, or too wide or narrow for any test.
    #[error(
        "a prior with mean {mean} and variance {variance} cannot be used: give a mean within a million of zero and a variance of 10⁻¹² to 10¹²"
    )]
    Prior {
        /// Its mean.
        mean: f64,
        /// Its variance.
        variance: f64,
    },
    /// An item's parameters make no curve.
    #[error("item {item}: {fault}")]
    Item {
        /// Its number, from 0.
        item: usize,
        /// What is wrong with it, and what would be right.
        fault: &'static str,
    },
    /// The grid has no extent, or too few or too many points.
    #[error(
        "a grid of {nodes} points from {low} to {high} cannot be used: give ends within a million of zero, the lower first, and 3 to {MAX_NODES} points"
    )]
    Grid {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Number of points.
        nodes: u16,
    },
    /// The table would take too much memory.
    #[error(
        "{rows} categories of all items at {nodes} points are more than {MAX_TABLE} numbers: give fewer items or points"
    )]
    TooLarge {
        /// Categories of all items.
        rows: usize,
        /// Number of points.
        nodes: u16,
    },
}

/// Sums over the grid: of the weights, and of them times the offset and its square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moments {
    pub(super) mass: f64,
    first: f64,
    second: f64,
}

impl Pool {
    /// A pool for tests of at most `length` items by people from this prior, on a grid of its own choice: estimates are
    /// within 10⁻⁶ prior standard deviations of a dense grid's, whatever is answered.
    ///
    /// The grid has about 80 points for 30 of 500 items with slopes of 0.7–2 per standard deviation, more for longer tests
    /// and steeper items; should that take more than [`MAX_NODES`], it has so many.
    ///
    /// # Errors
    /// If there is no item, an item or the prior is none, or the table would be larger than [`MAX_TABLE`].
    pub fn new(prior: Marginal, items: Vec<ResponseModel>, length: usize) -> Result<Self, PoolError> {
        check(prior, &items)?;
        let (low, high, step) = range_and_step(prior, &items, length);
        let enough = |nodes: &u16| f64::from(*nodes - 1) * step >= high - low;
        let nodes = (FEWEST_NODES..MAX_NODES).find(enough).unwrap_or(MAX_NODES);
        Self::tabulated(prior, items, length, low..=high, nodes)
    }

    /// The same on a given grid of `nodes` equally spaced points, such as another program uses.
    ///
    /// # Errors
    /// As [`Self::new`], and if the grid has no extent or not 3 to [`MAX_NODES`] points.
    pub fn on_grid(
        prior: Marginal,
        items: Vec<ResponseModel>,
        length: usize,
        range: RangeInclusive<f64>,
        nodes: u16,
    ) -> Result<Self, PoolError> {
        check(prior, &items)?;
        let (low, high) = (*range.start(), *range.end());
        if !(low >= -FARTHEST && high <= FARTHEST && low < high && (3..=MAX_NODES).contains(&nodes)) {
            return Err(PoolError::Grid { low, high, nodes });
        }
        Self::tabulated(prior, items, length, range, nodes)
    }

    fn tabulated(
        prior: Marginal,
        models: Vec<ResponseModel>,
        length: usize,
        range: RangeInclusive<f64>,
        nodes: u16,
    ) -> Result<Self, PoolError> {
        let (low, high) = (*range.start(), *range.end());
        let (middle, step) = (0.5 * (low + high), (high - low) / f64::from(nodes - 1));
        let width = usize::from(nodes).next_multiple_of(LANES);
        let rows = models.iter().map(ResponseModel::categories).sum::<usize>();
        if width.saturating_mul(rows + 1) > MAX_TABLE {
            return Err(PoolError::TooLarge { rows, nodes });
        }
        let mut offsets: Vec<f64> =
            (0..nodes).map(|node| (f64::from(node) - 0.5 * f64::from(nodes - 1)) * step).collect();
        let mut table = Vec::with_capacity(width * (rows + 1));
        let mut first_rows = Vec::with_capacity(models.len() + 1);
        let mut row = 0;
        for model in &models {
            first_rows.push(row);
            for category in (0..=u8::MAX).take(model.categories()) {
                table.extend(offsets.iter().map(|offset| model.probability(middle + offset, category)));
                row += 1;
                table.resize(width * row, 1.0);
            }
        }
        first_rows.push(row);
        table.resize(width * (row + 1), 1.0);
        offsets.resize(width, 0.0);
        let length = length.min(models.len());
        let shortlists = Shortlists::new(&models, length, low, high);
        let nodes = usize::from(nodes);
        let prior_moments = Moments { mass: 1.0, first: 0.0, second: 0.0 };
        let prior_weights = vec![0.0; width];
        let mut pool = Self {
            prior,
            models,
            length,
            nodes,
            middle,
            offsets,
            prior_weights,
            prior_moments,
            table,
            first_rows,
            shortlists,
        };
        let mut weights = vec![0.0; width];
        let mass = pool.weigh(&mut weights, &[]).mass;
        weights.iter_mut().for_each(|weight| *weight /= mass);
        pool.prior_moments = pool.sums(&mut weights);
        pool.prior_weights = weights;
        Ok(pool)
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> &[ResponseModel] {
        &self.models
    }

    /// The prior.
    #[must_use]
    pub fn prior(&self) -> Marginal {
        self.prior
    }

    /// The longest test: as asked for, or all items if they are fewer.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Number of points of the grid.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// The item with the most Fisher information at `theta` of those that are not masked, the first of equals; none if all
    /// are. Items beyond the end of `masked` count as masked.
    #[must_use]
    pub fn most_informative(&self, theta: f64, masked: &[bool]) -> Option<usize> {
        self.shortlists.most_informative(&self.models, theta, masked)
    }

    pub(super) fn prior_weights(&self) -> &[f64] {
        &self.prior_weights
    }

    pub(super) fn prior_moments(&self) -> Moments {
        self.prior_moments
    }

    /// Mean and variance from the sums.
    pub(super) fn marginal(&self, moments: Moments) -> Marginal {
        let mean = moments.first / moments.mass;
        Marginal { mean: self.middle + mean, variance: moments.second / moments.mass - mean * mean }
    }

    /// Multiplies the weights by P(category | point) of an item.
    pub(super) fn multiply(&self, weights: &mut [f64], item: usize, category: u8) -> Moments {
        let width = self.offsets.len();
        let start = self.first_rows.get(item).map_or(0, |first| (first + usize::from(category)) * width);
        product(weights, self.table.get(start..start + width).unwrap_or(&[]), &self.offsets)
    }

    /// Weights from scratch, by logarithms, the largest being one: no answers make them all vanish.
    pub(super) fn weigh(&self, weights: &mut [f64], answers: &[(usize, u8)]) -> Moments {
        let points = weights.iter_mut().zip(&self.offsets).take(self.nodes);
        let mut highest = f64::NEG_INFINITY;
        for (weight, offset) in points {
            let theta = self.middle + offset;
            let likelihoods = answers.iter().filter_map(|(item, category)| {
                self.models.get(*item).map(|model| model.log_likelihood(theta, *category).value)
            });
            let distance = theta - self.prior.mean;
            *weight = likelihoods.sum::<f64>() - 0.5 * distance * distance / self.prior.variance;
            highest = highest.max(*weight);
        }
        // The trapezoidal rule's ends count half, which matters where a given grid cuts off a tail.
        for end in [0, self.nodes - 1] {
            if let Some(weight) = weights.get_mut(end) {
                *weight -= std::f64::consts::LN_2;
            }
        }
        for weight in weights.iter_mut().take(self.nodes) {
            *weight = libm::exp(*weight - highest);
        }
        self.sums(weights)
    }

    fn sums(&self, weights: &mut [f64]) -> Moments {
        self.multiply(weights, self.models.len(), 0)
    }
}

/// Multiplies weights by a likelihood and sums up.
fn product(weights: &mut [f64], likelihood: &[f64], offsets: &[f64]) -> Moments {
    let (mut mass, mut first, mut second) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    let points = weights.as_chunks_mut::<LANES>().0.iter_mut().zip(likelihood.as_chunks::<LANES>().0);
    for ((weights, likelihood), offsets) in points.zip(offsets.as_chunks::<LANES>().0) {
        let lanes = weights.iter_mut().zip(likelihood).zip(offsets);
        for ((((weight, p), x), mass), (first, second)) in lanes.zip(&mut mass).zip(first.iter_mut().zip(&mut second)) {
            *weight *= p;
            let moment = *weight * x;
            *mass += *weight;
            *first += moment;
            *second += moment * x;
        }
    }
    Moments { mass: mass.iter().sum(), first: first.iter().sum(), second: second.iter().sum() }
}

fn check(prior: Marginal, items: &[ResponseModel]) -> Result<(), PoolError> {
    let Marginal { mean, variance } = prior;
    let sd = libm::sqrt(variance);
    if !(mean.abs() <= FARTHEST && (1.0 / FARTHEST..=FARTHEST).contains(&sd)) {
        return Err(PoolError::Prior { mean, variance });
    }
    if items.is_empty() {
        return Err(PoolError::Empty);
    }
    let faulty = items.iter().enumerate().find_map(|(item, model)| Some((item, fault(model)?)));
    faulty.map_or(Ok(()), |(item, fault)| Err(PoolError::Item { item, fault }))
}

/// What keeps an item from having curves.
fn fault(model: &ResponseModel) -> Option<&'static str> {
    let (slope, bounds) = match model {
        ResponseModel::Logistic { slope, location, .. } => (*slope, std::slice::from_ref(location)),
        ResponseModel::Graded { slope, thresholds, .. } => (*slope, thresholds.as_slice()),
        ResponseModel::PartialCredit { slope, steps } => (*slope, steps.as_slice()),
    };
    if !(slope > 0.0 && slope <= STEEPEST) {
        return Some("its slope must be positive and at most 1000");
    }
    let all_near = bounds.iter().all(|bound| bound.abs() <= FARTHEST);
    if bounds.is_empty() || bounds.len() > usize::from(u8::MAX) || !all_near {
        return Some("it must have 1 to 255 locations, thresholds or steps, all within a million of zero");
    }
    match model {
        ResponseModel::Logistic { lower, .. } if !(*lower >= 0.0 && *lower < 1.0) => {
            Some("its lower asymptote must be at least 0 and less than 1")
        }
        ResponseModel::Graded { thresholds, gaps, .. } => {
            let ascending = thresholds.is_sorted_by(|one, two| one < two);
            let fits = gaps.len() + 1 == thresholds.len() && gaps.iter().all(|gap| *gap > 0.0 && *gap <= 1.0);
            (!(ascending && fits)).then_some("its thresholds must ascend; make it with `ResponseModel::graded`")
        }
        _ => None,
    }
}
