//! `credential verify`: who says what about whom.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Map, Value};
use skills_passport::credential::{Binding, MAX_PRESENTED, Verifier, qr};
use skills_passport::units::Timestamp;

use super::{ContextArgs, read, view};
use crate::Verdict;
use crate::error::CliError;
use crate::output::{self, paragraph};
use crate::passport::Answer;
use crate::system::now;
use crate::texts::Texts;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport credential verify badge-1.json
  skills-passport credential verify badge-1.json endorsement-1.json
  skills-passport credential verify for-them.json --challenge 8a1f… --domain https://training.example
  skills-passport credential verify --code 'b1.0123456789…'

It works without a network. Exit code: 0 it is what was signed, 1 it is refused.")]
pub(crate) struct Args {
    /// Badges with their endorsements, or one presentation
    #[arg(value_name = "FILE", required_unless_present = "code")]
    files: Vec<PathBuf>,
    /// The text of a QR code, from `b1.` on
    #[arg(long, value_name = "TEXT", conflicts_with = "files")]
    code: Option<String>,
    /// For a presentation: what you drew at random
    #[arg(long, requires = "domain")]
    challenge: Option<String>,
    /// For a presentation: who you are
    #[arg(long, requires = "challenge")]
    domain: Option<String>,
    /// Verify as of this instant [default: now]
    #[arg(long, value_name = "INSTANT")]
    at: Option<Timestamp>,
    #[command(flatten)]
    contexts: ContextArgs,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let documents = match &self.code {
            Some(code) => {
                // The whole link, or its fragment.
                let fragment = code.rsplit('#').next().unwrap_or(code);
                vec![qr::decode(fragment).map_err(|error| CliError::Refused(error.into()))?]
            }
            None => self.files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?,
        };
        let contexts = self.contexts.read()?;
        let hash = |document: &Map<String, Value>, options: &Map<String, Value>| match &contexts {
            Some(contexts) => contexts.hash(document, options),
            None => Err(skills_passport::credential::CredentialError::Rdf { what: String::new() }),
        };
        let at = match &self.at {
            Some(at) => at.clone(),
            None => now()?,
        };
        let verifier = Verifier { at: &at, rdfc: if contexts.is_some() { Some(&hash) } else { None } };
        let texts = Texts::of(self.answer.lang());
        let sound = match (documents.as_slice(), is_presentation(&documents)) {
            ([presentation], true) => {
                let (challenge, domain) =
                    (self.challenge.clone().unwrap_or_default(), self.domain.clone().unwrap_or_default());
                let report = verifier.presentation(presentation, &Binding { challenge, domain });
                if self.answer.json {
                    output::json(out, &report)?;
                } else {
                    view::presentation(out, &report, texts)?;
                }
                report.is_sound()
            }
            (all, _) => {
                let reports = verifier.all(all.get(..MAX_PRESENTED.min(all.len())).unwrap_or(all));
                if self.answer.json {
                    output::json(out, &reports)?;
                } else {
                    for (position, report) in reports.iter().enumerate() {
                        if position > 0 {
                            writeln!(out)?;
                        }
                        view::credential(out, report, texts)?;
                    }
                }
                reports.iter().all(skills_passport::credential::CredentialReport::is_sound)
            }
        };
        if !self.answer.json {
            writeln!(out)?;
            paragraph(out, texts.credential.meaning, 0)?;
        }
        Ok(if sound { Verdict::Fine } else { Verdict::Faulty })
    }
}

fn is_presentation(documents: &[Map<String, Value>]) -> bool {
    let types = |document: &Map<String, Value>| match document.get("type") {
        Some(Value::Array(types)) => types.iter().any(|name| name == "VerifiablePresentation"),
        _ => false,
    };
    matches!(documents, [one] if types(one))
}
