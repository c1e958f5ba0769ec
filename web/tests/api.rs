//! The JavaScript API as JavaScript sees it: plain objects in and out, and errors with code, message and path.
#![cfg(all(target_arch = "wasm32", feature = "api"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use js_sys::{Error, JSON, Reflect};
use serde_json::{Value, json};
use skills_passport_frameworks::{Library, packs};
use skills_passport_web::api::{self, Engine};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const NOW: &str = "2026-11-22T10:00:00Z";
const ID: &str = "00000000-0000-4000-8000-000000000001";

fn engine() -> Engine {
    let packs = packs(&Library::shipped()).unwrap();
    let pack = packs.iter().find(|pack| pack.file_name == "digcomp-3.0.general.en.json").unwrap();
    Engine::new(&js(&pack.content)).unwrap()
}

fn request() -> Value {
    json!({ "mode": "quick", "language": "en", "seed": 7, "id": ID, "started": "2026-11-22T09:30:00Z" })
}

fn to_js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap()
}

fn from_js(value: &JsValue) -> Value {
    serde_json::from_str(&String::from(JSON::stringify(value).unwrap())).unwrap()
}

/// Code and path of an error that JavaScript would catch.
fn refusal<T>(result: Result<T, JsValue>) -> (String, String) {
    let thrown = result.err().unwrap();
    let error: &Error = thrown.dyn_ref().unwrap();
    assert!(!String::from(error.message()).is_empty());
    let member = |name: &str| Reflect::get(error, &name.into()).unwrap().as_string().unwrap();
    (member("code"), member("path"))
}

fn expected(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

/// A text as JavaScript has it.
fn js(text: &str) -> JsValue {
    JsValue::from_str(text)
}

#[wasm_bindgen_test]
fn a_sitting_is_made_of_plain_objects() {
    let engine = engine();
    let turn = from_js(&engine.start(&to_js(&request())).unwrap());
    let question = &turn["question"];
    let answer = json!({
        "assessment": turn["assessment"],
        "item": question["item"],
        "response": question["answers"][0]["response"],
    });
    let next = from_js(&engine.answer(&to_js(&answer)).unwrap());
    assert_eq!(next["progress"], json!({ "answered": 1, "atMost": 10 }));

    let assessment = to_js(&next["assessment"]);
    assert_eq!(from_js(&engine.resume(&assessment).unwrap()), next);
    assert_eq!(from_js(&engine.profile(&assessment).unwrap())["answered"], 1);
    assert_eq!(from_js(&engine.review(&assessment).unwrap()).as_array().unwrap().len(), 1);
    assert_eq!(from_js(&engine.undo(&assessment).unwrap())["question"], *question);

    let passport = engine.record(&JsValue::UNDEFINED, &assessment, &js(NOW), &js(ID)).unwrap();
    let summary = from_js(&api::open_passport(&js(&passport)).unwrap());
    assert_eq!(summary["assessments"][0]["profile"]["answered"], 1);
    assert_eq!(api::merge_passports(&js(&passport), &js(&passport)).unwrap(), passport);
}

#[wasm_bindgen_test]
fn a_pack_that_cannot_be_read_is_refused() {
    assert_eq!(refusal(Engine::new(&js("{"))), expected("not-json", ""));
    assert_eq!(refusal(Engine::new(&js(r#"{"framework": 5}"#))), expected("wrong-shape", "/framework"));
}

#[wasm_bindgen_test]
fn a_request_of_another_shape_is_refused_with_its_place() {
    let engine = engine();
    let mut wrong = request();
    wrong["started"] = json!(5);
    assert_eq!(refusal(engine.start(&to_js(&wrong))), expected("wrong-shape", "/started"));
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, JsValue::from(5), JsValue::from("text")] {
        assert_eq!(refusal(engine.start(&nothing)), expected("wrong-shape", ""));
    }
}

#[wasm_bindgen_test]
fn instants_and_identities_are_read_strictly() {
    let engine = engine();
    let turn = from_js(&engine.start(&to_js(&request())).unwrap());
    let assessment = to_js(&turn["assessment"]);
    assert_eq!(refusal(engine.record(&JsValue::UNDEFINED, &assessment, &js("today"), &js(ID))).0, "wrong-shape");
    assert_eq!(refusal(engine.record(&JsValue::UNDEFINED, &assessment, &js(NOW), &js("me"))).0, "wrong-shape");
    let passport = engine.record(&JsValue::UNDEFINED, &assessment, &js(NOW), &js(ID)).unwrap();
    assert_eq!(refusal(api::remove_record(&js(&passport), &js("me"), &js(ID), &js(NOW))).0, "wrong-shape");
    let other = "00000000-0000-4000-8000-000000000002";
    assert_eq!(refusal(api::remove_record(&js(&passport), &js(other), &js(ID), &js(NOW))).0, "no-such-record");
}

#[wasm_bindgen_test]
fn a_passport_of_a_newer_version_is_refused_as_such() {
    let text = json!({ "format": "2.0.0", "id": ID, "created": NOW, "records": [] }).to_string();
    assert_eq!(refusal(api::open_passport(&js(&text))), expected("newer-version", "/format"));
    assert_eq!(refusal(api::merge_passports(&js(&text), &js(&text))), expected("newer-version", "/format"));
}

#[wasm_bindgen_test]
fn reasons_and_an_outlook_are_plain_objects() {
    let engine = engine();
    let mut turn = from_js(&engine.start(&to_js(&request())).unwrap());
    let reason = from_js(&engine.why(&to_js(&turn["assessment"])).unwrap());
    assert_eq!(reason["item"], turn["question"]["item"]);
    assert!(reason["expectedStandardError"].as_i64() < reason["standardError"].as_i64());
    // Answers that go up and down leave something to find out.
    for number in 0.. {
        if !turn["question"].is_object() {
            break;
        }
        // Some kinds of questions have no ready answers.
        let ready = turn["question"]["answers"][3 - number % 4]["response"].clone();
        let response = if ready.is_null() { json!({ "kind": "dont-know" }) } else { ready };
        let request =
            json!({ "assessment": turn["assessment"], "item": turn["question"]["item"], "response": response });
        turn = from_js(&engine.answer(&to_js(&request)).unwrap());
    }
    let finished = to_js(&turn["assessment"]);
    assert!(engine.why(&finished).unwrap().is_null());
    let outlook = from_js(&engine.outlook(&finished, 5).unwrap());
    assert_eq!((&outlook["questions"], &outlook["mode"]), (&json!(5), &json!("standard")));
    let on = from_js(&engine.lengthen(&finished, &js("standard")).unwrap());
    assert!(on["question"].is_object() && on["progress"] == json!({ "answered": 10, "atMost": 30 }));
    assert_eq!(refusal(engine.lengthen(&finished, &js("quick"))), expected("not-longer", "/plan/mode"));
}
