//! What the desk does with the passport. Reached through [`Late`](crate::late::Late) only, so that nothing of it weighs on
//! the first screen.

use skills_passport_web::core::credential::KEYS_TYPE;
use skills_passport_web::core::facade::{self, Failure};
use skills_passport_web::core::passport::sealed::{CIPHER, MAX_SEALED_BYTES, TYPE as SEALED};
use skills_passport_web::core::passport::{FILE_ENDING, MEDIA_TYPE};
use skills_passport_web::device;
use skills_passport_web::files::{self, FileError, Saved};
use skills_passport_web::keep::{self, StoreError};
use skills_passport_web::tabs::News;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;

use super::LateDesk;
use crate::host::{JOURNAL, PASSPORT};
use crate::state::folder::{Act, Change, Errand, Incoming, Unreadable};
use crate::state::{Action, Deed, Notice, Screen, in_language_of};
use crate::text::Key;

impl LateDesk {
    /// Reads what was kept, when the widget appears.
    pub(crate) async fn find(self) -> Result<(), Notice> {
        match self.keeper.look().await {
            Ok(true) => self.read_kept().await,
            // Only this is a word to somebody who kept something here; that there is no storage is said when it is wanted.
            Err(StoreError::Newer) => Err(StoreError::Newer.into()),
            Ok(false) | Err(_) => Ok(()),
        }
    }

    /// Carries out an act.
    pub(super) async fn work_on_passport(self, act: Act) -> Result<(), Notice> {
        match act {
            Act::Look => self.read_kept().await,
            Act::Settle => {
                self.settle().await;
                Ok(())
            }
            Act::Open(file) => self.open(file).await,
            Act::TakeIn => self.take_in().await,
            Act::LeaveOut => {
                self.act(Action::CloseNotice);
                self.change(Change::Incoming(None));
                self.change(Change::Sealed(None));
                Ok(())
            }
            Act::Save => self.hand_over(false).await,
            Act::Send => self.hand_over(true).await,
            Act::SaveUnreadable => self.save_unreadable().await,
            Act::Erase => {
                self.host.remember(JOURNAL, None);
                self.host.remember(PASSPORT, None);
                self.keeper.erase().await?;
                self.act(Action::Erased);
                Ok(())
            }
        }
    }

    pub(crate) fn change(&self, change: Change) {
        self.act(Action::Folder(change));
    }

    /// Reads what the device has kept, and adds it to what is here.
    async fn read_kept(&self) -> Result<(), Notice> {
        if !self.keeper.keeps() {
            return Ok(());
        }
        let kept = self.keeper.read(&self.late).await?;
        let engine = &self.late.engine;
        let under_way = self.state.turn.as_ref().map(|turn| turn.assessment.setting.id);
        let others = kept.journals.into_iter().filter(|assessment| Some(assessment.setting.id) != under_way);
        let journals: Vec<_> = others.map(|assessment| in_language_of(&self.late.sheet, assessment)).collect();
        let any = !journals.is_empty();
        let fitting = journals.into_iter().filter(|assessment| engine.resume(assessment.clone()).is_ok());
        let waiting = fitting.max_by(|one, two| one.setting.started.cmp(&two.setting.started));
        let unfit = any && waiting.is_none();
        let own = self.state.passport.as_deref();
        let passport = match (own, kept.passport) {
            // Two that contradict each other both stay as they are.
            (Some(own), Some(kept)) => facade::merge_passports(own, &kept).unwrap_or_else(|_| own.to_owned()),
            (None, Some(kept)) => kept,
            (own, None) => own.map(str::to_owned).unwrap_or_default(),
        };
        let (again, changed) = (self.state.keeping, own.is_some_and(|own| own != passport));
        let passport = Some(passport).filter(|passport| !passport.is_empty());
        self.act(Action::Found { waiting, passport, last_export: kept.last_export });
        if let Some(display) = kept.display {
            self.act(Action::Display(display));
        }
        if let Some(keys) = kept.keys {
            self.change(Change::Keys(Some(keys.into())));
        }
        self.change(Change::Persistent(keep::is_persistent().await));
        self.settle().await;
        if let Some(sitting) = kept.elsewhere {
            self.await_freed(sitting);
        }
        match kept.unreadable {
            Some((text, failure)) => {
                let newer = failure.code == "newer-version";
                self.change(Change::Unreadable(Some(Unreadable { text: text.into(), newer })));
                let key = if newer { Key::ErrorKeptNewer } else { Key::ErrorKeptPassport };
                return if again { Ok(()) } else { Err(Notice::error(key)) };
            }
            None => self.change(Change::Unreadable(None)),
        }
        if unfit && !again {
            return Err(Notice::error(Key::ErrorWaiting));
        }
        if changed {
            self.act(Action::Notice(Notice::info(Key::NoticeOtherTab)));
        }
        Ok(())
    }

