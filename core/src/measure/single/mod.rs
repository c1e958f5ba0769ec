//! An adaptive test of one trait: maximum information, expected a posteriori, exact and fast.
//!
//! What a program needs that gives one scale to many people, or simulates them: a [`Pool`] of items is prepared once, and
//! each person gets a [`Sitting`]. Nothing is allocated once a sitting has begun.
//!
//! ```
//! use skills_passport::measure::single::Pool;
//! use skills_passport::measure::{Marginal, ResponseModel};
//!
//! let items = (0..100).map(|n| ResponseModel::logistic(1.3, f64::from(n) / 20.0 - 2.5, 0.0, 0.0)).collect();
//! let pool = Pool::new(Marginal { mean: 0.0, variance: 1.0 }, items, 30)?;
//!
//! let mut sitting = pool.start();
//! while let Some(item) = sitting.next_item() {
//!     // A person who is right wherever an item is not too hard.
//!     sitting.answer(item, u8::from(item < 70))?;
//! }
//! let estimate = sitting.estimate();
//! assert_eq!(sitting.answers().len(), 30);
//! assert!((estimate.mean - 1.0).abs() < 0.2 && estimate.sd() < 0.4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How it works
//!
//! *Estimate.* The posterior lives on equally spaced points, where every item's curves are tabulated: an answer is one
//! multiplication per point, and the moments come with it (Bock & Mislevy 1982). A grid that the pool chooses itself
//! holds the posterior of any answers, and resolves it, so that mean and standard deviation are those of a dense grid
//! ([`super::grid`]) to 10⁻⁶.
//!
//! *Choice.* The range of the trait is cut into cells, each with the items that can be the most informative there, the
//! most promising first, with a bound that none of them exceeds in the cell. A choice computes few informations: it stops
//! at the first bound below what it has found. The item chosen is that of a comparison of all.
//!
//! # What it is not
//!
//! For one trait only, and blind to content, exposure and time: [`crate::assessment`] minds those.

mod pool;
mod range;
mod shortlist;

use thiserror::Error;

pub use pool::{MAX_NODES, MAX_TABLE, Pool, PoolError};

use super::Marginal;
use pool::Moments;

/// The product of the answers' probabilities, each given those before, below which the weights are computed anew from
/// logarithms. A point whose weight has become zero has had less than 10⁻³⁰⁸, and so less than 10⁻²⁰⁸ of a mass above
/// this: nothing is lost, whatever came first.
const FAINT: f64 = 1e-100;

/// One person's test.
#[derive(Debug, Clone)]
pub struct Sitting<'p> {
    pool: &'p Pool,
    answers: Vec<(usize, u8)>,
    asked: Vec<bool>,
    /// Prior times likelihood at each point of the grid, up to a factor.
    weights: Vec<f64>,
    moments: Moments,
}

/// An answer that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SittingError {
    /// There is no such item.
    #[error("item {item} is none of the {items} items of the pool, which count from 0")]
    UnknownItem {
        /// The item given.
        item: usize,
        /// Number of items.
        items: usize,
    },
    /// The item has no such category.
    #[error("item {item} has {categories} categories, from 0, and no category {category}")]
    UnknownCategory {
        /// The item.
        item: usize,
        /// The category given.
        category: u8,
        /// Number of its categories.
        categories: usize,
    },
    /// The item was answered before.
    #[error("item {item} is answered already; undo that answer to change it")]
    AnsweredBefore {
        /// The item.
        item: usize,
    },
    /// The test is as long as its pool was prepared for.
    #[error("the test has its {length} answers; prepare a pool for longer tests to ask more")]
    Complete {
        /// The length.
        length: usize,
    },
}

impl Pool {
    /// Begins a test.
    #[must_use]
    pub fn start(&self) -> Sitting<'_> {
        Sitting {
            pool: self,
            answers: Vec::with_capacity(self.length()),
            asked: vec![false; self.items().len()],
            weights: self.prior_weights().to_vec(),
            moments: self.prior_moments(),
        }
    }
}

impl Sitting<'_> {
    /// The item not answered yet with the most information at the posterior mean, the first of equals; none when the test
    /// is complete.
    #[must_use]
    pub fn next_item(&self) -> Option<usize> {
        if self.answers.len() >= self.pool.length() {
            return None;
        }
        self.pool.most_informative(self.estimate().mean, &self.asked)
    }

    /// Takes an answer to any item of the pool, chosen by [`Self::next_item`] or not: `category` counts from 0, the lowest;
    /// 1 is right.
    ///
    /// # Errors
    /// If there is no such item or category, the item is answered already or the test is complete. Nothing changes then.
    pub fn answer(&mut self, item: usize, category: u8) -> Result<(), SittingError> {
        let Some(model) = self.pool.items().get(item) else {
            return Err(SittingError::UnknownItem { item, items: self.pool.items().len() });
        };
        let categories = model.categories();
        if usize::from(category) >= categories {
            return Err(SittingError::UnknownCategory { item, category, categories });
        }
        let Some(asked) = self.asked.get_mut(item).filter(|asked| !**asked) else {
            return Err(SittingError::AnsweredBefore { item });
        };
        if self.answers.len() >= self.pool.length() {
            return Err(SittingError::Complete { length: self.pool.length() });
        }
        *asked = true;
        self.answers.push((item, category));
        self.take_in(self.answers.len());
        Ok(())
    }

    /// Takes the last answer back and returns it, item and category. What is left has the same bits as if it had never been
    /// given.
    pub fn undo(&mut self) -> Option<(usize, u8)> {
        let last = self.answers.pop()?;
        if let Some(asked) = self.asked.get_mut(last.0) {
            *asked = false;
        }
        self.forget();
        (1..=self.answers.len()).for_each(|count| self.take_in(count));
        Some(last)
    }

    /// Begins anew, for the next person, in the same memory.
    pub fn restart(&mut self) {
        for (item, _) in self.answers.drain(..) {
            if let Some(asked) = self.asked.get_mut(item) {
                *asked = false;
            }
        }
        self.forget();
    }

    /// The answers so far, item and category, in order.
    #[must_use]
    pub fn answers(&self) -> &[(usize, u8)] {
        &self.answers
    }

    /// Mean and variance of the posterior, on the scale of the items: the EAP estimate and the square of its standard error.
    #[must_use]
    pub fn estimate(&self) -> Marginal {
        self.pool.marginal(self.moments)
    }

    fn forget(&mut self) {
        self.weights.copy_from_slice(self.pool.prior_weights());
        self.moments = self.pool.prior_moments();
    }

    /// Multiplies the last of the first `count` answers into the weights, which hold those before.
    fn take_in(&mut self, count: usize) {
        let answers = self.answers.get(..count).unwrap_or(&self.answers);
        let Some((item, category)) = answers.last() else { return };
        self.moments = self.pool.multiply(&mut self.weights, *item, *category);
        if self.moments.mass < FAINT {
            self.moments = self.pool.weigh(&mut self.weights, answers);
        }
    }
}
