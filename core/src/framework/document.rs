//! The JSON form of frameworks: structure, learning outcomes and texts, each a file of its own.

use crate::table::Table;
use semver::Version;
use serde::{Deserialize, Serialize};

use crate::id::{AreaId, BroadLevelId, CompetenceId, FrameworkId, Language, OutcomeId, StatementId};
use crate::units::Level;

/// Id and version of a framework, as other documents name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FrameworkReference {
    /// The framework.
    pub id: FrameworkId,
    /// Its version.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub version: Version,
}

impl std::fmt::Display for FrameworkReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.id, self.version)
    }
}

/// Structure of a framework (`framework.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FrameworkDocument {
    /// The framework.
    pub id: FrameworkId,
    /// Its version.
    pub version: Version,
    /// Who published it, where and when.
    pub source: String,
    /// Licence of the source.
    pub licence: String,
    /// The broad levels, lowest first; together they hold levels 1 to 8 in order.
    pub broad_levels: Vec<BroadLevelDocument>,
    /// The areas in order.
    pub areas: Vec<AreaDocument>,
}

/// A broad level: a named run of the eight levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BroadLevelDocument {
    /// The broad level.
    pub id: BroadLevelId,
    /// The levels that it holds.
    pub levels: Vec<Level>,
}

/// An area and its competences in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaDocument {
    /// The area.
    pub id: AreaId,
    /// Its competences.
    pub competences: Vec<CompetenceId>,
}

/// Identifiers of the official learning outcomes (`outcomes.json`); their wording stays with its publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomesDocument {
    /// Outcomes by competence.
    pub outcomes: Table<CompetenceId, Vec<Outcome>>,
    /// Competence statements by competence.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub statements: Table<CompetenceId, Vec<Statement>>,
}

/// A competence statement: what a competence means at a broad level, in one sentence of its publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The statement.
    pub id: StatementId,
    /// The broad level it belongs to.
    pub level: BroadLevelId,
    /// What it has to do with artificial intelligence, where the publisher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ai: Option<AiRelevance>,
}

/// What a statement or an outcome has to do with artificial intelligence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AiRelevance {
    /// It speaks of it.
    Explicit,
    /// It concerns it too.
    Implicit,
    /// Nothing.
    None,
}

/// A learning outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The outcome.
    pub id: OutcomeId,
    /// What it is about.
    pub kind: OutcomeKind,
    /// The broad level it belongs to.
    pub level: BroadLevelId,
    /// What it has to do with artificial intelligence, where the publisher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ai: Option<AiRelevance>,
}

/// What a learning outcome is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// To know.
    Knowledge,
    /// To be able to.
    Skill,
    /// To be disposed to.
    Attitude,
}

/// Wording of a framework in one language (`text/<language>.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FrameworkText {
    /// The language.
    pub language: Language,
    /// Whose words these are.
    pub provenance: TextProvenance,
    /// Short name of the framework and version, for a heading.
    pub name: String,
    /// Names of the broad levels.
    pub broad_levels: Table<BroadLevelId, BroadLevelText>,
    /// Areas.
    pub areas: Table<AreaId, AreaText>,
    /// Competences.
    pub competences: Table<CompetenceId, CompetenceText>,
}

/// Whose words a text holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextProvenance {
    /// The names of areas, competences and levels.
    pub names: Origin,
    /// Descriptions and level descriptors.
    pub descriptions: Origin,
    /// In words, for readers.
    pub note: String,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The publisher of the framework.
    Official,
    /// This project; not endorsed by the publisher.
    Ours,
}

/// Name of a broad level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BroadLevelText {
    /// The name.
    pub name: String,
    /// What a person at this level can do, in one sentence; left out of what a browser downloads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Wording of an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaText {
    /// The name.
    pub name: String,
    /// What it is about; left out of what a browser downloads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// The name of the file with the wording of a framework that comes with results, for example
