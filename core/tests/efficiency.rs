//! What thirty questions about 21 competences at once are worth, and whether the intervals hold, on simulated people.
//!
//! The bank is made by a generator (`common::simulated`), the people and their answers come from fixed seeds; what other
//! ways to ask the same people are, `simulation::Way` says. Figures in square brackets were found with 1,000 people.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use std::sync::LazyLock;

use common::simulated::simulated;
use skills_passport::assessment::{Mode, Plan};
use skills_passport::simulation::{Design, Figures, Results, Study, Truth, Way};

const PEOPLE: u64 = 400;
/// Half the standard deviation of the population, in thousandths of a level and in levels.
const HALF_AN_SD: (i32, f64) = (850, 0.85);

/// Standard mode, under this truth, on a bank that admits this doubt about its locations; compared if wished.
fn studied(doubt: i32, truth: Truth, compared: bool) -> Results {
    let instrument = simulated(doubt);
    let design = Design { plan: Plan::new(Mode::Standard), seed: 1, truth, curve: false };
    let study = Study::new(&instrument, design).unwrap();
    let study = if compared { study.compared(4).unwrap() } else { study };
    let mut results = study.no_results();
    (0..PEOPLE).for_each(|number| results.add(&study.sit(number)));
    results
}

static AS_MODELLED: LazyLock<Results> = LazyLock::new(|| studied(0, Truth::default(), true));

fn figures(results: &Results) -> Figures {
    let figures = results.competences_together().figures();
    println!("questions {:?} {figures:?}", results.lengths().mean);
    figures
}

/// Root of the mean squared error, in levels, and the mean number of questions of another way.
fn other(way: Way) -> (f64, f64) {
    let comparison = AS_MODELLED.comparisons().iter().find(|comparison| comparison.way == way).unwrap();
    let found = (comparison.competences.figures().rmse.to_f64(), comparison.questions as f64 / PEOPLE as f64);
    println!("{way:?}: {found:?}");
    found
}

#[test]
fn thirty_questions_measure_no_worse_than_eighty_four_of_a_fixed_form_scored_competence_by_competence() {
    // [.981 against 1.207 with one trait each; 1.000 with a leniency of its own for each competence, and ratings.]
    let (own, questions) = (figures(&AS_MODELLED).rmse.to_f64(), AS_MODELLED.lengths().mean.to_f64());
    assert!((29.0..=30.0).contains(&questions), "{questions}");
    for way in [Way::FixedOneTrait, Way::Fixed] {
        let (rmse, questions) = other(way);
        assert_eq!(questions, 84.0);
        assert!(own <= rmse, "{way:?}: {own} > {rmse}");
    }
}

#[test]
fn thirty_questions_measure_a_fifth_better_than_as_many_of_separate_one_trait_tests() {
    // [.981 against 1.424: 31 % below. Against separate tests that use ratings too, with a leniency of its own for each
    // competence, 1.144: 14 % below. A good rating on four answers tells so much of one competence that there is less to
    // learn from the others: 30 % of a competence's variance is its own, which no other answer tells of.]
    let own = figures(&AS_MODELLED).rmse.to_f64();
    for (way, share) in [(Way::SeparateOneTrait, 0.8), (Way::Separate, 0.88)] {
        let (rmse, questions) = other(way);
        assert!((questions - AS_MODELLED.lengths().mean.to_f64()).abs() < 1e-3, "as many questions: {questions}");
        assert!(own <= share * rmse, "{way:?}: {own} > {share} of {rmse}");
    }
}

#[test]
fn ninety_per_cent_intervals_hold_the_truth_nine_times_in_ten_under_the_model() {
    // [.905]
    let coverage = figures(&AS_MODELLED).coverage.0;
    assert!((880..=920).contains(&coverage), "{coverage}");
}

#[test]
fn intervals_widened_for_doubt_hold_where_every_item_is_half_a_standard_deviation_off() {
    // [.909]
    let (doubt, location_error) = HALF_AN_SD;
    let coverage = figures(&studied(doubt, Truth { location_error, ..Truth::default() }, false)).coverage.0;
    assert!(coverage >= 850, "{coverage}");
}

#[test]
fn intervals_hold_nearly_as_often_where_competences_go_together_much_less_than_supposed() {
    // Correlations of .50 within and .35 between areas; .70 and .55 are supposed. [.858]
    let truth = Truth { general: Some(0.35), area: Some(0.15), ..Truth::default() };
    let coverage = figures(&studied(0, truth, false)).coverage.0;
    assert!(coverage >= 820, "{coverage}");
}
