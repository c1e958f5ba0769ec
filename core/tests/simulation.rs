//! Simulation studies: the same whatever the order of the people, and right where the answer is known.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use std::sync::LazyLock;

use common::Parts;
use serde_json::{Value, json};
use skills_passport::assessment::{Instrument, Mode, Plan};
use skills_passport::bank::ItemKindName;
use skills_passport::profile::{Estimate, Ratings};
use skills_passport::simulation::{Design, Figures, Results, Study, StudyError, Tally, Truth, parse_people};
use skills_passport::units::Thousandths;
use skills_passport_frameworks::Library;

static TINY: LazyLock<Instrument> = LazyLock::new(common::tiny);
static SHIPPED: LazyLock<Instrument> =
    LazyLock::new(|| Library::shipped().instrument("digcomp@3.0", "general").unwrap());

fn design(truth: Truth) -> Design {
    Design { plan: Plan::new(Mode::Quick), seed: 1, truth, curve: false }
}

fn study<'a>(instrument: &'a Instrument, truth: Truth) -> Study<'a> {
    Study::new(instrument, design(truth)).unwrap()
}

fn results(study: &Study<'_>, people: impl Iterator<Item = u64>) -> Results {
    let mut results = study.no_results();
    people.for_each(|number| results.add(&study.sit(number)));
    results
}

fn figures(instrument: &Instrument, truth: Truth, people: u64) -> Figures {
    results(&study(instrument, truth), 0..people).competences_together().figures()
}

#[test]
fn parts_merge_to_the_whole_in_any_order() {
    let study = Study::new(&TINY, Design { curve: true, ..design(Truth::default()) }).unwrap();
    let whole = results(&study, 0..12);
    let mut merged = results(&study, (7..12).rev());
    merged.merge(&results(&study, 0..3));
    merged.merge(&study.no_results());
    merged.merge(&results(&study, 3..7));
    assert_eq!(merged, whole);
    assert_eq!(whole.people(), 12);
}

#[test]
fn a_number_is_a_person_whoever_sat_before_and_in_every_mode() {
    let quick = study(&SHIPPED, Truth::default());
    let (first, again) = (quick.sit(5), quick.sit(5));
    assert_eq!((&first.person, &first.assessment), (&again.person, &again.assessment));
    let thorough = Study::new(&SHIPPED, Design { plan: Plan::new(Mode::Standard), ..design(Truth::default()) });
    assert_eq!(first.person, thorough.unwrap().sit(5).person);
    assert_ne!(first.person, quick.sit(6).person);
    let other = Study::new(&SHIPPED, Design { seed: 2, ..design(Truth::default()) }).unwrap();
    assert_ne!(first.person, other.sit(5).person);
}

#[test]
fn a_course_ends_with_the_result() {
    let study = Study::new(&TINY, Design { curve: true, ..design(Truth::default()) }).unwrap();
    let sitting = study.sit(0);
    assert_eq!(sitting.course.len(), sitting.assessment.answers.len() + 1);
    assert_eq!(sitting.course.last(), Some(&sitting.profile));
    assert_eq!(sitting.course[0].answered, 0);
    let results = results(&study, 0..4);
    assert_eq!(results.curve()[0].people, 4);
    assert_eq!(results.curve().last().unwrap().competences, *results.competences_together());
    let asked: u64 = results.exposure().iter().map(|(_, times)| times).sum();
    assert_eq!(Thousandths::from_f64(asked as f64 / 4.0), results.lengths().mean);
}

/// Mean, variance, and correlation of two traits over many people.
fn moments(people: &[(f64, f64)]) -> (f64, f64, f64) {
    let count = people.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| people.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let (xx, yy) = (mean(&|pair| (pair.0 - x).powi(2)), mean(&|pair| (pair.1 - y).powi(2)));
    let xy = mean(&|pair| (pair.0 - x) * (pair.1 - y));
    (x, xx, xy / (xx * yy).sqrt())
}

#[test]
fn people_are_distributed_as_the_truth_says() {
    let truth = Truth { general: Some(0.35), area: Some(0.15), leniency_mean: Some(0.5), ..Truth::default() };
    // People of no sitting: those of a study of the smallest bank.
    let study = study(&TINY, truth);
    let people: Vec<_> = (0..3000).map(|number| study.person(number)).collect();
    let pair = |one: usize, two: usize| -> Vec<(f64, f64)> {
        people.iter().map(|person| (person.competences[one], person.competences[two])).collect()
    };
    let (mean, variance, within) = moments(&pair(0, 1));
    let (_, _, between) = moments(&pair(0, 2));
    assert!((mean - 3.5).abs() < 0.1 && (variance.sqrt() - 1.7).abs() < 0.07, "{mean} {variance}");
    assert!((within - 0.5).abs() < 0.05 && (between - 0.35).abs() < 0.05, "{within} {between}");
    let leniencies: Vec<_> = people.iter().map(|person| (person.leniencies[0], person.leniencies[1])).collect();
    let (mean, variance, correlation) = moments(&leniencies);
    assert!((mean - 0.5).abs() < 0.05 && (variance.sqrt() - 0.9).abs() < 0.04, "{mean} {variance}");
    assert!((correlation - 0.7).abs() < 0.04, "{correlation}");
}

