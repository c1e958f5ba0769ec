//! `passport print` and `passport picture`: results on paper.

use std::io::Write;
use std::path::{Path, PathBuf};

use skills_passport::framework::Framework;
use skills_passport::id::Language;
use skills_passport::paper::{Page, code, page, picture};
use skills_passport::passport::{AssessmentRecord, Passport};
use skills_passport_frameworks::Library;
use uuid::Uuid;

use super::{Answer, Out, read, say_written};
use crate::error::CliError;
use crate::system::date_in_words;
use crate::texts::Texts;
use crate::{Verdict, credential, files};

/// Which assessment, and in which words.
#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// The passport
    file: PathBuf,
    /// The assessment, by its id [default: the last one]
    #[arg(long, value_name = "ID")]
    assessment: Option<Uuid>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// What a page, a picture or an export is made from.
pub(super) struct Found {
    pub(super) passport: Passport,
    pub(super) record: AssessmentRecord,
    pub(super) framework: Framework,
    pub(super) language: Language,
}

impl Found {
    /// The assessment with this id, or the last.
    pub(super) fn of(file: &Path, assessment: Option<Uuid>, answer: Answer) -> Result<Self, CliError> {
        let passport = read(file)?;
        let record = passport.assessment(assessment).cloned();
        let record = record.ok_or_else(|| CliError::NoAssessment(file.to_owned()))?;
        let framework = Library::shipped().framework(&record.assessment.framework.to_string())?;
        let language = answer.lang().language().ok_or_else(unspoken)?;
        Ok(Self { passport, record, framework, language })
    }
}

impl Source {
    fn find(&self) -> Result<Found, CliError> {
        Found::of(&self.file, self.assessment, self.answer)
    }
}

fn unspoken() -> CliError {
    CliError::Argument { text: String::new(), wanted: "a language that pages are written in" }
}

/// The arguments of `print`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport print marie.passport.json --lang fr --out marie.html
  skills-passport passport print marie.passport.json --name --badge badges/badge-1.json \\
    --address https://skills.example/verify --out marie.html

One page of A4 that needs nothing besides itself: open it in a browser and print it. With a badge, its QR code opens the
address, which must be a page that verifies badges; the badge is in the part after `#`, which is never sent.")]
pub(crate) struct PrintArgs {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Print the name that the passport has
    #[arg(long)]
    name: bool,
    /// A signed badge, to be printed as a QR code
    #[arg(long, value_name = "FILE", requires = "address")]
    badge: Option<PathBuf>,
    /// The page that the code opens
    #[arg(long, value_name = "URL", requires = "badge")]
    address: Option<String>,
}

impl PrintArgs {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let found = self.source.find()?;
        let code = match (&self.badge, &self.address) {
            (Some(file), Some(address)) => {
                let badge = credential::read(file)?;
                Some(code(&badge, address, &found.language).map_err(|error| CliError::content(file, error))?)
            }
            _ => None,
        };
        let texts = Texts::of(self.source.answer.lang());
        let name = found.passport.name().filter(|_| self.name);
        let text = page(&Page {
            record: &found.record,
            framework: &found.framework,
            language: &found.language,
            name: name.as_deref(),
            date: &date_in_words(&found.record.at, texts),
            code: code.as_ref(),
        });
        files::write_new(&self.source.out.out, &text.ok_or_else(unspoken)?)?;
        say_written(out, &self.source.out.out, self.source.answer)?;
        Ok(Verdict::Fine)
    }
}

/// The arguments of `picture`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  skills-passport passport picture marie.passport.json --lang fr --out marie.svg

An SVG file; what it shows is written in it, too, for those who do not see it.")]
pub(crate) struct PictureArgs {
    #[command(flatten)]
    pub(crate) source: Source,
}

impl PictureArgs {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let found = self.source.find()?;
        let text = picture(&found.record.profile.areas, &found.framework, &found.language);
        files::write_new(&self.source.out.out, &text.ok_or_else(unspoken)?)?;
        say_written(out, &self.source.out.out, self.source.answer)?;
        Ok(Verdict::Fine)
    }
}
