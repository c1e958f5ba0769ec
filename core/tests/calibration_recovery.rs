//! Whether calibration finds what is true of simulated people, and says how sure it is. The example `calibration` does the same
//! at full size.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;
#[path = "common/sample.rs"]
mod sample;

use common::Random;
use proptest::prelude::*;
use sample::{Asked, MEAN, Recovery, SD, Threads, collect, ignorant, judged, mixed, recovery};
use skills_passport::measure::calibrate::{
    Alone, AnswerFault, Answers, Basis, Calibrated, CalibrationError, Curve, Form, Freedom, ItemStart, ItemState,
    Settings, calibrate,
};
use skills_passport::measure::{Belief, Loading};

const ALONE: Loading = Loading { competence: 0, leniency: None };

fn one_trait() -> Belief {
    Belief::new(vec![MEAN], vec![SD * SD]).unwrap()
}

fn likeliest(items: &[ItemStart], population: &Belief, competences: usize, answers: &Answers) -> Calibrated {
    let settings = Settings::maximum_likelihood();
    let found =
        calibrate(&ignorant(items), population, competences, answers, &settings, &Threads(2), &mut |_| ()).unwrap();
    assert!(found.convergence.converged && found.convergence.unsettled == 0, "{:?}", found.convergence);
    found
}

/// Unbiased, close to the truth, and as close as the standard errors say.
#[track_caller]
fn honest(recovery: Recovery, correlation: f64, bias: f64) {
    assert!(recovery.correlation > correlation, "{recovery:?}");
    assert!(recovery.bias.abs() < bias, "{recovery:?}");
    let together = recovery.rmse / recovery.said;
    assert!((0.75..1.3).contains(&recovery.ratio) && (0.75..1.3).contains(&together), "{recovery:?}");
}

/// Slopes and locations of several samples together: all items of a sample share the error of its mean.
fn several(seeds: std::ops::RangeInclusive<u64>, count: usize, people: usize, asked: Asked) -> [Recovery; 2] {
    let (mut slopes, mut locations) = (Vec::new(), Vec::new());
    for seed in seeds {
        let random = &mut Random(seed);
        let items = mixed(random, ALONE, count);
        let answers = collect(random, &items, &one_trait(), people, asked);
        let found = likeliest(&items, &one_trait(), 1, &answers);
        assert_eq!(found.basis, Basis::Everything);
        assert!(found.items.iter().all(|item| item.state == ItemState::Estimated && !item.fit.misfits));
        let (of_slopes, of_locations) = sample::pairs(&items, &one_trait(), &found);
        slopes.extend(of_slopes);
        locations.extend(of_locations);
    }
    [&slopes, &locations].map(|all| Recovery::of(all))
}

#[test]
fn mixed_items_are_recovered_as_closely_as_the_standard_errors_say() {
    let [slopes, locations] = several(1..=5, 16, 1200, Asked::All);
    honest(slopes, 0.92, 0.02);
    honest(locations, 0.995, 0.05);
}

#[test]
fn answers_chosen_adaptively_bring_no_bias() {
    let [slopes, locations] = several(6..=8, 20, 2000, Asked::Adaptively(10));
    honest(slopes, 0.8, 0.03);
    honest(locations, 0.995, 0.05);
}

/// Two competences of one area with their leniency, and one of another area without self-reports.
fn three_traits() -> (Belief, Vec<ItemStart>) {
    let covariance = [2.89, 1.6, 0.9, 0.0, 1.6, 2.89, 1.2, 0.0, 0.9, 1.2, 2.89, 0.0, 0.0, 0.0, 0.0, 0.81];
    let population = Belief::new(vec![MEAN, MEAN, MEAN, 0.0], covariance.to_vec()).unwrap();
    let random = &mut Random(3);
    let mut items = Vec::new();
    for competence in 0..3 {
        for number in 0..8 {
            let leniency = (number % 2 == 0 && competence < 2).then_some(3);
            let form = if leniency.is_some() { Form::Graded } else { Form::Logistic { lower: 0.25 } };
            items.push(sample::item(random, form, Loading { competence, leniency }));
        }
    }
    (population, items)
}

