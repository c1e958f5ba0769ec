//! Offers in the JavaScript API.

use skills_passport::facade;
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::convert::{given, taken, taken_large, text, thrown};

/// A catalogue of offers, ready to be matched with learners' results.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Offers(facade::Offers);

#[wasm_bindgen]
impl Offers {
    /// Loads a catalogue of the engine's framework: the text of a JSON document, or of lines of JSON.
    ///
    /// # Errors
    /// If it is larger than 64 MB, damaged or of another framework: the first fault with its place.
    #[wasm_bindgen(constructor)]
    pub fn new(
        engine: &Engine,
        #[wasm_bindgen(unchecked_param_type = "string")] catalogue: &JsValue,
    ) -> Result<Offers, JsValue> {
        let framework = engine.0.instrument().framework();
        facade::Offers::load(framework, &text(catalogue)?).map(Offers).map_err(thrown)
    }

    /// How many offers there are.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.0.catalogue().offers().len()).unwrap_or(u32::MAX)
    }

    /// What filters can tell apart: languages, passes, audiences and so on that offers of the catalogue have.
    ///
    /// # Errors
    /// None.
    #[wasm_bindgen(unchecked_return_type = "OfferChoices")]
    pub fn choices(&self) -> Result<JsValue, JsValue> {
        given(&self.0.choices())
    }

    /// Where a town or postcode of the catalogue is.
    ///
    /// # Errors
    /// If it is no text.
    #[wasm_bindgen(js_name = findPlace, unchecked_return_type = "FoundPlace")]
    pub fn find_place(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] name: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.find_place(&text(name)?))
    }

    /// The offers that take a learner on, best first, with reasons, and what none of them covers.
    ///
    /// # Errors
    /// If the passport cannot be read or has no results in this framework, or a goal or the place is not known.
    #[wasm_bindgen(js_name = match, unchecked_return_type = "MatchAnswer")]
    pub fn matches(
        &self,
        #[wasm_bindgen(unchecked_param_type = "MatchRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.matches(&taken_large(request)?).map_err(thrown)?)
    }

    /// The fewest offers that bring a learner to every goal, in the order to follow them.
    ///
    /// # Errors
    /// As for `match`; and if no sequence of offers leads there, or none can be planned.
    #[wasm_bindgen(unchecked_return_type = "PathAnswer")]
    pub fn path(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PathRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.path(&taken_large(request)?).map_err(thrown)?)
    }
}

/// What a learner with these results could learn next, and about what too little is known to advise anything.
///
/// # Errors
/// If it is no profile.
#[wasm_bindgen(js_name = nextSteps, unchecked_return_type = "NextSteps")]
pub fn next_steps(#[wasm_bindgen(unchecked_param_type = "Profile")] profile: &JsValue) -> Result<JsValue, JsValue> {
    given(&facade::next_steps(&taken(profile)?))
}
