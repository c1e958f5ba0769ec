//! What groups look like, without showing anybody.
//!
//! Owns summaries that merge exactly, the protection of small numbers before anything is published, and the Digital Skills
//! Indicator. Never derives that indicator from levels: it can only be computed by asking its activities.

mod change;
pub mod dsi;
mod protect;
mod randomised;
mod report;
mod sketch;
mod summary;

pub use change::Change;
pub use protect::{Group, Policy, Published, protect};
pub use randomised::{Estimate, RandomisedResponse, RandomisedResponseError};
pub use report::{CompetenceReport, Need, Report, Span, Step};
pub use sketch::{Bin, Sketch};
pub use summary::{
    CATEGORIES, Count, MAX_SUMMARY_BYTES, NOT_ASKED, NOT_ENOUGH, Row, Summary, SummaryError, name_key, person_key,
};
