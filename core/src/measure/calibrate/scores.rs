//! Everybody's scores: how each person would have the parameters moved.

use super::crew::Crew;
use super::expect::{add, in_parts};
use super::information::{Basis, Parameters};
use super::iterate::Problem;
use super::person::{FINE, Reader};
use super::scene::Scene;
use crate::measure::linear::{Cholesky, dot};

/// Scores of a group of people.
#[derive(Debug, Clone)]
pub(super) struct GroupScores {
    pub(super) people: f64,
    pub(super) sum: Vec<f64>,
    /// Σ s·sᵀ (lower triangle) of all parameters, or of each item's own.
    pub(super) cross: Vec<Vec<f64>>,
}

impl GroupScores {
    fn none(parameters: &Parameters) -> Self {
        let cross = parameters.clusters().iter().map(|(_, count)| vec![0.0; count * count]).collect();
        Self { people: 0.0, sum: vec![0.0; parameters.total], cross }
    }
}

/// Scores of everybody, group by group.
pub(super) fn scores<C: Crew>(
    problem: &Problem<'_, C>,
    scene: &Scene<'_>,
    parameters: &Parameters,
) -> Vec<GroupScores> {
    let table = Slopes::new(scene);
    let groups = scene.groups.len();
    let clusters = parameters.clusters();
    let numbers: usize = groups * clusters.iter().map(|(_, count)| count * count).sum::<usize>();
    let inverses: Vec<Option<Vec<f64>>> = scene
        .groups
        .iter()
        .map(|group| Some(Cholesky::new(group.belief.covariance(), group.belief.traits())?.inverse()))
        .collect();
    let parts = in_parts(problem.answers, problem.crew, numbers, |people| {
        let mut sums: Vec<GroupScores> = (0..groups).map(|_| GroupScores::none(parameters)).collect();
        let Some(mut reader) = Reader::new(scene, FINE) else { return sums };
        let mut person = Person::default();
        for row in problem.answers.rows(people) {
            reader.read(row);
            person.clear();
            for seen in reader.seen() {
                let entries = row.items.iter().zip(row.categories).take(seen.entries.end).skip(seen.entries.start);
                for (item, category) in entries {
                    let (first, count) = parameters.item(usize::from(*item));
                    let rows = table.rows(scene, *item, *category);
                    let skipped = rows.len() / scene.grids.nodes - count;
                    let slopes = rows.chunks_exact(scene.grids.nodes).skip(skipped);
                    person.add(first, slopes.map(|slopes| dot(slopes, seen.posterior)));
                }
            }
            if let (Some((means, covariances)), Some(Some(inverse))) =
                (parameters.group(row.group), inverses.get(row.group))
            {
                population_scores(&reader, scene, row.group, inverse, parameters, |first, score| {
                    person.add(if first { means } else { covariances }, score);
                });
            }
            person.runs.sort_unstable();
            let Some(sum) = sums.get_mut(row.group) else { continue };
            sum.people += 1.0;
            person.add_to(sum, parameters.basis == Basis::EachItem, &clusters);
        }
        sums
    });
    let mut whole: Vec<GroupScores> = (0..groups).map(|_| GroupScores::none(parameters)).collect();
    for part in parts {
        for (own, other) in whole.iter_mut().zip(&part) {
            own.people += other.people;
            add(&mut own.sum, &other.sum);
            for (own, other) in own.cross.iter_mut().zip(&other.cross) {
                add(own, other);
            }
        }
    }
    whole
}

/// Σ⁻¹(m − μ) for the means, and ½·Σ⁻¹(V + (m − μ)(m − μ)ᵀ − Σ)Σ⁻¹, off its diagonal twice, for the covariances.
fn population_scores(
    reader: &Reader<'_>,
    scene: &Scene<'_>,
    group: usize,
    inverse: &[f64],
    parameters: &Parameters,
    mut give: impl FnMut(bool, Vec<f64>),
) {
    let Some(prior) = scene.groups.get(group) else { return };
    let n = prior.belief.traits();
    let away: Vec<f64> = reader.belief.means().iter().zip(prior.belief.means()).map(|(m, mu)| m - mu).collect();
    let means: Vec<f64> = inverse.chunks_exact(n).map(|row| dot(row, &away)).collect();
    let mut excess = reader.belief.covariance().to_vec();
    for ((line, prior), one) in excess.chunks_exact_mut(n).zip(prior.belief.covariance().chunks_exact(n)).zip(&away) {
        for ((entry, prior), two) in line.iter_mut().zip(prior).zip(&away) {
            *entry += one * two - prior;
        }
    }
    let half: Vec<f64> =
        inverse.chunks_exact(n).flat_map(|row| excess.chunks_exact(n).map(move |column| dot(row, column))).collect();
    let rows: Vec<(&[f64], &[f64])> = half.chunks_exact(n).zip(inverse.chunks_exact(n)).collect();
    let at = |position: usize| parameters.traits.get(position).and_then(|trait_| rows.get(*trait_));
    give(true, parameters.traits.iter().map(|trait_| means.get(*trait_).copied().unwrap_or_default()).collect());
    let covariance = |(i, j): &(usize, usize)| {
        let value = at(*i).zip(at(*j)).map_or(0.0, |((half, _), (_, inverse))| dot(half, inverse));
        if i == j { 0.5 * value } else { value }
    };
    give(false, parameters.pairs.iter().map(covariance).collect());
}

