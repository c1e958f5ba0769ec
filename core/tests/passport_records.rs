//! The records that came with format 1.1: what they say, and that a wrong one is refused when the passport is read.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use serde_json::{Value, json};
use skills_passport::json;
use skills_passport::passport::{
    Attestation, Content, Course, Entry, Goal, Holder, KeyRecord, MAX_NAME_CHARS, Note, Passport, Record,
};
use skills_passport::units::Level;
use uuid::Uuid;

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn framework() -> Value {
    json!({ "id": "tiny", "version": "1.0.0" })
}

/// One record of each kind, with every member that it can have.
fn full_records() -> Vec<Value> {
    let record = |number: u128, kind: &str, members: Value| {
        let mut record = members;
        record["type"] = kind.into();
        record["id"] = uuid(number).to_string().into();
        record["at"] = format!("2026-11-{:02}T08:00:00Z", number + 1).into();
        record
    };
    vec![
        record(
            1,
            "goal",
            json!({
                "framework": framework(), "competence": "A.1", "level": 5, "by": "2027-06-30T00:00:00Z",
                "note": "For my job",
            }),
        ),
        record(
            2,
            "course",
            json!({
                "title": "Reading on Tuesdays", "provider": "The library", "url": "https://library.example/reading",
                "framework": framework(), "competences": ["A.1", "A.2"], "started": "2026-12-01T00:00:00Z",
                "finished": "2027-02-01T00:00:00Z",
            }),
        ),
        record(3, "note", json!({ "text": "Ask Léa", "about": uuid(1) })),
        record(4, "holder", json!({ "name": "Marie" })),
        record(5, "key", json!({ "did": "did:key:z6Mk2", "replaces": "did:key:z6Mk1", "statement": { "id": "s" } })),
        record(6, "attestation", json!({ "credential": { "id": "urn:uuid:1", "type": ["VerifiableCredential"] } })),
    ]
}

fn document(records: Vec<Value>) -> String {
    json!({ "format": "1.1.0", "id": uuid(99), "created": "2026-11-01T08:00:00Z", "records": records }).to_string()
}

/// Whether the type of a record reads it: what the table of shapes must agree with.
fn typed(record: &Value) -> bool {
    fn reads<E: Entry>(record: &Value) -> bool {
        json::read_known::<E>(record, "").is_ok()
    }
    match record["type"].as_str().unwrap() {
        "goal" => reads::<Goal>(record),
        "course" => reads::<Course>(record),
        "note" => reads::<Note>(record),
        "holder" => reads::<Holder>(record),
        "key" => reads::<KeyRecord>(record),
        _ => reads::<Attestation>(record),
    }
}

#[test]
fn every_kind_is_read_back_as_it_was_written() {
    let passport = Passport::parse(&document(full_records())).unwrap();
    let goal = passport.entries::<Goal>().pop().unwrap().1;
    assert_eq!(
        (goal.competence.as_str(), goal.level, goal.note.as_deref()),
        ("A.1", Level::new(5).unwrap(), Some("For my job"))
    );
    let course = passport.entries::<Course>().pop().unwrap().1;
    assert_eq!((course.title.as_str(), course.competences.unwrap().len()), ("Reading on Tuesdays", 2));
    let note = passport.entries::<Note>().pop().unwrap().1;
    assert_eq!((note.text.as_str(), note.about), ("Ask Léa", Some(uuid(1))));
    assert_eq!(passport.name().as_deref(), Some("Marie"));
    let key = passport.entries::<KeyRecord>().pop().unwrap().1;
    assert_eq!((key.did.as_str(), key.replaces.as_deref()), ("did:key:z6Mk2", Some("did:key:z6Mk1")));
    let attestation = passport.entries::<Attestation>().pop().unwrap().1;
    assert_eq!(attestation.credential["id"], "urn:uuid:1");
    assert!(passport.records().iter().all(|record| *record.content() == Content::Entry));
}

#[test]
fn a_record_made_here_is_the_one_that_is_read() {
    let note = Note { text: "x".to_owned(), about: None };
    let record = Record::of(uuid(3), "2026-11-04T08:00:00Z".parse().unwrap(), &note).unwrap();
    assert_eq!(*record.source(), json!({ "type": "note", "id": uuid(3), "at": "2026-11-04T08:00:00Z", "text": "x" }));
    assert_eq!(record.entry::<Note>(), Some(note));
    assert_eq!(record.entry::<Holder>(), None);
}

