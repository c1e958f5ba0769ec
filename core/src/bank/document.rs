//! The JSON form of a bank: structure and parameters. All parameters are whole thousandths.

use crate::table::Table;
use semver::Version;
use serde::{Deserialize, Serialize};

use super::{BankError, BankFault, BankPlace};
use crate::framework::{Crosswalk, FrameworkReference};
use crate::id::{BankId, CompetenceId, ItemId, OptionId, OutcomeId, ScaleId};
use crate::json::{self, JsonError};
use crate::units::{Level, Thousandths};

/// Id, version and digest of a bank, as other documents name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BankReference {
    /// The bank.
    pub id: BankId,
    /// Its version.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub version: Version,
    /// SHA-256 of the canonical JSON (RFC 8785) of its structure, in hexadecimal.
    pub sha256: String,
}

impl std::fmt::Display for BankReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.id, self.version)
    }
}

/// Structure of a bank (`bank.json` with the items of `items/*.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankDocument {
    /// The bank.
    pub id: BankId,
    /// Its version.
    pub version: Version,
    /// The framework it was written for.
    pub framework: FrameworkReference,
    /// Licence of the items.
    pub licence: String,
    /// Where the parameters come from.
    pub calibration: Calibration,
    /// Rating scales that graded items share.
    pub scales: Table<ScaleId, ScaleDocument>,
    /// The population model.
    pub model: ModelDocument,
    /// The items.
    #[serde(default)]
    pub items: Vec<ItemDocument>,
}

/// Where parameters come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calibration {
    /// The authors' judgement.
    Provisional,
    /// Estimated from answers.
    Calibrated,
}

/// A rating scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleDocument {
    /// How many ordered answers it has, 2 to 7.
    pub answers: u8,
}

/// Population model: how competences are distributed and go together, before any answer.
///
/// Competence k of area a: θ_k = mean + g + u_a + s_k, the three parts independent with variances sd²·(general, area,
/// specific). Leniency of area a: mean and sd, correlated among areas, independent of the competences.
///
/// Calibration also writes what it found trait by trait, in `competences`, `means` and `covariance`. Where these are given,
/// they are what counts and the figures above are their summary. They are members of the same flat object, because reading
/// a choice between two forms takes kilobytes of code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelDocument {
    /// Mean of every competence, thousandths of a level.
    pub mean: Thousandths,
    /// Standard deviation of every competence, thousandths of a level.
    pub sd: Thousandths,
    /// Share of the variance common to all competences, thousandths.
    pub general: Thousandths,
    /// Share of the variance common to an area, thousandths.
    pub area: Thousandths,
    /// Share of the variance of one competence alone, thousandths; the three shares add up to 1000.
    pub specific: Thousandths,
    /// Mean of leniency, thousandths of a level.
    pub leniency_mean: Thousandths,
    /// Standard deviation of leniency, thousandths of a level.
    pub leniency_sd: Thousandths,
    /// Correlation of leniency between areas, thousandths.
    pub leniency_correlation: Thousandths,
    /// The competences in the order of `means`; without them there is neither `means` nor `covariance`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competences: Vec<CompetenceId>,
    /// Mean of each competence, then mean leniency of each area in the order of the framework, thousandths of a level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<Thousandths>,
    /// Covariances of the same, thousandths of a squared level: the lower triangle row by row, with its diagonal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covariance: Vec<Thousandths>,
}

impl BankDocument {
    /// SHA-256 of the canonical JSON (RFC 8785) of the bank without rationales, in hexadecimal.
    ///
    /// # Errors
    /// Never for documents of this crate's types; JSON writing is fallible in general.
    pub fn digest(&self) -> Result<String, JsonError> {
        json::digest(&self.without_rationales())
    }

    /// The same bank without what only its readers need: the form that is hashed.
    #[must_use]
    pub fn without_rationales(&self) -> Self {
        let mut lean = self.clone();
        for item in &mut lean.items {
            item.rationale.clear();
        }
        lean
    }
}

