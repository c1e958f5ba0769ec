//! From JavaScript and back.
#![cfg_attr(not(feature = "api"), allow(dead_code, reason = "the module for proofs over RDF uses a part of it"))]

use serde::Serialize;
use serde::de::DeserializeOwned;
use skills_passport::assessment::MAX_ASSESSMENT_BYTES;
use skills_passport::facade::{self, Document, Failure};
use skills_passport::id::Language;
use skills_passport::json;
use skills_passport::passport::MAX_PASSPORT_BYTES;
use skills_passport::units::Timestamp;
use uuid::Uuid;
use wasm_bindgen::prelude::*;

/// A Rust value as a plain object.
pub(crate) fn given<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// A plain object as a Rust value.
pub(crate) fn taken<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    taken_within(value, MAX_ASSESSMENT_BYTES)
}

/// A plain object with signed documents or a passport in it.
pub(crate) fn taken_large<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    // A passport in a request is a text, of which every quotation mark is written as two characters.
    taken_within(value, 2 * MAX_PASSPORT_BYTES)
}

fn taken_within<T: DeserializeOwned>(value: &JsValue, limit: usize) -> Result<T, JsValue> {
    json::read(&written(value)?, limit).map_err(|error| thrown(error.into()))
}

/// A signed document: an object, or the text of its file, which is read strictly.
pub(crate) fn document(value: &JsValue) -> Result<Document, JsValue> {
    let text = match value.as_string() {
        Some(text) => text,
        None => written(value)?,
    };
    facade::read_document(&text).map_err(thrown)
}

/// A list of signed documents.
pub(crate) fn documents(value: &JsValue) -> Result<Vec<Document>, JsValue> {
    if !js_sys::Array::is_array(value) {
        return Err(refused("wrong-shape", "a list of signed documents was expected"));
    }
    js_sys::Array::from(value).iter().map(|entry| document(&entry)).collect()
}

fn written(value: &JsValue) -> Result<String, JsValue> {
    // A value that JSON cannot hold (a function, a circle, a BigInt) is refused like one of the wrong shape.
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.ok_or_else(|| refused("wrong-shape", "a plain object was expected"))
}

/// A text; JavaScript may pass anything.
pub(crate) fn text(value: &JsValue) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| refused("wrong-shape", "a text was expected"))
}

/// The same, where there need not be one.
pub(crate) fn optional_text(value: &JsValue) -> Result<Option<String>, JsValue> {
    if value.is_undefined() || value.is_null() { Ok(None) } else { text(value).map(Some) }
}

/// A language tag.
pub(crate) fn language(value: &JsValue) -> Result<Language, JsValue> {
    let text = text(value)?;
    text.parse().map_err(|_| refused("no-such-language", &format!("`{text}` is not a language tag like `fr`")))
}

/// Bytes of the cryptographic randomness of the browser, a worker or Node.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], JsValue> {
    let missing = || refused("no-randomness", "there is no source of cryptographic randomness here");
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).map_err(|_| missing())?;
    if !crypto.is_object() {
        return Err(missing());
    }
    let mut bytes = [0; N];
    let drawn = crypto.unchecked_ref::<web_sys::Crypto>().get_random_values_with_u8_array(&mut bytes);
    drawn.map_err(|_| missing())?;
    Ok(bytes)
}

pub(crate) fn instant(value: &JsValue) -> Result<Timestamp, JsValue> {
    text(value)?
        .parse()
        .map_err(|error: skills_passport::units::TimestampError| refused("wrong-shape", &error.to_string()))
}

pub(crate) fn identity(value: &JsValue) -> Result<Uuid, JsValue> {
    Uuid::parse_str(&text(value)?).map_err(|error| refused("wrong-shape", &error.to_string()))
}

fn refused(code: &str, message: &str) -> JsValue {
    thrown(Failure { code: code.to_owned(), message: message.to_owned(), path: String::new() })
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function for map_err")]
pub(crate) fn thrown(failure: Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    for (name, value) in [("code", &failure.code), ("path", &failure.path)] {
        // Setting a member of a fresh Error cannot fail.
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}
