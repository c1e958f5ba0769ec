//! `offers`.

use serde_json::Value;

use crate::support::{Desk, PASSPORT};

const PLACES: &str = include_str!("../../../core/tests/fixtures/places.csv");

/// A catalogue for the fixture's learner, who is measured in few competences.
const CATALOGUE: &str = r#"{
  "format": "1.0.0",
  "framework": { "id": "digcomp", "version": "3.0.0" },
  "offers": [
    {
      "id": "search",
      "title": "Search better",
      "targets": [{ "competence": "1.1", "from": 4, "to": 7, "origin": "declared" }],
      "place": {
        "coordinates": { "latitude": 43526393, "longitude": 5413851 },
        "address": { "town": "Aix-en-Provence", "postcode": "13100" }
      },
      "cost": { "kinds": ["free"] },
      "source": { "name": "us", "date": "2026-01-01" }
    },
    {
      "id": "first-steps",
      "title": "First steps",
      "targets": [{ "competence": "1.1", "from": 1, "to": 2, "origin": "declared" }],
      "source": { "name": "us" }
    }
  ]
}
"#;

#[test]
fn a_check_counts_and_lists_every_defect() {
    let desk = Desk::new();
    desk.put("places.csv", PLACES);
    let report = desk.json(&["offers", "check", "places.csv", "--json"], 1);
    assert_eq!((&report["imported"], &report["repaired"], &report["refused"]), (&10.into(), &9.into(), &2.into()));
    let first = &report["findings"][0];
    assert_eq!((&first["row"], &first["column"]), (&3.into(), &"pivot".into()));
    assert_eq!((&first["action"], &first["reason"]), (&"repaired".into(), &"missing".into()));
    let ran = desk.run(&["offers", "check", "places.csv"], "");
    assert!(ran.out.ends_with("10 imported, 9 of them repaired; 2 rows refused\n"), "{}", ran.out);
}

#[test]
fn what_was_imported_is_a_catalogue_and_nothing_is_overwritten() {
    let desk = Desk::new();
    desk.put("places.csv", PLACES);
    let import = ["offers", "import", "places.csv", "--out", "places.ndjson"];
    assert_eq!(desk.run(&import, "").code, 1, "two rows are refused, and said");
    assert_eq!(desk.get("places.ndjson").lines().count(), 11);
    let checked = desk.json(&["offers", "check", "places.ndjson", "--json"], 0);
    assert_eq!(checked["imported"], 10);
    let again = desk.run(&import, "");
    assert_eq!((again.code, again.err.contains("unwritable")), (1, true), "{}", again.err);
    let coverage = desk.json(&["offers", "coverage", "places.ndjson", "--json"], 0);
    let cell = |competence: &str, level: u64| {
        let cells = coverage["cells"].as_array().unwrap();
        cells.iter().find(|cell| cell["competence"] == competence && cell["level"] == level).unwrap().clone()
    };
    assert_eq!(cell("2.3", 1)["derived"], 10);
    assert_eq!((&cell("2.3", 2)["derived"], &cell("2.3", 2)["declared"]), (&0.into(), &0.into()));
}

#[test]
fn a_passport_is_matched_with_reasons_in_both_languages() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    desk.put("offers.json", CATALOGUE);
    let args =
        ["offers", "match", "marie.passport.json", "--in", "offers.json", "--near", "13100", "--goal", "1.1=7,1.2=8"];
    for lang in ["en", "fr"] {
        let ran = desk.run(&[&args[..], &["--lang", lang]].concat(), "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("offers_match_{lang}"), ran.out);
    }
    let found = desk.json(&[&args[..], &["--json"]].concat(), 0);
    assert_eq!((&found["found"], &found["offers"][0]["id"]), (&1.into(), &"search".into()));
    assert_eq!(found["offers"][0]["metres"], 0);
}

#[test]
fn a_folder_of_passports_gives_a_line_each() {
    let desk = Desk::new();
    desk.put("offers.json", CATALOGUE);
    for number in 0..5 {
        desk.put(&format!("all/{number}.passport.json"), PASSPORT);
    }
    desk.put("all/5.passport.json", "{}");
    let ran = desk.run(&["offers", "match", "all", "--in", "offers.json"], "");
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<String> = lines.iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, (0..6).map(|number| format!("{number}.passport.json")).collect::<Vec<_>>());
    assert_eq!((&lines[0]["found"], &lines[5]["error"]["code"]), (&1.into(), &"wrong-shape".into()));
    assert_eq!(ran.code, 1);
}

#[test]
fn a_place_that_is_not_there_is_refused_with_places_like_it() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    desk.put("offers.json", CATALOGUE);
    let ran = desk.run(&["offers", "match", "marie.passport.json", "--in", "offers.json", "--near", "Aix"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no-such-place") && ran.err.contains("Aix-en-Provence"), "{}", ran.err);
}

#[test]
fn a_path_is_shown_step_by_step_or_refused_with_its_reason() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    desk.put("offers.json", CATALOGUE);
    let args = |goal: &'static str| ["offers", "path", "marie.passport.json", "--in", "offers.json", "--goal", goal];
    let found = desk.json(&[&args("1.1=7")[..], &["--json"]].concat(), 0);
    assert_eq!(found["steps"][0]["id"], "search");
    assert_eq!(found["steps"][0]["gains"], serde_json::json!([["1.1", 5, 7]]));
    let none = desk.run(&args("1.1=8"), "");
    assert_eq!((none.code, none.err.contains("no-path")), (1, true), "{}", none.err);
}
