//! What a passport holds, copies to share, comparison, migration.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Engine, Failure, PassportSummary, open_passport};
use crate::id::AreaId;
use crate::json;
use crate::passport::{
    Comparison, Content, Course, Goal, MAX_PASSPORT_BYTES, Measured, Passport, RecordKind, Redaction, ResultRecord,
    compare, migrate,
};
use crate::units::Timestamp;

/// Everything that a passport file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PassportContents {
    /// Identity and assessments.
    #[serde(flatten)]
    #[cfg_attr(feature = "typescript", tsify(type = "PassportSummary"))]
    pub summary: PassportSummary,
    /// The name that the learner wants to be shown.
    pub name: Option<String>,
    /// Results in a shared copy, oldest first.
    pub results: Vec<ResultRecord>,
    /// Goals, oldest first.
    pub goals: Vec<Goal>,
    /// Courses, oldest first.
    pub courses: Vec<Course>,
    /// How many signed documents there are.
    pub attestations: usize,
    /// How many notes there are.
    pub notes: usize,
}

/// Reads a passport file and says everything that it holds.
///
/// # Errors
/// If it is damaged, too large or of another major version.
pub fn show_passport(text: &str) -> Result<PassportContents, Failure> {
    let passport = Passport::parse(text)?;
    let records = passport.records();
    let count = |kind| records.iter().filter(|record| RecordKind::of(record) == Some(kind)).count();
    let results = records.iter().filter_map(|record| match record.content() {
        Content::Result(result) => Some(result.as_ref().clone()),
        _ => None,
    });
    Ok(PassportContents {
        summary: open_passport(text)?,
        name: passport.name(),
        results: results.collect(),
        goals: passport.entries::<Goal>().into_iter().map(|(_, goal)| goal).collect(),
        courses: passport.entries::<Course>().into_iter().map(|(_, course)| course).collect(),
        attestations: count(RecordKind::Attestation),
        notes: count(RecordKind::Note),
    })
}

/// A passport file in the version of this engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct MigratedPassport {
    /// The version that it had.
    pub from: String,
    /// The version that it has now.
    pub to: String,
    /// The file.
    pub passport: String,
}

/// Brings a passport file of an older version to this one. A file of a newer minor version stays as it is.
///
/// # Errors
/// If it is damaged, too large or of another major version.
pub fn migrate_passport(text: &str) -> Result<MigratedPassport, Failure> {
    let migrated = migrate(json::parse(text, MAX_PASSPORT_BYTES)?)?;
    let (from, to) = (migrated.from.to_string(), migrated.to.to_string());
    Ok(MigratedPassport { from, to, passport: Passport::from_migrated(migrated)?.to_json()? })
}

/// What to share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RedactRequest {
    /// A new random UUID: the identity of the copy.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// Now.
    pub at: Timestamp,
    /// The areas; none for all.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub areas: Option<Vec<AreaId>>,
    /// All assessments instead of the newest alone.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub history: bool,
    /// The name.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub name: bool,
    /// Answers to questions about the areas.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub answers: bool,
    /// Goals, without notes.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub goals: bool,
    /// Courses.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub courses: bool,
    /// Badges of the areas with their endorsements, and public keys.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub badges: bool,
}

/// Which two assessments to compare.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CompareRequest {
    /// Another passport file of the same person, which the later one is in.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub other: Option<String>,
    /// The earlier one by the id of its record; none for the last but one or, with another file, the last.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub before: Option<Uuid>,
    /// The later one; none for the last.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub after: Option<Uuid>,
}

impl Engine {
    /// A copy of a passport file with nothing in it but what was chosen.
    ///
    /// Which area a competence or question belongs to, this engine's framework and bank say: of results on another
    /// framework only areas are shared, unless all areas are chosen.
    ///
    /// # Errors
    /// If the passport cannot be read.
    pub fn redact(&self, passport: &str, request: RedactRequest) -> Result<String, Failure> {
        let RedactRequest { id, at, areas, history, name, answers, goals, courses, badges } = request;
        let redaction = Redaction { areas, history, name, answers, goals, courses, badges };
        let instruments = std::slice::from_ref(self.instrument());
        Ok(redaction.apply(&Passport::parse(passport)?, id, at, &[], instruments)?.to_json()?)
    }

    /// What rose, what fell, and what lies within the uncertainty.
    ///
    /// # Errors
    /// If a passport cannot be read, there are no two assessments, or they are of different frameworks.
    pub fn compare(&self, passport: &str, request: &CompareRequest) -> Result<Comparison, Failure> {
        let passport = Passport::parse(passport)?;
        let other = request.other.as_deref().map(Passport::parse).transpose()?;
        let (own, theirs) = (passport.measured(), other.as_ref().map(Passport::measured));
        let chosen = |all: &[Measured<'_>], id: Option<Uuid>, skipped: usize| match id {
            Some(id) => all.iter().position(|measured| measured.id == id),
            None => all.len().checked_sub(skipped + 1),
        };
        // Of one passport the one before the last is the earlier one; of two, the first gives it.
        let before = chosen(&own, request.before, usize::from(theirs.is_none())).and_then(|at| own.get(at));
        let later = theirs.as_ref().unwrap_or(&own);
        let after = chosen(later, request.after, 0).and_then(|at| later.get(at));
        let (before, after) = before.zip(after).ok_or_else(Failure::no_assessment)?;
        Ok(compare(*before, *after, Some(self.instrument()))?)
    }
}
