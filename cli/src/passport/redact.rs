//! `passport redact`: a copy to share.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::id::AreaId;
use skills_passport::passport::Redaction;
use skills_passport_frameworks::Library;

use super::{Answer, Out, frameworks_of, instruments_of, read, say_written, write_new};
use crate::error::CliError;
use crate::{Verdict, system};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport redact marie.passport.json --out for-the-course.passport.json
  skills-passport passport redact marie.passport.json --areas 1,4 --name --out for-the-course.passport.json

The copy has the newest results and nothing else, unless you choose more. It never has notes.
With --areas, nothing of the other areas is in it, nor anything that was computed over all areas.")]
pub(crate) struct Args {
    /// The passport
    file: PathBuf,
    /// Only these areas, by their numbers
    #[arg(long, value_name = "AREAS", value_delimiter = ',')]
    areas: Vec<AreaId>,
    /// All assessments instead of the newest alone
    #[arg(long)]
    history: bool,
    /// Your name
    #[arg(long)]
    name: bool,
    /// Your answers
    #[arg(long)]
    answers: bool,
    /// Your goals, without your notes on them
    #[arg(long)]
    goals: bool,
    /// Your courses
    #[arg(long)]
    courses: bool,
    /// Your signed badges with their endorsements
    #[arg(long)]
    badges: bool,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let passport = read(&self.file)?;
        let redaction = Redaction {
            areas: (!self.areas.is_empty()).then(|| self.areas.clone()),
            history: self.history,
            name: self.name,
            answers: self.answers,
            goals: self.goals,
            courses: self.courses,
            badges: self.badges,
        };
        let library = Library::shipped();
        let (frameworks, instruments) = (frameworks_of(&library, &passport), instruments_of(&library, &passport));
        let copy = redaction.apply(&passport, system::new_id()?, system::now()?, &frameworks, &instruments);
        let copy = copy.map_err(|error| CliError::content(&self.file, error))?;
        write_new(&self.out.out, &copy)?;
        say_written(out, &self.out.out, self.answer)?;
        Ok(Verdict::Fine)
    }
}
