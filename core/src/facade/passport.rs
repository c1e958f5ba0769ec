//! Passport files as texts: what they hold, merging, erasing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Failure;
use crate::assessment::Mode;
use crate::framework::FrameworkReference;
use crate::passport::{MergePreview, Passport};
use crate::profile::Profile;
use crate::units::Timestamp;

/// What a passport file holds, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PassportSummary {
    /// Its identity.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// When it was made.
    pub created: Timestamp,
    /// Its assessments, oldest first.
    pub assessments: Vec<AssessmentSummary>,
}

/// An assessment in a passport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AssessmentSummary {
    /// Identity of the record.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// When it was finished.
    pub at: Timestamp,
    /// The framework of the results.
    pub framework: FrameworkReference,
    /// How long it was.
    pub mode: Mode,
    /// Whether somebody helped.
    pub assisted: bool,
    /// The results.
    pub profile: Profile,
}

/// Reads a passport file and says what it holds.
///
/// # Errors
/// If it is damaged, too large or of another major version.
pub fn open_passport(text: &str) -> Result<PassportSummary, Failure> {
    let passport = Passport::parse(text)?;
    let assessments = passport.assessments().map(|record| AssessmentSummary {
        id: record.id,
        at: record.at.clone(),
        framework: record.assessment.framework.clone(),
        mode: record.assessment.plan.mode,
        assisted: record.assessment.setting.assisted,
        profile: record.profile.clone(),
    });
    Ok(PassportSummary { id: passport.id(), created: passport.created().clone(), assessments: assessments.collect() })
}

/// Everything of two passport files in one.
///
/// # Errors
/// If one of them cannot be read, or they contradict each other.
pub fn merge_passports(one: &str, two: &str) -> Result<String, Failure> {
    Ok(Passport::parse(one)?.merge(&Passport::parse(two)?)?.to_json()?)
}

/// What [`merge_passports`] would bring: to one's own passport, or to none. Nothing is changed.
///
/// # Errors
/// As [`merge_passports`].
pub fn preview_merge(own: Option<&str>, other: &str) -> Result<MergePreview, Failure> {
    let other = Passport::parse(other)?;
    Ok(match own {
        Some(own) => Passport::parse(own)?.preview(&other)?,
        None => Passport::new(Uuid::nil(), other.created().clone()).preview(&other)?,
    })
}

/// A passport file without one of its records; a tombstone with the id `tombstone` stays.
///
/// # Errors
/// If the file cannot be read or has no such record.
pub fn remove_record(text: &str, record: Uuid, tombstone: Uuid, at: Timestamp) -> Result<String, Failure> {
    let mut passport = Passport::parse(text)?;
    passport.remove(record, tombstone, at)?;
    Ok(passport.to_json()?)
}
