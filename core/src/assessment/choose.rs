//! Which item comes next, and when to stop.

use super::{Answer, Assessment, Ending, Instrument, Mode, Plan, Rule, Step, form};
use crate::bank::Item;
use crate::framework::AreaDocument;
use crate::measure::{Belief, Probe, success_probability};

/// Expected decrease of the mean variance, squared levels, below which another question is not worth the learner's time:
/// at a standard error of one level it would take off a ten-thousandth of it.
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

/// An item that may be asked.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) item: &'a Item,
    pub(super) probe: &'a Probe,
    /// Expected decrease of the mean variance of the plan's competences, squared levels.
    pub(super) gain: f64,
}

impl Candidate<'_> {
    fn per_second(&self) -> f64 {
        self.gain / f64::from(self.item.seconds.max(1))
    }
}

/// The item that is asked, and why it is this one.
pub(super) struct Choice<'a> {
    pub(super) candidate: Candidate<'a>,
    pub(super) rule: Rule,
    /// How many nearly equal ones it was drawn from.
    pub(super) among: usize,
}

pub(super) fn step<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Step<'a> {
    if !assessment.plan.form.is_empty() {
        return form::step(instrument, assessment);
    }
    let find = || {
        let belief = instrument.infer(&assessment.answers).belief;
        next(instrument, assessment, &belief).map(|choice| choice.candidate.item)
    };
    match instrument.recall_step(assessment, find) {
        Ok(item) => Step::Ask(item),
        Err(ending) => Step::Finished(ending),
    }
}

/// The first question. No answer bears on it, and no plan ends before it, so that what is believed is the prior.
pub(super) fn opening<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Step<'a> {
    if !assessment.plan.form.is_empty() {
        return form::step(instrument, assessment);
    }
    let candidates = candidates(instrument, &assessment.plan, &[], instrument.prior());
    match choose(instrument, assessment, instrument.prior(), &[], candidates) {
        Some(choice) => Step::Ask(choice.candidate.item),
        None => Step::Finished(Ending::Exhausted),
    }
}

/// All that an assessment with this plan can open with, whatever its seed.
pub(super) fn openings<'a>(instrument: &'a Instrument, plan: &Plan) -> Vec<&'a Item> {
    let candidates = candidates(instrument, plan, &[], instrument.prior());
    let wished = wished(instrument, plan, instrument.prior(), &[], candidates);
    wished.map(|(near_best, _)| near_best.iter().map(|candidate| candidate.item).collect()).unwrap_or_default()
}

/// What comes next, from what is believed after the answers.
pub(super) fn next<'a>(
    instrument: &'a Instrument,
    assessment: &Assessment,
    belief: &Belief,
) -> Result<Choice<'a>, Ending> {
    // Skipped questions count: a sitting must not become longer by them.
    let answered = assessment.answers.len();
    if answered >= usize::from(assessment.plan.most_questions()) {
        return Err(Ending::Length);
    }
    let history = history(instrument, assessment);
    let candidates = candidates(instrument, &assessment.plan, &assessment.answers, belief);
    let Some(best) = best_gain(&candidates) else { return Err(Ending::Exhausted) };
    let may_end = answered >= usize::from(assessment.plan.fewest_questions())
        && debts(instrument, &assessment.plan, &history, &candidates).is_empty();
    if may_end && is_precise(instrument, assessment, belief) {
        return Err(Ending::Precise);
    }
    if may_end && best < GAIN_FLOOR && was_low_before(instrument, assessment) {
        return Err(Ending::LittleToGain);
    }
    choose(instrument, assessment, belief, &history, candidates).ok_or(Ending::Exhausted)
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
    best_gain(&candidates(instrument, &assessment.plan, before, &belief)).is_some_and(|gain| gain < GAIN_FLOOR)
}

