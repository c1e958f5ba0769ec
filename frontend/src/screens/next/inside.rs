//! Inside the screen of next steps. Everything happens here: the catalogue comes to the learner, nothing of theirs goes to
//! it. A component of its own, with the choices and the catalogue as its state.

use std::rc::Rc;

use skills_passport_web::core::facade::{
    Failure, MatchAnswer, MatchRequest, NextStep, NextSteps, OfferChoices, Offers, next_steps,
};
use skills_passport_web::core::framework::FrameworkReference;
use skills_passport_web::core::profile::Profile;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::country::{self, Aim, National};
use super::filters::Filters;
use super::form::{Form, UnknownPlace};
use super::{EngineHandle, NextProperties, Shelf, list, map, words};
use crate::host::Host;
use crate::layout::{LateUi, Ui};
use crate::screens::results::next_level;
use crate::state::{Deed, Screen};
use crate::text::Key;

/// Skills shown at first, and offers shown at once.
const SKILLS: usize = 5;
const OFFERS: u16 = 10;

/// What is left there.
#[derive(Clone)]
struct Left {
    stock: Stock,
    filters: Filters,
    aim: Aim,
}

/// Which catalogue: the page's count of them, and the framework that it was read for.
type Edition = (u32, FrameworkReference);

/// The page's catalogue, on its way to the learner.
#[derive(Clone)]
enum Stock {
    /// The page has none.
    None,
    Coming,
    Here(Edition, Rc<(Offers, OfferChoices)>),
    /// The network failed.
    Lost,
    /// It cannot be read: why, and where.
    Bad(Failure),
}

impl Stock {
    fn offers(&self) -> Option<&(Offers, OfferChoices)> {
        match self {
            Self::Here(_, offers) => Some(offers),
            _ => None,
        }
    }
}

/// What the learner left on the shelf.
fn left(shelf: &Shelf) -> Option<Rc<Left>> {
    shelf.0.borrow().clone()?.downcast().ok()
}

/// See [`crate::ahead::Ahead`].
pub(crate) fn inside(properties: &NextProperties) -> Html {
    html! { <Next ..properties.clone() /> }
}

