//! Keeps the passport and the answers under way on the device, if the person wants that.
//!
//! Each sitting has a journal of its own, so that two tabs or two widgets never overwrite each other's answers.

use std::cell::RefCell;
use std::rc::Rc;

use skills_passport_web::core::assessment::Assessment;
use skills_passport_web::core::units::Timestamp;
use skills_passport_web::keep::{Store, StoreError};
use uuid::Uuid;

use crate::late::Late;

const PASSPORT: &str = "passport";
const EXPORTED: &str = "exported";
const JOURNAL: &str = "journal/";

/// What the device had kept.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) passport: Option<String>,
    pub(crate) last_export: Option<Timestamp>,
    /// Unfinished sittings.
    pub(crate) journals: Vec<Assessment>,
    /// Whether something was there that could not be read; it was left as it is.
    pub(crate) damaged: bool,
}

/// The device's store, once it is wanted.
#[derive(Clone, Default)]
pub(crate) struct Keeper(Rc<RefCell<Option<Rc<Store>>>>);

impl PartialEq for Keeper {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Keeper {
    fn store(&self) -> Option<Rc<Store>> {
        self.0.borrow().clone()
    }

    /// Looks whether something is kept, without leaving a trace if not.
    pub(crate) async fn look(&self) -> Result<bool, StoreError> {
        let store = Store::existing().await?.map(Rc::new);
        let there = store.is_some();
        *self.0.borrow_mut() = store;
        Ok(there)
    }

    /// Reads what is kept.
    pub(crate) async fn read(&self, late: &Late) -> Result<Kept, StoreError> {
        let mut kept = Kept::default();
        let Some(store) = self.store() else { return Ok(kept) };
        if let Some(text) = store.get(PASSPORT).await? {
            match (late.open)(&text) {
                Ok(_) => kept.passport = Some(text),
                Err(_) => kept.damaged = true,
            }
        }
        kept.last_export = store.get(EXPORTED).await?.and_then(|text| text.parse().ok());
        for key in store.keys(JOURNAL).await? {
            let text = store.get(&key).await?;
            kept.journals.extend(text.and_then(|text| (late.assessment)(&text)));
        }
        Ok(kept)
    }

    /// Begins to keep things.
    pub(crate) async fn begin(&self) -> Result<(), StoreError> {
        if self.store().is_none() {
            let store = Store::create().await?;
            *self.0.borrow_mut() = Some(Rc::new(store));
        }
        Ok(())
    }

    /// Writes the answers so far; done when the device has them. Does nothing where nothing is kept.
    pub(crate) async fn journal(&self, assessment: &Assessment) -> Result<(), StoreError> {
        let Some(store) = self.store() else { return Ok(()) };
        let Ok(text) = assessment.to_json() else { return Ok(()) };
        store.put(&journal_key(assessment.setting.id), &text).await
    }

    /// Forgets a sitting's answers under way.
    pub(crate) async fn forget(&self, sitting: Uuid) -> Result<(), StoreError> {
        match self.store() {
            Some(store) => store.delete(&journal_key(sitting)).await,
            None => Ok(()),
        }
    }

    /// Adds a passport to the one kept. One that cannot be read is left as it is; then the answer is false.
    pub(crate) async fn passport(&self, text: &str, late: &Late) -> Result<bool, StoreError> {
        let Some(store) = self.store() else { return Ok(true) };
        let mut added = true;
        store
            .update(PASSPORT, |kept| {
                let merged = match kept {
                    None => Some(text.to_owned()),
                    Some(kept) => (late.merge)(&kept, text).ok(),
                };
                added = merged.is_some();
                merged
            })
            .await?;
        Ok(added)
    }

    /// Remembers when the passport was last saved as a file.
    pub(crate) async fn exported(&self, at: &Timestamp) -> Result<(), StoreError> {
        match self.store() {
            Some(store) => store.put(EXPORTED, at.as_str()).await,
            None => Ok(()),
        }
    }

    /// Erases everything on the device.
    pub(crate) async fn erase(&self) -> Result<(), StoreError> {
        let taken = self.0.borrow_mut().take();
        match taken {
            Some(store) => store.destroy().await,
            None => Ok(()),
        }
    }
}

fn journal_key(sitting: Uuid) -> String {
    format!("{JOURNAL}{sitting}")
}
