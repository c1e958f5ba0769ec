//! The answered questions, with right answers and explanations.

use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{AnswerLine, Mark, Review};
use yew::prelude::*;

use crate::layout::Ui;
use crate::screens::picture;
use crate::text::Key;

pub(super) fn review(ui: &Ui, answered: &[Review]) -> Html {
    html! {
        <details class="review">
            <summary>{ ui.subtitle(Key::ReviewTitle) }</summary>
            <ol>{ for answered.iter().map(|review| entry(ui, review)) }</ol>
        </details>
    }
}

fn entry(ui: &Ui, review: &Review) -> Html {
    let mark = review.mark.map(|mark| {
        let (class, key) = match mark {
            Mark::Right => ("mark right", Key::ReviewRight),
            Mark::PartlyRight => ("mark", Key::ReviewPartly),
            Mark::Wrong => ("mark", Key::ReviewWrong),
        };
        html! { <span {class}>{ ui.texts.get(key) }</span> }
    });
    let given = match (&review.response, review.given.as_slice()) {
        (Response::Skipped, _) => ui.says("", Key::ReviewSkipped),
        (_, []) => shown(ui, Key::ReviewYourAnswer, &[dont_know(ui)], mark),
        (_, given) => shown(ui, Key::ReviewYourAnswer, given, mark),
    };
    let show_solution = review.mark != Some(Mark::Right) && !review.solution.is_empty();
    html! {
        <li>
            { review.question.situation.as_ref().map(|situation| ui.paragraph("situation", situation)) }
            { review.question.picture.as_ref().map(|drawn| picture(ui, drawn)) }
            { ui.paragraph("stem", &review.question.stem) }
            { given }
            { show_solution.then(|| shown(ui, Key::ReviewRightAnswer, &review.solution, None)) }
            { ui.paragraph("", &review.explanation) }
        </li>
    }
}

fn dont_know(ui: &Ui) -> AnswerLine {
    AnswerLine { label: ui.texts.get(Key::QuestionDontKnow).to_owned(), target: None }
}

/// An answer: in the same line if it is one, as a list if it has parts.
fn shown(ui: &Ui, key: Key, lines: &[AnswerLine], mark: Option<Html>) -> Html {
    let line = |line: &AnswerLine| {
        let target = line.target.as_ref().map(|target| html! { <>{ " → " }{ target.clone() }</> });
        html! { <strong>{ line.label.clone() }{ target }</strong> }
    };
    match lines {
        [one] => html! { <p>{ ui.texts.get(key) }{ " " }{ line(one) }{ " " }{ mark }</p> },
        _ => html! {
            <>
                <p>{ ui.texts.get(key) }{ " " }{ mark }</p>
                <ol>{ for lines.iter().map(|part| html! { <li>{ line(part) }</li> }) }</ol>
            </>
        },
    }
}
