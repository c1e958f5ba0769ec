//! Sharing a calibration among threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use skills_passport::measure::calibrate::Crew;

/// So many threads.
pub(super) struct Threads(pub(super) usize);

impl Crew for Threads {
    fn share<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        let mut results: Vec<Option<T>> = (0..jobs).map(|_| None).collect();
        thread::scope(|scope| {
            for _ in 0..self.0.min(jobs) {
                let (sender, next, work) = (sender.clone(), &next, &work);
                scope.spawn(move || {
                    loop {
                        let job = next.fetch_add(1, Ordering::Relaxed);
                        if job >= jobs || sender.send((job, work(job))).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            for (job, result) in receiver {
                if let Some(place) = results.get_mut(job) {
                    *place = Some(result);
                }
            }
        });
        results.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        for threads in [1, 3, 50] {
            let squares: Vec<usize> = Threads(threads).share(20, |job| job * job);
            assert_eq!(squares, (0..20).map(|job| job * job).collect::<Vec<_>>());
        }
        assert_eq!(Threads(2).share(0, |job| job), Vec::<usize>::new());
    }
}
