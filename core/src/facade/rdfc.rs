//! Proofs over RDF: signed and checked with the contexts that the caller gives.

use serde_json::{Map, Value};

use super::Failure;
use super::credential::{Document, Verified, VerifiedPresentation, verified, verified_presentation};
use crate::credential::rdfc::Contexts;
use crate::credential::{Key, ProofOptions, Purpose, Verifier};
use crate::table::Table;
use crate::units::Timestamp;

/// JSON-LD contexts, ready for use.
#[derive(Debug, Clone)]
pub struct RdfContexts(Contexts);

impl RdfContexts {
    /// The contexts in these files, by their addresses.
    ///
    /// # Errors
    /// If one is too large.
    pub fn new(files: &Table<String, String>) -> Result<Self, Failure> {
        let mut contexts = Contexts::new();
        for (address, text) in files.iter() {
            contexts = contexts.with(address, text)?;
        }
        Ok(Self(contexts))
    }

    /// The credential with a proof over its RDF by a secret key, in multibase; proofs that it has stay.
    ///
    /// # Errors
    /// If the key cannot be read, a context is missing, or the credential is not JSON-LD.
    pub fn add_proof(&self, credential: &Document, secret: &str, created: &Timestamp) -> Result<Document, Failure> {
        let key = Key::from_multibase(secret)?;
        let options = ProofOptions { created: created.clone(), purpose: Purpose::AssertionMethod, binding: None };
        let mut signed = credential.clone();
        self.0.sign(&mut signed, &key, &options)?;
        Ok(signed)
    }

    /// As [`verify_credentials`](super::verify_credentials), and proofs over RDF are checked, too.
    #[must_use]
    pub fn verify_credentials(&self, documents: &[Document], at: &Timestamp) -> Verified {
        let hash = |document: &Map<String, Value>, options: &Map<String, Value>| self.0.hash(document, options);
        verified(&Verifier { at, rdfc: Some(&hash) }, documents)
    }

    /// As [`verify_presentation`](super::verify_presentation), and proofs over RDF are checked, too.
    #[must_use]
    pub fn verify_presentation(
        &self,
        presentation: &Document,
        challenge: &str,
        domain: &str,
        at: &Timestamp,
    ) -> VerifiedPresentation {
        let hash = |document: &Map<String, Value>, options: &Map<String, Value>| self.0.hash(document, options);
        verified_presentation(&Verifier { at, rdfc: Some(&hash) }, presentation, challenge, domain)
    }
}
