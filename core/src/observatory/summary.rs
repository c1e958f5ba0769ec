//! Counts of levels that add up: the summary of two places together is the sum of their summaries.
//!
//! Each count goes with the sum of its people's keys (the cell key of Fraser and Wooton 2005, "A proposed method for
//! confidentialising tabular output to protect against differencing"): it depends on who is counted, not on where, so that
//! the same people are protected in the same way in every table, also in one that was merged.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use uuid::Uuid;

use crate::framework::{Framework, FrameworkReference};
use crate::id::CompetenceId;
use crate::profile::{Evidence, Profile};

/// Categories of a row: levels 1 to 8, then "not enough evidence".
pub const CATEGORIES: usize = 9;

/// People of a kind: how many, and the sum of their keys (modulo 2⁶⁴), as 16 hexadecimal digits in documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub people: u64,
    /// Sum of their keys.
    pub key: u64,
}

impl Count {
    /// One person.
    #[must_use]
    pub fn one(key: u64) -> Self {
        Self { people: 1, key }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { people: self.people.saturating_add(other.people), key: self.key.wrapping_add(other.key) }
    }
}

impl Serialize for Count {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.people, format!("{:016x}", self.key)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (people, key): (u64, String) = Deserialize::deserialize(deserializer)?;
        let key =
            u64::from_str_radix(&key, 16).map_err(|_| serde::de::Error::custom("a key is 16 hexadecimal digits"))?;
        Ok(Self { people, key })
    }
}

/// One competence: a count for each of the [`CATEGORIES`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The competence.
    pub competence: CompetenceId,
    /// Counts by category.
    pub counts: Vec<Count>,
}

/// Levels of a group. **Not for publication**: it holds small numbers; see [`protect`](super::protect).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// The framework.
    pub framework: FrameworkReference,
    /// Everybody.
    pub people: Count,
    /// The competences, in the order of the framework.
    pub rows: Vec<Row>,
}

/// Two summaries that cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("summaries of {one} and {two} cannot be added; both must be of the same framework")]
pub struct SummaryError {
    /// One framework.
    pub one: FrameworkReference,
    /// The other.
    pub two: FrameworkReference,
}

/// The key of a person: the first eight bytes of SHA-256 of `secret` and the passport's id. Whoever does not know the
/// secret cannot tell how a count was protected.
#[must_use]
pub fn person_key(secret: &str, passport: Uuid) -> u64 {
    let mut hash = Sha256::new();
    hash.update(secret.as_bytes());
    hash.update([0]);
    hash.update(passport.as_bytes());
    hash.finalize().iter().take(8).fold(0, |key, byte| (key << 8) | u64::from(*byte))
}

impl Summary {
    /// Nobody yet.
    #[must_use]
    pub fn new(framework: &Framework) -> Self {
        let row = |id: &CompetenceId| Row { competence: id.clone(), counts: vec![Count::default(); CATEGORIES] };
        Self {
            framework: framework.reference(),
            people: Count::default(),
            rows: framework.competences().iter().map(row).collect(),
        }
    }

    /// Adds a person's results; competences that were not asked about do not count.
    pub fn add(&mut self, profile: &Profile, key: u64) {
        self.people = self.people.plus(Count::one(key));
        for result in &profile.competences {
            let category = match result.estimate.evidence {
                Evidence::NotEnough => CATEGORIES - 1,
                _ => usize::from(result.estimate.level.number()) - 1,
            };
            let row = self.rows.iter_mut().find(|row| row.competence == result.competence);
            if let Some(count) = row.and_then(|row| row.counts.get_mut(category)) {
                *count = count.plus(Count::one(key));
            }
        }
    }

    /// Both groups together. Somebody who is in both counts twice.
    ///
    /// # Errors
    /// If they are of different frameworks.
    pub fn merge(&self, other: &Self) -> Result<Self, SummaryError> {
        let same = self.rows.iter().map(|row| &row.competence).eq(other.rows.iter().map(|row| &row.competence));
        if self.framework != other.framework || !same {
            return Err(SummaryError { one: self.framework.clone(), two: other.framework.clone() });
        }
        let mut merged = self.clone();
        merged.people = merged.people.plus(other.people);
        for (row, more) in merged.rows.iter_mut().zip(&other.rows) {
            for (count, more) in row.counts.iter_mut().zip(&more.counts) {
                *count = count.plus(*more);
            }
        }
        Ok(merged)
    }
}
