//! `passport`: what a passport file holds.

mod translate;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use skills_passport::facade::{AssessmentSummary, PassportSummary, open_passport};
use skills_passport::framework::Framework;
use skills_passport::passport::MAX_PASSPORT_BYTES;
use skills_passport_frameworks::Library;

use crate::Verdict;
use crate::error::CliError;
use crate::files;
use crate::lang::Lang;
use crate::output::{self, BOLD, columns_of, paragraph, quoted};
use crate::results::{self, Names};
use crate::system::date_in_words;
use crate::texts::Texts;

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what a passport holds, and the results of its last assessment
    #[command(after_help = "\
Examples:
  skills-passport passport show marie.passport.json
  skills-passport passport show marie.passport.json --lang fr
  skills-passport passport show marie.passport.json --json
  skills-passport passport show marie.passport.json --as esco

With --json, an error is {\"error\":{\"code\",\"message\",\"path\"}} on standard output, with exit code 1;
`path` is the file, then `#` and a JSON pointer where the place in the file is known.")]
    Show {
        /// The passport, a file like `marie.passport.json`
        file: PathBuf,
        /// Language [default: that of your system, or else English]
        #[arg(long, value_name = "LANGUAGE")]
        lang: Option<Lang>,
        /// In the terms of another scheme: esco, pix, clea-numerique, lamednum-services, coop-themes, coop-autonomy,
        /// coop-workshop-levels or six-levels
        #[arg(long = "as", value_name = "SCHEME")]
        scheme: Option<String>,
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        let Self::Show { json, .. } = self;
        *json
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        let Self::Show { lang, .. } = self;
        *lang
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let Self::Show { file, lang, scheme, json } = self;
        let passport = open(file)?;
        if let Some(scheme) = scheme {
            let lang = lang.unwrap_or_else(Lang::of_environment);
            return translate::run(out, &passport, scheme, lang, *json);
        }
        if *json {
            output::json(out, &passport)?;
        } else {
            show(out, file, &passport, lang.unwrap_or_else(Lang::of_environment))?;
        }
        Ok(Verdict::Fine)
    }
}

/// Reads a passport file.
pub(crate) fn open(file: &Path) -> Result<PassportSummary, CliError> {
    let text = files::read(file, MAX_PASSPORT_BYTES)?;
    open_passport(&text).map_err(|failure| CliError::content(file, failure))
}

fn show(out: &mut dyn Write, file: &Path, passport: &PassportSummary, lang: Lang) -> Result<(), CliError> {
    let texts = Texts::of(lang);
    let words = &texts.passport;
    writeln!(out, "{BOLD}{}{BOLD:#} {}", words.title, quoted(&file.display().to_string()))?;
    writeln!(out, "{}", (words.created)(&date_in_words(&passport.created, texts)))?;
    writeln!(out, "{}", (words.assessments)(passport.assessments.len()))?;
    let library = Library::shipped();
    let lines: Vec<Vec<String>> = passport
        .assessments
        .iter()
        .map(|assessment| {
            let framework = framework_of(&library, assessment);
            let names = Names::new(framework.as_ref(), lang.language().as_ref());
            vec![
                date_in_words(&assessment.at, texts),
                names.framework(&assessment.framework),
                (words.mode)(assessment.mode).to_owned(),
                (words.answers)(assessment.profile.answered),
            ]
        })
        .collect();
    columns_of(out, &lines)?;
    let Some(last) = passport.assessments.last() else { return Ok(()) };
    let framework = framework_of(&library, last);
    let names = Names::new(framework.as_ref(), lang.language().as_ref());
    writeln!(out)?;
    results::write(out, &(words.last)(&date_in_words(&last.at, texts)), &last.profile, &names, texts)?;
    if framework.is_none() {
        paragraph(out, &(texts.results.unknown_framework)(&last.framework.to_string()), 0)?;
    }
    Ok(())
}

/// The framework of an assessment. A passport may well speak of one that this program does not have.
fn framework_of(library: &Library, assessment: &AssessmentSummary) -> Option<Framework> {
    library.framework(&assessment.framework.to_string()).ok()
}
