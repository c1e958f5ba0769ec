//! What is fetched after the first screen, and when.

use std::cell::RefCell;
use std::rc::Rc;

use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{AnswerRequest, Sheet, Turn};
use skills_passport_web::core::framework::scheme_file_name;
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::device;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{Desk, LateDesk, way};
use crate::ahead::ahead;
use crate::display::easy_tag;
use crate::late::{self, Late};
use crate::state::folder::Act;
use crate::state::{Action, Deed, Notice};
use crate::text::{Key, OtherVersion, Texts};
use crate::vault::{self, Vault};

/// The last time that the engine of another sheet was asked for.
pub(crate) struct Attempt {
    sheet: Rc<Sheet>,
    has_failed: bool,
}

impl Desk {
    /// Fetches what comes late while the person reads. A failure is only said where it is needed.
    pub(crate) fn fetch_late(self: Rc<Self>) {
        spawn_local(async move {
            if let Ok(desk) = self.late().await {
                drop((desk.late.fetch)(desk.clone()).await);
            }
        });
    }

    /// Fetches the engine of the sheet that is to take the place of the one shown, unless it is on its way already. Where it
    /// fails again, that is not said again.
    pub(crate) fn fetch_coming(self: Rc<Self>, attempt: Rc<RefCell<Option<Attempt>>>) {
        let (Some(sheet), Some(late)) = (self.state.coming.clone(), self.state.late.clone()) else { return };
        let before = attempt.take().filter(|before| Rc::ptr_eq(&before.sheet, &sheet));
        let (is_first, is_on_its_way) = (before.is_none(), before.is_some_and(|before| !before.has_failed));
        *attempt.borrow_mut() = Some(Attempt { sheet: sheet.clone(), has_failed: false });
        if is_on_its_way {
            return;
        }
        spawn_local(async move {
            match (late.load)(self.host.clone(), sheet.clone()).await {
                Ok(engine) => {
                    attempt.borrow_mut().take_if(|last| Rc::ptr_eq(&last.sheet, &sheet));
                    self.act(Action::Late(late.with(sheet, engine)));
                }
                Err(notice) => {
                    if let Some(last) = attempt.borrow_mut().as_mut()
                        && Rc::ptr_eq(&last.sheet, &sheet)
                    {
                        last.has_failed = true;
                    }
                    if is_first {
                        self.complain(notice);
                    }
                }
            }
        });
    }

    /// Fetches the menu of how things are shown, if it is not there yet, and hears of the browser's voices.
    pub(super) fn fetch_display(self: Rc<Self>) {
        spawn_local(async move {
            match self.late().await {
                Ok(LateDesk { late, .. }) => {
                    let dispatcher = self.state.dispatcher();
                    (late.when_voices_found)(Callback::from(move |()| dispatcher.dispatch(Action::Arrived)));
                }
                Err(notice) => self.complain(notice),
            }
        });
    }

    /// Fetches the easy texts of the language, as many parts as there are of the others. Without them, the others stay.
    pub(crate) fn fetch_easy(self: Rc<Self>) {
        spawn_local(async move {
            let tag = easy_tag(self.texts);
            let parts = if self.texts.has_late() { ["start", "late"].as_slice() } else { &["start"] };
            for part in parts {
                let name = ["ui.", &tag, ".", part, ".txt"].concat();
                let Ok(file) = self.host.text(&name).await else { return };
                if Texts::load(&file).is_err() {
                    let anew = self.host.text_anew(&name).await;
                    if anew.is_ok_and(|file| Texts::load(&file).is_err()) {
                        return;
                    }
                }
            }
            self.act(Action::Arrived);
        });
    }

    /// Fetches the texts that the next question waits for.
    pub(crate) fn fetch_texts(self: Rc<Self>) {
        self.carry_out(Deed::FetchLate);
    }

