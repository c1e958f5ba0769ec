//! Nobody is there any more: when to say so, and when to erase what is only on this page.
//!
//! For a computer that people share. Who is still there says so by doing anything, as often as needed, and can ask for
//! more time (WCAG 2.2, success criterion 2.2.1). Time is in milliseconds of the browser's clock.

/// Seconds between the warning and the end.
pub(crate) const WARNING: u32 = 120;

/// How long nobody may do anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Patience {
    /// Ten minutes, then the warning.
    #[default]
    Usual,
    /// An hour, then the warning: for who asked for more time.
    Long,
}

impl Patience {
    /// Seconds without a sign of life before the warning.
    fn seconds(self) -> u32 {
        match self {
            Self::Usual => 600,
            Self::Long => 3600,
        }
    }
}

/// What the time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watch {
    /// Somebody is there.
    Awake,
    /// So many seconds are left.
    Warn(u32),
    /// Nobody came back.
    Over,
}

/// What to do at `now`, when the last sign of life was at `last`, and the warning has been shown since `warned`.
///
/// The countdown begins when the warning is seen, not when it was due: a device that slept must not wake up empty.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the seconds of a warning")]
pub(crate) fn watch(last: f64, warned: Option<f64>, now: f64, patience: Patience) -> Watch {
    match warned {
        None if now - last >= f64::from(patience.seconds()) * 1000.0 => Watch::Warn(WARNING),
        None => Watch::Awake,
        Some(warned) => {
            let left = f64::from(WARNING) - (now - warned) / 1000.0;
            if left <= 0.0 { Watch::Over } else { Watch::Warn(left.min(f64::from(WARNING)).ceil() as u32) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60_000.0;

    #[test]
    fn ten_minutes_without_a_sign_of_life_bring_the_warning() {
        assert_eq!(watch(0.0, None, 9.9 * MINUTE, Patience::Usual), Watch::Awake);
        assert_eq!(watch(0.0, None, 10.0 * MINUTE, Patience::Usual), Watch::Warn(120));
        assert_eq!(watch(0.0, None, 59.0 * MINUTE, Patience::Long), Watch::Awake);
        assert_eq!(watch(0.0, None, 60.0 * MINUTE, Patience::Long), Watch::Warn(120));
    }

    #[test]
    fn two_minutes_after_the_warning_it_is_over() {
        let since = 10.0 * MINUTE;
        assert_eq!(watch(0.0, Some(since), since + 1_500.0, Patience::Usual), Watch::Warn(119));
        assert_eq!(watch(0.0, Some(since), since + 119_900.0, Patience::Usual), Watch::Warn(1));
        assert_eq!(watch(0.0, Some(since), since + 120_000.0, Patience::Usual), Watch::Over);
    }

    #[test]
    fn a_device_that_slept_wakes_up_with_the_whole_warning() {
        assert_eq!(watch(0.0, None, 500.0 * MINUTE, Patience::Usual), Watch::Warn(120));
    }

    #[test]
    fn a_clock_that_was_set_back_takes_nothing_away() {
        assert_eq!(watch(10.0 * MINUTE, None, 0.0, Patience::Usual), Watch::Awake);
        assert_eq!(watch(0.0, Some(10.0 * MINUTE), 0.0, Patience::Usual), Watch::Warn(120));
    }
}
