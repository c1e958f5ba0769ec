//! The words of the interface, by key. They are data, one file for the start and one for what comes late, in the
//! language of the reader only.
//!
//! A table of texts is made once per language and page and never given back: texts are then as good as constants, and
//! there are no more tables than languages. What comes late is missing until its file has arrived; a screen that needs
//! it is not shown before ([`Texts::has_late`]), and a key that is read too early gives an empty text.

use std::cell::{OnceCell, RefCell};

use wasm_bindgen::JsValue;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The format of the files that is read here.
const FORMAT: &str = "texts-1";

/// A file of texts that is not for this widget: cut off, or of another version, perhaps from a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OtherVersion;

/// The texts of one language.
#[derive(Clone, Copy)]
pub(crate) struct Texts(&'static Table);

struct Table {
    head: Head,
    start: Vec<&'static str>,
    late: OnceCell<Vec<&'static str>>,
}

#[derive(Clone, Copy)]
struct Head {
    /// A language, or a variant of one such as `fr-easy`.
    tag: &'static str,
    locale: &'static str,
    direction: &'static str,
    is_draft: bool,
}

thread_local! {
    static TABLES: RefCell<Vec<Texts>> = const { RefCell::new(Vec::new()) };
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Texts {
    /// The texts of a language or variant that was taken in before.
    pub(crate) fn known(tag: &str) -> Option<Self> {
        TABLES.with_borrow(|tables| tables.iter().find(|texts| texts.0.head.tag == tag).copied())
    }

    /// Takes a file in, a start or a late one. A late one is for the language whose start was taken in before.
    pub(crate) fn load(file: &str) -> Result<Self, OtherVersion> {
        // The head is read first, so that a file that is here already, or of no use, is not kept a second time.
        let words = file.lines().next().unwrap_or_default();
        let mut words = words.split(' ').skip(1);
        let (tag, is_late) = (words.next().unwrap_or_default(), words.next() == Some("late"));
        match Self::known(tag) {
            Some(texts) if !is_late || texts.has_late() => Ok(texts),
            Some(texts) => {
                let (_, late) = read(file, "late", LATE)?;
                // Nobody can have been quicker: there is one thread.
                let _ = texts.0.late.set(late);
                Ok(texts)
            }
            None if is_late => Err(OtherVersion),
            None => {
                let (head, start) = read(file, "start", START)?;
                let texts = Self(Box::leak(Box::new(Table { head, start, late: OnceCell::new() })));
                TABLES.with_borrow_mut(|tables| tables.push(texts));
                Ok(texts)
            }
        }
    }

    /// Whether the texts that come late are there.
    pub(crate) fn has_late(self) -> bool {
        self.0.late.get().is_some()
    }

    /// The name of the file with the texts that come late.
    pub(crate) fn late_file(self) -> String {
        ["ui.", self.0.head.tag, ".late.txt"].concat()
    }

    /// The language's tag, for HTML's `lang`.
    pub(crate) fn language(self) -> &'static str {
        self.0.head.tag.split('-').next().unwrap_or_default()
    }

    /// `ltr` or `rtl`, for HTML's `dir`.
    pub(crate) fn direction(self) -> &'static str {
        self.0.head.direction
    }

    /// The tag for dates, numbers and plurals.
    pub(crate) fn locale(self) -> &'static str {
        self.0.head.locale
    }

    /// Whether the texts are still to be proof-read.
    pub(crate) fn is_draft(self) -> bool {
        self.0.head.is_draft
    }

    /// A text with the further plural forms that follow it.
    fn line(self, key: Key) -> &'static str {
        let place = key as usize;
        let late = || self.0.late.get().and_then(|late| late.get(place.checked_sub(START)?));
        self.0.start.get(place).or_else(late).copied().unwrap_or_default()
    }

    /// A text without placeholders.
    pub(crate) fn get(self, key: Key) -> &'static str {
        self.line(key).split('\t').next().unwrap_or_default()
    }

    /// A text with its `{placeholders}` filled in.
    pub(crate) fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        filled(self.get(key), values)
    }

    /// One text for one thing and another for several, as the language counts, with `{n}` filled in.
    pub(crate) fn count(self, n: u16, one: Key, other: Key) -> String {
        let locale = js_sys::Array::of1(&JsValue::from_str(self.locale()));
        let rules = js_sys::Intl::PluralRules::new(&locale, &js_sys::Object::new());
        let category = rules.select(f64::from(n)).as_string().unwrap_or_default();
        filled(self.form(&category, one, other), &[("n", &n.to_string())])
    }

    /// The form of a plural category; where the language has none of its own, that for most numbers.
    fn form(self, category: &str, one: Key, other: Key) -> &'static str {
        if category == "one" {
            return self.get(one);
        }
        let mut parts = self.line(other).split('\t');
        let most = parts.next().unwrap_or_default();
        while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
            if name == category {
                return text;
            }
        }
        most
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (name, value) in values {
        text = text.replace(&["{", name, "}"].concat(), value);
    }
    text
}