/// One person's scores: runs of neighbouring parameters.
#[derive(Debug, Default)]
struct Person {
    /// First parameter, where its values begin, how many.
    runs: Vec<(usize, usize, usize)>,
    values: Vec<f64>,
}

impl Person {
    fn clear(&mut self) {
        self.runs.clear();
        self.values.clear();
    }

    fn add(&mut self, first: usize, values: impl IntoIterator<Item = f64>) {
        let start = self.values.len();
        self.values.extend(values);
        let count = self.values.len() - start;
        if count > 0 {
            self.runs.push((first, start, count));
        }
    }

    fn of(&self, run: (usize, usize, usize)) -> &[f64] {
        self.values.get(run.1..run.1 + run.2).unwrap_or(&[])
    }

    /// Adds s and s·sᵀ (lower triangle).
    fn add_to(&self, sums: &mut GroupScores, each: bool, clusters: &[(usize, usize)]) {
        for (number, run) in self.runs.iter().enumerate() {
            let values = self.of(*run);
            if let Some(sum) = sums.sum.get_mut(run.0..run.0 + run.2) {
                add(sum, values);
            }
            let cluster = if each { clusters.binary_search(&(run.0, run.2)).unwrap_or(usize::MAX) } else { 0 };
            let Some((origin, width)) = clusters.get(cluster).copied() else { continue };
            let Some(matrix) = sums.cross.get_mut(cluster) else { continue };
            let before = if each { &[] } else { self.runs.get(..number).unwrap_or(&[]) };
            for (offset, one) in values.iter().enumerate() {
                let row = (run.0 - origin + offset) * width;
                let Some(line) = matrix.get_mut(row..row + width) else { continue };
                for other in before {
                    axpy(line, other.0 - origin, *one, self.of(*other));
                }
                axpy(line, run.0 - origin, *one, values.get(..=offset).unwrap_or(&[]));
            }
        }
    }
}

fn axpy(line: &mut [f64], first: usize, factor: f64, values: &[f64]) {
    if let Some(entries) = line.get_mut(first..first + values.len()) {
        for (entry, value) in entries.iter_mut().zip(values) {
            *entry += factor * value;
        }
    }
}

/// ∂ ln P(category | η)/∂ψ on the grids: for each item, category and parameter a row.
struct Slopes {
    starts: Vec<usize>,
    numbers: Vec<f64>,
}

impl Slopes {
    fn new(scene: &Scene<'_>) -> Self {
        let nodes = scene.grids.nodes;
        let (mut starts, mut numbers) = (Vec::new(), Vec::new());
        for (item, curve) in scene.state.curves.iter().enumerate() {
            starts.push(numbers.len());
            let rows = curve.categories() * curve.parameters();
            let Some(line) = scene.grids.lines.get(scene.axes.of_item(item)) else { continue };
            let (mut scores, start) = (vec![0.0; rows], numbers.len());
            numbers.resize(start + rows * nodes, 0.0);
            for (point, eta) in line.points(nodes).enumerate() {
                curve.scores(eta, &mut scores);
                let column = numbers.iter_mut().skip(start + point).step_by(nodes);
                column.zip(&scores).for_each(|(entry, score)| *entry = *score);
            }
        }
        Self { starts, numbers }
    }

    /// The rows of an answer: one per parameter of its item.
    fn rows(&self, scene: &Scene<'_>, item: u16, category: u8) -> &[f64] {
        let item = usize::from(item);
        let Some((start, curve)) = self.starts.get(item).zip(scene.state.curves.get(item)) else { return &[] };
        let length = curve.parameters() * scene.grids.nodes;
        let first = start + usize::from(category) * length;
        self.numbers.get(first..first + length).unwrap_or(&[])
    }
}