#[test]
fn correlations_of_traits_and_the_spread_of_leniency_are_recovered() {
    let (truth, items) = three_traits();
    let answers = collect(&mut Random(4), &items, &truth, 2500, Asked::ByLot(16));
    // Estimation starts from traits that go together less, and from half the leniency.
    let covariance = [2.89, 0.5, 0.5, 0.0, 0.5, 2.89, 0.5, 0.0, 0.5, 0.5, 2.89, 0.0, 0.0, 0.0, 0.0, 0.2];
    let start = Belief::new(truth.means().to_vec(), covariance.to_vec()).unwrap();
    let found = likeliest(&items, &start, 3, &answers);
    let (belief, errors) = (&found.population.belief, found.populations[0].errors.as_ref().unwrap());
    let correlation =
        |belief: &Belief, i: usize, j: usize| belief.entry(i, j) / (belief.entry(i, i) * belief.entry(j, j)).sqrt();
    for (i, j) in [(0, 1), (0, 2), (1, 2)] {
        let (wanted, is, error) =
            (correlation(&truth, i, j), correlation(belief, i, j), errors.correlations[4 * i + j]);
        assert!((0.01..0.05).contains(&error), "{i} {j}: {error}");
        assert!((is - wanted).abs() < 3.0 * error, "{i} {j}: {is} {wanted} {error}");
    }
    let (sd, error) = (belief.marginal(3).sd(), errors.sds[3]);
    assert!((sd - 0.9).abs() < 3.0 * error && error < 0.15, "{sd} {error}");
    assert_eq!((belief.entry(0, 3), errors.correlations[3]), (0.0, 0.0), "leniency stays independent");
    let (slopes, locations) = recovery(&items, &truth, &found);
    honest(slopes, 0.7, 0.06);
    honest(locations, 0.98, 0.1);
}

#[test]
fn whoever_shares_the_work_the_bytes_are_the_same() {
    let (truth, items) = three_traits();
    let answers = collect(&mut Random(5), &items, &truth, 400, Asked::ByLot(10));
    let run = |threads: usize| {
        let settings = Settings { most_readings: 6, ..Settings::default() };
        calibrate(&items, &truth, 3, &answers, &settings, &Threads(threads), &mut |_| ()).unwrap()
    };
    let alone = {
        let settings = Settings { most_readings: 6, ..Settings::default() };
        calibrate(&items, &truth, 3, &answers, &settings, &Alone, &mut |_| ()).unwrap()
    };
    assert_eq!(run(2), alone);
    assert_eq!(run(5), alone);
}

#[test]
fn the_order_of_a_persons_answers_does_not_matter() {
    let (truth, items) = three_traits();
    let random = &mut Random(6);
    let (mut forward, mut backward) = (Answers::new(&items), Answers::new(&items));
    for _ in 0..100 {
        let traits = sample::traits(random, &truth);
        let mut given = sample::answers(random, &items, &traits, Asked::ByLot(9));
        forward.push(0, &given).unwrap();
        given.reverse();
        backward.push(0, &given).unwrap();
    }
    let run = |answers: &Answers| {
        let settings = Settings { most_readings: 3, ..Settings::default() };
        calibrate(&items, &truth, 3, answers, &settings, &Alone, &mut |_| ()).unwrap()
    };
    assert_eq!(run(&forward), run(&backward));
}

#[test]
fn priors_hold_what_the_answers_leave_open() {
    let random = &mut Random(7);
    let items = mixed(random, ALONE, 13);
    let experts = judged(random, &items);
    let mut answers = Answers::new(&items);
    for person in 0..600 {
        let traits = sample::traits(random, &one_trait());
        let mut given = sample::answers(random, &items, &traits, Asked::All);
        // Nobody answers item 12, and only forty people item 11.
        given.truncate(if person < 40 { 12 } else { 11 });
        answers.push(0, &given).unwrap();
    }
    let found = calibrate(&experts, &one_trait(), 1, &answers, &Settings::default(), &Alone, &mut |_| ()).unwrap();
    let (few, none) = (&found.items[11], &found.items[12]);
    assert_eq!((few.state, few.counts.iter().sum::<u64>()), (ItemState::TooFewAnswers, 40));
    assert_eq!((none.state, none.counts.iter().sum::<u64>()), (ItemState::TooFewAnswers, 0));
    // Where an expert has the last word, the error is the expert's doubt.
    assert!((none.curve.location() - experts[12].curve.location()).abs() < 0.15);
    assert!((none.location_error.unwrap() - 0.6).abs() < 0.01, "{none:?}");
    assert!(few.location_error.unwrap() < 0.4 && found.items[0].location_error.unwrap() < 0.2);
}

