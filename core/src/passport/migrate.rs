//! From one version of the format to the next: pure functions, old document to new.
//!
//! Each minor version has one step. A passport is brought to the version of this engine when it is read, in memory; the
//! file changes when somebody saves it. Files of every version are kept as test data for ever
//! (`core/tests/fixtures/passport`).

use semver::Version;
use serde_json::{Map, Value};

use super::{FORMAT, PassportError, record};
use crate::json::JsonError;

/// A step from one minor version to the next.
struct Step {
    /// The minor version that it starts from.
    from: u64,
    /// What changes, besides the version itself.
    change: fn(&mut Map<String, Value>),
}

const STEPS: &[Step] = &[
    // 1.1 adds types of records and takes nothing away: what 1.0 wrote means the same.
    Step { from: 0, change: |_| {} },
];

/// A passport document in the version of this engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Migrated {
    /// The version that it had.
    pub from: Version,
    /// The version that it has now: this engine's, or its own where that is newer.
    pub to: Version,
    /// The document.
    pub document: Map<String, Value>,
}

/// Brings a document to the version of this engine. One of a newer minor version stays as it is.
///
/// # Errors
/// If it is no passport, or of another major version.
pub fn migrate(document: Value) -> Result<Migrated, PassportError> {
    let Value::Object(mut document) = document else {
        return Err(JsonError::Shape { message: "a passport is an object".to_owned(), path: String::new() }.into());
    };
    let from: Version = record::member(&document, "format", "", false)?;
    if from.major != FORMAT.major {
        return Err(PassportError::Version { found: from });
    }
    // A pre-release precedes its version: its shape is that of the minor version before, or nobody's.
    if !from.pre.is_empty() {
        return Err(PassportError::Version { found: from });
    }
    for step in STEPS.iter().filter(|step| step.from >= from.minor) {
        (step.change)(&mut document);
    }
    let to = from.clone().max(FORMAT);
    document.insert("format".to_owned(), to.to_string().into());
    Ok(Migrated { from, to, document })
}
