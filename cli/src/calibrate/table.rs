//! A calibration for people.

use std::io::Write;
use std::path::Path;

use skills_passport::calibration::Taken;
use skills_passport::measure::calibrate::{Basis, ItemEstimate};

use super::view::taken;
use super::{Done, trait_names};
use crate::error::CliError;
use crate::output::{BOLD, columns_of, paragraph, quoted, shell_word};

/// Refusals that are shown; all are counted.
const SHOWN: usize = 10;

pub(super) fn write(out: &mut dyn Write, done: &Done<'_>, folder: Option<&Path>) -> Result<(), CliError> {
    let Done { instrument, settings, people, answers, found, .. } = done;
    let how = if settings.priors { "with the authors' values as priors" } else { "by maximum likelihood" };
    writeln!(out, "{BOLD}{people} people, {answers} answers{BOLD:#}, {}, {how}", instrument.bank().reference())?;
    intake(out, done)?;
    let convergence = found.convergence;
    let end = if convergence.converged { "settled" } else { "did NOT settle" };
    writeln!(
        out,
        "Estimation {end} after {} readings of all answers, within {:.4} levels.",
        convergence.readings, convergence.distance
    )?;
    if convergence.unsettled > 0 {
        writeln!(out, "The posteriors of {} people are approximate.", convergence.unsettled)?;
    }
    writeln!(out, "ln P(answers) = {:.3}", found.log_likelihood)?;
    writeln!(out, "\n{BOLD}Items{BOLD:#}, in levels")?;
    columns_of(out, &items(done))?;
    match found.basis {
        Basis::Everything => {}
        Basis::Items => paragraph(
            out,
            "Standard errors take the population as known: there are few people for its correlations.",
            0,
        )?,
        Basis::EachItem => paragraph(
            out,
            "Standard errors are of each item by itself, and somewhat too small: there are few people for so many parameters.",
            0,
        )?,
    }
    writeln!(out, "\n{BOLD}Population{BOLD:#}, in levels")?;
    columns_of(out, &population(done))?;
    if settings.priors {
        let text = "± of a mean is how sure the authors' places of the items make the scale itself; other errors leave that out.";
        paragraph(out, text, 0)?;
    }
    dependences(out, done)?;
    differences(out, done)?;
    if let Some(folder) = folder {
        writeln!(out, "\nThe new bank is in {}", shell_word(&folder.display().to_string()))?;
    }
    Ok(())
}

fn intake(out: &mut dyn Write, done: &Done<'_>) -> Result<(), CliError> {
    let intake = done.intake;
    writeln!(
        out,
        "{} rows read; {} answers left open; {} faults, which were left out",
        intake.rows, intake.missing, intake.refused
    )?;
    for refusal in intake.refusals.iter().take(SHOWN) {
        let column = if refusal.column.is_empty() { String::new() } else { format!(", {}", refusal.column) };
        writeln!(
            out,
            "  {}, row {}{}: {}",
            quoted(&refusal.file),
            refusal.row,
            quoted(&column),
            quoted(&refusal.reason)
        )?;
    }
    if intake.refused > SHOWN as u64 {
        writeln!(out, "  … and {} more; --json lists the first thousand", intake.refused - SHOWN as u64)?;
    }
    for (file, column) in &intake.left_out {
        writeln!(out, "  {}: column `{}` is no item of the bank", quoted(file), quoted(column))?;
    }
    if done.groups.len() > 1 {
        let named: Vec<String> =
            done.groups.iter().map(|(name, people)| format!("{} ({people})", quoted(name))).collect();
        writeln!(out, "Groups: {}", named.join(", "))?;
    }
    Ok(())
}

fn items(done: &Done<'_>) -> Vec<Vec<String>> {
    let heads = ["", "answers", "slope", "±", "location", "±", "moved", "infit", "outfit", ""];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    let sources = &done.instrument.bank().document().items;
    for (number, (item, source)) in done.found.items.iter().zip(sources).enumerate() {
        let answered: u64 = item.counts.iter().sum();
        if answered == 0 {
            continue;
        }
        let error = |error: Option<f64>| error.map_or_else(|| "–".to_owned(), |error| format!("{error:.2}"));
        let moved = item.curve.location() - source.mean_location().to_f64();
        lines.push(vec![
            source.id.to_string(),
            answered.to_string(),
            format!("{:.2}", item.curve.slope),
            error(item.slope_error),
            format!("{:.2}", item.curve.location()),
            error(item.location_error),
            format!("{moved:+.2}"),
            format!("{:.2}", item.fit.infit),
            format!("{:.2}", item.fit.outfit),
            remarks(item, done.bank.and_then(|bank| bank.items.get(number)).map(|(_, taken)| *taken)),
        ]);
    }
    let none = done.found.items.iter().filter(|item| item.counts.iter().all(|count| *count == 0)).count();
    if none > 0 {
        lines.push(vec![format!("{none} more without an answer")]);
    }
    lines
}

