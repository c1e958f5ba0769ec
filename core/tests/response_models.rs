//! Response models against published programs' numbers, numerical derivatives and extremes.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use common::{categories, goldens, numbers};
use proptest::prelude::*;
use serde_json::Value;
use skills_passport::measure::{Marginal, ResponseModel, grid};

/// The models of the golden files that are ours too. Not ours are the four-parameter model, which has an upper asymptote,
/// and the nominal one, whose categories have no order.
const DICHOTOMOUS: [&str; 3] = ["1PL", "2PL", "3PL"];
const ORDERED: [&str; 5] = ["GRM", "MGRM", "PCM", "GPCM", "RSM"];

/// An item [a, b, c, d].
fn three_parameters(item: &Value) -> ResponseModel {
    let [slope, location, lower, upper] = numbers(item).try_into().unwrap();
    assert_eq!(upper, 1.0);
    ResponseModel::logistic(slope, location, lower, 0.0)
}

/// An item with slope `alphaj` (one if it has none) and thresholds `betaj…` or steps `deltaj…`; or with a location and
/// what it shares with the other items: thresholds `bj` − `c…` (Muraki 1990) or steps `lambdaj` + `delta…` (Andrich 1978).
fn ordered_parameters(item: &Value) -> ResponseModel {
    let slope = item["alphaj"].as_f64().unwrap_or(1.0);
    let list =
        |name: &str| -> Vec<f64> { (1..).map_while(|number| item[format!("{name}{number}")].as_f64()).collect() };
    let around = |centre: &str, sign: f64, name: &str| -> Vec<f64> {
        list(name).into_iter().map(|off| item[centre].as_f64().unwrap() + sign * off).collect()
    };
    if item["betaj1"].is_number() {
        ResponseModel::graded(slope, &list("betaj"), 0.0)
    } else if item["bj"].is_number() {
        ResponseModel::graded(slope, &around("bj", -1.0, "c"), 0.0)
    } else if item["lambdaj"].is_number() {
        ResponseModel::partial_credit(slope, &around("lambdaj", 1.0, "delta"), 0.0)
    } else {
        ResponseModel::partial_credit(slope, &list("deltaj"), 0.0)
    }
}

/// The golden cases of these models with their items in our form.
fn cases<'a>(
    golden: &'a Value,
    models: &'a [&str],
    item: fn(&Value) -> ResponseModel,
) -> Vec<(&'a Value, Vec<ResponseModel>)> {
    let of = |name: &'a str| golden["cases"].as_array().unwrap().iter().filter(move |case| case["model"] == name);
    assert!(models.iter().all(|name| of(name).count() > 0), "every model has a case");
    let cases = models.iter().flat_map(|name| of(name));
    cases.map(|case| (case, case["items"].as_array().unwrap().iter().map(item).collect())).collect()
}

const STANDARD_NORMAL: Marginal = Marginal { mean: 0.0, variance: 1.0 };

/// Estimates on both grids of the golden values, 33 points in [-4, 4] and 641 points in [-8, 8], and the mode.
fn assert_golden(case: &Value, models: &[ResponseModel]) {
    let answers: Vec<_> = models.iter().zip(categories(&case["x"])).collect();
    assert_eq!(answers.len(), models.len());
    let expected = |name: &str| case[name].as_f64().unwrap();
    for (name, nodes, reach) in [("EAPfine", 641, 8.0), ("EAP33", 33, 4.0)] {
        let estimate = grid::eap(STANDARD_NORMAL, &answers, nodes, reach);
        let (mean, sd) = (expected(name), expected(&format!("{name}_sd")));
        assert!((estimate.mean - mean).abs() < 1e-6 && (estimate.sd() - sd).abs() < 1e-6, "{estimate:?} {case}");
    }
    // The Bayes modal estimate solves Σℓ' = θ; the program stops within a thousandth of it.
    let slope =
        |theta: f64| answers.iter().map(|(model, k)| model.log_likelihood(theta, *k).first).sum::<f64>() - theta;
    let (below, above) = (expected("BM") - 1e-3, expected("BM") + 1e-3);
    assert!(slope(below) > 0.0 && slope(above) < 0.0, "{} {} {case}", slope(below), slope(above));
}

#[test]
fn right_or_wrong_items_give_the_golden_estimates() {
    for golden in goldens("dichotomous.json") {
        cases(&golden, &DICHOTOMOUS, three_parameters).iter().for_each(|(case, models)| assert_golden(case, models));
    }
}

#[test]
fn ordered_items_give_the_golden_estimates() {
    for golden in goldens("polytomous.json") {
        cases(&golden, &ORDERED, ordered_parameters).iter().for_each(|(case, models)| assert_golden(case, models));
    }
}

