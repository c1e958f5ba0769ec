//! What a framework's areas and competences are called in a list of concepts, in one file.
//!
//! A [`Scheme`] is written for one version of a framework and needs that framework and a crosswalk to be read. This is the
//! same for a program that has neither: by the framework's own ids, with addresses only where the scheme says that a
//! concept is what the competence is about.

use serde::{Deserialize, Serialize};

use super::{FrameworkReference, Scheme, Standing, Strength};
use crate::id::{AreaId, CompetenceId, Language, SchemeId};
use crate::json::{self, JsonError};

/// Largest file of alignments read, bytes.
pub const MAX_ALIGNMENTS_BYTES: usize = 256 << 10;

/// Alignments as JSON (`data/<framework>.<scheme>.json` beside the widget).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alignments {
    /// The framework.
    pub framework: FrameworkReference,
    /// The scheme.
    pub scheme: SchemeId,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language of its labels.
    pub language: Language,
    /// Who says that the one answers to the other.
    pub provenance: Standing,
    /// Where addresses and labels come from.
    pub source: String,
    /// Their licence.
    pub licence: String,
    /// The concepts, in the order of the scheme.
    pub concepts: Vec<Alignment>,
}

/// A concept for an area or a competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alignment {
    /// The area; none for a competence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    /// The competence; none for an area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competence: Option<CompetenceId>,
    /// What it is called there.
    pub label: String,
    /// Its address.
    pub uri: String,
}

impl Alignments {
    /// What a scheme says of the areas and competences of the framework that it was made ready for.
    #[must_use]
    pub fn of(scheme: &Scheme, framework: FrameworkReference) -> Self {
        let document = scheme.document();
        let mut concepts = Vec::new();
        for mapping in document.mappings.iter().filter(|mapping| mapping.strength == Strength::Primary) {
            let code = document.codes.iter().find(|code| code.code == mapping.code);
            let Some((label, uri)) = code.and_then(|code| Some((code.label.clone(), code.uri.clone()?))) else {
                continue;
            };
            let area = mapping.area.as_ref().and_then(|area| scheme.own_area(area)).cloned();
            let competence = mapping.competence.as_ref().and_then(|there| scheme.own_competence(there)).cloned();
            if area.is_some() || competence.is_some() {
                concepts.push(Alignment { area, competence, label, uri });
            }
        }
        Self {
            framework,
            scheme: document.id.clone(),
            name: document.name.clone(),
            version: document.version.clone(),
            language: document.language.clone(),
            provenance: document.provenance,
            source: document.source.clone(),
            licence: document.licence.clone(),
            concepts,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// If it is too large or damaged, or an address is not absolute.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        let read: Self = json::read(text, MAX_ALIGNMENTS_BYTES)?;
        match read.concepts.iter().position(|concept| !is_absolute(&concept.uri)) {
            None => Ok(read),
            Some(position) => {
                let message = "expected an address that begins with `http://` or `https://`".to_owned();
                Err(JsonError::Shape { message, path: format!("/concepts/{position}/uri") })
            }
        }
    }

    /// The concepts of an area.
    pub fn of_area<'a>(&'a self, area: &'a AreaId) -> impl Iterator<Item = &'a Alignment> {
        self.concepts.iter().filter(move |concept| concept.area.as_ref() == Some(area))
    }

    /// The concepts of a competence.
    pub fn of_competence<'a>(&'a self, competence: &'a CompetenceId) -> impl Iterator<Item = &'a Alignment> {
        self.concepts.iter().filter(move |concept| concept.competence.as_ref() == Some(competence))
    }
}

fn is_absolute(uri: &str) -> bool {
    uri.starts_with("http://") || uri.starts_with("https://")
}
