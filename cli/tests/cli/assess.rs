//! `assess`: whole sittings by piped input.

use std::io::{BufRead as _, BufReader, Write as _};

use serde_json::Value;

use crate::support::{Desk, PASSPORT, Ran, answers, finish};

const QUICK: [&str; 5] = ["assess", "--mode", "quick", "--seed", "7"];

/// Answers to ten questions of [`QUICK`].
fn quick_answers() -> String {
    answers(&QUICK, 10)
}

#[test]
fn a_whole_assessment_becomes_a_passport_that_can_be_read() {
    for (lang, progress, results, use_of_it) in [
        ("en", "Question 10, at most 10", "Your results", "not for admission, recruitment or benefits"),
        ("fr", "Question 10, au plus 10", "Vos résultats", "ni à une admission, ni à un recrutement"),
    ] {
        let desk = Desk::new();
        let ran = desk.run(&[&QUICK[..], &["--lang", lang]].concat(), &quick_answers());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in [progress, results, use_of_it] {
            assert!(text.contains(expected), "{expected} in\n{}", ran.out);
        }
        let file = desk.only(".passport.json");
        assert!(file.starts_with("skills-2"), "{file}");
        assert!(ran.out.contains(&format!("skills-passport passport show {file}")));
        let shown = desk.json(&["passport", "show", &file, "--json"], 0);
        let profile = &shown["assessments"][0]["profile"];
        assert_eq!((profile["answered"].as_u64(), profile["provisional"].as_bool()), (Some(10), Some(true)));
        // The same table, from the file alone.
        let again = desk.run(&["passport", "show", &file, "--lang", lang], "").out;
        let table =
            |text: &str| text.lines().filter(|line| line.starts_with("  1.")).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(table(&again).len(), 3);
        assert_eq!(table(&again), table(&ran.out)[table(&ran.out).len() - 3..]);
    }
}

#[test]
fn the_standard_assessment_asks_at_most_thirty_questions() {
    let desk = Desk::new();
    let ran = desk.run(&["assess", "--seed", "1", "--out", "a.passport.json"], &answers(&["--seed", "1"], 40));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Question 1, at most 30\n"));
    let profile = &desk.json(&["passport", "show", "a.passport.json", "--json"], 0)["assessments"][0]["profile"];
    assert!((10..=30).contains(&profile["answered"].as_u64().unwrap()));
    assert_eq!(profile["competences"].as_array().unwrap().len(), 21);
}

#[test]
fn focus_measures_the_chosen_competences_only() {
    let desk = Desk::new();
    let args = ["assess", "--focus", "1.1,4.2", "--seed", "1", "--out", "a.passport.json"];
    let ran = desk.run(&args, &answers(&args, 40));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let passport = desk.json(&["passport", "show", "a.passport.json", "--json"], 0);
    assert_eq!(passport["assessments"][0]["mode"], "focus");
    let competences = passport["assessments"][0]["profile"]["competences"].as_array().unwrap().clone();
    assert_eq!(competences.iter().map(|result| &result["competence"]).collect::<Vec<_>>(), ["1.1", "4.2"]);
    let unknown = desk.run(&["assess", "--focus", "1.1,9.9"], "");
    assert_eq!((unknown.code, unknown.out.as_str()), (1, ""));
    assert!(unknown.err.starts_with("error[wrong-focus]: ") && unknown.err.contains("`9.9`"), "{}", unknown.err);
}

#[test]
fn results_can_be_given_in_the_older_framework() {
    let desk = Desk::new();
    let ran =
        desk.run(&[&QUICK[..], &["--framework", "digcomp@2.2", "--out", "a.passport.json"]].concat(), &quick_answers());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let passport = desk.json(&["passport", "show", "a.passport.json", "--json"], 0);
    assert_eq!(passport["assessments"][0]["framework"]["version"], "2.2.0");
}

#[test]
fn the_same_seed_asks_the_same_questions() {
    let sitting = |seed: &str| {
        let args = ["assess", "--mode", "quick", "--seed", seed];
        Desk::new().run(&args, &answers(&args, 10))
    };
    let questions = |ran: &Ran| (1..=10).map(|number| ran.question(number)).collect::<Vec<_>>();
    assert_eq!(questions(&sitting("7")), questions(&sitting("7")));
    assert_ne!(questions(&sitting("7")), questions(&sitting("8")));
}

