//! The report that is kept beside a bank: three modes, each under four truths.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use skills_passport::assessment::{Instrument, Mode, Plan};
use skills_passport::simulation::{Design, Figures, Study, Truth};

use super::run::Crew;
use super::table::{decimal, signed};
use super::{Done, plots, put, refused};
use crate::error::CliError;
use crate::output::wrapped;

/// The report's file.
pub(super) const FILE: &str = "SIMULATION.md";
/// The folder of its plots, beside it.
const PLOTS: &str = "simulation";
/// Correlations of .50 within and .35 between areas.
const LOOSER: (f64, f64) = (0.35, 0.15);
/// Leniency beyond what the bank supposes, in levels.
const MORE_LENIENT: f64 = 0.5;

/// Longest line of prose, columns.
const WIDEST: usize = 119;

const MODES: [Mode; 3] = [Mode::Quick, Mode::Standard, Mode::Thorough];

/// What is true, and in what words.
struct Case {
    name: &'static str,
    meaning: String,
    truth: Truth,
}

/// Carries the studies out and writes the report with its plots.
pub(super) fn write(
    folder: &Path,
    instrument: &Instrument,
    people: u64,
    seed: u64,
    crew: &Crew,
) -> Result<(), CliError> {
    let plots_folder = folder.join(PLOTS);
    fs::create_dir_all(&plots_folder).map_err(|reason| CliError::Unwritable { file: plots_folder.clone(), reason })?;
    let cases = cases(instrument);
    let studies = MODES.len() * cases.len();
    let mut tables = String::new();
    let mut pictures = String::new();
    for (row, mode) in MODES.into_iter().enumerate() {
        let _ = writeln!(tables, "### {} mode\n\n{HEAD}", named(mode));
        for (column, case) in cases.iter().enumerate() {
            let as_modelled = case.truth == Truth::default();
            let design = Design { plan: Plan::new(mode), seed, truth: case.truth, curve: as_modelled };
            let study = Study::new(instrument, design.clone()).map_err(refused)?;
            let label = format!("study {} of {studies}: ", row * cases.len() + column + 1);
            let results = crew.carry_out(&study, people, &label);
            let done = Done { instrument, design, results };
            tables.push_str(&line(case.name, &done));
            if as_modelled {
                pictures.push_str(&draw(&plots_folder, mode, &done)?);
            }
        }
        tables.push('\n');
    }
    let text = text(instrument, people, seed, &cases, &tables, &pictures);
    put(&folder.join(FILE), &format!("{}\n", text.trim_end()))
}

fn cases(instrument: &Instrument) -> [Case; 4] {
    let model = &instrument.bank().document().model;
    let (sd, leniency) = (model.sd.to_f64(), model.leniency_mean.to_f64());
    let error = sd / 2.0;
    let more = leniency + MORE_LENIENT;
    let (general, area) = LOOSER;
    let truth = Truth::default();
    [
        Case { name: "as modelled", meaning: "the truth is as the bank says".to_owned(), truth },
        Case {
            name: "items misplaced",
            meaning: format!(
                "every item really lies elsewhere than the bank says, by a normal error of {error:.2} levels (half the \
                 population's standard deviation); one set of errors for everybody, so that another seed gives somewhat other figures"
            ),
            truth: Truth { location_error: error, ..truth },
        },
        Case {
            name: "looser traits",
            meaning: format!(
                "competences really correlate {:.2} within and {general:.2} between areas, where the bank supposes {:.2} and \
                 {:.2}",
                general + area,
                model.general.to_f64() + model.area.to_f64(),
                model.general.to_f64()
            ),
            truth: Truth { general: Some(general), area: Some(area), ..truth },
        },
        Case {
            name: "lenient people",
            meaning: format!(
                "people really rate themselves {more:.2} levels too high on average, where the bank supposes {leniency:.2}"
            ),
            truth: Truth { leniency_mean: Some(more), ..truth },
        },
    ]
}

