//! Results: pictures with their uncertainty, each the same as a table, what changed, and the answers explained.

mod changes;
mod outlook;
mod radar;
mod ratings;
mod review;
mod summary;
mod table;
mod timeline;
mod wheel;

use skills_passport_web::core::assessment::Assessment;
use skills_passport_web::core::facade::AssessmentSummary;
use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::core::profile::{Estimate, Evidence, Profile};
use skills_passport_web::core::units::Level;
use yew::prelude::*;

use crate::desk::way::profile_shown;
use crate::layout::{LateUi, date};
use crate::state::{Deed, Screen, Shown, State};
use crate::text::Key;

/// The assessment just answered, if it is what is shown and has answers.
fn answered(state: &State, shown: Shown) -> Option<&Assessment> {
    let assessment = state.turn.as_ref().map(|turn| &turn.assessment).filter(|_| shown == Shown::Current);
    assessment.filter(|assessment| !assessment.answers.is_empty())
}

/// The results shown, and the heading above them.
pub(crate) fn results_of(ui: &LateUi<'_>, state: &State, shown: Shown) -> (Option<Profile>, String) {
    let profile = profile_shown(state, shown);
    match shown {
        Shown::Current => (profile, ui.texts.get(Key::ResultsTitle).to_owned()),
        Shown::Record(id) => {
            let records = state.summary().map(|summary| summary.assessments).unwrap_or_default();
            let record = records.iter().find(|record| record.id == id);
            let day = record.map(|record| date(ui.texts, &record.at)).unwrap_or_default();
            (profile, ui.texts.fill(Key::ResultsOf, &[("date", &day)]))
        }
    }
}

pub(crate) fn results(ui: &LateUi<'_>, state: &State, shown: Shown) -> Html {
    let texts = ui.texts;
    let (profile, title) = results_of(ui, state, shown);
    let assessment = answered(state, shown);
    let records = state.summary().map(|summary| summary.assessments).unwrap_or_default();
    let id = match shown {
        Shown::Current => assessment.map(|assessment| assessment.setting.id),
        Shown::Record(id) => Some(id),
    };
    // What was just answered is recorded a moment later.
    let record = records.iter().find(|record| Some(record.id) == id);
    let (Some(profile), Some(words)) = (profile, ui.words()) else {
        return html! {
            <section>
                { ui.title(&title) }
                { ui.says("", Key::ResultsNone) }
                <div class="actions">{ ui.does("primary", Key::NewAssessment, Deed::Show(Screen::Welcome)) }</div>
            </section>
        };
    };
    let comparable = |other: &&AssessmentSummary| other.framework == ui.engine.framework();
    let history: Vec<&AssessmentSummary> = records.iter().filter(comparable).collect();
    let before = record.and_then(|record| {
        let place = history.iter().position(|other| other.id == record.id)?;
        Some((*history.get(place.checked_sub(1)?)?, record))
    });
    let assisted = match (assessment, record) {
        (Some(assessment), _) => assessment.setting.assisted,
        (None, record) => record.is_some_and(|record| record.assisted),
    };
    let outlook = state.way.outlook.as_ref().filter(|_| shown == Shown::Current);
    let overall = level_phrase(ui, words, &profile.overall);
    let review = answered(state, shown).and_then(|assessment| ui.engine.review(assessment).ok());
    html! {
        <section class="results">
            { ui.title(&title) }
            { ui.paragraph("", &texts.count(profile.answered, Key::ResultsLeadOne, Key::ResultsLeadOther)) }
            { ui.paragraph("lead", &texts.fill(Key::ResultsOverall, &[("level", &overall)])) }
            <div class="actions">
                { ui.does("primary", Key::ToPassport, Deed::Show(Screen::Passport)) }
                { ui.does("", Key::ToNext, Deed::Show(Screen::Next(shown))) }
                { ui.does("", Key::Print, Deed::Print) }
            </div>
            { outlook.map(|found| outlook::outlook(ui, found)) }
            { ui.subtitle(Key::ResultsWheel) }
            { wheel::wheel(ui, &profile) }
            { ui.says("small", Key::ResultsWheelHelp) }
            { ui.subtitle(Key::StrengthsTitle) }
            { standing_out(ui, words, &profile, &profile.strengths, Key::StrengthsNone, false) }
            { ui.subtitle(Key::GapsTitle) }
            { standing_out(ui, words, &profile, &profile.gaps, Key::GapsNone, true) }
            { ratings::ratings(ui, words, &profile) }
            { before.map(|(before, after)| changes::changes(ui, words, state, before, after)) }
            if history.len() > 1 {
                { timeline::timeline(ui, words, &history) }
            }
            { radar::radar(ui, words, &profile, shown) }
            { ui.subtitle(Key::ResultsTable) }
            { table::table(ui, words, &profile) }
            if profile.provisional {
                { ui.says("small", Key::Provisional) }
            }
            if profile.unsettled {
                { ui.says("small", Key::Unsettled) }
            }
            { ui.says("small", Key::Purpose) }
            { review.map(|review| review::review(ui, &review)) }
            if assisted {
                { summary::summary(ui, words, state, &profile, record.map(|record| &record.at)) }
            }
        </section>
    }
}

