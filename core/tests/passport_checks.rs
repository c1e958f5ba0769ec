//! Replaying an assessment, and comparing two.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failing test")]

mod common;

use common::{Parts, Random, any_response, focus, roomy, sit, tiny};
use proptest::prelude::*;
use skills_passport::assessment::{Assessment, Instrument, Mode, Plan};
use skills_passport::bank::{Item, Response};
use skills_passport::passport::{
    AssessmentRecord, Basis, ChangeKind, ComparisonError, Content, Measured, Record, Replay, compare, replay,
};
use skills_passport::profile::Evidence;
use skills_passport::units::{Level, Thousandths};
use uuid::Uuid;

fn finished(instrument: &Instrument, mut assessment: Assessment, id: u128, day: u8) -> AssessmentRecord {
    assessment.setting.id = Uuid::from_u128(id);
    let at = format!("2026-11-{day:02}T10:00:00Z").parse().unwrap();
    let record = Record::of_assessment(instrument, assessment, at).unwrap();
    let Content::Assessment(record) = record.content().clone() else { panic!("an assessment") };
    *record
}

/// A sitting by somebody who can do everything up to a level, and nothing above it.
fn up_to(level: u8) -> impl FnMut(&Item) -> Response {
    move |item| {
        let best = u8::try_from(item.model.categories() - 1).unwrap();
        if item.level.number() > level { Response::DontKnow } else { item.response_of(best).unwrap() }
    }
}

fn record(instrument: &Instrument, level: u8, id: u128, day: u8) -> AssessmentRecord {
    finished(instrument, sit(instrument, Plan::new(Mode::Thorough), 1, up_to(level)), id, day)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_assessment_replays_to_its_own_results(seed in 0..10_000_u64) {
        let (instrument, mut random) = (tiny(), Random(seed));
        let assessment = sit(&instrument, Plan::new(Mode::Quick), seed as u32, |item| any_response(item, &mut random));
        prop_assert_eq!(replay(&instrument, &finished(&instrument, assessment, 1, 10)), Replay::Confirmed);
    }

    #[test]
    fn a_comparison_does_not_depend_on_which_is_given_first(seed in 0..1000_u64) {
        let (instrument, mut random) = (tiny(), Random(seed));
        let mut record = |id: u128, day: u8| {
            let assessment = sit(&instrument, Plan::new(Mode::Quick), 1, |item| any_response(item, &mut random));
            finished(&instrument, assessment, id, day)
        };
        let (one, two) = (record(1, 10), record(2, 11));
        for instrument in [None, Some(&instrument)] {
            let there = compare((&one).into(), (&two).into(), instrument).unwrap();
            prop_assert_eq!(&there, &compare((&two).into(), (&one).into(), instrument).unwrap());
            prop_assert_eq!(there.before, Uuid::from_u128(1));
        }
    }
}

#[test]
fn a_changed_answer_or_result_contradicts() {
    let instrument = tiny();
    let good = record(&instrument, 3, 1, 10);
    let mut better = good.clone();
    better.profile.overall.median = Thousandths(good.profile.overall.median.0 + 1);
    assert_eq!(replay(&instrument, &better), Replay::Contradicted { differences: vec!["/overall/median".to_owned()] });
    let mut other = good.clone();
    let answer = other.assessment.answers.iter_mut().find(|answer| answer.response != Response::DontKnow).unwrap();
    answer.response = Response::DontKnow;
    let Replay::Contradicted { differences } = replay(&instrument, &other) else { panic!("contradicted") };
    assert!(!differences.is_empty() && differences.len() <= 20);
}

#[test]
fn another_engine_is_named_and_whether_both_agree() {
    let instrument = tiny();
    let mut record = record(&instrument, 3, 1, 10);
    record.engine = "0.0.9".parse().unwrap();
    let Replay::OtherEngine { recorded, here, differences } = replay(&instrument, &record) else {
        panic!("other engine")
    };
    assert_eq!((recorded.to_string().as_str(), here), ("0.0.9", skills_passport::engine_version()));
    assert!(differences.is_empty());
    record.profile.answered += 1;
    let Replay::OtherEngine { differences, .. } = replay(&instrument, &record) else { panic!("other engine") };
    assert_eq!(differences, ["/answered"]);
}

#[test]
fn with_another_bank_or_framework_nothing_is_claimed() {
    let record = record(&tiny(), 3, 1, 10);
    let mut parts = Parts::tiny();
    parts.bank["version"] = "0.2.0".into();
    assert_eq!(replay(&parts.load().unwrap(), &record).code(), "other-bank");
    assert_eq!(replay(&roomy(), &record).code(), "other-framework");
}

#[test]
fn answers_that_do_not_fit_the_bank_are_not_replayed() {
    let instrument = tiny();
    let mut record = record(&instrument, 3, 1, 10);
    let first = record.assessment.answers[0].clone();
    record.assessment.answers.push(first);
    assert_eq!(replay(&instrument, &record).code(), "answered-twice");
}

