//! The warning before everything on this page is erased, because nobody does anything any more.

use yew::prelude::*;

use crate::layout::Ui;
use crate::state::Deed;
use crate::state::folder::Act;
use crate::state::idle::Patience;
use crate::state::way::Step;
use crate::text::Key;

/// Seconds between two announcements: every second would be too much to hear.
const SAID_EVERY: u32 = 30;

pub(crate) fn idle(ui: &Ui, left: u32) -> Html {
    let (minutes, seconds) = (left / 60, left % 60);
    let tens = if seconds < 10 { "0" } else { "" };
    let clock = [&minutes.to_string(), ":", tens, &seconds.to_string()].concat();
    let said = left.div_ceil(SAID_EVERY).saturating_mul(SAID_EVERY).to_string();
    html! {
        <section class="idle">
            { ui.title(ui.texts.get(Key::IdleTitle)) }
            { ui.says("lead", Key::IdleText) }
            <p class="countdown" aria-hidden="true">{ clock }</p>
            <p class="hidden" role="status">{ ui.texts.fill(Key::IdleLeft, &[("n", &said)]) }</p>
            <div class="actions">
                { ui.does("primary", Key::IdleHere, Deed::Step(Step::Idle(None))) }
                { ui.does("", Key::IdleLonger, Deed::Step(Step::Patience(Patience::Long))) }
                { ui.does("danger", Key::LeaveYes, Deed::Passport(Act::Erase)) }
            </div>
        </section>
    }
}
