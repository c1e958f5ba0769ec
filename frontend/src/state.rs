//! What the widget shows, and how it changes. Pure: tested without a browser.

mod answering;
mod deed;
pub(crate) mod folder;
pub(crate) mod idle;
mod notice;
mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod way;

use std::rc::Rc;

use skills_passport_web::core::assessment::{Assessment, Mode};
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{Engine, Failure, PassportSummary, Question, Turn};
use skills_passport_web::core::id::{CompetenceId, ItemId, Language, OptionId};
use skills_passport_web::core::units::Timestamp;
use skills_passport_web::tabs::News;
use yew::Reducible;

pub(crate) use self::answering::{is_whole, order_shown, revised};
pub(crate) use self::deed::{Deed, Page, Screen, Shown};
use self::folder::{Change, Folder};
pub(crate) use self::notice::Notice;
pub(crate) use self::settings::{Choices, Settings, Storage, THEMES};
use self::way::Way;
use crate::display::Display;
use crate::late::Late;
use crate::screens::Shelf;
use crate::sharing::Sharing;
use crate::speech::Reading;
use crate::text::Key;
use crate::vault::Vault;

/// Everything that is shown follows from this.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) engine: Rc<Engine>,
    /// What the first question does not need, once it is there.
    pub(crate) late: Option<Late>,
    pub(crate) screen: Screen,
    /// The assessment under way, or just finished.
    pub(crate) turn: Option<Turn>,
    /// The passport as the text of its file.
    pub(crate) passport: Option<String>,
    /// Whether the person wants things kept on the device.
    pub(crate) keeping: bool,
    /// Answers kept on the device that can be gone on with.
    pub(crate) waiting: Option<Assessment>,
    pub(crate) last_export: Option<Timestamp>,
    pub(crate) notice: Option<Notice>,
    /// What only badges and passphrases need, once it is there.
    pub(crate) vault: Option<Vault>,
    /// What surrounds the passport.
    pub(crate) folder: Folder,
    /// How often another tab has changed what is kept.
    pub(crate) heard: u32,
    pub(crate) display: Display,
    pub(crate) display_open: bool,
    pub(crate) reading: Reading,
    /// The first screen's choices; none where nothing was chosen.
    chosen_mode: Option<Mode>,
    chosen_keep: Option<bool>,
    chosen_assisted: Option<bool>,
    /// The answer chosen for the question that is shown, perhaps still a part of it.
    pub(crate) chosen: Option<Response>,
    /// The entry of an order that was moved last, and whether up.
    pub(crate) moved: Option<(OptionId, bool)>,
    /// Whether the person tried to go on without a whole answer.
    pub(crate) missing: bool,
    /// Whether the person is being asked about erasing everything.
    pub(crate) erasing: bool,
    /// What the screen of next steps keeps, see there.
    pub(crate) shelf: Shelf,
    /// What the page asks for.
    pub(crate) sharing: Option<Sharing>,
    /// Whether the person has done anything: before that, focus stays where the page has it.
    pub(crate) touched: bool,
    pub(crate) way: Way,
}

/// What happened.
#[allow(clippy::large_enum_variant, reason = "one action at a time, moved once")]
pub(crate) enum Action {
    /// What the device had kept.
    Found {
        waiting: Option<Assessment>,
        passport: Option<String>,
        last_export: Option<Timestamp>,
    },
    /// How the device had kept things to be shown.
    Display(Display),
    /// Something came that screens look up themselves: texts, or the browser's voices.
    Arrived,
    /// A text was read to its end.
    Read,
    /// What comes late is there.
    Late(Late),
    /// What badges and passphrases need is there.
    Vault(Vault),
    /// Texts of items in this language.
    Texts(Language, Vec<String>),
    /// What can be done at each level, in the language of the questions.
    Descriptors(Language, String),
    /// Other words or another framework.
    Reload(Rc<Engine>),
    /// A question to show, or none.
    Turn(Turn),
    /// A deed that only changes what is shown.
    Did(Deed),
    /// The passport's new text.
    Passport(String),
    /// It was saved as a file, and how that is said.
    Exported(Timestamp, Key),
    Keeping(bool),
    /// The page asks for results, or has its answer.
    Sharing(Option<Sharing>),
    /// What the element remembered when the program had failed: the answers under way and the passport.
    Recovered(Option<Turn>, Option<String>),
    /// What surrounds the passport has changed.
    Folder(Change),
    /// Another tab says something.
    Heard(News),
    /// Everything was erased.
    Erased,
    Notice(Notice),
    CloseNotice,
}

