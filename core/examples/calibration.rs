//! What calibration is worth on simulated answers, at full size, and how long it takes.
//!
//! `cargo run --release -p skills-passport --example calibration -- [recovery|adaptive|many|groups|dependence|speed]`
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a study that cannot be made should say so")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/sample.rs"]
mod sample;

use common::Random;
use sample::{Asked, MEAN, SD, Threads, collect, ignorant, judged, mixed, recovery};
use skills_passport::measure::calibrate::{Answers, Calibrated, Form, ItemStart, Settings, calibrate};
use skills_passport::measure::{Belief, Loading};
use std::time::Instant;

const ALONE: Loading = Loading { competence: 0, leniency: None };

fn one_trait() -> Belief {
    Belief::new(vec![MEAN], vec![SD * SD]).unwrap()
}

fn run(
    items: &[ItemStart],
    population: &Belief,
    competences: usize,
    answers: &Answers,
    settings: &Settings,
) -> Calibrated {
    let begun = Instant::now();
    let mut last = Instant::now();
    let found = calibrate(items, population, competences, answers, settings, &Threads(2), &mut |progress| {
        if std::env::var_os("VERBOSE").is_some() {
            println!("    {:.1} s {progress:?}", last.elapsed().as_secs_f64());
            last = Instant::now();
        }
    })
    .unwrap();
    println!(
        "  {:.1} s, {} readings, converged {}, unsettled {}, basis {:?}",
        begun.elapsed().as_secs_f64(),
        found.convergence.readings,
        found.convergence.converged,
        found.convergence.unsettled,
        found.basis
    );
    found
}

fn show(truth: &[ItemStart], population: &Belief, found: &Calibrated) {
    let (slopes, locations) = recovery(truth, population, found);
    for (name, r) in [("slopes", slopes), ("locations", locations)] {
        println!(
            "  {name:<10} r {:.4}  bias {:+.4}  RMSE {:.4}  said {:.4}  RMSE/said {:.3}  z {:.3}",
            r.correlation,
            r.bias,
            r.rmse,
            r.said,
            r.rmse / r.said,
            r.ratio
        );
    }
}

fn recover(asked: Asked) {
    for seed in 1..=5 {
        let random = &mut Random(seed);
        let items = mixed(random, ALONE, 60);
        let answers = collect(random, &items, &one_trait(), 5000, asked);
        println!("seed {seed}: 5,000 people, 60 items, maximum likelihood");
        show(&items, &one_trait(), &run(&ignorant(&items), &one_trait(), 1, &answers, &Settings::maximum_likelihood()));
        println!("seed {seed}: with experts' priors");
        show(&items, &one_trait(), &run(&judged(random, &items), &one_trait(), 1, &answers, &Settings::default()));
    }
}

/// The design's model: competences of five areas and a leniency each.
fn full(general: f64, area: f64) -> (Belief, Vec<usize>) {
    let areas: Vec<usize> = [3, 6, 4, 4, 4].iter().enumerate().flat_map(|(a, n)| vec![a; *n]).collect();
    let n = areas.len() + 5;
    let entry = |i: usize, j: usize| match (areas.get(i), areas.get(j)) {
        (Some(a), Some(b)) => {
            let own = if i == j { 1.0 - general - area } else { 0.0 };
            SD * SD * (general + if a == b { area } else { 0.0 } + own)
        }
        (None, None) => 0.81 * if i == j { 1.0 } else { 0.7 },
        _ => 0.0,
    };
    let covariance = (0..n * n).map(|at| entry(at / n, at % n)).collect();
    let means = (0..n).map(|i| if i < areas.len() { MEAN } else { 0.0 }).collect();
    (Belief::new(means, covariance).unwrap(), areas)
}

/// Items by turns of graded self-reports and questions on each competence.
fn bank(random: &mut Random, areas: &[usize], count: usize) -> Vec<ItemStart> {
    let item = |number: usize| {
        let competence = number / 2 % areas.len();
        let leniency = number.is_multiple_of(2).then_some(areas.len() + areas[competence]);
        let form = if leniency.is_some() { Form::Graded } else { Form::Logistic { lower: 0.25 } };
        sample::item(random, form, Loading { competence, leniency })
    };
    (0..count).map(item).collect()
}

