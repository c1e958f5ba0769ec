//! How the reader wants things shown: colours, size of the text, easy words, reading aloud.

use crate::state::THEMES;
use crate::text::{EASY, Texts};

/// Steps of the size of the text.
pub(crate) const SIZES: u8 = 4;

/// The reader's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Display {
    /// None follows the page.
    pub(crate) theme: Option<&'static str>,
    /// The size of the text, below [`SIZES`]; 0 is the browser's own.
    pub(crate) size: u8,
    /// Easy words, where the language has them.
    pub(crate) easy: bool,
    /// A button to read questions aloud.
    pub(crate) read: bool,
}

impl Display {
    /// As it is kept on the device: words between spaces, such as `dark 2 easy`.
    pub(crate) fn kept(self) -> String {
        let size = self.size.to_string();
        let words = [
            self.theme.unwrap_or("page"),
            &size,
            if self.easy { "easy" } else { "" },
            if self.read { "read" } else { "" },
        ];
        words.join(" ")
    }

    /// What was kept; what is unknown counts as not chosen.
    pub(crate) fn from_kept(text: &str) -> Self {
        let mut display = Self::default();
        for word in text.split(' ') {
            match word {
                "easy" => display.easy = true,
                "read" => display.read = true,
                _ => match word.parse() {
                    Ok(size) if size < SIZES => display.size = size,
                    Ok(_) => {}
                    Err(_) => display.theme = THEMES.into_iter().find(|theme| *theme == word).or(display.theme),
                },
            }
        }
        display
    }

    /// The texts to show where the language's are these: the easy ones, if they are wanted and here. They never lack a
    /// part that the others have.
    pub(crate) fn texts(self, texts: Texts) -> Texts {
        let easy = if self.easy { Texts::known(&easy_tag(texts)) } else { None };
        easy.filter(|easy| easy.has_late() || !texts.has_late()).unwrap_or(texts)
    }
}

/// The name of a language's easy variant.
pub(crate) fn easy_tag(texts: Texts) -> String {
    [texts.language(), "-easy"].concat()
}

/// Whether a language has an easy variant.
pub(crate) fn has_easy(texts: Texts) -> bool {
    EASY.contains(&texts.language())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::texts;

    #[test]
    fn what_was_kept_is_read_again_and_nonsense_is_nothing() {
        let display = Display { theme: Some("dark"), size: 3, easy: true, read: true };
        for display in [display, Display::default(), Display { size: 1, ..Display::default() }] {
            assert_eq!(Display::from_kept(&display.kept()), display);
        }
        assert_eq!(Display::from_kept("pink 9 -1 <script>"), Display::default());
        assert_eq!(Display::from_kept(""), Display::default());
    }

    #[test]
    fn easy_words_are_shown_where_they_are_wanted_and_here() {
        let (wanted, not) = (Display { easy: true, ..Display::default() }, Display::default());
        let french = texts("fr");
        assert!(wanted.texts(french) == french, "not here yet");
        let easy = texts("fr-easy");
        assert!(wanted.texts(french) == easy && not.texts(french) == french);
        assert_eq!((easy.language(), has_easy(easy), easy_tag(easy)), ("fr", true, "fr-easy".to_owned()));
        let german = texts("de");
        assert!(!has_easy(german) && wanted.texts(german) == german);
    }
}
