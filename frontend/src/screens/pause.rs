//! A pause between two questions.

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::Screen;
use crate::text::Key;

pub(crate) fn pause(
    ui: &Ui,
    keeping: bool,
    on_keep: &Callback<()>,
    on_stop: &Callback<()>,
    show: &Callback<Screen>,
) -> Html {
    let texts = ui.texts;
    let go_on = show.reform(|_: MouseEvent| Screen::Question);
    let keep = on_keep.reform(|_: MouseEvent| ());
    let stop = on_stop.reform(|_: MouseEvent| ());
    let where_kept = if keeping { Key::PauseKept } else { Key::PauseMemory };
    html! {
        <section>
            { ui.title(texts.get(Key::PauseTitle)) }
            <p>{ texts.get(where_kept) }</p>
            <div class="actions">
                <button type="button" class="primary" onclick={go_on}>{ texts.get(Key::GoOn) }</button>
                if !keeping {
                    <button type="button" onclick={keep}>{ texts.get(Key::PassportKeep) }</button>
                }
                <button type="button" onclick={stop}>{ texts.get(Key::QuestionStop) }</button>
            </div>
        </section>
    }
}