    /// Looks again when the tab that goes on with a sitting is closed or dies: it says nothing then.
    fn await_freed(&self, sitting: Uuid) {
        let (keeper, state) = (self.keeper.clone(), self.state.clone());
        spawn_local(async move {
            if keeper.freed(sitting).await {
                state.dispatch(Action::Heard(News::Changed));
            }
        });
    }

    /// Makes the answers under way this tab's own, and listens to the others.
    async fn settle(&self) {
        self.change(Change::CanSend(files::can_share()));
        self.keeper.listen({
            let state = self.state.clone();
            move |news| state.dispatch(Action::Heard(news))
        });
        let turn = self.state.turn.as_ref().filter(|turn| turn.ending.is_none());
        if let Some(turn) = turn {
            // Whoever has no claim still overwrites nothing.
            self.keeper.claim(turn.assessment.setting.id).await;
        }
    }

    /// Reads a file, and shows what it would bring.
    async fn open(self, file: web_sys::File) -> Result<(), Notice> {
        self.change(Change::Incoming(None));
        self.change(Change::Sealed(None));
        let text = read(file, MAX_SEALED_BYTES).await?;
        // What a file says of itself decides who looks into it; what it really is, its reader finds out. Only a passport has
        // records, which may hold any words.
        let says = |what: &str| text.contains(&["\"", what, "\""].concat());
        // One that was cut off has lost its end, where its type stands.
        if (says(SEALED) || says(CIPHER)) && !says("records") {
            self.show_passport();
            self.change(Change::Sealed(Some(text.into())));
            return Ok(());
        }
        if says(KEYS_TYPE) && !says("records") {
            let vault = self.vault().await?;
            return (vault.work)(self, Errand::TakeKeys(text)).await;
        }
        self.look_at(text)
    }

    /// The page may have given a file while another screen is shown.
    fn show_passport(&self) {
        if self.state.screen != Screen::Passport {
            self.act(Action::Did(Deed::Show(Screen::Passport)));
        }
    }

    pub(crate) fn look_at(&self, text: String) -> Result<(), Notice> {
        let preview = facade::preview_merge(self.state.passport.as_deref(), &text)?;
        self.act(Action::CloseNotice);
        self.show_passport();
        self.change(Change::Incoming(Some(Incoming { text: text.into(), preview: preview.into() })));
        Ok(())
    }

    /// Merges what was looked at.
    async fn take_in(&self) -> Result<(), Notice> {
        let Some(incoming) = &self.state.folder.incoming else { return Ok(()) };
        let passport = match &self.state.passport {
            Some(own) => facade::merge_passports(own, &incoming.text)?,
            None => incoming.text.as_ref().to_owned(),
        };
        self.change(Change::Incoming(None));
        self.act(Action::Passport(passport.clone()));
        self.keep_passport(&passport).await?;
        self.act(Action::Notice(Notice::info(Key::NoticeImported)));
        Ok(())
    }

    /// Saves the passport as a file, or hands it to another program.
    async fn hand_over(&self, send: bool) -> Result<(), Notice> {
        let (Some(text), Some(now)) = (&self.state.passport, device::now()) else { return Ok(()) };
        let name = format!("skills-{}{FILE_ENDING}", now.date());
        let saved = hand_over(send, &name, MEDIA_TYPE, text).await?;
        if let Some(key) = saved {
            self.act(Action::Exported(now.clone(), key));
            self.keeper.exported(&now).await?;
        }
        Ok(())
    }

    async fn save_unreadable(&self) -> Result<(), Notice> {
        let Some(unreadable) = &self.state.folder.unreadable else { return Ok(()) };
        let name = format!("skills-kept{FILE_ENDING}");
        if let Some(key) = hand_over(false, &name, MEDIA_TYPE, &unreadable.text).await? {
            self.act(Action::Notice(Notice::info(key)));
        }
        Ok(())
    }
}

/// The text of a file, or plain words why there is none.
async fn read(file: web_sys::File, limit: usize) -> Result<String, Notice> {
    files::read(file, limit).await.map_err(|error| match error {
        FileError::Json(error) => Failure::from(error).into(),
        _ => Notice::error(Key::ErrorFile),
    })
}

/// Hands a text over, and gives the words that say so; none if the person thought better of it.
pub(crate) async fn hand_over(send: bool, name: &str, media_type: &str, text: &str) -> Result<Option<Key>, Notice> {
    let handed =
        if send { files::share(name, media_type, text).await } else { files::save(name, media_type, text).await };
    Ok(match handed.map_err(|_| Notice::error(Key::ErrorFile))? {
        Saved::Chosen => Some(Key::NoticeSaved),
        Saved::Download => Some(Key::NoticeExported),
        Saved::Shared => Some(Key::NoticeSent),
        Saved::Cancelled => None,
    })
}
