//! `framework list` and `framework show`.

use crate::support::{Desk, finish};

#[test]
fn both_frameworks_are_listed() {
    let desk = Desk::new();
    insta::assert_snapshot!("framework_list", desk.run(&["framework", "list"], "").out);
    let frameworks = &desk.json(&["framework", "list", "--json"], 0)["frameworks"];
    let newest = &frameworks[1];
    assert_eq!((newest["id"].as_str(), newest["version"].as_str()), (Some("digcomp"), Some("3.0.0")));
    assert_eq!(
        (newest["areas"].as_u64(), newest["competences"].as_u64(), newest["outcomes"].as_u64()),
        (Some(5), Some(21), Some(523))
    );
    assert_eq!(frameworks[0]["version"], "2.2.0");
    assert_eq!(frameworks[0]["languages"], serde_json::json!(["en", "fr"]));
}

#[test]
fn a_framework_is_shown_in_both_languages() {
    let desk = Desk::new();
    for lang in ["en", "fr"] {
        let ran = desk.run(&["framework", "show", "--lang", lang], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("framework_show_{lang}"), ran.out);
    }
}

#[test]
fn the_language_is_that_of_the_system() {
    let desk = Desk::new();
    let mut command = desk.command(&["framework", "show"]);
    command.env("LANG", "fr_FR.UTF-8");
    assert_eq!(finish(command, "").out, desk.run(&["framework", "show", "--lang", "fr"], "").out);
}

#[test]
fn a_framework_as_json_has_words_and_says_whose_they_are() {
    let desk = Desk::new();
    let shown = desk.json(&["framework", "show", "digcomp@2.2", "--lang", "fr", "--json"], 0);
    assert_eq!((shown["version"].as_str(), shown["language"].as_str()), (Some("2.2.0"), Some("fr")));
    assert_eq!(shown["provenance"]["descriptions"], "ours");
    assert_eq!(shown["broadLevels"][0]["levels"], serde_json::json!([1, 2]));
    let competence = &shown["areas"][0]["competences"][0];
    assert_eq!(competence["id"], "1.1");
    assert_eq!(competence["descriptors"].as_array().unwrap().len(), 4);
    let english = desk.json(&["framework", "show", "digcomp@2.2", "--lang", "en", "--json"], 0);
    let descriptor = |shown: &serde_json::Value| {
        let descriptor = &shown["areas"][0]["competences"][0]["descriptors"][0];
        (descriptor["level"].clone(), descriptor["text"].as_str().unwrap().to_owned())
    };
    assert_eq!(descriptor(&shown).0, descriptor(&english).0);
    assert_ne!(descriptor(&shown).1, descriptor(&english).1);
    // Only 3.0 lists learning outcomes.
    assert_eq!(competence["outcomes"], serde_json::json!([]));
    let newest = desk.json(&["framework", "show", "--json"], 0);
    assert_eq!(newest["areas"][0]["competences"][0]["outcomes"][0], "LO1.1.01");
}

#[test]
fn an_unknown_framework_is_refused_with_the_known_ones() {
    let desk = Desk::new();
    let ran = desk.run(&["framework", "show", "digcomp@9"], "");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    insta::assert_snapshot!("framework_unknown", ran.err);
    let error = &desk.json(&["framework", "show", "digcomp@9", "--json"], 1)["error"];
    assert_eq!((error["code"].as_str(), error["path"].as_str()), (Some("not-found"), Some("digcomp@9")));
    assert!(error["message"].as_str().unwrap().contains("digcomp@3.0.0"));
}

/// Made by hand, with every defect of the official file and some more; two levels of one competence are empty.
const SUPPLEMENT: &str = include_str!("../../../core/tests/fixtures/supplement.jsonld");

#[test]
fn a_supplement_becomes_files_of_our_format_and_its_defects_are_shown() {
    let desk = Desk::new();
    desk.put("supplement.jsonld", SUPPLEMENT);
    desk.put("lib/README", "");
    let document = desk.json(&["framework", "import", "supplement.jsonld", "--out", "lib", "--json"], 0);
    assert_eq!(document["counts"]["outcomes"], 7);
    assert!(document["defects"].as_array().unwrap().iter().any(|defect| defect["defect"] == "unresolved"));
    for file in ["framework.json", "outcomes.json", "text/en.json", "details/en.json"] {
        let text = desk.get(&format!("lib/digcomp/3.0/{file}"));
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{file}");
    }
    // What is there is not replaced.
    let before = desk.get("lib/digcomp/3.0/framework.json");
    let again = desk.run(&["framework", "import", "supplement.jsonld", "--out", "lib"], "");
    assert_eq!((again.code, again.out.as_str()), (1, ""));
    assert!(again.err.starts_with("error[already-exists]: "), "{}", again.err);
    assert_eq!(desk.get("lib/digcomp/3.0/framework.json"), before);
}

#[test]
fn an_import_in_words_says_what_was_counted_and_what_was_wrong() {
    let desk = Desk::new();
    desk.put("supplement.jsonld", SUPPLEMENT);
    let ran =
        desk.run(&["framework", "import", "supplement.jsonld", "--out", ".", "--id", "mine", "--version", "1.2.0"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in ["statements", "2 references to `ProficiencyLevel/Highly advanced`", "mine/1.2/outcomes.json"] {
        assert!(ran.out.contains(part), "{part} in\n{}", ran.out);
    }
}

#[test]
fn what_is_no_supplement_is_refused_with_the_file() {
    let desk = Desk::new();
    desk.put("a.json", "{}");
    let ran = desk.run(&["framework", "import", "a.json", "--out", "."], "");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("error[not-json-ld]: ") && ran.err.contains("a.json"), "{}", ran.err);
    assert_eq!(desk.files(), ["a.json"]);
}
