//! The answered questions, with right answers and explanations.

use skills_passport_web::core::facade::{AnswerLine, Mark, Review};
use yew::prelude::*;

use crate::layout::Ui;
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
    let texts = ui.texts;
    let dont_know = || texts.get(Key::QuestionDontKnow).to_owned();
    let given = if review.given.is_empty() { dont_know() } else { shown(&review.given) };
    let right = review.mark == Some(Mark::Right);
    let mark = review.mark.map(|_| {
        let (class, key) = if right { ("mark right", Key::ReviewRight) } else { ("mark", Key::ReviewWrong) };
        html! { <span {class}>{ texts.get(key) }</span> }
    });
    let line = |key: Key, text: &str, mark: Option<Html>| {
        html! { <p>{ texts.get(key) }{ " " }<strong>{ text.to_owned() }</strong>{ " " }{ mark }</p> }
    };
    let solution = Some(shown(&review.solution)).filter(|solution| !solution.is_empty() && !right);
    html! {
        <li>
            { review.question.situation.as_ref().map(|situation| ui.paragraph("situation", situation)) }
            { ui.paragraph("stem", &review.question.stem) }
            { line(Key::ReviewYourAnswer, &given, mark) }
            { solution.map(|solution| line(Key::ReviewRightAnswer, &solution, None)) }
            { ui.paragraph("", &review.explanation) }
        </li>
    }
}

/// The parts of an answer in one line.
fn shown(lines: &[AnswerLine]) -> String {
    let part = |line: &AnswerLine| match &line.target {
        Some(target) => [&line.label, " → ", target].concat(),
        None => line.label.clone(),
    };
    lines.iter().map(part).collect::<Vec<_>>().join("; ")
}
