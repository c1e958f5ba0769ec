//! A profile in the terms of an external scheme, and what could not be translated.
//!
//! For training bodies at a desk; no browser needs it.

use serde::Serialize;

use super::{Estimate, Evidence, Profile};
use crate::framework::{Scheme, SchemeCode, SchemeMapping, Standing, Strength};
use crate::id::{AreaId, CompetenceId, SchemeId};
use crate::units::Level;

/// A profile in the terms of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Translation {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Who stands for the crosswalk.
    pub provenance: Standing,
    /// What that rests on.
    pub note: String,
    /// For a list of concepts: each with the levels that the profile gives it.
    pub concepts: Vec<TranslatedConcept>,
    /// For a scale of levels: each competence and area on it.
    pub levels: Vec<TranslatedLevel>,
    /// What could not be translated.
    pub untranslated: Vec<Untranslated>,
}

/// A concept of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TranslatedConcept {
    /// Its code.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The lowest level that one of the competences may have.
    pub lowest_level: Level,
    /// The level in the middle of the competences' own.
    pub level: Level,
    /// The highest level that one of them may have.
    pub highest_level: Level,
    /// Whether it rests on answers about each of them.
    pub measured: bool,
    /// Whether the code is about them, or only touches on them.
    pub strength: Strength,
    /// The competences (or the area) that it follows from.
    pub from: Vec<String>,
    /// Competences that it should follow from too, but that have no usable result.
    pub without: Vec<String>,
}

/// A competence or an area on a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TranslatedLevel {
    /// The competence or area.
    pub of: Subject,
    /// The code of the lowest level that it may have.
    pub lowest: String,
    /// The code of its level.
    pub likeliest: String,
    /// Its label.
    pub label: String,
    /// The code of the highest level that it may have.
    pub highest: String,
}

/// Something that has no place on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untranslated {
    /// What.
    pub what: Subject,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
}

/// Something of either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A competence of the profile.
    Competence(CompetenceId),
    /// An area of the profile.
    Area(AreaId),
    /// A code of the scheme.
    Code {
        /// The code.
        code: String,
        /// Its label.
        label: String,
    },
}

/// Why something could not be translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// There is too little evidence for the competence: its interval is too wide to say anything.
    NotEnoughEvidence,
    /// The scheme has nothing like the competence.
    NoCounterpart {
        /// Why.
        why: String,
    },
    /// No crosswalk leads from the competence to the scheme's framework.
    NoWay,
    /// The scale has no level for it.
    OffTheScale {
        /// The level.
        level: Level,
    },
    /// The code has no competence.
    NoCompetence {
        /// Why.
        why: String,
    },
    /// No competence that the code answers to has a usable result.
    NoResult,
}

impl Profile {
    /// The profile in the terms of a scheme. A concept gets the range from the lowest to the highest level of the
    /// competences that it is about, and the mean of their medians: the profile does not say how they go together, so that a
    /// narrower range would claim too much. Nothing is said on too little evidence.
    #[must_use]
    pub fn translated(&self, scheme: &Scheme) -> Translation {
        let document = scheme.document();
        let mut translation = Translation {
            scheme: document.id.clone(),
            name: document.name.clone(),
            version: document.version.clone(),
            provenance: document.provenance,
            note: document.note.clone(),
            concepts: Vec::new(),
            levels: Vec::new(),
            untranslated: Vec::new(),
        };
        if scheme.is_scale() {
            self.on_scale(scheme, &mut translation);
        } else {
            self.in_concepts(scheme, &mut translation);
        }
        translation
    }

    fn on_scale(&self, scheme: &Scheme, translation: &mut Translation) {
        let competences = self.competences.iter();
        let competences = competences.map(|result| (Subject::Competence(result.competence.clone()), &result.estimate));
        let areas = self.areas.iter().map(|result| (Subject::Area(result.area.clone()), &result.estimate));
        for (of, estimate) in competences.chain(areas) {
            if estimate.evidence == Evidence::NotEnough {
                translation.untranslated.push(Untranslated { what: of, reason: Reason::NotEnoughEvidence });
                continue;
            }
            // Where only an end is off the scale, the last code on it stands for what lies beyond.
            let Some(likeliest) = scheme.code_of(estimate.level) else {
                let reason = Reason::OffTheScale { level: estimate.level };
                translation.untranslated.push(Untranslated { what: of, reason });
                continue;
            };
            let code = |level| scheme.code_of(level).unwrap_or(likeliest).code.clone();
            translation.levels.push(TranslatedLevel {
                of,
                lowest: code(estimate.lowest_level),
                likeliest: likeliest.code.clone(),
                label: likeliest.label.clone(),
                highest: code(estimate.highest_level),
            });
        }
    }

