//! The application: holds the state, does what the screens ask for, and shows one screen at a time.

use std::rc::Rc;

use skills_passport_web::core::assessment::{Assessment, Mode};
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{self, AnswerRequest, Engine, StartRequest, Turn};
use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::core::passport::{FILE_ENDING, MEDIA_TYPE};
use skills_passport_web::files::{self, FileError};
use skills_passport_web::{device, keep::StoreError};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::host::Host;
use crate::keeper::Keeper;
use crate::layout::{Ui, frame};
use crate::results;
use crate::screens::{QuestionScreen, Shelf, Start, WelcomeScreen, passport, pause};
use crate::state::{Action, Notice, Screen, Shown, State, in_language_of};
use crate::text::{Key, Texts};

/// The loaded engine; two are the same if they are the same object.
#[derive(Clone)]
pub(crate) struct EngineHandle(pub(crate) Rc<Engine>);

impl PartialEq for EngineHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the element's attributes say.
#[derive(Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) language: String,
    pub(crate) mode: Option<Mode>,
    pub(crate) focus: Vec<CompetenceId>,
}

impl Settings {
    /// An unknown mode counts as none; `focus` lists competences, separated by commas or spaces.
    pub(crate) fn from_attributes(language: &str, mode: Option<&str>, focus: Option<&str>) -> Self {
        let words = focus.unwrap_or_default().split([',', ' ']).filter(|word| !word.is_empty());
        Self {
            language: language.to_owned(),
            mode: mode.and_then(Mode::named),
            focus: words.filter_map(|word| word.parse().ok()).collect(),
        }
    }
}

/// What the element gives the application.
#[derive(Clone, PartialEq, yew::Properties)]
pub(crate) struct Properties {
    pub(crate) host: Host,
    pub(crate) settings: Settings,
    pub(crate) engine: EngineHandle,
}

/// What the person does with the passport.
pub(crate) enum PassportDeed {
    Keep,
    Export,
    Import(web_sys::File),
    Erase,
}

/// Does what the screens ask for. Shared by reference: it goes into every callback and future.
type Desk = Rc<DeskParts>;

struct DeskParts {
    state: UseReducerHandle<State>,
    keeper: Keeper,
    host: Host,
}

impl DeskParts {
    fn act(&self, action: Action) {
        self.state.dispatch(action);
    }

    fn complain(&self, notice: Notice) {
        self.act(Action::Notice(Some(notice)));
    }

    fn store_failed(&self, _: &StoreError) {
        self.complain(Notice::error(Key::ErrorStore));
        self.host.emit("error", &[("code", "storage".into())]);
    }

    /// Keeps the answers first, then shows what comes next: an answer that was taken is never lost.
    async fn advance(self: Rc<Self>, turn: Turn) {
        let failed = self.keeper.journal(&turn.assessment).await.err();
        self.host
            .emit("progress", &[("answered", turn.progress.answered.into()), ("atMost", turn.progress.at_most.into())]);
        let finished = turn.question.is_none();
        let assessment = turn.assessment.clone();
        self.act(Action::Turn(turn));
        if let Some(error) = failed {
            self.store_failed(&error);
        }
        if finished {
            self.finish(assessment).await;
        }
    }

    /// Puts the results into the passport.
    async fn finish(self: Rc<Self>, assessment: Assessment) {
        let (Some(now), Some(id)) = (device::now(), device::random_uuid()) else { return };
        let sitting = assessment.setting.id;
        match self.state.engine.record(self.state.passport.as_deref(), assessment, now, id) {
            Ok(text) => {
                self.act(Action::Passport(text.clone()));
                self.host.emit("complete", &[]);
                match self.keeper.passport(&text).await {
                    Ok(true) => {
                        if let Err(error) = self.keeper.forget(sitting).await {
                            self.store_failed(&error);
                        }
                    }
                    Ok(false) => self.complain(Notice::error(Key::ErrorKeptPassport)),
                    Err(error) => self.store_failed(&error),
                }
            }
            Err(failure) => self.complain(Notice::refusal(&failure)),
        }
    }

    async fn look(self: Rc<Self>) {
        match self.keeper.look().await {
            Ok(None) => {}
            Ok(Some(kept)) => {
                let total = kept.journals.len();
                let engine = &self.state.engine;
                let here = kept.journals.into_iter().map(|assessment| in_language_of(engine, assessment));
                let fitting = here.filter(|assessment| engine.resume(assessment.clone()).is_ok());
                let latest = fitting.max_by(|one, two| one.setting.started.cmp(&two.setting.started));
                let unfit = total > 0 && latest.is_none();
                self.act(Action::Found { waiting: latest, passport: kept.passport, last_export: kept.last_export });
                if kept.damaged {
                    self.complain(Notice::error(Key::ErrorKeptPassport));
                } else if unfit {
                    self.complain(Notice::error(Key::ErrorWaiting));
                }
            }
            // Nothing was asked of the store yet: its absence is only said when it is wanted.
            Err(_) => {}
        }
        self.host.emit("ready", &[]);
    }

