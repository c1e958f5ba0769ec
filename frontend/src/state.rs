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

use skills_passport_web::core::assessment::{Assessment, Mode, Plan};
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::facade::{PassportSummary, Question, Sheet, Turn};
use skills_passport_web::core::id::{CompetenceId, ItemId, OptionId};
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
    pub(crate) sheet: Rc<Sheet>,
    /// What the first question does not need, once it is there: with the engine of the sheet.
    pub(crate) late: Option<Late>,
    /// Another sheet that takes the place of the first, as soon as its engine is there.
    pub(crate) coming: Option<Rc<Sheet>>,
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
    /// Texts of items, as files, for the engine of this sheet.
    Texts(Rc<Sheet>, Vec<String>),
    /// Other words or another framework.
    Sheet(Rc<Sheet>),
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
                | Self::Sheet(_)
                | Self::Heard(_)
                | Self::Folder(Change::Persistent(_) | Change::CanSend(_) | Change::Unreadable(_))
        )
    }
}

impl State {
    pub(crate) fn new(sheet: Rc<Sheet>) -> Self {
        Self {
            sheet,
            late: None,
            coming: None,
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
        (self.late.as_ref()?.open)(self.passport.as_deref()?).ok()
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
            && (self.screen != Screen::Choose || self.way.chosen(&self.sheet).is_empty())
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
        let mut focus: Vec<CompetenceId> = Vec::new();
        for id in &settings.focus {
            if self.sheet.competences().any(|known| known == id) && !focus.contains(id) {
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
                named if named.is_empty() => self.way.chosen(&self.sheet),
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

    /// Goes on with the assessment under way in what is loaded now, or ends it where that is another framework or bank.
    fn resume(&mut self) {
        let Some(turn) = &self.turn else { return };
        let assessment = in_language_of(&self.sheet, turn.assessment.clone());
        let resumed = match &self.late {
            Some(late) => (late.resume)(&late.engine, assessment).ok(),
            // Where nothing was answered, the first question comes again; whatever else there is came late.
            None => self.sheet.open(assessment),
        };
        match resumed {
            Some(resumed) => self.turn = Some(Turn { undone: turn.undone.clone(), ..resumed }),
            None => {
                self.turn = None;
                self.screen = Screen::Welcome;
            }
        }
    }

    /// The same where a question was asked in another language than that of the engine: it may have been chosen meanwhile.
    fn catch_up(&mut self) {
        let Some(Assessment { framework, bank, setting, .. }) = self.turn.as_ref().map(|turn| &turn.assessment) else {
            return;
        };
        let loaded = (self.sheet.framework(), self.sheet.bank(), self.sheet.language());
        if self.late.is_some() && (framework, bank, &setting.language) != loaded {
            self.resume();
        }
    }
}

/// The assessment with the language of the texts that there are.
pub(crate) fn in_language_of(sheet: &Sheet, mut assessment: Assessment) -> Assessment {
    assessment.setting.language = sheet.language().clone();
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
                let is_coming = next.coming.as_ref().is_some_and(|coming| Rc::ptr_eq(coming, &late.sheet));
                // Another language may have been chosen since it was asked for.
                if is_coming || Rc::ptr_eq(&next.sheet, &late.sheet) && next.late.is_none() {
                    next.sheet = late.sheet.clone();
                    next.late = Some(late);
                    next.coming = next.coming.filter(|_| !is_coming);
                    next.catch_up();
                }
                next.notice = next.notice.filter(|notice| notice.key != Key::ComingText);
            }
            Action::Texts(sheet, files) if Rc::ptr_eq(&next.sheet, &sheet) => {
                if let Some(late) = &mut next.late {
                    let (engine, fitted) = (late.with_texts)(&late.engine, &files);
                    late.engine = engine;
                    if !fitted {
                        next.notice = Some(Notice::error(Key::ErrorLate));
                    }
                }
                if next.turn.as_ref().is_some_and(|turn| turn.texts_missing.is_some()) {
                    next.resume();
                }
            }
            Action::Texts(..) => {}
            Action::Sheet(sheet) if next.late.is_some() => next.coming = Some(sheet),
            Action::Sheet(sheet) => {
                next.sheet = sheet;
                next.resume();
            }
            Action::Turn(turn) => {
                next.screen = if turn.ending.is_none() { Screen::Question } else { Screen::Results(Shown::Current) };
                next.way.turned(&turn.assessment);
                next.chosen = turn.undone.clone().filter(Response::is_answer);
                next.moved = None;
                next.missing = false;
                next.turn = Some(turn);
                next.catch_up();
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
                    coming: next.coming,
                    ..State::new(next.sheet)
                };
                next.notice = Some(Notice::info(Key::NoticeErased));
            }
            Action::Notice(notice) => next.notice = Some(notice),
            Action::CloseNotice => next.notice = None,
        }
        Rc::new(next)
    }
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
                let revised = self
                    .late
                    .as_ref()
                    .zip(self.question())
                    .and_then(|(late, shown)| (late.revised)(chosen, shown, deed));
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
                let areas: Vec<_> = self.sheet.areas(&Plan::new(Mode::default())).into_iter().cloned().collect();
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
