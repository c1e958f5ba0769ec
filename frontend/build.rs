//! Turns `text/<language>.json` into a typed table: one enum of keys, one array of texts per language.
//!
//! A text that is missing in one language, or that has other placeholders than its English form, stops the build.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

type Texts = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=text");
    let mut languages: BTreeMap<String, Texts> = BTreeMap::new();
    for entry in fs::read_dir("text")? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let texts =
            serde_json::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("text/{name}.json: {error}"))?;
        languages.insert(name, texts);
    }
    let english = languages.get("en").ok_or("text/en.json is missing")?;
    for (language, texts) in &languages {
        check(language, english, texts)?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?).join("texts.rs");
    fs::write(out, table(english, &languages)?)?;
    Ok(())
}

fn check(language: &str, english: &Texts, texts: &Texts) -> Result<(), Box<dyn Error>> {
    if let Some(key) = english.keys().find(|key| !texts.contains_key(*key)) {
        return Err(format!("text/{language}.json: `{key}` is missing").into());
    }
    for (key, text) in texts {
        let original =
            english.get(key).ok_or_else(|| format!("text/{language}.json: `{key}` is not in text/en.json"))?;
        if text.trim().is_empty() || placeholders(text) != placeholders(original) {
            return Err(format!(
                "text/{language}.json: `{key}` is empty or has other {{placeholders}} than in English"
            )
            .into());
        }
    }
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn table(english: &Texts, languages: &BTreeMap<String, Texts>) -> Result<String, std::fmt::Error> {
    let mut code = String::from(
        "/// A text of the interface.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub(crate) enum Key {\n",
    );
    for (key, text) in english {
        writeln!(code, "    /// {}\n    {},", text.replace(['\n', '[', ']', '<', '>'], " "), variant(key))?;
    }
    code.push_str("}\n\n/// The languages with their texts, in the order of the keys.\npub(crate) static LANGUAGES: &[(&str, &[&str])] = &[\n");
    for (language, texts) in languages {
        writeln!(code, "    ({language:?}, &{:?}),", texts.values().collect::<Vec<_>>())?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn variant(key: &str) -> String {
    key.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        })
        .collect()
}
