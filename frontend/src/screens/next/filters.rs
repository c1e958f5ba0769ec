//! What the learner asks of offers: as a form shows it, and as matching takes it.

use skills_passport_web::core::facade::NextStep;
use skills_passport_web::core::id::{CompetenceId, Language};
use skills_passport_web::core::offers::matching::{LearningGoal, Wishes};
use skills_passport_web::core::offers::{Audience, Date, Modality, Need};

/// The choices of the form. What was not chosen asks for nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Filters {
    pub(super) skill: Option<CompetenceId>,
    /// A town or a postcode, as typed.
    pub(super) place: String,
    /// Kilometres.
    pub(super) within: Option<u16>,
    pub(super) free: bool,
    pub(super) passes: Vec<String>,
    pub(super) modalities: Vec<Modality>,
    pub(super) language: Option<Language>,
    /// First and last day that suit.
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) audiences: Vec<Audience>,
    pub(super) needs: Vec<Need>,
    pub(super) only_stated: bool,
}

impl Filters {
    /// The choices from the fields of the form, by name; what cannot be read counts as not chosen.
    pub(super) fn of_fields(fields: &[(String, String)]) -> Self {
        let mut filters = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "skill" => filters.skill = value.parse().ok(),
                "place" => value.trim().clone_into(&mut filters.place),
                "within" => filters.within = value.parse().ok().filter(|kilometres| *kilometres > 0),
                "free" => filters.free = true,
                "pass" => filters.passes.push(value.clone()),
                "modality" => filters.modalities.extend(Modality::of_word(value)),
                "from" => filters.from = value.parse().ok(),
                "until" => filters.until = value.parse().ok(),
                "spoken" => filters.language = value.parse().ok(),
                "audience" => filters.audiences.extend(Audience::of_word(value)),
                "need" => filters.needs.extend(Need::of_word(value)),
                "stated" => filters.only_stated = true,
                _ => {}
            }
        }
        filters
    }

    /// What matching is asked for. A skill is looked for as far as the step goes.
    pub(super) fn wishes(&self, steps: &[NextStep]) -> Wishes {
        let chosen = steps.iter().filter(|step| self.skill.as_ref() == Some(&step.competence));
        Wishes {
            goals: chosen.map(|step| LearningGoal { competence: step.competence.clone(), level: step.goal }).collect(),
            languages: self.language.iter().cloned().collect(),
            free: self.free,
            passes: self.passes.clone(),
            modalities: self.modalities.clone(),
            within_metres: self.within.map(|kilometres| u32::from(kilometres) * 1000),
            audiences: self.audiences.clone(),
            needs: self.needs.clone(),
            from: self.from,
            until: self.until,
            only_stated: self.only_stated,
            ..Wishes::default()
        }
    }

    /// The place that was named, if one was.
    pub(super) fn place(&self) -> Option<&str> {
        Some(self.place.as_str()).filter(|place| !place.is_empty())
    }

    /// Whether one of the choices that the form folds away was made: then it is not folded away.
    pub(super) fn has_further(&self) -> bool {
        let lists = [self.passes.len(), self.modalities.len(), self.audiences.len(), self.needs.len()];
        let alone = self.only_stated || self.language.is_some() || self.from.is_some() || self.until.is_some();
        alone || lists.iter().any(|chosen| *chosen > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skills_passport_web::core::profile::Evidence;
    use skills_passport_web::core::units::Level;

    fn fields(pairs: &[(&str, &str)]) -> Filters {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Filters::of_fields(&pairs.iter().map(own).collect::<Vec<_>>())
    }

    fn step(competence: &str, goal: u8) -> NextStep {
        NextStep {
            competence: competence.parse().unwrap(),
            level: Level::new(2).unwrap(),
            next: Level::new(3).unwrap(),
            goal: Level::new(goal).unwrap(),
            evidence: Evidence::Measured,
        }
    }

    #[test]
    fn a_form_that_was_left_alone_asks_for_nothing() {
        let empty = fields(&[("skill", ""), ("place", " "), ("within", ""), ("spoken", ""), ("other", "x")]);
        assert_eq!(empty, Filters::default());
        assert_eq!(empty.wishes(&[step("4.2", 4)]), Wishes::default());
        assert_eq!(empty.place(), None);
    }

    #[test]
    fn what_was_chosen_becomes_a_wish() {
        let chosen = fields(&[
            ("skill", "4.2"),
            ("place", " 16140 "),
            ("within", "20"),
            ("free", "on"),
            ("pass", "pass-numerique"),
            ("modality", "remote"),
            ("modality", "on-site"),
            ("spoken", "fr"),
            ("from", "2026-12-01"),
            ("until", "2027-01-31"),
            ("audience", "seniors"),
            ("need", "sight"),
            ("stated", "on"),
        ]);
        assert_eq!(chosen.place(), Some("16140"));
        let wishes = chosen.wishes(&[step("1.1", 3), step("4.2", 4)]);
        let goals: Vec<_> = wishes.goals.iter().map(|goal| (goal.competence.as_str(), goal.level.number())).collect();
        assert_eq!(goals, [("4.2", 4)]);
        assert_eq!((wishes.within_metres, wishes.free, wishes.only_stated), (Some(20_000), true, true));
        assert_eq!(wishes.modalities, [Modality::Remote, Modality::OnSite]);
        assert_eq!((wishes.audiences.len(), wishes.needs.len(), wishes.passes.len()), (1, 1, 1));
        let days = [wishes.from, wishes.until].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
        assert_eq!(days, ["2026-12-01", "2027-01-31"]);
        assert!(chosen.has_further());
    }

    #[test]
    fn words_that_are_none_ask_for_nothing() {
        let filters = fields(&[
            ("within", "0"),
            ("within", "far"),
            ("modality", "by post"),
            ("need", ""),
            ("from", "2026-02-30"),
            ("until", ""),
        ]);
        assert_eq!(filters, Filters::default());
    }
}