    async fn start(self: Rc<Self>, start: Start) {
        let (Some(now), Some(id), Some(seed)) = (device::now(), device::random_uuid(), device::random_seed()) else {
            self.complain(Notice::error(Key::ErrorOther));
            return;
        };
        if let Some(waiting) = &self.state.waiting
            && let Err(error) = self.keeper.forget(waiting.setting.id).await
        {
            self.store_failed(&error);
        }
        let request = StartRequest {
            mode: start.mode,
            focus: start.focus,
            language: start.language,
            seed,
            id,
            started: now,
            assisted: start.assisted,
        };
        match self.state.engine.start(request) {
            Ok(turn) => {
                if start.keep {
                    self.keep().await;
                }
                self.host.emit("start", &[("mode", start.mode.name().into())]);
                self.advance(turn).await;
            }
            Err(failure) => {
                self.complain(Notice::error(Key::ErrorOther));
                self.host.emit("error", &[("code", failure.code.as_str().into())]);
            }
        }
    }

    /// Begins to keep things on the device: what there is now, and all that comes.
    async fn keep(&self) -> bool {
        let kept = async {
            self.keeper.begin().await?;
            if let Some(passport) = &self.state.passport {
                self.keeper.passport(passport).await?;
            }
            match self.state.turn.as_ref().filter(|turn| turn.question.is_some()) {
                Some(turn) => self.keeper.journal(&turn.assessment).await,
                None => Ok(()),
            }
        };
        match kept.await {
            Ok(()) => self.act(Action::Keeping(true)),
            Err(error) => {
                self.store_failed(&error);
                return false;
            }
        }
        true
    }

    async fn passport(self: Rc<Self>, deed: PassportDeed) {
        match deed {
            PassportDeed::Keep => {
                if self.keep().await {
                    self.complain(Notice::info(Key::NoticeKept));
                }
            }
            PassportDeed::Export => self.export().await,
            PassportDeed::Import(file) => self.import(file).await,
            PassportDeed::Erase => match self.keeper.erase().await {
                Ok(()) => self.act(Action::Erased),
                Err(error) => self.store_failed(&error),
            },
        }
    }

    async fn export(self: Rc<Self>) {
        let (Some(text), Some(now)) = (&self.state.passport, device::now()) else { return };
        let name = format!("skills-{}{FILE_ENDING}", now.date());
        match files::download(&name, MEDIA_TYPE, text) {
            Ok(()) => {
                if let Err(error) = self.keeper.exported(&now).await {
                    self.store_failed(&error);
                }
                self.act(Action::Exported(now));
            }
            Err(_) => self.complain(Notice::error(Key::ErrorFile)),
        }
    }

    async fn import(self: Rc<Self>, file: web_sys::File) {
        let text = match files::read(file).await {
            Ok(text) => text,
            Err(FileError::Json(error)) => {
                self.complain(Notice::refusal(&error.into()));
                return;
            }
            Err(_) => {
                self.complain(Notice::error(Key::ErrorFile));
                return;
            }
        };
        let merged = match &self.state.passport {
            Some(own) => facade::merge_passports(own, &text),
            None => facade::open_passport(&text).map(|_| text),
        };
        match merged {
            Ok(passport) => {
                let kept = self.keeper.passport(&passport).await;
                self.act(Action::Passport(passport));
                match kept {
                    Ok(true) => self.complain(Notice::info(Key::NoticeImported)),
                    Ok(false) => self.complain(Notice::error(Key::ErrorKeptPassport)),
                    Err(error) => self.store_failed(&error),
                }
            }
            Err(failure) => self.complain(Notice::refusal(&failure)),
        }
    }
}

#[function_component]
pub(crate) fn App(properties: &Properties) -> Html {
    let engine = properties.engine.clone();
    let state = use_reducer({
        let engine = engine.0.clone();
        move || State::new(engine)
    });
    let keeper = (*use_memo((), |()| Keeper::default())).clone();
    let desk = Rc::new(DeskParts { state: state.clone(), keeper, host: properties.host.clone() });

    use_effect_with((), {
        let desk = desk.clone();
        move |()| spawn_local(desk.look())
    });
    use_effect_with(engine.clone(), {
        let state = state.clone();
        move |engine| {
            if !Rc::ptr_eq(&state.engine, &engine.0) {
                state.dispatch(Action::Reload(engine.0.clone()));
            }
        }
    });

    let texts = Texts::new(&properties.settings.language);
    // What is shown follows the state, so that a pack that is being taken in never meets another one's answers.
    let ui = Ui { texts, engine: EngineHandle(state.engine.clone()), focus: state.touched };
    let show = {
        let desk = desk.clone();
        Callback::from(move |screen| desk.act(Action::Show(screen)))
    };
    let screen = match (&state.screen, &state.turn) {
        (Screen::Question, Some(turn)) => question_screen(&ui, &desk, turn, &show),
        (Screen::Pause, Some(turn)) => pause_screen(&ui, &desk, turn, &show),
        (Screen::Results(shown), _) => results_screen(&ui, &desk, *shown, &show),
        (Screen::Passport, _) => passport_screen(&ui, &desk, &show),
        _ => welcome_screen(&ui, &desk, &properties.settings, &show),
    };
    let close = Callback::from({
        let desk = desk.clone();
        move |()| desk.act(Action::Notice(None))
    });
    let choose = Callback::from({
        let host = properties.host.clone();
        move |language: &'static str| host.choose_language(language)
    });
    frame(&ui, state.notice.as_ref(), &close, &choose, screen)
}

