//! What the learner could do next: skills to work on, offers of the page's catalogue that fit, and the national map.
//!
//! Here is the frame of the screen; what is inside ([`inside`]) is fetched for it, see [`crate::ahead`].

mod country;
mod filters;
mod form;
mod inside;
mod list;
mod map;
mod words;

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use skills_passport_web::core::facade::Engine;
use skills_passport_web::core::profile::Profile;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

pub(crate) use self::inside::inside;
use super::results::results_of;
use crate::ahead::{Ahead, ahead};
use crate::app::SheetHandle;
use crate::host::Host;
use crate::layout::LateUi;
use crate::state::{Deed, Screen, Settings, Shown, State};
use crate::text::{Key, Texts};

/// Where the screen leaves what it would have to fetch again: forgotten when everything is erased.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf(Rc<RefCell<Option<Rc<dyn Any>>>>);

impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The screen.
pub(crate) fn next(ui: &LateUi<'_>, state: &State, shown: Shown, host: &Host) -> Html {
    let (profile, _) = results_of(ui, state, shown);
    let content = match profile {
        Some(profile) => {
            let properties = NextProperties {
                texts: ui.texts,
                settings: ui.settings.clone(),
                sheet: SheetHandle(ui.sheet.clone()),
                engine: EngineHandle(ui.engine.clone()),
                on: ui.on.clone(),
                host: host.clone(),
                shelf: state.shelf.clone(),
                profile: Rc::new(profile),
            };
            html! { <Gate ..properties /> }
        }
        None => ui.says("", Key::ResultsNone),
    };
    html! {
        <section class="next">
            { ui.title(ui.texts.get(Key::NextTitle)) }
            { content }
            <div class="actions">
                { ui.does("", Key::Print, Deed::Print) }
                { ui.does("", Key::BackToResults, Deed::Show(Screen::Results(shown))) }
                { ui.does("", Key::ToPassport, Deed::Show(Screen::Passport)) }
            </div>
            { ui.says("small", Key::Purpose) }
        </section>
    }
}

/// The engine; two are the same if they are the same object.
#[derive(Clone)]
struct EngineHandle(Rc<Engine>);

impl PartialEq for EngineHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What is inside needs to know this.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct NextProperties {
    texts: Texts,
    settings: Settings,
    sheet: SheetHandle,
    engine: EngineHandle,
    on: Callback<Deed>,
    host: Host,
    shelf: Shelf,
    profile: Rc<Profile>,
}

/// Fetches what is inside, and says if that fails.
#[function_component]
fn Gate(properties: &NextProperties) -> Html {
    let fetched = use_state(|| None::<Result<Ahead, ()>>);
    let tries = use_state(|| 0_u32);
    use_effect_with(*tries, {
        let fetched = fetched.clone();
        move |_| spawn_local(async move { fetched.set(Some(ahead().await.map_err(|_| ()))) })
    });
    let again = Callback::from({
        let (fetched, tries) = (fetched.clone(), tries.clone());
        move |_: MouseEvent| {
            fetched.set(None);
            tries.set(*tries + 1);
        }
    });
    let texts = properties.texts;
    match *fetched {
        Some(Ok(ahead)) => (ahead.inside)(properties),
        Some(Err(())) => html! {
            <div role="alert">
                <p>{ texts.get(Key::ErrorLate) }</p>
                <div class="actions"><button type="button" onclick={again}>{ texts.get(Key::OffersRetry) }</button></div>
            </div>
        },
        None => html! { <p aria-live="polite">{ texts.get(Key::NextComing) }</p> },
    }
}
