//! Item banks: items, their kinds, parameters, texts, pictures and provenance.
//!
//! Owns the shape of a bank, its validation and the item linter. Does not know how answers are turned into estimates (`measure`) or
//! which item comes next (`assessment`).

mod coverage;
mod document;
mod error;
mod item;
mod kind;
pub mod lint;
mod model;
mod picture;
mod response;
mod texts;

pub use coverage::{CompetenceCoverage, Coverage, LevelCoverage, coverage};
pub use document::{
    BankDocument, BankReference, Calibration, ItemDocument, ItemKindName, ModelDocument, ScaleDocument,
};
pub use error::{BankError, BankFault, BankPlace};
pub use item::Item;
pub use kind::ItemKind;
pub(crate) use kind::model;
pub use picture::{CELL_SEPARATOR, Picture, PictureKind, PicturePart, PictureRole};
pub use response::{Outcome, Response, ResponseFault};
pub use texts::{BankText, ItemText, ScaleText};

use crate::framework::Framework;
use crate::id::{ItemId, Language, ScaleId};
use crate::table::Table;

/// Most items that a bank may have.
pub const MAX_ITEMS: usize = 20_000;
/// Longest text in a picture, characters.
pub const MAX_PICTURE_CHARS: usize = 140;

/// A bank that was checked against its framework: parameters in range, every reference resolved, every text there.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    document: BankDocument,
    items: Vec<Item>,
    positions: Table<ItemId, usize>,
    /// Positions of items that give each other away.
    enemies: Vec<(usize, usize)>,
    texts: Table<Language, BankText>,
    digest: String,
}

impl Bank {
    /// Checks a bank against the framework that results are given in, with the texts of all its items in every language
    /// given.
    ///
    /// `digest` is that of the document, see [`BankDocument::digest`]; a pack carries it.
    ///
    /// A bank written for another framework is translated first, see [`BankDocument::translated`].
    ///
    /// # Errors
    /// The first fault found, with its place.
    pub fn new(
        document: BankDocument,
        digest: String,
        texts: Vec<BankText>,
        framework: &Framework,
    ) -> Result<Self, BankError> {
        let mut bank = Self::without_texts(document, digest, framework)?;
        for text in texts {
            bank.add_language(text, true)?;
        }
        Ok(bank)
    }

    /// Adds the words of a language that has none yet; `whole` says whether every item must have its own.
    pub(crate) fn add_language(&mut self, text: BankText, whole: bool) -> Result<(), BankError> {
        if self.text(&text.language).is_some() {
            let place = BankPlace::Text { language: text.language, item: None, member: "language".to_owned() };
            return Err(BankError { place, fault: BankFault::Duplicate });
        }
        if whole {
            text.check_complete(self)?;
        }
        self.add_texts(text)
    }

    /// The same without words; they may come later and piece by piece, see [`Bank::add_texts`].
    ///
    /// # Errors
    /// The first fault found, with its place.
    pub fn without_texts(mut document: BankDocument, digest: String, framework: &Framework) -> Result<Self, BankError> {
        let whole = |fault| BankError { place: BankPlace::Bank, fault };
        if document.framework != framework.reference() {
            return Err(whole(BankFault::WrongFramework {
                wanted: document.framework.clone(),
                found: framework.reference(),
            }));
        }
        if document.items.is_empty() || document.items.len() > MAX_ITEMS {
            return Err(whole(BankFault::Size { items: document.items.len() }));
        }
        document.model.check().map_err(whole)?;
        model::arrange(&mut document.model, framework).map_err(whole)?;
        if document.scales.values().any(|scale| !(2..=7).contains(&scale.answers)) {
            return Err(whole(BankFault::OutOfRange { low: 2, high: 7 }));
        }
        // A bank that names learning outcomes names them for every item; a translated one, or a browser's, for none.
        if let Some(item) = document.items.iter().find(|item| item.outcomes.is_empty())
            && document.items.iter().any(|item| !item.outcomes.is_empty())
        {
            return Err(BankError::item(&item.id, "outcomes", BankFault::Missing));
        }
        let mut items = Vec::with_capacity(document.items.len());
        let mut positions = Table::new();
        for (position, source) in document.items.iter().enumerate() {
            let item = Item::new(source, &document.scales, framework)?;
            if positions.insert(item.id.clone(), position).is_some() {
                return Err(BankError::item(&item.id, "id", BankFault::Duplicate));
            }
            items.push(item);
        }
        let mut enemies = Vec::new();
        for (position, source) in document.items.iter().enumerate() {
            for enemy in &source.enemies {
                let fault = |fault| BankError::item(&source.id, &format!("enemies/{enemy}"), fault);
                let other = *positions.get(enemy).ok_or_else(|| fault(BankFault::UnknownItem))?;
                if other == position {
                    return Err(fault(BankFault::OwnEnemy));
                }
                enemies.push((position, other));
            }
        }
        Ok(Self { document, items, positions, enemies, texts: Table::new(), digest })
    }

    /// Adds words of one language: of some items, or of all. The first words of a language bring those of the scales.
    /// Adding the same again changes nothing.
    ///
    /// # Errors
    /// The first fault found, with its place; the bank stays as it was.
    pub fn add_texts(&mut self, text: BankText) -> Result<(), BankError> {
        text.check(self)?;
        let language = text.language.clone();
        match self.texts.remove(&language) {
            None => self.texts.insert(language, text),
            Some(mut known) => {
                for (item, words) in text.items {
                    known.items.insert(item, words);
                }
                self.texts.insert(language, known)
            }
        };
        Ok(())
    }

    /// Id, version and digest.
    #[must_use]
    pub fn reference(&self) -> BankReference {
        BankReference {
            id: self.document.id.clone(),
            version: self.document.version.clone(),
            sha256: self.digest.clone(),
        }
    }

    /// The document it was made from.
    #[must_use]
    pub fn document(&self) -> &BankDocument {
        &self.document
    }

    /// The items in order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// An item by id, with its position.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<(usize, &Item)> {
        let position = *self.positions.get(id)?;
        self.items.get(position).map(|item| (position, item))
    }

    /// Positions of the items that are not asked once the one at this position was; the other way round too.
    pub fn enemies_of(&self, position: usize) -> impl Iterator<Item = usize> {
        let other = move |(one, two): &(usize, usize)| match position {
            _ if *one == position => Some(*two),
            _ if *two == position => Some(*one),
            _ => None,
        };
        self.enemies.iter().filter_map(other)
    }

    /// Number of ordered answers of a scale.
    #[must_use]
    pub fn scale(&self, id: &ScaleId) -> Option<&ScaleDocument> {
        self.document.scales.get(id)
    }

    /// The languages that it has texts in.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.texts.keys()
    }

    /// The texts in one language; some items may still be without, see [`Bank::add_texts`].
    #[must_use]
    pub fn text(&self, language: &Language) -> Option<&BankText> {
        self.texts.get(language)
    }

    /// Whether parameters are still the authors' judgement, of some items at least.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.rests_on_judgement(self.items.iter().map(|item| &item.id))
    }

    /// Whether the parameters of one of these items are still the authors' judgement.
    pub(crate) fn rests_on_judgement<'i>(&self, mut items: impl Iterator<Item = &'i ItemId>) -> bool {
        let estimated =
            |position: usize| self.document.items.get(position).is_some_and(|source| source.calibrated_from.is_some());
        self.document.calibration == Calibration::Provisional
            || items.any(|id| !self.positions.get(id).is_some_and(|position| estimated(*position)))
    }
}
