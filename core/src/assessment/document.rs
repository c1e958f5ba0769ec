//! The JSON form of an assessment under way or finished.

use semver::Version;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{AssessmentError, Plan};
use crate::bank::{BankReference, Response};
use crate::framework::FrameworkReference;
use crate::id::{ItemId, Language};
use crate::json;
use crate::units::Timestamp;

/// Version of the format that this engine writes. 1.1 has questions with several answers, and skipped ones.
pub const FORMAT: Version = Version::new(1, 1, 0);

/// Largest assessment read, bytes.
pub const MAX_ASSESSMENT_BYTES: usize = 1 << 20;

/// A sitting: everything that its questions and results follow from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment {
    /// Version of this format.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub format: Version,
    /// The framework that results are given in.
    pub framework: FrameworkReference,
    /// The bank that questions come from.
    pub bank: BankReference,
    /// What to measure.
    pub plan: Plan,
    /// Who, when and how.
    pub setting: Setting,
    /// The answers in the order they were given.
    pub answers: Vec<Answer>,
}

/// The circumstances of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// Identity of the sitting.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// Language of the questions.
    pub language: Language,
    /// Decides between questions that are equally good, so that not everybody gets the same.
    pub seed: u32,
    /// When it began.
    pub started: Timestamp,
    /// Whether somebody helped.
    #[serde(default)]
    pub assisted: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// The item.
    pub item: ItemId,
    /// What was answered.
    #[cfg_attr(feature = "typescript", tsify(type = "ItemResponse"))]
    pub response: Response,
}

/// Reads an assessment; [`super::Instrument::check`] then says whether it fits a bank.
///
/// # Errors
/// If the text is too large, no assessment, or of a newer major version.
pub fn parse(text: &str) -> Result<Assessment, AssessmentError> {
    let document = json::parse(text, MAX_ASSESSMENT_BYTES)?;
    let format: Version = json::read_value(document.get("format").unwrap_or(&Value::Null), "/format")?;
    if format.major != FORMAT.major {
        return Err(AssessmentError::Version { found: format });
    }
    let read = if format > FORMAT { json::read_known } else { json::read_value };
    Ok(read(&document, "")?)
}

impl Assessment {
    /// The assessment as JSON text, indented.
    ///
    /// # Errors
    /// Never for an assessment of this crate's types; JSON writing is fallible in general.
    pub fn to_json(&self) -> Result<String, AssessmentError> {
        Ok(json::to_text(self)?)
    }
}
