//! Expectation and maximisation until nothing moves any more.

use super::anchor::Anchor;
use super::answers::Answers;
use super::axes::{Axes, Grids};
use super::crew::Crew;
use super::curve::{Freedom, ItemStart};
use super::expect::{Sums, expect};
use super::maximise::{self, Blocks, Expected, ItemPrior};
use super::person::COARSE;
use super::scene::{Scene, State, layout};
use super::{CalibrationError, Progress, Settings, Stage};
use crate::measure::Belief;
use crate::measure::linear::Cholesky;

/// Parts that the items are shared in.
const ITEM_PARTS: usize = 16;
/// A step that promises less than this part of what it takes is no better than the plain one.
const LOWER: f64 = 1e-9;

/// What is calibrated, by whom and how.
pub(super) struct Problem<'a, C> {
    pub(super) starts: &'a [ItemStart],
    pub(super) expert: &'a Belief,
    pub(super) blocks: Blocks,
    pub(super) settings: &'a Settings,
    pub(super) answers: &'a Answers,
    pub(super) axes: Axes,
    pub(super) anchor: Anchor<'a>,
    pub(super) crew: &'a C,
    /// Most answers that somebody gave along each axis.
    pub(super) most: Vec<usize>,
}

/// How the iteration ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Times that everybody's answers were read.
    pub readings: u32,
    /// How far the parameters are thought to be from where they would end, the farthest of them: in levels, or ln slope.
    pub distance: f64,
    /// Whether that is within the tolerance.
    pub converged: bool,
    /// The item that has farthest to go; none where it is the population.
    pub slowest: Option<usize>,
    /// People whose own posterior did not settle at the last reading.
    pub unsettled: u64,
}

/// One expectation and maximisation.
struct Stepped {
    next: State,
    /// Of the state that was read, with the logarithm of the priors.
    objective: f64,
    unsettled: u64,
}

impl<'a, C: Crew> Problem<'a, C> {
    pub(super) fn new(
        starts: &'a [ItemStart],
        expert: &'a Belief,
        blocks: Blocks,
        settings: &'a Settings,
        answers: &'a Answers,
        crew: &'a C,
    ) -> Self {
        let axes = Axes::of(starts);
        let mut most = vec![0; axes.len()];
        for row in answers.rows(0..answers.people()) {
            let mut run = (usize::MAX, 0);
            for item in row.items {
                let axis = axes.of_item(usize::from(*item));
                run = if run.0 == axis { (axis, run.1 + 1) } else { (axis, 1) };
                if let Some(most) = most.get_mut(axis) {
                    *most = run.1.max(*most);
                }
            }
        }
        let answered = answers.counts().iter().map(|counts| counts.iter().any(|count| *count > 0)).collect();
        let anchor = Anchor::new(starts, expert, settings, answered);
        Self { starts, expert, blocks, settings, answers, axes, anchor, crew, most }
    }

    /// Grids fit for this state.
    pub(super) fn grids(&self, state: &State) -> Grids {
        let axes = self.axes.len();
        let (mut steepness, mut information) = (vec![0.05_f64; axes], vec![(0.0_f64, 0_usize); axes]);
        for (item, curve) in state.curves.iter().enumerate() {
            let axis = self.axes.of_item(item);
            let model = curve.model();
            if let (Some(steepest), Some(sum)) = (steepness.get_mut(axis), information.get_mut(axis)) {
                *steepest = steepest.max(model.steepness());
                *sum = (sum.0 + model.information(curve.location()), sum.1 + 1);
            }
        }
        let spans = self.spans(state);
        let narrowest = spans.iter().zip(&information).zip(&self.most).map(|(((_, _, sd), (sum, items)), most)| {
            let told = sum * *most as f64 / (*items).max(1) as f64;
            1.0 / libm::sqrt(1.0 / (sd * sd) + told)
        });
        Grids::new(&spans, &steepness, &narrowest.collect::<Vec<f64>>())
    }

    fn spans(&self, state: &State) -> Vec<(f64, f64, f64)> {
        let span = |loading: &crate::measure::Loading| {
            state
                .groups
                .iter()
                .map(|group| group.projection(*loading))
                .fold((f64::INFINITY, f64::NEG_INFINITY, 0.0_f64), |(low, high, sd), eta| {
                    (low.min(eta.mean), high.max(eta.mean), sd.max(eta.sd()))
                })
        };
        self.axes.loadings().iter().map(span).collect()
    }

