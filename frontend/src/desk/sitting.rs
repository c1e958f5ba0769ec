//! A sitting from its first question to the results in the passport.

use skills_passport_web::core::assessment::{Assessment, Mode};
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{AnswerRequest, Sheet, StartRequest, Turn};
use skills_passport_web::device;
use wasm_bindgen_futures::spawn_local;

use super::{Desk, LateDesk, way};
use crate::host::JOURNAL;
use crate::keeper::Journalled;
use crate::state::{Action, Choices, Deed, Notice, is_whole};
use crate::text::Key;

impl Desk {
    /// Starts with nothing to keep, where that needs no engine; false if it does.
    pub(super) fn start(&self) -> Result<bool, Notice> {
        let choices = self.state.choices(&self.settings);
        let mode = choices.mode;
        let sheet = &self.state.sheet;
        let turn = sheet.start(self.request(sheet, choices)?);
        let starts = turn.is_some();
        if let Some(turn) = turn {
            self.started(mode, turn);
        }
        Ok(starts)
    }

    fn started(&self, mode: Mode, turn: Turn) {
        self.host.emit("start", &[("mode", mode.name().into())]);
        self.tell_progress(&turn);
        self.act(Action::Turn(turn));
    }

    fn tell_progress(&self, turn: &Turn) {
        let progress = [("answered", turn.progress.answered.into()), ("atMost", turn.progress.at_most.into())];
        self.host.emit("progress", &progress);
    }

    fn request(&self, sheet: &Sheet, choices: Choices) -> Result<StartRequest, Notice> {
        let unable = || Notice::error(Key::ErrorOther);
        Ok(StartRequest {
            mode: choices.mode,
            focus: choices.focus,
            language: sheet.language().clone(),
            // Decides which of equally good questions is asked.
            seed: device::random_seed().ok_or_else(unable)?,
            id: device::random_uuid().ok_or_else(unable)?,
            started: device::now().ok_or_else(unable)?,
            assisted: choices.assisted,
        })
    }
}

impl LateDesk {
    /// Looks back at the last answer and, at the end, ahead to more questions, as soon as the next screen is painted.
    pub(super) fn look_around(&self, assessment: &Assessment, ended: bool) {
        let (state, engine, assessment) = (self.state.clone(), self.late.engine.clone(), assessment.clone());
        spawn_local(async move {
            device::breathe().await;
            if let Some(step) = way::look(&engine, &assessment, ended) {
                state.dispatch(Action::Did(Deed::Step(step)));
            }
        });
    }

    /// Starts with the device ready to keep each answer, or with old answers to forget.
    pub(super) async fn start_keeping(&self) -> Result<(), Notice> {
        let choices = self.state.choices(&self.settings);
        let (mode, keep) = (choices.mode, choices.keep);
        let turn = self.late.engine.start(self.request(&self.late.sheet, choices)?)?;
        if let Some(waiting) = self.state.waiting.as_ref().map(|waiting| waiting.setting.id)
            && self.keeper.claim(waiting).await
        {
            self.keeper.forget(waiting).await?;
        }
        // Where the device cannot keep anything, the person can still answer.
        let refused = if keep { self.keep().await.err() } else { None };
        let journalled = self.keeper.journal(&turn.assessment).await;
        self.started(mode, turn);
        journalled?;
        refused.map_or(Ok(()), Err)
    }

    pub(super) async fn answer(&self, response: &Response) -> Result<(), Notice> {
        let Some(Turn { assessment, question: Some(question), .. }) = &self.state.turn else { return Ok(()) };
        if !is_whole(response, question) {
            self.act(Action::Did(Deed::Submit));
            return Ok(());
        }
        let request =
            AnswerRequest { assessment: assessment.clone(), item: question.item.clone(), response: response.clone() };
        self.advance(self.late.engine.answer(request)?).await
    }

    /// Keeps the answers first, then shows what comes next: an answer that was taken is never lost.
    pub(super) async fn advance(&self, mut turn: Turn) -> Result<(), Notice> {
        self.host.remember(JOURNAL, turn.assessment.to_json().ok().as_deref());
        let mut journalled = self.keeper.journal(&turn.assessment).await;
        if journalled == Ok(Journalled::Diverged)
            && let Some(id) = device::random_uuid()
        {
            // Another tab has gone on with the same answers: from here on these are a sitting of their own.
            turn.assessment.setting.id = id;
            self.host.remember(JOURNAL, turn.assessment.to_json().ok().as_deref());
            journalled = self.keeper.journal(&turn.assessment).await;
        }
        self.tell_progress(&turn);
        let finished = turn.ending.is_some().then(|| turn.assessment.clone());
        if finished.is_none() && turn.undone.is_none() {
            self.look_around(&turn.assessment, false);
        }
        self.act(Action::Turn(turn));
        if journalled.is_ok() && self.keeper.take_lost() {
            self.keep_again().await?;
        }
        let finished = match finished {
            Some(assessment) => self.finish(assessment).await,
            None => Ok(()),
        };
        journalled.map_err(|error| self.unkept(error))?;
        finished
    }

    /// Writes everything again, since the browser had erased it.
    pub(super) async fn keep_again(&self) -> Result<(), Notice> {
        if let Some(passport) = &self.state.passport {
            self.keep_passport(passport).await?;
        }
        self.act(Action::Notice(Notice::info(Key::NoticeKeptAgain)));
        Ok(())
    }

    /// Puts the results into the passport.
    pub(super) async fn finish(&self, assessment: Assessment) -> Result<(), Notice> {
        let unable = || Notice::error(Key::ErrorOther);
        let (now, id) = (device::now().ok_or_else(unable)?, device::random_uuid().ok_or_else(unable)?);
        let sitting = assessment.setting.id;
        self.look_around(&assessment, true);
        let engine = &self.late.engine;
        let passport = engine.record(self.state.passport.as_deref(), assessment, now, id)?;
        self.act(Action::Passport(passport.clone()));
        self.host.remember(JOURNAL, None);
        self.host.emit("complete", &[]);
        self.keep_passport(&passport).await?;
        Ok(self.keeper.forget(sitting).await?)
    }
}
