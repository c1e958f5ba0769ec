//! The two forms of a bank's population model.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use common::Parts;
use serde_json::{Value, json};
use skills_passport::assessment::{Instrument, Mode, Plan};
use skills_passport::measure::population;
use skills_passport::simulation::{Design, Study, Truth};

/// The tiny bank with means and covariances of A.1, A.2, B.1 and the leniencies of A and B.
fn explicit() -> Parts {
    let mut parts = Parts::tiny();
    let model = parts.bank["model"].as_object_mut().unwrap();
    model.insert("competences".into(), json!(["A.1", "A.2", "B.1"]));
    model.insert("means".into(), json!([3000, 3500, 4000, 250, -100]));
    model.insert("covariance".into(), json!([2890, 2000, 2500, 1500, 1200, 2250, 100, 0, 0, 810, 0, 0, -50, 500, 640]));
    parts
}

fn prior(instrument: &Instrument) -> (Vec<f64>, Vec<f64>) {
    let belief = population(&instrument.bank().document().model, &[0, 0, 1]).unwrap();
    (belief.means().to_vec(), belief.covariance().to_vec())
}

#[test]
fn any_covariance_reaches_the_measurement_as_it_is_given() {
    let (means, covariance) = prior(&explicit().load().unwrap());
    assert_eq!(means, [3.0, 3.5, 4.0, 0.25, -0.1]);
    assert_eq!(covariance[..5], [2.89, 2.0, 1.5, 0.1, 0.0]);
    assert_eq!(covariance[20..], [0.0, 0.0, -0.05, 0.5, 0.64]);
}

#[test]
fn a_model_of_shares_is_written_as_it_always_was() {
    let instrument = Parts::tiny().load().unwrap();
    assert_eq!(serde_json::to_value(&instrument.bank().document().model).unwrap(), common::model());
}

#[test]
fn the_order_of_competences_is_the_authors_choice() {
    let mut parts = explicit();
    parts.bank["model"]["competences"] = json!(["B.1", "A.1", "A.2"]);
    parts.bank["model"]["means"] = json!([4000, 3000, 3500, 250, -100]);
    parts.bank["model"]["covariance"] =
        json!([2250, 1500, 2890, 1200, 2000, 2500, 0, 100, 0, 810, -50, 0, 0, 500, 640]);
    assert_eq!(prior(&parts.load().unwrap()), prior(&explicit().load().unwrap()));
}

#[test]
fn a_crosswalk_takes_means_and_covariances_along() {
    let mut parts = explicit();
    parts.outcomes = json!({ "outcomes": {} });
    let older = json!({ "id": "tiny", "version": "0.9.0" });
    parts.bank["framework"] = older.clone();
    let pair = |from: &str, to: &str| json!({ "from": from, "to": to });
    parts.crosswalk = Some(json!({
        "from": older, "to": { "id": "tiny", "version": "1.0.0" }, "provenance": "ours", "note": "",
        "mappings": [pair("A.1", "A.2"), pair("A.2", "A.1"), pair("B.1", "B.1")],
    }));
    let (means, covariance) = prior(&parts.load().unwrap());
    assert_eq!(means, [3.5, 3.0, 4.0, 0.25, -0.1]);
    assert_eq!((covariance[0], covariance[6], covariance[8]), (2.5, 2.89, 0.1));
}

#[test]
fn what_is_no_distribution_over_the_traits_is_refused_by_name() {
    let refusal = |member: &str, value: Value| {
        let mut parts = explicit();
        parts.bank["model"][member] = value;
        parts.load().unwrap_err()
    };
    let spoilt = |at: usize, value: i32| {
        let mut covariance = explicit().bank["model"]["covariance"].clone();
        covariance[at] = value.into();
        refusal("covariance", covariance)
    };
    insta::assert_snapshot!(
        [
            spoilt(1, 2700),
            spoilt(13, 720),
            spoilt(5, 0),
            spoilt(14, -640),
            refusal("means", json!([3000, 3500, 30_000, 250, -100])),
            refusal("means", json!([3000, 3500, 4000, 250])),
            refusal("covariance", json!([2890])),
            refusal("covariance", json!([])),
            refusal("competences", json!([])),
            refusal("competences", json!(["A.1", "A.2", "A.2"])),
        ]
        .join("\n")
    );
}

#[test]
fn simulated_people_come_from_the_given_population() {
    let instrument = explicit().load().unwrap();
    let design = |truth| Design { plan: Plan::new(Mode::Quick), seed: 3, truth, curve: false };
    let study = Study::new(&instrument, design(Truth::default())).unwrap();
    let people: Vec<Vec<f64>> = (0..20_000)
        .map(|number| study.person(number))
        .map(|person| [person.competences, person.leniencies].concat())
        .collect();
    let mean = |trait_: usize| people.iter().map(|person| person[trait_]).sum::<f64>() / 20_000.0;
    let (means, covariance) = prior(&instrument);
    for i in 0..5 {
        assert!((mean(i) - means[i]).abs() < 0.05, "{i}: {}", mean(i));
        for j in 0..5 {
            let moment = people.iter().map(|p| (p[i] - means[i]) * (p[j] - means[j])).sum::<f64>() / 20_000.0;
            assert!((moment - covariance[5 * i + j]).abs() < 0.1, "{i} {j}: {moment}");
        }
    }
    let shares = Truth { general: Some(0.4), ..Truth::default() };
    let message = Study::new(&instrument, design(shares)).unwrap_err().to_string();
    assert_eq!(message, "`general + area` is out of range: use the bank's own, which are given trait by trait");
}
