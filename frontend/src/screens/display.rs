//! The menu of how things are shown, and the buttons that read a question aloud. Both come late.

use skills_passport_web::core::facade::Question;
use yew::prelude::*;

use crate::display::{Display, SIZES, has_easy};
use crate::layout::{Choice, Ui};
use crate::speech::{self, Reading};
use crate::state::{Deed, State, THEMES};
use crate::text::Key;

pub(crate) fn display(ui: &Ui, state: &State) -> Html {
    let (texts, display) = (ui.texts, state.display);
    let theme = display.theme.unwrap_or(ui.settings.theme);
    let themes = THEMES.into_iter().zip([Key::ThemeAuto, Key::ThemeLight, Key::ThemeDark, Key::ThemeContrast]);
    let themes = themes.map(|(name, key)| {
        option(ui, "radio", "theme", name, key, None, theme == name, Display { theme: Some(name), ..display })
    });
    let sizes = (0..SIZES).zip([Key::SizeNormal, Key::SizeLarge, Key::SizeLarger, Key::SizeLargest]);
    let sizes = sizes.map(|(size, key)| {
        option(ui, "radio", "size", &size.to_string(), key, None, display.size == size, Display { size, ..display })
    });
    let easy = has_easy(texts).then(|| {
        let changed = Display { easy: !display.easy, ..display };
        option(ui, "checkbox", "help", "easy", Key::DisplayEasy, Some(Key::DisplayEasyHint), display.easy, changed)
    });
    let read = speech::has_voice(ui.question_language()).then(|| {
        let changed = Display { read: !display.read, ..display };
        option(ui, "checkbox", "help", "read", Key::DisplayRead, Some(Key::DisplayReadHint), display.read, changed)
    });
    let group = |key: Key, content: Html| {
        html! { <fieldset class="choices"><legend>{ texts.get(key) }</legend><div class="pills">{ content }</div></fieldset> }
    };
    html! {
        <section id="display" class="display" part="display" aria-label={texts.get(Key::DisplayTitle)}>
            { group(Key::DisplayTheme, themes.collect()) }
            { group(Key::DisplaySize, sizes.collect()) }
            if easy.is_some() || read.is_some() {
                { group(Key::DisplayHelp, html! { <>{ easy }{ read }</> }) }
            }
            { ui.says("small", if state.keeping { Key::DisplayKept } else { Key::DisplayNotKept }) }
            { statement(ui) }
            { ui.does("quiet", Key::NoticeClose, Deed::ShowDisplay(false)) }
        </section>
    }
}

/// The way to what is accessible here and how that was checked.
fn statement(ui: &Ui) -> Html {
    let language = if ui.texts.language() == "fr" { "fr" } else { "en" };
    let address = [ui.settings.home.as_str(), "accessibility.", language, ".html"].concat();
    html! {
        <p><a class="out" href={address} hreflang={language} target="_blank" rel="noopener noreferrer">
            { ui.texts.get(Key::DisplayStatement) }
        </a></p>
    }
}

#[expect(clippy::too_many_arguments, reason = "what a choice is made of, in one place")]
fn option(
    ui: &Ui,
    kind: &'static str,
    group: &'static str,
    value: &str,
    name: Key,
    hint: Option<Key>,
    checked: bool,
    changed: Display,
) -> Html {
    ui.choice(Choice {
        kind,
        group,
        id: format!("{group}-{value}"),
        class: "option pill",
        label: ui.texts.get(name),
        hint: hint.map(|key| ui.texts.get(key)).unwrap_or_default(),
        checked,
        deed: Deed::Display(changed),
    })
}

/// The buttons to hear the question that is shown; none where nobody wants them or there is no voice.
pub(crate) fn reader(ui: &Ui, state: &State) -> Option<Html> {
    let question = state.turn.as_ref()?.question.as_ref()?;
    if !state.display.read || !speech::has_voice(ui.question_language()) {
        return None;
    }
    let (first, next) = match state.reading {
        Reading::Silent => (Key::ReadPlay, Deed::Read(words(question), Reading::Aloud)),
        Reading::Aloud => (Key::ReadPause, Deed::Read(Vec::new(), Reading::Paused)),
        Reading::Paused => (Key::ReadResume, Deed::Read(Vec::new(), Reading::Aloud)),
    };
    Some(html! {
        <div class="actions reader" part="reader">
            { ui.does("", first, next) }
            if state.reading != Reading::Silent {
                { ui.does("", Key::ReadStop, Deed::Read(Vec::new(), Reading::Silent)) }
            }
        </div>
    })
}

/// What there is to hear of a question, in the order in which it is read.
fn words(question: &Question) -> Vec<String> {
    let parts = question.picture.iter().flat_map(|picture| &picture.parts);
    let parts = parts.flat_map(|part| [Some(part.text.clone()), part.detail.clone()]).flatten();
    let before = question.situation.clone().into_iter().chain(parts);
    let answers = question.answers.iter().map(|answer| answer.label.clone());
    let options = question.options.iter().chain(&question.targets).map(|shown| shown.label.clone());
    before.chain([question.stem.clone()]).chain(question.prompt.clone()).chain(answers).chain(options).collect()
}