fn many(people: usize, count: usize, asked: Asked, wide: bool) {
    let random = &mut Random(people as u64);
    let (expert, areas) = full(0.55, 0.15);
    let (truth, _) = if wide { full(0.35, 0.15) } else { full(0.55, 0.15) };
    let items = bank(random, &areas, count);
    println!("{people} people, {count} items of 21 competences in 5 areas, expert priors");
    let answers = collect(random, &items, &truth, people, asked);
    let found = run(&judged(random, &items), &expert, 21, &answers, &Settings::default());
    show(&items, &truth, &found);
    let belief = &found.population.belief;
    let (mut within, mut between) = (Vec::new(), Vec::new());
    let r = |i: usize, j: usize| belief.entry(i, j) / (belief.entry(i, i) * belief.entry(j, j)).sqrt();
    for i in 0..21 {
        for j in 0..i {
            if areas[i] == areas[j] { within.push(r(i, j)) } else { between.push(r(i, j)) }
        }
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    println!("  correlations: within areas {:.3}, between {:.3}", mean(&within), mean(&between));
    let leniency: Vec<f64> = (21..26).map(|i| belief.marginal(i).sd()).collect();
    let sds: Vec<f64> = (0..21).map(|i| belief.marginal(i).sd()).collect();
    println!(
        "  SD of leniency {:.3}, of competences {:.3}, means {:.2}..{:.2}",
        mean(&leniency),
        mean(&sds),
        (0..21).map(|i| belief.means()[i]).fold(9.0, f64::min),
        (0..21).map(|i| belief.means()[i]).fold(0.0, f64::max)
    );
}

/// Two groups that differ in mean and spread; one item lies half a level higher for the second.
fn groups() {
    let (mut tests, mut positives, mut notable, mut found_it, mut wrong) = (0, 0, 0, 0, 0);
    let (mut shifts, mut statistics) = (Vec::new(), Vec::new());
    for seed in 1..=20 {
        let random = &mut Random(seed);
        let items = mixed(random, ALONE, 30);
        let other = Belief::new(vec![MEAN - 0.6], vec![1.3 * 1.3]).unwrap();
        let mut moved = items.clone();
        moved[0].curve.bounds.iter_mut().for_each(|b| *b += 0.5);
        let mut all = Answers::new(&items);
        for person in 0..3000 {
            let (group, population, items) =
                if person % 3 == 0 { (1, &other, &moved) } else { (0, &one_trait(), &items) };
            let traits = sample::traits(random, population);
            all.push(group, &sample::answers(random, items, &traits, Asked::All)).unwrap();
        }
        let settings = Settings::maximum_likelihood();
        let found = calibrate(&ignorant(&items), &one_trait(), 1, &all, &settings, &Threads(2), &mut |_| ()).unwrap();
        for test in &found.differences {
            if test.item == 0 {
                found_it += usize::from(test.differs);
                shifts.push(test.shifts[0]);
            } else {
                tests += 1;
                positives += usize::from(test.p < 0.05);
                notable += usize::from(test.p < 0.01);
                wrong += usize::from(test.differs);
                statistics.push(test.chi_square);
            }
        }
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    println!("20 samples of 3,000 people in two groups (0.6 levels and spread apart), 30 items, one half a level off");
    println!("  found in {found_it} of 20, shift on average {:.3} (true 0.5)", mean(&shifts));
    println!(
        "  of {tests} sound items {:.4} below p = 0.05, {:.4} below 0.01, {wrong} flagged; mean statistic {:.3} (2 expected)",
        f64::from(positives as u32) / f64::from(tests as u32),
        f64::from(notable as u32) / f64::from(tests as u32),
        mean(&statistics)
    );
}

/// Two items of which the second repeats the first's answer for one person in three.
fn dependence() {
    let (mut flagged, mut wrong, mut of_pair, mut others) = (0, 0, Vec::new(), 0.0_f64);
    for seed in 1..=20 {
        let random = &mut Random(seed);
        let mut items = mixed(random, ALONE, 30);
        items[1] = items[5].clone();
        let mut all = Answers::new(&items);
        for _ in 0..2000 {
            let traits = sample::traits(random, &one_trait());
            let mut given = sample::answers(random, &items, &traits, Asked::All);
            if random.unit() < 0.33 {
                given[1].1 = given[5].1;
            }
            all.push(0, &given).unwrap();
        }
        let settings = Settings::maximum_likelihood();
        let found = calibrate(&ignorant(&items), &one_trait(), 1, &all, &settings, &Threads(2), &mut |_| ()).unwrap();
        for pair in found.dependences.unwrap() {
            if (pair.one, pair.two) == (1, 5) {
                flagged += usize::from(pair.dependent);
                of_pair.push(pair.q3);
            } else {
                wrong += usize::from(pair.dependent);
                others = others.max(pair.q3.abs());
            }
        }
    }
    println!("20 samples of 2,000 people, 30 items, one pair of which one in three copies the answer");
    println!(
        "  flagged {flagged} of 20, Q3 {:.3}; of the other pairs {wrong} flagged, largest |Q3| {others:.3}",
        of_pair.iter().sum::<f64>() / of_pair.len() as f64
    );
}

/// Whether standard errors are right, from many samples of the same items.
fn errors() {
    for (people, count, asked) in [(1000, 20, Asked::All), (5000, 60, Asked::All), (2000, 40, Asked::Adaptively(20))] {
        let items = mixed(&mut Random(99), ALONE, count);
        let (mut slopes, mut bounds, mut fits) = (Vec::new(), Vec::new(), Vec::new());
        let samples = if people == 5000 { 10 } else { 40 };
        for seed in 1..=samples {
            let answers = collect(&mut Random(seed), &items, &one_trait(), people, asked);
            let settings = Settings::maximum_likelihood();
            let found =
                calibrate(&ignorant(&items), &one_trait(), 1, &answers, &settings, &Threads(2), &mut |_| ()).unwrap();
            for (truth, item) in items.iter().zip(&found.items) {
                let estimate = &item.curve;
                slopes.push((truth.curve.slope, estimate.slope, item.slope_error.unwrap()));
                let errors = item.bound_errors.as_ref().unwrap();
                let each = truth.curve.bounds.iter().zip(&estimate.bounds).zip(errors);
                bounds.extend(each.map(|((truth, estimate), error)| (*truth, *estimate, *error)));
                fits.push((item.fit.infit, item.fit.outfit, item.fit.misfits));
            }
        }
        println!("{samples} samples of {people} people, {count} items");
        for (name, all) in [("slopes", &slopes), ("bounds", &bounds)] {
            let r = sample::Recovery::of(all);
            println!("  {name}: bias {:+.4} RMSE {:.4} said {:.4} z {:.3}", r.bias, r.rmse, r.said, r.ratio);
        }
        let n = fits.len() as f64;
        println!(
            "  mean infit {:.4}, outfit {:.4}, flagged {}",
            fits.iter().map(|fit| fit.0).sum::<f64>() / n,
            fits.iter().map(|fit| fit.1).sum::<f64>() / n,
            fits.iter().filter(|fit| fit.2).count()
        );
    }
}

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let is = |name: &str| wanted.is_empty() || wanted == name;
    if is("recovery") {
        recover(Asked::All);
    }
    if is("adaptive") {
        recover(Asked::Adaptively(30));
    }
    if is("many") {
        many(2000, 84, Asked::ByLot(30), true);
        many(5000, 84, Asked::ByLot(30), true);
    }
    if is("errors") {
        errors();
    }
    if is("groups") {
        groups();
    }
    if is("dependence") {
        dependence();
    }
    if is("speed") {
        let random = &mut Random(1);
        let items = mixed(random, ALONE, 60);
        let answers = collect(random, &items, &one_trait(), 100_000, Asked::All);
        println!("100,000 people, 60 mixed items, one trait, two threads");
        show(&items, &one_trait(), &run(&ignorant(&items), &one_trait(), 1, &answers, &Settings::maximum_likelihood()));
        many(100_000, 60, Asked::All, false);
    }
}
