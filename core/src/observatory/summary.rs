//! Counts of levels that add up: the summary of two places together is the sum of their summaries.
//!
//! Each count goes with the sum of its people's keys (the cell key of Fraser and Wooton 2005, "A proposed method for
//! confidentialising tabular output to protect against differencing"): it depends on who is counted, not on where, so that
//! the same people are protected in the same way in every table, also in one that was merged.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use uuid::Uuid;

use super::{Change, Sketch};
use crate::framework::{Framework, FrameworkReference};
use crate::id::CompetenceId;
use crate::json::{self, JsonError};
use crate::profile::{CompetenceResult, Evidence};

/// Categories of a row: levels 1 to 8, then [`NOT_ENOUGH`] and [`NOT_ASKED`].
pub const CATEGORIES: usize = 10;
/// The category of those whose level rests on too little.
pub const NOT_ENOUGH: usize = 8;
/// The category of those who were not asked: every row counts everybody, so that nobody is found by subtraction.
pub const NOT_ASKED: usize = 9;
/// Largest summary read, bytes.
pub const MAX_SUMMARY_BYTES: usize = 1 << 20;
/// The format of the document.
const FORMAT: &str = "group-summary-1";
/// Most people of a summary.
const MAX_PEOPLE: u64 = 1 << 40;

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

/// One competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The competence.
    pub competence: CompetenceId,
    /// Everybody, by the [`CATEGORIES`] of their last assessment.
    pub counts: Vec<Count>,
    /// Everybody, by the categories of [`Change::ALL`], from the first assessment to the last; those whose last one did not
    /// ask about the competence are not comparable.
    pub change: Vec<Count>,
    /// Where those with enough evidence stand on the scale.
    pub sketch: Sketch,
}

/// Levels of a group. **Not for publication**: it holds small numbers; see [`Report`](super::Report).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    format: String,
    /// The framework.
    pub framework: FrameworkReference,
    /// Everybody.
    pub people: Count,
    /// The competences, in the order of the framework.
    pub rows: Vec<Row>,
}

/// A summary that cannot be read, or two that cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SummaryError {
    /// No JSON, or of another shape.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Of another format.
    #[error("the summary is of format `{found}`; this version reads `{FORMAT}`: make it again with the same version")]
    Format {
        /// The format.
        found: String,
    },
    /// Numbers that contradict each other.
    #[error("{what}; the summary was damaged or changed: make it again")]
    Inconsistent {
        /// What is wrong.
        what: &'static str,
        /// JSON pointer.
        path: String,
    },
    /// Two frameworks.
    #[error("summaries of {one} and {two} cannot be added; both must be of the same framework")]
    OtherFramework {
        /// One framework.
        one: FrameworkReference,
        /// The other.
        two: FrameworkReference,
    },
}

impl SummaryError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Json(error) => error.code(),
            Self::Format { .. } => "newer-version",
            Self::Inconsistent { .. } => "inconsistent",
            Self::OtherFramework { .. } => "other-framework",
        }
    }

    /// Where: a JSON pointer, or nothing.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Json(error) => error.path(),
            Self::Inconsistent { path, .. } => path,
            Self::Format { .. } => "/format",
            Self::OtherFramework { .. } => "/framework",
        }
    }
}

/// The key of a person: the first eight bytes of SHA-256 of `secret` and the passport's id. Whoever does not know the
/// secret cannot tell how a count was protected.
#[must_use]
pub fn person_key(secret: &str, passport: Uuid) -> u64 {
    key_of(secret, passport.as_bytes())
}

/// The key of a person who is known by a name or number instead.
#[must_use]
pub fn name_key(secret: &str, name: &str) -> u64 {
    key_of(secret, name.as_bytes())
}

fn key_of(secret: &str, person: &[u8]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(secret.as_bytes());
    hash.update([0]);
    hash.update(person);
    hash.finalize().iter().take(8).fold(0, |key, byte| (key << 8) | u64::from(*byte))
}

impl Summary {
    /// Nobody yet.
    #[must_use]
    pub fn new(framework: &Framework) -> Self {
        let row = |id: &CompetenceId| Row {
            competence: id.clone(),
            counts: vec![Count::default(); CATEGORIES],
            change: vec![Count::default(); Change::ALL.len()],
            sketch: Sketch::default(),
        };
        Self {
            format: FORMAT.to_owned(),
            framework: framework.reference(),
            people: Count::default(),
            rows: framework.competences().iter().map(row).collect(),
        }
    }