#[test]
fn items_that_the_answers_say_nothing_of_leave_the_others_their_errors() {
    let random = &mut Random(17);
    let items = mixed(random, ALONE, 12);
    let mut answers = Answers::new(&items);
    for _ in 0..500 {
        let traits = sample::traits(random, &one_trait());
        let mut given = sample::answers(random, &items, &traits, Asked::All);
        // Nobody answers item 11, and everybody gets item 9 right.
        given.truncate(11);
        given[9].1 = 1;
        answers.push(0, &given).unwrap();
    }
    let settings = Settings::maximum_likelihood();
    let found = calibrate(&ignorant(&items), &one_trait(), 1, &answers, &settings, &Alone, &mut |_| ()).unwrap();
    assert_eq!(found.items[11].state, ItemState::TooFewAnswers);
    assert_eq!(found.items[9].state, ItemState::Undetermined, "{:?}", found.items[9]);
    for item in found.items.iter().take(9) {
        assert!(item.state == ItemState::Estimated && item.location_error.unwrap() < 0.5, "{item:?}");
    }
}

#[test]
fn the_scale_is_where_the_experts_items_are() {
    let random = &mut Random(8);
    let items = mixed(random, ALONE, 20);
    // People are better and more alike than the model supposes; the experts place every item right.
    let truth = Belief::new(vec![4.4], vec![1.1 * 1.1]).unwrap();
    let answers = collect(random, &items, &truth, 1500, Asked::All);
    let found = calibrate(&items, &one_trait(), 1, &answers, &Settings::default(), &Threads(2), &mut |_| ()).unwrap();
    let marginal = found.population.belief.marginal(0);
    assert!((marginal.mean - 4.4).abs() < 0.1 && (marginal.sd() - 1.1).abs() < 0.08, "{marginal:?}");
    let anchor = found.population.anchor_errors.unwrap()[0];
    assert!((anchor - 0.6 / 20_f64.sqrt()).abs() < 1e-6, "{anchor}");
}

#[test]
fn traits_that_no_answer_tells_of_stay_as_they_were() {
    let (truth, items) = three_traits();
    let mut answers = Answers::new(&items);
    let random = &mut Random(18);
    let lower = Belief::new(vec![2.5, 2.5, 2.5, 0.5], truth.covariance().to_vec()).unwrap();
    for _ in 0..300 {
        let traits = sample::traits(random, &lower);
        // Only the questions with a right answer on the first competence.
        let given = sample::answers(random, &items, &traits, Asked::All);
        answers
            .push(0, &given.into_iter().filter(|(item, _)| [1, 3, 5, 7].contains(item)).collect::<Vec<_>>())
            .unwrap();
    }
    for settings in [Settings::default(), Settings::maximum_likelihood()] {
        let found = calibrate(&items, &truth, 3, &answers, &settings, &Alone, &mut |_| ()).unwrap();
        let (belief, asked) = (&found.population.belief, found.population.belief.marginal(0));
        for untold in 1..4 {
            let (now, before) = (belief.marginal(untold), truth.marginal(untold));
            assert!(
                (now.mean - before.mean).abs() < 1e-9 && (now.sd() - before.sd()).abs() < 1e-9,
                "{untold}: {now:?}"
            );
        }
        assert_eq!(found.items[8].curve, items[8].curve);
        if settings.priors {
            assert!((asked.mean - 2.5).abs() < 0.3, "{asked:?}");
            let anchors = found.population.anchor_errors.unwrap();
            assert!((anchors[0] - 0.3).abs() < 1e-6 && anchors[1..] == [0.0; 3], "{anchors:?}");
        }
    }
}

#[test]
fn items_that_do_not_move_give_new_ones_their_scale() {
    let random = &mut Random(9);
    let items = mixed(random, ALONE, 20);
    let truth = Belief::new(vec![4.2], vec![1.2 * 1.2]).unwrap();
    let answers = collect(random, &items, &truth, 1500, Asked::All);
    let mut starts = ignorant(&items);
    for (start, item) in starts.iter_mut().zip(&items).take(8) {
        *start = ItemStart { freedom: Freedom::Nothing, ..item.clone() };
    }
    let settings = Settings::maximum_likelihood();
    let found = calibrate(&starts, &one_trait(), 1, &answers, &settings, &Threads(2), &mut |_| ()).unwrap();
    let marginal = found.population.belief.marginal(0);
    assert!((marginal.mean - 4.2).abs() < 0.12 && (marginal.sd() - 1.2).abs() < 0.1, "{marginal:?}");
    for (number, (item, truth)) in found.items.iter().zip(&items).enumerate() {
        if number < 8 {
            assert_eq!((item.state, &item.curve), (ItemState::Given, &truth.curve));
        } else {
            let away = (item.curve.location() - truth.curve.location()).abs();
            assert!(away < 4.0 * item.location_error.unwrap(), "{number}: {away}");
        }
    }
}

