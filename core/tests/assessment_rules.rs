//! The rules of a sitting: what is asked, and when it ends.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;

use common::sittings::{ROOMY, TINY, best_response, plans, random_sitting, until};
use common::{Parts, Random, any_response, asked, focus, history, probe, setting, sit, worst_response};
use proptest::prelude::*;
use serde_json::Value;
use skills_passport::assessment::{Assessment, AssessmentError, Ending, Instrument, Mode, Plan, Step};
use skills_passport::bank::{Item, Response};
use skills_passport::id::AreaId;
use skills_passport::measure::{NormalRule, success_probability, variance_reduction};

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_item_is_asked_twice(plan in plans(), seed: u64) {
        let sitting = random_sitting(plan, seed);
        let different: BTreeSet<_> = sitting.answers.iter().map(|answer| &answer.item).collect();
        prop_assert_eq!(different.len(), sitting.answers.len());
    }

    #[test]
    fn every_area_gets_a_question_with_a_right_answer_before_the_questions_run_out(quick: bool, seed: u64) {
        let sitting = random_sitting(Plan::new(if quick { Mode::Quick } else { Mode::Standard }), seed);
        // A sitting that ends early because every level is known does not run out of questions.
        prop_assume!(ROOMY.step(&sitting) == Step::Finished(Ending::Length));
        let tested: BTreeSet<&AreaId> = history(&ROOMY, &sitting)
            .into_iter()
            .filter(|item| item.has_right_answer())
            .filter_map(|item| ROOMY.framework().area_of(&item.competence))
            .collect();
        let areas: BTreeSet<&AreaId> = ROOMY.framework().areas().iter().map(|area| &area.id).collect();
        prop_assert_eq!(tested, areas);
    }

    #[test]
    fn at_most_two_questions_in_a_row_are_about_one_competence(plan in plans(), seed: u64) {
        prop_assume!(plan.mode != Mode::Focus);
        let sitting = random_sitting(plan, seed);
        let items = history(&ROOMY, &sitting);
        for (position, three) in items.windows(3).enumerate() {
            let same = three.iter().all(|item| item.competence == three.iter().copied().next().unwrap().competence);
            // When the bank is nearly used up, nothing else may be left.
            let alternative = others(&sitting, position + 2, |item| item.competence != three.last().unwrap().competence);
            prop_assert!(!same || !alternative, "question {} of {items:?}", position + 2);
        }
    }

    #[test]
    fn at_most_three_questions_in_a_row_are_of_one_kind(plan in plans(), seed: u64) {
        let sitting = random_sitting(plan.clone(), seed);
        let items = history(&ROOMY, &sitting);
        for (position, four) in items.windows(4).enumerate() {
            let (last, before) = four.split_last().unwrap();
            let same = before.iter().all(|item| item.has_right_answer() == last.has_right_answer());
            // Rules that come first: two in a row on one competence, and areas that are still owed a question.
            let tired = match before {
                [.., one, two] if one.competence == two.competence && plan.mode != Mode::Focus => Some(&two.competence),
                _ => None,
            };
            let pressing = usize::from(plan.most_questions()) - (position + 3) <= ROOMY.framework().areas().len();
            let alternative = others(&sitting, position + 3, |item| {
                item.has_right_answer() != last.has_right_answer() && Some(&item.competence) != tired
            });
            prop_assert!(!same || pressing || !alternative, "question {} of {items:?}", position + 3);
        }
    }

    #[test]
    fn a_sitting_stops_at_the_length_of_its_mode(plan in plans(), seed: u64) {
        let sitting = random_sitting(plan.clone(), seed);
        prop_assert!(sitting.answers.len() <= usize::from(plan.most_questions()));
        let Step::Finished(ending) = ROOMY.step(&sitting) else { panic!("it goes on") };
        prop_assert_eq!(
            ending == Ending::Length,
            sitting.answers.len() == usize::from(plan.most_questions())
        );
    }

    #[test]
    fn a_quick_sitting_has_ten_questions(seed: u64) {
        prop_assert_eq!(random_sitting(Plan::new(Mode::Quick), seed).answers.len(), 10);
    }

    #[test]
    fn focus_asks_about_its_competences_only(seed: u64) {
        let sitting = random_sitting(focus(&["X.2", "Z.1"]), seed);
        let about: BTreeSet<&str> = history(&ROOMY, &sitting).iter().map(|item| item.competence.as_str()).collect();
        prop_assert_eq!(about, BTreeSet::from(["X.2", "Z.1"]));
    }

    #[test]
    fn the_first_three_questions_can_be_expected_to_succeed(seed: u64) {
        let sitting = random_sitting(Plan::new(Mode::Standard), seed);
        for (position, item) in history(&ROOMY, &sitting).into_iter().take(3).enumerate() {
            let chance = chance(&until(&sitting, position), item);
            // The roomy bank has an easy item of each kind for every competence.
            prop_assert!(chance >= 0.6, "question {position}, {}: {chance}", item.id);
        }
    }

    #[test]
    fn after_two_failures_a_question_that_can_be_expected_to_succeed_follows_if_there_is_one(seed: u64) {
        let (random, plan) = (&mut Random(seed), Plan::new(Mode::Standard));
        // Somebody who mostly fails.
        let respond = |item: &Item| if random.below(4) > 0 { worst_response(item) } else { any_response(item, random) };
        let sitting = sit(&ROOMY, plan, seed as u32, respond);
        let items = history(&ROOMY, &sitting);
        let failed = |at: usize| {
            items[at].score(&sitting.answers[at].response).unwrap().unwrap().category == 0
        };
        for position in (3..items.len()).filter(|at| failed(at - 1) && failed(at - 2)) {
            let before = until(&sitting, position);
            // Rules that come first; near the end, areas may be owed a question.
            let past = &items[..position];
            let same_kind = |item: &Item| past.iter().rev().take(3).all(|p| p.has_right_answer() == item.has_right_answer());
            let same_topic = |item: &Item| past.iter().rev().take(2).all(|p| p.competence == item.competence);
            let kinder = others(&sitting, position, |item| {
                !same_kind(item) && !same_topic(item) && chance(&before, item) >= 0.6
            });
            let pressing = 30 - position <= ROOMY.framework().areas().len();
            prop_assert!(chance(&before, items[position]) >= 0.6 || !kinder || pressing, "question {position}");
        }
    }

    #[test]
    fn what_is_asked_promises_nearly_as_much_per_second_as_the_best_that_the_rules_allow(seed: u64) {
        let sitting = random_sitting(Plan::new(Mode::Quick), seed);
        let items = history(&ROOMY, &sitting);
        // Later on, areas may be owed a question.
        for position in 0..7 {
            let (before, past) = (until(&sitting, position), &items[..position]);
            let failed = |at: usize| items[at].score(&sitting.answers[at].response).unwrap().unwrap().category == 0;
            let kind = position < 3 || (failed(position - 1) && failed(position - 2));
            let run = |length: usize, same: &dyn Fn(&Item) -> bool| {
                past.len() >= length && past.iter().rev().take(length).all(|item| same(item))
            };
            let allowed = |item: &Item| {
                !run(2, &|past| past.competence == item.competence)
                    && !run(3, &|past| past.has_right_answer() == item.has_right_answer())
                    && (!kind || chance(&before, item) >= 0.6)
            };
            let promises = promises(&ROOMY, &before);
            let best = promises.iter().filter(|(item, _)| allowed(item)).map(|(item, gain)| gain / f64::from(item.seconds));
            let best = best.fold(0.0, f64::max);
            let (item, gain) = promises.iter().find(|(item, _)| *item == items[position]).unwrap();
            prop_assert!(gain / f64::from(item.seconds) >= 0.9 * best - 1e-12, "question {position}, {}", item.id);
        }
    }

    #[test]
    fn another_item_than_the_one_asked_is_refused(plan in plans(), seed: u64, at in 0..30_usize) {
        let now = until(&random_sitting(plan, seed), at);
        let asked = asked(&ROOMY, &now);
        for item in ROOMY.bank().items().iter().filter(|item| Some(*item) != asked) {
            let error = ROOMY.answer(&now, &item.id, best_response(item)).unwrap_err();
            let expected = AssessmentError::NotAsked { item: item.id.clone(), asked: asked.map(|item| item.id.clone()) };
            prop_assert_eq!(error, expected);
        }
    }
}

