//! `credential present`: badges for one verifier.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::credential::{Binding, present};

use super::keys::KeyFile;
use super::{read, write_new};
use crate::Verdict;
use crate::error::CliError;
use crate::passport::{Answer, Out, say_written};
use crate::system::now;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  skills-passport credential present badge-1.json endorsement-1.json --key marie.keys.json \\
    --challenge 8a1f… --domain https://training.example --out for-them.json

Challenge and domain come from whoever asks; the presentation is worth nothing to anybody else.
After a change of key, add the statement of succession that `credential did --rotate` wrote.")]
pub(crate) struct Args {
    /// Badges, endorsements, statements of succession
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Your file of keys
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// What the verifier drew at random
    #[arg(long)]
    challenge: String,
    /// The verifier
    #[arg(long)]
    domain: String,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let credentials = self.files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
        let keys = KeyFile::read(&self.key)?;
        let binding = Binding { challenge: self.challenge.clone(), domain: self.domain.clone() };
        let presentation = present(&credentials, keys.current(&self.key)?, &binding, &now()?);
        let presentation = presentation.map_err(|error| CliError::content(&self.out.out, error))?;
        write_new(&self.out.out, &presentation)?;
        say_written(out, &self.out.out, self.answer)?;
        Ok(Verdict::Fine)
    }
}
