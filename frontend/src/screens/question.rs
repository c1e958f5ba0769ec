//! One question.

use skills_passport_web::core::assessment::Progress;
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::Question;
use yew::prelude::*;

use crate::layout::Ui;
use crate::state::Screen;
use crate::text::Key;

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionProperties {
    pub(crate) ui: Ui,
    pub(crate) question: Question,
    pub(crate) progress: Progress,
    /// The answer that was taken back, shown as chosen.
    pub(crate) undone: Option<Response>,
    pub(crate) on_answer: Callback<Response>,
    pub(crate) on_back: Callback<()>,
    pub(crate) on_stop: Callback<()>,
    pub(crate) show: Callback<Screen>,
}

#[function_component]
pub(crate) fn QuestionScreen(properties: &QuestionProperties) -> Html {
    let texts = properties.ui.texts;
    let chosen = use_state(|| properties.undone.clone());
    let missing = use_state(|| false);
    let question = &properties.question;
    let number = properties.progress.answered + 1;
    let competence = properties.ui.words().and_then(|words| words.competences.get(&question.competence));

    let onsubmit = Callback::from({
        let (chosen, missing, on_answer) = (chosen.clone(), missing.clone(), properties.on_answer.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match &*chosen {
                Some(response) => on_answer.emit(response.clone()),
                None => missing.set(true),
            }
        }
    });
    let option = |position: usize, response: &Response, label: &str| {
        let onchange = Callback::from({
            let (chosen, missing, response) = (chosen.clone(), missing.clone(), response.clone());
            move |_: Event| {
                chosen.set(Some(response.clone()));
                missing.set(false);
            }
        });
        let id = format!("answer-{position}");
        let class = if *response == Response::DontKnow { "option dont-know" } else { "option" };
        html! {
            <div {class}>
                <input type="radio" name="answer" id={id.clone()} checked={chosen.as_ref() == Some(response)} {onchange} />
                <label for={id}>{ label.to_owned() }</label>
            </div>
        }
    };
    let answers = question.answers.iter().enumerate();
    let answers = answers.map(|(position, answer)| option(position, &answer.response, &answer.label));
    let dont_know = option(question.answers.len(), &Response::DontKnow, texts.get(Key::QuestionDontKnow));
    let number_text = number.to_string();
    let most = properties.progress.at_most.to_string();
    let on_back = properties.on_back.reform(|_: MouseEvent| ());
    let on_stop = properties.on_stop.reform(|_: MouseEvent| ());
    let on_pause = properties.show.reform(|_: MouseEvent| Screen::Pause);
    html! {
        <section class="question">
            <div class="progress">
                <progress value={properties.progress.answered.to_string()} max={most.clone()} aria-hidden="true"></progress>
                <p class="small">
                    { texts.fill(Key::QuestionProgress, &[("n", &number_text), ("most", &most)]) }
                </p>
            </div>
            <p class="topic">{ competence.map(|competence| competence.name.as_str()) }</p>
            { properties.ui.title(texts.fill(Key::QuestionTitle, &[("n", &number_text)])) }
            <form {onsubmit} novalidate=true>
                <fieldset aria-describedby={missing.then_some("choose-first")}>
                    <legend>
                        if let Some(situation) = &question.situation {
                            <span class="situation">{ situation }</span>
                        }
                        <span class="stem">{ &question.stem }</span>
                        if let Some(prompt) = &question.prompt {
                            <span class="prompt">{ prompt }</span>
                        }
                    </legend>
                    { for answers }
                    { dont_know }
                </fieldset>
                <div role="alert">
                    if *missing {
                        <p id="choose-first" class="field-error">{ texts.get(Key::QuestionChooseFirst) }</p>
                    }
                </div>
                <div class="actions">
                    <button type="submit" class="primary">{ texts.get(Key::QuestionNext) }</button>
                    if properties.progress.answered > 0 {
                        <button type="button" onclick={on_back}>{ texts.get(Key::QuestionBack) }</button>
                    }
                </div>
            </form>
            <div class="actions lesser">
                <button type="button" class="quiet" onclick={on_pause}>{ texts.get(Key::QuestionPause) }</button>
                if properties.progress.answered > 0 {
                    <button type="button" class="quiet" onclick={on_stop}>{ texts.get(Key::QuestionStop) }</button>
                }
            </div>
            <p class="small">{ texts.get(Key::QuestionHelp) }</p>
        </section>
    }
}