/// Two groups apart in mean and spread; item 0 lies by `shift` levels higher for the second.
fn two_groups(seed: u64, shift: f64) -> Calibrated {
    let random = &mut Random(seed);
    let items = mixed(random, ALONE, 16);
    let other = Belief::new(vec![MEAN - 0.6], vec![1.3 * 1.3]).unwrap();
    let mut moved = items.clone();
    moved[0].curve.bounds.iter_mut().for_each(|b| *b += shift);
    let mut answers = Answers::new(&items);
    for person in 0..1600 {
        let (population, items) = if person % 2 == 0 { (&one_trait(), &items) } else { (&other, &moved) };
        let traits = sample::traits(random, population);
        answers.push(person % 2, &sample::answers(random, items, &traits, Asked::All)).unwrap();
    }
    likeliest(&items, &one_trait(), 1, &answers)
}

#[test]
fn an_item_that_is_harder_for_one_group_is_found_and_sound_ones_are_not() {
    let (mut tested, mut below) = (0, 0);
    for seed in [10, 11, 12] {
        let found = two_groups(seed, 0.7);
        let flagged: Vec<usize> = found.differences.iter().filter(|test| test.differs).map(|test| test.item).collect();
        assert_eq!(flagged, [0], "{seed}: {:?}", found.differences);
        let planted = &found.differences[0];
        assert!((planted.shifts[0] - 0.7).abs() < 3.0 * planted.shift_errors[0], "{planted:?}");
        tested += found.differences.len() - 1;
        below += found.differences.iter().skip(1).filter(|test| test.p < 0.05).count();
        let means: Vec<f64> = found.populations.iter().map(|group| group.belief.means()[0]).collect();
        assert!((means[0] - means[1] - 0.6).abs() < 0.25, "{means:?}");
    }
    // 45 tests at 5 %: seven or more would be one case in a hundred.
    assert!(tested == 45 && below < 7, "{below} of {tested}");
}

#[test]
fn a_pair_that_shares_more_than_its_trait_is_found() {
    let random = &mut Random(13);
    let mut items = mixed(random, ALONE, 16);
    items[1] = items[5].clone();
    let mut answers = Answers::new(&items);
    for _ in 0..1000 {
        let traits = sample::traits(random, &one_trait());
        let mut given = sample::answers(random, &items, &traits, Asked::All);
        if random.unit() < 0.4 {
            given[1].1 = given[5].1;
        }
        answers.push(0, &given).unwrap();
    }
    let pairs = likeliest(&items, &one_trait(), 1, &answers).dependences.unwrap();
    let dependent: Vec<(usize, usize)> =
        pairs.iter().filter(|pair| pair.dependent).map(|pair| (pair.one, pair.two)).collect();
    assert_eq!(dependent, [(1, 5)], "{pairs:?}");
    assert_eq!(pairs[0].people, 1000);
}

#[test]
fn an_item_that_is_understood_the_wrong_way_round_misfits() {
    let random = &mut Random(14);
    let items = mixed(random, ALONE, 16);
    let mut answers = Answers::new(&items);
    for _ in 0..1000 {
        let traits = sample::traits(random, &one_trait());
        let mut given = sample::answers(random, &items, &traits, Asked::All);
        given[0].1 = 3 - given[0].1;
        answers.push(0, &given).unwrap();
    }
    // The item is taken as its authors see it: with free parameters, its slope would simply be none.
    let starts: Vec<ItemStart> =
        items.iter().map(|item| ItemStart { freedom: Freedom::Nothing, ..item.clone() }).collect();
    let settings = Settings::maximum_likelihood();
    let found = calibrate(&starts, &one_trait(), 1, &answers, &settings, &Alone, &mut |_| ()).unwrap();
    let misfits: Vec<usize> = (0..16).filter(|item| found.items[*item].fit.misfits).collect();
    assert_eq!(misfits, [0], "{:?}", found.items[0].fit);
    assert!(found.items[0].fit.outfit > 1.3);
    let sound = found.items.iter().skip(1).map(|item| item.fit);
    for fit in sound {
        assert!((fit.infit - 1.0).abs() < 5.0 * fit.infit_error && (fit.outfit - 1.0).abs() < 0.25, "{fit:?}");
    }
}

