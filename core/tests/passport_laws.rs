//! The laws of a passport: merging, round trips, newer versions, and files that are anything but a passport.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::Random;
use proptest::prelude::*;
use serde_json::{Value, json};
use skills_passport::json::{self, JsonError};
use skills_passport::passport::{
    Content, FORMAT, MAX_PASSPORT_BYTES, MAX_RECORDS, Passport, PassportError, RecordKind,
};
use uuid::Uuid;

/// Five finished sittings as the JSON of records, with the ids 1 to 5.
static ASSESSMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let (instrument, mut random) = (common::tiny(), Random(1));
    let mut passport = Passport::new(uuid(99), "2026-11-01T08:00:00Z".parse().unwrap());
    for (number, day) in (1..=5).zip(10..) {
        passport.add(common::record(&instrument, number, day, &mut random)).unwrap();
    }
    value(&passport)["records"].as_array().unwrap().clone()
});

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The id of the tombstone of a record.
fn tombstone_of(number: u128) -> Uuid {
    uuid(100 + number)
}

fn tombstone(number: u128) -> Value {
    json!({ "type": "tombstone", "id": tombstone_of(number), "at": "2026-11-20T08:00:00Z", "record": uuid(number) })
}

/// A record of a type that only a newer version knows.
fn future(number: u128) -> Value {
    json!({ "type": "vow", "id": uuid(200 + number), "at": "2027-01-01T08:00:00Z", "vow": { "words": [number as u64] } })
}

/// A record of a type that came with format 1.1.
fn goal(number: u128) -> Value {
    json!({
        "type": "goal", "id": uuid(300 + number), "at": "2026-11-19T08:00:00Z", "competence": "A.1", "level": number as u8,
        "framework": { "id": "tiny", "version": "1.0.0" },
    })
}

fn document(format: &str, records: Vec<Value>) -> Value {
    json!({ "format": format, "id": uuid(99), "created": "2026-11-01T08:00:00Z", "records": records })
}

fn parse(document: &Value) -> Result<Passport, PassportError> {
    Passport::parse(&document.to_string())
}

fn value(passport: &Passport) -> Value {
    serde_json::from_str(&passport.to_json().unwrap()).unwrap()
}

fn ids(passport: &Passport) -> BTreeSet<Uuid> {
    passport.records().iter().map(|record| record.id()).collect()
}

/// Which of five records, of their tombstones and of three records of a newer version a passport has.
#[derive(Debug, Clone)]
struct Recipe {
    minor: u8,
    id: u128,
    day: u8,
    records: [bool; 5],
    tombstones: [bool; 5],
    futures: [bool; 3],
    goals: [bool; 3],
    member: Option<u8>,
}

impl Recipe {
    fn passport(&self) -> Passport {
        let chosen = |list: &[bool]| -> Vec<u128> { (1..).zip(list).filter(|(_, on)| **on).map(|(n, _)| n).collect() };
        let mut records: Vec<Value> =
            chosen(&self.records).iter().map(|number| ASSESSMENTS[*number as usize - 1].clone()).collect();
        records.extend(chosen(&self.tombstones).into_iter().map(tombstone));
        if self.minor > 0 {
            records.extend(chosen(&self.goals).into_iter().map(goal));
        }
        if u64::from(self.minor) > FORMAT.minor {
            records.extend(chosen(&self.futures).into_iter().map(future));
        }
        let mut document = document(&format!("1.{}.0", self.minor), records);
        document["id"] = json!(uuid(1000 + self.id));
        document["created"] = format!("2026-11-{:02}T08:00:00Z", self.day).into();
        if let Some(member) = self.member {
            document["motto"] = json!({ "words": ["learn", member] });
        }
        parse(&document).unwrap()
    }
}

