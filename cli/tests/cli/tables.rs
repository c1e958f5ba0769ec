//! `export parquet`, `query` and `group report --sql`: the same numbers by SQL as by counting.

use std::io::Write as _;

use serde_json::Value;

use crate::support::{Desk, PASSPORT, Ran};

/// Numbers that look like chance and are the same in every run (SplitMix64; Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// The competences of DigComp: five areas of three to six.
fn competences() -> Vec<String> {
    let areas = [3, 6, 4, 4, 4];
    let ids = (1..).zip(areas).flat_map(|(area, count)| (1..=count).map(move |number| format!("{area}.{number}")));
    ids.collect()
}

/// A passport with one to three assessments in DigComp 3.0, each about some of the competences.
fn passport(number: u64) -> String {
    let chance = &mut Chance(number.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let original: Value = serde_json::from_str(PASSPORT).unwrap();
    let mut passport = original.clone();
    passport["id"] = format!("00000000-0000-4000-8000-{number:012}").into();
    let records = (1..=1 + chance.below(3)).map(|assessment| {
        let mut record = original["records"][1].clone();
        let id = format!("00000000-0000-4000-9{assessment:03}-{number:012}");
        record["id"] = id.clone().into();
        record["assessment"]["setting"]["id"] = id.into();
        record["at"] = format!("2026-0{assessment}-{:02}T10:00:00Z", 1 + chance.below(28)).into();
        let asked = competences().into_iter().filter(|_| chance.below(10) > 0).collect::<Vec<_>>();
        let results = asked.into_iter().map(|id| {
            let mut result = original["records"][1]["profile"]["competences"][0].clone();
            result["competence"] = id.into();
            let median = chance.below(9_600) as i64 - 300;
            let estimate = &mut result["estimate"];
            estimate["median"] = median.into();
            estimate["standardError"] = (200 + chance.below(1_500)).into();
            estimate["level"] = ((median + 500) / 1000).clamp(1, 8).into();
            estimate["evidence"] = ["measured", "inferred", "not-enough"][chance.below(3) as usize].into();
            result
        });
        record["profile"]["competences"] = results.collect();
        record
    });
    passport["records"] = records.collect();
    passport.to_string()
}

/// Runs the program with so many passports on its input, one a line.
fn with_passports(desk: &Desk, args: &[&str], people: u64) -> Ran {
    let mut child = desk.command(args).spawn().unwrap();
    let mut input = std::io::BufWriter::new(child.stdin.take().unwrap());
    for number in 0..people {
        writeln!(input, "{}", passport(number)).unwrap();
    }
    drop(input);
    Ran::from(child.wait_with_output().unwrap())
}

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

/// Exports so many passports and compares the report by SQL with the one that is counted directly.
fn same_by_sql(people: u64) -> Desk {
    let desk = Desk::new();
    desk.put("key.txt", "a secret");
    desk.put("offers.json", CATALOGUE);
    let export = ["export", "parquet", "-", "--out", "tables", "--secret", "key.txt", "--in", "offers.json"];
    let exported = with_passports(&desk, &export, people);
    assert_eq!((exported.code, exported.err.as_str()), (0, ""));
    let direct = ["group", "report", "-", "--secret", "key.txt", "--in", "offers.json"];
    let direct = with_passports(&desk, &direct, people);
    let by_sql = desk.run(&["group", "report", "tables", "--sql", "--in", "offers.json"], "");
    assert_eq!((by_sql.code, by_sql.err.as_str()), (0, ""));
    assert!(by_sql.out == direct.out, "the report by SQL differs from the direct one");
    let report: Value = serde_json::from_str(&by_sql.out).unwrap();
    assert!(report["people"].as_u64().unwrap().abs_diff(people) < 5);
    desk
}

#[test]
fn a_report_by_sql_is_the_one_from_the_passports_to_the_byte() {
    let people = 3_000;
    let desk = same_by_sql(people);
    // The needs in SQL: everybody with a level below 8, and the one offer that is there.
    let needs = desk.run(&["query", "tables", "--report", "needs", "--format", "json"], "").out;
    let needs: Vec<Value> = needs.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(needs.len(), 21 * 7);
    for need in &needs {
        let served = need["competence"] == "1.1" && (4..7).contains(&need["from_level"].as_i64().unwrap());
        assert_eq!(need["declared"], i64::from(served), "{need}");
    }
    let mut expected = 0;
    for number in 0..people {
        let passport: Value = serde_json::from_str(&passport(number)).unwrap();
        let records = passport["records"].as_array().unwrap();
        let last = records.iter().max_by_key(|record| record["at"].as_str().unwrap()).unwrap();
        let results = last["profile"]["competences"].as_array().unwrap();
        let below = |result: &&Value| {
            result["estimate"]["evidence"] != "not-enough" && result["estimate"]["level"].as_i64().unwrap() < 8
        };
        expected += results.iter().filter(below).count() as i64;
    }
    assert_eq!(needs.iter().map(|need| need["people"].as_i64().unwrap()).sum::<i64>(), expected);
    let levels = desk.run(&["query", "tables", "--report", "levels"], "").out;
    assert!(
        levels.starts_with("framework,competence,category,people,key_high,key_low\ndigcomp@3.0.0,1.1,1,"),
        "{levels}"
    );
}

/// At full size; takes minutes: `cargo test -p skills-passport-cli --features tables -- --ignored hundred_thousand`.
#[test]
#[ignore = "takes minutes; the smaller one above is in every run"]
fn a_hundred_thousand_passports_give_the_same_report_by_sql() {
    drop(same_by_sql(100_000));
}

#[test]
fn tables_are_not_written_over_and_only_questions_are_answered() {
    let desk = Desk::new();
    let export = ["export", "parquet", "-", "--out", "tables"];
    assert_eq!(with_passports(&desk, &export, 3).code, 0);
    let again = with_passports(&desk, &export, 3);
    assert!(again.code == 1 && again.err.contains("already"), "{}", again.err);
    let ask = |sql: &str| desk.run(&["query", "tables", sql], "");
    assert_eq!(ask("SELECT COUNT(*) AS people FROM people").out, "people\n3\n");
    assert_eq!(ask("SELECT competence FROM results WHERE level > 99").out, "competence\n");
    for refused in
        ["CREATE TABLE t AS SELECT 1", "COPY people TO 'x.csv'", "SELECT * FROM nothing", "SELECT", "SET a = 1"]
    {
        let ran = ask(refused);
        assert!(ran.code == 1 && ran.err.contains("wrong-sql"), "{refused}: {}{}", ran.out, ran.err);
    }
    assert_eq!(desk.files(), ["tables"]);
    desk.put("tables/people.parquet", "no table");
    let damaged = ask("SELECT 1");
    assert!(damaged.code == 1 && damaged.err.contains("people.parquet"), "{}", damaged.err);
}