    pub(super) fn prior(&self, item: usize) -> Option<ItemPrior<'a>> {
        self.starts.get(item).and_then(|start| ItemPrior::new(start, self.settings))
    }

    fn log_prior(&self, state: &State) -> f64 {
        let items = state.curves.iter().enumerate();
        let items: f64 = items.filter_map(|(item, curve)| Some(self.prior(item)?.value(curve))).sum();
        let weight = self.settings.weight();
        let groups = state.groups.iter().map(|group| maximise::population_prior(group, self.expert, weight));
        items + groups.sum::<f64>()
    }

    /// The expected answers to every item under a state.
    pub(super) fn read(&self, state: &State, grids: &Grids, tolerance: f64) -> Sums {
        expect(&Scene::new(state, &self.axes, grids), self.answers, tolerance, self.crew)
    }

    fn step(&self, state: &State, grids: &Grids) -> Result<Stepped, CalibrationError> {
        let sums = self.read(state, grids, COARSE);
        let objective = sums.log_likelihood + self.log_prior(state);
        let (starts, _) = layout(&state.curves, grids.nodes);
        let size = state.curves.len().div_ceil(ITEM_PARTS).max(1);
        let parts = self.crew.share(state.curves.len().div_ceil(size), |part| {
            let items = state.curves.iter().zip(&starts).enumerate().skip(part * size).take(size);
            let improved = items.map(|(item, (curve, start))| {
                let length = curve.categories() * grids.nodes;
                let counts = sums.counts.get(*start..start + length).unwrap_or(&[]);
                let Some(line) = grids.lines.get(self.axes.of_item(item)) else { return curve.clone() };
                let freedom = self.starts.get(item).map_or(Freedom::Nothing, |start| start.freedom);
                maximise::item(curve, Expected { counts, line: *line, nodes: grids.nodes }, freedom, self.prior(item))
            });
            improved.collect::<Vec<_>>()
        });
        let curves = parts.into_iter().flatten().collect();
        let groups = sums.groups.iter().zip(&state.groups).enumerate().map(|(group, (moments, before))| {
            maximise::population(moments, before, self.expert, self.settings.weight(), self.blocks)
                .map_err(|fault| CalibrationError::Population { group, fault })
        });
        let next = State { curves, groups: groups.collect::<Result<_, _>>()? };
        let people: Vec<f64> = sums.groups.iter().map(|moments| moments.people).collect();
        let next = self.anchor.settle(&next, &people, self.blocks.competences).unwrap_or(next);
        Ok(Stepped { next, objective, unsettled: sums.unsettled })
    }

    /// Climbs to the most probable parameters, with squared extrapolation (SQUAREM, Varadhan & Roland 2008, scheme S3): two
    /// plain steps r and r + v, then θ − 2αr + α²v with α = −|r|/|v|. An extrapolation that leads lower is not followed.
    pub(super) fn climb(
        &self,
        start: State,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(State, Convergence), CalibrationError> {
        let mut grids = self.grids(&start);
        let mut state = start;
        let mut report =
            Convergence { readings: 0, distance: f64::INFINITY, converged: false, slowest: None, unsettled: 0 };
        let mut furthest = 1.0_f64;
        while report.readings < self.settings.most_readings {
            if !grids.cover(&self.spans(&state)) {
                grids = self.grids(&state);
            }
            let one = self.step(&state, &grids)?;
            let two = self.step(&one.next, &grids)?;
            report.readings += 2;
            report.unsettled = two.unsettled;
            let (r, v) = differences([&state, &one.next, &two.next].map(packed));
            // How many such steps make the way, if each is the same part of the one before.
            let reach = |r: &[f64], v: &[f64]| -> f64 {
                let length = |x: &[f64]| libm::sqrt(x.iter().map(|x| x * x).sum());
                if length(v) > 0.0 { length(r) / length(v) } else { 1.0 }
            };
            let (in_levels, bend) = differences([&state, &one.next, &two.next].map(measured));
            let latest = in_levels.iter().zip(&bend).map(|(r, v)| (r + v).abs());
            let (slowest, largest) =
                latest.enumerate().fold((0, 0.0), |best, (at, size)| if size > best.1 { (at, size) } else { best });
            report.distance = largest * reach(&in_levels, &bend).max(1.0);
            report.slowest = item_of(&state, slowest);
            report.converged = report.distance < self.settings.tolerance;
            progress(Progress {
                stage: Stage::Estimating { distance: report.distance },
                readings: report.readings,
                log_likelihood: two.objective,
            });
            if report.converged {
                state = two.next;
                break;
            }
            let stretch = reach(&r, &v).clamp(1.0, furthest * 4.0);
            let at = packed(&state);
            state = two.next;
            if stretch > 1.0 + LOWER {
                let far: Vec<f64> = at
                    .iter()
                    .zip(&r)
                    .zip(&v)
                    .map(|((at, r), v)| at + 2.0 * stretch * r + stretch * stretch * v)
                    .collect();
                if let Some(candidate) = self.unpacked(&state, &far) {
                    let grids =
                        if grids.cover(&self.spans(&candidate)) { grids.clone() } else { self.grids(&candidate) };
                    report.readings += 1;
                    match self.step(&candidate, &grids) {
                        Ok(step) if step.objective >= two.objective - LOWER * two.objective.abs() => {
                            state = step.next;
                            furthest = furthest.max(stretch);
                        }
                        _ => furthest = (furthest / 4.0).max(1.0),
                    }
                }
            }
        }
        Ok((state, report))
    }

    fn unpacked(&self, template: &State, numbers: &[f64]) -> Option<State> {
        let mut rest = numbers.iter().copied();
        let mut curves = Vec::with_capacity(template.curves.len());
        for curve in &template.curves {
            let mut next = curve.clone();
            next.slope = libm::exp(rest.next()?);
            for bound in &mut next.bounds {
                *bound = rest.next()?;
            }
            curves.push(Some(next).filter(super::Curve::is_sound)?);
        }
        let mut groups = Vec::with_capacity(template.groups.len());
        for group in &template.groups {
            let n = group.traits();
            let mean: Vec<f64> = rest.by_ref().take(n).collect();
            let mut rows: Vec<Vec<f64>> = Vec::with_capacity(n);
            for i in 0..n {
                let mut row: Vec<f64> = rest.by_ref().take(i + 1).collect();
                let diagonal = row.last_mut()?;
                *diagonal = libm::exp(*diagonal);
                row.resize(n, 0.0);
                rows.push(row);
            }
            let products =
                rows.iter().flat_map(|one| rows.iter().map(move |two| crate::measure::linear::dot(one, two)));
            groups.push(Belief::new(mean, products.collect()).ok()?);
        }
        Some(State { curves, groups })
    }
}

