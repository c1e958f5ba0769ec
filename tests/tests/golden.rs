//! Golden sittings: the same answers give the same questions and the same results, on every machine and in WebAssembly.
//!
//! `tests/node/api.test.mjs` plays the same files against the built JavaScript package. After a change of the bank or
//! the measurement that is meant, write them anew, and review the difference like code:
//!
//! ```sh
//! SKILLS_PASSPORT_GOLDEN=write cargo test -p skills-passport-tests --test golden
//! ```
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use skills_passport::bank::{ItemKindName, Response};
use skills_passport::facade::{AnswerRequest, Engine, Question, Turn};
use skills_passport::profile::{Estimate, Profile};
use skills_passport_frameworks::{Library, packs};

const ABOUT: &str =
    "Written by tests/tests/golden.rs, which says how. Estimates are median ± standard error, thousandths of a level.";

#[test]
fn a_standard_sitting_in_english() {
    check("standard-en.json", "digcomp-3.0.general.en.json", json!({ "mode": "standard", "language": "en" }));
}

#[test]
fn a_sitting_about_two_competences_in_french_by_way_of_the_crosswalk() {
    let request = json!({ "mode": "focus", "focus": ["1.1", "4.2"], "language": "fr", "assisted": true });
    check("focus-fr.json", "digcomp-2.2.general.fr.json", request);
}

/// Compares a sitting with its file, or writes the file where that is asked for.
fn check(name: &str, pack: &str, request: Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let found = sitting(pack, request);
    if std::env::var_os("SKILLS_PASSPORT_GOLDEN").is_some_and(|wish| wish == "write") {
        fs::write(&path, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
    }
    let golden: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    // Part by part, so that the first difference is the one that explains the others.
    for part in ["start", "answers", "ending", "estimates", "profileSha256"] {
        assert_eq!(found[part], golden[part], "{name}: {part}");
    }
    assert_eq!(found, golden, "{name}");
}

fn sitting(pack: &str, mut request: Value) -> Value {
    request["seed"] = 2026.into();
    request["id"] = "00000000-0000-4000-8000-000000000001".into();
    request["started"] = "2026-11-22T09:30:00Z".into();
    let engine = load(pack);
    let mut turn = engine.start(serde_json::from_value(request.clone()).unwrap()).unwrap();
    let mut answers = Vec::new();
    while let Some(question) = turn.question.take() {
        let response = response(&question, answers.len());
        answers.push(format!("{} {}", question.item, serde_json::to_string(&response).unwrap()));
        turn = answer(&engine, turn, question, response);
    }
    let profile = engine.profile(&turn.assessment).unwrap();
    json!({
        "about": ABOUT,
        "pack": pack,
        "start": request,
        "answers": answers,
        "ending": turn.ending,
        "estimates": estimates(&profile),
        "profileSha256": sha256(&serde_json::to_string(&profile).unwrap()),
    })
}

fn load(pack: &str) -> Engine {
    let packs = packs(&Library::shipped()).unwrap();
    let pack = packs.iter().find(|candidate| candidate.file_name == pack).unwrap();
    Engine::load(&pack.content).unwrap()
}

/// Every possible answer in turn, and "I don't know" after the last.
fn response(question: &Question, number: usize) -> Response {
    let mut possible: Vec<Response> = question.answers.iter().map(|answer| answer.response.clone()).collect();
    let ids = || question.options.iter().map(|option| option.id.clone());
    match question.kind {
        ItemKindName::Graded | ItemKindName::Choice => {}
        ItemKindName::Multiple => {
            let choose = usize::from(question.choose.unwrap());
            possible.push(Response::Multiple { options: ids().take(choose).collect() });
        }
        ItemKindName::Ordering => possible.push(Response::Ordering { options: ids().rev().collect() }),
        ItemKindName::Matching => {
            let targets = question.targets.iter().map(|target| target.id.clone()).cycle();
            possible.push(Response::Matching { matches: ids().zip(targets).collect() });
        }
    }
    let choice = (number * 7 + 3) % (possible.len() + 1);
    possible.get(choice).cloned().unwrap_or(Response::DontKnow)
}

fn answer(engine: &Engine, turn: Turn, question: Question, response: Response) -> Turn {
    engine.answer(AnswerRequest { assessment: turn.assessment, item: question.item, response }).unwrap()
}

fn estimates(profile: &Profile) -> Value {
    let line = |estimate: &Estimate| Value::from(format!("{} ± {}", estimate.median.0, estimate.standard_error.0));
    let competences = profile.competences.iter().map(|result| (result.competence.to_string(), line(&result.estimate)));
    competences.chain([("overall".to_owned(), line(&profile.overall))]).collect::<serde_json::Map<_, _>>().into()
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