    fn in_concepts(&self, scheme: &Scheme, translation: &mut Translation) {
        let document = scheme.document();
        for result in &self.competences {
            let own = &result.competence;
            let reason = match scheme.competence_there(own) {
                None => Some(Reason::NoWay),
                Some(there) => {
                    let gap = document.gaps.iter().find(|gap| gap.competence.as_ref() == Some(there));
                    let gap = gap.map(|gap| Reason::NoCounterpart { why: gap.why.clone() });
                    gap.or((result.estimate.evidence == Evidence::NotEnough).then_some(Reason::NotEnoughEvidence))
                }
            };
            if let Some(reason) = reason {
                translation.untranslated.push(Untranslated { what: Subject::Competence(own.clone()), reason });
            }
        }
        for code in &document.codes {
            let gap = document.gaps.iter().find(|gap| gap.code.as_ref() == Some(&code.code));
            let reason = match (self.concept(scheme, code), gap) {
                (Some(concept), _) => {
                    translation.concepts.push(concept);
                    continue;
                }
                (None, Some(gap)) => Reason::NoCompetence { why: gap.why.clone() },
                (None, None) => Reason::NoResult,
            };
            let what = Subject::Code { code: code.code.clone(), label: code.label.clone() };
            translation.untranslated.push(Untranslated { what, reason });
        }
    }

    /// A code with the levels of what it is about, or else of what it touches on; none where nothing of it is known.
    fn concept(&self, scheme: &Scheme, code: &SchemeCode) -> Option<TranslatedConcept> {
        [Strength::Primary, Strength::Secondary].into_iter().find_map(|strength| {
            let of_code = |mapping: &&SchemeMapping| mapping.code == code.code && mapping.strength == strength;
            let (mut usable, mut from, mut without) = (Vec::new(), Vec::new(), Vec::new());
            for mapping in scheme.document().mappings.iter().filter(of_code) {
                let (name, estimate) = self.result_of(scheme, mapping);
                match estimate.filter(|estimate| estimate.evidence != Evidence::NotEnough) {
                    Some(estimate) => {
                        usable.push(estimate);
                        from.push(name);
                    }
                    None => without.push(name),
                }
            }
            let median: i64 = usable.iter().map(|estimate| i64::from(estimate.median.0)).sum();
            let mean = median as f64 / (1000.0 * usable.len().max(1) as f64);
            Some(TranslatedConcept {
                code: code.code.clone(),
                label: code.label.clone(),
                uri: code.uri.clone(),
                lowest_level: usable.iter().map(|estimate| estimate.lowest_level).min()?,
                level: Level::of(mean),
                highest_level: usable.iter().map(|estimate| estimate.highest_level).max()?,
                measured: usable.iter().all(|estimate| estimate.evidence == Evidence::Measured),
                strength,
                from,
                without,
            })
        })
    }

    /// The name and the result of the competence or area of a mapping.
    fn result_of(&self, scheme: &Scheme, mapping: &SchemeMapping) -> (String, Option<&Estimate>) {
        let competence = mapping.competence.as_ref().map(|there| {
            let own: Option<&CompetenceId> = scheme.own_competence(there);
            let result = self.competences.iter().find(|result| Some(&result.competence) == own);
            (own.unwrap_or(there).to_string(), result.map(|result| &result.estimate))
        });
        let area = mapping.area.as_ref().map(|there| {
            let own: Option<&AreaId> = scheme.own_area(there);
            let result = self.areas.iter().find(|result| Some(&result.area) == own);
            (own.unwrap_or(there).to_string(), result.map(|result| &result.estimate))
        });
        competence.or(area).unwrap_or_default()
    }
}
