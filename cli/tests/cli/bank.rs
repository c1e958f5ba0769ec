//! `bank check`, `bank lint` and `bank coverage`.

use serde_json::Value;

use crate::support::{Desk, copy_library};

const ITEMS: &str = "library/banks/general/0.2.0/items/1.1.json";
const WORDS: &str = "library/banks/general/0.2.0/text/fr/1.2.json";

fn library() -> Desk {
    let desk = Desk::new();
    copy_library(&desk.path("library"));
    desk
}

/// Replaces the first occurrence, which must be there.
fn spoil(desk: &Desk, file: &str, from: &str, to: &str) {
    let text = desk.get(file);
    assert!(text.contains(from), "{from} in {file}");
    desk.put(file, text.replacen(from, to, 1));
}

#[test]
fn the_shipped_bank_has_no_fault() {
    let desk = Desk::new();
    let ran = desk.run(&["bank", "check"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.ends_with("No faults.\n"), "{}", ran.out);
    let checked = desk.json(&["bank", "check", "general", "--json"], 0);
    assert_eq!(checked["faults"], serde_json::json!([]));
    assert_eq!(checked["frameworks"], serde_json::json!(["digcomp@2.2.0", "digcomp@3.0.0", "mediator@1.0.0"]));
    let bank = &checked["banks"][0];
    assert_eq!((bank["id"].as_str(), bank["provisional"].as_bool()), (Some("general"), Some(true)));
    assert_eq!((bank["competences"].as_u64(), bank["outcomes"].as_u64()), (Some(21), Some(523)));
    assert_eq!(bank["languages"], serde_json::json!(["en", "fr"]));
    assert_eq!(bank["worksWith"], serde_json::json!(["digcomp@3.0.0", "digcomp@2.2.0"]));
    let items = bank["items"].as_u64().unwrap();
    for counts in ["itemsByKind", "itemsByLevel"] {
        let sum: u64 = bank[counts].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(sum, items, "{counts}");
    }
}

#[test]
fn a_folder_of_the_same_shape_is_checked_alike() {
    let desk = library();
    let folder = desk.json(&["bank", "check", "--library", "library", "--json"], 0);
    assert_eq!(folder, desk.json(&["bank", "check", "--json"], 0));
}

#[test]
fn an_unknown_competence_is_named_with_its_file() {
    let desk = library();
    spoil(&desk, ITEMS, "\"competence\": \"1.1\"", "\"competence\": \"9.9\"");
    let ran = desk.run(&["bank", "check", "--library", "library"], "");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let fault =
        "  banks/general/0.2.0/items/1.1.json: item 1.1-05, competence: unknown competence `9.9` [invalid-bank]";
    assert!(ran.out.lines().any(|line| line == fault), "{}", ran.out);
}

#[test]
fn faults_in_several_files_are_all_named() {
    let desk = library();
    spoil(&desk, ITEMS, "\"right\": \"a\"", "\"right\": \"z\"");
    spoil(&desk, WORDS, "\"stem\": \"", "\"stem\": 5, \"stem_\": \"");
    spoil(&desk, "library/banks/general/0.2.0/items/4.2.json", "\"seconds\": ", "\"seconds\": 9");
    spoil(&desk, "library/digcomp/2.2/text/en.json", "\"name\": \"", "\"nom\": \"");
    let faults = desk.json(&["bank", "check", "--library", "library", "--json"], 1)["faults"].clone();
    let mut found: Vec<(&str, &str)> = faults
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["code"].as_str().unwrap(), fault["path"].as_str().unwrap()))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("invalid-bank", "banks/general/0.2.0/items/1.1.json"),
            ("invalid-bank", "banks/general/0.2.0/items/4.2.json"),
            ("wrong-shape", "banks/general/0.2.0/text/fr/1.2.json#/1.2-01/stem_"),
            ("wrong-shape", "digcomp/2.2/text/en.json#/nom"),
        ]
    );
}

