//! A pause between two questions.

use yew::prelude::*;

use crate::layout::{Title, use_ui};
use crate::state::Screen;
use crate::text::Key;

#[derive(Properties, PartialEq)]
pub(crate) struct PauseProperties {
    pub(crate) keeping: bool,
    pub(crate) on_keep: Callback<()>,
    pub(crate) on_stop: Callback<()>,
    pub(crate) show: Callback<Screen>,
}

#[function_component]
pub(crate) fn PauseScreen(properties: &PauseProperties) -> Html {
    let texts = use_ui().texts;
    let go_on = properties.show.reform(|_: MouseEvent| Screen::Question);
    let keep = properties.on_keep.reform(|_: MouseEvent| ());
    let stop = properties.on_stop.reform(|_: MouseEvent| ());
    let where_kept = if properties.keeping { Key::PauseKept } else { Key::PauseMemory };
    html! {
        <section>
            <Title text={texts.get(Key::PauseTitle)} />
            <p>{ texts.get(where_kept) }</p>
            <div class="actions">
                <button type="button" class="primary" onclick={go_on}>{ texts.get(Key::GoOn) }</button>
                if !properties.keeping {
                    <button type="button" onclick={keep}>{ texts.get(Key::PassportKeep) }</button>
                }
                <button type="button" onclick={stop}>{ texts.get(Key::QuestionStop) }</button>
            </div>
        </section>
    }
}