/// All parameters as numbers that may take any value: ln a and bounds of the items; means and the factor of the covariance,
/// its diagonal as logarithms, of the groups.
fn packed(state: &State) -> Vec<f64> {
    let mut numbers = Vec::new();
    for curve in &state.curves {
        numbers.push(libm::log(curve.slope));
        numbers.extend(&curve.bounds);
    }
    for group in &state.groups {
        numbers.extend(group.means());
        let Some(factor) = Cholesky::new(group.covariance(), group.traits()) else { continue };
        for (i, row) in factor.rows().enumerate() {
            numbers.extend(row.iter().take(i));
            numbers.extend(row.get(i).map(|d| libm::log(*d)));
        }
    }
    numbers
}

/// The same in levels and ln slope: a standard deviation on its way to zero has soon arrived, its logarithm never.
fn measured(state: &State) -> Vec<f64> {
    let mut numbers = Vec::new();
    for curve in &state.curves {
        numbers.push(libm::log(curve.slope));
        numbers.extend(&curve.bounds);
    }
    for group in &state.groups {
        numbers.extend(group.means());
        let factor = Cholesky::new(group.covariance(), group.traits());
        numbers.extend(factor.iter().flat_map(Cholesky::rows).flatten());
    }
    numbers
}

/// The first step between three points, and how much the second differs from it.
fn differences([at, first, second]: [Vec<f64>; 3]) -> (Vec<f64>, Vec<f64>) {
    let r: Vec<f64> = first.iter().zip(&at).map(|(b, a)| b - a).collect();
    let v = second.iter().zip(&first).zip(&r).map(|((c, b), r)| c - b - r).collect();
    (r, v)
}

/// The item that a number of [`packed`] belongs to.
fn item_of(state: &State, position: usize) -> Option<usize> {
    let mut end = 0;
    state.curves.iter().position(|curve| {
        end += curve.parameters();
        position < end
    })
}
