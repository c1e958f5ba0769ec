//! What a profile says, and the document that people keep of it.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::{Random, any_response, focus, setting, sit};
use proptest::prelude::*;
use skills_passport::assessment::{Answer, Assessment, Instrument, Mode, Plan};
use skills_passport::bank::{Item, Response};
use skills_passport::id::CompetenceId;
use skills_passport::profile::{Estimate, Evidence, Profile, Ratings};

static TINY: LazyLock<Instrument> = LazyLock::new(common::tiny);
static ROOMY: LazyLock<Instrument> = LazyLock::new(common::roomy);

/// The profile after some answers of a sitting on the roomy bank, with the sitting.
fn some_profile(seed: u64, answers: usize) -> (Assessment, Profile) {
    let random = &mut Random(seed);
    let mut sitting = sit(&ROOMY, Plan::new(Mode::Standard), seed as u32, |item| any_response(item, random));
    sitting.answers.truncate(answers);
    let profile = Profile::of(&ROOMY, &sitting);
    (sitting, profile)
}

fn estimates(profile: &Profile) -> Vec<&Estimate> {
    let competences = profile.competences.iter().map(|result| &result.estimate);
    competences.chain(profile.areas.iter().map(|result| &result.estimate)).chain([&profile.overall]).collect()
}

/// An assessment of the tiny bank with these answers.
fn answered(plan: Plan, answers: &[(&str, Response)]) -> Assessment {
    let mut assessment = TINY.start(plan, setting(1)).unwrap();
    assessment.answers = given(answers);
    TINY.check(&assessment).unwrap();
    assessment
}

fn given(answers: &[(&str, Response)]) -> Vec<Answer> {
    let answer =
        |(item, response): &(&str, Response)| Answer { item: item.parse().unwrap(), response: response.clone() };
    answers.iter().map(answer).collect()
}

fn rated(answer: u8) -> Response {
    Response::Graded { answer }
}

fn chosen(option: &str) -> Response {
    Response::Choice { option: option.parse().unwrap() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn level_probabilities_add_up_to_one(seed: u64, answers in 0..=30_usize) {
        for estimate in estimates(&some_profile(seed, answers).1) {
            let sum: i32 = estimate.probabilities.iter().map(|probability| probability.0).sum();
            prop_assert_eq!(estimate.probabilities.len(), 8);
            prop_assert!((996..=1004).contains(&sum), "{} {:?}", sum, estimate);
        }
    }

    #[test]
    fn the_interval_holds_the_median_and_the_level(seed: u64, answers in 0..=30_usize) {
        for estimate in estimates(&some_profile(seed, answers).1) {
            prop_assert!(estimate.low < estimate.median && estimate.median < estimate.high, "{estimate:?}");
            prop_assert!(estimate.lowest_level <= estimate.level && estimate.level <= estimate.highest_level);
        }
    }

    #[test]
    fn the_interval_reaches_1_645_standard_errors_either_way(seed: u64, answers in 0..=30_usize) {
        for estimate in estimates(&some_profile(seed, answers).1) {
            let reach = f64::from(estimate.standard_error.0) * 1.644_854;
            for bound in [estimate.median.0 - estimate.low.0, estimate.high.0 - estimate.median.0] {
                prop_assert!((f64::from(bound) - reach).abs() <= 2.0, "{estimate:?}");
            }
        }
    }

    #[test]
    fn evidence_is_what_its_definition_says(seed: u64, answers in 0..=30_usize) {
        for estimate in estimates(&some_profile(seed, answers).1) {
            // The part of the interval that lies on the scale, whose ends are the bounds of levels 1 and 8.
            let width = estimate.high.0.clamp(500, 8500) - estimate.low.0.clamp(500, 8500);
            // Bounds are rounded to thousandths.
            prop_assume!((width - 3000).abs() > 1);
            let expected = match (width > 3000, estimate.answers) {
                (true, _) => Evidence::NotEnough,
                (false, 0 | 1) => Evidence::Inferred,
                (false, _) => Evidence::Measured,
            };
            prop_assert_eq!(estimate.evidence, expected, "{:?}", estimate);
        }
    }

    #[test]
    fn answers_are_counted_for_the_competence_the_area_and_the_whole(seed: u64, answers in 0..=30_usize) {
        let (sitting, profile) = some_profile(seed, answers);
        let total = u16::try_from(sitting.answers.len()).unwrap();
        prop_assert_eq!(profile.answered, total);
        prop_assert_eq!(profile.overall.answers, total);
        prop_assert_eq!(profile.areas.iter().map(|result| result.estimate.answers).sum::<u16>(), total);
        prop_assert_eq!(profile.competences.iter().map(|result| result.estimate.answers).sum::<u16>(), total);
    }

    #[test]
    fn strengths_and_gaps_are_few_different_and_founded(seed: u64, answers in 0..=30_usize) {
        let (_, profile) = some_profile(seed, answers);
        prop_assert!(profile.strengths.len() <= 3 && profile.gaps.len() <= 3);
        let named: BTreeSet<_> = profile.strengths.iter().chain(&profile.gaps).collect();
        prop_assert_eq!(named.len(), profile.strengths.len() + profile.gaps.len());
        for result in profile.competences.iter().filter(|result| named.contains(&result.competence)) {
            prop_assert_ne!(result.estimate.evidence, Evidence::NotEnough);
        }
    }

    #[test]
    fn a_profile_survives_json(seed: u64, answers in 0..=30_usize) {
        let (_, profile) = some_profile(seed, answers);
        let text = serde_json::to_string(&profile).unwrap();
        prop_assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile);
    }

    #[test]
    fn a_profile_does_not_depend_on_the_order_of_the_answers(seed: u64) {
        let (mut sitting, profile) = some_profile(seed, 30);
        sitting.answers.reverse();
        prop_assert_eq!(Profile::of(&ROOMY, &sitting), profile);
    }
}

