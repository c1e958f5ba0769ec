//! What an assessment says to a person: levels with their uncertainty, and on what they rest.

mod leniency;
mod milestone;
mod translation;

pub use leniency::{Leniency, Ratings};
pub use milestone::Milestone;
pub use translation::{Reason, Subject, TranslatedConcept, TranslatedLevel, Translation, Untranslated};

use serde::{Deserialize, Serialize};

use crate::assessment::{Assessment, Instrument};
use crate::id::{AreaId, CompetenceId};
use crate::measure::{Belief, Inference, Marginal};
use crate::units::{Level, Thousandths};

/// Direct answers from which a competence counts as measured.
const MEASURED_FROM: u16 = 2;
/// Probability of lying above (or below) the person's own average that makes a strength (or a gap).
const CLEARLY: f64 = 0.8;

/// A person's results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Profile {
    /// The competences of the plan, in the order of the framework.
    pub competences: Vec<CompetenceResult>,
    /// The areas of the plan, in the order of the framework.
    pub areas: Vec<AreaResult>,
    /// Over all competences of the plan.
    pub overall: Estimate,
    /// Competences clearly above the person's own average, the clearest first; at most three.
    pub strengths: Vec<CompetenceId>,
    /// Competences clearly below the person's own average, the clearest first; at most three.
    pub gaps: Vec<CompetenceId>,
    /// Whether it rests on parameters that are the authors' judgement.
    pub provisional: bool,
    /// Questions answered; those skipped do not count.
    pub answered: u16,
    /// Whether the answers contradict each other so much that the estimates did not settle: they are approximate then.
    #[serde(default, skip_serializing_if = "is_settled")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub unsettled: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_settled(unsettled: &bool) -> bool {
    !unsettled
}

/// A competence's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompetenceResult {
    /// The competence.
    pub competence: CompetenceId,
    /// What is estimated.
    pub estimate: Estimate,
}

/// An area's result: the mean of its competences, from their joint distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AreaResult {
    /// The area.
    pub area: AreaId,
    /// What is estimated.
    pub estimate: Estimate,
    /// How the person's ratings of themselves compare with their answers; none unless there are both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub leniency: Option<Leniency>,
}

/// An estimate with its uncertainty. All numbers but counts and levels are thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// Median (and mean), thousandths of a level.
    pub median: Thousandths,
    /// Standard error, thousandths of a level.
    pub standard_error: Thousandths,
    /// Lower bound of the 90 % interval, thousandths of a level.
    pub low: Thousandths,
    /// Upper bound of the 90 % interval, thousandths of a level.
    pub high: Thousandths,
    /// The level that holds the median.
    pub level: Level,
    /// The level that holds the lower bound.
    pub lowest_level: Level,
    /// The level that holds the upper bound.
    pub highest_level: Level,
    /// Probability of each level, lowest first, thousandths.
    pub probabilities: Vec<Thousandths>,
    /// Direct answers that it rests on.
    pub answers: u16,
    /// How well it is founded.
    pub evidence: Evidence,
}

/// How well an estimate is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Evidence {
    /// On enough answers of its own.
    Measured,
    /// On answers about related competences.
    Inferred,
    /// On too little: the 90 % interval is wider than three levels. Nothing is recommended or compared on it.
    NotEnough,
}

