//! Which offers take a learner on: constraints, a ranked list with its reasons, and what nobody offers.
//!
//! Nothing is recommended on "not enough evidence", below the learner's level or above their reach. A constraint that an
//! offer breaks excludes it; where the offer says nothing about it, the offer comes after all others and says so, or is
//! excluded if the learner wants that. Ranks do not depend on other offers, and ties are broken by distance and id.

use serde::{Deserialize, Serialize};

use super::{Audience, Catalogue, Coordinates, CostKind, Date, Direction, Modality, Need, Offer, OfferOrigin, Target};
use crate::framework::Framework;
use crate::id::{CompetenceId, Language};
use crate::profile::{Estimate, Evidence, Profile};
use crate::units::Level;

/// What a learner asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Wishes {
    /// Competences and the levels to reach; empty for the next step in every competence.
    pub goals: Vec<Goal>,
    /// Languages that the learner understands; empty for any.
    pub languages: Vec<Language>,
    /// Whether it must be free, under a condition that may be met, or payable by a pass of theirs.
    pub free: bool,
    /// Vouchers that the learner has, for example `pass-numerique`.
    pub passes: Vec<String>,
    /// Modalities that suit; empty for any.
    pub modalities: Vec<Modality>,
    /// Where the learner is.
    pub near: Option<Coordinates>,
    /// How far it may be, metres; offers at a distance are never too far.
    pub within_metres: Option<u32>,
    /// What the learner says about themselves; empty where they say nothing.
    pub audiences: Vec<Audience>,
    /// Needs that must be met.
    pub needs: Vec<Need>,
    /// First day that suits.
    pub from: Option<Date>,
    /// Last day that suits.
    pub until: Option<Date>,
    /// Leave out offers that do not say whether they meet a wish.
    pub only_stated: bool,
}

/// A level to reach in a competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The competence.
    pub competence: CompetenceId,
    /// The level.
    pub level: Level,
}

/// What counts how much, in points; shares are thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Weights {
    /// For each level gained in a competence that is certainly below.
    pub per_level: u32,
    /// Share that counts where the learner's level is inferred, not measured; thousandths, 1000 at most.
    pub inferred: u32,
    /// Share that counts where the target is derived, not declared; thousandths.
    pub derived: u32,
    /// Taken off for each kilometre.
    pub per_kilometre: u32,
    /// Most that distance takes off.
    pub farthest: u32,
    /// Taken off where it must be paid.
    pub paid: u32,
    /// Taken off where it is free under conditions.
    pub conditional: u32,
    /// Without goals: how many levels above the learner's own are looked for.
    pub horizon: u8,
}

impl Default for Weights {
    /// The weights of `frameworks/offers/weights.json`: a judgement, not an estimate.
    fn default() -> Self {
        Self {
            per_level: 1000,
            inferred: 700,
            derived: 400,
            per_kilometre: 10,
            farthest: 500,
            paid: 200,
            conditional: 50,
            horizon: 2,
        }
    }
}

/// What was found for a learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Matches {
    /// The best offers, best first.
    pub offers: Vec<Match>,
    /// How many there are in all.
    pub found: usize,
    /// Goals that the offers found do not reach, in the order of the framework.
    pub uncovered: Vec<Uncovered>,
    /// Competences about which too little is known to advise anything.
    pub not_enough_evidence: Vec<CompetenceId>,
}

/// An offer that takes the learner on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Position in the catalogue.
    pub position: usize,
    /// The offer's id.
    pub id: String,
    /// Points, the more the better.
    pub points: i64,
    /// What of it speaks for and against, in points.
    pub reasons: Vec<Reason>,
    /// Distance, metres, where both places are known.
    pub metres: Option<u32>,
    /// Wishes about which the offer says nothing: to be asked.
    pub unstated: Vec<Wish>,
}

/// A reason, for or against. Words are the business of whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// It takes the learner from one level to another.
    Gain {
        /// In this competence.
        competence: CompetenceId,
        /// The learner's level.
        from: Level,
        /// The level it leads to.
        to: Level,
        /// The level that was looked for.
        goal: Level,
        /// Whose word the target is.
        origin: OfferOrigin,
        /// On what the learner's level rests.
        evidence: Evidence,
        /// Points.
        points: i64,
    },
    /// It is so far away.
    Distance {
        /// Metres.
        metres: u32,
        /// Points.
        points: i64,
    },
    /// It can be followed from anywhere.
    Remote,
    /// It is free.
    Free,
    /// A pass of the learner's is taken.
    Pass {
        /// The pass.
        pass: String,
    },
    /// It is free under conditions.
    Conditional {
        /// Points.
        points: i64,
    },
    /// It must be paid.
    Paid {
        /// Points.
        points: i64,
    },
    /// It is only for some people, and the learner did not say whether they are among them.
    OnlyFor {
        /// Whom it is for.
        audiences: Vec<Audience>,
    },
}

