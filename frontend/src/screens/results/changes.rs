//! Before and after: what rose since the assessment before, and what lies within the uncertainty.

use skills_passport_web::core::facade::{AssessmentSummary, CompareRequest};
use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::id::{AreaId, CompetenceId};
use skills_passport_web::core::passport::{Change, ChangeKind, Comparison};
use skills_passport_web::core::profile::{Estimate, Profile};
use yew::prelude::*;

use super::table::bar;
use super::{level_phrase, range};
use crate::layout::{LateUi, date};
use crate::state::State;
use crate::text::Key;

/// Nothing where nothing came before.
pub(super) fn changes(
    ui: &LateUi<'_>,
    words: &FrameworkText,
    state: &State,
    before: &AssessmentSummary,
    after: &AssessmentSummary,
) -> Html {
    let request = CompareRequest { before: Some(before.id), after: Some(after.id), other: None };
    let passport = state.passport.as_deref();
    let Some(comparison) = passport.and_then(|passport| ui.engine.compare(passport, &request).ok()) else {
        return Html::default();
    };
    let (then, now) = (date(ui.texts, &before.at), date(ui.texts, &after.at));
    let overall = row(
        ui,
        words,
        ui.texts.get(Key::ColumnOverall),
        (Some(&before.profile.overall), Some(&after.profile.overall)),
        &comparison.overall,
    );
    let areas = comparison.areas.iter().map(|changed| {
        let name = words.areas.get(&changed.area).map_or("", |area| area.name.as_str());
        let name = [changed.area.as_str(), ". ", name].concat();
        row(
            ui,
            words,
            &name,
            (area(&before.profile, &changed.area), area(&after.profile, &changed.area)),
            &changed.change,
        )
    });
    html! {
        <>
            { ui.subtitle(Key::ChangesTitle) }
            { ui.paragraph("", &ui.texts.fill(Key::ChangesLead, &[("date", &then)])) }
            { moved(ui, words, &comparison, ChangeKind::Risen, Key::ChangesRisen) }
            { moved(ui, words, &comparison, ChangeKind::Fallen, Key::ChangesFallen) }
            <table class="changes">
                <caption class="hidden">{ ui.texts.get(Key::ChangesTitle) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ ui.texts.get(Key::ColumnArea) }</th>
                        <th scope="col">{ then }</th>
                        <th scope="col">{ now }</th>
                        <th scope="col">{ ui.texts.get(Key::ColumnChange) }</th>
                    </tr>
                </thead>
                <tbody>{ overall }{ for areas }</tbody>
            </table>
            { ui.says("small", Key::ChangesHelp) }
        </>
    }
}

fn area<'a>(profile: &'a Profile, id: &AreaId) -> Option<&'a Estimate> {
    profile.areas.iter().find(|result| result.area == *id).map(|result| &result.estimate)
}

fn row(
    ui: &LateUi<'_>,
    words: &FrameworkText,
    name: &str,
    (before, after): (Option<&Estimate>, Option<&Estimate>),
    change: &Change,
) -> Html {
    let (key, class) = match change.kind {
        ChangeKind::Risen => (Key::ChangeRisen, "change risen"),
        ChangeKind::Fallen => (Key::ChangeFallen, "change fallen"),
        ChangeKind::WithinUncertainty => (Key::ChangeWithin, "change"),
        ChangeKind::NotEnough => (Key::ChangeNotEnough, "change"),
        ChangeKind::NotBoth => (Key::ChangeNotBoth, "change"),
    };
    let cell = |estimate: Option<&Estimate>| match estimate {
        Some(estimate) => html! { <><span>{ range(ui, estimate) }</span>{ bar(estimate) }</> },
        None => html! { { "–" } },
    };
    let title = after.map(|estimate| level_phrase(ui, words, estimate));
    html! {
        <tr>
            <th scope="row">{ name.to_owned() }</th>
            <td>{ cell(before) }</td>
            <td {title}>{ cell(after) }</td>
            <td><span {class}>{ ui.texts.get(key) }</span></td>
        </tr>
    }
}

/// The skills that moved beyond the uncertainty.
fn moved(ui: &LateUi<'_>, words: &FrameworkText, comparison: &Comparison, kind: ChangeKind, key: Key) -> Html {
    let changed = comparison.competences.iter().filter(|changed| changed.change.kind == kind);
    let name = |id: &CompetenceId| words.competences.get(id).map_or("", |competence| competence.name.as_str());
    let names: Vec<&str> = changed.map(|changed| name(&changed.competence)).collect();
    if names.is_empty() {
        return Html::default();
    }
    html! {
        <>
            { ui.says("", key) }
            <ul>{ for names.into_iter().map(|name| html! { <li>{ name.to_owned() }</li> }) }</ul>
        </>
    }
}
