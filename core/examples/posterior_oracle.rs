//! The posterior of the whole population model (26 traits) by a long-run sampler: the oracle of expectation propagation.
//!
//! ```sh
//! cargo run --release -p skills-passport --example posterior_oracle > core/tests/golden/posterior_26.json
//! ```
//!
//! Elliptical slice sampling (Murray, Adams & MacKay 2010, figure 2) draws from the exact posterior and knows nothing of
//! expectation propagation: it uses the prior and the probability of the answers only. Several chains begin at
//! independent draws from the prior.
//!
//! Means and variances are taken with control variates from Stein's identity (Mira, Solgi & Imparato 2013): with the
//! score s = ∇ ln posterior, E\[s\] = 0 and E\[(x − c)ⱼ·sₖ\] = −δⱼₖ exactly, whatever the constant c. So x + S·s has the
//! mean of x, and (x − c)ⱼ² + (x − c)ⱼ·(S·s)ⱼ + Sⱼⱼ that of (x − c)ⱼ², for any fixed matrix S. With S and c from a pilot
//! run, both are nearly constant where the posterior is nearly normal, which takes most of the Monte Carlo error away
//! and can add no bias. The error is reported from the spread of batch means.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a program for developers, on data of its own")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::Random;
use common::full::{Answered, FullSitting, eta, factor, prior, sittings};
use serde_json::{Value, json};
use skills_passport::measure::Belief;

const SEED: u64 = 2026;
const CHAINS: u64 = 8;
/// Steps of a chain that are thrown away.
const BURN_IN: usize = 4_000;
/// Steps of a pilot chain after that.
const PILOT: usize = 20_000;
/// Batches of a chain, each long against the sampler's memory, and the steps of one.
const BATCHES: usize = 32;
const BATCH: usize = 16_000;
/// A step in so many is looked at: neighbours are much alike.
const THIN: usize = 4;

fn main() {
    let prior = prior();
    let rows: Vec<Value> =
        sittings().iter().enumerate().map(|(number, sitting)| row(&prior, number, sitting)).collect();
    let golden = json!({
        "about": "Posterior of 26 traits by elliptical slice sampling, levels; made by core/examples/posterior_oracle.rs, \
                  whose documentation says how. `error` is the largest Monte Carlo standard error of a mean, and of a \
                  standard deviation.",
        "seed": SEED, "chains": CHAINS, "stepsPerChain": BATCHES * BATCH, "sittings": rows,
    });
    println!("{}", compact(&golden));
}

/// JSON with one line per list of numbers.
fn compact(golden: &Value) -> String {
    let sittings: Vec<String> = golden["sittings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let members = ["name", "answers", "error", "means", "deviations"];
            let lines: Vec<String> = members.iter().map(|name| format!("      \"{name}\": {}", row[*name])).collect();
            format!("    {{\n{}\n    }}", lines.join(",\n"))
        })
        .collect();
    let members = ["about", "seed", "chains", "stepsPerChain"];
    let head: Vec<String> = members.iter().map(|name| format!("  \"{name}\": {}", golden[*name])).collect();
    format!("{{\n{},\n  \"sittings\": [\n{}\n  ]\n}}", head.join(",\n"), sittings.join(",\n"))
}