#[test]
fn probabilities_and_information_of_right_or_wrong_items_are_the_golden_ones() {
    for golden in goldens("info_dich.json") {
        let mut compared = 0;
        for name in DICHOTOMOUS {
            let models: Vec<_> = golden["banks"][name].as_array().unwrap().iter().map(three_parameters).collect();
            for row in golden["grid"].as_array().unwrap().iter().filter(|row| row["model"] == name) {
                let theta = row["theta"].as_f64().unwrap();
                for ((model, p), i) in models.iter().zip(numbers(&row["P"])).zip(numbers(&row["I"])) {
                    assert!((model.probability(theta, 1) - p).abs() < 1e-12, "{name} {theta} {model:?}");
                    assert!((model.information(theta) - i).abs() < 1e-11, "{name} {theta} {model:?}");
                    compared += 1;
                }
            }
        }
        assert!(compared >= 45, "{compared}");
    }
}

#[test]
fn probabilities_and_information_of_ordered_items_are_the_golden_ones() {
    for golden in goldens("polytomous.json") {
        for (case, models) in cases(&golden, &ORDERED, ordered_parameters) {
            for (model, row) in models.iter().zip(case["P0"].as_array().unwrap()) {
                for (category, p) in numbers(row).into_iter().enumerate() {
                    assert!((model.probability(0.0, category as u8) - p).abs() < 1e-12, "{model:?}");
                }
            }
            let at = &case["info_at"];
            for (theta, row) in numbers(&at["theta"]).into_iter().zip(at["I"].as_array().unwrap()) {
                for (model, i) in models.iter().zip(numbers(row)) {
                    assert!((model.information(theta) - i).abs() < 1e-11, "{theta} {model:?}");
                }
            }
        }
    }
}

/// Every kind of model with a slope: thresholds and steps a little apart, steps also in falling order.
fn models(slope: f64, first: f64, apart: f64, lower: f64) -> [ResponseModel; 5] {
    let bounds = [first, first + apart, first + 3.0 * apart];
    let falling = [first + 2.0 * apart, first + apart, first];
    [
        ResponseModel::graded(slope, &bounds, 0.0),
        ResponseModel::logistic(slope, first, 0.0, 0.0),
        ResponseModel::logistic(slope, first, lower, 0.0),
        ResponseModel::partial_credit(slope, &bounds, 0.0),
        ResponseModel::partial_credit(slope, &falling, 0.0),
    ]
}

fn all(model: &ResponseModel) -> impl Iterator<Item = u8> {
    0..u8::try_from(model.categories()).unwrap()
}

#[test]
fn partial_credit_gives_the_values_of_another_program() {
    // catR 3.17: generalised partial credit with two crossed pairs of steps; N(0, 1), 641 points in [-8, 8].
    let items = [
        (0.926, [-0.621, -2.215, 1.125, -0.045]),
        (1.023, [-0.016, 0.944, 0.821, 0.594]),
        (0.903, [0.919, 0.782, 0.075, -1.989]),
    ];
    let models: Vec<_> = items.iter().map(|(a, steps)| ResponseModel::partial_credit(*a, steps, 0.0)).collect();
    let at_zero = [0.0376540637718, 0.0669192644066, 0.5203891431584, 0.1836123761111, 0.191425152552];
    for (category, p) in all(&models[0]).zip(at_zero) {
        assert!((models[0].probability(0.0, category) - p).abs() < 1e-12);
    }
    let information = [
        (-2.0, [0.6346480113084, 0.1308340081463, 0.08284236964628]),
        (0.0, [0.8462198483705, 1.130184610634, 2.520772869758]),
        (2.0, [0.2559676921566, 0.4908526180401, 0.05404834535571]),
    ];
    for (theta, row) in information {
        for (model, i) in models.iter().zip(row) {
            assert!((model.information(theta) - i).abs() < 1e-11, "{theta} {model:?}");
        }
    }
    let answers: Vec<_> = models.iter().zip([4, 2, 4]).collect();
    let estimate = grid::eap(STANDARD_NORMAL, &answers, 641, 8.0);
    assert!((estimate.mean - 0.8913644018703).abs() < 1e-6 && (estimate.sd() - 0.5047303843716).abs() < 1e-6);
}

#[test]
fn a_partial_credit_item_of_one_step_is_a_two_parameter_item() {
    let credit = ResponseModel::partial_credit(1.3, &[0.7], 0.4);
    let logistic = ResponseModel::logistic(1.3, 0.7, 0.0, 0.4);
    for eta in [-50.0, -3.0, 0.7, 2.0, 50.0] {
        for category in 0..2 {
            let (one, two) = (credit.probability(eta, category), logistic.probability(eta, category));
            assert!((one - two).abs() <= 1e-14 * two, "{eta} {one} {two}");
        }
        assert!((credit.information(eta) - logistic.information(eta)).abs() < 1e-14);
    }
}

