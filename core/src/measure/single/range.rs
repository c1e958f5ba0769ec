//! A grid on which every posterior of a pool has room, and is resolved.

use crate::measure::{Marginal, ResponseModel};

/// Where the density has fallen to e⁻²⁰ of its peak, no more than 10⁻¹⁰ of the mass lies beyond.
const FALL: f64 = 20.0;
/// Halvings of a bracket: its end is known to 10⁻¹² of its width, and what is left makes the range wider, not narrower.
const HALVINGS: u32 = 40;
/// Points at which the sharpness is looked at.
const LOOKS: u32 = 129;

/// An end of the range of answers.
#[derive(Clone, Copy)]
enum End {
    /// Everything answered in the lowest category.
    Lowest,
    /// Everything answered in the highest.
    Highest,
}

/// The range of the trait that holds the posterior of any answers, and a distance of points that resolves it after at most
/// `length` of them.
///
/// *Range.* The posteriors are ordered by likelihood ratio, that of the highest answers to all items last, and without
/// guessing even later: where its upper tail ends, those of all others have.
///
/// *Distance.* The trapezoidal rule errs by 2·e^(−2π²s²/h²) for a normal posterior of standard deviation s, and by e^(−2πd/h)
/// for poles at a distance of d = π/a (see [`crate::measure::NormalRule`]): h = s and h·a = 1 leave 10⁻⁸. The sharpest posterior has
/// the curvature of the `length` sharpest answers.
pub(super) fn range_and_step(prior: Marginal, models: &[ResponseModel], length: usize) -> (f64, f64, f64) {
    let models: Vec<ResponseModel> = models.iter().map(unguessed).collect();
    let (low, high) = (tail(prior, &models, End::Lowest), tail(prior, &models, End::Highest));
    let mut sharpest: f64 = 0.0;
    let mut each = Vec::with_capacity(models.len());
    for look in 0..LOOKS {
        let theta = low + (high - low) * f64::from(look) / f64::from(LOOKS - 1);
        each.clear();
        each.extend(models.iter().map(|model| sharpness(model, theta)));
        if length < each.len() {
            each.select_nth_unstable_by(length, |one, two| two.total_cmp(one));
        }
        sharpest = sharpest.max(each.iter().take(length).sum());
    }
    let steepest = models.iter().map(ResponseModel::steepness).fold(0.0, f64::max);
    let step = (1.0 / libm::sqrt(1.0 / prior.variance + sharpest)).min(1.0 / steepest);
    (low, high, step)
}

/// The same item without guessing: its likelihoods are log-concave, and at least as sharp.
fn unguessed(model: &ResponseModel) -> ResponseModel {
    match model {
        ResponseModel::Logistic { slope, location, .. } => {
            ResponseModel::Logistic { slope: *slope, location: *location, lower: 0.0 }
        }
        other => other.clone(),
    }
}

/// −d²ℓ/dθ² of the most telling category.
fn sharpness(model: &ResponseModel, theta: f64) -> f64 {
    let categories = u8::try_from(model.categories()).unwrap_or(u8::MAX);
    (0..categories).map(|category| -model.log_likelihood(theta, category).second).fold(0.0, f64::max)
}

/// Where the posterior of the answers at one end has fallen off.
fn tail(prior: Marginal, models: &[ResponseModel], end: End) -> f64 {
    let sign = if matches!(end, End::Lowest) { -1.0 } else { 1.0 };
    // The logarithm of the posterior and its derivative, at a distance from the prior mean outwards.
    let log_posterior = |distance: f64| {
        let theta = prior.mean + sign * distance;
        let start = (-0.5 * distance * distance / prior.variance, -distance / prior.variance);
        models.iter().fold(start, |(value, first), model| {
            let category = match end {
                End::Lowest => 0,
                End::Highest => u8::try_from(model.categories() - 1).unwrap_or(u8::MAX),
            };
            let likelihood = model.log_likelihood(theta, category);
            (value + likelihood.value, first + sign * likelihood.first)
        })
    };
    // No answer pulls harder than its steepness, and the prior pulls back.
    let pull: f64 = models.iter().map(ResponseModel::steepness).sum();
    let (mut mode, mut beyond) = (0.0, prior.variance * pull);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (mode + beyond);
        if log_posterior(middle).1 > 0.0 { mode = middle } else { beyond = middle }
    }
    let peak = log_posterior(mode).0;
    // The prior alone falls as far within this distance.
    let (mut inside, mut outside) = (beyond, beyond + libm::sqrt(2.0 * FALL * prior.variance));
    for _ in 0..HALVINGS {
        let middle = 0.5 * (inside + outside);
        if log_posterior(middle).0 > peak - FALL { inside = middle } else { outside = middle }
    }
    prior.mean + sign * outside
}
