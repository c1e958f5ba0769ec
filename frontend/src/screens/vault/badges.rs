//! Badges: one per area, to save, to show as a code, to put together for somebody; and the key that signs them.

use skills_passport_web::core::credential::read_keys;
use skills_passport_web::core::facade::Document;
use skills_passport_web::core::units::Timestamp;
use yew::prelude::*;

use super::form::{Fields, form, line, tick};
use crate::layout::{Ui, date};
use crate::state::folder::{Code, Errand};
use crate::state::{Deed, State};
use crate::text::Key;
use crate::vault::signing::{badges as badges_of, text_of};

pub(super) fn badges(ui: &Ui, state: &State) -> Html {
    let all = badges_of(state.passport.as_deref());
    html! {
        <>
            { ui.title(ui.texts.get(Key::BadgesTitle)) }
            { ui.says("lead", Key::BadgesLead) }
            { ui.says("small", Key::BadgesKind) }
            <div class="actions">{ ui.does("primary", Key::BadgesMake, Deed::Vault(Errand::Issue)) }</div>
            if all.is_empty() {
                { ui.says("", Key::BadgesNone) }
            } else {
                { ui.subtitle(Key::BadgesList) }
                { for all.iter().rev().map(|badge| entry(ui, state, badge)) }
                { presentation(ui, &all) }
            }
            { key(ui, state) }
        </>
    }
}

/// The name of a badge, and of when it is.
pub(super) fn title(ui: &Ui, badge: &Document) -> String {
    let name = text_of(badge, &["name"]).unwrap_or_default();
    let from = text_of(badge, &["validFrom"]).and_then(|from| from.parse::<Timestamp>().ok());
    match from {
        Some(from) => ui.texts.fill(Key::BadgeOf, &[("name", name), ("date", &date(ui.texts, &from))]),
        None => name.to_owned(),
    }
}

fn entry(ui: &Ui, state: &State, badge: &Document) -> Html {
    let id = text_of(badge, &["id"]).unwrap_or_default().to_owned();
    let code = state.folder.code.as_ref().filter(|code| code.badge == id);
    let title = title(ui, badge);
    let labelled = |key: Key, errand: Errand| {
        let onclick = ui.on.reform(move |_: MouseEvent| Deed::Vault(errand.clone()));
        let label = [ui.texts.get(key), title.as_str()].join(": ");
        html! { <button type="button" aria-label={label} {onclick}>{ ui.texts.get(key) }</button> }
    };
    html! {
        <div class="card">
            <p><strong>{ title.clone() }</strong></p>
            <div class="actions">
                { labelled(Key::BadgeSave, Errand::SaveBadge(id.clone())) }
                { labelled(Key::BadgePicture, Errand::SavePicture(id.clone())) }
                { labelled(Key::BadgeCode, Errand::ShowCode(id.clone())) }
            </div>
            { code.map(|code| shown_code(ui, code)) }
        </div>
    }
}

fn shown_code(ui: &Ui, code: &Code) -> Html {
    // Our own drawing: its only text is the badge's name, in which no letter is markup.
    let svg = Html::from_html_unchecked(AttrValue::from(code.svg.clone()));
    html! {
        <>
            <div class="qr">{ svg }</div>
            { ui.says("", Key::CodeHelp) }
            <p><a href={code.link.to_string()} target="_blank" rel="noopener noreferrer">{ ui.texts.get(Key::CodeLink) }</a></p>
        </>
    }
}

fn presentation(ui: &Ui, all: &[Document]) -> Html {
    let errand = |fields: &Fields| Errand::Present {
        badges: fields.all("badge"),
        challenge: fields.text("challenge"),
        domain: fields.text("domain"),
    };
    let boxes =
        all.iter().rev().map(|badge| tick("badge", text_of(badge, &["id"]).unwrap_or_default(), &title(ui, badge)));
    let content = html! {
        <>
            <fieldset class="choices">
                <legend>{ ui.texts.get(Key::PresentWhich) }</legend>
                { for boxes }
            </fieldset>
            { line(ui, "domain", "text", Key::PresentDomain, "off") }
            { line(ui, "challenge", "text", Key::PresentChallenge, "off") }
            <div class="actions">{ ui.submit("", Key::PresentMake) }</div>
        </>
    };
    html! {
        <details class="review">
            <summary>{ ui.subtitle(Key::PresentTitle) }</summary>
            { ui.says("", Key::PresentLead) }
            { form(ui, errand, content) }
        </details>
    }
}

fn key(ui: &Ui, state: &State) -> Option<Html> {
    let keys = read_keys(state.folder.keys.as_deref()?).ok()?;
    let did = keys.last()?.did().to_string();
    let earlier = u16::try_from(keys.len() - 1).unwrap_or(u16::MAX);
    Some(html! {
        <details class="review">
            <summary>{ ui.subtitle(Key::SigningTitle) }</summary>
            { ui.says("", Key::SigningLead) }
            { ui.paragraph("key", &did) }
            if earlier > 0 {
                { ui.paragraph("small", &ui.texts.count(earlier, Key::SigningEarlierOne, Key::SigningEarlierOther)) }
            }
            <div class="actions">{ ui.does("", Key::SigningSave, Deed::Vault(Errand::SaveKeys)) }</div>
            { ui.says("small", Key::SigningSecret) }
            <div class="actions">{ ui.does("", Key::SigningChange, Deed::Vault(Errand::ChangeKey)) }</div>
            { ui.says("small", Key::SigningChangeHint) }
        </details>
    })
}
