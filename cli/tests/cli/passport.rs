//! `passport show`.

use serde_json::Value;

use crate::support::{Desk, PASSPORT};

#[test]
fn a_passport_is_shown_in_both_languages() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    for lang in ["en", "fr"] {
        let ran = desk.run(&["passport", "show", "marie.passport.json", "--lang", lang], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("passport_show_{lang}"), ran.out);
    }
}

#[test]
fn a_passport_as_json_holds_every_assessment() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let shown = desk.json(&["passport", "show", "marie.passport.json", "--json"], 0);
    assert_eq!(shown["id"], "00000000-0000-4000-8000-000000000000");
    assert_eq!(shown["created"], "2026-03-01T10:00:00Z");
    let assessments = shown["assessments"].as_array().unwrap();
    let modes: Vec<&Value> = assessments.iter().map(|assessment| &assessment["mode"]).collect();
    assert_eq!(modes, ["focus", "standard"]);
    let first = &assessments[1]["profile"]["competences"][0];
    assert_eq!((first["competence"].as_str(), first["estimate"]["level"].as_u64()), (Some("1.1"), Some(5)));
}

#[test]
fn a_passport_without_assessments_says_so() {
    let desk = Desk::new();
    let mut passport: Value = serde_json::from_str(PASSPORT).unwrap();
    passport["records"] = serde_json::json!([]);
    desk.put("new.passport.json", passport.to_string());
    let ran = desk.run(&["passport", "show", "new.passport.json"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.ends_with("Made on 1 March 2026\nNo assessment yet\n"), "{}", ran.out);
}

#[test]
fn a_framework_that_is_not_known_here_is_shown_by_its_numbers() {
    let desk = Desk::new();
    let elsewhere = PASSPORT.replace("\"id\": \"digcomp\"", "\"id\": \"mediators\"");
    assert_ne!(elsewhere, PASSPORT);
    desk.put("marie.passport.json", elsewhere);
    let ran = desk.run(&["passport", "show", "marie.passport.json"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for expected in ["mediators@3.0.0 is not known here", "\n1  ", "\n  1.1  ", "most likely 5  "] {
        assert!(ran.out.contains(expected), "{expected:?} in\n{}", ran.out);
    }
}

#[test]
fn a_newer_minor_version_is_read() {
    let desk = Desk::new();
    let newer = PASSPORT.replacen("\"format\": \"1.0.0\"", "\"format\": \"1.7.0\", \"motto\": \"x\"", 1);
    assert_ne!(newer, PASSPORT);
    desk.put("marie.passport.json", newer);
    assert_eq!(desk.run(&["passport", "show", "marie.passport.json"], "").code, 0);
}

#[test]
fn results_are_shown_in_the_terms_of_another_scheme() {
    let desk = Desk::new();
    desk.put("a.passport.json", PASSPORT);
    let shown = |lang: &str| desk.run(&["passport", "show", "a.passport.json", "--as", "pix", "--lang", lang], "");
    for (lang, standing, untranslated) in [
        ("en", "was not validated", "What could not be translated"),
        ("fr", "n’a pas été validée", "Ce qui n’a pas pu être traduit"),
    ] {
        let ran = shown(lang);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        for part in [standing, untranslated, "Mener une recherche"] {
            assert!(ran.out.contains(part), "{part} in\n{}", ran.out);
        }
    }
    let esco = desk.json(&["passport", "show", "a.passport.json", "--as", "esco", "--json"], 0);
    assert_eq!((&esco["scheme"], &esco["provenance"]), (&"esco".into(), &"ours-not-validated".into()));
    assert!(esco["concepts"][0]["uri"].as_str().unwrap().starts_with("http://data.europa.eu/esco/skill/"));
    let reasons = esco["untranslated"].as_array().unwrap();
    assert!(reasons.iter().any(|one| one["reason"] == "not-enough-evidence" && one["what"]["competence"] == "4.3"));
    let unknown = desk.run(&["passport", "show", "a.passport.json", "--as", "morse"], "");
    assert!(unknown.code == 1 && unknown.err.contains("six-levels"), "{}", unknown.err);
}
