//! Texts that come after the bank, piece by piece.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use common::Parts;
use serde_json::{Value, json};
use skills_passport::assessment::Answer;
use skills_passport::bank::Response;
use skills_passport::facade::{AnswerLine, AnswerRequest, Engine, Failure, Mark, Review, Turn};
use skills_passport::id::{CompetenceId, Language};

fn pack(parts: &Parts, text_files: Option<Value>) -> String {
    let mut bank_texts = parts.bank_texts.clone();
    let mut pack = json!({
        "framework": parts.framework,
        "frameworkTexts": parts.framework_texts,
        "bank": parts.bank,
        "bankSha256": "0".repeat(64),
    });
    if let Some(files) = text_files {
        bank_texts[0].as_object_mut().unwrap().remove("items");
        pack["textFiles"] = files;
    }
    pack["bankTexts"] = bank_texts.into();
    pack.to_string()
}

/// The tiny bank without a text of an item; its competences are numbered otherwise where it was written.
fn bare() -> Engine {
    Engine::load(&pack(&Parts::with_all_kinds(), Some(json!(["1", "2", "7"])))).unwrap()
}

/// The texts of one competence.
fn texts_of(competence: &str) -> Value {
    let parts = Parts::with_all_kinds();
    let all = parts.bank_texts[0]["items"].as_object().unwrap().clone();
    let own: serde_json::Map<_, _> = all.into_iter().filter(|(id, _)| id.starts_with(competence)).collect();
    json!({ "language": "en", "provenance": "ours", "items": own })
}

fn start(engine: &Engine, focus: &[&str]) -> Turn {
    let request = json!({
        "mode": "focus", "focus": focus, "language": "en", "seed": 1,
        "id": "00000000-0000-4000-8000-000000000001", "started": "2026-11-22T09:30:00Z",
    });
    engine.start(serde_json::from_value(request).unwrap()).unwrap()
}

fn english() -> Language {
    "en".parse().unwrap()
}

fn ids(competences: &[CompetenceId]) -> Vec<&str> {
    competences.iter().map(CompetenceId::as_str).collect()
}

fn answer(engine: &Engine, turn: &Turn, response: Response) -> Turn {
    let item = turn.question.as_ref().unwrap().item.clone();
    engine.answer(AnswerRequest { assessment: turn.assessment.clone(), item, response }).unwrap()
}

#[test]
fn a_question_whose_texts_are_missing_is_not_shown_until_they_are_added() {
    let mut engine = bare();
    let turn = start(&engine, &["B.1"]);
    assert_eq!((turn.question.is_some(), turn.ending), (false, None));
    assert_eq!(turn.texts_missing, Some("B.1".parse().unwrap()));
    engine.add_texts(&texts_of("B.1").to_string()).unwrap();
    let resumed = engine.resume(turn.assessment.clone()).unwrap();
    assert_eq!(resumed.texts_missing, None);
    // The very question that the whole pack asks.
    let whole = Engine::load(&pack(&Parts::with_all_kinds(), None)).unwrap();
    assert_eq!(resumed, whole.resume(turn.assessment).unwrap());
}

#[test]
fn the_competences_without_texts_become_fewer() {
    let mut engine = bare();
    assert_eq!(ids(&engine.missing_texts(&english())), ["A.1", "A.2", "B.1"]);
    engine.add_texts(&texts_of("A.2").to_string()).unwrap();
    assert_eq!(ids(&engine.missing_texts(&english())), ["A.1", "B.1"]);
    assert_eq!(engine.missing_texts(&"fr".parse().unwrap()).len(), 3, "nothing is there in French");
}

#[test]
fn a_part_of_a_competences_texts_leaves_it_missing() {
    let mut engine = bare();
    let mut part = texts_of("A.1");
    part["items"].as_object_mut().unwrap().remove("A.1-02");
    engine.add_texts(&part.to_string()).unwrap();
    assert_eq!(ids(&engine.missing_texts(&english())), ["A.1", "A.2", "B.1"]);
}

