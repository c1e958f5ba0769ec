//! Carries out what the person does: asks the engine, keeps things on the device, handles files, tells the page.

pub(crate) mod folder;
pub(crate) mod way;

use std::cell::Cell;
use std::rc::Rc;

use skills_passport_web::core::assessment::{Assessment, Mode};
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{AnswerRequest, StartRequest, Turn};
use skills_passport_web::core::framework::scheme_file_name;
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::device;
use skills_passport_web::keep::{self, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseReducerHandle};

use crate::ahead::ahead;
use crate::display::easy_tag;
use crate::host::{Host, JOURNAL, PASSPORT};
use crate::keeper::{Journalled, Keeper};
use crate::late::{self, Late};
use crate::sharing::{self, ShareDeed, Sharing};
use crate::speech::{self, Reading};
use crate::state::folder::{Act, Change};
use crate::state::{
    Action, Deed, Notice, Screen, Settings, Shown, State, Storage, in_language_of, is_whole, language_of,
};
use crate::text::{Key, OtherVersion, Texts};
use crate::vault::{self, Vault};

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
    fn fetch_display(self: Rc<Self>) {
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

    /// Falls silent, where something is being read.
    pub(crate) fn hush(&self) {
        if let Some(late) = self.state.late.filter(|_| self.state.reading != Reading::Silent) {
            (late.turn_to)(Reading::Silent);
            self.act(Action::Read);
        }
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

    fn wanted_texts(&self) -> Vec<CompetenceId> {
        let turn = self.state.turn.as_ref();
        turn.and_then(|turn| turn.texts_missing.clone()).into_iter().collect()
    }

    /// Fetches the texts of these competences and takes them in together.
    async fn texts(&self, competences: Vec<CompetenceId>) -> Result<(), Notice> {
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
    async fn late(&self) -> Result<Late, Notice> {
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
    async fn vault(&self) -> Result<Vault, Notice> {
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
    async fn late_texts(&self) -> Result<bool, Notice> {
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

    /// Looks back at the last answer and, at the end, ahead to more questions, as soon as the next screen is painted.
    fn look_around(&self, assessment: &Assessment, ended: bool) {
        let (state, assessment) = (self.state.clone(), assessment.clone());
        spawn_local(async move {
            device::breathe().await;
            if let Some(step) = way::look(&state.engine, &assessment, ended) {
                state.dispatch(Action::Did(Deed::Step(step)));
            }
        });
    }

    /// Starts with nothing to keep.
    fn start(&self) -> Result<(), Notice> {
        let choices = self.state.choices(&self.settings);
        let turn = self.begin(choices.mode, choices.focus, choices.assisted)?;
        self.started(choices.mode, &turn);
        self.act(Action::Turn(turn));
        Ok(())
    }

    /// Starts with the device ready to keep each answer, or with old answers to forget.
    async fn start_keeping(&self) -> Result<(), Notice> {
        let choices = self.state.choices(&self.settings);
        let turn = self.begin(choices.mode, choices.focus, choices.assisted)?;
        if let Some(waiting) = self.state.waiting.as_ref().map(|waiting| waiting.setting.id)
            && self.keeper.claim(waiting).await
        {
            self.keeper.forget(waiting).await?;
        }
        // Where the device cannot keep anything, the person can still answer.
        let refused = if choices.keep { self.keep().await.err() } else { None };
        let journalled = self.keeper.journal(&turn.assessment).await;
        self.started(choices.mode, &turn);
        self.act(Action::Turn(turn));
        journalled?;
        refused.map_or(Ok(()), Err)
    }

    fn started(&self, mode: Mode, turn: &Turn) {
        // The next sitting gets other questions.
        self.seed.set(device::random_seed());
        self.host.emit("start", &[("mode", mode.name().into())]);
        self.tell_progress(turn);
    }

    fn tell_progress(&self, turn: &Turn) {
        let progress = [("answered", turn.progress.answered.into()), ("atMost", turn.progress.at_most.into())];
        self.host.emit("progress", &progress);
    }

    fn begin(&self, mode: Mode, focus: Vec<CompetenceId>, assisted: bool) -> Result<Turn, Notice> {
        let unable = || Notice::error(Key::ErrorOther);
        let language = language_of(&self.state.engine).cloned();
        let request = StartRequest {
            mode,
            focus,
            language: language.ok_or_else(unable)?,
            seed: self.seed.get().ok_or_else(unable)?,
            id: device::random_uuid().ok_or_else(unable)?,
            started: device::now().ok_or_else(unable)?,
            assisted,
        };
        Ok(self.state.engine.start(request)?)
    }

    async fn answer(&self, response: &Response) -> Result<(), Notice> {
        let Some(Turn { assessment, question: Some(question), .. }) = &self.state.turn else { return Ok(()) };
        if !is_whole(response, question) {
            self.act(Action::Did(Deed::Submit));
            return Ok(());
        }
        let request =
            AnswerRequest { assessment: assessment.clone(), item: question.item.clone(), response: response.clone() };
        self.advance(self.state.engine.answer(request)?).await
    }

    /// Keeps the answers first, then shows what comes next: an answer that was taken is never lost.
    async fn advance(&self, mut turn: Turn) -> Result<(), Notice> {
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
    async fn keep_again(&self) -> Result<(), Notice> {
        if let Some(passport) = &self.state.passport {
            self.keep_passport(passport).await?;
        }
        self.act(Action::Notice(Notice::info(Key::NoticeKeptAgain)));
        Ok(())
    }

    /// Plain words for a store that fails. One that another tab has erased is none any more.
    pub(crate) fn unkept(&self, error: StoreError) -> Notice {
        if error == StoreError::Gone {
            self.act(Action::Keeping(false));
        }
        self.act(Action::Folder(Change::Unkept(true)));
        error.into()
    }

    /// Puts the results into the passport.
    async fn finish(&self, assessment: Assessment) -> Result<(), Notice> {
        let unable = || Notice::error(Key::ErrorOther);
        let (now, id) = (device::now().ok_or_else(unable)?, device::random_uuid().ok_or_else(unable)?);
        let sitting = assessment.setting.id;
        self.look_around(&assessment, true);
        let engine = &self.state.engine;
        let passport = engine.record(self.state.passport.as_deref(), assessment, now, id)?;
        self.act(Action::Passport(passport.clone()));
        self.host.remember(JOURNAL, None);
        self.host.emit("complete", &[]);
        self.keep_passport(&passport).await?;
        Ok(self.keeper.forget(sitting).await?)
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
