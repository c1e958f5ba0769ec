//! A calibration for programs: integers only.

use serde::Serialize;
use skills_passport::bank::BankReference;
use skills_passport::calibration::Taken;
use skills_passport::measure::calibrate::{Basis, GroupPopulation, ItemState};
use skills_passport::units::Thousandths;

use super::intake::Refusal;
use super::{Done, trait_names};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    bank: BankReference,
    new_version: Option<String>,
    engine: String,
    people: usize,
    answers: usize,
    rows: u64,
    missing: u64,
    refused: u64,
    refusals: Vec<Refusal>,
    columns_left_out: Vec<String>,
    settings: SettingsView,
    convergence: ConvergenceView,
    /// In thousandths.
    log_likelihood: i64,
    standard_errors: &'static str,
    population: PopulationView,
    groups: Vec<GroupView>,
    items: Vec<ItemView>,
    dependences: Option<Vec<DependenceView>>,
    differences: Vec<DifferenceView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SettingsView {
    priors: bool,
    least_answers: u64,
    /// In millionths of a level.
    tolerance_millionths: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConvergenceView {
    converged: bool,
    readings: u32,
    distance: Thousandths,
    slowest_item: Option<String>,
    unsettled_people: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PopulationView {
    traits: Vec<String>,
    means: Vec<Thousandths>,
    sds: Vec<Thousandths>,
    /// Row by row.
    correlations: Vec<Thousandths>,
    sd_errors: Option<Vec<Thousandths>>,
    correlation_errors: Option<Vec<Thousandths>>,
    anchor_errors: Option<Vec<Thousandths>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupView {
    group: String,
    people: usize,
    population: PopulationView,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemView {
    item: String,
    taken: &'static str,
    answers: u64,
    counts: Vec<u64>,
    slope: Thousandths,
    slope_error: Option<Thousandths>,
    bounds: Vec<Thousandths>,
    bound_errors: Option<Vec<Thousandths>>,
    location: Thousandths,
    location_error: Option<Thousandths>,
    /// How far the location is from where the authors put it.
    moved: Thousandths,
    infit: Thousandths,
    infit_error: Thousandths,
    outfit: Thousandths,
    outfit_error: Thousandths,
    misfits: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DependenceView {
    items: [String; 2],
    q3: Thousandths,
    people: u64,
    dependent: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DifferenceView {
    item: String,
    chi_square: Thousandths,
    freedom: u32,
    p_millionths: i64,
    adjusted_p_millionths: i64,
    shifts: Vec<ShiftView>,
    differs: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShiftView {
    group: String,
    shift: Thousandths,
    error: Thousandths,
}

/// What was done with an item, in a word.
pub(super) fn taken(state: ItemState, taken: Option<Taken>) -> &'static str {
    match (taken, state) {
        (Some(Taken::OutOfRange), _) => "out-of-range",
        (_, ItemState::Estimated) => "estimated",
        (_, ItemState::Given) => "given",
        (_, ItemState::TooFewAnswers) => "too-few-answers",
        (_, ItemState::Undetermined) => "undetermined",
    }
}

fn all(numbers: &[f64]) -> Vec<Thousandths> {
    numbers.iter().map(|number| Thousandths::from_f64(*number)).collect()
}

fn whole(number: f64, parts: f64) -> i64 {
    (number * parts).round() as i64
}

fn population(traits: &[String], group: &GroupPopulation) -> PopulationView {
    let (belief, n) = (&group.belief, traits.len());
    let sds: Vec<f64> = (0..n).map(|i| belief.marginal(i).sd()).collect();
    let pairs =
        sds.iter().enumerate().flat_map(|(i, one)| sds.iter().enumerate().map(move |(j, two)| (i, j, one * two)));
    PopulationView {
        traits: traits.to_vec(),
        means: all(belief.means()),
        correlations: pairs.map(|(i, j, unit)| Thousandths::from_f64(belief.entry(i, j) / unit)).collect(),
        sds: all(&sds),
        sd_errors: group.errors.as_ref().map(|errors| all(&errors.sds)),
        correlation_errors: group.errors.as_ref().map(|errors| all(&errors.correlations)),
        anchor_errors: group.anchor_errors.as_ref().map(|errors| all(errors)),
    }
}

impl Document {
    pub(super) fn of(done: &Done<'_>) -> Self {
        let Done { instrument, settings, intake, groups, people, answers, found, bank } = done;
        let sources = &instrument.bank().document().items;
        let name = |item: usize| sources.get(item).map_or_else(String::new, |source| source.id.to_string());
        let traits = trait_names(instrument.framework());
        let item = |(number, (estimate, source)): (usize, (&_, &skills_passport::bank::ItemDocument))| {
            let estimate: &skills_passport::measure::calibrate::ItemEstimate = estimate;
            let in_bank = bank.and_then(|bank| bank.items.get(number)).map(|(_, taken)| *taken);
            let location = Thousandths::from_f64(estimate.curve.location());
            ItemView {
                item: source.id.to_string(),
                taken: taken(estimate.state, in_bank),
                answers: estimate.counts.iter().sum(),
                counts: estimate.counts.clone(),
                slope: Thousandths::from_f64(estimate.curve.slope),
                slope_error: estimate.slope_error.map(Thousandths::from_f64),
                bounds: all(&estimate.curve.bounds),
                bound_errors: estimate.bound_errors.as_ref().map(|errors| all(errors)),
                location,
                location_error: estimate.location_error.map(Thousandths::from_f64),
                moved: Thousandths(location.0.saturating_sub(source.mean_location().0)),
                infit: Thousandths::from_f64(estimate.fit.infit),
                infit_error: Thousandths::from_f64(estimate.fit.infit_error),
                outfit: Thousandths::from_f64(estimate.fit.outfit),
                outfit_error: Thousandths::from_f64(estimate.fit.outfit_error),
                misfits: estimate.fit.misfits,
            }
        };
        let other = |number: usize| groups.get(number + 1).map_or_else(String::new, |(name, _)| name.clone());
        let convergence = found.convergence;
        Self {
            bank: instrument.bank().reference(),
            new_version: bank.map(|bank| bank.document.version.to_string()),
            engine: skills_passport::engine_version().to_string(),
            people: *people,
            answers: *answers,
            rows: intake.rows,
            missing: intake.missing,
            refused: intake.refused,
            refusals: intake.refusals.clone(),
            columns_left_out: intake.left_out.iter().map(|(_, column)| column.clone()).collect(),
            settings: SettingsView {
                priors: settings.priors,
                least_answers: settings.least_answers,
                tolerance_millionths: whole(settings.tolerance, 1e6),
            },
            convergence: ConvergenceView {
                converged: convergence.converged,
                readings: convergence.readings,
                distance: Thousandths::from_f64(convergence.distance),
                slowest_item: convergence.slowest.map(name),
                unsettled_people: convergence.unsettled,
            },
            log_likelihood: whole(found.log_likelihood, 1000.0),
            standard_errors: match found.basis {
                Basis::Everything => "items-and-population",
                Basis::Items => "items",
                Basis::EachItem => "each-item",
            },
            population: population(&traits, &found.population),
            groups: groups
                .iter()
                .zip(&found.populations)
                .map(|((group, _), found)| GroupView {
                    group: group.clone(),
                    people: found.people,
                    population: population(&traits, found),
                })
                .collect(),
            items: found.items.iter().zip(sources).enumerate().map(item).collect(),
            dependences: found.dependences.as_ref().map(|pairs| {
                let pair = |pair: &skills_passport::measure::calibrate::Dependence| DependenceView {
                    items: [name(pair.one), name(pair.two)],
                    q3: Thousandths::from_f64(pair.q3),
                    people: pair.people,
                    dependent: pair.dependent,
                };
                pairs.iter().map(pair).collect()
            }),
            differences: found
                .differences
                .iter()
                .map(|test| DifferenceView {
                    item: name(test.item),
                    chi_square: Thousandths::from_f64(test.chi_square),
                    freedom: test.freedom,
                    p_millionths: whole(test.p, 1e6),
                    adjusted_p_millionths: whole(test.adjusted_p, 1e6),
                    shifts: test
                        .shifts
                        .iter()
                        .zip(&test.shift_errors)
                        .enumerate()
                        .map(|(number, (shift, error))| ShiftView {
                            group: other(number),
                            shift: Thousandths::from_f64(*shift),
                            error: Thousandths::from_f64(*error),
                        })
                        .collect(),
                    differs: test.differs,
                })
                .collect(),
        }
    }
}
