//! Competence frameworks: areas, competences, proficiency levels, learning outcomes and their wording.
//!
//! Owns the shape of a framework, its validation and the crosswalks between frameworks. Knows no framework by name:
//! DigComp is data, but for the importer of its official supplement.

mod align;
mod crosswalk;
mod details;
mod document;
mod error;
pub mod import;
mod scheme;

pub use align::{Alignment, Alignments, MAX_ALIGNMENTS_BYTES};
pub use crosswalk::{Crosswalk, CrosswalkDocument, CrosswalkMapping};
pub use details::{CompetenceDetails, FrameworkDetails, LevelDetails};
pub use document::{
    AiRelevance, AreaDocument, AreaText, BroadLevelDocument, BroadLevelText, CompetenceText, FrameworkDocument,
    FrameworkReference, FrameworkText, Origin, Outcome, OutcomeKind, OutcomesDocument, Statement, TextProvenance,
    descriptors_file_name,
};
pub use error::{FrameworkError, FrameworkFault, FrameworkPlace};

pub use scheme::{
    Scheme, SchemeCode, SchemeDocument, SchemeFault, SchemeGap, SchemeMapping, Standing, Strength, scheme_file_name,
};

use crate::id::{AreaId, BroadLevelId, CompetenceId, FrameworkId, Language, OutcomeId};
use crate::table::Table;
use crate::units::Level;

/// Most competences that a framework may have.
pub const MAX_COMPETENCES: usize = 200;

/// A framework that was checked: every reference resolves and every text is there in every language it was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    document: FrameworkDocument,
    outcomes: Table<OutcomeId, (CompetenceId, Outcome)>,
    texts: Table<Language, FrameworkText>,
    competences: Vec<CompetenceId>,
    area_of: Table<CompetenceId, AreaId>,
}

impl Framework {
    /// Checks a framework and its texts.
    ///
    /// `outcomes` may be left out where nothing needs them (a browser does not); then references to learning
    /// outcomes are not checked.
    ///
    /// # Errors
    /// The first fault found, with its place.
    pub fn new(
        document: FrameworkDocument,
        outcomes: Option<OutcomesDocument>,
        texts: Vec<FrameworkText>,
    ) -> Result<Self, FrameworkError> {
        let area_of = check_structure(&document)?;
        let competences: Vec<_> = document.areas.iter().flat_map(|area| area.competences.iter().cloned()).collect();
        let mut framework = Self { document, outcomes: Table::new(), texts: Table::new(), competences, area_of };
        if let Some(outcomes) = outcomes {
            framework.add_outcomes(outcomes)?;
        }
        for text in texts {
            framework.add_text(text)?;
        }
        Ok(framework)
    }

    fn add_outcomes(&mut self, document: OutcomesDocument) -> Result<(), FrameworkError> {
        for (competence, outcomes) in document.outcomes {
            let fault =
                |outcome: &OutcomeId, fault| FrameworkError { place: FrameworkPlace::Outcome(outcome.clone()), fault };
            for outcome in outcomes {
                if !self.area_of.contains_key(&competence) {
                    return Err(fault(&outcome.id, FrameworkFault::UnknownCompetence(competence)));
                }
                if self.broad_level(&outcome.level).is_none() {
                    return Err(fault(&outcome.id, FrameworkFault::UnknownBroadLevel(outcome.level)));
                }
                let id = outcome.id.clone();
                if self.outcomes.insert(id.clone(), (competence.clone(), outcome)).is_some() {
                    return Err(fault(&id, FrameworkFault::Duplicate(id.to_string())));
                }
            }
        }
        Ok(())
    }

    /// Adds names in a further language, or what somebody can do at each level in a language that has only names so far.
    /// A language without descriptors borrows those of the first language that has them.
    ///
    /// # Errors
    /// If a name or a descriptor is missing or too many; the framework stays as it was.
    pub fn add_names(&mut self, names: FrameworkText) -> Result<(), FrameworkError> {
        self.check_text(&names, !names.is_without_descriptors())?;
        if self.texts.get(&names.language).is_some_and(|before| !before.is_without_descriptors()) {
            return Err(duplicate(&names.language));
        }
        self.texts.insert(names.language.clone(), names);
        let Some(source) = self.texts.values().find(|text| !text.is_without_descriptors()).cloned() else {
            return Ok(());
        };
        let whole = |(language, text): (Language, FrameworkText)| {
            (language, if text.is_without_descriptors() { text.with_descriptors_of(&source) } else { text })
        };
        self.texts = std::mem::take(&mut self.texts).into_iter().map(whole).collect();
        Ok(())
    }

    fn add_text(&mut self, text: FrameworkText) -> Result<(), FrameworkError> {
        self.check_text(&text, true)?;
        let language = text.language.clone();
        if self.texts.insert(language.clone(), text).is_some() {
            return Err(duplicate(&language));
        }
        Ok(())
    }

