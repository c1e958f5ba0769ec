//! Carrying a study out on all cores.

use std::io::{IsTerminal, Write as _, stderr};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

use skills_passport::simulation::{Results, Study};

/// People that a thread seats before it hands in their results: few, so that threads end together.
const BATCH: u64 = 4;

/// The threads that a study is shared among, and whether somebody watches.
pub(super) struct Crew {
    threads: usize,
    watched: bool,
}

impl Crew {
    pub(super) fn new(threads: Option<u16>) -> Self {
        let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { threads: threads.map_or_else(cores, usize::from), watched: stderr().is_terminal() }
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
                self.show(&format!("{label}{} of {people} people", whole.people()));
            }
        });
        self.show("");
        whole
    }

    /// Replaces the line shown before. Progress that cannot be shown is no reason to give up.
    fn show(&self, line: &str) {
        if self.watched {
            let _ = write!(stderr(), "\r\u{1b}[K{line}").and_then(|()| stderr().flush());
        }
    }
}
