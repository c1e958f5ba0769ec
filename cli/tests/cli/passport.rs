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

/// The fixture with the records of every kind, and a name.
const EVERYTHING: &str = include_str!("../../../core/tests/fixtures/passport/1.1.0-everything.json");

/// A passport made by answering ten questions.
fn answered(desk: &Desk, seed: &str, name: &str) {
    let args = ["assess", "--mode", "quick", "--seed", seed, "--lang", "en", "--out", name];
    let ran = desk.run(&args, &crate::support::answers(&args, 10));
    assert_eq!(ran.code, 0, "{}", ran.err);
}

fn document(desk: &Desk, name: &str) -> Value {
    serde_json::from_str(&desk.get(name)).unwrap()
}

#[test]
fn what_a_passport_holds_besides_assessments_is_shown() {
    let desk = Desk::new();
    desk.put("all.passport.json", EVERYTHING);
    for lang in ["en", "fr"] {
        let ran = desk.run(&["passport", "show", "all.passport.json", "--lang", lang], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let head: String = ran.out.split("\n\n").next().unwrap().to_owned();
        insta::assert_snapshot!(format!("passport_everything_{lang}"), head);
    }
    let shown = desk.json(&["passport", "show", "all.passport.json", "--json"], 0);
    assert_eq!(shown["name"], "secret-name");
    assert_eq!((shown["goals"].as_array().unwrap().len(), &shown["notes"]), (3, &Value::from(1)));
}

#[test]
fn passports_are_merged_into_a_new_one_and_nothing_is_written_over() {
    let desk = Desk::new();
    answered(&desk, "1", "home.passport.json");
    answered(&desk, "2", "library.passport.json");
    let args = ["passport", "merge", "home.passport.json", "library.passport.json", "--out", "both.passport.json"];
    let ran = desk.run(&args, "");
    assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (0, "", "Written: both.passport.json\n"));
    assert_eq!(document(&desk, "both.passport.json")["records"].as_array().unwrap().len(), 2);
    let before = desk.get("both.passport.json");
    let again = desk.json(&[&args[..], &["--json"]].concat(), 1);
    assert_eq!(again["error"]["code"], "already-exists");
    assert_eq!(desk.get("both.passport.json"), before);
}

#[test]
fn a_shared_copy_has_the_chosen_area_only() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let args = ["passport", "redact", "marie.passport.json", "--areas", "4", "--out", "shared.passport.json"];
    assert_eq!(desk.run(&args, "").code, 0);
    let text = desk.get("shared.passport.json");
    assert!(text.contains("\"4.1\"") && !text.contains("\"1.1\"") && !text.contains("\"response\""), "{text}");
    assert!(!text.contains("00000000-0000-4000-8000-000000000000"), "the passport's own id");
    let shown = desk.run(&["passport", "show", "shared.passport.json", "--lang", "en"], "");
    assert!(shown.out.contains("standard, shared"), "{}", shown.out);
}

#[test]
fn two_assessments_are_compared_in_both_languages() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    // The same figures again, a year later and three levels higher.
    let mut later: Value = serde_json::from_str(PASSPORT).unwrap();
    let mut record = later["records"][1].clone();
    record["id"] = "00000000-0000-4000-8000-000000000009".into();
    record["assessment"]["setting"]["id"] = record["id"].clone();
    record["at"] = "2027-11-22T09:30:00Z".into();
    for area in record["profile"]["areas"].as_array_mut().unwrap() {
        let median = area["estimate"]["median"].as_i64().unwrap() + 3000;
        area["estimate"]["median"] = median.into();
    }
    later["records"].as_array_mut().unwrap().push(record);
    desk.put("later.passport.json", later.to_string());
    for lang in ["en", "fr"] {
        let ran = desk.run(&["passport", "diff", "later.passport.json", "--lang", lang], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("passport_diff_{lang}"), ran.out);
    }
    let compared = desk.json(&["passport", "diff", "marie.passport.json", "later.passport.json", "--json"], 0);
    assert_eq!(compared["after"], "00000000-0000-4000-8000-000000000009");
    assert_eq!(compared["areas"][0]["change"]["kind"], "risen");
    assert_eq!(compared["competences"][0]["change"]["kind"], "within-uncertainty");
    let missing = desk.json(
        &["passport", "diff", "later.passport.json", "--before", "00000000-0000-4000-8000-00000000000f", "--json"],
        1,
    );
    assert_eq!(missing["error"]["code"], "no-assessment");
}

#[test]
fn answers_that_give_the_results_are_confirmed_and_others_are_not() {
    let desk = Desk::new();
    answered(&desk, "1", "mine.passport.json");
    let verified = desk.json(&["passport", "verify", "mine.passport.json", "--json"], 0);
    assert_eq!((&verified["verdict"], &verified["assessments"][0]["replay"]), (&"sound".into(), &"confirmed".into()));
    let mut better = document(&desk, "mine.passport.json");
    let median = &mut better["records"][0]["profile"]["overall"]["median"];
    *median = (median.as_i64().unwrap() + 1).into();
    desk.put("better.passport.json", better.to_string());
    let verified = desk.json(&["passport", "verify", "better.passport.json", "--json"], 1);
    assert_eq!(verified["assessments"][0]["differences"], serde_json::json!(["/overall/median"]));
    let ran = desk.run(&["passport", "verify", "better.passport.json", "--lang", "fr"], "");
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("ont été modifiés") && ran.out.ends_with("n’est pas ce qui est annoncé.\n"),
        "{}",
        ran.out
    );
}

