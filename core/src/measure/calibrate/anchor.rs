//! Where the scale lies: shifts and stretches that leave every probability as it is.
//!
//! Shifting a trait of everybody by δ and every bound of its items by δ changes no probability; neither does stretching all
//! traits that share items by s, their items' bounds likewise, and dividing the slopes by s. Answers cannot tell such scales
//! apart, so that a rule must. Carrying it out after each maximisation, instead of holding means and variances still during
//! it, also makes the iteration much faster (parameter expansion, Liu, Rubin & Wu 1998).

use super::Settings;
use super::curve::{Curve, Freedom, ItemStart};
use super::maximise::ItemPrior;
use super::scene::State;
use crate::measure::Belief;
use crate::measure::linear::Cholesky;

/// What an item that does not move counts as: it lies where it is said to lie.
const CERTAIN: f64 = 1e8;
/// What keeps a trait in its place that no item speaks for.
const INERTIA: f64 = 1e-6;
/// Largest stretch at once, as a logarithm.
const LONGEST: f64 = 0.2;

/// The rule that fixes the scale.
#[derive(Debug, Clone)]
pub(super) struct Anchor<'a> {
    starts: &'a [ItemStart],
    expert: &'a Belief,
    settings: &'a Settings,
    /// Traits that are stretched together, because items load on both; and whether they can be stretched at all.
    parts: Vec<Part>,
    /// Traits on which an item loads that does not move.
    held: Vec<bool>,
    /// Whether anybody answered each item. Others say nothing of the scale, and stay where they are.
    answered: Vec<bool>,
    /// Traits that answers tell of.
    told: Vec<bool>,
}

#[derive(Debug, Clone)]
struct Part {
    traits: Vec<usize>,
    /// Items that load on them.
    items: Vec<usize>,
    stretches: bool,
}

/// A shift and a stretch of every trait.
struct Change {
    centre: Vec<f64>,
    stretch: Vec<f64>,
    shift: Vec<f64>,
}

/// Mean and covariance of all groups taken together, in proportion to their sizes.
pub(super) fn pooled(groups: &[Belief], people: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let n = groups.first().map_or(0, Belief::traits);
    let total: f64 = people.iter().sum();
    let (mut mean, mut covariance) = (vec![0.0; n], vec![0.0; n * n]);
    for (group, people) in groups.iter().zip(people) {
        let share = people / total;
        for (sum, value) in mean.iter_mut().zip(group.means()) {
            *sum += share * value;
        }
        for (sum, value) in covariance.iter_mut().zip(group.covariance()) {
            *sum += share * value;
        }
    }
    for (group, people) in groups.iter().zip(people) {
        let share = people / total;
        let away: Vec<f64> = group.means().iter().zip(&mean).map(|(own, all)| own - all).collect();
        for (line, one) in covariance.chunks_exact_mut(n).zip(&away) {
            for (entry, two) in line.iter_mut().zip(&away) {
                *entry += share * one * two;
            }
        }
    }
    (mean, covariance)
}

impl<'a> Anchor<'a> {
    pub(super) fn new(
        starts: &'a [ItemStart],
        expert: &'a Belief,
        settings: &'a Settings,
        answered: Vec<bool>,
    ) -> Self {
        let traits = expert.traits();
        let mut anchor = Self {
            starts,
            expert,
            settings,
            parts: Vec::new(),
            held: vec![false; traits],
            answered,
            told: vec![false; traits],
        };
        let mut of_trait: Vec<usize> = (0..traits).collect();
        let (mut held, mut told) = (vec![false; traits], vec![false; traits]);
        for (_, start) in anchor.speaking() {
            let mark = |flags: &mut Vec<bool>| {
                flags
                    .iter_mut()
                    .enumerate()
                    .for_each(|(at, flag)| *flag |= start.loading.traits().any(|one| one == at));
            };
            mark(&mut told);
            if start.freedom == Freedom::Nothing {
                mark(&mut held);
            }
            if let Some(leniency) = start.loading.leniency {
                let find = |trait_: usize| of_trait.get(trait_).copied().unwrap_or(trait_);
                let (kept, other) = (find(start.loading.competence), find(leniency));
                of_trait.iter_mut().filter(|part| **part == other).for_each(|part| *part = kept);
            }
        }
        let part = |name: usize| {
            let traits: Vec<usize> =
                of_trait.iter().enumerate().filter(|(_, part)| **part == name).map(|(trait_, _)| trait_).collect();
            let of_part = || anchor.speaking().filter(|(_, start)| traits.contains(&start.loading.competence));
            let items: Vec<usize> = of_part().map(|(item, _)| item).collect();
            let stretches = !items.is_empty() && of_part().all(|(_, start)| start.freedom == Freedom::All);
            Part { traits, items, stretches }
        };
        let parts = (0..traits).map(part).filter(|part| !part.traits.is_empty()).collect();
        anchor.parts = parts;
        Self { held, told, ..anchor }
    }

