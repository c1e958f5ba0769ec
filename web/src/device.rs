//! What only a browser knows: the time, and numbers that nobody can guess.

use js_sys::{Function, Promise};
use skills_passport::facade::Failure;
use skills_passport::units::Timestamp;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds in which a browser draws what has changed, several times over.
const BREATH_MS: i32 = 60;
/// Milliseconds after which a page that was not drawn counts as hidden.
const HIDDEN_MS: i32 = 500;

/// Now, in UTC; none if the clock stands outside the years 0 to 9999.
#[must_use]
pub fn now() -> Option<Timestamp> {
    String::from(js_sys::Date::new_0().to_iso_string()).parse().ok()
}

/// Random bytes from the browser's cryptographic source; none where there is no window.
#[must_use]
pub fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// A random (version 4) UUID.
#[must_use]
pub fn random_uuid() -> Option<Uuid> {
    random_bytes().map(|bytes| uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// A random seed for an assessment.
#[must_use]
pub fn random_seed() -> Option<u32> {
    random_bytes().map(u32::from_le_bytes)
}

/// A text in Unicode form NFC: what looks the same is then the same bytes, whichever keyboard wrote it.
#[must_use]
pub fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// Lets the browser draw, before work that holds it up. A slow one has not drawn yet when the time is up, and is waited for;
/// a page that nobody sees is not drawn.
pub async fn breathe() {
    let Some(window) = web_sys::window() else { return };
    let later = |resolve: &Function, ms| window.set_timeout_with_callback_and_timeout_and_arguments_0(resolve, ms);
    until(&|resolve| later(resolve, BREATH_MS).is_ok()).await;
    // Whichever comes first: a promise is kept once.
    until(&|resolve| window.request_animation_frame(resolve).is_ok() | later(resolve, HIDDEN_MS).is_ok()).await;
    // What is called before a frame runs before it is drawn.
    until(&|resolve| later(resolve, 0).is_ok()).await;
}

/// Waits until the function that `begin` is given is called; not at all, if it cannot be.
async fn until(begin: &dyn Fn(&Function) -> bool) {
    let kept = Promise::new(&mut |resolve, _| {
        if !begin(&resolve) {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(kept).await;
}

/// A refusal as a JavaScript `Error` with `code` and `path`.
#[must_use]
pub fn error_of(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    for (name, value) in [("code", &failure.code), ("path", &failure.path)] {
        // Setting a member of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}

/// Milliseconds of the browser's clock, for how long something takes.
#[must_use]
pub fn clock() -> f64 {
    js_sys::Date::now()
}

/// Puts a text where the person can paste it elsewhere; false if the browser does not allow that.
pub async fn copy(text: &str) -> bool {
    let member = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let clipboard = web_sys::window().and_then(|window| member(&window, "navigator"));
    let Some(clipboard) = clipboard.and_then(|navigator| member(&navigator, "clipboard")) else { return false };
    let write = member(&clipboard, "writeText").and_then(|write| write.dyn_into::<js_sys::Function>().ok());
    let promise = write.and_then(|write| write.call1(&clipboard, &text.into()).ok());
    match promise.and_then(|promise| promise.dyn_into::<js_sys::Promise>().ok()) {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// The message of a JavaScript error, for developers; empty where there is none.
pub(crate) fn message(value: &JsValue) -> String {
    let message = js_sys::Reflect::get(value, &"message".into()).ok();
    message.and_then(|message| message.as_string()).unwrap_or_default()
}
