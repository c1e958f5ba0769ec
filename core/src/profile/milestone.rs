//! What an answer completed: an area about which results have become possible.

use serde::{Deserialize, Serialize};

use super::{Evidence, Profile};
use crate::assessment::{Assessment, Instrument};
use crate::id::AreaId;

/// An area that has enough direct answers since the last answer, and what was answered about it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Milestone {
    /// The area.
    pub area: AreaId,
    /// Questions about it that were answered; those skipped do not count.
    pub answers: u16,
    /// How many of them have a right answer.
    pub tested: u16,
    /// How many of these were answered all right.
    pub right: u16,
}

impl Milestone {
    /// The area that is measured after the last answer ([`Evidence::Measured`]) and was not before; that of the last
    /// answer first, if there are several. An area may fall back when answers contradict each other, and be reached again.
    /// `assessment` must have passed [`Instrument::check`].
    #[must_use]
    pub fn of(instrument: &Instrument, assessment: &Assessment) -> Option<Self> {
        let (before, last) = instrument.undo(assessment).ok()?;
        if !last.response.is_answer() {
            return None;
        }
        let measured = |assessment: &Assessment| -> Vec<AreaId> {
            let areas = Profile::of(instrument, assessment).areas.into_iter();
            areas.filter(|result| result.estimate.evidence == Evidence::Measured).map(|result| result.area).collect()
        };
        let (earlier, now) = (measured(&before), measured(assessment));
        let reached: Vec<&AreaId> = now.iter().filter(|area| !earlier.contains(area)).collect();
        let own = instrument.bank().item(&last.item).and_then(|(_, item)| {
            let area = instrument.framework().area_of(&item.competence)?;
            reached.iter().find(|reached| **reached == area)
        });
        let area = own.or(reached.first())?;
        Some(Self::counted(instrument, assessment, area))
    }

    fn counted(instrument: &Instrument, assessment: &Assessment, area: &AreaId) -> Self {
        let mut milestone = Self { area: area.clone(), answers: 0, tested: 0, right: 0 };
        for answer in assessment.answers.iter().filter(|answer| answer.response.is_answer()) {
            let Some((_, item)) = instrument.bank().item(&answer.item) else { continue };
            if instrument.framework().area_of(&item.competence) != Some(area) {
                continue;
            }
            milestone.answers += 1;
            if item.has_right_answer() {
                milestone.tested += 1;
                let outcome = item.score(&answer.response).ok().flatten();
                milestone.right += u16::from(outcome.is_some_and(|it| it.category == item.highest_category()));
            }
        }
        milestone
    }
}
