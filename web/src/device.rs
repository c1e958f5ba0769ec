//! What only a browser knows: the time, and numbers that nobody can guess.

use skills_passport::units::Timestamp;
use uuid::Uuid;
use wasm_bindgen::JsValue;

/// Now, in UTC; none if the clock stands outside the years 0 to 9999.
#[must_use]
pub fn now() -> Option<Timestamp> {
    String::from(js_sys::Date::new_0().to_iso_string()).parse().ok()
}

/// Random bytes from the browser's cryptographic source; none where there is no window.
fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// A random (version 4) UUID.
#[must_use]
pub fn random_uuid() -> Option<Uuid> {
    random().map(|bytes| uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// A random seed for an assessment.
#[must_use]
pub fn random_seed() -> Option<u32> {
    random().map(u32::from_le_bytes)
}

/// The message of a JavaScript error, for developers; empty where there is none.
pub(crate) fn message(value: &JsValue) -> String {
    let message = js_sys::Reflect::get(value, &"message".into()).ok();
    message.and_then(|message| message.as_string()).unwrap_or_default()
}
