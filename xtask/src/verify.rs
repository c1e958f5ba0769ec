//! The words of the page that checks badges: every language has every text, with the same placeholders, or the build stops.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::tree;

/// Texts by key.
type Texts = BTreeMap<String, String>;

/// The texts of every language of the folder, `<language>.json`.
pub(crate) fn words(folder: &Path) -> Result<BTreeMap<String, Texts>> {
    let mut languages = BTreeMap::new();
    for file in tree::files_in(folder)? {
        let text = fs::read_to_string(folder.join(&file)).with_context(|| format!("cannot read {file}"))?;
        let texts: Texts = serde_json::from_str(&text).with_context(|| format!("in {file}"))?;
        languages.insert(file.trim_end_matches(".json").to_owned(), texts);
    }
    check(&languages)?;
    Ok(languages)
}

/// The page's script, with the words in front.
pub(crate) fn script(script: &str, words: &BTreeMap<String, Texts>) -> String {
    format!("const WORDS = {};\n{script}", serde_json::json!(words))
}

fn check(languages: &BTreeMap<String, Texts>) -> Result<()> {
    let english = languages.get("en").context("the page that checks badges has no English words")?;
    for (language, texts) in languages {
        if !texts.keys().eq(english.keys()) {
            let differs = |key: &&String| !texts.contains_key(*key) || !english.contains_key(*key);
            let keys: Vec<_> = english.keys().chain(texts.keys()).filter(differs).collect();
            bail!("words of the page that checks badges, `{language}`: these are in one language only: {keys:?}");
        }
        for (key, text) in texts {
            let original = english.get(key).map(String::as_str).unwrap_or_default();
            if text.trim().is_empty() || placeholders(text) != placeholders(original) {
                bail!(
                    "words of the page that checks badges, `{language}`: `{key}` is empty or has other {{placeholders}}"
                );
            }
        }
    }
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(french: &[(&str, &str)]) -> BTreeMap<String, Texts> {
        let texts =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        [("en", texts(&[("since", "Since {date}.")])), ("fr", texts(french))]
            .map(|(language, texts)| (language.to_owned(), texts))
            .into()
    }

    #[test]
    fn every_language_has_every_word_with_its_placeholders() {
        assert!(check(&languages(&[("since", "Depuis le {date}.")])).is_ok());
        assert!(check(&languages(&[])).is_err());
        assert!(check(&languages(&[("since", "Depuis le {jour}.")])).is_err());
        assert!(check(&languages(&[("since", "Depuis le {date}."), ("until", "…")])).is_err());
    }
}