#[test]
fn the_file_with_a_competences_texts_is_numbered_as_the_bank_was_written() {
    let engine = bare();
    let file = |competence: &str| engine.text_file(&competence.parse().unwrap(), &english());
    assert_eq!(file("B.1").as_deref(), Some("tiny-0.1.0.en.7.json"));
    assert_eq!(file("C.1"), None);
    let whole = Engine::load(&pack(&Parts::with_all_kinds(), None)).unwrap();
    assert_eq!(whole.text_file(&"B.1".parse().unwrap(), &english()), None);
}

#[test]
fn adding_the_same_texts_again_changes_nothing() {
    let mut engine = bare();
    engine.add_texts(&texts_of("B.1").to_string()).unwrap();
    let before = start(&engine, &["B.1"]);
    engine.add_texts(&texts_of("B.1").to_string()).unwrap();
    let mut with_scales = texts_of("B.1");
    with_scales["scales"] = Parts::tiny().bank_texts[0]["scales"].clone();
    engine.add_texts(&with_scales.to_string()).unwrap();
    assert_eq!(start(&engine, &["B.1"]), before);
}

#[test]
fn texts_that_do_not_fit_are_refused_and_change_nothing() {
    type Change = fn(&mut Value);
    let refused = |change: Change| -> Failure {
        let mut engine = bare();
        engine.add_texts(&texts_of("A.1").to_string()).unwrap();
        let mut texts = texts_of("B.1");
        change(&mut texts);
        let failure = engine.add_texts(&texts.to_string()).unwrap_err();
        assert_eq!(ids(&engine.missing_texts(&english())), ["A.2", "B.1"], "{failure}");
        failure
    };
    let changes: [(&str, Change); 14] = [
        ("item", |texts| texts["items"]["B.1-99"] = texts["items"]["B.1-01"].clone()),
        ("stem", |texts| texts["items"]["B.1-01"]["stem"] = " ".into()),
        ("option missing", |texts| {
            texts["items"]["B.1-04"]["options"].as_object_mut().unwrap().remove("e");
        }),
        ("option too many", |texts| texts["items"]["B.1-04"]["options"]["f"] = "F".into()),
        ("target missing", |texts| {
            texts["items"]["B.1-06"]["targets"].as_object_mut().unwrap().remove("x");
        }),
        ("targets unwanted", |texts| texts["items"]["B.1-05"]["targets"] = json!({ "x": "X" })),
        ("picture role", |texts| texts["items"]["B.1-04"]["picture"]["parts"][0]["role"] = "query".into()),
        ("picture kind", |texts| texts["items"]["B.1-04"]["picture"]["kind"] = "poster".into()),
        ("picture cells", |texts| texts["items"]["B.1-04"]["picture"]["parts"][1]["text"] = "2".into()),
        ("picture parts", |texts| texts["items"]["B.1-04"]["picture"]["parts"] = json!([])),
        ("picture text", |texts| texts["items"]["B.1-04"]["picture"]["parts"][2]["text"] = "x".repeat(141).into()),
        ("other scales", |texts| texts["scales"] = json!({})["x"].clone()),
        ("other text", |texts| {
            texts["items"]["A.1-01"] = json!({ "stem": "I can read.", "explanation": "It helps." });
        }),
        ("language", |texts| texts["language"] = "fr".into()),
    ];
    let faults = changes.map(|(name, change)| {
        let Failure { code, message, path } = refused(change);
        format!("{name}: {code}: {message} [{path}]")
    });
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn a_picture_is_the_same_in_every_language() {
    let french = |change: fn(&mut Value)| -> Result<(), String> {
        let mut parts = Parts::with_all_kinds();
        let mut text = parts.bank_texts[0].clone();
        text["language"] = "fr".into();
        change(&mut text["items"]["B.1-04"]);
        parts.bank_texts.push(text);
        parts.load().map(|_| ())
    };
    french(|_| {}).unwrap();
    french(|text| text["picture"]["parts"][1]["text"] = "2 | Deux".into()).unwrap();
    let changes: [fn(&mut Value); 4] = [
        |text| {
            text.as_object_mut().unwrap().remove("picture");
        },
        |text| text["picture"]["parts"][2]["role"] = "text".into(),
        |text| text["picture"]["parts"][2]["detail"] = "x".into(),
        |text| {
            text["picture"]["parts"].as_array_mut().unwrap().pop();
        },
    ];
    for change in changes {
        let error = french(change).unwrap_err();
        assert!(error.starts_with("text fr, item B.1-04, picture: the picture differs from that in `en`"), "{error}");
    }
}

#[test]
fn a_whole_pack_without_the_text_of_an_item_is_refused() {
    let mut parts = Parts::with_all_kinds();
    parts.bank_texts[0]["items"].as_object_mut().unwrap().remove("B.1-06");
    let failure = Engine::load(&pack(&parts, None)).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.path.as_str()), ("invalid-bank", "text en, item B.1-06"));
}

