//! A catalogue prepared for matching, and the matching.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::facts::{Asked, Facts, Words};
use super::points::{cost_points, distance_points, gain, reasons};
use super::{Match, Matches, Uncovered, Weights, Why, Wish, Wishes};
use crate::framework::Framework;
use crate::id::{CompetenceId, Language};
use crate::offers::{Catalogue, Coordinates, Direction, Offer, OfferOrigin, Target};
use crate::profile::{CompetenceResult, Estimate, Evidence, Profile};
use crate::units::Level;

/// A catalogue with what is prepared for matching.
#[derive(Debug, Clone)]
pub struct Index<'a> {
    catalogue: &'a Catalogue,
    competences: &'a [CompetenceId],
    prepared: Cow<'a, Prepared>,
}

/// What is prepared of a catalogue for matching: its offers by competence, and what they say about wishes in a few bits
/// each. Of use with the very catalogue and framework that it was made of, as long as they stay as they are.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// For each competence of the framework.
    targets: Vec<Vec<Entry>>,
    /// For each offer.
    facts: Vec<Facts>,
    /// For each offer: where it is.
    places: Vec<Option<Coordinates>>,
    languages: Words<Language>,
    passes: Words<String>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    offer: u32,
    from: Level,
    to: Level,
    origin: OfferOrigin,
}

/// A competence that can be worked on, with what is known about it.
pub(super) struct Wanted<'a> {
    pub(super) competence: &'a CompetenceId,
    pub(super) number: usize,
    pub(super) estimate: &'a Estimate,
    pub(super) goal: Level,
}

/// An offer that was found, with what decides about its rank.
#[derive(Clone, Copy)]
struct Candidate {
    is_unsure: bool,
    points: i64,
    metres: u32,
    position: u32,
    unstated: u8,
}

impl Candidate {
    fn order(&self) -> (bool, Reverse<i64>, u32) {
        (self.is_unsure, Reverse(self.points), self.metres)
    }
}

/// What became of an offer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Of no interest here.
    Idle,
    Found,
    Left(Why),
}

impl Prepared {
    /// Prepares a catalogue of this framework.
    #[must_use]
    pub fn new(framework: &Framework, catalogue: &Catalogue) -> Self {
        let (competences, offers) = (framework.competences(), catalogue.offers());
        let mut targets = vec![Vec::new(); competences.len()];
        let codes: Vec<Option<u64>> = competences.iter().map(|id| packed(id.as_str())).collect();
        let number = |competence: &CompetenceId| match packed(competence.as_str()) {
            None => framework.position(competence),
            code => codes.iter().position(|other| *other == code),
        };
        for (offer, position) in offers.iter().zip(0_u32..) {
            for Target { competence, from, to, origin } in &offer.targets {
                if let Some(list) = number(competence).and_then(|number| targets.get_mut(number)) {
                    list.push(Entry { offer: position, from: *from, to: *to, origin: *origin });
                }
            }
        }
        let (mut languages, mut passes) = (Words::new(), Words::new());
        let facts = offers.iter().map(|offer| Facts::of(offer, &mut languages, &mut passes)).collect();
        let places = offers.iter().map(|offer| offer.place.as_ref().and_then(|place| place.coordinates)).collect();
        Self { targets, facts, places, languages, passes }
    }
}

impl<'a> Index<'a> {
    /// Prepares a catalogue of this framework.
    #[must_use]
    pub fn new(framework: &'a Framework, catalogue: &'a Catalogue) -> Self {
        let prepared = Cow::Owned(Prepared::new(framework, catalogue));
        Self { catalogue, competences: framework.competences(), prepared }
    }

    /// The same with what was prepared before, for who keeps a catalogue and asks again and again.
    #[must_use]
    pub fn prepared(framework: &'a Framework, catalogue: &'a Catalogue, prepared: &'a Prepared) -> Self {
        Self { catalogue, competences: framework.competences(), prepared: Cow::Borrowed(prepared) }
    }

