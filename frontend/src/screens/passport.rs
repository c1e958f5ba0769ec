//! The passport: what it holds, where it is, and what can be done with it.

use skills_passport_web::core::facade::{AssessmentSummary, PassportSummary};
use skills_passport_web::core::units::Timestamp;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::PassportDeed;
use crate::layout::{Ui, date};
use crate::state::{Screen, Shown};
use crate::text::{Key, Texts};

/// What the passport screen shows.
pub(crate) struct Shelf {
    pub(crate) summary: Option<PassportSummary>,
    pub(crate) keeping: bool,
    pub(crate) last_export: Option<Timestamp>,
    /// Whether there are results of this visit to go back to.
    pub(crate) has_results: bool,
}

pub(crate) fn passport(ui: &Ui, shelf: &Shelf, on_deed: &Callback<PassportDeed>, show: &Callback<Screen>) -> Html {
    let texts = ui.texts;
    let assessments = shelf.summary.as_ref().map(|summary| summary.assessments.as_slice()).unwrap_or_default();
    let filled = !assessments.is_empty();
    let keep = on_deed.reform(|_: MouseEvent| PassportDeed::Keep);
    let export = on_deed.reform(|_: MouseEvent| PassportDeed::Export);
    let on_file = Callback::from({
        let on_deed = on_deed.clone();
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                on_deed.emit(PassportDeed::Import(file));
            }
            // So that choosing the same file again is noticed.
            input.set_value("");
        }
    });
    let new_assessment = show.reform(|_: MouseEvent| Screen::Welcome);
    let results = show.reform(|_: MouseEvent| Screen::Results(Shown::Current));
    let place = if shelf.keeping { Key::PassportWhereDevice } else { Key::PassportWhereMemory };
    let saved = match &shelf.last_export {
        Some(at) => texts.fill(Key::PassportExported, &[("date", &date(texts, at))]),
        None => texts.get(Key::PassportNeverExported).to_owned(),
    };
    html! {
        <section>
            { ui.title(texts.get(Key::PassportTitle)) }
            <p class="lead">{ texts.get(Key::PassportLead) }</p>
            if filled {
                <h3>{ texts.get(Key::PassportList) }</h3>
                <ul class="records">{ for assessments.iter().rev().map(|record| entry(texts, record, show)) }</ul>
                <p>{ texts.get(place) }{ " " }{ saved }</p>
                <div class="actions">
                    <button type="button" class="primary" onclick={export}>{ texts.get(Key::PassportExport) }</button>
                    if !shelf.keeping {
                        <button type="button" onclick={keep}>{ texts.get(Key::PassportKeep) }</button>
                    }
                </div>
            } else {
                <p>{ texts.get(Key::PassportEmpty) }</p>
            }
            <div class="file">
                <label for="import">{ texts.get(Key::PassportImport) }</label>
                <p class="small" id="import-hint">{ texts.get(Key::PassportImportHint) }</p>
                <input type="file" id="import" accept=".json,application/json" aria-describedby="import-hint" onchange={on_file} />
            </div>
            <div class="actions">
                if shelf.has_results {
                    <button type="button" onclick={results}>{ texts.get(Key::BackToResults) }</button>
                }
                <button type="button" onclick={new_assessment}>{ texts.get(Key::NewAssessment) }</button>
            </div>
            if filled || shelf.keeping {
                <Erase {texts} on_erase={on_deed.reform(|()| PassportDeed::Erase)} />
            }
            <p class="small">{ texts.get(Key::Purpose) }</p>
        </section>
    }
}

fn entry(texts: Texts, record: &AssessmentSummary, show: &Callback<Screen>) -> Html {
    let id = record.id;
    let see = show.reform(move |_: MouseEvent| Screen::Results(Shown::Record(id)));
    let day = date(texts, &record.at);
    html! {
        <li><button type="button" class="link" onclick={see}>{ texts.fill(Key::PassportSee, &[("date", &day)]) }</button></li>
    }
}

#[derive(Properties, PartialEq)]
struct EraseProperties {
    texts: Texts,
    on_erase: Callback<()>,
}

/// Erasing asks once before it is done.
#[function_component]
fn Erase(properties: &EraseProperties) -> Html {
    let texts = properties.texts;
    let asking = use_state_eq(|| false);
    let ask = Callback::from({
        let asking = asking.clone();
        move |_: MouseEvent| asking.set(true)
    });
    let no = Callback::from({
        let asking = asking.clone();
        move |_: MouseEvent| asking.set(false)
    });
    let yes = properties.on_erase.reform(|_: MouseEvent| ());
    html! {
        <div class="erase">
            <p class="small">{ texts.get(Key::PassportEraseHint) }</p>
            <div role="alert">
                if *asking {
                    <p>{ texts.get(Key::PassportEraseAsk) }</p>
                }
            </div>
            <div class="actions">
                if *asking {
                    <button type="button" onclick={no}>{ texts.get(Key::PassportEraseNo) }</button>
                    <button type="button" class="danger" onclick={yes}>{ texts.get(Key::PassportEraseYes) }</button>
                } else {
                    <button type="button" class="danger" onclick={ask}>{ texts.get(Key::PassportErase) }</button>
                }
            </div>
        </div>
    }
}
