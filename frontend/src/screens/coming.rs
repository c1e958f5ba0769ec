//! In place of a screen that has not arrived yet.

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::Deed;
use crate::text::Key;

pub(crate) fn coming(ui: &Ui) -> Html {
    html! {
        <section>
            { ui.title(ui.texts.get(Key::ComingTitle)) }
            { ui.says("", Key::ComingText) }
            <div class="actions">{ ui.does("", Key::ComingRetry, Deed::FetchLate) }</div>
        </section>
    }
}
