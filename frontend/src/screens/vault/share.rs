//! Copies for others: what goes into them is chosen here.

use skills_passport_web::core::facade::Document;
use skills_passport_web::core::passport::Passport;
use yew::prelude::*;

use super::badges::title;
use super::form::{Fields, form, line, tick};
use crate::layout::LateUi;
use crate::state::State;
use crate::state::folder::{Errand, Sharing};
use crate::text::Key;
use crate::vault::signing::{badges, text_of};

pub(super) fn share(ui: &LateUi<'_>, state: &State) -> Html {
    let copy = |fields: &Fields| {
        Errand::Share(Sharing {
            without: fields.all("without").iter().filter_map(|area| area.parse().ok()).collect(),
            history: fields.ticked("history"),
            name: fields.ticked("name"),
            answers: fields.ticked("answers"),
            badges: fields.ticked("badges"),
        })
    };
    let areas = ui.framework().areas().iter().map(|area| {
        let name = ui.words().and_then(|words| words.areas.get(&area.id)).map_or("", |text| text.name.as_str());
        tick("without", area.id.as_str(), &[area.id.as_str(), name].join(" "))
    });
    let more = [
        ("name", Key::CopyName),
        ("history", Key::CopyHistory),
        ("badges", Key::CopyBadges),
        ("answers", Key::CopyAnswers),
    ];
    let content = html! {
        <>
            <fieldset class="choices">
                <legend>{ ui.texts.get(Key::CopyWithout) }</legend>
                { for areas }
            </fieldset>
            <fieldset class="choices">
                <legend>{ ui.texts.get(Key::CopyMore) }</legend>
                { for more.into_iter().map(|(name, label)| tick(name, "yes", ui.texts.get(label))) }
            </fieldset>
            <div class="actions">{ ui.submit("primary", Key::CopySave) }</div>
        </>
    };
    let passport = state.passport.as_deref().and_then(|text| Passport::parse(text).ok());
    let name = passport.and_then(|passport| passport.name());
    html! {
        <>
            { ui.title(ui.texts.get(Key::CopyTitle)) }
            { ui.says("lead", Key::CopyLead) }
            { form(ui, copy, content) }
            { ui.subtitle(Key::PrintTitle) }
            { ui.says("", Key::PrintLead) }
            { form(ui, |fields| Errand::Print { name: fields.ticked("print-name"), code: fields.text("print-code") }, html! {
                <>
                    { tick("print-name", "yes", ui.texts.get(Key::CopyName)) }
                    { code(ui, state) }
                    <div class="actions">{ ui.submit("", Key::PrintSave) }</div>
                </>
            }) }
            { ui.subtitle(Key::NameTitle) }
            if let Some(name) = &name {
                { ui.paragraph("", &ui.texts.fill(Key::NameNow, &[("name", name)])) }
            } else {
                { ui.says("", Key::NameNone) }
            }
            { form(ui, |fields| Errand::SetName(fields.text("holder")), html! {
                <>
                    { line(ui, "holder", "text", Key::NameLabel, "name") }
                    <div class="actions">{ ui.submit("", Key::NameSave) }</div>
                </>
            }) }
        </>
    }
}

/// The badges whose code can stand on the page, newest first.
fn code(ui: &LateUi<'_>, state: &State) -> Html {
    let badges = badges(state.passport.as_deref());
    let option = |badge: &Document| {
        let id = text_of(badge, &["id"]).unwrap_or_default().to_owned();
        html! { <option value={id}>{ title(ui, badge) }</option> }
    };
    if badges.is_empty() {
        return ui.says("hint", Key::PrintCodeHint);
    }
    html! {
        <div class="field">
            <label for="print-code">{ ui.texts.get(Key::PrintCode) }</label>
            <select id="print-code" name="print-code">
                // Yew puts children in from the last to the first, and a list keeps the first that it got.
                <option value="" selected=true>{ ui.texts.get(Key::PrintCodeNone) }</option>
                { for badges.iter().rev().map(option) }
            </select>
        </div>
    }
}
