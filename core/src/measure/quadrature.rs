//! Equally spaced quadrature for expectations under a normal distribution.

/// Half the width of every grid, in standard deviations.
const REACH: f64 = 6.5;
/// Intervals on either side of the middle. The coarsest step is 0.65, the finest 0.013 standard deviations.
const HALVES: [u32; 11] = [10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 256];
/// The same of the finest grid.
const FINEST: u32 = 512;

/// Trapezoidal rules for ∫ f(x) N(x; 0, 1) dx, from coarse to fine.
///
/// For a function that is analytic within ±d of the real axis the trapezoidal rule with step h errs by e^(−2πd/h), times
/// its size out there: e^(d²/2) for the normal density (Goodwin 1949; Trefethen & Weideman 2014, theorem 5.1). Response
/// curves of steepness a have their poles at d = π/a, so that steep items need a finer step and no more: h·a ≤ 0.65
/// leaves 10⁻¹¹. Gauss's rules have no such bound, their nodes being as far apart for steep curves as for flat ones.
/// Equal steps also make every exponential along the grid a geometric sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalRule {
    coarser: Vec<Grid>,
    finest: Grid,
}

/// Equally spaced points around zero with their weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Distance of neighbours, in standard deviations.
    pub(super) step: f64,
    /// step·N(x; 0, 1) at each point, from the leftmost, −6.5.
    pub(super) weights: Vec<f64>,
}

impl NormalRule {
    /// The rules used everywhere.
    #[must_use]
    pub fn standard() -> Self {
        Self { coarser: HALVES.iter().map(|half| Grid::new(*half)).collect(), finest: Grid::new(FINEST) }
    }

    /// The coarsest grid that resolves curves of this steepness, in 1 per standard deviation; the finest, should none.
    pub(super) fn grid(&self, steepness: f64) -> &Grid {
        let fine = |grid: &&Grid| grid.step * steepness <= REACH / 10.0;
        self.coarser.iter().find(fine).unwrap_or(&self.finest)
    }
}

impl Grid {
    fn new(half: u32) -> Self {
        let step = REACH / f64::from(half);
        let scale = step / libm::sqrt(std::f64::consts::TAU);
        let weight = |x: f64| scale * libm::exp(-0.5 * x * x);
        let weights = (0..=2 * half).map(|number| weight(-REACH + step * f64::from(number))).collect();
        Self { step, weights }
    }

    /// Points from the leftmost with their weights.
    pub(super) fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.weights.iter().zip(0_u16..).map(|(weight, number)| (-REACH + self.step * f64::from(number), *weight))
    }

    /// exp(rate·x + offset) at each point, from one exponential more: a geometric sequence. Offsets are cut where
    /// nothing could be told apart any more, so that no product overflows.
    pub(super) fn exponentials(&self, rate: f64, offset: f64) -> impl Iterator<Item = f64> {
        let first = libm::exp((offset - rate * REACH).clamp(-600.0, 600.0));
        let ratio = libm::exp(rate * self.step);
        std::iter::successors(Some(first), move |value| Some(value * ratio))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_normal_distribution_are_exact() {
        let rule = NormalRule::standard();
        for grid in rule.coarser.iter().chain([&rule.finest]) {
            let moment = |k: i32| grid.points().map(|(x, w)| w * x.powi(k)).sum::<f64>();
            for (k, exact) in [(0, 1.0), (1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0)] {
                assert!((moment(k) - exact).abs() < 2e-6, "{} points, moment {k}: {}", grid.weights.len(), moment(k));
            }
            assert!((moment(0) - 1.0).abs() < 1e-9 && (moment(2) - 1.0).abs() < 1e-8);
        }
    }

    #[test]
    fn steep_curves_get_fine_grids() {
        let rule = NormalRule::standard();
        for steepness in [0.1, 1.0, 2.5, 10.0, 50.0] {
            assert!(rule.grid(steepness).step * steepness <= 0.65 + 1e-12, "{steepness}");
        }
        assert_eq!(*rule.grid(1e9), rule.finest);
        assert_eq!(rule.grid(0.1).weights.len(), 21);
    }

    #[test]
    fn exponentials_are_those_of_the_points() {
        let rule = NormalRule::standard();
        for (rate, offset) in [(0.7, 1.0), (-5.0, 3.0), (9.0, -20.0), (0.0, 0.0)] {
            for steepness in [1.0, 10.0, 50.0] {
                let grid = rule.grid(steepness);
                for ((x, _), value) in grid.points().zip(grid.exponentials(rate, offset)) {
                    let exact = libm::exp(rate * x + offset);
                    assert!((value - exact).abs() <= 1e-12 * exact, "{rate} {offset} {x}");
                }
            }
        }
    }
}
