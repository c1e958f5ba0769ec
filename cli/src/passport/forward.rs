//! `passport merge` and `passport migrate`: the same records in another file.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::json;
use skills_passport::passport::{MAX_PASSPORT_BYTES, Passport, migrate};

use super::{Answer, Out, read, say_written, write_new};
use crate::Verdict;
use crate::error::CliError;
use crate::files::{self, Place};
use crate::output::{self, paragraph};
use crate::texts::Texts;

/// The arguments of `merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  skills-passport passport merge home.passport.json library.passport.json --out marie.passport.json

Every record of each is kept once; what was erased in one stays erased. The order does not matter.")]
pub(crate) struct MergeArgs {
    /// The passports
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl MergeArgs {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let mut merged: Option<Passport> = None;
        for file in &self.files {
            let next = read(file)?;
            merged = Some(match merged {
                None => next,
                Some(before) => before.merge(&next).map_err(|error| CliError::content(file, error))?,
            });
        }
        if let Some(merged) = merged {
            write_new(&self.out.out, &merged)?;
        }
        say_written(out, &self.out.out, self.answer)?;
        Ok(Verdict::Fine)
    }
}

/// The arguments of `migrate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport migrate marie.passport.json --in-place
  skills-passport passport migrate marie.passport.json --out marie-new.passport.json

A passport of a newer version of the format is left as it is.")]
pub(crate) struct MigrateArgs {
    /// The passport
    file: PathBuf,
    /// The new file; nothing is written over
    #[arg(long, value_name = "FILE", required_unless_present = "in_place", conflicts_with = "in_place")]
    out: Option<PathBuf>,
    /// Put the passport of this version in the place of the old one
    #[arg(long)]
    in_place: bool,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl MigrateArgs {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let refused = |error: skills_passport::passport::PassportError| CliError::content(&self.file, error);
        let text = files::read(&self.file, MAX_PASSPORT_BYTES)?;
        let document = json::parse(&text, MAX_PASSPORT_BYTES).map_err(|error| CliError::content(&self.file, error))?;
        let migrated = migrate(document).map_err(refused)?;
        let (from, to) = (migrated.from.clone(), migrated.to.clone());
        let passport = Passport::from_migrated(migrated).map_err(refused)?;
        match &self.out {
            Some(file) => write_new(file, &passport)?,
            None if from == to => {}
            None => files::write(&self.file, &passport.to_json().map_err(refused)?, Place::Taken)?,
        }
        if self.answer.json {
            let file = self.out.as_ref().unwrap_or(&self.file).display().to_string();
            let view = serde_json::json!({ "file": file, "from": from.to_string(), "to": to.to_string() });
            output::json(out, &view)?;
        } else {
            let words = &Texts::of(self.answer.lang()).records;
            let said = if from == to {
                (words.not_migrated)(&to.to_string())
            } else {
                (words.migrated)(&from.to_string(), &to.to_string())
            };
            paragraph(out, &said, 0)?;
        }
        Ok(Verdict::Fine)
    }
}
