//! Import of the official DigComp data supplement (JSON-LD; JRC144121, November 2025).
//!
//! Owns the reading of that file into our own documents. The file has defects, which are handled and reported, one by one:
//! outcomes point to nodes that do not exist (`ProficiencyLevel/Basic`; the nodes are `Basic_1`, `Basic_2`), identifiers hold
//! spaces, texts end in spaces. Nothing is dropped silently: what has no place is named. For authors at a terminal; no
//! browser needs it.

mod nodes;
mod report;

pub use report::{Counts, Defect, LevelCount, Report};

use semver::Version;
use thiserror::Error;

use super::{
    AreaDocument, AreaText, BroadLevelDocument, BroadLevelText, CompetenceText, FrameworkDetails, FrameworkDocument,
    FrameworkText, LevelDetails, Origin, Outcome, OutcomesDocument, Statement, TextProvenance,
};
use crate::id::{AreaId, BroadLevelId, CompetenceId, FrameworkId, IdError, Language};
use crate::json::JsonError;
use crate::table::Table;
use nodes::{Graph, LevelNode};

/// Largest supplement read, bytes.
pub const MAX_SUPPLEMENT_BYTES: usize = 8 << 20;

/// Who published it, where and when.
const SOURCE: &str = "DigComp: European Digital Competence Framework, data supplement, European Commission, Joint Research \
                      Centre, JRC144121";
const LICENCE: &str = "CC BY 4.0";
const NOTE: &str = "Imported from the official data supplement. Level descriptors are the competence statements of the level, \
                    one after the other.";

/// A supplement as our documents, and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Areas, competences, broad levels (`framework.json`).
    pub framework: FrameworkDocument,
    /// Outcomes and statements (`outcomes.json`).
    pub outcomes: OutcomesDocument,
    /// Names, descriptions and descriptors in English (`text/en.json`).
    pub text: FrameworkText,
    /// Sentences in English (`details/en.json`).
    pub details: FrameworkDetails,
    /// What was counted, and what was wrong.
    pub report: Report,
}

/// A file that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Not JSON, or too large.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// JSON, but no graph of nodes.
    #[error("there is no list `@graph`; this is not the data supplement in JSON-LD")]
    NoGraph,
    /// A node without a member that it needs.
    #[error("`{member}` is missing or no text (at `{path}`)")]
    Member {
        /// The member.
        member: &'static str,
        /// JSON pointer of the node.
        path: String,
    },
    /// A member that says something that is not known here.
    #[error("`{member}` has a value that is not known here (at `{path}`)")]
    Value {
        /// The member.
        member: &'static str,
        /// JSON pointer of the node.
        path: String,
    },
    /// A level that is none of the eight, or a gap among them.
    #[error("the proficiency levels must be 1 to 8, each once; {found} are there")]
    Levels {
        /// How many were understood.
        found: usize,
    },
    /// Nothing to import.
    #[error("there is no {0} in the file")]
    Nothing(&'static str),
    /// An identifier that is none of ours.
    #[error("{error} (at `{path}`)")]
    Id {
        /// What is wrong with it.
        error: IdError,
        /// JSON pointer of the node.
        path: String,
    },
}

impl ImportError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::NoGraph => "not-json-ld",
            Self::Member { .. } | Self::Value { .. } | Self::Levels { .. } | Self::Nothing(_) | Self::Id { .. } => {
                "wrong-shape"
            }
        }
    }

    /// JSON pointer of the fault; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Json(error) => error.path(),
            Self::Member { path, .. } | Self::Value { path, .. } | Self::Id { path, .. } => path,
            _ => "",
        }
    }
}

