//! Two assessments of one person: what rose, what fell, and what lies within the uncertainty.
//!
//! The change of a trait is the difference of two estimates that err independently: its variance is the sum of both
//! (Jacobson & Truax 1991, the reliable change index, with each standard error where they have one for both). Estimates
//! that lean on the prior err less apart than this says, since both lean the same way, and so does a person's leniency:
//! a change is called one rather too seldom than too often. It is called one where the 90 % interval of the difference
//! does not hold zero.

use serde::Serialize;
use thiserror::Error;
use uuid::Uuid;

use super::{AssessmentRecord, Content, Passport, ResultRecord};
use crate::assessment::{Assessment, Instrument};
use crate::bank::BankReference;
use crate::framework::FrameworkReference;
use crate::id::{AreaId, CompetenceId};
use crate::measure::{Belief, Marginal};
use crate::profile::{AreaResult, CompetenceResult, Estimate, Evidence};
use crate::units::{Thousandths, Timestamp};

/// The results of one assessment, from an assessment or from a shared copy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured<'a> {
    /// Identity of the record.
    pub id: Uuid,
    /// When it was finished.
    pub at: &'a Timestamp,
    /// The framework of the results.
    pub framework: &'a FrameworkReference,
    /// The bank of the questions.
    pub bank: &'a BankReference,
    /// Areas.
    pub areas: &'a [AreaResult],
    /// Competences.
    pub competences: &'a [CompetenceResult],
    /// Over all competences, where that is known.
    pub overall: Option<&'a Estimate>,
    /// Questions and answers, where they are known.
    pub assessment: Option<&'a Assessment>,
}

impl<'a> From<&'a AssessmentRecord> for Measured<'a> {
    fn from(record: &'a AssessmentRecord) -> Self {
        Self {
            id: record.id,
            at: &record.at,
            framework: &record.assessment.framework,
            bank: &record.assessment.bank,
            areas: &record.profile.areas,
            competences: &record.profile.competences,
            overall: Some(&record.profile.overall),
            assessment: Some(&record.assessment),
        }
    }
}

impl<'a> From<&'a ResultRecord> for Measured<'a> {
    fn from(record: &'a ResultRecord) -> Self {
        Self {
            id: record.id,
            at: &record.at,
            framework: &record.framework,
            bank: &record.bank,
            areas: &record.areas,
            competences: &record.competences,
            overall: record.overall.as_ref(),
            assessment: None,
        }
    }
}

impl Passport {
    /// Everything in a passport that can be compared, oldest first.
    #[must_use]
    pub fn measured(&self) -> Vec<Measured<'_>> {
        let all = self.records().into_iter().filter_map(|record| match record.content() {
            Content::Assessment(assessment) => Some(Measured::from(assessment.as_ref())),
            Content::Result(result) => Some(Measured::from(result.as_ref())),
            _ => None,
        });
        all.collect()
    }
}

/// Results that cannot be compared at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ComparisonError {
    /// Levels of different frameworks.
    #[error("results on {before} and on {after} cannot be compared; compare two on the same framework")]
    OtherFramework {
        /// The framework before.
        before: FrameworkReference,
        /// The framework after.
        after: FrameworkReference,
    },
    /// The same assessment twice.
    #[error("record {id} cannot be compared with itself")]
    Same {
        /// The record.
        id: Uuid,
    },
}

impl ComparisonError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OtherFramework { .. } => "other-framework",
            Self::Same { .. } => "same-record",
        }
    }
}

/// What a comparison rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Basis {
    /// The joint distributions, computed again from the answers: means over areas take the covariances in, and are over
    /// the competences that both assessments set out to measure.
    Answers,
    /// The estimates that stand in the records. Areas and the whole are compared only where both are over the same
    /// competences.
    Estimates,
}

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum ChangeKind {
    /// Higher, beyond the uncertainty.
    Risen,
    /// Lower, beyond the uncertainty.
    Fallen,
    /// The difference lies within the uncertainty.
    WithinUncertainty,
    /// Not compared: one of the two rests on too little.
    NotEnough,
    /// Not compared: only one of the two measured it, or each over other competences.
    NotBoth,
}

