//! `bank print` and `assess --from-paper`.

use serde_json::Value;
use skills_passport::assessment::{Answer, Instrument, Mode, Plan, Setting};
use skills_passport::bank::Response;
use skills_passport::profile::Profile;
use skills_passport_frameworks::Library;
use uuid::Uuid;

use crate::support::Desk;

fn print(desk: &Desk, args: &[&str]) -> String {
    let ran = desk.run(&[&["bank", "print"], args].concat(), "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// The rows of the key: item id, and the right answer as it is typed.
fn key(sheet: &str) -> Vec<(String, String)> {
    let (_, key) = sheet.split_once("class=\"key\"").unwrap();
    let rows = between(key, "<tr><td>", "</tr>");
    let cells = rows.into_iter().map(|row| row.split("</td><td>").take(2).map(str::to_owned).collect::<Vec<_>>());
    cells.map(|cells| (cells[0].clone(), cells[1].clone())).collect()
}

/// The line that says which form it is.
fn form_line(sheet: &str) -> &str {
    between(sheet, "<code>", "</code>")[0]
}

#[test]
fn a_sheet_needs_nothing_but_itself_and_has_its_key_on_a_page_of_its_own() {
    let desk = Desk::new();
    for lang in ["en", "fr"] {
        let sheet = print(&desk, &["--lang", lang, "--mode", "quick"]);
        for word in ["<script", "http://", "https://", "<link", "<img", "url(", "@import"] {
            // Addresses within questions are words, not something to fetch.
            let head = sheet.split("<section").next().unwrap();
            assert!(!head.contains(word), "{lang}: {word}");
        }
        assert!(!sheet.contains("<script") && !sheet.contains("<img") && !sheet.contains("<link"));
        assert!(sheet.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")));
        assert!(sheet.contains("size: A4") && sheet.contains(".key { break-before: page; }"));
        let questions = sheet.matches("<section class=\"question\">").count();
        assert_eq!((questions, key(&sheet).len()), (10, 10), "{lang}");
        let (shown, _) = sheet.split_once("class=\"key\"").unwrap();
        for (item, _) in key(&sheet) {
            assert!(shown.contains(&format!("<span class=\"id\">{item}</span>")), "{item}");
        }
    }
}

#[test]
fn everybody_gets_the_same_sheet() {
    let desk = Desk::new();
    assert_eq!(print(&desk, &["--lang", "fr"]), print(&desk, &["--lang", "fr", "--mode", "quick"]));
    let focused = print(&desk, &["--lang", "fr", "--focus", "1.1,4.2"]);
    assert!(key(&focused).iter().all(|(item, _)| item.starts_with("1.1-") || item.starts_with("4.2-")));
    assert!(form_line(&focused).ends_with(";focus;fr;1.1 4.2"));
}

#[test]
fn a_sheet_takes_the_place_of_nothing() {
    let desk = Desk::new();
    print(&desk, &["--lang", "en", "--out", "sheet.html"]);
    assert!(desk.get("sheet.html").trim_end().ends_with("</html>"));
    desk.put("sheet.html", "mine");
    assert_eq!(desk.run(&["bank", "print", "--out", "sheet.html"], "").code, 1);
    assert_eq!(desk.get("sheet.html"), "mine");
}

fn instrument() -> Instrument {
    Library::shipped().instrument("digcomp@3.0", "general").unwrap()
}

/// The profile of somebody who gave these answers on a screen, where nothing was fixed.
fn on_screen(answers: Vec<Answer>) -> Value {
    let instrument = instrument();
    let setting = Setting {
        id: Uuid::from_u128(1),
        language: "fr".parse().unwrap(),
        seed: 5,
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: false,
    };
    let mut assessment = instrument.start(Plan::new(Mode::Quick), setting).unwrap();
    assessment.answers = answers;
    instrument.check(&assessment).unwrap();
    serde_json::to_value(Profile::of(&instrument, &assessment)).unwrap()
}

/// Right answers, the second rating of every statement, one "I don't know" and one blank; as lines, and as answers.
fn filled(sheet: &str) -> (String, Vec<Answer>) {
    let instrument = instrument();
    let mut lines = vec![form_line(sheet).to_owned()];
    let mut answers = Vec::new();
    for (number, (id, right)) in key(sheet).into_iter().enumerate() {
        let (_, item) = instrument.bank().item(&id.parse().unwrap()).unwrap();
        let (typed, response) = match number {
            3 => ("?".to_owned(), Response::DontKnow),
            5 => (String::new(), Response::Skipped),
            _ if right.is_empty() => ("2".to_owned(), Response::Graded { answer: 1 }),
            _ => (right, item.response_of(item.highest_category()).unwrap()),
        };
        lines.push(format!("{id};{typed}"));
        answers.push(Answer { item: item.id.clone(), response });
    }
    (lines.join("\n"), answers)
}

#[test]
fn answers_typed_in_give_the_profile_that_a_screen_would_have_given() {
    let desk = Desk::new();
    let (lines, answers) = filled(&print(&desk, &["--lang", "fr"]));
    desk.put("answers.csv", &lines);
    let ran = desk.run(&["assess", "--from-paper", "answers.csv", "--out", "a.passport.json", "--assisted"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("Vos résultats"), "in the language of the sheet: {}", ran.out);
    let shown = desk.json(&["passport", "show", "a.passport.json", "--json"], 0);
    assert_eq!(shown["assessments"][0]["profile"], on_screen(answers));
    assert_eq!(shown["assessments"][0]["profile"]["answered"], 9);
    let record: Value = serde_json::from_str(&desk.get("a.passport.json")).unwrap();
    let assessment = &record["records"][0]["assessment"];
    assert_eq!(assessment["plan"]["form"].as_array().unwrap().len(), 10, "the record says that the form was fixed");
    assert_eq!(assessment["setting"]["assisted"], true);
}

#[test]
fn lines_come_from_the_input_and_in_any_order_too() {
    let desk = Desk::new();
    let (lines, answers) = filled(&print(&desk, &["--lang", "fr"]));
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.reverse();
    let ran = desk.run(&["assess", "--from-paper", "-", "--out", "a.passport.json"], &lines.join("\r\n"));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let shown = desk.json(&["passport", "show", "a.passport.json", "--json"], 0);
    assert_eq!(shown["assessments"][0]["profile"], on_screen(answers));
}

#[test]
fn a_line_that_does_not_fit_is_named_and_nothing_is_saved() {
    let desk = Desk::new();
    let sheet = print(&desk, &["--lang", "en", "--mode", "standard"]);
    let form = form_line(&sheet);
    let statement = key(&sheet).into_iter().find(|(_, right)| right.is_empty()).unwrap().0;
    let other =
        instrument().bank().items().iter().map(|item| item.id.to_string()).find(|id| !sheet.contains(id.as_str()));
    for (lines, code, words) in [
        (format!("{form}\n{statement};9"), "wrong-paper", "line 2: `9` is not an answer to item"),
        (format!("{form}\n{statement};back"), "wrong-paper", "line 2: `back` is not an answer"),
        (format!("{form}\n\n{};1", other.unwrap()), "wrong-paper", "is not on this form"),
        (format!("{form}\n{statement};1\n{statement};2"), "wrong-paper", "line 3: "),
        ("form;general".to_owned(), "wrong-paper", "line 1: this is not a form"),
        (form.replace("general@", "general@9"), "not-found", "there is none of this name"),
    ] {
        desk.put("answers.csv", &lines);
        let ran = desk.run(&["assess", "--from-paper", "answers.csv", "--lang", "en"], "");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{lines}");
        assert!(ran.err.starts_with(&format!("error[{code}]: ")) && ran.err.contains(words), "{lines}: {}", ran.err);
        assert_eq!(desk.files(), ["answers.csv"]);
    }
}

#[test]
fn a_sheet_left_blank_makes_no_passport() {
    let desk = Desk::new();
    let sheet = print(&desk, &["--lang", "en"]);
    desk.put("answers.csv", form_line(&sheet));
    let ran = desk.run(&["assess", "--from-paper", "answers.csv"], "");
    assert_eq!((ran.code, ran.out.as_str()), (0, "No question was answered, so nothing was saved.\n"));
    assert_eq!(desk.files(), ["answers.csv"]);
}
