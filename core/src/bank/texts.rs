//! Wording of items, one document per language.

use crate::table::Table;
use serde::{Deserialize, Serialize};

use super::{Bank, BankError, BankFault, BankPlace, Item, Picture};
use crate::framework::Origin;
use crate::id::{ItemId, Language, OptionId, ScaleId};

/// Wording of a bank in one language (`text/<language>/bank.json` with the items of the files beside it), or a part of it:
/// of some items only, and without the scales where they are known already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankText {
    /// The language.
    pub language: Language,
    /// Whose words these are.
    pub provenance: Origin,
    /// Rating scales.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
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
    /// A mock-up that the question is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Options, of every kind but self-reports.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub options: Table<OptionId, String>,
    /// Targets of a matching.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub targets: Table<OptionId, String>,
    /// Shown after the assessment: why the right answer is right, or why the skill is useful.
    pub explanation: String,
}

impl BankText {
    fn fault(&self, item: Option<&ItemId>, member: &str, fault: BankFault) -> BankError {
        let place = BankPlace::Text { language: self.language.clone(), item: item.cloned(), member: member.to_owned() };
        BankError { place, fault }
    }

    /// The first item of the bank that has no words here.
    pub(super) fn check_complete(&self, bank: &Bank) -> Result<(), BankError> {
        match bank.items.iter().find(|item| !self.items.contains_key(&item.id)) {
            Some(item) => Err(self.fault(Some(&item.id), "", BankFault::MissingText)),
            None => Ok(()),
        }
    }

    /// Words for scales and items of the bank, for each of them whole, and for nothing else; the scales may be left out
    /// where the bank has them in this language.
    pub(super) fn check(&self, bank: &Bank) -> Result<(), BankError> {
        let known = bank.text(&self.language);
        match known {
            Some(known) if self.scales.is_empty() || self.scales == known.scales => {}
            Some(_) => return Err(self.fault(None, "scales", BankFault::OtherText)),
            None => self.check_scales(bank)?,
        }
        for (id, words) in &self.items {
            let Some((_, item)) = bank.item(id) else {
                return Err(self.fault(Some(id), "", BankFault::UnknownItem));
            };
            if known.and_then(|known| known.items.get(id)).is_some_and(|known| known != words) {
                return Err(self.fault(Some(id), "", BankFault::OtherText));
            }
            let checked = words.check(item).and_then(|()| words.check_picture(id, bank));
            checked.map_err(|(member, fault)| self.fault(Some(id), &member, fault))?;
        }
        Ok(())
    }

    fn check_scales(&self, bank: &Bank) -> Result<(), BankError> {
        for (id, scale) in &bank.document.scales {
            let member = format!("scales/{id}");
            let labels = self.scales.get(id).ok_or_else(|| self.fault(None, &member, BankFault::MissingText))?;
            let wanted = usize::from(scale.answers);
            if labels.answers.len() != wanted {
                return Err(self.fault(None, &member, BankFault::Count { wanted, found: labels.answers.len() }));
            }
            if labels.answers.iter().chain([&labels.question]).any(|label| is_blank(label)) {
                return Err(self.fault(None, &member, BankFault::MissingText));
            }
        }
        match self.scales.keys().find(|id| !bank.document.scales.contains_key(id)) {
            Some(unknown) => {
                Err(self.fault(None, &format!("scales/{unknown}"), BankFault::UnknownScale(unknown.clone())))
            }
            None => Ok(()),
        }
    }
}

impl ItemText {
    /// Every part that the item needs is there and says something, and there is no other.
    fn check(&self, item: &Item) -> Result<(), (String, BankFault)> {
        let labels = [("options", item.kind.options(), &self.options), ("targets", item.kind.targets(), &self.targets)];
        for (member, wanted, found) in labels {
            if let Some(id) = wanted.iter().find(|id| found.get(id).is_none_or(|label| is_blank(label))) {
                return Err((format!("{member}/{id}"), BankFault::MissingText));
            }
            if let Some(id) = found.keys().find(|id| !wanted.contains(id)) {
                return Err((format!("{member}/{id}"), BankFault::UnknownOption(id.clone())));
            }
        }
        let parts = [
            ("stem", Some(&self.stem)),
            ("explanation", Some(&self.explanation)),
            ("situation", self.situation.as_ref()),
        ];
        match parts.iter().find(|(_, part)| part.is_some_and(|part| is_blank(part))) {
            Some((member, _)) => Err(((*member).to_owned(), BankFault::MissingText)),
            None => Ok(()),
        }
    }

    /// The picture is sound, and the same as in the languages that are there already.
    fn check_picture(&self, item: &ItemId, bank: &Bank) -> Result<(), (String, BankFault)> {
        if let Some(picture) = &self.picture {
            picture.check().map_err(|(part, fault)| (format!("picture/parts/{part}"), fault))?;
        }
        for (language, text) in &bank.texts {
            let same = text.items.get(item).is_none_or(|other| match (&self.picture, &other.picture) {
                (Some(one), Some(two)) => one.matches(two),
                (one, two) => one.is_none() && two.is_none(),
            });
            if !same {
                return Err(("picture".to_owned(), BankFault::PictureDiffers(language.clone())));
            }
        }
        Ok(())
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