#[test]
fn somebody_who_learned_a_lot_has_risen() {
    let instrument = roomy();
    let (before, after) = (record(&instrument, 1, 1, 10), record(&instrument, 8, 2, 11));
    for (instrument, basis) in [(Some(&instrument), Basis::Answers), (None, Basis::Estimates)] {
        let comparison = compare((&before).into(), (&after).into(), instrument).unwrap();
        assert_eq!((comparison.basis, comparison.same_bank), (basis, true));
        assert_eq!(comparison.overall.kind, ChangeKind::Risen, "{basis:?}");
        assert!(comparison.areas.iter().all(|area| area.change.kind == ChangeKind::Risen), "{comparison:?}");
        let (low, high) = (comparison.overall.low.unwrap(), comparison.overall.high.unwrap());
        assert!(Thousandths(0) < low && low < comparison.overall.difference.unwrap());
        assert!(comparison.overall.difference.unwrap() < high);
        let back = compare((&record_of(&after, 8)).into(), (&record_of(&before, 9)).into(), instrument).unwrap();
        assert_eq!(back.overall.kind, ChangeKind::Fallen);
        assert_eq!(back.overall.difference.unwrap().0, -comparison.overall.difference.unwrap().0);
    }
}

/// The same record at another day.
fn record_of(record: &AssessmentRecord, day: u8) -> AssessmentRecord {
    AssessmentRecord { at: format!("2026-11-{day:02}T10:00:00Z").parse().unwrap(), ..record.clone() }
}

#[test]
fn the_same_answers_again_are_within_the_uncertainty() {
    let instrument = roomy();
    let (before, after) = (record(&instrument, 4, 1, 10), record(&instrument, 4, 2, 11));
    let comparison = compare((&before).into(), (&after).into(), Some(&instrument)).unwrap();
    assert_eq!(comparison.overall.kind, ChangeKind::WithinUncertainty);
    assert_eq!(comparison.overall.difference, Some(Thousandths(0)));
    let kinds = comparison.competences.iter().map(|competence| competence.change.kind);
    assert!(kinds.into_iter().all(|kind| kind == ChangeKind::WithinUncertainty || kind == ChangeKind::NotEnough));
}

#[test]
fn nothing_is_compared_on_too_little_evidence() {
    let instrument = roomy();
    let scarce = finished(&instrument, instrument.start(Plan::new(Mode::Quick), common::setting(1)).unwrap(), 1, 10);
    assert!(scarce.profile.competences.iter().all(|result| result.estimate.evidence == Evidence::NotEnough));
    let after = record(&instrument, 8, 2, 11);
    for instrument in [Some(&instrument), None] {
        let comparison = compare((&scarce).into(), (&after).into(), instrument).unwrap();
        for change in comparison.competences.iter().map(|competence| competence.change) {
            assert_eq!((change.kind, change.difference, change.low), (ChangeKind::NotEnough, None, None));
        }
    }
}

#[test]
fn a_mean_is_compared_over_what_both_measured() {
    let instrument = roomy();
    let chosen = |competences: &[&str], level, id, day| {
        finished(&instrument, sit(&instrument, focus(competences), 1, up_to(level)), id, day)
    };
    let (before, after) = (chosen(&["X.1", "X.2"], 1, 1, 10), chosen(&["X.2", "Y.1"], 8, 2, 11));
    let joint = compare((&before).into(), (&after).into(), Some(&instrument)).unwrap();
    let kind = |id: &str| joint.competences.iter().find(|c| c.competence.as_str() == id).unwrap().change.kind;
    assert_eq!((kind("X.1"), kind("Y.1")), (ChangeKind::NotBoth, ChangeKind::NotBoth));
    let only = joint.competences.iter().find(|c| c.competence.as_str() == "X.2").unwrap().change;
    assert_eq!(joint.areas.iter().find(|area| area.area.as_str() == "X").unwrap().change, only);
    assert_eq!(joint.overall, only);
    let stored = compare((&before).into(), (&after).into(), None).unwrap();
    assert_eq!(stored.overall.kind, ChangeKind::NotBoth, "the means are over other competences");
}

#[test]
fn results_on_different_frameworks_and_a_record_with_itself_are_refused() {
    let (one, other) = (record(&tiny(), 3, 1, 10), record(&roomy(), 3, 2, 11));
    let error = compare((&one).into(), (&other).into(), None).unwrap_err();
    assert_eq!(error.code(), "other-framework");
    let error = compare((&one).into(), (&one).into(), None).unwrap_err();
    assert_eq!(error, ComparisonError::Same { id: one.id });
}

/// By the formula, with figures made up so that the answer can be worked out by hand.
#[test]
fn a_change_is_called_one_at_the_edge_of_the_90_percent_interval() {
    let instrument = tiny();
    let with = |median: i32, id: u128, day: u8| {
        let mut record = record(&instrument, 3, id, day);
        for result in &mut record.profile.competences {
            result.estimate.median = Thousandths(median);
            result.estimate.standard_error = Thousandths(600);
            result.estimate.evidence = Evidence::Measured;
            result.estimate.level = Level::new(3).unwrap();
        }
        record
    };
    // 1.6449 · √(0.6² + 0.6²) = 1.3957
    for (median, kind) in [(4395, ChangeKind::WithinUncertainty), (4397, ChangeKind::Risen), (1603, ChangeKind::Fallen)]
    {
        let (before, after) = (with(3000, 1, 10), with(median, 2, 11));
        let comparison = compare(Measured::from(&before), Measured::from(&after), None).unwrap();
        assert_eq!(comparison.competences[0].change.kind, kind, "{median}");
    }
}
