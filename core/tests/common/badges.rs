//! Badges to test with: a person who knows everything up to a level, measured with the shipped bank.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses a part of this; a helper that fails is a failing test"
)]

use std::sync::LazyLock;

use serde_json::{Map, Value};
use skills_passport::assessment::{Answer, Instrument, Mode, Plan, Setting};
use skills_passport::bank::{Item, Response};
use skills_passport::credential::{AreaAlignment, BadgeRequest, EndorsementRequest, Key, endorse};
use skills_passport::id::Language;
use skills_passport::passport::{AssessmentRecord, Content, Record};
use skills_passport::units::Timestamp;
use uuid::Uuid;

pub(crate) type Document = Map<String, Value>;

pub(crate) static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| skills_passport_frameworks::Library::shipped().instrument("digcomp@3.0", "general").unwrap());

/// Five areas, all with enough evidence.
pub(crate) static RECORD: LazyLock<AssessmentRecord> = LazyLock::new(|| measured(4));

pub(crate) fn measured(level: u8) -> AssessmentRecord {
    let setting = Setting {
        id: Uuid::from_u128(0x5e77),
        language: "fr".parse().unwrap(),
        seed: 7,
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: true,
    };
    let mut assessment = INSTRUMENT.start(Plan::new(Mode::Thorough), setting).unwrap();
    let answer = |item: &Item| Answer { item: item.id.clone(), response: up_to(level, item) };
    // Every seventh question: some ninety, of every competence.
    assessment.answers = INSTRUMENT.bank().items().iter().step_by(7).map(answer).collect();
    let record = Record::of_assessment(&INSTRUMENT, assessment, "2026-11-22T10:00:00Z".parse().unwrap()).unwrap();
    match record.content() {
        Content::Assessment(record) => record.as_ref().clone(),
        _ => unreachable!("an assessment"),
    }
}

/// The best response to what is not above the level.
fn up_to(level: u8, item: &Item) -> Response {
    let best = u8::try_from(item.model.categories() - 1).unwrap();
    if item.level.number() > level { Response::DontKnow } else { item.response_of(best).unwrap() }
}

pub(crate) fn now() -> Timestamp {
    "2026-11-22T10:05:00Z".parse().unwrap()
}

pub(crate) fn language(tag: &str) -> Language {
    tag.parse().unwrap()
}

/// A key for each number.
pub(crate) fn key(number: u8) -> Key {
    Key::from_seed(&[number; 32])
}

pub(crate) fn alignments() -> Vec<AreaAlignment> {
    vec![AreaAlignment {
        area: "1".parse().unwrap(),
        framework: "ESCO 1.2.0".to_owned(),
        name: "digital data processing".to_owned(),
        url: "http://data.europa.eu/esco/skill/629685b8-5f9e-4522-8cff-b3e2c4ec625a".to_owned(),
    }]
}

/// The badges of all areas, signed with key 1.
pub(crate) fn badges(tag: &str) -> Vec<Document> {
    badges_by(tag, &key(1))
}

pub(crate) fn badges_by(tag: &str, key: &Key) -> Vec<Document> {
    let (language, issued, alignments) = (language(tag), now(), alignments());
    let request = BadgeRequest {
        record: &RECORD,
        framework: INSTRUMENT.framework(),
        language: &language,
        alignments: &alignments,
        issued: &issued,
    };
    request.areas().into_iter().map(|area| request.sign(area, key).unwrap()).collect()
}

pub(crate) fn badge() -> Document {
    badges("en").remove(0)
}

/// An endorsement of a badge, signed with key 9.
pub(crate) fn endorsement(badge: &Document) -> Document {
    let request = EndorsementRequest {
        id: Uuid::from_u128(0xe4d0),
        badge,
        endorser: "Médiathèque de Saint-Claude",
        comment: "I was beside her while she answered.",
        language: &language("en"),
        issued: &now(),
    };
    endorse(&request, &key(9)).unwrap()
}
