//! What every screen stands in: language switch, messages, headings, the line of small print.

use skills_passport_web::core::framework::{Framework, FrameworkText};
use skills_passport_web::core::units::Timestamp;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::EngineHandle;
use crate::state::Notice;
use crate::text::{Key, Texts};

/// What every screen may need. Screens without a state of their own are functions from this and their data to `Html`:
/// each Yew component costs the download some kilobytes.
#[derive(Clone, PartialEq)]
pub(crate) struct Ui {
    pub(crate) texts: Texts,
    pub(crate) engine: EngineHandle,
    /// Whether new screens take the focus.
    pub(crate) focus: bool,
}

impl Ui {
    /// The framework of the results.
    pub(crate) fn framework(&self) -> &Framework {
        self.engine.0.instrument().framework()
    }

    /// Its wording in the language of the pack.
    pub(crate) fn words(&self) -> Option<&FrameworkText> {
        self.framework().text(self.framework().languages().next()?)
    }

    /// The heading of a screen.
    pub(crate) fn title(&self, text: impl Into<AttrValue>) -> Html {
        html! { <Title text={text.into()} focus={self.focus} /> }
    }
}

/// The frame of every screen.
pub(crate) fn frame(
    ui: &Ui,
    notice: Option<&Notice>,
    close: &Callback<()>,
    choose: &Callback<&'static str>,
    screen: Html,
) -> Html {
    html! {
        <div class="frame" lang={ui.texts.language()}>
            <header class="bar">
                <p class="brand">{ ui.texts.get(Key::AppName) }</p>
                { language_switch(ui.texts, choose) }
            </header>
            { notice_line(ui.texts, notice, close) }
            <div class="screen">{ screen }</div>
            <footer class="small">
                if let Some(words) = ui.words() {
                    <p>{ &words.name }{ ". " }{ &words.provenance.note }</p>
                }
            </footer>
        </div>
    }
}

fn language_switch(texts: Texts, choose: &Callback<&'static str>) -> Html {
    let button = |(language, name): (&'static str, &'static str)| {
        let onclick = choose.reform(move |_: MouseEvent| language);
        let current = (language == texts.language()).then_some("true");
        html! { <li><button type="button" class="quiet" lang={language} aria-current={current} {onclick}>{ name }</button></li> }
    };
    html! {
        <nav aria-label={texts.get(Key::LanguageSwitch)}>
            <ul class="languages">{ for Texts::languages().map(button) }</ul>
        </nav>
    }
}

/// The place for messages is always there, so that screen readers announce what comes into it.
fn notice_line(texts: Texts, notice: Option<&Notice>, close: &Callback<()>) -> Html {
    let close = close.reform(|_: MouseEvent| ());
    let notice = notice.map(|notice| {
        let class = if notice.is_error { "notice is-error" } else { "notice" };
        html! {
            <div {class}>
                <p>{ texts.fill(notice.key, &[("path", &notice.path)]) }</p>
                <button type="button" class="quiet" aria-label={texts.get(Key::NoticeClose)} onclick={close}>{ "×" }</button>
            </div>
        }
    });
    html! { <div role="status" aria-live="polite">{ notice }</div> }
}

#[derive(Properties, PartialEq)]
struct TitleProperties {
    text: AttrValue,
    focus: bool,
}

/// The heading of a screen. It takes the focus when the screen appears, so that the keyboard and a screen reader go on
/// from there; not when the page is first loaded.
#[function_component]
fn Title(properties: &TitleProperties) -> Html {
    let heading = use_node_ref();
    let focus = properties.focus;
    use_effect_with((), {
        let heading = heading.clone();
        move |()| {
            if let Some(heading) = heading.cast::<HtmlElement>().filter(|_| focus) {
                // A heading that cannot take the focus loses nothing else.
                let _ = heading.focus();
            }
        }
    });
    html! { <h2 ref={heading} tabindex="-1">{ &properties.text }</h2> }
}

/// A date as people write it in this language.
pub(crate) fn date(texts: Texts, at: &Timestamp) -> String {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"dateStyle".into(), &"long".into());
    js_sys::Date::new(&at.as_str().into()).to_locale_date_string(texts.language(), &options).into()
}