/// `digcomp-3.0.fr.descriptors.json`.
#[must_use]
pub fn descriptors_file_name(framework: &FrameworkReference, language: &Language) -> String {
    let Version { major, minor, .. } = framework.version;
    format!("{}-{major}.{minor}.{language}.descriptors.json", framework.id)
}

/// Wording of a competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompetenceText {
    /// The name.
    pub name: String,
    /// What it is about, in one paragraph; left out of what a browser downloads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// "I can …", for each broad level.
    pub descriptors: Table<BroadLevelId, String>,
}

impl FrameworkText {
    /// The same without descriptions: the form that a browser downloads.
    #[must_use]
    pub fn for_results(&self) -> Self {
        let mut lean = self.clone();
        lean.broad_levels =
            self.broad_levels.iter().map(|(id, text)| (id.clone(), text.without_description())).collect();
        lean.areas = self.areas.iter().map(|(id, text)| (id.clone(), text.without_description())).collect();
        lean.competences = self.competences.iter().map(|(id, text)| (id.clone(), text.without_description())).collect();
        lean
    }

    /// The same without descriptors: what can be read before there are results.
    #[must_use]
    pub fn without_descriptors(&self) -> Self {
        let bare = |(id, text): (&CompetenceId, &CompetenceText)| {
            (id.clone(), CompetenceText { descriptors: Table::new(), ..text.clone() })
        };
        Self { competences: self.competences.iter().map(bare).collect(), ..self.clone() }
    }

    /// Whether no competence has any.
    #[must_use]
    pub fn is_without_descriptors(&self) -> bool {
        self.competences.values().all(|text| text.descriptors.is_empty())
    }

    pub(super) fn with_descriptors_of(self, other: &Self) -> Self {
        let whole = |(id, text): (CompetenceId, CompetenceText)| {
            let descriptors = other.competences.get(&id).map(|other| other.descriptors.clone()).unwrap_or_default();
            (id, CompetenceText { descriptors, ..text })
        };
        Self { competences: self.competences.into_iter().map(whole).collect(), ..self }
    }

    /// The first description that is empty, as a path.
    #[must_use]
    pub fn first_missing_description(&self) -> Option<String> {
        let levels = self.broad_levels.iter().map(|(id, text)| (format!("broadLevels/{id}"), &text.description));
        let areas = self.areas.iter().map(|(id, text)| (format!("areas/{id}"), &text.description));
        let competences = self.competences.iter().map(|(id, text)| (format!("competences/{id}"), &text.description));
        let mut all = levels.chain(areas).chain(competences);
        all.find(|(_, text)| text.trim().is_empty()).map(|(path, _)| format!("{path}/description"))
    }

    /// The first name or descriptor that is empty, as a path.
    pub(super) fn first_blank(&self) -> Option<String> {
        let levels = self.broad_levels.iter().map(|(id, text)| (format!("broadLevels/{id}/name"), &text.name));
        let areas = self.areas.iter().map(|(id, text)| (format!("areas/{id}/name"), &text.name));
        let competences = self.competences.iter().flat_map(|(id, text)| {
            let descriptors = text.descriptors.iter();
            let descriptors =
                descriptors.map(move |(level, text)| (format!("competences/{id}/descriptors/{level}"), text));
            std::iter::once((format!("competences/{id}/name"), &text.name)).chain(descriptors)
        });
        let name = std::iter::once(("name".to_owned(), &self.name));
        let mut all = name.chain(levels).chain(areas).chain(competences);
        all.find(|(_, text)| text.trim().is_empty()).map(|(path, _)| path)
    }
}

impl BroadLevelText {
    fn without_description(&self) -> Self {
        Self { description: String::new(), ..self.clone() }
    }
}

impl AreaText {
    fn without_description(&self) -> Self {
        Self { description: String::new(), ..self.clone() }
    }
}

impl CompetenceText {
    fn without_description(&self) -> Self {
        Self { description: String::new(), ..self.clone() }
    }
}
