//! One sitting: a plan, answers in order, and what to ask next.
//!
//! An [`Assessment`] is a document: it holds no computed state and can be stored and read back at any point. An
//! [`Instrument`] (framework + bank, ready to measure) turns it into the next question, the belief and the end. The same
//! assessment always gives the same next question.

mod choose;
mod document;
mod error;
mod form;
mod instrument;
mod memo;
mod outlook;
mod plan;
mod reason;

pub use document::{Answer, Assessment, FORMAT, MAX_ASSESSMENT_BYTES, Setting, parse};
pub use error::AssessmentError;
pub use instrument::Instrument;
pub use outlook::{Outlook, Sharper};
pub use plan::{Mode, Plan};
pub use reason::{Reason, Rule};

pub(crate) use choose::drawn;

use serde::{Deserialize, Serialize};

use crate::bank::{Item, Response};
use crate::id::ItemId;
use crate::measure::Inference;

/// What comes next in an assessment.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// Ask this item.
    Ask(&'a Item),
    /// Ask nothing more.
    Finished(Ending),
}

/// Why an assessment asks nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Ending {
    /// The results are as precise as the mode asks for.
    Precise,
    /// The mode's number of questions is reached.
    Length,
    /// No question of the bank is left for this plan.
    Exhausted,
    /// More questions would hardly change the results.
    LittleToGain,
}

/// How far an assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Progress {
    /// Questions answered or skipped.
    pub answered: u16,
    /// Most questions that can still make up the whole; it may end earlier.
    pub at_most: u16,
}

/// How long an assessment is expected to be, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Most questions.
    pub questions: u16,
    /// Seconds for as many questions of average expected time.
    pub seconds: u32,
}

impl Length {
    /// What a plan asks of a bank that has so many items for it, which take so many seconds together.
    pub(crate) fn of(plan: &Plan, available: u16, total: u32) -> Self {
        let questions = available.min(plan.most_questions());
        let seconds = u32::from(questions).saturating_mul(total).checked_div(u32::from(available)).unwrap_or(0);
        Self { questions, seconds }
    }
}

impl Instrument {
    /// An assessment without answers.
    ///
    /// # Errors
    /// If the plan does not fit the framework, or the bank has no text in the language.
    pub fn start(&self, plan: Plan, setting: Setting) -> Result<Assessment, AssessmentError> {
        let assessment = Assessment {
            format: FORMAT,
            framework: self.framework().reference(),
            bank: self.bank().reference(),
            plan,
            setting,
            answers: Vec::new(),
        };
        self.check_terms(&assessment)?;
        Ok(assessment)
    }

    /// Checks an assessment that comes from outside: it fits this bank, and its answers fit their items.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self, assessment: &Assessment) -> Result<(), AssessmentError> {
        self.check_terms(assessment)?;
        for (position, answer) in assessment.answers.iter().enumerate() {
            self.item_answered(answer, position)?;
            if assessment.answers.iter().take(position).any(|earlier| earlier.item == answer.item) {
                return Err(AssessmentError::AnsweredTwice { item: answer.item.clone(), position });
            }
            let form = &assessment.plan.form;
            if !form.is_empty() && !form.contains(&answer.item) {
                return Err(AssessmentError::NotOnForm { item: answer.item.clone(), position });
            }
        }
        Ok(())
    }

    /// Checks everything but the answers.
    pub(crate) fn check_terms(&self, assessment: &Assessment) -> Result<(), AssessmentError> {
        if assessment.format.major != FORMAT.major {
            return Err(AssessmentError::Version { found: assessment.format.clone() });
        }
        if assessment.framework != self.framework().reference() {
            return Err(AssessmentError::OtherFramework {
                wanted: assessment.framework.clone(),
                found: self.framework().reference(),
            });
        }
        if assessment.bank != self.bank().reference() {
            return Err(AssessmentError::OtherBank {
                wanted: assessment.bank.to_string(),
                found: self.bank().reference().to_string(),
            });
        }
        if self.bank().text(&assessment.setting.language).is_none() {
            return Err(AssessmentError::NoSuchLanguage(assessment.setting.language.clone()));
        }
        plan::check(&assessment.plan, self.framework(), self.bank())
    }

    fn item_answered(&self, answer: &Answer, position: usize) -> Result<(), AssessmentError> {
        let item = self.bank().item(&answer.item).map(|(_, item)| item);
        let item = item.ok_or_else(|| AssessmentError::UnknownItem { item: answer.item.clone(), position })?;
        item.score(&answer.response).map(|_| ()).map_err(|fault| AssessmentError::Response {
            item: answer.item.clone(),
            position,
            fault,
        })
    }

    /// What comes next. `assessment` must have passed [`Instrument::check`]; unknown items are ignored otherwise.
    #[must_use]
    pub fn step(&self, assessment: &Assessment) -> Step<'_> {
        choose::step(self, assessment)
    }

    /// What comes first, whatever was answered: what [`Instrument::step`] says of an assessment without answers, found
    /// without inference. A program that loads in parts can ask its first question with this one.
    #[must_use]
    pub fn opening(&self, assessment: &Assessment) -> Step<'_> {
        choose::opening(self, assessment)
    }

    /// All items that an adaptive assessment with this plan can open with, whatever its seed: their words are worth having
    /// at hand before anybody begins.
    #[must_use]
    pub fn openings(&self, plan: &Plan) -> Vec<&Item> {
        choose::openings(self, plan)
    }

    /// The assessment with one more answer.
    ///
    /// # Errors
    /// If `item` is not the one that is asked next, or the response does not fit it.
    pub fn answer(
        &self,
        assessment: &Assessment,
        item: &ItemId,
        response: Response,
    ) -> Result<Assessment, AssessmentError> {
        match self.step(assessment) {
            Step::Ask(asked) if asked.id == *item => {
                let answer = Answer { item: item.clone(), response: asked.canonical(response) };
                self.item_answered(&answer, assessment.answers.len())?;
                let mut next = assessment.clone();
                next.answers.push(answer);
                Ok(next)
            }
            Step::Ask(asked) => Err(AssessmentError::NotAsked { item: item.clone(), asked: Some(asked.id.clone()) }),
            Step::Finished(_) => Err(AssessmentError::NotAsked { item: item.clone(), asked: None }),
        }
    }

    /// The assessment without its last answer, and that answer; the same question is then asked again.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn undo(&self, assessment: &Assessment) -> Result<(Assessment, Answer), AssessmentError> {
        let mut before = assessment.clone();
        let last = before.answers.pop().ok_or(AssessmentError::NothingToUndo)?;
        Ok((before, last))
    }

    /// What is believed of the person after the answers.
    #[must_use]
    pub fn belief(&self, assessment: &Assessment) -> Inference {
        self.infer(&assessment.answers)
    }

    /// How far the assessment is.
    #[must_use]
    pub fn progress(&self, assessment: &Assessment) -> Progress {
        let answered = u16::try_from(assessment.answers.len()).unwrap_or(u16::MAX);
        Progress { answered, at_most: self.expected_length(&assessment.plan).questions.max(answered) }
    }

    /// How long an assessment under this plan is expected to be, at most.
    #[must_use]
    pub fn expected_length(&self, plan: &Plan) -> Length {
        let items = || self.bank().items().iter().filter(|item| plan.covers(&item.competence));
        let available = u16::try_from(items().count()).unwrap_or(u16::MAX);
        Length::of(plan, available, items().map(|item| u32::from(item.seconds)).sum())
    }
}