#[test]
fn a_file_that_is_missing_is_a_fault() {
    let desk = library();
    std::fs::remove_file(desk.path(WORDS)).unwrap();
    let ran = desk.run(&["bank", "check", "--library", "library"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("banks/general/0.2.0/text/fr/1.2.json"), "{}", ran.out);
}

#[test]
fn files_of_any_content_are_refused_with_their_name() {
    for (content, code) in [
        (b"\xff\xfe".to_vec(), "not-utf8"),
        (b"{\"competence\": \"1.1\", \"items\": [".to_vec(), "not-json"),
        (vec![b'['; 50_000_000], "too-large"),
        (b"{\"competence\": 11, \"items\": []}".to_vec(), "wrong-shape"),
    ] {
        let desk = library();
        desk.put(ITEMS, content);
        let checked = desk.json(&["bank", "check", "--library", "library", "--json"], 1);
        // Text that is not UTF-8 stops the whole folder from being read.
        let fault = if checked["error"].is_null() { &checked["faults"][0] } else { &checked["error"] };
        assert_eq!(fault["code"], code);
        assert!(fault["path"].as_str().unwrap().contains("banks/general/0.2.0/items/1.1.json"), "{fault}");
    }
}

#[test]
fn folders_that_are_none_are_refused() {
    let desk = Desk::new();
    desk.put("file", "");
    desk.put("empty/readme.txt", "");
    let code = |args: &[&str]| {
        let checked = desk.json(args, 1);
        let fault = if checked["error"].is_null() { &checked["faults"][0] } else { &checked["error"] };
        fault["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(&["bank", "check", "--library", "nowhere", "--json"]), "not-found");
    assert_eq!(code(&["bank", "check", "--library", "file", "--json"]), "unreadable");
    assert_eq!(code(&["bank", "check", "--library", "empty", "--json"]), "not-found");
    assert_eq!(code(&["bank", "check", "nobody", "--json"]), "not-found");
}

/// A linted bank with this change of a text.
fn linted(change: impl Fn(&str) -> String) -> (i32, Value) {
    let desk = Desk::new();
    copy_library(&desk.path("lib"));
    let text = newest_text_file(&desk, "en/1.1.json");
    desk.put(&text, change(&desk.get(&text)));
    let ran = desk.run(&["bank", "lint", "--library", "lib", "--json"], "");
    (ran.code, serde_json::from_str(&ran.out).unwrap())
}

fn newest_text_file(desk: &Desk, name: &str) -> String {
    let banks = std::fs::read_dir(desk.path("lib/banks/general")).unwrap();
    let newest = banks.map(|entry| entry.unwrap().file_name().into_string().unwrap()).max().unwrap();
    format!("lib/banks/general/{newest}/text/{name}")
}

#[test]
fn lint_names_rule_item_and_language_and_fails_on_errors() {
    let (code, document) = linted(|text| text.replacen("I can ", "I can  ", 1));
    assert_eq!(code, 1);
    let is_general = |bank: &&Value| bank["bank"].as_str().unwrap().starts_with("general@");
    let bank = document["banks"].as_array().unwrap().iter().find(is_general).unwrap();
    let findings = bank["findings"].as_array().unwrap();
    let stray = findings.iter().find(|finding| finding["rule"] == "typography").unwrap();
    assert_eq!((&stray["severity"], &stray["language"]), (&"error".into(), &"en".into()));
    assert!(stray["item"].as_str().unwrap().starts_with("1.1-"), "{stray}");
    assert!(stray["what"].as_str().unwrap().starts_with("a stray space: "), "{stray}");
    let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(bank["errors"], errors);
}

#[test]
fn lint_in_words_has_a_line_for_each_finding() {
    let (_, document) = linted(str::to_owned);
    let findings: usize =
        document["banks"].as_array().unwrap().iter().map(|bank| bank["findings"].as_array().unwrap().len()).sum();
    let ran = Desk::new().run(&["bank", "lint"], "");
    let lines = ran.out.lines().filter(|line| line.starts_with("  error[") || line.starts_with("  warning[")).count();
    assert_eq!(lines, findings);
    assert_eq!(ran.code, i32::from(ran.out.contains("  error[")));
}

#[test]
fn coverage_names_gaps_and_counts_them() {
    let desk = Desk::new();
    let document = desk.json(&["bank", "coverage", "--json"], 0);
    assert_eq!(document["outcomes_total"], 523);
    let competences = document["competences"].as_array().unwrap();
    let gaps: usize = competences.iter().map(|competence| competence["gaps"].as_array().unwrap().len()).sum();
    assert_eq!(document["outcomes_covered"].as_u64().unwrap() as usize + gaps, 523);
    let items: u64 = competences.iter().map(|competence| competence["items"].as_u64().unwrap()).sum();
    assert_eq!(document["items"], items);
    let shown = desk.run(&["bank", "coverage"], "");
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.contains("  5.4 ") && shown.out.contains("/523 ("), "{}", shown.out);
}