#[test]
fn without_answers_there_is_not_enough_evidence_for_anything() {
    let profile = Profile::of(&TINY, &answered(Plan::new(Mode::Standard), &[]));
    assert!(estimates(&profile).iter().all(|estimate| estimate.evidence == Evidence::NotEnough), "{profile:?}");
    assert!(profile.strengths.is_empty() && profile.gaps.is_empty());
}

#[test]
fn an_estimate_counts_as_measured_from_its_second_answer_on() {
    let mut parts = common::Parts::tiny();
    // So little variety among people that every interval is narrow enough.
    parts.bank["model"]["sd"] = 500.into();
    let sure = parts.load().unwrap();
    let evidence = |count: usize| {
        let mut sitting = sure.start(focus(&["A.1"]), setting(1)).unwrap();
        sitting.answers = given(&[("A.1-01", rated(1)), ("A.1-02", chosen("a"))][..count]);
        Profile::of(&sure, &sitting).competences[0].estimate.evidence
    };
    assert_eq!([0, 1, 2].map(evidence), [Evidence::Inferred, Evidence::Inferred, Evidence::Measured]);
}

#[test]
fn beyond_the_ends_of_the_scale_an_interval_counts_as_narrow() {
    // Somebody who knows nothing: far below level 1, it does not matter how far.
    let answers = ["A.1-01", "A.1-02", "A.1-03", "A.2-01", "A.2-02"].map(|item| (item, Response::DontKnow));
    let profile = Profile::of(&TINY, &answered(Plan::new(Mode::Standard), &answers));
    let estimate = &profile.competences[0].estimate;
    assert!(estimate.high.0 - estimate.low.0 > 3000, "{estimate:?}");
    assert_eq!(estimate.evidence, Evidence::Measured, "{estimate:?}");
}

#[test]
fn a_profile_speaks_of_the_competences_of_its_plan_only() {
    let answers = [("A.2-01", rated(2)), ("B.1-02", chosen("c"))];
    let profile = Profile::of(&TINY, &answered(focus(&["A.2", "B.1"]), &answers));
    let competences: Vec<_> = profile.competences.iter().map(|result| result.competence.as_str()).collect();
    assert_eq!(competences, ["A.2", "B.1"]);
    // Of area A it has one competence, whose estimate is then that of the area.
    assert_eq!(profile.areas.first().unwrap().estimate, profile.competences.first().unwrap().estimate);
}

