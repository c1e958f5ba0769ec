//! A bank, the answers of simulated people to it, and the bank that comes of them.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use common::Parts;
use serde_json::json;
use skills_passport::assessment::{Instrument, Mode, Plan};
use skills_passport::bank::Calibration;
use skills_passport::calibration::{Recalibrated, RecalibrationError, Taken, items, prior, recalibrated};
use skills_passport::measure::calibrate::{Alone, Answers, Calibrated, Form, Settings, calibrate};
use skills_passport::profile::Profile;
use skills_passport::simulation::{Design, Study, Truth};
use skills_passport::units::Thousandths;

/// Sittings of people who are one level more lenient than the bank supposes, scored.
fn answers(instrument: &Instrument, people: u64) -> Answers {
    let truth = Truth { leniency_mean: Some(1.0), ..Truth::default() };
    let design = Design { plan: Plan::new(Mode::Standard), seed: 5, truth, curve: false };
    let study = Study::new(instrument, design).unwrap();
    let mut all = Answers::new(&items(instrument));
    for person in 0..people {
        let given: Vec<(usize, u8)> = study
            .sit(person)
            .assessment
            .answers
            .iter()
            .map(|answer| {
                let (position, item) = instrument.bank().item(&answer.item).unwrap();
                (position, item.score(&answer.response).unwrap().unwrap().category)
            })
            .collect();
        all.push(0, &given).unwrap();
    }
    all
}

fn estimates(instrument: &Instrument, answers: &Answers) -> Calibrated {
    let (population, competences) = prior(instrument);
    let settings = Settings { least_answers: 150, ..Settings::default() };
    calibrate(&items(instrument), &population, competences, answers, &settings, &Alone, &mut |_| ()).unwrap()
}

fn calibrated(instrument: &Instrument, found: &Calibrated) -> Recalibrated {
    recalibrated(instrument.bank().document(), instrument, found, "0.2.0".parse().unwrap()).unwrap()
}

/// The same parts with another bank.
fn with(parts: &Parts, bank: &Recalibrated) -> Parts {
    Parts { bank: serde_json::to_value(&bank.document).unwrap(), ..parts.clone() }
}

#[test]
fn items_start_from_the_authors_own_values() {
    let instrument = Parts::tiny().load().unwrap();
    let all = items(&instrument);
    assert_eq!((all[0].curve.form, all[0].curve.slope, all[0].location_sd), (Form::Graded, 1.2, 0.5));
    assert_eq!((all[0].loading.competence, all[0].loading.leniency), (0, Some(3)));
    assert_eq!((all[1].curve.form, all[1].loading.leniency), (Form::Logistic { lower: 1.0 / 3.0 }, None));
    assert_eq!(prior(&instrument).1, 3);
}

#[test]
fn a_calibrated_bank_is_a_bank_that_knows_its_people() {
    let parts = Parts::roomy();
    let instrument = parts.load().unwrap();
    let found = estimates(&instrument, &answers(&instrument, 400));
    let made = calibrated(&instrument, &found);
    assert_eq!(
        (made.document.calibration, made.document.version.to_string()),
        (Calibration::Calibrated, "0.2.0".into())
    );
    let again = with(&parts, &made).load().unwrap();
    assert_ne!(again.bank().reference().sha256, instrument.bank().reference().sha256);
    // What is estimated says from how much; what is not stays as it was.
    let taken = made.items.iter().filter(|(_, taken)| *taken == Taken::Estimated).count();
    assert!((20..made.items.len()).contains(&taken), "{taken} of {}", made.items.len());
    for (((item, before), (id, taken)), estimate) in
        made.document.items.iter().zip(&instrument.bank().document().items).zip(&made.items).zip(&found.items)
    {
        assert_eq!(&item.id, id);
        let answered: u64 = estimate.counts.iter().sum();
        if *taken == Taken::Estimated {
            assert_eq!(u64::from(item.calibrated_from.unwrap()), answered);
            assert!(
                item.location_sd < before.location_sd && item.location_sd.0 > 20 && item.slope_sd.is_some(),
                "{item:?}"
            );
            assert!((item.mean_location().to_f64() - estimate.curve.location()).abs() < 0.002);
        } else {
            assert_eq!((*taken, item), (Taken::TooFewAnswers, before));
            assert!(answered < 150);
        }
    }
    // One more level of leniency than supposed was found, and reaches the measurement.
    let (belief, competences) = prior(&again);
    let leniency = belief.means()[competences..].iter().sum::<f64>() / 3.0;
    assert!((leniency - 1.0).abs() < 0.35, "{leniency}");
    assert_eq!(made.document.model.means.len(), 12);
    assert!((made.document.model.leniency_mean.to_f64() - leniency).abs() < 0.002);
}

#[test]
fn results_are_provisional_until_all_items_behind_them_are_estimated() {
    let mut parts = Parts::roomy();
    let sitting = |instrument: &Instrument| {
        let design = Design { plan: Plan::new(Mode::Quick), seed: 1, truth: Truth::default(), curve: false };
        let assessment = Study::new(instrument, design).unwrap().sit(0).assessment;
        (Profile::of(instrument, &assessment).provisional, assessment.answers[0].item.to_string())
    };
    parts.bank["calibration"] = "calibrated".into();
    for item in parts.bank["items"].as_array_mut().unwrap() {
        item["calibratedFrom"] = 500.into();
    }
    let (provisional, asked) = sitting(&parts.load().unwrap());
    assert!(!provisional && !parts.load().unwrap().bank().is_provisional());
    for item in parts.bank["items"].as_array_mut().unwrap() {
        if item["id"] == asked.as_str() {
            item.as_object_mut().unwrap().remove("calibratedFrom");
        }
    }
    let spoilt = parts.load().unwrap();
    assert!(sitting(&spoilt).0 && spoilt.bank().is_provisional());
    // Whatever single items say, a provisional bank is one.
    parts.bank["calibration"] = "provisional".into();
    assert!(sitting(&parts.load().unwrap()).0);
}

#[test]
fn estimates_that_make_no_bank_are_refused() {
    let instrument = Parts::tiny().load().unwrap();
    let found = estimates(&instrument, &answers(&instrument, 60));
    let make = |document: &skills_passport::bank::BankDocument, found: &Calibrated| {
        recalibrated(document, &instrument, found, "0.2.0".parse().unwrap()).unwrap_err()
    };
    let document = instrument.bank().document();
    assert_eq!(make(document, &found), RecalibrationError::Nothing);
    let mut fewer = found.clone();
    fewer.items.pop();
    assert_eq!(make(document, &fewer), RecalibrationError::OtherItems { wanted: 8, found: 7 });
    let mut foreign = document.clone();
    foreign.framework.version = "0.9.0".parse().unwrap();
    assert!(matches!(make(&foreign, &found), RecalibrationError::OtherFramework { .. }));
}

#[test]
fn what_a_bank_cannot_hold_stays_out_of_it() {
    let instrument = Parts::tiny().load().unwrap();
    let mut found = estimates(&instrument, &answers(&instrument, 160));
    found.items[1].curve.bounds[0] = 14.5;
    let made = calibrated(&instrument, &found);
    assert_eq!(made.items[1].1, Taken::OutOfRange);
    assert_eq!(made.document.items[1], instrument.bank().document().items[1]);
    assert_eq!(made.document.items[1].location, Some(Thousandths(2700)));
    assert_eq!(json!(made.document.items[1]).get("calibratedFrom"), None);
}