/// A wish that an offer may break or say nothing about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// Language.
    Language,
    /// Cost.
    Cost,
    /// Modality.
    Modality,
    /// Distance.
    Distance,
    /// Accessibility.
    Accessibility,
}

/// A goal that no offer reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Uncovered {
    /// The competence.
    pub competence: CompetenceId,
    /// The learner's level.
    pub level: Level,
    /// The level that was looked for.
    pub goal: Level,
    /// How far the offers found lead; the learner's own level where none does.
    pub reached: Level,
    /// Why not further.
    pub why: Why,
}

/// Why a goal is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The catalogue has no offer for this level: no offer known.
    NoOffer,
    /// Only offers whose prerequisites the learner does not meet, or is not known to meet.
    OutOfReach,
    /// Only offers that a wish excludes.
    Wishes,
    /// Offers that lead on, but not as far.
    OnlyPartly,
}

/// A catalogue prepared for matching: offers by competence.
#[derive(Debug, Clone)]
pub struct Index<'a> {
    catalogue: &'a Catalogue,
    competences: &'a [CompetenceId],
    /// For each competence of the framework.
    targets: Vec<Vec<Entry>>,
    directions: Vec<Option<Direction>>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    offer: u32,
    from: Level,
    to: Level,
    origin: OfferOrigin,
}

/// A competence that can be worked on, with what is known about it.
struct Wanted<'a> {
    competence: &'a CompetenceId,
    number: usize,
    estimate: &'a Estimate,
    goal: Level,
}

impl<'a> Index<'a> {
    /// Prepares a catalogue of this framework.
    #[must_use]
    pub fn new(framework: &'a Framework, catalogue: &'a Catalogue) -> Self {
        let competences = framework.competences();
        let mut targets = vec![Vec::new(); competences.len()];
        for (offer, position) in catalogue.offers().iter().zip(0_u32..) {
            for Target { competence, from, to, origin } in &offer.targets {
                if let Some(list) = framework.position(competence).and_then(|number| targets.get_mut(number)) {
                    list.push(Entry { offer: position, from: *from, to: *to, origin: *origin });
                }
            }
        }
        let direction =
            |offer: &Offer| offer.place.as_ref().and_then(|place| place.coordinates).map(Coordinates::direction);
        let directions = catalogue.offers().iter().map(direction).collect();
        Self { catalogue, competences, targets, directions }
    }

