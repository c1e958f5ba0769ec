//! Files that a person gives to the page or takes from it.

use skills_passport::json::{self, JsonError};
use skills_passport::passport::MAX_PASSPORT_BYTES;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use crate::device::message;

/// A file that could not be read or handed over.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// Too large, or not text.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The browser says no.
    #[error("the browser could not handle the file: {0}")]
    Browser(String),
}

/// The text of a chosen file. Its size is looked at before it is read.
///
/// # Errors
/// If it is larger than a passport may be, not UTF-8, or unreadable.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "file sizes are whole and below 2^53")]
pub async fn read(file: File) -> Result<String, FileError> {
    let bytes = file.size() as usize;
    if bytes > MAX_PASSPORT_BYTES {
        return Err(JsonError::TooLarge { bytes, limit: MAX_PASSPORT_BYTES }.into());
    }
    let content = JsFuture::from(file.array_buffer()).await.map_err(|error| FileError::Browser(message(&error)))?;
    Ok(json::utf8(&js_sys::Uint8Array::new(&content).to_vec())?.to_owned())
}

/// Hands a text over as a download.
///
/// # Errors
/// If the browser refuses.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), FileError> {
    try_download(name, media_type, text).map_err(|error| FileError::Browser(message(&error)))
}

fn try_download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has its own reference by now; keeping the address would keep the passport in memory.
    Url::revoke_object_url(&address)
}
