//! Saving the passport under a passphrase.

use yew::prelude::*;

use super::form::{form, line};
use crate::layout::Ui;
use crate::state::folder::Errand;
use crate::text::Key;

pub(super) fn protect(ui: &Ui) -> Html {
    let errand = |fields: &super::form::Fields| Errand::Seal {
        passphrase: fields.text("passphrase"),
        again: fields.text("again"),
    };
    let content = html! {
        <>
            { line(ui, "passphrase", "password", Key::ProtectPassphrase, "new-password") }
            { line(ui, "again", "password", Key::ProtectAgain, "new-password") }
            <div class="actions">{ ui.submit("primary", Key::ProtectSave) }</div>
        </>
    };
    html! {
        <>
            { ui.title(ui.texts.get(Key::ProtectTitle)) }
            { ui.says("lead", Key::ProtectLead) }
            { ui.says("card is-error", Key::ProtectForgotten) }
            { form(ui, errand, content) }
        </>
    }
}
