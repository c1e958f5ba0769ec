//! The screens of badges, of passphrases and of copies for others.

mod badges;
mod form;
mod protect;
mod share;

use yew::prelude::*;

use crate::layout::LateUi;
use crate::state::{Deed, Page, Screen, State};
use crate::text::Key;

pub(crate) fn vault(ui: &LateUi<'_>, state: &State, page: Page) -> Html {
    let screen = match page {
        Page::Badges => badges::badges(ui, state),
        Page::Protect => protect::protect(ui),
        Page::Share => share::share(ui, state),
    };
    html! {
        <section>
            { screen }
            <div class="actions">{ ui.does("", Key::BackToPassport, Deed::Show(Screen::Passport)) }</div>
            { ui.says("small", Key::Purpose) }
        </section>
    }
}