    /// The catalogue.
    #[must_use]
    pub fn catalogue(&self) -> &'a Catalogue {
        self.catalogue
    }

    /// Of each offer the wishes about which it says nothing; none where it breaks one. Goals are not looked at.
    #[must_use]
    pub fn suiting(&self, wishes: &Wishes) -> Vec<Option<Vec<Wish>>> {
        let asked = self.asked(wishes);
        let here = wishes.near.map(Coordinates::direction);
        let offers = self.catalogue.offers().iter().zip(&self.prepared.facts).zip(&self.prepared.places);
        offers
            .map(|((offer, facts), place)| {
                let metres = metres(here.as_ref(), *place);
                asked.unstated(facts, offer, metres).map(Wish::of_bits)
            })
            .collect()
    }

    /// The `limit` best offers for a person, and what is not covered.
    #[must_use]
    pub fn matches(&self, profile: &Profile, wishes: &Wishes, weights: &Weights, limit: usize) -> Matches {
        self.matches_of(&profile.competences, wishes, weights, limit)
    }

    /// The same for the competences of a shared copy, which may be some of them only.
    #[must_use]
    pub fn matches_of(
        &self,
        profile: &[CompetenceResult],
        wishes: &Wishes,
        weights: &Weights,
        limit: usize,
    ) -> Matches {
        let (wanted, not_enough_evidence) = self.wanted(profile, wishes, weights);
        let gained = self.gained(&wanted, weights);
        let (asked, here) = (self.asked(wishes), wishes.near.map(Coordinates::direction));
        let mut fates = vec![Fate::Idle; gained.len()];
        let mut found: Vec<Candidate> = Vec::new();
        let columns = self.prepared.facts.iter().zip(&self.prepared.places);
        let rows = gained.iter().zip(&mut fates).zip(self.catalogue.offers()).zip(columns).zip(0_u32..);
        for ((((gained, fate), offer), (facts, place)), position) in rows {
            if *gained == 0 {
                continue;
            }
            if facts.has_prerequisites && !is_within_reach(offer, profile) {
                *fate = Fate::Left(Why::OutOfReach);
                continue;
            }
            let metres = metres(here.as_ref(), *place);
            let Some(unstated) = asked.unstated(facts, offer, metres) else {
                *fate = Fate::Left(Why::Wishes);
                continue;
            };
            *fate = Fate::Found;
            let cost = cost_points(asked.cost(facts, offer), weights);
            found.push(Candidate {
                is_unsure: unstated != 0,
                points: gained + distance_points(metres, weights) + cost,
                metres: metres.unwrap_or(u32::MAX),
                position,
                unstated,
            });
        }
        let uncovered = wanted.iter().filter_map(|want| self.uncovered(want, &fates)).collect();
        let all = found.len();
        // Ids decide only between equals: sorting all of them beforehand would take longer than all the rest.
        let id = |one: &Candidate| self.catalogue.offers().get(one.position as usize).map(|offer| offer.id.as_str());
        let order =
            |one: &Candidate, two: &Candidate| one.order().cmp(&two.order()).then_with(|| id(one).cmp(&id(two)));
        if limit < found.len() {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        let offers = found.into_iter().filter_map(|candidate| {
            let position = candidate.position as usize;
            let (offer, facts) = (self.catalogue.offers().get(position)?, self.prepared.facts.get(position)?);
            let metres = (candidate.metres != u32::MAX).then_some(candidate.metres);
            let reasons = reasons(offer, &wanted, wishes, weights, asked.cost(facts, offer), metres);
            let unstated = Wish::of_bits(candidate.unstated);
            Some(Match { position, id: offer.id.clone(), points: candidate.points, reasons, metres, unstated })
        });
        Matches { offers: offers.collect(), found: all, uncovered, not_enough_evidence }
    }

    fn asked<'b>(&self, wishes: &'b Wishes) -> Asked<'b> {
        Asked::new(wishes, &self.prepared.languages, &self.prepared.passes)
    }

    /// The points of each offer for what it teaches; zero where it does not take the learner on.
    fn gained(&self, wanted: &[Wanted<'_>], weights: &Weights) -> Vec<i64> {
        let mut points = vec![0_i64; self.catalogue.offers().len()];
        for want in wanted {
            // The same for every offer that leads as far: computed once, not a hundred thousand times.
            let of = |origin| Level::all().map(|to| gain(want, to.max(want.estimate.level), origin, weights)).collect();
            let (declared, derived): (Vec<i64>, Vec<i64>) = (of(OfferOrigin::Declared), of(OfferOrigin::Derived));
            for entry in self.useful(want) {
                let table = if entry.origin == OfferOrigin::Declared { &declared } else { &derived };
                let more = table.get(usize::from(entry.to.number()) - 1).copied().unwrap_or(0);
                if let Some(sum) = points.get_mut(entry.offer as usize) {
                    *sum += more;
                }
            }
        }
        points
    }

    fn wanted<'b>(
        &'b self,
        profile: &'b [CompetenceResult],
        wishes: &Wishes,
        weights: &Weights,
    ) -> (Vec<Wanted<'b>>, Vec<CompetenceId>) {
        let (mut wanted, mut unknown) = (Vec::new(), Vec::new());
        for (number, competence) in self.competences.iter().enumerate() {
            let goal = wishes.goals.iter().find(|goal| goal.competence == *competence);
            if goal.is_none() && !wishes.goals.is_empty() {
                continue;
            }
            let known = estimate(profile, competence).filter(|estimate| estimate.evidence != Evidence::NotEnough);
            let Some(estimate) = known else {
                unknown.push(competence.clone());
                continue;
            };
            let next = estimate.level.number().saturating_add(weights.horizon).min(Level::COUNT);
            let goal = goal.map(|goal| goal.level).or_else(|| Level::new(next).ok()).unwrap_or(estimate.level);
            if estimate.level < goal {
                wanted.push(Wanted { competence, number, estimate, goal });
            }
        }
        (wanted, unknown)
    }

    /// Targets that take the learner on: not above their level, and leading beyond it.
    fn useful(&self, want: &Wanted<'_>) -> impl Iterator<Item = &Entry> {
        let level = want.estimate.level;
        let entries = self.prepared.targets.get(want.number).map_or(&[][..], Vec::as_slice);
        entries.iter().filter(move |entry| entry.from <= level && level < entry.to)
    }

    fn uncovered(&self, want: &Wanted<'_>, fates: &[Fate]) -> Option<Uncovered> {
        let level = want.estimate.level;
        let (mut reached, mut why) = (level, Why::NoOffer);
        for entry in self.useful(want) {
            match fates.get(entry.offer as usize) {
                Some(Fate::Found) => reached = reached.max(entry.to),
                Some(Fate::Left(other)) => why = why.max(*other),
                _ => {}
            }
            if reached >= want.goal {
                return None;
            }
        }
        if reached > level {
            why = Why::OnlyPartly;
        }
        Some(Uncovered { competence: want.competence.clone(), level, goal: want.goal, reached, why })
    }
}

/// A short id as a number, unlike that of any other id: comparing numbers is faster.
fn packed(id: &str) -> Option<u64> {
    let length = u64::try_from(id.len()).ok().filter(|length| *length < 8)?;
    Some(id.bytes().fold(length, |number, byte| number << 8 | u64::from(byte)))
}

/// Directions of offers are not kept: few of them are asked for, and making all takes longer than a match.
fn metres(here: Option<&Direction>, there: Option<Coordinates>) -> Option<u32> {
    here.zip(there).map(|(here, there)| here.metres_to(&there.direction()))
}

fn estimate<'a>(profile: &'a [CompetenceResult], competence: &CompetenceId) -> Option<&'a Estimate> {
    profile.iter().find(|result| result.competence == *competence).map(|result| &result.estimate)
}

/// A prerequisite counts as met only on evidence; the lowest level asks for nothing.
fn is_within_reach(offer: &Offer, profile: &[CompetenceResult]) -> bool {
    offer.prerequisites.iter().all(|prerequisite| {
        prerequisite.level.number() == 1
            || estimate(profile, &prerequisite.competence).is_some_and(|estimate| {
                estimate.evidence != Evidence::NotEnough && estimate.level >= prerequisite.level
            })
    })
}
