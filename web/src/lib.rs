//! Skills Passport in the browser.
//!
//! Two things live here, and no rule of measurement, matching or format:
//!
//! * what the engine needs from a browser: the time, randomness, files and a [store](keep::Store) on the device;
//! * with the feature `api`, the JavaScript API: an ES module with TypeScript declarations that calls
//!   [`skills_passport::facade`] and nothing else.

#[cfg(feature = "api")]
pub mod api;
pub mod device;
pub mod files;
pub mod keep;

pub use skills_passport as core;
