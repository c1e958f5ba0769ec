//! What everybody's answers are read against: the current parameters, tabulated.

use super::axes::{Axes, Grids};
use super::curve::Curve;
use crate::measure::linear::{Cholesky, dot};
use crate::measure::{Belief, Marginal};

/// Parameters of items and populations.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) curves: Vec<Curve>,
    /// The population of each group.
    pub(super) groups: Vec<Belief>,
}

/// A state with the probabilities of every answer on the grids.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) axes: &'a Axes,
    pub(super) grids: &'a Grids,
    pub(super) state: &'a State,
    /// P(category | η) of each item and category on the grid of the item's axis.
    probabilities: Vec<f64>,
    /// Where each item begins in that.
    starts: Vec<usize>,
    pub(super) groups: Vec<Prior>,
}

/// A population, and what is asked of it for everybody.
#[derive(Debug)]
pub(super) struct Prior {
    pub(super) belief: Belief,
    /// Of η along each axis.
    pub(super) marginals: Vec<Marginal>,
    /// Σ⁻¹μ, and μᵀΣ⁻¹μ.
    pub(super) shift: Vec<f64>,
    pub(super) square: f64,
}

/// Where each item begins in a table with `nodes` numbers for each category, and how long the table is.
pub(super) fn layout(curves: &[Curve], nodes: usize) -> (Vec<usize>, usize) {
    let mut end = 0;
    let starts = curves.iter().map(|curve| {
        let start = end;
        end += curve.categories() * nodes;
        start
    });
    let starts = starts.collect();
    (starts, end)
}

impl<'a> Scene<'a> {
    pub(super) fn new(state: &'a State, axes: &'a Axes, grids: &'a Grids) -> Self {
        let (starts, length) = layout(&state.curves, grids.nodes);
        let mut probabilities = Vec::with_capacity(length);
        for (item, curve) in state.curves.iter().enumerate() {
            let model = curve.model();
            let Some(line) = grids.lines.get(axes.of_item(item)) else { continue };
            for category in 0..curve.categories() {
                let category = u8::try_from(category).unwrap_or(u8::MAX);
                probabilities.extend(line.points(grids.nodes).map(|eta| model.probability(eta, category)));
            }
        }
        let groups = state.groups.iter().map(|belief| Prior::new(belief, axes)).collect();
        Self { axes, grids, state, probabilities, starts, groups }
    }

    /// Where the row of an answer begins in a table of answers.
    pub(super) fn row_start(&self, item: u16, category: u8) -> usize {
        let start = self.starts.get(usize::from(item)).copied().unwrap_or_default();
        start + usize::from(category) * self.grids.nodes
    }

    /// P(category | η) on the grid of the item's axis.
    pub(super) fn row(&self, item: u16, category: u8) -> &[f64] {
        let start = self.row_start(item, category);
        self.probabilities.get(start..start + self.grids.nodes).unwrap_or(&[])
    }

    pub(super) fn table_length(&self) -> usize {
        self.probabilities.len()
    }
}

impl Prior {
    fn new(belief: &Belief, axes: &Axes) -> Self {
        let marginals = axes.loadings().iter().map(|loading| belief.projection(*loading)).collect();
        // A belief is positive definite; should rounding deny it, only the log-likelihood is off.
        let shift = Cholesky::new(belief.covariance(), belief.traits())
            .map_or_else(|| vec![0.0; belief.traits()], |factor| factor.solve(belief.means()));
        let square = dot(&shift, belief.means());
        Self { belief: belief.clone(), marginals, shift, square }
    }
}