fn row(prior: &Belief, number: usize, sitting: &FullSitting) -> Value {
    let chain = |number: u64| Chain::new(prior, &sitting.answers, Random(SEED + 1_000_003 * number));
    let first = 1 + number as u64 * 100;
    let pilot = Pilot::of(&together(first..first + 2, |number| chain(number).pilot()));
    let pilot = &pilot;
    let batches: Vec<Batch> =
        together(first + 10..first + 10 + CHAINS, |number| chain(number).run(pilot)).into_iter().flatten().collect();
    let traits = prior.traits();
    // The mean over batches with its standard error.
    let over = |value: &dyn Fn(&Batch) -> f64| {
        let count = batches.len() as f64;
        let mean = batches.iter().map(value).sum::<f64>() / count;
        let spread = batches.iter().map(|batch| (value(batch) - mean).powi(2)).sum::<f64>();
        (mean, (spread / (count - 1.0) / count).sqrt())
    };
    let (mut means, mut deviations, mut errors) = (Vec::new(), Vec::new(), (0.0_f64, 0.0_f64));
    for j in 0..traits {
        let (mean, error) = over(&|batch| batch.mean[j]);
        let (square, square_error) = over(&|batch| batch.square[j]);
        let deviation = (square - (mean - pilot.centre[j]).powi(2)).sqrt();
        errors = (errors.0.max(error), errors.1.max(square_error / (2.0 * deviation)));
        means.push(rounded(mean));
        deviations.push(rounded(deviation));
        let (plain, plain_error) = over(&|batch| batch.plain[j]);
        assert!((plain - mean).abs() < 5.0 * plain_error + 1e-9, "{}: {j} {plain} {mean} {plain_error}", sitting.name);
    }
    let plain = (0..traits).map(|j| over(&|batch| batch.plain[j]).1).fold(0.0, f64::max);
    eprintln!("{}: errors {:.5} {:.5}; without control variates {plain:.5}", sitting.name, errors.0, errors.1);
    json!({
        "name": sitting.name, "answers": sitting.answers.len(), "error": [rounded(errors.0), rounded(errors.1)],
        "means": means, "deviations": deviations,
    })
}

/// To a hundred-thousandth of a level.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

/// Runs chains side by side, as many at a time as there are cores.
fn together<T: Send>(numbers: std::ops::Range<u64>, run: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let numbers: Vec<u64> = numbers.collect();
    let mut results = Vec::new();
    for few in numbers.chunks(cores) {
        std::thread::scope(|scope| {
            let running: Vec<_> = few.iter().map(|number| scope.spawn(|| run(*number))).collect();
            results.extend(running.into_iter().map(|thread| thread.join().unwrap()));
        });
    }
    results
}

/// Constants for the control variates: about the posterior's mean and covariance.
struct Pilot {
    centre: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Pilot {
    fn of(draws: &[Vec<Vec<f64>>]) -> Self {
        let all: Vec<&Vec<f64>> = draws.iter().flatten().collect();
        let (n, count) = (all[0].len(), all.len() as f64);
        let centre: Vec<f64> = (0..n).map(|j| all.iter().map(|x| x[j]).sum::<f64>() / count).collect();
        let entry =
            |j: usize, k: usize| all.iter().map(|x| (x[j] - centre[j]) * (x[k] - centre[k])).sum::<f64>() / count;
        let covariance = (0..n).map(|j| (0..n).map(|k| entry(j, k)).collect()).collect();
        Self { centre, covariance }
    }
}

/// Means over a batch.
struct Batch {
    /// Of x, with its control.
    mean: Vec<f64>,
    /// Of (x − c)², with its control.
    square: Vec<f64>,
    /// Of x alone.
    plain: Vec<f64>,
}

struct Chain<'a> {
    prior: &'a Belief,
    answers: &'a [Answered],
    factor: Vec<Vec<f64>>,
    precision: Vec<Vec<f64>>,
    random: Random,
    x: Vec<f64>,
    log_likelihood: f64,
}

impl<'a> Chain<'a> {
    fn new(prior: &'a Belief, answers: &'a [Answered], random: Random) -> Self {
        let factor = factor(prior);
        let precision = inverse(&factor);
        let mut chain = Self { prior, answers, factor, precision, random, x: Vec::new(), log_likelihood: 0.0 };
        chain.x = chain.draw().iter().zip(prior.means()).map(|(z, mean)| z + mean).collect();
        chain.log_likelihood = chain.log_likelihood_at(&chain.x);
        for _ in 0..BURN_IN {
            chain.step();
        }
        chain
    }

