//! Two hundred simulated people sit the shipped bank: whether what they are told is true of them.
//!
//! The bounds stand around what was measured with the bank 0.1.0 (in brackets below), so that a change of the bank, the
//! measurement or the choice of questions that makes results worse is noticed.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::json;
use skills_passport::assessment::{Assessment, Instrument, Mode, Plan, Setting, Step};
use skills_passport::bank::{Item, Response};
use skills_passport::measure::{Belief, ResponseModel, population};
use skills_passport::profile::{Estimate, Profile};
use skills_passport::units::Level;
use skills_passport_frameworks::Library;

const PEOPLE: u32 = 200;

static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Library::shipped().instrument("digcomp@3.0", "general").unwrap());

/// Everybody's true traits and their finished sitting.
static SITTINGS: LazyLock<Vec<Sitting>> = LazyLock::new(|| {
    let everybody: Vec<u32> = (0..PEOPLE).collect();
    let (one, other) = everybody.split_at(everybody.len() / 2);
    let sit = |seeds: &[u32]| -> Vec<Sitting> { seeds.iter().map(|seed| Sitting::of(*seed)).collect() };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| sit(one));
        let second = sit(other);
        first.join().unwrap().into_iter().chain(second).collect()
    })
});

struct Sitting {
    person: Vec<f64>,
    assessment: Assessment,
    profile: Profile,
}

impl Sitting {
    /// A person drawn from the bank's population sits in standard mode.
    fn of(seed: u32) -> Self {
        let random = &mut Random(u64::from(seed));
        let person = random.person(&prior());
        let mut assessment = INSTRUMENT.start(Plan::new(Mode::Standard), setting(seed)).unwrap();
        while let Step::Ask(item) = INSTRUMENT.step(&assessment) {
            let response = respond(item, random.category(&item.model, eta(item, &person)));
            assessment = INSTRUMENT.answer(&assessment, &item.id, response).unwrap();
        }
        let profile = Profile::of(&INSTRUMENT, &assessment);
        Self { person, assessment, profile }
    }
}

fn setting(seed: u32) -> Setting {
    let id = "00000000-0000-4000-8000-000000000001";
    serde_json::from_value(json!({ "id": id, "language": "fr", "seed": seed, "started": "2026-11-22T09:30:00Z" }))
        .unwrap()
}

fn areas() -> Vec<usize> {
    let areas = INSTRUMENT.framework().areas().iter().enumerate();
    areas.flat_map(|(number, area)| std::iter::repeat_n(number, area.competences.len())).collect()
}

fn prior() -> Belief {
    population(&INSTRUMENT.bank().document().model, &areas()).unwrap()
}

/// What the answer of a person depends on: the competence, and for a statement the leniency of its area too.
fn eta(item: &Item, person: &[f64]) -> f64 {
    let framework = INSTRUMENT.framework();
    let leniency = INSTRUMENT.leniency_of(framework.area_of(&item.competence).unwrap()).unwrap();
    let competence = person[framework.position(&item.competence).unwrap()];
    if item.has_right_answer() { competence } else { competence + person[leniency] }
}

fn respond(item: &Item, category: u8) -> Response {
    item.response_of(category).unwrap()
}

/// SplitMix64 (Steele et al. 2014).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal (Box & Muller 1958).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Traits drawn from a belief: its mean plus its Cholesky factor times independent normals.
    fn person(&mut self, belief: &Belief) -> Vec<f64> {
        let n = belief.traits();
        let mut factor = vec![vec![0.0; n]; n];
        let z: Vec<f64> = (0..n).map(|_| self.normal()).collect();
        for i in 0..n {
            for j in 0..=i {
                let rest = belief.entry(i, j) - (0..j).map(|k| factor[i][k] * factor[j][k]).sum::<f64>();
                factor[i][j] = if i == j { rest.sqrt() } else { rest / factor[j][j] };
            }
        }
        let draw = |(mean, row): (&f64, &Vec<f64>)| mean + row.iter().zip(&z).map(|(l, z)| l * z).sum::<f64>();
        belief.means().iter().zip(&factor).map(draw).collect()
    }

    fn category(&mut self, model: &ResponseModel, eta: f64) -> u8 {
        let mut left = self.unit();
        let last = (model.categories() - 1) as u8;
        (0..last)
            .find(|category| {
                left -= model.probability(eta, *category);
                left < 0.0
            })
            .unwrap_or(last)
    }
}

/// True value and estimate of every competence of everybody.
fn competences() -> Vec<(f64, &'static Estimate)> {
    let pairs = |sitting: &'static Sitting| {
        let estimates = sitting.profile.competences.iter().map(|result| &result.estimate);
        sitting.person.iter().copied().zip(estimates)
    };
    SITTINGS.iter().flat_map(pairs).collect()
}

