//! What was found out in the last few steps.
//!
//! An answer is taken in steps that ask for the same again: whether its item is the one asked, what comes next, whether the
//! question before promised as little. Each costs far more than to remember it.

use std::sync::Mutex;

use super::{Ending, Plan};
use crate::measure::Inference;

/// How many are remembered: after the last answer, and before it.
const REMEMBERED: usize = 2;

/// The category answered of each item of the bank, none where it says nothing: all that a posterior depends on.
pub(super) type Categories = Vec<Option<u8>>;
/// Posteriors.
pub(super) type Posteriors = Memo<Categories, Inference>;

/// All that the next step depends on: the plan, the seed, and of each answer the position of its item in the bank and the
/// category; nothing of an answer to an item that the bank does not have.
pub(super) type Sitting = (Plan, u32, Vec<Option<(usize, Option<u8>)>>);
/// What comes next: the position of an item in the bank, or why there is none.
pub(super) type Steps = Memo<Sitting, Result<usize, Ending>>;

/// What was found, the newest first. A copy begins with nothing.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Mutex<Vec<(K, V)>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K, V> Clone for Memo<K, V> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<K: PartialEq, V: Clone> Memo<K, V> {
    /// What is remembered, else what `find` finds. Never waits: where another thread is at it, it is found again.
    pub(super) fn recall(&self, key: K, find: impl FnOnce(&K) -> V) -> V {
        if let Ok(remembered) = self.0.try_lock()
            && let Some((_, found)) = remembered.iter().find(|(other, _)| *other == key)
        {
            return found.clone();
        }
        let found = find(&key);
        if let Ok(mut remembered) = self.0.try_lock() {
            remembered.insert(0, (key, found.clone()));
            remembered.truncate(REMEMBERED);
        }
        found
    }
}
