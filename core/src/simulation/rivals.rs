//! Other ways to ask the same people from the same items, to compare with: fixed forms, and an adaptive test for each
//! competence. None lets one competence learn from another.

use serde::Serialize;

use super::random::{Purpose, Random};
use super::truth::World;
use super::{Person, Tally};
use crate::assessment::{Assessment, Instrument};
use crate::bank::Item;
use crate::id::{CompetenceId, ItemId};
use crate::measure::{
    Belief, BeliefError, Loading, NormalRule, Observation, Probe, Workspace, expect_answer, variance_reduction,
};
use crate::profile::Estimate;

/// Another way to ask and score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The same questions for everybody. Each competence is scored by itself, with a leniency trait of its own, so that
    /// self-reports do not pass for competence.
    Fixed,
    /// An adaptive test for each competence, scored likewise, with as many questions together as the person's sitting had.
    Separate,
    /// As fixed, but with one trait only, and so only with questions that have a right answer.
    FixedOneTrait,
    /// As separate, but with one trait only, and so only with questions that have a right answer.
    SeparateOneTrait,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fixed, Self::Separate, Self::FixedOneTrait, Self::SeparateOneTrait];

    fn has_leniency(self) -> bool {
        matches!(self, Self::Fixed | Self::Separate)
    }
}

/// What a person would have been told one of these ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub way: Way,
    /// Questions; fewer than wanted only where the bank has no more.
    pub questions: u64,
    /// Each competence of the plan, in the order of the framework.
    pub estimates: Vec<Estimate>,
}

/// One of these ways, added up over people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Which.
    pub way: Way,
    /// Questions of all people together.
    pub questions: u64,
    /// All competences of the plan.
    pub competences: Tally,
}

impl Comparison {
    pub(super) fn none() -> Vec<Self> {
        Way::ALL.iter().map(|way| Self { way: *way, questions: 0, competences: Tally::default() }).collect()
    }

    pub(super) fn add(&mut self, truths: &[f64], told: &Told) {
        self.competences.add(truths.iter().copied().zip(&told.estimates));
        self.questions += told.questions;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.competences.merge(&other.competences);
        self.questions += other.questions;
    }
}

/// The ways, made ready for one instrument.
#[derive(Debug, Clone)]
pub(super) struct Rivals {
    ways: Vec<(Way, Vec<Separate>)>,
    rule: NormalRule,
}

/// A competence by itself.
#[derive(Debug, Clone)]
struct Separate {
    /// The competence and, where it has one, its leniency, each as the bank's model has it.
    prior: Belief,
    items: Vec<(ItemId, Probe)>,
    /// Positions of the items of the fixed form.
    form: Vec<usize>,
}

/// Answers to a competence's items.
type Answers = Vec<(Probe, u8)>;

impl Rivals {
    /// For the competences of the plan of `blank`, an assessment without answers. A fixed form has `each` questions for each
    /// competence: those that can be expected to tell most of somebody of whom nothing is known, chosen one after another.
    pub(super) fn new(instrument: &Instrument, blank: &Assessment, each: u16) -> Result<Self, BeliefError> {
        let rule = NormalRule::standard();
        let whole = instrument.belief(blank).belief;
        let planned = || instrument.framework().competences().iter().enumerate();
        let planned = || planned().filter(|(_, id)| blank.plan.covers(id));
        let way = |way: Way| {
            let competences = planned().map(|number| Separate::new(instrument, &whole, number, way, each, &rule));
            Ok((way, competences.collect::<Result<_, _>>()?))
        };
        Ok(Self { ways: Way::ALL.into_iter().map(way).collect::<Result<_, _>>()?, rule })
    }

    /// Seats a person every way.
    pub(super) fn sit(&self, world: &World, person: &Person, seed: u64, number: u64, questions: usize) -> Vec<Told> {
        let told = |(way, competences): &(Way, Vec<Separate>)| {
            let answers = match way {
                Way::Fixed | Way::FixedOneTrait => {
                    let random = &mut Random::stream(seed, Purpose::FixedForm, number);
                    competences.iter().map(|own| own.answer_form(world, person, random)).collect()
                }
                Way::Separate | Way::SeparateOneTrait => {
                    let random = &mut Random::stream(seed, Purpose::Separate, number);
                    self.separate_tests(competences, world, person, random, questions)
                }
            };
            Told {
                way: *way,
                questions: answers.iter().map(|own| own.len() as u64).sum(),
                estimates: competences.iter().zip(&answers).map(|(own, answers)| self.told(own, answers)).collect(),
            }
        };
        self.ways.iter().map(told).collect()
    }