#[test]
fn what_cannot_be_checked_is_exit_code_3() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let ran = desk.run(&["passport", "verify", "marie.passport.json", "--lang", "en"], "");
    assert_eq!((ran.code, ran.err.as_str()), (3, ""));
    assert!(ran.out.contains("cannot be checked: these questions are not known"), "{}", ran.out);
}

#[test]
fn an_older_passport_is_brought_forward_and_a_newer_one_left_alone() {
    let desk = Desk::new();
    desk.put("old.passport.json", PASSPORT);
    let moved = desk.json(&["passport", "migrate", "old.passport.json", "--out", "new.passport.json", "--json"], 0);
    assert_eq!((&moved["from"], &moved["to"]), (&"1.0.0".into(), &"1.1.0".into()));
    assert_eq!(document(&desk, "new.passport.json")["format"], "1.1.0");
    assert_eq!(desk.get("old.passport.json"), PASSPORT);
    let ran = desk.run(&["passport", "migrate", "old.passport.json", "--in-place", "--lang", "en"], "");
    assert_eq!((ran.code, ran.out.as_str()), (0, "The passport was brought from format 1.0.0 to 1.1.0.\n"));
    assert_eq!(desk.get("old.passport.json"), desk.get("new.passport.json"));
    for newer in ["1.9.0", "2.0.0"] {
        let text = PASSPORT.replacen("\"format\": \"1.0.0\"", &format!("\"format\": \"{newer}\""), 1);
        desk.put("newer.passport.json", &text);
        let ran = desk.run(&["passport", "migrate", "newer.passport.json", "--in-place"], "");
        assert_eq!(ran.code, i32::from(newer == "2.0.0"), "{}", ran.err);
        assert_eq!(desk.get("newer.passport.json"), text);
    }
}

#[test]
fn a_sealed_passport_opens_with_its_passphrase_only() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    desk.put("phrase", "correct horse battery staple\n");
    assert_eq!(desk.run(&["credential", "did", "--new", "--key", "marie.keys.json"], "").code, 0);
    let args = ["passport", "seal", "marie.passport.json", "--key", "marie.keys.json", "--out", "m.sealed.json"];
    let ran = desk.run(&[&args[..], &["--passphrase-file", "phrase", "--lang", "en"]].concat(), "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Nobody can open it without the passphrase"), "{}", ran.out);
    let open = ["passport", "open", "m.sealed.json", "--out", "again.passport.json", "--key", "again.keys.json"];
    let wrong = desk.run(&[&open[..], &["--lang", "fr"]].concat(), "another passphrase\n");
    assert_eq!((wrong.code, wrong.out.as_str()), (1, ""));
    assert!(wrong.err.starts_with("erreur[wrong-passphrase]"), "{}", wrong.err);
    assert!(!desk.files().iter().any(|name| name.starts_with("again")), "nothing is opened by half");
    assert_eq!(desk.run(&open, "correct horse battery staple\n").code, 0);
    assert_eq!(document(&desk, "again.keys.json"), document(&desk, "marie.keys.json"));
    let records = |name: &str| document(&desk, name)["records"].clone();
    assert_eq!(records("again.passport.json"), records("marie.passport.json"));
    let short = desk.run(&["passport", "seal", "marie.passport.json", "--out", "x.sealed.json"], "short\n");
    assert_eq!(short.code, 1);
    assert!(short.err.starts_with("error[no-passphrase]"), "{}", short.err);
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

#[test]
fn results_are_written_for_a_cv_in_both_languages() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    for lang in ["en", "fr"] {
        let ran = desk.run(&["passport", "export", "marie.passport.json", "--format", "cv", "--lang", lang], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("passport_export_cv_{lang}"), ran.out);
    }
}

#[test]
fn results_are_written_for_europass_into_a_file_without_a_name_unless_it_is_wanted() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let args =
        ["passport", "export", "marie.passport.json", "--format", "elm", "--lang", "fr", "--out", "marie.elm.json"];
    assert_eq!(desk.run(&args, "").code, 0);
    let document: Value = serde_json::from_str(&desk.get("marie.elm.json")).unwrap();
    assert_eq!(document["type"][1], "EuropeanDigitalCredential");
    assert_eq!(document["credentialSubject"].get("fullName"), None);
    let claims = document["credentialSubject"]["hasClaim"].as_array().unwrap();
    assert!(claims.iter().all(|claim| {
        let skill = &claim["specifiedBy"]["learningOutcome"][0]["relatedESCOSkill"][0]["id"];
        skill.as_str().is_some_and(|uri| uri.starts_with("http://data.europa.eu/esco/skill/"))
    }));
    assert_eq!(desk.run(&args, "").code, 1, "nothing is written over");
}