    /// Reads a summary and checks that its numbers agree with each other.
    ///
    /// # Errors
    /// If it is no summary of this format and framework, or contradicts itself.
    pub fn parse(text: &str, framework: &Framework) -> Result<Self, SummaryError> {
        let summary: Self = json::read(text, MAX_SUMMARY_BYTES)?;
        if summary.format != FORMAT {
            return Err(SummaryError::Format { found: summary.format.chars().take(40).collect() });
        }
        let empty = Self::new(framework);
        if !empty.same_kind(&summary) {
            return Err(SummaryError::OtherFramework { one: empty.framework, two: summary.framework });
        }
        summary.check()?;
        Ok(summary)
    }

    /// Checks that the numbers agree with each other: every row of everybody, by place and by key.
    ///
    /// # Errors
    /// Names the first row that does not.
    pub fn check(&self) -> Result<(), SummaryError> {
        let wrong = |what, path: String| Err(SummaryError::Inconsistent { what, path });
        if self.people.people > MAX_PEOPLE {
            return wrong("there are more people than can be", "/people".to_owned());
        }
        for (number, row) in self.rows.iter().enumerate() {
            let path = |member: &str| format!("/rows/{number}/{member}");
            if row.counts.len() != CATEGORIES || total(&row.counts) != self.people {
                return wrong("the levels do not add up to everybody", path("counts"));
            }
            if row.change.len() != Change::ALL.len() || total(&row.change) != self.people {
                return wrong("the changes do not add up to everybody", path("change"));
            }
            let known = row.counts.get(..NOT_ENOUGH).map_or(Count::default(), total);
            if !row.sketch.is_whole() || row.sketch.people() != known.people {
                return wrong("the sketch does not hold everybody with a level", path("sketch"));
            }
        }
        Ok(())
    }

    /// Adds a person: their last results, and the first where there are several assessments.
    pub fn add(&mut self, first: Option<&[CompetenceResult]>, last: &[CompetenceResult], key: u64) {
        let one = Count::one(key);
        self.people = self.people.plus(one);
        for row in &mut self.rows {
            let result = last.iter().find(|result| result.competence == row.competence);
            let (category, change) = match result.map(|result| &result.estimate) {
                None => (NOT_ASKED, first.map_or(Change::OnlyOne, |_| Change::NotComparable)),
                Some(estimate) => {
                    let category = if estimate.evidence == Evidence::NotEnough {
                        NOT_ENOUGH
                    } else {
                        row.sketch.add(estimate.median);
                        usize::from(estimate.level.number()) - 1
                    };
                    (category, Change::from_first(first, &row.competence, estimate))
                }
            };
            add_to(&mut row.counts, category, one);
            if let Some(place) = Change::ALL.iter().position(|other| *other == change) {
                add_to(&mut row.change, place, one);
            }
        }
    }

    /// Both groups together. Somebody who is in both counts twice.
    ///
    /// # Errors
    /// If they are of different frameworks.
    pub fn merge(&self, other: &Self) -> Result<Self, SummaryError> {
        if !self.same_kind(other) {
            return Err(SummaryError::OtherFramework { one: self.framework.clone(), two: other.framework.clone() });
        }
        let mut merged = self.clone();
        merged.people = merged.people.plus(other.people);
        for (row, more) in merged.rows.iter_mut().zip(&other.rows) {
            for (place, count) in more.counts.iter().enumerate() {
                add_to(&mut row.counts, place, *count);
            }
            for (place, count) in more.change.iter().enumerate() {
                add_to(&mut row.change, place, *count);
            }
            row.sketch.merge(&more.sketch);
        }
        Ok(merged)
    }

    fn same_kind(&self, other: &Self) -> bool {
        let competences = |summary: &'_ Self| summary.rows.iter().map(|row| row.competence.clone()).collect::<Vec<_>>();
        self.framework == other.framework && competences(self) == competences(other)
    }
}

fn add_to(row: &mut [Count], place: usize, more: Count) {
    if let Some(count) = row.get_mut(place) {
        *count = count.plus(more);
    }
}

fn total(row: &[Count]) -> Count {
    row.iter().fold(Count::default(), |sum, count| sum.plus(*count))
}
