//! When a sitting stops, mode by mode, and where the levels are cut.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use common::{Parts, Random, any_response, asked, focus, setting, sit};
use proptest::prelude::*;
use skills_passport::assessment::{Assessment, Ending, Instrument, Mode, Plan, Step};
use skills_passport::bank::{Item, Response};
use skills_passport::framework::Framework;
use skills_passport::measure::{Marginal, ResponseModel};
use skills_passport::profile::Profile;
use skills_passport::units::Level;
use skills_passport_frameworks::Library;

/// The roomy bank with these population and item parameters.
fn roomy(sd: i32, specific: i32, slope: i32) -> Instrument {
    let mut parts = Parts::roomy();
    parts.bank["model"]["sd"] = sd.into();
    parts.bank["model"]["specific"] = specific.into();
    parts.bank["model"]["area"] = (300 - specific).into();
    parts.bank["model"]["general"] = 700.into();
    for item in parts.bank["items"].as_array_mut().unwrap() {
        item["slope"] = slope.into();
        item["locationSd"] = 0.into();
    }
    parts.load().unwrap()
}

/// Answers of somebody at one level everywhere.
fn answers_of(level: f64, seed: u64) -> impl FnMut(&Item) -> Response {
    let mut random = Random(seed);
    move |item| {
        let category = random.category(&item.model, level);
        item.response_of(category).unwrap()
    }
}

fn until(sitting: &Assessment, answers: usize) -> Assessment {
    Assessment { answers: sitting.answers.iter().take(answers).cloned().collect(), ..sitting.clone() }
}

fn standard_errors(instrument: &Instrument, sitting: &Assessment) -> Vec<f64> {
    let belief = instrument.belief(sitting).belief;
    (0..instrument.competences()).map(|number| belief.marginal(number).sd()).collect()
}

#[test]
fn a_thorough_sitting_ends_as_soon_as_every_standard_error_is_seventy_hundredths() {
    let instrument = roomy(1700, 60, 2500);
    let mut ended = 0;
    for seed in 0..5 {
        let sitting = sit(&instrument, Plan::new(Mode::Thorough), seed as u32, answers_of(4.3, seed));
        if instrument.step(&sitting) != Step::Finished(Ending::Precise) {
            continue;
        }
        ended += 1;
        let count = sitting.answers.len();
        assert!(standard_errors(&instrument, &sitting).iter().all(|sd| *sd <= 0.70), "seed {seed}");
        let before = standard_errors(&instrument, &until(&sitting, count - 1));
        assert!(count == 10 || before.iter().any(|sd| *sd > 0.70), "seed {seed}, {count} answers: {before:?}");
        assert!(count >= 10);
    }
    assert!(ended >= 3, "{ended} of 5");
}

#[test]
fn a_quick_sitting_never_ends_before_its_ten_questions_however_sure_it_is() {
    let sure = roomy(500, 60, 2500);
    let sitting = sit(&sure, Plan::new(Mode::Quick), 1, answers_of(3.5, 1));
    assert_eq!((sitting.answers.len(), sure.step(&sitting)), (10, Step::Finished(Ending::Length)));
}

#[test]
fn questions_that_promise_little_are_asked_ten_times_all_the_same() {
    // All items tell next to nothing from the start: it ends when it may, after ten questions.
    let dull = roomy(720, 60, 50);
    let sitting = sit(&dull, Plan::new(Mode::Thorough), 1, answers_of(3.5, 1));
    assert_eq!(dull.step(&sitting), Step::Finished(Ending::LittleToGain));
    assert_eq!(sitting.answers.len(), 10);
}

