//! What the first question does not need: the engine, results, the passport, the device's store, rarer kinds of questions.
//!
//! The build splits it off into a wasm file of its own (`wasm_split`), which is fetched once somebody begins. Functions,
//! and all methods of the engine, are reached through [`Late`] only: one that is named anywhere else becomes part of the
//! first download again.

mod loading;

use std::any::Any;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;

use skills_passport_web::core::assessment::{self, Assessment, Reason};
use skills_passport_web::core::bank::{Picture, Response};
use skills_passport_web::core::facade::{self, Engine, Failure, PassportSummary, Question, Sheet, Turn};
use skills_passport_web::core::profile::Milestone;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::{Callback, Html};

pub(crate) use self::loading::files;
use crate::desk::{Desk, LateDesk, way};
use crate::host::Host;
use crate::layout::{LateUi, Ui};
use crate::screens;
use crate::sharing::Sharing;
use crate::speech::{self, Reading};
use crate::state::{self, Deed, Notice, Settings, Shown, State};

/// What the desk does with the device, until it is done.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<(), Notice>>>>;

/// The engine, on its way.
pub(crate) type Loading = Pin<Box<dyn Future<Output = Result<Rc<Engine>, Notice>>>>;

/// What comes late, once it is there: the engine of a sheet, and functions.
#[derive(Debug, Clone)]
pub(crate) struct Late {
    pub(crate) sheet: Rc<Sheet>,
    pub(crate) engine: Rc<Engine>,
    functions: Functions,
}

impl Late {
    pub(crate) fn new(sheet: Rc<Sheet>, engine: Rc<Engine>, functions: Functions) -> Self {
        Self { sheet, engine, functions }
    }

    /// The same functions with another engine.
    pub(crate) fn with(&self, sheet: Rc<Sheet>, engine: Rc<Engine>) -> Self {
        Self { sheet, engine, functions: self.functions }
    }
}

impl Deref for Late {
    type Target = Functions;

    fn deref(&self) -> &Functions {
        &self.functions
    }
}

/// The functions that come late.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Functions {
    /// Loads the engine of a sheet.
    pub(crate) load: fn(Host, Rc<Sheet>) -> Loading,
    /// An engine with these texts of items besides, and whether all fitted.
    pub(crate) with_texts: fn(&Engine, &[String]) -> (Rc<Engine>, bool),
    /// The screen of results.
    pub(crate) results: fn(&LateUi<'_>, &State, Shown) -> Html,
    /// The screen of the passport.
    pub(crate) passport: fn(&Ui, &State) -> Html,
    /// The screen of what could be done next.
    pub(crate) next: fn(&LateUi<'_>, &State, Shown, &Host) -> Html,
    /// A mock-up.
    pub(crate) picture: fn(&Ui, &Picture) -> Html,
    /// The answers of questions that are not answered by one choice.
    pub(crate) composed: fn(&Ui, &State, &Question) -> Html,
    /// Such an answer after one more touch.
    pub(crate) revised: fn(Option<Response>, &Question, Deed) -> Option<Response>,
    /// See [`LateDesk::work`].
    pub(crate) work: fn(LateDesk, Deed) -> Work,
    /// See [`LateDesk::find`].
    pub(crate) find: fn(LateDesk) -> Work,
    /// See [`LateDesk::fetch`].
    pub(crate) fetch: fn(LateDesk) -> Work,
    /// See [`Engine::resume`].
    pub(crate) resume: fn(&Engine, Assessment) -> Result<Turn, Failure>,
    /// See [`state::way::areas_covered`].
    pub(crate) areas_covered: fn(&Engine, &Assessment) -> (usize, usize),
    /// The dialog in which results are given to the page.
    pub(crate) share: fn(&LateUi<'_>, &State, &Sharing) -> Html,
    /// See [`LateDesk::recover`].
    pub(crate) recover: fn(LateDesk) -> Work,
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
    pub(crate) choose: fn(&LateUi<'_>, &State, &Settings) -> Html,
    /// Why a question is asked.
    pub(crate) reason: fn(&LateUi<'_>, &Reason) -> Html,
    /// What the last answer completed.
    pub(crate) cheer: fn(&LateUi<'_>, &Milestone) -> String,
    /// The warning that everything is going to be erased.
    pub(crate) idle: fn(&Ui, u32) -> Html,
    /// See [`way::keep_watch`].
    pub(crate) keep_watch: fn(Rc<Desk>) -> Box<dyn Any>,
    /// The assessment that a text holds, if it can be read.
    pub(crate) assessment: fn(&str) -> Option<Assessment>,
}

/// Fetches them, once; if the network fails, the next call tries again.
#[wasm_split(late, fallible)]
pub(crate) fn functions() -> Result<Functions, SplitLoaderError> {
    Ok(Functions::here())
}

impl Functions {
    /// The functions, where they are at hand: in the second file, and in native tests.
    pub(crate) fn here() -> Self {
        Self {
            load: |host, sheet| Box::pin(loading::load(host, sheet)),
            with_texts: loading::with_texts,
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
            fetch: |desk| Box::pin(desk.fetch()),
            share: screens::share,
            recover: |desk| Box::pin(desk.recover()),
            resume: Engine::resume,
            areas_covered: state::way::areas_covered,
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
