//! Keys, badges, endorsements, presentations, and what verification says of them.
//!
//! Signed documents are JSON objects here, as they stand in files; a text that comes from outside is read with
//! [`read_document`], which is strict.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Engine, Failure};
use crate::credential::{
    self, BadgeRequest, Binding, CredentialError, CredentialReport, EndorsementRequest, Key, MAX_PRESENTATION_BYTES,
    PresentationReport, Refusal, Verifier, qr,
};
use crate::id::{AreaId, Language};
use crate::passport::{KeyRecord, Passport};
use crate::units::Timestamp;

/// A signed document.
pub type Document = Map<String, Value>;

/// A new key: its public name, and the secret that signs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct KeyPair {
    /// The public half: `did:key:z6Mk…`.
    pub did: String,
    /// The secret half in multibase, `z3u2…`: whoever has it can sign in the holder's place.
    pub secret: String,
}

impl std::fmt::Debug for KeyPair {
    /// Without the secret: what is printed ends in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyPair").field("did", &self.did).finish_non_exhaustive()
    }
}

/// The key of 32 bytes of cryptographic randomness.
#[must_use]
pub fn key_pair(seed: &[u8; 32]) -> KeyPair {
    let key = Key::from_seed(seed);
    KeyPair { did: key.did().to_string(), secret: key.to_multibase().to_string() }
}

/// The public half of a secret key in multibase.
///
/// # Errors
/// If it is not one.
pub fn did_of(secret: &str) -> Result<String, Failure> {
    Ok(Key::from_multibase(secret)?.did().to_string())
}

/// Reads a badge, an endorsement or a presentation from its file's text.
///
/// # Errors
/// If it is too large or not a JSON object, has a member twice, or a number that is not whole.
pub fn read_document(text: &str) -> Result<Document, Failure> {
    Ok(credential::parse(text, MAX_PRESENTATION_BYTES)?)
}

/// Which badges to sign.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct IssueRequest {
    /// The secret key of the holder, in multibase.
    pub secret: String,
    /// The language of the badges' words: `en` or `fr`.
    pub language: Language,
    /// Now.
    pub issued: Timestamp,
    /// The areas; none for all that have enough evidence.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub areas: Option<Vec<AreaId>>,
    /// The assessment by the id of its record; none for the last.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub assessment: Option<Uuid>,
    /// A new random UUID, if the passport is to keep badges and public key, too.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub keep: Option<Uuid>,
}

/// Signed badges.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Issued {
    /// The key that signed.
    pub did: String,
    /// The badges.
    pub badges: Vec<IssuedBadge>,
    /// Areas of the assessment with too few answers for a badge.
    pub not_enough: Vec<AreaId>,
    /// The passport file with the badges in it, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub passport: Option<String>,
}

/// A signed badge.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct IssuedBadge {
    /// The area.
    pub area: AreaId,
    /// The badge.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, unknown>"))]
    pub badge: Document,
}

impl Engine {
    /// Signs a badge for each area of an assessment in a passport file.
    ///
    /// # Errors
    /// If the passport, the assessment or the key cannot be read, the assessment is of another framework than this
    /// engine's, or an area has too little evidence. Then nothing is signed.
    pub fn issue(&self, passport: &str, request: &IssueRequest) -> Result<Issued, Failure> {
        let mut passport = Passport::parse(passport)?;
        let record = passport.assessment(request.assessment).cloned().ok_or_else(Failure::no_assessment)?;
        let key = Key::from_multibase(&request.secret)?;
        let framework = self.instrument().framework();
        let IssueRequest { language, issued, .. } = request;
        let badges = BadgeRequest { record: &record, framework, language, alignments: &[], issued };
        let enough = badges.areas();
        let wanted = request.areas.as_ref().map_or_else(|| enough.clone(), |areas| areas.iter().collect());
        if let Some(first) = record.profile.areas.first().filter(|_| wanted.is_empty()) {
            return Err(CredentialError::NotEnough { area: first.area.to_string() }.into());
        }
        let sign = |area: &&AreaId| Ok(IssuedBadge { area: (*area).clone(), badge: badges.sign(area, &key)? });
        let signed = wanted.iter().map(sign).collect::<Result<Vec<_>, CredentialError>>()?;
        let lacking = record.profile.areas.iter().map(|result| &result.area).filter(|area| !enough.contains(area));
        let not_enough = lacking.cloned().collect();
        let did = key.did().to_string();
        let kept = match request.keep {
            Some(id) => {
                let documents: Vec<Document> = signed.iter().map(|badge| badge.badge.clone()).collect();
                credential::keep(&mut passport, &documents, id, issued)?;
                let public = KeyRecord { did: did.clone(), replaces: None, statement: None };
                credential::keep_key(&mut passport, &public, id, issued)?;
                Some(passport.to_json()?)
            }
            None => None,
        };
        Ok(Issued { did, badges: signed, not_enough, passport: kept })
    }
}

/// Puts signed documents into a passport file, each once; `id` is a new random UUID. Nothing is verified: do that first
/// ([`verify_credentials`]), and say what it says.
///
/// # Errors
/// If the passport cannot be read or is full.
pub fn keep_documents(passport: &str, documents: &[Document], id: Uuid, at: &Timestamp) -> Result<String, Failure> {
    let mut passport = Passport::parse(passport)?;
    credential::keep(&mut passport, documents, id, at)?;
    Ok(passport.to_json()?)
}

/// The signed documents in a passport file: badges, endorsements, statements about keys; oldest first.
///
/// # Errors
/// If the passport cannot be read.
pub fn documents_of(passport: &str) -> Result<Vec<Document>, Failure> {
    Ok(credential::kept(&Passport::parse(passport)?))
}