impl BankDocument {
    /// The same bank with the competences of another framework, to which `crosswalk` leads. Its items no longer name
    /// learning outcomes: those are of the framework they were written for. The digest to name it by stays that of
    /// the bank as written.
    ///
    /// # Errors
    /// If the crosswalk does not reach the competence of an item.
    pub fn translated(&self, crosswalk: &Crosswalk, to: FrameworkReference) -> Result<Self, BankError> {
        let mut bank = Self { framework: to, ..self.clone() };
        for item in &mut bank.items {
            let reached = crosswalk.translate(&item.competence).cloned();
            let unknown = BankFault::UnknownCompetence(item.competence.clone());
            item.competence = reached.ok_or_else(|| BankError::item(&item.id, "competence", unknown))?;
            item.outcomes.clear();
        }
        for competence in &mut bank.model.competences {
            let reached = crosswalk.translate(competence).cloned();
            let unknown = BankFault::UnknownCompetence(competence.clone());
            *competence = reached.ok_or(BankError { place: BankPlace::Bank, fault: unknown })?;
        }
        Ok(bank)
    }

    /// The same bank without what measuring does not need either: the form that a browser downloads.
    #[must_use]
    pub fn for_measuring(&self) -> Self {
        let mut lean = self.without_rationales();
        for item in &mut lean.items {
            item.outcomes.clear();
            item.slope_sd = None;
        }
        lean
    }
}

impl ItemDocument {
    /// Where it lies: its location, or the mean of its thresholds or steps.
    #[must_use]
    pub fn mean_location(&self) -> Thousandths {
        let bounds = [self.thresholds.as_slice(), self.steps.as_slice(), self.location.as_slice()];
        let bounds: Vec<i64> = bounds.into_iter().flatten().map(|bound| i64::from(bound.0)).collect();
        let mean = bounds.iter().sum::<i64>() / i64::try_from(bounds.len().max(1)).unwrap_or(1);
        Thousandths(i32::try_from(mean).unwrap_or_default())
    }
}

impl ModelDocument {
    /// Refuses a model whose covariance would not be positive definite.
    pub(super) fn check(&self) -> Result<(), BankFault> {
        let shares = [self.general, self.area, self.specific];
        let sound = (100..=10_000).contains(&self.sd.0)
            && (0..=10_000).contains(&self.leniency_sd.0)
            && (-20_000..=20_000).contains(&self.mean.0)
            && (-20_000..=20_000).contains(&self.leniency_mean.0)
            && (0..=990).contains(&self.leniency_correlation.0)
            && shares.iter().all(|share| (0..=1000).contains(&share.0))
            && shares.iter().map(|share| share.0).sum::<i32>() == 1000
            && self.specific.0 >= 10;
        if sound { Ok(()) } else { Err(BankFault::Model) }
    }
}

/// The kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum ItemKindName {
    /// Self-report on a rating scale.
    Graded,
    /// One right option among several.
    Choice,
    /// Several right options among several.
    Multiple,
    /// Options to be put in order.
    Ordering,
    /// Options that each belong to a target.
    Matching,
}

/// An item as written in a file. Which members it needs depends on its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ItemDocument {
    /// The item.
    pub id: ItemId,
    /// The competence it measures.
    pub competence: CompetenceId,
    /// Its kind.
    pub kind: ItemKindName,
    /// Graded: its rating scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleId>,
    /// The level it is written for.
    pub level: Level,
    /// The learning outcomes it gives evidence of; left out of what a browser downloads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeId>,
    /// Expected time for reading and answering, seconds.
    pub seconds: u16,
    /// All but graded: its options in the order shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionId>,
    /// Choice: the right option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<OptionId>,
    /// Multiple: the right options.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rights: Vec<OptionId>,
    /// Ordering: the options in the right order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<OptionId>,
    /// Matching: its targets in the order shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<OptionId>,
    /// Matching: the right target of each option.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub matches: Table<OptionId, OptionId>,
    /// Graded: where each next answer becomes as likely as not, thousandths of a level, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Thousandths>,
    /// Choice and multiple: where knowing it becomes as likely as not, thousandths of a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Thousandths>,
    /// Ordering and matching: where credit for a part becomes as likely as none, and full credit as that for a part,
    /// thousandths of a level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Thousandths>,
    /// Discrimination, thousandths per level.
    pub slope: Thousandths,
    /// How unsure the location is (τ), thousandths of a level.
    pub location_sd: Thousandths,
    /// How many answers the parameters were estimated from; left out where they are the authors' judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibrated_from: Option<u32>,
    /// Standard error of an estimated slope, thousandths per level; left out of what a browser downloads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slope_sd: Option<Thousandths>,
    /// Items that give this one away, or that it gives away: where one was asked, the others are not. Holds in both
    /// directions, whichever item says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enemies: Vec<ItemId>,
    /// Why this difficulty, for readers of the bank; left out of digests and of what a browser downloads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rationale: String,
}
