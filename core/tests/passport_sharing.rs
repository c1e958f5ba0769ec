//! A copy to share holds what was chosen and nothing else: looked for in its very bytes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::{Parts, Random};
use proptest::prelude::*;
use serde_json::{Value, json};
use skills_passport::assessment::Instrument;
use skills_passport::id::AreaId;
use skills_passport::passport::{
    Attestation, BADGE_NAMESPACE, Content, Course, Goal, Holder, KeyRecord, Note, Passport, Record, Redaction, Replay,
    replay,
};
use skills_passport::units::{Level, Timestamp};
use uuid::Uuid;

/// Three areas whose ids, competences and items cannot be met by chance in any other place of a document.
const AREAS: [&str; 3] = ["area-alpha", "area-beta", "area-gamma"];

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| {
    let mut text = serde_json::to_string(&[
        Parts::roomy().framework,
        Parts::roomy().framework_texts.into(),
        Parts::roomy().bank,
        Parts::roomy().bank_texts.into(),
    ])
    .unwrap();
    for (short, long) in ["X", "Y", "Z"].into_iter().zip(AREAS) {
        // Ids of areas stand alone in quotes, those of competences and items begin with them.
        text = text.replace(&format!("\"{short}\""), &format!("\"{long}\""));
        text = text.replace(&format!("\"{short}."), &format!("\"{long}."));
    }
    let [framework, framework_texts, bank, bank_texts]: [Value; 4] = serde_json::from_str(&text).unwrap();
    let list = |value: Value| value.as_array().unwrap().clone();
    let parts = Parts {
        framework,
        framework_texts: list(framework_texts),
        bank,
        bank_texts: list(bank_texts),
        ..Parts::roomy()
    };
    parts.load().unwrap()
});

fn at(day: u8) -> Timestamp {
    format!("2026-11-{day:02}T10:00:00Z").parse().unwrap()
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x5eed_0000_0000_4000_8000_0000_0000_0000 + number)
}

fn add(passport: &mut Passport, record: Record) {
    passport.add(record).unwrap();
}

fn credential(value: Value) -> Attestation {
    Attestation { credential: value.as_object().unwrap().clone() }
}

/// A passport with something of everything in every area; `seed` decides the answers and how many sittings there were.
fn passport(seed: u64) -> Passport {
    let mut random = Random(seed);
    let mut passport = Passport::new(uuid(1), at(1));
    for sitting in 0..=random.below(2) {
        let record = common::record(&INSTRUMENT, uuid(10 + sitting as u128).as_u128(), 2 + sitting as u8, &mut random);
        add(&mut passport, record);
    }
    let framework = INSTRUMENT.framework().reference();
    for (number, area) in (0..).zip(AREAS) {
        let competence = |n: u8| format!("{area}.{n}").parse().unwrap();
        let goal = Goal {
            framework: framework.clone(),
            competence: competence(1),
            level: Level::new(6).unwrap(),
            by: None,
            note: Some(format!("secret-wish about {area}")),
        };
        add(&mut passport, Record::of(uuid(20 + number), at(5), &goal).unwrap());
        let course = Course {
            title: format!("Course on {area}"),
            provider: None,
            url: None,
            framework: Some(framework.clone()),
            competences: Some(vec![competence(1), competence(2)]),
            started: None,
            finished: None,
        };
        add(&mut passport, Record::of(uuid(30 + number), at(6), &course).unwrap());
        let badge = credential(json!({
            "id": format!("urn:uuid:badge-{area}"),
            "credentialSubject": {
                "achievement": { "id": format!("{BADGE_NAMESPACE}roomy:1.0.0:{area}"), "humanCode": area },
            },
        }));
        add(&mut passport, Record::of(uuid(40 + number), at(7), &badge).unwrap());
        let endorsement = credential(json!({
            "id": format!("urn:uuid:endorsement-{area}"),
            "relatedResource": [{ "id": format!("urn:uuid:badge-{area}") }],
        }));
        add(&mut passport, Record::of(uuid(50 + number), at(8), &endorsement).unwrap());
    }
    // Somebody else's badge: nobody knows which areas it speaks of.
    let foreign = credential(json!({ "id": "urn:uuid:foreign", "name": "Speaks of area-alpha and area-beta" }));
    add(&mut passport, Record::of(uuid(60), at(9), &foreign).unwrap());
    add(&mut passport, Record::of(uuid(61), at(9), &Holder { name: "secret-name".to_owned() }).unwrap());
    let note = Note { text: "secret-note".to_owned(), about: None };
    add(&mut passport, Record::of(uuid(62), at(9), &note).unwrap());
    let key = KeyRecord { did: "did:key:z6MkSecret".to_owned(), replaces: None, statement: None };
    add(&mut passport, Record::of(uuid(63), at(9), &key).unwrap());
    add(&mut passport, Record::of(uuid(64), at(9), &Note { text: "erased".to_owned(), about: None }).unwrap());
    passport.remove(uuid(64), uuid(65), at(10)).unwrap();
    // Members that no version knows, as a newer one would have written them.
    let mut newer: Value = serde_json::from_str(&passport.to_json().unwrap()).unwrap();
    newer["format"] = "1.9.0".into();
    newer["x-future"] = "secret-future".into();
    for record in newer["records"].as_array_mut().unwrap() {
        record["x-future"] = "secret-future".into();
    }
    Passport::parse(&newer.to_string()).unwrap()
}

