//! A pause between two questions.

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::{Deed, Screen, State};
use crate::text::Key;

pub(crate) fn pause(ui: &Ui, state: &State) -> Html {
    let place = if state.keeping { Key::PauseKept } else { Key::PauseMemory };
    html! {
        <section>
            { ui.title(ui.texts.get(Key::PauseTitle)) }
            { ui.says("", place) }
            <div class="actions">
                { ui.does("primary", Key::GoOn, Deed::Show(Screen::Question)) }
                if ui.may_keep() && !state.keeping {
                    { ui.does("", Key::PassportKeep, Deed::Keep) }
                }
                { ui.does("", Key::QuestionStop, Deed::Stop) }
            </div>
        </section>
    }
}
