//! `offers`.

use serde_json::Value;

use crate::support::{Desk, PASSPORT};

const SERVICES: &str = include_str!("../../../core/tests/fixtures/offers/services.json");
const COURSES: &str = include_str!("../../../core/tests/fixtures/offers/courses.jsonld");
const FORMATIONS: &str = include_str!("../../../core/tests/fixtures/offers/formations.xml");
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
    assert!(ran.out.ends_with("10 imported, 9 of them repaired; 2 refused\n"), "{}", ran.out);
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

#[test]
fn every_format_is_told_checked_imported_and_exported() {
    let desk = Desk::new();
    for (file, text, format) in [
        ("services.json", SERVICES, "data-inclusion"),
        ("courses.jsonld", COURSES, "schema-org"),
        ("formations.xml", FORMATIONS, "lheo"),
        ("places.csv", PLACES, "lamednum"),
    ] {
        desk.put(file, text);
        let told = desk.json(&["offers", "check", file, "--json"], 1);
        let asked = desk.json(&["offers", "check", file, "--json", "--format", format], 1);
        assert_eq!((&told, told["format"].as_str()), (&asked, Some(format)));
        let imported = told["imported"].as_u64().unwrap();
        assert!(imported > 0 && told["repaired"].as_u64() > Some(0) && told["refused"].as_u64() > Some(0), "{told}");
        let refused = told["findings"].as_array().unwrap().iter().filter(|finding| finding["action"] == "refused");
        assert_eq!(Some(refused.count() as u64), told["refused"].as_u64(), "{told}");
        // What was imported is a catalogue, and says the same after a journey through schema.org.
        desk.run(&["offers", "import", file, "--out", &format!("{format}.ndjson")], "");
        let exported = desk.run(&["offers", "export", &format!("{format}.ndjson")], "");
        assert_eq!((exported.code, exported.err.as_str()), (0, ""));
        desk.put(&format!("{format}.jsonld"), &exported.out);
        let again = format!("{format}-again.ndjson");
        let report = desk.json(&["offers", "import", &format!("{format}.jsonld"), "--out", &again, "--json"], 0);
        assert_eq!((report["imported"].as_u64(), report["repaired"].as_u64()), (Some(imported), Some(0)), "{report}");
        assert_eq!(desk.get(&again), desk.get(&format!("{format}.ndjson")));
    }
}

#[test]
fn findings_are_told_in_french_too() {
    let desk = Desk::new();
    desk.put("courses.jsonld", COURSES);
    for lang in ["en", "fr"] {
        let ran = desk.run(&["offers", "check", "courses.jsonld", "--lang", lang], "");
        insta::assert_snapshot!(format!("offers_check_{lang}"), ran.out);
    }
}

#[test]
fn a_check_of_a_catalogue_lists_every_offer_that_is_refused() {
    let desk = Desk::new();
    desk.put("good.json", CATALOGUE);
    let good = desk.json(&["offers", "check", "good.json", "--json"], 0);
    assert_eq!((good["format"].as_str(), good["imported"].as_u64()), (Some("catalogue"), Some(2)));
    desk.put("bad.json", CATALOGUE.replace("\"title\": \"First steps\"", "\"titel\": \"First steps\""));
    let bad = desk.json(&["offers", "check", "bad.json", "--json"], 1);
    assert_eq!((bad["imported"].as_u64(), bad["refused"].as_u64()), (Some(1), Some(1)));
    assert_eq!((bad["findings"][0]["row"].as_u64(), bad["findings"][0]["action"].as_str()), (Some(2), Some("refused")));
    desk.put("other.json", CATALOGUE.replace("3.0.0", "2.2.0"));
    let other = desk.run(&["offers", "check", "other.json"], "");
    assert!(other.code == 1 && other.err.contains("other-framework"), "{}", other.err);
}

#[test]
fn own_tables_replace_those_of_the_program() {
    let desk = Desk::new();
    desk.put("formations.xml", FORMATIONS);
    let table = serde_json::json!({
        "vocabulary": "formacode", "framework": { "id": "digcomp", "version": "3.0.0" }, "provenance": "ours",
        "entries": [{ "code": "15050", "targets": [
            { "competence": "5.4", "from": 1, "to": 2, "strength": "primary" },
        ] }],
    });
    desk.put("tables/formacode.json", table.to_string());
    desk.run(&["offers", "import", "formations.xml", "--tables", "tables", "--out", "out.ndjson"], "");
    let lines = desk.get("out.ndjson");
    let first: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    let expected = serde_json::json!([{ "competence": "5.4", "from": 1, "to": 2, "origin": "derived" }]);
    assert_eq!(first["targets"], expected);
}

