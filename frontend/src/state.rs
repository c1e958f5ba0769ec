//! What the widget shows, and how it changes. Pure: tested without a browser.

mod answering;
pub(crate) mod folder;
pub(crate) mod idle;
pub(crate) mod way;

use std::rc::Rc;

use skills_passport_web::core::assessment::{Assessment, Mode};
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{Engine, Failure, PassportSummary, Question, Turn};
use skills_passport_web::core::id::{CompetenceId, ItemId, Language, OptionId};
use skills_passport_web::core::units::Timestamp;
use uuid::Uuid;
use yew::Reducible;

use crate::display::Display;
use skills_passport_web::tabs::News;

pub(crate) use self::answering::{is_whole, order_shown, revised};
use self::folder::{Act, Change, Errand, Folder};
use self::way::{Act as WayAct, Step, Way};
use crate::late::Late;
use crate::screens::Shelf;
use crate::sharing::{ShareDeed, Sharing};
use crate::speech::Reading;
use crate::text::Key;
use crate::vault::Vault;

/// What is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Screen {
    Welcome,
    /// Which skills the questions are to be about.
    Choose,
    Question,
    Pause,
    Results(Shown),
    /// What could be done next, after these results.
    Next(Shown),
    Passport,
    Vault(Page),
}

/// A screen of what comes with badges and passphrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Badges,
    Protect,
    Share,
}

/// Which results are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shown {
    /// Those of the assessment just answered.
    Current,
    /// Those of a record in the passport.
    Record(Uuid),
}

/// What the person did.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Deed {
    ChooseMode(Mode),
    ChooseKeep(bool),
    ChooseAssisted(bool),
    Start,
    /// Go on with the answers that wait.
    GoOn,
    Choose(Response),
    /// Tick an option, or no longer.
    Tick(OptionId),
    /// Move an entry of an order up (or down).
    Move(OptionId, bool),
    /// Match an option with a target, or with none.
    Match(OptionId, Option<OptionId>),
    Submit,
    /// Pass the question over.
    Skip,
    Back,
    /// End the questions here.
    Stop,
    /// Try again to fetch what comes late.
    FetchLate,
    Show(Screen),
    Keep,
    /// Something with the passport.
    Passport(Act),
    /// Something with badges, passphrases or copies for others.
    Vault(Errand),
    /// Something around it that only changes what is shown.
    Folder(Change),
    /// Ask (or no longer ask) whether everything is to be erased.
    AskErase(bool),
    CloseNotice,
    /// Something about what the page asks for.
    Share(ShareDeed),
    /// The page asks for results.
    AskToShare,
    /// Something on the way, carried out by what comes late.
    Way(WayAct),
    /// Something on the way that only changes what is shown.
    Step(Step),
    Language(&'static str),
    /// Ask the questions in this language.
    Questions(&'static str),
    /// Open or close the menu of how things are shown.
    ShowDisplay(bool),
    /// Show things this way.
    Display(Display),
    /// Read these texts aloud, or with none: hold, go on or end.
    Read(Vec<String>, Reading),
    Print,
}

impl Deed {
    /// Whether the desk carries it out, step by step. Other deeds only change what is shown.
    pub(crate) fn is_work(&self) -> bool {
        matches!(
            self,
            Self::Start
                | Self::GoOn
                | Self::Submit
                | Self::Skip
                | Self::Back
                | Self::Stop
                | Self::FetchLate
                | Self::Display(_)
                | Self::Read(..)
                | Self::Keep
                | Self::Passport(_)
                | Self::Vault(_)
                | Self::Way(_)
                | Self::AskToShare
                | Self::Share(ShareDeed::Give | ShareDeed::Refuse)
        )
    }
}

/// A message to the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Notice {
    pub(crate) key: Key,
    /// Where a file is at fault, for error messages that say so.
    pub(crate) path: String,
    pub(crate) is_error: bool,
}

impl Notice {
    pub(crate) fn info(key: Key) -> Self {
        Self { key, path: String::new(), is_error: false }
    }

    pub(crate) fn error(key: Key) -> Self {
        Self { key, path: String::new(), is_error: true }
    }

