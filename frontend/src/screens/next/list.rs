//! The offers in their order, each with its reasons, and what none of them covers.

use skills_passport_web::core::facade::{MatchAnswer, MatchedOffer};
use skills_passport_web::core::offers::matching::{MatchReason, Uncovered, Why};
use skills_passport_web::core::offers::{Date, Offer, OfferOrigin, Period};
use yew::prelude::*;

use super::words;
use crate::layout::{self, LateUi};
use crate::text::Key;

/// The list; the numbers are those of the map.
pub(super) fn list(ui: &LateUi<'_>, answer: &MatchAnswer) -> Html {
    let entry = |(number, found): (usize, &MatchedOffer)| {
        let offer = &found.offer;
        let is_derived =
            found.reasons.iter().any(|reason| matches!(reason, MatchReason::Gain { origin: OfferOrigin::Derived, .. }));
        html! {
            <li class="offer">
                <h4><span class="number">{ number + 1 }</span>{ " " }{ offer.title.clone() }</h4>
                { line("small", &[&offer.provider, &address(offer)], " · ") }
                <ul class="reasons">
                    { for found.reasons.iter().map(|reason| html! { <li>{ words::reason(ui, reason) }</li> }) }
                    if !found.unstated.is_empty() {
                        <li>{ words::to_ask(ui, &found.unstated) }</li>
                    }
                </ul>
                { line("", &[&offer.description], "") }
                { line("", &[&offer.cost.details], "") }
                { for offer.dates.iter().take(3).map(|period| ui.paragraph("", &dates(ui, period))) }
                if offer.place.as_ref().is_some_and(|place| place.itinerant) {
                    { ui.says("", Key::OfferMoves) }
                }
                if is_derived {
                    { ui.says("small", Key::OfferDerived) }
                }
                { link(ui, offer) }
                { ui.paragraph("small", &source(ui, offer)) }
            </li>
        }
    };
    html! { <ol class="offers">{ for answer.offers.iter().enumerate().map(entry) }</ol> }
}

/// Goals that the offers do not reach.
pub(super) fn uncovered(ui: &LateUi<'_>, answer: &MatchAnswer) -> Html {
    if answer.uncovered.is_empty() {
        return Html::default();
    }
    // First what there is nothing for.
    let (first, then): (Vec<_>, Vec<_>) = answer.uncovered.iter().partition(|goal| goal.why == Why::NoOffer);
    let entry = |goal: &Uncovered| html! { <li>{ words::uncovered(ui, goal) }</li> };
    html! {
        <>
            { ui.subtitle(Key::UncoveredTitle) }
            { ui.says("", Key::UncoveredLead) }
            <ul>{ for first.into_iter().chain(then).map(entry) }</ul>
        </>
    }
}

/// The parts that are not empty, as a paragraph.
fn line(class: &'static str, parts: &[&str], between: &str) -> Html {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        Html::default()
    } else {
        html! { <p {class}>{ parts.join(between) }</p> }
    }
}

fn address(offer: &Offer) -> String {
    let Some(place) = &offer.place else { return String::new() };
    let address = &place.address;
    let town = [address.postcode.as_str(), address.town.as_str()];
    let town: Vec<&str> = town.into_iter().filter(|part| !part.is_empty()).collect();
    let parts = [address.street.clone(), town.join(" ")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn dates(ui: &LateUi<'_>, period: &Period) -> String {
    let written = |date: Date| day(ui, date);
    match period.end.filter(|end| *end != period.start) {
        Some(end) => ui.texts.fill(Key::OfferDates, &[("start", &written(period.start)), ("end", &written(end))]),
        None => ui.texts.fill(Key::OfferDate, &[("start", &written(period.start))]),
    }
}

/// A day as people write it; its middle, so that it is the same day wherever the learner is.
fn day(ui: &LateUi<'_>, day: Date) -> String {
    let middle = [&day.to_string(), "T12:00:00Z"].concat();
    middle.parse().map_or_else(|_| day.to_string(), |at| layout::date(ui.texts, &at))
}

/// Links lead out of the page: to a new tab that knows nothing of this one.
fn link(ui: &LateUi<'_>, offer: &Offer) -> Html {
    // A catalogue is checked, but what is pressed is checked twice.
    if !offer.link.starts_with("https://") && !offer.link.starts_with("http://") {
        return Html::default();
    }
    let words = ui.texts.fill(Key::OfferMore, &[("title", &offer.title)]);
    html! { <p><a class="out" href={offer.link.clone()} target="_blank" rel="noopener noreferrer">{ words }</a></p> }
}

fn source(ui: &LateUi<'_>, offer: &Offer) -> String {
    let source = &offer.source;
    match source.date {
        Some(date) => {
            let date = day(ui, date);
            ui.texts.fill(Key::OfferSourceDate, &[("source", &source.name), ("date", &date)])
        }
        None => ui.texts.fill(Key::OfferSource, &[("source", &source.name)]),
    }
}
