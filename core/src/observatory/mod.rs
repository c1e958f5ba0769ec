//! What groups look like, without showing anybody.
//!
//! Owns summaries that merge exactly, the protection of small numbers before anything is published, and the Digital Skills
//! Indicator. Never derives that indicator from levels: it can only be computed by asking its activities.

mod change;
pub mod dsi;
mod protect;
mod randomised;
mod summary;

pub use change::Change;
pub use protect::{Group, Policy, Published, protect};
pub use randomised::{Estimate, RandomisedResponse, RandomisedResponseError};
pub use summary::{CATEGORIES, Count, Row, Summary, SummaryError, person_key};
