//! Sharing work without knowing threads.

/// Who does the jobs of a calibration. Core has no threads; a program that has them brings them.
pub trait Crew: Sync {
    /// Does the jobs 0 … `jobs` − 1, in any order and at the same time, and gives the results back in the order of the jobs.
    fn share<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T>;
}

/// One job after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Alone;

impl Crew for Alone {
    fn share<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        (0..jobs).map(work).collect()
    }
}
