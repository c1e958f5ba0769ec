//! Adaptive tests of one trait: estimates against a dense grid and catR's, choices against a comparison of all items.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use common::{Random, categories, golden, numbers};
use proptest::prelude::*;
use skills_passport::measure::single::{MAX_NODES, Pool, PoolError, Sitting, SittingError};
use skills_passport::measure::{Marginal, ResponseModel, grid};

const STANDARD_NORMAL: Marginal = Marginal { mean: 0.0, variance: 1.0 };

/// An item of any kind, in units of a standard deviation of one.
fn any_item(random: &mut Random) -> ResponseModel {
    let (slope, location) = (random.between(0.3, 3.0), random.between(-4.0, 4.0));
    let bounds = [location, location + random.between(0.1, 2.0), location + random.between(2.1, 4.0)];
    match random.below(4) {
        0 => ResponseModel::logistic(slope, location, random.between(0.1, 0.5), 0.0),
        1 => ResponseModel::graded(slope, &bounds, 0.0),
        2 => ResponseModel::partial_credit(slope, &[bounds[1], bounds[0], bounds[2]], 0.0),
        _ => ResponseModel::logistic(slope, location, 0.0, 0.0),
    }
}

fn any_items(random: &mut Random, count: usize) -> Vec<ResponseModel> {
    (0..count).map(|_| any_item(random)).collect()
}

/// How somebody answers.
#[derive(Debug, Clone, Copy)]
enum Manner {
    Best,
    Worst,
    Random,
    /// As a person at this place of the scale.
    At(f64),
}

impl Manner {
    fn category(self, model: &ResponseModel, random: &mut Random) -> u8 {
        match self {
            Self::Best => (model.categories() - 1) as u8,
            Self::Worst => 0,
            Self::Random => random.below(model.categories()) as u8,
            Self::At(theta) => random.category(model, theta),
        }
    }
}

fn any_manner() -> impl Strategy<Value = Manner> {
    prop_oneof![Just(Manner::Best), Just(Manner::Worst), Just(Manner::Random), (-4.0..4.0_f64).prop_map(Manner::At)]
}

fn sit(sitting: &mut Sitting<'_>, pool: &Pool, manner: Manner, random: &mut Random) {
    while let Some(item) = sitting.next_item() {
        sitting.answer(item, manner.category(&pool.items()[item], random)).unwrap();
    }
}

/// The same by the oracle: 1,501 points within ±12 standard deviations.
fn dense(pool: &Pool, sitting: &Sitting<'_>) -> Marginal {
    let answers: Vec<_> = sitting.answers().iter().map(|(item, category)| (&pool.items()[*item], *category)).collect();
    grid::eap(pool.prior(), &answers, 1501, 12.0)
}

