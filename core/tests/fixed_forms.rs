//! Fixed forms: what is on them, and that answers given on paper count like those given on a screen.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use common::{Parts, Random, any_response, asked, focus, setting, sit};
use proptest::prelude::*;
use skills_passport::assessment::{Answer, Assessment, Ending, Instrument, Mode, Plan, Step, parse};
use skills_passport::bank::{Item, Response};
use skills_passport::id::ItemId;
use skills_passport::passport::{Passport, Record};
use skills_passport::profile::Profile;
use uuid::Uuid;

static ROOMY: LazyLock<Instrument> = LazyLock::new(common::roomy);
static ALL: LazyLock<Instrument> = LazyLock::new(|| Parts::with_all_kinds().load().unwrap());

fn items<'a>(instrument: &'a Instrument, form: &[ItemId]) -> Vec<&'a Item> {
    form.iter().map(|id| instrument.bank().item(id).unwrap().1).collect()
}

/// The plan of a form.
fn on_paper(instrument: &Instrument, plan: Plan) -> Plan {
    Plan { form: instrument.fixed_form(&plan), ..plan }
}

#[test]
fn a_form_has_as_many_questions_as_its_plan_asks_and_is_always_the_same() {
    for (mode, questions) in [(Mode::Quick, 10), (Mode::Standard, 30), (Mode::Thorough, 45)] {
        let form = ROOMY.fixed_form(&Plan::new(mode));
        assert_eq!(form.iter().collect::<BTreeSet<_>>().len(), questions, "{mode:?}");
        assert_eq!(form, common::roomy().fixed_form(&Plan::new(mode)));
    }
}

#[test]
fn every_area_has_its_share_and_at_most_half_of_it_are_self_reports() {
    for (mode, least) in [(Mode::Quick, 3), (Mode::Standard, 10)] {
        let mut areas: BTreeMap<String, Vec<bool>> = BTreeMap::new();
        let form = ROOMY.fixed_form(&Plan::new(mode));
        for item in items(&ROOMY, &form) {
            let area = ROOMY.framework().area_of(&item.competence).unwrap();
            areas.entry(area.to_string()).or_default().push(item.has_right_answer());
        }
        assert_eq!(areas.len(), 3);
        for (area, tested) in areas {
            assert!(tested.len() >= least, "{mode:?} {area}: {}", tested.len());
            let reports = tested.iter().filter(|tested| !**tested).count();
            assert!(2 * reports <= tested.len().max(least + 1), "{mode:?} {area}: {reports} of {}", tested.len());
        }
    }
}

#[test]
fn at_most_a_quarter_of_a_form_are_orderings_and_matchings_where_there_are_others() {
    // The items that tell most for their time are an ordering and a matching of each area.
    let mut parts = Parts::roomy();
    let all = Parts::with_all_kinds();
    for area in ["X", "Y", "Z"] {
        for (position, number) in [(9, 6), (10, 7)] {
            let id = format!("{area}.1-{number}");
            let mut item = all.bank["items"][position].clone();
            (item["id"], item["competence"]) = (id.as_str().into(), format!("{area}.1").into());
            (item["slope"], item["seconds"]) = (2000.into(), 5.into());
            let text = all.bank_texts[0]["items"][format!("B.1-0{}", position - 4)].clone();
            parts.bank_texts[0]["items"][&id] = text;
            parts.bank["items"].as_array_mut().unwrap().push(item);
        }
    }
    let instrument = parts.load().unwrap();
    let form = instrument.fixed_form(&Plan::new(Mode::Quick));
    let composed = |item: &&Item| {
        ["ordering", "matching"].contains(&serde_json::to_value(item.kind.name()).unwrap().as_str().unwrap())
    };
    assert_eq!(items(&instrument, &form).iter().filter(|item| composed(item)).count(), 3, "{form:?}");
}