fn welcome_screen(ui: &Ui, desk: &Desk, settings: &Settings, show: &Callback<Screen>) -> Html {
    let on_start = Callback::from({
        let desk = desk.clone();
        move |start| spawn_local(desk.clone().start(start))
    });
    let on_resume = Callback::from({
        let desk = desk.clone();
        move |assessment: Assessment| match desk.state.engine.resume(assessment) {
            Ok(turn) => desk.act(Action::Turn(turn)),
            Err(_) => desk.complain(Notice::error(Key::ErrorWaiting)),
        }
    });
    html! {
        <WelcomeScreen
            ui={ui.clone()}
            settings={settings.clone()}
            keeping={desk.state.keeping}
            waiting={desk.state.waiting.clone()}
            {on_start} {on_resume} show={show.clone()}
        />
    }
}

fn question_screen(ui: &Ui, desk: &Desk, turn: &Turn, show: &Callback<Screen>) -> Html {
    let Some(question) = turn.question.clone() else { return Html::default() };
    let on_answer = Callback::from({
        let (desk, turn) = (desk.clone(), turn.clone());
        move |response: Response| {
            let Some(question) = &turn.question else { return };
            let request = AnswerRequest { assessment: turn.assessment.clone(), item: question.item.clone(), response };
            match desk.state.engine.answer(request) {
                Ok(turn) => spawn_local(desk.clone().advance(turn)),
                Err(failure) => desk.complain(Notice::refusal(&failure)),
            }
        }
    });
    let on_back = Callback::from({
        let (desk, assessment) = (desk.clone(), turn.assessment.clone());
        move |()| {
            if let Ok(turn) = desk.state.engine.undo(assessment.clone()) {
                spawn_local(desk.clone().advance(turn));
            }
        }
    });
    let key = format!("{}-{}", question.item, turn.progress.answered);
    html! {
        <QuestionScreen
            {key} {question} ui={ui.clone()}
            progress={turn.progress} undone={turn.undone.clone()}
            {on_answer} {on_back} on_stop={stop(desk, turn, show)} show={show.clone()}
        />
    }
}

/// Ends the questions here: results from what was answered.
fn stop(desk: &Desk, turn: &Turn, show: &Callback<Screen>) -> Callback<()> {
    let (desk, assessment, show) = (desk.clone(), turn.assessment.clone(), show.clone());
    Callback::from(move |()| {
        show.emit(Screen::Results(Shown::Current));
        if !assessment.answers.is_empty() {
            spawn_local(desk.clone().finish(assessment.clone()));
        }
    })
}

fn pause_screen(ui: &Ui, desk: &Desk, turn: &Turn, show: &Callback<Screen>) -> Html {
    let on_keep = deed(desk, || PassportDeed::Keep);
    pause(ui, desk.state.keeping, &on_keep, &stop(desk, turn, show), show)
}

fn results_screen(ui: &Ui, desk: &Desk, shown: Shown, show: &Callback<Screen>) -> Html {
    let data = match shown {
        Shown::Current => {
            let assessment = desk.state.turn.as_ref().map(|turn| &turn.assessment);
            let assessment = assessment.filter(|assessment| !assessment.answers.is_empty());
            let profile = assessment.and_then(|assessment| ui.engine.0.profile(assessment).ok());
            let review = assessment.and_then(|assessment| ui.engine.0.review(assessment).ok());
            results::Shown { profile, date: None, review: review.unwrap_or_default() }
        }
        Shown::Record(id) => {
            let records = desk.state.summary().map(|summary| summary.assessments).unwrap_or_default();
            let record = records.into_iter().find(|record| record.id == id);
            let (profile, date) = record.map(|record| (record.profile, record.at)).unzip();
            results::Shown { profile, date, review: Vec::new() }
        }
    };
    results::results(ui, &data, show)
}

fn passport_screen(ui: &Ui, desk: &Desk, show: &Callback<Screen>) -> Html {
    let on_deed = Callback::from({
        let desk = desk.clone();
        move |deed| spawn_local(desk.clone().passport(deed))
    });
    let shelf = Shelf {
        summary: desk.state.summary(),
        keeping: desk.state.keeping,
        last_export: desk.state.last_export.clone(),
        has_results: desk.state.turn.as_ref().is_some_and(|turn| !turn.assessment.answers.is_empty()),
    };
    passport(ui, &shelf, &on_deed, show)
}

fn deed(desk: &Desk, deed: impl Fn() -> PassportDeed + 'static) -> Callback<()> {
    let desk = desk.clone();
    Callback::from(move |()| spawn_local(desk.clone().passport(deed())))
}