fn bits(sitting: &Sitting<'_>) -> (u64, u64) {
    (sitting.estimate().mean.to_bits(), sitting.estimate().variance.to_bits())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn estimates_are_those_of_a_dense_grid_whatever_is_answered(
        seed: u64, count in 1..50_usize, length in 1..31_usize, manner in any_manner(), sd in 0.5..2.0_f64,
    ) {
        let random = &mut Random(seed);
        let prior = Marginal { mean: random.between(-2.0, 2.0), variance: sd * sd };
        let pool = Pool::new(prior, any_items(random, count), length).unwrap();
        let mut sitting = pool.start();
        sit(&mut sitting, &pool, manner, random);
        let (ours, exact) = (sitting.estimate(), dense(&pool, &sitting));
        prop_assert!((ours.mean - exact.mean).abs() < 1e-6 * sd, "{ours:?} {exact:?} {} points", pool.nodes());
        prop_assert!((ours.sd() - exact.sd()).abs() < 1e-6 * sd, "{ours:?} {exact:?} {} points", pool.nodes());
    }

    #[test]
    fn the_item_chosen_is_that_of_a_comparison_of_all(
        seed: u64, count in 1..100_usize, length in 1..60_usize, masked in 0.0..1.0_f64, theta in -9.0..9.0_f64,
    ) {
        let random = &mut Random(seed);
        let pool = Pool::new(STANDARD_NORMAL, any_items(random, count), length).unwrap();
        let mask: Vec<bool> = (0..count).map(|_| random.unit() < masked).collect();
        let mut best: Option<usize> = None;
        for (item, model) in pool.items().iter().enumerate().filter(|(item, _)| !mask[*item]) {
            if best.is_none_or(|best| model.information(theta) > pool.items()[best].information(theta)) {
                best = Some(item);
            }
        }
        prop_assert_eq!(pool.most_informative(theta, &mask), best);
    }

    #[test]
    fn an_answer_taken_back_leaves_no_trace(seed: u64, count in 2..40_usize, manner in any_manner()) {
        let random = &mut Random(seed);
        let pool = Pool::new(STANDARD_NORMAL, any_items(random, count), count).unwrap();
        let mut sitting = pool.start();
        for _ in 0..count - 1 {
            let item = sitting.next_item().unwrap();
            sitting.answer(item, manner.category(&pool.items()[item], random)).unwrap();
        }
        let (before, next) = (bits(&sitting), sitting.next_item().unwrap());
        sitting.answer(next, 1).unwrap();
        prop_assert_eq!(sitting.undo(), Some((next, 1)));
        prop_assert_eq!(bits(&sitting), before);
        prop_assert_eq!(sitting.next_item(), Some(next));
    }

    #[test]
    fn a_better_answer_never_lowers_the_estimate(seed: u64, count in 1..20_usize, manner in any_manner()) {
        let random = &mut Random(seed);
        let pool = Pool::new(STANDARD_NORMAL, any_items(random, count), count).unwrap();
        let mut sitting = pool.start();
        while let Some(item) = sitting.next_item() {
            let model = &pool.items()[item];
            let estimates: Vec<f64> = (0..model.categories() as u8)
                .map(|category| {
                    sitting.answer(item, category).unwrap();
                    let mean = sitting.estimate().mean;
                    sitting.undo().unwrap();
                    mean
                })
                .collect();
            prop_assert!(estimates.is_sorted(), "{model:?}: {estimates:?}");
            sitting.answer(item, manner.category(model, random)).unwrap();
        }
    }
}

#[test]
fn a_new_sitting_knows_the_prior() {
    let prior = Marginal { mean: 3.5, variance: 2.89 };
    let pool = Pool::new(prior, any_items(&mut Random(1), 20), 10).unwrap();
    let estimate = pool.start().estimate();
    assert!((estimate.mean - 3.5).abs() < 1e-8 && (estimate.variance - 2.89).abs() < 1e-7, "{estimate:?}");
}

#[test]
fn a_sitting_begun_anew_has_the_bits_of_a_new_one() {
    let random = &mut Random(2);
    let pool = Pool::new(STANDARD_NORMAL, any_items(random, 80), 30).unwrap();
    let mut sitting = pool.start();
    sit(&mut sitting, &pool, Manner::Random, random);
    sitting.restart();
    assert_eq!(bits(&sitting), bits(&pool.start()));
    let mut fresh = pool.start();
    sit(&mut sitting, &pool, Manner::At(0.7), &mut Random(3));
    sit(&mut fresh, &pool, Manner::At(0.7), &mut Random(3));
    assert_eq!(sitting.answers(), fresh.answers());
    assert_eq!(bits(&sitting), bits(&fresh));
}

#[test]
fn a_test_has_its_length_and_asks_nothing_twice() {
    let pool = Pool::new(STANDARD_NORMAL, any_items(&mut Random(4), 50), 30).unwrap();
    let mut sitting = pool.start();
    sit(&mut sitting, &pool, Manner::Best, &mut Random(5));
    let mut items: Vec<_> = sitting.answers().iter().map(|(item, _)| *item).collect();
    items.sort_unstable();
    items.dedup();
    assert_eq!(items.len(), 30);
    let short = Pool::new(STANDARD_NORMAL, any_items(&mut Random(4), 5), 30).unwrap();
    assert_eq!(short.length(), 5);
}

