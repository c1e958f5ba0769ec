//! Quantities with their units.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A fixed-point number in thousandths, of a level where nothing else is said.
///
/// Documents that are hashed or signed hold integers only, so that their canonical form never depends on how a
/// floating-point number is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "typescript", tsify(type = "number"))]
pub struct Thousandths(pub i32);

impl Thousandths {
    /// The number in units (levels, not thousandths).
    #[must_use]
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// The nearest thousandth; values outside ±2,000,000 units are clamped and NaN becomes zero.
    #[must_use]
    pub fn from_f64(value: f64) -> Self {
        Self(libm::round((value * 1000.0).clamp(-2e9, 2e9)) as i32)
    }
}

/// A proficiency level on the eight-level scale: 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "typescript", tsify(type = "number"))]
pub struct Level(u8);

/// A number that is not a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("`{0}` is not a proficiency level: use 1 to 8")]
pub struct LevelError(pub u8);

impl Level {
    /// How many levels there are.
    pub const COUNT: u8 = 8;

    /// The level with this number.
    ///
    /// # Errors
    /// Outside 1 to 8.
    pub fn new(number: u8) -> Result<Self, LevelError> {
        if (1..=Self::COUNT).contains(&number) { Ok(Self(number)) } else { Err(LevelError(number)) }
    }

    /// The level whose interval [ℓ−½, ℓ+½) holds `theta` (in levels), the ends being open: 1 or 8 beyond them.
    #[must_use]
    pub fn of(theta: f64) -> Self {
        Self(libm::floor(theta + 0.5).clamp(1.0, f64::from(Self::COUNT)) as u8)
    }

    /// The eight levels, lowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::COUNT).map(Self)
    }

    /// 1 to 8.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Level {
    type Error = LevelError;
    fn try_from(number: u8) -> Result<Self, LevelError> {
        Self::new(number)
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.0
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// An instant in UTC, to the second, in the one form that documents use: `2026-11-22T09:30:00Z` (RFC 3339, section 5.6).
///
/// Core has no clock: instants are passed in, so that the same input gives the same document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "typescript", tsify(type = "string"))]
pub struct Timestamp(String);

/// A text that is not an instant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not an instant: write it in UTC like `2026-11-22T09:30:00Z`")]
pub struct TimestampError(pub String);

impl Timestamp {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date part, `2026-11-22`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;

    /// Accepts `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction of a second, which is dropped.
    fn try_from(text: String) -> Result<Self, TimestampError> {
        match seconds_form(&text) {
            Some(form) => Ok(Self(form)),
            None => Err(TimestampError(text.chars().take(40).collect())),
        }
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        Self::try_from(text.to_owned())
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> String {
        at.0
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn seconds_form(text: &str) -> Option<String> {
    let body = text.strip_suffix('Z')?;
    let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = whole.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let shape = "0000-00-00T00:00:00";
    let separators = whole.len() == shape.len()
        && whole
            .bytes()
            .zip(shape.bytes())
            .all(|(found, want)| if want == b'0' { found.is_ascii_digit() } else { found == want });
    if !separators || fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    let in_range = (1..=days).contains(&day) && digits(11..13)? < 24 && digits(14..16)? < 60 && digits(17..19)? < 60;
    in_range.then(|| format!("{whole}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_the_interval_around_its_number() {
        for (theta, level) in [(-3.0, 1), (1.499, 1), (1.5, 2), (4.499_999, 4), (4.5, 5), (7.5, 8), (40.0, 8)] {
            assert_eq!(Level::of(theta).number(), level, "{theta}");
        }
        assert_eq!(Level::new(9), Err(LevelError(9)));
    }

    #[test]
    fn an_instant_has_one_form() {
        let at: Timestamp = "2026-11-22T09:30:00.123Z".parse().unwrap();
        assert_eq!(at.as_str(), "2026-11-22T09:30:00Z");
        assert_eq!(at.date(), "2026-11-22");
        assert!("2024-02-29T00:00:00Z".parse::<Timestamp>().is_ok());
        for bad in [
            "",
            "2026-11-22",
            "2026-11-22T09:30:00",
            "2026-11-22T09:30:00+01:00",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T09:30:00.Z",
            "é026-11-22T09:30:0Z",
            "2026-11-22T09:30:+1Z",
        ] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }

    #[test]
    fn thousandths_round_and_never_overflow() {
        assert_eq!(Thousandths::from_f64(3.4567), Thousandths(3457));
        assert_eq!(Thousandths::from_f64(-0.0004), Thousandths(0));
        assert_eq!(Thousandths::from_f64(f64::NAN), Thousandths(0));
        assert_eq!(Thousandths::from_f64(f64::INFINITY), Thousandths(2_000_000_000));
    }
}
