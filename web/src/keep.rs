//! Keeping documents on the device, once the person has asked for it.
//!
//! One IndexedDB database with texts by key. Nothing is created before [`Store::create`]: looking whether something is
//! kept leaves no trace.

use std::cell::Cell;
use std::rc::Rc;

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, Transaction, TransactionMode};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const DATABASE: &str = "skills-passport";
const VERSION: u32 = 1;
const DOCUMENTS: &str = "documents";

/// Why the device does not keep or give something. What was kept is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The browser has no storage here, or does not allow it: private windows, blocked site data, sandboxed frames.
    #[error("the browser keeps no data here: storage is absent or blocked")]
    Blocked,
    /// No room is left.
    #[error("the device has no room left for data of this page")]
    Full,
    /// A newer version of this page has kept things in a form of its own.
    #[error("what is kept was written by a newer version")]
    Newer,
    /// What was kept went away while the page was open: the browser or its user has cleared it.
    #[error("what was kept has been erased while the page was open")]
    Gone,
    /// What stands there is not what was written.
    #[error("what is kept cannot be read")]
    Corrupt,
    /// The browser refuses for a reason of its own.
    #[error("the browser could not keep or read data on this device")]
    Refused,
}

impl StoreError {
    /// The fault that a `DOMException` of this name stands for, when a database that is open is used.
    fn named(name: &str) -> Self {
        match name {
            "SecurityError" | "NotAllowedError" => Self::Blocked,
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            "InvalidStateError" => Self::Gone,
            // No object store of ours: somebody else's database under our name.
            "NotFoundError" => Self::Corrupt,
            _ => Self::Refused,
        }
    }

    fn of(error: &JsValue) -> Self {
        let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
        Self::named(&name.unwrap_or_default())
    }

    /// The same when it was opened: a state in which nothing can be opened is no storage.
    fn on_opening(self) -> Self {
        match self {
            Self::Gone | Self::Corrupt => Self::Blocked,
            other => other,
        }
    }
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        use idb::Error::{
            DeleteFailed, DomException, GetAllKeysFailed, GetFailed, IndexedDbDeleteFailed, IndexedDbNotFound,
            IndexedDbOpenFailed, ObjectStoreNotFound, TransactionCommitError, TransactionOpenFailed, UpdateFailed,
        };
        match error {
            DomException(error) => Self::of(&error),
            IndexedDbNotFound(_) => Self::Blocked,
            IndexedDbOpenFailed(error) => Self::of(&error).on_opening(),
            DeleteFailed(error)
            | GetAllKeysFailed(error)
            | GetFailed(error)
            | IndexedDbDeleteFailed(error)
            | ObjectStoreNotFound(error)
            | TransactionCommitError(error)
            | TransactionOpenFailed(error)
            | UpdateFailed(error) => Self::of(&error),
            _ => Self::Refused,
        }
    }
}

/// Documents kept on the device.
#[derive(Debug)]
pub struct Store {
    database: Database,
    /// Whether it was let go because another tab erases everything.
    released: Rc<Cell<bool>>,
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
        let released = Rc::new(Cell::new(false));
        database.on_version_change({
            let released = released.clone();
            move |event| {
                released.set(true);
                if let Ok(database) = event.database() {
                    database.close();
                }
            }
        });
        Ok(Self { database, released })
    }

    /// Whether it was let go because another tab erases everything: on the person's word, so nothing may be written again.
    #[must_use]
    pub fn is_released(&self) -> bool {
        self.released.get()
    }

    /// The text under a key.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadOnly)?;
        text_of(transaction.object_store(DOCUMENTS)?.get(JsValue::from(key))?.await?)
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
        done(transaction).await
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
        let before = text_of(documents.get(JsValue::from(key))?.await?)?;
        if let Some(after) = change(before) {
            documents.put(&after.into(), Some(&key.into()))?.await?;
        }
        done(transaction).await
    }

    /// Erases the text under a key.
    ///
    /// # Errors
    /// If it cannot be erased.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[DOCUMENTS], TransactionMode::ReadWrite)?;
        transaction.object_store(DOCUMENTS)?.delete(JsValue::from(key))?.await?;
        done(transaction).await
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

/// Commits, and waits until the device has it. A transaction that was taken back is no success: a device without room
/// says so only here.
async fn done(transaction: Transaction) -> Result<(), StoreError> {
    let inner: web_sys::IdbTransaction = transaction.into();
    if Transaction::from(inner.clone()).commit()?.await?.is_committed() {
        return Ok(());
    }
    Err(inner.error().map_or(StoreError::Refused, |error| match StoreError::of(&error) {
        // What aborts a transaction under way is the loss of what it works on.
        StoreError::Refused => StoreError::Gone,
        other => other,
    }))
}

/// What is kept is text; anything else was not written by us, and is left alone.
fn text_of(value: Option<JsValue>) -> Result<Option<String>, StoreError> {
    value.map(|value| value.as_string().ok_or(StoreError::Corrupt)).transpose()
}

/// Whether the database is there, found out without making it.
///
/// # Errors
/// If storage is absent or blocked.
pub async fn exists() -> Result<bool, StoreError> {
    let failed = |_: JsValue| StoreError::Blocked;
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(failed)?;
    if factory.is_undefined() || factory.is_null() {
        return Err(StoreError::Blocked);
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

/// Whether the browser promises to keep what is kept here even when the device runs out of room.
pub async fn is_persistent() -> bool {
    storage_says("persisted").await
}

/// Asks the browser to promise it. Only on the person's word: some browsers ask them.
pub async fn ask_to_persist() -> bool {
    storage_says("persist").await
}

/// Where the browser has no such question, the answer is no.
async fn storage_says(method: &str) -> bool {
    let ask = || -> Option<js_sys::Promise> {
        let window = web_sys::window()?;
        let navigator = js_sys::Reflect::get(&window, &"navigator".into()).ok()?;
        let storage = js_sys::Reflect::get(&navigator, &"storage".into()).ok()?;
        let ask: js_sys::Function = js_sys::Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
        ask.call0(&storage).ok()?.dyn_into().ok()
    };
    match ask() {
        Some(answer) => JsFuture::from(answer).await.is_ok_and(|answer| answer.is_truthy()),
        None => false,
    }
}
