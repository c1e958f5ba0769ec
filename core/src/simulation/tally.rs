//! Sums over people from which the figures of a study follow.
//!
//! The sums are of whole numbers, so that parts can be merged in any order to the same whole, to the bit: however many
//! threads share a study, it has one result.

use serde::Serialize;

use crate::profile::{Estimate, Evidence};
use crate::units::{Level, Thousandths};

/// Sums over the estimates of one competence, of one area, or of several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    people: u64,
    estimates: u64,
    /// Errors (estimate − truth) in thousandths of a level.
    error: i128,
    squared_error: i128,
    /// Squares of each person's own sums: a person's estimates go together, so only people count as independent.
    squared_error_twice: i128,
    covered_squared: u64,
    /// Squared standard errors.
    variance: i128,
    covered: u64,
    exact: u64,
    near: u64,
    answers: u64,
    measured: u64,
    inferred: u64,
    not_enough: u64,
}

/// What a tally says. Levels and shares are thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How many estimates it rests on.
    pub estimates: u64,
    /// Mean of estimate − truth.
    pub bias: Thousandths,
    /// Root of the mean squared error.
    pub rmse: Thousandths,
    /// Standard error of `rmse` by the number of people simulated.
    pub rmse_error: Thousandths,
    /// What the estimates say of themselves: root of the mean squared standard error. Honest if it equals `rmse`.
    pub standard_error: Thousandths,
    /// Share of 90 % intervals that hold the truth.
    pub coverage: Thousandths,
    /// Standard error of `coverage` by the number of people simulated.
    pub coverage_error: Thousandths,
    /// Share of reported levels that are the true one.
    pub exact: Thousandths,
    /// Share of reported levels that are the true one or a neighbour of it.
    pub near: Thousandths,
    /// Direct answers, mean; thousandths of an answer.
    pub answers: Thousandths,
    /// Share that rests on enough answers of its own.
    pub measured: Thousandths,
    /// Share that rests on answers about related competences.
    pub inferred: Thousandths,
    /// Share that rests on too little.
    pub not_enough: Thousandths,
}

impl Tally {
    /// Adds what one person is told.
    pub fn add<'a>(&mut self, estimates: impl Iterator<Item = (f64, &'a Estimate)>) {
        let (mut squared, mut covered) = (0_i128, 0_u64);
        for (truth, estimate) in estimates {
            let level = Level::of(truth);
            let truth = Thousandths::from_f64(truth);
            let error = i128::from(estimate.median.0) - i128::from(truth.0);
            let se = i128::from(estimate.standard_error.0);
            let distance = level.number().abs_diff(estimate.level.number());
            squared += error * error;
            covered += u64::from((estimate.low..=estimate.high).contains(&truth));
            self.estimates += 1;
            self.error += error;
            self.variance += se * se;
            self.exact += u64::from(distance == 0);
            self.near += u64::from(distance <= 1);
            self.answers += u64::from(estimate.answers);
            match estimate.evidence {
                Evidence::Measured => self.measured += 1,
                Evidence::Inferred => self.inferred += 1,
                Evidence::NotEnough => self.not_enough += 1,
            }
        }
        self.people += 1;
        self.squared_error += squared;
        self.squared_error_twice += squared * squared;
        self.covered += covered;
        self.covered_squared += covered * covered;
    }

    /// Adds another part of the same study.
    pub fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.estimates += other.estimates;
        self.error += other.error;
        self.squared_error += other.squared_error;
        self.squared_error_twice += other.squared_error_twice;
        self.covered_squared += other.covered_squared;
        self.variance += other.variance;
        self.covered += other.covered;
        self.exact += other.exact;
        self.near += other.near;
        self.answers += other.answers;
        self.measured += other.measured;
        self.inferred += other.inferred;
        self.not_enough += other.not_enough;
    }

    /// What the sums say; zeros where there is nothing.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let count = self.estimates.max(1) as f64;
        let share = |part: u64| Thousandths::from_f64(part as f64 / count);
        // The sums of levels are in thousandths already.
        let level = |thousandths: f64| Thousandths::from_f64(thousandths / 1000.0);
        let rmse = libm::sqrt(self.squared_error as f64 / count);
        let mse_error = self.error_of_mean(self.squared_error as f64, self.squared_error_twice as f64);
        let rmse_error = if rmse > 0.0 { mse_error / (2.0 * rmse) } else { 0.0 };
        Figures {
            estimates: self.estimates,
            bias: level(self.error as f64 / count),
            rmse: level(rmse),
            rmse_error: level(rmse_error),
            standard_error: level(libm::sqrt(self.variance as f64 / count)),
            coverage: share(self.covered),
            coverage_error: Thousandths::from_f64(self.error_of_mean(self.covered as f64, self.covered_squared as f64)),
            exact: share(self.exact),
            near: share(self.near),
            answers: share(self.answers),
            measured: share(self.measured),
            inferred: share(self.inferred),
            not_enough: share(self.not_enough),
        }
    }

    /// Standard error of a mean over all estimates, from the sum and the sum of squares of each person's sums:
    /// SD of the persons' sums / √people / estimates per person.
    fn error_of_mean(&self, sum: f64, squares: f64) -> f64 {
        if self.people < 2 || self.estimates == 0 {
            return 0.0;
        }
        let people = self.people as f64;
        let variance = (squares - sum * sum / people).max(0.0) / (people - 1.0);
        libm::sqrt(variance / people) * people / self.estimates as f64
    }
}
