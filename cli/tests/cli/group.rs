//! `group report`.

use serde_json::Value;

use crate::support::{Desk, PASSPORT};

/// So many passports, whose second assessment has this level in competence 1.1.
fn group(desk: &Desk, levels: &[(usize, u8)]) {
    let mut number = 0;
    for (people, level) in levels {
        for _ in 0..*people {
            number += 1;
            let mut passport: Value = serde_json::from_str(PASSPORT).unwrap();
            passport["id"] = format!("00000000-0000-4000-8000-{number:012}").into();
            let first = &mut passport["records"][1]["profile"]["competences"][0];
            assert_eq!(first["competence"], "1.1");
            first["estimate"]["level"] = (*level).into();
            first["estimate"]["evidence"] = "measured".into();
            desk.put(&format!("all/{number}.passport.json"), passport.to_string());
        }
    }
}

#[test]
fn small_levels_are_put_together_and_numbers_rounded() {
    let desk = Desk::new();
    group(&desk, &[(3, 1), (40, 3), (31, 4), (2, 8)]);
    desk.put("all/broken.passport.json", "{}");
    let report = desk.json(&["group", "report", "all"], 0);
    assert_eq!((&report["notRead"], report["people"].as_u64().unwrap() % 5), (&1.into(), 0));
    let groups = report["competences"][0]["levels"]["groups"].as_array().unwrap();
    let cut: Vec<(u64, u64)> =
        groups.iter().map(|group| (group["first"].as_u64().unwrap(), group["last"].as_u64().unwrap())).collect();
    assert_eq!(cut, [(0, 2), (3, 8)]);
    for (group, people) in groups.iter().zip([43_u64, 33]) {
        let shown = group["people"].as_u64().unwrap();
        assert!(shown.is_multiple_of(5) && shown.abs_diff(people) < 5, "{shown}");
    }
    assert_eq!(desk.json(&["group", "report", "all"], 0), report, "the same people give the same numbers");
}

#[test]
fn fewer_than_k_people_are_no_group() {
    let desk = Desk::new();
    group(&desk, &[(9, 3)]);
    let report = desk.json(&["group", "report", "all"], 0);
    assert_eq!(report["people"], Value::Null);
    for row in report["competences"].as_array().unwrap() {
        assert_eq!(
            (&row["levels"]["groups"], &row["change"]["groups"]),
            (&Value::Array(vec![]), &Value::Array(vec![]))
        );
    }
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_the_table_is_a_spreadsheets() {
    let desk = Desk::new();
    group(&desk, &[(40, 3)]);
    let page = desk.run(&["group", "report", "all", "--format", "html"], "").out;
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<svg") && page.contains("role=\"img\""));
    for foreign in ["<script", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let table = desk.run(&["group", "report", "all", "--format", "csv"], "").out;
    assert!(table.starts_with("competence,table,first,last,people,offers\n1.1,level,"), "{table}");
}
