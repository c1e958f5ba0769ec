//! `passport`: what a passport file holds, and what can be done with it.

mod diff;
mod export;
mod forward;
mod print;
mod redact;
mod sealing;
mod show;
mod translate;
mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use skills_passport::assessment::{Assessment, Instrument};
use skills_passport::facade::{PassportSummary, open_passport};
use skills_passport::framework::Framework;
use skills_passport::passport::{Content, MAX_PASSPORT_BYTES, Passport};
use skills_passport_frameworks::Library;

use crate::Verdict;
use crate::error::CliError;
use crate::files;
use crate::lang::Lang;

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what a passport holds, and the results of its last assessment
    Show(show::Args),
    /// Put several passports of one person into one
    Merge(forward::MergeArgs),
    /// Make a copy to share, with nothing in it but what you choose
    Redact(redact::Args),
    /// Compare two assessments: what rose, what fell, what is within the uncertainty
    Diff(diff::Args),
    /// Check that the answers give the results, and that every signature holds
    Verify(verify::Args),
    /// Bring a passport of an older version of the format to this one
    Migrate(forward::MigrateArgs),
    /// Make a page of A4 to print
    Print(print::PrintArgs),
    /// Draw the results as a picture (SVG)
    Picture(print::PictureArgs),
    /// Write the results for a CV, or for Europass
    Export(export::Args),
    /// Put a passport, and its keys if you like, under a passphrase
    Seal(sealing::SealArgs),
    /// Open a sealed passport
    Open(sealing::OpenArgs),
}

/// How to answer; every command has these.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Answer {
    /// Language [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
}

impl Answer {
    /// The language that was asked for, or that of the system.
    pub(crate) fn lang(self) -> Lang {
        self.lang.unwrap_or_else(Lang::of_environment)
    }
}

impl Command {
    /// How to answer.
    pub(crate) fn answer(&self) -> Answer {
        match self {
            Self::Show(args) => args.answer,
            Self::Merge(args) => args.answer,
            Self::Redact(args) => args.answer,
            Self::Diff(args) => args.answer,
            Self::Verify(args) => args.answer,
            Self::Migrate(args) => args.answer,
            Self::Print(args) => args.source.answer,
            Self::Picture(args) => args.source.answer,
            Self::Export(args) => args.answer,
            Self::Seal(args) => args.answer,
            Self::Open(args) => args.answer,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        match self {
            Self::Show(args) => args.run(out),
            Self::Merge(args) => args.run(out),
            Self::Redact(args) => args.run(out),
            Self::Diff(args) => args.run(out),
            Self::Verify(args) => args.run(out),
            Self::Migrate(args) => args.run(out),
            Self::Print(args) => args.run(out),
            Self::Picture(args) => args.run(out),
            Self::Export(args) => args.run(out),
            Self::Seal(args) => args.run(out),
            Self::Open(args) => args.run(out),
        }
    }
}

/// Reads a passport file and says what it holds.
pub(crate) fn open(file: &Path) -> Result<PassportSummary, CliError> {
    let text = files::read(file, MAX_PASSPORT_BYTES)?;
    open_passport(&text).map_err(|failure| CliError::content(file, failure))
}

/// Reads a passport file.
pub(crate) fn read(file: &Path) -> Result<Passport, CliError> {
    let text = files::read(file, MAX_PASSPORT_BYTES)?;
    Passport::parse(&text).map_err(|error| CliError::content(file, error))
}

/// Writes a passport into a new file.
pub(crate) fn write_new(file: &Path, passport: &Passport) -> Result<(), CliError> {
    let text = passport.to_json().map_err(|error| CliError::content(file, error))?;
    files::write_new(file, &text)
}

/// What an assessment was made with, if the library has it.
pub(crate) fn instrument_of(library: &Library, assessment: &Assessment) -> Option<Instrument> {
    library.instrument(&assessment.framework.to_string(), &assessment.bank.to_string()).ok()
}

/// The frameworks that a passport speaks of, as far as the library has them, each once.
pub(crate) fn frameworks_of(library: &Library, passport: &Passport) -> Vec<Framework> {
    let mut names: Vec<String> = Vec::new();
    for record in passport.records() {
        let named = match record.content() {
            Content::Assessment(assessment) => Some(assessment.assessment.framework.to_string()),
            Content::Result(result) => Some(result.framework.to_string()),
            _ => record.source().get("framework").and_then(|framework| {
                let part = |name| framework.get(name).and_then(serde_json::Value::as_str);
                Some(format!("{}@{}", part("id")?, part("version")?))
            }),
        };
        names.extend(named.filter(|name| !names.contains(name)));
    }
    names.iter().filter_map(|name| library.framework(name).ok()).collect()
}

/// Everything that the assessments of a passport were made with, as far as the library has it, each once.
pub(crate) fn instruments_of(library: &Library, passport: &Passport) -> Vec<Instrument> {
    let mut all: Vec<Instrument> = Vec::new();
    for record in passport.assessments() {
        let assessment = &record.assessment;
        let known = |instrument: &Instrument| {
            instrument.framework().reference() == assessment.framework
                && instrument.bank().reference() == assessment.bank
        };
        if !all.iter().any(known) {
            all.extend(instrument_of(library, assessment));
        }
    }
    all
}

/// Says where something was written.
pub(crate) fn say_written(out: &mut dyn Write, file: &Path, answer: Answer) -> Result<(), CliError> {
    if answer.json {
        return crate::output::json(out, &serde_json::json!({ "file": file.display().to_string() }));
    }
    let words = &crate::texts::Texts::of(answer.lang()).records;
    crate::output::paragraph(out, &(words.written)(&crate::output::quoted(&file.display().to_string())), 0)?;
    Ok(())
}

/// A file to write, which must not be there yet.
#[derive(Debug, clap::Args)]
pub(crate) struct Out {
    /// The new file; nothing is written over
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}