#[test]
fn guessing_takes_away_information() {
    // catR 3.17: a = 0.829, b = 1.103, c = 0.187. The 2PL's a²·P·Q with that P would say 0.167 at 0.
    let model = ResponseModel::logistic(0.829, 1.103, 0.187, 0.0);
    for (theta, i) in
        [(-4.0, 0.0005699177572921), (0.0, 0.07781129541578), (1.5, 0.1198409938533), (4.0, 0.04183982297451)]
    {
        assert!((model.information(theta) - i).abs() < 1e-13, "{theta}");
    }
    // In closed form: a²·(1 − c)·σ(x)²·σ(−x)/P.
    for step in -40..=40 {
        let (theta, p) = (f64::from(step) / 4.0, model.probability(f64::from(step) / 4.0, 1));
        let curve = (p - 0.187) / 0.813;
        let exact = 0.829 * 0.829 * 0.813 * curve * curve * (1.0 - curve) / p;
        assert!((model.information(theta) - exact).abs() < 1e-12, "{theta}");
        assert!(model.information(theta) < 0.829 * 0.829 * p * (1.0 - p));
    }
}

#[test]
fn a_category_that_the_item_does_not_have_is_impossible() {
    for model in models(1.0, 2.0, 0.5, 0.25) {
        let beyond = u8::try_from(model.categories()).unwrap();
        assert_eq!(model.probability(2.0, beyond), 0.0);
        assert_eq!(model.log_likelihood(2.0, beyond).value, f64::NEG_INFINITY);
    }
}

proptest! {
    #[test]
    fn derivatives_are_those_of_the_logarithm(
        slope in 0.05..5.0_f64, first in -2.0..2.0_f64, apart in 0.1..2.0_f64, lower in 0.05..0.5_f64, eta in -4.0..4.0_f64,
    ) {
        let h = 1e-4 / slope;
        for model in models(slope, first, apart, lower) {
            for category in all(&model) {
                let at = |x| model.log_likelihood(x, category);
                let (here, before, after) = (at(eta), at(eta - h), at(eta + h));
                let probability = model.probability(eta, category);
                prop_assert!((here.value - probability.ln()).abs() < 1e-11 * (1.0 + here.value.abs()), "{model:?} {category}");
                let (one, two) = ((after.value - before.value) / (2.0 * h), (after.first - before.first) / (2.0 * h));
                prop_assert!((here.first - one).abs() < 1e-6 * slope * 4.0, "{model:?} {category}: {here:?} {one}");
                prop_assert!((here.second - two).abs() < 1e-6 * slope * slope * 16.0, "{model:?} {category}: {here:?} {two}");
            }
        }
    }

    #[test]
    fn scores_have_mean_zero_and_information_is_the_expected_curvature(
        slope in 0.05..5.0_f64, first in -2.0..2.0_f64, apart in 0.1..2.0_f64, lower in 0.05..0.5_f64, eta in -6.0..6.0_f64,
    ) {
        for model in models(slope, first, apart, lower) {
            let mean = |value: &dyn Fn(u8) -> f64| -> f64 { all(&model).map(|k| model.probability(eta, k) * value(k)).sum() };
            prop_assert!(mean(&|k| model.log_likelihood(eta, k).first).abs() < 1e-12 * slope * 4.0);
            let curvature = -mean(&|k| model.log_likelihood(eta, k).second);
            prop_assert!((model.information(eta) - curvature).abs() < 1e-11 * (1.0 + curvature), "{model:?}");
        }
    }

    #[test]
    fn everything_is_finite_at_the_extremes(
        slope in 0.05..5.0_f64, first in -5.0..12.0_f64, apart in 0.001..3.0_f64, lower in 0.0..0.5_f64, eta in -50.0..50.0_f64,
    ) {
        for model in models(slope, first, apart, lower) {
            let mut sum = 0.0;
            for category in all(&model) {
                let (p, log) = (model.probability(eta, category), model.log_likelihood(eta, category));
                prop_assert!(p.is_finite() && (0.0..=1.0).contains(&p), "{model:?} {p}");
                prop_assert!(log.value.is_finite() && log.first.is_finite() && log.second.is_finite(), "{model:?} {log:?}");
                prop_assert!(log.value <= 0.0);
                sum += p;
            }
            prop_assert!((sum - 1.0).abs() < 1e-12, "{model:?}");
            let information = model.information(eta);
            prop_assert!(information.is_finite() && information >= 0.0, "{model:?} {information}");
        }
    }
}
