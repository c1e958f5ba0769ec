//! Signed documents in a passport: each once, however often it is put there.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::json;
use crate::passport::{Attestation, KeyRecord, Passport, PassportError, Record};
use crate::units::Timestamp;

/// Puts signed documents into a passport and says how many were not there before. Their records' ids follow from `id`, a
/// new random UUID, and from what is signed.
///
/// Nothing is verified here: a passport keeps what it was given, and says so when it is checked.
///
/// # Errors
/// If the passport is full, or a number in a document is not a whole one; the passport stays as it was.
pub fn keep(
    passport: &mut Passport,
    documents: &[Map<String, Value>],
    id: Uuid,
    at: &Timestamp,
) -> Result<usize, PassportError> {
    let mut kept = passport.clone();
    let mut known: Vec<Map<String, Value>> =
        passport.entries::<Attestation>().into_iter().map(|(_, attestation)| attestation.credential).collect();
    let before = known.len();
    for document in documents {
        if known.contains(document) {
            continue;
        }
        let text = json::canonical(&Value::Object(document.clone()))?;
        let attestation = Attestation { credential: document.clone() };
        kept.add(Record::of(derived(id, text.as_bytes()), at.clone(), &attestation)?)?;
        known.push(document.clone());
    }
    *passport = kept;
    Ok(known.len() - before)
}

/// The signed documents in a passport, oldest first: badges and endorsements, then statements about keys.
#[must_use]
pub fn kept(passport: &Passport) -> Vec<Map<String, Value>> {
    let statements = passport.entries::<KeyRecord>().into_iter().filter_map(|(_, key)| key.statement);
    let attestations = passport.entries::<Attestation>().into_iter().map(|(_, attestation)| attestation.credential);
    attestations.chain(statements).collect()
}

/// Puts a public key of the holder into a passport; whether it was not there before.
///
/// # Errors
/// If the passport is full.
pub fn keep_key(passport: &mut Passport, key: &KeyRecord, id: Uuid, at: &Timestamp) -> Result<bool, PassportError> {
    if passport.entries::<KeyRecord>().iter().any(|(_, known)| known == key || is_bare(key, known)) {
        return Ok(false);
    }
    passport.add(Record::of(derived(id, key.did.as_bytes()), at.clone(), key)?)?;
    Ok(true)
}

/// Whether a key by itself is known already, with or without the one that it took the place of.
fn is_bare(key: &KeyRecord, known: &KeyRecord) -> bool {
    key.did == known.did && key.replaces.is_none() && key.statement.is_none()
}

/// An id that follows from a random one and a text.
fn derived(id: Uuid, text: &[u8]) -> Uuid {
    let digest = Sha256::new().chain_update(id.as_bytes()).chain_update(text).finalize();
    let mut bytes = [0; 16];
    for (byte, hashed) in bytes.iter_mut().zip(digest) {
        *byte = hashed;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
