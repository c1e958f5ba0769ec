//! The answered questions, with right answers and explanations.

use skills_passport_web::core::facade::Review;
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
    let given = review.question.answers.iter().find(|answer| answer.response == review.response);
    let given = given.map_or(texts.get(Key::QuestionDontKnow), |answer| answer.label.as_str());
    let mark = review.right.map(|right| {
        let (class, key) = if right { ("mark right", Key::ReviewRight) } else { ("mark", Key::ReviewWrong) };
        html! { <span {class}>{ texts.get(key) }</span> }
    });
    let line = |key: Key, text: &str, mark: Option<Html>| {
        html! { <p>{ texts.get(key) }{ " " }<strong>{ text.to_owned() }</strong>{ " " }{ mark }</p> }
    };
    let solution = review.solution.as_ref().filter(|_| review.right == Some(false));
    html! {
        <li>
            { review.question.situation.as_ref().map(|situation| ui.paragraph("situation", situation)) }
            { ui.paragraph("stem", &review.question.stem) }
            { line(Key::ReviewYourAnswer, given, mark) }
            { solution.map(|solution| line(Key::ReviewRightAnswer, solution, None)) }
            { ui.paragraph("", &review.explanation) }
        </li>
    }
}
