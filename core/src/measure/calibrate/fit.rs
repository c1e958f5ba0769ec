//! Whether answers are as the models say: mean squares of single items, and pairs that share more than their traits.

use super::crew::Crew;
use super::expect::{add, in_parts};
use super::iterate::Problem;
use super::person::{FINE, Reader};
use super::scene::Scene;
use crate::measure::linear::dot;

/// Most items whose pairs are looked at: each pair takes 24 bytes for each part.
pub const MOST_PAIRED: usize = 1000;
/// Fewest people who answered both items of a pair that is judged.
const FEWEST_TOGETHER: f64 = 100.0;
/// Mean squares outside these are too far from one (Wright & Linacre 1994, for ordinary tests), if by three standard errors.
const MEAN_SQUARES: std::ops::RangeInclusive<f64> = 0.7..=1.3;
/// Standard errors that a departure must have.
const SURE: f64 = 3.0;
/// Residual correlation from which two items depend on each other (Christensen, Makransky & Horton 2017).
const DEPENDENT: f64 = 0.2;
/// The same, in standard errors: there are many pairs.
const SURE_OF_PAIR: f64 = 4.0;
/// Polynomials by which the spread of η is described.
const ORDERS: usize = 3;

/// How the answers to one item agree with its model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemFit {
    /// Mean of (x − E)²/V: one where the model holds, more where answers surprise.
    pub outfit: f64,
    /// Its standard error.
    pub outfit_error: f64,
    /// Σ(x − E)²/ΣV: the same, less moved by answers far from a person's place.
    pub infit: f64,
    /// Its standard error.
    pub infit_error: f64,
    /// Whether one of them lies outside 0.7 to 1.3 by three standard errors.
    pub misfits: bool,
}

/// Two items whose answers go together beyond what their traits explain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dependence {
    /// Number of the first item.
    pub one: usize,
    /// Number of the second.
    pub two: usize,
    /// Residual correlation.
    pub q3: f64,
    /// People who answered both.
    pub people: u64,
    /// Whether it is 0.2 or more, by four standard errors.
    pub dependent: bool,
}

/// Sums over people.
#[derive(Debug, Clone)]
struct Tally {
    /// Of each item: answers, Σz², Σz⁴, Σr², ΣV, Σ(r² − V)².
    items: Vec<[f64; 6]>,
    /// Of each pair of items, lower triangle: people, Σ E\[ε_j·ε_l\], and Σ E\[ε_j²\], Σ E\[ε_l²\] of the same people.
    pairs: Vec<[f64; 4]>,
}

impl Tally {
    fn none(items: usize) -> Self {
        let pairs = if items > MOST_PAIRED { 0 } else { items * items.saturating_sub(1) / 2 };
        Self { items: vec![[0.0; 6]; items], pairs: vec![[0.0; 4]; pairs] }
    }

    fn add(&mut self, other: &Self) {
        for (own, other) in self.items.iter_mut().zip(&other.items) {
            add(own, other);
        }
        for (own, other) in self.pairs.iter_mut().zip(&other.pairs) {
            add(own, other);
        }
    }
}

/// An answer of the person that is looked at.
struct Answered {
    item: usize,
    axis: usize,
    /// E\[x − f(η)\] and its square's expectation.
    residual: f64,
    square: f64,
    /// Covariances of f(η) with the orthonormal polynomials of η.
    spread: [f64; ORDERS],
}

