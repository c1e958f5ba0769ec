//! How a question is answered: one of several, some of several, an order, or matches.

use skills_passport_web::core::bank::{ItemKindName, Response};
use skills_passport_web::core::facade::{Labelled, Question};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::layout::{Choice, Ui};
use crate::state::{Deed, State, order_shown};
use crate::text::Key;

/// What is to be done, where the stem alone does not say it.
pub(super) fn prompt(ui: &Ui, question: &Question) -> Option<String> {
    match question.kind {
        ItemKindName::Graded | ItemKindName::Choice => question.prompt.clone(),
        ItemKindName::Multiple => {
            let choose = question.choose.unwrap_or_default().to_string();
            Some(ui.texts.fill(Key::QuestionChooseN, &[("n", &choose)]))
        }
        ItemKindName::Ordering => Some(ui.texts.get(Key::QuestionOrder).to_owned()),
        ItemKindName::Matching => Some(ui.texts.get(Key::QuestionMatch).to_owned()),
    }
}

/// What to say to somebody who goes on without a whole answer.
pub(crate) fn missing_key(kind: ItemKindName) -> Key {
    match kind {
        ItemKindName::Graded | ItemKindName::Choice => Key::QuestionChooseFirst,
        ItemKindName::Multiple => Key::QuestionChooseNFirst,
        ItemKindName::Ordering => Key::QuestionOrderFirst,
        ItemKindName::Matching => Key::QuestionMatchFirst,
    }
}

/// Whether a question is answered by one choice among several.
pub(super) fn is_one_choice(question: &Question) -> bool {
    matches!(question.kind, ItemKindName::Graded | ItemKindName::Choice)
}

pub(super) fn answers(ui: &Ui, state: &State, question: &Question) -> Html {
    let chosen = state.chosen.as_ref();
    let (lang, dir) = ui.foreign();
    let content = if is_one_choice(question) {
        let answers = question.answers.iter().enumerate();
        answers
            .map(|(position, answer)| {
                let deed = Deed::Choose(answer.response.clone());
                option(ui, "radio", position, &answer.label, chosen == Some(&answer.response), deed)
            })
            .collect()
    } else {
        // The screen waits until it is there.
        state.late.as_ref().map(|late| (late.composed)(ui, state, question)).unwrap_or_default()
    };
    // Among radio buttons one more; elsewhere a box to tick.
    let kind = if is_one_choice(question) { "radio" } else { "checkbox" };
    html! {
        <>
            <div {lang} {dir}>{ content }</div>
            { ui.choice(Choice {
                kind,
                group: "answer",
                id: "dont-know".to_owned(),
                class: "option dont-know",
                label: ui.texts.get(Key::QuestionDontKnow),
                hint: "",
                checked: chosen == Some(&Response::DontKnow),
                deed: Deed::Choose(Response::DontKnow),
            }) }
        </>
    }
}

/// An answer that is put together: several options, an order, or matches.
pub(crate) fn composed(ui: &Ui, state: &State, question: &Question) -> Html {
    match question.kind {
        ItemKindName::Ordering => ordering(ui, state, question),
        ItemKindName::Matching => {
            html! { <div class="matching">{ for question.options.iter().map(|left| matching(ui, state, question, left)) }</div> }
        }
        _ => {
            let ticked = |id| matches!(&state.chosen, Some(Response::Multiple { options }) if options.contains(id));
            let options = question.options.iter().enumerate();
            options
                .map(|(position, shown)| {
                    option(ui, "checkbox", position, &shown.label, ticked(&shown.id), Deed::Tick(shown.id.clone()))
                })
                .collect()
        }
    }
}

fn option(ui: &Ui, kind: &'static str, position: usize, label: &str, checked: bool, deed: Deed) -> Html {
    let id = format!("answer-{position}");
    ui.choice(Choice { kind, group: "answer", id, class: "option", label, hint: "", checked, deed })
}

/// A list whose entries move up and down by buttons: dragging is for those who can, buttons are for all.
fn ordering(ui: &Ui, state: &State, question: &Question) -> Html {
    let order = order_shown(state.chosen.as_ref(), question);
    let most = order.len();
    let moved = state.moved.as_ref().and_then(|(id, _)| order.iter().position(|shown| shown.id == *id));
    let said = moved.and_then(|position| {
        let label = &order.get(position)?.label;
        let (n, most) = ((position + 1).to_string(), most.to_string());
        Some(ui.texts.fill(Key::QuestionMoved, &[("what", label), ("n", &n), ("most", &most)]))
    });
    let entry = |(position, shown): (usize, &&Labelled)| {
        let arrow = |up: bool, key: Key, arrow: &'static str| {
            let deed = Deed::Move(shown.id.clone(), up);
            let onclick = ui.on.reform(move |_: MouseEvent| deed.clone());
            // The button just pressed keeps the focus; at an end of the list it is gone, then the other one gets it.
            let wanted = |was_up: bool| if was_up { position > 0 } else { position + 1 == most };
            let focus = state.moved.as_ref().is_some_and(|(id, was_up)| *id == shown.id && wanted(*was_up) == up);
            let reference = if focus { ui.question.clone() } else { NodeRef::default() };
            let id = format!("{}-{position}", if up { "up" } else { "down" });
            let label = ui.texts.fill(key, &[("what", &shown.label)]);
            html! { <button type="button" class="arrow" {id} ref={reference} aria-label={label} {onclick}>{ arrow }</button> }
        };
        html! {
            <li>
                <span>{ shown.label.clone() }</span>
                <span class="arrows">
                    if position > 0 {
                        { arrow(true, Key::QuestionUp, "↑") }
                    }
                    if position + 1 < most {
                        { arrow(false, Key::QuestionDown, "↓") }
                    }
                </span>
            </li>
        }
    };
    html! {
        <>
            <ol class="ordering">{ for order.iter().enumerate().map(entry) }</ol>
            <p class="hidden" role="status">{ said }</p>
        </>
    }
}

fn matching(ui: &Ui, state: &State, question: &Question, left: &Labelled) -> Html {
    let chosen = match &state.chosen {
        Some(Response::Matching { matches }) => matches.get(&left.id),
        _ => None,
    };
    let id = ["match-", left.id.as_str()].concat();
    let onchange = {
        let (on, left, targets) = (ui.on.clone(), left.id.clone(), question.targets.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let value = select.value();
            let target = targets.iter().find(|target| target.id.as_str() == value);
            on.emit(Deed::Match(left.clone(), target.map(|target| target.id.clone())));
        })
    };
    let target = |target: &Labelled| {
        let selected = chosen == Some(&target.id);
        html! { <option value={target.id.as_str().to_owned()} {selected}>{ target.label.clone() }</option> }
    };
    html! {
        <div class="match">
            <label for={id.clone()}>{ left.label.clone() }</label>
            <select {id} {onchange}>
                <option value="" selected={chosen.is_none()}>{ ui.texts.get(Key::QuestionMatchChoose) }</option>
                { for question.targets.iter().map(target) }
            </select>
        </div>
    }
}
