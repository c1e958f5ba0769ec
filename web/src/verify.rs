//! What the page that checks badges calls: texts in, a report as JSON out.

use serde::Serialize;
use serde_json::Value;
use skills_passport::facade::{self, Document, Failure, Verified};
use skills_passport::units::Timestamp;
use wasm_bindgen::prelude::*;

use crate::device::error_of;

/// What was found.
#[derive(Serialize)]
struct Checked {
    verified: Verified,
    /// Whether the documents came in a presentation: whom that was made for is not checked here.
    presentation: bool,
}

/// Verifies badges with the endorsements that came with them: the texts of their files. Of a presentation, what is in it.
///
/// # Errors
/// If a text is no signed document: an `Error` with `code` and `path`.
#[wasm_bindgen]
pub fn verify(texts: Vec<String>, now: &str) -> Result<String, JsValue> {
    check(&texts, now).map_err(|failure| error_of(&failure))
}

fn check(texts: &[String], now: &str) -> Result<String, Failure> {
    let wrong = |message: String, path: &str| Failure { code: "other".to_owned(), message, path: path.to_owned() };
    let now: Timestamp = now.parse().map_err(|_| wrong(format!("`{now}` is no instant in UTC"), "now"))?;
    let (mut documents, mut presentation) = (Vec::new(), false);
    for text in texts {
        let document = facade::read_document(text)?;
        match presented(&document) {
            Some(inside) => {
                presentation = true;
                documents.extend(inside);
            }
            None => documents.push(document),
        }
    }
    let checked = Checked { verified: facade::verify_credentials(&documents, &now), presentation };
    serde_json::to_string(&checked).map_err(|error| wrong(error.to_string(), ""))
}

/// The credentials in a presentation; none if it is something else.
fn presented(document: &Document) -> Option<Vec<Document>> {
    let types = document.get("type")?;
    let is_it = |name: &Value| name == "VerifiablePresentation";
    if !is_it(types) && !types.as_array().is_some_and(|types| types.iter().any(is_it)) {
        return None;
    }
    let inside = document.get("verifiableCredential").and_then(Value::as_array);
    Some(inside.into_iter().flatten().filter_map(|credential| credential.as_object().cloned()).collect())
}

/// The badge of a link or of its part after `#`, as text.
///
/// # Errors
/// If it is of another form, cut off or damaged: an `Error` with `code`.
#[wasm_bindgen(js_name = badgeOfCode)]
pub fn badge_of_code(link: &str) -> Result<String, JsValue> {
    let badge = facade::badge_of_code(link).map_err(|failure| error_of(&failure))?;
    serde_json::to_string(&badge).map_err(|error| JsValue::from(error.to_string()))
}
