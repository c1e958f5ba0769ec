//! `passport seal` and `passport open`: a passport under a passphrase.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::passport::sealed::{self, Contents, Cost, Fresh, MAX_SEALED_BYTES};

use super::{Answer, Out, read, say_written, write_new};
use crate::credential::keys::KeyFile;
use crate::error::CliError;
use crate::output::paragraph;
use crate::texts::Texts;
use crate::{Verdict, files, passphrase, system};

/// The arguments of `seal`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport seal marie.passport.json --out marie.sealed.json
  skills-passport passport seal marie.passport.json --key marie.keys.json --out marie.sealed.json

The passphrase is asked for, or read from the first line of standard input or of a file.
A forgotten passphrase cannot be recovered.")]
pub(crate) struct SealArgs {
    /// The passport
    file: PathBuf,
    /// A file of secret keys, to be sealed with it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    passphrase: passphrase::Args,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl SealArgs {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let texts = Texts::of(self.answer.lang());
        let passport = read(&self.file)?;
        let keys = match &self.key {
            Some(file) => KeyFile::read(file)?.secrets(),
            None => Vec::new(),
        };
        let passphrase = self.passphrase.new_one(texts)?;
        let fresh = Fresh { salt: system::random()?, nonce: system::random()? };
        let text = sealed::seal(&Contents { passport, keys }, &passphrase, Cost::STANDARD, &fresh);
        let text = text.map_err(|error| CliError::content(&self.file, error))?;
        files::write_new(&self.out.out, &text)?;
        say_written(out, &self.out.out, self.answer)?;
        if !self.answer.json {
            paragraph(out, texts.credential.sealed, 0)?;
        }
        Ok(Verdict::Fine)
    }
}

/// The arguments of `open`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  skills-passport passport open marie.sealed.json --out marie.passport.json --key marie.keys.json

With --key, the secret keys that were sealed go into a file of their own; otherwise they stay where they are.")]
pub(crate) struct OpenArgs {
    /// The sealed passport
    file: PathBuf,
    /// A new file for the secret keys
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    passphrase: passphrase::Args,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl OpenArgs {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let text = files::read(&self.file, MAX_SEALED_BYTES)?;
        let passphrase = self.passphrase.known_one(Texts::of(self.answer.lang()))?;
        let opened = sealed::open(&text, &passphrase).map_err(|error| CliError::content(&self.file, error))?;
        // The keys first: if they cannot be written, nothing was opened by half.
        if let Some(file) = self.key.as_ref().filter(|_| !opened.keys.is_empty()) {
            KeyFile::of_secrets(file, &opened.keys)?.write_new(file)?;
        }
        write_new(&self.out.out, &opened.passport)?;
        say_written(out, &self.out.out, self.answer)?;
        Ok(Verdict::Fine)
    }
}