#[test]
fn the_newest_name_counts() {
    let mut passport = Passport::parse(&document(full_records())).unwrap();
    let name = |text: &str| Holder { name: text.to_owned() };
    passport.add(Record::of(uuid(20), "2026-10-01T08:00:00Z".parse().unwrap(), &name("Maiden")).unwrap()).unwrap();
    assert_eq!(passport.name().as_deref(), Some("Marie"));
    passport.add(Record::of(uuid(21), "2026-12-01T08:00:00Z".parse().unwrap(), &name("Marie L.")).unwrap()).unwrap();
    assert_eq!(passport.name().as_deref(), Some("Marie L."));
}

#[test]
fn a_text_that_is_empty_or_too_long_is_refused() {
    let at = || "2026-11-04T08:00:00Z".parse().unwrap();
    for name in [String::new(), "  ".to_owned(), "é".repeat(MAX_NAME_CHARS + 1)] {
        let error = Record::of(uuid(1), at(), &Holder { name }).unwrap_err();
        assert_eq!((error.code(), error.path()), ("wrong-shape", "/name"));
    }
    assert!(Record::of(uuid(1), at(), &Holder { name: "é".repeat(MAX_NAME_CHARS) }).is_ok());
}

#[test]
fn a_member_that_a_kind_needs_is_named_where_it_is_missing() {
    for (position, member) in [
        (0, "framework"),
        (0, "competence"),
        (0, "level"),
        (1, "title"),
        (2, "text"),
        (3, "name"),
        (4, "did"),
        (5, "credential"),
    ] {
        let mut records = full_records();
        records[position].as_object_mut().unwrap().remove(member);
        let error = Passport::parse(&document(records)).unwrap_err();
        assert_eq!((error.code(), error.path()), ("wrong-shape", format!("/records/{position}").as_str()));
        assert!(error.to_string().contains(member), "{error}");
    }
}

/// The table of shapes must refuse what the types refuse: else a passport would be read whose records cannot be.
#[test]
fn what_the_table_of_shapes_accepts_the_types_can_read() {
    let strange = [
        json!(null),
        json!(0),
        json!(9),
        json!(-1),
        json!(""),
        json!("x"),
        json!([]),
        json!(["a b"]),
        json!({}),
        json!("2026-02-30T00:00:00Z"),
        json!({ "id": "tiny", "version": "1" }),
    ];
    let (mut accepted, mut refused) = (0, 0);
    for record in full_records() {
        for member in record.as_object().unwrap().keys().filter(|name| !["type", "id", "at"].contains(&name.as_str())) {
            for value in &strange {
                let mut changed = record.clone();
                changed[member] = value.clone();
                match Passport::parse(&document(vec![changed.clone()])) {
                    Ok(_) => {
                        assert!(typed(&changed), "{changed} is accepted but cannot be read");
                        accepted += 1;
                    }
                    Err(error) => {
                        assert!(error.path().starts_with(&format!("/records/0/{member}")), "{error}: {}", error.path());
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(accepted > 20 && refused > 100, "{accepted} {refused}");
}

#[test]
fn a_newer_kind_of_goal_is_kept_though_not_understood() {
    let mut goal = full_records()[0].clone();
    goal["level"] = json!({ "from": 3, "to": 5 });
    let newer = document(vec![goal.clone()]).replace("1.1.0", "1.2.0");
    let passport = Passport::parse(&newer).unwrap();
    assert_eq!(*passport.records()[0].content(), Content::Unknown);
    assert_eq!(*passport.records()[0].source(), goal);
    assert!(passport.entries::<Goal>().is_empty());
}

#[test]
fn unknown_members_of_the_new_kinds_survive() {
    let mut records = full_records();
    for record in &mut records {
        record["x-future"] = json!([1, { "deep": "é" }]);
    }
    let newer = document(records.clone()).replace("1.1.0", "1.4.2");
    let again: Value = serde_json::from_str(&Passport::parse(&newer).unwrap().to_json().unwrap()).unwrap();
    assert_eq!(again["records"], Value::from(records));
    assert_eq!(again["format"], "1.4.2");
    assert_eq!(Passport::parse(&newer).unwrap().entries::<Goal>().len(), 1, "what is known of it can be read");
}

#[test]
fn an_entry_is_erased_like_any_record() {
    let mut passport = Passport::parse(&document(full_records())).unwrap();
    passport.remove(uuid(3), uuid(50), "2026-12-01T08:00:00Z".parse().unwrap()).unwrap();
    assert!(!passport.to_json().unwrap().contains("Ask Léa"));
    let copy = Passport::parse(&document(full_records())).unwrap();
    assert!(passport.merge(&copy).unwrap().entries::<Note>().is_empty());
}
