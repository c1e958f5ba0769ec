//! A framework and a bank, ready to measure.

use super::memo::{Categories, Posteriors, Steps};
use super::{Answer, Assessment, AssessmentError, Ending};
use crate::bank::{Bank, BankError, BankText, Item};
use crate::framework::{Framework, FrameworkError, FrameworkText};
use crate::id::AreaId;
use crate::measure::{
    Belief, Inference, Loading, NormalRule, Observation, Probe, Workspace, population, variance_reduction,
};

/// Framework and bank with the prior and the probes that the measurement works with.
#[derive(Debug, Clone)]
pub struct Instrument {
    framework: Framework,
    bank: Bank,
    prior: Belief,
    probes: Vec<Probe>,
    areas: Vec<usize>,
    rule: NormalRule,
    posteriors: Posteriors,
    steps: Steps,
}

impl Instrument {
    /// Prepares a bank that was checked against this framework.
    ///
    /// # Errors
    /// If the bank's population model is not positive definite.
    pub fn new(framework: Framework, bank: Bank) -> Result<Self, AssessmentError> {
        let areas: Vec<usize> = framework
            .areas()
            .iter()
            .enumerate()
            .flat_map(|(number, area)| area.competences.iter().map(move |_| number))
            .collect();
        let prior = population(&bank.document().model, &areas)?;
        let probes = bank.items().iter().map(|item| probe(item, &framework, &areas)).collect();
        Ok(Self {
            framework,
            bank,
            prior,
            probes,
            areas,
            rule: NormalRule::standard(),
            posteriors: Posteriors::default(),
            steps: Steps::default(),
        })
    }

    /// The framework that results are given in.
    #[must_use]
    pub fn framework(&self) -> &Framework {
        &self.framework
    }

    /// The bank that questions come from.
    #[must_use]
    pub fn bank(&self) -> &Bank {
        &self.bank
    }

    /// Adds words of some items, see [`Bank::add_texts`].
    ///
    /// # Errors
    /// The first fault found, with its place; the instrument stays as it was.
    pub fn add_texts(&mut self, text: BankText) -> Result<(), BankError> {
        self.bank.add_texts(text)
    }

    /// Adds names of the framework in a further language, see [`Framework::add_names`].
    ///
    /// # Errors
    /// The first fault found, with its place; the instrument stays as it was.
    pub fn add_names(&mut self, names: FrameworkText) -> Result<(), FrameworkError> {
        self.framework.add_names(names)
    }

    /// Number of competence traits; the leniency traits of the areas come after them.
    #[must_use]
    pub fn competences(&self) -> usize {
        self.areas.len()
    }

    /// The leniency trait of an area.
    #[must_use]
    pub fn leniency_of(&self, area: &AreaId) -> Option<usize> {
        let number = self.framework.areas().iter().position(|candidate| candidate.id == *area)?;
        Some(self.competences() + number)
    }

    /// What is believed of a person before any answer.
    pub(crate) fn prior(&self) -> &Belief {
        &self.prior
    }

    /// Items with their probes.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = (&Item, &Probe)> {
        self.bank.items().iter().zip(&self.probes)
    }

    pub(super) fn rule(&self) -> &NormalRule {
        &self.rule
    }

    /// Expected decrease of Σ weight·variance by the answer to an item, squared levels.
    pub(super) fn gain(&self, probe: &Probe, belief: &Belief, weights: &[f64], scratch: &mut Vec<f64>) -> f64 {
        variance_reduction(probe, belief, weights, &self.rule, scratch)
    }

    /// The posterior after these answers. Taken in the order of the bank, so that the result is the same to the bit
    /// however the questions were ordered.
    pub(super) fn infer(&self, answers: &[Answer]) -> Inference {
        let mut categories = vec![None; self.probes.len()];
        for (position, category) in answers.iter().filter_map(|answer| self.scored(answer)) {
            if let (Some(known), Some(_)) = (categories.get_mut(position), category) {
                *known = category;
            }
        }
        self.posteriors.recall(categories, |categories| self.infer_from(categories))
    }

    /// The position of an answer's item, and the category that it falls into; none where it says nothing.
    pub(super) fn scored(&self, answer: &Answer) -> Option<(usize, Option<u8>)> {
        let (position, item) = self.bank.item(&answer.item)?;
        let outcome = item.score(&answer.response).ok().flatten();
        Some((position, outcome.map(|outcome| outcome.category)))
    }

    /// The item that comes next, or why none does: what is remembered of this sitting, else what `find` finds.
    pub(super) fn recall_step<'a>(
        &'a self,
        assessment: &Assessment,
        find: impl FnOnce() -> Result<&'a Item, Ending>,
    ) -> Result<&'a Item, Ending> {
        let Assessment { plan, setting, answers, .. } = assessment;
        let position = |item: &Item| self.bank.item(&item.id).map(|(position, _)| position).ok_or(Ending::Exhausted);
        let answers = answers.iter().map(|answer| self.scored(answer)).collect();
        let found = self.steps.recall((plan.clone(), setting.seed, answers), |_| find().and_then(position));
        found.and_then(|position| self.bank.items().get(position).ok_or(Ending::Exhausted))
    }

    fn infer_from(&self, categories: &Categories) -> Inference {
        let answered = self.probes.iter().zip(categories);
        let observation = |(probe, category): (_, &Option<u8>)| Some(Observation { probe, category: (*category)? });
        let observations: Vec<Observation<'_>> = answered.filter_map(observation).collect();
        let mut workspace = Workspace::new(&self.prior);
        let convergence = workspace.infer(&self.prior, &observations, &self.rule);
        Inference { belief: workspace.into_belief(), convergence }
    }
}

fn probe(item: &Item, framework: &Framework, areas: &[usize]) -> Probe {
    // The bank was checked against the framework, so that every item has a position.
    let competence = framework.position(&item.competence).unwrap_or_default();
    let area = areas.get(competence).copied().unwrap_or_default();
    let leniency = (!item.has_right_answer()).then_some(areas.len() + area);
    Probe { loading: Loading { competence, leniency }, model: item.model.clone() }
}
