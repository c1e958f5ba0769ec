//! Sentences that nothing but a reader needs: what competences mean level by level, outcomes, statements, glossary.

use serde::{Deserialize, Serialize};

use super::{Framework, FrameworkError, FrameworkFault, FrameworkPlace, Origin, OutcomesDocument};
use crate::id::{CompetenceId, Language, OutcomeId, StatementId};
use crate::table::Table;
use crate::units::Level;

/// Wording of outcomes, statements, levels and terms in one language (`details/<language>.json`). Part of no download: what
/// a browser shows is in [`super::FrameworkText`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkDetails {
    /// The language.
    pub language: Language,
    /// Whose words these are.
    pub provenance: Origin,
    /// The eight levels by number.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub levels: Table<String, LevelDetails>,
    /// Competences, each explained and described level by level.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub competences: Table<CompetenceId, CompetenceDetails>,
    /// Competence statements.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub statements: Table<StatementId, String>,
    /// Learning outcomes.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub outcomes: Table<OutcomeId, String>,
    /// Terms with their explanation.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub glossary: Table<String, String>,
}

/// A competence in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompetenceDetails {
    /// What it is, in one sentence, for somebody who never heard of it.
    pub explanation: String,
    /// An everyday example.
    pub example: String,
    /// "I can …", for each of the eight levels, lowest first.
    pub levels: Vec<String>,
}

/// A level of the eight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelDetails {
    /// What a person at this level can do.
    pub description: String,
    /// What it is good for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// Its name on the publisher's scale of six levels.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub six_level_name: String,
}

impl FrameworkDetails {
    /// Checks that every sentence belongs to something, and that every outcome and statement has its own where any has.
    ///
    /// # Errors
    /// The first fault found.
    pub fn check(&self, framework: &Framework, document: Option<&OutcomesDocument>) -> Result<(), FrameworkError> {
        let fault = |member: String, fault| FrameworkError {
            place: FrameworkPlace::Details { language: self.language.clone(), member },
            fault,
        };
        let statements: Vec<&StatementId> =
            document.iter().flat_map(|document| document.statements.values().flatten()).map(|one| &one.id).collect();
        self.check_competences(framework).map_err(|(member, wrong)| fault(member, wrong))?;
        if let Some(id) = self.outcomes.keys().find(|id| !framework.outcomes().contains_key(id)) {
            return Err(fault(format!("outcomes/{id}"), FrameworkFault::UnknownKey));
        }
        if let Some(id) = self.statements.keys().find(|id| !statements.contains(id)) {
            return Err(fault(format!("statements/{id}"), FrameworkFault::UnknownKey));
        }
        let silent = framework.outcomes().keys().find(|id| !self.outcomes.contains_key(id));
        if let Some(id) = silent.filter(|_| !self.outcomes.is_empty()) {
            return Err(fault(format!("outcomes/{id}"), FrameworkFault::MissingText));
        }
        let silent = statements.into_iter().find(|id| !self.statements.contains_key(id));
        if let Some(id) = silent.filter(|_| !self.statements.is_empty()) {
            return Err(fault(format!("statements/{id}"), FrameworkFault::MissingText));
        }
        let is_level = |name: &&String| name.parse().is_ok_and(|number| crate::units::Level::new(number).is_ok());
        if let Some(name) = self.levels.keys().find(|name| !is_level(name)) {
            return Err(fault(format!("levels/{name}"), FrameworkFault::UnknownKey));
        }
        let outcomes = self.outcomes.iter().map(|(id, text)| (format!("outcomes/{id}"), text));
        let statements = self.statements.iter().map(|(id, text)| (format!("statements/{id}"), text));
        let levels = self.levels.iter().map(|(id, text)| (format!("levels/{id}/description"), &text.description));
        let glossary = self.glossary.iter().map(|(id, text)| (format!("glossary/{id}"), text));
        let mut all = outcomes.chain(statements).chain(levels).chain(glossary);
        match all.find(|(_, text)| text.trim().is_empty()) {
            Some((member, _)) => Err(fault(member, FrameworkFault::Blank)),
            None => Ok(()),
        }
    }

    /// Every competence has its words, eight levels among them, or none has.
    fn check_competences(&self, framework: &Framework) -> Result<(), (String, FrameworkFault)> {
        if self.competences.is_empty() {
            return Ok(());
        }
        if let Some(id) = self.competences.keys().find(|id| framework.position(id).is_none()) {
            return Err((format!("competences/{id}"), FrameworkFault::UnknownKey));
        }
        for id in framework.competences() {
            let words = self.competences.get(id);
            let words = words.ok_or_else(|| (format!("competences/{id}"), FrameworkFault::MissingText))?;
            if words.levels.len() != usize::from(Level::COUNT) {
                return Err((format!("competences/{id}/levels"), FrameworkFault::EightLevels));
            }
            let parts = [("explanation", &words.explanation), ("example", &words.example)];
            let levels = (1..).zip(&words.levels).map(|(number, text)| (format!("levels/{number}"), text));
            let mut all = parts.into_iter().map(|(name, text)| (name.to_owned(), text)).chain(levels);
            if let Some((member, _)) = all.find(|(_, text)| text.trim().is_empty()) {
                return Err((format!("competences/{id}/{member}"), FrameworkFault::Blank));
            }
        }
        Ok(())
    }
}
