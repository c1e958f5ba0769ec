//! Endorsements: somebody else says that they know the badge and its holder; and a key says which key comes after it.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::key::multibase;
use super::words::Words;
use super::{CONTEXT_BADGES, CONTEXT_CREDENTIALS, CredentialError, Did, Key, ProofOptions, Purpose, proof};
use crate::id::Language;
use crate::json;
use crate::passport::{MAX_NAME_CHARS, MAX_TEXT_CHARS};
use crate::units::Timestamp;

/// Multihash of SHA-256: its code and the length of the digest.
const SHA2_256: [u8; 2] = [0x12, 0x20];

/// What an endorser says.
#[derive(Debug, Clone, Copy)]
pub struct EndorsementRequest<'a> {
    /// Identity of the endorsement: a new random UUID.
    pub id: Uuid,
    /// The signed badge.
    pub badge: &'a Map<String, Value>,
    /// Who endorses, as they call themselves.
    pub endorser: &'a str,
    /// What they say.
    pub comment: &'a str,
    /// Language of what is added: `en` or `fr`.
    pub language: &'a Language,
    /// When it is signed.
    pub issued: &'a Timestamp,
}

/// The digest of a signed credential by which others bind to it: multibase of the multihash (SHA-256) of its RFC 8785
/// canonical form, proofs included.
///
/// # Errors
/// If a number in it is not a whole one.
pub fn digest(credential: &Map<String, Value>) -> Result<String, CredentialError> {
    let text = json::canonical(&Value::Object(credential.clone()))?;
    Ok(multibase(&[SHA2_256.as_slice(), Sha256::digest(text).as_slice()].concat()))
}

/// Signs an `EndorsementCredential` for a badge. It travels beside the badge and is bound to its very content: one for
/// another badge, or for a changed one, is refused.
///
/// # Errors
/// If the badge has no identity or no proof, or a text is empty or too long.
pub fn endorse(request: &EndorsementRequest<'_>, key: &Key) -> Result<Map<String, Value>, CredentialError> {
    let EndorsementRequest { id, badge, endorser, comment, language, issued } = *request;
    let words = Words::of(language).ok_or_else(|| CredentialError::Language { language: language.to_string() })?;
    check_text("the endorser's name", endorser, MAX_NAME_CHARS)?;
    check_text("the comment", comment, MAX_TEXT_CHARS)?;
    let about = badge.get("id").and_then(Value::as_str).filter(|_| !proof::proofs(badge).is_empty());
    let about = about.ok_or(CredentialError::NotA { wanted: "a signed badge" })?;
    let mut endorsement = statement(key.did(), id, words.endorsement, issued);
    endorsement.insert("issuer".to_owned(), json!({ "id": key.did().as_str(), "type": ["Profile"], "name": endorser }));
    endorsement.insert("credentialSubject".to_owned(), subject(about, comment));
    endorsement.insert("relatedResource".to_owned(), json!([{ "id": about, "digestMultibase": digest(badge)? }]));
    sign(&mut endorsement, key, issued)?;
    Ok(endorsement)
}

/// A statement that one key takes the place of another, signed by both: by the old one, which hands over, and by the new
/// one, which accepts. With it, badges under the old key stay the holder's of the new one.
///
/// It proves that the holder of the old key wanted this. Somebody who stole the old key can make one, too: without a
/// register nobody can tell.
///
/// # Errors
/// If both keys are the same, or the language is not known.
pub fn succeed(
    id: Uuid,
    old: &Key,
    new: &Key,
    language: &Language,
    issued: &Timestamp,
) -> Result<Map<String, Value>, CredentialError> {
    let words = Words::of(language).ok_or_else(|| CredentialError::Language { language: language.to_string() })?;
    if old.did() == new.did() {
        return Err(CredentialError::NotA { wanted: "another key" });
    }
    let mut document = statement(old.did(), id, words.succession, issued);
    document.insert("credentialSubject".to_owned(), subject(new.did().as_str(), words.succession));
    sign(&mut document, old, issued)?;
    sign(&mut document, new, issued)?;
    Ok(document)
}

fn statement(issuer: &Did, id: Uuid, name: &str, issued: &Timestamp) -> Map<String, Value> {
    let document = json!({
        "@context": [CONTEXT_CREDENTIALS, CONTEXT_BADGES],
        "id": format!("urn:uuid:{id}"),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": name,
        "issuer": issuer.as_str(),
        "validFrom": issued,
    });
    match document {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn subject(id: &str, comment: &str) -> Value {
    json!({ "id": id, "type": ["EndorsementSubject"], "endorsementComment": comment })
}

fn sign(document: &mut Map<String, Value>, key: &Key, issued: &Timestamp) -> Result<(), CredentialError> {
    let options = ProofOptions { created: issued.clone(), purpose: Purpose::AssertionMethod, binding: None };
    proof::sign(document, key, &options)
}

pub(super) fn check_text(what: &'static str, text: &str, most: usize) -> Result<(), CredentialError> {
    if text.trim().is_empty() || text.chars().count() > most {
        return Err(CredentialError::Text { what, most });
    }
    Ok(())
}
