//! The passport: a person's records over the years, in one document that belongs to them.
//!
//! Records are never changed. Removing one erases its content and leaves a tombstone, so that a copy of the passport
//! cannot bring it back. Merging two passports is a union of records and tombstones.
//!
//! * [`Passport::preview`] says what merging would bring, before anything is merged;
//! * [`Redaction`] makes a copy to share, with chosen areas only;
//! * [`replay`] says whether the answers of an assessment give the results that stand in it;
//! * [`compare`] says what rose or fell between two assessments, and what lies within the uncertainty;
//! * [`migrate`] brings a document of an older version to this one.
//!
//! ```
//! # use skills_passport::assessment::{Mode, Plan, Setting, Step};
//! # use skills_passport::bank::Response;
//! use skills_passport::passport::{Passport, Record, Redaction, Replay, replay};
//! # let instrument = skills_passport_frameworks::Library::shipped().instrument("digcomp", "general")?;
//! # let setting = Setting {
//! #     id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff".parse()?, language: "en".parse()?, seed: 7,
//! #     started: "2026-11-22T09:30:00Z".parse()?, assisted: false,
//! # };
//! # let mut assessment = instrument.start(Plan::new(Mode::Quick), setting)?;
//! # while let Step::Ask(item) = instrument.step(&assessment) {
//! #     assessment = instrument.answer(&assessment, &item.id.clone(), Response::DontKnow)?;
//! # }
//! // An assessment that is finished, in a passport of its own.
//! let mut passport = Passport::new("1b4e28ba-2fa1-41d2-883f-0016d3cca427".parse()?, "2026-11-22T10:00:00Z".parse()?);
//! passport.add(Record::of_assessment(&instrument, assessment, "2026-11-22T10:00:00Z".parse()?)?)?;
//!
//! // A copy on another device: everything of both, each record once.
//! let elsewhere = Passport::parse(&passport.to_json()?)?;
//! assert!(passport.preview(&elsewhere)?.is_empty());
//! assert_eq!(passport.merge(&elsewhere)?, passport);
//!
//! // Anybody with the bank can compute the results again.
//! let record = passport.assessment(None).ok_or("no assessment")?;
//! assert_eq!(replay(&instrument, record), Replay::Confirmed);
//!
//! // A copy for a training body: one area, no answers.
//! let redaction = Redaction { areas: Some(vec!["1".parse()?]), ..Redaction::default() };
//! let (id, now) = ("7d444840-9dc0-41d1-b245-5ffdce74fad2".parse()?, "2026-11-23T08:00:00Z".parse()?);
//! let shared = redaction.apply(&passport, id, now, &[], &[instrument])?;
//! assert!(!shared.to_json()?.contains("\"answers\": ["));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compare;
mod entry;
mod error;
mod migrate;
mod preview;
mod record;
mod redact;
mod replay;
mod result;
mod shape;

#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "sealed")]
pub mod sealed;

pub use compare::{
    AreaChange, Basis, Change, ChangeKind, Comparison, ComparisonError, CompetenceChange, Measured, compare,
};
pub use entry::{Attestation, Course, Entry, Goal, Holder, KeyRecord, Note};
pub use error::PassportError;
pub use migrate::{Migrated, migrate};
pub use preview::{MergePreview, NewRecords, RecordKind};
pub use record::{AssessmentRecord, Content, Record, Tombstone};
pub use redact::Redaction;
pub use replay::{Replay, replay};
pub use result::ResultRecord;
pub use shape::{BADGE_NAMESPACE, MAX_NAME_CHARS, MAX_TEXT_CHARS, MAX_URL_CHARS};

use semver::Version;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::json::{self, JsonError};
use crate::table::Table;
use crate::units::Timestamp;

/// Version of the format that this engine writes. 1.1 has more types of records, and assessments of format 1.1.
pub const FORMAT: Version = Version::new(1, 1, 0);
/// Media type of a passport file.
pub const MEDIA_TYPE: &str = "application/vnd.skills-passport+json";
/// Ending of a passport's file name.
pub const FILE_ENDING: &str = ".passport.json";
/// Largest passport read, bytes.
pub const MAX_PASSPORT_BYTES: usize = 8 << 20;
/// Most records in a passport.
pub const MAX_RECORDS: usize = 10_000;

/// A passport.
#[derive(Debug, Clone, PartialEq)]
pub struct Passport {
    format: Version,
    id: Uuid,
    created: Timestamp,
    records: Table<Uuid, Record>,
    /// What the tombstones speak of.
    erased: Table<Uuid, ()>,
    /// Members of a newer minor version, kept as they are.
    unknown: Map<String, Value>,
}

impl Passport {
    /// An empty passport.
    #[must_use]
    pub fn new(id: Uuid, created: Timestamp) -> Self {
        Self { format: FORMAT, id, created, records: Table::new(), erased: Table::new(), unknown: Map::new() }
    }

    /// Reads a passport. One of an older version is brought to this one ([`migrate`]); a newer minor version is read, and
    /// what is unknown in it is kept.
    ///
    /// # Errors
    /// If the text is too large, no passport, damaged, or of another major version; nothing is repaired silently.
    pub fn parse(text: &str) -> Result<Self, PassportError> {
        Self::from_migrated(migrate(json::parse(text, MAX_PASSPORT_BYTES)?)?)
    }

