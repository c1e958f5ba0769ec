//! Results for others: a document of the European Learning Model to be sealed, and text for a CV.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

#[path = "common/badges.rs"]
mod badges;

use badges::{Document, INSTRUMENT, RECORD, key, language};
use serde_json::{Value, json};
use skills_passport::credential::{CredentialError, ElmRequest, SUPERVISION};
use skills_passport::framework::Alignments;
use skills_passport::json;
use skills_passport::paper::{Cv, cv};
use skills_passport::passport::{AssessmentRecord, Passport};
use skills_passport::profile::Evidence;
use skills_passport_frameworks::Library;
use uuid::Uuid;

/// The record of the fixture, whose figures never change.
fn fixture() -> AssessmentRecord {
    let text = include_str!("fixtures/passport/1.0.0-two-assessments.json");
    Passport::parse(text).unwrap().assessments().last().unwrap().clone()
}

fn esco() -> Alignments {
    let framework = INSTRUMENT.framework();
    Alignments::of(&Library::shipped().scheme("esco", framework).unwrap(), framework.reference())
}

fn elm(record: &AssessmentRecord, tag: &str) -> Result<Document, CredentialError> {
    let (language, esco, key) = (language(tag), esco(), key(1));
    let request = ElmRequest {
        record,
        framework: INSTRUMENT.framework(),
        language: &language,
        alignments: Some(&esco),
        id: Uuid::from_u128(7),
        name: Some("Léa Martin"),
        did: Some(key.did().as_str()),
    };
    request.document()
}

/// Every object of a document with its place.
fn objects<'a>(value: &'a Value, at: String, found: &mut Vec<(String, &'a Document)>) {
    match value {
        Value::Object(members) => {
            found.push((at.clone(), members));
            members.iter().for_each(|(name, value)| objects(value, format!("{at}/{name}"), found));
        }
        Value::Array(entries) => {
            let entries = entries.iter().enumerate();
            entries.for_each(|(position, value)| objects(value, format!("{at}/{position}"), found));
        }
        _ => {}
    }
}

/// A class, and its members: needed, allowed besides, and single.
type Shape = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// What each class must have, may have besides, and has once: from the Commission's SHACL shapes for European Digital
/// Credentials, version 1.1.0, as far as these documents use them. Left out is what only the one who seals can say:
/// `issuer`, `issued` and `individualDisplay`.
const SHAPES: [Shape; 14] = [
    (
        "EuropeanDigitalCredential",
        &["credentialProfiles", "credentialSchema", "credentialSubject", "displayParameter", "validFrom"],
        &[],
        &["credentialSubject", "displayParameter", "validFrom"],
    ),
    ("DisplayParameter", &["title", "language", "primaryLanguage"], &["description"], &["primaryLanguage"]),
    ("Person", &[], &["fullName", "hasClaim"], &[]),
    (
        "LearningAchievement",
        &["title", "awardedBy"],
        &["description", "specifiedBy", "provenBy"],
        &["awardedBy", "specifiedBy"],
    ),
    ("LearningAchievementSpecification", &["title"], &["learningOutcome"], &[]),
    ("LearningOutcome", &["title"], &["relatedESCOSkill"], &[]),
    (
        "LearningAssessment",
        &["title", "awardedBy", "grade", "idVerification"],
        &["description", "issued", "hasPart", "specifiedBy"],
        &["awardedBy", "grade", "idVerification", "issued", "specifiedBy"],
    ),
    ("LearningAssessmentSpecification", &["title"], &["mode", "gradingScheme", "additionalNote"], &["gradingScheme"]),
    ("GradingScheme", &["title"], &["description"], &[]),
    ("AwardingProcess", &["awardingBody"], &["description", "awardingDate"], &["awardingDate"]),
    ("Note", &["noteLiteral"], &[], &[]),
    ("Concept", &["inScheme", "prefLabel"], &["notation"], &["inScheme"]),
    ("ConceptScheme", &[], &[], &[]),
    ("ShaclValidator2017", &[], &[], &[]),
];

/// Members whose value is the same text in several languages.
const IN_LANGUAGES: [&str; 5] = ["title", "description", "noteLiteral", "prefLabel", "fullName"];

fn class_of(members: &Document) -> &str {
    match &members["type"] {
        Value::String(class) => class,
        types => types[1].as_str().unwrap(),
    }
}

#[test]
fn a_document_has_the_shape_of_the_european_learning_model() {
    let document = Value::Object(elm(&RECORD, "en").unwrap());
    assert_eq!(document["@context"][1], "http://data.europa.eu/snb/model/context/edc-ap");
    let mut found = Vec::new();
    objects(&document, String::new(), &mut found);
    let mut classes = std::collections::BTreeSet::new();
    for (at, members) in found {
        if IN_LANGUAGES.iter().any(|name| at.ends_with(&format!("/{name}"))) {
            assert!(members.values().all(|text| text.as_str().is_some_and(|text| !text.trim().is_empty())), "{at}");
            assert!(members.keys().all(|tag| tag == "en" || tag == "fr"), "{at}");
            continue;
        }
        let class = class_of(members);
        let (_, needed, allowed, single) = SHAPES.iter().find(|(name, ..)| *name == class).unwrap();
        assert!(members["id"].as_str().is_some_and(|id| id.contains(':')), "{at} has an absolute identity");
        for name in *needed {
            assert!(members.contains_key(*name), "{at}: a {class} needs {name}");
        }
        for name in members.keys() {
            let own = ["id", "type", "@context"].contains(&name.as_str());
            let known = needed.iter().chain(*allowed).any(|known| known == name);
            assert!(own || known, "{at}: a {class} has no {name}");
        }
        for name in *single {
            assert!(members.get(*name).is_none_or(|value| !value.is_array()), "{at}/{name} is one");
        }
        classes.insert(class);
    }
    assert_eq!(classes.len(), SHAPES.len(), "every class that is spoken of is there: {classes:?}");
}