impl Action {
    /// Whether the person has done something: not what happens by itself.
    fn is_of_the_person(&self) -> bool {
        !matches!(
            self,
            Self::Found { .. }
                | Self::Display(_)
                | Self::Arrived
                | Self::Read
                | Self::Late(_)
                | Self::Vault(_)
                | Self::Texts(..)
                | Self::Descriptors(..)
                | Self::Reload(_)
                | Self::Heard(_)
                | Self::Folder(Change::Persistent(_) | Change::CanSend(_) | Change::Unreadable(_))
        )
    }
}

impl State {
    pub(crate) fn new(engine: Rc<Engine>) -> Self {
        Self {
            engine,
            late: None,
            screen: Screen::Welcome,
            turn: None,
            passport: None,
            keeping: false,
            waiting: None,
            last_export: None,
            notice: None,
            vault: None,
            folder: Folder::default(),
            heard: 0,
            display: Display::default(),
            display_open: false,
            reading: Reading::Silent,
            chosen_mode: None,
            chosen_keep: None,
            chosen_assisted: None,
            chosen: None,
            moved: None,
            missing: false,
            erasing: false,
            shelf: Shelf::default(),
            sharing: None,
            touched: false,
            way: Way::default(),
        }
    }

    /// What the passport holds. A passport in the state was read before, so that it can be read again.
    pub(crate) fn summary(&self) -> Option<PassportSummary> {
        (self.late?.open)(self.passport.as_deref()?).ok()
    }

    /// The modes to choose from. The page may settle the competences; then there is nothing to choose.
    pub(crate) fn modes(&self, settings: &Settings) -> &'static [Mode] {
        if settings.mode == Some(Mode::Focus) && !self.focus(settings).is_empty() {
            return &[Mode::Focus];
        }
        &[Mode::Quick, Mode::Standard, Mode::Thorough, Mode::Focus]
    }

    /// Whether the person has still to say which skills the questions are to be about.
    pub(crate) fn must_choose(&self, settings: &Settings) -> bool {
        self.choices(settings).mode == Mode::Focus
            && self.focus(settings).is_empty()
            && (self.screen != Screen::Choose || self.way.chosen(&self.engine).is_empty())
    }

    /// Whether there is something that is on this page only, and goes when nobody is there any more.
    pub(crate) fn is_in_passing(&self) -> bool {
        let answered = self.turn.as_ref().is_some_and(|turn| !turn.assessment.answers.is_empty());
        !self.keeping && (answered || self.passport.is_some())
    }

    /// Whether somebody helps in the sitting that is shown, or is going to.
    pub(crate) fn is_assisted(&self, settings: &Settings) -> bool {
        match &self.turn {
            Some(turn) => turn.assessment.setting.assisted,
            None => self.choices(settings).assisted,
        }
    }

    /// The competences that the page names, as far as the framework has them.
    pub(crate) fn focus(&self, settings: &Settings) -> Vec<CompetenceId> {
        let framework = self.engine.instrument().framework();
        let mut focus: Vec<CompetenceId> = Vec::new();
        for id in &settings.focus {
            if framework.position(id).is_some() && !focus.contains(id) {
                focus.push(id.clone());
            }
        }
        focus
    }

    /// The choices of the first screen as they stand.
    pub(crate) fn choices(&self, settings: &Settings) -> Choices {
        let offered = self.modes(settings);
        let wanted = self.chosen_mode.or(settings.mode).filter(|mode| offered.contains(mode));
        let mode = wanted.or(offered.first().copied()).unwrap_or_default();
        Choices {
            mode,
            focus: match self.focus(settings) {
                _ if mode != Mode::Focus => Vec::new(),
                named if named.is_empty() => self.way.chosen(&self.engine),
                named => named,
            },
            keep: match settings.storage {
                Storage::Memory => false,
                Storage::Device => self.chosen_keep.unwrap_or(true),
                Storage::Ask => self.chosen_keep.unwrap_or(self.keeping),
            },
            assisted: self.chosen_assisted.unwrap_or(settings.assisted),
        }
    }

    /// Where the person is: changes whenever another screen or question is shown.
    pub(crate) fn place(&self) -> (Screen, Option<ItemId>, bool) {
        let question = self.turn.as_ref().and_then(|turn| turn.question.as_ref());
        (self.screen.clone(), question.map(|question| question.item.clone()), self.way.idle.is_some())
    }

    /// The assessment under way, in the language of the engine now loaded.
    fn reloaded(&self) -> Option<Result<Turn, Failure>> {
        let turn = self.turn.as_ref()?;
        let assessment = in_language_of(&self.engine, turn.assessment.clone());
        let resumed = match self.late {
            Some(late) => (late.resume)(&self.engine, assessment),
            // Where nothing was answered, the first question comes again; whatever else there is came late.
            None => self.engine.opening(assessment),
        };
        Some(resumed.map(|resumed| Turn { undone: turn.undone.clone(), ..resumed }))
    }
}

