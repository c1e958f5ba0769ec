//! The shortest sequence of offers that brings a learner to chosen levels.
//!
//! Breadth first over states (a level in each competence that matters). An offer can be followed if its prerequisites are
//! met and at least one of its targets takes the learner on; it then lifts every target whose start is reached. More can
//! never hurt: whoever has at least the same level everywhere can follow at least the same offers and gains at least the
//! same. So of two states after as many offers, one that is nowhere higher is dropped, and the first state that reaches
//! every goal is one with the fewest offers.

use serde::Serialize;
use thiserror::Error;

use super::matching::Goal;
use super::{Catalogue, Offer};
use crate::id::CompetenceId;
use crate::profile::{Evidence, Profile};
use crate::units::Level;

/// Most states looked at before giving up.
const MAX_STATES: usize = 50_000;
/// Longest path looked for.
const MAX_STEPS: usize = 40;

/// A path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Path {
    /// The offers in order; empty where every goal is reached already.
    pub steps: Vec<PathStep>,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathStep {
    /// Position of the offer in the catalogue.
    pub position: usize,
    /// Its id.
    pub id: String,
    /// What it lifts: competence, from, to.
    pub gains: Vec<(CompetenceId, Level, Level)>,
}

/// Why there is no path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PathError {
    /// Too little is known about a goal's competence.
    #[error("there is not enough evidence about {0} to plan from; answer more questions about it")]
    NotEnoughEvidence(CompetenceId),
    /// No sequence of offers leads there.
    #[error("no sequence of the known offers leads there")]
    None,
    /// Too many possibilities.
    #[error("too many possibilities; choose fewer competences")]
    TooMany,
}

/// The fewest offers, of those that `suits`, which bring the learner to every goal. Offers earlier in the catalogue are
/// preferred. What is not known of a competence helps nobody: an offer that asks for more than level 1 there is not taken.
///
/// # Errors
/// If there is no path, or none can be planned.
pub fn shortest_path(
    catalogue: &Catalogue,
    profile: &Profile,
    goals: &[Goal],
    suits: impl Fn(&Offer) -> bool,
) -> Result<Path, PathError> {
    let known = |competence: &CompetenceId| {
        let result = profile.competences.iter().find(|result| result.competence == *competence);
        result.filter(|result| result.estimate.evidence != Evidence::NotEnough).map(|result| result.estimate.level)
    };
    if let Some(goal) = goals.iter().find(|goal| known(&goal.competence).is_none()) {
        return Err(PathError::NotEnoughEvidence(goal.competence.clone()));
    }
    let world = World::new(catalogue, goals, &known, suits);
    let start = world.start.clone();
    if world.is_reached(&start) {
        return Ok(Path { steps: Vec::new() });
    }
    // Every state with the offer that led to it and the state before.
    let mut seen: Vec<(Vec<u8>, usize, usize)> = vec![(start, usize::MAX, usize::MAX)];
    let mut layer = vec![0];
    for _ in 0..MAX_STEPS {
        let mut next: Vec<usize> = Vec::new();
        for from in layer {
            for (number, course) in world.courses.iter().enumerate() {
                let Some(state) = seen.get(from).and_then(|(state, ..)| course.after(state)) else { continue };
                let done = world.is_reached(&state);
                let is_dominated = |other: &usize| {
                    seen.get(*other).is_some_and(|(other, ..)| other.iter().zip(&state).all(|(o, s)| o >= s))
                };
                if !done && next.iter().any(is_dominated) {
                    continue;
                }
                seen.push((state, number, from));
                if done {
                    return Ok(world.path(&seen));
                }
                if seen.len() >= MAX_STATES {
                    return Err(PathError::TooMany);
                }
                next.push(seen.len() - 1);
            }
        }
        if next.is_empty() {
            return Err(PathError::None);
        }
        layer = next;
    }
    Err(PathError::None)
}

/// The offers that can matter, in numbers.
struct World<'a> {
    catalogue: &'a Catalogue,
    competences: Vec<CompetenceId>,
    goals: Vec<(usize, u8)>,
    start: Vec<u8>,
    courses: Vec<Course>,
}

