//! What every screen is made of: the frame around it, headings, buttons, choices.

use std::rc::Rc;

use skills_passport_web::core::facade::Engine;
use skills_passport_web::core::framework::{Framework, FrameworkText};
use skills_passport_web::core::units::Timestamp;
use yew::prelude::*;

use crate::state::{Deed, Notice, Settings, Storage};
use crate::text::{Key, LANGUAGES, Texts};

/// What every screen needs. Screens are functions, and buttons are made in one place: each component and each callback
/// of its own would cost the download some kilobytes.
pub(crate) struct Ui {
    pub(crate) texts: Texts,
    pub(crate) settings: Settings,
    pub(crate) engine: Rc<Engine>,
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
    /// Whether the page lets anything be kept on the device.
    pub(crate) fn may_keep(&self) -> bool {
        self.settings.storage != Storage::Memory
    }

    /// The framework of the results.
    pub(crate) fn framework(&self) -> &Framework {
        self.engine.instrument().framework()
    }

    /// Its wording in the language of the pack.
    pub(crate) fn words(&self) -> Option<&FrameworkText> {
        self.framework().text(self.framework().languages().next()?)
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

/// What the page's style sheet can call a button.
fn part(class: &str) -> &'static str {
    if class == "primary" { "button primary" } else { "button" }
}

/// The frame of every screen.
pub(crate) fn frame(ui: &Ui, notice: Option<&Notice>, screen: Html) -> Html {
    let texts = ui.texts;
    let words = ui.words().map(|words| [words.name.as_str(), words.provenance.note.as_str()].join(". "));
    html! {
        <div class="frame" part="frame" data-theme={ui.settings.theme} lang={texts.language()} dir={texts.direction()}>
            <header class="bar" part="header">
                { ui.says("brand", Key::AppName) }
                <nav aria-label={texts.get(Key::LanguageSwitch)}>
                    <ul class="languages">{ for LANGUAGES.iter().map(|language| language_button(ui, *language)) }</ul>
                </nav>
            </header>
            // Always there, so that screen readers announce what comes into it.
            <div role="status" aria-live="polite">{ notice.map(|notice| notice_line(ui, notice)) }</div>
            <div class="screen">{ screen }</div>
            <footer part="footer">
                { words.map(|words| ui.paragraph("small", &words)) }
                if texts.is_draft() {
                    { ui.says("small", Key::DraftTexts) }
                }
            </footer>
        </div>
    }
}

fn language_button(ui: &Ui, (language, name): (&'static str, &'static str)) -> Html {
    let onclick = ui.on.reform(move |_: MouseEvent| Deed::Language(language));
    let current = (language == ui.texts.language()).then_some("true");
    html! { <li><button type="button" class="quiet" lang={language} aria-current={current} {onclick}>{ name }</button></li> }
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
