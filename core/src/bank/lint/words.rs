//! The word lists, one file per language.

use serde::Deserialize;

use super::text::Phrase;
use crate::id::Language;
use crate::json::{self, JsonError};
use crate::table::Table;
use crate::units::Level;

const FILES: [&str; 2] = [include_str!("words/en.json"), include_str!("words/fr.json")];
const BRANDS: &str = include_str!("words/brands.json");

/// The lists of every language, and what is named alike in all of them.
#[derive(Debug)]
pub(super) struct AllWords {
    pub(super) languages: Vec<Words>,
    pub(super) brands: Vec<String>,
}

/// The words of one language that rules look for.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) hedges: Vec<Phrase>,
    pub(super) examples: Vec<Phrase>,
    pub(super) absolutes: Vec<Phrase>,
    pub(super) policy: Vec<Phrase>,
    pub(super) negations: Vec<Phrase>,
    pub(super) all_or_none: Vec<Phrase>,
    pub(super) letters: Vec<Phrase>,
    pub(super) informal: Vec<Phrase>,
    /// Words for a number of options.
    pub(super) numbers: Table<String, Vec<Phrase>>,
    /// The word agreed on, and those that are not used.
    pub(super) terms: Vec<(String, Vec<Phrase>)>,
    /// Most words in a sentence, on average, at levels 1 and 2.
    pub(super) sentence_words: f64,
    /// From a level on: highest readability index.
    lix: Vec<(u8, u8)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    language: Language,
    hedges: Vec<String>,
    examples: Vec<String>,
    absolutes: Vec<String>,
    policy: Vec<String>,
    negations: Vec<String>,
    all_or_none: Vec<String>,
    letters: Vec<String>,
    informal: Vec<String>,
    numbers: Table<String, Vec<String>>,
    terms: Vec<Term>,
    sentence_words: u8,
    lix: Table<String, u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    prefer: String,
    instead: Vec<String>,
}

impl Words {
    pub(super) fn all() -> Result<AllWords, JsonError> {
        let languages =
            FILES.iter().map(|text| json::read::<File>(text, text.len()).map(Self::from)).collect::<Result<_, _>>()?;
        Ok(AllWords { languages, brands: json::read(BRANDS, BRANDS.len())? })
    }

    /// The highest readability index for a level.
    pub(super) fn highest_lix(&self, level: Level) -> u8 {
        let reached = self.lix.iter().rev().find(|(from, _)| *from <= level.number());
        reached.map_or(u8::MAX, |(_, highest)| *highest)
    }
}

impl From<File> for Words {
    fn from(file: File) -> Self {
        let phrases = |list: Vec<String>| list.iter().map(|text| Phrase::new(text)).collect::<Vec<_>>();
        let mut lix: Vec<(u8, u8)> =
            file.lix.into_iter().filter_map(|(from, highest)| Some((from.parse().ok()?, highest))).collect();
        lix.sort_unstable();
        Self {
            language: file.language,
            hedges: phrases(file.hedges),
            examples: phrases(file.examples),
            absolutes: phrases(file.absolutes),
            policy: phrases(file.policy),
            negations: phrases(file.negations),
            all_or_none: phrases(file.all_or_none),
            letters: phrases(file.letters),
            informal: phrases(file.informal),
            numbers: file.numbers.into_iter().map(|(number, words)| (number, phrases(words))).collect(),
            terms: file.terms.into_iter().map(|term| (term.prefer, phrases(term.instead))).collect(),
            sentence_words: file.sentence_words.into(),
            lix,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_can_be_read_and_none_is_empty() {
        let all = Words::all().unwrap();
        assert_eq!(all.languages.len(), FILES.len());
        assert!(!all.brands.is_empty());
        for words in all.languages {
            let lists = [&words.hedges, &words.examples, &words.absolutes, &words.policy, &words.negations];
            assert!(lists.into_iter().chain([&words.all_or_none, &words.letters]).all(|list| !list.is_empty()));
            assert!(Level::all().all(|level| (20..70).contains(&words.highest_lix(level))));
        }
    }
}
