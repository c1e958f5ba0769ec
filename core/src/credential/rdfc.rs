//! `eddsa-rdfc-2022`: the proof over the RDF of a document, for native programs and for a module of its own in a browser.
//!
//! The document is expanded with its JSON-LD contexts and canonicalised as RDF (W3C RDFC-1.0). Contexts are files that
//! the caller gives; nothing is fetched.

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::Dataset;
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use serde_json::{Map, Value};

use super::proof::{self, ProofOptions, Suite};
use super::{CredentialError, Key};
use crate::table::Table;

/// Largest context, bytes.
const MAX_CONTEXT_BYTES: usize = 1 << 20;

/// JSON-LD contexts by their addresses.
#[derive(Debug, Clone, Default)]
pub struct Contexts {
    texts: Table<String, String>,
}

impl Contexts {
    /// No contexts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a context: its address and the text of its document.
    ///
    /// # Errors
    /// If it is too large.
    pub fn with(mut self, address: &str, text: &str) -> Result<Self, CredentialError> {
        if text.len() > MAX_CONTEXT_BYTES {
            return Err(CredentialError::Rdf { what: format!("the context {address} is too large") });
        }
        self.texts.insert(address.to_owned(), text.to_owned());
        Ok(self)
    }

    /// The canonical N-Quads of a document.
    ///
    /// # Errors
    /// If a context is missing, the document is not JSON-LD, or its canonical form would take too long to find: alike
    /// unnamed parts make that exponential (RDFC-1.0, "dataset poisoning").
    pub fn canonical(&self, document: &Map<String, Value>) -> Result<String, CredentialError> {
        refuse_twins(&Value::Object(document.clone()))?;
        let refused = |error: &dyn std::fmt::Display| CredentialError::Rdf { what: error.to_string() };
        let text = serde_json::to_string(document).map_err(|error| refused(&error))?;
        let texts = self.texts.clone();
        let parser = JsonLdParser::new().for_slice(&text).with_load_document_callback(move |address, _| {
            let text = texts.get(&address.to_owned()).ok_or_else(|| format!("no copy of {address} was given"))?;
            Ok(JsonLdRemoteDocument { document: text.clone().into_bytes(), document_url: address.to_owned() })
        });
        let mut dataset = Dataset::new();
        for quad in parser {
            dataset.insert(&quad.map_err(|error| refused(&error))?);
        }
        dataset
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
        lines.sort();
        Ok(lines.concat())
    }

    /// The 64 bytes that a proof signs, from the document without proofs and the proof's options.
    ///
    /// # Errors
    /// As [`Contexts::canonical`].
    pub fn hash(
        &self,
        document: &Map<String, Value>,
        options: &Map<String, Value>,
    ) -> Result<[u8; 64], CredentialError> {
        let mut options = options.clone();
        if let Some(context) = document.get("@context") {
            options.insert("@context".to_owned(), context.clone());
        }
        Ok(proof::combined_hash(&self.canonical(&options)?, &self.canonical(document)?))
    }

    /// Signs a document with `eddsa-rdfc-2022`; proofs that it has stay.
    ///
    /// # Errors
    /// As [`Contexts::canonical`].
    pub fn sign(
        &self,
        document: &mut Map<String, Value>,
        key: &Key,
        wanted: &ProofOptions,
    ) -> Result<(), CredentialError> {
        let options = proof::options(Suite::Rdfc, key, wanted);
        let hash = self.hash(&proof::unsecured(document), &options)?;
        proof::attach(document, options, key, &hash);
        Ok(())
    }
}

/// Refuses lists in which two parts without an identity say the same of themselves: only such parts make the search for
/// a canonical form branch.
fn refuse_twins(value: &Value) -> Result<(), CredentialError> {
    match value {
        Value::Object(members) => members.values().try_for_each(refuse_twins),
        Value::Array(entries) => {
            let mut seen: Vec<Vec<(&String, &Value)>> = Vec::new();
            for entry in entries {
                refuse_twins(entry)?;
                let Value::Object(members) = entry else { continue };
                if members.contains_key("id") {
                    continue;
                }
                let shallow: Vec<_> = members.iter().filter(|(_, value)| !has_object(value)).collect();
                if seen.contains(&shallow) {
                    let what = "two parts without an identity are too much alike to tell apart".to_owned();
                    return Err(CredentialError::Rdf { what });
                }
                seen.push(shallow);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn has_object(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(entries) => entries.iter().any(Value::is_object),
        _ => false,
    }
}
