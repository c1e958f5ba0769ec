//! `credential did`: one's own key.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::credential::succeed;
use skills_passport::passport::{KeyRecord, Record};

use super::keys::KeyFile;
use super::write_new;
use crate::Verdict;
use crate::error::CliError;
use crate::files::{self, Place};
use crate::output::{self, paragraph, quoted};
use crate::passport::{Answer, read};
use crate::system::{new_id, now};
use crate::texts::Texts;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport credential did --key marie.keys.json
  skills-passport credential did --key library.keys.json --new
  skills-passport credential did --key marie.keys.json --rotate --statement new-key.json

A change of key is a statement that both keys sign. With it, badges that the old key signed stay yours.")]
pub(crate) struct Args {
    /// The file of keys
    #[arg(long, value_name = "FILE", default_value = "skills.keys.json")]
    key: PathBuf,
    /// Make a new file with a new key
    #[arg(long, conflicts_with = "rotate")]
    new: bool,
    /// Change the key: make a new one that takes the place of the last
    #[arg(long, requires = "statement")]
    rotate: bool,
    /// With --rotate: the new file for the statement of succession
    #[arg(long, value_name = "FILE", requires = "rotate")]
    statement: Option<PathBuf>,
    /// With --rotate: a passport that keeps the statement, too
    #[arg(long, value_name = "FILE", requires = "rotate")]
    passport: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let texts = Texts::of(self.answer.lang());
        let keys = if self.new {
            let keys = KeyFile::new()?;
            keys.write_new(&self.key)?;
            if !self.answer.json {
                paragraph(out, &(texts.credential.new_key)(&quoted(&self.key.display().to_string())), 0)?;
            }
            keys
        } else if let Some(statement) = &self.statement {
            self.rotate(statement)?
        } else {
            KeyFile::read(&self.key)?
        };
        let current = keys.current(&self.key)?.did();
        if self.answer.json {
            let former: Vec<&str> =
                keys.keys().iter().map(|key| key.did().as_str()).filter(|did| *did != current.as_str()).collect();
            output::json(out, &serde_json::json!({ "did": current.as_str(), "former": former }))?;
        } else {
            writeln!(out, "{current}")?;
        }
        Ok(Verdict::Fine)
    }

    fn rotate(&self, statement: &std::path::Path) -> Result<KeyFile, CliError> {
        let mut keys = KeyFile::read(&self.key)?;
        let old = keys.current(&self.key)?.clone();
        keys.rotate()?;
        let new = keys.current(&self.key)?;
        let wanted = "a language";
        let language = self.answer.lang().language().ok_or(CliError::Argument { text: String::new(), wanted })?;
        let at = now()?;
        let document = succeed(new_id()?, &old, new, &language, &at);
        let document = document.map_err(|error| CliError::content(&self.key, error))?;
        let passport = match &self.passport {
            Some(file) => {
                let refused = |error| CliError::content(file, error);
                let mut passport = read(file)?;
                let record = KeyRecord {
                    did: new.did().to_string(),
                    replaces: Some(old.did().to_string()),
                    statement: Some(document.clone()),
                };
                passport.add(Record::of(new_id()?, at, &record).map_err(refused)?).map_err(refused)?;
                Some((file, passport.to_json().map_err(refused)?))
            }
            None => None,
        };
        // The key before what speaks of it: a statement about a key that was lost would be worse than a key without one.
        if statement.symlink_metadata().is_ok() {
            return Err(CliError::Exists(statement.to_owned()));
        }
        keys.replace(&self.key)?;
        write_new(statement, &document)?;
        if let Some((file, text)) = passport {
            files::write(file, &text, Place::Taken)?;
        }
        Ok(keys)
    }
}