    /// Code of an error for the page.
    pub(crate) fn code(&self) -> &'static str {
        match self.key {
            Key::ErrorStore
            | Key::ErrorStoreFull
            | Key::ErrorStoreNewer
            | Key::ErrorStoreGone
            | Key::ErrorStoreCorrupt
            | Key::ErrorKeptPassport
            | Key::ErrorKeptNewer
            | Key::ErrorOtherTab
            | Key::ErrorWaiting => "storage",
            Key::ErrorOther => "other",
            Key::ErrorLate => "not-loaded",
            Key::ErrorVersion => "other-version",
            _ => "file",
        }
    }
}

/// Plain words for a refusal.
impl From<Failure> for Notice {
    fn from(failure: Failure) -> Self {
        let key = match failure.code.as_str() {
            "too-large" => Key::ErrorTooLarge,
            "not-utf8" => Key::ErrorNotText,
            "not-json" => Key::ErrorNotJson,
            // Not even the outermost value is right: there is no place to name.
            "wrong-shape" if failure.path.is_empty() => Key::ErrorNotJson,
            "wrong-shape" => Key::ErrorWrongShape,
            "newer-version" => Key::ErrorNewer,
            "conflict" => Key::ErrorConflict,
            _ => Key::ErrorOther,
        };
        Self { key, path: failure.path, is_error: true }
    }
}

/// What the page says by the element's attributes and properties.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) mode: Option<Mode>,
    pub(crate) focus: Vec<CompetenceId>,
    pub(crate) storage: Storage,
    /// Whether a mediator helps here as a rule.
    pub(crate) assisted: bool,
    pub(crate) theme: &'static str,
    /// Changes with each catalogue of offers that the page hands over; 0 without one. [`Host::offers_text`] has its text.
    ///
    /// [`Host::offers_text`]: crate::host::Host::offers_text
    pub(crate) offers: u32,
}

/// Where the page lets answers be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// Where the person says.
    Ask,
    /// On the page only: for a computer that people share. Nothing is asked or written.
    Memory,
    /// Where the person says, with the device chosen beforehand.
    Device,
}

/// The looks of the widget; the first follows the browser.
pub(crate) const THEMES: [&str; 4] = ["auto", "light", "dark", "contrast"];

impl Settings {
    /// What `attribute` gives for each name. What is unknown counts as not said; `focus` lists competences, separated by
    /// commas or spaces.
    pub(crate) fn read(offers: u32, attribute: impl Fn(&str) -> Option<String>) -> Self {
        let focus = attribute("focus").unwrap_or_default();
        let focus = focus.split([',', ' ']).filter(|word| !word.is_empty());
        let theme = attribute("theme").and_then(|name| THEMES.into_iter().find(|theme| *theme == name));
        Self {
            mode: attribute("mode").and_then(|name| Mode::named(&name)),
            focus: focus.filter_map(|word| word.parse().ok()).collect(),
            storage: match attribute("storage").as_deref() {
                Some("memory") => Storage::Memory,
                Some("device") => Storage::Device,
                _ => Storage::Ask,
            },
            // As HTML has it: there or not, whatever its text.
            assisted: attribute("assisted").is_some(),
            theme: theme.unwrap_or("auto"),
            offers,
        }
    }
}

