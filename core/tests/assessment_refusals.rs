//! What is refused: files that do not fit, and answers that do not fit their item.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use common::sittings::{TINY, best_response, until};
use common::{asked, focus, setting, sit};
use serde_json::{Value, json};
use skills_passport::assessment::{Mode, Plan, parse};
use skills_passport::bank::{ItemKind, Response};

/// A good sitting in the middle, as JSON.
fn stored() -> Value {
    let sitting = sit(&TINY, Plan::new(Mode::Standard), 3, best_response);
    serde_json::to_value(until(&sitting, 4)).unwrap()
}

#[test]
fn a_sitting_that_does_not_fit_is_refused_with_code_and_place() {
    let good = stored();
    let first = good.pointer("/answers/0").unwrap().clone();
    let graded = (0..4).find(|n| good["answers"][*n]["response"]["kind"] == "graded").unwrap();
    let choice = (0..4).find(|n| good["answers"][*n]["response"]["kind"] == "choice").unwrap();
    let response = |at: usize| format!("/answers/{at}/response");
    let cases: Vec<(String, Value, &str, String)> = vec![
        ("/format".into(), "2.0.0".into(), "newer-version", "/format".into()),
        ("/format".into(), 1.into(), "wrong-shape", "/format".into()),
        ("/framework/version".into(), "2.0.0".into(), "other-framework", "/framework".into()),
        ("/bank/sha256".into(), "0".repeat(64).into(), "other-bank", "/bank".into()),
        ("/bank/version".into(), "0.2.0".into(), "other-bank", "/bank".into()),
        ("/setting/language".into(), "fr".into(), "no-such-language", "/setting/language".into()),
        ("/setting/language".into(), "f r".into(), "wrong-shape", "/setting/language".into()),
        ("/setting/id".into(), "me".into(), "wrong-shape", "/setting/id".into()),
        ("/setting/started".into(), "yesterday".into(), "wrong-shape", "/setting/started".into()),
        ("/setting/seed".into(), (-1).into(), "wrong-shape", "/setting/seed".into()),
        ("/plan".into(), json!({ "mode": "focus" }), "wrong-focus", "/plan/focus".into()),
        ("/plan".into(), json!({ "mode": "focus", "focus": ["C.1"] }), "wrong-focus", "/plan/focus".into()),
        ("/plan".into(), json!({ "mode": "quick", "focus": ["A.1", "A.1"] }), "wrong-focus", "/plan/focus".into()),
        ("/plan/mode".into(), "marathon".into(), "wrong-shape", "/plan/mode".into()),
        ("/answers/2/item".into(), "Z.9-99".into(), "unknown-item", "/answers/2/item".into()),
        ("/answers/2".into(), first, "answered-twice", "/answers/2/item".into()),
        (response(graded), json!({ "kind": "choice", "option": "a" }), "wrong-response", response(graded)),
        (response(graded), json!({ "kind": "graded", "answer": 4 }), "wrong-response", response(graded)),
        (response(choice), json!({ "kind": "graded", "answer": 0 }), "wrong-response", response(choice)),
        (response(choice), json!({ "kind": "choice", "option": "e" }), "wrong-response", response(choice)),
        (response(choice), json!({ "kind": "essay" }), "wrong-shape", format!("{}/kind", response(choice))),
    ];
    for (place, value, code, path) in cases {
        let mut bad = good.clone();
        *bad.pointer_mut(&place).unwrap() = value.clone();
        let error = parse(&bad.to_string()).and_then(|read| TINY.check(&read)).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{place} = {value}: {error}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn the_sitting_that_the_faults_are_put_into_is_a_good_one() {
    assert_eq!(parse(&stored().to_string()).and_then(|read| TINY.check(&read)), Ok(()));
}

#[test]
fn a_text_that_is_no_sitting_is_refused_with_a_code() {
    for (text, code) in [("", "not-json"), ("[", "not-json"), ("{}", "wrong-shape"), ("5", "wrong-shape")] {
        assert_eq!(parse(text).unwrap_err().code(), code, "{text}");
    }
    assert_eq!(parse(&" ".repeat(2 << 20)).unwrap_err().code(), "too-large");
}

#[test]
fn a_refused_answer_says_why() {
    let start = TINY.start(focus(&["A.1"]), setting(1)).unwrap();
    let item = asked(&TINY, &start).unwrap();
    let wrong = match &item.kind {
        ItemKind::Graded { .. } => Response::Choice { option: "a".parse().unwrap() },
        _ => Response::Graded { answer: 0 },
    };
    let error = TINY.answer(&start, &item.id, wrong).unwrap_err();
    assert_eq!((error.code(), error.path().as_str()), ("wrong-response", "/answers/0/response"));
    assert_eq!(error.to_string(), format!("item `{}`: the answer is of another kind than the item", item.id));
}
