//! The screens, one file each, named by what the learner sees.

mod choose;
mod coming;
mod display;
mod idle;
mod leave;
mod next;
mod passport;
mod pause;
mod question;
mod results;
mod share;
mod vault;
mod welcome;

pub(crate) use choose::choose;
pub(crate) use coming::coming;
pub(crate) use display::{display, reader};
pub(crate) use idle::idle;
pub(crate) use leave::leave;
pub(crate) use next::{NextProperties, Shelf, inside, next};
pub(crate) use passport::passport;
pub(crate) use pause::pause;
pub(crate) use question::{cheer, composed, picture, question, reason};
pub(crate) use results::results;
pub(crate) use share::share;
pub(crate) use vault::vault;
pub(crate) use welcome::welcome;
