//! Whether the answers of an assessment give the results that stand beside them.

use semver::Version;
use serde_json::Value;

use super::AssessmentRecord;
use crate::assessment::{AssessmentError, Instrument};
use crate::profile::Profile;

/// Most differences that are listed.
const MOST_DIFFERENCES: usize = 20;

/// What came of replaying an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replay {
    /// These answers with this bank give exactly these results.
    Confirmed,
    /// They give others: the answers or the results were changed.
    Contradicted {
        /// The members of the profile that differ, as JSON pointers; at most 20.
        differences: Vec<String>,
    },
    /// The results were computed by another version of the engine, which may compute otherwise.
    OtherEngine {
        /// The version that computed them.
        recorded: Version,
        /// This version.
        here: Version,
        /// The members that differ here; none if both engines agree.
        differences: Vec<String>,
    },
    /// It cannot be replayed with this framework and bank.
    Unfit(AssessmentError),
}

impl Replay {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Contradicted { .. } => "contradicted",
            Self::OtherEngine { .. } => "other-engine",
            Self::Unfit(error) => error.code(),
        }
    }

    /// Whether the answers give the results; none where that cannot be said here.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        match self {
            Self::Confirmed => Some(true),
            Self::Contradicted { .. } => Some(false),
            Self::OtherEngine { differences, .. } => differences.is_empty().then_some(true),
            // With the very bank, answers that do not fit it were not given to it.
            Self::Unfit(error) => {
                (!matches!(error.code(), "other-bank" | "other-framework" | "newer-version")).then_some(false)
            }
        }
    }

    /// The members of the profile that differ, as JSON pointers; at most 20.
    #[must_use]
    pub fn differences(&self) -> &[String] {
        match self {
            Self::Contradicted { differences } | Self::OtherEngine { differences, .. } => differences,
            Self::Confirmed | Self::Unfit(_) => &[],
        }
    }
}

/// Computes the results of a record again and compares them, to the last thousandth.
///
/// What stands in the record is compared; a member that a newer engine adds besides contradicts nothing.
#[must_use]
pub fn replay(instrument: &Instrument, record: &AssessmentRecord) -> Replay {
    if let Err(error) = instrument.check(&record.assessment) {
        return Replay::Unfit(error);
    }
    let computed = serde_json::to_value(Profile::of(instrument, &record.assessment)).unwrap_or_default();
    let recorded = serde_json::to_value(&record.profile).unwrap_or_default();
    let mut differences = Vec::new();
    differ(&recorded, &computed, String::new(), &mut differences);
    let here = crate::engine_version();
    if record.engine != here {
        return Replay::OtherEngine { recorded: record.engine.clone(), here, differences };
    }
    if differences.is_empty() { Replay::Confirmed } else { Replay::Contradicted { differences } }
}

/// Lists where `recorded` says something else than `computed`.
fn differ(recorded: &Value, computed: &Value, path: String, found: &mut Vec<String>) {
    if found.len() >= MOST_DIFFERENCES {
        return;
    }
    match (recorded, computed) {
        (Value::Object(one), Value::Object(two)) => {
            for (name, value) in one {
                differ(value, two.get(name).unwrap_or(&Value::Null), format!("{path}/{name}"), found);
            }
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
            for (position, (one, two)) in one.iter().zip(two).enumerate() {
                differ(one, two, format!("{path}/{position}"), found);
            }
        }
        (one, two) if one == two => {}
        _ => found.push(path),
    }
}
