//! A passport's digital skills in the shape of the European Learning Model, version 3 (application profile for European
//! Digital Credentials), for an organisation to seal.
//!
//! One `LearningAchievement` for each area with enough evidence: the competences as learning outcomes with the addresses
//! of their ESCO skills, proven by a `LearningAssessment` whose grade is the range of levels. It says everywhere what it
//! is: awarded by the learner themself, and by the European concept "unsupervised without ID verification".
//!
//! Left out on purpose is what only whoever seals it can say: `issuer`, `issued`, `proof`, and the `individualDisplay`
//! that their tool draws. The terms are those of the Commission's SHACL shapes (EDC-generic-no-cv 1.1.0) and of its
//! published examples.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::words::Words;
use super::{CredentialError, SUPERVISION};
use crate::framework::{Alignment, Alignments, Framework};
use crate::id::{AreaId, Language};
use crate::passport::AssessmentRecord;
use crate::profile::{AreaResult, CompetenceResult, Estimate, Evidence};
use crate::units::Level;

/// Media type of the document.
pub const ELM_MEDIA_TYPE: &str = "application/ld+json";

const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"];
const SCHEMA: &str = "http://data.europa.eu/snb/model/ap/edc-generic-full";
/// Controlled lists of the Commission: a concept of a list has its address, then the concept's own.
const VOCABULARY: &str = "http://data.europa.eu/snb";
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
/// The list of ESCO's skills.
const ESCO_SKILLS: &str = "http://data.europa.eu/esco/concept-scheme/skills";
/// The last part of the address of most lists.
const LIST: &str = "25831c2";

/// What the document is made from.
#[derive(Debug, Clone, Copy)]
pub struct ElmRequest<'a> {
    /// The assessment.
    pub record: &'a AssessmentRecord,
    /// Its framework; the document is written in those of its languages that badges are written in.
    pub framework: &'a Framework,
    /// The language that counts.
    pub language: &'a Language,
    /// ESCO's skills for its competences and areas, if they are known.
    pub alignments: Option<&'a Alignments>,
    /// Identity of the document: a new random UUID.
    pub id: Uuid,
    /// The learner's name, if it is to be in it.
    pub name: Option<&'a str>,
    /// The learner's `did:key`, if it is to be in it.
    pub did: Option<&'a str>,
}

impl ElmRequest<'_> {
    /// The unsigned document.
    ///
    /// # Errors
    /// If no area has enough evidence, or the language is not one of those of the framework and of badges.
    pub fn document(&self) -> Result<Map<String, Value>, CredentialError> {
        let Self { record, framework, language, .. } = *self;
        let all: Vec<&AreaResult> = record.profile.areas.iter().filter(|result| enough(&result.estimate)).collect();
        if let Some(first) = record.profile.areas.first().filter(|_| all.is_empty()) {
            return Err(CredentialError::NotEnough { area: first.area.to_string() });
        }
        let languages: Vec<(&Language, &Words)> =
            framework.languages().filter_map(|language| Some((language, Words::of(language)?))).collect();
        if !languages.iter().any(|(known, _)| *known == language)
            || framework.reference() != record.assessment.framework
        {
            let (language, area) =
                (language.to_string(), all.first().map_or_else(String::new, |area| area.area.to_string()));
            return Err(CredentialError::NoNames { language, area });
        }
        let written = Written { request: self, languages };
        let spoken: Vec<Value> = written.languages.iter().map(|(language, _)| spoken(language)).collect();
        let document = json!({
            "@context": CONTEXTS,
            "id": format!("urn:credential:{}", self.id),
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "credentialProfiles": [concept(&format!("{VOCABULARY}/credential"), "e34929035b", "Generic")],
            "credentialSchema": [{ "id": SCHEMA, "type": "ShaclValidator2017" }],
            "displayParameter": {
                "id": "urn:epass:displayParameter:1",
                "type": "DisplayParameter",
                "title": written.say(|words, framework| (words.elm_title)(framework)),
                "description": written.say(|words, _| words.elm_description.to_owned()),
                "language": spoken,
                "primaryLanguage": self::spoken(language),
            },
            "credentialSubject": {
                "id": self.subject(),
                "type": "Person",
                "hasClaim": all.into_iter().map(|area| written.achievement(area)).collect::<Vec<_>>(),
            },
            "validFrom": record.at,
        });
        let Value::Object(mut document) = document else { return Ok(Map::new()) };
        if let (Some(name), Some(Value::Object(subject))) = (self.name, document.get_mut("credentialSubject")) {
            subject.insert("fullName".to_owned(), written.say(|_, _| name.to_owned()));
        }
        Ok(document)
    }

    fn subject(&self) -> &str {
        self.did.unwrap_or("urn:epass:person:1")
    }
}

