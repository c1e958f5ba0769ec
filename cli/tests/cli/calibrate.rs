//! `calibrate`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value, json};
use skills_passport::assessment::{Assessment, Instrument, Mode, Plan};
use skills_passport::simulation::{Design, Study, Truth};
use skills_passport_frameworks::Library;

use crate::support::{Desk, copy_library};

static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Library::shipped().instrument("digcomp@3.0", "general").unwrap());

/// Sittings of simulated people about two competences.
static SITTINGS: LazyLock<Vec<Assessment>> = LazyLock::new(|| {
    let focus = ["1.1", "4.2"].map(|id| id.parse().unwrap()).to_vec();
    let truth = Truth { leniency_mean: Some(0.8), ..Truth::default() };
    let design = Design { plan: Plan { focus, ..Plan::new(Mode::Focus) }, seed: 3, truth, curve: false };
    let study = Study::new(&INSTRUMENT, design).unwrap();
    let sit = |person: u64| {
        let mut assessment = study.sit(person).assessment;
        assessment.answers.truncate(14);
        assessment.setting.id = uuid::Uuid::from_u128(u128::from(person) + 1);
        assessment
    };
    (0..100).map(sit).collect()
});

fn ndjson() -> String {
    SITTINGS.iter().map(|sitting| serde_json::to_string(sitting).unwrap() + "\n").collect()
}

/// Each answer as person, item and category.
fn scored() -> Vec<Vec<(String, String, u8)>> {
    let one = |sitting: &Assessment| {
        let score = |answer: &skills_passport::assessment::Answer| {
            let item = INSTRUMENT.bank().item(&answer.item).unwrap().1;
            let category = item.score(&answer.response).unwrap().unwrap().category;
            (sitting.setting.id.to_string(), answer.item.to_string(), category)
        };
        sitting.answers.iter().map(score).collect()
    };
    SITTINGS.iter().map(one).collect()
}

fn long(separator: &str) -> String {
    // Backwards, so that the rows of a person are in another order than in the other files.
    let rows = scored().into_iter().flatten().rev();
    let rows = rows.map(|(person, item, category)| [person, item, category.to_string()].join(separator) + "\n");
    ["person", "item", "category"].join(separator) + "\n" + &rows.collect::<String>()
}

fn wide() -> String {
    let people = scored();
    let items: BTreeSet<&String> = people.iter().flatten().map(|(_, item, _)| item).collect();
    let mut text = "person,kind".to_owned();
    items.iter().for_each(|item| text.push_str(&format!(",{item}")));
    for (number, answers) in people.iter().enumerate() {
        text.push_str(&format!("\n{},{}", answers[0].0, ["young", "old"][number % 2]));
        for item in &items {
            let answer = answers.iter().find(|(_, other, _)| other == *item);
            text.push_str(&answer.map_or(",".to_owned(), |(_, _, category)| format!(",{category}")));
        }
    }
    text
}

const FEW: [&str; 2] = ["--least-answers", "40"];

fn run(desk: &Desk, args: &[&str]) -> Value {
    desk.json(&[&["calibrate"], args, &FEW, &["--json"]].concat(), 0)
}

#[test]
fn a_row_per_person_a_row_per_answer_and_a_sitting_per_line_say_the_same() {
    let desk = Desk::new();
    desk.put("sittings.ndjson", ndjson());
    desk.put("wide.csv", wide());
    desk.put("long.csv", long(","));
    desk.put("long.tsv", format!("\u{feff}{}", long("\t")));
    desk.put("french.txt", long(";"));
    let estimates = |file: &str| {
        let found = run(&desk, &[file]);
        assert_eq!((&found["refused"], &found["people"]), (&json!(0), &json!(100)), "{file}");
        ["items", "population", "logLikelihood", "convergence"].map(|member| found[member].clone())
    };
    // The order of people decides the last digits of sums; thousandths are beyond that.
    let first = estimates("sittings.ndjson");
    assert_eq!(estimates("wide.csv"), first);
    for file in ["long.csv", "long.tsv", "french.txt"] {
        let found = estimates(file);
        assert_eq!(found[0].as_array().unwrap().len(), first[0].as_array().unwrap().len());
        for (one, two) in found[0].as_array().unwrap().iter().zip(first[0].as_array().unwrap()) {
            assert_eq!((&one["item"], &one["counts"]), (&two["item"], &two["counts"]), "{file}");
            // Iterations end at a tolerance, which weighs more where answers are few: far below the error all the same.
            let moved = (one["location"].as_i64().unwrap() - two["location"].as_i64().unwrap()).abs();
            assert!(moved * 20 <= one["locationError"].as_i64().unwrap(), "{one} {two}");
        }
    }
}

