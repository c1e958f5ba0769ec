//! Instants of other people's documents, which may have any zone.

use crate::units::Timestamp;

/// Seconds since 1970 of an RFC 3339 instant; none if it has no zone or is not one.
pub(super) fn seconds(text: &str) -> Option<i64> {
    if text.ends_with('Z') {
        return utc_seconds(&text.parse().ok()?);
    }
    let at = text.len().checked_sub("+00:00".len())?;
    let (instant, zone) = (text.get(..at)?, text.get(at..)?);
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let number = |text: &str, below: i64| -> Option<i64> {
        let digits = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
        text.parse().ok().filter(|number| digits && *number < below)
    };
    let offset = number(hours, 24)? * 3600 + number(minutes, 60)? * 60;
    Some(utc_seconds(&format!("{instant}Z").parse().ok()?)? - sign * offset)
}

/// Days by the civil calendar (Hinnant 2021, `days_from_civil`).
fn utc_seconds(at: &Timestamp) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| -> Option<i64> { at.as_str().get(range)?.parse().ok() };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(days * 86_400 + number(11..13)? * 3600 + number(14..16)? * 60 + number(17..19)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_those_of_the_calendar() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-22T09:30:00Z", 1_795_339_800),
            ("2026-11-22T10:30:00+01:00", 1_795_339_800),
            ("2026-11-22T05:00:00.25-04:30", 1_795_339_800),
            ("2000-02-29T23:59:59Z", 951_868_799),
            ("1969-12-31T23:59:59Z", -1),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for bad in ["", "Z", "2026-11-22T09:30:00", "2026-11-22T09:30:00+1:00", "2026-11-22T09:30:00+24:00", "é+00:00"]
        {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