#[test]
fn pause_and_resume_asks_the_same_question() {
    let desk = Desk::new();
    let before =
        desk.run(&["assess", "--seed", "3", "--lang", "en"], &format!("{}?\np\n", answers(&["--seed", "3"], 2)));
    assert_eq!((before.code, before.err.as_str()), (0, ""));
    let file = desk.only(".assessment.json");
    assert_eq!(desk.files(), [file.as_str()], "no passport yet");
    assert!(before.out.contains(&format!("skills-passport assess --resume {file}\n")), "{}", before.out);
    let paused: Value = serde_json::from_str(&desk.get(&file)).unwrap();
    assert_eq!(paused["answers"].as_array().unwrap().len(), 3);
    assert_eq!(paused["answers"][2]["response"], serde_json::json!({"kind": "dont-know"}));
    let after = desk.run(&["assess", "--resume", &file], "?\n");
    assert_eq!((after.code, after.err.as_str()), (0, ""));
    assert_eq!(after.question(4), before.question(4));
    assert!(after.out.contains("You have answered 3 questions."));
    // The input ended after one more answer, which was saved to the same file.
    let paused: Value = serde_json::from_str(&desk.get(&file)).unwrap();
    assert_eq!(paused["answers"].as_array().unwrap().len(), 4);
    assert_eq!(desk.files(), [file.as_str()]);
    let end = desk.run(&["assess", "--resume", &file, "--out", "a.passport.json"], &"?\n".repeat(40));
    assert_eq!((end.code, end.err.as_str()), (0, ""));
    // Its results are in the passport now: not twice.
    let twice = desk.run(&["assess", "--resume", &file, "--out", "a.passport.json"], &"?\n".repeat(40));
    assert_eq!((twice.code, twice.out.as_str()), (1, ""));
    assert!(twice.err.starts_with("error[already-there]: "), "{}", twice.err);
}

#[test]
fn a_resumed_assessment_keeps_its_language() {
    let desk = Desk::new();
    desk.run(&["assess", "--lang", "fr", "--out", "léa.passport.json"], "?\np\n");
    assert_eq!(desk.files(), ["léa.assessment.json"]);
    let ran = desk.run(&["assess", "--resume", "léa.assessment.json"], "a\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Question 2, au plus 30") && ran.out.contains("Vos résultats"), "{}", ran.out);
}

