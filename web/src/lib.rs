//! Skills Passport in the browser.
//!
//! Three things live here, and no rule of measurement, matching or format:
//!
//! * what the engine needs from a browser: the time, randomness, files and a [store](keep::Store) on the device;
//! * with the feature `api`, the JavaScript API: an ES module with TypeScript declarations that calls
//!   [`skills_passport::facade`] and nothing else; with `rdfc`, a second such module for proofs over RDF, which is heavy and
//!   therefore apart;
//! * with the feature `verify`, what the page that checks badges calls.

#[cfg(feature = "api")]
pub mod api;
pub mod canvas;
#[cfg(any(feature = "api", feature = "rdfc"))]
mod convert;
pub mod device;
pub mod files;
pub mod keep;
#[cfg(feature = "rdfc")]
pub mod rdfc;
pub mod tabs;
#[cfg(feature = "verify")]
pub mod verify;

pub use skills_passport as core;
