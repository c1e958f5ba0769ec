//! `simulate`.

use serde_json::{Value, json};
use skills_passport_frameworks::Library;

use crate::support::{Desk, copy_library};

const QUICK: [&str; 6] = ["simulate", "--mode", "quick", "--people", "5", "--curve"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&QUICK[..], more].concat()
}

#[test]
fn a_study_is_the_same_to_the_byte_however_many_threads_share_it() {
    let desk = Desk::new();
    let run = |threads: &str| desk.run(&with(&["--json", "--threads", threads]), "");
    let one = run("1");
    assert_eq!((one.code, one.err.as_str()), (0, ""));
    for threads in ["2", "7"] {
        assert_eq!(run(threads).out, one.out, "{threads}");
    }
    assert_ne!(desk.run(&with(&["--json", "--seed", "2"]), "").out, one.out);
}

#[test]
fn json_has_everything_in_thousandths() {
    let study = Desk::new().json(&with(&["--json", "--leniency-mean", "-0.5"]), 0);
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        members(&study),
        "areas areasTogether bank competences competencesTogether curve exposure focus framework mode overall people \
         provisional questions seed truth unsettled"
    );
    let figures = "answers bias coverage coverageError estimates exact inferred measured near notEnough rmse rmseError \
                   standardError";
    assert_eq!(members(&study["overall"]), figures);
    assert_eq!(members(&study["areas"][0]), figures.replace("answers", "answers area"));
    assert_eq!(study["competences"][20]["competence"], "5.4");
    assert_eq!(study["competencesTogether"]["estimates"], 105);
    let truth = json!({ "general": null, "area": null, "locationError": 0, "leniencyMean": -500 });
    assert_eq!((&study["truth"], &study["people"], &study["mode"]), (&truth, &json!(5), &json!("quick")));
    assert_eq!(study["questions"]["mean"], 10_000);
    let bank = Library::shipped().bank_files("general").unwrap();
    assert_eq!(study["exposure"].as_array().unwrap().len(), bank.document.items.len());
    assert_eq!(study["curve"].as_array().unwrap().len(), 11);
    assert_eq!(study["curve"][10]["competences"], study["competencesTogether"]);
}

