//! Keeps the passport and the answers under way on the device, if the person wants that.
//!
//! Each sitting has a journal of its own, and nothing is written over what this widget has not seen: two tabs or two
//! widgets never overwrite each other's answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use skills_passport_web::core::assessment::Assessment;
use skills_passport_web::core::facade::Failure;
use skills_passport_web::core::units::Timestamp;
use skills_passport_web::keep::{self, Store, StoreError};
use skills_passport_web::tabs::{self, Channel, Held, News};
use uuid::Uuid;

use crate::display::Display;
use crate::late::Late;

const PASSPORT: &str = "passport";
const EXPORTED: &str = "exported";
const KEYS: &str = "keys";
const DISPLAY: &str = "display";
const JOURNAL: &str = "journal/";

/// What the device had kept.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) passport: Option<String>,
    /// Secret keys, as the text of their file.
    pub(crate) keys: Option<String>,
    pub(crate) last_export: Option<Timestamp>,
    /// How things are to be shown.
    pub(crate) display: Option<Display>,
    /// Unfinished sittings that no other tab goes on with.
    pub(crate) journals: Vec<Assessment>,
    /// A sitting that another tab goes on with.
    pub(crate) elsewhere: Option<Uuid>,
    /// A passport that could not be read, and why; it was left as it is.
    pub(crate) unreadable: Option<(String, Failure)>,
}

/// What became of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Journalled {
    /// The device has them, or nothing is to be kept.
    Kept,
    /// The device has other answers of this sitting, written by another tab; they were left as they are.
    Diverged,
}

#[derive(Default)]
struct Inner {
    store: RefCell<Option<Rc<Store>>>,
    /// The journals as this widget has last read or written them.
    seen: RefCell<Vec<(Uuid, String)>>,
    /// Whether the device had lost everything, and keeps again.
    lost: Cell<bool>,
    channel: RefCell<Option<Channel>>,
    /// The sitting that this widget goes on with: no other tab does meanwhile.
    held: RefCell<Option<(Uuid, Held)>>,
    /// Whether it waits for another tab to let go of a sitting.
    waits: Cell<bool>,
}

/// The device's store, once it is wanted.
#[derive(Clone, Default)]
pub(crate) struct Keeper(Rc<Inner>);

impl PartialEq for Keeper {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Keeper {
    /// The store, if things are kept. One that was let go because another tab erases everything is none any more.
    fn store(&self) -> Result<Option<Rc<Store>>, StoreError> {
        let store = self.0.store.borrow().clone();
        match store {
            Some(store) if store.is_released() => {
                self.let_go();
                Err(StoreError::Gone)
            }
            store => Ok(store),
        }
    }

    /// Whether things are kept.
    pub(crate) fn keeps(&self) -> bool {
        self.0.store.borrow().as_ref().is_some_and(|store| !store.is_released())
    }

    /// Keeps nothing any more; what is on the device stays there.
    pub(crate) fn let_go(&self) {
        drop(self.0.store.take());
        drop(self.0.held.take());
        self.0.seen.take();
    }

    /// Looks whether something is kept, without leaving a trace if not.
    pub(crate) async fn look(&self) -> Result<bool, StoreError> {
        let store = Store::existing().await?.map(Rc::new);
        let there = store.is_some();
        self.0.store.replace(store);
        Ok(there)
    }

    /// Reads what is kept.
    pub(crate) async fn read(&self, late: &Late) -> Result<Kept, StoreError> {
        let mut kept = Kept::default();
        let Some(store) = self.store()? else { return Ok(kept) };
        let mut finished = Vec::new();
        if let Some(text) = store.get(PASSPORT).await? {
            match (late.open)(&text) {
                Ok(summary) => {
                    finished = summary.assessments.into_iter().map(|record| record.id).collect();
                    kept.passport = Some(text);
                }
                Err(failure) => kept.unreadable = Some((text, failure)),
            }
        }
        kept.keys = store.get(KEYS).await?;
        kept.last_export = store.get(EXPORTED).await?.and_then(|text| text.parse().ok());
        kept.display = store.get(DISPLAY).await?.map(|text| Display::from_kept(&text));
        let claimed = tabs::claimed().await;
        for key in store.keys(JOURNAL).await? {
            let Some(text) = store.get(&key).await? else { continue };
            let Some(assessment) = (late.assessment)(&text) else { continue };
            let id = assessment.setting.id;
            if finished.contains(&id) {
                // The tab went away between writing the results and forgetting the journal.
                store.delete(&key).await?;
            } else if !claimed.contains(&id.to_string()) {
                self.saw(id, text);
                kept.journals.push(assessment);
            } else if !self.holds(id) {
                kept.elsewhere = Some(id);
            }
        }
        Ok(kept)
    }

    /// Begins to keep things, and asks the browser to keep them when room is short; whether it promises that.
    pub(crate) async fn begin(&self) -> Result<bool, StoreError> {
        if !self.keeps() {
            let store = Store::create().await?;
            self.0.store.replace(Some(Rc::new(store)));
        }
        Ok(keep::ask_to_persist().await)
    }