fn areas(chosen: &[bool; 3]) -> Vec<AreaId> {
    AREAS.iter().zip(chosen).filter(|(_, on)| **on).map(|(area, _)| area.parse().unwrap()).collect()
}

fn redactions() -> impl Strategy<Value = Redaction> {
    (proptest::option::of(any::<[bool; 3]>()), any::<[bool; 6]>()).prop_map(
        |(chosen, [history, name, answers, goals, courses, badges])| Redaction {
            areas: chosen.as_ref().map(areas),
            history,
            name,
            answers,
            goals,
            courses,
            badges,
        },
    )
}

fn share(redaction: &Redaction, passport: &Passport) -> (String, Passport) {
    let copy = redaction.apply(passport, uuid(77), at(20), &[], std::slice::from_ref(&INSTRUMENT)).unwrap();
    let text = copy.to_json().unwrap();
    assert_eq!(Passport::parse(&text).unwrap(), copy);
    (text, copy)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_not_chosen_is_not_in_the_bytes(seed in 0..1000_u64, redaction in redactions()) {
        let (text, _) = share(&redaction, &passport(seed));
        let mut forbidden = vec!["secret-note", "secret-wish", "secret-future", "erased"];
        let original = uuid(1).to_string();
        forbidden.push(&original);
        // An assessment that is shared whole has the seed, without which it could not be replayed.
        if redaction.areas.is_some() || !redaction.answers {
            forbidden.extend(["\"seed\"", "\"plan\""]);
        }
        if !redaction.name {
            forbidden.push("secret-name");
        }
        if !redaction.badges {
            forbidden.extend(["badge-", "endorsement-", "z6MkSecret", "urn:uuid:foreign"]);
        }
        if !redaction.goals {
            forbidden.push("\"goal\"");
        }
        if !redaction.courses {
            forbidden.push("Course on");
        }
        for word in forbidden {
            prop_assert!(!text.contains(word), "{word} in {text}");
        }
        if let Some(areas) = &redaction.areas {
            for area in AREAS.iter().filter(|area| !areas.iter().any(|chosen| chosen.as_str() == **area)) {
                prop_assert!(!text.contains(area), "{area} in {text}");
            }
            // A mean over all areas would speak of those, too.
            prop_assert!(!text.contains("\"overall\""));
        }
        if !redaction.answers {
            for item in INSTRUMENT.bank().items() {
                prop_assert!(!text.contains(&format!("\"{}\"", item.id)), "{} in {text}", item.id);
            }
            prop_assert!(!text.contains("\"response\""));
        }
    }

    #[test]
    fn what_was_chosen_is_there(seed in 0..1000_u64, redaction in redactions()) {
        let passport = passport(seed);
        let (text, copy) = share(&redaction, &passport);
        let chosen = redaction.areas.clone().unwrap_or_else(|| areas(&[true; 3]));
        for area in &chosen {
            for id in [format!("\"{area}\""), format!("\"{area}.1\"")] {
                prop_assert!(text.contains(&id), "{} is not in {}", id, text);
            }
            prop_assert_eq!(text.contains(&format!("urn:uuid:badge-{area}")), redaction.badges);
            prop_assert_eq!(text.contains(&format!("urn:uuid:endorsement-{area}")), redaction.badges);
            prop_assert_eq!(text.contains(&format!("Course on {area}")), redaction.courses);
        }
        prop_assert_eq!(copy.entries::<Goal>().len(), if redaction.goals { chosen.len() } else { 0 });
        prop_assert_eq!(copy.name().is_some(), redaction.name);
        prop_assert_eq!(text.contains("\"response\""), redaction.answers && !chosen.is_empty());
        let measured = |content: &Content| matches!(content, Content::Assessment(_) | Content::Result(_));
        let results = copy.records().iter().filter(|record| measured(record.content())).count();
        let expected = if redaction.history { passport.assessments().count() } else { 1 };
        prop_assert_eq!(results, if chosen.is_empty() { 0 } else { expected });
    }

    #[test]
    fn sharing_a_shared_copy_again_never_shows_more(seed in 0..1000_u64, one in redactions(), two in redactions()) {
        let (first, copy) = share(&one, &passport(seed));
        let (second, _) = share(&two, &copy);
        for area in AREAS {
            prop_assert!(first.contains(area) || !second.contains(area));
        }
        prop_assert!(first.contains("\"response\"") || !second.contains("\"response\""));
        prop_assert!(first.contains("secret-name") || !second.contains("secret-name"));
    }

    #[test]
    fn a_shared_copy_can_be_merged_back(seed in 0..1000_u64, redaction in redactions()) {
        // Without unknown members: a record shared whole loses them, and would contradict the original.
        let mut plain: Value = serde_json::from_str(&passport(seed).to_json().unwrap()).unwrap();
        for record in plain["records"].as_array_mut().unwrap() {
            record.as_object_mut().unwrap().remove("x-future");
        }
        let passport = Passport::parse(&plain.to_string()).unwrap();
        let (_, copy) = share(&redaction, &passport);
        let merged = passport.merge(&copy).unwrap();
        prop_assert_eq!(merged.merge(&copy).unwrap(), merged);
    }
}

