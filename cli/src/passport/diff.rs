//! `passport diff`: two assessments compared.

use std::io::Write;
use std::path::{Path, PathBuf};

use skills_passport::passport::{Basis, Change, Comparison, Measured, Passport, compare};
use skills_passport_frameworks::Library;
use uuid::Uuid;

use super::{Answer, instrument_of, read};
use crate::Verdict;
use crate::error::CliError;
use crate::output::{self, BOLD, columns_of, paragraph};
use crate::results::Names;
use crate::system::date_in_words;
use crate::texts::Texts;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport diff marie.passport.json
  skills-passport passport diff spring.passport.json autumn.passport.json
  skills-passport passport diff marie.passport.json --before 6f9619ff-… --after 1b4e28ba-…

Without ids: of one passport, its last two assessments; of two, the last of each.
Nothing is compared on too few answers.")]
pub(crate) struct Args {
    /// The passport
    file: PathBuf,
    /// Another passport of the same person
    other: Option<PathBuf>,
    /// The earlier assessment, by its id
    #[arg(long, value_name = "ID")]
    before: Option<Uuid>,
    /// The later assessment, by its id
    #[arg(long, value_name = "ID")]
    after: Option<Uuid>,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let passport = read(&self.file)?;
        let other = self.other.as_deref().map(read).transpose()?;
        let own = passport.measured();
        let theirs = other.as_ref().map(Passport::measured);
        let other_file = self.other.as_deref().unwrap_or(&self.file);
        // Of one passport the one before the last is the earlier one; of two, the first gives it.
        let skipped = usize::from(theirs.is_none());
        let before = chosen(&own, self.before, skipped, &self.file)?;
        let after = chosen(theirs.as_ref().unwrap_or(&own), self.after, 0, other_file)?;
        let library = Library::shipped();
        let instrument = after.assessment.and_then(|assessment| instrument_of(&library, assessment));
        let comparison = compare(before, after, instrument.as_ref());
        let comparison = comparison.map_err(|error| CliError::content(&self.file, error))?;
        if self.answer.json {
            output::json(out, &comparison)?;
        } else {
            show(out, &comparison, &library, self.answer)?;
        }
        Ok(Verdict::Fine)
    }
}

/// The one with this id, or the last but `skipped`.
fn chosen<'a>(all: &[Measured<'a>], id: Option<Uuid>, skipped: usize, file: &Path) -> Result<Measured<'a>, CliError> {
    let found = match id {
        Some(id) => all.iter().find(|measured| measured.id == id),
        None => all.iter().rev().nth(skipped),
    };
    found.copied().ok_or_else(|| CliError::NoAssessment(file.to_owned()))
}

fn show(out: &mut dyn Write, comparison: &Comparison, library: &Library, answer: Answer) -> Result<(), CliError> {
    let texts = Texts::of(answer.lang());
    let words = &texts.diff;
    let framework = library.framework(&comparison.framework.to_string()).ok();
    let names = Names::new(framework.as_ref(), answer.lang().language().as_ref());
    let (before, after) = (date_in_words(&comparison.before_at, texts), date_in_words(&comparison.after_at, texts));
    writeln!(out, "{BOLD}{}{BOLD:#}\n", (words.title)(&before, &after))?;
    let say = |change: &Change| {
        let thousandths = change.difference.map_or(0, |difference| difference.0.unsigned_abs());
        (words.change)(change.kind, (thousandths + 50) / 100)
    };
    let mut lines = vec![vec![texts.results.all_together.to_owned(), say(&comparison.overall)]];
    for area in &comparison.areas {
        lines.push(vec![names.area(&area.area), say(&area.change)]);
        let inside = |id| framework.as_ref().and_then(|framework| framework.area_of(id)) == Some(&area.area);
        let members = comparison.competences.iter().filter(|competence| inside(&competence.competence));
        lines.extend(members.map(|one| vec![format!("  {}", names.competence(&one.competence)), say(&one.change)]));
    }
    if framework.is_none() {
        let strays = comparison.competences.iter();
        lines.extend(strays.map(|one| vec![format!("  {}", one.competence), say(&one.change)]));
    }
    columns_of(out, &lines)?;
    writeln!(out)?;
    if !comparison.same_bank {
        paragraph(out, words.other_bank, 0)?;
    }
    if comparison.basis == Basis::Estimates {
        paragraph(out, words.by_estimates, 0)?;
    }
    paragraph(out, words.caution, 0)?;
    paragraph(out, texts.results.use_of_it, 0)?;
    Ok(())
}
