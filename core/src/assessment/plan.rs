//! What an assessment sets out to measure, and for how long.

use serde::{Deserialize, Serialize};

use super::AssessmentError;
use crate::bank::Bank;
use crate::framework::Framework;
use crate::id::{CompetenceId, ItemId};

/// How long and how precise an assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Mode {
    /// Ten questions: a first idea, by area.
    Quick,
    /// At most 30 questions.
    #[default]
    Standard,
    /// Until every competence is known to a standard error of 0.70 levels; at most 84 questions.
    Thorough,
    /// Chosen competences only.
    Focus,
}

/// Fewest questions before an assessment may end early, outside focus.
const FEWEST_QUESTIONS: u16 = 10;
/// The same in focus, for each chosen competence.
const FEWEST_PER_FOCUS: u16 = 2;
/// Questions per chosen competence in focus.
const QUESTIONS_PER_FOCUS: u16 = 8;
/// Standard error that thorough mode aims at, levels.
const THOROUGH_STANDARD_ERROR: f64 = 0.70;
/// Probability of being within one level that ends the other modes.
const ENOUGH_WITHIN_ONE: f64 = 0.9;

/// What to measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// How long.
    pub mode: Mode,
    /// The competences to measure; empty for all, except in focus.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<CompetenceId>,
    /// A fixed form, as on paper: these items in this order, and no other; see [`super::Instrument::fixed_form`]. Empty
    /// where each question follows from the answers before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<ItemId>,
}

impl Mode {
    /// The four modes.
    pub const ALL: [Self; 4] = [Self::Quick, Self::Standard, Self::Thorough, Self::Focus];

    /// The name used in documents and attributes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Standard => "standard",
            Self::Thorough => "thorough",
            Self::Focus => "focus",
        }
    }

    /// The mode of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Most questions asked.
    #[must_use]
    pub fn most_questions(self) -> u16 {
        match self {
            Self::Quick => 10,
            Self::Standard => 30,
            Self::Thorough | Self::Focus => 84,
        }
    }

    /// Whether a competence with this belief is known well enough.
    pub(super) fn is_precise(self, belief: &crate::measure::Marginal) -> bool {
        match self {
            Self::Quick => false,
            Self::Thorough => belief.sd() <= THOROUGH_STANDARD_ERROR,
            Self::Standard | Self::Focus => belief.within_one_level() >= ENOUGH_WITHIN_ONE && !belief.is_vague(),
        }
    }
}

impl Plan {
    /// All competences.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self { mode, focus: Vec::new(), form: Vec::new() }
    }

    /// Whether the plan measures this competence.
    #[must_use]
    pub fn covers(&self, competence: &CompetenceId) -> bool {
        self.focus.is_empty() || self.focus.contains(competence)
    }

    /// Most questions asked under this plan.
    #[must_use]
    pub fn most_questions(&self) -> u16 {
        if !self.form.is_empty() {
            return u16::try_from(self.form.len()).unwrap_or(u16::MAX);
        }
        let most = self.mode.most_questions();
        if self.mode == Mode::Focus { self.per_focus(QUESTIONS_PER_FOCUS).min(most) } else { most }
    }

    /// Fewest questions asked under this plan, if the bank has them.
    pub(super) fn fewest_questions(&self) -> u16 {
        if self.mode == Mode::Focus { self.per_focus(FEWEST_PER_FOCUS) } else { FEWEST_QUESTIONS }
    }

    fn per_focus(&self, questions: u16) -> u16 {
        u16::try_from(self.focus.len()).unwrap_or(u16::MAX).saturating_mul(questions)
    }
}

pub(super) fn check(plan: &Plan, framework: &Framework, bank: &Bank) -> Result<(), AssessmentError> {
    if plan.mode == Mode::Focus && plan.focus.is_empty() {
        return Err(AssessmentError::NoFocus);
    }
    for (position, competence) in plan.focus.iter().enumerate() {
        let repeated = plan.focus.iter().take(position).any(|earlier| earlier == competence);
        if repeated || framework.position(competence).is_none() {
            return Err(AssessmentError::Focus(competence.clone()));
        }
    }
    for (position, id) in plan.form.iter().enumerate() {
        let repeated = plan.form.iter().take(position).any(|earlier| earlier == id);
        let covered = bank.item(id).is_some_and(|(_, item)| plan.covers(&item.competence));
        if repeated || !covered {
            return Err(AssessmentError::Form { item: id.clone(), position });
        }
    }
    Ok(())
}
