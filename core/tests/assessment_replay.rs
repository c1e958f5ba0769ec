//! The same answers lead to the same sitting: resumed, interrupted, taken back.

mod common;

use common::sittings::{ROOMY, TINY, plans, random_sitting, until};
use common::{asked, setting};
use proptest::prelude::*;
use skills_passport::assessment::{Assessment, AssessmentError, Mode, Plan, parse};
use skills_passport::bank::Response;

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_seed_and_answers_give_the_same_questions(plan in plans(), seed: u64) {
        prop_assert_eq!(random_sitting(plan.clone(), seed), random_sitting(plan, seed));
    }

    /// A browser asks the first question before it has loaded what infers from answers.
    #[test]
    fn the_opening_is_the_first_step(plan in plans(), seed: u32) {
        let opening = ROOMY.start(plan, common::setting(seed)).unwrap();
        prop_assert_eq!(ROOMY.opening(&opening), ROOMY.step(&opening));
    }

    /// An instrument remembers its last posteriors and steps; a copy of it begins with none.
    #[test]
    fn what_an_instrument_remembers_changes_nothing(plans in [plans(), plans()], seeds: [u64; 2]) {
        let shared = ROOMY.clone();
        let [plan, other] = plans;
        let mut sittings: Vec<_> = seeds.iter().map(|seed| random_sitting(plan.clone(), *seed)).collect();
        // The same answers under another plan and with another seed, and others to the same questions.
        sittings.push(Assessment { plan: other, ..sittings[0].clone() });
        sittings.push(Assessment { setting: setting(7), ..sittings[0].clone() });
        let mut unknowing = sittings[0].clone();
        unknowing.answers.iter_mut().for_each(|answer| answer.response = Response::DontKnow);
        sittings.push(unknowing);
        for answers in 0..=sittings[0].answers.len() {
            for sitting in &sittings {
                // Backwards too, as somebody does who takes answers back.
                for answers in [answers, answers / 2] {
                    let (sitting, alone) = (until(sitting, answers), ROOMY.clone());
                    prop_assert_eq!(shared.step(&sitting), alone.step(&sitting));
                    prop_assert_eq!(shared.belief(&sitting), alone.belief(&sitting));
                }
            }
        }
    }

    #[test]
    fn a_sitting_resumed_from_its_file_asks_what_it_would_have_asked(plan in plans(), seed: u64, at in 0..30_usize) {
        let whole = random_sitting(plan, seed);
        let stored = serde_json::to_string(&until(&whole, at)).unwrap();
        let mut resumed = parse(&stored).unwrap();
        common::roomy().check(&resumed).unwrap();
        for answer in whole.answers.iter().skip(at) {
            resumed = ROOMY.answer(&resumed, &answer.item, answer.response.clone()).unwrap();
        }
        prop_assert_eq!(&resumed, &whole);
        prop_assert_eq!(ROOMY.step(&resumed), ROOMY.step(&whole));
    }

    #[test]
    fn the_estimates_do_not_depend_on_when_a_sitting_was_interrupted(seed: u64) {
        let whole = random_sitting(Plan::new(Mode::Standard), seed);
        let read = parse(&serde_json::to_string(&whole).unwrap()).unwrap();
        prop_assert_eq!(common::roomy().belief(&read), ROOMY.belief(&whole));
    }

    #[test]
    fn an_answer_taken_back_is_asked_again(plan in plans(), seed: u64, at in 1..30_usize) {
        let whole = random_sitting(plan, seed);
        let now = until(&whole, at);
        let (before, answer) = ROOMY.undo(&now).unwrap();
        prop_assert_eq!(asked(&ROOMY, &before).map(|item| &item.id), Some(&answer.item));
        prop_assert_eq!(&before, &until(&whole, now.answers.len() - 1));
    }

    #[test]
    fn an_answer_taken_back_and_given_again_changes_nothing(plan in plans(), seed: u64, at in 1..30_usize) {
        let now = until(&random_sitting(plan, seed), at);
        let (before, answer) = ROOMY.undo(&now).unwrap();
        prop_assert_eq!(ROOMY.answer(&before, &answer.item, answer.response).unwrap(), now);
    }
}

#[test]
fn a_sitting_without_answers_has_nothing_to_take_back() {
    let start = TINY.start(Plan::new(Mode::Quick), setting(1)).unwrap();
    assert_eq!(TINY.undo(&start), Err(AssessmentError::NothingToUndo));
}
