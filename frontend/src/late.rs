//! What the first question does not need: results, the passport, and reading what was kept.
//!
//! The build splits it off into a wasm file of its own (`wasm_split`), which is fetched once somebody answers. Functions
//! are reached through [`Late`] only: one that is named anywhere else becomes part of the first download again.

use skills_passport_web::core::assessment::{self, Assessment};
use skills_passport_web::core::facade::{self, Engine, Failure, PassportSummary};
use skills_passport_web::core::units::Timestamp;
use uuid::Uuid;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::Html;

use crate::layout::Ui;
use crate::screens;
use crate::state::{Shown, State};

/// See [`Engine::record`].
type Recorder = fn(&Engine, Option<&str>, Assessment, Timestamp, Uuid) -> Result<String, Failure>;

/// The functions that come later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Late {
    /// The screen of results.
    pub(crate) results: fn(&Ui, &State, Shown) -> Html,
    /// The screen of the passport.
    pub(crate) passport: fn(&Ui, &State) -> Html,
    /// Puts the results of an assessment into a passport.
    pub(crate) record: Recorder,
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
    Ok(Late {
        results: screens::results,
        passport: screens::passport,
        record: Engine::record,
        open: facade::open_passport,
        merge: facade::merge_passports,
        assessment: |text| assessment::parse(text).ok(),
    })
}
