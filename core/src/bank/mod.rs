//! Item banks: items, their kinds, parameters, texts and provenance.
//!
//! Owns the shape of a bank and its validation. Does not know how answers are turned into estimates (`measure`) or
//! which item comes next (`assessment`).

mod document;
mod error;
mod item;
mod model;
mod texts;

pub use document::{
    BankDocument, BankReference, Calibration, ItemDocument, ItemKindName, ModelDocument, ScaleDocument,
};
pub use error::{BankError, BankFault, BankPlace};
pub use item::{Item, ItemKind, Outcome, Response, ResponseFault};
pub use texts::{BankText, ItemText, ScaleText};

use crate::framework::Framework;
use crate::id::{ItemId, Language, ScaleId};
use crate::table::Table;

/// Most items that a bank may have.
pub const MAX_ITEMS: usize = 20_000;

/// A bank that was checked against its framework: parameters in range, every reference resolved, every text there.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    document: BankDocument,
    items: Vec<Item>,
    positions: Table<ItemId, usize>,
    texts: Table<Language, BankText>,
    digest: String,
}

impl Bank {
    /// Checks a bank against the framework that results are given in.
    ///
    /// `digest` is that of the document, see [`BankDocument::digest`]; a pack carries it.
    ///
    /// A bank written for another framework is translated first, see [`BankDocument::translated`].
    ///
    /// # Errors
    /// The first fault found, with its place.
    pub fn new(
        mut document: BankDocument,
        digest: String,
        texts: Vec<BankText>,
        framework: &Framework,
    ) -> Result<Self, BankError> {
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
        let mut bank = Self { document, items, positions, texts: Table::new(), digest };
        for text in texts {
            texts::check(&bank, &text)?;
            if bank.text(&text.language).is_some() {
                let place = BankPlace::Text { language: text.language, item: None, member: "language".to_owned() };
                return Err(BankError { place, fault: BankFault::Duplicate });
            }
            bank.texts.insert(text.language.clone(), text);
        }
        Ok(bank)
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

    /// Number of ordered answers of a scale.
    #[must_use]
    pub fn scale(&self, id: &ScaleId) -> Option<&ScaleDocument> {
        self.document.scales.get(id)
    }

    /// The languages that it has texts in.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.texts.keys()
    }

    /// The texts in one language.
    #[must_use]
    pub fn text(&self, language: &Language) -> Option<&BankText> {
        self.texts.get(language)
    }

    /// Whether the parameters are still the authors' judgement.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.document.calibration == Calibration::Provisional
    }
}
