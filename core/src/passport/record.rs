//! The records of a passport.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::PassportError;
use crate::assessment::{Assessment, Instrument};
use crate::json::{self, JsonError};
use crate::profile::Profile;
use crate::units::Timestamp;

/// A record. It keeps the JSON it was read from, so that members of newer versions survive at any depth.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    id: Uuid,
    at: Timestamp,
    content: Content,
    source: Value,
}

/// What a record holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// A finished assessment.
    Assessment(Box<AssessmentRecord>),
    /// The mark of a record that was erased.
    Tombstone(Tombstone),
    /// Something of a newer version.
    Unknown,
}

/// A finished assessment: what was asked and answered, and what the engine made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentRecord {
    /// Identity of the record: that of the sitting.
    pub id: Uuid,
    /// When it was finished.
    pub at: Timestamp,
    /// Version of the engine that computed the results.
    pub engine: semver::Version,
    /// Questions, answers and circumstances.
    pub assessment: Assessment,
    /// The results.
    pub profile: Profile,
}

/// The mark of a record that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Identity of the tombstone.
    pub id: Uuid,
    /// When it was erased.
    pub at: Timestamp,
    /// The record that was erased.
    pub record: Uuid,
}

#[derive(Deserialize)]
struct Head {
    r#type: String,
    id: Uuid,
    at: Timestamp,
}

impl Record {
    /// The record of a finished assessment.
    ///
    /// # Errors
    /// Only if writing JSON fails, which it does not for these types.
    pub fn of_assessment(
        instrument: &Instrument,
        assessment: Assessment,
        finished: Timestamp,
    ) -> Result<Self, PassportError> {
        let content = AssessmentRecord {
            id: assessment.setting.id,
            at: finished,
            engine: crate::engine_version(),
            profile: Profile::of(instrument, &assessment),
            assessment,
        };
        let source = tagged("assessment", serde_json::to_value(&content).map_err(unwritable)?);
        Ok(Self { id: content.id, at: content.at.clone(), content: Content::Assessment(Box::new(content)), source })
    }

    pub(super) fn tombstone(id: Uuid, at: Timestamp, record: Uuid) -> Self {
        let source = serde_json::json!({ "type": "tombstone", "id": id, "at": at, "record": record });
        Self { id, at: at.clone(), content: Content::Tombstone(Tombstone { id, at, record }), source }
    }

    /// Reads a record; `newer` allows types that this version does not know.
    pub(super) fn parse(source: Value, path: &str, newer: bool) -> Result<Self, PassportError> {
        let head: Head = json::read_value(&source, path)?;
        let content = match head.r#type.as_str() {
            "assessment" => Content::Assessment(json::read_value(&source, path)?),
            "tombstone" => Content::Tombstone(json::read_value(&source, path)?),
            _ if newer => Content::Unknown,
            _ => {
                let found = head.r#type.chars().filter(|letter| !letter.is_control()).take(40).collect();
                return Err(PassportError::UnknownType { found, path: format!("{path}/type") });
            }
        };
        Ok(Self { id: head.id, at: head.at, content, source })
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// When it was made.
    #[must_use]
    pub fn at(&self) -> &Timestamp {
        &self.at
    }

    /// What it holds.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    pub(super) fn source(&self) -> &Value {
        &self.source
    }
}

fn tagged(name: &str, value: Value) -> Value {
    let mut members = serde_json::Map::new();
    members.insert("type".to_owned(), name.into());
    if let Value::Object(rest) = value {
        members.extend(rest);
    }
    Value::Object(members)
}

fn unwritable(error: serde_json::Error) -> PassportError {
    PassportError::Json(JsonError::Syntax { message: error.to_string() })
}
