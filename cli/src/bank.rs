//! `bank`: checks of item banks for those who write them, and questionnaires on paper.

mod check;
mod coverage;
mod lint;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;
use skills_passport::assessment::{Instrument, Mode};
use skills_passport::id::CompetenceId;
use skills_passport_frameworks::{Library, LoadError};

use crate::Verdict;
use crate::assess::{ModeName, engine};
use crate::error::CliError;
use crate::files::{self, Place};
use crate::lang::Lang;
use crate::output::{self, BOLD, ErrorView, columns_of, quoted};
use crate::paper::{self, Form};
use crate::texts::Texts;
use check::{BankView, Findings, check};

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check banks of questions and the frameworks they are for; every fault is shown with its file
    #[command(after_help = "\
Examples:
  skills-passport bank check                              The questions that come with this program
  skills-passport bank check general --library my-folder  Your own copy of them
  skills-passport bank check --json

The exit code is 1 if there is a fault. Of each file the first fault is shown: correct, then check again.")]
    Check {
        /// Name like `general` or `general@0.2.0` [default: all banks]
        name: Option<String>,
        /// A folder of frameworks and banks [default: those that come with this program]
        #[arg(long, value_name = "FOLDER")]
        library: Option<PathBuf>,
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Look at the quality of questions: giveaways, reading level, lengths, words, typography, parity of languages
    #[command(after_help = "\
Examples:
  skills-passport bank lint                              The questions that come with this program
  skills-passport bank lint general --library my-folder  Your own copy of them
  skills-passport bank lint --json

The exit code is 1 if there is an error; warnings are to be looked at. What is found is a fault; what is not found may
still be one: questions must be read again by somebody who did not write them.")]
    Lint {
        /// Name like `general` or `general@0.2.0` [default: all banks]
        name: Option<String>,
        /// A folder of frameworks and banks [default: those that come with this program]
        #[arg(long, value_name = "FOLDER")]
        library: Option<PathBuf>,
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Count what a bank covers: items by competence and level, learning outcomes, and the gaps
    #[command(after_help = "\
Examples:
  skills-passport bank coverage
  skills-passport bank coverage general --library my-folder
  skills-passport bank coverage --json")]
    Coverage {
        /// Name like `general` or `general@0.2.0`
        #[arg(default_value = crate::assess::DEFAULT_BANK)]
        name: String,
        /// A folder of frameworks and banks [default: those that come with this program]
        #[arg(long, value_name = "FOLDER")]
        library: Option<PathBuf>,
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Print a questionnaire on paper: a fixed form with boxes to tick, and a scoring key
    #[command(after_help = "\
Examples:
  skills-passport bank print --lang fr --mode quick --out questionnaire.html
  skills-passport bank print --focus 1.1,4.2 > questionnaire.html

Open the file in a browser and print it on A4. The last page is the key; it says how to type the answers in:
  skills-passport assess --from-paper answers.csv

Everybody gets the same questions: the ones that can be expected to tell most, the same number in every area.")]
    Print {
        /// Bank that the questions come from
        #[arg(default_value = crate::assess::DEFAULT_BANK)]
        name: String,
        /// Framework that the results are given in, like `digcomp` or `digcomp@2.2`
        #[arg(long, value_name = "NAME", default_value = crate::framework::DEFAULT)]
        framework: String,
        /// Language [default: that of your system, or else English]
        #[arg(long, value_name = "LANGUAGE")]
        lang: Option<Lang>,
        /// How long it is [default: quick, or focus with --focus]
        #[arg(long, value_enum)]
        mode: Option<ModeName>,
        /// Only these competences, by number: 1.1,4.2
        #[arg(long, value_name = "NUMBERS", value_delimiter = ',', required_if_eq("mode", "focus"))]
        focus: Vec<CompetenceId>,
        /// The file to make [default: to the output]
        #[arg(long, value_name = "FILE.html")]
        out: Option<PathBuf>,
    },
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Check { json, .. } | Self::Lint { json, .. } | Self::Coverage { json, .. } => *json,
            Self::Print { .. } => false,
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Print { lang, .. } => *lang,
            _ => Some(Lang::En),
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        match self {
            Self::Check { name, library, json } => {
                let findings = check(&opened(library.as_deref())?, name.as_deref());
                let verdict = if findings.faults.is_empty() { Verdict::Fine } else { Verdict::Faulty };
                if *json {
                    output::json(out, &Document::from(&findings))?;
                } else {
                    write(out, &findings)?;
                }
                Ok(verdict)
            }
            Self::Lint { name, library, json } => lint::run(out, &opened(library.as_deref())?, name.as_deref(), *json),
            Self::Coverage { name, library, json } => coverage::run(out, &opened(library.as_deref())?, name, *json),
            Self::Print { name, framework, lang, mode, focus, out: file } => {
                let lang = lang.unwrap_or_else(Lang::of_environment);
                let by_default = if focus.is_empty() { Mode::Quick } else { Mode::Focus };
                let no_texts = || CliError::NoTexts { name: name.clone(), language: lang.tag().to_owned() };
                let form = Form {
                    bank: name.clone(),
                    framework: framework.clone(),
                    mode: mode.map_or(by_default, Mode::from),
                    focus: focus.clone(),
                    language: lang.language().ok_or_else(no_texts)?,
                };
                let engine = engine::load(&Library::shipped(), framework, name, &form.language)?;
                let html = paper::sheet(&engine, &form, Texts::of(lang))?;
                match file {
                    Some(file) => files::write(file, html.trim_end(), Place::Free)?,
                    None => out.write_all(html.as_bytes())?,
                }
                Ok(Verdict::Fine)
            }
        }
    }
}

/// The shipped library, or that of a folder.
fn opened(folder: Option<&Path>) -> Result<Library, CliError> {
    match folder {
        None => Ok(Library::shipped()),
        Some(folder) if !folder.exists() => Err(CliError::Missing(folder.to_owned())),
        Some(folder) => Ok(Library::folder(folder)?),
    }
}

/// A bank in the framework that it was written for.
fn own_instrument(library: &Library, name: &str) -> Result<Instrument, LoadError> {
    let framework = library.bank_files(name)?.document.framework;
    library.instrument(&framework.to_string(), name)
}

/// The banks of a library, or the one that is named.
fn named(library: &Library, name: Option<&str>) -> Result<Vec<String>, CliError> {
    match name {
        Some(name) => Ok(vec![name.to_owned()]),
        None => Ok(library.banks()?.iter().map(ToString::to_string).collect()),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    frameworks: &'a [String],
    banks: &'a [BankView],
    faults: Vec<ErrorView>,
}

impl<'a> From<&'a Findings> for Document<'a> {
    fn from(findings: &'a Findings) -> Self {
        let Findings { frameworks, banks, faults } = findings;
        Self { frameworks, banks, faults: faults.iter().map(ErrorView::from).collect() }
    }
}

fn write(out: &mut dyn Write, findings: &Findings) -> Result<(), CliError> {
    writeln!(out, "Frameworks without fault: {}\n", listed(&findings.frameworks))?;
    for bank in &findings.banks {
        writeln!(out, "{BOLD}Bank {}@{}{BOLD:#}, written for {}", bank.id, bank.version, bank.framework)?;
        columns_of(out, &lines(bank))?;
        writeln!(out)?;
    }
    match findings.faults.len() {
        0 => writeln!(out, "No faults.")?,
        1 => writeln!(out, "{BOLD}1 fault{BOLD:#}")?,
        count => writeln!(out, "{BOLD}{count} faults{BOLD:#}")?,
    }
    for fault in &findings.faults {
        writeln!(out, "  {}: {} [{}]", quoted(&fault.place()), quoted(&fault.to_string()), fault.code())?;
    }
    Ok(())
}

fn lines(bank: &BankView) -> Vec<Vec<String>> {
    let counts = |counts: &std::collections::BTreeMap<String, usize>, word: &str| {
        let parts: Vec<String> = counts.iter().map(|(key, count)| format!("{word}{key}: {count}")).collect();
        parts.join(", ")
    };
    let covered = match bank.competences_without_items.len() {
        0 => format!("all {} have items", bank.competences),
        _ => format!(
            "{} of {} have items; without: {}",
            bank.competences - bank.competences_without_items.len(),
            bank.competences,
            listed(&bank.competences_without_items)
        ),
    };
    let outcomes = match bank.outcomes {
        0 => "the framework lists none".to_owned(),
        all => format!("{} of {all} touched", bank.outcomes_touched),
    };
    let parameters =
        if bank.provisional { "provisional: the authors' judgement" } else { "estimated from real answers" };
    let rows = [
        ("items", bank.items.to_string()),
        ("by kind", counts(&bank.items_by_kind, "")),
        ("by level", counts(&bank.items_by_level, "level ")),
        ("competences", covered),
        ("learning outcomes", outcomes),
        ("languages", listed(&bank.languages)),
        ("parameters", parameters.to_owned()),
        ("works with", listed(&bank.works_with)),
        ("licence", quoted(&bank.licence)),
        ("SHA-256", bank.sha256.clone()),
    ];
    rows.into_iter().map(|(label, value)| vec![label.to_owned(), value]).collect()
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
