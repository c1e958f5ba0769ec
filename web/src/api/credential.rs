//! Keys, badges, endorsements, presentations, codes.

use skills_passport::facade;
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::convert::{
    document, documents, given, identity, instant, language, random, taken, taken_large, text, thrown,
};

#[wasm_bindgen]
impl Engine {
    /// Signs a badge for each area of an assessment in a passport file.
    ///
    /// # Errors
    /// If the passport, the assessment or the key cannot be read, or an area has too few answers. Then nothing is signed.
    #[wasm_bindgen(unchecked_return_type = "Issued")]
    pub fn issue(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "IssueRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.issue(&text(passport)?, &taken(request)?).map_err(thrown)?)
    }
}

/// A new key, from the cryptographic randomness of the browser, a worker or Node. Keep the secret where nobody else can read
/// it.
///
/// # Errors
/// If there is no such randomness.
#[wasm_bindgen(js_name = newKey, unchecked_return_type = "KeyPair")]
pub fn new_key() -> Result<JsValue, JsValue> {
    given(&facade::key_pair(&random()?))
}

/// The public half of a secret key: `did:key:z6Mk…`.
///
/// # Errors
/// If it is not a key.
#[wasm_bindgen(js_name = didOf)]
pub fn did_of(#[wasm_bindgen(unchecked_param_type = "string")] secret: &JsValue) -> Result<String, JsValue> {
    facade::did_of(&text(secret)?).map_err(thrown)
}

/// A statement that one key takes the place of another, signed by both.
///
/// # Errors
/// If a key cannot be read, or both are the same.
#[wasm_bindgen(js_name = succeedKey, unchecked_return_type = "Record<string, unknown>")]
pub fn succeed_key(
    #[wasm_bindgen(unchecked_param_type = "SucceedRequest")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::succeed_key(&taken(request)?).map_err(thrown)?)
}

/// The same, kept in a passport file.
///
/// # Errors
/// As `succeedKey`; and if the passport cannot be read.
#[wasm_bindgen(js_name = changeKey)]
pub fn change_key(
    #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "SucceedRequest")] request: &JsValue,
) -> Result<String, JsValue> {
    facade::change_key(&text(passport)?, &taken(request)?).map_err(thrown)
}

/// Puts signed documents into a passport file, each once; `id` is a random UUID, `at` is now. Verify them first.
///
/// # Errors
/// If the passport or a document cannot be read.
#[wasm_bindgen(js_name = keepDocuments)]
pub fn keep_documents(
    #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
    #[wasm_bindgen(js_name = documents, unchecked_param_type = "(Record<string, unknown> | string)[]")] given_documents: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] id: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
) -> Result<String, JsValue> {
    let list = documents(given_documents)?;
    facade::keep_documents(&text(passport)?, &list, identity(id)?, &instant(at)?).map_err(thrown)
}

/// The signed documents in a passport file: badges, endorsements, statements about keys.
///
/// # Errors
/// If the passport cannot be read.
#[wasm_bindgen(js_name = documentsOf, unchecked_return_type = "Record<string, unknown>[]")]
pub fn documents_of(#[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue) -> Result<JsValue, JsValue> {
    given(&facade::documents_of(&text(passport)?).map_err(thrown)?)
}

/// Signs an endorsement of a badge that verifies.
///
/// # Errors
/// The first reason against the badge, or what is wrong with the request.
#[wasm_bindgen(js_name = endorseBadge, unchecked_return_type = "Record<string, unknown>")]
pub fn endorse_badge(
    #[wasm_bindgen(unchecked_param_type = "EndorseRequest")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::endorse_badge(&taken_large(request)?).map_err(thrown)?)
}

/// Signs a presentation of badges for one verifier.
///
/// # Errors
/// If there is nothing to present or too much, or the request is wrong.
#[wasm_bindgen(js_name = presentDocuments, unchecked_return_type = "Record<string, unknown>")]
pub fn present_documents(
    #[wasm_bindgen(unchecked_param_type = "PresentRequest")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::present_documents(&taken_large(request)?).map_err(thrown)?)
}

/// Verifies badges with the endorsements that came with them, without a network: objects, or the texts of their files. `at` is
/// now.
///
/// # Errors
/// If a document cannot be read. What speaks against one that can be read stands in the answer.
#[wasm_bindgen(js_name = verifyDocuments, unchecked_return_type = "Verified")]
pub fn verify_documents(
    #[wasm_bindgen(js_name = documents, unchecked_param_type = "(Record<string, unknown> | string)[]")] given_documents: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::verify_credentials(&documents(given_documents)?, &instant(at)?))
}

/// Verifies a presentation that answers this request.
///
/// # Errors
/// If it cannot be read.
#[wasm_bindgen(js_name = verifyPresentation, unchecked_return_type = "VerifiedPresentation")]
pub fn verify_presentation(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown> | string")] presentation: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] challenge: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] domain: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
) -> Result<JsValue, JsValue> {
    let (challenge, domain, at) = (text(challenge)?, text(domain)?, instant(at)?);
    given(&facade::verify_presentation(&document(presentation)?, &challenge, &domain, &at))
}

/// A badge as the fragment of a link that fits one QR code, without the `#`.
///
/// # Errors
/// If it is too large for one.
#[wasm_bindgen(js_name = codeOfBadge)]
pub fn code_of_badge(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] badge: &JsValue,
) -> Result<String, JsValue> {
    facade::code_of_badge(&document(badge)?).map_err(thrown)
}

/// The badge of a QR code: of the whole link, or of its fragment. Verify it before it is believed.
///
/// # Errors
/// If it is of another form, cut off or damaged.
#[wasm_bindgen(js_name = badgeOfCode, unchecked_return_type = "Record<string, unknown>")]
pub fn badge_of_code(#[wasm_bindgen(unchecked_param_type = "string")] code: &JsValue) -> Result<JsValue, JsValue> {
    given(&facade::badge_of_code(&text(code)?).map_err(thrown)?)
}

/// The QR code of a badge, as a link and an SVG text; `address` is that of a page that verifies badges.
///
/// # Errors
/// If the badge is too large, or the address is no `https` link without a fragment.
#[wasm_bindgen(js_name = badgeCode, unchecked_return_type = "BadgeCode")]
pub fn badge_code(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] badge: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] address: &JsValue,
    #[wasm_bindgen(js_name = language, unchecked_param_type = "string")] tag: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::badge_code(&document(badge)?, &text(address)?, &language(tag)?).map_err(thrown)?)
}

/// A badge as a picture (SVG text). It proves nothing; the signed file does.
///
/// # Errors
/// If the badge does not verify.
#[wasm_bindgen(js_name = badgePicture)]
pub fn badge_picture(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] badge: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
    #[wasm_bindgen(js_name = language, unchecked_param_type = "string")] tag: &JsValue,
) -> Result<String, JsValue> {
    facade::badge_picture(&document(badge)?, &instant(at)?, &language(tag)?).map_err(thrown)
}
