//! The kinds of items: what each needs, how responses are scored, and which are refused.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::{Parts, Random, any_response, asked, focus, setting, sit};
use proptest::prelude::*;
use serde_json::{Value, json};
use skills_passport::assessment::{Answer, Assessment, Instrument, Mode, Plan};
use skills_passport::bank::{Item, Response, ResponseFault, coverage};
use skills_passport::measure::{NormalRule, ResponseModel, success_probability};
use skills_passport::profile::Profile;

static ALL: LazyLock<Instrument> = LazyLock::new(|| Parts::with_all_kinds().load().unwrap());

fn item(id: &str) -> &'static Item {
    ALL.bank().item(&id.parse().unwrap()).unwrap().1
}

fn response(value: Value) -> Response {
    serde_json::from_value(value).unwrap()
}

fn multiple(options: &str) -> Response {
    response(json!({ "kind": "multiple", "options": letters(options) }))
}

fn ordering(options: &str) -> Response {
    response(json!({ "kind": "ordering", "options": letters(options) }))
}

fn matching(targets: &str) -> Response {
    let matches: serde_json::Map<String, Value> =
        letters("abc").into_iter().zip(letters(targets).into_iter().map(Value::from)).collect();
    response(json!({ "kind": "matching", "matches": matches }))
}

fn letters(ids: &str) -> Vec<String> {
    ids.chars().map(String::from).collect()
}

fn category(item: &Item, response: &Response) -> u8 {
    item.score(response).unwrap().unwrap().category
}

#[test]
fn several_right_options_count_all_or_nothing() {
    for (chosen, expected) in [("be", 1), ("bd", 0), ("ad", 0), ("ab", 0)] {
        assert_eq!(category(item("B.1-04"), &multiple(chosen)), expected, "{chosen}");
    }
}

#[test]
fn guessing_several_right_options_is_as_likely_as_there_are_ways_to_choose() {
    let ResponseModel::Logistic { lower, .. } = item("B.1-04").model else { panic!("{:?}", item("B.1-04").model) };
    assert!((lower - 0.1).abs() < 1e-15, "2 of 5: {lower}");
}

#[test]
fn an_order_is_worth_two_and_with_one_neighbouring_pair_swapped_one() {
    // The right order is c a d b.
    for (order, expected) in
        [("cadb", 2), ("acdb", 1), ("cdab", 1), ("cabd", 1), ("dacb", 0), ("acbd", 0), ("bdac", 0), ("abcd", 0)]
    {
        assert_eq!(category(item("B.1-05"), &ordering(order)), expected, "{order}");
    }
}

#[test]
fn a_matching_is_worth_two_and_with_one_mistake_one() {
    // Right is a–y, b–x, c–y.
    for (targets, expected) in [("yxy", 2), ("xxy", 1), ("yyy", 1), ("yxx", 1), ("xyy", 0), ("xyx", 0)] {
        assert_eq!(category(item("B.1-06"), &matching(targets)), expected, "{targets}");
    }
}

#[test]
fn not_knowing_is_worth_nothing_and_skipping_says_nothing() {
    for item in ALL.bank().items() {
        assert_eq!(category(item, &Response::DontKnow), 0, "{}", item.id);
        assert_eq!(item.score(&Response::Skipped), Ok(None), "{}", item.id);
    }
}

#[test]
fn a_response_that_does_not_fit_is_refused_by_name() {
    let id = |id: &str| id.parse().unwrap();
    for (item_id, response, fault) in [
        ("B.1-04", multiple("b"), ResponseFault::Count { wanted: 2, found: 1 }),
        ("B.1-04", multiple("abe"), ResponseFault::Count { wanted: 2, found: 3 }),
        ("B.1-04", multiple("bb"), ResponseFault::Twice(id("b"))),
        ("B.1-04", multiple("bz"), ResponseFault::NotAnOption(id("z"))),
        ("B.1-04", multiple("eb"), ResponseFault::OutOfOrder(id("b"))),
        ("B.1-04", ordering("be"), ResponseFault::WrongKind),
        ("B.1-05", ordering("cad"), ResponseFault::Count { wanted: 4, found: 3 }),
        ("B.1-05", ordering("cadd"), ResponseFault::Twice(id("d"))),
        ("B.1-05", ordering("cadz"), ResponseFault::NotAnOption(id("z"))),
        ("B.1-05", multiple("cadb"), ResponseFault::WrongKind),
        ("B.1-06", matching("yxz"), ResponseFault::NotATarget(id("z"))),
        ("B.1-06", matching("yx"), ResponseFault::NoTarget(id("c"))),
        (
            "B.1-06",
            response(json!({ "kind": "matching", "matches": { "z": "x" } })),
            ResponseFault::NotAnOption(id("z")),
        ),
        ("B.1-06", response(json!({ "kind": "choice", "option": "a" })), ResponseFault::WrongKind),
        ("A.1-01", multiple("a"), ResponseFault::WrongKind),
    ] {
        assert_eq!(item(item_id).score(&response), Err(fault), "{item_id} {response:?}");
    }
}