#[test]
fn what_cannot_be_calibrated_is_said_with_its_place() {
    let items = mixed(&mut Random(15), ALONE, 4);
    let run = |items: &[ItemStart], answers: &Answers, settings: &Settings| {
        calibrate(items, &one_trait(), 1, answers, settings, &Alone, &mut |_| ()).unwrap_err()
    };
    let (none, settings) = (Answers::new(&items), Settings::default());
    assert_eq!(run(&items, &none, &settings), CalibrationError::NoAnswers);
    assert_eq!(run(&[], &none, &settings), CalibrationError::Items(0));
    assert_eq!(run(&items[..2], &none, &settings), CalibrationError::OtherItems { wanted: 2, found: 4 });
    let spoilt = |spoil: fn(&mut ItemStart)| {
        let mut items = items.clone();
        spoil(&mut items[2]);
        run(&items, &none, &settings)
    };
    let start = CalibrationError::Start { item: 2 };
    assert_eq!(spoilt(|item| item.curve.slope = 0.0), start);
    assert_eq!(spoilt(|item| item.curve.bounds.clear()), start);
    assert_eq!(spoilt(|item| item.curve = Curve { form: Form::Graded, slope: 1.0, bounds: vec![1.0, 0.0] }), start);
    assert_eq!(spoilt(|item| item.location_sd = f64::NAN), start);
    assert_eq!(spoilt(|item| item.loading.competence = 1), CalibrationError::Loading { item: 2 });
    assert_eq!(spoilt(|item| item.loading.leniency = Some(0)), CalibrationError::Loading { item: 2 });
    let setting = run(&items, &none, &Settings { tolerance: 0.0, ..settings.clone() });
    assert_eq!(setting.to_string(), "`tolerance` is out of range: use 1e-9 to 0.1");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Few people, answers at random, every setting: numbers or a typed refusal, never a panic.
    #[test]
    fn whatever_the_answers_are_the_estimates_are_numbers(
        seed in any::<u64>(), people in 1..12_usize, priors in any::<bool>(), groups in 1..4_usize, extreme in any::<bool>(),
    ) {
        let (truth, items) = three_traits();
        let random = &mut Random(seed);
        let mut answers = Answers::new(&items);
        for person in 0..people {
            let mut given = Vec::new();
            for (number, item) in items.iter().enumerate() {
                let last = item.curve.categories() - 1;
                let category = if extreme { last } else { random.below(last + 1) } as u8;
                if random.unit() < 0.4 {
                    given.push((number, category));
                }
            }
            if !given.is_empty() {
                answers.push(person % groups, &given).unwrap();
            }
        }
        let settings = Settings { priors, most_readings: 12, ..Settings::default() };
        match calibrate(&items, &truth, 3, &answers, &settings, &Alone, &mut |_| ()) {
            Err(error) => {
                let expected = matches!(error, CalibrationError::NoAnswers | CalibrationError::Population { .. });
                prop_assert!(expected, "{error}");
            }
            Ok(found) => {
                prop_assert!(found.log_likelihood.is_finite());
                for item in &found.items {
                    let numbers = item.curve.bounds.iter().chain([&item.curve.slope, &item.fit.infit, &item.fit.outfit]);
                    prop_assert!(numbers.into_iter().all(|number| number.is_finite()), "{item:?}");
                    prop_assert!(item.location_error.is_none_or(|error| error >= 0.0));
                }
                prop_assert!(found.population.belief.covariance().iter().all(|entry| entry.is_finite()));
            }
        }
    }
}

#[test]
fn answers_that_cannot_be_are_refused_whole() {
    let items = mixed(&mut Random(16), ALONE, 4);
    let mut answers = Answers::new(&items);
    let mut push = |group: usize, given: &[(usize, u8)]| answers.push(group, given).unwrap_err();
    assert_eq!(push(0, &[]), AnswerFault::None);
    assert_eq!(push(0, &[(0, 1), (4, 0)]), AnswerFault::NoItem { item: 4 });
    assert_eq!(push(0, &[(0, 1), (1, 2)]), AnswerFault::NoCategory { item: 1, category: 2, highest: 1 });
    assert_eq!(push(0, &[(2, 1), (0, 3), (2, 0)]), AnswerFault::Twice { item: 2 });
    assert_eq!(push(16, &[(0, 0)]), AnswerFault::Group { group: 16 });
    assert_eq!((answers.people(), answers.answers()), (0, 0));
}
