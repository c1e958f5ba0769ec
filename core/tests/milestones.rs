//! What is said on the way: the area that an answer completed, and one record for a sitting that goes on.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::sync::LazyLock;

use common::{Random, any_response, setting, sit};
use proptest::prelude::*;
use skills_passport::assessment::{Assessment, Instrument, Mode, Plan};
use skills_passport::bank::Response;
use skills_passport::facade::{Engine, open_passport};
use skills_passport::profile::{Evidence, Milestone, Profile};
use skills_passport::units::Timestamp;
use uuid::Uuid;

static ROOMY: LazyLock<Instrument> = LazyLock::new(common::roomy);

fn first(sitting: &Assessment, answers: usize) -> Assessment {
    Assessment { answers: sitting.answers[..answers].to_vec(), ..sitting.clone() }
}

fn some_sitting(seed: u64) -> Assessment {
    let random = &mut Random(seed);
    sit(&ROOMY, Plan::new(Mode::Standard), seed as u32, |item| any_response(item, random))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_area_is_reached_when_it_is_measured_and_was_not_before(seed: u64) {
        let sitting = some_sitting(seed);
        let measured = |answers| -> Vec<_> {
            let areas = Profile::of(&ROOMY, &first(&sitting, answers)).areas;
            areas.into_iter().filter(|it| it.estimate.evidence == Evidence::Measured).map(|it| it.area).collect()
        };
        for answers in 1..=sitting.answers.len() {
            let new: Vec<_> = measured(answers).into_iter().filter(|area| !measured(answers - 1).contains(area)).collect();
            let skipped = !sitting.answers[answers - 1].response.is_answer();
            match Milestone::of(&ROOMY, &first(&sitting, answers)) {
                Some(milestone) => {
                    prop_assert!(new.contains(&milestone.area));
                    prop_assert!(milestone.right <= milestone.tested && milestone.tested <= milestone.answers);
                    prop_assert!(milestone.answers >= 2);
                }
                None => prop_assert!(new.is_empty() || skipped),
            }
        }
    }
}

#[test]
fn nothing_is_reached_before_the_first_answer_or_by_skipping() {
    let empty = ROOMY.start(Plan::new(Mode::Quick), setting(7)).unwrap();
    assert_eq!(Milestone::of(&ROOMY, &empty), None);
    let skipping = sit(&ROOMY, Plan::new(Mode::Quick), 7, |_| Response::Skipped);
    assert!((0..=skipping.answers.len()).all(|count| Milestone::of(&ROOMY, &first(&skipping, count)).is_none()));
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_sitting_that_goes_on_after_it_was_recorded_has_one_record() {
    let engine = Engine::new(common::roomy());
    let whole = some_sitting(3);
    let stopped = first(&whole, 5);
    let passport = engine.record(None, stopped, at("2026-11-22T09:40:00Z"), Uuid::from_u128(90)).unwrap();
    let mut gone_on = first(&whole, 9);
    gone_on.setting.id = Uuid::from_u128(2);
    let passport = engine.record(Some(&passport), gone_on, at("2026-11-22T09:50:00Z"), Uuid::from_u128(91)).unwrap();
    let records = open_passport(&passport).unwrap().assessments;
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].id, Uuid::from_u128(2));

    let mut another = first(&whole, 9);
    another.setting.id = Uuid::from_u128(3);
    another.setting.started = at("2027-01-10T09:00:00Z");
    let passport = engine.record(Some(&passport), another, at("2027-01-10T09:30:00Z"), Uuid::from_u128(92)).unwrap();
    assert_eq!(open_passport(&passport).unwrap().assessments.len(), 2, "another sitting stays beside it");
}
