//! Results: a picture with its uncertainty, the same as a table, and the answers explained.

mod review;
mod table;
mod wheel;

use skills_passport_web::core::facade::Review;
use skills_passport_web::core::framework::{Framework, FrameworkText};
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::core::profile::{Estimate, Evidence, Profile};
use skills_passport_web::core::units::{Level, Timestamp};
use yew::prelude::*;

use crate::layout::{Ui, date};
use crate::state::Screen;
use crate::text::{Key, Texts};

/// What the results screen shows.
pub(crate) struct Shown {
    pub(crate) profile: Option<Profile>,
    /// When they were recorded, for results out of the passport.
    pub(crate) date: Option<Timestamp>,
    pub(crate) review: Vec<Review>,
}

pub(crate) fn results(ui: &Ui, shown: &Shown, show: &Callback<Screen>) -> Html {
    let texts = ui.texts;
    let title = match &shown.date {
        Some(at) => texts.fill(Key::ResultsOf, &[("date", &date(texts, at))]),
        None => texts.get(Key::ResultsTitle).to_owned(),
    };
    let to_passport = show.reform(|_: MouseEvent| Screen::Passport);
    let again = show.reform(|_: MouseEvent| Screen::Welcome);
    let print = Callback::from(|_: MouseEvent| {
        // A browser that cannot print shows nothing; there is nothing to mend here.
        let _ = gloo::utils::window().print();
    });
    let (Some(profile), Some(words)) = (&shown.profile, ui.words()) else {
        return html! {
            <section>
                { ui.title(title) }
                <p>{ texts.get(Key::ResultsNone) }</p>
                <div class="actions">
                    <button type="button" class="primary" onclick={again}>{ texts.get(Key::NewAssessment) }</button>
                </div>
            </section>
        };
    };
    let overall = level_phrase(ui, words, &profile.overall);
    html! {
        <section class="results">
            { ui.title(title) }
            <p>{ texts.count(profile.answered, Key::ResultsLeadOne, Key::ResultsLeadOther) }</p>
            <p class="lead">{ texts.fill(Key::ResultsOverall, &[("level", &overall)]) }</p>
            <div class="actions">
                <button type="button" class="primary" onclick={to_passport}>{ texts.get(Key::ToPassport) }</button>
                <button type="button" onclick={print}>{ texts.get(Key::Print) }</button>
            </div>
            <h3>{ texts.get(Key::ResultsWheel) }</h3>
            { wheel::wheel(ui, profile) }
            <p class="small">{ texts.get(Key::ResultsWheelHelp) }</p>
            <h3>{ texts.get(Key::StrengthsTitle) }</h3>
            { standing_out(texts, words, &profile.strengths, Key::StrengthsNone, |_| None) }
            <h3>{ texts.get(Key::GapsTitle) }</h3>
            { standing_out(texts, words, &profile.gaps, Key::GapsNone, |id| next_step(ui.framework(), words, profile, id)) }
            <h3>{ texts.get(Key::ResultsTable) }</h3>
            { table::table(ui, words, profile) }
            if profile.provisional {
                <p class="small">{ texts.get(Key::Provisional) }</p>
            }
            <p class="small">{ texts.get(Key::Purpose) }</p>
            if !shown.review.is_empty() {
                { review::review(texts, &shown.review) }
            }
        </section>
    }
}

/// An estimate in words: "between 3 and 5 of 8, most likely 4, Intermediate".
pub(crate) fn level_phrase(ui: &Ui, words: &FrameworkText, estimate: &Estimate) -> String {
    let texts = ui.texts;
    if estimate.evidence == Evidence::NotEnough {
        return texts.get(Key::LevelUnknown).to_owned();
    }
    let broad = ui.framework().broad_level_of(estimate.level).and_then(|broad| words.broad_levels.get(&broad.id));
    let name = broad.map(|broad| broad.name.as_str()).unwrap_or_default();
    let level = estimate.level.to_string();
    let (low, high) = (estimate.lowest_level.to_string(), estimate.highest_level.to_string());
    let range = if low == high {
        texts.fill(Key::LevelSingle, &[("level", &level)])
    } else {
        texts.fill(Key::LevelRange, &[("low", &low), ("high", &high)])
    };
    [range, texts.fill(Key::LevelLikely, &[("level", &level), ("name", name)])].join(", ")
}

fn standing_out(
    texts: Texts,
    words: &FrameworkText,
    ids: &[CompetenceId],
    none: Key,
    next: impl Fn(&CompetenceId) -> Option<String>,
) -> Html {
    if ids.is_empty() {
        return html! { <p>{ texts.get(none) }</p> };
    }
    let entry = |id: &CompetenceId| {
        let name = words.competences.get(id).map(|competence| competence.name.clone());
        let step = next(id).map(|descriptor| texts.fill(Key::NextLevel, &[("descriptor", &descriptor)]));
        html! {
            <li>
                { name }
                if let Some(step) = step {
                    <span class="hint">{ step }</span>
                }
            </li>
        }
    };
    html! { <ul>{ for ids.iter().map(entry) }</ul> }
}

/// What the level above the likely one would look like.
fn next_step(framework: &Framework, words: &FrameworkText, profile: &Profile, id: &CompetenceId) -> Option<String> {
    let result = profile.competences.iter().find(|result| result.competence == *id)?;
    let above = Level::new(result.estimate.level.number() + 1).ok()?;
    let broad = framework.broad_level_of(above)?;
    words.competences.get(id)?.descriptors.get(&broad.id).cloned()
}