#[function_component]
fn Next(properties: &NextProperties) -> Html {
    let NextProperties { texts, settings, sheet, engine, on, host, shelf, profile } = properties;
    let edition: Edition = (settings.offers, engine.0.framework());
    let left = left(shelf);
    let stock = use_state(|| match &left {
        Some(left) if matches!(&left.stock, Stock::Here(other, _) if *other == edition) => left.stock.clone(),
        _ if edition.0 == 0 => Stock::None,
        _ => Stock::Coming,
    });
    let filters = use_state(|| left.as_ref().map(|left| left.filters.clone()).unwrap_or_default());
    let aim = use_state(|| left.as_ref().map(|left| left.aim.clone()).unwrap_or_default());
    let more = use_state(|| OFFERS);
    let tries = use_state(|| 0_u32);
    let (form, found) = (use_node_ref(), use_node_ref());

    use_effect_with((edition.clone(), *tries), {
        let (stock, host, engine) = (stock.clone(), host.clone(), engine.clone());
        move |(edition, _): &(Edition, u32)| {
            let is_here = matches!(&*stock, Stock::Here(other, _) if other == edition);
            if edition.0 == 0 {
                stock.set(Stock::None);
            } else if !is_here {
                stock.set(Stock::Coming);
                let edition = edition.clone();
                spawn_local(async move { stock.set(fetch(&host, &engine, edition).await) });
            }
        }
    });
    use_effect({
        let left = Left { stock: (*stock).clone(), filters: (*filters).clone(), aim: (*aim).clone() };
        let shelf = shelf.clone();
        move || *shelf.0.borrow_mut() = Some(Rc::new(left))
    });

    let ui = Ui {
        texts: *texts,
        settings: settings.clone(),
        sheet: sheet.0.clone(),
        heading: NodeRef::default(),
        question: NodeRef::default(),
        dialog: NodeRef::default(),
        leaving: NodeRef::default(),
        on: on.clone(),
    };
    let ui = LateUi { ui: &ui, engine: &engine.0 };
    let steps = use_memo(profile.clone(), |profile| next_steps(profile));
    let national = use_memo(profile.clone(), |profile| National::new(profile));
    let answer = stock.offers().map(|(offers, _)| matched(offers, profile, &filters, &steps.steps, *more));

    let on_change = Callback::from({
        let (filters, more, found) = (filters.clone(), more.clone(), found.clone());
        move |(chosen, pressed): (Filters, bool)| {
            more.set(OFFERS);
            filters.set(chosen);
            if let Some(found) = found.cast::<HtmlElement>().filter(|_| pressed) {
                // Where it cannot take the focus, the count is announced all the same.
                let _ = found.focus();
            }
        }
    });
    let on_clear = Callback::from({
        let (filters, found) = (filters.clone(), found.clone());
        move |_: MouseEvent| {
            filters.set(Filters::default());
            // The button goes with the choices.
            if let Some(found) = found.cast::<HtmlElement>() {
                let _ = found.focus();
            }
        }
    });
    let on_aim = Callback::from({
        let aim = aim.clone();
        move |chosen| aim.set(chosen)
    });
    let again = Callback::from({
        let tries = tries.clone();
        move |_: MouseEvent| tries.set(*tries + 1)
    });
    let show_more = Callback::from({
        let more = more.clone();
        move |_: MouseEvent| more.set(more.saturating_add(OFFERS))
    });

    let here = answer.as_ref().and_then(|answer| answer.as_ref().ok()).and_then(|answer| answer.near);
    let here = here.zip(filters.place());
    html! {
        <>
            { ui.says("lead", Key::NextLead) }
            { skills(&ui, &steps) }
            { ui.subtitle(Key::OffersTitle) }
            { match (&*stock, &answer) {
                (Stock::Here(_, offers), Some(answer)) => {
                    let unknown = answer.as_ref().err().map(|_| {
                        let place = offers.0.find_place(&filters.place);
                        UnknownPlace { suggestions: place.suggestions }
                    });
                    let form = Form {
                        filters: &filters, choices: &offers.1, steps: &steps.steps, unknown, node: &form, on_change, on_clear,
                    };
                    html! {
                        <>
                            { ui.says("small", Key::NextPrivate) }
                            if !steps.steps.is_empty() {
                                { form.show(&ui) }
                            }
                            { offers_found(&ui, answer.as_ref().ok(), &found, &show_more) }
                        </>
                    }
                }
                (Stock::None, _) => ui.says("", Key::OffersNone),
                (Stock::Bad(failure), _) => {
                    let fault = [("code", failure.code.as_str()), ("path", failure.path.as_str())];
                    html! {
                        <div role="alert">
                            { ui.says("", Key::OffersBad) }
                            { ui.paragraph("small", &texts.fill(Key::OffersBadPlace, &fault)) }
                        </div>
                    }
                }
                (Stock::Lost, _) => html! {
                    <div role="alert">
                        { ui.says("", Key::OffersLost) }
                        <div class="actions">
                            <button type="button" onclick={again}>{ texts.get(Key::OffersRetry) }</button>
                        </div>
                    </div>
                },
                _ => html! { <p aria-live="polite">{ texts.get(Key::OffersComing) }</p> },
            } }
            { (*national).as_ref().map(|national| country::country(&ui, national, &aim, here, &on_aim)) }
        </>
    }
}

/// Fetches and reads the page's catalogue; the page hears of one that cannot be read.
async fn fetch(host: &Host, engine: &EngineHandle, edition: Edition) -> Stock {
    let Ok(text) = host.offers_text().await else { return Stock::Lost };
    match Offers::load(engine.0.instrument().framework(), &text) {
        Ok(offers) => {
            let choices = offers.choices();
            Stock::Here(edition, Rc::new((offers, choices)))
        }
        Err(failure) => {
            let place = [("code", "offers".into()), ("path", failure.path.as_str().into())];
            host.emit("error", &place);
            Stock::Bad(failure)
        }
    }
}

fn matched(
    offers: &Offers,
    profile: &Rc<Profile>,
    filters: &Filters,
    steps: &[NextStep],
    limit: u16,
) -> Result<MatchAnswer, Failure> {
    offers.matches(&MatchRequest {
        wishes: filters.wishes(steps),
        place: filters.place().map(str::to_owned),
        limit: Some(limit),
        ..MatchRequest::new((**profile).clone())
    })
}

