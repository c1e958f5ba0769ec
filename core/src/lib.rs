//! Digital competence self-assessment: frameworks, adaptive measurement, profile and passport.
//!
//! ```
//! use skills_passport::assessment::{Mode, Plan, Setting, Step};
//! use skills_passport::bank::Response;
//! use skills_passport::profile::Profile;
//! # let instrument = skills_passport_frameworks::Library::shipped().instrument("digcomp", "general")?;
//!
//! let setting = Setting {
//!     id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff".parse()?,
//!     language: "en".parse()?,
//!     seed: 7,
//!     started: "2026-11-22T09:30:00Z".parse()?,
//!     assisted: false,
//! };
//! let mut assessment = instrument.start(Plan::new(Mode::Quick), setting)?;
//! while let Step::Ask(item) = instrument.step(&assessment) {
//!     assessment = instrument.answer(&assessment, &item.id, Response::DontKnow)?;
//! }
//! println!("overall level {}", Profile::of(&instrument, &assessment).overall.level);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The instrument in the example comes from `skills-passport-frameworks`, which ships DigComp and an item bank as data;
//! any [`framework::Framework`] and [`bank::Bank`] will do.
//!
//! # What it is not
//!
//! Not a certificate and not a supervised test: results are self-asserted, meant for guidance, and carry their
//! uncertainty. They must not decide on admission, placement, recruitment or benefits.
//!
//! # Where to go next
//!
//! * [`assessment`]: ask and answer; [`profile`]: what it says; [`passport`]: keep it; [`offers`]: what to learn next;
//! * [`framework`] and [`bank`]: the data and its checks; [`measure`]: the psychometrics; [`simulation`]: its trial;
//! * [`facade`]: the same for other languages, as requests and answers.
//!
//! The crate is pure: no I/O, no clock, no global state, no randomness that is not passed in. The same input gives the
//! same bytes on every platform, and no input makes it panic.

pub mod assessment;
pub mod bank;
pub mod calibration;
#[cfg(feature = "credentials")]
pub mod credential;
pub mod directory;
pub mod facade;
pub mod framework;
pub mod id;
pub mod json;
pub mod measure;
pub mod observatory;
pub mod offers;
pub mod pack;
#[cfg(feature = "paper")]
pub mod paper;
pub mod passport;
pub mod profile;
pub mod simulation;
pub mod table;
pub mod units;

/// Version of this engine, as written into records.
#[must_use]
pub fn engine_version() -> semver::Version {
    let number = |text: &str| text.parse().unwrap_or_default();
    semver::Version::new(
        number(env!("CARGO_PKG_VERSION_MAJOR")),
        number(env!("CARGO_PKG_VERSION_MINOR")),
        number(env!("CARGO_PKG_VERSION_PATCH")),
    )
}
