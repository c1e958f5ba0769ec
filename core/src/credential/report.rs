//! What verification says: typed, so that every program can say it in its own words.

use serde::Serialize;
use thiserror::Error;

use super::proof::ProofFault;

/// What kind of credential it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum CredentialKind {
    /// A badge that the person gave themselves: issuer and subject are one.
    SelfAssessment,
    /// A badge that somebody else gave.
    Achievement,
    /// An endorsement.
    Endorsement,
    /// A statement that one key takes the place of another.
    Succession,
    /// Something else.
    Other,
}

/// Why a credential or presentation is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Refusal {
    /// Not a credential of a kind that is known here.
    #[error("this is no badge, endorsement or presentation")]
    NotACredential,
    /// Contexts that are not known here: nobody can say what its words mean.
    #[error("its contexts are not exactly those of Verifiable Credentials 2.0 and Open Badges 3.0")]
    UnknownContext,
    /// A term that no context defines.
    #[error("`{term}` is defined by no context (at `{path}`)")]
    UndefinedTerm {
        /// Where, as a JSON pointer.
        path: String,
        /// The term.
        term: String,
    },
    /// An identifier that is not absolute.
    #[error("an identifier is not an absolute address (at `{path}`)")]
    RelativeId {
        /// Where, as a JSON pointer.
        path: String,
    },
    /// A member that is missing or of the wrong kind.
    #[error("`{path}` is missing or not what it must be")]
    Shape {
        /// Where, as a JSON pointer.
        path: String,
    },
    /// No proof.
    #[error("it is not signed")]
    Unsigned,
    /// A proof that does not hold.
    #[error("proof {position}: {}", fault_in_words(*.fault))]
    BrokenProof {
        /// Which, from 0.
        position: usize,
        /// Why.
        #[serde(serialize_with = "fault_code")]
        #[cfg_attr(feature = "typescript", tsify(type = "string"))]
        fault: ProofFault,
    },
    /// No checked proof is by the key that it must be by.
    #[error("it is not signed by {wanted}")]
    NotSignedBy {
        /// The key, or what stands in its place.
        wanted: String,
    },
    /// A self-assessment that claims more than one can claim of oneself.
    #[error("a self-assessment claims more than a provisional result (at `{path}`)")]
    Overclaims {
        /// Where, as a JSON pointer.
        path: String,
    },
    /// Valid only from a later time on.
    #[error("it is valid only from {from}")]
    NotYetValid {
        /// Since when.
        from: String,
    },
    /// No longer valid.
    #[error("it was valid until {until}")]
    Expired {
        /// Until when.
        until: String,
    },
    /// An endorsement of another badge.
    #[error("it endorses another credential, {endorsed}")]
    EndorsesAnother {
        /// The credential that it endorses.
        endorsed: String,
    },
    /// An endorsement of this badge with another content.
    #[error("what it endorses had another content")]
    EndorsedOtherContent,
    /// A presentation for another request.
    #[error("the presentation was made for another request")]
    OtherChallenge,
    /// A presentation for another verifier.
    #[error("the presentation was made for another verifier")]
    OtherDomain,
    /// A badge that is not of the presentation's holder.
    #[error("credential {position} is about {subject}, who is not the holder")]
    NotTheHolders {
        /// Which, from 0.
        position: usize,
        /// Whom it is about.
        subject: String,
    },
    /// A credential in the presentation that is refused itself.
    #[error("credential {position} is refused")]
    Contained {
        /// Which, from 0.
        position: usize,
    },
}

impl Refusal {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotACredential => "not-a-credential",
            Self::UnknownContext => "unknown-context",
            Self::UndefinedTerm { .. } => "undefined-term",
            Self::RelativeId { .. } => "relative-id",
            Self::Shape { .. } => "shape",
            Self::Unsigned => "unsigned",
            Self::BrokenProof { .. } => "broken-proof",
            Self::NotSignedBy { .. } => "not-signed-by",
            Self::Overclaims { .. } => "overclaims",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Expired { .. } => "expired",
            Self::EndorsesAnother { .. } => "endorses-another",
            Self::EndorsedOtherContent => "endorsed-other-content",
            Self::OtherChallenge => "other-challenge",
            Self::OtherDomain => "other-domain",
            Self::NotTheHolders { .. } => "not-the-holders",
            Self::Contained { .. } => "contained",
        }
    }

    /// JSON pointer of the fault, where it has one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::UndefinedTerm { path, .. }
            | Self::RelativeId { path }
            | Self::Shape { path }
            | Self::Overclaims { path } => Some(path),
            _ => None,
        }
    }
}