/// Whether another item of the plan, not yet asked then, is as wished.
fn others(sitting: &Assessment, position: usize, wish: impl Fn(&Item) -> bool) -> bool {
    let asked: BTreeSet<_> = sitting.answers.iter().take(position).map(|answer| &answer.item).collect();
    let free = |item: &&Item| sitting.plan.covers(&item.competence) && !asked.contains(&item.id);
    ROOMY.bank().items().iter().filter(free).any(wish)
}

/// Every item not yet asked with the decrease of the mean variance of the competences that it promises.
fn promises<'a>(instrument: &'a Instrument, before: &Assessment) -> Vec<(&'a Item, f64)> {
    let (belief, rule) = (instrument.belief(before).belief, NormalRule::standard());
    let weights = vec![1.0 / instrument.competences() as f64; instrument.competences()];
    let asked = |item: &Item| before.answers.iter().any(|answer| answer.item == item.id);
    let free = instrument.bank().items().iter().filter(|item| !asked(item));
    let promise = |item| variance_reduction(&probe(instrument, item), &belief, &weights, &rule, &mut Vec::new());
    free.map(|item| (item, promise(item))).collect()
}

/// The chance to succeed with an item, as believed before it is asked.
fn chance(before: &Assessment, item: &Item) -> f64 {
    success_probability(&probe(&ROOMY, item), &ROOMY.belief(before).belief, &NormalRule::standard())
}