    /// Asks, again and again, the question that takes most off the variance of its own competence; as many as wanted.
    fn separate_tests(
        &self,
        competences: &[Separate],
        world: &World,
        person: &Person,
        random: &mut Random,
        questions: usize,
    ) -> Vec<Answers> {
        let mut tests: Vec<Test<'_>> = competences.iter().map(|own| Test::new(own, &self.rule)).collect();
        for _ in 0..questions {
            let offers = tests.iter_mut().filter(|test| test.best.is_some());
            let gain = |test: &Test<'_>| test.best.map_or(0.0, |(_, gain)| gain);
            let Some(test) = offers.max_by(|one, two| gain(one).total_cmp(&gain(two))) else { break };
            test.ask(world, person, random, &self.rule);
        }
        tests.into_iter().map(|test| test.answers).collect()
    }

    fn told(&self, own: &Separate, answers: &Answers) -> Estimate {
        let direct = u16::try_from(answers.len()).unwrap_or(u16::MAX);
        Estimate::new(&own.belief(answers, &self.rule).marginal(0), direct)
    }
}

/// A competence's own adaptive test under way.
struct Test<'a> {
    own: &'a Separate,
    answers: Answers,
    asked: Vec<usize>,
    /// The question that tells most, and what it takes off the variance; changes only when one is answered.
    best: Option<(usize, f64)>,
}

impl<'a> Test<'a> {
    fn new(own: &'a Separate, rule: &NormalRule) -> Self {
        Self { own, answers: Vec::new(), asked: Vec::new(), best: best(&own.items, &own.prior, &[], rule) }
    }

    fn ask(&mut self, world: &World, person: &Person, random: &mut Random, rule: &NormalRule) {
        let Some((position, (id, probe))) =
            self.best.take().and_then(|(position, _)| Some((position, self.own.items.get(position)?)))
        else {
            return;
        };
        self.answers.push((probe.clone(), world.answer(person, id, random)));
        self.asked.push(position);
        self.best = best(&self.own.items, &self.own.belief(&self.answers, rule), &self.asked, rule);
    }
}

impl Separate {
    fn new(
        instrument: &Instrument,
        whole: &Belief,
        (number, id): (usize, &CompetenceId),
        way: Way,
        each: u16,
        rule: &NormalRule,
    ) -> Result<Self, BeliefError> {
        let own = whole.marginal(number);
        let area = instrument.framework().area_of(id).and_then(|area| instrument.leniency_of(area));
        let prior = match area.filter(|_| way.has_leniency()).map(|leniency| whole.marginal(leniency)) {
            Some(leniency) => {
                Belief::new(vec![own.mean, leniency.mean], vec![own.variance, 0.0, 0.0, leniency.variance])?
            }
            None => Belief::new(vec![own.mean], vec![own.variance])?,
        };
        let wanted = |item: &&Item| item.competence == *id && (item.has_right_answer() || way.has_leniency());
        let probe = |item: &Item| Probe {
            loading: Loading { competence: 0, leniency: (!item.has_right_answer()).then_some(1) },
            model: item.model.clone(),
        };
        let items = instrument.bank().items().iter().filter(wanted);
        let items: Vec<(ItemId, Probe)> = items.map(|item| (item.id.clone(), probe(item))).collect();
        let (mut expected, mut form, mut scratch) = (prior.clone(), Vec::new(), Vec::new());
        for _ in 0..each {
            let Some((position, _)) = best(&items, &expected, &form, rule) else { break };
            if let Some((_, probe)) = items.get(position) {
                expect_answer(probe, &mut expected, rule, &mut scratch);
            }
            form.push(position);
        }
        Ok(Self { prior, items, form })
    }

    fn answer_form(&self, world: &World, person: &Person, random: &mut Random) -> Answers {
        let items = self.form.iter().filter_map(|position| self.items.get(*position));
        items.map(|(id, probe)| (probe.clone(), world.answer(person, id, random))).collect()
    }

    fn belief(&self, answers: &Answers, rule: &NormalRule) -> Belief {
        let observations: Vec<Observation<'_>> =
            answers.iter().map(|(probe, category)| Observation { probe, category: *category }).collect();
        let mut workspace = Workspace::new(&self.prior);
        workspace.infer(&self.prior, &observations, rule);
        workspace.into_belief()
    }
}

/// The item not yet asked that takes most off the variance of the competence, and how much.
fn best(items: &[(ItemId, Probe)], belief: &Belief, asked: &[usize], rule: &NormalRule) -> Option<(usize, f64)> {
    let mut scratch = Vec::new();
    let free = items.iter().enumerate().filter(|(position, _)| !asked.contains(position));
    free.map(|(position, (_, probe))| (position, variance_reduction(probe, belief, &[1.0], rule, &mut scratch)))
        .max_by(|one, two| one.1.total_cmp(&two.1))
}
