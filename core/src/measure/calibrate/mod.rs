//! Calibration: parameters of items and populations from many people's answers.
//!
//! Marginal maximum likelihood by expectation and maximisation (Bock & Aitkin 1981; with priors, the posterior mode of
//! Mislevy 1986), for any number of traits and any mixture of the response models:
//!
//! * **Expectation.** Each person's posterior as in [`super::infer`], with one site for all answers along the same
//!   combination of traits. With one such combination it is exact. What is kept of it for items are the expected numbers of
//!   people who gave each answer at each point of a grid along η, for the population the moments of all traits.
//! * **Maximisation.** Fisher scoring item by item on these numbers; the population in closed form.
//! * **Priors.** Experts' values are the modes: the location is normal with the item's τ, ln slope normal, and the
//!   population's correlations are drawn towards the experts' as if so many people had been seen (Huang & Wand 2013). Without them ([`Settings::maximum_likelihood`]) it is maximum likelihood.
//! * **Scale.** Answers cannot tell where a trait's zero is, nor its unit. With priors, the items' places say both: levels mean
//!   what the items' authors say they mean. Without, the mean of every trait stays that of the model, and so does the mean
//!   variance of the competences that share leniency (of a competence alone: its variance), except where an item that does not
//!   move ([`Freedom::Nothing`]) says otherwise. The mean of leniency is in any case as sure as the items' places are: only these
//!   tell it from self-reports being easy. Competences and leniencies are independent unless the model's covariance says
//!   otherwise.
//! * **Answers that are not there.** Whoever chooses the next question by the answers before, or leaves one out for reasons that
//!   these answers show, adds a factor to the likelihood that has no parameter of items or people in it, and may be ignored
//!   (Rubin 1976; for adaptive tests Mislevy & Wu 1996), as long as all answers that the choice rested on are given here.
//!   Items that few people reach are estimated from these few, and say so.
//!
//! Input is streamed into [`Answers`], which takes three bytes per answer; besides it, memory is bounded by the number of items
//! and traits (a table of 8 bytes per item, category and grid point for each of at most 16 parts; for standard errors and
//! groups a matrix of at most 2500² for each part and group; 256 MB for all parts together). The same answers give the same bytes, whoever shares the work.
//!
//! Nothing here is reached from the browser.

mod anchor;
mod answers;
mod axes;
mod crew;
mod curve;
mod dif;
mod error;
mod expect;
mod fit;
mod information;
mod iterate;
mod maximise;
mod person;
mod results;
mod scene;
mod scores;

pub use answers::{AnswerFault, Answers, MAX_ANSWERS, MAX_GROUPS, MAX_ITEMS};
pub use crew::{Alone, Crew};
pub use curve::{Curve, Form, Freedom, ItemStart};
pub use dif::GroupDifference;
pub use error::CalibrationError;
pub use fit::{Dependence, ItemFit, MOST_PAIRED};
pub use information::{Basis, PopulationErrors};
pub use iterate::Convergence;
pub use results::{Calibrated, GroupPopulation, ItemEstimate, ItemState};

use crate::measure::Belief;
use iterate::Problem;
use maximise::Blocks;
use scene::{Scene, State};

/// How to calibrate.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Whether experts' values count as priors; otherwise they are only where estimation starts.
    pub priors: bool,
    /// Standard deviation of the prior on ln slope.
    pub slope_sd: f64,
    /// How many people the model's correlations count as.
    pub population_people: f64,
    /// Items with fewer answers stay provisional.
    pub least_answers: u64,
    /// Estimation ends when the farthest parameter is thought to be within this of where it would end: levels, or ln slope.
    pub tolerance: f64,
    /// It ends in any case when everybody's answers have been read so many times.
    pub most_readings: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            priors: true,
            slope_sd: 0.5,
            population_people: 50.0,
            least_answers: 100,
            tolerance: 2e-3,
            most_readings: 600,
        }
    }
}

impl Settings {
    /// No priors.
    #[must_use]
    pub fn maximum_likelihood() -> Self {
        Self { priors: false, ..Self::default() }
    }

    /// People that the model's correlations count as.
    fn weight(&self) -> f64 {
        if self.priors { self.population_people } else { 0.0 }
    }