/// The head and the texts of a file of this part, with exactly so many texts.
fn read(file: &str, part: &str, count: usize) -> Result<(Head, Vec<&'static str>), OtherVersion> {
    let head = file.lines().next().unwrap_or_default();
    let words: Vec<&str> = head.split(' ').collect();
    let &[format, tag, found, digest, locale, direction, checked] = words.as_slice() else { return Err(OtherVersion) };
    let is_whole = file.ends_with('\n') && file.lines().count() == count + 1;
    if format != FORMAT || found != part || digest != DIGEST || !is_whole {
        return Err(OtherVersion);
    }
    let kept = |text: &str| -> &'static str { Box::leak(text.into()) };
    let (tag, locale, direction) = (kept(tag), kept(locale), kept(direction));
    let head = Head { tag, locale, direction, is_draft: checked == "draft" };
    Ok((head, kept(file).lines().skip(1).collect()))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use skills_passport_texts::Catalogue;

    use super::*;

    fn packed(name: &str) -> String {
        let files = Catalogue::read(Path::new("text")).unwrap().packed();
        files.into_iter().find(|file| file.name == name).unwrap().content
    }

    /// A language with all its texts.
    pub(crate) fn texts(tag: &str) -> Texts {
        Texts::load(&packed(&format!("ui.{tag}.start.txt"))).unwrap();
        Texts::load(&packed(&format!("ui.{tag}.late.txt"))).unwrap()
    }

    #[test]
    fn the_files_that_are_built_are_read() {
        let (en, fr) = (texts("en"), texts("fr"));
        assert_eq!((en.language(), en.locale(), en.direction()), ("en", "en-GB", "ltr"));
        assert_eq!(en.get(Key::WelcomeTitle), "Where do you stand with digital tools?");
        assert_ne!(fr.get(Key::ResultsTitle), en.get(Key::ResultsTitle));
        assert!(en.has_late() && !en.is_draft());
    }

    #[test]
    fn a_late_text_is_empty_until_its_file_is_there() {
        let start = Texts::load(&packed("ui.fr.start.txt")).unwrap();
        assert!(!start.has_late() && start.get(Key::ResultsTitle).is_empty());
        assert!(!start.get(Key::WelcomeTitle).is_empty());
        Texts::load(&packed(&start.late_file())).unwrap();
        assert!(start.has_late() && !start.get(Key::ResultsTitle).is_empty());
    }

    #[test]
    fn a_language_is_kept_once_however_often_it_is_loaded() {
        let (first, second) = (texts("en"), texts("en"));
        assert!(first == second && TABLES.with_borrow(Vec::len) == 1);
    }

    #[test]
    fn files_that_are_cut_off_or_of_another_version_are_refused() {
        let file = packed("ui.en.start.txt");
        let cut = file.strip_suffix('\n').unwrap();
        let older = file.replace(DIGEST, "0123456789abcdef");
        let longer = format!("{file}one more\n");
        for wrong in ["", "<!doctype html>", cut, &older, &longer, &packed("ui.en.late.txt")] {
            assert_eq!(Texts::load(wrong).err(), Some(OtherVersion));
        }
    }

    #[test]
    fn placeholders_are_filled_and_plurals_have_the_form_of_their_category() {
        let (en, fr) = (texts("en"), texts("fr"));
        assert_eq!(en.fill(Key::LevelRange, &[("low", "3"), ("high", "5")]), "between 3 and 5 of 8");
        let form = |texts: Texts, category| texts.form(category, Key::ResultsLeadOne, Key::ResultsLeadOther);
        assert_eq!(form(en, "other"), "From your answers to {n} questions.");
        assert_eq!(form(fr, "one"), "D’après votre réponse à {n} question.");
        assert_eq!(form(fr, "many"), form(fr, "other"));
    }

    #[test]
    fn french_texts_keep_their_punctuation_on_the_line() {
        let lines = [packed("ui.fr.start.txt"), packed("ui.fr.late.txt")].join("\n");
        for text in lines.lines().filter(|line| !line.starts_with(FORMAT)) {
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

    /// What the build splits off, and what shows messages only if their text is there.
    const LATE_FILES: [&str; 13] = [
        "late.rs",
        "screens/choose",
        "screens/idle",
        "screens/question/reason",
        "screens/display.rs",
        "screens/results",
        "screens/share.rs",
        "screens/next",
        "screens/passport",
        "screens/vault",
        "state",
        "desk",
        "vault",
    ];

    #[test]
    fn what_is_shown_at_the_start_needs_no_late_text() {
        let mut folders = vec![std::path::PathBuf::from("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix("src").unwrap_or(&path).display().to_string();
                if LATE_FILES.iter().any(|late| name.starts_with(late)) || name == "text.rs" {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap();
                let keys = source.split("Key::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
                for key in keys.flatten() {
                    let place = NAMES.iter().position(|name| *name == key);
                    assert!(place.is_none_or(|place| place < START), "{name} shows {key}: move it to start.json");
                }
            }
        }
    }
}
