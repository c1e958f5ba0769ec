//! What is true in a study: the population and the items, as the bank says or otherwise.

use super::random::{Purpose, Random};
use super::{Person, StudyError};
use crate::assessment::{AssessmentError, Instrument};
use crate::bank::{self, ItemKindName, ModelDocument};
use crate::id::ItemId;
use crate::measure::linear::Cholesky;
use crate::measure::{Loading, ResponseModel, population};
use crate::table::Table;

/// Where the truth departs from the bank's model; by default nowhere. The instrument always scores by the bank.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Truth {
    /// Share of the variance common to all competences, which is also their correlation between areas.
    pub general: Option<f64>,
    /// Share of the variance common to an area; together with `general` the correlation within it.
    pub area: Option<f64>,
    /// Standard deviation, in levels, of how far each item lies from where the bank says. All thresholds of an item are
    /// shifted alike; the shifts follow from the seed and are the same for everybody.
    pub location_error: f64,
    /// Mean of leniency, in levels.
    pub leniency_mean: Option<f64>,
}

/// The population that people come from and the items as they really are.
#[derive(Debug, Clone)]
pub(super) struct World {
    population: Population,
    /// What takes the place of its shares where the bank gives means and covariances trait by trait.
    given: Option<Given>,
    /// The number of each competence's area.
    areas: Vec<usize>,
    items: Table<ItemId, (Loading, ResponseModel)>,
}

/// A population by means and covariance, in levels: the competences, then the leniencies.
#[derive(Debug, Clone)]
struct Given {
    mean: Vec<f64>,
    factor: Cholesky,
}

impl Given {
    /// None where the bank's model is one of shares.
    fn new(model: &ModelDocument, truth: &Truth, areas: &[usize]) -> Result<Option<Self>, StudyError> {
        if model.means.is_empty() {
            return Ok(None);
        }
        if truth.general.is_some() || truth.area.is_some() {
            let range = "the bank's own, which are given trait by trait";
            return Err(StudyError::Truth { member: "general + area", range });
        }
        let belief = population(model, areas).map_err(AssessmentError::from)?;
        let mut mean = belief.means().to_vec();
        if let Some(leniency) = truth.leniency_mean {
            mean.iter_mut().skip(areas.len()).for_each(|mean| *mean = leniency);
        }
        // The bank was checked, so that there is a factor.
        Ok(Cholesky::new(belief.covariance(), belief.traits()).map(|factor| Self { mean, factor }))
    }

    /// mean + L·z with independent standard normals z.
    fn person(&self, competences: usize, random: &mut Random) -> Person {
        let z: Vec<f64> = self.mean.iter().map(|_| random.normal()).collect();
        let mut traits: Vec<f64> = self.factor.times(&z).iter().zip(&self.mean).map(|(x, mean)| mean + x).collect();
        let leniencies = traits.split_off(competences.min(traits.len()));
        Person { competences: traits, leniencies }
    }
}

/// The parts of the population model, in levels.
#[derive(Debug, Clone, Copy)]
struct Population {
    mean: f64,
    sd: f64,
    general: f64,
    area: f64,
    leniency_mean: f64,
    leniency_sd: f64,
    leniency_correlation: f64,
}

impl Population {
    fn new(model: &ModelDocument, truth: &Truth) -> Result<Self, StudyError> {
        let population = Self {
            mean: model.mean.to_f64(),
            sd: model.sd.to_f64(),
            general: truth.general.unwrap_or_else(|| model.general.to_f64()),
            area: truth.area.unwrap_or_else(|| model.area.to_f64()),
            leniency_mean: truth.leniency_mean.unwrap_or_else(|| model.leniency_mean.to_f64()),
            leniency_sd: model.leniency_sd.to_f64(),
            leniency_correlation: model.leniency_correlation.to_f64(),
        };
        let (general, area) = (population.general, population.area);
        let shares = general >= 0.0 && area >= 0.0 && general + area <= 1.0;
        let checks = [
            ("general + area", "shares from 0 to 1 that add up to at most 1", shares),
            ("location error", "0 to 10 levels", (0.0..=10.0).contains(&truth.location_error)),
            ("leniency mean", "-20 to 20 levels", (-20.0..=20.0).contains(&population.leniency_mean)),
        ];
        match checks.into_iter().find(|(_, _, sound)| !sound) {
            Some((member, range, _)) => Err(StudyError::Truth { member, range }),
            None => Ok(population),
        }
    }

