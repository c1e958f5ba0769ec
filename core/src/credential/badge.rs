//! Badges: a self-asserted result as an Open Badges 3.0 `AchievementCredential`, one per area.
//!
//! Issuer and subject are the learner's own key. `achievementType` is `Assessment`, every result is `Provisional`, the
//! engine and the bank stand in `credentialSubject.source`, the conditions in `evidence` with the European concept for
//! "unsupervised without ID verification".

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::words::Words;
use super::{CONTEXT_BADGES, CONTEXT_CREDENTIALS, CredentialError, Key, ProofOptions, Purpose, SUPERVISION, proof};
use crate::framework::Framework;
use crate::id::{AreaId, Language};
use crate::passport::{AssessmentRecord, BADGE_NAMESPACE};
use crate::profile::{Estimate, Evidence};
use crate::units::{Level, Timestamp};

/// What an area is called elsewhere, for example in ESCO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaAlignment {
    /// The area.
    pub area: AreaId,
    /// The other framework, for example `ESCO 1.2.0`.
    pub framework: String,
    /// What it is called there.
    pub name: String,
    /// Where it is defined: an absolute URL.
    pub url: String,
}

/// What badges are made from.
#[derive(Debug, Clone, Copy)]
pub struct BadgeRequest<'a> {
    /// The assessment.
    pub record: &'a AssessmentRecord,
    /// Its framework.
    pub framework: &'a Framework,
    /// Language of the words: `en` or `fr`.
    pub language: &'a Language,
    /// What areas are called elsewhere; may be empty.
    pub alignments: &'a [AreaAlignment],
    /// When it is signed.
    pub issued: &'a Timestamp,
}

