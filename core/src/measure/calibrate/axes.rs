//! The directions in the space of traits along which answers tell something.

use super::curve::ItemStart;
use crate::measure::Loading;

/// Fewest and most points of a grid; odd, so that one is in the middle.
const NODES: (usize, usize) = (61, 241);
/// Half the width of a grid, in standard deviations of η.
const REACH: f64 = 6.0;

/// The distinct loadings of the items: all answers with the same loading depend on the same η, so that what they tell together
/// is a function of one variable.
#[derive(Debug, Clone)]
pub(super) struct Axes {
    loadings: Vec<Loading>,
    of_item: Vec<usize>,
}

/// Equally spaced points along every axis, as many on each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grids {
    pub(super) nodes: usize,
    /// First point and distance of neighbours, in levels.
    pub(super) lines: Vec<Line>,
}

/// The points of one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub(super) first: f64,
    pub(super) step: f64,
}

impl Line {
    pub(super) fn point(self, number: usize) -> f64 {
        self.first + self.step * number as f64
    }

    pub(super) fn points(self, nodes: usize) -> impl Iterator<Item = f64> + Clone {
        (0..nodes).map(move |number| self.point(number))
    }
}

impl Axes {
    pub(super) fn of(items: &[ItemStart]) -> Self {
        let mut loadings: Vec<Loading> = Vec::new();
        let of_item = items
            .iter()
            .map(|item| {
                let known = loadings.iter().position(|loading| *loading == item.loading);
                known.unwrap_or_else(|| {
                    loadings.push(item.loading);
                    loadings.len() - 1
                })
            })
            .collect();
        Self { loadings, of_item }
    }

    pub(super) fn of_item(&self, item: usize) -> usize {
        self.of_item.get(item).copied().unwrap_or_default()
    }

    pub(super) fn loadings(&self) -> &[Loading] {
        &self.loadings
    }

    pub(super) fn len(&self) -> usize {
        self.loadings.len()
    }
}

impl Grids {
    /// Grids that cover `spans` (lowest and highest mean of η, and its largest standard deviation) and resolve curves of
    /// `steepness` (per level) and posteriors of standard deviation `narrowest` (levels).
    ///
    /// The trapezoidal rule errs by e^(−2π²s²/h²) for a normal density of standard deviation s and by e^(−2π²/(ah)) for a
    /// logistic curve of slope a (see [`crate::measure::NormalRule`]): h ≤ 0.8·s leaves 4·10⁻¹⁴, h·a ≤ 1 leaves 3·10⁻⁹.
    pub(super) fn new(spans: &[(f64, f64, f64)], steepness: &[f64], narrowest: &[f64]) -> Self {
        let finest =
            steepness.iter().zip(narrowest).map(|(steepness, narrowest)| (0.8 * narrowest).min(1.0 / steepness));
        let widths = spans.iter().map(|(low, high, sd)| high - low + 2.0 * REACH * sd);
        let needed = widths.clone().zip(finest).map(|(width, step)| width / step).fold(0.0, f64::max);
        let half = libm::ceil(needed.clamp(NODES.0 as f64, NODES.1 as f64) / 2.0) as usize;
        let nodes = (2 * half + 1).min(NODES.1);
        let line = |((low, _, sd), width): (&(f64, f64, f64), f64)| Line {
            first: low - REACH * sd,
            step: width / (nodes - 1) as f64,
        };
        Self { nodes, lines: spans.iter().zip(widths).map(line).collect() }
    }

    /// Whether populations with these spans still lie well on the grids.
    pub(super) fn cover(&self, spans: &[(f64, f64, f64)]) -> bool {
        self.lines.iter().zip(spans).all(|(line, (low, high, sd))| {
            low - 5.0 * sd >= line.first && high + 5.0 * sd <= line.point(self.nodes - 1)
        })
    }
}
