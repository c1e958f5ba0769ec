//! `contribute`: a learner's own, deniable contribution to the figures of a territory, and what many of them add up to.
//!
//! Owns the form of a contribution, the question whether to make one, and tables. The design and its error are the library's
//! (`observatory::RandomisedResponse`).

mod estimate;
mod words;

use std::io::{BufRead as _, Read as _, Write, stderr, stdin};
use std::path::PathBuf;

use clap::Subcommand;
use serde::{Deserialize, Serialize};
use skills_passport::framework::FrameworkReference;
use skills_passport::id::CompetenceId;
use skills_passport::observatory::{NOT_ENOUGH, RandomisedResponse};
use skills_passport::passport::{MAX_PASSPORT_BYTES, Passport};
use skills_passport::profile::Evidence;
use skills_passport_frameworks::Library;

use crate::crowd::measured;
use crate::error::CliError;
use crate::lang::Lang;
use crate::{Verdict, files, framework, output};
use words::Words;

/// The format of a contribution.
const FORMAT: &str = "contribution-1";
/// What is reported: levels 1 to 8, then "not enough evidence".
const CATEGORIES: u16 = 9;
/// What a contribution about all competences is about.
const OVERALL: &str = "overall";
/// Longest name of a campaign, bytes.
const MAX_NAME_BYTES: usize = 200;

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make one contribution from a passport
    #[command(after_help = "\
A coin is tossed first. With the share of truth given by --truth (thousandths) the contribution says your
level; otherwise it says a level drawn at random. Nobody can tell which, so that it proves nothing about
you. The coin comes from your passport's identity and the campaign: making the contribution again gives
the same one. It holds no name and no identity. Nothing is sent: you decide what to do with the line.

Example:
  skills-passport contribute make me.passport.json --campaign north-2026 --about 4.2 > mine.json")]
    Make(Make),
    /// Estimate shares from many contributions, with their errors
    #[command(after_help = "\
Contributions are lines of JSON; those to different questions are estimated apart. Shares and errors are
thousandths; a share may lie a little below 0 or above 1000, which keeps it unbiased. That somebody
contributed twice cannot be seen. The exit code is 3 if some lines could not be read.

Example:
  skills-passport contribute estimate all.ndjson")]
    Estimate(estimate::Args),
}

/// Arguments of `make`.
#[derive(Debug, clap::Args)]
pub(crate) struct Make {
    /// The passport
    passport: PathBuf,
    /// The name of what you contribute to; whoever asks tells it to everybody
    #[arg(long, value_name = "NAME")]
    campaign: String,
    /// A competence, or `overall`
    #[arg(long, value_name = "COMPETENCE", default_value = OVERALL)]
    about: String,
    /// How often the truth is told, thousandths; whoever asks tells it to everybody
    #[arg(long, value_name = "SHARE", default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=900))]
    truth: u16,
    /// Framework
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Do not ask whether you want to
    #[arg(long)]
    yes: bool,
    /// Language
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

/// What everybody who contributes to the same question has in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Question {
    pub(super) campaign: String,
    /// Id and version.
    pub(super) framework: String,
    /// A competence, or `overall`.
    pub(super) about: String,
    /// Thousandths.
    pub(super) truth: u16,
}

/// A contribution.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contribution {
    pub(super) format: String,
    pub(super) campaign: String,
    pub(super) framework: String,
    pub(super) about: String,
    pub(super) truth: u16,
    /// 1 to 8 are levels, 9 is not enough evidence.
    pub(super) report: u16,
}

impl Contribution {
    /// The question and the reported category from 0; what is wrong is said.
    pub(super) fn checked(self) -> Result<(Question, u16), String> {
        let Self { format, campaign, framework, about, truth, report } = self;
        if format != FORMAT {
            return Err(format!("no contribution of format `{FORMAT}`"));
        }
        if [&campaign, &framework, &about].iter().any(|name| name.is_empty() || name.len() > MAX_NAME_BYTES) {
            return Err(format!("a name is empty or longer than {MAX_NAME_BYTES} bytes"));
        }
        design(truth).map_err(|error| error.to_string())?;
        let category = report.checked_sub(1).filter(|category| *category < CATEGORIES);
        let category = category.ok_or_else(|| format!("`report` is 1 to {CATEGORIES}, not {report}"))?;
        Ok((Question { campaign, framework, about, truth }, category))
    }
}

