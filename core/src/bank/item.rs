//! A checked item, and responses to it.

use crate::table::Table;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{BankError, BankFault, ItemDocument, ItemKindName, ScaleDocument};
use crate::framework::Framework;
use crate::id::{CompetenceId, ItemId, OptionId, OutcomeId, ScaleId};
use crate::measure::ResponseModel;
use crate::units::{Level, Thousandths};

/// Discriminations that make sense, thousandths per level.
const SLOPES: std::ops::RangeInclusive<i32> = 50..=5_000;
/// Locations that make sense, thousandths of a level: the scale and a margin.
const LOCATIONS: std::ops::RangeInclusive<i32> = -5_000..=14_000;

/// An item whose parameters and references were checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The item.
    pub id: ItemId,
    /// The competence it measures, in the framework of the results.
    pub competence: CompetenceId,
    /// The level it is written for.
    pub level: Level,
    /// The learning outcomes it gives evidence of.
    pub outcomes: Vec<OutcomeId>,
    /// Expected time, seconds.
    pub seconds: u16,
    /// How it is answered.
    pub kind: ItemKind,
    /// How answers depend on the trait, the uncertainty of its parameters taken in.
    pub model: ResponseModel,
}

/// How an item is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKind {
    /// Self-report on a rating scale.
    Graded {
        /// The scale.
        scale: ScaleId,
        /// Number of ordered answers.
        answers: u8,
    },
    /// One right option among several.
    Choice {
        /// The options in order.
        options: Vec<OptionId>,
        /// The right one.
        right: OptionId,
    },
}

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ResponseDocument", into = "ResponseDocument")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "ResponseDocument"))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(
    feature = "typescript",
    // In JavaScript, `Response` is a fetched page.
    tsify(
        rename = "ItemResponse",
        type = "{ kind: \"graded\"; answer: number } | { kind: \"choice\"; option: OptionId } | { kind: \"dont-know\" }"
    )
)]
pub enum Response {
    /// An answer of a rating scale; 0 is the lowest.
    Graded {
        /// Position on the scale.
        answer: u8,
    },
    /// An option.
    Choice {
        /// The option.
        option: OptionId,
    },
    /// "I don't know": scored as the lowest answer or as wrong, which without guessing it would have been.
    DontKnow,
}

/// The JSON form of a response: `{"kind": "graded", "answer": 2}`, `{"kind": "choice", "option": "b"}` or
/// `{"kind": "dont-know"}`. Flat, because reading a tagged enum takes eight kilobytes of code.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ResponseDocument {
    kind: ResponseKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    option: Option<OptionId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
enum ResponseKind {
    Graded,
    Choice,
    DontKnow,
}

impl TryFrom<ResponseDocument> for Response {
    type Error = &'static str;

    fn try_from(document: ResponseDocument) -> Result<Self, &'static str> {
        match (document.kind, document.answer, document.option) {
            (ResponseKind::Graded, Some(answer), None) => Ok(Self::Graded { answer }),
            (ResponseKind::Choice, None, Some(option)) => Ok(Self::Choice { option }),
            (ResponseKind::DontKnow, None, None) => Ok(Self::DontKnow),
            _ => Err("a response is graded with `answer`, choice with `option`, or dont-know with neither"),
        }
    }
}

impl From<Response> for ResponseDocument {
    fn from(response: Response) -> Self {
        match response {
            Response::Graded { answer } => Self { kind: ResponseKind::Graded, answer: Some(answer), option: None },
            Response::Choice { option } => Self { kind: ResponseKind::Choice, answer: None, option: Some(option) },
            Response::DontKnow => Self { kind: ResponseKind::DontKnow, answer: None, option: None },
        }
    }
}

/// A response as the measurement sees it: an ordered category, 0 the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The category.
    pub category: u8,
}

/// A response that does not fit its item.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ResponseFault {
    /// Another kind of answer was expected.
    #[error("the answer is of another kind than the item")]
    WrongKind,
    /// Not on the scale.
    #[error("answer {answer} is not on the scale; it has answers 0 to {highest}")]
    NotOnScale {
        /// What was given.
        answer: u8,
        /// The highest possible.
        highest: u8,
    },
    /// Not an option.
    #[error("`{0}` is not an option of the item")]
    NotAnOption(OptionId),
}

impl Item {
    pub(super) fn new(
        source: &ItemDocument,
        scales: &Table<ScaleId, ScaleDocument>,
        framework: &Framework,
    ) -> Result<Self, BankError> {
        let fault = |member: &str, fault| BankError::item(&source.id, member, fault);
        if framework.position(&source.competence).is_none() {
            return Err(fault("competence", BankFault::UnknownCompetence(source.competence.clone())));
        }
        if !(1..=600).contains(&source.seconds) {
            return Err(fault("seconds", BankFault::OutOfRange { low: 1, high: 600 }));
        }
        check_outcomes(source, framework)?;
        let slope = in_range(source.slope, &SLOPES).map_err(|f| fault("slope", f))?;
        let location_sd = in_range(source.location_sd, &(0..=3_000)).map_err(|f| fault("locationSd", f))?;
        if let Some(member) = unwanted(source) {
            return Err(fault(member, BankFault::Unwanted));
        }
        let (kind, model) = match source.kind {
            ItemKindName::Graded => {
                let scale = source.scale.clone().ok_or_else(|| fault("scale", BankFault::Missing))?;
                let answers =
                    scales.get(&scale).ok_or_else(|| fault("scale", BankFault::UnknownScale(scale.clone())))?.answers;
                let thresholds = thresholds(source, answers)?;
                (ItemKind::Graded { scale, answers }, ResponseModel::graded(slope, &thresholds, location_sd))
            }
            ItemKindName::Choice => {
                let right = check_options(source)?;
                let location = source.location.ok_or_else(|| fault("location", BankFault::Missing))?;
                let location = in_range(location, &LOCATIONS).map_err(|f| fault("location", f))?;
                let lower = 1.0 / f64::from(u32::try_from(source.options.len()).unwrap_or(u32::MAX));
                let kind = ItemKind::Choice { options: source.options.clone(), right };
                (kind, ResponseModel::logistic(slope, location, lower, location_sd))
            }
        };
        Ok(Self {
            id: source.id.clone(),
            competence: source.competence.clone(),
            level: source.level,
            outcomes: source.outcomes.clone(),
            seconds: source.seconds,
            kind,
            model,
        })
    }