    /// What comes late; from then on the state has it too.
    pub(super) async fn late(self: &Rc<Self>) -> Result<LateDesk, Notice> {
        // Side by side: asking takes longer than answering.
        self.host.prefetch(&self.texts.late_file());
        let late = match &self.state.late {
            Some(late) => late.clone(),
            None => {
                let sheet = self.state.sheet.clone();
                late::files(&sheet).iter().for_each(|file| self.host.prefetch(file));
                let functions = late::functions().await.map_err(|_| Notice::error(Key::ErrorLate))?;
                let engine = (functions.load)(self.host.clone(), sheet.clone()).await?;
                Late::new(sheet, engine, functions)
            }
        };
        let new_texts = self.late_texts().await?;
        if self.state.late.is_none() || new_texts {
            self.act(Action::Late(late.clone()));
        }
        Ok(LateDesk { desk: self.clone(), late })
    }

    /// What badges and passphrases need; from then on the state has it too.
    pub(super) async fn vault(&self) -> Result<Vault, Notice> {
        let vault = vault::vault().await.map_err(|_| Notice::error(Key::ErrorLate))?;
        if self.state.vault.is_none() {
            self.act(Action::Vault(vault));
        }
        Ok(vault)
    }

    /// Fetches what the screen that somebody went to needs.
    pub(crate) fn fetch_vault(self: Rc<Self>) {
        spawn_local(async move {
            if let Err(notice) = self.vault().await {
                self.complain(notice);
            }
        });
    }

    /// Fetches the texts of what comes late; true if they were not there before.
    pub(super) async fn late_texts(&self) -> Result<bool, Notice> {
        if self.texts.has_late() {
            return Ok(false);
        }
        let unable = |_| Notice::error(Key::ErrorLate);
        let file = self.texts.late_file();
        if Texts::load(&self.host.text(&file).await.map_err(unable)?).is_err() {
            // A cache may have had the file of another version.
            let anew = self.host.text_anew(&file).await.map_err(unable)?;
            Texts::load(&anew).map_err(|OtherVersion| Notice::error(Key::ErrorVersion))?;
        }
        Ok(true)
    }
}

impl LateDesk {
    /// Fetches all else while the person reads: the texts of all other questions, so that the network is not needed any
    /// more, and the screens that follow.
    pub(crate) async fn fetch(self) -> Result<(), Notice> {
        drop(self.clone().work_on_passport(Act::Settle).await);
        let engine = &self.late.engine;
        drop(self.texts(engine.missing_texts(self.late.sheet.language())).await);
        if self.state.is_assisted(&self.settings) {
            self.host.prefetch(&scheme_file_name(way::SCHEME, &engine.framework()));
        }
        // So that the screen of next steps opens without a network too.
        drop(ahead().await);
        device::breathe().await;
        self.rehearse();
        Ok(())
    }

    /// Takes an answer that nobody gave, and forgets it: browsers compile what runs for the first time, and on an old phone
    /// the first real answer would wait for that.
    fn rehearse(&self) {
        if let Some(Turn { assessment, question: Some(question), .. }) = &self.state.turn {
            let (assessment, item) = (assessment.clone(), question.item.clone());
            drop(self.late.engine.answer(AnswerRequest { assessment, item, response: Response::DontKnow }));
        }
    }

    pub(super) fn wanted_texts(&self) -> Vec<CompetenceId> {
        let turn = self.state.turn.as_ref();
        turn.and_then(|turn| turn.texts_missing.clone()).into_iter().collect()
    }

    /// Fetches the texts of these competences and takes them in together.
    pub(super) async fn texts(&self, competences: Vec<CompetenceId>) -> Result<(), Notice> {
        let Late { engine, sheet, .. } = &self.late;
        let file = |competence: &CompetenceId| engine.text_file(competence, sheet.language());
        let names: Vec<_> = competences.iter().filter_map(file).collect();
        // Side by side: on a slow network, asking takes longer than answering.
        for name in &names {
            self.host.prefetch(name);
        }
        let mut files = Vec::with_capacity(names.len());
        for name in &names {
            files.push(self.host.text(name).await.map_err(|_| Notice::error(Key::ErrorLate))?);
        }
        if !files.is_empty() {
            self.act(Action::Texts(sheet.clone(), files));
        }
        Ok(())
    }
}
