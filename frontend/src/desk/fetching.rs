//! What is fetched after the first screen, and when.

use std::rc::Rc;

use skills_passport_web::core::framework::scheme_file_name;
use skills_passport_web::core::id::CompetenceId;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{Desk, way};
use crate::ahead::ahead;
use crate::display::easy_tag;
use crate::late::{self, Late};
use crate::state::folder::Act;
use crate::state::{Action, Deed, Notice, language_of};
use crate::text::{Key, OtherVersion, Texts};
use crate::vault::{self, Vault};

impl Desk {
    /// Fetches what comes late while the person reads: the texts of all other questions, so that the network is not needed
    /// any more, and the screens that follow. A failure is only said where it is needed.
    pub(crate) fn fetch_late(self: Rc<Self>) {
        spawn_local(async move {
            if let Ok(late) = self.late().await {
                drop((late.work)(self.clone(), Deed::Passport(Act::Settle)).await);
            }
            let engine = &self.state.engine;
            let missing = language_of(engine).map(|language| engine.missing_texts(language)).unwrap_or_default();
            drop(self.texts(missing).await);
            if self.state.is_assisted(&self.settings) {
                self.host.prefetch(&scheme_file_name(way::SCHEME, &engine.framework()));
            }
            // Last, so that the screen of next steps opens without a network too.
            drop(ahead().await);
        });
    }

    /// Fetches the menu of how things are shown, if it is not there yet, and hears of the browser's voices.
    pub(super) fn fetch_display(self: Rc<Self>) {
        spawn_local(async move {
            match self.late().await {
                Ok(late) => {
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
        spawn_local(async move {
            if let Err(notice) = self.texts(self.wanted_texts()).await {
                self.complain(notice);
            }
        });
    }

    /// Asks early for the texts that the first question will need, whichever length is chosen.
    pub(crate) fn fetch_first_texts(&self) {
        for mode in self.state.modes(&self.settings) {
            let turn = self.begin(*mode, self.state.focus(&self.settings), false);
            let missing = turn.ok().and_then(|turn| turn.texts_missing);
            let engine = &self.state.engine;
            let name =
                missing.zip(language_of(engine)).and_then(|(missing, language)| engine.text_file(&missing, language));
            if let Some(name) = name {
                // Only to have it at hand: whoever needs it asks again.
                self.host.prefetch(&name);
            }
        }
    }

    pub(super) fn wanted_texts(&self) -> Vec<CompetenceId> {
        let turn = self.state.turn.as_ref();
        turn.and_then(|turn| turn.texts_missing.clone()).into_iter().collect()
    }

    /// Fetches the texts of these competences and takes them in together.
    pub(super) async fn texts(&self, competences: Vec<CompetenceId>) -> Result<(), Notice> {
        let engine = &self.state.engine;
        let Some(language) = language_of(engine) else { return Ok(()) };
        let names: Vec<_> =
            competences.iter().filter_map(|competence| engine.text_file(competence, language)).collect();
        // Side by side: on a slow network, asking takes longer than answering.
        for name in &names {
            self.host.prefetch(name);
        }
        let mut files = Vec::with_capacity(names.len());
        for name in &names {
            files.push(self.host.text(name).await.map_err(|_| Notice::error(Key::ErrorLate))?);
        }
        if !files.is_empty() {
            self.act(Action::Texts(language.clone(), files));
        }
        Ok(())
    }

    /// What comes late; from then on the state has it too.
    pub(super) async fn late(&self) -> Result<Late, Notice> {
        // Side by side: asking takes longer than answering.
        self.host.prefetch(&self.texts.late_file());
        let language = language_of(&self.state.engine);
        let descriptors = language.zip(language.and_then(|language| self.state.engine.descriptors_file(language)));
        if let Some((_, file)) = &descriptors {
            self.host.prefetch(file);
        }
        let late = late::late().await.map_err(|_| Notice::error(Key::ErrorLate))?;
        let new_texts = self.late_texts().await?;
        if let Some((language, file)) = descriptors {
            let text = self.host.text(&file).await.map_err(|_| Notice::error(Key::ErrorLate))?;
            self.act(Action::Descriptors(language.clone(), text));
        }
        if self.state.late.is_none() || new_texts {
            self.act(Action::Late(late));
        }
        Ok(late)
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
