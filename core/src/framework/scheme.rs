//! External schemes: what competences, areas and levels of a framework are called elsewhere (ESCO, Pix, a catalogue of
//! services, a scale of six levels).
//!
//! For training bodies at a desk, and for a mediator who notes a session in another tool.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Crosswalk, Framework, FrameworkReference};
use crate::id::{AreaId, CompetenceId, Language, SchemeId};
use crate::table::Table;
use crate::units::Level;

/// A scheme and the way to it as JSON (`crosswalks/schemes/<scheme>.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SchemeDocument {
    /// The scheme.
    pub id: SchemeId,
    /// Its name.
    pub name: String,
    /// Its version, or the day it was looked at.
    pub version: String,
    /// The language of its labels.
    pub language: Language,
    /// The framework whose competences are mapped.
    pub from: FrameworkReference,
    /// Who says that the one answers to the other.
    pub provenance: Standing,
    /// What that rests on, in words.
    pub note: String,
    /// Where the codes and labels come from.
    pub source: String,
    /// Licence of the codes and labels.
    pub licence: String,
    /// Its codes, in order; those of a scale of levels lowest first.
    pub codes: Vec<SchemeCode>,
    /// Which code a competence or area answers to; none for a scale of levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<SchemeMapping>,
    /// What has no counterpart, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<SchemeGap>,
}

/// Who stands for a crosswalk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The publisher of one of its sides.
    Official,
    /// This project; nobody else has looked at it.
    OursNotValidated,
}

/// A concept or level of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeCode {
    /// What programs know it by.
    pub code: String,
    /// What people know it by.
    pub label: String,
    /// Its address, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// For a scale of levels: the levels of the eight that it stands for, lowest and highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<(Level, Level)>,
}

/// A competence or area, and the code that answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeMapping {
    /// The competence; none for an area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competence: Option<CompetenceId>,
    /// The area; none for a competence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    /// The code.
    pub code: String,
    /// How far it answers to it.
    pub strength: Strength,
}

/// How far a code answers to a competence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// It is what the code is about.
    Primary,
    /// The code touches on it.
    Secondary,
}

/// A competence or a code without counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeGap {
    /// The competence; none where it is a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competence: Option<CompetenceId>,
    /// The code; none where it is a competence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why.
    pub why: String,
}

/// A scheme that fits its framework, and the way there from the framework of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    document: SchemeDocument,
    /// The competences and areas of the profile's framework, by those of the scheme's.
    competences: Table<CompetenceId, CompetenceId>,
    areas: Table<AreaId, AreaId>,
}

/// What is wrong with a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SchemeFault {
    /// It maps another framework.
    #[error("it maps {wanted}, not {found}")]
    WrongFramework {
        /// What it maps.
        wanted: FrameworkReference,
        /// What it was given.
        found: FrameworkReference,
    },
    /// No code, or the same twice.
    #[error("every code is needed once; `{0}` is empty or there twice")]
    Code(String),
    /// Something that the framework or the scheme does not have.
    #[error("there is no `{0}`")]
    Unknown(String),
    /// A mapping of nothing, or of two things at once.
    #[error("mapping {0} needs a competence or an area, and not both")]
    Mapping(usize),
    /// The same mapping twice.
    #[error("`{0}` is mapped twice")]
    Twice(String),
    /// Levels that overlap, fall or stand beside mappings.
    #[error("`{0}`: the levels of a scale rise from code to code, and a scale has no mappings")]
    Levels(String),
    /// A competence that is neither mapped nor said to have no counterpart.
    #[error("competence `{0}` is neither mapped nor among the gaps")]
    Silent(CompetenceId),
}

impl Scheme {
    /// Checks a scheme against the framework that it maps. `profile` is the framework of the profiles to translate, and
    /// `way` leads from it to the scheme's; none where they are the same.
    ///
    /// # Errors
    /// The first fault found.
    pub fn new(
        document: SchemeDocument,
        home: &Framework,
        profile: &Framework,
        way: Option<&Crosswalk>,
    ) -> Result<Self, SchemeFault> {
        check(&document, home)?;
        let mut competences = Table::new();
        let mut areas = Table::new();
        for own in profile.competences() {
            let Some(there) = way.map_or(Some(own), |way| way.translate(own)) else { continue };
            competences.insert(there.clone(), own.clone());
            if let (Some(area), Some(own_area)) = (home.area_of(there), profile.area_of(own)) {
                areas.insert(area.clone(), own_area.clone());
            }
        }
        Ok(Self { document, competences, areas })
    }

    /// The document it was made from.
    #[must_use]
    pub fn document(&self) -> &SchemeDocument {
        &self.document
    }

    /// The same scheme as a document that maps the framework of the profiles, for a program that has no other framework. A
    /// competence without a way is neither mapped nor named.
    #[must_use]
    pub fn own_document(&self, profile: &Framework) -> SchemeDocument {
        let mut document = self.document.clone();
        document.from = profile.reference();
        document.mappings.retain_mut(|mapping| {
            if let Some(competence) = &mut mapping.competence {
                return self.competences.get(competence).cloned().map(|own| *competence = own).is_some();
            }
            match &mut mapping.area {
                Some(area) => self.areas.get(area).cloned().map(|own| *area = own).is_some(),
                None => false,
            }
        });
        document.gaps.retain_mut(|gap| match &mut gap.competence {
            Some(competence) => self.competences.get(competence).cloned().map(|own| *competence = own).is_some(),
            None => true,
        });
        document
    }