impl BadgeRequest<'_> {
    /// The areas that a badge can be made for: those with enough evidence.
    #[must_use]
    pub fn areas(&self) -> Vec<&AreaId> {
        let areas = self.record.profile.areas.iter();
        areas.filter(|result| result.estimate.evidence != Evidence::NotEnough).map(|result| &result.area).collect()
    }

    /// The signed badge of an area. The same request gives the same badge, to the byte.
    ///
    /// # Errors
    /// If the area has too little evidence or was not measured, or has no name in the language.
    pub fn sign(&self, area: &AreaId, key: &Key) -> Result<Map<String, Value>, CredentialError> {
        let mut badge = self.unsigned(area, key.did().as_str())?;
        let options = ProofOptions { created: self.issued.clone(), purpose: Purpose::AssertionMethod, binding: None };
        proof::sign(&mut badge, key, &options)?;
        Ok(badge)
    }

    /// The badge before it is signed, of the person with this `did:key`.
    ///
    /// # Errors
    /// As [`BadgeRequest::sign`].
    pub fn unsigned(&self, area: &AreaId, did: &str) -> Result<Map<String, Value>, CredentialError> {
        let language = self.language;
        let words = Words::of(language).ok_or_else(|| CredentialError::Language { language: language.to_string() })?;
        let result = self.record.profile.areas.iter().find(|result| result.area == *area);
        let result = result.filter(|result| result.estimate.evidence != Evidence::NotEnough);
        let result = result.ok_or_else(|| CredentialError::NotEnough { area: area.to_string() })?;
        let text =
            self.framework.text(language).filter(|_| self.framework.reference() == self.record.assessment.framework);
        let names = text.and_then(|text| Some((text, &text.areas.get(area)?.name)));
        let (text, name) =
            names.ok_or_else(|| CredentialError::NoNames { language: language.to_string(), area: area.to_string() })?;
        let reference = self.framework.reference();
        let achievement = format!("{BADGE_NAMESPACE}{}:{}:{area}", reference.id, reference.version);
        let mut results = Results::new(words, &achievement);
        results.add(None, &result.estimate);
        for competence in self.competences(area) {
            let name = text.competences.get(&competence.competence).map(|text| text.name.as_str());
            results.add(Some((competence.competence.as_str(), name.unwrap_or_default())), &competence.estimate);
        }
        let badge = json!({
            "@context": [CONTEXT_CREDENTIALS, CONTEXT_BADGES],
            "id": format!("urn:uuid:{}", self.id(area, did)),
            "type": ["VerifiableCredential", "AchievementCredential"],
            "name": (words.name)(area.as_str(), name),
            "issuer": did,
            "validFrom": self.record.at,
            "credentialSubject": {
                "id": did,
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": achievement,
                    "type": ["Achievement"],
                    "achievementType": "Assessment",
                    "name": (words.name)(area.as_str(), name),
                    "description": (words.description)(&text.name, name),
                    "criteria": { "narrative": words.criteria },
                    "humanCode": area,
                    "inLanguage": language,
                    "resultDescription": results.descriptions,
                },
                "result": results.values,
                "source": self.source(),
            },
            "evidence": [{
                "type": ["Evidence"],
                "name": words.evidence,
                "narrative": self.conditions(words, result.estimate.answers),
                "genre": SUPERVISION,
            }],
        });
        let Value::Object(mut badge) = badge else { return Ok(Map::new()) };
        let alignments = self.alignments(area);
        let achievement = badge.get_mut("credentialSubject").and_then(|subject| subject.get_mut("achievement"));
        if let (Some(Value::Object(achievement)), false) = (achievement, alignments.is_empty()) {
            achievement.insert("alignment".to_owned(), alignments.into());
        }
        Ok(badge)
    }

    /// The competences of the area with enough evidence of their own.
    fn competences(&self, area: &AreaId) -> impl Iterator<Item = &crate::profile::CompetenceResult> {
        let in_area = move |result: &&crate::profile::CompetenceResult| {
            self.framework.area_of(&result.competence) == Some(area) && result.estimate.evidence != Evidence::NotEnough
        };
        self.record.profile.competences.iter().filter(in_area)
    }

    fn conditions(&self, words: &Words, answers: u16) -> String {
        let assessment = &self.record.assessment;
        (words.conditions)(answers, assessment.plan.mode, assessment.setting.assisted, self.record.profile.provisional)
    }

    /// The program that computed the results, and the questions.
    fn source(&self) -> Value {
        let (engine, bank) = (&self.record.engine, &self.record.assessment.bank);
        let identifier = |kind: &str, value: String| json!({ "type": "IdentifierEntry", "identifierType": kind, "identifier": value });
        json!({
            "id": format!("urn:skills-passport:engine:{engine}"),
            "type": ["Profile"],
            "name": format!("Skills Passport {engine}"),
            "otherIdentifier": [
                identifier("ext:bank", bank.to_string()),
                identifier("ext:bankSha256", bank.sha256.clone()),
            ],
        })
    }

    fn alignments(&self, area: &AreaId) -> Vec<Value> {
        let own = self.alignments.iter().filter(|alignment| alignment.area == *area);
        own.map(|alignment| {
            json!({
                "type": ["Alignment"],
                "targetName": alignment.name,
                "targetUrl": alignment.url,
                "targetFramework": alignment.framework,
            })
        })
        .collect()
    }

    /// The badge's identity follows from what it is about: making it again does not make a second one.
    fn id(&self, area: &AreaId, did: &str) -> Uuid {
        let mut hash = Sha256::new().chain_update(self.record.id.as_bytes());
        for part in [area.as_str(), did, self.language.as_str(), self.issued.as_str()] {
            hash = hash.chain_update(part).chain_update([0]);
        }
        let mut bytes = [0; 16];
        for (byte, hashed) in bytes.iter_mut().zip(hash.finalize()) {
            *byte = hashed;
        }
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// Results with what they mean.
struct Results<'a> {
    words: &'a Words,
    achievement: &'a str,
    descriptions: Vec<Value>,
    values: Vec<Value>,
}

impl<'a> Results<'a> {
    fn new(words: &'a Words, achievement: &'a str) -> Self {
        Self { words, achievement, descriptions: Vec::new(), values: Vec::new() }
    }

    /// The range of an estimate, and the likeliest level: of the area, or of a competence (its id and name).
    fn add(&mut self, competence: Option<(&str, &str)>, estimate: &Estimate) {
        let (key, title) = match competence {
            None => (String::new(), String::new()),
            Some((id, name)) => (format!(":{id}"), format!("{id} {name}: ")),
        };
        let range = range_text(estimate.lowest_level, estimate.highest_level);
        self.push(format!("{}{key}#range", self.achievement), format!("{title}{}", self.words.range), &range);
        if competence.is_none() {
            let level = estimate.level.to_string();
            self.push(format!("{}#likeliest", self.achievement), self.words.likeliest.to_owned(), &level);
        }
    }

    fn push(&mut self, id: String, name: String, value: &str) {
        self.values.push(json!({
            "type": ["Result"], "resultDescription": id, "status": "Provisional", "value": value,
        }));
        self.descriptions.push(json!({
            "id": id, "type": ["ResultDescription"], "name": name, "resultType": "ext:Level",
        }));
    }
}

/// `3-5`, or `4` where both are the same.
fn range_text(lowest: Level, highest: Level) -> String {
    if lowest == highest { lowest.to_string() } else { format!("{lowest}-{highest}") }
}
