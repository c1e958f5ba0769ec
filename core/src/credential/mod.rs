//! Signed documents: badges of one's own results, endorsements by others, presentations, and their verification,
//! without a network.
//!
//! * [`Key`] and [`Did`]: Ed25519 under `did:key`;
//! * [`BadgeRequest`]: an area's result as a W3C Verifiable Credential 2.0 / Open Badges 3.0;
//! * [`endorse`]: a mediator or training body speaks for a badge; [`succeed`]: a key takes the place of another;
//! * [`present`]: chosen badges for one verifier; [`keep`]: badges and endorsements in a passport;
//! * [`Verifier`]: who says what about whom, assessed how, signed by which key, changed or not, endorsed by whom;
//! * [`ElmRequest`]: the same results in the shape of the European Learning Model, for an organisation to seal;
//! * [`qr`]: a badge as the fragment of a link that fits one QR code.
//!
//! ```
//! # use skills_passport::assessment::{Mode, Plan, Setting, Step};
//! # use skills_passport::bank::Response;
//! # use skills_passport::passport::{Content, Record};
//! use skills_passport::credential::{BadgeRequest, Key, Verifier};
//! # let instrument = skills_passport_frameworks::Library::shipped().instrument("digcomp", "general")?;
//! # let setting = Setting {
//! #     id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff".parse()?, language: "en".parse()?, seed: 7,
//! #     started: "2026-11-22T09:30:00Z".parse()?, assisted: false,
//! # };
//! # let mut assessment = instrument.start(Plan::new(Mode::Quick), setting)?;
//! # while let Step::Ask(item) = instrument.step(&assessment) {
//! #     assessment = instrument.answer(&assessment, &item.id.clone(), Response::DontKnow)?;
//! # }
//! # let record = Record::of_assessment(&instrument, assessment, "2026-11-22T10:00:00Z".parse()?)?;
//! # let Content::Assessment(record) = record.content() else { unreachable!() };
//! // 32 bytes of randomness; here they are made up.
//! let key = Key::from_seed(&[7; 32]);
//! let (language, now) = ("en".parse()?, "2026-11-22T10:05:00Z".parse()?);
//! let request = BadgeRequest {
//!     record, framework: instrument.framework(), language: &language, alignments: &[], issued: &now,
//! };
//! for area in request.areas() {
//!     let badge = request.sign(area, &key)?;
//!     let report = Verifier { at: &now, rdfc: None }.badge(&badge, &[]);
//!     assert!(report.is_sound());
//!     assert_eq!(report.issuer.as_deref(), Some(key.did().as_str()));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it is not
//!
//! A signature shows that a document was not changed since the holder of a key signed it. It does not show who the
//! holder is, nor that what is said is true. A badge says what a person said and showed of themselves.

mod badge;
mod elm;
mod endorse;
mod error;
mod instant;
mod keep;
mod key;
mod keyring;
mod present;
mod proof;
pub mod qr;
#[cfg(feature = "rdfc")]
pub mod rdfc;
mod report;
mod terms;
mod verify;
mod words;

pub use badge::{AreaAlignment, BadgeRequest};
pub use elm::{ELM_MEDIA_TYPE, ElmRequest};
pub use endorse::{EndorsementRequest, digest, endorse, succeed};
pub use error::CredentialError;
pub use keep::{keep, keep_key, kept};
pub use key::{Did, Key};
pub use keyring::{KEYS_FILE_ENDING, KEYS_TYPE, MAX_KEYS_FILE_BYTES, read_keys, write_keys};
pub use present::{MAX_PRESENTED, present};
pub use proof::{Binding, ProofFault, ProofOptions, Purpose, Suite, sign};
pub use report::{
    Assessed, Claim, CredentialKind, CredentialReport, PresentationReport, Refusal, ReportedResult, SignatureReport,
    SignatureState,
};
pub use verify::{RdfcHash, Verifier};

use serde_json::{Map, Value};

use crate::json::{self, JsonError};

/// Context of W3C Verifiable Credentials 2.0.
pub const CONTEXT_CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
/// Context of 1EdTech Open Badges 3.0.
pub const CONTEXT_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// The European concept "unsupervised without ID verification".
pub const SUPERVISION: &str = "http://data.europa.eu/snb/supervision-verification/c598449d64";
/// Media type of a credential file.
pub const MEDIA_TYPE: &str = "application/vc";
/// Largest credential read, bytes.
pub const MAX_CREDENTIAL_BYTES: usize = 256 << 10;
/// Largest presentation read, bytes.
pub const MAX_PRESENTATION_BYTES: usize = 4 << 20;

/// Reads a credential or presentation of at most `limit` bytes. It is read strictly, as all documents here: no member
/// twice, whole numbers only.
///
/// # Errors
/// If it is larger, not JSON, or not an object.
pub fn parse(text: &str, limit: usize) -> Result<Map<String, Value>, CredentialError> {
    match json::parse(text, limit)? {
        Value::Object(members) => Ok(members),
        _ => Err(JsonError::Shape { message: "a credential is an object".to_owned(), path: String::new() }.into()),
    }
}
