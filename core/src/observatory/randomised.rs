//! Randomised response: a learner's own, deniable contribution to a territory's figures.
//!
//! With probability p the true category is reported, otherwise one of the m categories at random. Nobody can tell which, so
//! that a single report proves nothing. Warner (1965, "Randomized response") is the case m = 2.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use uuid::Uuid;

/// A design: both sides must know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RandomisedResponse {
    categories: u16,
    truth: u16,
}

/// A design that does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("2 to 1000 categories and a share of truth of 1 to 999 thousandths are possible")]
pub struct RandomisedResponseError;

/// An estimated share, in units of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The share; may lie a little outside 0 to 1, which keeps it unbiased.
    pub share: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl RandomisedResponse {
    /// `categories` possible answers; `truth` is p in thousandths.
    ///
    /// # Errors
    /// Outside the ranges in which it hides something and says something.
    pub fn new(categories: u16, truth: u16) -> Result<Self, RandomisedResponseError> {
        let fits = (2..=1000).contains(&categories) && (1..=999).contains(&truth);
        if fits { Ok(Self { categories, truth }) } else { Err(RandomisedResponseError) }
    }

    fn p(self) -> f64 {
        f64::from(self.truth) / 1000.0
    }

    /// The chance of one passport for one question, to be used as [`report`](Self::report)'s: the same each time, so that
    /// answering again and again does not average it out (a permanent randomised response; Erlingsson, Pihur and
    /// Korolova 2014). It comes from the passport's identity, which only those know who have the passport, and with it the
    /// truth.
    #[must_use]
    pub fn chance_of(passport: Uuid, question: &str) -> [u32; 2] {
        let mut hash = Sha256::new();
        hash.update(b"randomised response\0");
        hash.update(passport.as_bytes());
        hash.update(question.as_bytes());
        let mut bytes = hash.finalize().into_iter();
        [(); 2].map(|()| bytes.by_ref().take(4).fold(0, |number, byte| (number << 8) | u32::from(byte)))
    }

    /// The category to report for a true one, with two uniform random numbers that are used once.
    #[must_use]
    pub fn report(self, category: u16, random: [u32; 2]) -> u16 {
        let scaled = |random: u32, below: u16| (u64::from(random) * u64::from(below)) >> 32;
        if scaled(random[0], 1000) < u64::from(self.truth) && category < self.categories {
            category
        } else {
            u16::try_from(scaled(random[1], self.categories)).unwrap_or(0)
        }
    }

    /// What a report gives away at most: the natural logarithm of how many times likelier it is under one truth than under
    /// another, ε = ln(1 + m p / (1 − p)) of local differential privacy.
    #[must_use]
    pub fn epsilon(self) -> f64 {
        libm::log(1.0 + f64::from(self.categories) * self.p() / (1.0 - self.p()))
    }

    /// The share of a category among `people` reports, of which `reported` name it:
    /// π̂ = (λ̂ − (1 − p)/m) / p, with standard error √(λ (1 − λ) / n) / p, where λ is λ̂, or the nearest that a share from
    /// 0 to 1 can lead to: nobody reporting a category does not make its share certain. None without people.
    #[must_use]
    pub fn estimate(self, reported: u64, people: u64) -> Option<Estimate> {
        if people == 0 || reported > people {
            return None;
        }
        let (n, p) = (people as f64, self.p());
        let (lambda, least) = (reported as f64 / n, (1.0 - p) / f64::from(self.categories));
        let possible = lambda.max(least).min(least + p);
        let standard_error = libm::sqrt(possible * (1.0 - possible) / n) / p;
        Some(Estimate { share: (lambda - least) / p, standard_error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(state: &mut u64) -> u32 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 32) as u32
    }

    #[test]
    fn estimates_are_unbiased_and_their_error_is_what_is_said() {
        let design = RandomisedResponse::new(9, 400).unwrap();
        let (state, truth, people, studies) = (&mut 1, 0.3, 2_000, 400);
        let (mut sum, mut squares, mut said) = (0.0, 0.0, 0.0);
        for _ in 0..studies {
            let mut reported = 0;
            for person in 0..people {
                let category = if f64::from(person) < truth * f64::from(people) { 4 } else { 1 };
                reported += u64::from(design.report(category, [random(state), random(state)]) == 4);
            }
            let estimate = design.estimate(reported, 2_000).unwrap();
            sum += estimate.share;
            squares += (estimate.share - truth).powi(2);
            said += estimate.standard_error;
        }
        let n = f64::from(studies);
        let (mean, error, said) = (sum / n, (squares / n).sqrt(), said / n);
        assert!((mean - truth).abs() < 4.0 * error / n.sqrt(), "mean {mean}");
        // The said error supposes people drawn at random; here their truth is fixed, which makes it slightly smaller.
        assert!((0.85..1.02).contains(&(error / said)), "{error} {said}");
    }

    #[test]
    fn the_chance_of_a_passport_is_its_own_and_the_same_each_time() {
        let design = RandomisedResponse::new(9, 500).unwrap();
        let of = |id: u128, question: &str| RandomisedResponse::chance_of(Uuid::from_u128(id), question);
        assert_eq!(of(1, "a"), of(1, "a"));
        assert_ne!(of(1, "a"), of(2, "a"));
        assert_ne!(of(1, "a"), of(1, "b"));
        // Over many passports it is what the design says: truth, or one of nine.
        let reports = (0..20_000).filter(|id| design.report(4, of(*id, "a")) == 4).count();
        let expected = 20_000.0 * (0.5 + 0.5 / 9.0);
        assert!((reports as f64 - expected).abs() < 300.0, "{reports}");
    }

    #[test]
    fn what_nobody_reports_is_not_certain() {
        let design = RandomisedResponse::new(9, 500).unwrap();
        let estimate = design.estimate(0, 100).unwrap();
        assert!(estimate.share < 0.0 && estimate.standard_error > 0.04, "{estimate:?}");
        let estimate = design.estimate(100, 100).unwrap();
        assert!(estimate.share > 1.0 && estimate.standard_error > 0.04, "{estimate:?}");
    }

    #[test]
    fn two_categories_are_warners_design() {
        let design = RandomisedResponse::new(2, 600).unwrap();
        // Warner: the truth with probability P = p + (1 − p)/2; π̂ = (λ̂ + P − 1) / (2P − 1).
        let warner = |lambda: f64| (lambda + 0.8 - 1.0) / (2.0 * 0.8 - 1.0);
        assert!((design.estimate(37, 100).unwrap().share - warner(0.37)).abs() < 1e-12);
        assert!((design.epsilon() - (0.8_f64 / 0.2).ln()).abs() < 1e-12);
        assert_eq!(RandomisedResponse::new(2, 1000), Err(RandomisedResponseError));
        assert_eq!(design.estimate(0, 0), None);
    }
}
