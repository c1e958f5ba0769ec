//! What every screen stands in: language switch, messages, headings, the line of small print.

use skills_passport_web::core::units::Timestamp;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::EngineHandle;
use crate::state::Notice;
use crate::text::{Key, Texts};

/// What every component may need.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Ui {
    pub(crate) texts: Texts,
    /// Whether new screens take the focus.
    pub(crate) focus: bool,
}

/// The texts in use and whether screens take the focus.
#[hook]
pub(crate) fn use_ui() -> Ui {
    use_context().unwrap_or(Ui { texts: Texts::new("en"), focus: false })
}

#[derive(Properties, PartialEq)]
pub(crate) struct FrameProperties {
    pub(crate) notice: Option<Notice>,
    pub(crate) close: Callback<()>,
    pub(crate) choose: Callback<&'static str>,
    pub(crate) engine: EngineHandle,
    pub(crate) children: Html,
}

#[function_component]
pub(crate) fn Frame(properties: &FrameProperties) -> Html {
    let texts = use_ui().texts;
    let framework = properties.engine.0.instrument().framework();
    let words = framework.languages().next().and_then(|language| framework.text(language));
    html! {
        <div class="frame" lang={texts.language()}>
            <header class="bar">
                <p class="brand">{ texts.get(Key::AppName) }</p>
                <LanguageSwitch choose={properties.choose.clone()} />
            </header>
            <NoticeLine notice={properties.notice.clone()} close={properties.close.clone()} />
            <div class="screen">{ properties.children.clone() }</div>
            <footer class="small">
                if let Some(words) = words {
                    <p>{ &words.name }{ ". " }{ &words.provenance.note }</p>
                }
            </footer>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LanguageSwitchProperties {
    choose: Callback<&'static str>,
}

#[function_component]
fn LanguageSwitch(properties: &LanguageSwitchProperties) -> Html {
    let texts = use_ui().texts;
    let button = |(language, name): (&'static str, &'static str)| {
        let onclick = properties.choose.reform(move |_: MouseEvent| language);
        let current = (language == texts.language()).then_some("true");
        html! { <li><button type="button" class="quiet" lang={language} aria-current={current} {onclick}>{ name }</button></li> }
    };
    html! {
        <nav aria-label={texts.get(Key::LanguageSwitch)}>
            <ul class="languages">{ for Texts::languages().map(button) }</ul>
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct NoticeProperties {
    notice: Option<Notice>,
    close: Callback<()>,
}

/// The place for messages is always there, so that screen readers announce what comes into it.
#[function_component]
fn NoticeLine(properties: &NoticeProperties) -> Html {
    let texts = use_ui().texts;
    let close = properties.close.reform(|_: MouseEvent| ());
    let notice = properties.notice.as_ref().map(|notice| {
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
pub(crate) struct TitleProperties {
    pub(crate) text: AttrValue,
}

/// The heading of a screen. It takes the focus when the screen appears, so that the keyboard and a screen reader go on
/// from there; not when the page is first loaded.
#[function_component]
pub(crate) fn Title(properties: &TitleProperties) -> Html {
    let ui = use_ui();
    let heading = use_node_ref();
    use_effect_with((), {
        let heading = heading.clone();
        move |()| {
            if let Some(heading) = heading.cast::<HtmlElement>().filter(|_| ui.focus) {
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
