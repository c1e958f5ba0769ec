//! What the first question does not need: taking answers, results, the passport, the device's store, rarer kinds of
//! questions.
//!
//! The build splits it off into a wasm file of its own (`wasm_split`), which is fetched once somebody begins. Functions
//! are reached through [`Late`] only: one that is named anywhere else becomes part of the first download again.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use skills_passport_web::core::assessment::{self, Assessment};
use skills_passport_web::core::bank::{Picture, Response};
use skills_passport_web::core::facade::{self, Engine, Failure, PassportSummary, Question, Turn};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::Html;

use crate::desk::Desk;
use crate::host::Host;
use crate::layout::Ui;
use crate::screens;
use crate::sharing::Sharing;
use crate::state::{self, Deed, Notice, Shown, State};

/// What the desk does with the device, until it is done.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<(), Notice>>>>;

/// The functions that come later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Late {
    /// The screen of results.
    pub(crate) results: fn(&Ui, &State, Shown) -> Html,
    /// The screen of the passport.
    pub(crate) passport: fn(&Ui, &State) -> Html,
    /// The screen of what could be done next.
    pub(crate) next: fn(&Ui, &State, Shown, &Host) -> Html,
    /// A mock-up.
    pub(crate) picture: fn(&Ui, &Picture) -> Html,
    /// The answers of questions that are not answered by one choice.
    pub(crate) composed: fn(&Ui, &State, &Question) -> Html,
    /// Such an answer after one more touch.
    pub(crate) revised: fn(Option<Response>, &Question, Deed) -> Option<Response>,
    /// See [`Desk::work`].
    pub(crate) work: fn(Rc<Desk>, Deed) -> Work,
    /// See [`Desk::find`].
    pub(crate) find: fn(Rc<Desk>) -> Work,
    /// See [`Engine::resume`].
    pub(crate) resume: fn(&Engine, Assessment) -> Result<Turn, Failure>,
    /// The dialog in which results are given to the page.
    pub(crate) share: fn(&Ui, &State, &Sharing) -> Html,
    /// See [`Desk::recover`].
    pub(crate) recover: fn(Rc<Desk>) -> Work,
    /// See [`facade::open_passport`].
    pub(crate) open: fn(&str) -> Result<PassportSummary, Failure>,
    /// See [`facade::merge_passports`].
    pub(crate) merge: fn(&str, &str) -> Result<String, Failure>,
    /// The assessment that a text holds, if it can be read.
    pub(crate) assessment: fn(&str) -> Option<Assessment>,
}

/// Fetches them, once; if the network fails, the next call tries again.
#[wasm_split(late, fallible)]
pub(crate) fn late() -> Result<Late, SplitLoaderError> {
    Ok(Late::here())
}

impl Late {
    /// The functions, where they are at hand: in the second file, and in native tests.
    pub(crate) fn here() -> Self {
        Self {
            results: screens::results,
            passport: screens::passport,
            next: screens::next,
            picture: screens::picture,
            composed: screens::composed,
            revised: state::revised,
            work: |desk, deed| Box::pin(desk.work(deed)),
            find: |desk| Box::pin(desk.find()),
            share: screens::share,
            recover: |desk| Box::pin(desk.recover()),
            resume: Engine::resume,
            open: facade::open_passport,
            merge: facade::merge_passports,
            assessment: |text| assessment::parse(text).ok(),
        }
    }
}
