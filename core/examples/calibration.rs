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
        let leniency = (number % 2 == 0).then_some(areas.len() + areas[competence]);
        let form = if number % 2 == 0 { Form::Graded } else { Form::Logistic { lower: 0.25 } };
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
    if is("speed") {
        let random = &mut Random(1);
        let items = mixed(random, ALONE, 60);
        let answers = collect(random, &items, &one_trait(), 100_000, Asked::All);
        println!("100,000 people, 60 mixed items, one trait, two threads");
        show(&items, &one_trait(), &run(&ignorant(&items), &one_trait(), 1, &answers, &Settings::maximum_likelihood()));
        many(100_000, 60, Asked::All, false);
    }
}
