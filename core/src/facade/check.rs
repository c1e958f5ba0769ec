//! Whether a passport is what it says.

use serde::Serialize;
use uuid::Uuid;

use super::{Engine, Failure};
use crate::credential::{self, CredentialReport, Verifier};
use crate::passport::{Passport, replay};
use crate::units::Timestamp;

/// What checking a passport found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PassportCheck {
    /// All in all.
    pub verdict: CheckVerdict,
    /// Each assessment, computed again from its answers.
    pub assessments: Vec<AssessmentCheck>,
    /// Each signed document; endorsements stand with their badge.
    pub credentials: Vec<CredentialReport>,
}

/// What checking says all in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum CheckVerdict {
    /// Nothing speaks against it.
    Sound,
    /// Something is not what it says.
    Faulty,
    /// Not everything could be checked here.
    Unsure,
}

/// Whether the answers of an assessment give the results that stand beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AssessmentCheck {
    /// The record.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// When it was finished.
    pub at: Timestamp,
    /// Stable code: `confirmed`, `contradicted`, `other-engine`, `other-bank`, `other-framework`, or what is wrong with the
    /// assessment.
    pub replay: String,
    /// The members of the profile that differ, as JSON pointers.
    pub differences: Vec<String>,
}

impl Engine {
    /// Computes each assessment of a passport file again from its answers, and checks every signed document in it.
    ///
    /// # Errors
    /// If the passport cannot be read.
    pub fn check_passport(&self, passport: &str, at: &Timestamp) -> Result<PassportCheck, Failure> {
        let passport = Passport::parse(passport)?;
        let replays: Vec<_> =
            passport.assessments().map(|record| (record, replay(self.instrument(), record))).collect();
        let credentials = Verifier { at, rdfc: None }.all(&credential::kept(&passport));
        let faulty = credentials.iter().any(|report| !report.is_sound())
            || replays.iter().any(|(_, replay)| replay.holds() == Some(false));
        let verdict = match replays.iter().all(|(_, replay)| replay.holds() == Some(true)) {
            _ if faulty => CheckVerdict::Faulty,
            true => CheckVerdict::Sound,
            false => CheckVerdict::Unsure,
        };
        let assessments = replays.into_iter().map(|(record, replay)| AssessmentCheck {
            id: record.id,
            at: record.at.clone(),
            replay: replay.code().to_owned(),
            differences: replay.differences().to_vec(),
        });
        Ok(PassportCheck { verdict, assessments: assessments.collect(), credentials })
    }
}
