//! What the library must never have of its own: the clock and chance.

use jiff::tz::TimeZone;
use skills_passport::units::Timestamp;
use uuid::Uuid;

use crate::error::CliError;
use crate::texts::Texts;

/// Now, in UTC.
pub(crate) fn now() -> Result<Timestamp, CliError> {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string().parse().map_err(|_| CliError::Clock)
}

/// The date of an instant where the computer is: an evening in Guadeloupe is not the next day.
fn local_date(at: &Timestamp) -> Option<jiff::civil::Date> {
    Some(at.as_str().parse::<jiff::Timestamp>().ok()?.to_zoned(TimeZone::system()).date())
}

/// The date of an instant where the computer is, as `2026-11-22`.
pub(crate) fn iso_date(at: &Timestamp) -> String {
    local_date(at).map_or_else(|| at.date().to_owned(), |date| date.to_string())
}

/// The date of an instant where the computer is, in words.
pub(crate) fn date_in_words(at: &Timestamp, texts: &Texts) -> String {
    match local_date(at) {
        Some(date) => (texts.date)(date.year(), date.month(), date.day()),
        None => at.date().to_owned(),
    }
}

/// Random bytes of the operating system, fit for keys.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], CliError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(CliError::Random)?;
    Ok(bytes)
}

/// A new identity (UUID version 4).
pub(crate) fn new_id() -> Result<Uuid, CliError> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid())
}

/// A new seed.
pub(crate) fn new_seed() -> Result<u32, CliError> {
    getrandom::u32().map_err(CliError::Random)
}
