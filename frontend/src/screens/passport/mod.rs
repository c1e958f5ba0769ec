//! The passport: what it holds, where it is, and what can be done with it.

mod erase;
mod incoming;
mod records;

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::folder::Act;
use crate::state::{Deed, Page, Screen, Shown, State};
use crate::text::Key;

pub(crate) fn passport(ui: &Ui, state: &State) -> Html {
    let assessments = state.summary().map(|summary| summary.assessments).unwrap_or_default();
    let filled = !assessments.is_empty();
    let has_results = state.turn.as_ref().is_some_and(|turn| !turn.assessment.answers.is_empty());
    let content = html! {
        <>
            { ui.title(ui.texts.get(Key::PassportTitle)) }
            { ui.says("lead", Key::PassportLead) }
            { unreadable(ui, state) }
            if filled {
                { records::records(ui, state, &assessments) }
            } else {
                { ui.says("", Key::PassportEmpty) }
            }
            if filled {
                { more(ui) }
            }
            { incoming::incoming(ui, state) }
            <div class="actions">
                if has_results {
                    { ui.does("", Key::BackToResults, Deed::Show(Screen::Results(Shown::Current))) }
                }
                if let Some(newest) = assessments.last() {
                    { ui.does("", Key::ToNext, Deed::Show(Screen::Next(Shown::Record(newest.id)))) }
                }
                { ui.does("", Key::NewAssessment, Deed::Show(Screen::Welcome)) }
            </div>
            if filled || state.keeping {
                { erase::erase(ui, state) }
            }
            { ui.says("small", Key::Purpose) }
        </>
    };
    incoming::place(ui, state, content)
}

fn more(ui: &Ui) -> Html {
    html! {
        <>
            { ui.subtitle(Key::MoreTitle) }
            <div class="actions">
                { ui.does("", Key::MoreBadges, Deed::Show(Screen::Vault(Page::Badges))) }
                { ui.does("", Key::MoreShare, Deed::Show(Screen::Vault(Page::Share))) }
                { ui.does("", Key::MoreProtect, Deed::Show(Screen::Vault(Page::Protect))) }
            </div>
        </>
    }
}

/// What the device has kept and this page cannot read can still be taken along.
fn unreadable(ui: &Ui, state: &State) -> Option<Html> {
    let unreadable = state.folder.unreadable.as_ref()?;
    let why = if unreadable.newer { Key::UnreadableNewer } else { Key::UnreadableDamaged };
    Some(html! {
        <div class="card is-error">
            { ui.subtitle(Key::UnreadableTitle) }
            { ui.says("", why) }
            <div class="actions">{ ui.does("", Key::UnreadableSave, Deed::Passport(Act::SaveUnreadable)) }</div>
        </div>
    })
}
