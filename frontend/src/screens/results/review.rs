//! The answered questions, with right answers and explanations.

use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{AnswerLine, Mark, Review};
use yew::prelude::*;

use crate::layout::LateUi;
use crate::screens::picture;
use crate::text::Key;

pub(super) fn review(ui: &LateUi<'_>, answered: &[Review]) -> Html {
    html! {
        <details class="review">
            <summary>{ ui.subtitle(Key::ReviewTitle) }</summary>
            <ol>{ for answered.iter().map(|review| entry(ui, review)) }</ol>
        </details>
    }
}

fn entry(ui: &LateUi<'_>, review: &Review) -> Html {
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
        (_, []) => {
            let own = html! { <strong>{ ui.texts.get(Key::QuestionDontKnow) }</strong> };
            html! { <p>{ ui.texts.get(Key::ReviewYourAnswer) }{ " " }{ own }{ " " }{ mark }</p> }
        }
        (_, given) => shown(ui, Key::ReviewYourAnswer, given, mark),
    };
    // In the language of the questions, where that is another one.
    let (lang, dir) = ui.foreign();
    let show_solution = review.mark != Some(Mark::Right) && !review.solution.is_empty();
    html! {
        <li>
            <div lang={lang.clone()} {dir}>
                { review.question.situation.as_ref().map(|situation| ui.paragraph("situation", situation)) }
                { review.question.picture.as_ref().map(|drawn| picture(ui, drawn)) }
                { ui.paragraph("stem", &review.question.stem) }
            </div>
            { given }
            { show_solution.then(|| shown(ui, Key::ReviewRightAnswer, &review.solution, None)) }
            <div {lang} {dir}>{ ui.paragraph("", &review.explanation) }</div>
        </li>
    }
}

/// An answer: in the same line if it is one, as a list if it has parts.
fn shown(ui: &LateUi<'_>, key: Key, lines: &[AnswerLine], mark: Option<Html>) -> Html {
    let line = |line: &AnswerLine| {
        let target = line.target.as_ref().map(|target| html! { <>{ " → " }{ target.clone() }</> });
        let (lang, dir) = ui.foreign();
        html! { <strong {lang} {dir}>{ line.label.clone() }{ target }</strong> }
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
