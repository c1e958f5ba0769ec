//! The engine for other languages: owned, serialisable requests and answers, plain functions, one error type.
//!
//! A binding (see `skills-passport-web`) converts, calls one of these and converts back. Nothing is kept between
//! calls but the loaded [`Engine`]: an assessment travels with every request, so that it can be stored anywhere.

#[cfg(feature = "credentials")]
mod check;
#[cfg(feature = "credentials")]
mod credential;
mod engine;
mod offers;
#[cfg(feature = "paper")]
mod paper;
mod passport;
mod question;
#[cfg(feature = "rdfc")]
mod rdfc;
#[cfg(feature = "sealed")]
mod sealed;
mod share;
mod sheet;

#[cfg(feature = "credentials")]
pub use check::{AssessmentCheck, CheckVerdict, PassportCheck};
#[cfg(feature = "credentials")]
pub use credential::{
    Document, EndorseRequest, IssueRequest, Issued, IssuedBadge, KeyPair, PresentRequest, SucceedRequest, Verified,
    VerifiedPresentation, badge_of_code, change_key, code_of_badge, did_of, documents_of, endorse_badge,
    keep_documents, key_pair, present_documents, read_document, succeed_key, verify_credentials, verify_presentation,
};
pub use engine::{AnswerRequest, Engine, StartRequest, Turn, text_file_name};
pub use offers::{
    FoundPlace, Learner, MAX_OFFERS_BYTES, MAX_OFFERS_SHOWN, MatchAnswer, MatchRequest, MatchedOffer, NextStep,
    NextSteps, OfferChoices, Offers, PathAnswer, PathGain, PathOffer, PathRequest, next_steps,
};
#[cfg(feature = "paper")]
pub use paper::{BadgeCode, CvRequest, ElmDocumentRequest, PageCode, PageRequest, badge_code, badge_picture};
pub use passport::{AssessmentSummary, PassportSummary, merge_passports, open_passport, preview_merge, remove_record};
pub use question::{AnswerLine, Labelled, Mark, PossibleAnswer, Question, Review};
#[cfg(feature = "rdfc")]
pub use rdfc::RdfContexts;
#[cfg(feature = "sealed")]
pub use sealed::{Unsealed, seal_passport, unseal_passport};
pub use share::{CompareRequest, MigratedPassport, PassportContents, RedactRequest, migrate_passport, show_passport};
pub use sheet::{Sheet, SheetError, name_lines, sheet_lines};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::assessment::AssessmentError;
use crate::json::JsonError;
use crate::pack::PackError;
use crate::passport::{ComparisonError, PassportError};

/// A refusal: what, where, and a code that programs can switch on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{message}")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Failure {
    /// Stable code, for example `not-json`.
    pub code: String,
    /// What is wrong, in English, for developers.
    pub message: String,
    /// Where: a JSON pointer or the name of a place; empty for the whole.
    pub path: String,
}

impl Failure {
    /// A passport without the assessment that was asked for.
    #[must_use]
    pub fn no_assessment() -> Self {
        let message = "the passport has no such assessment".to_owned();
        Self { code: "no-assessment".to_owned(), message, path: "/records".to_owned() }
    }
}

impl From<JsonError> for Failure {
    fn from(error: JsonError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path() }
    }
}

impl From<AssessmentError> for Failure {
    fn from(error: AssessmentError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path() }
    }
}

impl From<PassportError> for Failure {
    fn from(error: PassportError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

impl From<ComparisonError> for Failure {
    fn from(error: ComparisonError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: String::new() }
    }
}

#[cfg(feature = "credentials")]
impl From<crate::credential::CredentialError> for Failure {
    fn from(error: crate::credential::CredentialError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

#[cfg(feature = "sealed")]
impl From<crate::passport::sealed::SealError> for Failure {
    fn from(error: crate::passport::sealed::SealError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}
