//! Proofs over RDF for JavaScript: a module of its own, which a page loads only where it is asked for them.
//!
//! The contexts of documents are files that the caller gives, as an object from address to text; nothing is fetched.

use skills_passport::facade::RdfContexts;
use skills_passport::table::Table;
use wasm_bindgen::prelude::*;

use crate::convert::{document, documents, given, instant, taken_large, text, thrown};

/// Adds an `eddsa-rdfc-2022` proof by a secret key to a credential; proofs that it has stay.
///
/// # Errors
/// If a context is missing, the document is not JSON-LD, or the key cannot be read.
#[wasm_bindgen(js_name = addRdfProof, unchecked_return_type = "Record<string, unknown>")]
pub fn add_rdf_proof(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown> | string")] credential: &JsValue,
    #[wasm_bindgen(js_name = contexts, unchecked_param_type = "Record<string, string>")] files: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] secret: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] created: &JsValue,
) -> Result<JsValue, JsValue> {
    let contexts = contexts(files)?;
    let signed = contexts.add_proof(&document(credential)?, &text(secret)?, &instant(created)?);
    given(&signed.map_err(thrown)?)
}

/// Verifies badges with the endorsements that came with them; proofs over RDF are checked, too.
///
/// # Errors
/// If a document or a context cannot be read.
#[wasm_bindgen(js_name = verifyDocumentsWithRdf, unchecked_return_type = "Verified")]
pub fn verify_documents_with_rdf(
    #[wasm_bindgen(js_name = documents, unchecked_param_type = "(Record<string, unknown> | string)[]")]
    given_documents: &JsValue,
    #[wasm_bindgen(js_name = contexts, unchecked_param_type = "Record<string, string>")] files: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&contexts(files)?.verify_credentials(&documents(given_documents)?, &instant(at)?))
}

/// Verifies a presentation that answers this request; proofs over RDF are checked, too.
///
/// # Errors
/// If it or a context cannot be read.
#[wasm_bindgen(js_name = verifyPresentationWithRdf, unchecked_return_type = "VerifiedPresentation")]
pub fn verify_presentation_with_rdf(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown> | string")] presentation: &JsValue,
    #[wasm_bindgen(js_name = contexts, unchecked_param_type = "Record<string, string>")] files: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] challenge: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] domain: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
) -> Result<JsValue, JsValue> {
    let (challenge, domain, at) = (text(challenge)?, text(domain)?, instant(at)?);
    given(&contexts(files)?.verify_presentation(&document(presentation)?, &challenge, &domain, &at))
}

fn contexts(files: &JsValue) -> Result<RdfContexts, JsValue> {
    let files: Table<String, String> = taken_large(files)?;
    RdfContexts::new(&files).map_err(thrown)
}