/// True mean and estimate of every area of everybody.
fn area_means() -> Vec<(f64, &'static Estimate)> {
    let numbers = areas();
    let pairs = |sitting: &'static Sitting| {
        let numbers = numbers.clone();
        sitting.profile.areas.iter().enumerate().map(move |(area, result)| {
            let members: Vec<f64> =
                sitting.person.iter().zip(&numbers).filter(|(_, number)| **number == area).map(|(x, _)| *x).collect();
            (members.iter().sum::<f64>() / members.len() as f64, &result.estimate)
        })
    };
    SITTINGS.iter().flat_map(pairs).collect()
}

fn share<T>(all: &[T], wish: impl Fn(&T) -> bool) -> f64 {
    all.iter().filter(|one| wish(one)).count() as f64 / all.len() as f64
}

fn covers((truth, estimate): &(f64, &Estimate)) -> bool {
    (estimate.low.to_f64()..=estimate.high.to_f64()).contains(truth)
}

#[test]
fn nobody_is_asked_more_than_thirty_questions_or_fewer_than_ten() {
    for sitting in SITTINGS.iter() {
        assert!((10..=30).contains(&sitting.assessment.answers.len()), "{}", sitting.assessment.answers.len());
    }
}

#[test]
fn intervals_hold_the_truth_about_as_often_as_they_say() {
    // 90 % are promised [.909].
    let coverage = share(&competences(), covers);
    println!("coverage of competences {coverage:.3}");
    assert!((0.87..=0.95).contains(&coverage), "{coverage}");
}

#[test]
fn intervals_of_areas_hold_the_truth_about_as_often_as_they_say() {
    // 90 % are promised [.896].
    let coverage = share(&area_means(), covers);
    println!("coverage of areas {coverage:.3}");
    assert!((0.86..=0.95).contains(&coverage), "{coverage}");
}

#[test]
fn estimates_follow_the_truth() {
    // [.785]
    let pairs = competences();
    let mean = |of: &dyn Fn(&(f64, &Estimate)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
    let (truth, estimate) = (mean(&|pair| pair.0), mean(&|pair| pair.1.median.to_f64()));
    let product = |one: &dyn Fn(&(f64, &Estimate)) -> f64, two: &dyn Fn(&(f64, &Estimate)) -> f64| {
        mean(&|pair| one(pair) * two(pair))
    };
    let (x, y) =
        (|pair: &(f64, &Estimate)| pair.0 - truth, |pair: &(f64, &Estimate)| pair.1.median.to_f64() - estimate);
    let correlation = product(&x, &y) / (product(&x, &x) * product(&y, &y)).sqrt();
    println!("correlation {correlation:.3}, bias {:.3}", estimate - truth);
    assert!(correlation > 0.74, "{correlation}");
}

#[test]
fn estimates_are_neither_generous_nor_stern_on_average() {
    // In levels [−.015]; the prior's own standard error of the mean of 200 people is .1.
    let pairs = competences();
    let bias = pairs.iter().map(|(truth, estimate)| estimate.median.to_f64() - truth).sum::<f64>() / pairs.len() as f64;
    assert!(bias.abs() < 0.1, "{bias}");
}

#[test]
fn the_reported_level_is_mostly_the_true_one_or_a_neighbour() {
    // [exact .369, within one .840]
    let pairs = competences();
    let distance = |(truth, estimate): &(f64, &Estimate)| Level::of(*truth).number().abs_diff(estimate.level.number());
    let (exact, near) = (share(&pairs, |pair| distance(pair) == 0), share(&pairs, |pair| distance(pair) <= 1));
    println!("exact level {exact:.3}, within one {near:.3}");
    assert!(exact > 0.33 && near > 0.80, "{exact} {near}");
}

#[test]
fn every_area_gets_a_question_with_a_right_answer() {
    let framework = INSTRUMENT.framework();
    for sitting in SITTINGS.iter().filter(|sitting| sitting.assessment.answers.len() == 30) {
        let items = sitting.assessment.answers.iter().map(|answer| INSTRUMENT.bank().item(&answer.item).unwrap().1);
        let tested: std::collections::BTreeSet<_> =
            items.filter(|item| item.has_right_answer()).map(|item| framework.area_of(&item.competence)).collect();
        assert_eq!(tested.len(), framework.areas().len());
    }
}

#[test]
fn much_of_the_bank_is_used_and_hardly_anything_by_everybody() {
    let mut exposure: BTreeMap<&str, usize> =
        INSTRUMENT.bank().items().iter().map(|item| (item.id.as_str(), 0)).collect();
    for answer in SITTINGS.iter().flat_map(|sitting| &sitting.assessment.answers) {
        *exposure.get_mut(answer.item.as_str()).unwrap() += 1;
    }
    let unused = exposure.values().filter(|times| **times == 0).count();
    let often: Vec<_> = exposure.iter().filter(|(_, times)| **times * 2 > SITTINGS.len()).collect();
    println!("{unused} of {} unused, asked of more than half: {often:?}", exposure.len());
    // [382 of 632 unused; nine asked of more than half, the most of 153 in 200]
    assert!(unused * 3 <= exposure.len() * 2 && often.len() <= 12, "{often:?}");
}