#[test]
fn the_table_shows_areas_competences_and_what_it_is_not() {
    let ran = Desk::new().run(&with(&["--location-error", "0.85", "--truth-general", "0.35"]), "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let heading = "5 simulated people, quick mode, digcomp@3.0.0, general@0.2.0, seed 1\n\
                   Truth: general share 0.35, items 0.85 levels (SD) from where the bank says\n";
    assert!(ran.out.starts_with(heading), "{}", ran.out);
    for line in ["  all competences  ", "  area 5  ", "    5.4  ", "  overall  ", "Questions: 10 to 10, mean 10.0;"] {
        assert!(ran.out.contains(&format!("\n{line}")), "{line}: {}", ran.out);
    }
    assert!(ran.out.contains("says nothing about real learners"), "{}", ran.out);
    assert!(ran.out.ends_with("The parameters of this bank are its authors' judgement.\n"), "{}", ran.out);
}

#[test]
fn other_ways_to_ask_the_same_people_are_shown_if_wished() {
    let desk = Desk::new();
    let study = desk.json(&with(&["--json", "--compare", "2"]), 0);
    let ways: Vec<(&str, i64)> = study["comparisons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["way"].as_str().unwrap(), one["questions"].as_i64().unwrap()))
        .collect();
    let (form, own) = (42_000, 10_000);
    let expected = [("fixed", form), ("separate", own), ("fixed-one-trait", form), ("separate-one-trait", own)];
    assert_eq!(ways, expected);
    assert_eq!(study["comparisons"][0]["estimates"], 105);
    // Nothing else changes by it.
    let alone = desk.json(&with(&["--json"]), 0);
    assert!(alone.get("comparisons").is_none());
    assert_eq!(alone["competencesTogether"], study["competencesTogether"]);
    let ran = desk.run(&with(&["--compare"]), "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for name in ["all at once, as above", "fixed form, each by itself ", "adaptive, each by itself, no ratings"] {
        assert!(
            ran.out.contains(&format!("\n  {name}")) || ran.out.contains(&format!("\n{name}")),
            "{name}: {}",
            ran.out
        );
    }
}

#[test]
fn plots_are_drawn_and_drawn_again() {
    let desk = Desk::new();
    let draw = || desk.run(&with(&["--svg", "."]), "");
    assert_eq!(draw().code, 0);
    let plots = || ["coverage.svg", "exposure.svg", "rmse.svg"].map(|name| desk.get(name));
    let first = plots();
    assert_eq!(desk.files(), ["coverage.svg", "exposure.svg", "rmse.svg"]);
    for plot in &first {
        assert!(plot.starts_with("<svg ") && plot.ends_with("</svg>\n"), "{plot}");
        assert!(plot.contains("<title id=\"title\">") && plot.contains("<desc id=\"desc\">"), "{plot}");
        assert!(!plot.contains("NaN") && !plot.contains("inf"), "{plot}");
    }
    assert_eq!(draw().code, 0);
    assert_eq!(plots(), first);
}

#[test]
fn a_focus_of_one_competence_can_be_studied() {
    let study = Desk::new().json(&["simulate", "--focus", "4.2", "--people", "2", "--json"], 0);
    assert_eq!((study["mode"].as_str(), study["focus"][0].as_str()), (Some("focus"), Some("4.2")));
    assert_eq!(study["competences"].as_array().unwrap().len(), 1);
}

#[test]
fn a_report_is_a_text_with_its_plots_and_says_how_to_make_it_again() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder")).unwrap();
    let ran = desk.run(&["simulate", "--report", "folder", "--people", "1"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = desk.get("folder/SIMULATION.md");
    let command = "\n```\nskills-passport simulate --framework digcomp@3.0.0 --bank general@0.2.0 --people 1 --seed 1 \
                   --report FOLDER\n```\n";
    assert!(report.contains(command), "{report}");
    assert_eq!(report.matches("\n| as modelled |").count(), 3);
    let plots: Vec<&str> = report.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(plots.len(), 9);
    assert!(plots.iter().all(|plot| desk.path("folder").join(plot).is_file()), "{plots:?}");
}

#[test]
fn what_makes_no_sense_is_exit_code_2() {
    let desk = Desk::new();
    for args in [
        &["--people", "0"][..],
        &["--mode", "endless"],
        &["--mode", "focus"],
        &["--seed", "-1"],
        &["--threads", "0"],
        &["--location-error", "much"],
        &["--report", ".", "--mode", "quick"],
    ] {
        let ran = desk.run(&[&["simulate"], args].concat(), "");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
    }
}

#[test]
fn what_cannot_be_done_is_named() {
    let desk = Desk::new();
    desk.put("bad.json", "{");
    desk.put("few.json", r#"{"people": [{"competences": {"1.1": 3000}}]}"#);
    for (args, code, path) in [
        (&["--persons", "gone.json"][..], "not-found", "gone.json"),
        (&["--persons", "."], "is-folder", "."),
        (&["--persons", "bad.json"], "not-json", "bad.json"),
        (&["--persons", "few.json"], "wrong-people", "few.json#/people/0"),
        (&["--truth-general", "0.9", "--truth-area", "0.2"], "wrong-truth", ""),
        (&["--leniency-mean", "nan"], "wrong-truth", ""),
        (&["--focus", "9.9"], "wrong-focus", "--focus"),
        (&["--bank", "nobody"], "not-found", "nobody"),
        (&["--library", "nowhere"], "not-found", "nowhere"),
        (&["--svg", "nowhere"], "not-found", "nowhere"),
    ] {
        let error = desk.json(&[&["simulate", "--people", "1", "--json"], args].concat(), 1)["error"].clone();
        assert_eq!((error["code"].as_str(), error["path"].as_str()), (Some(code), Some(path)), "{error}");
    }
    assert_eq!(desk.run(&["simulate", "--report", "nowhere"], "").code, 1);
}

#[test]
fn everybody_of_a_file_sits_once() {
    let desk = Desk::new();
    let ids = desk.json(&["simulate", "--people", "1", "--mode", "quick", "--json"], 0)["competences"].clone();
    let level = |level: i32| -> Value {
        let ids = ids.as_array().unwrap().iter();
        json!({ "competences": ids.map(|one| (one["competence"].as_str().unwrap().to_owned(), level.into())).collect::<serde_json::Map<String, Value>>() })
    };
    desk.put("people.json", json!({ "people": [level(2000), level(5000), level(3000)] }).to_string());
    let args = ["simulate", "--mode", "quick", "--json", "--persons", "people.json"];
    assert_eq!(desk.json(&args, 0)["people"], 3);
    assert_eq!(desk.json(&[&args[..], &["--people", "4"]].concat(), 0)["people"], 4);
}

#[test]
fn a_library_of_ones_own_gives_the_same_study() {
    let desk = Desk::new();
    copy_library(&desk.path("library"));
    let args = with(&["--json", "--library", "library"]);
    assert_eq!(desk.json(&args, 0), desk.json(&with(&["--json"]), 0));
}
