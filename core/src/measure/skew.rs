//! The first correction of expectation propagation: what the skewness of the answers' factors does to the covariance.

use super::{Belief, Loading};

/// What is collected of the answers, one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Skew {
    groups: Vec<Group>,
    /// Row after row, d = Σw/√v of a group: the covariances of all traits with the standardised η.
    directions: Vec<f64>,
    /// Change of the covariance, and room for a factor of it.
    change: Vec<f64>,
    row: Vec<f64>,
    factor: Vec<f64>,
}

/// The answers that depend on the same traits.
#[derive(Debug, Clone, Copy)]
struct Group {
    loading: Loading,
    /// Standard deviation of η under the posterior, in levels.
    sd: f64,
    /// Σκ and Σκ² over its answers, with κ the standardised third central moment of an answer's tilted distribution.
    skewness: f64,
    squares: f64,
}

impl Skew {
    /// Forgets everything and makes room for so many answers over so many traits.
    pub(super) fn clear(&mut self, answers: usize, traits: usize) {
        self.groups.clear();
        self.directions.clear();
        // Each competence with and without its leniency.
        let groups = answers.min(2 * traits);
        self.groups.reserve(groups);
        self.directions.reserve(groups * traits);
    }

    /// Takes in an answer: the belief that all answers led to, and the third central moment of its tilted distribution.
    pub(super) fn add(&mut self, belief: &Belief, loading: Loading, third: f64) {
        let sd = belief.projection(loading).sd();
        let skewness = third / (sd * sd * sd);
        if let Some(group) = self.groups.iter_mut().find(|group| group.loading == loading) {
            group.skewness += skewness;
            group.squares += skewness * skewness;
            return;
        }
        belief.covariance_with(loading, &mut self.row);
        self.directions.extend(self.row.iter().map(|entry| entry / sd));
        self.groups.push(Group { loading, sd, skewness, squares: skewness * skewness });
    }

    /// Adds ½·Σ_{n ≠ m} κ_n·κ_m·ρ²_nm·d_n·d_mᵀ over pairs of answers to the covariance, with ρ the correlation of their η.
    ///
    /// The exact posterior is the Gaussian of expectation propagation times, for each answer, the ratio of its tilted
    /// distribution to its marginal. Expanded in Hermite polynomials these ratios begin with κ·He₃(z)/6, since the first
    /// two moments agree. To second order the means stay as they are and the covariances change by this sum (Opper, Paquet
    /// & Winther 2013, section 4): E\[x_i·x_j·He₃(z_n)·He₃(z_m)\] has 18·ρ² ways to pair each trait with one of the
    /// answers. Dropped where the sum would not leave a distribution, which answers at random to steep items can do.
    pub(super) fn correct(&mut self, belief: &mut Belief) {
        let n = belief.traits();
        self.change.clear();
        self.change.resize(n * n, 0.0);
        for (group, own) in self.groups.iter().zip(self.directions.chunks_exact(n)) {
            // Σ over the other answers; within a group ρ is one.
            self.row.clear();
            self.row.extend(own.iter().map(|entry| -group.squares * entry));
            for (other, direction) in self.groups.iter().zip(self.directions.chunks_exact(n)) {
                let along: f64 = other.loading.traits().filter_map(|number| own.get(number)).sum();
                let correlation = along / other.sd;
                let factor = group.skewness * other.skewness * correlation * correlation;
                self.row.iter_mut().zip(direction).for_each(|(sum, entry)| *sum += factor * entry);
            }
            for (row, entry) in self.change.chunks_exact_mut(n).zip(own) {
                row.iter_mut().zip(&self.row).for_each(|(change, sum)| *change += 0.5 * entry * sum);
            }
        }
        belief.widen(&self.change, &mut self.factor);
    }
}
