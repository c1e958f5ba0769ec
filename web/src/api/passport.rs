//! Passport files.

use skills_passport::facade::{self, CompareRequest};
use skills_passport::passport::sealed::Fresh;
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::convert::{given, identity, instant, language, optional_text, random, taken, taken_large, text, thrown};

#[wasm_bindgen]
impl Engine {
    /// A copy of a passport file with nothing in it but what was chosen.
    ///
    /// # Errors
    /// If the passport or the request cannot be read.
    pub fn redact(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "RedactRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        self.0.redact(&text(passport)?, taken(request)?).map_err(thrown)
    }

    /// What rose, what fell, and what lies within the uncertainty: of the last two assessments, unless the request says else.
    ///
    /// # Errors
    /// If a passport cannot be read, there are no two assessments, or they are of different frameworks.
    #[wasm_bindgen(unchecked_return_type = "Comparison")]
    pub fn compare(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "CompareRequest | undefined")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = if request.is_undefined() { CompareRequest::default() } else { taken_large(request)? };
        given(&self.0.compare(&text(passport)?, &request).map_err(thrown)?)
    }

    /// Computes each assessment again from its answers, and checks every signed document. `at` is now.
    ///
    /// # Errors
    /// If the passport cannot be read.
    #[wasm_bindgen(js_name = checkPassport, unchecked_return_type = "PassportCheck")]
    pub fn check_passport(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
    ) -> Result<JsValue, JsValue> {
        given(&self.0.check_passport(&text(passport)?, &instant(at)?).map_err(thrown)?)
    }

    /// The results as a picture (SVG text): of the assessment with this id, or of the last.
    ///
    /// # Errors
    /// If the passport cannot be read, has no such assessment or one of another framework, or the language is not known.
    pub fn picture(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(js_name = language, unchecked_param_type = "string")] tag: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | undefined")] assessment: &JsValue,
    ) -> Result<String, JsValue> {
        let assessment = optional_text(assessment)?.map(|id| identity(&id.into())).transpose()?;
        self.0.picture(&text(passport)?, assessment, &language(tag)?).map_err(thrown)
    }

    /// One page of A4 to print, as the text of an HTML file that needs nothing besides itself.
    ///
    /// # Errors
    /// As `picture`.
    pub fn page(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "PageRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        self.0.page(&text(passport)?, &taken(request)?).map_err(thrown)
    }

    /// The results as plain text for a CV.
    ///
    /// # Errors
    /// As `picture`; and if no area has enough answers.
    pub fn cv(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "CvRequest")] request: &JsValue,
    ) -> Result<String, JsValue> {
        self.0.cv(&text(passport)?, &taken(request)?).map_err(thrown)
    }

    /// The results in the shape of the European Learning Model 3 (JSON-LD), unsigned, for an organisation to seal.
    /// `alignments` is the text of `data/digcomp-3.0.esco.json`, with the addresses of ESCO; undefined to do without.
    ///
    /// # Errors
    /// As `cv`; and if the addresses are of another framework.
    #[wasm_bindgen(unchecked_return_type = "Record<string, unknown>")]
    pub fn elm(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | undefined")] alignments: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "ElmDocumentRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let alignments = optional_text(alignments)?;
        given(&self.0.elm(&text(passport)?, alignments.as_deref(), &taken(request)?).map_err(thrown)?)
    }
}

/// Says what a passport file holds.
///
/// # Errors
/// If it is damaged, too large or of another major version.
#[wasm_bindgen(js_name = openPassport, unchecked_return_type = "PassportSummary")]
pub fn open_passport(#[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue) -> Result<JsValue, JsValue> {
    given(&facade::open_passport(&text(passport)?).map_err(thrown)?)
}

/// Everything of two passport files in one.
///
/// # Errors
/// If one of them cannot be read, or they contradict each other.
#[wasm_bindgen(js_name = mergePassports)]
pub fn merge_passports(
    #[wasm_bindgen(unchecked_param_type = "string")] one: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] two: &JsValue,
) -> Result<String, JsValue> {
    facade::merge_passports(&text(one)?, &text(two)?).map_err(thrown)
}

/// A passport file without one of its records; a tombstone with the id `tombstone` (a random UUID) stays.
///
/// # Errors
/// If the file cannot be read or has no such record.
#[wasm_bindgen(js_name = removeRecord)]
pub fn remove_record(
    #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] record: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] tombstone: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] at: &JsValue,
) -> Result<String, JsValue> {
    facade::remove_record(&text(passport)?, identity(record)?, identity(tombstone)?, instant(at)?).map_err(thrown)
}

/// Says everything that a passport file holds.
///
/// # Errors
/// If it is damaged, too large or of another major version.
#[wasm_bindgen(js_name = showPassport, unchecked_return_type = "PassportContents")]
pub fn show_passport(#[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue) -> Result<JsValue, JsValue> {
    given(&facade::show_passport(&text(passport)?).map_err(thrown)?)
}

/// What `mergePassports` would bring: to one's own passport, or to none. Nothing is changed.
///
/// # Errors
/// As `mergePassports`.
#[wasm_bindgen(js_name = previewMerge, unchecked_return_type = "MergePreview")]
pub fn preview_merge(
    #[wasm_bindgen(unchecked_param_type = "string | undefined")] own: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] other: &JsValue,
) -> Result<JsValue, JsValue> {
    let own = optional_text(own)?;
    given(&facade::preview_merge(own.as_deref(), &text(other)?).map_err(thrown)?)
}

/// Brings a passport file of an older version of the format to this one.
///
/// # Errors
/// If it is damaged, too large or of another major version; such a file is best left alone.
#[wasm_bindgen(js_name = migratePassport, unchecked_return_type = "MigratedPassport")]
pub fn migrate_passport(
    #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::migrate_passport(&text(passport)?).map_err(thrown)?)
}

/// Puts a passport file, and secret keys if any are given, under a passphrase; the text of a `*.sealed.json` file. It takes
/// about a second and 64 MiB. A forgotten passphrase cannot be recovered.
///
/// # Errors
/// If the passport cannot be read, or the passphrase has fewer than 8 characters.
#[wasm_bindgen(js_name = sealPassport)]
pub fn seal_passport(
    #[wasm_bindgen(unchecked_param_type = "string")] passport: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[]")] secrets: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] passphrase: &JsValue,
) -> Result<String, JsValue> {
    let fresh = Fresh { salt: random()?, nonce: random()? };
    facade::seal_passport(&text(passport)?, &taken::<Vec<String>>(secrets)?, &normal(passphrase)?, &fresh)
        .map_err(thrown)
}

/// Opens a sealed file.
///
/// # Errors
/// `truncated`, `wrong-passphrase`, `tampered`, or what else is wrong with it.
#[wasm_bindgen(js_name = unsealPassport, unchecked_return_type = "Unsealed")]
pub fn unseal_passport(
    #[wasm_bindgen(unchecked_param_type = "string")] sealed: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] passphrase: &JsValue,
) -> Result<JsValue, JsValue> {
    given(&facade::unseal_passport(&text(sealed)?, &normal(passphrase)?).map_err(thrown)?)
}

/// A passphrase in Unicode form NFC: every keyboard writes the same bytes.
fn normal(passphrase: &JsValue) -> Result<String, JsValue> {
    Ok(js_sys::JsString::from(text(passphrase)?).normalize("NFC").into())
}
