//! What a bank covers, as a table.

use std::io::Write;

use serde::Serialize;
use skills_passport::bank::{BankReference, CompetenceCoverage, Coverage, coverage};
use skills_passport::units::Level;
use skills_passport_frameworks::Library;

use super::own_instrument;
use crate::Verdict;
use crate::error::CliError;
use crate::output::{self, BOLD, columns_of};

#[derive(Serialize)]
struct Document {
    bank: BankReference,
    framework: String,
    #[serde(flatten)]
    coverage: Coverage,
}

pub(super) fn run(out: &mut dyn Write, library: &Library, name: &str, as_json: bool) -> Result<Verdict, CliError> {
    let instrument = own_instrument(library, name)?;
    let document = Document {
        bank: instrument.bank().reference(),
        framework: instrument.framework().reference().to_string(),
        coverage: coverage(instrument.bank(), instrument.framework()),
    };
    if as_json {
        output::json(out, &document)?;
    } else {
        write(out, &document)?;
    }
    Ok(Verdict::Fine)
}

fn write(out: &mut dyn Write, document: &Document) -> std::io::Result<()> {
    let Document { bank, framework, coverage } = document;
    let share = |covered: usize, total: usize| match total {
        0 => "none".to_owned(),
        _ => format!("{covered}/{total} ({} %)", covered * 100 / total),
    };
    writeln!(out, "{BOLD}Bank {bank}{BOLD:#}, of {framework}: {} items\n", coverage.items)?;
    let numbers = Level::all().map(|level| level.to_string());
    let head = ["".to_owned(), "items".to_owned()].into_iter().chain(numbers);
    let mut lines: Vec<Vec<String>> = vec![head.chain(["outcomes".to_owned()]).collect()];
    for competence in &coverage.competences {
        let CompetenceCoverage { competence, items, items_by_level, outcomes_covered, outcomes_total, .. } = competence;
        let counts = items_by_level.iter().map(ToString::to_string);
        let line = [competence.to_string(), items.to_string()].into_iter().chain(counts);
        lines.push(line.chain([share(*outcomes_covered, *outcomes_total)]).collect());
    }
    columns_of(out, &lines)?;
    writeln!(out)?;
    let levels = coverage.levels.iter().map(|level| {
        let items = format!("{} items", level.items);
        vec![level.level.to_string(), items, share(level.outcomes_covered, level.outcomes_total)]
    });
    let all = vec![
        "all".to_owned(),
        format!("{} items", coverage.items),
        share(coverage.outcomes_covered, coverage.outcomes_total),
    ];
    columns_of(out, &levels.chain([all]).collect::<Vec<_>>())?;
    for competence in &coverage.competences {
        if !competence.levels_without_item.is_empty() {
            let levels: Vec<String> = competence.levels_without_item.iter().map(ToString::to_string).collect();
            writeln!(out, "\n{}: no item within half a level of {}", competence.competence, levels.join(", "))?;
        }
        if !competence.gaps.is_empty() {
            let gaps: Vec<&str> = competence.gaps.iter().map(|id| id.as_str()).collect();
            writeln!(out, "\n{}: no item for {}", competence.competence, gaps.join(", "))?;
        }
    }
    Ok(())
}
