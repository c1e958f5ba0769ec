//! A file of secret keys (`*.keys.json`): the last one signs, the others were changed.
//!
//! It stands beside the passport and never in it: whoever has it can sign in the holder's place.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{CredentialError, Key};
use crate::json;

/// Ending of a key file's name.
pub const KEYS_FILE_ENDING: &str = ".keys.json";
/// Largest key file read, bytes.
pub const MAX_KEYS_FILE_BYTES: usize = 64 << 10;
/// What the file says of itself.
pub const KEYS_TYPE: &str = "skills-passport-keys";
const NOTE: &str = "Secret. Whoever has this file can sign in your place.";

/// The JSON form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    r#type: String,
    note: String,
    /// Oldest first.
    keys: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    did: String,
    secret: String,
}

/// The text of a file with these keys, oldest first.
///
/// # Errors
/// Only if writing JSON fails, which it does not for these types.
pub fn write_keys(keys: &[Key]) -> Result<Zeroizing<String>, CredentialError> {
    let entry = |key: &Key| Entry { did: key.did().to_string(), secret: key.to_multibase().to_string() };
    let document =
        Document { r#type: KEYS_TYPE.to_owned(), note: NOTE.to_owned(), keys: keys.iter().map(entry).collect() };
    Ok(Zeroizing::new(json::to_text(&document)?))
}

/// The keys of a file, oldest first; never none.
///
/// # Errors
/// If it is too large, not a key file, or has a key that is none.
pub fn read_keys(text: &str) -> Result<Vec<Key>, CredentialError> {
    let document: Document = json::read(text, MAX_KEYS_FILE_BYTES)?;
    if document.r#type != KEYS_TYPE || document.keys.is_empty() {
        return Err(CredentialError::Key { what: "not a file of keys" });
    }
    let secrets = document.keys.into_iter().map(|entry| Zeroizing::new(entry.secret));
    secrets.map(|secret| Key::from_multibase(&secret)).collect()
}