#[test]
fn threads_do_not_change_a_byte() {
    let desk = Desk::new();
    desk.put("a.ndjson", ndjson());
    let text = |threads: &str| {
        let ran = desk.run(&["calibrate", "a.ndjson", "--json", "--threads", threads], "");
        assert_eq!(ran.err, "");
        ran.out
    };
    assert_eq!(text("1"), text("3"));
}

#[test]
fn what_cannot_be_taken_is_named_by_its_row_and_the_rest_is_used() {
    let desk = Desk::new();
    let graded = INSTRUMENT.bank().items().iter().find(|item| !item.has_right_answer()).unwrap().id.to_string();
    let good = long(",");
    desk.put(
        "a.csv",
        format!("{good}p1,{graded},9\np1,9.9-99,1\n,{graded},1\np2,{graded}\np3,{graded},2\np3,{graded},2\np4,{graded},NA\np5,{graded},dont-know\n"),
    );
    let found = run(&desk, &["a.csv"]);
    let base = good.lines().count() as u64;
    let refusals: Vec<(u64, String)> = found["refusals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["row"].as_u64().unwrap() - base, one["reason"].as_str().unwrap().to_owned()))
        .collect();
    insta::assert_debug_snapshot!(refusals);
    assert_eq!((&found["refused"], &found["missing"]), (&json!(5), &json!(1)));
    assert_eq!(found["rows"], base - 1 + 8);
    // p3 and p5 have an answer; p1 and p4 have none.
    assert_eq!(found["people"], 102);
    let shown = desk.run(&["calibrate", "a.csv"], "").out;
    assert!(shown.contains(&format!("a.csv, row {}, {graded}: `9` is no answer: use 0 to 3", base + 1)), "{shown}");
}

#[test]
fn lines_that_are_no_sittings_of_this_bank_are_named() {
    let desk = Desk::new();
    let mut other = serde_json::to_value(&SITTINGS[0]).unwrap();
    other["bank"]["version"] = "9.0.0".into();
    let mut changed = serde_json::to_value(&SITTINGS[1]).unwrap();
    changed["bank"]["sha256"] = "0".repeat(64).into();
    let simple = json!({ "person": "p", "answers": [
        { "item": "1.1-01", "category": 1 }, { "item": "1.1-01", "category": 2 }, { "item": "1.1-02" },
        { "item": "1.1-03", "response": { "kind": "dont-know" } },
    ]});
    let again = serde_json::to_string(&SITTINGS[2]).unwrap();
    desk.put("a.ndjson", format!("{}{other}\n{changed}\n{{\n\n[]\n{again}\n{simple}\n", ndjson()));
    let found = run(&desk, &["a.ndjson"]);
    let reasons: Vec<&str> =
        found["refusals"].as_array().unwrap().iter().map(|one| one["reason"].as_str().unwrap()).collect();
    insta::assert_debug_snapshot!(reasons);
    assert_eq!(found["people"], 101);
}

#[test]
fn a_new_version_of_the_bank_is_written_and_can_be_used() {
    let desk = Desk::new();
    copy_library(&desk.path("library"));
    desk.put("a.csv", wide());
    let folder = "library/banks/general/0.3.0";
    let found = run(&desk, &["a.csv", "--library", "library", "--bank", "general", "--out", folder]);
    assert_eq!(found["newVersion"], "0.3.0");
    let checked = desk.json(&["bank", "check", "general@0.3.0", "--library", "library", "--json"], 0);
    assert_eq!(checked["faults"], json!([]));
    let head: Value = serde_json::from_str(&desk.get(&format!("{folder}/bank.json"))).unwrap();
    assert_eq!((&head["calibration"], &head["version"]), (&json!("calibrated"), &json!("0.3.0")));
    assert_eq!(head["model"]["means"].as_array().unwrap().len(), 26);
    assert_eq!(head["model"]["covariance"].as_array().unwrap().len(), 351);
    // Items say how many answers are behind them; those of too few people are as before.
    let read = |folder: &str, file: &str| -> Value {
        serde_json::from_str(&desk.get(&format!("{folder}/items/{file}.json"))).unwrap()
    };
    let (after, before) = (read(folder, "1.1"), read("library/banks/general/0.2.0", "1.1"));
    let pairs = after["items"].as_array().unwrap().iter().zip(before["items"].as_array().unwrap());
    let mut estimated = 0;
    for (after, before) in pairs {
        assert_eq!(after["id"], before["id"]);
        let report = found["items"].as_array().unwrap().iter().find(|item| item["item"] == after["id"]).unwrap();
        if report["taken"] == "estimated" {
            estimated += 1;
            assert_eq!(after["calibratedFrom"], report["answers"]);
            assert!(report["answers"].as_u64().unwrap() >= 40 && after["locationSd"] != before["locationSd"]);
            assert_eq!(after["slope"], report["slope"]);
        } else {
            assert_eq!((after, &report["taken"]), (before, &json!("too-few-answers")));
        }
    }
    assert!(estimated > 3, "{estimated}");
    let text = |version: &str| desk.get(&format!("library/banks/general/{version}/text/fr/1.1.json")).trim().to_owned();
    assert_eq!(text("0.3.0"), text("0.2.0"));
    assert_eq!(serde_json::from_str::<Value>(&desk.get(&format!("{folder}/calibration.json"))).unwrap(), found);
    // The new bank measures, with its means and covariance.
    let study =
        ["simulate", "--library", "library", "--bank", "general@0.3.0", "--focus", "1.1", "--people", "3", "--json"];
    assert_eq!(desk.json(&study, 0)["people"], 3);
    // What is there is never changed.
    let args = ["calibrate", "a.csv", "--library", "library", "--out", folder, "--json"];
    assert_eq!(desk.json(&args, 1)["error"]["code"], "unwritable");
}

#[test]
fn groups_are_compared_with_the_largest() {
    let desk = Desk::new();
    desk.put("a.csv", format!("{}\n", wide().replacen("old", "young", 10)));
    let found = run(&desk, &["a.csv", "--group", "kind"]);
    let groups: Vec<(&str, u64)> = found["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (group["group"].as_str().unwrap(), group["people"].as_u64().unwrap()))
        .collect();
    assert_eq!(groups, [("young", 60), ("old", 40)]);
    let shown = desk.run(&["calibrate", "a.csv", "--group", "kind"], "").out;
    assert!(
        shown.contains("Groups: young (60), old (40)") && shown.contains("Items that differ between groups"),
        "{shown}"
    );
    // Without --group, the column is none of the items, which is said.
    let shown = desk.run(&["calibrate", "a.csv"], "").out;
    assert!(shown.contains("a.csv: column `kind` is no item of the bank"), "{shown}");
    // Members of assessments can be groups too.
    desk.put("a.ndjson", ndjson());
    assert_eq!(run(&desk, &["a.ndjson", "--group", "language"])["groups"][0]["people"], 100);
}

#[test]
fn what_cannot_be_done_is_named() {
    let desk = Desk::new();
    desk.put("empty.csv", "");
    desk.put("nobody.csv", "item,response\n1.1-01,1\n");
    desk.put("nothing.csv", "person,colour\np,red\n");
    desk.put("twice.csv", "person,1.1-01,1.1-01\np,1,1\n");
    desk.put("open.csv", "person,1.1-01\np,\n");
    desk.put("a.csv", wide());
    desk.put("full/file", "");
    for (args, code, path) in [
        (&["gone.csv"][..], "not-found", "gone.csv"),
        (&["."], "is-folder", "."),
        (&["empty.csv"], "wrong-table", "empty.csv"),
        (&["nobody.csv"], "wrong-table", "nobody.csv"),
        (&["nothing.csv"], "wrong-table", "nothing.csv"),
        (&["twice.csv"], "wrong-table", "twice.csv"),
        (&["a.csv", "--group", "colour"], "wrong-table", "a.csv"),
        (&["open.csv"], "cannot-calibrate", ""),
        (&["a.csv", "--tolerance", "0"], "cannot-calibrate", ""),
        (&["a.csv", "--least-answers", "1000", "--out", "new"], "cannot-calibrate", ""),
        (&["a.csv", "--out", "full"], "unwritable", "full"),
        (&["a.csv", "--bank", "nobody"], "not-found", "nobody"),
        (&["a.csv", "--library", "nowhere"], "not-found", "nowhere"),
    ] {
        let error = desk.json(&[&["calibrate", "--json"], args].concat(), 1)["error"].clone();
        assert_eq!((error["code"].as_str(), error["path"].as_str()), (Some(code), Some(path)), "{args:?} {error}");
    }
    for args in [
        &[][..],
        &["a.csv", "--bank-version", "1"],
        &["a.csv", "--bank-version", "1.0.0"],
        &["a.csv", "--threads", "0"],
    ] {
        assert_eq!(desk.run(&[&["calibrate"], args].concat(), "").code, 2, "{args:?}");
    }
}
