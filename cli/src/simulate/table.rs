//! The results of a study for people.

use std::io::Write;

use skills_passport::simulation::{Comparison, Figures, Lengths, Results, Way};
use skills_passport::units::Thousandths;

use super::{Done, InWords};
use crate::error::CliError;
use crate::output::{BOLD, columns_of, paragraph};

/// Questions between the lines of the curve.
const CURVE_STEP: usize = 5;

/// 912 thousandths as `0.912`.
pub(super) fn decimal(value: Thousandths) -> String {
    format!("{:.3}", value.to_f64())
}

/// The same with its sign.
pub(super) fn signed(value: Thousandths) -> String {
    format!("{:+.3}", value.to_f64())
}

pub(super) fn write(out: &mut dyn Write, done: &Done<'_>) -> Result<(), CliError> {
    let Done { instrument, design, results } = done;
    let (framework, bank) = (instrument.framework().reference(), instrument.bank().reference());
    let (people, mode) = (results.people(), design.plan.mode.name());
    writeln!(out, "{BOLD}{people} simulated people, {mode} mode{BOLD:#}, {framework}, {bank}, seed {}", design.seed)?;
    writeln!(out, "Truth: {}\n", InWords(&design.truth))?;
    columns_of(out, &figures(done))?;
    writeln!(out, "\n{}", length(&results.lengths()))?;
    writeln!(out, "{}", exposure(results))?;
    if results.unsettled() > 0 {
        writeln!(out, "Inference did not settle at the end of {} sittings.", results.unsettled())?;
    }
    if !results.curve().is_empty() {
        writeln!(out, "\n{BOLD}After so many questions{BOLD:#}")?;
        columns_of(out, &curve(results))?;
    }
    if !results.comparisons().is_empty() {
        writeln!(out, "\n{BOLD}The same people, asked otherwise{BOLD:#}")?;
        columns_of(out, &comparisons(results))?;
    }
    writeln!(out)?;
    paragraph(
        out,
        "Simulated people answer by the response models: this tells what the engine makes of such people and says nothing \
         about real learners.",
        0,
    )?;
    if instrument.bank().is_provisional() {
        paragraph(out, "The parameters of this bank are its authors' judgement.", 0)?;
    }
    Ok(())
}

fn figures(done: &Done<'_>) -> Vec<Vec<String>> {
    let results = &done.results;
    let heads = ["", "bias", "RMSE", "said", "covered", "exact", "±1", "answers", "measured", "inferred", "too little"];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    lines.push(line("all competences", &results.competences_together().figures()));
    for area in done.instrument.framework().areas() {
        let Some((id, tally)) = results.areas().iter().find(|(id, _)| *id == area.id) else { continue };
        lines.push(line(&format!("area {id}"), &tally.figures()));
        let members = results.competences().iter().filter(|(id, _)| area.competences.contains(id));
        lines.extend(members.map(|(id, tally)| line(&format!("  {id}"), &tally.figures())));
    }
    lines.push(line("all areas", &results.areas_together().figures()));
    lines.push(line("overall", &results.overall().figures()));
    lines
}

fn line(label: &str, figures: &Figures) -> Vec<String> {
    let one_decimal = |value: Thousandths| format!("{:.1}", value.to_f64());
    vec![
        label.to_owned(),
        signed(figures.bias),
        decimal(figures.rmse),
        decimal(figures.standard_error),
        decimal(figures.coverage),
        decimal(figures.exact),
        decimal(figures.near),
        one_decimal(figures.answers),
        decimal(figures.measured),
        decimal(figures.inferred),
        decimal(figures.not_enough),
    ]
}

fn length(lengths: &Lengths) -> String {
    let Lengths { fewest, mean, most, precise, length, exhausted, little_to_gain } = lengths;
    let endings = [
        (precise, "precise enough"),
        (length, "the mode's length"),
        (little_to_gain, "little to gain"),
        (exhausted, "no question left"),
    ];
    let counted = endings.iter().filter(|(count, _)| **count > 0).map(|(count, why)| format!("{why} {count}"));
    format!(
        "Questions: {fewest} to {most}, mean {:.1}; ended by: {}",
        mean.to_f64(),
        counted.collect::<Vec<_>>().join(", ")
    )
}

fn exposure(results: &Results) -> String {
    let items = results.exposure();
    let share = |asked: u64| asked as f64 / results.people().max(1) as f64;
    let never = items.iter().filter(|(_, asked)| *asked == 0).count();
    let often = items.iter().filter(|(_, asked)| share(*asked) > 0.5).count();
    let most = items.iter().max_by(|one, two| one.1.cmp(&two.1).then_with(|| two.0.cmp(&one.0)));
    let most = most.map(|(item, asked)| format!("; most often {item} ({:.2} of people)", share(*asked)));
    format!(
        "Items: {never} of {} never asked, {often} asked of more than half{}",
        items.len(),
        most.unwrap_or_default()
    )
}

/// Mean number of questions of another way, thousandths of a question.
pub(super) fn mean_questions(comparison: &Comparison, people: u64) -> Thousandths {
    Thousandths::from_f64(comparison.questions as f64 / people.max(1) as f64)
}

fn comparisons(results: &Results) -> Vec<Vec<String>> {
    let line = |name: &str, questions: Thousandths, figures: &Figures| {
        vec![
            name.to_owned(),
            format!("{:.1}", questions.to_f64()),
            decimal(figures.rmse),
            decimal(figures.standard_error),
            decimal(figures.coverage),
            decimal(figures.near),
        ]
    };
    let heads = ["all competences", "questions", "RMSE", "said", "covered", "±1"].map(str::to_owned).to_vec();
    let own = line("all at once, as above", results.lengths().mean, &results.competences_together().figures());
    let others = results.comparisons().iter().map(|comparison| {
        let name = match comparison.way {
            Way::Fixed => "fixed form, each by itself",
            Way::Separate => "adaptive, each by itself",
            Way::FixedOneTrait => "fixed form, each by itself, no ratings",
            Way::SeparateOneTrait => "adaptive, each by itself, no ratings",
        };
        line(name, mean_questions(comparison, results.people()), &comparison.competences.figures())
    });
    [heads, own].into_iter().chain(others).collect()
}

fn curve(results: &Results) -> Vec<Vec<String>> {
    let heads = ["questions", "answering", "RMSE", "covered", "areas: RMSE", "covered", "overall: RMSE", "covered"];
    let last = results.curve().len().saturating_sub(1);
    let shown = results.curve().iter().enumerate().filter(|(at, _)| at % CURVE_STEP == 0 || *at == last);
    let lines = shown.map(|(questions, point)| {
        let mut line = vec![questions.to_string(), point.people.to_string()];
        for tally in [&point.competences, &point.areas, &point.overall] {
            let figures = tally.figures();
            line.extend([decimal(figures.rmse), decimal(figures.coverage)]);
        }
        line
    });
    std::iter::once(heads.map(str::to_owned).to_vec()).chain(lines).collect()
}