    /// Reads a document that was brought to this version.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn from_migrated(migrated: Migrated) -> Result<Self, PassportError> {
        let Migrated { from, to: format, document: mut members } = migrated;
        let Some(Value::Array(records)) = members.remove("records") else {
            let message = "a passport has a list of records".to_owned();
            return Err(JsonError::Shape { message, path: "/records".to_owned() }.into());
        };
        if records.len() > MAX_RECORDS {
            return Err(PassportError::TooManyRecords { found: records.len() });
        }
        let newer = format > FORMAT;
        let mut passport = Self {
            format,
            id: record::member(&members, "id", "", newer)?,
            created: record::member(&members, "created", "", newer)?,
            records: Table::new(),
            erased: Table::new(),
            unknown: Map::new(),
        };
        for known in ["format", "id", "created"] {
            members.remove(known);
        }
        passport.unknown = members;
        for (position, source) in records.into_iter().enumerate() {
            let record = Record::parse(source, &format!("/records/{position}"), from.minor, newer)?;
            passport.insert(record)?;
        }
        Ok(passport)
    }

    /// The passport as the text of a file, indented.
    ///
    /// # Errors
    /// If it has become larger than a passport that can be read.
    pub fn to_json(&self) -> Result<String, PassportError> {
        let mut members = Map::new();
        members.insert("format".to_owned(), self.format.to_string().into());
        members.insert("id".to_owned(), self.id.to_string().into());
        members.insert("created".to_owned(), self.created.to_string().into());
        let records: Vec<Value> = self.records().into_iter().map(|record| record.source().clone()).collect();
        members.insert("records".to_owned(), records.into());
        members.extend(self.unknown.clone());
        let text = json::to_text(&members)?;
        if text.len() > MAX_PASSPORT_BYTES {
            return Err(JsonError::TooLarge { bytes: text.len(), limit: MAX_PASSPORT_BYTES }.into());
        }
        Ok(text)
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// When it was made.
    #[must_use]
    pub fn created(&self) -> &Timestamp {
        &self.created
    }

    /// The records, oldest first.
    #[must_use]
    pub fn records(&self) -> Vec<&Record> {
        let mut records = Table::new();
        for record in self.records.values() {
            records.insert((record.at(), record.id()), record);
        }
        records.into_iter().map(|(_, record)| record).collect()
    }

    /// The assessments, oldest first.
    pub fn assessments(&self) -> impl DoubleEndedIterator<Item = &AssessmentRecord> {
        self.records().into_iter().filter_map(|record| match record.content() {
            Content::Assessment(assessment) => Some(assessment.as_ref()),
            _ => None,
        })
    }

    /// The assessment with this id; without one, the last.
    #[must_use]
    pub fn assessment(&self, id: Option<Uuid>) -> Option<&AssessmentRecord> {
        match id {
            Some(id) => self.assessments().find(|record| record.id == id),
            None => self.assessments().next_back(),
        }
    }

    /// Adds a record; adding the same one again changes nothing.
    ///
    /// # Errors
    /// If another record has the same id, or the passport is full.
    pub fn add(&mut self, record: Record) -> Result<(), PassportError> {
        self.insert(record)
    }

    /// Erases a record and leaves a tombstone with the id `tombstone`.
    ///
    /// # Errors
    /// If there is no such record.
    pub fn remove(&mut self, record: Uuid, tombstone: Uuid, at: Timestamp) -> Result<(), PassportError> {
        match self.records.get(&record).map(Record::content) {
            None | Some(Content::Tombstone(_)) => Err(PassportError::NoSuchRecord { id: record }),
            Some(_) => self.add(Record::tombstone(tombstone, at, record)),
        }
    }

    /// Everything of both passports. The older one gives its id.
    ///
    /// # Errors
    /// If both have different records of the same id, or too many together; `self` and `other` stay as they were.
    pub fn merge(&self, other: &Self) -> Result<Self, PassportError> {
        let older = if (&self.created, self.id) <= (&other.created, other.id) { self } else { other };
        let mut merged = Self {
            format: self.format.clone().max(other.format.clone()),
            id: older.id,
            created: older.created.clone(),
            records: self.records.clone(),
            erased: self.erased.clone(),
            unknown: union(&self.unknown, &other.unknown),
        };
        // Tombstones first: what was erased cannot contradict anything.
        let is_tombstone = |record: &&Record| record.erases().is_some();
        let (tombstones, others): (Vec<_>, Vec<_>) = other.records.values().partition(is_tombstone);
        for record in tombstones.into_iter().chain(others) {
            merged.insert(record.clone())?;
        }
        Ok(merged)
    }

    fn insert(&mut self, record: Record) -> Result<(), PassportError> {
        let dead = record.erases();
        if dead.is_none() && self.erased.contains_key(&record.id()) {
            return Ok(());
        }
        match self.records.get(&record.id()) {
            Some(present) if *present == record => return Ok(()),
            Some(_) => return Err(PassportError::Conflict { id: record.id() }),
            None => {}
        }
        // A tombstone is never erased itself: copies of the passport may still need it.
        let buried = dead.filter(|dead| self.records.get(dead).is_some_and(|record| record.erases().is_none()));
        if self.records.len() - usize::from(buried.is_some()) >= MAX_RECORDS {
            return Err(PassportError::TooManyRecords { found: self.records.len() + 1 });
        }
        if let Some(buried) = buried {
            self.records.remove(&buried);
        }
        if let Some(dead) = dead {
            self.erased.insert(dead, ());
        }
        self.records.insert(record.id(), record);
        Ok(())
    }
}

/// Members of both; where they differ, the one with the greater text, so that the order of merging does not matter.
fn union(one: &Map<String, Value>, two: &Map<String, Value>) -> Map<String, Value> {
    let mut all = one.clone();
    for (key, value) in two {
        let text = json::to_text(value).ok();
        if all.get(key).is_none_or(|present| text > json::to_text(present).ok()) {
            all.insert(key.clone(), value.clone());
        }
    }
    all
}