/// Fit of every item, and every pair judged that has a residual correlation of 0.1 or more, the strongest first.
///
/// An answer is compared with what the person's *other* answers predict: E and V are mean and variance of the category under
/// the posterior without it, so that both mean squares are one on average where the model holds, however short the test.
///
/// Residual correlations are Yen's Q3 (1984), with the posterior's expectation of the product of the residuals
/// ε = x − E\[X | η\] in place of residuals at a point estimate; these would be correlated negatively by the estimate that
/// they share. The covariance of two items' expected answers under the posterior is the sum over orders r of
/// ρʳ·c_jr·c_lr (Mehler 1866), with ρ the correlation of their η, which is one on the same axis, and c_jr the covariance of
/// f_j with the r-th orthonormal polynomial of η; three orders are taken.
pub(super) fn fit<C: Crew>(problem: &Problem<'_, C>, scene: &Scene<'_>) -> (Vec<ItemFit>, Option<Vec<Dependence>>) {
    let items = problem.answers.item_count();
    let expected = Expected::new(scene);
    let numbers = 6 * items + 4 * Tally::none(items).pairs.len();
    let parts = in_parts(problem.answers, problem.crew, numbers, |people| {
        let mut tally = Tally::none(items);
        let Some(mut reader) = Reader::new(scene, FINE) else { return tally };
        let (mut person, mut without) = (Vec::new(), vec![0.0; scene.grids.nodes]);
        for row in problem.answers.rows(people) {
            reader.read(row);
            person.clear();
            let mut etas = Vec::new();
            for seen in reader.seen() {
                let Some(line) = scene.grids.lines.get(seen.axis) else { continue };
                let basis = polynomials(seen.posterior, line.points(scene.grids.nodes));
                etas.push(seen.axis);
                let entries = row.items.iter().zip(row.categories).take(seen.entries.end).skip(seen.entries.start);
                for (item, category) in entries {
                    let (mean, square) = expected.rows(scene, *item);
                    let answer = f64::from(*category);
                    // What the others say: the posterior divided by this answer's likelihood.
                    let mut mass = 0.0;
                    for ((out, p), own) in without.iter_mut().zip(seen.posterior).zip(scene.row(*item, *category)) {
                        *out = if *own > 0.0 { p / own } else { 0.0 };
                        mass += *out;
                    }
                    let (e, squares) = (dot(&without, mean) / mass, dot(&without, square) / mass);
                    let (residual, variance) = (answer - e, (squares - e * e).max(1e-9));
                    let squared = residual * residual;
                    let z = squared / variance;
                    let deviation = squared - variance;
                    if let Some(sums) = tally.items.get_mut(usize::from(*item)) {
                        add(sums, &[1.0, z, z * z, squared, variance, deviation * deviation]);
                    }
                    let centre = dot(seen.posterior, mean);
                    let spread = basis.each_ref().map(|polynomial| dot(polynomial, mean));
                    let residual = answer - centre;
                    let square = residual * residual + spread.iter().map(|c| c * c).sum::<f64>();
                    person.push(Answered { item: usize::from(*item), axis: seen.axis, residual, square, spread });
                }
            }
            if tally.pairs.is_empty() {
                continue;
            }
            let variance = |axis: usize| {
                scene.axes.loadings().get(axis).map_or(1.0, |loading| reader.belief.projection(*loading).variance)
            };
            let correlations: Vec<((usize, usize), f64)> = etas
                .iter()
                .flat_map(|one| etas.iter().map(move |two| (*one, *two)))
                .map(|(one, two)| {
                    let loadings = scene.axes.loadings();
                    let between = loadings.get(one).zip(loadings.get(two)).map_or(0.0, |(one, two)| {
                        one.traits()
                            .flat_map(|i| two.traits().map(move |j| (i, j)))
                            .map(|(i, j)| reader.belief.entry(i, j))
                            .sum()
                    });
                    ((one, two), between / libm::sqrt(variance(one) * variance(two)))
                })
                .collect();
            for (number, one) in person.iter().enumerate() {
                for two in person.iter().take(number) {
                    let rho = if one.axis == two.axis {
                        1.0
                    } else {
                        let found = correlations.binary_search_by(|(pair, _)| pair.cmp(&(one.axis, two.axis)));
                        found.ok().and_then(|at| correlations.get(at)).map_or(0.0, |(_, rho)| *rho)
                    };
                    let (mut power, mut shared) = (1.0, 0.0);
                    for (c, d) in one.spread.iter().zip(&two.spread) {
                        power *= rho;
                        shared += power * c * d;
                    }
                    let product = one.residual * two.residual + shared;
                    let (first, second) = if one.item > two.item { (one, two) } else { (two, one) };
                    if let Some(sums) = tally.pairs.get_mut(pair(first.item, second.item)) {
                        add(sums, &[1.0, product, first.square, second.square]);
                    }
                }
            }
        }
        tally
    });
    let mut whole = Tally::none(items);
    parts.iter().for_each(|part| whole.add(part));
    let fits = whole.items.iter().map(of_item).collect();
    (fits, (items <= MOST_PAIRED).then(|| dependences(&whole.pairs, items)))
}

/// Where a pair stands in a lower triangle without diagonal; `one` is the greater.
fn pair(one: usize, two: usize) -> usize {
    one * one.saturating_sub(1) / 2 + two
}

