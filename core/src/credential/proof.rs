//! Data Integrity proofs (W3C, Data Integrity EdDSA Cryptosuites v1.0): `eddsa-jcs-2022`.
//!
//! A proof signs SHA-256(canonical proof options) ‖ SHA-256(canonical document without proofs); the canonical form is
//! RFC 8785. Several proofs of one document stand side by side and do not know of each other.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::key::{from_multibase, multibase};
use super::{CredentialError, Did, Key};
use crate::json;
use crate::units::Timestamp;

/// What the proof of a document says besides the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// When it is made.
    pub created: Timestamp,
    /// What it is for.
    pub purpose: Purpose,
    /// For whom and which request (presentations).
    pub binding: Option<Binding>,
}

/// What a proof is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To say something: credentials.
    AssertionMethod,
    /// To show who one is: presentations.
    Authentication,
}

/// The request that a presentation answers; a proof with it is worth nothing to anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// What the verifier drew at random.
    pub challenge: String,
    /// The verifier.
    pub domain: String,
}

/// A way to make and check proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// RFC 8785 canonical JSON.
    Jcs,
    /// RDF dataset canonicalisation; made and checked by native programs only (feature `rdfc`).
    Rdfc,
}

impl Suite {
    /// The name of the suite.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jcs => "eddsa-jcs-2022",
            Self::Rdfc => "eddsa-rdfc-2022",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Jcs, Self::Rdfc].into_iter().find(|suite| suite.name() == name)
    }
}

impl Purpose {
    /// The term.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }
}

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProofFault {
    /// Not of the shape of a Data Integrity proof.
    Shape,
    /// Of a suite that is not known here.
    Suite,
    /// By a key that is no `did:key`.
    Method,
    /// For another purpose.
    Purpose,
    /// Its context is not that of the document.
    Context,
    /// The signature is not that of this key and content: one of them was changed.
    Signature,
}

/// The parts of a proof of our kinds.
pub(super) struct Proof<'a> {
    pub(super) members: &'a Map<String, Value>,
    pub(super) suite: Suite,
    pub(super) signer: Did,
    pub(super) purpose: &'a str,
}

impl<'a> Proof<'a> {
    pub(super) fn read(members: &'a Map<String, Value>) -> Result<Self, ProofFault> {
        let text = |name: &str| members.get(name).and_then(Value::as_str).ok_or(ProofFault::Shape);
        if text("type")? != "DataIntegrityProof" {
            return Err(ProofFault::Suite);
        }
        text("proofValue")?;
        Ok(Self {
            members,
            suite: Suite::named(text("cryptosuite")?).ok_or(ProofFault::Suite)?,
            signer: Did::of_method(text("verificationMethod")?).ok_or(ProofFault::Method)?,
            purpose: text("proofPurpose")?,
        })
    }

    /// The options that were signed: everything but the signature.
    pub(super) fn options(&self) -> Map<String, Value> {
        let mut options = self.members.clone();
        options.remove("proofValue");
        options
    }

    /// Whether the signature is that of the signer over these 64 bytes.
    pub(super) fn holds(&self, hash: &[u8]) -> Result<(), ProofFault> {
        let value = self.members.get("proofValue").and_then(Value::as_str).and_then(from_multibase);
        let value = value.ok_or(ProofFault::Shape)?;
        if self.signer.has_signed(hash, &value) { Ok(()) } else { Err(ProofFault::Signature) }
    }
}

/// A document without its proofs.
pub(super) fn unsecured(document: &Map<String, Value>) -> Map<String, Value> {
    let mut unsecured = document.clone();
    unsecured.remove("proof");
    unsecured
}

/// The proofs of a document: one, or a list of them.
pub(super) fn proofs(document: &Map<String, Value>) -> Vec<&Map<String, Value>> {
    match document.get("proof") {
        Some(Value::Object(proof)) => vec![proof],
        Some(Value::Array(proofs)) => proofs.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    }
}

