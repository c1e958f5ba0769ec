//! The JavaScript API: converts, calls the façade, converts back.
//!
//! JavaScript gives and gets plain objects; refusals are `Error` objects with `code`, `message` and `path`.

mod credential;
mod offers;
mod passport;

pub use credential::*;
pub use offers::*;
pub use passport::*;

use skills_passport::assessment::Assessment;
use skills_passport::facade;
use wasm_bindgen::prelude::*;

use crate::convert::{given, identity, instant, optional_text, taken, text, thrown};

/// A framework and a bank, ready to measure.
///
/// An assessment is a plain object that travels with every call: store it anywhere, resume it whenever.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(facade::Engine);

#[wasm_bindgen]
impl Engine {
    /// Loads a pack: the text of one of the files under `data/`.
    ///
    /// # Errors
    /// If it is damaged or incomplete.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "string")] pack: &JsValue) -> Result<Engine, JsValue> {
        facade::Engine::load(&text(pack)?).map(Engine).map_err(thrown)
    }

    /// The framework that results are given in.
    ///
    /// # Errors
    /// None.
    #[wasm_bindgen(unchecked_return_type = "FrameworkReference")]
    pub fn framework(&self) -> Result<JsValue, JsValue> {
        given(&self.0.framework())
    }

    /// Begins an assessment.
    ///
    /// # Errors
    /// If the request does not fit the framework or the bank.
    #[wasm_bindgen(unchecked_return_type = "Turn")]
    pub fn start(
        &self,
        #[wasm_bindgen(unchecked_param_type = "StartRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.start(taken(request)?).map_err(thrown)?)
    }

    /// Goes on with a stored assessment, at the same question.
    ///
    /// # Errors
    /// If it does not fit the loaded framework and bank.
    #[wasm_bindgen(unchecked_return_type = "Turn")]
    pub fn resume(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.resume(taken(assessment)?).map_err(thrown)?)
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// If another item is being asked or the response does not fit it.
    #[wasm_bindgen(unchecked_return_type = "Turn")]
    pub fn answer(
        &self,
        #[wasm_bindgen(unchecked_param_type = "AnswerRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.answer(taken(request)?).map_err(thrown)?)
    }

    /// Takes the last answer back; the same question is asked again.
    ///
    /// # Errors
    /// If there is none.
    #[wasm_bindgen(unchecked_return_type = "Turn")]
    pub fn undo(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.undo(taken(assessment)?).map_err(thrown)?)
    }

    /// Why the question is asked that is being asked; null if the assessment is finished.
    ///
    /// # Errors
    /// If the assessment does not fit.
    #[wasm_bindgen(unchecked_return_type = "Reason | null")]
    pub fn why(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.why(&taken::<Assessment>(assessment)?).map_err(thrown)?)
    }

    /// What so many more questions (1 to 30) can be expected to bring; null if it is not worth it.
    ///
    /// # Errors
    /// If the assessment does not fit.
    #[wasm_bindgen(unchecked_return_type = "Outlook | null")]
    pub fn outlook(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
        questions: u16,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.outlook(&taken::<Assessment>(assessment)?, questions).map_err(thrown)?)
    }

    /// Goes on in a longer mode, with the same answers.
    ///
    /// # Errors
    /// If the assessment does not fit, or the mode is not longer.
    #[wasm_bindgen(unchecked_return_type = "Turn")]
    pub fn lengthen(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "Mode")] mode: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.lengthen(&taken::<Assessment>(assessment)?, taken(mode)?).map_err(thrown)?)
    }

    /// The results so far.
    ///
    /// # Errors
    /// If the assessment does not fit.
    #[wasm_bindgen(unchecked_return_type = "Profile")]
    pub fn profile(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.profile(&taken::<Assessment>(assessment)?).map_err(thrown)?)
    }

    /// The answered questions with right answers and explanations.
    ///
    /// # Errors
    /// If the assessment does not fit.
    #[wasm_bindgen(unchecked_return_type = "Review[]")]
    pub fn review(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.review(&taken::<Assessment>(assessment)?).map_err(thrown)?)
    }

    /// The text of a passport file with the results of an assessment: of `passport` if given, else of a new one with
    /// the id `newId` (a random UUID). `finished` is an instant like `2026-11-22T09:30:00Z`.
    ///
    /// # Errors
    /// If the assessment or the passport cannot be read; the text given stays valid.
    pub fn record(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | undefined")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "Assessment")] assessment: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] finished: &JsValue,
        #[wasm_bindgen(js_name = newId, unchecked_param_type = "string")] new_id: &JsValue,
    ) -> Result<String, JsValue> {
        let assessment = taken(assessment)?;
        let passport = optional_text(passport)?;
        let (finished, new_id) = (instant(finished)?, identity(new_id)?);
        self.0.record(passport.as_deref(), assessment, finished, new_id).map_err(thrown)
    }
}