#[test]
fn focus_asks_eight_questions_a_competence_at_most_and_eighty_four_in_all() {
    for (competences, most) in [(1, 8), (3, 24), (9, 72)] {
        let all: Vec<String> =
            ["X", "Y", "Z"].iter().flat_map(|area| (1..=3).map(move |n| format!("{area}.{n}"))).collect();
        let named: Vec<&str> = all.iter().take(competences).map(String::as_str).collect();
        assert_eq!(focus(&named).most_questions(), most);
    }
    assert_eq!([Mode::Quick, Mode::Standard, Mode::Thorough, Mode::Focus].map(Mode::most_questions), [10, 30, 84, 84]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_learner_may_stop_at_any_question_and_gets_what_the_answers_support(seed: u64, answers in 0..30_usize) {
        let instrument = common::roomy();
        let random = &mut Random(seed);
        let whole = sit(&instrument, Plan::new(Mode::Standard), seed as u32, |item| any_response(item, random));
        let stopped = until(&whole, answers);
        let profile = Profile::of(&instrument, &stopped);
        prop_assert_eq!(usize::from(profile.answered), stopped.answers.len());
        prop_assert_eq!(profile.competences.len(), 9);
        // And may go on later, where it was left.
        let next = whole.answers.get(stopped.answers.len()).map(|answer| &answer.item);
        prop_assert_eq!(asked(&instrument, &stopped).map(|item| &item.id), next);
    }

    #[test]
    fn a_better_answer_never_gets_a_lower_level(seed: u64, answers in 1..30_usize) {
        let instrument = common::roomy();
        let random = &mut Random(seed);
        let whole = sit(&instrument, Plan::new(Mode::Standard), seed as u32, |item| any_response(item, random));
        let mut sitting = until(&whole, answers);
        let changed = random.below(sitting.answers.len());
        let answer = sitting.answers.get(changed).unwrap().clone();
        let item = instrument.bank().item(&answer.item).unwrap().1;
        let better = |sitting: &mut Assessment, best: bool| {
            let highest = u8::try_from(item.model.categories() - 1).unwrap();
            let response = item.response_of(if best { highest } else { 0 }).unwrap();
            sitting.answers.get_mut(changed).unwrap().response = response;
            let number = instrument.framework().position(&item.competence).unwrap();
            instrument.belief(sitting).belief.marginal(number)
        };
        let (worst, best) = (better(&mut sitting, false), better(&mut sitting, true));
        prop_assert!(worst.mean < best.mean && worst.level() <= best.level());
    }
}

/// The fault of a peer, whose table of cut scores has entries out of order.
#[test]
fn a_higher_estimate_never_gets_a_lower_level_nor_a_lower_broad_level() {
    let broad = |framework: &Framework, level: Level| {
        let id = &framework.broad_level_of(level).unwrap().id;
        framework.document().broad_levels.iter().position(|broad| broad.id == *id).unwrap()
    };
    for name in ["digcomp@3.0", "digcomp@2.2"] {
        let instrument = Library::shipped().instrument(name, "general").unwrap();
        let framework = instrument.framework();
        let mut before = (1, 0);
        for thousandth in -5_000..=14_000 {
            let level = Level::of(f64::from(thousandth) / 1000.0);
            let now = (level.number(), broad(framework, level));
            assert!(now.0 >= before.0 && now.1 >= before.1, "{name}: {thousandth}");
            // Each cut is at a half, and none is skipped.
            assert!(now.0 == before.0 || (now.0 == before.0 + 1 && thousandth % 1000 == 500), "{name}: {thousandth}");
            before = now;
        }
        assert_eq!(before, (8, framework.document().broad_levels.len() - 1));
    }
}

#[test]
fn the_chance_to_reach_a_level_falls_with_the_level_and_never_with_the_estimate() {
    let reached = |mean: f64| -> Vec<f64> {
        let all = Marginal { mean, variance: 0.8 }.level_probabilities();
        (0..8).map(|level| all.iter().skip(level).sum()).collect()
    };
    let mut before = reached(0.0);
    for tenth in 1..=90 {
        let now = reached(f64::from(tenth) / 10.0);
        assert!(now.is_sorted_by(|low, high| low >= high), "{now:?}");
        assert!(now.iter().zip(&before).skip(1).all(|(now, before)| now >= before), "{tenth}");
        before = now;
    }
}

#[test]
fn thresholds_that_are_not_ascending_are_refused() {
    let mut parts = Parts::tiny();
    let graded = parts.bank["items"].as_array_mut().unwrap().iter_mut().find(|item| item["kind"] == "graded").unwrap();
    graded["thresholds"] = serde_json::json!([700, 3500, 2000]);
    assert!(parts.load().is_err_and(|error| error.contains("must rise")));
    let start = common::tiny().start(Plan::new(Mode::Quick), setting(1)).unwrap();
    assert!(start.answers.is_empty());
    // Ascending ones make every better answer likelier, the better the person.
    let model = ResponseModel::graded(1.2, &[0.7, 2.0, 3.5], 0.5);
    let at_least = |eta: f64, category: u8| (category..4).map(|k| model.probability(eta, k)).sum::<f64>();
    assert!((1..4).all(|category| (0..80).all(|step| {
        let eta = f64::from(step) / 10.0;
        at_least(eta + 0.1, category) > at_least(eta, category)
    })));
}
