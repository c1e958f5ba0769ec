//! One question.

mod answers;
mod picture;
mod reason;

use skills_passport_web::core::facade::{Question, Turn};
use yew::prelude::*;

use crate::layout::Ui;
use crate::screens::coming;
use crate::state::way::Act;
use crate::state::{Deed, Screen, State};
use crate::text::Key;

pub(crate) use answers::{composed, missing_key};
pub(crate) use picture::picture;
pub(crate) use reason::{cheer, reason};

pub(crate) fn question(ui: &Ui, state: &State) -> Html {
    let Some(turn) = &state.turn else { return Html::default() };
    match &turn.question {
        Some(question) if state.late.is_some() || is_plain(question) => asked(ui, state, turn, question),
        _ => coming(ui),
    }
}

/// Whether a question can be shown before the rest of the widget is there.
fn is_plain(question: &Question) -> bool {
    answers::is_one_choice(question) && question.picture.is_none()
}

fn asked(ui: &Ui, state: &State, turn: &Turn, question: &Question) -> Html {
    let texts = ui.texts;
    let answered = turn.progress.answered;
    let (number, most) = ((answered + 1).to_string(), turn.progress.at_most.to_string());
    let progress = texts.fill(Key::QuestionProgress, &[("n", &number), ("most", &most)]);
    let late = state.late.as_ref();
    let (covered, all) = match late {
        Some(late) => (late.areas_covered)(&late.engine, &turn.assessment),
        // What was answered was answered with an engine.
        None => (0, state.sheet.areas(&turn.assessment.plan).len()),
    };
    let areas = texts.fill(Key::QuestionAreas, &[("n", &covered.to_string()), ("all", &all.to_string())]);
    html! {
        // The key makes every question new: no choice made before shines through.
        <section class="question" key={question.item.as_str()}>
            <div class="progress">
                <progress value={answered.to_string()} max={most} aria-hidden="true"></progress>
                { ui.paragraph("small", &[progress, areas].join(" ")) }
            </div>
            { ui.paragraph("topic", state.sheet.name(&question.competence)) }
            { ui.title(&texts.fill(Key::QuestionTitle, &[("n", &number)])) }
            { ui.form(Deed::Submit, form(ui, state, question, answered > 0)) }
            // Always there, so that it is heard when it is filled. Below the answers: it comes a moment later, and must not move
            // them away under a finger.
            <p class="cheer" role="status">{ state.way.cheer.as_ref().zip(late).map(|(reached, late)| (late.cheer)(&ui.with(late), reached)) }</p>
            { why(ui, state) }
            <div class="actions lesser">
                { ui.does("quiet", Key::QuestionPause, Deed::Show(Screen::Pause)) }
                if answered > 0 {
                    { ui.does("quiet", Key::QuestionStop, Deed::Stop) }
                }
            </div>
            { ui.says("small", Key::QuestionHelp) }
            if turn.assessment.setting.assisted {
                { ui.says("small helper", Key::QuestionHelper) }
            }
        </section>
    }
}

/// Opens and closes by a button, so that nothing is computed before somebody asks.
fn why(ui: &Ui, state: &State) -> Html {
    let reason = state.way.reason.as_ref().zip(state.late.as_ref());
    let reason = reason.map(|(reason, late)| (late.reason)(&ui.with(late), reason));
    let open = reason.is_some().to_string();
    let onclick = ui.on.reform(|_: MouseEvent| Deed::Way(Act::Why));
    html! {
        <div class="why">
            <button type="button" class="quiet" aria-expanded={open} aria-controls="why" {onclick}>
                { ui.texts.get(Key::Why) }
            </button>
            <div id="why" role="status">{ reason }</div>
        </div>
    }
}

fn form(ui: &Ui, state: &State, question: &Question, can_go_back: bool) -> Html {
    // In the language of the questions, where that is another one.
    let (lang, dir) = ui.foreign();
    let prompt = answers::prompt(ui, question).map(|text| {
        // Some are the question's own words, some ours.
        let (lang, dir) = if answers::is_one_choice(question) { (lang.clone(), dir) } else { (None, None) };
        html! { <span class="prompt" {lang} {dir}>{ text }</span> }
    });
    let missing = state.missing.then(|| missing_key(question.kind));
    let choose = question.choose.unwrap_or_default().to_string();
    html! {
        <>
            // Before the group of answers: a picture has headings, lists and tables, which a legend may not have.
            <div lang={lang.clone()} dir={dir}>
                { question.situation.as_ref().map(|text| ui.paragraph("situation", text)) }
                { question.picture.as_ref().zip(state.late.as_ref()).map(|(shown, late)| (late.picture)(ui, shown)) }
            </div>
            <fieldset aria-describedby={state.missing.then_some("choose-first")}>
                <legend>
                    <span class="stem" {lang} {dir}>{ question.stem.clone() }</span>
                    { prompt }
                </legend>
                { answers::answers(ui, state, question) }
            </fieldset>
            <div role="alert" id="choose-first">
                { missing.map(|key| ui.paragraph("field-error", &ui.texts.fill(key, &[("n", &choose)]))) }
            </div>
            <div class="actions">
                { ui.submit("primary", Key::QuestionNext) }
                { ui.does("", Key::QuestionSkip, Deed::Skip) }
                if can_go_back {
                    { ui.does("", Key::QuestionBack, Deed::Back) }
                }
            </div>
        </>
    }
}
