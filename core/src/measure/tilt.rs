//! What one answer does to a normally distributed η: moments of N(η; m, s²)·P(category | η).

use super::quadrature::Grid;
use super::response::exponents;
use super::{Marginal, NormalRule, ResponseModel};

/// Mean, variance and third central moment.
#[derive(Clone, Copy)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) third: f64,
}

/// A normal distribution cut by a log-concave curve.
#[derive(Clone, Copy)]
struct Cut {
    /// ∫ N(x; 0, 1)·curve(x) dx.
    mass: f64,
    /// What is left, in standard deviations of the cavity.
    left: Moments,
}

/// Moments of the distribution ∝ N(η; cavity)·P(category | η); none if it has no mass that numbers can hold.
pub(super) fn tilted(model: &ResponseModel, category: u8, cavity: Marginal, rule: &NormalRule) -> Option<Moments> {
    let sd = cavity.sd();
    let steepness = model.steepness() * sd;
    let grid = rule.grid(steepness);
    let at = |bound: f64| (bound - cavity.mean) / sd;
    let position = usize::from(category);
    let left = match model {
        ResponseModel::Graded { thresholds, .. } => {
            let reached = position.checked_sub(1).and_then(|below| thresholds.get(below));
            between(grid, steepness, reached.map(|b| at(*b)), thresholds.get(position).map(|b| at(*b))).left
        }
        ResponseModel::Logistic { location, .. } if category == 0 => {
            between(grid, steepness, None, Some(at(*location))).left
        }
        ResponseModel::Logistic { location, lower, .. } => {
            guessed_or(*lower, between(grid, steepness, Some(at(*location)), None))
        }
        ResponseModel::PartialCredit { slope, steps } => credited(grid, model, (*slope, steps), category, cavity).left,
    };
    let variance = cavity.variance * left.variance;
    let third = cavity.variance * sd * left.third;
    (variance > 0.0 && variance.is_finite()).then_some(Moments { mean: cavity.mean + sd * left.mean, variance, third })
}

/// Of σ(a(x − rise))·σ(a(fall − x)), without the boundaries that are missing.
///
/// The grid is centred at the mode of the same with ln σ(y) replaced by min(y, 0). Each boundary moves the logarithm by
/// ln 2 at most and both logarithms are concave at least as the normal's, so that outside the grid there is less than
/// 4·e^(−6.5²/2) ≈ 3·10⁻⁹ of the density at its peak, however far away the answer was to be expected.
fn between(grid: &Grid, steepness: f64, rise: Option<f64>, fall: Option<f64>) -> Cut {
    // Not `clamp`, which would panic on bounds that are no numbers, and whose message prints floats.
    let low = rise.map_or(0.0, |rise| rise.max(0.0).min(steepness));
    let high = fall.map_or(0.0, |fall| fall.max(-steepness).min(0.0));
    let centre = low + high;
    let below = |bound: Option<f64>, sign: f64| {
        let offset = bound.map_or(f64::NEG_INFINITY, |bound| sign * steepness * (centre - bound));
        grid.exponentials(sign * steepness, offset)
    };
    let curve = below(rise, -1.0).zip(below(fall, 1.0)).map(|(low, high)| 1.0 / ((1.0 + low) * (1.0 + high)));
    cut(grid, centre, curve)
}

/// The moments of N(x; 0, 1)·curve(x) from the curve's values on the grid moved to `centre`.
fn cut(grid: &Grid, centre: f64, curve: impl Iterator<Item = f64>) -> Cut {
    let (mut mass, mut first, mut second, mut third) = (0.0, 0.0, 0.0, 0.0);
    // N(centre + x) = N(x)·e^(−centre·x)·e^(−centre²/2).
    for (((x, weight), tilt), p) in grid.points().zip(grid.exponentials(-centre, 0.0)).zip(curve) {
        let w = weight * tilt * p;
        mass += w;
        first += w * x;
        second += w * x * x;
        third += w * x * x * x;
    }
    let (mean, square) = (first / mass, second / mass);
    let variance = square - mean * mean;
    let third = third / mass - mean * (3.0 * variance + mean * mean);
    Cut { mass: mass * libm::exp(-0.5 * centre * centre), left: Moments { mean: centre + mean, variance, third } }
}

/// A right answer was guessed with chance c, which tells nothing, or else known: a mixture of the two.
fn guessed_or(lower: f64, known: Cut) -> Moments {
    let mass = (1.0 - lower) * known.mass;
    if lower <= 0.0 || mass <= 0.0 {
        return if lower > 0.0 { Moments { mean: 0.0, variance: 1.0, third: 0.0 } } else { known.left };
    }
    let share = mass / (mass + lower);
    let Moments { mean, variance, third } = known.left;
    let rest = 1.0 - share;
    let spread = 3.0 * (variance - 1.0) + (1.0 - 2.0 * share) * mean * mean;
    Moments {
        mean: share * mean,
        variance: share * variance + rest * (1.0 + share * mean * mean),
        third: share * (third + rest * mean * spread),
    }
}

/// Of a category of the partial credit model, on a grid centred at the mode of the same with ln Σ exp z replaced by its
/// largest term.
fn credited(grid: &Grid, model: &ResponseModel, (slope, steps): (f64, &[f64]), category: u8, cavity: Marginal) -> Cut {
    let sd = cavity.sd();
    let likeliest = |x: f64| {
        let terms = exponents(slope, steps, cavity.mean + sd * x).zip(0_u16..);
        terms.fold((f64::NEG_INFINITY, 0), |best, term| if term.0 > best.0 { term } else { best }).1
    };
    let reach = model.steepness() * sd;
    let (mut low, mut high) = (-reach, reach);
    for _ in 0..40 {
        let x = 0.5 * (low + high);
        let rises = slope * sd * (f64::from(category) - f64::from(likeliest(x))) > x;
        (low, high) = if rises { (x, high) } else { (low, x) };
    }
    let centre = 0.5 * (low + high);
    let curve = grid.points().map(|(x, _)| model.probability(cavity.mean + sd * (centre + x), category));
    cut(grid, centre, curve)
}
