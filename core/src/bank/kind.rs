//! The kinds of items: what each needs of its document, and how answers to it depend on the trait.

use crate::table::Table;

use super::{BankError, BankFault, ItemDocument, ItemKindName, ScaleDocument};
use crate::id::{OptionId, ScaleId};
use crate::measure::ResponseModel;
use crate::units::Thousandths;

/// Discriminations that make sense, thousandths per level.
const SLOPES: std::ops::RangeInclusive<i32> = 50..=5_000;
/// Locations that make sense, thousandths of a level: the scale and a margin.
const LOCATIONS: std::ops::RangeInclusive<i32> = -5_000..=14_000;
/// How unsure a location may be, thousandths of a level.
const LOCATION_SDS: std::ops::RangeInclusive<i32> = 0..=3_000;
/// Most options, or targets, of an item.
const MOST_OPTIONS: usize = 8;
/// Steps of a question with partial credit: to a part of it, and to all of it.
const STEPS: usize = 2;

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
    /// Several right options, as many as the question says; all or nothing.
    Multiple {
        /// The options in order.
        options: Vec<OptionId>,
        /// The right ones, in the same order.
        rights: Vec<OptionId>,
    },
    /// Options to be put in order; partial credit if one neighbouring pair is swapped.
    Ordering {
        /// The options as shown.
        options: Vec<OptionId>,
        /// The right order.
        order: Vec<OptionId>,
    },
    /// Options that each belong to a target; partial credit with one mistake.
    Matching {
        /// The options in order.
        options: Vec<OptionId>,
        /// The targets in order; one may serve several options, or none.
        targets: Vec<OptionId>,
        /// The right target of each option.
        matches: Table<OptionId, OptionId>,
    },
}

impl ItemKind {
    /// The options that need words, in the order shown; none for a self-report.
    #[must_use]
    pub fn options(&self) -> &[OptionId] {
        match self {
            Self::Graded { .. } => &[],
            Self::Choice { options, .. }
            | Self::Multiple { options, .. }
            | Self::Ordering { options, .. }
            | Self::Matching { options, .. } => options,
        }
    }

    /// The targets that need words, in the order shown; none but for a matching.
    #[must_use]
    pub fn targets(&self) -> &[OptionId] {
        match self {
            Self::Matching { targets, .. } => targets,
            _ => &[],
        }
    }

    /// Its name in documents.
    #[must_use]
    pub fn name(&self) -> ItemKindName {
        match self {
            Self::Graded { .. } => ItemKindName::Graded,
            Self::Choice { .. } => ItemKindName::Choice,
            Self::Multiple { .. } => ItemKindName::Multiple,
            Self::Ordering { .. } => ItemKindName::Ordering,
            Self::Matching { .. } => ItemKindName::Matching,
        }
    }
}

/// Checks the members that make up the kind of an item.
pub(super) fn kind(source: &ItemDocument, scales: &Table<ScaleId, ScaleDocument>) -> Result<ItemKind, BankError> {
    let fault = |member: &str, fault| BankError::item(&source.id, member, fault);
    if let Some(member) = unwanted(source) {
        return Err(fault(member, BankFault::Unwanted));
    }
    in_range("slope", source, &[source.slope], &SLOPES)?;
    in_range("locationSd", source, &[source.location_sd], &LOCATION_SDS)?;
    let options = source.options.clone();
    Ok(match source.kind {
        ItemKindName::Graded => {
            let scale = source.scale.clone().ok_or_else(|| fault("scale", BankFault::Missing))?;
            let known = scales.get(&scale);
            let answers = known.ok_or_else(|| fault("scale", BankFault::UnknownScale(scale.clone())))?.answers;
            let wanted = usize::from(answers.saturating_sub(1));
            bounds("thresholds", source, &source.thresholds, wanted)?;
            if !source.thresholds.is_sorted_by(|low, high| low < high) {
                return Err(fault("thresholds", BankFault::NotAscending));
            }
            ItemKind::Graded { scale, answers }
        }
        ItemKindName::Choice => {
            distinct("options", source, &options, 2)?;
            let right = source.right.clone().ok_or_else(|| fault("right", BankFault::Missing))?;
            among("right", source, std::slice::from_ref(&right), &options)?;
            location(source)?;
            ItemKind::Choice { options, right }
        }
        ItemKindName::Multiple => {
            distinct("options", source, &options, 3)?;
            distinct("rights", source, &source.rights, 1)?;
            among("rights", source, &source.rights, &options)?;
            if source.rights.len() >= options.len() {
                return Err(fault("rights", BankFault::AllRight));
            }
            location(source)?;
            let rights = options.iter().filter(|option| source.rights.contains(option)).cloned().collect();
            ItemKind::Multiple { options, rights }
        }
        ItemKindName::Ordering => {
            distinct("options", source, &options, 3)?;
            distinct("order", source, &source.order, 3)?;
            among("order", source, &source.order, &options)?;
            if source.order.len() != options.len() {
                let count = BankFault::Count { wanted: options.len(), found: source.order.len() };
                return Err(fault("order", count));
            }
            bounds("steps", source, &source.steps, STEPS)?;
            ItemKind::Ordering { options, order: source.order.clone() }
        }
        ItemKindName::Matching => {
            distinct("options", source, &options, 2)?;
            distinct("targets", source, &source.targets, 2)?;
            let matched: Vec<OptionId> = source.matches.keys().cloned().collect();
            among("matches", source, &matched, &options)?;
            let reached: Vec<OptionId> = source.matches.values().cloned().collect();
            among("matches", source, &reached, &source.targets)?;
            if matched.len() != options.len() {
                let count = BankFault::Count { wanted: options.len(), found: matched.len() };
                return Err(fault("matches", count));
            }
            bounds("steps", source, &source.steps, STEPS)?;
            ItemKind::Matching { options, targets: source.targets.clone(), matches: source.matches.clone() }
        }
    })
}

