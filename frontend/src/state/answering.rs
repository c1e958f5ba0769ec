//! How an answer is put together: ticks, orders, matches.

use skills_passport_web::core::bank::{ItemKindName, Response};
use skills_passport_web::core::facade::{Labelled, Question};
use skills_passport_web::core::id::OptionId;
use skills_passport_web::core::table::Table;

use super::Deed;

/// The options of an ordering as they stand now.
pub(crate) fn order_shown<'a>(chosen: Option<&Response>, question: &'a Question) -> Vec<&'a Labelled> {
    match chosen {
        Some(Response::Ordering { options }) => {
            options.iter().filter_map(|id| question.options.iter().find(|shown| shown.id == *id)).collect()
        }
        _ => question.options.iter().collect(),
    }
}

/// A multiple choice with one option ticked, or no longer ticked; the options stay in the order of the item.
fn ticked(chosen: Option<&Response>, question: &Question, option: &OptionId) -> Response {
    let before: &[OptionId] = match chosen {
        Some(Response::Multiple { options }) => options,
        _ => &[],
    };
    let kept = |shown: &&Labelled| before.contains(&shown.id) != (shown.id == *option);
    Response::Multiple { options: question.options.iter().filter(kept).map(|shown| shown.id.clone()).collect() }
}

/// An order with one entry moved by one place.
fn moved(chosen: Option<&Response>, question: &Question, option: &OptionId, up: bool) -> Response {
    let mut options: Vec<OptionId> = order_shown(chosen, question).into_iter().map(|shown| shown.id.clone()).collect();
    let from = options.iter().position(|id| id == option);
    let to = from.and_then(|from| if up { from.checked_sub(1) } else { Some(from + 1) });
    if let (Some(from), Some(to)) = (from, to.filter(|to| *to < options.len())) {
        options.swap(from, to);
    }
    Response::Ordering { options }
}

/// An answer that is put together, after one more touch.
pub(crate) fn revised(chosen: Option<Response>, question: &Question, deed: Deed) -> Option<Response> {
    match deed {
        Deed::Tick(option) => Some(ticked(chosen.as_ref(), question, &option)),
        Deed::Move(option, up) => Some(moved(chosen.as_ref(), question, &option, up)),
        Deed::Match(option, target) => {
            let mut matches = match chosen {
                Some(Response::Matching { matches }) => matches,
                _ => Table::new(),
            };
            match target {
                Some(target) => drop(matches.insert(option, target)),
                None => drop(matches.remove(&option)),
            }
            Some(Response::Matching { matches })
        }
        _ => chosen,
    }
}

/// Whether a response answers the whole question.
pub(crate) fn is_whole(response: &Response, question: &Question) -> bool {
    match (question.kind, response) {
        (_, Response::DontKnow | Response::Skipped) => true,
        (ItemKindName::Multiple, Response::Multiple { options }) => {
            question.choose.is_some_and(|choose| options.len() == usize::from(choose))
        }
        (ItemKindName::Matching, Response::Matching { matches }) => matches.len() == question.options.len(),
        (ItemKindName::Multiple | ItemKindName::Matching, _) => false,
        _ => true,
    }
}
