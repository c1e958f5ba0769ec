//! Tables that say which competences a service, a theme or a code may teach.
//!
//! They are data, coarse, and can be replaced; whatever comes from them is marked as derived.

use serde::{Deserialize, Serialize};

use super::fold::fold;
use super::{OfferOrigin, Target};
use crate::framework::FrameworkReference;
use crate::id::CompetenceId;
use crate::json::{self, JsonError};
use crate::table::Table;
use crate::units::Level;

/// Largest table read, bytes.
const MAX_TABLE_BYTES: usize = 4 << 20;

/// One table as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableDocument {
    /// What its codes are, for example `lamednum-services-v1`.
    pub vocabulary: String,
    /// The framework that the competences are those of.
    pub framework: FrameworkReference,
    /// Who says so, on what it rests, and what it is not.
    pub provenance: String,
    /// The codes.
    pub entries: Vec<TableEntry>,
}

/// A code with what it may teach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// The code, or the name where the vocabulary has no codes.
    pub code: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The competences; none for what teaches nothing, for example equipment.
    #[serde(default)]
    pub targets: Vec<TableTarget>,
    /// For a vocabulary of levels: from which level to which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<(Level, Level)>,
    /// For readers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A competence that a code may teach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableTarget {
    /// The competence.
    pub competence: CompetenceId,
    /// From which level.
    pub from: Level,
    /// To which level.
    pub to: Level,
    /// How closely.
    pub strength: TableStrength,
}

/// How closely a code and a competence belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableStrength {
    /// It is what the code is about: makes a derived target.
    Primary,
    /// It is touched: kept for readers, makes no target.
    Secondary,
}

/// Tables by vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    entries: Table<String, Table<String, TableEntry>>,
}

impl Tables {
    /// Adds a table (JSON); one of the same vocabulary that was there before is replaced.
    ///
    /// # Errors
    /// If it is not a table, or a target leads nowhere.
    pub fn add(&mut self, text: &str) -> Result<(), JsonError> {
        let document: TableDocument = json::read(text, MAX_TABLE_BYTES)?;
        for (position, entry) in document.entries.iter().enumerate() {
            let levels = entry.targets.iter().map(|target| (target.from, target.to)).chain(entry.levels);
            if levels.into_iter().any(|(from, to)| to <= from) {
                let message = "a target must lead to a higher level than it starts from".to_owned();
                return Err(JsonError::Shape { message, path: format!("/entries/{position}/targets") });
            }
        }
        let entries = document.entries.into_iter().map(|entry| (fold(&entry.code), entry)).collect();
        self.entries.insert(document.vocabulary, entries);
        Ok(())
    }

    /// The entry of a code, whatever its case, accents and apostrophes.
    #[must_use]
    pub fn entry(&self, vocabulary: &str, code: &str) -> Option<&TableEntry> {
        self.entries.get(&vocabulary.to_owned())?.get(&fold(code))
    }

    /// The entries of a vocabulary.
    pub fn entries(&self, vocabulary: &str) -> impl Iterator<Item = &TableEntry> {
        self.entries.get(&vocabulary.to_owned()).into_iter().flat_map(Table::values)
    }

    /// What entries together teach: of each competence the lowest start and the highest end among primary targets, in the
    /// order of competences.
    #[must_use]
    pub fn derive<'a>(entries: impl IntoIterator<Item = &'a TableEntry>) -> Vec<Target> {
        let mut targets: Table<CompetenceId, (Level, Level)> = Table::new();
        for target in entries.into_iter().flat_map(|entry| &entry.targets) {
            if target.strength == TableStrength::Primary {
                let (from, to) = targets.get(&target.competence).copied().unwrap_or((target.from, target.to));
                targets.insert(target.competence.clone(), (from.min(target.from), to.max(target.to)));
            }
        }
        let target = |(competence, (from, to))| Target { competence, from, to, origin: OfferOrigin::Derived };
        targets.into_iter().map(target).collect()
    }
}