    /// The `limit` best offers for a person, and what is not covered.
    #[must_use]
    pub fn matches(&self, profile: &Profile, wishes: &Wishes, weights: &Weights, limit: usize) -> Matches {
        let (wanted, not_enough_evidence) = self.wanted(profile, wishes, weights);
        let mut points = vec![0_i64; self.catalogue.offers().len()];
        for want in &wanted {
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
        let here = wishes.near.map(Coordinates::direction);
        let mut found = Vec::new();
        // What became of each offer: nothing of interest, out of reach, excluded by a wish, or found.
        let mut fate = vec![None; points.len()];
        for (position, ((offer, gained), direction)) in
            self.catalogue.offers().iter().zip(&points).zip(&self.directions).enumerate()
        {
            if *gained == 0 {
                continue;
            }
            let metres = here.as_ref().zip(direction.as_ref()).map(|(here, there)| here.metres_to(there));
            let verdict = if !is_within_reach(offer, profile) {
                Err(Why::OutOfReach)
            } else {
                unstated(offer, wishes, metres).ok_or(Why::Wishes)
            };
            if let Some(fate) = fate.get_mut(position) {
                *fate = Some(verdict.err());
            }
            if let Ok(unstated) = verdict {
                let sum = gained + distance_points(metres, weights) + cost_points(offer, wishes, weights);
                found.push((unstated != 0, std::cmp::Reverse(sum), metres.unwrap_or(u32::MAX), position, unstated));
            }
        }
        let all = found.len();
        let order = |one: &(bool, std::cmp::Reverse<i64>, u32, usize, u8),
                     two: &(bool, std::cmp::Reverse<i64>, u32, usize, u8)| {
            let id = |position: usize| self.catalogue.offers().get(position).map(|offer| offer.id.as_str());
            (one.0, one.1, one.2).cmp(&(two.0, two.1, two.2)).then_with(|| id(one.3).cmp(&id(two.3)))
        };
        if limit < found.len() {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        let offers = found.into_iter().filter_map(|(_, sum, metres, position, unstated)| {
            let offer = self.catalogue.offers().get(position)?;
            let metres = (metres != u32::MAX).then_some(metres);
            let reasons = reasons(offer, &wanted, wishes, weights, metres);
            let unstated = WISHES.into_iter().filter(|wish| unstated & bit(*wish) != 0).collect();
            Some(Match { position, id: offer.id.clone(), points: sum.0, reasons, metres, unstated })
        });
        let offers = offers.collect();
        let uncovered = wanted.iter().filter_map(|want| self.uncovered(want, &fate)).collect();
        Matches { offers, found: all, uncovered, not_enough_evidence }
    }

    fn wanted<'b>(
        &'b self,
        profile: &'b Profile,
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
        let entries = self.targets.get(want.number).map_or(&[][..], Vec::as_slice);
        entries.iter().filter(move |entry| entry.from <= level && level < entry.to)
    }

    fn uncovered(&self, want: &Wanted<'_>, fate: &[Option<Option<Why>>]) -> Option<Uncovered> {
        let level = want.estimate.level;
        let (mut reached, mut why) = (level, Why::NoOffer);
        for entry in self.useful(want) {
            match fate.get(entry.offer as usize).copied().flatten() {
                Some(None) => reached = reached.max(entry.to),
                Some(Some(other)) => why = why.max(other),
                None => {}
            }
        }
        if reached > level {
            why = Why::OnlyPartly;
        }
        let competence = want.competence.clone();
        (reached < want.goal).then_some(Uncovered { competence, level, goal: want.goal, reached, why })
    }
}

fn estimate<'a>(profile: &'a Profile, competence: &CompetenceId) -> Option<&'a Estimate> {
    profile.competences.iter().find(|result| result.competence == *competence).map(|result| &result.estimate)
}

/// Points of a gain: levels gained × weight × evidence × P(below the level it leads to, up to the goal) × origin.
fn gain(want: &Wanted<'_>, to: Level, origin: OfferOrigin, weights: &Weights) -> i64 {
    let end = to.min(want.goal);
    let levels = i64::from(end.number()) - i64::from(want.estimate.level.number());
    let below = want.estimate.probabilities.iter().take(usize::from(end.number()) - 1);
    let below: i64 = below.map(|probability| i64::from(probability.0.clamp(0, 1000))).sum::<i64>().min(1000);
    let evidence =
        if want.estimate.evidence == Evidence::Measured { 1000 } else { i64::from(weights.inferred.min(1000)) };
    let origin = if origin == OfferOrigin::Declared { 1000 } else { i64::from(weights.derived.min(1000)) };
    // At least one point: a gain is a gain.
    (levels * i64::from(weights.per_level.min(1_000_000)) * below / 1000 * evidence / 1000 * origin / 1000).max(1)
}

/// A prerequisite counts as met only on evidence; the lowest level asks for nothing.
fn is_within_reach(offer: &Offer, profile: &Profile) -> bool {
    offer.prerequisites.iter().all(|prerequisite| {
        prerequisite.level.number() == 1
            || estimate(profile, &prerequisite.competence).is_some_and(|estimate| {
                estimate.evidence != Evidence::NotEnough && estimate.level >= prerequisite.level
            })
    })
}

const WISHES: [Wish; 5] = [Wish::Language, Wish::Cost, Wish::Modality, Wish::Distance, Wish::Accessibility];

fn bit(wish: Wish) -> u8 {
    1 << (wish as u8)
}

