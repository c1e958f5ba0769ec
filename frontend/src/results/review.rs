//! The answered questions, with right answers and explanations.

use skills_passport_web::core::facade::Review;
use yew::prelude::*;

use crate::text::{Key, Texts};

pub(super) fn review(texts: Texts, answered: &[Review]) -> Html {
    let entry = |review: &Review| {
        let given = review.question.answers.iter().find(|answer| answer.response == review.response);
        let given = given.map_or(texts.get(Key::QuestionDontKnow), |answer| answer.label.as_str());
        let mark = review.right.map(|right| {
            let (class, key) = if right { ("mark right", Key::ReviewRight) } else { ("mark", Key::ReviewWrong) };
            html! { <span {class}>{ texts.get(key) }</span> }
        });
        let solution = review.solution.as_ref().filter(|_| review.right == Some(false));
        html! {
            <li>
                if let Some(situation) = &review.question.situation {
                    <p class="situation">{ situation }</p>
                }
                <p class="stem">{ &review.question.stem }</p>
                <p>{ texts.get(Key::ReviewYourAnswer) }{ " " }<strong>{ given.to_owned() }</strong>{ " " }{ mark }</p>
                if let Some(solution) = solution {
                    <p>{ texts.get(Key::ReviewRightAnswer) }{ " " }<strong>{ solution }</strong></p>
                }
                <p>{ &review.explanation }</p>
            </li>
        }
    };
    html! {
        <details class="review">
            <summary><h3>{ texts.get(Key::ReviewTitle) }</h3></summary>
            <ol>{ for answered.iter().map(entry) }</ol>
        </details>
    }
}
