//! The screens, one file each, named by what the learner sees.

mod passport;
mod pause;
mod question;
mod welcome;

pub(crate) use passport::{Shelf, passport};
pub(crate) use pause::pause;
pub(crate) use question::QuestionScreen;
pub(crate) use welcome::{Start, WelcomeScreen};