#[test]
fn answers_come_from_the_curves_as_written_not_as_widened_for_scoring() {
    let study = study(&SHIPPED, Truth::default());
    let mut person = study.sit(0).person;
    for item in &SHIPPED.bank().document().items {
        let Some(location) = item.location.filter(|_| item.kind == ItemKindName::Choice) else { continue };
        let position = SHIPPED.framework().position(&item.competence).unwrap();
        // One level above its location: c + (1 − c)·σ(a), with a as written.
        person.competences[position] = location.to_f64() + 1.0;
        let guess = 1.0 / item.options.len() as f64;
        let expected = guess + (1.0 - guess) / (1.0 + (-item.slope.to_f64()).exp());
        assert!((study.true_probabilities(&person, &item.id)[1] - expected).abs() < 1e-12, "{}", item.id);
    }
}

#[test]
fn under_the_model_intervals_hold_the_truth_as_often_as_they_say() {
    // With 200 people in quick mode [coverage .908, RMSE 1.249, said 1.287, bias +.067].
    let figures = figures(&SHIPPED, Truth::default(), 200);
    println!("{figures:?}");
    assert!((870..=930).contains(&figures.coverage.0), "{figures:?}");
    assert!((figures.rmse.0 - figures.standard_error.0).abs() < 80, "{figures:?}");
    assert!(figures.bias.0.abs() < 150, "{figures:?}");
}

#[test]
fn what_is_said_of_ratings_is_true_of_nearly_everybody_it_is_said_of() {
    // Of 100 people in thorough mode, five areas each.
    let plan = Plan::new(Mode::Thorough);
    let study = Study::new(&SHIPPED, Design { plan, ..design(Truth::default()) }).unwrap();
    let (mut told, mut right) = ([0, 0], [0, 0]);
    for number in 0..100 {
        let sitting = study.sit(number);
        for (area, truth) in sitting.profile.areas.iter().zip(&sitting.person.leniencies) {
            let (kind, holds) = match area.leniency.as_ref().map(|leniency| leniency.ratings) {
                Some(Ratings::Higher) => (0, *truth > 0.0),
                Some(Ratings::Lower) => (0, *truth < 0.0),
                Some(Ratings::Similar) => (1, truth.abs() < 1.0),
                Some(Ratings::Unclear) | None => continue,
            };
            told[kind] += 1;
            right[kind] += i32::from(holds);
        }
    }
    println!("higher or lower {} of {}, similar {} of {}", right[0], told[0], right[1], told[1]);
    assert!(told[0] >= 50 && f64::from(right[0]) >= 0.95 * f64::from(told[0]), "{told:?} {right:?}");
    assert!(told[1] >= 50 && f64::from(right[1]) >= 0.78 * f64::from(told[1]), "{told:?} {right:?}");
}

#[test]
fn where_nothing_is_tested_leniency_passes_for_competence() {
    let mut parts = Parts::tiny();
    let items = parts.bank["items"].as_array_mut().unwrap();
    items.retain(|item| item["kind"] == "graded");
    let kept: Vec<Value> = items.iter().map(|item| item["id"].clone()).collect();
    let texts = parts.bank_texts[0]["items"].as_object_mut().unwrap();
    texts.retain(|id, _| kept.contains(&json!(id)));
    let instrument = parts.load().unwrap();
    let bias = |mean| figures(&instrument, Truth { leniency_mean: Some(mean), ..Truth::default() }, 300).bias.0;
    // The same people but for their leniency; nothing in the answers tells it from competence.
    let (without, with) = (bias(0.0), bias(1.0));
    println!("{without} {with}");
    assert!(with - without > 300 && with > 200, "{without} {with}");
}

#[test]
fn misplaced_items_cost_precision_and_are_misplaced_for_everybody_alike() {
    let misplaced = Truth { location_error: 2.0, ..Truth::default() };
    let study = study(&TINY, misplaced);
    let person = study.sit(0).person;
    let item = &TINY.bank().items()[0].id;
    let other = Study::new(&TINY, Design { plan: Plan::new(Mode::Standard), ..design(misplaced) }).unwrap();
    assert_eq!(study.true_probabilities(&person, item), other.true_probabilities(&person, item));
    let (as_written, misplaced) = (figures(&TINY, Truth::default(), 300), figures(&TINY, misplaced, 300));
    assert!(misplaced.rmse > as_written.rmse && misplaced.coverage < as_written.coverage);
}

fn estimate(median: i32, level: u8, low: i32, high: i32) -> Estimate {
    serde_json::from_value(json!({
        "median": median, "standardError": 1000, "low": low, "high": high, "level": level,
        "lowestLevel": 1, "highestLevel": 8, "probabilities": [], "answers": 2, "evidence": "measured",
    }))
    .unwrap()
}

