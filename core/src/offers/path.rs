//! The shortest sequence of offers that brings a learner to chosen levels.
//!
//! Breadth first over states (a level in each competence that matters). An offer can be followed if its prerequisites are
//! met and at least one of its targets takes the learner on; it then lifts every target whose start is reached. More can
//! never hurt: whoever has at least the same level everywhere can follow at least the same offers and gains at least the
//! same. So of two states after as many offers, one that is nowhere higher is dropped, and the first state that reaches
//! every goal is one with the fewest offers.

use serde::Serialize;
use thiserror::Error;

use super::matching::{Index, LearningGoal, Wish, Wishes};
use super::{Catalogue, Offer};
use crate::id::CompetenceId;
use crate::profile::{CompetenceResult, Evidence, Profile};
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
    /// Wishes about which the offer says nothing: to be asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unstated: Vec<Wish>,
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
    goals: &[LearningGoal],
    suits: impl Fn(&Offer) -> bool,
) -> Result<Path, PathError> {
    let suiting: Vec<_> = catalogue.offers().iter().map(|offer| suits(offer).then(Vec::new)).collect();
    plan(catalogue, &profile.competences, goals, &suiting)
}

/// As [`shortest_path`], to the goals of the wishes, by offers that break no wish; where there is a choice, by offers that
/// say whether they meet the wishes.
///
/// # Errors
/// If there is no path, or none can be planned.
pub fn shortest_path_for(index: &Index<'_>, results: &[CompetenceResult], wishes: &Wishes) -> Result<Path, PathError> {
    plan(index.catalogue(), results, &wishes.goals, &index.suiting(wishes))
}

/// Of each offer, `suiting` has the wishes about which it says nothing; none where it may not be taken.
fn plan(
    catalogue: &Catalogue,
    results: &[CompetenceResult],
    goals: &[LearningGoal],
    suiting: &[Option<Vec<Wish>>],
) -> Result<Path, PathError> {
    let known = |competence: &CompetenceId| {
        let result = results.iter().find(|result| result.competence == *competence);
        result.filter(|result| result.estimate.evidence != Evidence::NotEnough).map(|result| result.estimate.level)
    };
    if let Some(goal) = goals.iter().find(|goal| known(&goal.competence).is_none()) {
        return Err(PathError::NotEnoughEvidence(goal.competence.clone()));
    }
    let world = World::new(catalogue, goals, &known, suiting);
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
    courses: Vec<Course<'a>>,
}

/// An offer in numbers: competences by their place in the state.
struct Course<'a> {
    position: usize,
    targets: Vec<(usize, u8, u8)>,
    prerequisites: Vec<(usize, u8)>,
    unstated: &'a [Wish],
}

impl Course<'_> {
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
        goals: &[LearningGoal],
        known: &dyn Fn(&CompetenceId) -> Option<Level>,
        suiting: &'a [Option<Vec<Wish>>],
    ) -> Self {
        let mut usable: Vec<(usize, &Offer, &[Wish])> = catalogue
            .offers()
            .iter()
            .zip(suiting)
            .enumerate()
            .filter_map(|(position, (offer, unstated))| Some((position, offer, unstated.as_deref()?)))
            .collect();
        // What may be found out to break a wish is used only where nothing else does the same.
        usable.sort_by_key(|(_, _, unstated)| unstated.len());
        // What matters: the goals, and what is asked for by an offer that teaches something that matters.
        let mut competences: Vec<CompetenceId> = Vec::new();
        for goal in goals {
            if !competences.contains(&goal.competence) {
                competences.push(goal.competence.clone());
            }
        }
        loop {
            let before = competences.len();
            for (_, offer, _) in &usable {
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
        let course = |(position, offer, unstated): (usize, &Offer, &'a [Wish])| {
            let targets = offer.targets.iter();
            let mut targets: Vec<_> = targets
                .filter_map(|target| Some((place(&target.competence)?, target.from.number(), target.to.number())))
                .collect();
            let asked = offer.prerequisites.iter().filter(|prerequisite| prerequisite.level.number() > 1);
            let mut prerequisites: Vec<_> =
                asked.filter_map(|asked| Some((place(&asked.competence)?, asked.level.number()))).collect();
            targets.sort_unstable();
            prerequisites.sort_unstable();
            (!targets.is_empty()).then_some(Course { position, targets, prerequisites, unstated })
        };
        let mut courses: Vec<Course<'_>> = usable.into_iter().filter_map(course).collect();
        // A territory has hundreds of offers that teach the same: the first of each is enough for the shortest path.
        let mut order: Vec<usize> = (0..courses.len()).collect();
        let does = |number: &usize| courses.get(*number).map(|course| (&course.targets, &course.prerequisites));
        order.sort_by(|one, two| does(one).cmp(&does(two)));
        order.dedup_by(|two, one| does(two) == does(one));
        order.sort_unstable();
        let mut kept = order.into_iter().peekable();
        let mut number = 0;
        courses.retain(|_| {
            number += 1;
            kept.next_if_eq(&(number - 1)).is_some()
        });
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
            let unstated = course.unstated.to_vec();
            steps.push(PathStep { position: course.position, id: offer.id.clone(), gains, unstated });
            at = *from;
        }
        steps.reverse();
        Path { steps }
    }
}