fn recipes() -> impl Strategy<Value = Recipe> {
    let lists = (any::<[bool; 5]>(), any::<[bool; 5]>(), any::<[[bool; 3]; 2]>());
    let member = proptest::option::of(0..3_u8);
    (0..4_u8, 0..3_u128, 1..4_u8, lists, member).prop_map(
        |(minor, id, day, (records, tombstones, [futures, goals]), member)| Recipe {
            minor,
            id,
            day,
            records,
            tombstones,
            futures,
            goals,
            member,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative(one in recipes(), two in recipes()) {
        let (one, two) = (one.passport(), two.passport());
        prop_assert_eq!(one.merge(&two).unwrap(), two.merge(&one).unwrap());
    }

    #[test]
    fn merging_is_associative(one in recipes(), two in recipes(), three in recipes()) {
        let (one, two, three) = (one.passport(), two.passport(), three.passport());
        let left = one.merge(&two).unwrap().merge(&three).unwrap();
        prop_assert_eq!(left, one.merge(&two.merge(&three).unwrap()).unwrap());
    }

    #[test]
    fn merging_is_idempotent(one in recipes(), two in recipes()) {
        let (one, two) = (one.passport(), two.passport());
        prop_assert_eq!(&one.merge(&one).unwrap(), &one);
        let both = one.merge(&two).unwrap();
        prop_assert_eq!(&both.merge(&two).unwrap(), &both);
    }

    #[test]
    fn a_preview_says_what_merging_then_does(one in recipes(), two in recipes()) {
        let (one, two) = (one.passport(), two.passport());
        let preview = one.preview(&two).unwrap();
        let merged = one.merge(&two).unwrap();
        let new = merged.records().into_iter().filter(|record| !ids(&one).contains(&record.id()));
        let mut kinds = std::collections::BTreeMap::new();
        for record in new {
            if let Some(kind) = RecordKind::of(record) {
                let times: &mut Vec<_> = kinds.entry(kind).or_default();
                times.push(record.at().clone());
            }
        }
        let expected: Vec<_> = kinds.into_iter().map(|(kind, mut times)| {
            times.sort();
            (kind, times.len() as u32, times[0].clone(), times[times.len() - 1].clone())
        }).collect();
        let said: Vec<_> =
            preview.new.iter().map(|new| (new.kind, new.count, new.earliest.clone(), new.latest.clone())).collect();
        prop_assert_eq!(said, expected);
        let lost = one.records().into_iter().filter(|record| !ids(&merged).contains(&record.id())).count();
        prop_assert_eq!(preview.erases as usize, lost);
        prop_assert!(merged.preview(&two).unwrap().is_empty());
    }

    #[test]
    fn a_passport_survives_its_file(recipe in recipes()) {
        let passport = recipe.passport();
        let text = passport.to_json().unwrap();
        let again = Passport::parse(&text).unwrap();
        prop_assert_eq!(&again, &passport);
        prop_assert_eq!(again.to_json().unwrap(), text);
    }

    #[test]
    fn a_merged_passport_has_every_record_but_the_buried(one in recipes(), two in recipes()) {
        let merged = one.passport().merge(&two.passport()).unwrap();
        let both = [&one, &two];
        let mut expected = BTreeSet::new();
        for number in 1..=5 {
            let buried = both.iter().any(|recipe| recipe.tombstones[number - 1]);
            if buried {
                expected.insert(tombstone_of(number as u128));
            } else if both.iter().any(|recipe| recipe.records[number - 1]) {
                expected.insert(uuid(number as u128));
            }
        }
        for number in 1..=3 {
            if both.iter().any(|recipe| u64::from(recipe.minor) > FORMAT.minor && recipe.futures[number - 1]) {
                expected.insert(uuid(200 + number as u128));
            }
            if both.iter().any(|recipe| recipe.minor > 0 && recipe.goals[number - 1]) {
                expected.insert(uuid(300 + number as u128));
            }
        }
        prop_assert_eq!(ids(&merged), expected);
    }
}

#[test]
fn the_older_passport_gives_its_id() {
    let passport = |id, day: u8| Passport::new(uuid(id), format!("2026-11-{day:02}T08:00:00Z").parse().unwrap());
    let (older, newer) = (passport(7, 1), passport(3, 2));
    assert_eq!(newer.merge(&older).unwrap().id(), uuid(7));
}

#[test]
fn adding_the_same_record_again_changes_nothing() {
    let mut passport = parse(&document("1.0.0", vec![])).unwrap();
    let record = common::record(&common::tiny(), 1, 10, &mut Random(1));
    passport.add(record.clone()).unwrap();
    let before = passport.clone();
    passport.add(record).unwrap();
    assert_eq!(passport, before);
}

#[test]
fn removing_a_record_erases_what_it_said() {
    let mut passport = parse(&document("1.0.0", vec![ASSESSMENTS[0].clone()])).unwrap();
    assert!(passport.to_json().unwrap().contains("A.1-01"));
    passport.remove(uuid(1), tombstone_of(1), "2026-11-20T08:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(value(&passport)["records"], json!([tombstone(1)]));
}

#[test]
fn an_old_copy_cannot_bring_a_removed_record_back() {
    let copy = parse(&document("1.0.0", vec![ASSESSMENTS[0].clone(), ASSESSMENTS[1].clone()])).unwrap();
    let mut passport = copy.clone();
    passport.remove(uuid(1), tombstone_of(1), "2026-11-20T08:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(ids(&copy.merge(&passport).unwrap()), [uuid(2), tombstone_of(1)].into());
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let mut passport = parse(&document("1.0.0", vec![tombstone(1)])).unwrap();
    let before = passport.clone();
    for missing in [uuid(1), uuid(2), tombstone_of(1)] {
        let error = passport.remove(missing, uuid(300), "2026-11-20T08:00:00Z".parse().unwrap()).unwrap_err();
        assert_eq!(error, PassportError::NoSuchRecord { id: missing });
    }
    assert_eq!(passport, before);
}

#[test]
fn records_come_oldest_first_whatever_their_order_in_the_file() {
    let passport = parse(&document("1.0.0", ASSESSMENTS.iter().rev().cloned().collect())).unwrap();
    let days: Vec<_> = passport.assessments().map(|record| record.at.date().to_owned()).collect();
    assert_eq!(days, ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14"]);
}

/// Puts a member that no version knows into every object of a value, but not under these names: their types are
/// closed.
fn with_unknown_members(value: &mut Value, closed: &[&str]) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|entry| with_unknown_members(entry, closed)),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if !closed.contains(&name.as_str()) {
                    with_unknown_members(member, closed);
                }
            }
            members.insert("x-future".to_owned(), json!({ "deep": [1, -2, null, true, "é\u{0}", { "more": [] }] }));
        }
        _ => {}
    }
}