/// Reads a supplement as the framework `id` in `version`; the file says neither.
///
/// # Errors
/// If it is no supplement, or a node is damaged.
pub fn import(text: &str, id: FrameworkId, version: Version, language: Language) -> Result<Import, ImportError> {
    let graph = Graph::read(text)?;
    let broad_levels = broad_levels(&graph)?;
    let mut framework = FrameworkDocument {
        id,
        version,
        source: SOURCE.to_owned(),
        licence: LICENCE.to_owned(),
        broad_levels: broad_levels.iter().map(|(document, _)| document.clone()).collect(),
        areas: graph.areas.iter().map(|area| AreaDocument { id: area.id.clone(), competences: Vec::new() }).collect(),
    };
    let mut report = graph.report;
    let mut competences: Table<CompetenceId, CompetenceText> = Table::new();
    let mut area_of: Table<CompetenceId, AreaId> = Table::new();
    for node in graph.competences {
        let Some(area) = framework.areas.iter_mut().find(|area| area.id == node.area) else {
            report.unresolved(node.name, "competence_area_id", node.area.as_str());
            continue;
        };
        area.competences.push(node.id.clone());
        area_of.insert(node.id.clone(), node.area);
        let text = CompetenceText { name: node.title, description: node.description, descriptors: Table::new() };
        competences.insert(node.id, text);
    }
    let mut outcomes = OutcomesDocument { outcomes: Table::new(), statements: Table::new() };
    let mut details = FrameworkDetails {
        competences: Table::new(),
        language: language.clone(),
        provenance: Origin::Official,
        levels: graph.levels.iter().map(|level| (level.number.to_string(), level_details(level))).collect(),
        statements: Table::new(),
        outcomes: Table::new(),
        glossary: graph.glossary,
    };
    for node in graph.sentences {
        let Some(area) = area_of.get(&node.competence) else {
            report.unresolved(node.name, "competence_id", node.competence.as_str());
            continue;
        };
        if *area != node.area {
            report.add(Defect::OtherArea {
                node: node.name.clone(),
                area: node.area.to_string(),
                instead: area.to_string(),
            });
        }
        // The file points to a broad level, where it has only the levels of the eight.
        let Some(level) = broad_levels.iter().map(|(document, _)| &document.id).find(|id| node.is_at(id)) else {
            report.unresolved(node.name, "four_levels_proficiency_name", &node.level);
            continue;
        };
        report.resolved(&node.level, level);
        match node.kind {
            Some(kind) => {
                report.same_words(&node.name, &node.description);
                let outcome = Outcome { id: node.outcome_id()?, kind, level: level.clone(), ai: node.ai };
                details.outcomes.insert(outcome.id.clone(), node.description);
                push(&mut outcomes.outcomes, &node.competence, outcome);
            }
            None => {
                let statement = Statement { id: node.statement_id()?, level: level.clone(), ai: node.ai };
                if let Some(mut competence) = competences.remove(&node.competence) {
                    add_sentence(&mut competence.descriptors, level, &node.description);
                    competences.insert(node.competence.clone(), competence);
                }
                details.statements.insert(statement.id.clone(), node.description);
                push(&mut outcomes.statements, &node.competence, statement);
            }
        }
    }
    let text = FrameworkText {
        name: format!("{} {}.{}", graph_title(&framework), framework.version.major, framework.version.minor),
        language,
        provenance: TextProvenance { names: Origin::Official, descriptions: Origin::Official, note: NOTE.to_owned() },
        broad_levels: broad_levels.into_iter().map(|(document, text)| (document.id, text)).collect(),
        areas: graph
            .areas
            .into_iter()
            .map(|area| (area.id, AreaText { name: area.title, description: area.description }))
            .collect(),
        competences,
    };
    report.count(&framework, &outcomes, &details);
    report.describe_gaps(&framework, &outcomes, &text);
    Ok(Import { framework, outcomes, text, details, report })
}

/// The framework's name for a heading: its id, the first letter large.
fn graph_title(framework: &FrameworkDocument) -> String {
    let id = framework.id.as_str();
    // The one name that this importer was written for is spelt by its publisher.
    if id == "digcomp" {
        return "DigComp".to_owned();
    }
    let mut letters = id.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn push<T>(lists: &mut Table<CompetenceId, Vec<T>>, competence: &CompetenceId, entry: T) {
    let mut list = lists.remove(competence).unwrap_or_default();
    list.push(entry);
    lists.insert(competence.clone(), list);
}

fn add_sentence(descriptors: &mut Table<BroadLevelId, String>, level: &BroadLevelId, sentence: &str) {
    let before = descriptors.remove(level).map(|text| text + " ").unwrap_or_default();
    descriptors.insert(level.clone(), before + sentence);
}

fn level_details(level: &LevelNode) -> LevelDetails {
    LevelDetails {
        description: level.description.clone(),
        purpose: level.purpose.clone(),
        six_level_name: level.six_level_name.clone(),
    }
}

/// The broad levels in order, with the levels of the eight that they hold.
fn broad_levels(graph: &Graph) -> Result<Vec<(BroadLevelDocument, BroadLevelText)>, ImportError> {
    let mut broad: Vec<(BroadLevelDocument, BroadLevelText)> = Vec::new();
    let mut numbers = Vec::new();
    for level in &graph.levels {
        numbers.push(level.number);
        match broad.iter_mut().find(|(document, _)| document.id == level.broad) {
            Some((document, _)) => document.levels.push(level.number),
            None => broad.push((
                BroadLevelDocument { id: level.broad.clone(), levels: vec![level.number] },
                BroadLevelText { name: level.broad_name.clone(), description: level.broad_description.clone() },
            )),
        }
    }
    if !numbers.iter().copied().eq(crate::units::Level::all()) {
        return Err(ImportError::Levels { found: numbers.len() });
    }
    Ok(broad)
}
