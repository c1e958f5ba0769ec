//! Calibration against published estimates.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use skills_passport::measure::calibrate::{
    Alone, Answers, Calibrated, Curve, Form, Freedom, ItemStart, Settings, calibrate,
};
use skills_passport::measure::{Belief, Loading};

/// Answer patterns of five items and how many of 1,000 people gave them: sections 6 and 7 of the Law School Admission Test
/// (Bock & Lieberman 1970).
const LSAT6: &str = "00000 3 00001 6 00010 2 00011 11 00100 1 00101 1 00110 3 00111 4 01000 1 01001 8 01011 16 01101 3 01110 2 \
                     01111 15 10000 10 10001 29 10010 14 10011 81 10100 3 10101 28 10110 15 10111 80 11000 16 11001 56 \
                     11010 21 11011 173 11100 11 11101 61 11110 28 11111 298";
const LSAT7: &str = "00000 12 00001 19 00010 1 00011 7 00100 3 00101 19 00110 3 00111 17 01000 10 01001 5 01010 3 01011 7 \
                     01100 7 01101 23 01110 8 01111 28 10000 7 10001 39 10010 11 10011 34 10100 14 10101 51 10110 15 10111 90 \
                     11000 6 11001 25 11010 7 11011 35 11100 18 11101 136 11110 32 11111 308";
/// Comfort, Work, Future and Benefit of the Eurobarometer of 1992 on science and technology: four ordered answers, 392 people.
const SCIENCE: &str = "1111 2 1321 1 1423 1 1431 1 2111 1 2124 1 2211 1 2222 4 2223 2 2231 1 2232 1 2233 1 2243 1 2313 1 2322 2 \
                       2323 1 2332 3 2333 3 2334 2 2341 1 2343 2 2421 1 2443 2 2444 1 3111 1 3113 2 3122 2 3123 4 3132 5 \
                       3133 5 3134 3 3143 1 3144 1 3212 1 3214 1 3221 1 3222 10 3223 7 3231 1 3232 16 3233 22 3234 5 3241 1 \
                       3242 1 3243 3 3244 2 3313 2 3321 1 3322 13 3323 10 3324 2 3331 5 3332 23 3333 52 3334 8 3342 7 3343 13 \
                       3344 12 3413 1 3423 1 3432 2 3433 4 3434 4 3441 1 3442 1 3443 6 3444 3 4114 1 4122 1 4124 2 4134 1 \
                       4221 1 4223 3 4233 8 4234 2 4242 1 4244 1 4323 1 4332 2 4333 21 4334 3 4342 2 4343 5 4344 8 4432 1 \
                       4433 2 4434 3 4442 2 4443 6 4444 12";

const ONE: Loading = Loading { competence: 0, leniency: None };

fn start(form: Form, bounds: &[f64], freedom: Freedom) -> ItemStart {
    ItemStart { loading: ONE, curve: Curve { form, slope: 1.0, bounds: bounds.to_vec() }, location_sd: 0.5, freedom }
}

/// Maximum likelihood on a standard normal population, from slopes of one and bounds around zero.
fn estimate(patterns: &str, lowest: u8, items: &[ItemStart]) -> Calibrated {
    let mut answers = Answers::new(items);
    let words: Vec<&str> = patterns.split_whitespace().collect();
    for pair in words.chunks(2) {
        let categories: Vec<(usize, u8)> = pair[0].bytes().map(|b| b - b'0' - lowest).enumerate().collect();
        for _ in 0..pair[1].parse::<u32>().unwrap() {
            answers.push(0, &categories).unwrap();
        }
    }
    let standard = Belief::new(vec![0.0], vec![1.0]).unwrap();
    let settings = Settings { tolerance: 1e-6, ..Settings::maximum_likelihood() };
    let found = calibrate(items, &standard, 1, &answers, &settings, &Alone, &mut |_| ()).unwrap();
    assert!(found.convergence.converged, "{:?}", found.convergence);
    found
}

/// Compares ln L, slopes and intercepts −a·b (their running sums for partial credit, as mirt writes them), each to 1e-3.
#[track_caller]
fn agrees(found: &Calibrated, log_likelihood: f64, expected: &[&[f64]]) {
    assert!((found.log_likelihood - log_likelihood).abs() < 1e-3, "{}", found.log_likelihood);
    for (item, expected) in found.items.iter().zip(expected) {
        let Curve { form, slope, bounds } = &item.curve;
        let mut sum = 0.0;
        let intercepts = bounds.iter().map(|b| {
            sum = if *form == Form::PartialCredit { sum - slope * b } else { -slope * b };
            sum
        });
        let all: Vec<f64> = std::iter::once(*slope).chain(intercepts).collect();
        for (one, two) in all.iter().zip(*expected) {
            assert!((one - two).abs() < 1e-3, "{all:?} {expected:?}");
        }
    }
}

