//! Carries out what the person does: asks the engine, keeps things on the device, handles files, tells the page.

mod fetching;
pub(crate) mod folder;
mod sitting;
pub(crate) mod way;

use std::cell::Cell;
use std::rc::Rc;

use skills_passport_web::core::bank::Response;
use skills_passport_web::device;
use skills_passport_web::keep::{self, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseReducerHandle};

use crate::host::{Host, JOURNAL, PASSPORT};
use crate::keeper::Keeper;
use crate::sharing::{self, ShareDeed, Sharing};
use crate::speech::{self, Reading};
use crate::state::folder::{Act, Change};
use crate::state::{Action, Deed, Notice, Screen, Settings, Shown, State, Storage, in_language_of, language_of};
use crate::text::{Key, Texts};

/// The state as it was when the screen was drawn, and what deeds need besides.
pub(crate) struct Desk {
    pub(crate) state: UseReducerHandle<State>,
    pub(crate) keeper: Keeper,
    pub(crate) host: Host,
    pub(crate) settings: Settings,
    pub(crate) texts: Texts,
    /// Decides which of equally good questions the next sitting asks; settled early, so that their texts can be fetched.
    pub(crate) seed: Rc<Cell<Option<u32>>>,
}

impl Desk {
    /// Carries out a deed, at once or as soon as the device answers.
    pub(crate) fn carry_out(self: Rc<Self>, deed: Deed) {
        match deed {
            Deed::Language(language) => self.host.choose_language(language),
            Deed::Questions(language) => self.host.choose_questions(language),
            // A browser that cannot print shows nothing; there is nothing to mend here.
            Deed::Print => drop(gloo::utils::window().print()),
            Deed::ShowDisplay(open) => {
                self.act(Action::Did(Deed::ShowDisplay(open)));
                if open {
                    self.fetch_display();
                }
            }
            // To be pointed out at once.
            Deed::Submit if self.state.chosen.is_none() => self.act(Action::Did(Deed::Submit)),
            deed if deed.is_work() => spawn_local(async move {
                if let Err(notice) = self.run(deed).await {
                    self.complain(notice);
                }
            }),
            other => self.act(Action::Did(other)),
        }
    }

    /// Carries out a deed that takes time. The first question needs nothing that comes late; all else waits for it.
    async fn run(self: &Rc<Self>, deed: Deed) -> Result<(), Notice> {
        if deed == Deed::Start && self.state.must_choose(&self.settings) {
            let asked = self.state.screen == Screen::Choose;
            self.act(Action::Did(if asked { Deed::Submit } else { Deed::Show(Screen::Choose) }));
            return Ok(());
        }
        if deed == Deed::Start && self.starts_at_once() {
            return self.start();
        }
        if self.state.late.is_none() {
            self.act(Action::Notice(Notice::info(Key::ComingText)));
        }
        let late = self.late().await?;
        (late.work)(self.clone(), deed).await
    }

    /// Whether nothing has to be done on the device before the first question.
    fn starts_at_once(&self) -> bool {
        self.state.waiting.is_none() && !self.state.choices(&self.settings).keep
    }

    /// Does what the page asks for by a method of the element. What makes no sense on the screen that is shown does nothing.
    pub(crate) async fn asked(self: Rc<Self>, what: &str, argument: JsValue) -> Result<(), Notice> {
        let deed = match (what, &self.state.screen) {
            // Answers that wait are gone on with: a page must not throw them away.
            ("start", Screen::Welcome) if self.state.waiting.is_some() => Deed::GoOn,
            ("start", Screen::Welcome) => Deed::Start,
            ("start", Screen::Pause) => Deed::Show(Screen::Question),
            ("pause", Screen::Question) => Deed::Show(Screen::Pause),
            ("export", _) => Deed::Passport(Act::Save),
            ("import", _) => match argument.dyn_into() {
                Ok(file) => Deed::Passport(Act::Open(file)),
                Err(_) => return Err(Notice::error(Key::ErrorFile)),
            },
            ("share", _) => Deed::AskToShare,
            #[cfg(feature = "test-hooks")]
            #[allow(clippy::panic, reason = "the test is what happens then")]
            ("panic", _) => panic!("as a test wants it"),
            _ => return Ok(()),
        };
        match self.run(deed).await {
            Err(notice) => {
                self.complain(notice.clone());
                Err(notice)
            }
            done => done,
        }
    }

