//! `group`: reports, summaries that add up, quantiles.

use serde_json::Value;

use crate::support::{Desk, PASSPORT};

/// An offer that leads from 4 to 7 in competence 1.1.
const CATALOGUE: &str = r#"{
  "format": "1.0.0",
  "framework": { "id": "digcomp", "version": "3.0.0" },
  "offers": [
    {
      "id": "search",
      "title": "Search better",
      "targets": [{ "competence": "1.1", "from": 4, "to": 7, "origin": "declared" }],
      "source": { "name": "us" }
    }
  ]
}"#;

/// The passport of somebody whose second assessment has this level in competence 1.1.
fn passport(number: usize, level: u8) -> Value {
    let mut passport: Value = serde_json::from_str(PASSPORT).unwrap();
    passport["id"] = format!("00000000-0000-4000-8000-{number:012}").into();
    let first = &mut passport["records"][1]["profile"]["competences"][0];
    assert_eq!(first["competence"], "1.1");
    first["estimate"]["level"] = level.into();
    first["estimate"]["median"] = (i32::from(level) * 1000).into();
    first["estimate"]["evidence"] = "measured".into();
    passport
}

/// So many passports of each level in a folder.
fn group(desk: &Desk, folder: &str, from: usize, levels: &[(usize, u8)]) {
    let people = levels.iter().flat_map(|(people, level)| std::iter::repeat_n(*level, *people));
    for (number, level) in people.enumerate() {
        let number = from + number;
        desk.put(&format!("{folder}/{number}.passport.json"), passport(number, level).to_string());
    }
}

#[test]
fn small_levels_are_put_together_and_numbers_rounded() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(3, 1), (40, 3), (31, 4), (2, 8)]);
    let report = desk.json(&["group", "report", "all"], 0);
    assert!(report["people"].as_u64().unwrap().is_multiple_of(5));
    let groups = report["competences"][0]["levels"]["groups"].as_array().unwrap();
    let cut: Vec<(u64, u64)> =
        groups.iter().map(|group| (group["first"].as_u64().unwrap(), group["last"].as_u64().unwrap())).collect();
    assert_eq!(cut, [(0, 2), (3, 9)]);
    for (group, people) in groups.iter().zip([43_u64, 33]) {
        let shown = group["people"].as_u64().unwrap();
        assert!(shown.is_multiple_of(5) && shown.abs_diff(people) < 5, "{shown}");
    }
    assert_eq!(desk.json(&["group", "report", "all"], 0), report, "the same people give the same numbers");
}

#[test]
fn fewer_than_k_people_are_no_group() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(9, 3)]);
    let report = desk.json(&["group", "report", "all"], 0);
    assert_eq!(report["people"], Value::Null);
    for row in report["competences"].as_array().unwrap() {
        let none = &Value::Array(vec![]);
        assert_eq!((&row["levels"]["groups"], &row["change"]["groups"], &row["quartiles"]), (none, none, &Value::Null));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_exit_code_says_so() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(40, 3)]);
    let whole = desk.json(&["group", "report", "all"], 0);
    desk.put("all/broken.passport.json", "{}");
    // A copy of a passport under another name counts once.
    desk.put("all/copy.passport.json", passport(0, 3).to_string());
    let ran = desk.run(&["group", "report", "all"], "");
    assert_eq!(ran.code, 3);
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap(), whole);
    assert!(ran.err.contains("broken.passport.json"), "{}", ran.err);
    assert!(ran.err.contains("40 passports counted; left out: 1 that could not be read"), "{}", ran.err);
    assert!(ran.err.contains("1 copies"), "{}", ran.err);
}

#[test]
fn lines_that_are_piped_in_count_like_a_folder() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(30, 2), (25, 5)]);
    let lines: String =
        (0..55).map(|number| format!("{}\n", passport(number, if number < 30 { 2 } else { 5 }))).collect();
    let piped = desk.run(&["group", "report", "-"], &lines);
    assert_eq!((piped.code, piped.err.as_str()), (0, ""));
    assert_eq!(piped.out, desk.run(&["group", "report", "all"], "").out);
    let broken = desk.run(&["group", "report", "-", "--lang", "fr"], &format!("{lines}\n{{\"a\":1}}\n"));
    assert_eq!((broken.code, broken.out), (3, piped.out));
    assert!(broken.err.contains("-, line 57: ") && broken.err.contains("1 illisibles"), "{}", broken.err);
}