/// A change. The numbers are thousandths of a level, and are there only where something is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Change {
    /// How it changed.
    pub kind: ChangeKind,
    /// After minus before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub difference: Option<Thousandths>,
    /// Lower bound of the 90 % interval of the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub low: Option<Thousandths>,
    /// Upper bound of the 90 % interval of the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub high: Option<Thousandths>,
}

/// How an area changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AreaChange {
    /// The area.
    pub area: AreaId,
    /// How it changed.
    pub change: Change,
}

/// How a competence changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CompetenceChange {
    /// The competence.
    pub competence: CompetenceId,
    /// How it changed.
    pub change: Change,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Comparison {
    /// The earlier record.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub before: Uuid,
    /// When it was finished.
    pub before_at: Timestamp,
    /// The later record.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub after: Uuid,
    /// When it was finished.
    pub after_at: Timestamp,
    /// The framework of both.
    pub framework: FrameworkReference,
    /// Whether both come from the same questions.
    pub same_bank: bool,
    /// What it rests on.
    pub basis: Basis,
    /// Over all competences.
    pub overall: Change,
    /// Areas that either has, in order.
    pub areas: Vec<AreaChange>,
    /// Competences that either has, in order.
    pub competences: Vec<CompetenceChange>,
}

/// Compares two records; the earlier one counts as before, whichever is given first.
///
/// Where both have their answers and `instrument` is what they were made with, the joint distributions are compared.
///
/// # Errors
/// If they are one and the same, or of different frameworks.
pub fn compare(
    one: Measured<'_>,
    two: Measured<'_>,
    instrument: Option<&Instrument>,
) -> Result<Comparison, ComparisonError> {
    let (before, after) = if (one.at, one.id) <= (two.at, two.id) { (one, two) } else { (two, one) };
    if before.id == after.id {
        return Err(ComparisonError::Same { id: before.id });
    }
    if before.framework != after.framework {
        let (before, after) = (before.framework.clone(), after.framework.clone());
        return Err(ComparisonError::OtherFramework { before, after });
    }
    let joint = instrument.and_then(|instrument| Joint::new(instrument, before, after));
    let pair = Pair { before, after, joint };
    let competences = names(before.competences, after.competences, |result| &result.competence);
    let areas = names(before.areas, after.areas, |result| &result.area);
    Ok(Comparison {
        before: before.id,
        before_at: before.at.clone(),
        after: after.id,
        after_at: after.at.clone(),
        framework: before.framework.clone(),
        same_bank: before.bank == after.bank,
        basis: if pair.joint.is_some() { Basis::Answers } else { Basis::Estimates },
        overall: pair.overall(),
        areas: areas.into_iter().map(|id| AreaChange { area: id.clone(), change: pair.area(id) }).collect(),
        competences: competences
            .into_iter()
            .map(|id| CompetenceChange { competence: id.clone(), change: pair.competence(id) })
            .collect(),
    })
}

/// The names in both lists, in the order of the first, then what only the second has.
fn names<'a, T, N: PartialEq>(one: &'a [T], two: &'a [T], name: impl Fn(&'a T) -> &'a N) -> Vec<&'a N> {
    let mut all: Vec<&N> = Vec::new();
    for entry in one.iter().chain(two) {
        if !all.contains(&name(entry)) {
            all.push(name(entry));
        }
    }
    all
}

/// Both distributions over the traits.
struct Joint<'a> {
    instrument: &'a Instrument,
    before: Belief,
    after: Belief,
    /// Positions of the competences that both plans cover.
    common: Vec<usize>,
}

impl<'a> Joint<'a> {
    fn new(instrument: &'a Instrument, before: Measured<'_>, after: Measured<'_>) -> Option<Self> {
        let (one, two) = (before.assessment?, after.assessment?);
        instrument.check(one).ok()?;
        instrument.check(two).ok()?;
        let covered = |(_, id): &(usize, &CompetenceId)| one.plan.covers(id) && two.plan.covers(id);
        let competences = instrument.framework().competences().iter().enumerate();
        let common = competences.filter(covered).map(|(position, _)| position).collect();
        Some(Self { instrument, before: instrument.belief(one).belief, after: instrument.belief(two).belief, common })
    }