#[test]
fn figures_are_those_computed_by_hand() {
    // Two people with two estimates each: errors +1, 0 and −1, +2 levels; three of four covered.
    let mut tally = Tally::default();
    let (one, two) = (estimate(4000, 4, 2400, 5600), estimate(3000, 3, 1400, 4600));
    tally.add([(3.0, &one), (3.0, &two)].into_iter());
    tally.add([(5.0, &one), (1.0, &two)].into_iter());
    let figures = tally.figures();
    assert_eq!((figures.estimates, figures.bias.0, figures.standard_error.0), (4, 500, 1000));
    assert_eq!((figures.rmse.0, figures.coverage.0, figures.exact.0, figures.near.0), (1225, 750, 250, 750));
    assert_eq!((figures.answers.0, figures.measured.0, figures.inferred.0), (2000, 1000, 0));
    // People's coverages 1 and ½: SD .354/√2 = .25. People's mean squared errors ½ and 2½: SE 1; 1/(2·1.2247) = .408.
    assert_eq!((figures.coverage_error.0, figures.rmse_error.0), (250, 408));
    assert_eq!(Tally::default().figures().rmse, Thousandths(0));
}

#[test]
fn people_of_a_file_sit_in_turn() {
    let text = r#"{"people": [
        {"competences": {"A.1": 1000, "A.2": 2000, "B.1": 3000}, "leniency": {"B": -250}},
        {"competences": {"A.1": 4000, "A.2": 5000, "B.1": 6500}}
    ]}"#;
    let truth = Truth { leniency_mean: Some(0.5), ..Truth::default() };
    let people = parse_people(text, &TINY, &truth).unwrap();
    let study = study(&TINY, truth).of(people);
    let person = |number| study.sit(number).person;
    assert_eq!((person(0).competences, person(0).leniencies), (vec![1.0, 2.0, 3.0], vec![0.5, -0.25]));
    assert_eq!((person(1).competences, person(1).leniencies), (vec![4.0, 5.0, 6.5], vec![0.5, 0.5]));
    // The same person, but not the same answers: another sitting.
    assert_eq!(person(2), person(0));
    assert_ne!(study.sit(2).assessment.setting.seed, study.sit(0).assessment.setting.seed);
}

#[test]
fn people_that_make_no_sense_are_refused_with_their_place() {
    let refused = |text: &str| parse_people(text, &TINY, &Truth::default()).unwrap_err();
    let whole = r#"{"people": [{"competences": {"A.1": 1, "A.2": 1, "B.1": 1}, "leniency": {}}]}"#;
    assert!(parse_people(whole, &TINY, &Truth::default()).is_ok());
    assert_eq!(refused(r#"{"people": []}"#), StudyError::NoPeople);
    assert!(matches!(refused("{"), StudyError::People(_)));
    assert!(matches!(refused(&whole.replace(": 1,", ": 1.5,")), StudyError::People(_)));
    assert!(matches!(refused(&whole.replace("A.2", "A.3")), StudyError::UnknownCompetence { position: 0, .. }));
    assert!(matches!(refused(&whole.replace("\"A.2\": 1, ", "")), StudyError::NoCompetence { position: 0, .. }));
    assert!(matches!(refused(&whole.replace("{}", "{\"C\": 1}")), StudyError::UnknownArea { position: 0, .. }));
    assert_eq!(refused(&whole.replace(": 1}", ": 20001}")), StudyError::PersonOutOfRange { position: 0 });
}

#[test]
fn a_truth_that_makes_no_sense_is_refused() {
    let usual = Truth::default();
    for truth in [
        Truth { general: Some(0.9), area: Some(0.2), ..usual },
        Truth { general: Some(-0.1), ..usual },
        Truth { area: Some(f64::NAN), ..usual },
        Truth { location_error: -1.0, ..usual },
        Truth { location_error: f64::INFINITY, ..usual },
        Truth { leniency_mean: Some(f64::NAN), ..usual },
    ] {
        let refused = Study::new(&TINY, design(truth)).unwrap_err();
        assert!(matches!(refused, StudyError::Truth { .. }), "{truth:?}: {refused}");
    }
    let focus = Plan::new(Mode::Focus);
    let refused = Study::new(&TINY, Design { plan: focus, ..design(usual) }).unwrap_err();
    assert!(matches!(refused, StudyError::Plan(_)));
}

#[test]
fn a_focus_is_judged_by_its_own_competences() {
    let plan = Plan { focus: vec!["A.2".parse().unwrap()], ..Plan::new(Mode::Focus) };
    let study = Study::new(&TINY, Design { plan, ..design(Truth::default()) }).unwrap();
    let results = results(&study, 0..5);
    assert_eq!(results.competences().len(), 1);
    // With one competence, its area and the whole are the same as it.
    assert_eq!(results.competences_together(), results.areas_together());
    assert_eq!(results.areas_together(), results.overall());
}
