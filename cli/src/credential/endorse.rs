//! `credential endorse`: a mediator or training body speaks for a badge.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::credential::{EndorsementRequest, Verifier, endorse};

use super::keys::KeyFile;
use super::{read, view, write_new};
use crate::error::CliError;
use crate::passport::{Answer, Out, say_written};
use crate::system::{new_id, now};
use crate::texts::Texts;
use crate::{Verdict, output};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  skills-passport credential endorse --badge badge-1.json --key library.keys.json \\
    --by \"Médiathèque de Saint-Claude\" --comment \"I was beside her while she answered.\" --out endorsement-1.json

The endorsement travels beside the badge and holds for this very badge only. A badge that does not verify is not
endorsed. Make a key with `skills-passport credential did --new --key library.keys.json`.")]
pub(crate) struct Args {
    /// The signed badge
    #[arg(long, value_name = "FILE")]
    badge: PathBuf,
    /// Your file of keys
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Who you are
    #[arg(long, value_name = "NAME")]
    by: String,
    /// What you say
    #[arg(long, value_name = "TEXT")]
    comment: String,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let badge = read(&self.badge)?;
        let keys = KeyFile::read(&self.key)?;
        let issued = now()?;
        // Nobody should speak for what was changed.
        let report = Verifier { at: &issued, rdfc: None }.badge(&badge, &[]);
        if !report.is_sound() {
            if self.answer.json {
                output::json(out, &report)?;
            } else {
                view::credential(out, &report, Texts::of(self.answer.lang()))?;
            }
            return Ok(Verdict::Faulty);
        }
        let wanted = "a language";
        let language = self.answer.lang().language().ok_or(CliError::Argument { text: String::new(), wanted })?;
        let request = EndorsementRequest {
            id: new_id()?,
            badge: &badge,
            endorser: &self.by,
            comment: &self.comment,
            language: &language,
            issued: &issued,
        };
        let endorsement = endorse(&request, keys.current(&self.key)?);
        let endorsement = endorsement.map_err(|error| CliError::content(&self.badge, error))?;
        write_new(&self.out.out, &endorsement)?;
        say_written(out, &self.out.out, self.answer)?;
        Ok(Verdict::Fine)
    }
}
