//! `passport export`: results for a CV, or for an organisation to seal.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use skills_passport::credential::ElmRequest;
use skills_passport::framework::Alignments;
use skills_passport::json;
use skills_passport::paper::{Cv, cv};
use skills_passport::passport::KeyRecord;
use skills_passport_frameworks::Library;

use super::print::Found;
use super::{Answer, say_written};
use crate::Verdict;
use crate::error::CliError;
use crate::files;
use crate::system::{date_in_words, new_id};
use crate::texts::Texts;
use uuid::Uuid;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// European Learning Model 3 (JSON-LD), unsigned, with the addresses of ESCO
    Elm,
    /// Plain text for a curriculum vitae
    Cv,
}

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport export marie.passport.json --format cv --lang fr
  skills-passport passport export marie.passport.json --format elm --name --out marie.elm.json

The document for Europass is not signed: an organisation that seals it adds who it is, when, and a picture of it. It says
that nobody supervised, and that the person awarded it to themself. The addresses of ESCO come with this program.")]
pub(crate) struct Args {
    /// The passport
    file: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// The assessment, by its id [default: the last one]
    #[arg(long, value_name = "ID")]
    assessment: Option<Uuid>,
    /// For a CV: each competence, too
    #[arg(long)]
    competences: bool,
    /// For Europass: the name that the passport has
    #[arg(long)]
    name: bool,
    /// For Europass: the public key of the passport
    #[arg(long)]
    did: bool,
    /// The new file; nothing is written over [default: the terminal]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let found = Found::of(&self.file, self.assessment, self.answer)?;
        let text = match self.format {
            Format::Elm => self.elm(&found)?,
            Format::Cv => self.cv(&found)?,
        };
        match &self.out {
            Some(file) => {
                files::write_new(file, text.trim_end())?;
                say_written(out, file, self.answer)?;
            }
            None => writeln!(out, "{}", text.trim_end())?,
        }
        Ok(Verdict::Fine)
    }

    fn elm(&self, found: &Found) -> Result<String, CliError> {
        let framework = &found.framework;
        // Another framework than ESCO knows is written without addresses.
        let scheme = Library::shipped().scheme("esco", framework).ok();
        let alignments = scheme.map(|scheme| Alignments::of(&scheme, framework.reference()));
        let name = found.passport.name().filter(|_| self.name);
        let did = found.passport.entries::<KeyRecord>().pop().map(|(_, key)| key.did).filter(|_| self.did);
        let request = ElmRequest {
            record: &found.record,
            framework,
            language: &found.language,
            alignments: alignments.as_ref(),
            id: new_id()?,
            name: name.as_deref(),
            did: did.as_deref(),
        };
        let document = request.document().map_err(|error| CliError::content(&self.file, error))?;
        json::to_text(&document).map_err(|error| CliError::content(&self.file, error))
    }

    fn cv(&self, found: &Found) -> Result<String, CliError> {
        let record = &found.record;
        let date = date_in_words(&record.at, Texts::of(self.answer.lang()));
        let text = cv(&Cv {
            record,
            framework: &found.framework,
            language: &found.language,
            date: &date,
            competences: self.competences,
        });
        text.ok_or_else(|| CliError::NoAssessment(self.file.clone()))
    }
}
