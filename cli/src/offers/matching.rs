//! `offers match`.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use skills_passport::facade::Failure;
use skills_passport::id::{CompetenceId, Language};
use skills_passport::json;
use skills_passport::offers::matching::{Goal, Index, Match, Matches, Uncovered, Weights, Wishes};
use skills_passport::offers::{Audience, Catalogue, Coordinates, Date, Modality, Need};
use skills_passport::profile::Profile;
use skills_passport_frameworks::Library;

use super::{batch, words};
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, quoted};
use crate::{Verdict, files, framework};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
PASSPORTS is one passport, or a folder of passports: then one line of JSON is written for each, in the
order of their names. A place is a town or postcode of the catalogue, or `latitude,longitude`.

Nothing is recommended below a person's level, above their reach, or on too little evidence. Offers
that say nothing about a wish come last and are marked; --only-stated leaves them out.

Examples:
  skills-passport offers match marie.passport.json --in offers.ndjson --near 16140 --within 20 --free
  skills-passport offers match marie.passport.json --in offers.ndjson --goal 4.2=4 --lang fr
  skills-passport offers match passports --in offers.ndjson > matches.ndjson")]
pub(crate) struct Args {
    /// A passport, or a folder of them
    passports: PathBuf,
    /// The catalogue
    #[arg(long = "in", value_name = "CATALOGUE")]
    catalogue: PathBuf,
    /// Levels to reach, like `4.2=4,1.1=3` [default: the next two levels everywhere]
    #[arg(long, value_name = "GOALS", value_delimiter = ',', value_parser = goal)]
    goal: Vec<Goal>,
    /// Languages that the learner understands, like `fr,en`
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',')]
    languages: Vec<Language>,
    /// Only what is free, or takes a pass that the learner has
    #[arg(long)]
    free: bool,
    /// Passes that the learner has; `aptic` is a pass numérique
    #[arg(long, value_name = "PASSES", value_delimiter = ',')]
    passes: Vec<String>,
    /// How it may be followed: on-site, remote, mixed
    #[arg(long, value_name = "MODALITIES", value_delimiter = ',', value_parser = word(Modality::of_word))]
    modality: Vec<Modality>,
    /// Where the learner is: a town or postcode of the catalogue, or `latitude,longitude`
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    near: Option<String>,
    /// How far it may be, kilometres
    #[arg(long, value_name = "KILOMETRES", requires = "near", value_parser = clap::value_parser!(u16).range(1..=20_000))]
    within: Option<u16>,
    /// What the learner is, like `seniors`
    #[arg(long, value_name = "AUDIENCES", value_delimiter = ',', value_parser = word(Audience::of_word))]
    audience: Vec<Audience>,
    /// Needs that must be met, like `hearing,reading`
    #[arg(long, value_name = "NEEDS", value_delimiter = ',', value_parser = word(Need::of_word))]
    needs: Vec<Need>,
    /// First day that suits, like 2026-11-22
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Last day that suits
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    /// Leave out offers that say nothing about a wish
    #[arg(long)]
    only_stated: bool,
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
    /// Write JSON, for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn goal(text: &str) -> Result<Goal, String> {
    let read = || {
        let (competence, level) = text.split_once('=')?;
        let level = skills_passport::units::Level::new(level.trim().parse().ok()?).ok()?;
        Some(Goal { competence: competence.trim().parse::<CompetenceId>().ok()?, level })
    };
    read().ok_or_else(|| "write a competence and a level of 1 to 8, like 4.2=4".to_owned())
}

fn word<T>(of: fn(&str) -> Option<T>) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| of(text).ok_or_else(|| format!("`{text}` is not one of the words of the catalogue format"))
}

/// What `offers match` says of one passport.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct View<'a> {
    offers: Vec<OfferView<'a>>,
    found: usize,
    uncovered: &'a [Uncovered],
    not_enough_evidence: &'a [CompetenceId],
}

#[derive(Debug, Serialize)]
struct OfferView<'a> {
    title: &'a str,
    provider: &'a str,
    link: &'a str,
    #[serde(flatten)]
    found: &'a Match,
}

impl<'a> View<'a> {
    pub(super) fn new(matches: &'a Matches, catalogue: &'a Catalogue) -> Self {
        let view = |found: &'a Match| {
            let offer = catalogue.offers().get(found.position)?;
            Some(OfferView { title: &offer.title, provider: &offer.provider, link: &offer.link, found })
        };
        Self {
            offers: matches.offers.iter().filter_map(view).collect(),
            found: matches.found,
            uncovered: &matches.uncovered,
            not_enough_evidence: &matches.not_enough_evidence,
        }
    }
}

