//! Which offers take a learner on: constraints, a ranked list with its reasons, and what nobody offers.
//!
//! Nothing is recommended on "not enough evidence", below the learner's level or above their reach. A constraint that an
//! offer breaks excludes it; where the offer says nothing about it, the offer comes after all others and says so, or is
//! excluded if the learner wants that. Ranks do not depend on other offers, and ties are broken by distance and id.

mod answer;
mod facts;
mod index;
mod points;
mod wishes;

pub use answer::{Match, MatchReason, Matches, Uncovered, Why, Wish};
pub use index::{Index, Prepared};
pub use wishes::{LearningGoal, Weights, Wishes};
