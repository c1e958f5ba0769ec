//! The records of a passport.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{PassportError, ResultRecord, shape};
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
    /// What a shared copy has of one.
    Result(Box<ResultRecord>),
    /// The mark of a record that was erased.
    Tombstone(Tombstone),
    /// A goal, course, note, name, key or attestation: read it with [`Record::entry`].
    Entry,
    /// Something of a newer version.
    Unknown,
}

/// A finished assessment: what was asked and answered, and what the engine made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// Identity of the tombstone.
    pub id: Uuid,
    /// When it was erased.
    pub at: Timestamp,
    /// The record that was erased.
    pub record: Uuid,
}

impl AssessmentRecord {
    fn parse(members: &Map<String, Value>, path: &str, newer: bool) -> Result<Self, PassportError> {
        Ok(Self {
            id: member(members, "id", path, newer)?,
            at: member(members, "at", path, newer)?,
            engine: member(members, "engine", path, newer)?,
            assessment: member(members, "assessment", path, newer)?,
            profile: member(members, "profile", path, newer)?,
        })
    }
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
        Self::of_finished(content)
    }

    pub(super) fn of_finished(content: AssessmentRecord) -> Result<Self, PassportError> {
        let source = tagged("assessment", serde_json::to_value(&content).map_err(unwritable)?);
        Ok(Self { id: content.id, at: content.at.clone(), content: Content::Assessment(Box::new(content)), source })
    }

    pub(super) fn tombstone(id: Uuid, at: Timestamp, record: Uuid) -> Self {
        let source = serde_json::json!({ "type": "tombstone", "id": id, "at": at, "record": record });
        Self { id, at: at.clone(), content: Content::Tombstone(Tombstone { id, at, record }), source }
    }

    pub(super) fn of_result(result: ResultRecord) -> Result<Self, PassportError> {
        let source = tagged("result", serde_json::to_value(&result).map_err(unwritable)?);
        Ok(Self { id: result.id, at: result.at.clone(), content: Content::Result(Box::new(result)), source })
    }

    /// Reads a record of a document that was written in format 1.`minor`; `newer` allows types that this version does
    /// not know.
    pub(super) fn parse(source: Value, path: &str, minor: u64, newer: bool) -> Result<Self, PassportError> {
        let Value::Object(members) = &source else {
            return Err(JsonError::Shape { message: "a record is an object".to_owned(), path: path.to_owned() }.into());
        };
        let (id, at): (Uuid, Timestamp) = (member(members, "id", path, newer)?, member(members, "at", path, newer)?);
        let name: String = member(members, "type", path, newer)?;
        let content = match name.as_str() {
            "assessment" => match AssessmentRecord::parse(members, path, newer) {
                Ok(record) => Content::Assessment(Box::new(record)),
                // A newer version may have other members and values; what is not understood is kept.
                Err(_) if newer => Content::Unknown,
                Err(error) => return Err(error),
            },
            "tombstone" => {
                Content::Tombstone(Tombstone { id, at: at.clone(), record: member(members, "record", path, newer)? })
            }
            "result" if minor >= 1 => match ResultRecord::parse(members, path, newer) {
                Ok(record) => Content::Result(Box::new(record)),
                Err(_) if newer => Content::Unknown,
                Err(error) => return Err(error),
            },
            name => match shape::members_of(name).filter(|_| minor >= 1) {
                Some(shape) => match shape::check(members, shape, path) {
                    Ok(()) => Content::Entry,
                    Err(_) if newer => Content::Unknown,
                    Err(error) => return Err(error),
                },
                None if newer => Content::Unknown,
                None => return Err(unknown_type(name, path)),
            },
        };
        Ok(Self { id, at, content, source })
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

    /// The record that this one is the tombstone of.
    pub(super) fn erases(&self) -> Option<Uuid> {
        match &self.content {
            Content::Tombstone(tombstone) => Some(tombstone.record),
            _ => None,
        }
    }

    /// The JSON that it was read from.
    #[must_use]
    pub fn source(&self) -> &Value {
        &self.source
    }
}

/// A member that must be there; what is missing is read as null, which no member may be. Of a `newer` document, members
/// inside it that are not known are passed over.
pub(super) fn member<T: DeserializeOwned>(
    members: &Map<String, Value>,
    name: &str,
    path: &str,
    newer: bool,
) -> Result<T, PassportError> {
    let read = if newer { json::read_known } else { json::read_value };
    Ok(read(members.get(name).unwrap_or(&Value::Null), &format!("{path}/{name}"))?)
}

/// The same for a member that may be missing.
pub(super) fn optional_member<T: DeserializeOwned>(
    members: &Map<String, Value>,
    name: &str,
    path: &str,
    newer: bool,
) -> Result<Option<T>, PassportError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => member(members, name, path, newer).map(Some),
    }
}

#[cold]
fn unknown_type(name: &str, path: &str) -> PassportError {
    let found = name.chars().filter(|letter| !letter.is_control()).take(40).collect();
    PassportError::UnknownType { found, path: format!("{path}/type") }
}

pub(super) fn tagged(name: &str, value: Value) -> Value {
    let mut members = serde_json::Map::new();
    members.insert("type".to_owned(), name.into());
    if let Value::Object(rest) = value {
        members.extend(rest);
    }
    Value::Object(members)
}

pub(super) fn unwritable(error: serde_json::Error) -> PassportError {
    PassportError::Json(JsonError::Syntax { message: error.to_string() })
}