/// The design with this share of truth.
pub(super) fn design(truth: u16) -> Result<RandomisedResponse, skills_passport::observatory::RandomisedResponseError> {
    RandomisedResponse::new(CATEGORIES, truth)
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Make(_) => false,
            Self::Estimate(args) => args.is_json(),
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Make(args) => args.lang,
            Self::Estimate(args) => args.lang,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let words = Words::of(self.lang().unwrap_or_else(Lang::of_environment));
        match self {
            Self::Make(args) => args.run(out, words),
            Self::Estimate(args) => args.run(out, words),
        }
    }
}

impl Make {
    fn run(&self, out: &mut dyn Write, words: &Words) -> Result<Verdict, CliError> {
        let wrong = |text: &str, wanted| CliError::Argument { text: text.to_owned(), wanted };
        if self.campaign.is_empty() || self.campaign.len() > MAX_NAME_BYTES {
            return Err(wrong(&self.campaign, "the name of a campaign"));
        }
        let framework = Library::shipped().framework(&self.framework)?;
        if self.about != OVERALL && !framework.competences().iter().any(|id| id.as_str() == self.about) {
            return Err(wrong(&self.about, "a competence of the framework, or `overall`"));
        }
        let text = files::read(&self.passport, MAX_PASSPORT_BYTES)?;
        let passport = Passport::parse(&text).map_err(|error| CliError::content(&self.passport, error))?;
        let category = category(&passport, &framework.reference(), &self.about)
            .ok_or_else(|| CliError::NoAssessment(self.passport.clone()))?;
        let design = design(self.truth).map_err(|_| wrong(&self.truth.to_string(), "a share of truth"))?;
        if !self.yes && !agreed(words, &design, self)? {
            return Ok(Verdict::Unsure);
        }
        let framework = framework.reference().to_string();
        let question = [self.campaign.as_str(), &framework, &self.about].join("\u{0}");
        let report = design.report(category, RandomisedResponse::chance_of(passport.id(), &question)) + 1;
        let contribution = Contribution {
            format: FORMAT.to_owned(),
            campaign: self.campaign.clone(),
            framework,
            about: self.about.clone(),
            truth: self.truth,
            report,
        };
        writeln!(out, "{}", serde_json::to_string(&contribution).map_err(std::io::Error::from)?)?;
        Ok(Verdict::Fine)
    }
}

/// The true category of the newest results; none where they say nothing about it.
fn category(passport: &Passport, framework: &FrameworkReference, about: &str) -> Option<u16> {
    let last = measured(passport).filter(|results| results.framework == framework).last()?;
    let estimate = if about == OVERALL {
        last.overall?
    } else {
        let competence: CompetenceId = about.parse().ok()?;
        &last.competences.iter().find(|result| result.competence == competence)?.estimate
    };
    match estimate.evidence {
        Evidence::NotEnough => u16::try_from(NOT_ENOUGH).ok(),
        Evidence::Measured | Evidence::Inferred => Some(u16::from(estimate.level.number()) - 1),
    }
}

/// Says what will be written and asks; everything but a clear yes is no. On the error output, so that the contribution
/// alone is in the answer.
fn agreed(words: &Words, design: &RandomisedResponse, args: &Make) -> Result<bool, CliError> {
    let mut err = stderr();
    output::paragraph(&mut err, &(words.explain)(&args.campaign, &args.about, args.truth, design.epsilon()), 0)?;
    write!(err, "{}", words.question)?;
    err.flush()?;
    let mut line = String::new();
    // What cannot be read is no yes.
    let read = stdin().lock().take(1000).read_line(&mut line).is_ok();
    let agreed = read && words.yes.contains(&line.trim().to_lowercase().as_str());
    if !agreed {
        writeln!(err, "\n{}", words.not_made)?;
    }
    Ok(agreed)
}
