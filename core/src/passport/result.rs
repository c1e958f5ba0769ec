//! What is left of an assessment in a shared copy: chosen results, and the circumstances that they need.

use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::PassportError;
use super::record::{member, optional_member};
use crate::assessment::{Answer, Mode};
use crate::bank::BankReference;
use crate::framework::FrameworkReference;
use crate::profile::{AreaResult, CompetenceResult, Estimate};
use crate::units::Timestamp;

/// The results of an assessment without what the learner did not want to share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ResultRecord {
    /// Identity of the record; not that of the assessment.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// When the assessment was finished.
    pub at: Timestamp,
    /// Version of the engine that computed the results.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub engine: semver::Version,
    /// The framework of the results.
    pub framework: FrameworkReference,
    /// The bank that questions came from.
    pub bank: BankReference,
    /// How long it was.
    pub mode: Mode,
    /// Whether somebody helped.
    pub assisted: bool,
    /// Whether it rests on parameters that are the authors' judgement.
    pub provisional: bool,
    /// Whether the answers contradict each other so much that the estimates are approximate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub unsettled: Option<bool>,
    /// The areas that are shared.
    pub areas: Vec<AreaResult>,
    /// Their competences.
    pub competences: Vec<CompetenceResult>,
    /// Over all competences; only where all areas are shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub overall: Option<Estimate>,
    /// Answers to questions about the shared areas, where the learner chose to share them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub answers: Option<Vec<Answer>>,
}

impl ResultRecord {
    pub(super) fn parse(members: &Map<String, Value>, path: &str, newer: bool) -> Result<Self, PassportError> {
        Ok(Self {
            id: member(members, "id", path, newer)?,
            at: member(members, "at", path, newer)?,
            engine: member(members, "engine", path, newer)?,
            framework: member(members, "framework", path, newer)?,
            bank: member(members, "bank", path, newer)?,
            mode: member(members, "mode", path, newer)?,
            assisted: member(members, "assisted", path, newer)?,
            provisional: member(members, "provisional", path, newer)?,
            unsettled: optional_member(members, "unsettled", path, newer)?,
            areas: member(members, "areas", path, newer)?,
            competences: member(members, "competences", path, newer)?,
            overall: optional_member(members, "overall", path, newer)?,
            answers: optional_member(members, "answers", path, newer)?,
        })
    }
}