#[test]
fn responses_have_one_flat_json_form() {
    for value in [
        json!({ "kind": "graded", "answer": 2 }),
        json!({ "kind": "choice", "option": "b" }),
        json!({ "kind": "multiple", "options": ["a", "c"] }),
        json!({ "kind": "ordering", "options": ["c", "a", "b"] }),
        json!({ "kind": "matching", "matches": { "a": "y", "b": "x" } }),
        json!({ "kind": "dont-know" }),
        json!({ "kind": "skipped" }),
    ] {
        assert_eq!(serde_json::to_value(response(value.clone())).unwrap(), value);
    }
    for wrong in [
        json!({ "kind": "graded" }),
        json!({ "kind": "graded", "answer": 1, "options": ["a"] }),
        json!({ "kind": "choice", "options": ["a"] }),
        json!({ "kind": "choice", "option": "a", "matches": { "a": "x" } }),
        json!({ "kind": "multiple", "option": "a" }),
        json!({ "kind": "ordering", "options": ["a"], "matches": { "a": "x" } }),
        json!({ "kind": "matching", "options": ["a"] }),
        json!({ "kind": "skipped", "options": ["a"] }),
        json!({ "kind": "dont-know", "answer": 0 }),
    ] {
        assert!(serde_json::from_value::<Response>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn options_chosen_in_any_order_are_kept_in_the_order_of_the_item() {
    // Whatever is asked before, skip it.
    let mut sitting = ALL.start(focus(&["B.1"]), setting(3)).unwrap();
    while let Some(item) = asked(&ALL, &sitting).filter(|item| item.id.as_str() != "B.1-04") {
        sitting = ALL.answer(&sitting, &item.id, Response::Skipped).unwrap();
    }
    if asked(&ALL, &sitting).is_some() {
        sitting = ALL.answer(&sitting, &"B.1-04".parse().unwrap(), multiple("eb")).unwrap();
        assert_eq!(sitting.answers.last().unwrap().response, multiple("be"));
    }
    // Seeds where its enemy was asked first never come to it.
    let come = (0..20).any(|seed| {
        let sitting = sit(&ALL, focus(&["B.1"]), seed, |_| Response::Skipped);
        sitting.answers.iter().any(|answer| answer.item.as_str() == "B.1-04")
    });
    assert!(come);
    assert_eq!(item("B.1-04").canonical(multiple("eb")), multiple("be"));
}

#[test]
fn of_two_enemies_only_one_is_asked_whichever_names_the_other() {
    for named_by in ["B.1-02", "B.1-04"] {
        let mut parts = Parts::with_all_kinds();
        for item in parts.bank["items"].as_array_mut().unwrap() {
            let other = if named_by == "B.1-02" { "B.1-04" } else { "B.1-02" };
            item.as_object_mut().unwrap().remove("enemies");
            if item["id"] == named_by {
                item["enemies"] = json!([other]);
            }
        }
        let instrument = parts.load().unwrap();
        let mut first = BTreeSet::new();
        for seed in 0..20 {
            let random = &mut Random(seed.into());
            let sitting = sit(&instrument, focus(&["A.1", "B.1"]), seed, |item| any_response(item, random));
            let asked: Vec<&str> = sitting.answers.iter().map(|answer| answer.item.as_str()).collect();
            assert_eq!(asked.len(), 8, "nine items of the two competences, less one: {asked:?}");
            first.extend(asked.into_iter().find(|id| ["B.1-02", "B.1-04"].contains(id)).map(str::to_owned));
        }
        assert_eq!(first.len(), 2, "each was asked first at times: {first:?}");
    }
}

#[test]
fn a_skipped_question_is_not_asked_again_and_changes_no_estimate() {
    let sitting = sit(&ALL, Plan::new(Mode::Quick), 5, |_| Response::Skipped);
    let items: BTreeSet<_> = sitting.answers.iter().map(|answer| &answer.item).collect();
    assert_eq!((items.len(), sitting.answers.len()), (10, 10), "skipped questions count toward the length");
    let start = ALL.start(Plan::new(Mode::Quick), setting(5)).unwrap();
    assert_eq!(ALL.belief(&sitting).belief, ALL.belief(&start).belief);
    let profile = Profile::of(&ALL, &sitting);
    assert_eq!((profile.answered, profile.overall.answers), (0, 0));
    assert_eq!(ALL.progress(&sitting).answered, 10);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn skipped_questions_leave_the_estimates_of_the_others(seed: u32, skip in 0..4_usize) {
        let random = &mut Random(seed.into());
        let mut asked = 0;
        let sitting = sit(&ALL, Plan::new(Mode::Quick), seed, |item| {
            asked += 1;
            if asked % 4 == skip { Response::Skipped } else { any_response(item, random) }
        });
        let answered = |answer: &&Answer| answer.response.is_answer();
        let answers: Vec<_> = sitting.answers.iter().filter(answered).cloned().collect();
        let without = Assessment { answers, ..sitting.clone() };
        prop_assert_eq!(Profile::of(&ALL, &sitting), Profile::of(&ALL, &without));
    }

    #[test]
    fn every_category_of_every_item_has_a_response(position in 0..11_usize) {
        let item = &ALL.bank().items()[position];
        for wanted in 0..=item.highest_category() {
            prop_assert_eq!(category(item, &item.response_of(wanted).unwrap()), wanted, "{}", item.id);
        }
        prop_assert_eq!(item.response_of(item.highest_category() + 1), None);
    }
}

/// The chance of success at the question that comes after these answers, for different seeds, where all statements are
/// hard to agree with.
fn chances(answers: &[(&str, Response)]) -> Vec<f64> {
    let mut parts = Parts::roomy();
    for item in parts.bank["items"].as_array_mut().unwrap() {
        if item["kind"] == "graded" {
            item["thresholds"] = json!([4500, 5500, 6500]);
        }
    }
    let instrument = parts.load().unwrap();
    let chance = |seed| {
        let mut sitting = instrument.start(Plan::new(Mode::Standard), setting(seed)).unwrap();
        let answer =
            |(item, response): &(&str, Response)| Answer { item: item.parse().unwrap(), response: response.clone() };
        sitting.answers = answers.iter().map(answer).collect();
        let probe = common::probe(&instrument, asked(&instrument, &sitting).unwrap());
        success_probability(&probe, &instrument.belief(&sitting).belief, &NormalRule::standard())
    };
    (0..30).map(chance).collect()
}

#[test]
fn after_two_failures_a_kind_question_comes_even_past_a_skipped_one() {
    let past = |last_but_one| {
        [("X.1-4", last_but_one), ("Y.1-3", Response::Graded { answer: 0 }), ("Z.2-5", Response::Skipped)]
    };
    let right = response(json!({ "kind": "choice", "option": "b" }));
    let (two, one) = (chances(&past(Response::DontKnow)), chances(&past(right)));
    assert!(two.iter().all(|chance| *chance >= 0.6), "{two:?}");
    // A skipped question does not make one failure two.
    assert!(one.iter().any(|chance| *chance < 0.6), "{one:?}");
}

fn fault(change: impl Fn(&mut Value)) -> String {
    let mut parts = Parts::with_all_kinds();
    change(&mut parts.bank["items"]);
    parts.load().map(|_| ()).unwrap_err()
}

#[test]
fn an_item_that_lacks_what_its_kind_needs_is_named_with_the_member() {
    type Change = fn(&mut Value);
    let changes: [(usize, Change); 17] = [
        (8, |item| item["rights"] = json!([])),
        (8, |item| item["rights"] = json!(["a", "a"])),
        (8, |item| item["rights"] = json!(["a", "z"])),
        (8, |item| item["rights"] = json!(["a", "b", "c", "d", "e"])),
        (8, |item| item["right"] = json!("a")),
        (8, |item| item["location"] = Value::Null),
        (8, |item| item["enemies"] = json!(["B.1-99"])),
        (8, |item| item["enemies"] = json!(["B.1-04"])),
        (9, |item| item["order"] = json!(["c", "a", "d"])),
        (9, |item| item["order"] = json!(["c", "a", "d", "z"])),
        (9, |item| item["steps"] = json!([2000])),
        (9, |item| item["steps"] = json!([2000, 30_000])),
        (9, |item| item["location"] = json!(2000)),
        (10, |item| item["targets"] = json!(["x"])),
        (10, |item| item["matches"] = json!({ "a": "x", "b": "x" })),
        (10, |item| item["matches"] = json!({ "a": "x", "b": "x", "c": "z" })),
        (10, |item| item["matches"] = json!({ "a": "x", "b": "x", "z": "x" })),
    ];
    let faults: Vec<String> =
        changes.into_iter().map(|(position, change)| fault(|items| change(&mut items[position]))).collect();
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn coverage_counts_items_and_names_the_outcomes_without_one() {
    let mut parts = Parts::with_all_kinds();
    // Nothing tests A.2's high outcome any more, nor anything of A.2 near level 5.
    parts.bank["items"].as_array_mut().unwrap().retain(|item| item["id"] != "A.2-02");
    parts.bank_texts[0]["items"].as_object_mut().unwrap().remove("A.2-02");
    let instrument = parts.load().unwrap();
    insta::assert_json_snapshot!(coverage(instrument.bank(), instrument.framework()));
}