/// The options of a new proof.
pub(super) fn options(suite: Suite, key: &Key, options: &ProofOptions) -> Map<String, Value> {
    let mut proof = Map::new();
    let mut put = |name: &str, value: &str| proof.insert(name.to_owned(), value.into());
    put("type", "DataIntegrityProof");
    put("cryptosuite", suite.name());
    put("created", options.created.as_str());
    put("verificationMethod", &key.did().verification_method());
    put("proofPurpose", options.purpose.name());
    if let Some(Binding { challenge, domain }) = &options.binding {
        put("challenge", challenge);
        put("domain", domain);
    }
    proof
}

/// SHA-256(canonical options) ‖ SHA-256(canonical document), 64 bytes (Data Integrity EdDSA, section 3.3.4).
pub(super) fn combined_hash(options: &str, document: &str) -> [u8; 64] {
    let mut both = [0; 64];
    let hashes = Sha256::digest(options).into_iter().chain(Sha256::digest(document));
    for (byte, hashed) in both.iter_mut().zip(hashes) {
        *byte = hashed;
    }
    both
}

/// The bytes that a JCS proof signs.
pub(super) fn jcs_hash(
    mut options: Map<String, Value>,
    document: &Map<String, Value>,
) -> Result<[u8; 64], CredentialError> {
    // The context is part of the options, so that it cannot be exchanged (section 3.3.5).
    if let Some(context) = document.get("@context") {
        options.insert("@context".to_owned(), context.clone());
    }
    let document = Value::Object(document.clone());
    Ok(combined_hash(&json::canonical(&Value::Object(options))?, &json::canonical(&document)?))
}

/// Adds a signature over these bytes, and the proof to the document.
pub(super) fn attach(document: &mut Map<String, Value>, mut proof: Map<String, Value>, key: &Key, hash: &[u8; 64]) {
    proof.insert("proofValue".to_owned(), multibase(&key.sign(hash)).into());
    let mut all = match document.remove("proof") {
        Some(Value::Array(proofs)) => proofs,
        Some(proof) => vec![proof],
        None => Vec::new(),
    };
    all.push(Value::Object(proof));
    document.insert("proof".to_owned(), all.into());
}

/// Signs a document with `eddsa-jcs-2022`; proofs that it has stay.
///
/// # Errors
/// If a number in it is not a whole one.
pub fn sign(document: &mut Map<String, Value>, key: &Key, wanted: &ProofOptions) -> Result<(), CredentialError> {
    let unsecured = unsecured(document);
    let mut proof = options(Suite::Jcs, key, wanted);
    let hash = jcs_hash(proof.clone(), &unsecured)?;
    if let Some(context) = unsecured.get("@context") {
        proof.insert("@context".to_owned(), context.clone());
    }
    attach(document, proof, key, &hash);
    Ok(())
}

/// Checks one `eddsa-jcs-2022` proof of a document.
///
/// # Errors
/// Why it does not hold.
pub(super) fn check_jcs(document: &Map<String, Value>, proof: &Proof<'_>) -> Result<(), ProofFault> {
    let mut document = unsecured(document);
    let options = proof.options();
    match options.get("@context") {
        Some(context) if begins_with(document.get("@context"), context) => {
            // What was appended after signing is not what was signed (section 3.3.2, step 4).
            document.insert("@context".to_owned(), context.clone());
        }
        None if !document.contains_key("@context") => {}
        _ => return Err(ProofFault::Context),
    }
    proof.holds(&jcs_hash(options, &document).map_err(|_| ProofFault::Shape)?)
}

/// Whether the contexts of a document begin with those of a proof, in their order.
fn begins_with(document: Option<&Value>, proof: &Value) -> bool {
    let list = |value: &Value| match value {
        Value::Array(entries) => entries.clone(),
        one => vec![one.clone()],
    };
    document.is_some_and(|document| list(document).starts_with(&list(proof)))
}