#[test]
fn different_seeds_ask_differently() {
    let first = |seed| sit(&ROOMY, Plan::new(Mode::Quick), seed, worst_response).answers;
    let different: BTreeSet<String> = (0..20).map(|seed| format!("{:?}", first(seed))).collect();
    assert!(different.len() > 10, "{}", different.len());
}

#[test]
fn a_bank_that_is_used_up_ends_the_sitting() {
    let sitting = sit(&TINY, Plan::new(Mode::Thorough), 1, worst_response);
    assert_eq!(sitting.answers.len(), TINY.bank().items().len());
    assert_eq!(TINY.step(&sitting), Step::Finished(Ending::Exhausted));
}

/// The roomy bank with every item changed.
fn roomy_with(change: impl Fn(&mut Value)) -> Instrument {
    let mut parts = Parts::roomy();
    parts.bank["items"].as_array_mut().unwrap().iter_mut().for_each(change);
    parts.load().unwrap()
}

#[test]
fn an_area_that_is_slow_to_ask_about_is_asked_about_all_the_same() {
    let instrument = roomy_with(|item| {
        if item["competence"].as_str().unwrap().starts_with('Z') {
            item["seconds"] = 600.into();
            item["slope"] = 300.into();
        }
    });
    for seed in 0..5 {
        let sitting = sit(&instrument, Plan::new(Mode::Quick), seed, best_response);
        let slow = |item: &&Item| item.competence.as_str().starts_with('Z') && item.has_right_answer();
        assert!(history(&instrument, &sitting).iter().any(slow), "seed {seed}");
    }
}

#[test]
fn the_first_three_questions_can_be_expected_to_succeed_even_where_harder_ones_would_tell_more() {
    let instrument = roomy_with(|item| {
        let hard = item["level"].as_u64().unwrap() >= 5;
        item["slope"] = if hard { 2000 } else { 500 }.into();
    });
    for seed in 0..5 {
        let sitting = sit(&instrument, Plan::new(Mode::Quick), seed, best_response);
        for (position, item) in history(&instrument, &sitting).into_iter().take(3).enumerate() {
            let belief = instrument.belief(&until(&sitting, position)).belief;
            let chance = success_probability(&probe(&instrument, item), &belief, &NormalRule::standard());
            assert!(chance >= 0.6, "seed {seed}, question {position}, {}: {chance}", item.id);
        }
    }
}

#[test]
fn a_competence_with_much_better_questions_is_not_asked_about_three_times_in_a_row() {
    let instrument = roomy_with(|item| {
        let better = item["competence"] == "X.1";
        item["slope"] = if better { 2000 } else { 100 }.into();
    });
    for seed in 0..5 {
        let sitting = sit(&instrument, Plan::new(Mode::Quick), seed, best_response);
        let about: Vec<bool> =
            history(&instrument, &sitting).iter().map(|item| item.competence.as_str() == "X.1").collect();
        assert!(about.windows(2).any(|two| two == [true; 2]), "the bank does not tempt: {about:?}");
        assert!(!about.windows(3).any(|three| three == [true; 3]), "seed {seed}: {about:?}");
    }
}

/// A sitting of somebody near the middle of level 4 on a bank of very telling items.
fn telling_sitting(mode: Mode) -> (Instrument, Assessment) {
    let instrument = roomy_with(|item| {
        item["slope"] = 3000.into();
        item["locationSd"] = 0.into();
    });
    let random = &mut Random(4);
    let respond = |item: &Item| {
        let category = random.category(&item.model, 4.2);
        item.response_of(category).unwrap()
    };
    let sitting = sit(&instrument, Plan::new(mode), 4, respond);
    (instrument, sitting)
}

#[test]
fn a_standard_sitting_ends_early_as_soon_as_every_level_is_known_within_one() {
    let (instrument, sitting) = telling_sitting(Mode::Standard);
    assert_eq!(instrument.step(&sitting), Step::Finished(Ending::Precise));
    let known = |answers: usize| {
        let belief = instrument.belief(&until(&sitting, answers)).belief;
        (0..instrument.competences()).all(|number| belief.marginal(number).within_one_level() >= 0.9)
    };
    let answers = sitting.answers.len();
    assert!((11..30).contains(&answers) && known(answers) && !known(answers - 1), "{answers}");
}