#[test]
fn summaries_of_two_places_give_the_report_of_both() {
    let desk = Desk::new();
    desk.put("key.txt", "a secret\n");
    group(&desk, "north", 0, &[(12, 2), (20, 3)]);
    group(&desk, "south", 32, &[(25, 3), (14, 6)]);
    group(&desk, "all", 0, &[(12, 2), (20, 3), (25, 3), (14, 6)]);
    for place in ["north", "south", "all"] {
        let summary = desk.run(&["group", "summary", place, "--secret", "key.txt"], "");
        assert_eq!(summary.code, 0);
        assert!(!summary.out.contains("00000000-0000"), "no identity of a passport leaves its place");
        desk.put(&format!("{place}.summary.json"), summary.out);
    }
    let merged = desk.run(&["group", "merge", "south.summary.json", "north.summary.json"], "");
    assert_eq!(merged.out, desk.get("all.summary.json"));
    let report = desk.json(&["group", "report", "all", "--secret", "key.txt"], 0);
    assert_eq!(desk.json(&["group", "report", "all.summary.json"], 0), report);
    let other = desk.json(&["group", "merge", "all.summary.json", "--framework", "digcomp@2.2"], 1);
    assert_eq!(other["error"]["code"], "other-framework");
}

#[test]
fn quantiles_are_those_of_the_order_and_said_not_to_be_published() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(3, 2), (4, 3), (3, 6)]);
    let told = desk.json(&["group", "quantiles", "all", "--json"], 0);
    let first = &told["competences"][0];
    let from: Vec<i64> =
        first["quantiles"].as_array().unwrap().iter().map(|quantile| quantile["from"].as_i64().unwrap()).collect();
    assert_eq!((&first["people"], from), (&10.into(), vec![2000, 2000, 3000, 6000, 6000]));
    let shown = desk.run(&["group", "quantiles", "all", "--lang", "fr"], "").out;
    assert!(shown.contains("2,00–2,25") && shown.contains("à ne pas publier"), "{shown}");
}

#[test]
fn needs_name_the_steps_that_no_offer_leads_to() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(30, 1), (30, 4)]);
    desk.put("offers.json", CATALOGUE);
    let report = desk.json(&["group", "report", "all", "--in", "offers.json"], 0);
    let needs = report["competences"][0]["needs"].as_array().unwrap();
    let gaps: Vec<(u64, bool)> = needs
        .iter()
        .flat_map(|need| need["steps"].as_array().unwrap())
        .map(|step| (step["from"].as_u64().unwrap(), step["declared"] == 0))
        .collect();
    assert_eq!(gaps.iter().find(|(from, _)| *from == 1), Some(&(1, true)));
    assert_eq!(gaps.iter().find(|(from, _)| *from == 4), Some(&(4, false)));
    let page = desk.run(&["group", "report", "all", "--in", "offers.json", "--format", "html"], "").out;
    assert!(page.contains("people need 1.1 from 1 to 2 – <strong>no offer known</strong>"), "{page}");
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_the_table_is_a_spreadsheets() {
    let desk = Desk::new();
    group(&desk, "all", 0, &[(40, 3)]);
    for (lang, title) in [("en", "<h1>Group report</h1>"), ("fr", "<h1>Rapport de groupe</h1>")] {
        let page = desk.run(&["group", "report", "all", "--format", "html", "--lang", lang], "").out;
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")) && page.contains(title));
        // A picture without its table would leave out those who cannot see it.
        assert_eq!(page.matches("<svg").count(), page.matches("<table").count());
        assert_eq!(page.matches("role=\"img\" aria-label=\"").count(), page.matches("<svg").count());
        for foreign in ["<script", "src=", "href=", "@import", "url("] {
            assert!(!page.contains(foreign), "{foreign}");
        }
    }
    let table = desk.run(&["group", "report", "all", "--format", "csv"], "").out;
    assert!(table.starts_with("competence,name,table,from,to,people,offers\n1.1,"), "{table}");
    let table = desk.run(&["group", "report", "all", "--format", "csv", "--lang", "fr"], "").out;
    assert!(table.starts_with("compétence,nom,tableau,de,à,personnes,offres\n1.1,"), "{table}");
}