#[test]
fn what_clearly_stands_out_is_a_strength_or_a_gap() {
    let mut parts = common::Parts::tiny();
    for item in parts.bank["items"].as_array_mut().unwrap() {
        item["slope"] = 3000.into();
        item["locationSd"] = 0.into();
    }
    let telling = parts.load().unwrap();
    let answers = [
        ("A.1-01", Response::DontKnow),
        ("A.1-02", Response::DontKnow),
        ("A.1-03", Response::DontKnow),
        ("A.2-01", rated(2)),
        ("A.2-02", Response::DontKnow),
        ("B.1-01", rated(3)),
        ("B.1-02", chosen("c")),
        ("B.1-03", Response::DontKnow),
    ];
    let mut sitting = telling.start(Plan::new(Mode::Standard), setting(1)).unwrap();
    sitting.answers = given(&answers);
    let profile = Profile::of(&telling, &sitting);
    let ids = |list: &[CompetenceId]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!((ids(&profile.strengths).as_str(), ids(&profile.gaps).as_str()), ("B.1", "A.1"), "{profile:?}");
}

#[test]
fn a_profile_on_estimated_parameters_is_not_provisional() {
    let mut parts = common::Parts::tiny();
    parts.bank["calibration"] = "calibrated".into();
    for item in parts.bank["items"].as_array_mut().unwrap() {
        item["calibratedFrom"] = 500.into();
    }
    let calibrated = parts.load().unwrap();
    let sitting = sit(&calibrated, Plan::new(Mode::Quick), 1, common::worst_response);
    assert!(!Profile::of(&calibrated, &sitting).provisional);
}

#[test]
fn the_document_that_people_read() {
    let answers = [
        ("A.1-01", rated(3)),
        ("A.1-02", chosen("a")),
        ("A.2-01", rated(1)),
        ("A.1-03", rated(1)),
        ("B.1-02", chosen("a")),
        ("B.1-01", Response::DontKnow),
    ];
    insta::assert_json_snapshot!(Profile::of(&TINY, &answered(Plan::new(Mode::Standard), &answers)));
}

#[test]
fn ratings_are_compared_only_where_there_are_answers_of_both_kinds_and_judged_from_two_each() {
    let leniency = |answers: &[(&str, Response)]| {
        let profile = Profile::of(&TINY, &answered(Plan::new(Mode::Standard), answers));
        profile.areas.into_iter().map(|area| area.leniency).collect::<Vec<_>>()
    };
    let (rating, right) = (("A.1-01", rated(3)), ("A.1-02", chosen("a")));
    assert_eq!(leniency(&[]), [None, None]);
    assert_eq!(leniency(std::slice::from_ref(&rating)), [None, None]);
    assert_eq!(leniency(std::slice::from_ref(&right)), [None, None]);
    let both = leniency(&[rating, right]);
    assert_eq!(both[0].as_ref().unwrap().ratings, Ratings::Unclear);
    assert_eq!(both[1], None);
}

#[test]
fn high_ratings_beside_wrong_answers_are_called_higher_and_low_ones_beside_right_answers_lower() {
    let said = |rating: u8, right: bool| {
        let respond = |item: &Item| match item.has_right_answer() {
            false => rated(rating),
            true => item.response_of(u8::from(right)).unwrap(),
        };
        let profile = Profile::of(&ROOMY, &sit(&ROOMY, Plan::new(Mode::Thorough), 1, respond));
        profile.areas.into_iter().map(|area| area.leniency.unwrap()).collect::<Vec<_>>()
    };
    let (generous, modest) = (said(3, false), said(0, true));
    assert!(generous.iter().all(|area| area.ratings == Ratings::Higher && area.median.0 > 500), "{generous:?}");
    assert!(modest.iter().all(|area| area.ratings == Ratings::Lower && area.median.0 < -500), "{modest:?}");
}

#[test]
fn a_profile_from_before_leniency_is_read_and_leaves_no_trace_of_it() {
    let (_, profile) = some_profile(3, 20);
    let mut old = serde_json::to_value(&profile).unwrap();
    for area in old["areas"].as_array_mut().unwrap() {
        assert!(area.as_object_mut().unwrap().remove("leniency").is_some());
    }
    assert!(old.get("unsettled").is_none());
    let read: Profile = serde_json::from_value(old.clone()).unwrap();
    assert!(read.areas.iter().all(|area| area.leniency.is_none()) && !read.unsettled);
    assert_eq!(serde_json::to_value(&read).unwrap(), old);
}
