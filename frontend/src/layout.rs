//! What every screen is made of: the frame around it, headings, buttons, choices.

use std::ops::Deref;
use std::rc::Rc;

use skills_passport_web::core::facade::{Engine, Sheet};
use skills_passport_web::core::framework::{Framework, FrameworkText};
use skills_passport_web::core::id::Language;
use skills_passport_web::core::units::Timestamp;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::late::Late;
use crate::state::{Deed, Notice, Screen, Settings, State, Storage};
use crate::text::{Key, LANGUAGES, Texts};

/// What every screen needs. Screens are functions, and buttons are made in one place: each component and each callback
/// of its own would cost the download some kilobytes.
pub(crate) struct Ui {
    pub(crate) texts: Texts,
    pub(crate) settings: Settings,
    pub(crate) sheet: Rc<Sheet>,
    /// The heading of the screen, which takes the focus.
    pub(crate) heading: NodeRef,
    /// Where the person is asked something inside a screen, which takes the focus then.
    pub(crate) question: NodeRef,
    /// A dialog over the screen.
    pub(crate) dialog: NodeRef,
    /// Where the person is asked whether everything is to be erased, below every screen.
    pub(crate) leaving: NodeRef,
    /// Where deeds go.
    pub(crate) on: Callback<Deed>,
}

/// One of several answers or settings to choose.
pub(crate) struct Choice<'a> {
    /// `radio` or `checkbox`.
    pub(crate) kind: &'static str,
    /// Radios of one group exclude each other.
    pub(crate) group: &'static str,
    pub(crate) id: String,
    pub(crate) class: &'static str,
    pub(crate) label: &'a str,
    pub(crate) hint: &'a str,
    pub(crate) checked: bool,
    pub(crate) deed: Deed,
}

impl Ui {
    /// What screens get that come late.
    pub(crate) fn with<'a>(&'a self, late: &'a Late) -> LateUi<'a> {
        LateUi { ui: self, engine: &late.engine }
    }

    /// Whether the page lets anything be kept on the device.
    pub(crate) fn may_keep(&self) -> bool {
        self.settings.storage != Storage::Memory
    }

    /// The language of the questions.
    pub(crate) fn question_language(&self) -> &str {
        self.sheet.language().as_str()
    }

    /// `lang` and `dir` for words that are in the language of the questions; none where that is the interface's.
    pub(crate) fn foreign(&self) -> (Option<String>, Option<&'static str>) {
        let language = self.question_language();
        // Every language with questions is written from left to right so far.
        let is_foreign = language != self.texts.language();
        (is_foreign.then(|| language.to_owned()), is_foreign.then_some("ltr"))
    }

    /// The heading of a screen.
    pub(crate) fn title(&self, text: &str) -> Html {
        html! { <h2 ref={self.heading.clone()} part="heading" tabindex="-1">{ text.to_owned() }</h2> }
    }

    /// A heading inside a screen.
    pub(crate) fn subtitle(&self, key: Key) -> Html {
        html! { <h3>{ self.texts.get(key) }</h3> }
    }

    /// A paragraph; `class` may be empty.
    pub(crate) fn paragraph(&self, class: &'static str, text: &str) -> Html {
        html! { <p {class}>{ text.to_owned() }</p> }
    }

    /// A paragraph of fixed words.
    pub(crate) fn says(&self, class: &'static str, key: Key) -> Html {
        self.paragraph(class, self.texts.get(key))
    }

    /// A button; `class` may be empty.
    pub(crate) fn button(&self, class: &'static str, text: &str, deed: Deed) -> Html {
        let onclick = self.on.reform(move |_: MouseEvent| deed.clone());
        html! { <button type="button" part={part(class)} {class} {onclick}>{ text.to_owned() }</button> }
    }

    /// A button with fixed words.
    pub(crate) fn does(&self, class: &'static str, key: Key, deed: Deed) -> Html {
        self.button(class, self.texts.get(key), deed)
    }

    /// The button that sends a form.
    pub(crate) fn submit(&self, class: &'static str, key: Key) -> Html {
        html! { <button type="submit" part={part(class)} {class}>{ self.texts.get(key) }</button> }
    }

    /// A form that sends a deed.
    pub(crate) fn form(&self, deed: Deed, content: Html) -> Html {
        let onsubmit = self.on.reform(move |event: SubmitEvent| {
            event.prevent_default();
            deed.clone()
        });
        html! { <form {onsubmit} novalidate=true>{ content }</form> }
    }

    /// A radio button or check box with its label, as one large target.
    pub(crate) fn choice(&self, choice: Choice<'_>) -> Html {
        let Choice { kind, group, id, class, label, hint, checked, deed } = choice;
        let onchange = self.on.reform(move |_: Event| deed.clone());
        let hint_id = (!hint.is_empty()).then(|| format!("{id}-hint"));
        let hint =
            hint_id.clone().map(|id| html! { <span class="hint" {id} aria-hidden="true">{ hint.to_owned() }</span> });
        html! {
            <div {class} part="option">
                <input type={kind} name={group} id={id.clone()} {checked} {onchange} aria-describedby={hint_id} />
                <label for={id}>{ label.to_owned() }{ hint }</label>
            </div>
        }
    }
}

