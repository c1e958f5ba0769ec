//! What a learner asks for, as arguments.

use std::path::{Path, PathBuf};

use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::id::{CompetenceId, Language};
use skills_passport::offers::matching::{LearningGoal, Wishes};
use skills_passport::offers::{
    Audience, Catalogue, Coordinates, Date, JobProfile, MAX_JOB_PROFILE_BYTES, Modality, Need,
};
use skills_passport::units::Level;

use crate::error::CliError;
use crate::files;

/// Levels to reach.
#[derive(Debug, clap::Args)]
pub(super) struct GoalArgs {
    /// Levels to reach, like `4.2=4,1.1=3`
    #[arg(long, value_name = "GOALS", value_delimiter = ',', value_parser = goal)]
    goal: Vec<LearningGoal>,
    /// Reach the levels that a job asks for: a job profile, JSON
    #[arg(long, value_name = "FILE")]
    job: Option<PathBuf>,
    /// Reach the levels that an offer of the catalogue asks for: its id
    #[arg(long, value_name = "OFFER")]
    entry_of: Option<String>,
}

/// Wishes.
#[derive(Debug, clap::Args)]
pub(super) struct WishArgs {
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
}

fn goal(text: &str) -> Result<LearningGoal, String> {
    let read = || {
        let (competence, level) = text.split_once('=')?;
        let level = Level::new(level.trim().parse().ok()?).ok()?;
        Some(LearningGoal { competence: competence.trim().parse::<CompetenceId>().ok()?, level })
    };
    read().ok_or_else(|| "write a competence and a level of 1 to 8, like 4.2=4".to_owned())
}

fn word<T>(of: fn(&str) -> Option<T>) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| of(text).ok_or_else(|| format!("`{text}` is not one of the words of the catalogue format"))
}

pub(super) fn refused(code: &str, message: String, path: &str) -> CliError {
    CliError::Refused(Failure { code: code.to_owned(), message, path: path.to_owned() })
}

impl GoalArgs {
    /// The levels of all three together, of a competence the highest.
    pub(super) fn goals(&self, framework: &Framework, catalogue: &Catalogue) -> Result<Vec<LearningGoal>, CliError> {
        let mut goals: Vec<LearningGoal> = Vec::new();
        let mut add = |more: Vec<LearningGoal>| {
            for goal in more {
                match goals.iter_mut().find(|other| other.competence == goal.competence) {
                    Some(other) => other.level = other.level.max(goal.level),
                    None => goals.push(goal),
                }
            }
        };
        if let Some(unknown) = self.goal.iter().find(|goal| framework.position(&goal.competence).is_none()) {
            let message = format!("the framework has no competence `{}`", unknown.competence);
            return Err(refused("wrong-focus", message, "--goal"));
        }
        add(self.goal.clone());
        if let Some(file) = &self.job {
            let text = files::read(file, MAX_JOB_PROFILE_BYTES)?;
            let job = JobProfile::parse(&text, framework);
            add(job.map_err(|error| CliError::content(file, super::failure(&error)))?.levels);
        }
        if let Some(id) = &self.entry_of {
            let offer = catalogue.offers().iter().find(|offer| offer.id == *id);
            let offer = offer
                .ok_or_else(|| refused("no-such-offer", format!("the catalogue has no offer `{id}`"), "--entry-of"))?;
            add(offer.entry_levels());
        }
        Ok(goals)
    }

    /// Whether something was asked for.
    pub(super) fn is_given(&self) -> bool {
        !self.goal.is_empty() || self.job.is_some() || self.entry_of.is_some()
    }
}

impl WishArgs {
    pub(super) fn wishes(
        &self,
        goals: Vec<LearningGoal>,
        catalogue: &Catalogue,
        file: &Path,
    ) -> Result<Wishes, CliError> {
        let near = self.near.as_deref().map(|place| locate(place, catalogue, file)).transpose()?;
        let pass = |pass: &String| if pass == "aptic" { "pass-numerique".to_owned() } else { pass.clone() };
        Ok(Wishes {
            goals,
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
