//! Keeping documents on the device, once the person has asked for it.
//!
//! One IndexedDB database with texts by key. Nothing is created before [`Store::create`]: looking whether something is
//! kept leaves no trace.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, TransactionMode};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::device::message;

const DATABASE: &str = "skills-passport";
const VERSION: u32 = 1;
const DOCUMENTS: &str = "documents";

/// A store that is absent, blocked, full or broken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the browser could not keep or read data on this device: {0}")]
pub struct StoreError(String);

impl From<idb::Error> for StoreError {
    fn from(_: idb::Error) -> Self {
        // The words of each of its forty faults would cost the download more than they tell.
        Self("IndexedDB refused".to_owned())
    }
}

/// Documents kept on the device.
#[derive(Debug)]
pub struct Store {
    database: Database,
}

impl Store {
    /// The store, if something was kept before.
    ///
    /// # Errors
    /// If storage is blocked or broken.
    pub async fn existing() -> Result<Option<Self>, StoreError> {
        if exists().await? { Self::create().await.map(Some) } else { Ok(None) }
    }

    /// The store, made if need be. Only on the person's word.
    ///
    /// # Errors
    /// If storage is blocked or broken.
    pub async fn create() -> Result<Self, StoreError> {
        let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            // A failure here shows as a failed transaction below.
            if let Ok(database) = event.database() {
                let _ = database.create_object_store(DOCUMENTS, ObjectStoreParams::new());
            }
        });
        let mut database = request.await?;
        // Another tab may want to erase everything: let go rather than block it.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(Self { database })
    }

    /// The text under a key.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(DOCUMENTS)?.get(JsValue::from(key))?.await?;
        Ok(value.and_then(|value| value.as_string()))
    }

    /// All keys that begin with `prefix`.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadOnly)?;
        let keys = transaction.object_store(DOCUMENTS)?.get_all_keys(None::<Query>, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).filter(|key| key.starts_with(prefix)).collect())
    }

    /// Writes a text under a key; done when the device says so.
    ///
    /// # Errors
    /// If it cannot be written: then what was there is still there.
    pub async fn put(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadWrite)?;
        transaction.object_store(DOCUMENTS)?.put(&text.into(), Some(&key.into()))?.await?;
        transaction.commit()?.await?;
        Ok(())
    }

    /// Replaces the text under a key by what `change` makes of it, in one transaction: no other tab comes between.
    /// `None` from `change` leaves it as it was.
    ///
    /// # Errors
    /// If it cannot be read or written: then what was there is still there.
    pub async fn update(
        &self,
        key: &str,
        change: impl FnOnce(Option<String>) -> Option<String>,
    ) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadWrite)?;
        let documents = transaction.object_store(DOCUMENTS)?;
        let before = documents.get(JsValue::from(key))?.await?.and_then(|value| value.as_string());
        if let Some(after) = change(before) {
            documents.put(&after.into(), Some(&key.into()))?.await?;
        }
        transaction.commit()?.await?;
        Ok(())
    }

    /// Erases the text under a key.
    ///
    /// # Errors
    /// If it cannot be erased.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadWrite)?;
        transaction.object_store(DOCUMENTS)?.delete(JsValue::from(key))?.await?;
        transaction.commit()?.await?;
        Ok(())
    }

    /// Erases everything and the database itself; the store is of no use afterwards.
    ///
    /// # Errors
    /// If it cannot be erased.
    pub async fn destroy(&self) -> Result<(), StoreError> {
        self.database.close();
        Factory::new()?.delete(DATABASE)?.await?;
        Ok(())
    }
}

/// Whether the database is there, found out without making it.
///
/// # Errors
/// If storage is absent or blocked.
pub async fn exists() -> Result<bool, StoreError> {
    let failed = |error: JsValue| StoreError(message(&error));
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(failed)?;
    if factory.is_undefined() || factory.is_null() {
        return Err(StoreError("this browser has no storage here".to_owned()));
    }
    let list = js_sys::Reflect::get(&factory, &"databases".into()).map_err(failed)?;
    let Ok(list) = list.dyn_into::<js_sys::Function>() else {
        // A browser that cannot list them: opening may leave an empty database behind, which holds nothing.
        return Ok(true);
    };
    let promise: js_sys::Promise = list.call0(&factory).map_err(failed)?.dyn_into().map_err(failed)?;
    let found = JsFuture::from(promise).await.map_err(failed)?;
    let name = |entry: &JsValue| js_sys::Reflect::get(entry, &"name".into()).ok().and_then(|name| name.as_string());
    Ok(js_sys::Array::from(&found).iter().any(|entry| name(&entry).as_deref() == Some(DATABASE)))
}