/// What could be learned next, in words.
fn skills(ui: &LateUi<'_>, next: &NextSteps) -> Html {
    let texts = ui.texts;
    let entry = |step: &NextStep| {
        let at = texts.fill(Key::NextAt, &[("level", &step.level.to_string())]);
        let descriptor = ui
            .framework()
            .broad_level_of(step.next)
            .and_then(|broad| ui.words()?.competences.get(&step.competence)?.descriptors.get(&broad.id));
        let descriptor = descriptor.map(|descriptor| next_level(ui, descriptor));
        html! {
            <li>
                <strong>{ words::skill(ui, &step.competence) }</strong>
                <span class="hint">{ at }{ " " }{ descriptor }</span>
            </li>
        }
    };
    let unknown = u16::try_from(next.not_enough_evidence.len()).unwrap_or(u16::MAX);
    let (first, rest) = next.steps.split_at(next.steps.len().min(SKILLS));
    html! {
        <>
            { ui.subtitle(Key::GapsTitle) }
            if next.steps.is_empty() {
                { ui.says("", if unknown > 0 { Key::NextUnknown } else { Key::NextHighest }) }
            } else {
                <ul class="skills">{ for first.iter().map(entry) }</ul>
                if !rest.is_empty() {
                    <details>
                        <summary>{ texts.get(Key::NextFurther) }</summary>
                        <ul class="skills">{ for rest.iter().map(entry) }</ul>
                    </details>
                }
            }
            if unknown > 0 {
                { ui.paragraph("small", &texts.count(unknown, Key::NextNotEnoughOne, Key::NextNotEnoughOther)) }
                <div class="actions">{ ui.does("", Key::NextQuestions, Deed::Show(Screen::Welcome)) }</div>
            }
        </>
    }
}

/// How many offers there are, which, where, and what they do not cover.
fn offers_found(
    ui: &LateUi<'_>,
    answer: Option<&MatchAnswer>,
    node: &NodeRef,
    show_more: &Callback<MouseEvent>,
) -> Html {
    let texts = ui.texts;
    let found = answer.map(|answer| u16::try_from(answer.found).unwrap_or(u16::MAX));
    let count = match found {
        None => String::new(),
        Some(0) => texts.get(Key::OffersFoundNone).to_owned(),
        Some(found) => texts.count(found, Key::OffersFoundOne, Key::OffersFoundOther),
    };
    html! {
        <>
            // Always there, so that screen readers announce what changes in it.
            <p class="count" aria-live="polite" tabindex="-1" ref={node.clone()}>{ count }</p>
            { answer.map(|answer| {
                let places: Vec<_> = answer
                    .offers
                    .iter()
                    .enumerate()
                    .filter_map(|(number, found)| Some((number + 1, found.offer.place.as_ref()?.coordinates?)))
                    .collect();
                let is_cut = answer.offers.len() < usize::try_from(answer.found).unwrap_or(usize::MAX);
                html! {
                    <>
                        { map::map(ui, &places, answer.near) }
                        { list::list(ui, answer) }
                        if is_cut {
                            <div class="actions">
                                <button type="button" onclick={show_more.clone()}>{ texts.get(Key::OffersMore) }</button>
                            </div>
                        }
                        { list::uncovered(ui, answer) }
                    </>
                }
            }) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skills_passport_frameworks::Library;

    #[test]
    fn the_demo_catalogue_can_be_read_covers_every_competence_and_says_that_it_is_a_demo() {
        let framework = Library::shipped().framework("digcomp@3.0").unwrap();
        let demo = include_str!("../../../demo/demo-offers.json");
        let offers = Offers::load(&framework, demo).unwrap();
        for competence in framework.competences() {
            let teaches = |target: &skills_passport_web::core::offers::Target| target.competence == *competence;
            assert!(offers.catalogue().offers().iter().any(|offer| offer.targets.iter().any(teaches)), "{competence}");
        }
        for offer in offers.catalogue().offers() {
            assert!(offer.source.name.contains("démonstration"), "{}", offer.id);
            assert!(offer.provider.ends_with("(exemple)"), "{}", offer.id);
            assert!(offer.link.starts_with("https://example.org/"), "{}", offer.id);
        }
    }
}
