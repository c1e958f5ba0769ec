//! `credential`: badges of one's own results, endorsements of others', keys, and verification.

mod endorse;
mod issue;
pub(crate) mod keys;
mod own;
mod present;
mod verify;
pub(crate) mod view;

use std::io::Write;
use std::path::Path;

use clap::Subcommand;
use serde_json::{Map, Value};
use skills_passport::credential::rdfc::Contexts;
use skills_passport::credential::{self, MAX_PRESENTATION_BYTES};
use skills_passport::json;

use crate::Verdict;
use crate::error::CliError;
use crate::files;
use crate::passport::Answer;

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign a badge for each area of an assessment
    Issue(issue::Args),
    /// Speak for somebody's badge
    Endorse(endorse::Args),
    /// Show badges to one verifier, who asked for them
    Present(present::Args),
    /// Say who says what about whom, and whether it was changed
    Verify(verify::Args),
    /// Show your public key, make one, or change it
    Did(own::Args),
}

impl Command {
    /// How to answer.
    pub(crate) fn answer(&self) -> Answer {
        match self {
            Self::Issue(args) => args.answer,
            Self::Endorse(args) => args.answer,
            Self::Present(args) => args.answer,
            Self::Verify(args) => args.answer,
            Self::Did(args) => args.answer,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        match self {
            Self::Issue(args) => args.run(out),
            Self::Endorse(args) => args.run(out),
            Self::Present(args) => args.run(out),
            Self::Verify(args) => args.run(out),
            Self::Did(args) => args.run(out),
        }
    }
}

/// JSON-LD contexts from files.
#[derive(Debug, clap::Args)]
pub(crate) struct ContextArgs {
    /// A file of a JSON-LD context, as ADDRESS=FILE; with the contexts of a document, `eddsa-rdfc-2022` proofs are made
    /// and checked, too
    #[arg(long = "context", value_name = "ADDRESS=FILE")]
    contexts: Vec<String>,
}

impl ContextArgs {
    /// The contexts; none if none were given.
    fn read(&self) -> Result<Option<Contexts>, CliError> {
        const MAX_CONTEXT_BYTES: usize = 1 << 20;
        let mut all = Contexts::new();
        for pair in &self.contexts {
            let wanted = "an address and a file, as ADDRESS=FILE";
            let (address, file) =
                pair.split_once('=').ok_or_else(|| CliError::Argument { text: pair.clone(), wanted })?;
            let text = files::read(Path::new(file), MAX_CONTEXT_BYTES)?;
            all = all.with(address, &text).map_err(|error| CliError::content(Path::new(file), error))?;
        }
        Ok((!self.contexts.is_empty()).then_some(all))
    }
}

/// Reads a credential or a presentation.
pub(crate) fn read(file: &Path) -> Result<Map<String, Value>, CliError> {
    let text = files::read(file, MAX_PRESENTATION_BYTES)?;
    credential::parse(&text, MAX_PRESENTATION_BYTES).map_err(|error| CliError::content(file, error))
}

/// Writes a credential into a new file.
pub(crate) fn write_new(file: &Path, document: &Map<String, Value>) -> Result<(), CliError> {
    files::write_new(file, &json::to_text(document).map_err(|error| CliError::content(file, error))?)
}