    /// Writes the answers so far; done when the device has them. Does nothing where nothing is kept.
    pub(crate) async fn journal(&self, assessment: &Assessment) -> Result<Journalled, StoreError> {
        let id = assessment.setting.id;
        let Ok(text) = assessment.to_json() else { return Ok(Journalled::Kept) };
        let seen = self.0.seen.borrow().iter().find(|(sitting, _)| *sitting == id).map(|(_, text)| text.clone());
        let diverged = Cell::new(false);
        self.change(&journal_key(id), &|kept| {
            diverged.set(kept.is_some_and(|kept| seen.as_deref() != Some(kept) && kept != text));
            (!diverged.get()).then(|| text.clone())
        })
        .await?;
        if diverged.get() {
            return Ok(Journalled::Diverged);
        }
        self.saw(id, text);
        Ok(Journalled::Kept)
    }

    fn saw(&self, sitting: Uuid, text: String) {
        let mut seen = self.0.seen.borrow_mut();
        seen.retain(|(id, _)| *id != sitting);
        seen.push((sitting, text));
    }

    /// Replaces what is under a key in one transaction. Where the device has lost everything meanwhile, it begins again.
    async fn change(&self, key: &str, change: &dyn Fn(Option<&str>) -> Option<String>) -> Result<(), StoreError> {
        let Some(store) = self.store()? else { return Ok(()) };
        match store.update(key, |kept| change(kept.as_deref())).await {
            Err(StoreError::Gone) if !store.is_released() => {
                let store = Rc::new(Store::create().await?);
                self.0.store.replace(Some(store.clone()));
                self.0.lost.set(true);
                store.update(key, |kept| change(kept.as_deref())).await
            }
            other => other,
        }
    }

    /// Whether the device had lost everything since this was asked last: then the rest has to be written again.
    pub(crate) fn take_lost(&self) -> bool {
        self.0.lost.take()
    }

    /// Forgets a sitting's answers under way.
    pub(crate) async fn forget(&self, sitting: Uuid) -> Result<(), StoreError> {
        if self.0.held.borrow().as_ref().is_some_and(|(held, _)| *held == sitting) {
            drop(self.0.held.take());
        }
        match self.store()? {
            Some(store) => store.delete(&journal_key(sitting)).await,
            None => Ok(()),
        }
    }

    /// Adds a passport to the one kept, and gives the whole. None if the one kept cannot be read: it is left as it is.
    pub(crate) async fn passport(&self, text: &str, late: &Late) -> Result<Option<String>, StoreError> {
        let whole = RefCell::new(Some(text.to_owned()));
        self.change(PASSPORT, &|kept| {
            let merged = match kept {
                None => Some(text.to_owned()),
                Some(kept) => (late.merge)(kept, text).ok(),
            };
            whole.replace(merged.clone());
            merged.filter(|merged| Some(merged.as_str()) != kept)
        })
        .await?;
        self.say(News::Changed);
        Ok(whole.into_inner())
    }

    /// Keeps secret keys: what `together` makes of the key file that is kept.
    pub(crate) async fn keys(&self, together: &dyn Fn(Option<&str>) -> Option<String>) -> Result<(), StoreError> {
        self.change(KEYS, together).await?;
        self.say(News::Changed);
        Ok(())
    }

    /// Remembers how things are to be shown.
    pub(crate) async fn display(&self, display: Display) -> Result<(), StoreError> {
        self.change(DISPLAY, &|_| Some(display.kept())).await
    }

    /// Remembers when the passport was last saved as a file.
    pub(crate) async fn exported(&self, at: &Timestamp) -> Result<(), StoreError> {
        self.change(EXPORTED, &|_| Some(at.as_str().to_owned())).await?;
        self.say(News::Changed);
        Ok(())
    }

    /// Erases everything on the device.
    pub(crate) async fn erase(&self) -> Result<(), StoreError> {
        let store = self.0.store.borrow().clone();
        if let Some(store) = store {
            self.say(News::Erased);
            store.destroy().await?;
        }
        self.let_go();
        Ok(())
    }

    /// Listens to other tabs from now on, where things are kept.
    pub(crate) fn listen(&self, heard: impl FnMut(News) + 'static) {
        if self.keeps() && self.0.channel.borrow().is_none() {
            self.0.channel.replace(Channel::open(heard));
        }
    }

    fn say(&self, news: News) {
        if let Some(channel) = self.0.channel.borrow().as_ref() {
            channel.say(news);
        }
    }

    /// Makes a sitting this widget's own; false if another tab goes on with it. Where nothing is kept, nobody else can.
    pub(crate) async fn claim(&self, sitting: Uuid) -> bool {
        if self.holds(sitting) || !self.keeps() {
            return true;
        }
        let claim = tabs::claim(&sitting.to_string()).await;
        let ours = claim.is_some();
        if let Some(claim) = claim {
            self.0.held.replace(Some((sitting, claim)));
            self.say(News::Changed);
        }
        ours
    }

    fn holds(&self, sitting: Uuid) -> bool {
        self.0.held.borrow().as_ref().is_some_and(|(held, _)| *held == sitting)
    }

    /// Waits until no tab goes on with a sitting any more; true for one who waits at a time.
    pub(crate) async fn freed(&self, sitting: Uuid) -> bool {
        if self.0.waits.replace(true) {
            return false;
        }
        let freed = tabs::freed(&sitting.to_string()).await;
        self.0.waits.set(false);
        freed
    }
}

fn journal_key(sitting: Uuid) -> String {
    format!("{JOURNAL}{sitting}")
}