/// Every item that the plan allows, that was not asked and that no item asked gives away.
pub(super) fn candidates<'a>(
    instrument: &'a Instrument,
    plan: &Plan,
    answers: &[Answer],
    belief: &Belief,
) -> Vec<Candidate<'a>> {
    let mut asked = vec![false; instrument.bank().items().len()];
    for answer in answers {
        let Some((position, _)) = instrument.bank().item(&answer.item) else { continue };
        for closed in instrument.bank().enemies_of(position).chain([position]) {
            if let Some(flag) = asked.get_mut(closed) {
                *flag = true;
            }
        }
    }
    let weights: Vec<f64> = weights(instrument, plan);
    let mut scratch = Vec::with_capacity(belief.traits());
    let mut candidates = Vec::with_capacity(asked.len());
    for ((item, probe), asked) in instrument.candidates().zip(asked) {
        if !asked && plan.covers(&item.competence) {
            let gain = instrument.gain(probe, belief, &weights, &mut scratch);
            candidates.push(Candidate { item, probe, gain });
        }
    }
    candidates
}

/// Equal weights over the plan's competences, adding up to one.
pub(super) fn weights(instrument: &Instrument, plan: &Plan) -> Vec<f64> {
    let ids = instrument.framework().competences();
    let covered = ids.iter().filter(|id| plan.covers(id)).count();
    let weight = 1.0 / f64::from(u32::try_from(covered.max(1)).unwrap_or(u32::MAX));
    ids.iter().map(|id| if plan.covers(id) { weight } else { 0.0 }).collect()
}

fn choose<'a>(
    instrument: &'a Instrument,
    assessment: &Assessment,
    belief: &Belief,
    history: &[Past<'_>],
    candidates: Vec<Candidate<'a>>,
) -> Option<Choice<'a>> {
    let (near_best, rule) = wished(instrument, &assessment.plan, belief, history, candidates)?;
    let position = drawn(assessment.setting.seed, history.len(), near_best.len());
    let candidate = near_best.get(position).copied()?;
    Some(Choice { candidate, rule, among: near_best.len() })
}

/// The candidates that the seed draws from, and the rule that they were found by; none if there is no candidate.
fn wished<'a>(
    instrument: &'a Instrument,
    plan: &Plan,
    belief: &Belief,
    history: &[Past<'_>],
    candidates: Vec<Candidate<'a>>,
) -> Option<(Vec<Candidate<'a>>, Rule)> {
    let debts = debts(instrument, plan, history, &candidates);
    let left = usize::from(plan.most_questions()).saturating_sub(history.len());
    let mut wishes = Wishes { favourite: favourite(&candidates)?.1.item, candidates, rule: Rule::BestPerSecond };
    if left <= debts.len() {
        wishes.narrow(Rule::OwedArea, |candidate| debts.iter().any(|debt| debt.is_settled_by(candidate.item)));
    }
    if plan.mode != Mode::Focus {
        wishes.narrow(Rule::OtherCompetence, |candidate| !same_twice(history, candidate.item));
    }
    wishes.narrow(Rule::OtherKind, |candidate| !long_run(history, candidate.item));
    let kindness = if history.len() < KIND_START {
        Some(Rule::KindStart)
    } else {
        two_failures(history).then_some(Rule::KindAfterFailures)
    };
    if let Some(rule) = kindness {
        wishes.narrow(rule, |candidate| success_probability(candidate.probe, belief, instrument.rule()) >= KIND_CHANCE);
    }
    Some((near_best(wishes.candidates), wishes.rule))
}

/// The candidates that are left, and the rule that the best of all fell victim to.
struct Wishes<'a> {
    candidates: Vec<Candidate<'a>>,
    favourite: &'a Item,
    rule: Rule,
}

impl Wishes<'_> {
    /// Keeps the candidates that fulfil a wish, unless none does.
    fn narrow(&mut self, rule: Rule, wish: impl Fn(&Candidate<'_>) -> bool) {
        if !self.candidates.iter().any(&wish) {
            return;
        }
        self.candidates.retain(wish);
        let lost = !self.candidates.iter().any(|candidate| candidate.item.id == self.favourite.id);
        if lost && self.rule == Rule::BestPerSecond {
            self.rule = rule;
        }
    }
}

