//! What the first question does not need: taking answers, results, the passport, the device's store, rarer kinds of
//! questions.
//!
//! The build splits it off into a wasm file of its own (`wasm_split`), which is fetched once somebody begins. Functions
//! are reached through [`Late`] only: one that is named anywhere else becomes part of the first download again.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use skills_passport_web::core::assessment::{self, Assessment, Reason};
use skills_passport_web::core::bank::{Picture, Response};
use skills_passport_web::core::facade::{self, Engine, Failure, PassportSummary, Question, Turn};
use skills_passport_web::core::profile::Milestone;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::{Callback, Html};

use crate::desk::Desk;
use crate::desk::way;
use crate::host::Host;
use crate::layout::Ui;
use crate::screens;
use crate::sharing::Sharing;
use crate::speech::{self, Reading};
use crate::state::{self, Deed, Notice, Settings, Shown, State};

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
    /// The menu of how things are shown.
    pub(crate) display: fn(&Ui, &State) -> Html,
    /// The buttons that read a question aloud.
    pub(crate) reader: fn(&Ui, &State) -> Option<Html>,
    /// See [`speech::turn_to`].
    pub(crate) turn_to: fn(Reading),
    /// See [`speech::when_found`].
    pub(crate) when_voices_found: fn(Callback<()>),
    /// See [`facade::open_passport`].
    pub(crate) open: fn(&str) -> Result<PassportSummary, Failure>,
    /// See [`facade::merge_passports`].
    pub(crate) merge: fn(&str, &str) -> Result<String, Failure>,
    /// The screen where the person chooses skills.
    pub(crate) choose: fn(&Ui, &State, &Settings) -> Html,
    /// Why a question is asked.
    pub(crate) reason: fn(&Ui, &Reason) -> Html,
    /// What the last answer completed.
    pub(crate) cheer: fn(&Ui, &Milestone) -> String,
    /// The warning that everything is going to be erased.
    pub(crate) idle: fn(&Ui, u32) -> Html,
    /// See [`way::keep_watch`].
    pub(crate) keep_watch: fn(Rc<Desk>) -> Box<dyn Any>,
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
            display: screens::display,
            reader: screens::reader,
            turn_to: speech::turn_to,
            when_voices_found: speech::when_found,
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
            choose: screens::choose,
            reason: screens::reason,
            cheer: screens::cheer,
            idle: screens::idle,
            keep_watch: way::keep_watch,
            assessment: |text| assessment::parse(text).ok(),
        }
    }
}
