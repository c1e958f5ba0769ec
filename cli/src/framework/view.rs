//! A framework and its words in one piece, as it is shown and as programs get it.

use serde::Serialize;
use skills_passport::framework::{CompetenceDetails, Framework, FrameworkDetails, FrameworkText, TextProvenance};
use skills_passport::id::{AreaId, BroadLevelId, CompetenceId, FrameworkId, Language, OutcomeId};
use skills_passport::units::Level;

/// A framework in a list.
#[derive(Debug, Serialize)]
pub(super) struct ListEntry {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) source: String,
    pub(super) licence: String,
    pub(super) areas: usize,
    pub(super) competences: usize,
    /// Zero where they are not listed.
    pub(super) outcomes: usize,
    pub(super) languages: Vec<String>,
}

impl ListEntry {
    pub(super) fn new(framework: &Framework) -> Self {
        let document = framework.document();
        Self {
            id: document.id.to_string(),
            version: document.version.to_string(),
            source: document.source.clone(),
            licence: document.licence.clone(),
            areas: framework.areas().len(),
            competences: framework.competences().len(),
            outcomes: framework.outcomes().len(),
            languages: framework.languages().map(ToString::to_string).collect(),
        }
    }
}

/// A framework in one language.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameworkView<'a> {
    id: &'a FrameworkId,
    version: String,
    pub(super) name: &'a str,
    language: &'a Language,
    pub(super) source: &'a str,
    pub(super) licence: &'a str,
    provenance: &'a TextProvenance,
    pub(super) broad_levels: Vec<BroadLevelView<'a>>,
    pub(super) areas: Vec<AreaView<'a>>,
}

/// A broad level.
#[derive(Debug, Serialize)]
pub(super) struct BroadLevelView<'a> {
    id: &'a BroadLevelId,
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) levels: &'a [Level],
}

/// An area.
#[derive(Debug, Serialize)]
pub(super) struct AreaView<'a> {
    pub(super) id: &'a AreaId,
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) competences: Vec<CompetenceView<'a>>,
}

/// A competence.
#[derive(Debug, Serialize)]
pub(super) struct CompetenceView<'a> {
    pub(super) id: &'a CompetenceId,
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) descriptors: Vec<DescriptorView<'a>>,
    /// In plain words and at each of the eight levels, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) details: Option<&'a CompetenceDetails>,
    /// Identifiers of the official learning outcomes.
    outcomes: Vec<&'a OutcomeId>,
}

/// What a person can do at a broad level.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescriptorView<'a> {
    level: &'a BroadLevelId,
    pub(super) level_name: &'a str,
    pub(super) text: &'a str,
}

impl<'a> FrameworkView<'a> {
    /// The framework in the words of `text`, which is one of its own: every id has its words there.
    pub(super) fn new(
        framework: &'a Framework,
        text: &'a FrameworkText,
        details: Option<&'a FrameworkDetails>,
    ) -> Self {
        let document = framework.document();
        let broad_levels = document.broad_levels.iter().filter_map(|level| {
            let words = text.broad_levels.get(&level.id)?;
            let (name, description) = (words.name.as_str(), words.description.as_str());
            Some(BroadLevelView { id: &level.id, name, description, levels: &level.levels })
        });
        let areas = document.areas.iter().filter_map(|area| {
            let words = text.areas.get(&area.id)?;
            let competences =
                area.competences.iter().filter_map(|id| competence(framework, text, details, id)).collect();
            Some(AreaView { id: &area.id, name: &words.name, description: &words.description, competences })
        });
        Self {
            id: &document.id,
            version: document.version.to_string(),
            name: &text.name,
            language: &text.language,
            source: &document.source,
            licence: &document.licence,
            provenance: &text.provenance,
            broad_levels: broad_levels.collect(),
            areas: areas.collect(),
        }
    }
}

fn competence<'a>(
    framework: &'a Framework,
    text: &'a FrameworkText,
    details: Option<&'a FrameworkDetails>,
    id: &'a CompetenceId,
) -> Option<CompetenceView<'a>> {
    let words = text.competences.get(id)?;
    let descriptors = framework.document().broad_levels.iter().filter_map(|level| {
        let level_name = text.broad_levels.get(&level.id)?.name.as_str();
        Some(DescriptorView { level: &level.id, level_name, text: words.descriptors.get(&level.id)? })
    });
    let outcomes = framework.outcomes().iter().filter(|(_, (competence, _))| competence == id);
    Some(CompetenceView {
        id,
        name: &words.name,
        description: &words.description,
        descriptors: descriptors.collect(),
        details: details.and_then(|details| details.competences.get(id)),
        outcomes: outcomes.map(|(outcome, _)| outcome).collect(),
    })
}
