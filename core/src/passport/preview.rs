//! What merging would bring, before anything is merged: so that a person can look at a file first.

use serde::Serialize;
use uuid::Uuid;

use super::{Passport, PassportError, Record};
use crate::units::Timestamp;

/// What another passport would bring to one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct MergePreview {
    /// The name that stands in the other passport.
    pub holder: Option<String>,
    /// The name that stands in one's own.
    pub own_holder: Option<String>,
    /// Identity of the other passport.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// Whether both are copies of one passport: nothing else is a sign of whose the other is.
    pub same_passport: bool,
    /// When the other passport was made.
    pub created: Timestamp,
    /// What is new, kind by kind, in the order of [`RecordKind`].
    pub new: Vec<NewRecords>,
    /// Records of the other passport that are in one's own already.
    pub present: u32,
    /// Records of one's own that were erased in the other, and that merging would erase here too.
    pub erases: u32,
    /// Records of the other that were erased in one's own: they would not come back.
    pub stay_erased: u32,
}

impl MergePreview {
    /// Whether merging would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.erases == 0
    }

    /// How many records of a kind are new.
    #[must_use]
    pub fn count(&self, kind: RecordKind) -> u32 {
        self.new.iter().find(|new| new.kind == kind).map_or(0, |new| new.count)
    }
}

/// New records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NewRecords {
    /// The kind.
    pub kind: RecordKind,
    /// How many.
    pub count: u32,
    /// When the first of them was made.
    pub earliest: Timestamp,
    /// When the last of them was made.
    pub latest: Timestamp,
}

/// Kinds of records, as people tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum RecordKind {
    /// A finished assessment, or the results of a shared one.
    Assessment,
    /// A signed badge or endorsement.
    Attestation,
    /// A goal.
    Goal,
    /// A course.
    Course,
    /// A note.
    Note,
    /// A name.
    Holder,
    /// A key.
    Key,
    /// Something of a newer version.
    Other,
}

impl RecordKind {
    const ALL: [Self; 8] = [
        Self::Assessment,
        Self::Attestation,
        Self::Goal,
        Self::Course,
        Self::Note,
        Self::Holder,
        Self::Key,
        Self::Other,
    ];

    /// The kind of a record; none for a tombstone.
    #[must_use]
    pub fn of(record: &Record) -> Option<Self> {
        if record.erases().is_some() {
            return None;
        }
        let name = record.source().get("type").and_then(serde_json::Value::as_str);
        Some(match name.unwrap_or_default() {
            "assessment" | "result" => Self::Assessment,
            "attestation" => Self::Attestation,
            "goal" => Self::Goal,
            "course" => Self::Course,
            "note" => Self::Note,
            "holder" => Self::Holder,
            "key" => Self::Key,
            _ => Self::Other,
        })
    }
}

impl Passport {
    /// What [`merge`](Self::merge) with another passport would bring. Nothing is changed.
    ///
    /// # Errors
    /// If they cannot be merged.
    pub fn preview(&self, other: &Self) -> Result<MergePreview, PassportError> {
        let merged = self.merge(other)?;
        let fresh = |kind| {
            let is_new = move |record: &&Record| {
                RecordKind::of(record) == Some(kind) && !self.records.contains_key(&record.id())
            };
            let mut count = 0;
            let mut bounds: Option<(&Timestamp, &Timestamp)> = None;
            for record in merged.records.values().filter(is_new) {
                count += 1;
                let at = record.at();
                let (earliest, latest) = bounds.unwrap_or((at, at));
                bounds = Some((earliest.min(at), latest.max(at)));
            }
            let (earliest, latest) = bounds?;
            Some(NewRecords { kind, count, earliest: earliest.clone(), latest: latest.clone() })
        };
        let count = |records: &dyn Fn(&&Record) -> bool, of: &Self| {
            let found = of.records.values().filter(|record| RecordKind::of(record).is_some()).filter(records);
            u32::try_from(found.count()).unwrap_or(u32::MAX)
        };
        Ok(MergePreview {
            holder: other.name(),
            own_holder: self.name(),
            id: other.id,
            same_passport: self.id == other.id,
            created: other.created.clone(),
            new: RecordKind::ALL.into_iter().filter_map(fresh).collect(),
            present: count(&|record| self.records.contains_key(&record.id()), other),
            erases: count(&|record| !merged.records.contains_key(&record.id()), self),
            stay_erased: count(&|record| self.erased.contains_key(&record.id()), other),
        })
    }
}