/// How answers to a checked item depend on the trait: where it says plus `shift` levels, its location known to a standard
/// deviation of `location_sd` levels.
pub(crate) fn model(source: &ItemDocument, shift: f64, location_sd: f64) -> ResponseModel {
    let slope = source.slope.to_f64();
    let location = source.location.unwrap_or_default().to_f64() + shift;
    let shifted = |bounds: &[Thousandths]| -> Vec<f64> { bounds.iter().map(|bound| bound.to_f64() + shift).collect() };
    let guess = |chosen: usize| 1.0 / combinations(source.options.len(), chosen);
    match source.kind {
        ItemKindName::Graded => ResponseModel::graded(slope, &shifted(&source.thresholds), location_sd),
        ItemKindName::Choice => ResponseModel::logistic(slope, location, guess(1), location_sd),
        ItemKindName::Multiple => ResponseModel::logistic(slope, location, guess(source.rights.len()), location_sd),
        ItemKindName::Ordering | ItemKindName::Matching => {
            ResponseModel::partial_credit(slope, &shifted(&source.steps), location_sd)
        }
    }
}

/// C(n, k): in how many ways k of n can be chosen; at least 1.
fn combinations(n: usize, k: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    (1..=k.min(n)).map(|i| number(n - k.min(n) + i) / number(i)).product::<f64>().max(1.0)
}

/// A member that only items of another kind have.
fn unwanted(source: &ItemDocument) -> Option<&'static str> {
    use ItemKindName::{Choice, Graded, Matching, Multiple, Ordering};
    let members: [(&str, bool, &[ItemKindName]); 10] = [
        ("scale", source.scale.is_some(), &[Graded]),
        ("thresholds", !source.thresholds.is_empty(), &[Graded]),
        ("options", !source.options.is_empty(), &[Choice, Multiple, Ordering, Matching]),
        ("right", source.right.is_some(), &[Choice]),
        ("rights", !source.rights.is_empty(), &[Multiple]),
        ("location", source.location.is_some(), &[Choice, Multiple]),
        ("order", !source.order.is_empty(), &[Ordering]),
        ("targets", !source.targets.is_empty(), &[Matching]),
        ("matches", !source.matches.is_empty(), &[Matching]),
        ("steps", !source.steps.is_empty(), &[Ordering, Matching]),
    ];
    let wrong = |(_, present, kinds): &(&str, bool, &[ItemKindName])| *present && !kinds.contains(&source.kind);
    members.into_iter().find(wrong).map(|(member, _, _)| member)
}

fn in_range(
    member: &str,
    source: &ItemDocument,
    values: &[Thousandths],
    range: &std::ops::RangeInclusive<i32>,
) -> Result<(), BankError> {
    if values.iter().all(|value| range.contains(&value.0)) {
        return Ok(());
    }
    Err(BankError::item(&source.id, member, BankFault::OutOfRange { low: *range.start(), high: *range.end() }))
}

fn location(source: &ItemDocument) -> Result<(), BankError> {
    let location = source.location.ok_or_else(|| BankError::item(&source.id, "location", BankFault::Missing))?;
    in_range("location", source, &[location], &LOCATIONS)
}

/// So many locations.
fn bounds(member: &str, source: &ItemDocument, found: &[Thousandths], wanted: usize) -> Result<(), BankError> {
    if found.len() != wanted {
        return Err(BankError::item(&source.id, member, BankFault::Count { wanted, found: found.len() }));
    }
    in_range(member, source, found, &LOCATIONS)
}

/// At least so many ids, none twice.
fn distinct(member: &str, source: &ItemDocument, ids: &[OptionId], least: usize) -> Result<(), BankError> {
    let fault = |fault| Err(BankError::item(&source.id, member, fault));
    if ids.is_empty() {
        return fault(BankFault::Missing);
    }
    if !(least..=MOST_OPTIONS).contains(&ids.len()) {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        return fault(BankFault::OutOfRange { low: number(least), high: number(MOST_OPTIONS) });
    }
    if ids.iter().enumerate().any(|(position, id)| ids.iter().take(position).any(|earlier| earlier == id)) {
        return fault(BankFault::Duplicate);
    }
    Ok(())
}

/// Every id is one of the known ones.
fn among(member: &str, source: &ItemDocument, ids: &[OptionId], known: &[OptionId]) -> Result<(), BankError> {
    match ids.iter().find(|id| !known.contains(id)) {
        Some(id) => Err(BankError::item(&source.id, member, BankFault::UnknownOption(id.clone()))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_are_those_of_the_textbook() {
        for (n, k, expected) in [(4, 1, 4.0), (5, 2, 10.0), (6, 3, 20.0), (8, 4, 70.0), (4, 4, 1.0), (3, 0, 1.0)] {
            assert!((combinations(n, k) - expected).abs() < 1e-12, "{n} {k}");
        }
    }
}
