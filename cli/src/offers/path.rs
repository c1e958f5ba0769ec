//! `offers path`.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::offers::matching::Goal;
use skills_passport::offers::shortest_path;
use skills_passport_frameworks::Library;

use super::{batch, matching};
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, quoted};
use crate::{Verdict, framework};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  skills-passport offers path marie.passport.json --in offers.ndjson --goal 4.2=4,1.1=3")]
pub(crate) struct Args {
    /// The passport
    passport: PathBuf,
    /// The catalogue
    #[arg(long = "in", value_name = "CATALOGUE")]
    catalogue: PathBuf,
    /// Levels to reach, like `4.2=4,1.1=3`
    #[arg(long, value_name = "GOALS", value_delimiter = ',', required = true, value_parser = matching::goal)]
    goal: Vec<Goal>,
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
        let framework = Library::shipped().framework(&self.framework)?;
        let catalogue = super::open(&self.catalogue, &framework)?;
        let profile = batch::profile(&self.passport, &framework)?;
        let path = shortest_path(&catalogue, &profile, &self.goal, |_| true)
            .map_err(|error| matching::refused("no-path", error.to_string(), "--goal"))?;
        if self.json {
            output::json(out, &path)?;
            return Ok(Verdict::Fine);
        }
        let french = self.lang.unwrap_or_else(Lang::of_environment) == Lang::Fr;
        if path.steps.is_empty() {
            let words = if french { "Vous y êtes déjà." } else { "You are there already." };
            writeln!(out, "{words}")?;
        }
        for (number, step) in path.steps.iter().enumerate() {
            let Some(offer) = catalogue.offers().get(step.position) else { continue };
            writeln!(out, "{BOLD}{}. {}{BOLD:#}", number + 1, quoted(&offer.title))?;
            for (competence, from, to) in &step.gains {
                let words = if french { ("de", "à") } else { ("from", "to") };
                writeln!(out, "   - {competence} {} {from} {} {to}", words.0, words.1)?;
            }
        }
        Ok(Verdict::Fine)
    }
}
