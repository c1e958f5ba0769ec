//! Every fault that a framework or a bank can have, put into a good one, with the message that its author reads.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use common::Parts;
use serde_json::{Value, json};

/// A name for the fault, and how to make it.
type Fault = (&'static str, fn(&mut Parts));

/// What is said of each fault, in the order given.
fn messages(faults: &[Fault]) -> String {
    let message = |(name, spoil): &Fault| {
        let mut parts = Parts::tiny();
        spoil(&mut parts);
        let message = parts.load().err().unwrap_or_else(|| format!("NOT REFUSED: {name}"));
        format!("{name}\n    {message}\n")
    };
    faults.iter().map(message).collect()
}

fn graded(parts: &mut Parts) -> &mut Value {
    &mut parts.bank["items"][0]
}

fn choice(parts: &mut Parts) -> &mut Value {
    &mut parts.bank["items"][1]
}

fn remove(value: &mut Value, member: &str) {
    value.as_object_mut().unwrap().remove(member).unwrap();
}

/// A crosswalk from an older framework, and the bank written for that.
fn translate(parts: &mut Parts, mappings: &[(&str, &str)]) {
    let older = json!({ "id": "tiny", "version": "0.9.0" });
    parts.bank["framework"] = older.clone();
    let mappings: Vec<Value> = mappings.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
    parts.crosswalk = Some(json!({
        "from": older, "to": { "id": "tiny", "version": "1.0.0" }, "provenance": "ours", "note": "", "mappings": mappings,
    }));
}

#[test]
fn the_framework_and_bank_that_faults_are_put_into_are_good() {
    assert_eq!(Parts::tiny().load().err(), None);
}

#[test]
fn a_crosswalk_makes_a_bank_of_an_older_framework_usable() {
    let mut parts = Parts::tiny();
    // The items of such a bank name no outcomes of this framework.
    parts.outcomes = json!({ "outcomes": {} });
    translate(&mut parts, &[("A.1", "A.2"), ("A.2", "A.1"), ("B.1", "B.1")]);
    let instrument = parts.load().unwrap();
    let competence = |id: &str| instrument.bank().item(&id.parse().unwrap()).unwrap().1.competence.to_string();
    assert_eq!((competence("A.1-01").as_str(), competence("B.1-01").as_str()), ("A.2", "B.1"));
}

const OF_FRAMEWORKS: &[Fault] = &[
    ("area twice", |parts| parts.framework["areas"][1]["id"] = "A".into()),
    ("competence twice", |parts| parts.framework["areas"][1]["competences"] = json!(["A.1"])),
    ("outcome twice", |parts| parts.outcomes["outcomes"]["B.1"][0]["id"] = "A.1-low".into()),
    ("language twice", |parts| parts.framework_texts.push(parts.framework_texts[0].clone())),
    ("outcome of an unknown competence", |parts| {
        parts.outcomes["outcomes"]["C.1"] = json!([{ "id": "C.1-low", "kind": "skill", "level": "low" }]);
    }),
    ("outcome of an unknown level", |parts| parts.outcomes["outcomes"]["B.1"][0]["level"] = "middle".into()),
    ("a level is left out", |parts| parts.framework["broadLevels"][1]["levels"] = json!([6, 7, 8])),
    ("levels out of order", |parts| parts.framework["broadLevels"][0]["levels"] = json!([1, 2, 4, 3])),
    ("broad level twice", |parts| parts.framework["broadLevels"][1]["id"] = "low".into()),
    ("a ninth level", |parts| parts.framework["broadLevels"][1]["levels"] = json!([5, 6, 7, 8, 9])),
    ("no competence", |parts| parts.framework["areas"] = json!([{ "id": "A", "competences": [] }])),
    ("too many competences", |parts| {
        parts.framework["areas"][0]["competences"] = (0..200).map(|number| format!("A.{number}")).collect();
    }),
    ("area without text", |parts| remove(&mut parts.framework_texts[0]["areas"], "B")),
    ("competence without text", |parts| remove(&mut parts.framework_texts[0]["competences"], "A.2")),
    ("broad level without text", |parts| remove(&mut parts.framework_texts[0]["broadLevels"], "low")),
    ("level without descriptor", |parts| {
        remove(&mut parts.framework_texts[0]["competences"]["A.2"]["descriptors"], "high");
    }),
    ("blank name", |parts| parts.framework_texts[0]["name"] = " ".into()),
    ("blank descriptor", |parts| {
        parts.framework_texts[0]["competences"]["B.1"]["descriptors"]["low"] = "".into();
    }),
    ("text of no competence", |parts| {
        parts.framework_texts[0]["competences"]["C.1"] = parts.framework_texts[0]["competences"]["B.1"].clone();
    }),
    ("id with a blank", |parts| parts.framework["areas"][0]["id"] = "A rea".into()),
    ("unknown member", |parts| parts.framework["colour"] = "red".into()),
    ("crosswalk to another framework", |parts| {
        translate(parts, &[]);
        parts.crosswalk.as_mut().unwrap()["to"]["version"] = "3.0.0".into();
    }),
    ("crosswalk from another framework", |parts| {
        translate(parts, &[]);
        parts.crosswalk.as_mut().unwrap()["from"]["id"] = "huge".into();
    }),
    ("crosswalk to an unknown competence", |parts| translate(parts, &[("A.1", "C.1")])),
    ("crosswalk from one to two", |parts| translate(parts, &[("A.1", "A.1"), ("A.1", "A.2")])),
    ("crosswalk from two to one", |parts| translate(parts, &[("A.1", "A.1"), ("A.2", "A.1")])),
];

#[test]
fn faults_of_frameworks_are_named_with_their_place() {
    insta::assert_snapshot!(messages(OF_FRAMEWORKS));
}

const OF_BANKS: &[Fault] = &[
    ("another framework", |parts| parts.bank["framework"]["version"] = "2.0.0".into()),
    ("no items", |parts| parts.bank["items"] = json!([])),
    ("shares that do not add up", |parts| parts.bank["model"]["area"] = 200.into()),
    ("a negative share", |parts| {
        parts.bank["model"]["area"] = (-100).into();
        parts.bank["model"]["specific"] = 550.into();
    }),
    ("nothing specific", |parts| {
        parts.bank["model"]["specific"] = 0.into();
        parts.bank["model"]["general"] = 850.into();
    }),
    ("no spread", |parts| parts.bank["model"]["sd"] = 0.into()),
    ("one leniency for all", |parts| parts.bank["model"]["leniencyCorrelation"] = 1000.into()),
    ("item twice", |parts| parts.bank["items"][2]["id"] = "A.1-01".into()),
    ("unknown competence", |parts| graded(parts)["competence"] = "C.1".into()),
    ("competence that the crosswalk leaves out", |parts| translate(parts, &[("A.1", "A.1")])),
    ("no time", |parts| graded(parts)["seconds"] = 0.into()),
    ("slope too small", |parts| graded(parts)["slope"] = 49.into()),
    ("slope too great", |parts| choice(parts)["slope"] = 5001.into()),
    ("location too sure", |parts| choice(parts)["locationSd"] = (-1).into()),
    ("location off the scale", |parts| choice(parts)["location"] = 14_001.into()),
    ("threshold off the scale", |parts| graded(parts)["thresholds"] = json!([-5001, 0, 1])),
    ("thresholds that fall", |parts| graded(parts)["thresholds"] = json!([700, 3500, 2000])),
    ("thresholds that stand still", |parts| graded(parts)["thresholds"] = json!([700, 2000, 2000])),
    ("a threshold too few", |parts| graded(parts)["thresholds"] = json!([700, 2000])),
    ("no scale", |parts| remove(graded(parts), "scale")),
    ("unknown scale", |parts| graded(parts)["scale"] = "mood".into()),
    ("no location", |parts| remove(choice(parts), "location")),
    ("no right option", |parts| remove(choice(parts), "right")),
    ("unknown right option", |parts| choice(parts)["right"] = "d".into()),
    ("one option", |parts| choice(parts)["options"] = json!(["a"])),
    ("option twice", |parts| choice(parts)["options"] = json!(["a", "b", "b"])),
    ("no outcome", |parts| graded(parts)["outcomes"] = json!([])),
    ("unknown outcome", |parts| graded(parts)["outcomes"] = json!(["A.1-low", "A.1-middle"])),
    ("outcome of another competence", |parts| graded(parts)["outcomes"] = json!(["B.1-low"])),
    ("outcome of another level", |parts| graded(parts)["outcomes"] = json!(["A.1-high"])),
    ("item without text", |parts| remove(&mut parts.bank_texts[0]["items"], "B.1-02")),
    ("text of no item", |parts| {
        parts.bank_texts[0]["items"]["B.1-99"] = parts.bank_texts[0]["items"]["B.1-01"].clone();
    }),
    ("blank stem", |parts| parts.bank_texts[0]["items"]["A.1-02"]["stem"] = " ".into()),
    ("blank situation", |parts| parts.bank_texts[0]["items"]["A.1-02"]["situation"] = "".into()),
    ("blank explanation", |parts| parts.bank_texts[0]["items"]["A.1-01"]["explanation"] = "".into()),
    ("option without text", |parts| remove(&mut parts.bank_texts[0]["items"]["A.1-02"]["options"], "b")),
    ("blank option", |parts| parts.bank_texts[0]["items"]["A.1-02"]["options"]["b"] = "".into()),
    ("text of no option", |parts| parts.bank_texts[0]["items"]["A.1-02"]["options"]["d"] = "Both".into()),
    ("option of a statement", |parts| parts.bank_texts[0]["items"]["A.1-01"]["options"] = json!({ "a": "Yes" })),
    ("scale without text", |parts| remove(&mut parts.bank_texts[0]["scales"], "skill")),
    ("an answer of a scale too few", |parts| {
        parts.bank_texts[0]["scales"]["skill"]["answers"] = json!(["No", "Yes"]);
    }),
    ("blank answer of a scale", |parts| parts.bank_texts[0]["scales"]["skill"]["answers"][3] = "".into()),
    ("blank question of a scale", |parts| parts.bank_texts[0]["scales"]["skill"]["question"] = "".into()),
    ("unknown kind", |parts| graded(parts)["kind"] = "essay".into()),
    ("text for a number", |parts| choice(parts)["slope"] = "steep".into()),
    ("a fraction of a thousandth", |parts| choice(parts)["slope"] = json!(900.5)),
    ("a ninth level", |parts| graded(parts)["level"] = 9.into()),
    ("misspelt member", |parts| graded(parts)["threshold"] = json!([1])),
];

#[test]
fn faults_of_banks_are_named_with_their_place() {
    insta::assert_snapshot!(messages(OF_BANKS));
}

#[test]
fn too_many_items_are_refused() {
    let mut parts = Parts::tiny();
    parts.bank["items"] = vec![parts.bank["items"][0].clone(); 20_001].into();
    assert_eq!(parts.load().unwrap_err(), "bank: the bank has 20001 items; 1 to 20,000 are possible");
}

#[test]
fn the_digest_of_a_bank_is_of_its_structure_not_of_its_words_and_reasons() {
    let digest = |parts: &Parts| parts.load().unwrap().bank().reference().sha256;
    let (good, mut parts) = (Parts::tiny(), Parts::tiny());
    graded(&mut parts)["rationale"] = "It seems so.".into();
    parts.bank_texts[0]["items"]["A.1-01"]["stem"] = "I can read.".into();
    assert_eq!(digest(&parts), digest(&good));
}

#[test]
fn the_digest_of_a_bank_changes_with_any_parameter() {
    let digest = |parts: &Parts| parts.load().unwrap().bank().reference().sha256;
    let changes: [fn(&mut Parts); 4] = [
        |parts| graded(parts)["thresholds"][0] = 701.into(),
        |parts| choice(parts)["right"] = "b".into(),
        |parts| parts.bank["model"]["mean"] = 3501.into(),
        |parts| parts.bank["items"].as_array_mut().unwrap().swap(0, 1),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut parts = Parts::tiny();
        change(&mut parts);
        assert_ne!(digest(&parts), digest(&Parts::tiny()), "change {number}");
    }
}
