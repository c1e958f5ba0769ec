//! "Why this question?"

use serde::{Deserialize, Serialize};

use super::{Assessment, Instrument, choose};
use crate::id::{AreaId, CompetenceId, ItemId};
use crate::measure::{expect_answer, success_probability};
use crate::units::Thousandths;

/// Why the question is asked that is being asked, in numbers and codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Reason {
    /// The item.
    pub item: ItemId,
    /// The competence that it is about.
    pub competence: CompetenceId,
    /// The area of that competence.
    pub area: AreaId,
    /// What decided.
    pub rule: Rule,
    /// From how many nearly equal questions it was drawn by the sitting's seed; 1 if there was nothing to draw.
    pub among: u8,
    /// Expected time, seconds.
    pub seconds: u16,
    /// Chance of an encouraging answer (right, or better than the lowest), thousandths.
    pub chance: Thousandths,
    /// Standard error of the competence now, thousandths of a level.
    pub standard_error: Thousandths,
    /// What it can be expected to be after the answer (root of the expected variance), thousandths of a level.
    pub expected_standard_error: Thousandths,
    /// Expected decrease of the variance of all competences of the plan together, thousandths of that variance.
    pub gain: Thousandths,
}

/// What decided that this question is asked and not the one that tells most per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Rule {
    /// Nothing kept the one that tells most per second of the learner's time from being asked, or one nearly as good.
    BestPerSecond,
    /// Its area is owed a question, and there are only as many questions left as areas that are.
    OwedArea,
    /// Two questions in a row were about one competence.
    OtherCompetence,
    /// Three questions in a row were of one kind.
    OtherKind,
    /// The first questions should rather succeed.
    KindStart,
    /// After two failures a question should rather succeed.
    KindAfterFailures,
}

impl Instrument {
    /// Why the next question is asked; none if the assessment is finished, or its questions are a fixed form. `assessment` must have passed
    /// [`Instrument::check`].
    #[must_use]
    pub fn why(&self, assessment: &Assessment) -> Option<Reason> {
        if !assessment.plan.form.is_empty() {
            return None;
        }
        let belief = self.belief(assessment).belief;
        let choice = choose::next(self, assessment, &belief).ok()?;
        let (item, probe) = (choice.candidate.item, choice.candidate.probe);
        let own = probe.loading.competence;
        let weights = choose::weights(self, &assessment.plan);
        let whole: f64 = (0..).zip(&weights).map(|(number, weight)| weight * belief.marginal(number).variance).sum();
        let mut after = belief.clone();
        expect_answer(probe, &mut after, self.rule(), &mut Vec::new());
        Some(Reason {
            item: item.id.clone(),
            competence: item.competence.clone(),
            area: self.framework().area_of(&item.competence)?.clone(),
            rule: choice.rule,
            among: u8::try_from(choice.among).unwrap_or(u8::MAX),
            seconds: item.seconds,
            chance: Thousandths::from_f64(success_probability(probe, &belief, self.rule())),
            standard_error: Thousandths::from_f64(belief.marginal(own).sd()),
            expected_standard_error: Thousandths::from_f64(after.marginal(own).sd()),
            gain: Thousandths::from_f64(choice.candidate.gain / whole),
        })
    }
}