/// The assessment with the language of the engine's texts, where its own is not loaded.
pub(crate) fn in_language_of(engine: &Engine, mut assessment: Assessment) -> Assessment {
    let languages: Vec<&Language> = engine.instrument().bank().languages().collect();
    if let Some(language) = languages.first().filter(|_| !languages.contains(&&assessment.setting.language)) {
        assessment.setting.language = (*language).clone();
    }
    assessment
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.touched |= action.is_of_the_person();
        match action {
            Action::Found { waiting, passport, last_export } => {
                next.keeping = true;
                next.waiting = waiting;
                next.passport = passport;
                next.last_export = last_export;
            }
            Action::Vault(vault) => next.vault = Some(vault),
            Action::Display(display) => next.display = display,
            Action::Arrived => {}
            Action::Read => next.reading = Reading::Silent,
            Action::Late(late) => {
                next.late = Some(late);
                next.notice = next.notice.filter(|notice| notice.key != Key::ComingText);
            }
            // Another language may have been chosen since they were asked for.
            Action::Texts(language, _) if language_of(&next.engine) != Some(&language) => {}
            Action::Descriptors(language, file) => {
                // They may have been asked for twice, and another language may have been chosen since.
                if next.engine.descriptors_file(&language).is_some() {
                    let mut engine = (*next.engine).clone();
                    if engine.add_names(&file).is_err() {
                        next.notice = Some(Notice::error(Key::ErrorLate));
                    }
                    next.engine = Rc::new(engine);
                }
            }
            Action::Texts(_, files) => {
                let mut engine = (*next.engine).clone();
                if files.iter().any(|file| engine.add_texts(file).is_err()) {
                    next.notice = Some(Notice::error(Key::ErrorLate));
                }
                next.engine = Rc::new(engine);
                if next.turn.as_ref().is_some_and(|turn| turn.texts_missing.is_some())
                    && let Some(Ok(turn)) = next.reloaded()
                {
                    next.turn = Some(turn);
                }
            }
            Action::Reload(engine) => {
                next.engine = engine;
                match next.reloaded() {
                    Some(Ok(turn)) => next.turn = Some(turn),
                    // Another framework or bank: its questions are others.
                    Some(Err(_)) => {
                        next.turn = None;
                        next.screen = Screen::Welcome;
                    }
                    None => {}
                }
            }
            Action::Turn(turn) => {
                next.screen = if turn.ending.is_none() { Screen::Question } else { Screen::Results(Shown::Current) };
                next.way.turned(&turn.assessment);
                next.chosen = turn.undone.clone().filter(Response::is_answer);
                next.moved = None;
                next.missing = false;
                next.turn = Some(turn);
                next.waiting = None;
                next.notice = None;
            }
            Action::Did(deed) => next.did(deed),
            Action::Passport(text) => next.passport = Some(text),
            Action::Exported(at, key) => {
                next.last_export = Some(at);
                next.notice = Some(Notice::info(key));
            }
            Action::Keeping(keeping) => next.keeping = keeping,
            Action::Sharing(sharing) => next.sharing = sharing,
            Action::Recovered(turn, passport) => {
                next.passport = passport.or(next.passport);
                if let Some(turn) = turn {
                    next.screen = Screen::Question;
                    next.waiting = None;
                    next.turn = Some(turn);
                }
            }
            Action::Folder(change) => next.folder.change(change),
            Action::Heard(News::Changed) => next.heard += 1,
            // What is here stays here, on this page only.
            Action::Heard(News::Erased) => {
                next.keeping = false;
                next.waiting = None;
                next.notice = Some(Notice::info(Key::NoticeErasedElsewhere));
            }
            Action::Erased => {
                let folder = Folder { can_send: next.folder.can_send, ..Folder::default() };
                next = State {
                    touched: true,
                    late: next.late,
                    vault: next.vault,
                    folder,
                    display: next.display,
                    ..State::new(next.engine)
                };
                next.notice = Some(Notice::info(Key::NoticeErased));
            }
            Action::Notice(notice) => next.notice = Some(notice),
            Action::CloseNotice => next.notice = None,
        }
        Rc::new(next)
    }
}

