//! What the page says, and what the person says instead.

use skills_passport_web::core::assessment::Mode;
use skills_passport_web::core::id::CompetenceId;

/// What the page says by the element's attributes and properties.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) mode: Option<Mode>,
    pub(crate) focus: Vec<CompetenceId>,
    pub(crate) storage: Storage,
    /// Whether a mediator helps here as a rule.
    pub(crate) assisted: bool,
    pub(crate) theme: &'static str,
    /// Changes with each catalogue of offers that the page hands over; 0 without one. [`Host::offers_text`] has its text.
    ///
    /// [`Host::offers_text`]: crate::host::Host::offers_text
    pub(crate) offers: u32,
    /// The address of the folder that the widget came from.
    pub(crate) home: String,
}

/// Where the page lets answers be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// Where the person says.
    Ask,
    /// On the page only: for a computer that people share. Nothing is asked or written.
    Memory,
    /// Where the person says, with the device chosen beforehand.
    Device,
}

/// The looks of the widget; the first follows the browser.
pub(crate) const THEMES: [&str; 4] = ["auto", "light", "dark", "contrast"];

impl Settings {
    /// What `attribute` gives for each name. What is unknown counts as not said; `focus` lists competences, separated by
    /// commas or spaces.
    pub(crate) fn read(offers: u32, home: String, attribute: impl Fn(&str) -> Option<String>) -> Self {
        let focus = attribute("focus").unwrap_or_default();
        let focus = focus.split([',', ' ']).filter(|word| !word.is_empty());
        let theme = attribute("theme").and_then(|name| THEMES.into_iter().find(|theme| *theme == name));
        Self {
            mode: attribute("mode").and_then(|name| Mode::named(&name)),
            focus: focus.filter_map(|word| word.parse().ok()).collect(),
            storage: match attribute("storage").as_deref() {
                Some("memory") => Storage::Memory,
                Some("device") => Storage::Device,
                _ => Storage::Ask,
            },
            // As HTML has it: there or not, whatever its text.
            assisted: attribute("assisted").is_some(),
            theme: theme.unwrap_or("auto"),
            offers,
            home,
        }
    }
}

/// What the person chose on the first screen, and what counts where nothing was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choices {
    pub(crate) mode: Mode,
    pub(crate) focus: Vec<CompetenceId>,
    pub(crate) keep: bool,
    pub(crate) assisted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_theme_is_the_one_that_follows_the_browser() {
        let theme = |name: Option<&str>| Settings::read(0, String::new(), |_| name.map(str::to_owned)).theme;
        assert_eq!([theme(None), theme(Some("dark")), theme(Some("pink"))], ["auto", "dark", "auto"]);
    }
}