#[test]
fn the_two_parameter_model_of_lsat_6_is_the_published_one() {
    let items = vec![start(Form::Logistic { lower: 0.0 }, &[0.0], Freedom::All); 5];
    let expected: [&[f64]; 5] = [
        &[0.825_659_5, 2.773_234_4],
        &[0.722_744_2, 0.990_201_2],
        &[0.890_874_5, 0.249_147_5],
        &[0.688_368_0, 1.284_756_9],
        &[0.656_856_0, 2.053_270_4],
    ];
    agrees(&estimate(LSAT6, 0, &items), -2_466.653_378, &expected);
}

#[test]
fn the_two_parameter_model_of_lsat_7_is_the_published_one() {
    let items = vec![start(Form::Logistic { lower: 0.0 }, &[0.0], Freedom::All); 5];
    let expected: [&[f64]; 5] = [
        &[0.987_545_9, 1.855_855_6],
        &[1.080_837_1, 0.807_969_6],
        &[1.707_477_6, 1.805_206_2],
        &[0.764_989_9, 0.485_999_8],
        &[0.735_672_7, 1.854_457_6],
    ];
    agrees(&estimate(LSAT7, 0, &items), -2_658.805_114, &expected);
}

#[test]
fn rasch_models_of_both_sections_have_the_published_variances() {
    let items = vec![start(Form::Logistic { lower: 0.0 }, &[0.0], Freedom::Bounds); 5];
    for (patterns, variance, log_likelihood, expected) in [
        (
            LSAT6,
            0.570_237_3,
            -2_466.937_600,
            [[1.0, 2.730_016_6], [1.0, 0.998_607_6], [1.0, 0.239_854_4], [1.0, 1.306_453_6], [1.0, 2.099_407_2]],
        ),
        (
            LSAT7,
            1.022_647_1,
            -2_664.900_891,
            [[1.0, 1.868_260_5], [1.0, 0.791_004_3], [1.0, 1.460_976_2], [1.0, 0.521_504_7], [1.0, 1.992_970_4]],
        ),
    ] {
        let found = estimate(patterns, 0, &items);
        agrees(&found, log_likelihood, &expected.each_ref().map(|row| row.as_slice()));
        assert!((found.population.belief.entry(0, 0) - variance).abs() < 1e-3);
    }
}

#[test]
fn the_graded_model_of_the_science_survey_is_the_published_one() {
    let items = vec![start(Form::Graded, &[-1.0, 0.0, 1.0], Freedom::All); 4];
    let expected: [&[f64]; 4] = [
        &[1.040_641_6, 4.862_721_6, 2.639_164_2, -1.465_456_7],
        &[1.225_832_7, 2.924_000_4, 0.901_130_6, -2.266_429_7],
        &[2.300_594_4, 5.245_174_5, 2.218_642_5, -1.967_495_9],
        &[1.093_799_5, 3.346_884_5, 0.991_419_6, -1.687_531_0],
    ];
    agrees(&estimate(SCIENCE, 1, &items), -1_608.869_413, &expected);
}

#[test]
fn the_partial_credit_model_of_the_science_survey_is_the_published_one() {
    let items = vec![start(Form::PartialCredit, &[-1.0, 0.0, 1.0], Freedom::All); 4];
    let expected: [&[f64]; 4] = [
        &[0.861_142_8, 2.822_360_4, 5.313_185_1, 3.988_926_9],
        &[0.839_973_0, 1.709_922_3, 2.577_696_8, 0.848_252_5],
        &[2.237_351_0, 4.660_699_6, 6.841_664_9, 4.981_445_1],
        &[0.720_375_2, 2.094_820_1, 2.893_910_0, 1.718_618_6],
    ];
    agrees(&estimate(SCIENCE, 1, &items), -1_612.681_600, &expected);
}

#[test]
fn standard_errors_of_lsat_6_are_those_of_the_observed_information() {
    let items = vec![start(Form::Logistic { lower: 0.0 }, &[0.0], Freedom::All); 5];
    let found = estimate(LSAT6, 0, &items);
    // Difficulty and discrimination by the second derivatives of the likelihood (R package ltm, Rizopoulos 2006). The
    // cross-product of scores is another estimate of the same information, from no more than thirty patterns.
    let published = [(0.8669, 0.2581), (0.3073, 0.1867), (0.0997, 0.2326), (0.4341, 0.1852), (0.8700, 0.2100)];
    for (item, (location, slope)) in found.items.iter().zip(published) {
        for (is, wanted) in [(item.location_error.unwrap(), location), (item.slope_error.unwrap(), slope)] {
            assert!((is / wanted - 1.0).abs() < 0.1, "{is} {wanted}");
        }
    }
}