/// The language that the engine has texts in.
pub(crate) fn language_of(engine: &Engine) -> Option<&Language> {
    engine.instrument().bank().languages().next()
}

impl State {
    fn question(&self) -> Option<&Question> {
        self.turn.as_ref()?.question.as_ref()
    }

    fn choose(&mut self, response: Option<Response>) {
        self.chosen = response;
        self.missing = false;
    }

    fn did(&mut self, deed: Deed) {
        match deed {
            Deed::ChooseMode(mode) => self.chosen_mode = Some(mode),
            Deed::ChooseKeep(keep) => self.chosen_keep = Some(keep),
            Deed::ChooseAssisted(assisted) => self.chosen_assisted = Some(assisted),
            Deed::Choose(response) => {
                // A box that was ticked is ticked no longer.
                let again = self.chosen.as_ref() == Some(&response);
                self.choose((!again).then_some(response));
            }
            Deed::Tick(_) | Deed::Move(..) | Deed::Match(..) => {
                if let Deed::Move(option, up) = &deed {
                    self.moved = Some((option.clone(), *up));
                }
                // Only what came late can be touched so.
                let chosen = self.chosen.take();
                let revised =
                    self.late.zip(self.question()).and_then(|(late, shown)| (late.revised)(chosen, shown, deed));
                self.choose(revised);
            }
            Deed::Submit => self.missing = true,
            Deed::Show(screen) => {
                self.screen = screen;
                self.notice = None;
                self.erasing = false;
                self.missing = false;
            }
            Deed::AskErase(asking) => self.erasing = asking,
            Deed::Step(step) => self.way.step(step),
            Deed::CloseNotice => self.notice = None,
            Deed::Share(deed) => {
                let areas: Vec<_> =
                    self.engine.instrument().framework().areas().iter().map(|area| area.id.clone()).collect();
                if let Some(sharing) = &mut self.sharing {
                    sharing.did(&deed, &areas);
                }
            }
            Deed::Folder(change) => self.folder.change(change),
            Deed::ShowDisplay(open) => self.display_open = open,
            Deed::Display(display) => self.display = display,
            Deed::Read(_, reading) => self.reading = reading,
            // Carried out by the desk, which then acts.
            _ => {}
        }
    }
}
