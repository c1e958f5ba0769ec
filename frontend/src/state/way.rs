//! The way through an assessment besides questions and answers: chosen skills, reasons, cheers, and what comes after.

use std::rc::Rc;

use skills_passport_web::core::assessment::{Assessment, Outlook, Reason};
use skills_passport_web::core::facade::{Engine, Sheet};
use skills_passport_web::core::framework::Scheme;
use skills_passport_web::core::id::{AreaId, CompetenceId, ItemId};
use skills_passport_web::core::profile::Milestone;
use uuid::Uuid;

use super::Shown;
use super::idle::Patience;

/// What is known on the way.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Way {
    /// The competences that the person wants questions about.
    pub(crate) focus: Vec<CompetenceId>,
    /// Why the question shown is asked, if the person wanted to know.
    pub(crate) reason: Option<Reason>,
    /// What to say about the last answer.
    pub(crate) cheer: Option<Milestone>,
    /// The sitting, and its areas that something was said about: once each.
    cheered: Option<(Uuid, Vec<AreaId>)>,
    /// What some more questions would bring.
    pub(crate) outlook: Option<Outlook>,
    /// How long nobody may do anything before what is only on this page is erased.
    pub(crate) patience: Patience,
    /// Seconds until then, if that is close.
    pub(crate) idle: Option<u32>,
    /// The themes that a mediator's summary is written in, once it is wanted.
    pub(crate) scheme: Option<Rc<Scheme>>,
    /// Whether the summary was copied.
    pub(crate) copied: Option<bool>,
}

/// What changes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// Questions about these competences are wanted, or no longer.
    Choose(Vec<CompetenceId>, bool),
    /// Why the question is asked; none to hear no more of it.
    Reason(Option<Reason>),
    /// What an answer of this sitting completed.
    Cheer(Uuid, Milestone),
    /// What some more questions would bring.
    Outlook(Option<Outlook>),
    /// So many seconds until everything is erased; none as long as somebody is there.
    Idle(Option<u32>),
    /// The person wants more time.
    Patience(Patience),
    /// The themes of a mediator's summary.
    Scheme(Rc<Scheme>),
    /// Whether the browser copied the summary.
    Copied(bool),
}

/// What the person asks for, carried out by what comes late.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Act {
    /// Say why the question is asked, or no longer.
    Why,
    /// Go on with more questions.
    Lengthen,
    /// Save the picture of the results.
    SavePicture(Shown, Picture),
    /// Write a mediator's summary.
    Summarise,
    /// Copy it.
    Copy(String),
}

/// A form of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picture {
    Svg,
    Png,
}

impl Way {
    /// Another question or none: what was said of the last one is over.
    pub(super) fn turned(&mut self, assessment: &Assessment) {
        self.reason = None;
        self.cheer = None;
        self.outlook = None;
        self.scheme = None;
        self.copied = None;
        if self.cheered.as_ref().is_some_and(|(sitting, _)| *sitting != assessment.setting.id) {
            self.cheered = None;
        }
    }

    pub(super) fn step(&mut self, step: Step) {
        match step {
            Step::Choose(competences, wanted) => {
                self.focus.retain(|known| !competences.contains(known));
                if wanted {
                    self.focus.extend(competences);
                }
            }
            Step::Reason(reason) => self.reason = reason,
            Step::Cheer(sitting, milestone) => {
                let (of, areas) = self.cheered.get_or_insert_with(|| (sitting, Vec::new()));
                if *of == sitting && !areas.contains(&milestone.area) {
                    areas.push(milestone.area.clone());
                    self.cheer = Some(milestone);
                }
            }
            Step::Outlook(outlook) => self.outlook = outlook,
            Step::Idle(left) => self.idle = left,
            Step::Patience(patience) => {
                self.patience = patience;
                self.idle = None;
            }
            Step::Scheme(scheme) => self.scheme = Some(scheme),
            Step::Copied(copied) => self.copied = Some(copied),
        }
    }

    /// The competences chosen, in the order of the framework; one of another framework does not count.
    pub(crate) fn chosen(&self, sheet: &Sheet) -> Vec<CompetenceId> {
        sheet.competences().filter(|competence| self.focus.contains(competence)).cloned().collect()
    }
}

/// How many areas the questions so far were about, and how many there will be.
pub(crate) fn areas_covered(engine: &Engine, assessment: &Assessment) -> (usize, usize) {
    let (framework, bank) = (engine.instrument().framework(), engine.instrument().bank());
    let about = |item: &ItemId| bank.item(item).map(|(_, item)| &item.competence);
    let planned = framework.areas().iter().filter(|area| area.competences.iter().any(|id| assessment.plan.covers(id)));
    let seen = |competences: &[CompetenceId]| {
        let asked = assessment.answers.iter().filter_map(|answer| about(&answer.item));
        asked.into_iter().any(|competence| competences.contains(competence))
    };
    planned.fold((0, 0), |(covered, all), area| (covered + usize::from(seen(&area.competences)), all + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milestone(area: &str) -> Milestone {
        Milestone { area: area.parse().unwrap(), answers: 2, tested: 1, right: 1 }
    }

    fn ids(ids: &[&str]) -> Vec<CompetenceId> {
        ids.iter().map(|id| id.parse().unwrap()).collect()
    }

    #[test]
    fn something_is_said_of_each_area_once_in_a_sitting() {
        let (sitting, mut way) = (Uuid::from_u128(1), Way::default());
        way.step(Step::Cheer(sitting, milestone("1")));
        assert_eq!(way.cheer, Some(milestone("1")));
        way.cheer = None;
        way.step(Step::Cheer(sitting, milestone("1")));
        assert_eq!(way.cheer, None);
        way.step(Step::Cheer(sitting, milestone("2")));
        assert_eq!(way.cheer, Some(milestone("2")));
    }

    #[test]
    fn whole_areas_and_single_skills_are_chosen_and_dropped() {
        let mut way = Way::default();
        way.step(Step::Choose(ids(&["1.1", "1.2", "1.3"]), true));
        way.step(Step::Choose(ids(&["1.2"]), false));
        way.step(Step::Choose(ids(&["1.1", "1.2"]), true));
        assert_eq!(way.focus, ids(&["1.3", "1.1", "1.2"]), "none is there twice");
        way.step(Step::Choose(ids(&["1.1", "1.2", "1.3"]), false));
        assert!(way.focus.is_empty());
    }

    #[test]
    fn who_asks_for_more_time_is_asked_no_longer() {
        let mut way = Way::default();
        way.step(Step::Idle(Some(100)));
        way.step(Step::Patience(Patience::Long));
        assert_eq!((way.idle, way.patience), (None, Patience::Long));
    }
}