#[test]
fn looking_back_needs_the_texts_and_says_so() {
    let mut engine = bare();
    engine.add_texts(&texts_of("B.1").to_string()).unwrap();
    let turn = answer(&engine, &start(&engine, &["B.1"]), Response::DontKnow);
    assert_eq!(engine.review(&turn.assessment).unwrap().len(), 1);
    let without = bare();
    assert_eq!(ids(&without.missing_for_review(&turn.assessment)), ["B.1"]);
    let failure = without.review(&turn.assessment).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.path.as_str()), ("texts-missing", "/answers/0/item"));
}

/// Every item of B.1 answered in the highest category but `lost`, looked at afterwards.
fn reviewed(lost: u8) -> Vec<Review> {
    let engine = Engine::load(&pack(&Parts::with_all_kinds(), None)).unwrap();
    let mut assessment = start(&engine, &["B.1"]).assessment;
    for item in engine.instrument().bank().items().iter().filter(|item| item.competence.as_str() == "B.1") {
        let response = item.response_of(item.highest_category().saturating_sub(lost)).unwrap();
        assessment.answers.push(Answer { item: item.id.clone(), response });
    }
    engine.review(&assessment).unwrap()
}

#[test]
fn questions_of_every_kind_say_what_they_ask_for() {
    let shown: Vec<Value> =
        reviewed(0).into_iter().map(|review| serde_json::to_value(review.question).unwrap()).collect();
    insta::assert_json_snapshot!(shown);
}

#[test]
fn the_solution_of_every_kind_can_be_shown() {
    let lines = |lines: &[AnswerLine]| {
        let line = |line: &AnswerLine| match &line.target {
            Some(target) => format!("{} – {target}", line.label),
            None => line.label.clone(),
        };
        lines.iter().map(line).collect::<Vec<_>>().join(", ")
    };
    for (item, lost, mark, given, solution) in [
        ("B.1-01", 0, None, "I help others", ""),
        ("B.1-03", 1, Some(Mark::Wrong), "That", "This"),
        (
            "B.1-05",
            0,
            Some(Mark::Right),
            "Option c, Option a, Option d, Option b",
            "Option c, Option a, Option d, Option b",
        ),
        (
            "B.1-05",
            1,
            Some(Mark::PartlyRight),
            "Option a, Option c, Option d, Option b",
            "Option c, Option a, Option d, Option b",
        ),
        (
            "B.1-06",
            1,
            Some(Mark::PartlyRight),
            "Option a – Odd, Option b – Odd, Option c – Even",
            "Option a – Even, Option b – Odd, Option c – Even",
        ),
        (
            "B.1-06",
            2,
            Some(Mark::Wrong),
            "Option a – Odd, Option b – Even, Option c – Even",
            "Option a – Even, Option b – Odd, Option c – Even",
        ),
    ] {
        let reviews = reviewed(lost);
        let review = reviews.iter().find(|review| review.question.item.as_str() == item).unwrap();
        assert_eq!(review.mark, mark, "{item}");
        assert_eq!((lines(&review.given), lines(&review.solution)), (given.to_owned(), solution.to_owned()), "{item}");
    }
}
