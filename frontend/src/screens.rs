//! The screens, one file each, named by what the learner sees.

mod passport;
mod pause;
mod question;
mod welcome;

pub(crate) use passport::PassportScreen;
pub(crate) use pause::PauseScreen;
pub(crate) use question::QuestionScreen;
pub(crate) use welcome::{Start, WelcomeScreen};