    /// Asks the person what they want to give to the page. Where there is nothing to give, nothing is asked.
    fn ask_to_share(&self) {
        match (device::random_uuid(), device::now()) {
            (Some(id), Some(at)) if self.state.passport.is_some() => {
                let sharing = Sharing { to: self.host.recipient(), id, at, areas: Vec::new(), missing: false };
                self.act(Action::Sharing(Some(sharing)));
            }
            _ => self.host.decided(None),
        }
    }

    /// Gives the page what the person has seen and chosen.
    fn give(&self) {
        let Some(sharing) = self.state.sharing.as_ref() else { return };
        if sharing.areas.is_empty() {
            self.act(Action::Did(Deed::Share(ShareDeed::Give)));
            return;
        }
        let copy = sharing::copy(&self.state.engine, self.state.passport.as_deref().unwrap_or_default(), sharing);
        self.act(Action::Sharing(None));
        self.host.decided(copy.as_deref().ok());
        self.act(Action::Notice(match copy {
            Ok(_) => Notice::info(Key::NoticeShared),
            Err(failure) => failure.into(),
        }));
    }

    /// Goes on with what the element remembers of before the program failed: the answers under way and the passport.
    pub(crate) async fn recover(self: Rc<Self>) -> Result<(), Notice> {
        let late = self.late().await?;
        let assessment = self.host.recall(JOURNAL).and_then(|text| (late.assessment)(&text));
        let turn = assessment.and_then(|assessment| self.state.engine.resume(assessment).ok());
        self.act(Action::Recovered(turn, self.host.recall(PASSPORT)));
        Err(Notice::error(Key::ErrorOther))
    }

    /// Looks at the device for what was kept, when the widget appears.
    pub(crate) fn look(self: Rc<Self>) {
        let failed = self.host.recall(JOURNAL).or(self.host.recall(PASSPORT)).is_some();
        spawn_local(async move {
            // Nothing was asked of the store yet: its absence is only said when it is wanted. On a computer that people share,
            // what is there is somebody else's.
            if self.settings.storage != Storage::Memory
                && keep::exists().await == Ok(true)
                && let Ok(late) = self.late().await
                && let Err(notice) = (late.find)(self.clone()).await
            {
                self.complain(notice);
            }
            if failed
                && let Ok(late) = self.late().await
                && let Err(notice) = (late.recover)(self.clone()).await
            {
                self.complain(notice);
            }
            self.host.emit("ready", &[]);
        });
    }

    /// Looks again, since another tab has changed something.
    pub(crate) fn look_again(self: Rc<Self>) {
        spawn_local(async move {
            if let Err(notice) = self.clone().run(Deed::Passport(Act::Look)).await {
                self.complain(notice);
            }
        });
    }

    /// Falls silent, where something is being read.
    pub(crate) fn hush(&self) {
        if let Some(late) = self.state.late.filter(|_| self.state.reading != Reading::Silent) {
            (late.turn_to)(Reading::Silent);
            self.act(Action::Read);
        }
    }

    pub(crate) fn act(&self, action: Action) {
        self.state.dispatch(action);
    }

    fn complain(&self, notice: Notice) {
        if notice.is_error {
            self.host.emit("error", &[("code", notice.code().into())]);
        }
        self.act(Action::Notice(notice));
    }