#[test]
fn questions_come_by_area_from_easy_to_hard() {
    let form = ROOMY.fixed_form(&Plan::new(Mode::Standard));
    let places: Vec<_> = items(&ROOMY, &form)
        .into_iter()
        .map(|item| (ROOMY.framework().area_of(&item.competence).unwrap().to_string(), item.level))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_form_of_chosen_competences_asks_about_nothing_else() {
    let form = ROOMY.fixed_form(&focus(&["X.2", "Z.1"]));
    let about: BTreeSet<_> = items(&ROOMY, &form).into_iter().map(|item| item.competence.to_string()).collect();
    assert_eq!(about, ["X.2".to_owned(), "Z.1".to_owned()].into());
    assert_eq!(form.len(), 10, "all that there are");
}

#[test]
fn enemies_are_never_on_one_form() {
    let form = ALL.fixed_form(&focus(&["B.1"]));
    let both = ["B.1-02", "B.1-04"].iter().filter(|id| form.iter().any(|item| item.as_str() == **id)).count();
    assert_eq!((both, form.len()), (1, 5));
}

#[test]
fn a_bank_of_self_reports_alone_makes_a_form_too() {
    let mut parts = Parts::roomy();
    parts.bank["items"].as_array_mut().unwrap().retain(|item| item["kind"] == "graded");
    let ids: Vec<String> =
        parts.bank["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    parts.bank_texts[0]["items"].as_object_mut().unwrap().retain(|id, _| ids.contains(id));
    assert_eq!(parts.load().unwrap().fixed_form(&Plan::new(Mode::Quick)).len(), 10);
}

/// Standard error of every competence after typical answers to these items.
fn mean_error(form: &[ItemId]) -> f64 {
    let random = &mut Random(11);
    let mut sum = 0.0;
    for seed in 0..20 {
        let plan = Plan { form: form.to_vec(), ..Plan::new(Mode::Quick) };
        let sitting = sit(&ROOMY, plan, seed, |item| {
            item.response_of(random.category(&item.model, 3.5)).unwrap_or(Response::DontKnow)
        });
        let competences = Profile::of(&ROOMY, &sitting).competences;
        sum += competences.iter().map(|result| result.estimate.standard_error.to_f64()).sum::<f64>();
    }
    sum / (20.0 * 9.0)
}

#[test]
fn a_form_tells_more_than_as_many_questions_taken_as_they_come() {
    let form = ROOMY.fixed_form(&Plan::new(Mode::Quick));
    let first: Vec<ItemId> = ROOMY.bank().items().iter().map(|item| item.id.clone()).take(10).collect();
    let (chosen, naive) = (mean_error(&form), mean_error(&first));
    assert!(chosen < naive - 0.05, "{chosen} against {naive}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_form_asks_its_questions_in_order_and_no_other(seed: u32) {
        let random = &mut Random(seed.into());
        let plan = on_paper(&ALL, Plan::new(Mode::Quick));
        let form = plan.form.clone();
        let sitting = sit(&ALL, plan, seed, |item| any_response(item, random));
        let asked: Vec<ItemId> = sitting.answers.iter().map(|answer| answer.item.clone()).collect();
        prop_assert_eq!(asked, form);
        prop_assert_eq!(ALL.step(&sitting), Step::Finished(Ending::Length));
    }

    #[test]
    fn the_same_answers_give_the_same_profile_on_paper_and_on_a_screen(seed: u32) {
        let random = &mut Random(seed.into());
        let on_screen = sit(&ROOMY, Plan::new(Mode::Quick), seed, |item| any_response(item, random));
        // The same questions as a form, in another order.
        let mut answers: Vec<Answer> = on_screen.answers.clone();
        answers.reverse();
        let form = answers.iter().map(|answer| answer.item.clone()).collect();
        let mut typed = ROOMY.start(Plan { form, ..Plan::new(Mode::Quick) }, setting(0)).unwrap();
        for answer in answers {
            typed = ROOMY.answer(&typed, &answer.item, answer.response).unwrap();
        }
        prop_assert_eq!(Profile::of(&ROOMY, &typed), Profile::of(&ROOMY, &on_screen));
    }
}

#[test]
fn a_passport_says_that_the_form_was_fixed() {
    let plan = on_paper(&ALL, Plan::new(Mode::Quick));
    let sitting = sit(&ALL, plan.clone(), 1, |_| Response::DontKnow);
    let at = || "2026-11-22T10:00:00Z".parse().unwrap();
    let mut passport = Passport::new(Uuid::from_u128(1), at());
    passport.add(Record::of_assessment(&ALL, sitting.clone(), at()).unwrap()).unwrap();
    let read = Passport::parse(&passport.to_json().unwrap()).unwrap();
    assert_eq!(read.assessments().next().unwrap().assessment.plan, plan);
    assert_eq!(parse(&sitting.to_json().unwrap()).unwrap(), sitting);
}

#[test]
fn a_form_that_does_not_fit_is_refused_by_item() {
    let id = |id: &str| -> ItemId { id.parse().unwrap() };
    let start = |form: &[&str], plan: Plan| {
        let form = form.iter().map(|item| id(item)).collect();
        ALL.start(Plan { form, ..plan }, setting(1)).map_err(|error| (error.code(), error.path()))
    };
    let wrong = |position: usize| Err(("wrong-form", format!("/plan/form/{position}")));
    assert_eq!(start(&["A.1-01", "A.9-01"], Plan::new(Mode::Quick)).map(|_| ()), wrong(1));
    assert_eq!(start(&["A.1-01", "A.1-01"], Plan::new(Mode::Quick)).map(|_| ()), wrong(1));
    assert_eq!(start(&["A.1-01"], focus(&["B.1"])).map(|_| ()), wrong(0));
    let sitting = start(&["A.1-01"], Plan::new(Mode::Quick)).unwrap();
    let answers = vec![Answer { item: id("A.1-02"), response: Response::DontKnow }];
    let error = ALL.check(&Assessment { answers, ..sitting.clone() }).unwrap_err();
    assert_eq!((error.code(), error.path().as_str()), ("not-on-form", "/answers/0/item"));
    assert_eq!(asked(&ALL, &sitting).unwrap().id, id("A.1-01"));
}