    /// Whether it is a scale of levels rather than a list of concepts.
    #[must_use]
    pub fn is_scale(&self) -> bool {
        self.document.mappings.is_empty()
    }

    /// A competence of the profile's framework by that of the scheme's.
    pub(crate) fn own_competence(&self, there: &CompetenceId) -> Option<&CompetenceId> {
        self.competences.get(there)
    }

    /// A competence of the scheme's framework by that of the profile's.
    pub(crate) fn competence_there(&self, own: &CompetenceId) -> Option<&CompetenceId> {
        self.competences.iter().find(|(_, candidate)| *candidate == own).map(|(there, _)| there)
    }

    /// An area of the profile's framework by that of the scheme's.
    pub(crate) fn own_area(&self, there: &AreaId) -> Option<&AreaId> {
        self.areas.get(there)
    }

    /// The code of a scale that stands for a level.
    pub(crate) fn code_of(&self, level: Level) -> Option<&SchemeCode> {
        let holds =
            |code: &&SchemeCode| code.levels.is_some_and(|(lowest, highest)| (lowest..=highest).contains(&level));
        self.document.codes.iter().find(holds)
    }
}

/// The name of the file with a scheme that maps this framework, for example `coop-themes.digcomp-3.0.json`.
#[must_use]
pub fn scheme_file_name(scheme: &str, framework: &FrameworkReference) -> String {
    let version = &framework.version;
    format!("{scheme}.{}-{}.{}.json", framework.id, version.major, version.minor)
}

fn check(document: &SchemeDocument, home: &Framework) -> Result<(), SchemeFault> {
    if document.from != home.reference() {
        return Err(SchemeFault::WrongFramework { wanted: document.from.clone(), found: home.reference() });
    }
    for (position, code) in document.codes.iter().enumerate() {
        let repeated = document.codes.iter().take(position).any(|earlier| earlier.code == code.code);
        if repeated || code.code.trim().is_empty() || code.label.trim().is_empty() {
            return Err(SchemeFault::Code(code.code.clone()));
        }
    }
    let known_code = |code: &String| document.codes.iter().any(|known| known.code == *code);
    let known_area = |area: &AreaId| home.areas().iter().any(|known| known.id == *area);
    for (position, mapping) in document.mappings.iter().enumerate() {
        let known = match (&mapping.competence, &mapping.area) {
            (Some(id), None) => home.position(id).ok_or_else(|| SchemeFault::Unknown(id.to_string())).map(|_| ()),
            (None, Some(id)) if !known_area(id) => Err(SchemeFault::Unknown(id.to_string())),
            (None, Some(_)) => Ok(()),
            _ => Err(SchemeFault::Mapping(position)),
        };
        known?;
        if !known_code(&mapping.code) {
            return Err(SchemeFault::Unknown(mapping.code.clone()));
        }
        let same = |earlier: &SchemeMapping| {
            (&earlier.competence, &earlier.area, &earlier.code) == (&mapping.competence, &mapping.area, &mapping.code)
        };
        if document.mappings.iter().take(position).any(same) {
            return Err(SchemeFault::Twice(mapping.code.clone()));
        }
    }
    for gap in &document.gaps {
        let unknown = gap.competence.as_ref().filter(|id| home.position(id).is_none()).map(ToString::to_string);
        let unknown = unknown.or_else(|| gap.code.clone().filter(|code| !known_code(code)));
        if let Some(unknown) = unknown {
            return Err(SchemeFault::Unknown(unknown));
        }
    }
    if document.mappings.is_empty() { check_scale(document) } else { check_concepts(document, home) }
}

/// Every code has its levels, and they rise.
fn check_scale(document: &SchemeDocument) -> Result<(), SchemeFault> {
    let mut reached = 0;
    for code in &document.codes {
        match code.levels {
            Some((lowest, highest)) if lowest.number() > reached && lowest <= highest => reached = highest.number(),
            _ => return Err(SchemeFault::Levels(code.code.clone())),
        }
    }
    match document.codes.first() {
        Some(_) => Ok(()),
        None => Err(SchemeFault::Code(String::new())),
    }
}

/// No code has levels, and no competence is forgotten.
fn check_concepts(document: &SchemeDocument, home: &Framework) -> Result<(), SchemeFault> {
    if let Some(code) = document.codes.iter().find(|code| code.levels.is_some()) {
        return Err(SchemeFault::Levels(code.code.clone()));
    }
    let spoken_of = |id: &&CompetenceId| {
        document.mappings.iter().any(|mapping| mapping.competence.as_ref() == Some(id))
            || document.gaps.iter().any(|gap| gap.competence.as_ref() == Some(id))
    };
    match home.competences().iter().find(|id| !spoken_of(id)) {
        Some(silent) => Err(SchemeFault::Silent(silent.clone())),
        None => Ok(()),
    }
}
