//! `credential`: from a passport to badges, endorsements, a presentation and back, and everything that is refused.

use serde_json::{Value, json};

use crate::support::{Desk, PASSPORT, Ran};

/// A folder with a passport and its badges.
fn with_badges() -> Desk {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let ran =
        desk.run(&["credential", "issue", "--passport", "marie.passport.json", "--out", "badges", "--lang", "en"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    desk
}

fn did(desk: &Desk, key: &str) -> String {
    desk.json(&["credential", "did", "--key", key, "--json"], 0)["did"].as_str().unwrap().to_owned()
}

/// With a library's endorsement of the first badge.
fn with_endorsement() -> Desk {
    let desk = with_badges();
    assert_eq!(desk.run(&["credential", "did", "--new", "--key", "library.keys.json"], "").code, 0);
    let ran = desk.run(
        &[
            "credential",
            "endorse",
            "--badge",
            "badges/badge-1.json",
            "--key",
            "library.keys.json",
            "--by",
            "Médiathèque",
            "--comment",
            "I was there.",
            "--out",
            "endorsement.json",
        ],
        "",
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    desk
}

/// What was said, with keys and times left out.
fn shown(ran: &Ran, names: &[(&str, &str)]) -> String {
    let mut text = ran.out.clone();
    for (key, name) in names {
        text = text.replace(key, name);
    }
    let words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    let is_time = |word: &str| word.trim().ends_with('Z') && word.starts_with("20");
    words
        .iter()
        .map(|word| if is_time(word) { word.replace(word.trim(), "[time]") } else { (*word).to_owned() })
        .collect()
}

#[test]
fn a_badge_is_made_for_each_area_with_enough_answers() {
    let desk = with_badges();
    assert_eq!(desk.files(), ["badges", "marie.keys.json", "marie.passport.json"]);
    for area in ["1", "4"] {
        let badge: Value = serde_json::from_str(&desk.get(&format!("badges/badge-{area}.json"))).unwrap();
        assert_eq!(badge["credentialSubject"]["achievement"]["humanCode"], area);
        assert_eq!(badge["issuer"], did(&desk, "marie.keys.json"));
    }
    // The first assessment says too little about the only area that it measured.
    let first = "00000000-0000-4000-8000-000000000001";
    let error = &desk.json(
        &["credential", "issue", "--passport", "marie.passport.json", "--out", "more", "--assessment", first, "--json"],
        1,
    )["error"];
    assert_eq!(error["code"], "not-enough-evidence");
    assert!(!desk.path("more").exists(), "nothing is left behind");
}

#[test]
fn nothing_is_written_over() {
    let desk = with_badges();
    let before = (desk.get("badges/badge-1.json"), desk.get("marie.keys.json"));
    let args = ["credential", "issue", "--passport", "marie.passport.json", "--out", "badges", "--json"];
    assert_eq!(desk.json(&args, 1)["error"]["code"], "already-exists");
    assert_eq!(
        desk.json(&["credential", "did", "--new", "--key", "marie.keys.json", "--json"], 1)["error"]["code"],
        "already-exists"
    );
    assert_eq!((desk.get("badges/badge-1.json"), desk.get("marie.keys.json")), before);
}

#[cfg(unix)]
#[test]
fn a_key_file_is_open_to_nobody_else_or_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = with_badges();
    let file = desk.path("marie.keys.json");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = &desk.json(&["credential", "did", "--key", "marie.keys.json", "--json"], 1)["error"];
    assert_eq!((&error["code"], &error["path"]), (&json!("keys-not-private"), &json!("marie.keys.json")));
}

#[test]
fn two_keys_are_never_the_same() {
    let desk = Desk::new();
    for key in ["one.keys.json", "two.keys.json"] {
        assert_eq!(desk.run(&["credential", "did", "--new", "--key", key], "").code, 0);
    }
    assert_ne!(did(&desk, "one.keys.json"), did(&desk, "two.keys.json"));
}

#[test]
fn verification_says_who_says_what_in_both_languages() {
    let desk = with_endorsement();
    let (own, library) = (did(&desk, "marie.keys.json"), did(&desk, "library.keys.json"));
    for lang in ["en", "fr"] {
        let ran = desk.run(&["credential", "verify", "badges/badge-1.json", "endorsement.json", "--lang", lang], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(
            format!("credential_verify_{lang}"),
            shown(&ran, &[(&own, "did:own"), (&library, "did:library")])
        );
    }
    let reports = desk.json(&["credential", "verify", "badges/badge-1.json", "endorsement.json", "--json"], 0);
    assert_eq!(reports[0]["kind"], "self-assessment");
    assert_eq!(reports[0]["endorsements"][0]["issuerName"], "Médiathèque");
    assert_eq!(reports[0]["signatures"][0]["state"], "holds");
}

#[test]
fn what_was_changed_is_refused_with_exit_code_1() {
    let desk = with_endorsement();
    let changed = desk.get("badges/badge-1.json").replacen("\"4-5\"", "\"7-8\"", 1);
    assert_ne!(changed, desk.get("badges/badge-1.json"));
    desk.put("changed.json", &changed);
    let ran = desk.run(&["credential", "verify", "changed.json", "--lang", "en"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("It was changed after it was signed"), "{}", ran.out);
    let reports = desk.json(&["credential", "verify", "changed.json", "--json"], 1);
    assert_eq!(reports[0]["refusals"][0], json!({ "code": "broken-proof", "position": 0, "fault": "changed" }));
    // An endorsement of another badge stands alone, and nobody endorses what was changed.
    assert_eq!(desk.run(&["credential", "verify", "changed.json", "endorsement.json"], "").code, 1);
    let args = [
        "credential",
        "endorse",
        "--badge",
        "changed.json",
        "--key",
        "library.keys.json",
        "--by",
        "M",
        "--comment",
        "C",
    ];
    assert_eq!(desk.run(&[&args[..], &["--out", "e.json"]].concat(), "").code, 1);
    assert!(!desk.path("e.json").exists());
}

#[test]
fn a_presentation_is_for_one_verifier() {
    let desk = with_endorsement();
    let shown = ["badges/badge-1.json", "badges/badge-4.json", "endorsement.json"];
    let request = ["--challenge", "c1", "--domain", "https://a.example"];
    let present =
        [&["credential", "present"][..], &shown, &["--key", "marie.keys.json", "--out", "vp.json"], &request].concat();
    assert_eq!(desk.run(&present, "").code, 0);
    let report = desk.json(&[&["credential", "verify", "vp.json", "--json"][..], &request].concat(), 0);
    assert_eq!(report["credentials"].as_array().unwrap().len(), 2);
    assert_eq!(report["holder"], did(&desk, "marie.keys.json"));
    let other = desk
        .json(&["credential", "verify", "vp.json", "--challenge", "c2", "--domain", "https://a.example", "--json"], 1);
    assert_eq!(other["refusals"][0]["code"], "other-challenge");
    let stolen =
        [&["credential", "present"][..], &shown, &["--key", "library.keys.json", "--out", "vp2.json"], &request]
            .concat();
    assert_eq!(desk.run(&stolen, "").code, 0);
    assert_eq!(desk.run(&[&["credential", "verify", "vp2.json"][..], &request].concat(), "").code, 1);
}

#[test]
fn a_changed_key_keeps_its_badges_and_its_passport_knows_both() {
    let desk = with_badges();
    let old = did(&desk, "marie.keys.json");
    let rotate = ["credential", "did", "--key", "marie.keys.json", "--rotate", "--statement", "new-key.json"];
    assert_eq!(desk.run(&[&rotate[..], &["--passport", "marie.passport.json"]].concat(), "").code, 0);
    let new = did(&desk, "marie.keys.json");
    assert_ne!(old, new);
    let own = desk.json(&["credential", "did", "--key", "marie.keys.json", "--json"], 0);
    assert_eq!(own["former"], json!([old]));
    let request = ["--challenge", "c1", "--domain", "https://a.example"];
    let present = [
        "credential",
        "present",
        "badges/badge-1.json",
        "new-key.json",
        "--key",
        "marie.keys.json",
        "--out",
        "vp.json",
    ];
    assert_eq!(desk.run(&[&present[..], &request].concat(), "").code, 0);
    let report = desk.json(&[&["credential", "verify", "vp.json", "--json"][..], &request].concat(), 0);
    assert_eq!((&report["holder"], &report["predecessors"]), (&json!(new), &json!([old])));
    let passport: Value = serde_json::from_str(&desk.get("marie.passport.json")).unwrap();
    let key = passport["records"].as_array().unwrap().iter().find(|record| record["type"] == "key").unwrap();
    assert_eq!((&key["did"], &key["replaces"]), (&json!(new), &json!(old)));
}

#[test]
fn badges_that_a_passport_keeps_are_verified_with_it() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let issue =
        ["credential", "issue", "--passport", "marie.passport.json", "--out", "badges", "--keep", "--lang", "fr"];
    assert_eq!(desk.run(&issue, "").code, 0);
    let verified = desk.json(&["passport", "verify", "marie.passport.json", "--json"], 3);
    assert_eq!(verified["credentials"].as_array().unwrap().len(), 2);
    let text = desk.get("marie.passport.json").replacen("Auto-évaluation", "Certificat", 1);
    desk.put("marie.passport.json", text);
    let verified = desk.json(&["passport", "verify", "marie.passport.json", "--json"], 1);
    assert_eq!(verified["verdict"], "faulty");
}

#[test]
fn files_that_are_no_credential_are_refused() {
    let desk = Desk::new();
    for (content, code) in [("", "not-json"), ("[]", "wrong-shape"), ("{\"a\":1,\"a\":1}", "wrong-shape")] {
        desk.put("x.json", content);
        let error = &desk.json(&["credential", "verify", "x.json", "--json"], 1)["error"];
        assert_eq!((&error["code"], &error["path"]), (&json!(code), &json!("x.json")));
    }
    desk.put("x.json", PASSPORT);
    let reports = desk.json(&["credential", "verify", "x.json", "--json"], 1);
    assert_eq!(reports[0]["refusals"][0]["code"], "not-a-credential");
    let error = &desk.json(&["credential", "verify", "--code", "b1.12", "--json"], 1)["error"];
    assert_eq!(error["code"], "wrong-payload");
    let error = &desk.json(&["credential", "verify", "x.json", "--context", "nonsense", "--json"], 1)["error"];
    assert_eq!(error["code"], "wrong-argument");
}

/// With the contexts beside the project, both kinds of proof.
#[test]
fn with_contexts_badges_get_a_second_proof() {
    let folder = format!("{}/../../shared/data/credentials/contexts", env!("CARGO_MANIFEST_DIR"));
    if !std::path::Path::new(&folder).is_dir() {
        println!("skipped: there are no contexts beside the project");
        return;
    }
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let one = format!("https://www.w3.org/ns/credentials/v2={folder}/credentials-v2.json");
    let two = format!("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json={folder}/ob-v3p0-3.0.3.2026-06.json");
    let contexts = ["--context", &one, "--context", &two];
    let issue = ["credential", "issue", "--passport", "marie.passport.json", "--out", "badges"];
    assert_eq!(desk.run(&[&issue[..], &contexts].concat(), "").code, 0);
    let verify = ["credential", "verify", "badges/badge-1.json", "--json"];
    let states = |reports: &Value| -> Vec<Value> {
        reports[0]["signatures"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect()
    };
    assert_eq!(states(&desk.json(&[&verify[..], &contexts].concat(), 0)), ["holds", "holds"]);
    assert_eq!(states(&desk.json(&verify, 0)), ["holds", "not-checked"]);
}

#[test]
fn a_badge_is_drawn_and_put_into_a_code_unless_it_was_changed() {
    let desk = with_badges();
    let address = ["--address", "https://skills.example/verify"];
    let svg = ["badge", "svg", "badges/badge-1.json", "--out", "badge.svg", "--lang", "fr"];
    assert_eq!(desk.run(&svg, "").code, 0);
    assert!(desk.get("badge.svg").contains("Ce n’est ni un certificat"));
    let qr = [&["badge", "qr", "badges/badge-1.json", "--out", "code.svg"][..], &address].concat();
    assert_eq!(desk.run(&qr, "").code, 0);
    assert!(desk.get("code.svg").starts_with("<svg "));
    desk.put("changed.json", desk.get("badges/badge-1.json").replacen("\"4-5\"", "\"7-8\"", 1));
    let changed = [&["badge", "qr", "changed.json", "--out", "no.svg"][..], &address].concat();
    assert_eq!(desk.run(&changed, "").code, 1);
    assert!(!desk.path("no.svg").exists());
    let plain = ["badge", "qr", "badges/badge-1.json", "--out", "no.svg", "--address", "http://a.example", "--json"];
    assert_eq!(desk.json(&plain, 1)["error"]["code"], "wrong-credential");
}

#[test]
fn a_passport_is_printed_with_a_code_and_drawn() {
    let desk = with_badges();
    let print = ["passport", "print", "marie.passport.json", "--lang", "fr", "--out", "marie.html", "--name"];
    let code = ["--badge", "badges/badge-1.json", "--address", "https://skills.example/verify"];
    let ran = desk.run(&[&print[..], &code].concat(), "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let page = desk.get("marie.html");
    for part in
        ["<!DOCTYPE html>", "22 novembre 2026", "Ce n’est ni un certificat", "Code QR d’un badge signé", "<table>"]
    {
        assert!(page.contains(part), "{part}");
    }
    let ran = desk.run(&["passport", "picture", "marie.passport.json", "--out", "marie.svg", "--lang", "en"], "");
    assert_eq!(ran.code, 0);
    assert!(desk.get("marie.svg").contains("between level 4 and level 5 of 8"));
}
