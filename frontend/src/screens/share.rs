//! The dialog in which the person gives results to the page, or does not: what, to whom, exactly.

use skills_passport_web::core::facade::show_passport;
use skills_passport_web::core::framework::{AreaDocument, FrameworkText};
use skills_passport_web::core::passport::ResultRecord;
use skills_passport_web::core::profile::{AreaResult, CompetenceResult};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::results::level_phrase;
use crate::layout::{Choice, LateUi, date};
use crate::sharing::{self, ShareDeed, Sharing};
use crate::state::{Deed, State};
use crate::text::Key;

pub(crate) fn share(ui: &LateUi<'_>, state: &State, sharing: &Sharing) -> Html {
    let texts = ui.texts;
    let site = [("site", sharing.to.as_str())];
    let passport = state.passport.as_deref().unwrap_or_default();
    let copy = sharing::copy(ui.engine, passport, sharing).ok().filter(|_| !sharing.areas.is_empty());
    // What is shown is read from the very bytes that would be given.
    let copy = copy.and_then(|text| show_passport(&text).ok().map(|contents| (text, contents.results)));
    // However it is closed: a dialog that is gone has given nothing.
    let onclose = ui.on.reform(|_: Event| Deed::Share(ShareDeed::Refuse));
    html! {
        <dialog ref={ui.dialog.clone()} part="dialog" aria-labelledby="share-title" {onclose}>
            <h2 id="share-title">{ texts.fill(Key::ShareTitle, &site) }</h2>
            { ui.paragraph("", &texts.fill(Key::ShareLead, &site)) }
            { areas(ui, sharing) }
            <div role="alert">
                if sharing.missing {
                    { ui.says("field-error", Key::ShareMissing) }
                }
            </div>
            <h3>{ texts.fill(Key::ShareExactly, &site) }</h3>
            <div aria-live="polite">
                {
                    match (copy, ui.words()) {
                        (Some((text, results)), Some(words)) => html! {
                            <>
                                { for results.iter().map(|record| result(ui, words, record)) }
                                <details>
                                    <summary>{ texts.get(Key::ShareData) }</summary>
                                    <pre tabindex="0">{ readable(&text) }</pre>
                                </details>
                            </>
                        },
                        _ => ui.says("", Key::ShareNothing),
                    }
                }
            </div>
            { ui.says("small", Key::ShareNot) }
            <div class="actions">
                { decide(ui, "primary", &texts.fill(Key::ShareGive, &site), ShareDeed::Give, sharing.areas.is_empty()) }
                { decide(ui, "", texts.get(Key::ShareRefuse), ShareDeed::Refuse, false) }
            </div>
        </dialog>
    }
}

fn areas(ui: &LateUi<'_>, sharing: &Sharing) -> Html {
    let words = ui.words();
    let tick = |id: String, label: &str, checked: bool, deed: ShareDeed| {
        let deed = Deed::Share(deed);
        ui.choice(Choice { kind: "checkbox", group: "share", id, class: "option", label, hint: "", checked, deed })
    };
    let all = ui.framework().areas();
    let area = |area: &AreaDocument| {
        let name = words.and_then(|words| words.areas.get(&area.id)).map_or(area.id.as_str(), |text| &text.name);
        let checked = sharing.areas.contains(&area.id);
        tick(format!("share-{}", area.id), name, checked, ShareDeed::Toggle(area.id.clone()))
    };
    let whole = sharing.areas.len() == all.len();
    html! {
        <fieldset class="choices">
            <legend>{ ui.texts.get(Key::ShareAreas) }</legend>
            { tick("share-all".to_owned(), ui.texts.get(Key::ShareAll), whole, ShareDeed::All(!whole)) }
            { for all.iter().map(area) }
        </fieldset>
    }
}

/// One result of the copy in words: when, with whose help, and each area with its competences.
fn result(ui: &LateUi<'_>, words: &FrameworkText, record: &ResultRecord) -> Html {
    let texts = ui.texts;
    let when = texts.fill(Key::ShareOf, &[("date", &date(texts, &record.at)), ("framework", &words.name)]);
    let row = |header: &'static str, name: String, level: String| {
        html! { <tr class={header}><th scope="row">{ name }</th><td>{ level }</td></tr> }
    };
    let area = |result: &AreaResult| {
        let name = words.areas.get(&result.area).map_or(result.area.as_str(), |area| &area.name);
        row("area-row", name.to_owned(), level_phrase(ui, words, &result.estimate))
    };
    let competence = |result: &CompetenceResult| {
        let name = words.competences.get(&result.competence).map(|text| text.name.as_str()).unwrap_or_default();
        row("", [result.competence.as_str(), name].join(" "), level_phrase(ui, words, &result.estimate))
    };
    html! {
        <>
            { ui.paragraph("", &when) }
            if record.assisted {
                { ui.says("", Key::ShareAssisted) }
            }
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ texts.get(Key::ResultsColumnSkill) }</th>
                        <th scope="col">{ texts.get(Key::ResultsColumnLevel) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for record.areas.iter().map(area) }
                    { for record.competences.iter().map(competence) }
                </tbody>
            </table>
        </>
    }
}

/// A button that ends the dialog, so that the browser takes the focus back to where it was; `stays` if there is still
/// something to do in it.
fn decide(ui: &LateUi<'_>, class: &'static str, text: &str, deed: ShareDeed, stays: bool) -> Html {
    let on = ui.on.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        on.emit(Deed::Share(deed.clone()));
        let dialog = event.target_dyn_into::<Element>().and_then(|button| button.closest("dialog").ok().flatten());
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()).filter(|_| !stays) {
            dialog.close();
        }
    });
    html! { <button type="button" {class} {onclick}>{ text.to_owned() }</button> }
}

/// A JSON text with line breaks.
fn readable(json: &str) -> String {
    let pretty = |value: JsValue| js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into());
    js_sys::JSON::parse(json).and_then(pretty).map_or_else(|_| json.to_owned(), String::from)
}
