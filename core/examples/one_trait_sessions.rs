//! Sittings of a one-trait bank whose answers are written down, so that another program can be asked the same.
//!
//! `cargo run --release --example one_trait_sessions -- FOLDER` writes `bank.json` (items and everybody's answers) and
//! `ours.json` (items asked, estimates and seconds). The same numbers in each run, seconds apart. `cargo xtask bench peers` calls it.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::json;
use skills_passport::measure::single::Pool;
use skills_passport::measure::{Marginal, ResponseModel};

const ITEMS: usize = 500;
const QUESTIONS: usize = 30;
const PEOPLE: usize = 200;
/// One pass over the people is too short to be timed.
const ROUNDS: u32 = 100;

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    /// 0 to 1.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal (Box & Muller 1958).
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("give the folder to write to")?);
    fs::create_dir_all(&folder)?;
    let random = &mut Random(21);
    // Slope and location of each item.
    let items: Vec<[f64; 2]> = (0..ITEMS).map(|_| [0.7 + 1.3 * random.unit(), 6.0 * random.unit() - 3.0]).collect();
    let models: Vec<_> = items.iter().map(|[a, b]| ResponseModel::logistic(*a, *b, 0.0, 0.0)).collect();
    let thetas: Vec<f64> = (0..PEOPLE).map(|_| random.normal()).collect();
    let answers: Vec<Vec<u8>> = thetas
        .iter()
        .map(|theta| models.iter().map(|model| u8::from(random.unit() < model.probability(*theta, 1))).collect())
        .collect();
    let bank = json!({ "items": items, "questions": QUESTIONS, "thetas": thetas, "answers": answers });
    fs::write(folder.join("bank.json"), serde_json::to_vec(&bank)?)?;

    let preparing = Instant::now();
    let pool = Pool::new(Marginal { mean: 0.0, variance: 1.0 }, models, QUESTIONS)?;
    let prepared = preparing.elapsed().as_secs_f64();
    let mut sitting = pool.start();
    let (mut asked, mut estimates) = (Vec::new(), Vec::new());
    let start = Instant::now();
    for round in 0..ROUNDS {
        for answers in &answers {
            sitting.restart();
            while let Some(item) = sitting.next_item() {
                sitting.answer(item, answers.get(item).copied().unwrap_or_default())?;
            }
            if round == 0 {
                asked.push(sitting.answers().iter().map(|(item, _)| *item).collect::<Vec<_>>());
                estimates.push(sitting.estimate().mean);
            }
            std::hint::black_box(sitting.estimate());
        }
    }
    let seconds = start.elapsed().as_secs_f64() / f64::from(ROUNDS);
    let ours = json!({ "name": "skills-passport", "seconds": seconds, "preparing": prepared, "asked": asked, "estimates": estimates });
    fs::write(folder.join("ours.json"), serde_json::to_vec(&ours)?)?;
    Ok(())
}