impl Profile {
    /// The results of an assessment, finished or not.
    #[must_use]
    pub fn of(instrument: &Instrument, assessment: &Assessment) -> Self {
        let Inference { belief, convergence } = instrument.belief(assessment);
        let framework = instrument.framework();
        let planned: Vec<(usize, &CompetenceId)> =
            framework.competences().iter().enumerate().filter(|(_, id)| assessment.plan.covers(id)).collect();
        let answers = |wanted: &dyn Fn(&CompetenceId) -> bool| {
            let about = |item| instrument.bank().item(item).is_some_and(|(_, item)| wanted(&item.competence));
            let given = assessment.answers.iter().filter(|answer| answer.response.is_answer());
            u16::try_from(given.filter(|answer| about(&answer.item)).count()).unwrap_or(u16::MAX)
        };
        let competences: Vec<CompetenceResult> = planned
            .iter()
            .map(|(number, id)| CompetenceResult {
                competence: (*id).clone(),
                estimate: Estimate::new(&belief.marginal(*number), answers(&|about| about == *id)),
            })
            .collect();
        let areas = framework
            .areas()
            .iter()
            .filter_map(|area| {
                let members = planned.iter().filter(|(_, id)| area.competences.contains(id)).map(|(number, _)| *number);
                let mean = mean_of(&belief, &members.collect::<Vec<_>>())?;
                let direct = answers(&|about| area.competences.contains(about));
                let leniency = Leniency::of(instrument, assessment, area, &belief);
                Some(AreaResult { area: area.id.clone(), estimate: Estimate::new(&mean, direct), leniency })
            })
            .collect();
        let numbers: Vec<usize> = planned.iter().map(|(number, _)| *number).collect();
        let overall = mean_of(&belief, &numbers).unwrap_or_else(|| belief.marginal(0));
        let (strengths, gaps) = standing_out(&belief, &numbers, &competences);
        Self {
            competences,
            areas,
            overall: Estimate::new(&overall, answers(&|_| true)),
            strengths,
            gaps,
            provisional: instrument.bank().rests_on_judgement(assessment.answers.iter().map(|answer| &answer.item)),
            answered: answers(&|_| true),
            unsettled: !convergence.converged,
        }
    }
}

impl Estimate {
    pub(crate) fn new(marginal: &Marginal, answers: u16) -> Self {
        let (low, high) = marginal.interval();
        let evidence = if marginal.is_vague() {
            Evidence::NotEnough
        } else if answers >= MEASURED_FROM {
            Evidence::Measured
        } else {
            Evidence::Inferred
        };
        Self {
            median: Thousandths::from_f64(marginal.mean),
            standard_error: Thousandths::from_f64(marginal.sd()),
            low: Thousandths::from_f64(low),
            high: Thousandths::from_f64(high),
            level: marginal.level(),
            lowest_level: Level::of(low),
            highest_level: Level::of(high),
            probabilities: marginal.level_probabilities().into_iter().map(Thousandths::from_f64).collect(),
            answers,
            evidence,
        }
    }
}

fn equal_weights(numbers: &[usize]) -> Vec<(usize, f64)> {
    let weight = 1.0 / f64::from(u32::try_from(numbers.len().max(1)).unwrap_or(u32::MAX));
    numbers.iter().map(|number| (*number, weight)).collect()
}

fn mean_of(belief: &Belief, numbers: &[usize]) -> Option<Marginal> {
    (!numbers.is_empty()).then(|| belief.combination(&equal_weights(numbers)))
}

/// Competences that differ clearly from the person's own average, by the joint distribution of both.
fn standing_out(
    belief: &Belief,
    numbers: &[usize],
    results: &[CompetenceResult],
) -> (Vec<CompetenceId>, Vec<CompetenceId>) {
    let average = equal_weights(numbers);
    let mut above: Vec<(f64, &CompetenceId)> = Vec::new();
    for (number, result) in numbers.iter().zip(results) {
        if result.estimate.evidence == Evidence::NotEnough || numbers.len() < 2 {
            continue;
        }
        let own = |other: usize| if other == *number { 1.0 } else { 0.0 };
        let difference: Vec<_> = average.iter().map(|(other, weight)| (*other, own(*other) - weight)).collect();
        above.push((1.0 - belief.combination(&difference).below(0.0), &result.competence));
    }
    let strengths = clearest(&above, |p| p);
    let gaps = clearest(&above, |p| 1.0 - p);
    (strengths, gaps)
}

/// At most three competences whose probability is at least [`CLEARLY`], the clearest first.
fn clearest(all: &[(f64, &CompetenceId)], probability: impl Fn(f64) -> f64) -> Vec<CompetenceId> {
    let mut left: Vec<_> = all.iter().map(|(p, id)| (probability(*p), *id)).filter(|(p, _)| *p >= CLEARLY).collect();
    let mut found = Vec::new();
    while found.len() < 3 {
        let best = left.iter().enumerate().max_by(|(_, (one, _)), (_, (two, _))| one.total_cmp(two));
        let Some((position, _)) = best else { break };
        found.push(left.remove(position).1.clone());
    }
    found
}
