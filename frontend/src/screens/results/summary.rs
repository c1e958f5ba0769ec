//! A mediator's summary in the words of the tool that they note sessions in: text to copy.

use skills_passport_web::core::framework::{FrameworkText, Scheme, Strength};
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::core::profile::{Profile, TranslatedConcept};
use skills_passport_web::core::units::Timestamp;
use yew::prelude::*;

use super::level_phrase;
use crate::layout::{LateUi, date};
use crate::state::way::Act;
use crate::state::{Deed, State};
use crate::text::Key;

pub(super) fn summary(
    ui: &LateUi<'_>,
    words: &FrameworkText,
    state: &State,
    profile: &Profile,
    at: Option<&Timestamp>,
) -> Html {
    let content = match &state.way.scheme {
        None => html! {
            <div class="actions">{ ui.does("", Key::SummaryMake, Deed::Way(Act::Summarise)) }</div>
        },
        Some(scheme) => {
            let text = written(ui, words, profile, at, scheme);
            let rows = (text.lines().count() + 2).to_string();
            let copied = state.way.copied.map(|copied| if copied { Key::SummaryCopied } else { Key::SummaryNotCopied });
            html! {
                <>
                    <label for="summary">{ ui.texts.get(Key::SummaryLabel) }</label>
                    <textarea id="summary" readonly=true {rows} value={text.clone()} />
                    <div class="actions">{ ui.does("", Key::SummaryCopy, Deed::Way(Act::Copy(text))) }</div>
                    <p role="status">{ copied.map(|key| ui.texts.get(key)) }</p>
                </>
            }
        }
    };
    html! {
        <div class="mediator">
            { ui.subtitle(Key::SummaryTitle) }
            { ui.says("small", Key::SummaryHelp) }
            { content }
        </div>
    }
}

/// What was done, the themes with their levels, what stands out, and what it is not.
fn written(
    ui: &LateUi<'_>,
    words: &FrameworkText,
    profile: &Profile,
    at: Option<&Timestamp>,
    scheme: &Scheme,
) -> String {
    let texts = ui.texts;
    let answers = texts.count(profile.answered, Key::SummaryDoneOne, Key::SummaryDoneOther);
    let mut lines = Vec::new();
    match at {
        Some(at) => lines.push([date(texts, at), answers].join(" – ")),
        None => lines.push(answers),
    }
    lines.push(texts.fill(Key::ResultsOverall, &[("level", &level_phrase(ui, words, &profile.overall))]));
    let translation = profile.translated(scheme);
    let about = translation.concepts.iter().filter(|concept| concept.strength == Strength::Primary);
    let themes: Vec<String> = about.map(|concept| theme(ui, concept)).collect();
    lines.push(String::new());
    if themes.is_empty() {
        lines.push(texts.get(Key::SummaryNoThemes).to_owned());
    } else {
        lines.push(texts.get(Key::SummaryThemes).to_owned());
        lines.extend(themes);
    }
    let named = |ids: &[CompetenceId]| {
        let names = ids.iter().filter_map(|id| words.competences.get(id)).map(|words| words.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    for (ids, key) in [(&profile.strengths, Key::StrengthsTitle), (&profile.gaps, Key::GapsTitle)] {
        if !ids.is_empty() {
            lines.extend([String::new(), [texts.get(key), &named(ids)].join(" – ")]);
        }
    }
    lines.extend([String::new(), texts.get(Key::Purpose).to_owned()]);
    lines.join("\n")
}

fn theme(ui: &LateUi<'_>, concept: &TranslatedConcept) -> String {
    let (low, high) = (concept.lowest_level.to_string(), concept.highest_level.to_string());
    let range = if low == high {
        ui.texts.fill(Key::LevelSingle, &[("level", &low)])
    } else {
        ui.texts.fill(Key::LevelRange, &[("low", &low), ("high", &high)])
    };
    ["- ", &concept.label, " – ", &range].concat()
}
