//! x
pub mod assessment;
pub mod bank;
pub mod facade;
pub mod framework;
pub mod id;
pub mod json;
pub mod measure;
pub mod pack;
pub mod passport;
pub mod profile;
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