#[test]
fn the_end_of_the_input_is_a_pause() {
    let desk = Desk::new();
    let ran = desk.run(&["assess", "--lang", "en"], "?\n?");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let paused: Value = serde_json::from_str(&desk.get(&desk.only(".assessment.json"))).unwrap();
    assert_eq!(paused["answers"].as_array().unwrap().len(), 2);
    // With nothing answered there is nothing to keep.
    let desk = Desk::new();
    let ran = desk.run(&["assess"], "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(desk.files(), [""; 0]);
}

#[test]
fn back_takes_the_last_answer_back_and_shows_it() {
    let desk = Desk::new();
    let ran = desk.run(&["assess", "--seed", "3", "--lang", "en"], "3\n2\nb\n1\nb\nb\np\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let second = ran.questions(2);
    assert_eq!(second.len(), 3, "asked, and asked again after each b: {}", ran.out);
    assert!(!second[0].contains("Your answer before"));
    assert!(
        second[1].starts_with(second[0].as_str()) && second[1].contains("Your answer before: 2. "),
        "{}",
        second[1]
    );
    assert!(second[2].contains("Your answer before: 1. "), "{}", second[2]);
    let first = ran.questions(1);
    assert!(first.len() == 2 && first[1].contains("Your answer before: 3. "), "{}", ran.out);
    assert!(ran.out.ends_with("No question was answered, so nothing was saved.\n"), "{}", ran.out);
}

#[test]
fn back_at_the_first_question_says_that_there_is_none_before() {
    let ran = Desk::new().run(&["assess", "--lang", "en"], "b\n");
    assert!(ran.code == 0 && ran.out.contains("This is the first question"), "{}", ran.out);
}

#[test]
fn stop_gives_results_from_what_was_answered() {
    let desk = Desk::new();
    let ran = desk.run(&["assess", "--lang", "en", "--seed", "2"], &format!("{}s\n", answers(&["--seed", "2"], 4)));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Your results\n"), "{}", ran.out);
    let shown = desk.json(&["passport", "show", &desk.only(".passport.json"), "--json"], 0);
    assert_eq!(shown["assessments"][0]["profile"]["answered"], 4);
}

#[test]
fn a_skipped_question_counts_toward_the_length_but_not_as_an_answer() {
    let desk = Desk::new();
    let ran = desk.run(&[&QUICK[..], &["--lang", "en"]].concat(), &"x\n?\n".repeat(5));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out.matches("  Your answer: Skipped\n").count() + ran.out.matches("  Your answer: I don’t know\n").count(),
        ran.out.matches("  The right answer: ").count()
    );
    let shown = desk.json(&["passport", "show", &desk.only(".passport.json"), "--json"], 0);
    assert_eq!(shown["assessments"][0]["profile"]["answered"], 5);
}

#[test]
fn what_is_not_understood_is_asked_again() {
    let ran = Desk::new().run(&["assess", "--lang", "en"], "0\n99\nabc\u{1b}[31m\n\nh\np\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out.matches("is not an answer here").count(), 4, "{}", ran.out);
    assert_eq!(ran.out.matches("Question 1,").count(), 1);
    assert_eq!(ran.out.matches("go back to the question before").count(), 2, "at the beginning, and when asked for");
    assert!(!ran.out.contains('\u{1b}'));
}

#[test]
fn knowledge_questions_are_explained_at_the_end() {
    let desk = Desk::new();
    let ran = desk.run(&[&QUICK[..], &["--lang", "en"]].concat(), &"?\n".repeat(10));
    let (_, review) = ran.out.split_once("The questions with a right answer\n").unwrap();
    let record: Value = serde_json::from_str(&desk.get(&desk.only(".passport.json"))).unwrap();
    assert_eq!(record["records"][0]["assessment"]["answers"].as_array().unwrap().len(), 10);
    let asked = review.matches("  Your answer: I don’t know\n").count();
    assert!(asked >= 5, "one for each area at least: {review}");
    assert_eq!(review.matches("  The right answer: ").count(), asked);
}

#[test]
fn a_passport_that_is_there_gets_one_more_assessment() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let ran = desk.run(&[&QUICK[..], &["--out", "marie.passport.json", "--assisted"]].concat(), &quick_answers());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let (before, after): (Value, Value) =
        (serde_json::from_str(PASSPORT).unwrap(), serde_json::from_str(&desk.get("marie.passport.json")).unwrap());
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["records"].as_array().unwrap()[..2], before["records"].as_array().unwrap()[..]);
    assert_eq!(after["records"][2]["assessment"]["setting"]["assisted"], true);
    assert_eq!(desk.files(), ["marie.passport.json"], "no draft is left behind");
}

#[test]
fn a_new_passport_takes_no_name_that_is_taken() {
    let desk = Desk::new();
    desk.run(&QUICK, &quick_answers());
    let first = desk.only(".passport.json");
    let text = desk.get(&first);
    desk.run(&QUICK, &quick_answers());
    assert_eq!(desk.files().len(), 2);
    assert_eq!(desk.get(&first), text);
}