    /// The items that somebody answered.
    fn speaking(&self) -> impl Iterator<Item = (usize, &'a ItemStart)> {
        self.starts.iter().enumerate().zip(&self.answered).filter(|(_, answered)| **answered).map(|(item, _)| item)
    }

    /// Puts the scale where the rule wants it.
    ///
    /// With priors: where they find the items' bounds and slopes most probable. Without:
    /// where the mean of every trait, and of each part the mean variance of its competences, are those of the model, except
    /// where an item that does not move says where they are. Traits that no answer tells of keep mean and spread of the model.
    pub(super) fn settle(&self, state: &State, people: &[f64], competences: usize) -> Option<State> {
        let (centre, covariance) = pooled(&state.groups, people);
        let traits = centre.len();
        let mut stretch = vec![1.0; traits];
        for part in self.parts.iter().filter(|part| part.stretches) {
            let by = if self.settings.priors {
                self.most_probable_stretch(state, part, &centre)
            } else {
                let sum = |variance: &dyn Fn(usize) -> f64| -> f64 {
                    part.traits.iter().filter(|trait_| **trait_ < competences).map(|trait_| variance(*trait_)).sum()
                };
                let found = sum(&|trait_| covariance.get(trait_ * traits + trait_).copied().unwrap_or(1.0));
                libm::sqrt(sum(&|trait_| self.expert.entry(trait_, trait_)) / found)
            };
            for trait_ in &part.traits {
                if let Some(entry) = stretch.get_mut(*trait_) {
                    *entry = by;
                }
            }
        }
        let untold = stretch.iter_mut().zip(&self.told).enumerate().filter(|(_, (_, told))| !**told);
        for (trait_, (stretch, _)) in untold {
            let found = covariance.get(trait_ * traits + trait_).copied().unwrap_or(1.0);
            *stretch = libm::sqrt(self.expert.entry(trait_, trait_) / found);
        }
        let stretched = self.changed(state, &Change { centre: centre.clone(), stretch, shift: vec![0.0; traits] })?;
        let mut shift =
            if self.settings.priors { self.most_probable_shift(&stretched.curves)? } else { vec![0.0; traits] };
        for (trait_, (shift, (wanted, found))) in
            shift.iter_mut().zip(self.expert.means().iter().zip(&centre)).enumerate()
        {
            if !self.is_told(trait_) || (!self.settings.priors && !self.is_held(trait_)) {
                *shift = wanted - found;
            }
        }
        self.changed(&stretched, &Change { centre, stretch: vec![1.0; traits], shift })
    }

    fn changed(&self, state: &State, change: &Change) -> Option<State> {
        let Change { centre, stretch, shift } = change;
        let at = |numbers: &[f64], trait_: usize| numbers.get(trait_).copied().unwrap_or_default();
        let mut groups = Vec::with_capacity(state.groups.len());
        for group in &state.groups {
            let mean = group.means().iter().zip(centre).zip(stretch).zip(shift);
            let mean = mean.map(|(((mean, centre), s), d)| centre + s * (mean - centre) + d).collect();
            let lines = group.covariance().chunks_exact(centre.len()).zip(stretch);
            let covariance =
                lines.flat_map(|(line, one)| line.iter().zip(stretch).map(move |(entry, two)| entry * one * two));
            groups.push(Belief::new(mean, covariance.collect()).ok()?);
        }
        let curves = state.curves.iter().zip(self.starts).zip(&self.answered).map(|((curve, start), answered)| {
            if start.freedom == Freedom::Nothing || !answered {
                return curve.clone();
            }
            let sum = |numbers: &[f64]| start.loading.traits().map(|trait_| at(numbers, trait_)).sum::<f64>();
            let (middle, by) = (sum(centre), at(stretch, start.loading.competence));
            let bounds = curve.bounds.iter().map(|b| middle + by * (b - middle) + sum(shift)).collect();
            Curve { form: curve.form, slope: curve.slope / by, bounds }
        });
        let curves: Vec<Curve> = curves.collect();
        curves.iter().all(Curve::is_sound).then_some(State { curves, groups })
    }

