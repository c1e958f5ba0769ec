//! The words of the interface, by key and language.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The texts of one language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Texts {
    language: &'static str,
    texts: &'static [&'static str],
}

impl Texts {
    /// The texts of a language, or English where there are none.
    pub(crate) fn new(language: &str) -> Self {
        let wanted = |name: &str| LANGUAGES.iter().find(|(candidate, _)| *candidate == name);
        match wanted(language).or_else(|| wanted("en")) {
            Some((language, texts)) => Self { language, texts },
            None => Self { language: "en", texts: &[] },
        }
    }

    /// The languages, each with its own name for itself.
    pub(crate) fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
        LANGUAGES.iter().map(|(language, _)| (*language, Self::new(language).get(Key::LanguageName)))
    }

    /// The language tag.
    pub(crate) fn language(self) -> &'static str {
        self.language
    }

    /// A text without placeholders.
    pub(crate) fn get(self, key: Key) -> &'static str {
        self.texts.get(key as usize).copied().unwrap_or_default()
    }

    /// A text with its `{placeholders}` filled in.
    pub(crate) fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&["{", name, "}"].concat(), value);
        }
        text
    }

    /// One text for one thing and another for several, with `{n}` filled in. French counts zero as one.
    pub(crate) fn count(self, n: u16, one: Key, other: Key) -> String {
        let singular = n == 1 || (n == 0 && self.language == "fr");
        self.fill(if singular { one } else { other }, &[("n", &n.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_text_and_names_itself() {
        let names: Vec<_> = Texts::languages().collect();
        assert_eq!(names, [("en", "English"), ("fr", "Français")]);
        for (language, texts) in LANGUAGES {
            assert_eq!(texts.len(), Key::WelcomeTitle as usize + 1, "{language}: the last key in order");
        }
    }

    #[test]
    fn placeholders_are_filled_and_plurals_follow_the_language() {
        let (en, fr) = (Texts::new("en"), Texts::new("fr"));
        assert_eq!(en.fill(Key::LevelRange, &[("low", "3"), ("high", "5")]), "between 3 and 5 of 8");
        let counted = |texts: Texts, n| texts.count(n, Key::ResultsLeadOne, Key::ResultsLeadOther);
        assert_eq!(counted(en, 0), "From your answers to 0 questions.");
        assert_eq!(counted(fr, 0), "D’après votre réponse à 0 question.");
        assert_eq!(counted(fr, 2), "D’après vos réponses à 2 questions.");
    }

    #[test]
    fn an_unknown_language_falls_back_to_english() {
        assert_eq!(Texts::new("xx").language(), "en");
    }

    #[test]
    fn french_texts_keep_their_punctuation_on_the_line() {
        let (_, texts) = LANGUAGES.iter().find(|(language, _)| *language == "fr").unwrap();
        for text in *texts {
            for (mark, before) in
                [('?', '\u{202f}'), ('!', '\u{202f}'), (';', '\u{202f}'), (':', '\u{a0}'), ('»', '\u{a0}')]
            {
                let letters: Vec<char> = text.chars().collect();
                for pair in letters.windows(2).filter(|pair| pair[1] == mark) {
                    assert_eq!(pair[0], before, "{text}");
                }
            }
            assert!(!text.contains('\''), "{text}");
        }
    }
}
