//! What is said of a learner and a catalogue: offers with their reasons, and what nobody offers.

use serde::Serialize;

use crate::id::CompetenceId;
use crate::offers::{Audience, OfferOrigin};
use crate::profile::Evidence;
use crate::units::Level;

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
    pub reasons: Vec<MatchReason>,
    /// Distance, metres, where both places are known.
    pub metres: Option<u32>,
    /// Wishes about which the offer says nothing: to be asked.
    pub unstated: Vec<Wish>,
}

/// A reason, for or against. Words are the business of whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum MatchReason {
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
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
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

impl Wish {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Language, Self::Cost, Self::Modality, Self::Distance, Self::Accessibility];

    /// Its place in a set of wishes.
    pub(super) fn bit(self) -> u8 {
        1 << (self as u8)
    }

    /// The wishes of a set.
    pub(super) fn of_bits(bits: u8) -> Vec<Self> {
        Self::ALL.into_iter().filter(|wish| bits & wish.bit() != 0).collect()
    }
}
