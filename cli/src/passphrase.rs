//! A passphrase, from the keyboard without being shown, or from the first line of a file or of standard input.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use skills_passport::passport::sealed::{MAX_PASSPHRASE_BYTES, MIN_PASSPHRASE_CHARS};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::files;
use crate::texts::Texts;

/// Where the passphrase comes from.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Read the passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Args {
    /// A passphrase to seal with; at a keyboard it is asked for twice.
    pub(crate) fn new_one(&self, texts: &Texts) -> Result<Zeroizing<String>, CliError> {
        let (one, typed) = self.read(texts.credential.ask_passphrase)?;
        if one.chars().count() < MIN_PASSPHRASE_CHARS {
            return Err(CliError::NoPassphrase("it must have 8 characters at least"));
        }
        if typed && *self.read(texts.credential.ask_again)?.0 != *one {
            return Err(CliError::NoPassphrase("the second one was another"));
        }
        Ok(one)
    }

    /// The passphrase that something was sealed with.
    pub(crate) fn known_one(&self, texts: &Texts) -> Result<Zeroizing<String>, CliError> {
        Ok(self.read(texts.credential.ask_passphrase)?.0)
    }

    /// The passphrase in Unicode form NFC, and whether a person typed it.
    fn read(&self, prompt: &str) -> Result<(Zeroizing<String>, bool), CliError> {
        let unread = |_| CliError::NoPassphrase("it could not be read");
        let typed = self.passphrase_file.is_none() && io::stdin().is_terminal();
        let line = match &self.passphrase_file {
            Some(file) => Zeroizing::new(files::read(file, MAX_PASSPHRASE_BYTES)?),
            None if typed => Zeroizing::new(rpassword::prompt_password(prompt).map_err(unread)?),
            None => {
                let mut line = Zeroizing::new(String::new());
                let limit = u64::try_from(MAX_PASSPHRASE_BYTES).unwrap_or(u64::MAX);
                io::Read::take(io::stdin().lock(), limit).read_line(&mut line).map_err(unread)?;
                line
            }
        };
        let first = line.lines().next().unwrap_or_default();
        if first.is_empty() {
            return Err(CliError::NoPassphrase("there is none"));
        }
        Ok((Zeroizing::new(first.nfc().collect()), typed))
    }
}
