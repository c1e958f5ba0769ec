//! Below every screen, as long as answers are on this page only: one button that erases everything.

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::folder::Act;
use crate::state::{Deed, Screen, State};
use crate::text::Key;

pub(crate) fn leave(ui: &Ui, state: &State) -> Html {
    // The passport has such a button of its own.
    if !state.is_in_passing() || state.screen == Screen::Passport {
        return Html::default();
    }
    let text = if state.erasing { Key::LeaveAsk } else { Key::LeaveHint };
    html! {
        <div class="erase leave" role="group" aria-label={ui.texts.get(Key::Leave)} tabindex="-1" ref={ui.leaving.clone()}>
            { ui.says("", text) }
            <div class="actions">
                if state.erasing {
                    { ui.does("", Key::LeaveNo, Deed::AskErase(false)) }
                    { ui.does("danger", Key::LeaveYes, Deed::Passport(Act::Erase)) }
                } else {
                    { ui.does("danger large", Key::Leave, Deed::AskErase(true)) }
                }
            </div>
        </div>
    }
}
