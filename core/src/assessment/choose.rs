//! Which item comes next, and when to stop.

use std::collections::BTreeSet;

use super::{Answer, Assessment, Ending, Instrument, Mode, Step};
use crate::bank::Item;
use crate::id::{AreaId, ItemId};
use crate::measure::{Belief, Probe, success_probability, variance_reduction};

/// Expected gain below which another question is not worth the learner's time: this share of the largest possible
/// gain is a change of about a hundredth of a level in each competence.
const GAIN_FLOOR: f64 = 2e-4;
/// The choice is among so many best items …
const CHOICE_AMONG: usize = 5;
/// … that are at least this good against the best.
const CHOICE_MARGIN: f64 = 0.9;
/// The first questions, and those after two failures, should rather succeed.
const KIND_START: usize = 3;
/// With at least this chance.
const KIND_CHANCE: f64 = 0.6;
/// Most questions of one kind in a row.
const LONGEST_RUN: usize = 3;

struct Candidate<'a> {
    item: &'a Item,
    probe: &'a Probe,
    /// Expected decrease of the mean variance of the plan's competences, squared levels.
    gain: f64,
}

pub(super) fn step<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Step<'a> {
    let answered = assessment.answers.len();
    if answered >= usize::from(assessment.plan.most_questions()) {
        return Step::Finished(Ending::Length);
    }
    let belief = instrument.infer(&assessment.answers).belief;
    let long_enough = answered >= usize::from(assessment.plan.mode.fewest_questions());
    if long_enough && is_precise(instrument, assessment, &belief) {
        return Step::Finished(Ending::Precise);
    }
    let candidates = candidates(instrument, assessment, &assessment.answers, &belief);
    let Some(best) = best_gain(&candidates) else { return Step::Finished(Ending::Exhausted) };
    if long_enough && best < GAIN_FLOOR && was_low_before(instrument, assessment) {
        return Step::Finished(Ending::LittleToGain);
    }
    match choose(instrument, assessment, &belief, candidates) {
        Some(item) => Step::Ask(item),
        None => Step::Finished(Ending::Exhausted),
    }
}

fn is_precise(instrument: &Instrument, assessment: &Assessment, belief: &Belief) -> bool {
    let competences = instrument.framework().competences().iter().enumerate();
    competences
        .filter(|(_, id)| assessment.plan.covers(id))
        .all(|(trait_number, _)| assessment.plan.mode.is_precise(&belief.marginal(trait_number)))
}

fn best_gain(candidates: &[Candidate<'_>]) -> Option<f64> {
    candidates.iter().map(|candidate| candidate.gain).max_by(f64::total_cmp)
}

/// Whether the question before this one already promised little.
fn was_low_before(instrument: &Instrument, assessment: &Assessment) -> bool {
    let Some((_, before)) = assessment.answers.split_last() else { return false };
    let belief = instrument.infer(before).belief;
    best_gain(&candidates(instrument, assessment, before, &belief)).is_some_and(|gain| gain < GAIN_FLOOR)
}

/// Every item that the plan allows and that was not asked.
fn candidates<'a>(
    instrument: &'a Instrument,
    assessment: &Assessment,
    answers: &[Answer],
    belief: &Belief,
) -> Vec<Candidate<'a>> {
    let asked: BTreeSet<&ItemId> = answers.iter().map(|answer| &answer.item).collect();
    let weights: Vec<f64> = weights(instrument, assessment);
    let mut scratch = Vec::with_capacity(belief.traits());
    instrument
        .candidates()
        .filter(|(item, _)| assessment.plan.covers(&item.competence) && !asked.contains(&item.id))
        .map(|(item, probe)| {
            let gain = variance_reduction(probe, belief, &weights, instrument.rule(), &mut scratch);
            Candidate { item, probe, gain }
        })
        .collect()
}

/// Equal weights over the plan's competences, adding up to one.
fn weights(instrument: &Instrument, assessment: &Assessment) -> Vec<f64> {
    let ids = instrument.framework().competences();
    let covered = ids.iter().filter(|id| assessment.plan.covers(id)).count();
    let weight = 1.0 / f64::from(u32::try_from(covered.max(1)).unwrap_or(u32::MAX));
    ids.iter().map(|id| if assessment.plan.covers(id) { weight } else { 0.0 }).collect()
}

