//! What a passport holds besides assessments: goals, courses, notes, names, keys, attestations.
//!
//! These records are read into their types when somebody asks for them ([`Passport::entries`]); that they can be is
//! checked when the passport is read.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::record::tagged;
use super::{Passport, PassportError, Record};
use crate::framework::FrameworkReference;
use crate::id::CompetenceId;
use crate::json;
use crate::units::{Level, Timestamp};

/// A kind of record with members of its own; its identity and time are those of the [`Record`].
pub trait Entry: Serialize + DeserializeOwned {
    /// The `type` of its records.
    const TYPE: &'static str;
}

/// A level that the learner wants to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Goal {
    /// The framework of the competence.
    pub framework: FrameworkReference,
    /// The competence.
    pub competence: CompetenceId,
    /// The level to reach.
    pub level: Level,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub by: Option<Timestamp>,
    /// In the learner's words, at most 4,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 4000)))]
    pub note: Option<String>,
}

/// A course that the learner follows or followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Course {
    /// What it is called, at most 200 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub title: String,
    /// Who gives it, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub provider: Option<String>,
    /// Where it is described, at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 2000)))]
    pub url: Option<String>,
    /// The framework of the competences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub framework: Option<FrameworkReference>,
    /// The competences that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub competences: Option<Vec<CompetenceId>>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub started: Option<Timestamp>,
    /// When it was finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub finished: Option<Timestamp>,
}

/// A note of the learner, for themselves: never shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// The words, at most 4,000 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 4000)))]
    pub text: String,
    /// The record that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Uuid>,
}

/// The name that the learner wants to be shown; the newest one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holder {
    /// The name, at most 200 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub name: String,
}

/// A key that the learner signs with: its public half. The secret half is never in a passport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyRecord {
    /// The key as a decentralised identifier, `did:key:z6Mk…`.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub did: String,
    /// The key that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub replaces: Option<String>,
    /// A statement of succession that both keys have signed (see `credential`, feature `credentials`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Map<String, Value>>,
}

/// A signed credential: a badge of the learner's own, or somebody's endorsement of one. Kept as it was signed; whether
/// the signature holds, `credential` (feature `credentials`) says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attestation {
    /// The credential.
    pub credential: Map<String, Value>,
}

impl Entry for Goal {
    const TYPE: &'static str = "goal";
}
impl Entry for Course {
    const TYPE: &'static str = "course";
}
impl Entry for Note {
    const TYPE: &'static str = "note";
}
impl Entry for Holder {
    const TYPE: &'static str = "holder";
}
impl Entry for KeyRecord {
    const TYPE: &'static str = "key";
}
impl Entry for Attestation {
    const TYPE: &'static str = "attestation";
}

impl Record {
    /// A record of something new.
    ///
    /// # Errors
    /// If a text is empty or too long.
    pub fn of<E: Entry>(id: Uuid, at: Timestamp, entry: &E) -> Result<Self, PassportError> {
        let mut members = match serde_json::to_value(entry).map_err(super::record::unwritable)? {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        members.insert("id".to_owned(), id.to_string().into());
        members.insert("at".to_owned(), at.to_string().into());
        Self::parse(tagged(E::TYPE, Value::Object(members)), "", super::FORMAT.minor, false)
    }

    /// The record read as this kind; none if it is of another.
    #[must_use]
    pub fn entry<E: Entry>(&self) -> Option<E> {
        let is_it = self.source().get("type").and_then(Value::as_str) == Some(E::TYPE);
        is_it.then(|| json::read_known(self.source(), "").ok())?
    }
}

impl Passport {
    /// The records of one kind with what they say, oldest first.
    #[must_use]
    pub fn entries<E: Entry>(&self) -> Vec<(&Record, E)> {
        self.records().into_iter().filter_map(|record| Some((record, record.entry()?))).collect()
    }

    /// The name that the learner wants to be shown.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.entries::<Holder>().pop().map(|(_, holder)| holder.name)
    }
}