    fn check(&self) -> Result<(), CalibrationError> {
        let checks = [
            ("slope_sd", "0.01 to 10", (0.01..=10.0).contains(&self.slope_sd)),
            ("population_people", "0 to 1,000,000", (0.0..=1e6).contains(&self.population_people)),
            ("tolerance", "1e-9 to 0.1", (1e-9..=0.1).contains(&self.tolerance)),
            ("most_readings", "3 to 100,000", (3..=100_000).contains(&self.most_readings)),
        ];
        match checks.into_iter().find(|(_, _, sound)| !sound) {
            Some((setting, range, _)) => Err(CalibrationError::Setting { setting, range }),
            None => Ok(()),
        }
    }
}

/// How far a calibration is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Times that everybody's answers were read.
    pub readings: u32,
    /// Logarithm of likelihood and priors, up to a constant.
    pub log_likelihood: f64,
}

/// What a calibration is doing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage {
    /// Estimating parameters.
    Estimating {
        /// How far the parameters are thought to be from where they will end: levels, or ln slope.
        distance: f64,
    },
    /// Computing standard errors.
    Errors,
    /// Comparing answers with the models.
    Fit,
}

/// Estimates the parameters of items and of the population of each group from people's answers.
///
/// `expert` is the population before any answer, `competences` of its traits being competences and the others leniencies.
///
/// # Errors
/// If something in the request makes no sense, or the answers of a group leave its covariance open.
pub fn calibrate(
    items: &[ItemStart],
    expert: &Belief,
    competences: usize,
    answers: &Answers,
    settings: &Settings,
    crew: &impl Crew,
    progress: &mut dyn FnMut(Progress),
) -> Result<Calibrated, CalibrationError> {
    check(items, expert, competences, answers, settings)?;
    let pairs = (0..competences).flat_map(|one| (competences..expert.traits()).map(move |two| (one, two)));
    let together = pairs.into_iter().any(|(one, two)| expert.entry(one, two) != 0.0);
    let problem = Problem::new(items, expert, Blocks { competences, together }, settings, answers, crew);
    let people = answers.groups();
    let start = State {
        curves: items.iter().map(|item| item.curve.clone()).collect(),
        groups: people.iter().map(|_| expert.clone()).collect(),
    };
    let (state, convergence) = problem.climb(start, progress)?;
    let grids = problem.grids(&state);
    let scene = Scene::new(&state, &problem.axes, &grids);
    let sums = problem.read(&state, &grids, person::FINE);
    let report = |stage| Progress { stage, readings: convergence.readings, log_likelihood: sums.log_likelihood };
    progress(report(Stage::Errors));
    let parameters = information::Parameters::of(&problem, &state);
    let scores = scores::scores(&problem, &scene, &parameters);
    let errors = information::Errors::new(&problem, &state, &parameters, &scores);
    let by_group = results::answers_by_group(answers, people.len());
    let differences = dif::differences(&problem, &parameters, &scores, &errors, &by_group);
    progress(report(Stage::Fit));
    let (fits, dependences) = fit::fit(&problem, &scene);
    let convergence = Convergence { unsettled: sums.unsettled, ..convergence };
    Ok(Calibrated {
        items: results::items(&problem, &state, &parameters, &errors, &fits),
        populations: results::populations(&state, &parameters, &errors, &people),
        population: results::population(&problem, &state, &people),
        log_likelihood: sums.log_likelihood,
        basis: parameters.basis,
        convergence,
        dependences,
        differences,
    })
}

fn check(
    items: &[ItemStart],
    expert: &Belief,
    competences: usize,
    answers: &Answers,
    settings: &Settings,
) -> Result<(), CalibrationError> {
    settings.check()?;
    if items.is_empty() || items.len() > MAX_ITEMS {
        return Err(CalibrationError::Items(items.len()));
    }
    for (item, start) in items.iter().enumerate() {
        let leniency = start.loading.leniency;
        let loads = start.loading.competence < competences
            && leniency.is_none_or(|leniency| (competences..expert.traits()).contains(&leniency));
        if !loads {
            return Err(CalibrationError::Loading { item });
        }
        if !start.curve.is_sound() || !start.location_sd.is_finite() || start.location_sd < 0.0 {
            return Err(CalibrationError::Start { item });
        }
    }
    if answers.item_count() != items.len() {
        return Err(CalibrationError::OtherItems { wanted: items.len(), found: answers.item_count() });
    }
    if answers.people() == 0 {
        return Err(CalibrationError::NoAnswers);
    }
    Ok(())
}
