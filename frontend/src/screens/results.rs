//! Results: a picture with its uncertainty, the same as a table, and the answers explained.

mod review;
mod table;
mod wheel;

use skills_passport_web::core::assessment::Assessment;
use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::core::profile::{Estimate, Evidence, Profile};
use skills_passport_web::core::units::Level;
use yew::prelude::*;

use crate::layout::{Ui, date};
use crate::state::{Deed, Screen, Shown, State};
use crate::text::Key;

/// The assessment just answered, if it is what is shown and has answers.
fn answered(state: &State, shown: Shown) -> Option<&Assessment> {
    let assessment = state.turn.as_ref().map(|turn| &turn.assessment).filter(|_| shown == Shown::Current);
    assessment.filter(|assessment| !assessment.answers.is_empty())
}

/// The results shown, and the heading above them.
pub(super) fn results_of(ui: &Ui, state: &State, shown: Shown) -> (Option<Profile>, String) {
    match shown {
        Shown::Current => {
            let profile = answered(state, shown).and_then(|assessment| ui.engine.profile(assessment).ok());
            (profile, ui.texts.get(Key::ResultsTitle).to_owned())
        }
        Shown::Record(id) => {
            let records = state.summary().map(|summary| summary.assessments).unwrap_or_default();
            let record = records.into_iter().find(|record| record.id == id);
            let day = record.as_ref().map(|record| date(ui.texts, &record.at)).unwrap_or_default();
            (record.map(|record| record.profile), ui.texts.fill(Key::ResultsOf, &[("date", &day)]))
        }
    }
}

pub(crate) fn results(ui: &Ui, state: &State, shown: Shown) -> Html {
    let texts = ui.texts;
    let (profile, title) = results_of(ui, state, shown);
    let (Some(profile), Some(words)) = (profile, ui.words()) else {
        return html! {
            <section>
                { ui.title(&title) }
                { ui.says("", Key::ResultsNone) }
                <div class="actions">{ ui.does("primary", Key::NewAssessment, Deed::Show(Screen::Welcome)) }</div>
            </section>
        };
    };
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
            { ui.subtitle(Key::ResultsWheel) }
            { wheel::wheel(ui, &profile) }
            { ui.says("small", Key::ResultsWheelHelp) }
            { ui.subtitle(Key::StrengthsTitle) }
            { standing_out(ui, words, &profile, &profile.strengths, Key::StrengthsNone, false) }
            { ui.subtitle(Key::GapsTitle) }
            { standing_out(ui, words, &profile, &profile.gaps, Key::GapsNone, true) }
            { ui.subtitle(Key::ResultsTable) }
            { table::table(ui, words, &profile) }
            if profile.provisional {
                { ui.says("small", Key::Provisional) }
            }
            { ui.says("small", Key::Purpose) }
            { review.map(|review| review::review(ui, &review)) }
        </section>
    }
}

/// An estimate in words: "between 3 and 5 of 8, most likely 4, Intermediate".
pub(super) fn level_phrase(ui: &Ui, words: &FrameworkText, estimate: &Estimate) -> String {
    let texts = ui.texts;
    let broad = ui.framework().broad_level_of(estimate.level).and_then(|broad| words.broad_levels.get(&broad.id));
    let name = broad.map(|broad| broad.name.as_str()).unwrap_or_default();
    let level = estimate.level.to_string();
    let (low, high) = (estimate.lowest_level.to_string(), estimate.highest_level.to_string());
    if estimate.evidence == Evidence::NotEnough {
        return texts.fill(Key::LevelUnknown, &[("low", &low), ("high", &high)]);
    }
    let range = if low == high {
        texts.fill(Key::LevelSingle, &[("level", &level)])
    } else {
        texts.fill(Key::LevelRange, &[("low", &low), ("high", &high)])
    };
    [range, texts.fill(Key::LevelLikely, &[("level", &level), ("name", name)])].join(", ")
}

/// Strengths or gaps; with what the next level would look like, if asked for.
fn standing_out(
    ui: &Ui,
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

/// What the level above the likely one would look like.
fn next_step(ui: &Ui, words: &FrameworkText, profile: &Profile, id: &CompetenceId) -> Option<String> {
    let result = profile.competences.iter().find(|result| result.competence == *id)?;
    let above = Level::new(result.estimate.level.number() + 1).ok()?;
    let broad = ui.framework().broad_level_of(above)?;
    let descriptor = words.competences.get(id)?.descriptors.get(&broad.id)?;
    Some(ui.texts.fill(Key::NextLevel, &[("descriptor", descriptor)]))
}