/// An offer in numbers: competences by their place in the state.
struct Course {
    position: usize,
    targets: Vec<(usize, u8, u8)>,
    prerequisites: Vec<(usize, u8)>,
}

impl Course {
    /// The state after it, if it can be followed and lifts something.
    fn after(&self, state: &[u8]) -> Option<Vec<u8>> {
        let level = |competence: usize| state.get(competence).copied().unwrap_or(0);
        if !self.prerequisites.iter().all(|(competence, needed)| level(*competence) >= *needed) {
            return None;
        }
        let mut after = state.to_vec();
        for (competence, from, to) in &self.targets {
            if let Some(level) = after.get_mut(*competence).filter(|level| **level >= *from) {
                *level = (*level).max(*to);
            }
        }
        (after != state).then_some(after)
    }
}

impl<'a> World<'a> {
    fn new(
        catalogue: &'a Catalogue,
        goals: &[Goal],
        known: &dyn Fn(&CompetenceId) -> Option<Level>,
        suits: impl Fn(&Offer) -> bool,
    ) -> Self {
        // What matters: the goals, and what is asked for by an offer that teaches something that matters.
        let mut competences: Vec<CompetenceId> = Vec::new();
        for goal in goals {
            if !competences.contains(&goal.competence) {
                competences.push(goal.competence.clone());
            }
        }
        loop {
            let before = competences.len();
            for offer in catalogue.offers().iter().filter(|offer| suits(offer)) {
                if offer.targets.iter().any(|target| competences.contains(&target.competence)) {
                    for prerequisite in &offer.prerequisites {
                        if !competences.contains(&prerequisite.competence) {
                            competences.push(prerequisite.competence.clone());
                        }
                    }
                }
            }
            if competences.len() == before {
                break;
            }
        }
        let place = |competence: &CompetenceId| competences.iter().position(|other| other == competence);
        // Zero where nothing is known: no target starts there.
        let start = competences.iter().map(|id| known(id).map_or(0, Level::number)).collect();
        let course = |(position, offer): (usize, &Offer)| {
            let targets = offer.targets.iter();
            let targets: Vec<_> = targets
                .filter_map(|target| Some((place(&target.competence)?, target.from.number(), target.to.number())))
                .collect();
            let asked = offer.prerequisites.iter().filter(|prerequisite| prerequisite.level.number() > 1);
            let prerequisites = asked.filter_map(|asked| Some((place(&asked.competence)?, asked.level.number())));
            let course = Course { position, prerequisites: prerequisites.collect(), targets };
            (!course.targets.is_empty() && suits(offer)).then_some(course)
        };
        let courses = catalogue.offers().iter().enumerate().filter_map(course).collect();
        let goals = goals.iter().filter_map(|goal| Some((place(&goal.competence)?, goal.level.number()))).collect();
        Self { catalogue, competences, goals, start, courses }
    }

    fn is_reached(&self, state: &[u8]) -> bool {
        self.goals.iter().all(|(competence, level)| state.get(*competence).is_some_and(|reached| reached >= level))
    }

    /// The way to the last state.
    fn path(&self, seen: &[(Vec<u8>, usize, usize)]) -> Path {
        let mut steps = Vec::new();
        let mut at = seen.len().saturating_sub(1);
        while let Some((state, number, from)) = seen.get(at) {
            let (Some(course), Some((before, ..))) = (self.courses.get(*number), seen.get(*from)) else { break };
            let Some(offer) = self.catalogue.offers().get(course.position) else { break };
            let lifted = self.competences.iter().zip(before.iter().zip(state)).filter(|(_, (old, new))| new > old);
            let gains = lifted
                .filter_map(|(id, (old, new))| Some((id.clone(), Level::new(*old).ok()?, Level::new(*new).ok()?)))
                .collect();
            steps.push(PathStep { position: course.position, id: offer.id.clone(), gains });
            at = *from;
        }
        steps.reverse();
        Path { steps }
    }
}
