//! What a learner asks for, and what counts how much.

use serde::{Deserialize, Serialize};

use crate::id::{CompetenceId, Language};
use crate::offers::{Audience, Coordinates, Date, Modality, Need};
use crate::units::Level;

/// What a learner asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Wishes {
    /// Competences and the levels to reach; empty for the next step in every competence.
    pub goals: Vec<LearningGoal>,
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
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub from: Option<Date>,
    /// Last day that suits.
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub until: Option<Date>,
    /// Leave out offers that do not say whether they meet a wish.
    pub only_stated: bool,
}

/// A level to reach in a competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct LearningGoal {
    /// The competence.
    pub competence: CompetenceId,
    /// The level.
    pub level: Level,
}

/// What counts how much, in points; shares are thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
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
