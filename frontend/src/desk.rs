//! Carries out what the person does: asks the engine, keeps things on the device, handles files, tells the page.
//!
//! The [`Desk`] has what the first question needs. All else is done by a [`LateDesk`], once there is an engine.

mod fetching;
pub(crate) mod folder;
mod sitting;
pub(crate) mod way;
mod work;

use std::ops::Deref;
use std::rc::Rc;

use skills_passport_web::keep::{self, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use yew::UseReducerHandle;

use crate::host::{Host, JOURNAL, PASSPORT};
use crate::keeper::Keeper;
use crate::late::Late;
use crate::speech::Reading;
use crate::state::folder::Act;
use crate::state::{Action, Deed, Notice, Screen, Settings, State, Storage};
use crate::text::{Key, Texts};

/// A desk with what comes late: the engine, and functions.
#[derive(Clone)]
pub(crate) struct LateDesk {
    desk: Rc<Desk>,
    pub(crate) late: Late,
}

impl Deref for LateDesk {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

/// The state, as it is whenever somebody looks, and what deeds need besides.
pub(crate) struct Desk {
    pub(crate) state: UseReducerHandle<State>,
    pub(crate) keeper: Keeper,
    pub(crate) host: Host,
    pub(crate) settings: Settings,
    pub(crate) texts: Texts,
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
        if deed == Deed::Start && self.starts_at_once() && self.start()? {
            return Ok(());
        }
        if self.state.late.is_none() {
            self.act(Action::Notice(Notice::info(Key::ComingText)));
        }
        let desk = self.late().await?;
        (desk.late.work)(desk.clone(), deed).await
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

    /// Looks at the device for what was kept, when the widget appears.
    pub(crate) fn look(self: Rc<Self>) {
        let failed = self.host.recall(JOURNAL).or(self.host.recall(PASSPORT)).is_some();
        spawn_local(async move {
            // Nothing was asked of the store yet: its absence is only said when it is wanted. On a computer that people share,
            // what is there is somebody else's.
            if self.settings.storage != Storage::Memory
                && keep::exists().await == Ok(true)
                && let Ok(desk) = self.late().await
                && let Err(notice) = (desk.late.find)(desk.clone()).await
            {
                self.complain(notice);
            }
            if failed
                && let Ok(desk) = self.late().await
                && let Err(notice) = (desk.late.recover)(desk.clone()).await
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
        if let Some(late) = self.state.late.as_ref().filter(|_| self.state.reading != Reading::Silent) {
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