    /// Whether it asks for knowledge rather than for a self-report.
    #[must_use]
    pub fn has_right_answer(&self) -> bool {
        matches!(self.kind, ItemKind::Choice { .. })
    }

    /// The category that a response falls into.
    ///
    /// # Errors
    /// If the response does not fit the item.
    pub fn score(&self, response: &Response) -> Result<Outcome, ResponseFault> {
        match (&self.kind, response) {
            (_, Response::DontKnow) => Ok(Outcome { category: 0 }),
            (ItemKind::Graded { answers, .. }, Response::Graded { answer }) if answer < answers => {
                Ok(Outcome { category: *answer })
            }
            (ItemKind::Graded { answers, .. }, Response::Graded { answer }) => {
                Err(ResponseFault::NotOnScale { answer: *answer, highest: answers.saturating_sub(1) })
            }
            (ItemKind::Choice { options, right }, Response::Choice { option }) if options.contains(option) => {
                Ok(Outcome { category: u8::from(option == right) })
            }
            (ItemKind::Choice { .. }, Response::Choice { option }) => Err(ResponseFault::NotAnOption(option.clone())),
            _ => Err(ResponseFault::WrongKind),
        }
    }
}

/// A member that items of another kind have.
fn unwanted(source: &ItemDocument) -> Option<&'static str> {
    let graded = source.kind == ItemKindName::Graded;
    let members = [
        ("scale", !graded && source.scale.is_some()),
        ("thresholds", !graded && !source.thresholds.is_empty()),
        ("options", graded && !source.options.is_empty()),
        ("right", graded && source.right.is_some()),
        ("location", graded && source.location.is_some()),
    ];
    members.into_iter().find(|(_, wrong)| *wrong).map(|(member, _)| member)
}

fn in_range(value: Thousandths, range: &std::ops::RangeInclusive<i32>) -> Result<f64, BankFault> {
    if range.contains(&value.0) {
        return Ok(value.to_f64());
    }
    Err(BankFault::OutOfRange { low: *range.start(), high: *range.end() })
}

fn thresholds(source: &ItemDocument, answers: u8) -> Result<Vec<f64>, BankError> {
    let fault = |fault| BankError::item(&source.id, "thresholds", fault);
    let wanted = usize::from(answers.saturating_sub(1));
    if source.thresholds.len() != wanted {
        return Err(fault(BankFault::Count { wanted, found: source.thresholds.len() }));
    }
    if !source.thresholds.is_sorted_by(|low, high| low < high) {
        return Err(fault(BankFault::NotAscending));
    }
    source.thresholds.iter().map(|threshold| in_range(*threshold, &LOCATIONS).map_err(fault)).collect()
}

fn check_options(source: &ItemDocument) -> Result<OptionId, BankError> {
    let fault = |member: &str, fault| BankError::item(&source.id, member, fault);
    if !(2..=8).contains(&source.options.len()) {
        return Err(fault("options", BankFault::OutOfRange { low: 2, high: 8 }));
    }
    let repeated = |(position, option)| source.options.iter().take(position).any(|earlier| earlier == option);
    if source.options.iter().enumerate().any(repeated) {
        return Err(fault("options", BankFault::Duplicate));
    }
    let right = source.right.clone().ok_or_else(|| fault("right", BankFault::Missing))?;
    if source.options.contains(&right) { Ok(right) } else { Err(fault("right", BankFault::UnknownOption(right))) }
}

fn check_outcomes(source: &ItemDocument, framework: &Framework) -> Result<(), BankError> {
    let fault = |fault| BankError::item(&source.id, "outcomes", fault);
    // A framework that was loaded without its outcomes cannot check them.
    if framework.outcomes().is_empty() {
        return Ok(());
    }
    for (position, id) in source.outcomes.iter().enumerate() {
        if source.outcomes.iter().take(position).any(|earlier| earlier == id) {
            return Err(fault(BankFault::Duplicate));
        }
        match framework.outcomes().get(id) {
            None => return Err(fault(BankFault::UnknownOutcome(id.clone()))),
            Some((competence, _)) if *competence != source.competence => {
                return Err(fault(BankFault::ForeignOutcome { outcome: id.clone(), competence: competence.clone() }));
            }
            Some((_, outcome)) => {
                let broad = framework.broad_level_of(source.level);
                if broad.is_none_or(|broad| broad.id != outcome.level) {
                    return Err(fault(BankFault::OutcomeLevel { outcome: id.clone(), level: outcome.level.clone() }));
                }
            }
        }
    }
    Ok(())
}