#[test]
fn a_sitting_that_has_nothing_to_find_out_still_has_ten_questions_but_focus_has_two_a_competence() {
    let mut parts = Parts::roomy();
    parts.bank["model"]["sd"] = 500.into();
    let sure = parts.load().unwrap();
    for (plan, fewest) in [(Plan::new(Mode::Standard), 10), (focus(&["X.1"]), 2), (focus(&["X.1", "Y.1"]), 4)] {
        let sitting = sit(&sure, plan, 1, best_response);
        assert_eq!(sure.step(&sitting), Step::Finished(Ending::Precise));
        // A question with a right answer may still be owed to an area.
        assert!((fewest..fewest + 3).contains(&sitting.answers.len()), "{}", sitting.answers.len());
    }
}

#[test]
fn no_sitting_ends_as_precise_before_every_area_had_a_question_with_a_right_answer() {
    let mut parts = Parts::roomy();
    parts.bank["model"]["sd"] = 500.into();
    let sure = parts.load().unwrap();
    for seed in 0..20 {
        let sitting = sit(&sure, Plan::new(Mode::Standard), seed, best_response);
        assert_eq!(sure.step(&sitting), Step::Finished(Ending::Precise));
        for area in sure.framework().areas() {
            let tested = |item: &&Item| item.has_right_answer() && area.competences.contains(&item.competence);
            assert!(history(&sure, &sitting).iter().any(tested), "seed {seed}, area {}", area.id);
        }
    }
}

#[test]
fn an_area_that_has_only_self_reports_is_asked_about_too() {
    let mut parts = Parts::roomy();
    parts.bank["items"]
        .as_array_mut()
        .unwrap()
        .retain(|item| !item["competence"].as_str().unwrap().starts_with('Z') || item["kind"] == "graded");
    for item in parts.bank["items"].as_array_mut().unwrap() {
        if item["competence"].as_str().unwrap().starts_with('Z') {
            item["seconds"] = 600.into();
        }
    }
    let kept: BTreeSet<String> =
        parts.bank["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    for text in &mut parts.bank_texts {
        text["items"].as_object_mut().unwrap().retain(|id, _| kept.contains(id));
    }
    let instrument = parts.load().unwrap();
    for seed in 0..5 {
        let sitting = sit(&instrument, Plan::new(Mode::Quick), seed, best_response);
        let about = |item: &&Item| item.competence.as_str().starts_with('Z');
        assert!(history(&instrument, &sitting).iter().any(about), "seed {seed}");
    }
}

#[test]
fn a_thorough_sitting_ends_when_two_questions_running_promise_little() {
    let (instrument, sitting) = telling_sitting(Mode::Thorough);
    assert_eq!(instrument.step(&sitting), Step::Finished(Ending::LittleToGain));
    // Two ten-thousandths of a squared level: about a hundredth of a level in each competence.
    let little =
        |answers: usize| promises(&instrument, &until(&sitting, answers)).iter().all(|(_, promise)| *promise < 2e-4);
    let last = sitting.answers.len();
    assert_eq!([last, last - 1, last - 2].map(little), [true, true, false]);
}

#[test]
fn nothing_can_be_answered_after_the_end() {
    let sitting = random_sitting(Plan::new(Mode::Quick), 1);
    let item = &ROOMY.bank().items().first().unwrap().id;
    let error = ROOMY.answer(&sitting, item, Response::DontKnow).unwrap_err();
    assert_eq!(error, AssessmentError::NotAsked { item: item.clone(), asked: None });
}

#[test]
fn focus_ends_when_its_competences_are_known_or_their_items_used_up() {
    let sitting = sit(&TINY, focus(&["A.2"]), 1, best_response);
    assert_eq!(TINY.step(&sitting), Step::Finished(Ending::Exhausted));
    assert_eq!(sitting.answers.len(), 2);
}

#[test]
fn progress_never_promises_more_questions_than_the_bank_has() {
    for (plan, at_most) in [(Plan::new(Mode::Quick), 8), (Plan::new(Mode::Thorough), 8), (focus(&["B.1"]), 3)] {
        let start = TINY.start(plan, setting(1)).unwrap();
        assert_eq!((TINY.progress(&start).answered, TINY.progress(&start).at_most), (0, at_most));
    }
    let start = ROOMY.start(Plan::new(Mode::Standard), setting(1)).unwrap();
    assert_eq!(ROOMY.progress(&start).at_most, 30);
}