    /// Everything that is done on the device, or that needs the answers so far.
    pub(crate) async fn work(self: Rc<Self>, deed: Deed) -> Result<(), Notice> {
        match deed {
            Deed::Passport(act) => self.work_on_passport(act).await,
            Deed::Vault(errand) => {
                let vault = self.vault().await?;
                (vault.work)(self, errand).await
            }
            Deed::Start => self.start_keeping().await,
            Deed::GoOn => {
                let waiting = self.state.waiting.clone().ok_or(Notice::error(Key::ErrorWaiting))?;
                let waiting = in_language_of(&self.state.engine, waiting);
                if !self.keeper.claim(waiting.setting.id).await {
                    return Err(Notice::error(Key::ErrorOtherTab));
                }
                let turn = self.state.engine.resume(waiting).map_err(|_| Notice::error(Key::ErrorWaiting))?;
                let finished = turn.ending.is_some().then(|| turn.assessment.clone());
                self.act(Action::Turn(turn));
                match finished {
                    Some(assessment) => self.finish(assessment).await,
                    None => Ok(()),
                }
            }
            Deed::Submit => match &self.state.chosen {
                Some(response) => self.answer(response).await,
                None => {
                    self.act(Action::Did(Deed::Submit));
                    Ok(())
                }
            },
            Deed::Skip => self.answer(&Response::Skipped).await,
            Deed::Back => {
                let turn = self.state.turn.as_ref().ok_or(Notice::error(Key::ErrorOther))?;
                self.advance(self.state.engine.undo(turn.assessment.clone())?).await
            }
            Deed::Stop => {
                self.act(Action::Did(Deed::Show(Screen::Results(Shown::Current))));
                match self.state.turn.as_ref().map(|turn| &turn.assessment) {
                    Some(assessment) if !assessment.answers.is_empty() => self.finish(assessment.clone()).await,
                    _ => Ok(()),
                }
            }
            Deed::FetchLate if matches!(self.state.screen, Screen::Vault(_)) => self.vault().await.map(drop),
            Deed::FetchLate => {
                self.texts(self.wanted_texts()).await?;
                self.late().await?;
                // The end of the questions waited for it.
                match self.state.turn.as_ref().filter(|_| self.state.screen == Screen::Results(Shown::Current)) {
                    Some(turn) if !turn.assessment.answers.is_empty() => self.finish(turn.assessment.clone()).await,
                    _ => Ok(()),
                }
            }
            Deed::Display(display) => {
                self.act(Action::Did(Deed::Display(display)));
                Ok(self.keeper.display(display).await?)
            }
            Deed::Read(texts, reading) => {
                if texts.is_empty() {
                    speech::turn_to(reading);
                } else if let Some(language) = language_of(&self.state.engine) {
                    let dispatcher = self.state.dispatcher();
                    let done = Callback::from(move |()| dispatcher.dispatch(Action::Read));
                    speech::read(&texts, language.as_str(), done);
                }
                self.act(Action::Did(Deed::Read(Vec::new(), reading)));
                Ok(())
            }
            Deed::Keep => {
                self.keep().await?;
                self.act(Action::Notice(Notice::info(Key::NoticeKept)));
                Ok(())
            }
            Deed::AskToShare => {
                self.ask_to_share();
                Ok(())
            }
            Deed::Share(ShareDeed::Give) => {
                self.give();
                Ok(())
            }
            Deed::Share(ShareDeed::Refuse) => {
                self.act(Action::Sharing(None));
                self.host.decided(None);
                Ok(())
            }
            Deed::Way(act) => self.on_the_way(act).await,
            other => {
                self.act(Action::Did(other));
                Ok(())
            }
        }
    }

    /// Plain words for a store that fails. One that another tab has erased is none any more.
    pub(crate) fn unkept(&self, error: StoreError) -> Notice {
        if error == StoreError::Gone {
            self.act(Action::Keeping(false));
        }
        self.act(Action::Folder(Change::Unkept(true)));
        error.into()
    }

    /// Adds the passport to the one kept. What another tab has added meanwhile comes back.
    pub(crate) async fn keep_passport(&self, passport: &str) -> Result<(), Notice> {
        let kept = self.keeper.passport(passport, &self.late().await?).await;
        match kept.map_err(|error| self.unkept(error))? {
            Some(whole) => {
                self.act(Action::Folder(Change::Unkept(false)));
                if whole != passport {
                    self.act(Action::Passport(whole));
                }
                Ok(())
            }
            None => {
                self.act(Action::Folder(Change::Unkept(true)));
                Err(Notice::error(Key::ErrorKeptPassport))
            }
        }
    }

    /// Begins to keep things on the device: what there is now, and all that comes.
    async fn keep(&self) -> Result<(), Notice> {
        let promised = self.keeper.begin().await?;
        self.act(Action::Folder(Change::Persistent(promised)));
        if let Some(passport) = &self.state.passport {
            self.keep_passport(passport).await?;
        }
        if let Some(turn) = self.state.turn.as_ref().filter(|turn| turn.ending.is_none()) {
            self.keeper.journal(&turn.assessment).await?;
        }
        self.keeper.display(self.state.display).await?;
        self.act(Action::Keeping(true));
        Ok(())
    }
}

impl From<StoreError> for Notice {
    fn from(error: StoreError) -> Self {
        Self::error(match error {
            StoreError::Full => Key::ErrorStoreFull,
            StoreError::Newer => Key::ErrorStoreNewer,
            StoreError::Gone => Key::ErrorStoreGone,
            StoreError::Corrupt => Key::ErrorStoreCorrupt,
            _ => Key::ErrorStore,
        })
    }
}
