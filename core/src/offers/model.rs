//! The neutral offer.

use serde::{Deserialize, Serialize};

use super::{Date, Place};
use crate::id::{CompetenceId, Language};
use crate::units::Level;

/// Something that a person can attend, use or follow in order to learn.
///
/// Only `id`, `title` and `source` must be there; what is left out is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Offer {
    /// Unique in its catalogue, 1 to 200 characters.
    pub id: String,
    /// What it is called, 1 to 300 characters.
    pub title: String,
    /// Who gives it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub provider: String,
    /// What it is, at most 2,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What it teaches: competences, from which level to which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What a person must be able to do before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Prerequisite>,
    /// Services in the words of its source; not matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// On site, at a distance, or both in one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modalities: Vec<Modality>,
    /// Alone, with somebody, in a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub support: Vec<Support>,
    /// Where, unless it is at a distance only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The territory that it is for, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub territory: String,
    /// Languages that it is given in (BCP 47).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Cost::is_unknown")]
    pub cost: Cost,
    /// The only people that it is for; empty for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Needs that it can meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<Need>,
    /// When it takes place; empty where it is open all the time, or not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Period>,
    /// Opening hours in the form of OpenStreetMap; shown, not matched.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// Where to read more (`http://` or `https://`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// Who says all this, and as of when.
    pub source: OfferSource,
}

/// A competence that an offer teaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Target {
    /// The competence.
    pub competence: CompetenceId,
    /// The level that a person must have reached to follow it.
    pub from: Level,
    /// The level that it leads to, higher than `from`.
    pub to: Level,
    /// Whose word this is.
    pub origin: OfferOrigin,
}

/// Whose word a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum OfferOrigin {
    /// The provider's.
    Declared,
    /// Derived from a coarse table of services, themes or codes.
    Derived,
}

/// A level that a person must have reached in some competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Prerequisite {
    /// The competence.
    pub competence: CompetenceId,
    /// The level.
    pub level: Level,
}

/// Who says so, and as of when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct OfferSource {
    /// The catalogue or organisation, not empty.
    pub name: String,
    /// When it was last updated there; none where that is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub date: Option<Date>,
}

/// First and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Period {
    /// First day.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub start: Date,
    /// Last day; the same or none where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub end: Option<Date>,
}

/// What an offer costs; what is not said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Cost {
    /// Free, free under conditions, to be paid; several where it depends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<CostKind>,
    /// Vouchers that are taken, for example `pass-numerique`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<String>,
    /// Conditions and prices in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub details: String,
}

impl Cost {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.kinds.is_empty() && self.passes.is_empty() && self.details.is_empty()
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
        pub enum $name {
            $($(#[$member_doc])* #[serde(rename = $word)] $member,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The word in documents.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }

            /// The member with this word.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.word() == word)
            }
        }
    };
}

vocabulary!(
    /// How learner and teacher meet.
    Modality {
        /// In a place.
        OnSite = "on-site",
        /// At a distance.
        Remote = "remote",
        /// Partly in a place, partly at a distance.
        Mixed = "mixed",
    }
);
vocabulary!(
    /// With whom.
    Support {
        /// Alone, with material or equipment.
        Alone = "alone",
        /// Somebody helps one person.
        Individual = "individual",
        /// A workshop or class.
        Group = "group",
        /// Somebody does it in the person's place.
        OnBehalf = "on-behalf",
    }
);
vocabulary!(
    /// What is asked for it.
    CostKind {
        /// Nothing.
        Free = "free",
        /// Nothing from some people, or after joining.
        Conditional = "conditional",
        /// Money.
        Paid = "paid",
    }
);
vocabulary!(
    /// People that an offer is only for.
    Audience {
        /// Young people.
        Youth = "youth",
        /// Students.
        Students = "students",
        /// Families and children.
        Families = "families",
        /// Older people.
        Seniors = "seniors",
        /// Women.
        Women = "women",
        /// People looking for work.
        JobSeekers = "job-seekers",
        /// People who work.
        Workers = "workers",
        /// People with a disability.
        Disabled = "disabled",
        /// Recipients of minimum income.
        MinimumIncome = "minimum-income",
        /// Exiled people.
        Exiled = "exiled",
        /// People in an emergency.
        Emergency = "emergency",
        /// People in a particular legal situation.
        Legal = "legal",
        /// Residents of priority areas.
        PriorityAreas = "priority-areas",
    }
);
vocabulary!(
    /// Needs that an offer may meet.
    Need {
        /// Of deaf and hard-of-hearing people.
        Hearing = "hearing",
        /// Of people with reduced mobility.
        Mobility = "mobility",
        /// Of people with an intellectual disability.
        Intellectual = "intellectual",
        /// Of people with a psychic disability.
        Psychic = "psychic",
        /// Of blind and partially sighted people.
        Sight = "sight",
        /// Of people who do not read or write well.
        Reading = "reading",
        /// Of people who speak other languages.
        Languages = "languages",
    }
);