    /// A draw from the prior, less its mean.
    fn draw(&mut self) -> Vec<f64> {
        let z: Vec<f64> = (0..self.prior.traits()).map(|_| self.random.normal()).collect();
        self.factor.iter().map(|row| row.iter().zip(&z).map(|(l, z)| l * z).sum()).collect()
    }

    fn log_likelihood_at(&self, x: &[f64]) -> f64 {
        self.answers
            .iter()
            .map(|(probe, category)| probe.model.probability(eta(x, probe.loading), *category).ln())
            .sum()
    }

    fn step(&mut self) {
        let ellipse = self.draw();
        let bound = self.log_likelihood + (1.0 - self.random.unit()).ln();
        let mut angle = self.random.unit() * std::f64::consts::TAU;
        let (mut low, mut high) = (angle - std::f64::consts::TAU, angle);
        loop {
            let (sin, cos) = angle.sin_cos();
            let means = self.prior.means().iter();
            let proposal: Vec<f64> = self
                .x
                .iter()
                .zip(&ellipse)
                .zip(means)
                .map(|((x, v), mean)| mean + (x - mean) * cos + v * sin)
                .collect();
            let log_likelihood = self.log_likelihood_at(&proposal);
            if log_likelihood > bound {
                (self.x, self.log_likelihood) = (proposal, log_likelihood);
                return;
            }
            if angle < 0.0 {
                low = angle;
            } else {
                high = angle;
            }
            angle = low + (high - low) * self.random.unit();
        }
    }

    fn pilot(mut self) -> Vec<Vec<f64>> {
        (0..PILOT / THIN)
            .map(|_| {
                (0..THIN).for_each(|_| self.step());
                self.x.clone()
            })
            .collect()
    }

    /// ∇ ln posterior: −Σ⁻¹(x − μ) + Σ ℓ'·w.
    fn score(&self) -> Vec<f64> {
        let from_mean: Vec<f64> = self.x.iter().zip(self.prior.means()).map(|(x, mean)| x - mean).collect();
        let mut score: Vec<f64> =
            self.precision.iter().map(|row| -row.iter().zip(&from_mean).map(|(p, d)| p * d).sum::<f64>()).collect();
        for (probe, category) in self.answers {
            let first = probe.model.log_likelihood(eta(&self.x, probe.loading), *category).first;
            probe.loading.traits().for_each(|number| score[number] += first);
        }
        score
    }

    fn run(mut self, pilot: &Pilot) -> Vec<Batch> {
        let n = self.prior.traits();
        (0..BATCHES)
            .map(|_| {
                let mut batch = Batch { mean: vec![0.0; n], square: vec![0.0; n], plain: vec![0.0; n] };
                let weight = THIN as f64 / BATCH as f64;
                for _ in 0..BATCH / THIN {
                    (0..THIN).for_each(|_| self.step());
                    let score = self.score();
                    for (j, row) in pilot.covariance.iter().enumerate() {
                        let control: f64 = row.iter().zip(&score).map(|(s, score)| s * score).sum();
                        let off = self.x[j] - pilot.centre[j];
                        batch.plain[j] += weight * self.x[j];
                        batch.mean[j] += weight * (self.x[j] + control);
                        batch.square[j] += weight * (off * off + off * control + row[j]);
                    }
                }
                batch
            })
            .collect()
    }
}

/// The inverse of L·Lᵀ.
fn inverse(factor: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = factor.len();
    let columns: Vec<Vec<f64>> = (0..n)
        .map(|column| {
            let mut solved: Vec<f64> = Vec::new();
            for (i, row) in factor.iter().enumerate() {
                let rest = f64::from(u8::from(i == column)) - (0..i).map(|k| row[k] * solved[k]).sum::<f64>();
                solved.push(rest / row[i]);
            }
            solved
        })
        .collect();
    let entry = |j: usize, k: usize| columns[j].iter().zip(&columns[k]).map(|(x, y)| x * y).sum();
    (0..n).map(|j| (0..n).map(|k| entry(j, k)).collect()).collect()
}