/// Half right and half wrong, all the right ones first: what the weights of the first thousand leave of the middle of the scale
/// is nothing that numbers hold.
#[test]
fn two_thousand_answers_do_not_underflow() {
    let items: Vec<_> = (0..2000).map(|n| ResponseModel::logistic(2.0, f64::from(n % 2) - 0.5, 0.0, 0.0)).collect();
    let pool = Pool::new(STANDARD_NORMAL, items, 2000).unwrap();
    let mut sitting = pool.start();
    for item in 0..2000 {
        sitting.answer(item, u8::from(item < 1000)).unwrap();
    }
    let estimate = sitting.estimate();
    assert!(estimate.mean.abs() < 1e-6, "{estimate:?}");
    let information: f64 = pool.items().iter().map(|model| model.information(0.0)).sum();
    assert!((estimate.sd() * (1.0 + information).sqrt() - 1.0).abs() < 1e-3, "{estimate:?}");
}

#[test]
fn answers_that_do_not_fit_are_refused_and_change_nothing() {
    let pool = Pool::new(STANDARD_NORMAL, vec![ResponseModel::logistic(1.0, 0.0, 0.0, 0.0); 3], 2).unwrap();
    let mut sitting = pool.start();
    sitting.answer(1, 1).unwrap();
    let before = bits(&sitting);
    assert_eq!(sitting.answer(3, 0), Err(SittingError::UnknownItem { item: 3, items: 3 }));
    assert_eq!(sitting.answer(0, 2), Err(SittingError::UnknownCategory { item: 0, category: 2, categories: 2 }));
    assert_eq!(sitting.answer(1, 0), Err(SittingError::AnsweredBefore { item: 1 }));
    assert_eq!((bits(&sitting), sitting.answers()), (before, &[(1, 1)][..]));
    sitting.answer(0, 0).unwrap();
    assert_eq!(sitting.answer(2, 0), Err(SittingError::Complete { length: 2 }));
    assert_eq!(sitting.next_item(), None);
}

#[test]
fn items_priors_and_grids_that_make_no_test_are_named() {
    let item = ResponseModel::logistic(1.0, 0.0, 0.0, 0.0);
    let refused = |item: ResponseModel| match Pool::new(STANDARD_NORMAL, vec![item], 1) {
        Err(PoolError::Item { item: 0, fault }) => fault,
        other => panic!("{other:?}"),
    };
    assert!(refused(ResponseModel::logistic(0.0, 0.0, 0.0, 0.0)).contains("slope"));
    assert!(refused(ResponseModel::logistic(f64::NAN, 0.0, 0.0, 0.0)).contains("slope"));
    assert!(refused(ResponseModel::logistic(1.0, f64::INFINITY, 0.0, 0.0)).contains("location"));
    assert!(refused(ResponseModel::logistic(1.0, 0.0, 1.0, 0.0)).contains("asymptote"));
    assert!(refused(ResponseModel::graded(1.0, &[1.0, 0.0], 0.0)).contains("ascend"));
    assert!(refused(ResponseModel::partial_credit(1.0, &[], 0.0)).contains("steps"));
    assert_eq!(Pool::new(STANDARD_NORMAL, Vec::new(), 1), Err(PoolError::Empty));
    for (mean, variance) in [(0.0, 0.0), (0.0, f64::NAN), (f64::INFINITY, 1.0)] {
        let pool = Pool::new(Marginal { mean, variance }, vec![item.clone()], 1);
        assert!(matches!(pool, Err(PoolError::Prior { .. })), "{mean} {variance}");
    }
    for (low, high, nodes) in [(1.0, 1.0, 9), (-1.0, f64::NAN, 9), (-1.0, 1.0, 2), (-1.0, 1.0, MAX_NODES + 1)] {
        let pool = Pool::on_grid(STANDARD_NORMAL, vec![item.clone()], 1, low..=high, nodes);
        assert!(matches!(pool, Err(PoolError::Grid { .. })), "{low} {high} {nodes}");
    }
    let many = Pool::on_grid(STANDARD_NORMAL, vec![item; 10_000], 1, -4.0..=4.0, MAX_NODES);
    assert_eq!(many, Err(PoolError::TooLarge { rows: 20_000, nodes: MAX_NODES }));
}

