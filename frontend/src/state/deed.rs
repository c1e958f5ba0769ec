//! What is on the screen, and what the person does there.

use skills_passport_web::core::assessment::Mode;
use skills_passport_web::core::bank::Response;
use skills_passport_web::core::id::OptionId;
use uuid::Uuid;

use super::folder::{Act, Change, Errand};
use super::way::{Act as WayAct, Step};
use crate::display::Display;
use crate::sharing::ShareDeed;
use crate::speech::Reading;

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