/// What screens that come late need besides.
pub(crate) struct LateUi<'a> {
    pub(crate) ui: &'a Ui,
    pub(crate) engine: &'a Rc<Engine>,
}

impl Deref for LateUi<'_> {
    type Target = Ui;

    fn deref(&self) -> &Ui {
        self.ui
    }
}

impl LateUi<'_> {
    /// The framework of the results.
    pub(crate) fn framework(&self) -> &Framework {
        self.engine.instrument().framework()
    }

    /// Its wording in the language of the interface, else in that of the questions.
    pub(crate) fn words(&self) -> Option<&FrameworkText> {
        let framework = self.framework();
        let is_own = |language: &&Language| language.as_str() == self.texts.language();
        framework.text(framework.languages().find(is_own).or(framework.languages().next())?)
    }
}

/// What the page's style sheet can call a button.
fn part(class: &str) -> &'static str {
    if class == "primary" { "button primary" } else { "button" }
}

/// The frame of every screen; `late` is what comes late, once it is there with its texts, and `questions_in` lists the
/// languages that there are questions in, between spaces.
pub(crate) fn frame(ui: &Ui, state: &State, late: Option<&Late>, questions_in: &str, screen: Html) -> Html {
    let texts = ui.texts;
    let theme = state.display.theme.unwrap_or(ui.settings.theme);
    let menu = late.filter(|_| state.display_open);
    let own = LANGUAGES.iter().filter(|(tag, _)| questions_in.split(' ').any(|other| other == *tag));
    html! {
        <div class="frame" part="frame" data-theme={theme} data-size={state.display.size.to_string()} lang={texts.language()} dir={texts.direction()}>
            <header class="bar" part="header">
                { ui.says("brand", Key::AppName) }
                <div class="tools">
                    { select(ui, "language", Key::LanguageSwitch, "hidden", LANGUAGES.iter(), texts.language(), Deed::Language) }
                    { display_button(ui, state, menu.is_some()) }
                </div>
            </header>
            // One node, whatever is in it: the neighbours of one that comes and goes would be made anew, and lose the focus.
            { menu.map(|late| (late.display)(ui, state)).unwrap_or_default() }
            if ui.foreign().0.is_some() {
                { select(ui, "questions-in", Key::QuestionsLanguage, "small", own, ui.question_language(), Deed::Questions) }
            }
            // Always there, so that screen readers announce what comes into it.
            <div role="status" aria-live="polite">{ state.notice.as_ref().map(|notice| notice_line(ui, notice)) }</div>
            <div class="screen" part="screen">
                { late.filter(|_| state.screen == Screen::Question).and_then(|late| (late.reader)(ui, state)).unwrap_or_default() }
                { screen }
            </div>
            <footer part="footer">
                { ui.paragraph("small", ui.sheet.words()) }
                if texts.is_draft() {
                    { ui.says("small", Key::DraftTexts) }
                }
            </footer>
        </div>
    }
}

/// A list of languages to choose from, each in its own words.
fn select<'a>(
    ui: &Ui,
    id: &'static str,
    label: Key,
    class: &'static str,
    languages: impl Iterator<Item = &'a (&'static str, &'static str)>,
    chosen: &str,
    deed: fn(&'static str) -> Deed,
) -> Html {
    let on = ui.on.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let value = select.value();
        if let Some((tag, _)) = LANGUAGES.iter().find(|(tag, _)| *tag == value) {
            on.emit(deed(tag));
        }
    });
    let option = |(tag, name): &(&'static str, &'static str)| {
        html! { <option value={*tag} lang={*tag} selected={*tag == chosen}>{ *name }</option> }
    };
    html! {
        <div class="languages">
            <label {class} for={id}>{ ui.texts.get(label) }</label>
            <select {id} {onchange}>{ for languages.map(option) }</select>
        </div>
    }
}

fn display_button(ui: &Ui, state: &State, is_there: bool) -> Html {
    let open = state.display_open;
    let onclick = ui.on.reform(move |_: MouseEvent| Deed::ShowDisplay(!open));
    html! {
        <button type="button" class="quiet" aria-expanded={is_there.to_string()} aria-controls={is_there.then_some("display")} {onclick}>
            { ui.texts.get(Key::Display) }
        </button>
    }
}

fn notice_line(ui: &Ui, notice: &Notice) -> Html {
    let class = if notice.is_error { "notice is-error" } else { "notice" };
    let text = ui.texts.fill(notice.key, &[("path", &notice.path)]);
    // A text that comes late may not be there yet.
    let text = if text.is_empty() { ui.texts.get(Key::ErrorOther).to_owned() } else { text };
    html! {
        <div {class}>
            { ui.paragraph("", &text) }
            { ui.does("quiet", Key::NoticeClose, Deed::CloseNotice) }
        </div>
    }
}

/// A date as people write it in this language.
pub(crate) fn date(texts: Texts, at: &Timestamp) -> String {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"dateStyle".into(), &"long".into());
    js_sys::Date::new(&at.as_str().into()).to_locale_date_string(texts.locale(), &options).into()
}
