//! `offers match`.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::json;
use skills_passport::offers::Catalogue;
use skills_passport::offers::matching::{Index, Matches, Weights};
use skills_passport::profile::CompetenceResult;
use skills_passport_frameworks::Library;

use super::people::People;
use super::shape::{Kind, Shape, View};
use super::wishes::{GoalArgs, WishArgs};
use super::{batch, words};
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, quoted};
use crate::{Verdict, files, framework};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
PASSPORTS is one passport, a folder of them, or a file with one on each line (.ndjson). Of several,
each is answered as soon as it is read, with --format ndjson (the default), json, csv or html. A
place is a town or postcode of the catalogue, or `latitude,longitude`.

Nothing is recommended below a person's level, above their reach, or on too little evidence. Offers
that say nothing about a wish come last and are marked; --only-stated leaves them out.

Examples:
  skills-passport offers match marie.passport.json --in offers.ndjson --near 16140 --within 20 --free
  skills-passport offers match marie.passport.json --in offers.ndjson --goal 4.2=4 --lang fr
  skills-passport offers match marie.passport.json --in offers.ndjson --format html > marie.html
  skills-passport offers match passports --in offers.ndjson --format csv > matches.csv")]
pub(crate) struct Args {
    /// A passport, a folder of them, or a file with one on each line
    passports: PathBuf,
    /// The catalogue
    #[arg(long = "in", value_name = "CATALOGUE")]
    catalogue: PathBuf,
    #[command(flatten)]
    goals: GoalArgs,
    #[command(flatten)]
    wishes: WishArgs,
    /// What counts how much, JSON [default: offers/weights.json of this program]
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// How many offers to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Framework that the catalogue's competences are those of
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Language of the words [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(super) lang: Option<Lang>,
    /// How the answer is written [default: text for one passport, ndjson for several]
    #[arg(long, value_enum, conflicts_with = "json")]
    format: Option<Kind>,
    /// Write JSON, for programs: for several passports a line each
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Whether programs read the answer.
    pub(super) fn is_json(&self) -> bool {
        self.json || self.format.map_or(self.passports.is_dir(), |kind| matches!(kind, Kind::Json | Kind::Ndjson))
    }

    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(&self.framework)?;
        let catalogue = super::open(&self.catalogue, &framework)?;
        let goals = self.goals.goals(&framework, &catalogue)?;
        if goals.is_empty() && self.goals.is_given() {
            writeln!(out, "{}", words::asks_for_nothing(self.lang()))?;
            return Ok(Verdict::Fine);
        }
        let wishes = self.wishes.wishes(goals, &catalogue, &self.catalogue)?;
        let (weights, index) = (self.weights()?, Index::new(&framework, &catalogue));
        let limit = usize::from(self.limit);
        let of = |results: &[CompetenceResult]| index.matches_of(results, &wishes, &weights, limit);
        let mut people = People::of(&self.passports)?;
        if people.is_one() && (self.json || matches!(self.format, None | Some(Kind::Text | Kind::Json))) {
            for person in people.next(1) {
                let matches = of(&person.results(&framework)?);
                if self.is_json() {
                    output::json(out, &View::new(&matches, &catalogue))?;
                } else {
                    write(out, &matches, &catalogue, self.lang())?;
                }
            }
            return Ok(Verdict::Fine);
        }
        let kind = self.format.filter(|kind| *kind != Kind::Text).unwrap_or(Kind::Ndjson);
        batch::run(out, people, &framework, &catalogue, Shape { kind, lang: self.lang(), framework: &framework }, &of)
    }

    fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(Lang::of_environment)
    }

    fn weights(&self) -> Result<Weights, CliError> {
        let Some(file) = &self.weights else { return Ok(Weights::default()) };
        let text = files::read(file, 64 << 10)?;
        json::read(&text, 64 << 10).map_err(|error| CliError::content(file, error))
    }
}

fn write(out: &mut dyn Write, matches: &Matches, catalogue: &Catalogue, lang: Lang) -> Result<(), CliError> {
    for (number, found) in matches.offers.iter().enumerate() {
        let Some(offer) = catalogue.offers().get(found.position) else { continue };
        writeln!(out, "{BOLD}{}. {}{BOLD:#}", number + 1, quoted(&offer.title))?;
        if offer.provider != offer.title && !offer.provider.is_empty() {
            writeln!(out, "   {}", quoted(&offer.provider))?;
        }
        for reason in &found.reasons {
            writeln!(out, "   - {}", words::reason(reason, lang))?;
        }
        if !found.unstated.is_empty() {
            writeln!(out, "   - {}", words::ask(&found.unstated, lang))?;
        }
        if !offer.link.is_empty() {
            writeln!(out, "   {}", quoted(&offer.link))?;
        }
    }
    match (matches.found, lang) {
        (0, _) => writeln!(out, "{}", words::no_offer(lang))?,
        (all, Lang::En) => writeln!(out, "\nOffers found: {all}")?,
        (all, Lang::Fr) => writeln!(out, "\nOffres trouvées : {all}")?,
    }
    if !matches.uncovered.is_empty() {
        writeln!(out, "\n{BOLD}{}{BOLD:#}", words::what_remains(lang))?;
        for goal in &matches.uncovered {
            writeln!(out, "  {}", words::uncovered(goal, lang))?;
        }
    }
    if !matches.not_enough_evidence.is_empty() {
        writeln!(out, "\n{}", words::not_enough(&matches.not_enough_evidence, lang))?;
    }
    Ok(())
}
