//! The first screen: what this is, how long it takes, and where answers may be kept.

use skills_passport_web::core::assessment::{Assessment, Mode, Plan};
use skills_passport_web::core::id::{CompetenceId, Language};
use yew::prelude::*;

use crate::app::Settings;
use crate::layout::Ui;
use crate::state::Screen;
use crate::text::{Key, Texts};

/// What the person chose.
pub(crate) struct Start {
    pub(crate) mode: Mode,
    pub(crate) focus: Vec<CompetenceId>,
    pub(crate) language: Language,
    pub(crate) assisted: bool,
    pub(crate) keep: bool,
}

#[derive(Properties, PartialEq)]
pub(crate) struct WelcomeProperties {
    pub(crate) ui: Ui,
    pub(crate) settings: Settings,
    pub(crate) keeping: bool,
    pub(crate) waiting: Option<Assessment>,
    pub(crate) on_start: Callback<Start>,
    pub(crate) on_resume: Callback<Assessment>,
    pub(crate) show: Callback<Screen>,
}

#[function_component]
pub(crate) fn WelcomeScreen(properties: &WelcomeProperties) -> Html {
    let texts = properties.ui.texts;
    let offered = offered(&properties.settings);
    let mode = use_state_eq(|| None::<Mode>);
    let keep = use_state_eq(|| None::<bool>);
    let assisted = use_state_eq(|| false);
    let current = mode.or(properties.settings.mode).filter(|mode| offered.contains(mode)).unwrap_or(Mode::Quick);
    let keeping = keep.unwrap_or(properties.keeping);

    let onsubmit = Callback::from({
        let (engine, focus) = (properties.ui.engine.clone(), properties.settings.focus.clone());
        let (on_start, assisted) = (properties.on_start.clone(), *assisted);
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(language) = engine.0.instrument().bank().languages().next().cloned() {
                let focus = if current == Mode::Focus { focus.clone() } else { Vec::new() };
                on_start.emit(Start { mode: current, focus, language, assisted, keep: keeping });
            }
        }
    });
    let modes = offered.iter().map(|offer| {
        let (offer, mode) = (*offer, mode.clone());
        let (name, hint) = words(offer);
        let hint = duration(texts, hint, properties, offer);
        choice("mode", offer.name(), texts.get(name), &hint, current == offer, move || mode.set(Some(offer)))
    });
    let privacy = [
        (false, "memory", Key::PrivacyMemory, Key::PrivacyMemoryHint),
        (true, "device", Key::PrivacyDevice, Key::PrivacyDeviceHint),
    ];
    let privacy = privacy.into_iter().map(|(value, id, name, hint)| {
        let keep = keep.clone();
        choice("keep", id, texts.get(name), texts.get(hint), keeping == value, move || keep.set(Some(value)))
    });
    let on_assisted = Callback::from({
        let assisted = assisted.clone();
        move |_: Event| assisted.set(!*assisted)
    });
    let to_passport = properties.show.reform(|_: MouseEvent| Screen::Passport);
    let start = if properties.waiting.is_some() { Key::StartAgain } else { Key::Start };
    html! {
        <section>
            { properties.ui.title(texts.get(Key::WelcomeTitle)) }
            <p class="lead">{ texts.get(Key::WelcomeLead) }</p>
            <p>{ texts.get(Key::WelcomeHonest) }</p>
            { waiting_card(texts, properties) }
            <form {onsubmit}>
                <fieldset class="choices">
                    <legend>{ texts.get(Key::ModeLegend) }</legend>
                    { for modes }
                </fieldset>
                <fieldset class="choices">
                    <legend>{ texts.get(Key::PrivacyLegend) }</legend>
                    { for privacy }
                </fieldset>
                <div class="option tick">
                    <input type="checkbox" id="assisted" checked={*assisted} onchange={on_assisted} />
                    <label for="assisted">{ texts.get(Key::Assisted) }</label>
                </div>
                <div class="actions">
                    <button type="submit" class={if properties.waiting.is_some() { "" } else { "primary" }}>{ texts.get(start) }</button>
                    <button type="button" class="quiet" onclick={to_passport}>{ texts.get(Key::HavePassport) }</button>
                </div>
                if properties.waiting.is_some() {
                    <p class="small">{ texts.get(Key::StartAgainHint) }</p>
                }
            </form>
            <p class="small">{ texts.get(Key::Purpose) }</p>
        </section>
    }
}

fn waiting_card(texts: Texts, properties: &WelcomeProperties) -> Html {
    let Some(assessment) = properties.waiting.clone() else { return Html::default() };
    let answered = u16::try_from(assessment.answers.len()).unwrap_or(u16::MAX);
    let go_on = properties.on_resume.reform(move |_: MouseEvent| assessment.clone());
    html! {
        <div class="card">
            <h3>{ texts.get(Key::WaitingTitle) }</h3>
            <p>{ texts.count(answered, Key::WaitingTextOne, Key::WaitingTextOther) }</p>
            <div class="actions">
                <button type="button" class="primary" onclick={go_on}>{ texts.get(Key::GoOn) }</button>
            </div>
        </div>
    }
}

/// The page may settle the competences; then only these are offered.
fn offered(settings: &Settings) -> Vec<Mode> {
    if settings.mode == Some(Mode::Focus) && !settings.focus.is_empty() {
        return vec![Mode::Focus];
    }
    vec![Mode::Quick, Mode::Standard, Mode::Thorough]
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
fn duration(texts: Texts, key: Key, properties: &WelcomeProperties, mode: Mode) -> String {
    let focus = if mode == Mode::Focus { properties.settings.focus.clone() } else { Vec::new() };
    let plan = Plan { mode, focus };
    let estimate = properties.ui.engine.0.instrument().expected_length(&plan);
    let minutes = estimate.seconds.div_ceil(60).max(1).to_string();
    texts.fill(key, &[("questions", &estimate.questions.to_string()), ("minutes", &minutes)])
}

fn choice(
    group: &'static str,
    value: &str,
    name: &str,
    hint: &str,
    checked: bool,
    choose: impl Fn() + 'static,
) -> Html {
    let id = format!("{group}-{value}");
    let hint_id = format!("{id}-hint");
    let onchange = Callback::from(move |_: Event| choose());
    html! {
        <div class="option">
            <input type="radio" name={group} id={id.clone()} {checked} {onchange} aria-describedby={hint_id.clone()} />
            <label for={id}>{ name.to_owned() }<span class="hint" id={hint_id} aria-hidden="true">{ hint.to_owned() }</span></label>
        </div>
    }
}