/// What somebody says for a badge.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct EndorseRequest {
    /// The signed badge.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, unknown>"))]
    pub badge: Document,
    /// The endorser's secret key, in multibase.
    pub secret: String,
    /// Who they are, as they call themselves.
    pub endorser: String,
    /// What they say.
    pub comment: String,
    /// The language of what is added: `en` or `fr`.
    pub language: Language,
    /// A new random UUID.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// Now.
    pub issued: Timestamp,
}

/// Signs an endorsement of a badge. One that does not verify is not endorsed: nobody should speak for what was changed.
///
/// # Errors
/// The first reason against the badge, or what is wrong with the request.
pub fn endorse_badge(request: &EndorseRequest) -> Result<Document, Failure> {
    let EndorseRequest { badge, secret, endorser, comment, language, id, issued } = request;
    refuse(Verifier { at: issued, rdfc: None }.badge(badge, &[]).refusals)?;
    let request = EndorsementRequest { id: *id, badge, endorser, comment, language, issued };
    Ok(credential::endorse(&request, &Key::from_multibase(secret)?)?)
}

/// Badges for one verifier.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PresentRequest {
    /// Badges, endorsements, and statements of succession.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, unknown>[]"))]
    pub documents: Vec<Document>,
    /// The secret key of the holder, in multibase.
    pub secret: String,
    /// What the verifier drew at random.
    pub challenge: String,
    /// The verifier.
    pub domain: String,
    /// Now.
    pub created: Timestamp,
}

/// Signs a presentation, which is worth nothing to anybody but this verifier.
///
/// # Errors
/// If there is nothing to present or too much, or the request is wrong.
pub fn present_documents(request: &PresentRequest) -> Result<Document, Failure> {
    let PresentRequest { documents, secret, challenge, domain, created } = request;
    let binding = Binding { challenge: challenge.clone(), domain: domain.clone() };
    Ok(credential::present(documents, &Key::from_multibase(secret)?, &binding, created)?)
}

/// A change of key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SucceedRequest {
    /// The secret key that was used so far, in multibase.
    pub old: String,
    /// The secret key that takes its place.
    pub new: String,
    /// The language of the statement's words: `en` or `fr`.
    pub language: Language,
    /// A new random UUID.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// Now.
    pub issued: Timestamp,
}

/// A statement that both keys have signed, by which badges under the old key stay the holder's.
///
/// # Errors
/// If a key cannot be read, or both are the same.
pub fn succeed_key(request: &SucceedRequest) -> Result<Document, Failure> {
    let SucceedRequest { old, new, language, id, issued } = request;
    Ok(credential::succeed(*id, &Key::from_multibase(old)?, &Key::from_multibase(new)?, language, issued)?)
}

/// [`succeed_key`], and a passport file that keeps the new key with its statement.
///
/// # Errors
/// As [`succeed_key`]; and if the passport cannot be read or is full.
pub fn change_key(passport: &str, request: &SucceedRequest) -> Result<String, Failure> {
    let mut passport = Passport::parse(passport)?;
    let statement = Some(succeed_key(request)?);
    let key = KeyRecord { did: did_of(&request.new)?, replaces: Some(did_of(&request.old)?), statement };
    credential::keep_key(&mut passport, &key, request.id, &request.issued)?;
    Ok(passport.to_json()?)
}

/// What verification says of credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Verified {
    /// Whether nothing speaks against any of them. It says that they are what was signed: not that it is true, nor who
    /// the holder of a key is.
    pub sound: bool,
    /// Each; endorsements stand with their badge.
    pub credentials: Vec<CredentialReport>,
}

/// Verifies badges with the endorsements that came with them, without a network.
#[must_use]
pub fn verify_credentials(documents: &[Document], at: &Timestamp) -> Verified {
    verified(&Verifier { at, rdfc: None }, documents)
}

pub(super) fn verified(verifier: &Verifier<'_>, documents: &[Document]) -> Verified {
    let credentials = verifier.all(documents);
    Verified { sound: credentials.iter().all(CredentialReport::is_sound), credentials }
}

/// What verification says of a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct VerifiedPresentation {
    /// Whether nothing speaks against it.
    pub sound: bool,
    /// Who presents what.
    pub report: PresentationReport,
}

/// Verifies a presentation that answers this request.
#[must_use]
pub fn verify_presentation(
    presentation: &Document,
    challenge: &str,
    domain: &str,
    at: &Timestamp,
) -> VerifiedPresentation {
    verified_presentation(&Verifier { at, rdfc: None }, presentation, challenge, domain)
}

pub(super) fn verified_presentation(
    verifier: &Verifier<'_>,
    presentation: &Document,
    challenge: &str,
    domain: &str,
) -> VerifiedPresentation {
    let binding = Binding { challenge: challenge.to_owned(), domain: domain.to_owned() };
    let report = verifier.presentation(presentation, &binding);
    VerifiedPresentation { sound: report.is_sound(), report }
}

/// A badge as the fragment of a link that fits one QR code, without the `#`.
///
/// # Errors
/// If it is too large for one.
pub fn code_of_badge(badge: &Document) -> Result<String, Failure> {
    Ok(qr::encode(badge)?)
}

/// The badge of a QR code: of the whole link, or of its fragment. Verify it before it is believed.
///
/// # Errors
/// If it is of another form, cut off or damaged.
pub fn badge_of_code(text: &str) -> Result<Document, Failure> {
    Ok(qr::decode(text.trim().rsplit('#').next().unwrap_or(text))?)
}

/// The first reason, as a failure.
fn refuse(refusals: Vec<Refusal>) -> Result<(), Failure> {
    match refusals.first() {
        None => Ok(()),
        Some(first) => {
            let path = first.path().unwrap_or_default().to_owned();
            Err(Failure { code: first.code().to_owned(), message: first.to_string(), path })
        }
    }
}
