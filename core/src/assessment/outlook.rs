//! "Five more questions would sharpen …"

use serde::{Deserialize, Serialize};

use super::{Assessment, AssessmentError, Ending, Instrument, Mode, choose};
use crate::id::CompetenceId;
use crate::measure::expect_answer;
use crate::units::Thousandths;

/// A standard error is worth questions if they can be expected to take so much off it, levels.
const WORTH: f64 = 0.05;
/// Most competences named.
const MOST_NAMED: usize = 3;
/// Most questions looked ahead.
const FARTHEST: u16 = 30;

/// What a few more questions can be expected to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Outlook {
    /// How many more questions.
    pub questions: u16,
    /// Seconds that they can be expected to take.
    pub seconds: u32,
    /// The mode to go on in: the assessment's own where it has room for them, or a longer one.
    pub mode: Mode,
    /// The competences that gain most, the one that gains most first; one to three.
    pub sharper: Vec<Sharper>,
}

/// A competence that would be known better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Sharper {
    /// The competence.
    pub competence: CompetenceId,
    /// Its standard error now, thousandths of a level.
    pub standard_error: Thousandths,
    /// What it can be expected to be (root of the expected variance), thousandths of a level.
    pub expected_standard_error: Thousandths,
}

impl Instrument {
    /// What so many more questions (at most 30) can be expected to bring, wherever the assessment is: under way, stopped
    /// by the learner, or at the length of its mode. None where it would not be worth the learner's time (no standard
    /// error would shrink by a twentieth of a level), where the bank has not so many left, where the results are as
    /// sure as the mode asks for, or where the questions are a fixed form. `assessment` must have passed [`Instrument::check`].
    ///
    /// Looks ahead greedily: the question that tells most per second, what can be expected of its answer, the next one.
    #[must_use]
    pub fn outlook(&self, assessment: &Assessment, questions: u16) -> Option<Outlook> {
        if !assessment.plan.form.is_empty() {
            return None;
        }
        let questions = questions.clamp(1, FARTHEST);
        let before = self.belief(assessment).belief;
        if matches!(choose::next(self, assessment, &before), Err(ending) if ending != Ending::Length) {
            return None;
        }
        let mode = with_room(assessment, questions)?;
        if mode != assessment.plan.mode {
            // A longer mode may be content with what a shorter one found out.
            choose::next(self, &in_mode(assessment, mode), &before).ok()?;
        }
        let weights = choose::weights(self, &assessment.plan);
        let mut history = choose::history(self, assessment);
        let mut left = choose::candidates(self, &assessment.plan, &assessment.answers, &before);
        let (mut belief, mut seconds, mut scratch) = (before.clone(), 0_u32, Vec::new());
        for _ in 0..questions {
            for candidate in &mut left {
                candidate.gain = self.gain(candidate.probe, &belief, &weights, &mut scratch);
            }
            let mut allowed = left.clone();
            allowed.retain(|candidate| mode == Mode::Focus || !choose::same_twice(&history, candidate.item));
            let (_, next) = choose::favourite(&allowed).or_else(|| choose::favourite(&left))?;
            let (item, probe) = (next.item, next.probe);
            expect_answer(probe, &mut belief, self.rule(), &mut scratch);
            seconds = seconds.saturating_add(u32::from(item.seconds));
            history.push(choose::Past::foreseen(item));
            left.retain(|candidate| candidate.item.id != item.id);
        }
        let mut sharper: Vec<(f64, Sharper)> = Vec::new();
        for (number, id) in self.framework().competences().iter().enumerate() {
            let (now, then) = (before.marginal(number).sd(), belief.marginal(number).sd());
            let gain = now - then;
            if gain >= WORTH && assessment.plan.covers(id) {
                let competence = id.clone();
                let (standard_error, expected_standard_error) =
                    (Thousandths::from_f64(now), Thousandths::from_f64(then));
                // Behind its equals: they stay in the order of the framework.
                let place = sharper.partition_point(|(other, _)| *other >= gain);
                sharper.insert(place, (gain, Sharper { competence, standard_error, expected_standard_error }));
                sharper.truncate(MOST_NAMED);
            }
        }
        let sharper: Vec<Sharper> = sharper.into_iter().map(|(_, sharper)| sharper).collect();
        (!sharper.is_empty()).then_some(Outlook { questions, seconds, mode, sharper })
    }

    /// The same assessment in a longer mode, with the same answers: it goes on where the shorter one would have ended.
    ///
    /// # Errors
    /// If the mode does not ask more questions than the assessment's own, or is focus.
    pub fn lengthen(&self, assessment: &Assessment, mode: Mode) -> Result<Assessment, AssessmentError> {
        if mode == assessment.plan.mode || !may_become(assessment.plan.mode, mode) {
            return Err(AssessmentError::NotLonger { mode, own: assessment.plan.mode });
        }
        Ok(in_mode(assessment, mode))
    }
}

fn in_mode(assessment: &Assessment, mode: Mode) -> Assessment {
    let mut changed = assessment.clone();
    changed.plan.mode = mode;
    changed
}

/// Whether an assessment of one mode can go on in another.
fn may_become(own: Mode, mode: Mode) -> bool {
    mode == own || (own != Mode::Focus && mode != Mode::Focus && mode.most_questions() > own.most_questions())
}

/// The shortest mode in which the assessment has room for so many more questions.
fn with_room(assessment: &Assessment, questions: u16) -> Option<Mode> {
    let needed = u16::try_from(assessment.answers.len()).ok()?.checked_add(questions)?;
    let own = assessment.plan.mode;
    if assessment.plan.most_questions() >= needed {
        return Some(own);
    }
    Mode::ALL.into_iter().find(|mode| *mode != own && may_become(own, *mode) && mode.most_questions() >= needed)
}