fn named(mode: Mode) -> String {
    let mut letters = mode.name().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

const HEAD: &str = "\
| truth | questions | bias | RMSE | said | covered | exact | ±1 | too little | areas: RMSE | covered | overall: RMSE | covered |
|---|---|---|---|---|---|---|---|---|---|---|---|---|";

fn line(name: &str, done: &Done<'_>) -> String {
    let results = &done.results;
    let Figures { bias, rmse, standard_error, coverage, exact, near, not_enough, .. } =
        results.competences_together().figures();
    let (areas, overall) = (results.areas_together().figures(), results.overall().figures());
    let cells = [
        name.to_owned(),
        format!("{:.1}", results.lengths().mean.to_f64()),
        signed(bias),
        decimal(rmse),
        decimal(standard_error),
        decimal(coverage),
        decimal(exact),
        decimal(near),
        decimal(not_enough),
        decimal(areas.rmse),
        decimal(areas.coverage),
        decimal(overall.rmse),
        decimal(overall.coverage),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// Writes the plots of a mode; gives the lines that show them.
fn draw(folder: &Path, mode: Mode, done: &Done<'_>) -> Result<String, CliError> {
    let (name, figures) = (mode.name(), done.results.competences_together().figures());
    let never = done.results.exposure().iter().filter(|(_, asked)| *asked == 0).count();
    let mut lines = format!(
        "### {} mode\n\nStandard errors by the number of people: RMSE {}, coverage {}. Items never asked: {never} of {}. \
         Inferences that did not settle: {}.\n\n",
        named(mode),
        decimal(figures.rmse_error),
        decimal(figures.coverage_error),
        done.results.exposure().len(),
        done.results.unsettled()
    );
    for (plot, caption, svg) in [
        ("rmse", "RMSE against the number of questions", plots::rmse(done)),
        ("coverage", "Coverage of the 90 % interval by competence", plots::coverage(done)),
        ("exposure", "How often each item is asked", plots::exposure(done)),
    ] {
        let file = format!("{plot}-{name}.svg");
        put(&folder.join(&file), &svg)?;
        let _ = writeln!(lines, "![{caption}, {name} mode]({PLOTS}/{file})\n");
    }
    Ok(lines)
}

fn text(instrument: &Instrument, people: u64, seed: u64, cases: &[Case], tables: &str, pictures: &str) -> String {
    let (framework, bank) = (instrument.framework().reference(), instrument.bank().reference());
    let provisional = if instrument.bank().is_provisional() {
        "* The parameters of this bank are its authors' judgement. Nobody's answers have confirmed them."
    } else {
        "* The parameters of this bank were estimated from answers; here they are taken as they are."
    };
    let truths: Vec<String> = cases.iter().map(|case| format!("* **{}**: {}.", case.name, case.meaning)).collect();
    let text = format!(
        "\
# Simulation study of {bank}

\
Made by this command, which writes this file and its plots into the folder it is given; run again, it gives the same \
bytes. Do not edit it by hand.

```
skills-passport simulate --framework {framework} --bank {bank} --people {people} --seed {seed} --report FOLDER
```

Bank with SHA-256 {}, engine {}, results in {framework}. {people} simulated people per row; they are the same in every \
mode.

## What it does not show

* Nothing about real learners. Simulated people answer by the response models, each answer by itself, and never say \"I \
don't know\", tire, misread or look things up.
{provisional}
* The people come from the population that the bank supposes, unless a row says otherwise. Real people may differ from it \
in ways that no row tries.
* It does not show that a question measures what it is meant to measure.

## What is true in each row

The instrument scores by the bank in every row; only the people and their answers differ.

{}

## Figures

For single competences unless said otherwise, in levels of eight and shares of one. **Bias**: mean of estimate − truth. \
**RMSE**: how far estimates are from the truth. **Said**: how far they say they are; honest if equal to RMSE. **Covered**: \
share of 90 % intervals that hold the truth. **Exact**, **±1**: share of reported levels that are the true one, or it or a \
neighbour. **Too little**: share of results that rest on too little and are shown as \"not enough evidence\" (90 % interval \
wider than three levels).

{tables}## Plots, as modelled

{pictures}",
        bank.sha256,
        skills_passport::engine_version(),
        truths.join("\n")
    );
    text.lines().map(wrapped_line).collect()
}

/// Prose breaks before the 120th column; tables, pictures and commands stay whole.
fn wrapped_line(line: &str) -> String {
    let whole = ["|", "!", "skills-passport "].iter().any(|start| line.starts_with(start));
    let lines = if whole { vec![line.to_owned()] } else { wrapped(line, WIDEST) };
    lines.join("\n") + "\n"
}
