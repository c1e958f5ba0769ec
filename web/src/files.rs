//! Files that a person gives to the page or takes from it.

use skills_passport::json::{self, JsonError};
use thiserror::Error;
use wasm_bindgen::prelude::*;
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

/// How a file was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Into the file that the person has chosen: it is there.
    Chosen,
    /// As a download: the browser has it, and goes on by itself.
    Download,
    /// To a program that the person has chosen.
    Shared,
    /// Not at all: the person thought better of it.
    Cancelled,
}

/// The text of a chosen file of at most `limit` bytes. Its size is looked at before it is read.
///
/// # Errors
/// If it is larger, not UTF-8, or unreadable.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "file sizes are whole and below 2^53")]
pub async fn read(file: File, limit: usize) -> Result<String, FileError> {
    let bytes = file.size() as usize;
    if bytes > limit {
        return Err(JsonError::TooLarge { bytes, limit }.into());
    }
    let content = JsFuture::from(file.array_buffer()).await.map_err(|error| FileError::Browser(message(&error)))?;
    Ok(json::utf8(&js_sys::Uint8Array::new(&content).to_vec())?.to_owned())
}

/// Hands a text over as a file: into the one that the person chooses where the browser lets them (File System Access),
/// as a download elsewhere.
///
/// # Errors
/// If the browser refuses, or the chosen file cannot be written.
pub async fn save(name: &str, media_type: &str, text: &str) -> Result<Saved, FileError> {
    let refused = |error: JsValue| FileError::Browser(message(&error));
    match choose(name).await {
        Choice::File(file) => {
            write(&file, text).await.map_err(refused)?;
            Ok(Saved::Chosen)
        }
        Choice::Cancelled => Ok(Saved::Cancelled),
        Choice::Unable => download(name, media_type, text).map(|()| Saved::Download),
    }
}

#[wasm_bindgen]
extern "C" {
    /// What shows a dialogue for a file to write; not in every browser.
    #[wasm_bindgen(extends = web_sys::Window)]
    type Pickers;

    #[wasm_bindgen(method, getter, js_name = showSaveFilePicker)]
    fn picker(this: &Pickers) -> JsValue;

    #[wasm_bindgen(method, catch, js_name = showSaveFilePicker)]
    async fn show_save_file_picker(this: &Pickers, options: &JsValue) -> Result<JsValue, JsValue>;

    type ChosenFile;

    #[wasm_bindgen(method, catch, js_name = createWritable)]
    async fn create_writable(this: &ChosenFile) -> Result<JsValue, JsValue>;

    type Writable;

    #[wasm_bindgen(method, catch)]
    async fn write(this: &Writable, text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn close(this: &Writable) -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    type Sharing;

    #[wasm_bindgen(method, catch, js_name = canShare)]
    fn can_share(this: &Sharing, data: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn share(this: &Sharing, data: &JsValue) -> Result<JsValue, JsValue>;
}

/// What became of the dialogue.
enum Choice {
    File(ChosenFile),
    Cancelled,
    /// There is none here, or the browser does not allow it, for example inside of another site's page.
    Unable,
}

async fn choose(name: &str) -> Choice {
    let Some(window) = web_sys::window() else { return Choice::Unable };
    let window: Pickers = window.unchecked_into();
    if !window.picker().is_function() {
        return Choice::Unable;
    }
    match window.show_save_file_picker(&object(&[("suggestedName", name.into())])).await {
        Ok(file) => Choice::File(file.unchecked_into()),
        Err(error) if is_abort(&error) => Choice::Cancelled,
        Err(_) => Choice::Unable,
    }
}

/// The browser puts the new content in the place of the old one when it is closed, and not before.
async fn write(file: &ChosenFile, text: &str) -> Result<(), JsValue> {
    let writable: Writable = file.create_writable().await?.unchecked_into();
    writable.write(text).await?;
    writable.close().await?;
    Ok(())
}

/// Whether texts can be handed to another program as files, as on most phones.
#[must_use]
pub fn can_share() -> bool {
    shareable("skills.passport.json", "application/json", "{}").is_some()
}

/// Hands a text as a file to a program that the person chooses. Some browsers share plain texts only: then the file's name
/// ends with `.txt`, too.
///
/// # Errors
/// If the browser refuses.
pub async fn share(name: &str, media_type: &str, text: &str) -> Result<Saved, FileError> {
    let unable = || FileError::Browser("this browser shares no files".to_owned());
    let (sharing, data) = shareable(name, media_type, text).ok_or_else(unable)?;
    match sharing.share(&data).await {
        Ok(_) => Ok(Saved::Shared),
        Err(error) if is_abort(&error) => Ok(Saved::Cancelled),
        Err(error) => Err(FileError::Browser(message(&error))),
    }
}

fn shareable(name: &str, media_type: &str, text: &str) -> Option<(Sharing, JsValue)> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    if !js_sys::Reflect::get(&navigator, &"canShare".into()).ok()?.is_function() {
        return None;
    }
    let sharing: Sharing = navigator.unchecked_into();
    let forms = [(name.to_owned(), media_type), ([name, ".txt"].concat(), "text/plain")];
    forms.into_iter().find_map(|(name, media_type)| {
        let options = web_sys::FilePropertyBag::new();
        options.set_type(media_type);
        let parts = js_sys::Array::of1(&text.into());
        let file = File::new_with_str_sequence_and_options(&parts, &name, &options).ok()?;
        let data = object(&[("files", js_sys::Array::of1(&file).into())]);
        sharing.can_share(&data).unwrap_or(false).then(|| (sharing.clone(), data))
    })
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn is_abort(error: &JsValue) -> bool {
    js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).as_deref() == Some("AbortError")
}

/// Hands a text over as a download.
///
/// # Errors
/// If the browser refuses.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), FileError> {
    try_download(name, media_type, text).map_err(|error| FileError::Browser(message(&error)))
}

fn try_download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    hand_over(name, &Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)?)
}

/// Hands bytes over as a download.
pub(crate) fn hand_over(name: &str, content: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let address = Url::create_object_url_with_blob(content)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has its own reference by now; keeping the address would keep the content in memory.
    Url::revoke_object_url(&address)
}