fn of_item(sums: &[f64; 6]) -> ItemFit {
    let [n, z, zz, squares, variances, deviations] = *sums;
    if n < 2.0 {
        return ItemFit {
            outfit: 1.0,
            outfit_error: f64::INFINITY,
            infit: 1.0,
            infit_error: f64::INFINITY,
            misfits: false,
        };
    }
    let (outfit, infit) = (z / n, squares / variances);
    let outfit_error = libm::sqrt((zz / n - outfit * outfit).max(0.0) / n);
    let infit_error = libm::sqrt(deviations) / variances;
    let off = |value: f64, error: f64| !MEAN_SQUARES.contains(&value) && (value - 1.0).abs() > SURE * error;
    ItemFit { outfit, outfit_error, infit, infit_error, misfits: off(outfit, outfit_error) || off(infit, infit_error) }
}

fn dependences(pairs: &[[f64; 4]], items: usize) -> Vec<Dependence> {
    let numbers = (0..items).flat_map(|one| (0..one).map(move |two| (one, two)));
    let mut found: Vec<Dependence> = numbers
        .zip(pairs)
        .filter(|(_, sums)| sums.first().is_some_and(|people| *people >= FEWEST_TOGETHER))
        .map(|((one, two), [people, product, first, second])| {
            let q3 = product / libm::sqrt(first * second).max(1e-300);
            let dependent = q3 >= DEPENDENT && q3 * libm::sqrt(*people) >= SURE_OF_PAIR;
            Dependence { one: two, two: one, q3, people: *people as u64, dependent }
        })
        .filter(|found| found.q3.abs() >= 0.5 * DEPENDENT)
        .collect();
    found.sort_by(|one, two| two.q3.total_cmp(&one.q3).then((one.one, one.two).cmp(&(two.one, two.two))));
    found
}

/// Orthonormal polynomials of order 1 to 3 under a distribution on points, times its probabilities (Gram & Schmidt).
fn polynomials(p: &[f64], points: impl Iterator<Item = f64> + Clone) -> [Vec<f64>; ORDERS] {
    let mean: f64 = p.iter().zip(points.clone()).map(|(p, x)| p * x).sum();
    let variance: f64 = p.iter().zip(points.clone()).map(|(p, x)| p * (x - mean) * (x - mean)).sum();
    let scale = 1.0 / libm::sqrt(variance.max(1e-12));
    let first: Vec<f64> = points.map(|x| (x - mean) * scale).collect();
    let inner = |f: &[f64], g: &[f64]| p.iter().zip(f).zip(g).map(|((p, f), g)| p * f * g).sum::<f64>();
    let ones = vec![1.0; p.len()];
    let mut basis = vec![ones, first.clone()];
    for order in 2..=ORDERS {
        let mut next: Vec<f64> =
            basis.last().map_or_else(Vec::new, |last| last.iter().zip(&first).map(|(f, x)| f * x).collect());
        for earlier in &basis {
            let along = inner(&next, earlier);
            next.iter_mut().zip(earlier).for_each(|(entry, earlier)| *entry -= along * earlier);
        }
        let length = inner(&next, &next);
        // Where the distribution has no such moment left, nothing varies with it.
        let unit = if length > 1e-12 { 1.0 / libm::sqrt(length) } else { 0.0 };
        next.iter_mut().for_each(|entry| *entry *= unit);
        debug_assert_eq!(basis.len(), order);
        basis.push(next);
    }
    let weighted = |f: &Vec<f64>| f.iter().zip(p).map(|(f, p)| f * p).collect::<Vec<f64>>();
    let mut orders = basis.iter().skip(1).map(weighted);
    std::array::from_fn(|_| orders.next().unwrap_or_default())
}

/// E\[X | η\] and E\[X² | η\] on the grids: two rows for each item.
struct Expected {
    numbers: Vec<f64>,
}

impl Expected {
    fn new(scene: &Scene<'_>) -> Self {
        let nodes = scene.grids.nodes;
        let mut numbers = Vec::with_capacity(2 * nodes * scene.state.curves.len());
        for (item, curve) in (0_u16..).zip(&scene.state.curves) {
            for power in [1, 2] {
                let start = numbers.len();
                numbers.resize(start + nodes, 0.0);
                for category in 1..curve.categories() {
                    let category = u8::try_from(category).unwrap_or(u8::MAX);
                    let value = f64::from(category);
                    let weight = if power == 1 { value } else { value * value };
                    for (entry, p) in numbers.iter_mut().skip(start).zip(scene.row(item, category)) {
                        *entry += weight * p;
                    }
                }
            }
        }
        Self { numbers }
    }

    fn rows(&self, scene: &Scene<'_>, item: u16) -> (&[f64], &[f64]) {
        let (nodes, start) = (scene.grids.nodes, 2 * scene.grids.nodes * usize::from(item));
        let row = |from: usize| self.numbers.get(from..from + nodes).unwrap_or(&[]);
        (row(start), row(start + nodes))
    }
}
