//! Files that come in: chosen or dropped, looked at, and only then taken in.

use skills_passport_web::core::passport::{MergePreview, NewRecords, RecordKind};
use web_sys::{DragEvent, FormData, HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

use crate::layout::{Ui, date};
use crate::state::folder::{Act, Change, Errand, Incoming};
use crate::state::{Deed, State};
use crate::text::Key;

/// The whole screen takes files that are dropped on it.
pub(super) fn place(ui: &Ui, state: &State, content: Html) -> Html {
    let over = state.folder.dropping;
    // Without preventing the default, the browser would open the file in place of the page.
    let listen = |deed: fn(&DragEvent) -> Deed| {
        let on = ui.on.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            let deed = deed(&event);
            if deed != Deed::Folder(Change::Dropping(over)) {
                on.emit(deed);
            }
        })
    };
    let ondragover = listen(|_| Deed::Folder(Change::Dropping(true)));
    let ondragleave = listen(|_| Deed::Folder(Change::Dropping(false)));
    let ondrop = listen(|event| {
        let files = event.data_transfer().and_then(|data| data.files());
        let file = files.and_then(|files| files.get(0));
        file.map_or(Deed::Folder(Change::Dropping(false)), |file| Deed::Passport(Act::Open(file)))
    });
    let class = if over { "takes-files over" } else { "takes-files" };
    html! { <section {class} {ondragover} {ondragleave} {ondrop}>{ content }</section> }
}

pub(super) fn incoming(ui: &Ui, state: &State) -> Html {
    match &state.folder.incoming {
        Some(incoming) => preview(ui, incoming),
        None if state.folder.sealed.is_some() => sealed(ui),
        None => file_input(ui),
    }
}

/// A file under a passphrase. What is typed is read when it is sent, and stays nowhere.
fn sealed(ui: &Ui) -> Html {
    let on = ui.on.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<HtmlFormElement>();
        if let Some(fields) = form.and_then(|form| FormData::new_with_form(&form).ok()) {
            on.emit(Deed::Vault(Errand::Unseal(fields.get("passphrase").as_string().unwrap_or_default())));
        }
    });
    html! {
        <div class="card" role="group" aria-labelledby="sealed" tabindex="-1" ref={ui.question.clone()}>
            <h3 id="sealed">{ ui.texts.get(Key::SealedTitle) }</h3>
            <form {onsubmit} novalidate=true>
                <div class="field">
                    <label for="passphrase">{ ui.texts.get(Key::SealedLead) }</label>
                    <input type="password" id="passphrase" name="passphrase" autocomplete="current-password" />
                </div>
                { ui.says("small", Key::ProtectForgotten) }
                <div class="actions">
                    { ui.submit("primary", Key::SealedOpen) }
                    { ui.does("", Key::IncomingLeave, Deed::Passport(Act::LeaveOut)) }
                </div>
            </form>
        </div>
    }
}

/// The browser's own button would speak the browser's language: the label stands for it, the input keeps the keyboard.
fn file_input(ui: &Ui) -> Html {
    let on = ui.on.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on.emit(Deed::Passport(Act::Open(file)));
        }
        // So that choosing the same file again is noticed.
        input.set_value("");
    });
    html! {
        <div class="file">
            <input type="file" id="import" class="hidden" accept=".json,.txt,application/json" aria-describedby="import-hint" {onchange} />
            <label for="import">{ ui.texts.get(Key::PassportImport) }</label>
            <p class="small" id="import-hint">{ ui.texts.get(Key::PassportImportHint) }</p>
        </div>
    }
}

fn preview(ui: &Ui, incoming: &Incoming) -> Html {
    let Incoming { preview, .. } = incoming;
    html! {
        <div class="card" role="group" aria-labelledby="incoming" tabindex="-1" ref={ui.question.clone()}>
            <h3 id="incoming">{ ui.texts.get(Key::IncomingTitle) }</h3>
            { ui.paragraph("", &whose(ui, preview)) }
            if preview.is_empty() {
                { ui.says("", Key::IncomingNothing) }
            } else {
                { ui.says("", Key::IncomingNew) }
                <ul>{ for preview.new.iter().map(|new| html! { <li>{ line(ui, new) }</li> }) }</ul>
            }
            { some(ui, preview.present, Key::IncomingPresentOne, Key::IncomingPresentOther) }
            { some(ui, preview.erases, Key::IncomingErasesOne, Key::IncomingErasesOther) }
            { some(ui, preview.stay_erased, Key::IncomingErasedOne, Key::IncomingErasedOther) }
            <div class="actions">
                if preview.is_empty() {
                    { ui.does("primary", Key::IncomingClose, Deed::Passport(Act::LeaveOut)) }
                } else {
                    { ui.does("primary", Key::IncomingAdd, Deed::Passport(Act::TakeIn)) }
                    { ui.does("", Key::IncomingLeave, Deed::Passport(Act::LeaveOut)) }
                }
            </div>
        </div>
    }
}

fn whose(ui: &Ui, preview: &MergePreview) -> String {
    let made = date(ui.texts, &preview.created);
    let who = match (&preview.holder, preview.same_passport) {
        (Some(name), _) => ui.texts.fill(Key::IncomingHolder, &[("name", name), ("date", &made)]),
        (None, true) => ui.texts.fill(Key::IncomingSame, &[("date", &made)]),
        (None, false) => ui.texts.fill(Key::IncomingNobody, &[("date", &made)]),
    };
    match (&preview.holder, &preview.own_holder) {
        (Some(theirs), Some(own)) if theirs != own => {
            [who, ui.texts.fill(Key::IncomingOtherName, &[("name", own)])].join(" ")
        }
        _ => who,
    }
}

/// How many of a kind, and from when.
fn line(ui: &Ui, new: &NewRecords) -> String {
    let (one, other) = match new.kind {
        RecordKind::Assessment => (Key::KindAssessmentOne, Key::KindAssessmentOther),
        RecordKind::Attestation => (Key::KindAttestationOne, Key::KindAttestationOther),
        RecordKind::Goal => (Key::KindGoalOne, Key::KindGoalOther),
        RecordKind::Course => (Key::KindCourseOne, Key::KindCourseOther),
        RecordKind::Note => (Key::KindNoteOne, Key::KindNoteOther),
        RecordKind::Holder => (Key::KindHolderOne, Key::KindHolderOther),
        RecordKind::Key => (Key::KindKeyOne, Key::KindKeyOther),
        RecordKind::Other => (Key::KindOtherOne, Key::KindOtherOther),
    };
    let what = ui.texts.count(small(new.count), one, other);
    let (from, to) = (date(ui.texts, &new.earliest), date(ui.texts, &new.latest));
    if from == to {
        ui.texts.fill(Key::IncomingOn, &[("what", &what), ("date", &from)])
    } else {
        ui.texts.fill(Key::IncomingFromTo, &[("what", &what), ("from", &from), ("to", &to)])
    }
}

fn some(ui: &Ui, count: u32, one: Key, other: Key) -> Option<Html> {
    (count > 0).then(|| ui.paragraph("small", &ui.texts.count(small(count), one, other)))
}

/// A passport has at most ten thousand records.
fn small(count: u32) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
