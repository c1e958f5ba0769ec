//! Crosswalks: which competence of one framework answers to which of another.

use crate::table::Table;
use serde::{Deserialize, Serialize};

use super::{Framework, FrameworkError, FrameworkFault, FrameworkPlace, FrameworkReference, Origin};
use crate::id::CompetenceId;

/// A crosswalk as JSON (`crosswalks/<from>--<to>.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkDocument {
    /// Where it starts.
    pub from: FrameworkReference,
    /// Where it leads.
    pub to: FrameworkReference,
    /// Who says so.
    pub provenance: Origin,
    /// What it rests on, in words.
    pub note: String,
    /// The pairs.
    pub mappings: Vec<CrosswalkMapping>,
}

/// One pair of a crosswalk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkMapping {
    /// Competence of the first framework.
    pub from: CompetenceId,
    /// Competence of the second framework.
    pub to: CompetenceId,
}

impl CrosswalkDocument {
    /// The same crosswalk, read the other way round.
    #[must_use]
    pub fn reversed(self) -> Self {
        let mappings =
            self.mappings.into_iter().map(|CrosswalkMapping { from, to }| CrosswalkMapping { from: to, to: from });
        Self { from: self.to, to: self.from, mappings: mappings.collect(), ..self }
    }
}

/// A crosswalk that fits its two frameworks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    forward: Table<CompetenceId, CompetenceId>,
}

impl Crosswalk {
    /// Checks a crosswalk: right frameworks, known competences, none mapped twice on either side.
    ///
    /// # Errors
    /// The first fault found.
    pub fn new(
        document: &CrosswalkDocument,
        from: &FrameworkReference,
        to: &Framework,
    ) -> Result<Self, FrameworkError> {
        let fault = |fault| FrameworkError { place: FrameworkPlace::Crosswalk, fault };
        if document.from != *from || document.to != to.reference() {
            return Err(fault(FrameworkFault::WrongCrosswalk { from: document.from.clone(), to: document.to.clone() }));
        }
        let mut forward = Table::new();
        let mut reached: Vec<&CompetenceId> = Vec::new();
        for CrosswalkMapping { from: one, to: two } in &document.mappings {
            if to.position(two).is_none() {
                return Err(fault(FrameworkFault::UnknownCompetence(two.clone())));
            }
            if forward.insert(one.clone(), two.clone()).is_some() || reached.contains(&two) {
                return Err(fault(FrameworkFault::Duplicate(format!("{one} → {two}"))));
            }
            reached.push(two);
        }
        Ok(Self { forward })
    }

    /// The competence that answers to this one, if there is one.
    #[must_use]
    pub fn translate(&self, competence: &CompetenceId) -> Option<&CompetenceId> {
        self.forward.get(competence)
    }
}