    /// θ_k = mean + sd·(√general·g + √area·u_a + √specific·s_k); β_a = mean + sd·(√r·h + √(1 − r)·v_a); all parts
    /// independent standard normals.
    fn person(&self, areas: &[usize], random: &mut Random) -> Person {
        let part = |share: f64| libm::sqrt(share.max(0.0));
        let count = areas.iter().max().map_or(0, |last| last + 1);
        let general = part(self.general) * random.normal();
        let common: Vec<f64> = (0..count).map(|_| part(self.area) * random.normal()).collect();
        let specific = part(1.0 - self.general - self.area);
        let competences = areas
            .iter()
            .map(|area| common.get(*area).copied().unwrap_or(0.0))
            .map(|common| self.mean + self.sd * (general + common + specific * random.normal()))
            .collect();
        let habit = part(self.leniency_correlation) * random.normal();
        let own = part(1.0 - self.leniency_correlation);
        let leniencies =
            (0..count).map(|_| self.leniency_mean + self.leniency_sd * (habit + own * random.normal())).collect();
        Person { competences, leniencies }
    }

    fn leniency_mean(&self) -> f64 {
        self.leniency_mean
    }
}

/// Leniency of a person of whom nothing else is said.
pub(super) fn usual_leniency(instrument: &Instrument, truth: &Truth) -> Result<f64, StudyError> {
    Population::new(&instrument.bank().document().model, truth).map(|population| population.leniency_mean())
}

impl World {
    pub(super) fn new(instrument: &Instrument, truth: &Truth, seed: u64) -> Result<Self, StudyError> {
        let framework = instrument.framework();
        let document = instrument.bank().document();
        let population = Population::new(&document.model, truth)?;
        let numbered = framework.areas().iter().enumerate();
        let areas: Vec<usize> =
            numbered.flat_map(|(number, area)| area.competences.iter().map(move |_| number)).collect();
        let given = Given::new(&document.model, truth, &areas)?;
        let mut items = Table::new();
        for (number, item) in (0_u64..).zip(&document.items) {
            let shift = truth.location_error * Random::stream(seed, Purpose::Items, number).normal();
            // The bank was checked against the framework, so that every item has a position.
            let competence = framework.position(&item.competence).unwrap_or_default();
            let area = areas.get(competence).copied().unwrap_or_default();
            let leniency = (item.kind == ItemKindName::Graded).then_some(area);
            // Where the bank says plus a shift, and as steep as the bank says: the doubt about the location flattens the
            // curve for scoring only; answers come from the curve itself.
            items.insert(item.id.clone(), (Loading { competence, leniency }, bank::model(item, shift, 0.0)));
        }
        Ok(Self { population, given, areas, items })
    }

    pub(super) fn person(&self, random: &mut Random) -> Person {
        match &self.given {
            Some(given) => given.person(self.areas.len(), random),
            None => self.population.person(&self.areas, random),
        }
    }

    pub(super) fn probabilities(&self, person: &Person, item: &ItemId) -> Vec<f64> {
        let Some((loading, model)) = self.items.get(item) else { return Vec::new() };
        let at = |numbers: &[f64], position: usize| numbers.get(position).copied().unwrap_or(0.0);
        let leniency = loading.leniency.map_or(0.0, |area| at(&person.leniencies, area));
        let eta = at(&person.competences, loading.competence) + leniency;
        let categories = u8::try_from(model.categories()).unwrap_or(u8::MAX);
        (0..categories).map(|category| model.probability(eta, category)).collect()
    }

    /// The category of an answer, drawn.
    pub(super) fn answer(&self, person: &Person, item: &ItemId, random: &mut Random) -> u8 {
        let mut left = random.unit();
        let probabilities = self.probabilities(person, item);
        let found = probabilities.iter().position(|probability| {
            left -= probability;
            left < 0.0
        });
        // Rounding may leave a rest beyond the last category.
        u8::try_from(found.unwrap_or_else(|| probabilities.len().saturating_sub(1))).unwrap_or_default()
    }
}
