//! From a bank to its calibration and back: what of its items and population is estimated, and the bank that comes of it.
//!
//! The estimation is [`crate::measure::calibrate`]'s, which knows no bank. No browser needs this.

use semver::Version;
use thiserror::Error;

use crate::assessment::Instrument;
use crate::bank::{BankDocument, Calibration, ItemDocument, ModelDocument};
use crate::framework::FrameworkReference;
use crate::id::ItemId;
use crate::measure::calibrate::{Calibrated, Curve, Form, Freedom, ItemEstimate, ItemStart, ItemState};
use crate::measure::{Belief, ResponseModel, population};
use crate::units::Thousandths;

/// Slopes, locations and standard errors that a bank can hold, thousandths.
const SLOPES: std::ops::RangeInclusive<i32> = 50..=5_000;
const LOCATIONS: std::ops::RangeInclusive<i32> = -5_000..=14_000;
const ERRORS: std::ops::RangeInclusive<i32> = 1..=3_000;
/// Times that correlations are made a hundredth weaker until their thousandths are positive definite.
const WEAKENINGS: u32 = 100;

/// A bank with estimated parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalibrated {
    /// The bank, with the same items in the same order.
    pub document: BankDocument,
    /// What was done with each item's parameters.
    pub items: Vec<(ItemId, Taken)>,
}

/// What was done with the estimate of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is in the bank.
    Estimated,
    /// The parameters stay as they were: too few people answered.
    TooFewAnswers,
    /// The parameters stay as they were: the answers do not say where they are.
    Undetermined,
    /// The parameters stay as they were: the estimates are farther out than a bank can hold.
    OutOfRange,
}

/// Estimates that make no bank.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecalibrationError {
    /// Results were given in another framework than the bank's own.
    #[error("the bank is written for {wanted}; estimates on {found} cannot go into it")]
    OtherFramework {
        /// The bank's.
        wanted: FrameworkReference,
        /// That of the estimates.
        found: FrameworkReference,
    },
    /// Estimates of other items.
    #[error("there are estimates of {found} items; the bank has {wanted}")]
    OtherItems {
        /// Items of the bank.
        wanted: usize,
        /// Items with estimates.
        found: usize,
    },
    /// No estimate could be used.
    #[error("no item was answered often enough: the bank would stay as it is")]
    Nothing,
    /// A covariance that is not positive definite in thousandths.
    #[error("the estimated covariance is not positive definite when written in thousandths")]
    Covariance,
}

/// The items of a bank as calibration starts from them, in the order of the bank: on the traits that the instrument measures
/// with, from the authors' values and doubts.
#[must_use]
pub fn items(instrument: &Instrument) -> Vec<ItemStart> {
    let sources = &instrument.bank().document().items;
    instrument
        .candidates()
        .zip(sources)
        .map(|((item, probe), source)| {
            let (form, bounds) = match &item.model {
                ResponseModel::Graded { thresholds, .. } => (Form::Graded, thresholds.clone()),
                ResponseModel::Logistic { location, lower, .. } => (Form::Logistic { lower: *lower }, vec![*location]),
                ResponseModel::PartialCredit { steps, .. } => (Form::PartialCredit, steps.clone()),
            };
            // The model's own slope is flattened by the doubt about the location.
            let curve = Curve { form, slope: source.slope.to_f64(), bounds };
            let location_sd = source.location_sd.to_f64();
            ItemStart { loading: probe.loading, curve, location_sd, freedom: Freedom::All }
        })
        .collect()
}

/// The population as the bank supposes it, and how many of its traits are competences.
#[must_use]
pub fn prior(instrument: &Instrument) -> (Belief, usize) {
    (instrument.prior().clone(), instrument.competences())
}

/// The bank with these estimates, as a new version.
///
/// Where an estimate is not to be used, an item keeps what it had; one without `calibratedFrom` is provisional. `document` is
/// the bank as written, `instrument` was made of it and measures in the bank's own framework.
///
/// # Errors
/// If the estimates do not belong to the bank, or none can be used.
pub fn recalibrated(
    document: &BankDocument,
    instrument: &Instrument,
    found: &Calibrated,
    version: Version,
) -> Result<Recalibrated, RecalibrationError> {
    let framework = instrument.framework().reference();
    if document.framework != framework {
        return Err(RecalibrationError::OtherFramework { wanted: document.framework.clone(), found: framework });
    }
    if document.items.len() != found.items.len() {
        return Err(RecalibrationError::OtherItems { wanted: document.items.len(), found: found.items.len() });
    }
    let mut bank = document.clone();
    let mut items = Vec::with_capacity(bank.items.len());
    for (item, estimate) in bank.items.iter_mut().zip(&found.items) {
        let taken = match estimate.state {
            ItemState::Estimated => take(item, estimate),
            ItemState::TooFewAnswers => Taken::TooFewAnswers,
            ItemState::Given | ItemState::Undetermined => Taken::Undetermined,
        };
        items.push((item.id.clone(), taken));
    }
    if items.iter().all(|(_, taken)| *taken != Taken::Estimated) {
        return Err(RecalibrationError::Nothing);
    }
    let areas = areas(instrument);
    bank.model = model(&found.population.belief, instrument, &areas).ok_or(RecalibrationError::Covariance)?;
    bank.version = version;
    bank.calibration = Calibration::Calibrated;
    Ok(Recalibrated { document: bank, items })
}