/// The wishes about which the offer says nothing, as bits; none if it breaks one.
fn unstated(offer: &Offer, wishes: &Wishes, metres: Option<u32>) -> Option<u8> {
    let mut unknown = 0;
    if !wishes.languages.is_empty() {
        match &offer.languages {
            none if none.is_empty() => unknown |= bit(Wish::Language),
            languages if languages.iter().any(|language| wishes.languages.contains(language)) => {}
            _ => return None,
        }
    }
    if wishes.free && !takes_a_pass(offer, wishes) {
        let kinds = &offer.cost.kinds;
        if kinds.is_empty() {
            unknown |= bit(Wish::Cost);
        } else if !kinds.contains(&CostKind::Free) {
            if !kinds.contains(&CostKind::Conditional) {
                return None;
            }
            // Free only for some: the learner has to ask whether they are among them.
            unknown |= bit(Wish::Cost);
        }
    }
    if !wishes.modalities.is_empty() {
        match &offer.modalities {
            none if none.is_empty() => unknown |= bit(Wish::Modality),
            modalities if modalities.iter().any(|modality| wishes.modalities.contains(modality)) => {}
            _ => return None,
        }
    }
    let remote = offer.modalities.contains(&Modality::Remote);
    match (wishes.near, wishes.within_metres, metres) {
        (Some(_), Some(limit), Some(metres)) if metres > limit && !remote => return None,
        (Some(_), Some(_), None) if !remote => unknown |= bit(Wish::Distance),
        _ => {}
    }
    let theirs = |audience| wishes.audiences.contains(audience);
    if !wishes.audiences.is_empty() && !offer.audiences.is_empty() && !offer.audiences.iter().any(theirs) {
        return None;
    }
    if !wishes.needs.is_empty() {
        if offer.accessibility.is_empty() {
            unknown |= bit(Wish::Accessibility);
        } else if !wishes.needs.iter().all(|need| offer.accessibility.contains(need)) {
            return None;
        }
    }
    let suits = |period: &super::Period| {
        let end = period.end.unwrap_or(period.start);
        wishes.from.is_none_or(|from| end >= from) && wishes.until.is_none_or(|until| period.start <= until)
    };
    if !offer.dates.is_empty() && !offer.dates.iter().any(suits) {
        return None;
    }
    (unknown == 0 || !wishes.only_stated).then_some(unknown)
}

fn takes_a_pass(offer: &Offer, wishes: &Wishes) -> bool {
    wishes.passes.iter().any(|pass| offer.cost.passes.contains(pass))
}

fn distance_points(metres: Option<u32>, weights: &Weights) -> i64 {
    let taken = i64::from(metres.unwrap_or(0) / 1000) * i64::from(weights.per_kilometre);
    -taken.min(i64::from(weights.farthest))
}

fn cost_points(offer: &Offer, wishes: &Wishes, weights: &Weights) -> i64 {
    let kinds = &offer.cost.kinds;
    if kinds.is_empty() || kinds.contains(&CostKind::Free) || takes_a_pass(offer, wishes) {
        0
    } else if kinds.contains(&CostKind::Conditional) {
        -i64::from(weights.conditional)
    } else {
        -i64::from(weights.paid)
    }
}

/// The reasons; their points add up to those of the match.
fn reasons(
    offer: &Offer,
    wanted: &[Wanted<'_>],
    wishes: &Wishes,
    weights: &Weights,
    metres: Option<u32>,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = wanted
        .iter()
        .filter_map(|want| {
            let level = want.estimate.level;
            let target = offer.targets.iter().find(|target| target.competence == *want.competence)?;
            (target.from <= level && level < target.to).then(|| Reason::Gain {
                competence: want.competence.clone(),
                from: level,
                to: target.to,
                goal: want.goal,
                origin: target.origin,
                evidence: want.estimate.evidence,
                points: gain(want, target.to, target.origin, weights),
            })
        })
        .collect();
    if let Some(metres) = metres {
        reasons.push(Reason::Distance { metres, points: distance_points(Some(metres), weights) });
    }
    if offer.modalities.contains(&Modality::Remote) {
        reasons.push(Reason::Remote);
    }
    let points = cost_points(offer, wishes, weights);
    let kinds = &offer.cost.kinds;
    let pass = wishes.passes.iter().find(|pass| offer.cost.passes.contains(pass));
    if kinds.contains(&CostKind::Free) {
        reasons.push(Reason::Free);
    } else if let Some(pass) = pass {
        reasons.push(Reason::Pass { pass: pass.clone() });
    } else if kinds.contains(&CostKind::Conditional) {
        reasons.push(Reason::Conditional { points });
    } else if kinds.contains(&CostKind::Paid) {
        reasons.push(Reason::Paid { points });
    }
    if !offer.audiences.is_empty() && wishes.audiences.is_empty() {
        reasons.push(Reason::OnlyFor { audiences: offer.audiences.clone() });
    }
    reasons
}
