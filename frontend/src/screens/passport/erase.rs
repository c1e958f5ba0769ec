//! Erasing everything, which asks once before it is done.

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::folder::Act;
use crate::state::{Deed, State};
use crate::text::Key;

pub(super) fn erase(ui: &Ui, state: &State) -> Html {
    // The one place at a time where the person is asked something.
    let place = if state.folder.incoming.is_none() && state.folder.sealed.is_none() {
        ui.question.clone()
    } else {
        NodeRef::default()
    };
    html! {
        <div class="erase" role="group" aria-label={ui.texts.get(Key::PassportErase)} tabindex="-1" ref={place}>
            { ui.says("small", Key::PassportEraseHint) }
            <div role="alert">
                if state.erasing {
                    { ui.says("", Key::PassportEraseAsk) }
                }
            </div>
            <div class="actions">
                if state.erasing {
                    { ui.does("", Key::PassportEraseNo, Deed::AskErase(false)) }
                    { ui.does("danger", Key::PassportEraseYes, Deed::Passport(Act::Erase)) }
                } else {
                    { ui.does("danger", Key::PassportErase, Deed::AskErase(true)) }
                }
            </div>
        </div>
    }
}
