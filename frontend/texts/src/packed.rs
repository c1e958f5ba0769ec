//! The files that a browser fetches.
//!
//! Plain lines, so that the widget needs no parser for them. The first is a head of words between spaces:
//!
//! ```text
//! texts-1 fr start 0123456789abcdef fr-FR ltr read
//! ```
//!
//! format, language or variant, part, [digest](crate::Catalogue::digest), locale, direction, and whether it was
//! proof-read (`read` or `draft`). Then comes one text a line, in the order of the keys, each line with its end. A line of a key that ends with
//! `_other` may go on with further plural forms, each a tab, its category, a tab and the text.

use crate::{Catalogue, Part, plural};

/// The format of the files.
const FORMAT: &str = "texts-1";

/// A file ready to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// For example `ui.fr.start.txt`.
    pub name: String,
    /// Its content.
    pub content: String,
}

impl Catalogue {
    /// The files of all languages and variants.
    #[must_use]
    pub fn packed(&self) -> Vec<PackedFile> {
        let digest = self.digest();
        let mut files = Vec::new();
        for (tag, language) in self.languages() {
            for part in [Part::Start, Part::Late] {
                let checked = if language.draft { "draft" } else { "read" };
                let (locale, direction) = (&language.locale, language.direction.name());
                let mut content = format!("{FORMAT} {tag} {} {digest} {locale} {direction} {checked}", part.name());
                content.push('\n');
                for (key, _) in self.keys(part) {
                    content.push_str(self.text(tag, part, key).unwrap_or_default());
                    let forms = plural::forms(key, self.is_number(part, key), &language.plurals);
                    for further in forms.iter().filter(|further| *further != key) {
                        let category = plural::category(further).map_or("", |(_, category)| category);
                        if let Some(text) = self.text(tag, part, further) {
                            content.push_str(&["\t", category, "\t", text].concat());
                        }
                    }
                    content.push('\n');
                }
                files.push(PackedFile { name: format!("ui.{tag}.{}.txt", part.name()), content });
            }
        }
        files
    }

    /// What the widget's script says before any other file is there: an object with an entry for each language that can
    /// be chosen, an object of its words by key.
    #[must_use]
    pub fn element_words(&self) -> serde_json::Value {
        let languages = self.languages().filter(|(_, language)| language.style.is_none());
        let words = |tag: &str| {
            let texts =
                self.keys(Part::Element).map(|(key, _)| (key.to_owned(), self.text(tag, Part::Element, key).into()));
            serde_json::Value::Object(texts.collect())
        };
        languages.map(|(tag, _)| (tag.to_owned(), words(tag))).collect::<serde_json::Map<_, _>>().into()
    }

    /// What there is in which language, for readers of the built folder.
    #[must_use]
    pub fn index(&self) -> serde_json::Value {
        let gaps = self.gaps();
        let entries = self.languages().map(|(tag, language)| {
            let missing: Vec<&str> =
                gaps.iter().filter(|gap| gap.language == tag).map(|gap| gap.key.as_str()).collect();
            serde_json::json!({
                "language": tag,
                "name": language.name,
                "direction": language.direction.name(),
                "draft": language.draft,
                "variant": language.style.is_some(),
                "inEnglish": missing,
            })
        });
        entries.collect()
    }
}