#[test]
fn everything_shared_whole_can_be_replayed() {
    let redaction = Redaction { answers: true, history: true, ..Redaction::default() };
    let (_, copy) = share(&redaction, &passport(3));
    assert!(copy.assessments().count() > 0);
    assert!(copy.assessments().all(|record| replay(&INSTRUMENT, record) == Replay::Confirmed));
}

#[test]
fn answers_of_one_area_are_those_to_its_questions() {
    let redaction = Redaction { areas: Some(areas(&[false, true, false])), answers: true, ..Redaction::default() };
    let (_, copy) = share(&redaction, &passport(3));
    let Content::Result(result) = copy.records()[0].content().clone() else { panic!("a result") };
    let answers = result.answers.unwrap();
    assert!(!answers.is_empty() && answers.iter().all(|answer| answer.item.as_str().starts_with("area-beta.")));
}

#[test]
fn two_copies_cannot_be_linked_by_the_ids_of_their_records() {
    let ids = |share: u128| -> BTreeSet<Uuid> {
        let redaction = Redaction { history: true, goals: true, courses: true, ..Redaction::default() };
        let copy = redaction.apply(&passport(3), uuid(share), at(20), &[], std::slice::from_ref(&INSTRUMENT)).unwrap();
        copy.records().iter().map(|record| record.id()).collect()
    };
    assert!(ids(77).is_disjoint(&ids(78)));
    assert_eq!(ids(77), ids(77), "the same copy is the same bytes");
}

#[test]
fn of_a_framework_that_is_not_known_only_chosen_areas_are_shared() {
    let redaction = Redaction { areas: Some(areas(&[true, false, false])), answers: true, ..Redaction::default() };
    let copy = redaction.apply(&passport(3), uuid(77), at(20), &[], &[]).unwrap();
    let Content::Result(result) = copy.records()[0].content().clone() else { panic!("a result") };
    assert_eq!((result.areas.len(), result.competences.len(), result.answers), (1, 0, None));
    // With the framework alone its competences are there, and still no answer.
    let framework = INSTRUMENT.framework().clone();
    let copy = redaction.apply(&passport(3), uuid(77), at(20), &[framework], &[]).unwrap();
    let Content::Result(result) = copy.records()[0].content().clone() else { panic!("a result") };
    assert_eq!((result.areas.len(), result.competences.len(), result.answers), (1, 3, None));
}