fn remarks(item: &ItemEstimate, in_bank: Option<Taken>) -> String {
    let state = match taken(item.state, in_bank) {
        "estimated" => "",
        "too-few-answers" => "too few answers: not used",
        "undetermined" => "not determined: not used",
        "out-of-range" => "out of range: not used",
        other => other,
    };
    let misfit = if item.fit.misfits { "misfits" } else { "" };
    [state, misfit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn population(done: &Done<'_>) -> Vec<Vec<String>> {
    let found = &done.found.population;
    let heads = ["", "mean", "±", "SD", "±", "mean before", "SD before"];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    let errors =
        done.found.populations.first().filter(|_| done.groups.len() == 1).and_then(|group| group.errors.as_ref());
    let (before, _) = skills_passport::calibration::prior(done.instrument);
    for (number, name) in trait_names(done.instrument.framework()).into_iter().enumerate() {
        let (now, then) = (found.belief.marginal(number), before.marginal(number));
        let at = |errors: Option<&Vec<f64>>| {
            let error = errors.and_then(|errors| errors.get(number)).filter(|error| **error > 0.0);
            error.map_or_else(|| "–".to_owned(), |error| format!("{error:.2}"))
        };
        lines.push(vec![
            name,
            format!("{:.2}", now.mean),
            at(found.anchor_errors.as_ref()),
            format!("{:.2}", now.sd()),
            at(errors.map(|errors| &errors.sds)),
            format!("{:.2}", then.mean),
            format!("{:.2}", then.sd()),
        ]);
    }
    lines
}

fn dependences(out: &mut dyn Write, done: &Done<'_>) -> Result<(), CliError> {
    let sources = &done.instrument.bank().document().items;
    let name = |item: usize| sources.get(item).map_or_else(String::new, |source| source.id.to_string());
    let Some(pairs) = &done.found.dependences else {
        writeln!(out, "\nPairs of items were not looked at: there are too many.")?;
        return Ok(());
    };
    let dependent: Vec<_> = pairs.iter().filter(|pair| pair.dependent).collect();
    writeln!(
        out,
        "\n{BOLD}Pairs that share more than their traits{BOLD:#} (residual correlation 0.2 or more): {}",
        dependent.len()
    )?;
    let line = |pair: &&skills_passport::measure::calibrate::Dependence| {
        vec![name(pair.one), name(pair.two), format!("{:.2}", pair.q3), format!("{} people", pair.people)]
    };
    columns_of(out, &dependent.iter().map(line).collect::<Vec<_>>())?;
    Ok(())
}

fn differences(out: &mut dyn Write, done: &Done<'_>) -> Result<(), CliError> {
    if done.groups.len() < 2 {
        return Ok(());
    }
    let sources = &done.instrument.bank().document().items;
    let tests = &done.found.differences;
    let differ: Vec<_> = tests.iter().filter(|test| test.differs).collect();
    writeln!(
        out,
        "\n{BOLD}Items that differ between groups{BOLD:#}: {} of {} tested (corrected p < 0.05, and a quarter of a level or more)",
        differ.len(),
        tests.len()
    )?;
    let mut lines = Vec::new();
    for test in differ {
        let shifts: Vec<String> = test
            .shifts
            .iter()
            .zip(&test.shift_errors)
            .zip(done.groups.iter().skip(1))
            .map(|((shift, error), (group, _))| format!("{} {shift:+.2} ± {error:.2}", quoted(group)))
            .collect();
        let item = sources.get(test.item).map_or_else(String::new, |source| source.id.to_string());
        lines.push(vec![item, format!("p {:.4}", test.adjusted_p), shifts.join(", ")]);
    }
    columns_of(out, &lines)?;
    Ok(())
}
