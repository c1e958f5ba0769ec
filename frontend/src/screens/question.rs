//! One question.

use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::Question;
use yew::prelude::*;

use crate::layout::{Choice, Ui};
use crate::state::{Deed, Screen, State};
use crate::text::Key;

pub(crate) fn question(ui: &Ui, state: &State) -> Html {
    let Some((turn, question)) = state.turn.as_ref().and_then(|turn| Some((turn, turn.question.as_ref()?))) else {
        return Html::default();
    };
    let texts = ui.texts;
    let answered = turn.progress.answered;
    let (number, most) = ((answered + 1).to_string(), turn.progress.at_most.to_string());
    let competence = ui.words().and_then(|words| words.competences.get(&question.competence));
    let progress = texts.fill(Key::QuestionProgress, &[("n", &number), ("most", &most)]);
    html! {
        // The key makes every question new: no choice made before shines through.
        <section class="question" key={question.item.as_str()}>
            <div class="progress">
                <progress value={answered.to_string()} max={most} aria-hidden="true"></progress>
                { ui.paragraph("small", &progress) }
            </div>
            { competence.map(|competence| ui.paragraph("topic", &competence.name)) }
            { ui.title(&texts.fill(Key::QuestionTitle, &[("n", &number)])) }
            { ui.form(Deed::Submit, form(ui, state, question, answered > 0)) }
            <div class="actions lesser">
                { ui.does("quiet", Key::QuestionPause, Deed::Show(Screen::Pause)) }
                if answered > 0 {
                    { ui.does("quiet", Key::QuestionStop, Deed::Stop) }
                }
            </div>
            { ui.says("small", Key::QuestionHelp) }
        </section>
    }
}

fn form(ui: &Ui, state: &State, question: &Question, can_go_back: bool) -> Html {
    let words = |class: &'static str, text: &str| html! { <span {class}>{ text.to_owned() }</span> };
    let option = |position: usize, class: &'static str, label: &str, response: &Response| {
        ui.choice(Choice {
            kind: "radio",
            group: "answer",
            id: format!("answer-{position}"),
            class,
            label,
            hint: "",
            checked: state.chosen.as_ref() == Some(response),
            deed: Deed::Choose(response.clone()),
        })
    };
    let answers = question.answers.iter().enumerate();
    let answers = answers.map(|(position, answer)| option(position, "option", &answer.label, &answer.response));
    let dont_know = ui.texts.get(Key::QuestionDontKnow);
    html! {
        <>
            <fieldset aria-describedby={state.missing.then_some("choose-first")}>
                <legend>
                    { question.situation.as_ref().map(|text| words("situation", text)) }
                    { words("stem", &question.stem) }
                    { question.prompt.as_ref().map(|text| words("prompt", text)) }
                </legend>
                { for answers }
                { option(question.answers.len(), "option dont-know", dont_know, &Response::DontKnow) }
            </fieldset>
            <div role="alert" id="choose-first">
                if state.missing {
                    { ui.says("field-error", Key::QuestionChooseFirst) }
                }
            </div>
            <div class="actions">
                { ui.submit("primary", Key::QuestionNext) }
                if can_go_back {
                    { ui.does("", Key::QuestionBack, Deed::Back) }
                }
            </div>
        </>
    }
}
