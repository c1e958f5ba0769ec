//! Presentations: chosen badges shown to one verifier, by whoever holds the key.

use serde_json::{Map, Value, json};

use super::endorse::check_text;
use super::{Binding, CONTEXT_CREDENTIALS, CredentialError, Key, ProofOptions, Purpose, proof};
use crate::units::Timestamp;

/// Longest challenge and domain, characters.
const MAX_BINDING_CHARS: usize = 500;
/// Most credentials in a presentation.
pub const MAX_PRESENTED: usize = 100;

/// Signs a presentation of badges, of their endorsements, and of the statements of succession that lead from the keys
/// of older badges to this one. The proof holds for this challenge and domain only.
///
/// # Errors
/// If there is nothing to present or too much, or challenge or domain are empty or too long.
pub fn present(
    credentials: &[Map<String, Value>],
    key: &Key,
    binding: &Binding,
    created: &Timestamp,
) -> Result<Map<String, Value>, CredentialError> {
    if credentials.is_empty() || credentials.len() > MAX_PRESENTED {
        return Err(CredentialError::NotA { wanted: "a list of 1 to 100 credentials" });
    }
    check_text("the challenge", &binding.challenge, MAX_BINDING_CHARS)?;
    check_text("the domain", &binding.domain, MAX_BINDING_CHARS)?;
    let presentation = json!({
        "@context": [CONTEXT_CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "holder": key.did().as_str(),
        "verifiableCredential": credentials,
    });
    let Value::Object(mut presentation) = presentation else { return Ok(Map::new()) };
    let options =
        ProofOptions { created: created.clone(), purpose: Purpose::Authentication, binding: Some(binding.clone()) };
    proof::sign(&mut presentation, key, &options)?;
    Ok(presentation)
}
