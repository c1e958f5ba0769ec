//! `offers path`.

use std::io::Write;
use std::path::PathBuf;

use clap::ArgGroup;
use skills_passport::offers::matching::Index;
use skills_passport::offers::{PathError, shortest_path_for};
use skills_passport_frameworks::Library;

use super::people::Person;
use super::wishes::{GoalArgs, WishArgs, refused};
use super::words;
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, quoted};
use crate::{Verdict, framework};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("targets").args(["goal", "job", "entry_of"]).required(true).multiple(true))]
#[command(after_help = "\
Only offers that break no wish are taken; those that say nothing about one are taken where nothing
else leads on, and marked. A job profile is a JSON file with `format`, `framework`, `title` and
`levels`, see frameworks/offers/README.md.

Examples:
  skills-passport offers path marie.passport.json --in offers.ndjson --goal 4.2=4,1.1=3 --free
  skills-passport offers path marie.passport.json --in offers.ndjson --job clerk.json --near 16140
  skills-passport offers path marie.passport.json --in offers.ndjson --entry-of passwords-2")]
pub(crate) struct Args {
    /// The passport
    passport: PathBuf,
    /// The catalogue
    #[arg(long = "in", value_name = "CATALOGUE")]
    catalogue: PathBuf,
    #[command(flatten)]
    goals: GoalArgs,
    #[command(flatten)]
    wishes: WishArgs,
    /// Framework that the catalogue's competences are those of
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Language of the words [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(super) lang: Option<Lang>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let lang = self.lang.unwrap_or_else(Lang::of_environment);
        let framework = Library::shipped().framework(&self.framework)?;
        let catalogue = super::open(&self.catalogue, &framework)?;
        let goals = self.goals.goals(&framework, &catalogue)?;
        let wishes = self.wishes.wishes(goals, &catalogue, &self.catalogue)?;
        let results = Person::File(self.passport.clone()).results(&framework)?;
        let path = shortest_path_for(&Index::new(&framework, &catalogue), &results, &wishes).map_err(|error| {
            let code = if matches!(error, PathError::NotEnoughEvidence(_)) { "not-enough-evidence" } else { "no-path" };
            refused(code, words::no_path(&error, lang), "")
        })?;
        if self.json {
            output::json(out, &path)?;
            return Ok(Verdict::Fine);
        }
        if path.steps.is_empty() {
            writeln!(out, "{}", words::already_there(lang))?;
        }
        for (number, step) in path.steps.iter().enumerate() {
            let Some(offer) = catalogue.offers().get(step.position) else { continue };
            writeln!(out, "{BOLD}{}. {}{BOLD:#}", number + 1, quoted(&offer.title))?;
            if offer.provider != offer.title && !offer.provider.is_empty() {
                writeln!(out, "   {}", quoted(&offer.provider))?;
            }
            for (competence, from, to) in &step.gains {
                let words = if lang == Lang::Fr { ("de", "à") } else { ("from", "to") };
                writeln!(out, "   - {competence} {} {from} {} {to}", words.0, words.1)?;
            }
            if !step.unstated.is_empty() {
                writeln!(out, "   - {}", words::ask(&step.unstated, lang))?;
            }
            if !offer.link.is_empty() {
                writeln!(out, "   {}", quoted(&offer.link))?;
            }
        }
        Ok(Verdict::Fine)
    }
}