/// A passport of a newer minor version with members that we do not know.
fn newer_document() -> Value {
    let mut newer = document("1.7.0", vec![tombstone(3), ASSESSMENTS[0].clone(), ASSESSMENTS[1].clone(), future(1)]);
    // Plans, answers and responses are closed types: a newer version can give them no new member.
    with_unknown_members(&mut newer, &["plan", "answers"]);
    newer
}

/// A document with its records by id, since their order says nothing.
fn by_id(mut document: Value) -> Value {
    if let Some(records) = document["records"].as_array_mut() {
        records.sort_by_key(|record| record["id"].to_string());
    }
    document
}

#[test]
fn unknown_members_at_any_depth_survive_a_round_trip() {
    let newer = newer_document();
    assert_eq!(by_id(value(&parse(&newer).unwrap())), by_id(newer));
}

#[test]
fn unknown_members_survive_a_merge_with_an_older_version() {
    let newer = newer_document();
    let older = parse(&document("1.0.0", vec![ASSESSMENTS[3].clone()])).unwrap();
    let mut expected = newer.clone();
    expected["records"].as_array_mut().unwrap().push(ASSESSMENTS[3].clone());
    for merged in [older.merge(&parse(&newer).unwrap()), parse(&newer).unwrap().merge(&older)] {
        assert_eq!(by_id(value(&merged.unwrap())), by_id(expected.clone()));
    }
}

#[test]
fn a_record_of_an_unknown_type_is_kept_when_the_version_is_newer() {
    let passport = parse(&document("1.8.0", vec![future(1)])).unwrap();
    assert_eq!(*passport.records()[0].content(), Content::Unknown);
    assert_eq!(value(&passport)["records"], json!([future(1)]));
}

#[test]
fn a_record_of_an_unknown_type_is_refused_in_our_own_version() {
    for version in ["1.0.0", "1.1.0"] {
        let error = parse(&document(version, vec![tombstone(1), future(1)])).unwrap_err();
        assert_eq!((error.code(), error.path()), ("wrong-shape", "/records/1/type"));
        assert_eq!(error.to_string(), "unknown record type `vow`");
    }
    let error = parse(&document("1.0.0", vec![goal(1)])).unwrap_err();
    assert_eq!(error.to_string(), "unknown record type `goal`", "1.0 did not have it");
}

#[test]
fn another_major_version_is_refused() {
    for format in ["2.0.0", "0.9.0", "17.3.1"] {
        let error = parse(&document(format, vec![])).unwrap_err();
        assert_eq!((error.code(), error.path()), ("newer-version", "/format"));
        assert!(error.to_string().contains(format), "{error}");
    }
}

