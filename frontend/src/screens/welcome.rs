//! The first screen: what this is, for whom, where answers may be kept, and how long it takes.

use skills_passport_web::core::assessment::{Mode, Plan};
use yew::prelude::*;

use crate::layout::{Choice, Ui};
use crate::state::{Deed, Screen, Settings, State, Storage};
use crate::text::Key;

pub(crate) fn welcome(ui: &Ui, state: &State, settings: &Settings) -> Html {
    html! {
        <section>
            { ui.title(ui.texts.get(Key::WelcomeTitle)) }
            { ui.says("lead", Key::WelcomeLead) }
            { ui.says("", Key::WelcomeHonest) }
            { waiting(ui, state) }
            { ui.form(Deed::Start, form(ui, state, settings)) }
            { ui.says("small", Key::Purpose) }
        </section>
    }
}

fn waiting(ui: &Ui, state: &State) -> Option<Html> {
    let answered = u16::try_from(state.waiting.as_ref()?.answers.len()).unwrap_or(u16::MAX);
    Some(html! {
        <div class="card">
            { ui.subtitle(Key::WaitingTitle) }
            { ui.paragraph("", &ui.texts.count(answered, Key::WaitingTextOne, Key::WaitingTextOther)) }
            <div class="actions">{ ui.does("primary", Key::GoOn, Deed::GoOn) }</div>
        </div>
    })
}

fn form(ui: &Ui, state: &State, settings: &Settings) -> Html {
    let (texts, choices, waiting) = (ui.texts, state.choices(settings), state.waiting.is_some());
    let modes = state.modes(settings).iter().map(|mode| {
        let (name, hint) = words(*mode);
        let focus = if *mode == Mode::Focus { state.focus(settings) } else { Vec::new() };
        let hint = if *mode == Mode::Focus && focus.is_empty() {
            // How long it takes depends on what is chosen next.
            texts.get(Key::ModeChooseHint).to_owned()
        } else {
            duration(ui, hint, Plan { focus, ..Plan::new(*mode) })
        };
        radio(ui, "mode", mode.name(), name, &hint, choices.mode == *mode, Deed::ChooseMode(*mode))
    });
    let privacy = [
        ("memory", Key::PrivacyMemory, Key::PrivacyMemoryHint, false),
        ("device", Key::PrivacyDevice, Key::PrivacyDeviceHint, true),
    ];
    let privacy = privacy.into_iter().map(|(id, name, hint, keep)| {
        radio(ui, "keep", id, name, texts.get(hint), choices.keep == keep, Deed::ChooseKeep(keep))
    });
    let who = [("me", Key::WhoMe, Key::WhoMeHint, false), ("helper", Key::WhoHelper, Key::WhoHelperHint, true)];
    let who = who.into_iter().map(|(id, name, hint, assisted)| {
        radio(ui, "who", id, name, texts.get(hint), choices.assisted == assisted, Deed::ChooseAssisted(assisted))
    });
    let (class, start) = if waiting { ("", Key::StartAgain) } else { ("primary", Key::Start) };
    html! {
        <>
            <fieldset class="choices"><legend>{ texts.get(Key::WhoLegend) }</legend>{ for who }</fieldset>
            if settings.storage == Storage::Memory {
                { ui.says("", Key::PrivacyMemoryHint) }
            } else {
                <fieldset class="choices"><legend>{ texts.get(Key::PrivacyLegend) }</legend>{ for privacy }</fieldset>
            }
            <fieldset class="choices"><legend>{ texts.get(Key::ModeLegend) }</legend>{ for modes }</fieldset>
            <div class="actions">
                { ui.submit(class, start) }
                { ui.does("quiet", Key::HavePassport, Deed::Show(Screen::Passport)) }
            </div>
            if waiting {
                { ui.says("small", Key::StartAgainHint) }
            }
        </>
    }
}

fn words(mode: Mode) -> (Key, Key) {
    match mode {
        Mode::Quick => (Key::ModeQuick, Key::ModeQuickHint),
        Mode::Standard => (Key::ModeStandard, Key::ModeStandardHint),
        Mode::Thorough => (Key::ModeThorough, Key::ModeThoroughHint),
        Mode::Focus => (Key::ModeFocus, Key::ModeFocusHint),
    }
}

/// Number of questions and minutes, from the expected time of the bank's items.
pub(super) fn duration(ui: &Ui, key: Key, plan: Plan) -> String {
    let length = ui.sheet.expected_length(&plan);
    let minutes = length.seconds.div_ceil(60).max(1).to_string();
    ui.texts.fill(key, &[("questions", &length.questions.to_string()), ("minutes", &minutes)])
}

fn radio(ui: &Ui, group: &'static str, value: &str, name: Key, hint: &str, checked: bool, deed: Deed) -> Html {
    let (id, label) = (format!("{group}-{value}"), ui.texts.get(name));
    ui.choice(Choice { kind: "radio", group, id, class: "option", label, hint, checked, deed })
}
