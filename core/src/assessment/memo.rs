//! The posteriors of the last few steps.
//!
//! An answer is taken in steps that ask for the same posteriors again: whether its item is the one asked, what comes next,
//! whether the question before promised as little. Each costs far more than to remember it.

use std::sync::Mutex;

use crate::measure::Inference;

/// How many are remembered: after the last answer, and before it.
const REMEMBERED: usize = 2;

/// The category answered of each item of the bank, none where it says nothing: all that a posterior depends on.
pub(super) type Categories = Vec<Option<u8>>;

/// Posteriors, the newest first. A copy begins with none.
#[derive(Debug, Default)]
pub(super) struct Memo(Mutex<Vec<(Categories, Inference)>>);

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Memo {
    /// What is remembered of these answers, else what `infer` finds. Never waits: where another thread is at it, it is found
    /// again.
    pub(super) fn recall(&self, categories: Categories, infer: impl FnOnce(&Categories) -> Inference) -> Inference {
        if let Ok(remembered) = self.0.try_lock()
            && let Some((_, inference)) = remembered.iter().find(|(others, _)| *others == categories)
        {
            return inference.clone();
        }
        let inference = infer(&categories);
        if let Ok(mut remembered) = self.0.try_lock() {
            remembered.insert(0, (categories, inference.clone()));
            remembered.truncate(REMEMBERED);
        }
        inference
    }
}