#[test]
fn the_rest_of_another_major_version_may_be_of_any_shape() {
    let error = Passport::parse(r#"{ "entries": 5, "format": "2.0.0" }"#).unwrap_err();
    assert_eq!(error.code(), "newer-version");
}

/// The first sitting, as somebody changed it.
fn changed() -> Value {
    let mut record = ASSESSMENTS[0].clone();
    record["at"] = "2026-11-15T10:00:00Z".into();
    record
}

#[test]
fn two_different_records_of_one_id_conflict_in_a_file() {
    let error = parse(&document("1.0.0", vec![ASSESSMENTS[0].clone(), changed()])).unwrap_err();
    assert_eq!(error, PassportError::Conflict { id: uuid(1) });
    assert_eq!(error.code(), "conflict");
}

#[test]
fn two_different_records_of_one_id_conflict_in_a_merge() {
    let passport = |record| parse(&document("1.0.0", vec![record])).unwrap();
    let error = passport(ASSESSMENTS[0].clone()).merge(&passport(changed())).unwrap_err();
    assert_eq!(error, PassportError::Conflict { id: uuid(1) });
}

#[test]
fn a_record_that_stands_in_a_file_twice_is_one() {
    let passport = parse(&document("1.0.0", vec![ASSESSMENTS[0].clone(), ASSESSMENTS[0].clone()])).unwrap();
    assert_eq!(passport.records().len(), 1);
}

#[test]
fn a_full_passport_can_still_erase_a_record() {
    let records = (0..10_000_u128).map(tombstone).chain([]).collect::<Vec<_>>();
    let mut full = document("1.0.0", records);
    full["records"][0] = future(700_000);
    full["format"] = "1.9.0".into();
    let mut passport = parse(&full).unwrap();
    passport.remove(uuid(700_200), uuid(800_000), "2026-11-22T09:30:00Z".parse().unwrap()).unwrap();
    assert!(!ids(&passport).contains(&uuid(700_200)) && ids(&passport).contains(&uuid(800_000)));
}

#[test]
fn a_tombstone_settles_what_would_contradict() {
    let changed_record = changed();
    let original = parse(&document("1.0.0", vec![])).unwrap();
    let with = |record: Value| parse(&document("1.0.0", vec![record])).unwrap();
    let dead: Uuid = serde_json::from_value(changed_record["id"].clone()).unwrap();
    let mut erased = with(changed_record.clone());
    erased.remove(dead, uuid(900_000), "2026-11-22T09:30:00Z".parse().unwrap()).unwrap();
    let merged = with(changed_record).merge(&original).unwrap().merge(&erased).unwrap();
    assert!(!ids(&merged).contains(&dead));
}

#[test]
fn too_many_records_are_refused() {
    let full = |records| parse(&document("1.0.0", (0..records).map(|number| tombstone(1000 + number)).collect()));
    assert_eq!(full(MAX_RECORDS as u128).unwrap().records().len(), MAX_RECORDS);
    let error = full(MAX_RECORDS as u128 + 1).unwrap_err();
    assert_eq!((error.code(), error.path()), ("too-large", "/records"));
}

#[test]
fn a_number_where_text_belongs_is_named_by_its_pointer() {
    let good = document("1.0.0", vec![tombstone(2), ASSESSMENTS[0].clone()]);
    for pointer in [
        "/format",
        "/id",
        "/created",
        "/records/0/type",
        "/records/0/record",
        "/records/1/id",
        "/records/1/at",
        "/records/1/engine",
        "/records/1/assessment/format",
        "/records/1/assessment/framework/id",
        "/records/1/assessment/bank/sha256",
        "/records/1/assessment/setting/language",
        "/records/1/assessment/answers/3/item",
        "/records/1/profile/competences/2/competence",
        "/records/1/assessment/plan/mode",
        "/records/1/profile/areas/1/estimate/evidence",
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = 5.into();
        let error = parse(&bad).unwrap_err();
        assert_eq!((error.code(), error.path()), ("wrong-shape", pointer));
    }
}

#[test]
fn a_member_that_stands_there_twice_is_refused() {
    let good = document("1.0.0", vec![tombstone(1)]).to_string();
    for (member, again) in [("\"id\"", "\"id\":7,\"id\""), ("\"type\"", "\"type\":\"vow\",\"type\"")] {
        let error = Passport::parse(&good.replacen(member, again, 1)).unwrap_err().to_string();
        assert!(error.contains("stands there twice"), "{member}: {error}");
    }
}

#[test]
fn a_list_where_an_object_belongs_is_refused() {
    let record = json!(["vow", uuid(1), "2026-11-20T08:00:00Z"]);
    let error = parse(&document("1.8.0", vec![record])).unwrap_err();
    assert_eq!((error.code(), error.path()), ("wrong-shape", "/records/0"));
    assert_eq!(parse(&json!(["1.0.0"])).unwrap_err().code(), "wrong-shape");
}

#[test]
fn fifty_megabytes_of_brackets_are_too_large() {
    let error = Passport::parse(&"[".repeat(50 << 20)).unwrap_err();
    let expected = JsonError::TooLarge { bytes: 50 << 20, limit: MAX_PASSPORT_BYTES };
    assert_eq!(error, PassportError::Json(expected));
}

#[test]
fn brackets_nested_as_deep_as_the_size_allows_are_refused() {
    for head in ["", r#"{"format":"1.0.0","a":"#, r#"{"format":"1.0.0","records":"#] {
        let text = format!("{head}{}", "[".repeat(MAX_PASSPORT_BYTES - head.len()));
        let code = Passport::parse(&text).unwrap_err().code();
        assert!(["not-json", "wrong-shape"].contains(&code), "{head} {code}");
    }
}

/// The places of a document, the document itself included.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, entry)| pointers(entry, &format!("{at}/{index}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| pointers(member, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

/// A passport in which a value stands where another belongs.
fn with_a_wrong_value(good: &Value, random: &mut Random) -> Value {
    let mut places = Vec::new();
    pointers(good, "", &mut places);
    let (to, from) = (&places[random.below(places.len())], &places[random.below(places.len())]);
    let mut bad = good.clone();
    let strange = [
        json!(null),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("\u{0}\u{202e}"),
        json!([]),
        json!({}),
        json!({ "type": "tombstone" }),
    ];
    let value = match random.below(2) {
        0 => good.pointer(from).unwrap().clone(),
        _ => strange[random.below(strange.len())].clone(),
    };
    *bad.pointer_mut(to).unwrap() = value;
    bad
}

/// A file that something happened to: flipped bits, an end cut off, or a value in the wrong place.
fn damaged(good: &Value, random: &mut Random) -> Vec<u8> {
    let mut bytes = good.to_string().into_bytes();
    match random.below(3) {
        0 => {
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        1 => bytes.truncate(random.below(bytes.len())),
        _ => bytes = with_a_wrong_value(good, random).to_string().into_bytes(),
    }
    bytes
}

#[test]
fn ten_thousand_damaged_passports_are_read_or_refused_with_a_reason() {
    // Ours, with every kind of record, and a newer one with records that are not known.
    let ours: Value = serde_json::from_str(include_str!("fixtures/passport/1.1.0-everything.json")).unwrap();
    let mut kinds = BTreeSet::new();
    let records = ours["records"].as_array().unwrap().iter();
    let ours = document("1.1.0", records.filter(|record| kinds.insert(record["type"].to_string())).cloned().collect());
    assert_eq!(kinds.len(), 9);
    let newer = document("1.2.0", vec![tombstone(3), ASSESSMENTS[0].clone(), goal(1), future(1)]);
    let codes = ["not-utf8", "not-json", "wrong-shape", "newer-version", "conflict"];
    let mut seen = BTreeSet::new();
    for seed in 0..10_000 {
        let bytes = damaged(if seed % 2 == 0 { &ours } else { &newer }, &mut Random(seed));
        let read = json::utf8(&bytes).map_err(PassportError::from).and_then(Passport::parse);
        match read {
            Ok(passport) => {
                let text = passport.to_json().unwrap();
                assert_eq!(Passport::parse(&text).as_ref(), Ok(&passport), "seed {seed}");
                seen.insert("read");
            }
            Err(error) => {
                let (code, message, path) = (error.code(), error.to_string(), error.path());
                assert!(codes.contains(&code) && !message.is_empty(), "seed {seed}: {code} {message}");
                let text: Option<Value> = serde_json::from_slice(&bytes).ok();
                // What is missing is said to be missing where it belongs.
                let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
                let found = text.is_none_or(|text| text.pointer(path).or_else(|| text.pointer(parent)).is_some());
                assert!(found, "seed {seed}: {message} is said to be at `{path}`, which does not exist");
                seen.insert(code);
            }
        }
    }
    let kinds = ["not-json", "not-utf8", "read", "wrong-shape"].into();
    assert!(seen.is_superset(&kinds), "the damage is too much alike: {seen:?}");
}
