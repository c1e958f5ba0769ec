//! `contribute`.

use serde_json::Value;

use crate::support::{Desk, PASSPORT};

fn passport(number: usize) -> String {
    let mut passport: Value = serde_json::from_str(PASSPORT).unwrap();
    passport["id"] = format!("00000000-0000-4000-8000-{number:012}").into();
    passport.to_string()
}

const MAKE: [&str; 6] = ["contribute", "make", "p.passport.json", "--campaign", "north", "--about=1.1"];

#[test]
fn a_contribution_is_made_only_after_a_yes_and_is_the_same_each_time() {
    let desk = Desk::new();
    desk.put("p.passport.json", passport(1));
    let refused = desk.run(&MAKE, "");
    assert_eq!((refused.code, refused.out.as_str()), (3, ""));
    assert!(
        refused.err.contains("Nothing is sent") && refused.err.contains("No contribution was made."),
        "{}",
        refused.err
    );
    let made = desk.run(&MAKE, "y\n");
    assert_eq!(made.code, 0);
    let contribution: Value = serde_json::from_str(&made.out).unwrap();
    assert_eq!((&contribution["about"], &contribution["truth"]), (&"1.1".into(), &500.into()));
    assert!((1..=9).contains(&contribution["report"].as_u64().unwrap()));
    assert!(!made.out.contains("00000000"), "no identity is in it");
    let french = desk.run(&[&MAKE[..], &["--lang", "fr"]].concat(), "oui\n");
    assert!(french.err.contains("Rien n’est envoyé"), "{}", french.err);
    assert_eq!(french.out, made.out);
    let wrong = desk.run(&["contribute", "make", "p.passport.json", "--campaign", "c", "--about", "9.9"], "");
    assert_eq!(wrong.code, 1);
}

#[test]
fn estimates_come_with_their_errors_and_what_cannot_be_read_is_named() {
    let desk = Desk::new();
    let (mut lines, mut true_level) = (String::new(), Value::Null);
    for number in 0..24 {
        desk.put("p.passport.json", passport(number));
        lines.push_str(&desk.run(&[&MAKE[..], &["--yes", "--truth", "900"]].concat(), "").out);
        let passport: Value = serde_json::from_str(PASSPORT).unwrap();
        let estimate = &passport["records"][1]["profile"]["competences"][0]["estimate"];
        true_level = if estimate["evidence"] == "not-enough" { 9.into() } else { estimate["level"].clone() };
    }
    desk.put("all.ndjson", format!("{lines}{{\"format\":\"other\"}}\n"));
    let ran = desk.run(&["contribute", "estimate", "all.ndjson", "--format", "json"], "");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("all.ndjson, line 25: "), "{}", ran.err);
    let answers: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answers[0]["people"], 24);
    let categories = answers[0]["categories"].as_array().unwrap();
    let shares: i64 = categories.iter().map(|line| line["share"].as_i64().unwrap()).sum();
    assert!((995..=1005).contains(&shares), "{shares}");
    for line in categories {
        let share = line["share"].as_i64().unwrap();
        // All passports say the same.
        let truth = if line["category"] == true_level { 1000 } else { 0 };
        let error = line["standardError"].as_i64().unwrap();
        assert!(error > 0 && (share - truth).abs() <= 4 * error, "{line}");
    }
    let text = desk.run(&["contribute", "estimate", "all.ndjson", "--lang", "fr"], "").out;
    assert!(text.contains("24 contributions") && text.contains("Fourchette"), "{text}");
    let csv = desk.run(&["contribute", "estimate", "all.ndjson", "--format", "csv"], "").out;
    assert_eq!(csv.lines().count(), 10);
}
