//! What the desk does once there is an engine. Reached through [`Late`](crate::late::Late) only.

use skills_passport_web::core::bank::Response;
use skills_passport_web::device;
use skills_passport_web::keep::StoreError;
use yew::Callback;

use super::LateDesk;
use crate::host::{JOURNAL, PASSPORT};
use crate::sharing::{self, ShareDeed, Sharing};
use crate::speech;
use crate::state::folder::Change;
use crate::state::{Action, Deed, Notice, Screen, Shown, in_language_of};
use crate::text::Key;

impl LateDesk {
    /// Everything that is done on the device, or that needs the answers so far.
    pub(crate) async fn work(self, deed: Deed) -> Result<(), Notice> {
        match deed {
            Deed::Passport(act) => self.work_on_passport(act).await,
            Deed::Vault(errand) => {
                let vault = self.vault().await?;
                (vault.work)(self, errand).await
            }
            Deed::Start => self.start_keeping().await,
            Deed::GoOn => {
                let waiting = self.state.waiting.clone().ok_or(Notice::error(Key::ErrorWaiting))?;
                let waiting = in_language_of(&self.late.sheet, waiting);
                if !self.keeper.claim(waiting.setting.id).await {
                    return Err(Notice::error(Key::ErrorOtherTab));
                }
                let turn = self.late.engine.resume(waiting).map_err(|_| Notice::error(Key::ErrorWaiting))?;
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
                self.advance(self.late.engine.undo(turn.assessment.clone())?).await
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
                } else {
                    let dispatcher = self.state.dispatcher();
                    let done = Callback::from(move |()| dispatcher.dispatch(Action::Read));
                    speech::read(&texts, self.late.sheet.language().as_str(), done);
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
        let kept = self.keeper.passport(passport, &self.late).await;
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
    pub(super) async fn keep(&self) -> Result<(), Notice> {
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
        let copy = sharing::copy(&self.late.engine, self.state.passport.as_deref().unwrap_or_default(), sharing);
        self.act(Action::Sharing(None));
        self.host.decided(copy.as_deref().ok());
        self.act(Action::Notice(match copy {
            Ok(_) => Notice::info(Key::NoticeShared),
            Err(failure) => failure.into(),
        }));
    }

    /// Goes on with what the element remembers of before the program failed: the answers under way and the passport.
    pub(crate) async fn recover(self) -> Result<(), Notice> {
        let assessment = self.host.recall(JOURNAL).and_then(|text| (self.late.assessment)(&text));
        let turn = assessment.and_then(|assessment| self.late.engine.resume(assessment).ok());
        self.act(Action::Recovered(turn, self.host.recall(PASSPORT)));
        Err(Notice::error(Key::ErrorOther))
    }
}
