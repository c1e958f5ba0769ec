//! What the passport holds, where it is, and when it was last saved.

use skills_passport_web::core::facade::AssessmentSummary;
use yew::prelude::*;

use crate::layout::{Ui, date};
use crate::state::folder::Act;
use crate::state::{Deed, Screen, Shown, State};
use crate::text::Key;

pub(super) fn records(ui: &Ui, state: &State, assessments: &[AssessmentSummary]) -> Html {
    let kept = state.keeping && !state.folder.unkept;
    let place = match (kept, state.folder.persistent) {
        (false, _) => Key::PassportWhereMemory,
        (true, Some(true)) => Key::PassportWherePersistent,
        (true, _) => Key::PassportWhereDevice,
    };
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
                { ui.does("primary", Key::PassportExport, Deed::Passport(Act::Save)) }
                if state.folder.can_send {
                    { ui.does("", Key::PassportSend, Deed::Passport(Act::Send)) }
                }
                if !kept && ui.may_keep() {
                    { ui.does("", Key::PassportKeep, Deed::Keep) }
                }
            </div>
        </>
    }
}
