//! `offers`: catalogues of training and support, and which of them fit a passport.
//!
//! Owns arguments, files and tables. What is read, repaired, matched and counted is the library's business.

mod batch;
mod import;
mod matching;
mod path;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;
use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::offers::{Catalogue, CoverageCell, MAX_CATALOGUE_BYTES, OfferError, coverage};
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, columns_of};
use crate::{Verdict, files, framework};

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read a catalogue or a file of another format, and list every row that has a defect
    #[command(after_help = "\
Formats: a catalogue of this program (.json, .ndjson), and places of the La MedNum standard 1.0.2 and
0.1.1 (.csv). With --json: counts `imported`, `repaired`, `refused`, and `findings` with row (the
header is row 1), column, action, reason and value. The exit code is 1 if a row was refused.

Examples:
  skills-passport offers check lieux.csv
  skills-passport offers check lieux.csv --json")]
    Check(import::Check),
    /// Turn a file of another format into a catalogue, one offer a line
    Import(import::Import),
    /// Which competences and levels a catalogue serves, and which it does not
    Coverage(Coverage),
    /// Which offers take a learner on, with the reasons, and what nobody offers
    Match(Box<matching::Args>),
    /// The fewest offers, in order, that bring a learner to chosen levels
    Path(path::Args),
}

/// Arguments of `coverage`.
#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    /// The catalogue
    catalogue: PathBuf,
    /// Framework that its competences are those of
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Write JSON, for programs
    #[arg(long)]
    json: bool,
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Check(args) => args.json,
            Self::Import(args) => args.json,
            Self::Coverage(args) => args.json,
            Self::Match(args) => args.is_json(),
            Self::Path(args) => args.json,
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Match(args) => args.lang,
            Self::Path(args) => args.lang,
            _ => Some(Lang::En),
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        match self {
            Self::Check(args) => args.run(out),
            Self::Import(args) => args.run(out),
            Self::Coverage(args) => args.run(out),
            Self::Match(args) => args.run(out),
            Self::Path(args) => args.run(out),
        }
    }
}

impl Coverage {
    fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        #[derive(Serialize)]
        struct Document<'a> {
            offers: usize,
            cells: &'a [CoverageCell],
        }
        let framework = Library::shipped().framework(&self.framework)?;
        let catalogue = open(&self.catalogue, &framework)?;
        let cells = coverage(&framework, &catalogue);
        if self.json {
            output::json(out, &Document { offers: catalogue.offers().len(), cells: &cells })?;
            return Ok(Verdict::Fine);
        }
        let mut lines = vec![vec!["at level".to_owned()]];
        if let Some(head) = lines.first_mut() {
            head.extend((1..=7).map(|level| level.to_string()));
        }
        for competence in framework.competences() {
            let mut line = vec![competence.to_string()];
            line.extend(cells.iter().filter(|cell| cell.competence == *competence).map(|cell| {
                if cell.is_gap() { "-".to_owned() } else { format!("{}+{}", cell.declared, cell.derived) }
            }));
            lines.push(line);
        }
        columns_of(out, &lines)?;
        writeln!(
            out,
            "\nOffers that lead on from each level: declared by providers + derived; - where none is known."
        )?;
        Ok(Verdict::Fine)
    }
}

/// Reads a catalogue of this program.
pub(crate) fn open(file: &Path, framework: &Framework) -> Result<Catalogue, CliError> {
    let text = files::read(file, MAX_CATALOGUE_BYTES)?;
    Catalogue::parse(&text, framework).map_err(|error| CliError::content(file, failure(&error)))
}

fn failure(error: &OfferError) -> Failure {
    Failure { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
}