fn choose<'a>(
    instrument: &'a Instrument,
    assessment: &Assessment,
    belief: &Belief,
    mut candidates: Vec<Candidate<'a>>,
) -> Option<&'a Item> {
    let history: Vec<&Item> = assessment
        .answers
        .iter()
        .filter_map(|answer| instrument.bank().item(&answer.item).map(|(_, item)| item))
        .collect();
    narrow(&mut candidates, |item| owed(instrument, assessment, &history, item));
    if assessment.plan.mode != Mode::Focus {
        narrow(&mut candidates, |item| !same_twice(&history, item));
    }
    narrow(&mut candidates, |item| !long_run(&history, item));
    if history.len() < KIND_START || two_failures(assessment, &history) {
        let kind =
            |candidate: &Candidate<'_>| success_probability(candidate.probe, belief, instrument.rule()) >= KIND_CHANCE;
        if candidates.iter().any(kind) {
            candidates.retain(kind);
        }
    }
    let per_second = |candidate: &Candidate<'_>| candidate.gain / f64::from(candidate.item.seconds.max(1));
    candidates
        .sort_by(|one, two| per_second(two).total_cmp(&per_second(one)).then_with(|| one.item.id.cmp(&two.item.id)));
    let threshold = candidates.first().map(per_second)? * CHOICE_MARGIN;
    let near_best =
        candidates.iter().take(CHOICE_AMONG).take_while(|candidate| per_second(candidate) >= threshold).count();
    let position = draw(assessment.setting.seed, history.len(), near_best);
    candidates.get(position).map(|candidate| candidate.item)
}

/// Keeps the candidates that fulfil a wish, unless none does.
fn narrow(candidates: &mut Vec<Candidate<'_>>, wish: impl Fn(&Item) -> bool) {
    if candidates.iter().any(|candidate| wish(candidate.item)) {
        candidates.retain(|candidate| wish(candidate.item));
    }
}

/// Whether asking this item now is needed for every area of the plan to get an answer, and a question with a right
/// answer, before the questions run out.
fn owed(instrument: &Instrument, assessment: &Assessment, history: &[&Item], item: &Item) -> bool {
    let area = |item: &Item| instrument.framework().area_of(&item.competence);
    let knowledge: BTreeSet<&AreaId> =
        history.iter().filter(|past| past.has_right_answer()).filter_map(|past| area(past)).collect();
    let any: BTreeSet<&AreaId> = history.iter().filter_map(|past| area(past)).collect();
    let planned: BTreeSet<&AreaId> = instrument
        .framework()
        .competences()
        .iter()
        .filter(|id| assessment.plan.covers(id))
        .filter_map(|id| instrument.framework().area_of(id))
        .collect();
    let left = usize::from(assessment.plan.most_questions()).saturating_sub(history.len());
    let (unasked, untested) = (planned.difference(&any).count(), planned.difference(&knowledge).count());
    // One question with a right answer settles both debts of its area.
    let pressing = left <= untested.max(unasked);
    let Some(area) = area(item) else { return false };
    !pressing || (item.has_right_answer() && !knowledge.contains(area))
}

fn same_twice(history: &[&Item], item: &Item) -> bool {
    matches!(history, [.., one, two] if one.competence == item.competence && two.competence == item.competence)
}

fn long_run(history: &[&Item], item: &Item) -> bool {
    let same = |past: &&&Item| past.has_right_answer() == item.has_right_answer();
    history.iter().rev().take_while(same).count() >= LONGEST_RUN
}

fn two_failures(assessment: &Assessment, history: &[&Item]) -> bool {
    let failed =
        |(answer, item): (&Answer, &&Item)| item.score(&answer.response).is_ok_and(|outcome| outcome.category == 0);
    let pairs = || assessment.answers.iter().zip(history).rev().take(2);
    pairs().count() == 2 && pairs().all(failed)
}

/// A number below `among` that depends on the seed and the question only (SplitMix64's finaliser; Steele et al. 2014).
fn draw(seed: u32, question: usize, among: usize) -> usize {
    let mut z =
        (u64::from(seed) << 32 | u64::try_from(question).unwrap_or(u64::MAX)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    let among = u64::try_from(among.max(1)).unwrap_or(1);
    usize::try_from(z % among).unwrap_or_default()
}
