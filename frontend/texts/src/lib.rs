//! The words of the widget's interface: reads the files of `frontend/text`, checks them, and packs what browsers fetch.
//!
//! One folder per language, of four small files: `language.json` (what the language is called, how it is written, who
//! has checked it), `element.json` (words that are said before any other file is there), `start.json` (the screens up to
//! the first questions) and `late.json` (all others). **Adding a language is adding a folder.** A folder may also be a
//! *variant* of a language, for example `fr-easy`: it has the texts that it says in another way, the others come from
//! its language.
//!
//! English settles which texts there are. A complete language has them all or the build stops; in another one, what is
//! missing is said in English, and [`Catalogue::gaps`] lists it.
//!
//! A text has `{placeholders}`. One about a number has a form for each plural category that the language needs, as
//! `key_zero`, `key_one`, `key_two`, `key_few`, `key_many`, `key_other` (the names of Unicode CLDR); English has
//! `_one` and `_other`.
//!
//! What this crate does not do: choose a form or fill in a placeholder. That is the widget's, which reads the
//! [packed](Catalogue::packed) files.

mod error;
mod language;
mod packed;
mod plural;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub use error::TextError;
pub use language::{Direction, Language, Style};
pub use packed::PackedFile;

use language::Texts;

/// The language that settles which texts there are.
pub const REFERENCE: &str = "en";

/// When a text is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Before any other file is there: these travel in the widget's script, in all languages.
    Element,
    /// Up to the first questions.
    Start,
    /// After that.
    Late,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Element, Self::Start, Self::Late];

    /// The name of its files, without ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Start => "start",
            Self::Late => "late",
        }
    }
}

/// A text that a language does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The language's folder.
    pub language: String,
    /// The file that the text belongs in.
    pub part: Part,
    /// The text's key.
    pub key: String,
}

/// All texts in all languages, checked against each other.
#[derive(Debug, Clone)]
pub struct Catalogue {
    languages: BTreeMap<String, Language>,
}

impl Catalogue {
    /// Reads a folder of languages.
    ///
    /// # Errors
    /// The first fault found, with its file and key: a text with other placeholders than in English, an unknown key, a
    /// complete language with a text missing, or a file that cannot be read.
    pub fn read(folder: &Path) -> Result<Self, TextError> {
        let unreadable = |error: std::io::Error| TextError::Unreadable(folder.display().to_string(), error.to_string());
        let mut languages = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                let tag = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                languages.insert(tag.clone(), Language::read(&path, &tag)?);
            }
        }
        let catalogue = Self { languages };
        catalogue.check()?;
        Ok(catalogue)
    }

    /// The languages and variants, by the name of their folder.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &Language)> {
        self.languages.iter().map(|(tag, language)| (tag.as_str(), language))
    }

    /// The keys of a part with their English texts, in order: the order of the packed files. Of a text about a number,
    /// only `_one` and `_other` are keys.
    pub fn keys(&self, part: Part) -> impl Iterator<Item = (&str, &str)> {
        let reference = self.languages.get(REFERENCE).map(|language| language.texts(part));
        reference.into_iter().flatten().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// What languages do not have yet. Variants have no gaps: what they do not say, their language says.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let languages = self.languages().filter(|(_, language)| language.style.is_none());
        let mut gaps = Vec::new();
        for (tag, language) in languages {
            for part in Part::ALL {
                let wanted = self
                    .keys(part)
                    .flat_map(|(key, _)| plural::forms(key, self.is_number(part, key), &language.plurals));
                let missing = wanted.filter(|key| !language.texts(part).contains_key(key));
                gaps.extend(missing.map(|key| Gap { language: tag.to_owned(), part, key }));
            }
        }
        gaps
    }

    /// Names the set of texts and its order: files of another set are not for this widget.
    #[must_use]
    pub fn digest(&self) -> String {
        // FNV-1a: this guards against mix-ups, not against malice.
        const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0100_0000_01b3;
        let keys = [Part::Start, Part::Late].into_iter().flat_map(|part| self.keys(part));
        let bytes = keys.flat_map(|(key, _)| key.bytes().chain([b'\n']));
        let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
        format!("{hash:016x}")
    }

    /// Whether a key belongs to a text about a number: English has both of its forms.
    fn is_number(&self, part: Part, key: &str) -> bool {
        let english =
            |key: &str| self.languages.get(REFERENCE).is_some_and(|texts| texts.texts(part).contains_key(key));
        plural::category(key)
            .is_some_and(|(stem, _)| plural::ENGLISH.iter().all(|form| english(&[stem, "_", form].concat())))
    }

    /// A text as it is shown: in this language or variant, else in the language of the variant, else in English.
    fn text(&self, tag: &str, part: Part, key: &str) -> Option<&str> {
        let own = |tag: &str| self.languages.get(tag)?.texts(part).get(key).map(String::as_str);
        own(tag).or_else(|| own(base(tag))).or_else(|| own(REFERENCE))
    }

    fn check(&self) -> Result<(), TextError> {
        if !self.languages.contains_key(REFERENCE) {
            return Err(TextError::Missing(format!("{REFERENCE}/language.json")));
        }
        for (tag, language) in self.languages() {
            if language.style.is_some() != (base(tag) != tag) || !self.languages.contains_key(base(tag)) {
                return Err(TextError::NoSuchVariant(tag.to_owned()));
            }
            for part in Part::ALL {
                self.check_part(tag, part, language.texts(part))?;
            }
        }
        let complete = |gap: &Gap| self.languages.get(&gap.language).is_some_and(|language| language.complete);
        match self.gaps().into_iter().find(complete) {
            Some(gap) => Err(TextError::NoText { file: file(&gap.language, gap.part), key: gap.key }),
            None => Ok(()),
        }
    }

    fn check_part(&self, tag: &str, part: Part, texts: &Texts) -> Result<(), TextError> {
        let fault = |make: fn(String, String) -> TextError, key: &str| Err(make(file(tag, part), key.to_owned()));
        let reference = |key: &str| self.languages.get(REFERENCE)?.texts(part).get(key).map(String::as_str);
        for (key, text) in texts {
            let number = plural::category(key).filter(|_| self.is_number(part, key));
            let original = reference(key).or_else(|| reference(&[number?.0, "_other"].concat()));
            let Some(original) = original else { return fault(TextError::unknown, key) };
            if text.trim().is_empty() {
                return fault(TextError::empty, key);
            }
            // "One question" and "two questions" may do without the number; nothing else may.
            let (found, expected) = (placeholders(text), placeholders(original));
            let without = expected.iter().copied().filter(|name| *name != "n").collect::<Vec<_>>();
            if found != expected && (number.is_none() || found != without) {
                return fault(TextError::placeholders, key);
            }
            if text.contains(['\n', '\t', '\r']) {
                return fault(TextError::line, key);
            }
        }
        Ok(())
    }
}

/// The language of a variant: `fr` of `fr-easy`.
fn base(tag: &str) -> &str {
    tag.split_once('-').map_or(tag, |(language, _)| language)
}

fn file(tag: &str, part: Part) -> String {
    format!("{tag}/{}.json", part.name())
}

/// The placeholders of a text, each once, in alphabetical order.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
