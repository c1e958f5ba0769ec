//! The results of a study for programs.

use serde::Serialize;
use skills_passport::bank::BankReference;
use skills_passport::framework::FrameworkReference;
use skills_passport::id::{AreaId, CompetenceId, ItemId};
use skills_passport::simulation::{Figures, Lengths, Way};
use skills_passport::units::Thousandths;

use super::{Done, table};

/// Everything; levels and shares are thousandths.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    framework: FrameworkReference,
    bank: BankReference,
    provisional: bool,
    mode: &'static str,
    focus: Vec<CompetenceId>,
    seed: u64,
    truth: TruthView,
    people: u64,
    unsettled: u64,
    questions: Lengths,
    competences_together: Figures,
    areas_together: Figures,
    overall: Figures,
    competences: Vec<CompetenceView>,
    areas: Vec<AreaView>,
    exposure: Vec<ExposureView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    curve: Vec<PointView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<ComparisonView>,
}

/// Where the truth departs from the bank's model; what is null is as there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TruthView {
    general: Option<Thousandths>,
    area: Option<Thousandths>,
    location_error: Thousandths,
    leniency_mean: Option<Thousandths>,
}

#[derive(Serialize)]
struct CompetenceView {
    competence: CompetenceId,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
struct AreaView {
    area: AreaId,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
struct ExposureView {
    item: ItemId,
    asked: u64,
}

#[derive(Serialize)]
struct PointView {
    questions: usize,
    people: u64,
    competences: Figures,
    areas: Figures,
    overall: Figures,
}

/// Another way to ask the same people; `questions` is the mean, thousandths of a question.
#[derive(Serialize)]
struct ComparisonView {
    way: Way,
    questions: Thousandths,
    #[serde(flatten)]
    figures: Figures,
}

impl Document {
    pub(super) fn of(done: &Done<'_>) -> Self {
        let Done { instrument, design, results } = done;
        let competences = results.competences().iter();
        let areas = results.areas().iter();
        let exposure = results.exposure().iter();
        Self {
            framework: instrument.framework().reference(),
            bank: instrument.bank().reference(),
            provisional: instrument.bank().is_provisional(),
            mode: design.plan.mode.name(),
            focus: design.plan.focus.clone(),
            seed: design.seed,
            truth: TruthView {
                general: design.truth.general.map(Thousandths::from_f64),
                area: design.truth.area.map(Thousandths::from_f64),
                location_error: Thousandths::from_f64(design.truth.location_error),
                leniency_mean: design.truth.leniency_mean.map(Thousandths::from_f64),
            },
            people: results.people(),
            unsettled: results.unsettled(),
            questions: results.lengths(),
            competences_together: results.competences_together().figures(),
            areas_together: results.areas_together().figures(),
            overall: results.overall().figures(),
            competences: competences
                .map(|(id, tally)| CompetenceView { competence: id.clone(), figures: tally.figures() })
                .collect(),
            areas: areas.map(|(id, tally)| AreaView { area: id.clone(), figures: tally.figures() }).collect(),
            exposure: exposure.map(|(item, asked)| ExposureView { item: item.clone(), asked: *asked }).collect(),
            comparisons: results
                .comparisons()
                .iter()
                .map(|comparison| ComparisonView {
                    way: comparison.way,
                    questions: table::mean_questions(comparison, results.people()),
                    figures: comparison.competences.figures(),
                })
                .collect(),
            curve: results
                .curve()
                .iter()
                .enumerate()
                .map(|(questions, point)| PointView {
                    questions,
                    people: point.people,
                    competences: point.competences.figures(),
                    areas: point.areas.figures(),
                    overall: point.overall.figures(),
                })
                .collect(),
        }
    }
}
