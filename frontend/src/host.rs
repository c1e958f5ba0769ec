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

    /// The text of a data file, or why there is none. `fresh` asks the server, whatever a cache has.
    #[wasm_bindgen(method, catch)]
    async fn text(this: &HostElement, name: &str, fresh: bool) -> Result<JsValue, JsValue>;

    /// Asks for a data file early.
    #[wasm_bindgen(method)]
    fn prefetch(this: &HostElement, name: &str);

    /// Gives the element something to remember on the page, or nothing any more.
    #[wasm_bindgen(method)]
    fn remember(this: &HostElement, name: &str, text: Option<&str>);

    /// What it remembers.
    #[wasm_bindgen(method)]
    fn recall(this: &HostElement, name: &str) -> Option<String>;

    /// Who gets what is given to the page: an origin.
    #[wasm_bindgen(method)]
    fn recipient(this: &HostElement) -> String;

    /// Gives the page what the person decided to give.
    #[wasm_bindgen(method)]
    fn decided(this: &HostElement, passport: Option<&str>);

    /// The address of a file beside the script.
    #[wasm_bindgen(method)]
    fn beside(this: &HostElement, name: &str) -> String;

    /// Asks the element to show another language.
    #[wasm_bindgen(method, js_name = chooseLanguage)]
    fn choose_language(this: &HostElement, language: &str);

    /// The languages that questions can be asked in, between spaces.
    #[wasm_bindgen(method, js_name = questionLanguages)]
    fn question_languages(this: &HostElement) -> String;

    /// Asks the element for questions in another language than the interface's.
    #[wasm_bindgen(method, js_name = chooseQuestions)]
    fn choose_questions(this: &HostElement, language: &str);

    /// What an attribute says.
    #[wasm_bindgen(method)]
    fn setting(this: &HostElement, name: &str) -> Option<String>;

    /// How many catalogues of offers the page has named or handed over; 0 where it has none.
    #[wasm_bindgen(method, js_name = offersGiven)]
    fn offers_given(this: &HostElement) -> u32;

    /// The text of the latest, or why there is none.
    #[wasm_bindgen(method, catch, js_name = offersText)]
    async fn offers_text(this: &HostElement) -> Result<JsValue, JsValue>;
}

/// The name of the answers under way in the element's memory.
pub(crate) const JOURNAL: &str = "journal";
/// The name of the passport there.
pub(crate) const PASSPORT: &str = "passport";

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
        self.fetch(name, false).await
    }

    /// Fetches a data file again: what was fetched before, or what a cache has, is of no use.
    pub(crate) async fn text_anew(&self, name: &str) -> Result<String, NotFetched> {
        self.fetch(name, true).await
    }

    async fn fetch(&self, name: &str, fresh: bool) -> Result<String, NotFetched> {
        self.0.text(name, fresh).await.ok().and_then(|text| text.as_string()).ok_or(NotFetched)
    }

    /// Asks for a data file early, so that it is at hand when it is needed.
    pub(crate) fn prefetch(&self, name: &str) {
        self.0.prefetch(name);
    }

    /// What an attribute of the element says.
    pub(crate) fn setting(&self, name: &str) -> Option<String> {
        self.0.setting(name)
    }

    /// How many catalogues of offers the page has named or handed over so far; 0 where it has none. It differs when there
    /// is another one to be read.
    pub(crate) fn offers_given(&self) -> u32 {
        self.0.offers_given()
    }

    /// The text of the page's catalogue of offers, fetched if the page named an address: as untrusted as any file.
    pub(crate) async fn offers_text(&self) -> Result<String, NotFetched> {
        self.0.offers_text().await.ok().and_then(|text| text.as_string()).ok_or(NotFetched)
    }

    /// Gives the element a text to remember as long as it is on the page, or takes it back. This is not storage: it is for
    /// the case that the program fails, and all its memory is lost.
    pub(crate) fn remember(&self, name: &str, text: Option<&str>) {
        self.0.remember(name, text);
    }

    /// What the element remembers of before the program failed.
    pub(crate) fn recall(&self, name: &str) -> Option<String> {
        self.0.recall(name)
    }

    /// Who gets what is given to the page: an origin, as the browser knows it.
    pub(crate) fn recipient(&self) -> String {
        self.0.recipient()
    }

    /// Gives the page what the person decided to give; nothing if nothing.
    pub(crate) fn decided(&self, passport: Option<&str>) {
        self.0.decided(passport);
    }

    /// The address of a file beside the script.
    pub(crate) fn beside(&self, name: &str) -> String {
        self.0.beside(name)
    }

    /// The languages that questions can be asked in, between spaces.
    pub(crate) fn question_languages(&self) -> String {
        self.0.question_languages()
    }

    /// Asks for questions in another language.
    pub(crate) fn choose_questions(&self, language: &str) {
        self.0.choose_questions(language);
    }

    /// Asks for another language.
    pub(crate) fn choose_language(&self, language: &str) {
        self.0.choose_language(language);
    }
}

/// A refusal as a JavaScript `Error` with `code` and `path`.
pub(crate) fn failure_to_js(failure: &Failure) -> JsValue {
    error(&failure.message, &failure.code, &failure.path)
}

/// Another refusal; its code is its message.
pub(crate) fn error_to_js(code: &str, path: &str) -> JsValue {
    error(code, code, path)
}

fn error(message: &str, code: &str, path: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    for (name, value) in [("code", code), ("path", path)] {
        // Setting a member of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}
