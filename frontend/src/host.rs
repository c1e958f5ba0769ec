//! The element that the widget lives in, seen from Rust.

use skills_passport_web::core::facade::Failure;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The custom element, or what stands for it.
    #[derive(Clone, PartialEq)]
    pub type HostElement;

    /// Sends a DOM event from the element.
    #[wasm_bindgen(method)]
    fn emit(this: &HostElement, name: &str, detail: &JsValue);

    /// The text of a data file, or why there is none.
    #[wasm_bindgen(method, catch)]
    async fn text(this: &HostElement, name: &str) -> Result<JsValue, JsValue>;

    /// Asks for a data file early.
    #[wasm_bindgen(method)]
    fn prefetch(this: &HostElement, name: &str);

    /// Asks the element to show another language.
    #[wasm_bindgen(method, js_name = chooseLanguage)]
    fn choose_language(this: &HostElement, language: &str);
}

/// A data file could not be fetched.
#[derive(Debug)]
pub(crate) struct NotFetched;

/// The element.
#[derive(Clone, PartialEq)]
pub(crate) struct Host(HostElement);

impl Host {
    pub(crate) fn new(element: HostElement) -> Self {
        Self(element)
    }

    /// Says to the page that something happened, with members that are numbers or short names: never an answer or a
    /// result.
    pub(crate) fn emit(&self, name: &str, members: &[(&str, JsValue)]) {
        let detail = js_sys::Object::new();
        for (member, value) in members {
            // Setting a member of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&detail, &(*member).into(), value);
        }
        self.0.emit(name, &detail);
    }

    /// Fetches a data file; one that was fetched before is at hand.
    pub(crate) async fn text(&self, name: &str) -> Result<String, NotFetched> {
        self.0.text(name).await.ok().and_then(|text| text.as_string()).ok_or(NotFetched)
    }

    /// Asks for a data file early, so that it is at hand when it is needed.
    pub(crate) fn prefetch(&self, name: &str) {
        self.0.prefetch(name);
    }

    /// Asks for another language.
    pub(crate) fn choose_language(&self, language: &str) {
        self.0.choose_language(language);
    }
}

/// A refusal as a JavaScript `Error` with `code` and `path`.
pub(crate) fn failure_to_js(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    for (name, value) in [("code", &failure.code), ("path", &failure.path)] {
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}