/// The estimate and its standard error on a grid such as catR's.
fn on_grid(items: &[ResponseModel], answers: &[u8], reach: f64, nodes: u16) -> Marginal {
    let pool = Pool::on_grid(STANDARD_NORMAL, items.to_vec(), items.len(), -reach..=reach, nodes).unwrap();
    let mut sitting = pool.start();
    for (item, category) in answers.iter().enumerate() {
        sitting.answer(item, *category).unwrap();
    }
    sitting.estimate()
}

/// Five items (a, b, c) with answers; EAP and its standard error on 33 points in [-4, 4] and on 641 points in [-8, 8] are the
/// numbers of catR 3.17.
#[test]
fn the_published_program_catr_gives_the_same_estimates() {
    let items = [
        [0.829, 1.103, 0.187],
        [1.057, 0.939, 0.243],
        [0.778, 0.089, 0.18],
        [1.614, -2.387, 0.165],
        [1.104, 0.744, 0.251],
    ];
    let two = [
        ([1, 1, 1, 1, 1], [1.394973265757, 0.7522413135987, 1.396657678959, 0.7551651931947]),
        ([0, 0, 0, 0, 0], [-1.614178822521, 0.7524086703864, -1.616955685797, 0.7567866553841]),
        ([0, 0, 0, 1, 0], [-0.6942190883754, 0.7538799161015, -0.6942481551011, 0.7539430525718]),
    ];
    let three = [([1, 1, 1, 1, 1], [1.021767058155, 0.8764782777196, 1.022779784127, 0.8781835156183])];
    let models = |guessing: f64| items.map(|[a, b, c]| ResponseModel::logistic(a, b, guessing * c, 0.0));
    let cases = two.map(|case| (models(0.0), case)).into_iter().chain(three.map(|case| (models(1.0), case)));
    for (models, (answers, [coarse, coarse_sd, fine, fine_sd])) in cases {
        for (reach, nodes, mean, sd) in [(4.0, 33, coarse, coarse_sd), (8.0, 641, fine, fine_sd)] {
            let estimate = on_grid(&models, &answers, reach, nodes);
            assert!(
                (estimate.mean - mean).abs() < 1e-6 && (estimate.sd() - sd).abs() < 1e-6,
                "{estimate:?} {answers:?}"
            );
        }
    }
}

#[test]
fn every_golden_case_is_met_on_both_grids() {
    let Some(golden) = golden("dichotomous.json") else { return };
    let mut compared = 0;
    for case in golden["cases"].as_array().unwrap().iter().filter(|case| case["model"] != "4PL") {
        let models: Vec<_> = case["items"].as_array().unwrap().iter().map(numbers).collect();
        let models: Vec<_> =
            models.iter().map(|item| ResponseModel::logistic(item[0], item[1], item[2], 0.0)).collect();
        for (reach, nodes, name) in [(4.0, 33, "EAP33"), (8.0, 641, "EAPfine")] {
            let estimate = on_grid(&models, &categories(&case["x"]), reach, nodes);
            let (mean, sd) = (case[name].as_f64().unwrap(), case[format!("{name}_sd")].as_f64().unwrap());
            assert!((estimate.mean - mean).abs() < 1e-6 && (estimate.sd() - sd).abs() < 1e-6, "{estimate:?} {case}");
            compared += 1;
        }
    }
    assert_eq!(compared, 96, "1PL, 2PL and 3PL have 16 cases each");
}
