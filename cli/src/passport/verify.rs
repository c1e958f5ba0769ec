//! `passport verify`: do the answers give the results, do the signatures hold.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use skills_passport::credential::{CredentialKind, CredentialReport, Verifier, kept};
use skills_passport::passport::{AssessmentRecord, Passport, Replay, replay};
use skills_passport_frameworks::Library;
use uuid::Uuid;

use super::{Answer, instrument_of, read};
use crate::Verdict;
use crate::credential::view;
use crate::error::CliError;
use crate::output::{self, paragraph};
use crate::system::{date_in_words, now};
use crate::texts::{Replayed, Texts};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport verify marie.passport.json
  skills-passport passport verify marie.passport.json --json

Each assessment is computed again from its answers, and every signed document is checked.
Exit code: 0 nothing speaks against it, 1 something is not what it says, 3 not everything could be checked.")]
pub(crate) struct Args {
    /// The passport
    file: PathBuf,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// What programs get.
#[derive(Serialize)]
struct View {
    verdict: &'static str,
    assessments: Vec<AssessmentView>,
    credentials: Vec<CredentialReport>,
}

#[derive(Serialize)]
struct AssessmentView {
    id: Uuid,
    at: String,
    replay: &'static str,
    differences: Vec<String>,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let passport = read(&self.file)?;
        let library = Library::shipped();
        let replays: Vec<(&AssessmentRecord, Option<Replay>)> = passport
            .assessments()
            .map(|record| {
                (record, instrument_of(&library, &record.assessment).map(|instrument| replay(&instrument, record)))
            })
            .collect();
        let credentials = credentials(&passport)?;
        let broken = credentials.iter().any(|report| !report.is_sound());
        let states: Vec<Replayed> = replays.iter().map(|(_, replay)| state(replay.as_ref())).collect();
        let verdict = if broken || states.contains(&Replayed::Contradicted) {
            Verdict::Faulty
        } else if states.iter().any(|state| matches!(state, Replayed::Unknown | Replayed::OtherEngineDiffers)) {
            Verdict::Unsure
        } else {
            Verdict::Fine
        };
        if self.answer.json {
            let assessments = replays.iter().map(|(record, replay)| AssessmentView {
                id: record.id,
                at: record.at.to_string(),
                replay: replay.as_ref().map_or("unknown-instrument", Replay::code),
                differences: replay.as_ref().map(|replay| replay.differences().to_vec()).unwrap_or_default(),
            });
            let assessments = assessments.collect();
            output::json(out, &View { verdict: verdict.name(), assessments, credentials })?;
        } else {
            self.say(out, &replays, &credentials, verdict)?;
        }
        Ok(verdict)
    }

    fn say(
        &self,
        out: &mut dyn Write,
        replays: &[(&AssessmentRecord, Option<Replay>)],
        credentials: &[CredentialReport],
        verdict: Verdict,
    ) -> Result<(), CliError> {
        let texts = Texts::of(self.answer.lang());
        let words = &texts.checks;
        for (record, replay) in replays {
            let day = date_in_words(&record.at, texts);
            paragraph(out, &(words.assessment)(&day, state(replay.as_ref())), 0)?;
        }
        for report in credentials {
            writeln!(out)?;
            view::credential(out, report, texts)?;
        }
        if replays.is_empty() && credentials.is_empty() {
            paragraph(out, words.nothing, 0)?;
            return Ok(());
        }
        writeln!(out)?;
        let said = match verdict {
            Verdict::Fine => words.sound,
            Verdict::Faulty => words.faulty,
            Verdict::Unsure => words.unsure,
        };
        paragraph(out, said, 0)?;
        Ok(())
    }
}

fn state(replay: Option<&Replay>) -> Replayed {
    match (replay, replay.and_then(Replay::holds)) {
        (Some(Replay::OtherEngine { .. }), Some(true)) => Replayed::OtherEngineAgrees,
        (Some(Replay::OtherEngine { .. }), _) => Replayed::OtherEngineDiffers,
        (_, Some(true)) => Replayed::Confirmed,
        (_, Some(false)) => Replayed::Contradicted,
        (_, None) => Replayed::Unknown,
    }
}

/// Every signed document of the passport; endorsements stand with their badges.
fn credentials(passport: &Passport) -> Result<Vec<CredentialReport>, CliError> {
    let now = now()?;
    let verifier = Verifier { at: &now, rdfc: None };
    let reports = verifier.all(&kept(passport));
    // A statement about keys stands for itself; what is no credential at all is a fault of the passport.
    Ok(reports.into_iter().filter(|report| report.kind != CredentialKind::Other || !report.is_sound()).collect())
}