#[test]
fn passports_on_lines_are_answered_like_those_of_a_folder() {
    let desk = Desk::new();
    desk.put("offers.json", CATALOGUE);
    let line = serde_json::from_str::<Value>(PASSPORT).unwrap().to_string();
    desk.put("all.ndjson", format!("{line}\n\n{{}}\n{line}"));
    let ran = desk.run(&["offers", "match", "all.ndjson", "--in", "offers.json"], "");
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<_> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!((ran.code, files), (1, vec!["all.ndjson:1", "all.ndjson:3", "all.ndjson:4"]));
    assert_eq!((&lines[2]["found"], &lines[1]["error"]["code"]), (&1.into(), &"wrong-shape".into()));
    let whole = desk.json(&["offers", "match", "all.ndjson", "--in", "offers.json", "--format", "json"], 1);
    assert_eq!(whole.as_array().unwrap(), &lines);
}

#[test]
fn a_table_has_a_row_for_each_offer_and_no_formula_of_a_stranger() {
    let desk = Desk::new();
    desk.put("offers.json", CATALOGUE.replace("Search better", "=HYPERLINK(1)"));
    desk.put("all/a.passport.json", PASSPORT);
    desk.put("all/b.passport.json", "{}");
    let ran =
        desk.run(&["offers", "match", "all", "--in", "offers.json", "--format", "csv", "--goal", "1.1=7,1.2=8"], "");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("file,kind,rank,offer,title"), "{}", ran.out);
    assert!(lines[1].starts_with("a.passport.json,offer,1,search,'=HYPERLINK(1),"), "{}", ran.out);
    assert!(
        lines[2].starts_with("a.passport.json,not-enough-evidence,") || lines[2].contains("uncovered"),
        "{}",
        ran.out
    );
    assert!(lines.last().unwrap().starts_with("b.passport.json,error,"), "{}", ran.out);
}

#[test]
fn a_page_shows_everybody_and_runs_nothing_of_a_stranger() {
    let desk = Desk::new();
    desk.put("offers.json", CATALOGUE.replace("Search better", "<script>alert(1)</script>"));
    desk.put("all/a.passport.json", PASSPORT);
    for lang in ["en", "fr"] {
        let ran = desk.run(&["offers", "match", "all", "--in", "offers.json", "--format", "html", "--lang", lang], "");
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains("<script") && ran.out.contains("&lt;script&gt;"), "{}", ran.out);
        insta::assert_snapshot!(format!("offers_page_{lang}"), ran.out);
    }
}

#[test]
fn a_path_leads_to_a_job_or_to_the_entry_of_an_offer_by_offers_that_suit() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let more = CATALOGUE.replace(
        "\"offers\": [",
        "\"offers\": [
    {
      \"id\": \"deep\", \"title\": \"Deep search\",
      \"prerequisites\": [{ \"competence\": \"1.1\", \"level\": 7 }],
      \"targets\": [{ \"competence\": \"1.1\", \"from\": 7, \"to\": 8, \"origin\": \"declared\" }],
      \"cost\": { \"kinds\": [\"paid\"] }, \"source\": { \"name\": \"us\" }
    },",
    );
    desk.put("offers.json", more);
    let job = serde_json::json!({
        "format": "1.0.0", "framework": { "id": "digcomp", "version": "3.0.0" }, "title": "Librarian",
        "levels": [{ "competence": "1.1", "level": 8 }],
    });
    desk.put("job.json", job.to_string());
    let path = |more: &[&str], code: i32| {
        let args = ["offers", "path", "marie.passport.json", "--in", "offers.json", "--json"];
        let found = desk.run(&[&args[..], more].concat(), "");
        assert_eq!(found.code, code, "{}{}", found.out, found.err);
        let document: Value = serde_json::from_str(&format!("{}{}", found.out, found.err)).unwrap();
        document["steps"].as_array().map(|steps| steps.iter().map(|step| step["id"].to_string()).collect::<Vec<_>>())
    };
    assert_eq!(path(&["--job", "job.json"], 0).unwrap(), ["\"search\"", "\"deep\""]);
    assert_eq!(path(&["--entry-of", "deep"], 0).unwrap(), ["\"search\""]);
    assert_eq!(path(&["--job", "job.json", "--free"], 1), None, "the last step must be paid");
    assert_eq!(path(&["--entry-of", "nothing"], 1), None);
    desk.put("job.json", job.to_string().replace("1.1", "9.9"));
    assert_eq!(path(&["--job", "job.json"], 1), None);
    assert_eq!(desk.run(&["offers", "path", "marie.passport.json", "--in", "offers.json"], "").code, 2, "to where?");
}
