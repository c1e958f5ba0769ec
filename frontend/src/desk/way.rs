//! What the person asks for on the way, and the watch over a page that nobody looks at. Comes late.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use skills_passport_web::canvas;
use skills_passport_web::core::assessment::Assessment;
use skills_passport_web::core::facade::Engine;
use skills_passport_web::core::framework::{Scheme, SchemeDocument, scheme_file_name};
use skills_passport_web::core::json;
use skills_passport_web::core::paper;
use skills_passport_web::core::profile::Profile;
use skills_passport_web::device;
use skills_passport_web::files;

use super::{Desk, LateDesk};
use crate::state::folder;
use crate::state::idle::{self, Watch};
use crate::state::way::{Act, Picture, Step};
use crate::state::{Action, Deed, Notice, Shown, State, in_language_of};
use crate::text::Key;

/// The tool that mediators note sessions in.
pub(super) const SCHEME: &str = "coop-themes";
/// Largest file of a scheme, bytes.
const MAX_SCHEME_BYTES: usize = 1 << 18;
/// How many more questions the outlook speaks of.
const SOME_MORE: u16 = 5;
/// What shows that somebody is there.
const SIGNS_OF_LIFE: [&str; 5] = ["pointerdown", "keydown", "wheel", "touchmove", "scroll"];
/// Milliseconds between two looks at the clock.
const TICK: u32 = 1_000;

/// What there is to say once the next screen is shown: what the last answer completed or, at the end, what more questions
/// would bring.
pub(super) fn look(engine: &Engine, assessment: &Assessment, ended: bool) -> Option<Step> {
    if ended {
        return Some(Step::Outlook(engine.outlook(assessment, SOME_MORE).ok()?));
    }
    Some(Step::Cheer(assessment.setting.id, engine.milestone(assessment).ok()??))
}

impl LateDesk {
    /// Carries out what the person asks for.
    pub(super) async fn on_the_way(&self, act: Act) -> Result<(), Notice> {
        match act {
            Act::Why => self.why(),
            Act::Lengthen => self.lengthen().await,
            Act::SavePicture(shown, picture) => self.save_picture(shown, picture).await,
            Act::Summarise => self.summarise().await,
            Act::Copy(text) => {
                let copied = device::copy(&text).await;
                self.step(Step::Copied(copied));
                Ok(())
            }
        }
    }

    fn step(&self, step: Step) {
        self.act(Action::Did(Deed::Step(step)));
    }

    fn why(&self) -> Result<(), Notice> {
        let reason = match (&self.state.turn, &self.state.way.reason) {
            (Some(turn), None) => self.late.engine.why(&turn.assessment)?,
            _ => None,
        };
        self.step(Step::Reason(reason));
        Ok(())
    }

    /// Goes on with a sitting that has ended. It was recorded, so that it goes on under another id: a record never changes.
    async fn lengthen(&self) -> Result<(), Notice> {
        let unable = || Notice::error(Key::ErrorOther);
        let (Some(turn), Some(outlook)) = (&self.state.turn, &self.state.way.outlook) else { return Ok(()) };
        let mut assessment = in_language_of(&self.late.sheet, turn.assessment.clone());
        assessment.setting.id = device::random_uuid().ok_or_else(unable)?;
        let engine = &self.late.engine;
        let turn = if outlook.mode == assessment.plan.mode {
            engine.resume(assessment)?
        } else {
            engine.lengthen(&assessment, outlook.mode)?
        };
        self.advance(turn).await
    }

    async fn save_picture(&self, shown: Shown, picture: Picture) -> Result<(), Notice> {
        let unable = || Notice::error(Key::ErrorFile);
        let (framework, language) = (self.late.engine.instrument().framework(), self.late.sheet.language());
        let Some(profile) = profile_shown(&self.state, shown) else { return Ok(()) };
        let day = device::now().ok_or_else(unable)?;
        let name = |ending: &str| ["skills-", day.date(), ending].concat();
        let saved = match picture {
            Picture::Svg => {
                let svg = paper::picture(&profile.areas, framework, language).ok_or_else(unable)?;
                files::download(&name(".svg"), "image/svg+xml", &svg)
            }
            Picture::Png => {
                canvas::download_png(&name(".png"), &paper::drawing(&profile.areas, framework, language)).await
            }
        };
        saved.map_err(|_| unable())?;
        self.act(Action::Notice(Notice::info(Key::NoticeExported)));
        Ok(())
    }

    /// Fetches the words of the mediators' tool.
    async fn summarise(&self) -> Result<(), Notice> {
        let engine = &self.late.engine;
        let file = scheme_file_name(SCHEME, &engine.framework());
        let unable = || Notice::error(Key::ErrorLate);
        let text = self.host.text(&file).await.map_err(|_| unable())?;
        let document: SchemeDocument = json::read(&text, MAX_SCHEME_BYTES).map_err(|_| unable())?;
        let framework = engine.instrument().framework();
        let scheme = Scheme::new(document, framework, framework, None).map_err(|_| unable())?;
        self.step(Step::Scheme(Rc::new(scheme)));
        Ok(())
    }
}

/// The results on the screen.
pub(crate) fn profile_shown(state: &State, shown: Shown) -> Option<Profile> {
    match shown {
        Shown::Current => {
            let assessment = &state.turn.as_ref()?.assessment;
            if assessment.answers.is_empty() {
                return None;
            }
            state.late.as_ref()?.engine.profile(assessment).ok()
        }
        Shown::Record(id) => {
            let records = state.summary()?.assessments;
            records.into_iter().find(|record| record.id == id).map(|record| record.profile)
        }
    }
}

/// Watches whether somebody is there, until what it gives is dropped.
pub(crate) fn keep_watch(desk: Rc<Desk>) -> Box<dyn Any> {
    let state = &desk.state;
    let now = device::clock();
    let last = Rc::new(Cell::new(now));
    let warned = state.way.idle.map(|_| now);
    let window = gloo::utils::window();
    let listeners: Vec<EventListener> = SIGNS_OF_LIFE
        .into_iter()
        .map(|sign| {
            let last = last.clone();
            EventListener::new(&window, sign, move |_| last.set(device::clock()))
        })
        .collect();
    let patience = state.way.patience;
    let interval = Interval::new(TICK, move || match idle::watch(last.get(), warned, device::clock(), patience) {
        Watch::Awake => {}
        Watch::Warn(left) => desk.act(Action::Did(Deed::Step(Step::Idle(Some(left))))),
        Watch::Over => desk.clone().carry_out(Deed::Passport(folder::Act::Erase)),
    });
    Box::new((listeners, interval))
}