    fn check_text(&self, text: &FrameworkText, with_descriptors: bool) -> Result<(), FrameworkError> {
        let fault = |member: String, fault| FrameworkError {
            place: FrameworkPlace::Text { language: text.language.clone(), member },
            fault,
        };
        let same = |member: &str, found: &[&str], wanted: &[&str]| {
            same_keys(found, wanted).map_err(|(id, missing)| fault(format!("{member}/{id}"), missing))
        };
        let levels: Vec<&str> = self.document.broad_levels.iter().map(|broad| broad.id.as_str()).collect();
        let areas: Vec<&str> = self.document.areas.iter().map(|area| area.id.as_str()).collect();
        let competences: Vec<&str> = self.competences.iter().map(CompetenceId::as_str).collect();
        same("areas", &text.areas.keys().map(AreaId::as_str).collect::<Vec<_>>(), &areas)?;
        same("competences", &text.competences.keys().map(CompetenceId::as_str).collect::<Vec<_>>(), &competences)?;
        same("broadLevels", &text.broad_levels.keys().map(BroadLevelId::as_str).collect::<Vec<_>>(), &levels)?;
        for (id, competence) in text.competences.iter().filter(|_| with_descriptors) {
            let found: Vec<&str> = competence.descriptors.keys().map(BroadLevelId::as_str).collect();
            same(&format!("competences/{id}/descriptors"), &found, &levels)?;
        }
        match text.first_blank() {
            Some(member) => Err(fault(member, FrameworkFault::Blank)),
            None => Ok(()),
        }
    }

    /// Id and version.
    #[must_use]
    pub fn reference(&self) -> FrameworkReference {
        FrameworkReference { id: self.document.id.clone(), version: self.document.version.clone() }
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &FrameworkId {
        &self.document.id
    }

    /// The document it was made from.
    #[must_use]
    pub fn document(&self) -> &FrameworkDocument {
        &self.document
    }

    /// The areas in order.
    #[must_use]
    pub fn areas(&self) -> &[AreaDocument] {
        &self.document.areas
    }

    /// The competences in order, area by area.
    #[must_use]
    pub fn competences(&self) -> &[CompetenceId] {
        &self.competences
    }

    /// Position of a competence in [`Framework::competences`].
    #[must_use]
    pub fn position(&self, competence: &CompetenceId) -> Option<usize> {
        self.competences.iter().position(|id| id == competence)
    }

    /// The area of a competence.
    #[must_use]
    pub fn area_of(&self, competence: &CompetenceId) -> Option<&AreaId> {
        self.area_of.get(competence)
    }

    /// The broad level that holds a level of the eight.
    #[must_use]
    pub fn broad_level_of(&self, level: Level) -> Option<&BroadLevelDocument> {
        self.document.broad_levels.iter().find(|broad| broad.levels.contains(&level))
    }

    fn broad_level(&self, id: &BroadLevelId) -> Option<&BroadLevelDocument> {
        self.document.broad_levels.iter().find(|broad| broad.id == *id)
    }

    /// The learning outcomes with their competences; empty where they were not given.
    #[must_use]
    pub fn outcomes(&self) -> &Table<OutcomeId, (CompetenceId, Outcome)> {
        &self.outcomes
    }

    /// The languages that it has texts in.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.texts.keys()
    }

    /// The wording in one language.
    #[must_use]
    pub fn text(&self, language: &Language) -> Option<&FrameworkText> {
        self.texts.get(language)
    }
}

fn check_structure(document: &FrameworkDocument) -> Result<Table<CompetenceId, AreaId>, FrameworkError> {
    let fault = |fault| FrameworkError { place: FrameworkPlace::Structure, fault };
    let mut areas: Vec<&AreaId> = Vec::new();
    let mut area_of = Table::new();
    for area in &document.areas {
        if areas.contains(&&area.id) {
            return Err(fault(FrameworkFault::Duplicate(area.id.to_string())));
        }
        areas.push(&area.id);
        for competence in &area.competences {
            if area_of.insert(competence.clone(), area.id.clone()).is_some() {
                return Err(fault(FrameworkFault::Duplicate(competence.to_string())));
            }
        }
    }
    if area_of.is_empty() || area_of.len() > MAX_COMPETENCES {
        return Err(fault(FrameworkFault::Size { competences: area_of.len() }));
    }
    let covered: Vec<Level> = document.broad_levels.iter().flat_map(|broad| broad.levels.iter().copied()).collect();
    if !covered.iter().copied().eq(Level::all()) {
        return Err(fault(FrameworkFault::Levels));
    }
    let repeated = |(position, broad): (usize, &BroadLevelDocument)| {
        document.broad_levels.iter().take(position).any(|earlier| earlier.id == broad.id)
    };
    if document.broad_levels.iter().enumerate().any(repeated) {
        return Err(fault(FrameworkFault::Levels));
    }
    Ok(area_of)
}

fn duplicate(language: &Language) -> FrameworkError {
    FrameworkError {
        place: FrameworkPlace::Text { language: language.clone(), member: String::new() },
        fault: FrameworkFault::Duplicate(language.to_string()),
    }
}

/// The first id without a text, or the first text without an id.
fn same_keys(found: &[&str], wanted: &[&str]) -> Result<(), (String, FrameworkFault)> {
    if let Some(missing) = wanted.iter().find(|id| !found.contains(id)) {
        return Err(((*missing).to_owned(), FrameworkFault::MissingText));
    }
    match found.iter().find(|id| !wanted.contains(id)) {
        Some(extra) => Err(((*extra).to_owned(), FrameworkFault::UnknownKey)),
        None => Ok(()),
    }
}