impl ProofFault {
    /// Stable code for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Suite => "unknown-suite",
            Self::Method => "unknown-key",
            Self::Purpose => "other-purpose",
            Self::Context => "other-context",
            Self::Signature => "changed",
        }
    }
}

fn fault_in_words(fault: ProofFault) -> &'static str {
    match fault {
        ProofFault::Shape => "not of the shape of a Data Integrity proof",
        ProofFault::Suite => "of a suite that is not known here",
        ProofFault::Method => "by a key that is no `did:key` of an Ed25519 key",
        ProofFault::Purpose => "made for another purpose",
        ProofFault::Context => "its context is not that of the document",
        ProofFault::Signature => "the signature does not fit: the content or the proof was changed",
    }
}

fn fault_code<S: serde::Serializer>(fault: &ProofFault, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(fault.code())
}

/// What is known of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum SignatureState {
    /// It holds: the content is what was signed.
    Holds,
    /// It does not hold.
    Broken,
    /// Of a suite that this program does not check; another proof must hold instead.
    NotChecked,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SignatureReport {
    /// Who signed: a `did:key`; none if the proof names no such key.
    pub signer: Option<String>,
    /// The suite, as it stands in the proof.
    pub suite: String,
    /// When, the signer says.
    pub created: Option<String>,
    /// Whether it holds.
    pub state: SignatureState,
}

/// A result in a badge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportedResult {
    /// What it is a result of, in the issuer's words.
    pub name: String,
    /// The value.
    pub value: String,
    /// Its status, for example `Provisional`.
    pub status: Option<String>,
}

/// What a badge says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Claim {
    /// The achievement's identity.
    pub achievement: String,
    /// What it is called.
    pub name: String,
    /// What it means, in the issuer's words.
    pub description: String,
    /// Its type, for example `Assessment`.
    pub achievement_type: Option<String>,
    /// The results.
    pub results: Vec<ReportedResult>,
}

/// How it was assessed, as the issuer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Assessed {
    /// Whether the European concept "unsupervised without ID verification" stands there.
    pub unsupervised: bool,
    /// The conditions in words.
    pub conditions: Vec<String>,
    /// The program that computed the results.
    pub engine: Option<String>,
    /// The bank of the questions.
    pub bank: Option<String>,
}

/// What verification found out about a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CredentialReport {
    /// What kind it is.
    pub kind: CredentialKind,
    /// Its identity.
    pub id: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// Who says it: a key.
    pub issuer: Option<String>,
    /// What they call themselves; nobody checked that.
    pub issuer_name: Option<String>,
    /// About whom or what: a key, or the identity of another credential.
    pub subject: Option<String>,
    /// Since when it is valid.
    pub valid_from: Option<String>,
    /// What it says, if it is a badge.
    pub claim: Option<Claim>,
    /// How it was assessed, if it is a badge.
    pub assessed: Option<Assessed>,
    /// What it says, if it is an endorsement.
    pub comment: Option<String>,
    /// Who signed it.
    pub signatures: Vec<SignatureReport>,
    /// Endorsements that were given with it.
    pub endorsements: Vec<CredentialReport>,
    /// Why it is refused; empty if it is not.
    pub refusals: Vec<Refusal>,
}

impl CredentialReport {
    /// Whether nothing speaks against it, nor against any endorsement that came with it.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.refusals.is_empty() && self.endorsements.iter().all(Self::is_sound)
    }
}

/// What verification found out about a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PresentationReport {
    /// Who presents: a key.
    pub holder: Option<String>,
    /// Earlier keys of the same holder, by statements of succession that hold.
    pub predecessors: Vec<String>,
    /// Who signed it.
    pub signatures: Vec<SignatureReport>,
    /// The credentials; endorsements stand with the badge that they endorse.
    pub credentials: Vec<CredentialReport>,
    /// Why it is refused; empty if it is not.
    pub refusals: Vec<Refusal>,
}

impl PresentationReport {
    /// Whether nothing speaks against it.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.refusals.is_empty() && self.credentials.iter().all(CredentialReport::is_sound)
    }
}