/// The number of each competence's area.
fn areas(instrument: &Instrument) -> Vec<usize> {
    let areas = instrument.framework().areas().iter().enumerate();
    areas.flat_map(|(number, area)| area.competences.iter().map(move |_| number)).collect()
}

/// Writes an estimate into an item, if it fits.
fn take(item: &mut ItemDocument, estimate: &ItemEstimate) -> Taken {
    let bounds: Vec<Thousandths> = estimate.curve.bounds.iter().map(|bound| Thousandths::from_f64(*bound)).collect();
    let slope = Thousandths::from_f64(estimate.curve.slope);
    let Some(location_error) = estimate.location_error else { return Taken::Undetermined };
    // Rounded up: nothing is known without error.
    let location_sd = Thousandths::from_f64(location_error + 0.0005);
    let fits = SLOPES.contains(&slope.0)
        && ERRORS.contains(&location_sd.0)
        && bounds.iter().all(|bound| LOCATIONS.contains(&bound.0))
        && (estimate.curve.form != Form::Graded || bounds.is_sorted_by(|low, high| low < high));
    if !fits {
        return Taken::OutOfRange;
    }
    match estimate.curve.form {
        Form::Graded => item.thresholds = bounds,
        Form::Logistic { .. } => item.location = bounds.first().copied(),
        Form::PartialCredit => item.steps = bounds,
    }
    item.slope = slope;
    item.location_sd = location_sd;
    item.slope_sd = estimate.slope_error.map(|error| Thousandths::from_f64(error + 0.0005));
    item.calibrated_from = Some(u32::try_from(estimate.counts.iter().sum::<u64>()).unwrap_or(u32::MAX));
    Taken::Estimated
}

/// Means and covariance in thousandths, with the shares that come nearest to them as their summary.
fn model(belief: &Belief, instrument: &Instrument, areas: &[usize]) -> Option<ModelDocument> {
    let mut model = summary(belief, areas);
    model.competences = instrument.framework().competences().to_vec();
    model.means = belief.means().iter().map(|mean| Thousandths::from_f64(*mean)).collect();
    let mut strength = 1.0;
    for _ in 0..WEAKENINGS {
        model.covariance = (0..belief.traits())
            .flat_map(|row| (0..=row).map(move |column| (row, column)))
            .map(|(row, column)| {
                let entry = belief.entry(row, column);
                // A leniency that everybody shares is still a trait.
                if row == column {
                    Thousandths::from_f64(entry.max(0.001))
                } else {
                    Thousandths::from_f64(entry * strength)
                }
            })
            .collect();
        if population(&model, areas).is_ok() {
            return Some(model);
        }
        strength *= 0.99;
    }
    None
}

/// The shares of variance that come nearest to a covariance, kept within what a bank accepts.
fn summary(belief: &Belief, areas: &[usize]) -> ModelDocument {
    let competences = areas.len();
    let correlation =
        |one: usize, two: usize| belief.entry(one, two) / libm::sqrt(belief.entry(one, one) * belief.entry(two, two));
    let mean = |numbers: Vec<f64>, else_: f64| {
        if numbers.is_empty() { else_ } else { numbers.iter().sum::<f64>() / numbers.len() as f64 }
    };
    let pairs = |range: std::ops::Range<usize>| range.clone().flat_map(move |i| (range.start..i).map(move |j| (i, j)));
    let together = |same: bool| -> Vec<f64> {
        let of_kind = pairs(0..competences).filter(|(i, j)| (areas.get(*i) == areas.get(*j)) == same);
        of_kind.map(|(i, j)| correlation(i, j)).collect()
    };
    let spread = |traits: std::ops::Range<usize>| libm::sqrt(mean(traits.map(|i| belief.entry(i, i)).collect(), 0.0));
    let centre =
        |traits: std::ops::Range<usize>| mean(traits.filter_map(|i| belief.means().get(i).copied()).collect(), 0.0);
    let within = |value: f64, low: i32, high: i32| Thousandths(Thousandths::from_f64(value).0.max(low).min(high));
    let (own, leniencies) = (0..competences, competences..belief.traits());
    let general = within(mean(together(false), 0.5), 0, 990);
    let area = within(mean(together(true), 0.7) - general.to_f64(), 0, 990 - general.0);
    let habits: Vec<f64> = pairs(leniencies.clone()).map(|(i, j)| correlation(i, j)).collect();
    ModelDocument {
        mean: within(centre(own.clone()), -20_000, 20_000),
        sd: within(spread(own), 100, 10_000),
        general,
        area,
        specific: Thousandths(1000 - general.0 - area.0),
        leniency_mean: within(centre(leniencies.clone()), -20_000, 20_000),
        leniency_sd: within(spread(leniencies), 0, 10_000),
        leniency_correlation: within(mean(habits, 0.0), 0, 990),
        competences: Vec::new(),
        means: Vec::new(),
        covariance: Vec::new(),
    }
}