impl Args {
    /// Whether programs read the answer.
    pub(super) fn is_json(&self) -> bool {
        self.json || self.passports.is_dir()
    }

    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(&self.framework)?;
        let catalogue = super::open(&self.catalogue, &framework)?;
        let (wishes, weights) = (self.wishes(&catalogue)?, self.weights()?);
        if let Some(unknown) = wishes.goals.iter().find(|goal| framework.position(&goal.competence).is_none()) {
            let message = format!("the framework has no competence `{}`", unknown.competence);
            return Err(refused("wrong-focus", message, "--goal"));
        }
        let index = Index::new(&framework, &catalogue);
        let limit = usize::from(self.limit);
        let of = |profile: &Profile| index.matches(profile, &wishes, &weights, limit);
        if self.passports.is_dir() {
            return batch::run(out, &self.passports, &framework, &catalogue, &of);
        }
        let profile = batch::profile(&self.passports, &framework)?;
        let matches = of(&profile);
        if self.json {
            output::json(out, &View::new(&matches, &catalogue))?;
        } else {
            write(out, &matches, &catalogue, self.lang.unwrap_or_else(Lang::of_environment))?;
        }
        Ok(Verdict::Fine)
    }

    fn weights(&self) -> Result<Weights, CliError> {
        let Some(file) = &self.weights else { return Ok(Weights::default()) };
        let text = files::read(file, 64 << 10)?;
        json::read(&text, 64 << 10).map_err(|error| CliError::content(file, error))
    }

    fn wishes(&self, catalogue: &Catalogue) -> Result<Wishes, CliError> {
        let near = self.near.as_deref().map(|place| locate(place, catalogue, &self.catalogue)).transpose()?;
        let pass = |pass: &String| if pass == "aptic" { "pass-numerique".to_owned() } else { pass.clone() };
        Ok(Wishes {
            goals: self.goal.clone(),
            languages: self.languages.clone(),
            free: self.free,
            passes: self.passes.iter().map(pass).collect(),
            modalities: self.modality.clone(),
            near,
            within_metres: self.within.map(|kilometres| u32::from(kilometres) * 1000),
            audiences: self.audience.clone(),
            needs: self.needs.clone(),
            from: self.from,
            until: self.until,
            only_stated: self.only_stated,
        })
    }
}

pub(super) fn refused(code: &str, message: String, path: &str) -> CliError {
    CliError::Refused(Failure { code: code.to_owned(), message, path: path.to_owned() })
}

/// A point, or a place of the catalogue.
fn locate(place: &str, catalogue: &Catalogue, file: &Path) -> Result<Coordinates, CliError> {
    let point = || {
        let (latitude, longitude) = place.split_once(',')?;
        let millionths = |text: &str| Some((text.trim().parse::<f64>().ok()? * 1e6).round() as i32);
        Coordinates::new(millionths(latitude)?, millionths(longitude)?).ok()
    };
    point().or_else(|| catalogue.locate(place)).ok_or_else(|| {
        let like = catalogue.places_like(place);
        let hint = if like.is_empty() { String::new() } else { format!("; there are {}", like.join(", ")) };
        let message = format!("the catalogue {} has no place `{place}` with coordinates{hint}", file.display());
        refused("no-such-place", message, "--near")
    })
}

fn write(out: &mut dyn Write, matches: &Matches, catalogue: &Catalogue, lang: Lang) -> Result<(), CliError> {
    let french = lang == Lang::Fr;
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
            let wishes: Vec<&str> = found.unstated.iter().map(|wish| words::wish(*wish, lang)).collect();
            let ask = if french { "à demander, ce n’est pas dit :" } else { "ask, it is not said:" };
            writeln!(out, "   - {ask} {}", wishes.join(", "))?;
        }
        if !offer.link.is_empty() {
            writeln!(out, "   {}", quoted(&offer.link))?;
        }
    }
    match (matches.found, french) {
        (0, false) => writeln!(out, "No offer known.")?,
        (0, true) => writeln!(out, "Aucune offre connue.")?,
        (all, false) => writeln!(out, "\nOffers found: {all}")?,
        (all, true) => writeln!(out, "\nOffres trouvées : {all}")?,
    }
    if !matches.uncovered.is_empty() {
        writeln!(out, "\n{BOLD}{}{BOLD:#}", if french { "Ce qui reste" } else { "What remains" })?;
        for goal in &matches.uncovered {
            writeln!(out, "  {}", words::uncovered(goal, lang))?;
        }
    }
    if !matches.not_enough_evidence.is_empty() {
        let list: Vec<&str> = matches.not_enough_evidence.iter().map(CompetenceId::as_str).collect();
        let words = if french {
            "Pas encore assez de réponses pour conseiller :"
        } else {
            "Not enough answers yet to advise on:"
        };
        writeln!(out, "\n{words} {}", list.join(", "))?;
    }
    Ok(())
}
