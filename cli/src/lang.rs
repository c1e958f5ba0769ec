//! The languages that the program speaks, and which one a person wants.

use clap::ValueEnum;
use skills_passport::id::Language;

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// French
    Fr,
}

impl Lang {
    /// All of them, the one to fall back on first.
    pub(crate) const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The same as documents name it; none only if the tag were not one.
    pub(crate) fn language(self) -> Option<Language> {
        self.tag().parse().ok()
    }

    /// The language of this tag, if the program speaks it.
    pub(crate) fn of(language: &Language) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == language.as_str())
    }

    /// What the environment asks for: the first of LC_ALL, LC_MESSAGES and LANG that says something.
    pub(crate) fn of_environment() -> Self {
        Self::of_locale(|name| std::env::var(name).ok())
    }

    fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
            let value = variable(name)?;
            (!value.is_empty()).then_some(value)
        });
        let tag = locale.and_then(|locale| locale.split(['_', '-', '.', '@']).next().map(str::to_ascii_lowercase));
        Self::ALL.into_iter().find(|lang| Some(lang.tag()) == tag.as_deref()).unwrap_or(Self::En)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(variables: &[(&str, &str)]) -> Lang {
        Lang::of_locale(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_first_variable_that_says_something_decides() {
        assert_eq!(locale(&[]), Lang::En);
        assert_eq!(locale(&[("LANG", "fr_FR.UTF-8")]), Lang::Fr);
        assert_eq!(locale(&[("LC_ALL", "en_GB.UTF-8"), ("LANG", "fr_FR.UTF-8")]), Lang::En);
        assert_eq!(locale(&[("LC_ALL", ""), ("LC_MESSAGES", "fr"), ("LANG", "en_GB")]), Lang::Fr);
        assert_eq!(locale(&[("LC_ALL", "C"), ("LANG", "fr_FR")]), Lang::En);
        // Frisian begins with the same letters.
        assert_eq!(locale(&[("LANG", "frr_DE")]), Lang::En);
    }
}