#[test]
fn a_passport_spoilt_meanwhile_is_not_overwritten_and_the_answers_are_kept() {
    let desk = Desk::new();
    desk.put("marie.passport.json", PASSPORT);
    let mut command = desk.command(&[&QUICK[..], &["--lang", "en", "--out", "marie.passport.json"]].concat());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(out.any(|line| line.unwrap().starts_with("Question 1,")), "the passport was looked at by now");
    desk.put("marie.passport.json", "not a passport any more");
    child.stdin.take().unwrap().write_all(quick_answers().as_bytes()).unwrap();
    let shown = out.map(Result::unwrap).collect::<Vec<_>>().join("\n");
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 1);
    assert!(shown.contains("Your results"), "shown all the same: {shown}");
    assert!(ran.err.starts_with("error[not-json]: "), "{}", ran.err);
    assert!(ran.err.contains("Your answers are safe in ") && ran.err.contains("marie.assessment.json."), "{}", ran.err);
    assert_eq!(desk.get("marie.passport.json"), "not a passport any more");
    let resumed = desk.run(&["assess", "--resume", "marie.assessment.json", "--out", "b.passport.json"], "");
    assert_eq!((resumed.code, resumed.err.as_str()), (0, ""));
    assert_eq!(
        desk.json(&["passport", "show", "b.passport.json", "--json"], 0)["assessments"][0]["profile"]["answered"],
        10
    );
}

#[test]
fn a_closed_output_loses_no_answer() {
    let desk = Desk::new();
    let mut child = desk.command(&["assess", "--lang", "en"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    input.write_all(b"?\n?\n").unwrap();
    assert!(out.any(|line| line.unwrap().starts_with("Question 3,")));
    drop(out);
    // However much of question 3 was still on its way: the next thing written finds the pipe closed.
    let _ = input.write_all(&b"h\n".repeat(10));
    drop(input);
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("Your answers are safe in skills-"), "{err}");
    let paused: Value = serde_json::from_str(&desk.get(&desk.only(".assessment.json"))).unwrap();
    assert_eq!(paused["answers"].as_array().unwrap().len(), 2);
}

#[test]
fn the_language_of_the_questions_is_that_of_the_system() {
    let desk = Desk::new();
    let mut command = desk.command(&["assess"]);
    command.env("LC_ALL", "fr_CA.UTF-8").env("LANG", "en_GB.UTF-8");
    assert!(finish(command, "").out.starts_with("Vos compétences numériques\n"));
    assert!(desk.run(&["assess"], "").out.starts_with("Your digital skills\n"));
}

#[test]
fn what_ten_questions_cannot_tell_of_ratings_is_said() {
    for (lang, unclear) in [("en", "cannot be told yet"), ("fr", "ne peut pas encore dire")] {
        let ran = Desk::new().run(&[&QUICK[..], &["--lang", lang]].concat(), &quick_answers());
        let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(unclear), "{text}");
    }
}

#[test]
fn why_a_question_is_asked_is_said_without_answering_it() {
    for (lang, key, words) in [
        ("en", "why", ["It takes about ", "levels; with your answer"]),
        ("fr", "w", ["Elle prend environ ", "avec votre réponse"]),
    ] {
        let ran = Desk::new().run(&["assess", "--lang", lang, "--seed", "7"], &format!("{key}\n?\n{key}\np\n"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert_eq!(text.matches(word).count(), 2, "{word}: {text}");
        }
        assert_eq!(ran.out.matches("Question 1,").count(), 1, "{}", ran.out);
    }
}

#[test]
fn more_questions_are_offered_at_the_end_and_asked_if_wanted() {
    let middling = quick_answers();
    let desk = Desk::new();
    let ran = desk.run(&[&QUICK[..], &["--lang", "en"]].concat(), &middling);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("5 more questions (about ") && text.contains("would make your results clearer:"), "{text}");
    assert!(ran.out.contains("Your results\n") && !ran.out.contains("Question 11"), "{}", ran.out);
    for (lang, yes, next, offer) in [
        ("en", "y", "Question 11, at most 30", "Answer 5 more?"),
        ("fr", "oui", "Question 11, au plus 30", "5 questions de plus"),
    ] {
        let desk = Desk::new();
        // After stopping, no more is wanted.
        let ran = desk.run(&[&QUICK[..], &["--lang", lang]].concat(), &format!("{middling}{yes}\n?\ns\n\n"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains(next) && ran.out.contains(offer), "{}", ran.out);
        let shown = desk.json(&["passport", "show", &desk.only(".passport.json"), "--json"], 0);
        assert_eq!(shown["assessments"][0]["mode"], "standard");
        assert_eq!(shown["assessments"][0]["profile"]["answered"], 11);
    }
}
