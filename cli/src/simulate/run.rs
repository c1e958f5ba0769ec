//! Carrying a study out on all cores.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

use skills_passport::simulation::{Results, Study};

use crate::output::{Watch, threads};

/// People that a thread seats before it hands in their results: few, so that threads end together.
const BATCH: u64 = 4;

/// The threads that a study is shared among, and whether somebody watches.
pub(super) struct Crew {
    threads: usize,
    watch: Watch,
}

impl Crew {
    pub(super) fn new(threads: Option<u16>) -> Self {
        Self { threads: self::threads(threads), watch: Watch::new() }
    }

    /// Seats this many people. Who takes whom is chance, but parts merge to the same whole in any order.
    pub(super) fn carry_out(&self, study: &Study<'_>, people: u64, label: &str) -> Results {
        let next = AtomicU64::new(0);
        let (sender, receiver) = mpsc::channel();
        let mut whole = study.no_results();
        thread::scope(|scope| {
            for _ in 0..self.threads {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    loop {
                        let first = next.fetch_add(BATCH, Ordering::Relaxed);
                        let mut part = study.no_results();
                        (first..people.min(first.saturating_add(BATCH))).for_each(|n| part.add(&study.sit(n)));
                        // Nobody to hand it to: the study was given up.
                        if part.people() == 0 || sender.send(part).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            for part in receiver {
                whole.merge(&part);
                self.watch.show(&format!("{label}{} of {people} people", whole.people()));
            }
        });
        self.watch.show("");
        whole
    }
}