/// A document being written, in several languages at once.
struct Written<'a> {
    request: &'a ElmRequest<'a>,
    languages: Vec<(&'a Language, &'a Words)>,
}

impl Written<'_> {
    /// The same in every language; the second argument is the name of the framework.
    fn say(&self, words: impl Fn(&Words, &str) -> String) -> Value {
        let said = self.languages.iter().map(|(language, own)| {
            let text = self.request.framework.text(language).map_or("", |text| text.name.as_str());
            (language.to_string(), words(own, text).into())
        });
        Value::Object(said.collect())
    }

    /// The name of an area in every language, in other words around it.
    fn say_of_area(&self, area: &AreaId, words: impl Fn(&Words, &str, &str) -> String) -> Value {
        let said = self.languages.iter().map(|(language, own)| {
            let text = self.request.framework.text(language);
            let name = text.and_then(|text| text.areas.get(area)).map_or("", |text| text.name.as_str());
            (language.to_string(), words(own, text.map_or("", |text| text.name.as_str()), name).into())
        });
        Value::Object(said.collect())
    }

    /// A competence's number and name in every language.
    fn competence(&self, result: &CompetenceResult) -> Value {
        let id = &result.competence;
        let said = self.languages.iter().map(|(language, _)| {
            let text = self.request.framework.text(language).and_then(|text| text.competences.get(id));
            (language.to_string(), format!("{id} {}", text.map_or("", |text| text.name.as_str())).trim().into())
        });
        Value::Object(said.collect())
    }

    fn achievement(&self, result: &AreaResult) -> Value {
        let area = &result.area;
        let inside = |competence: &&CompetenceResult| {
            self.request.framework.area_of(&competence.competence) == Some(area) && enough(&competence.estimate)
        };
        let competences: Vec<&CompetenceResult> =
            self.request.record.profile.competences.iter().filter(inside).collect();
        let mut outcomes = vec![self.outcome(
            area.as_str(),
            self.say_of_area(area, |_, _, name| format!("{area} {name}")),
            self.request.alignments.into_iter().flat_map(|all| all.of_area(area)),
        )];
        outcomes.extend(competences.iter().map(|result| {
            let id = &result.competence;
            let skills = self.request.alignments.into_iter().flat_map(|all| all.of_competence(id));
            self.outcome(id.as_str(), self.competence(result), skills)
        }));
        let title = self.say_of_area(area, |words, _, name| (words.name)(area.as_str(), name));
        json!({
            "id": format!("urn:epass:learningAchievement:{area}"),
            "type": "LearningAchievement",
            "title": title,
            "description": self.say_of_area(area, |words, framework, name| (words.description)(framework, name)),
            "awardedBy": self.awarded(),
            "specifiedBy": {
                "id": format!("urn:epass:learningAchievementSpec:{area}"),
                "type": "LearningAchievementSpecification",
                "title": title,
                "learningOutcome": outcomes,
            },
            "provenBy": [self.assessment(area.as_str(), &title, &result.estimate, &competences)],
        })
    }

    fn outcome<'b>(&self, id: &str, title: Value, skills: impl Iterator<Item = &'b Alignment>) -> Value {
        let language = self.request.alignments.map(|all| all.language.to_string()).unwrap_or_default();
        let skills: Vec<Value> = skills
            .map(|skill| {
                json!({
                    "id": skill.uri,
                    "type": "Concept",
                    "inScheme": { "id": ESCO_SKILLS, "type": "ConceptScheme" },
                    "prefLabel": { language.clone(): skill.label },
                })
            })
            .collect();
        let mut outcome = json!({
            "id": format!("urn:epass:learningOutcome:{id}"),
            "type": "LearningOutcome",
            "title": title,
        });
        if let Value::Object(members) = &mut outcome
            && !skills.is_empty()
        {
            members.insert("relatedESCOSkill".to_owned(), skills.into());
        }
        outcome
    }

    fn assessment(&self, id: &str, title: &Value, estimate: &Estimate, parts: &[&CompetenceResult]) -> Value {
        let record = self.request.record;
        let assessment = &record.assessment;
        let (low, high, likeliest) = (estimate.lowest_level, estimate.highest_level, estimate.level);
        let number = Level::number;
        let (mode, assisted) = (assessment.plan.mode, assessment.setting.assisted);
        let conditions =
            |words: &Words, _: &str| (words.conditions)(estimate.answers, mode, assisted, record.profile.provisional);
        let mut written = json!({
            "id": format!("urn:epass:learningAssessment:{id}"),
            "type": "LearningAssessment",
            "title": title,
            "issued": record.at,
            "awardedBy": self.awarded(),
            "grade": {
                "id": format!("urn:epass:note:{id}"),
                "type": "Note",
                "noteLiteral": self.say(|words, _| (words.grade)(number(low), number(high), number(likeliest))),
            },
            "idVerification": {
                "id": SUPERVISION,
                "type": "Concept",
                "inScheme": { "id": format!("{VOCABULARY}/supervision-verification/{LIST}"), "type": "ConceptScheme" },
                "prefLabel": { "en": "Unsupervised without ID Verification" },
            },
        });
        let Value::Object(members) = &mut written else { return written };
        if parts.is_empty() {
            return written;
        }
        // What holds for the whole area is said once: of the area.
        members.insert("description".to_owned(), self.say(conditions));
        members.insert("specifiedBy".to_owned(), self.specification());
        let parts = parts
            .iter()
            .map(|part| self.assessment(part.competence.as_str(), &self.competence(part), &part.estimate, &[]));
        members.insert("hasPart".to_owned(), parts.collect::<Vec<_>>().into());
        written
    }

    fn specification(&self) -> Value {
        let assessment = &self.request.record.assessment;
        json!({
            "id": "urn:epass:learningAssessmentSpec:1",
            "type": "LearningAssessmentSpecification",
            "title": self.say(|words, framework| (words.elm_title)(framework)),
            "mode": [concept(&format!("{VOCABULARY}/learning-assessment"), "920fbb3cbe", "Online")],
            "gradingScheme": {
                "id": "urn:epass:gradingScheme:1",
                "type": "GradingScheme",
                "title": self.say(|words, _| words.range.to_owned()),
                "description": self.say(|words, _| words.criteria.to_owned()),
            },
            "additionalNote": [{
                "id": "urn:epass:note:bank",
                "type": "Note",
                "noteLiteral": self.say(|_, _| format!(
                    "Skills Passport {}, {}, SHA-256 {}", self.request.record.engine, assessment.bank, assessment.bank.sha256
                )),
            }],
        })
    }

    /// Nobody but the learner awards what the learner says of themself.
    fn awarded(&self) -> Value {
        json!({
            "id": "urn:epass:awardingProcess:1",
            "type": "AwardingProcess",
            "description": self.say(|words, _| words.elm_awarded.to_owned()),
            "awardingBody": [{ "id": self.request.subject(), "type": "Person" }],
            "awardingDate": self.request.record.at,
        })
    }
}

fn enough(estimate: &Estimate) -> bool {
    estimate.evidence != Evidence::NotEnough
}

/// A concept of a controlled list.
fn concept(list: &str, id: &str, label: &str) -> Value {
    json!({
        "id": format!("{list}/{id}"),
        "type": "Concept",
        "inScheme": { "id": format!("{list}/{LIST}"), "type": "ConceptScheme" },
        "prefLabel": { "en": label },
    })
}

/// A language of the Publications Office's list, for those that badges are written in.
fn spoken(language: &Language) -> Value {
    let (code, label) = if language.as_str() == "fr" { ("FRA", "French") } else { ("ENG", "English") };
    json!({
        "id": format!("{AUTHORITY}/language/{code}"),
        "type": "Concept",
        "inScheme": { "id": format!("{AUTHORITY}/language"), "type": "ConceptScheme" },
        "notation": "language",
        "prefLabel": { "en": label },
    })
}