/// An estimate as a range: "between 3 and 5 of 8".
fn range(ui: &LateUi<'_>, estimate: &Estimate) -> String {
    let (low, high) = (estimate.lowest_level.to_string(), estimate.highest_level.to_string());
    let values = [("low", low.as_str()), ("high", high.as_str())];
    if estimate.evidence == Evidence::NotEnough {
        ui.texts.fill(Key::LevelUnknown, &values)
    } else if low == high {
        ui.texts.fill(Key::LevelSingle, &[("level", &low)])
    } else {
        ui.texts.fill(Key::LevelRange, &values)
    }
}

/// An estimate in words: "between 3 and 5 of 8, most likely 4, Intermediate", or "1 of 8, Foundation".
pub(super) fn level_phrase(ui: &LateUi<'_>, words: &FrameworkText, estimate: &Estimate) -> String {
    let texts = ui.texts;
    let broad = ui.framework().broad_level_of(estimate.level).and_then(|broad| words.broad_levels.get(&broad.id));
    let name = broad.map(|broad| broad.name.as_str()).unwrap_or_default();
    let likely = if estimate.evidence == Evidence::NotEnough {
        return range(ui, estimate);
    } else if estimate.lowest_level == estimate.highest_level {
        // The level is said already.
        name.to_owned()
    } else {
        texts.fill(Key::LevelLikely, &[("level", &estimate.level.to_string()), ("name", name)])
    };
    [range(ui, estimate), likely].join(", ")
}

/// Strengths or gaps; with what the next level would look like, if asked for.
fn standing_out(
    ui: &LateUi<'_>,
    words: &FrameworkText,
    profile: &Profile,
    ids: &[CompetenceId],
    none: Key,
    with_next: bool,
) -> Html {
    if ids.is_empty() {
        return ui.says("", none);
    }
    let entry = |id: &CompetenceId| {
        let name = words.competences.get(id).map(|competence| competence.name.clone());
        let step = with_next.then(|| next_step(ui, words, profile, id)).flatten();
        let step = step.map(|step| html! { <span class="hint">{ step }</span> });
        html! { <li>{ name }{ step }</li> }
    };
    html! { <ul>{ for ids.iter().map(entry) }</ul> }
}

/// What somebody can do at the next level. A language without descriptors of its own borrows those of the questions.
pub(super) fn next_level(ui: &LateUi<'_>, descriptor: &str) -> Html {
    let (lang, dir) = ui.foreign();
    let text = ui.texts.get(Key::NextLevel);
    let (before, after) = text.split_once("{descriptor}").unwrap_or((text, ""));
    html! { <>{ before }<span {lang} {dir}>{ descriptor.to_owned() }</span>{ after }</> }
}

/// What the level above the likely one would look like.
fn next_step(ui: &LateUi<'_>, words: &FrameworkText, profile: &Profile, id: &CompetenceId) -> Option<Html> {
    let result = profile.competences.iter().find(|result| result.competence == *id)?;
    let above = Level::new(result.estimate.level.number() + 1).ok()?;
    let broad = ui.framework().broad_level_of(above)?;
    let descriptor = words.competences.get(id)?.descriptors.get(&broad.id)?;
    Some(next_level(ui, descriptor))
}
