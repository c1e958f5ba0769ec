//! Results as plain text for a curriculum vitae: a heading, a line for each area, and what it is.

use super::wording;
use super::words::Words;
use crate::framework::Framework;
use crate::id::Language;
use crate::passport::AssessmentRecord;
use crate::profile::{Estimate, Evidence};
use crate::units::Level;

/// What the text is made from.
#[derive(Debug, Clone, Copy)]
pub struct Cv<'a> {
    /// The assessment.
    pub record: &'a AssessmentRecord,
    /// Its framework.
    pub framework: &'a Framework,
    /// Language of the text: `en` or `fr`.
    pub language: &'a Language,
    /// The date in the words of the place.
    pub date: &'a str,
    /// Whether to name each competence, too.
    pub competences: bool,
}

/// The text, with a line break at its end. An area without enough answers is not in it: a CV says what is known. None if
/// nothing is known, or if it is not written in the language.
#[must_use]
pub fn cv(cv: &Cv<'_>) -> Option<String> {
    let Cv { record, framework, language, date, competences } = *cv;
    let words = Words::of(language)?;
    let text = wording(framework, language);
    let profile = &record.profile;
    let known = |estimate: &Estimate| estimate.evidence != Evidence::NotEnough;
    let say = |id: &str, name: &str, estimate: &Estimate| {
        let number = Level::number;
        let (low, high) = (number(estimate.lowest_level), number(estimate.highest_level));
        (words.between)(format!("{id} {name}").trim(), low, high, number(estimate.level))
    };
    let mut lines = Vec::new();
    for area in profile.areas.iter().filter(|area| known(&area.estimate)) {
        let name = text.and_then(|text| text.areas.get(&area.area)).map_or("", |text| text.name.as_str());
        lines.push(format!("- {}", say(area.area.as_str(), name, &area.estimate)));
        let inside = |id| framework.area_of(id) == Some(&area.area);
        let members = profile.competences.iter().filter(|result| competences && inside(&result.competence));
        for result in members.filter(|result| known(&result.estimate)) {
            let name = text.and_then(|text| text.competences.get(&result.competence));
            let name = name.map_or("", |text| text.name.as_str());
            lines.push(format!("  - {}", say(result.competence.as_str(), name, &result.estimate)));
        }
    }
    if lines.is_empty() {
        return None;
    }
    let framework = text.map_or("", |text| text.name.as_str());
    let about = (words.about)(date, profile.answered, record.assessment.setting.assisted);
    Some(format!("{}\n{about}. {framework}.\n\n{}\n\n{}\n", words.cv_title, lines.join("\n"), words.is_not))
}
