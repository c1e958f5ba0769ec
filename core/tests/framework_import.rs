//! Import of the official data supplement: nothing is lost, and every defect is named.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use serde_json::{Value, json};
use skills_passport::framework::import::{Import, ImportError, import};
use skills_passport::framework::{AiRelevance, Framework, OutcomeKind};

/// Made by hand, with every defect of the official file and some that it does not have.
const FIXTURE: &str = include_str!("fixtures/supplement.jsonld");

fn read(text: &str) -> Result<Import, ImportError> {
    import(text, "digcomp".parse().unwrap(), "3.0.0".parse().unwrap(), "en".parse().unwrap())
}

/// The official file, unless this copy of the project is without it.
fn official() -> Option<Import> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/digcomp-3.0");
    let file = format!("{folder}/DigComp_3.0_Data_Supplement_24_Nov_2025.jsonld");
    match std::fs::read_to_string(file) {
        Ok(text) => Some(read(&text).unwrap()),
        Err(_) => {
            println!("skipped: the official data supplement is not beside the project");
            None
        }
    }
}

#[test]
fn the_official_file_is_imported_whole() {
    let Some(imported) = official() else { return };
    insta::assert_json_snapshot!(imported.report.counts);
    assert_eq!(imported.details.outcomes.len(), 523);
    assert_eq!(imported.details.statements.len(), 362);
    assert_eq!(imported.details.levels.len(), 8);
}

#[test]
fn the_defects_of_the_official_file_are_named() {
    let Some(imported) = official() else { return };
    let defects: Vec<String> = imported.report.defects.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(defects.join("\n"));
}

#[test]
fn what_was_imported_is_a_sound_framework_of_ours() {
    let Some(Import { framework, outcomes, text, details, .. }) = official() else { return };
    let framework = Framework::new(framework, Some(outcomes.clone()), vec![text]).unwrap();
    details.check(&framework, Some(&outcomes)).unwrap();
    assert_eq!(framework.text(&"en".parse().unwrap()).unwrap().first_missing_description(), None);
}

#[test]
fn every_defect_is_named_and_what_can_be_kept_is_kept() {
    let imported = read(FIXTURE).unwrap();
    let defects: Vec<String> = imported.report.defects.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(defects.join("\n"));
    insta::assert_json_snapshot!(imported.report.counts);
}

#[test]
fn levels_come_in_order_whatever_their_order_in_the_file() {
    let imported = read(FIXTURE).unwrap();
    let levels: Vec<(&str, Vec<u8>)> = imported
        .framework
        .broad_levels
        .iter()
        .map(|broad| (broad.id.as_str(), broad.levels.iter().map(|level| level.number()).collect()))
        .collect();
    let expected = [
        ("basic", vec![1, 2]),
        ("intermediate", vec![3, 4]),
        ("advanced", vec![5, 6]),
        ("highly-advanced", vec![7, 8]),
    ];
    assert_eq!(levels, expected);
    assert_eq!(imported.details.levels.get(&"7".to_owned()).unwrap().six_level_name, "C2");
}

#[test]
fn statements_are_the_descriptors_of_their_level() {
    let imported = read(FIXTURE).unwrap();
    let sowing = imported.text.competences.get(&"1.1".parse().unwrap()).unwrap();
    assert_eq!(sowing.descriptors.get(&"basic".parse().unwrap()).unwrap(), "Put one seed into a pot. Water it.");
}

#[test]
fn kind_level_and_artificial_intelligence_are_kept() {
    let imported = read(FIXTURE).unwrap();
    let outcomes = imported.outcomes.outcomes.get(&"1.1".parse().unwrap()).unwrap();
    assert_eq!((outcomes[0].kind, outcomes[0].ai), (OutcomeKind::Knowledge, Some(AiRelevance::None)));
    assert_eq!((outcomes[1].kind, outcomes[1].level.as_str()), (OutcomeKind::Skill, "highly-advanced"));
    assert_eq!(outcomes[1].ai, Some(AiRelevance::Implicit));
}

#[test]
fn texts_lose_their_stray_spaces() {
    let imported = read(FIXTURE).unwrap();
    assert_eq!(imported.details.outcomes.get(&"LO1.1.04".parse().unwrap()).unwrap(), "Sow in rows.");
    assert_eq!(imported.details.glossary.get(&"Sour dough".to_owned()).unwrap(), "Dough that rises by itself.");
}

/// The fixture with a change.
fn damaged(change: impl Fn(&mut Vec<Value>)) -> ImportError {
    let mut document: Value = serde_json::from_str(FIXTURE).unwrap();
    change(document["@graph"].as_array_mut().unwrap());
    read(&document.to_string()).unwrap_err()
}

fn level(nodes: &mut [Value], number: u8) -> &mut Value {
    nodes.iter_mut().find(|node| node["eight_levels_mapping"] == number).unwrap()
}

#[test]
fn a_damaged_file_is_refused_with_the_place() {
    for (text, code) in
        [("", "not-json"), ("{", "not-json"), ("[]", "not-json-ld"), (r#"{"@graph": {}}"#, "not-json-ld")]
    {
        assert_eq!(read(text).unwrap_err().code(), code, "{text}");
    }
    assert_eq!(read(&" ".repeat(9 << 20)).unwrap_err().code(), "too-large");
    type Change = fn(&mut Vec<Value>);
    let changes: [Change; 9] = [
        |nodes| nodes[2]["name"] = Value::Null,
        |nodes| nodes[2]["competence_area_id"] = "CompetenceArea/a b".into(),
        |nodes| nodes.push(json!("a text")),
        |nodes| nodes.push(json!({ "@id": "Glossary/X" })),
        |nodes| level(nodes, 3)["eight_levels_mapping"] = 9.into(),
        |nodes| level(nodes, 3)["eight_levels_mapping"] = 4.into(),
        |nodes| nodes.retain(|node| node["@type"] != "CompetenceArea"),
        |nodes| nodes.retain(|node| node["@type"] != "Competence"),
        |nodes| {
            let outcome = nodes.iter_mut().find(|node| node["@type"] == "LearningOutcome").unwrap();
            outcome["type"] = "Wish".into();
        },
    ];
    let faults: Vec<String> =
        changes.into_iter().map(damaged).map(|error| format!("{}: {error}", error.code())).collect();
    insta::assert_snapshot!(faults.join("\n"));
}
