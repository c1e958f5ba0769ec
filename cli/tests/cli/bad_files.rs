//! Files that may hold anything: each is refused with a code and a place, and left as it was.

use crate::support::{Desk, PASSPORT};

/// Content, its code, and where in the file the fault is, where one place is at fault.
fn bad_passports() -> Vec<(Vec<u8>, &'static str, Option<&'static str>)> {
    let spoilt = |from: &str, to: &str| {
        let text = PASSPORT.replacen(from, to, 1);
        assert_ne!(text, PASSPORT, "{from}");
        text.into_bytes()
    };
    let cut = PASSPORT.as_bytes()[..PASSPORT.len() / 2].to_vec();
    let mut other_bytes = PASSPORT.as_bytes().to_vec();
    other_bytes[30] = 0xff;
    vec![
        (cut, "not-json", None),
        (Vec::new(), "not-json", None),
        (spoilt("\"format\": \"1.0.0\"", "\"format\": \"2.0.0\""), "newer-version", Some("#/format")),
        (spoilt("\"created\": \"2026-03-01T10:00:00Z\"", "\"created\": 5"), "wrong-shape", Some("#/created")),
        (spoilt("\"at\": \"2026-11-22T09:30:00Z\"", "\"at\": 5"), "wrong-shape", Some("#/records/1/at")),
        (
            spoilt("\"level\": 3", "\"level\": 9"),
            "wrong-shape",
            Some("#/records/0/profile/competences/0/estimate/level"),
        ),
        (b"{\"name\": \"not a passport\"}".to_vec(), "wrong-shape", None),
        (b"My shopping list".to_vec(), "not-json", None),
        (vec![b'['; 50_000_000], "too-large", None),
        (other_bytes, "not-utf8", None),
    ]
}

#[test]
fn bad_passports_are_refused_with_code_and_place() {
    for (content, code, pointer) in bad_passports() {
        let desk = Desk::new();
        desk.put("bad.passport.json", &content);
        let error = desk.json(&["passport", "show", "bad.passport.json", "--json"], 1)["error"].clone();
        assert_eq!(error["code"], code);
        let place = error["path"].as_str().unwrap();
        match pointer {
            Some(pointer) => assert_eq!(place, format!("bad.passport.json{pointer}"), "{error}"),
            None => assert!(place.starts_with("bad.passport.json"), "{error}"),
        }
        assert!(!error["message"].as_str().unwrap().is_empty());
        let ran = desk.run(&["passport", "show", "bad.passport.json"], "");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.starts_with(&format!("error[{code}]: ")), "{}", ran.err);
        assert!(ran.err.contains(&format!("\n  place: {place}\n")), "{}", ran.err);
        assert!(ran.err.contains("\n  what to do: "), "{}", ran.err);
    }
}

#[test]
fn nothing_is_written_over_a_bad_passport_and_nothing_is_asked() {
    for (content, code, _) in bad_passports() {
        let desk = Desk::new();
        desk.put("bad.passport.json", &content);
        let ran = desk.run(&["assess", "--mode", "quick", "--out", "bad.passport.json"], &"?\n".repeat(10));
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.starts_with(&format!("error[{code}]: ")), "{}", ran.err);
        assert_eq!(std::fs::read(desk.path("bad.passport.json")).unwrap(), content);
        assert_eq!(desk.files(), ["bad.passport.json"]);
    }
}

#[test]
fn bad_paused_files_are_refused_and_left_as_they_were() {
    let desk = Desk::new();
    desk.run(&["assess", "--seed", "1", "--lang", "en"], "2\np\n");
    let good = desk.get(&desk.only(".assessment.json"));
    let spoilt = |from: &str, to: &str| {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        text.into_bytes()
    };
    for (content, code, pointer) in [
        (good.as_bytes()[..200].to_vec(), "not-json", ""),
        (spoilt("\"format\": \"1.1.0\"", "\"format\": \"2.0.0\""), "newer-version", "#/format"),
        (spoilt("\"seed\": 1", "\"seed\": \"one\""), "wrong-shape", "#/setting/seed"),
        (spoilt("\"answer\": 1", "\"answer\": 9"), "wrong-response", "#/answers/0/response"),
        (spoilt("\"mode\": \"standard\"", "\"mode\": \"focus\""), "wrong-focus", "#/plan/focus"),
        (spoilt("\"sha256\": \"", "\"sha256\": \"f"), "other-bank", "#/bank"),
        (spoilt("\"version\": \"3.0.0\"", "\"version\": \"9.0.0\""), "not-found", "#/bank"),
        (vec![b'['; 50_000_000], "too-large", ""),
        (b"\xff".to_vec(), "not-utf8", ""),
        (spoilt("\"answers\": [", "\"replies\": ["), "wrong-shape", "#/replies"),
    ] {
        let desk = Desk::new();
        desk.put("bad.assessment.json", &content);
        let ran = desk.run(&["assess", "--resume", "bad.assessment.json"], "2\np\n");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{code}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("error[{code}]: ")), "{code}: {}", ran.err);
        assert!(ran.err.contains(&format!("\n  place: bad.assessment.json{pointer}\n")), "{code}: {}", ran.err);
        assert_eq!(std::fs::read(desk.path("bad.assessment.json")).unwrap(), content);
        assert_eq!(desk.files(), ["bad.assessment.json"]);
    }
}

#[test]
fn names_that_lead_to_no_file_are_refused() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder")).unwrap();
    for args in [&["passport", "show"][..], &["assess", "--resume"], &["assess", "--out"]] {
        let run = |name: &str| desk.run(&[args, &[name]].concat(), "");
        let folder = run("folder");
        assert_eq!(folder.code, 1, "{args:?}");
        assert!(folder.err.starts_with("error[is-folder]: "), "{}", folder.err);
        let nowhere = run("nowhere/x.passport.json");
        assert_eq!(nowhere.code, 1, "{args:?}");
        assert!(nowhere.err.starts_with("error[not-found]: "), "{}", nowhere.err);
    }
    let error = &desk.json(&["passport", "show", "gone.passport.json", "--json"], 1)["error"];
    assert_eq!((error["code"].as_str(), error["path"].as_str()), (Some("not-found"), Some("gone.passport.json")));
}

#[test]
fn errors_speak_french_where_the_person_does() {
    let desk = Desk::new();
    desk.put("bad.passport.json", "{");
    let ran = desk.run(&["passport", "show", "bad.passport.json", "--lang", "fr"], "");
    insta::assert_snapshot!("error_fr", ran.err);
}

#[test]
fn a_file_cannot_steer_the_terminal_through_an_error() {
    let desk = Desk::new();
    let found = format!("\\u001b]0;owned\\u0007{}", "x".repeat(100_000));
    let passport = PASSPORT.replacen("\"type\": \"assessment\"", &format!("\"type\": \"{found}\""), 1);
    desk.put("bad.passport.json", passport);
    let ran = desk.run(&["passport", "show", "bad.passport.json"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("owned") && ran.err.len() < 2000, "{}", ran.err);
    assert!(!ran.err.contains(['\u{1b}', '\u{7}']), "{:?}", ran.err);
}
