//! The passport: what it holds, where it is, and what can be done with it.

use skills_passport_web::core::facade::AssessmentSummary;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::layout::{Ui, date};
use crate::state::{Deed, Screen, Shown, State};
use crate::text::Key;

pub(crate) fn passport(ui: &Ui, state: &State) -> Html {
    let assessments = state.summary().map(|summary| summary.assessments).unwrap_or_default();
    let filled = !assessments.is_empty();
    let has_results = state.turn.as_ref().is_some_and(|turn| !turn.assessment.answers.is_empty());
    html! {
        <section>
            { ui.title(ui.texts.get(Key::PassportTitle)) }
            { ui.says("lead", Key::PassportLead) }
            if filled {
                { records(ui, state, &assessments) }
            } else {
                { ui.says("", Key::PassportEmpty) }
            }
            { file_input(ui) }
            <div class="actions">
                if has_results {
                    { ui.does("", Key::BackToResults, Deed::Show(Screen::Results(Shown::Current))) }
                }
                { ui.does("", Key::NewAssessment, Deed::Show(Screen::Welcome)) }
            </div>
            if filled || state.keeping {
                { erase(ui, state) }
            }
            { ui.says("small", Key::Purpose) }
        </section>
    }
}

fn records(ui: &Ui, state: &State, assessments: &[AssessmentSummary]) -> Html {
    let place = if state.keeping { Key::PassportWhereDevice } else { Key::PassportWhereMemory };
    let saved = match &state.last_export {
        Some(at) => ui.texts.fill(Key::PassportExported, &[("date", &date(ui.texts, at))]),
        None => ui.texts.get(Key::PassportNeverExported).to_owned(),
    };
    let entry = |record: &AssessmentSummary| {
        let see = ui.texts.fill(Key::PassportSee, &[("date", &date(ui.texts, &record.at))]);
        html! { <li>{ ui.button("link", &see, Deed::Show(Screen::Results(Shown::Record(record.id)))) }</li> }
    };
    html! {
        <>
            { ui.subtitle(Key::PassportList) }
            <ul class="records">{ for assessments.iter().rev().map(entry) }</ul>
            { ui.paragraph("", &[ui.texts.get(place), &saved].join(" ")) }
            <div class="actions">
                { ui.does("primary", Key::PassportExport, Deed::Export) }
                if !state.keeping {
                    { ui.does("", Key::PassportKeep, Deed::Keep) }
                }
            </div>
        </>
    }
}

/// The browser's own button would speak the browser's language: the label stands for it, the input keeps the keyboard.
fn file_input(ui: &Ui) -> Html {
    let on = ui.on.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on.emit(Deed::Import(file));
        }
        // So that choosing the same file again is noticed.
        input.set_value("");
    });
    html! {
        <div class="file">
            <input type="file" id="import" class="hidden" accept=".json,application/json" aria-describedby="import-hint" {onchange} />
            <label for="import">{ ui.texts.get(Key::PassportImport) }</label>
            <p class="small" id="import-hint">{ ui.texts.get(Key::PassportImportHint) }</p>
        </div>
    }
}

/// Erasing asks once before it is done.
fn erase(ui: &Ui, state: &State) -> Html {
    html! {
        <div class="erase" role="group" aria-label={ui.texts.get(Key::PassportErase)} tabindex="-1" ref={ui.question.clone()}>
            { ui.says("small", Key::PassportEraseHint) }
            <div role="alert">
                if state.erasing {
                    { ui.says("", Key::PassportEraseAsk) }
                }
            </div>
            <div class="actions">
                if state.erasing {
                    { ui.does("", Key::PassportEraseNo, Deed::AskErase(false)) }
                    { ui.does("danger", Key::PassportEraseYes, Deed::Erase) }
                } else {
                    { ui.does("danger", Key::PassportErase, Deed::AskErase(true)) }
                }
            </div>
        </div>
    }
}