#[test]
fn a_document_is_what_was_agreed() {
    let text = json::to_text(&Value::Object(elm(&fixture(), "fr").unwrap())).unwrap();
    insta::assert_snapshot!("elm_fr", text);
}

#[test]
fn every_result_says_that_nobody_supervised_and_who_awarded_it() {
    let document = Value::Object(elm(&RECORD, "en").unwrap());
    let mut found = Vec::new();
    objects(&document, String::new(), &mut found);
    let mut results = 0;
    for (at, members) in &found {
        if members.get("type") == Some(&json!("LearningAssessment")) {
            assert_eq!(members["idVerification"]["id"], SUPERVISION, "{at}");
            let grade = members["grade"]["noteLiteral"]["en"].as_str().unwrap();
            assert!(grade.starts_with("Level ") && grade.ends_with("Provisional."), "{grade}");
            results += 1;
        }
        if members.contains_key("awardingBody") {
            assert_eq!(members["awardingBody"], json!([{ "id": key(1).did().as_str(), "type": "Person" }]), "{at}");
        }
    }
    assert!(results > 20, "areas and competences");
    for sealed in ["issuer", "issued", "proof"] {
        assert_eq!(document.get(sealed), None, "{sealed} is for the one who seals");
    }
}

#[test]
fn areas_and_competences_point_to_their_skills_in_esco() {
    let document = Value::Object(elm(&RECORD, "fr").unwrap());
    let outcomes = document["credentialSubject"]["hasClaim"][0]["specifiedBy"]["learningOutcome"].as_array().unwrap();
    let address = |id: &str| {
        let outcome = outcomes.iter().find(|outcome| outcome["id"] == format!("urn:epass:learningOutcome:{id}"));
        outcome.unwrap()["relatedESCOSkill"][0]["id"].as_str().unwrap()
    };
    assert_eq!(address("1"), "http://data.europa.eu/esco/skill/629685b8-5f9e-4522-8cff-b3e2c4ec625a");
    assert_eq!(address("1.2"), "http://data.europa.eu/esco/skill/1d6c7de4-350e-4868-a47b-333b4b0d9650");
    let esco = esco();
    for competence in INSTRUMENT.framework().competences() {
        // ESCO has no concept for netiquette.
        let expected = usize::from(competence.as_str() != "2.5");
        assert_eq!(esco.of_competence(competence).count(), expected, "{competence}");
    }
}

#[test]
fn areas_with_too_few_answers_are_neither_in_a_document_nor_in_a_cv() {
    let mut record = RECORD.clone();
    record.profile.areas[0].estimate.evidence = Evidence::NotEnough;
    let document = elm(&record, "en").unwrap();
    let claims = document["credentialSubject"]["hasClaim"].as_array().unwrap();
    assert_eq!((claims.len(), claims[0]["id"].as_str()), (4, Some("urn:epass:learningAchievement:2")));
    let text = text(&record, "en", true).unwrap();
    assert!(!text.contains("\n- 1 ") && text.contains("\n- 2 "), "{text}");
    record.profile.areas.iter_mut().for_each(|area| area.estimate.evidence = Evidence::NotEnough);
    assert_eq!(elm(&record, "en").unwrap_err().code(), "not-enough-evidence");
    assert_eq!(self::text(&record, "en", true), None);
}

#[test]
fn a_language_or_framework_that_is_not_known_makes_no_document() {
    assert_eq!(elm(&RECORD, "de").unwrap_err().code(), "no-names");
    let mut elsewhere = RECORD.clone();
    elsewhere.assessment.framework.version = "9.0.0".parse().unwrap();
    assert_eq!(elm(&elsewhere, "en").unwrap_err().code(), "no-names");
}

fn text(record: &AssessmentRecord, tag: &str, competences: bool) -> Option<String> {
    let (language, date) = (language(tag), "22.11.2026");
    cv(&Cv { record, framework: INSTRUMENT.framework(), language: &language, date, competences })
}

#[test]
fn a_cv_is_what_was_agreed_in_both_languages() {
    for tag in ["en", "fr"] {
        insta::assert_snapshot!(format!("cv_{tag}"), text(&fixture(), tag, tag == "fr").unwrap());
    }
    assert_eq!(text(&fixture(), "de", false), None);
}

#[test]
fn a_file_of_addresses_is_read_back_and_refuses_others() {
    let file = serde_json::to_string(&esco()).unwrap();
    assert_eq!(Alignments::parse(&file).unwrap(), esco());
    let other = file.replacen("http://data", "javascript:data", 1);
    assert_eq!(Alignments::parse(&other).unwrap_err().path(), "/concepts/0/uri");
    assert_eq!(Alignments::parse(&file.replacen("\"uri\"", "\"url\"", 1)).unwrap_err().code(), "wrong-shape");
}