/// What the person chose on the first screen, and what counts where nothing was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choices {
    pub(crate) mode: Mode,
    pub(crate) focus: Vec<CompetenceId>,
    pub(crate) keep: bool,
    pub(crate) assisted: bool,
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use skills_passport_frameworks::{Library, packs};
    use skills_passport_web::core::facade::{AnswerRequest, StartRequest};

    fn engine(file: &str) -> Rc<Engine> {
        let packs = packs(&Library::shipped()).unwrap();
        let pack = packs.iter().find(|pack| pack.file_name == file).unwrap();
        Rc::new(Engine::load(&pack.json).unwrap())
    }

    fn started(engine: &Engine) -> Turn {
        let request = StartRequest {
            mode: Mode::Quick,
            focus: vec![],
            language: "fr".parse().unwrap(),
            seed: 7,
            id: Uuid::from_u128(1),
            started: "2026-11-22T09:30:00Z".parse().unwrap(),
            assisted: false,
        };
        engine.start(request).unwrap()
    }

    /// With everything there.
    fn whole(engine: Rc<Engine>) -> State {
        State { late: Some(Late::here()), ..State::new(engine) }
    }

    fn after(state: State, actions: Vec<Action>) -> State {
        let last = actions.into_iter().fold(Rc::new(state), Reducible::reduce);
        (*last).clone()
    }

    #[test]
    fn answering_to_the_end_leads_from_question_to_results() {
        let engine = engine("digcomp-3.0.general.fr.json");
        let mut state = after(State::new(engine.clone()), vec![Action::Turn(started(&engine))]);
        let mut asked = 0;
        while state.screen == Screen::Question {
            let turn = state.turn.clone().unwrap();
            let item = turn.question.unwrap().item;
            let request = AnswerRequest { assessment: turn.assessment, item, response: Response::DontKnow };
            state = after(state, vec![Action::Turn(engine.answer(request).unwrap())]);
            asked += 1;
        }
        assert_eq!((asked, state.screen), (10, Screen::Results(Shown::Current)));
    }

    #[test]
    fn another_language_keeps_the_question_and_the_answer_taken_back() {
        let french = engine("digcomp-3.0.general.fr.json");
        let first = started(&french);
        let request = AnswerRequest {
            item: first.question.clone().unwrap().item,
            assessment: first.assessment,
            response: Response::DontKnow,
        };
        let undone = french.undo(french.answer(request).unwrap().assessment).unwrap();
        let english = engine("digcomp-3.0.general.en.json");
        let state = after(whole(french), vec![Action::Turn(undone.clone()), Action::Reload(english)]);
        let turn = state.turn.unwrap();
        assert_eq!(turn.assessment.setting.language.as_str(), "en");
        assert_eq!(turn.undone, Some(Response::DontKnow));
        let (french, english) = (undone.question.unwrap(), turn.question.unwrap());
        assert_eq!(french.item, english.item);
        assert_ne!(french.stem, english.stem);
    }

    #[test]
    fn another_language_keeps_the_first_question_before_all_is_loaded() {
        let french = engine("digcomp-3.0.general.fr.json");
        let first = started(&french);
        let english = engine("digcomp-3.0.general.en.json");
        let state = after(State::new(french), vec![Action::Turn(first.clone()), Action::Reload(english.clone())]);
        let question = state.turn.unwrap().question.unwrap();
        assert_eq!(question.item, first.question.unwrap().item);
        let wording = english.instrument().bank().text(&"en".parse().unwrap()).unwrap();
        assert_eq!(question.stem, wording.items.get(&question.item).unwrap().stem);
    }

    #[test]
    fn what_is_said_while_waiting_goes_when_the_rest_has_come() {
        let waiting = vec![Action::Notice(Notice::info(Key::ComingText)), Action::Late(Late::here())];
        assert_eq!(after(State::new(engine("digcomp-3.0.general.en.json")), waiting).notice, None);
    }

    #[test]
    fn another_framework_ends_the_assessment_under_way() {
        let first = engine("digcomp-3.0.general.fr.json");
        let turn = started(&first);
        let other = engine("digcomp-2.2.general.fr.json");
        let state = after(State::new(first), vec![Action::Turn(turn), Action::Reload(other)]);
        assert!(state.turn.is_none() && state.screen == Screen::Welcome);
    }

    #[test]
    fn erasing_forgets_everything_and_says_so() {
        let engine = engine("digcomp-3.0.general.en.json");
        let turn = started(&self::engine("digcomp-3.0.general.fr.json"));
        let actions = vec![Action::Turn(turn), Action::Keeping(true), Action::Passport("{}".into()), Action::Erased];
        let state = after(State::new(engine), actions);
        assert!(state.turn.is_none() && state.passport.is_none() && !state.keeping);
        assert_eq!(state.notice, Some(Notice::info(Key::NoticeErased)));
    }

    #[test]
    fn chosen_skills_are_asked_for_first_and_then_count_in_the_order_of_the_framework() {
        let engine = engine("digcomp-3.0.general.fr.json");
        let (nothing, named) = (settings(&[]), settings(&[("mode", Some("focus")), ("focus", Some("4.1"))]));
        let state = after(State::new(engine), vec![Action::Did(Deed::ChooseMode(Mode::Focus))]);
        assert!(state.must_choose(&nothing) && !state.must_choose(&named));
        let choose = |ids: &[&str]| {
            let ids = ids.iter().map(|id| id.parse().unwrap()).collect();
            Action::Did(Deed::Step(Step::Choose(ids, true)))
        };
        let asked = after(state, vec![Action::Did(Deed::Show(Screen::Choose))]);
        assert!(asked.must_choose(&nothing), "nothing is chosen yet");
        let chosen = after(asked, vec![choose(&["2.1", "9.9"]), choose(&["1.2"])]);
        assert!(!chosen.must_choose(&nothing));
        assert_eq!(chosen.choices(&nothing).focus, ["1.2".parse().unwrap(), "2.1".parse().unwrap()]);
    }

    #[test]
    fn only_what_is_on_this_page_alone_goes_when_nobody_is_there() {
        let engine = engine("digcomp-3.0.general.fr.json");
        let asked = after(State::new(engine.clone()), vec![Action::Turn(started(&engine))]);
        assert!(!asked.is_in_passing(), "nothing is answered yet");
        let turn = asked.turn.clone().unwrap();
        let item = turn.question.unwrap().item;
        let request = AnswerRequest { assessment: turn.assessment, item, response: Response::DontKnow };
        let answered = after(asked, vec![Action::Turn(engine.answer(request).unwrap())]);
        assert!(answered.is_in_passing());
        assert!(!after(answered, vec![Action::Keeping(true)]).is_in_passing(), "the device has it");
    }

    #[test]
    fn the_warning_changes_the_place_and_erasing_ends_it() {
        let state = State::new(engine("digcomp-3.0.general.fr.json"));
        let warned = after(state.clone(), vec![Action::Did(Deed::Step(Step::Idle(Some(120))))]);
        assert_ne!(warned.place(), state.place(), "the heading of the warning takes the focus");
        assert_eq!(after(warned.clone(), vec![Action::Did(Deed::Step(Step::Idle(Some(119))))]).place(), warned.place());
        assert_eq!(after(warned, vec![Action::Erased]).place(), state.place());
    }

    #[test]
    fn a_reason_is_for_one_question() {
        let engine = engine("digcomp-3.0.general.fr.json");
        let turn = started(&engine);
        let reason = engine.why(&turn.assessment).unwrap();
        let asked = vec![Action::Turn(turn.clone()), Action::Did(Deed::Step(Step::Reason(reason.clone())))];
        let asked = after(State::new(engine), asked);
        assert!(reason.is_some() && asked.way.reason == reason);
        assert_eq!(after(asked, vec![Action::Turn(turn)]).way.reason, None);
    }

    #[test]
    fn focus_is_left_alone_until_the_person_acts() {
        let state = State::new(engine("digcomp-3.0.general.en.json"));
        let found = after(state, vec![Action::Found { waiting: None, passport: None, last_export: None }]);
        assert!(!found.touched);
        assert!(after(found, vec![Action::Did(Deed::Show(Screen::Passport))]).touched);
    }

    #[test]
    fn what_another_tab_does_leaves_the_focus_alone() {
        let state = State::new(engine("digcomp-3.0.general.en.json"));
        let heard = vec![Action::Heard(News::Changed), Action::Folder(Change::Persistent(true))];
        let state = after(state, heard);
        assert_eq!((state.touched, state.heard), (false, 1));
    }

    #[test]
    fn what_another_tab_erases_stays_on_this_page_and_is_kept_no_more() {
        let engine = engine("digcomp-3.0.general.en.json");
        let actions = vec![Action::Keeping(true), Action::Passport("{}".into()), Action::Heard(News::Erased)];
        let state = after(State::new(engine), actions);
        assert!(state.passport.is_some() && !state.keeping);
        assert_eq!(state.notice, Some(Notice::info(Key::NoticeErasedElsewhere)));
    }

    #[test]
    fn going_on_without_an_answer_is_pointed_out_until_one_is_chosen() {
        let engine = engine("digcomp-3.0.general.fr.json");
        let turn = started(&engine);
        let pointed = after(State::new(engine), vec![Action::Turn(turn), Action::Did(Deed::Submit)]);
        assert!(pointed.missing);
        assert!(!after(pointed, vec![Action::Did(Deed::Choose(Response::DontKnow))]).missing);
    }

    #[test]
    fn a_new_question_forgets_the_choice_made_for_the_last() {
        let engine = engine("digcomp-3.0.general.fr.json");
        let turn = started(&engine);
        let chosen =
            vec![Action::Turn(turn.clone()), Action::Did(Deed::Choose(Response::DontKnow)), Action::Turn(turn)];
        assert_eq!(after(State::new(engine), chosen).chosen, None);
    }

    fn settings(attributes: &[(&str, Option<&str>)]) -> Settings {
        let value = |name: &str| attributes.iter().find(|(other, _)| *other == name).and_then(|(_, value)| *value);
        Settings::read(0, |name| value(name).map(str::to_owned))
    }

    #[test]
    fn a_page_for_a_shared_computer_keeps_nothing_whatever_was_chosen() {
        let state = State::new(engine("digcomp-3.0.general.fr.json"));
        let keep = |state: &State, storage| state.choices(&settings(&[("storage", storage)])).keep;
        assert!(!keep(&state, None) && keep(&state, Some("device")) && !keep(&state, Some("memory")));
        let chosen = after(state, vec![Action::Did(Deed::ChooseKeep(true))]);
        assert!(keep(&chosen, None) && !keep(&chosen, Some("memory")));
        let chosen = after(chosen, vec![Action::Did(Deed::ChooseKeep(false))]);
        assert!(!keep(&chosen, Some("device")), "the person decides");
    }

    #[test]
    fn a_page_may_say_that_a_mediator_helps_and_the_person_may_say_otherwise() {
        let state = State::new(engine("digcomp-3.0.general.fr.json"));
        let assisted = |state: &State| state.choices(&settings(&[("assisted", Some(""))])).assisted;
        assert!(assisted(&state) && !state.choices(&settings(&[])).assisted);
        assert!(!assisted(&after(state, vec![Action::Did(Deed::ChooseAssisted(false))])));
    }

    #[test]
    fn an_unknown_theme_is_the_one_that_follows_the_browser() {
        let theme = |name| settings(&[("theme", name)]).theme;
        assert_eq!([theme(None), theme(Some("dark")), theme(Some("pink"))], ["auto", "dark", "auto"]);
    }

    #[test]
    fn attributes_set_the_mode_until_the_person_chooses() {
        let state = State::new(engine("digcomp-3.0.general.fr.json"));
        let mode = |state: &State, mode, focus| state.choices(&settings(&[("mode", mode), ("focus", focus)])).mode;
        assert_eq!(mode(&state, None, None), Mode::Quick);
        assert_eq!(mode(&state, Some("standard"), None), Mode::Standard);
        assert_eq!(mode(&state, Some("nonsense"), None), Mode::Quick);
        assert_eq!(mode(&state, Some("focus"), None), Mode::Focus);
        assert_eq!(mode(&state, Some("focus"), Some("1.1, 4.2")), Mode::Focus);
        assert_eq!(mode(&state, Some("focus"), Some("9.9")), Mode::Focus, "the person chooses");
        let focus = state.choices(&settings(&[("mode", Some("focus")), ("focus", Some("9.9, 1.1 1.1"))])).focus;
        assert_eq!(focus, ["1.1".parse().unwrap()]);
        let chosen = after(state, vec![Action::Did(Deed::ChooseMode(Mode::Thorough))]);
        assert_eq!(mode(&chosen, Some("standard"), None), Mode::Thorough);
    }

    #[test]
    fn every_refusal_has_plain_words() {
        for (code, key) in [("newer-version", Key::ErrorNewer), ("not-json", Key::ErrorNotJson), ("?", Key::ErrorOther)]
        {
            let failure = Failure { code: code.into(), message: String::new(), path: "/format".into() };
            let notice = Notice::from(failure);
            assert_eq!((notice.key, notice.is_error, notice.path.as_str()), (key, true, "/format"));
        }
    }
}
