//! `dsi`.

use serde_json::Value;

use crate::support::Desk;

/// The ids of the thirty activities.
fn activities(desk: &Desk) -> Vec<String> {
    let listed = desk.run(&["dsi", "activities"], "").out;
    listed.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

/// A table of people, each with the first so many activities of every area.
fn table(desk: &Desk, people: &[(usize, usize)]) -> String {
    let ids = activities(desk);
    assert_eq!(ids.len(), 30);
    let starts = [0, 4, 10, 17, 23, 30];
    let mut table = format!("person;{}\n", ids.join(";"));
    let mut number = 0;
    for (count, each) in people {
        for _ in 0..*count {
            number += 1;
            let cells: Vec<&str> = starts
                .windows(2)
                .flat_map(|area| (area[0]..area[1]).map(move |at| if at - area[0] < *each { "oui" } else { "" }))
                .collect();
            table.push_str(&format!("{number};{}\n", cells.join(";")));
        }
    }
    table
}

#[test]
fn thirty_answers_give_a_class_beside_the_published_figures_and_can_be_kept() {
    let desk = Desk::new();
    let ran = desk.run(&["dsi", "ask", "--out", "mine.json"], &"y\n".repeat(31));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Your class: above basic") && ran.out.contains("EU 2025: 60.4%"), "{}", ran.out);
    assert!(ran.out.contains("France 2025: 65.7%") && ran.out.contains("Eurostat"), "{}", ran.out);
    let kept: Value = serde_json::from_str(&desk.get("mine.json")).unwrap();
    assert_eq!(kept["activities"].as_array().unwrap().len(), 30);
    let each = desk.run(&["dsi", "count", "mine.json", "--each", "--format", "csv"], "").out;
    assert!(
        each.ends_with("row 1,above-basic,above-basic,above-basic,above-basic,above-basic,above-basic\n"),
        "{each}"
    );
    let again = desk.run(&["dsi", "ask", "--out", "mine.json"], "");
    assert_eq!((again.code, again.out.as_str()), (1, ""), "a file that is there is not written over");
}

#[test]
fn an_answer_can_be_taken_back_and_what_was_not_understood_is_asked_again() {
    let desk = Desk::new();
    // Everything yes, then back over the last activity, which becomes a no; all other answers stay.
    let typed = format!("{}?\nr\nn\no\n", "o\n".repeat(30));
    let ran = desk.run(&["dsi", "ask", "--lang", "fr", "--out", "m.json"], &typed);
    assert!(
        ran.out.contains("Tapez o, n, r ou q.") && ran.out.contains("Votre classe : plus que de base"),
        "{}",
        ran.out
    );
    let kept: Value = serde_json::from_str(&desk.get("m.json")).unwrap();
    let ids = activities(&desk);
    let done: Vec<&str> = kept["activities"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let expected: Vec<&str> = ids.iter().enumerate().filter(|(at, _)| *at != 28).map(|(_, id)| id.as_str()).collect();
    assert_eq!(done, expected);
}

#[test]
fn who_was_not_online_is_not_assessed_and_who_stops_keeps_nothing() {
    let desk = Desk::new();
    let ran = desk.run(&["dsi", "ask"], "n\n");
    assert!(ran.code == 0 && ran.out.contains("Your class: not assessed"), "{}", ran.out);
    assert_eq!(ran.out.matches("Question ").count(), 1);
    let stopped = desk.run(&["dsi", "ask", "--out", "m.json"], "y\nn\nq\n");
    assert_eq!((stopped.code, desk.files()), (3, vec![]));
}

#[test]
fn shares_of_a_group_stand_beside_the_published_ones_and_small_classes_are_not_told() {
    let desk = Desk::new();
    desk.put("answers.csv", table(&desk, &[(40, 0), (60, 3), (3, 1)]));
    let told = desk.json(&["dsi", "count", "answers.csv", "--format", "json"], 0);
    let basic = &told["shares"][0];
    assert_eq!((basic["atLeast"].as_str(), basic["area"].is_null()), (Some("basic"), true));
    assert_eq!(basic["published"][0]["share"], 6040);
    assert_eq!(basic["group"], Value::Null, "three people between the classes would follow from two shares");
    let groups = told["overall"]["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["people"].as_u64().unwrap() >= 10), "{groups:?}");
    let text = desk.run(&["dsi", "count", "answers.csv", "--lang", "fr"], "").out;
    assert!(text.contains("ce groupe") && text.contains("UE 2025 : 60,4\u{a0}%"), "{text}");
}

#[test]
fn rows_that_cannot_be_read_are_named_with_their_column() {
    let desk = Desk::new();
    let good = table(&desk, &[(2, 1)]);
    desk.put("answers.csv", format!("{good}2;{}\n9;perhaps;{}\n8;1\n", ";".repeat(29), ";".repeat(28)));
    let ran = desk.run(&["dsi", "count", "answers.csv", "--each"], "");
    assert_eq!((ran.code, ran.out.as_str()), (3, "1: basic\n2: basic\n"));
    for told in ["row 4: `2` was there before", "row 5: column `goods`: `perhaps`", "row 6: 2 cells under 31 columns"] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    desk.put("other.csv", "person;goods\n1;1\n");
    let missing = desk.json(&["dsi", "count", "other.csv", "--format", "json"], 1);
    assert_eq!(missing["error"]["code"], "wrong-table");
    desk.put("lines.ndjson", "{\"person\":\"a\",\"activities\":[\"email\"]}\n{\"activities\":[\"flying\"]}\n{\"internet\":false,\"activities\":[]}\n");
    let lines = desk.run(&["dsi", "count", "lines.ndjson", "--each", "--format", "json"], "");
    assert_eq!(lines.code, 3);
    assert!(lines.err.contains("row 2: `flying` is no activity"), "{}", lines.err);
    let classes: Vec<Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&classes[0]["overall"], &classes[1]["overall"]), (&"none".into(), &Value::Null));
}
