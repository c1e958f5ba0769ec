//! Where the application comes and goes: one place in a page, empty or with the application of one element.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::app::{App, Properties};
use crate::desk::Desk;

/// What the place shows.
#[derive(Clone, Default, PartialEq, yew::Properties)]
pub(crate) struct StageProperties {
    /// None where the place is empty.
    pub(crate) shown: Option<Properties>,
    /// Counts the elements that had this place: nothing of one is left to the next.
    pub(crate) turn: u32,
}

#[function_component]
pub(crate) fn Stage(stage: &StageProperties) -> Html {
    match &stage.shown {
        Some(shown) => html! { <App key={stage.turn} ..shown.clone() /> },
        None => Html::default(),
    }
}

/// From the element's methods to the desk that carries them out, as it was when the screen was last drawn.
#[derive(Clone, Default)]
pub(crate) struct Line(Rc<RefCell<Option<Rc<Desk>>>>);

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Line {
    pub(crate) fn connect(&self, desk: Rc<Desk>) {
        *self.0.borrow_mut() = Some(desk);
    }

    pub(crate) fn cut(&self) {
        *self.0.borrow_mut() = None;
    }

    pub(crate) fn desk(&self) -> Option<Rc<Desk>> {
        self.0.borrow().clone()
    }
}
