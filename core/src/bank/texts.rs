//! Wording of items, one document per language.

use crate::table::Table;
use serde::{Deserialize, Serialize};

use super::{Bank, BankError, BankFault, BankPlace, ItemKind};
use crate::framework::Origin;
use crate::id::{ItemId, Language, OptionId, ScaleId};

/// Wording of a bank in one language (`text/<language>/bank.json` with the items of the files beside it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankText {
    /// The language.
    pub language: Language,
    /// Whose words these are.
    pub provenance: Origin,
    /// Rating scales.
    pub scales: Table<ScaleId, ScaleText>,
    /// Items.
    #[serde(default)]
    pub items: Table<ItemId, ItemText>,
}

/// Wording of a rating scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleText {
    /// What the scale asks, for example "How well can you do this today?".
    pub question: String,
    /// Its answers, lowest first.
    pub answers: Vec<String>,
}

/// Wording of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ItemText {
    /// The situation the question is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<String>,
    /// The question, or the statement to rate.
    pub stem: String,
    /// Options of a choice item.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub options: Table<OptionId, String>,
    /// Shown after the assessment: why the right answer is right, or why the skill is useful.
    pub explanation: String,
}

/// Every item and scale has its wording, and there is no wording for anything else.
pub(super) fn check(bank: &Bank, text: &BankText) -> Result<(), BankError> {
    let fault = |item: Option<&ItemId>, member: String, fault| BankError {
        place: BankPlace::Text { language: text.language.clone(), item: item.cloned(), member },
        fault,
    };
    for (id, scale) in &bank.document.scales {
        let member = format!("scales/{id}");
        let labels = text.scales.get(id).ok_or_else(|| fault(None, member.clone(), BankFault::MissingText))?;
        let wanted = usize::from(scale.answers);
        if labels.answers.len() != wanted {
            return Err(fault(None, member, BankFault::Count { wanted, found: labels.answers.len() }));
        }
        if labels.answers.iter().chain([&labels.question]).any(|label| label.trim().is_empty()) {
            return Err(fault(None, member, BankFault::MissingText));
        }
    }
    if let Some(unknown) = text.scales.keys().find(|id| !bank.document.scales.contains_key(id)) {
        return Err(fault(None, format!("scales/{unknown}"), BankFault::UnknownScale(unknown.clone())));
    }
    for item in &bank.items {
        let words = text.items.get(&item.id);
        let words = words.ok_or_else(|| fault(Some(&item.id), String::new(), BankFault::MissingText))?;
        let wanted: &[OptionId] = match &item.kind {
            ItemKind::Choice { options, .. } => options,
            ItemKind::Graded { .. } => &[],
        };
        if let Some(option) = wanted.iter().find(|option| !words.options.contains_key(option)) {
            return Err(fault(Some(&item.id), format!("options/{option}"), BankFault::MissingText));
        }
        if let Some(option) = words.options.keys().find(|option| !wanted.contains(option)) {
            let unknown = BankFault::UnknownOption(option.clone());
            return Err(fault(Some(&item.id), format!("options/{option}"), unknown));
        }
        let parts = [
            ("stem", Some(&words.stem)),
            ("explanation", Some(&words.explanation)),
            ("situation", words.situation.as_ref()),
        ];
        let blank = |part: &str| part.trim().is_empty();
        if let Some((member, _)) = parts.iter().find(|(_, part)| part.is_some_and(|part| blank(part))) {
            return Err(fault(Some(&item.id), (*member).to_owned(), BankFault::MissingText));
        }
        if let Some((option, _)) = words.options.iter().find(|(_, option)| blank(option)) {
            return Err(fault(Some(&item.id), format!("options/{option}"), BankFault::MissingText));
        }
    }
    match text.items.keys().find(|id| bank.item(id).is_none()) {
        Some(id) => Err(fault(Some(id), String::new(), BankFault::UnknownItem)),
        None => Ok(()),
    }
}