/// The candidate with the highest gain per second, and its position; of equals the one with the lowest id.
pub(super) fn favourite<'a, 'c>(candidates: &'c [Candidate<'a>]) -> Option<(usize, &'c Candidate<'a>)> {
    candidates.iter().enumerate().max_by(|(_, one), (_, two)| {
        one.per_second().total_cmp(&two.per_second()).then_with(|| two.item.id.cmp(&one.item.id))
    })
}

/// The few best candidates, gain per second, that are nearly as good as the best; the best first.
fn near_best(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut best: Vec<Candidate<'_>> = Vec::new();
    while best.len() < CHOICE_AMONG {
        let Some((position, next)) = favourite(&candidates) else { break };
        if best.first().is_some_and(|first| next.per_second() < first.per_second() * CHOICE_MARGIN) {
            break;
        }
        best.push(candidates.swap_remove(position));
    }
    best
}

/// What an area of the plan has not got yet: a question with a right answer, or, where the bank has none left, a question.
struct Debt<'a> {
    area: &'a AreaDocument,
    right_answer: bool,
}

impl Debt<'_> {
    fn is_settled_by(&self, item: &Item) -> bool {
        self.area.competences.contains(&item.competence) && (item.has_right_answer() || !self.right_answer)
    }
}

/// What the areas of the plan have not got yet and can still get.
fn debts<'a>(
    instrument: &'a Instrument,
    plan: &Plan,
    history: &[Past<'_>],
    candidates: &[Candidate<'_>],
) -> Vec<Debt<'a>> {
    let planned = |area: &&AreaDocument| area.competences.iter().any(|id| plan.covers(id));
    let debt = |area: &'a AreaDocument| {
        let can = |debt: &Debt<'_>| candidates.iter().any(|candidate| debt.is_settled_by(candidate.item));
        // What was skipped says nothing, so that the area is still owed a question.
        let paid =
            |debt: &Debt<'_>| history.iter().any(|past| past.category.is_some() && debt.is_settled_by(past.item));
        let tested = Debt { area, right_answer: true };
        let asked = Debt { area, right_answer: false };
        if paid(&tested) {
            None
        } else if can(&tested) {
            Some(tested)
        } else {
            Some(asked).filter(|asked| !paid(asked) && can(asked))
        }
    };
    instrument.framework().areas().iter().filter(planned).filter_map(debt).collect()
}

/// A question that was asked, and what came of it.
pub(super) struct Past<'a> {
    pub(super) item: &'a Item,
    /// The category answered; none if it was skipped.
    category: Option<u8>,
}

pub(super) fn history<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Vec<Past<'a>> {
    let past = |answer: &Answer| {
        let (position, category) = instrument.scored(answer)?;
        Some(Past { item: instrument.bank().items().get(position)?, category })
    };
    assessment.answers.iter().filter_map(past).collect()
}

impl<'a> Past<'a> {
    /// A question that will have been asked, whatever comes of it.
    pub(super) fn foreseen(item: &'a Item) -> Self {
        Self { item, category: None }
    }
}

pub(super) fn same_twice(history: &[Past<'_>], item: &Item) -> bool {
    let same = |past: &Past<'_>| past.item.competence == item.competence;
    matches!(history, [.., one, two] if same(one) && same(two))
}

fn long_run(history: &[Past<'_>], item: &Item) -> bool {
    let same = |past: &&Past<'_>| past.item.has_right_answer() == item.has_right_answer();
    history.iter().rev().take_while(same).count() >= LONGEST_RUN
}

/// Whether the last two questions that were answered, not skipped, went wrong.
fn two_failures(history: &[Past<'_>]) -> bool {
    let last = || history.iter().rev().filter_map(|past| past.category).take(2);
    last().count() == 2 && last().all(|category| category == 0)
}

/// A number below `among` that depends on the seed and the question only (SplitMix64's finaliser; Steele et al. 2014).
pub(crate) fn drawn(seed: u32, question: usize, among: usize) -> usize {
    let mut z =
        (u64::from(seed) << 32 | u64::try_from(question).unwrap_or(u64::MAX)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    let among = u64::try_from(among.max(1)).unwrap_or(1);
    usize::try_from(z % among).unwrap_or_default()
}