    /// Weighted least squares of what experts say of locations: Σ_j (location_j + w_jᵀδ − expert_j)²/τ_j².
    fn most_probable_shift(&self, curves: &[Curve]) -> Option<Vec<f64>> {
        let (precision, mut pull) = self.shift_precision();
        for (item, start) in self.speaking() {
            let weight = self.location_precision(start);
            let away = curves.get(item).map_or(0.0, |curve| start.curve.location() - curve.location());
            for trait_ in start.loading.traits() {
                if let Some(entry) = pull.get_mut(trait_) {
                    *entry += weight * away;
                }
            }
        }
        Some(Cholesky::new(&precision, pull.len())?.solve(&pull))
    }

    fn location_precision(&self, start: &ItemStart) -> f64 {
        ItemPrior::new(start, self.settings).map_or(CERTAIN, |prior| prior.location_precision)
    }

    /// How firmly the experts hold the mean of every trait: Σ w_j·w_jᵀ/τ_j²; and as many zeros.
    pub(super) fn shift_precision(&self) -> (Vec<f64>, Vec<f64>) {
        let traits = self.held.len();
        let mut precision = vec![0.0; traits * traits];
        for (_, start) in self.speaking() {
            let weight = self.location_precision(start);
            for one in start.loading.traits() {
                for two in start.loading.traits() {
                    if let Some(entry) = precision.get_mut(one * traits + two) {
                        *entry += weight;
                    }
                }
            }
        }
        precision.iter_mut().step_by(traits + 1).for_each(|entry| *entry += INERTIA);
        (precision, vec![0.0; traits])
    }

    /// Newton's method on the logarithm of the prior density as a function of ln s, which is smooth and has one maximum.
    fn most_probable_stretch(&self, state: &State, part: &Part, centre: &[f64]) -> f64 {
        let value = |along: f64| -> f64 {
            let by = libm::exp(along);
            let items = part.items.iter().filter_map(|item| {
                let (curve, start) = (state.curves.get(*item)?, self.starts.get(*item)?);
                let middle: f64 =
                    start.loading.traits().map(|trait_| centre.get(trait_).copied().unwrap_or_default()).sum();
                let bounds = curve.bounds.iter().map(|b| middle + by * (b - middle)).collect();
                let moved = Curve { form: curve.form, slope: curve.slope / by, bounds };
                Some(ItemPrior::new(start, self.settings)?.value(&moved))
            });
            items.sum()
        };
        let h = 1e-3;
        let (mut at, mut reached) = (0.0, value(0.0));
        for _ in 0..3 {
            let (low, high) = (value(at - h), value(at + h));
            let (first, second) = ((high - low) / (2.0 * h), (high - 2.0 * reached + low) / (h * h));
            let step = if second < 0.0 { -first / second } else { first.signum() * LONGEST };
            let next = (at + step).clamp(-LONGEST, LONGEST);
            let there = value(next);
            if there <= reached || (next - at).abs() < 1e-9 {
                break;
            }
            (at, reached) = (next, there);
        }
        libm::exp(at)
    }
}

impl Anchor<'_> {
    /// Whether an item that does not move says where a trait is.
    pub(super) fn is_held(&self, trait_: usize) -> bool {
        self.held.get(trait_).copied().unwrap_or_default()
    }

    /// Whether answers tell of a trait.
    pub(super) fn is_told(&self, trait_: usize) -> bool {
        self.told.get(trait_).copied().unwrap_or_default()
    }

    /// The sets of traits that can be stretched together.
    pub(super) fn stretching(&self) -> impl Iterator<Item = &[usize]> {
        self.parts.iter().filter(|part| part.stretches).map(|part| part.traits.as_slice())
    }
}