    /// The change of the mean over some of the competences that both cover.
    fn mean(&self, wanted: impl Fn(&CompetenceId) -> bool) -> Change {
        let name = |position: &&usize| self.instrument.framework().competences().get(**position).is_some_and(&wanted);
        let positions: Vec<usize> = self.common.iter().filter(name).copied().collect();
        let weight = 1.0 / f64::from(u32::try_from(positions.len().max(1)).unwrap_or(u32::MAX));
        let weights: Vec<(usize, f64)> = positions.into_iter().map(|position| (position, weight)).collect();
        if weights.is_empty() {
            return Change::not(ChangeKind::NotBoth);
        }
        let (one, two) = (self.before.combination(&weights), self.after.combination(&weights));
        if one.is_vague() || two.is_vague() {
            return Change::not(ChangeKind::NotEnough);
        }
        Change::between(one, two)
    }
}

/// The two results with what is known of them.
struct Pair<'a> {
    before: Measured<'a>,
    after: Measured<'a>,
    joint: Option<Joint<'a>>,
}

impl Pair<'_> {
    fn competence(&self, id: &CompetenceId) -> Change {
        let of = |measured: Measured<'_>| {
            let result = measured.competences.iter().find(|result| result.competence == *id);
            result.map(|result| result.estimate.clone())
        };
        match &self.joint {
            Some(joint) => joint.mean(|competence| competence == id),
            None => Change::between_estimates(of(self.before).as_ref(), of(self.after).as_ref()),
        }
    }

    fn area(&self, id: &AreaId) -> Change {
        if let Some(joint) = &self.joint {
            let framework = joint.instrument.framework();
            return joint.mean(|competence| framework.area_of(competence) == Some(id));
        }
        let of = |measured: Measured<'_>| {
            measured.areas.iter().find(|result| result.area == *id).map(|result| result.estimate.clone())
        };
        if !self.same_competences() {
            return Change::not(ChangeKind::NotBoth);
        }
        Change::between_estimates(of(self.before).as_ref(), of(self.after).as_ref())
    }

    fn overall(&self) -> Change {
        match &self.joint {
            Some(joint) => joint.mean(|_| true),
            None if !self.same_competences() => Change::not(ChangeKind::NotBoth),
            None => Change::between_estimates(self.before.overall, self.after.overall),
        }
    }

    /// Without a framework nobody knows which competences an area is the mean of: only all or nothing is sure.
    fn same_competences(&self) -> bool {
        let before = self.before.competences.iter().map(|result| &result.competence);
        before.eq(self.after.competences.iter().map(|result| &result.competence))
    }
}

impl Change {
    fn not(kind: ChangeKind) -> Self {
        Self { kind, difference: None, low: None, high: None }
    }

    fn between(before: Marginal, after: Marginal) -> Self {
        let change = Marginal { mean: after.mean - before.mean, variance: before.variance + after.variance };
        let (low, high) = change.interval();
        let kind = if low > 0.0 {
            ChangeKind::Risen
        } else if high < 0.0 {
            ChangeKind::Fallen
        } else {
            ChangeKind::WithinUncertainty
        };
        let thousandths = |value| Some(Thousandths::from_f64(value));
        Self { kind, difference: thousandths(change.mean), low: thousandths(low), high: thousandths(high) }
    }

    fn between_estimates(before: Option<&Estimate>, after: Option<&Estimate>) -> Self {
        let (Some(before), Some(after)) = (before, after) else { return Self::not(ChangeKind::NotBoth) };
        if [before, after].iter().any(|estimate| estimate.evidence == Evidence::NotEnough) {
            return Self::not(ChangeKind::NotEnough);
        }
        let marginal = |estimate: &Estimate| {
            let sd = estimate.standard_error.to_f64();
            Marginal { mean: estimate.median.to_f64(), variance: sd * sd }
        };
        Self::between(marginal(before), marginal(after))
    }
}
