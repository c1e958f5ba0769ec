//! `offers`: catalogues of training and support, and which of them fit a passport.
//!
//! Owns arguments, files and tables. What is read, repaired, matched and counted is the library's business.

mod batch;
mod export;
mod import;
mod matching;
mod page;
mod path;
mod people;
mod read;
mod shape;
mod wishes;
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
    /// Read a catalogue or a file of another format, and list every entry that has a defect
    #[command(after_help = "\
Formats:
  catalogue        a catalogue of this program, .json or .ndjson
  lamednum         places of the La MedNum standard 1.0.2 and 0.1.1, CSV
  schema-org       courses of schema.org, JSON-LD
  data-inclusion   services and structures of data.inclusion 1, JSON
  lheo             training offers of LHEO 2.2 and 2.3, XML

With --json: `format`, the counts `imported`, `repaired` and `refused`, and `findings`, each with
row (in a table as a spreadsheet numbers it, else the entry), column, action, reason and value.
The exit code is 1 if an entry was refused.

Examples:
  skills-passport offers check lieux.csv
  skills-passport offers check services.json --structures structures.json --json")]
    Check(import::Check),
    /// Turn a file of another format into a catalogue, one offer a line
    Import(import::Import),
    /// Write a catalogue as courses of schema.org, with our tags
    Export(export::Args),
    /// Which competences and levels a catalogue serves, and which it does not
    Coverage(Coverage),
    /// Which offers take a learner on, with the reasons, and what nobody offers
    Match(Box<matching::Args>),
    /// The fewest offers, in order, that bring a learner to chosen levels
    Path(Box<path::Args>),
}

/// Arguments of `coverage`.
#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    /// The catalogue
    catalogue: PathBuf,
    /// Framework that its competences are those of
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Language of the words [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    lang: Option<Lang>,
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
            Self::Export(_) => true,
            Self::Coverage(args) => args.json,
            Self::Match(args) => args.is_json(),
            Self::Path(args) => args.json,
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Check(args) => args.lang,
            Self::Import(args) => args.lang,
            Self::Export(_) => Some(Lang::En),
            Self::Coverage(args) => args.lang,
            Self::Match(args) => args.lang,
            Self::Path(args) => args.lang,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        match self {
            Self::Check(args) => args.run(out),
            Self::Import(args) => args.run(out),
            Self::Export(args) => args.run(out),
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
        let french = self.lang.unwrap_or_else(Lang::of_environment) == Lang::Fr;
        let mut lines = vec![vec![if french { "au niveau" } else { "at level" }.to_owned()]];
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
        let legend = if french {
            "Offres qui mènent plus loin depuis chaque niveau : déclarées par leurs auteurs + déduites ; - si aucune n’est \
             connue."
        } else {
            "Offers that lead on from each level: declared by providers + derived; - where none is known."
        };
        writeln!(out, "\n{legend}")?;
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
