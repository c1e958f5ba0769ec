//! What each file of the build hashes to, so that a page which trusts the script can trust all that the script fetches.
//!
//! The page's `integrity` attribute covers the script alone. So the script carries the hashes of what it fetches before the
//! first question, and fetches nothing that has none. Hashes do not compress, so those of what comes later are in lists of
//! their own, whose hashes the script carries: one for the words of questions of each bank and language, one for all else.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::tree::Tree;

/// The file with the hashes of all files, for whoever writes a page.
pub(crate) const LIST: &str = "integrity.json";

/// The list of what comes later, but for the words of questions.
const LATER: &str = "data/hashes.json";

/// The hash as Subresource Integrity wants it.
pub(crate) fn of(bytes: &[u8]) -> String {
    format!("sha256-{}", encoded(bytes))
}

fn encoded(bytes: &[u8]) -> String {
    Base64::encode_string(&Sha256::digest(bytes))
}

/// The hashes that the script carries, by path, in base64 without the name of the algorithm. Adds the lists of the others to
/// the tree. `first` is what is needed before the first question besides data, `later` what else is fetched.
pub(crate) fn of_fetched(tree: &mut Tree, first: &str, later: &[&str]) -> Result<BTreeMap<String, String>> {
    let mut carried = BTreeMap::new();
    let mut lists: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, bytes) in tree.files() {
        let data = path.strip_prefix("data/");
        if let Some((group, rest)) = data.and_then(words_of_questions) {
            let list = lists.entry(format!("data/hashes-{group}.json")).or_default();
            list.insert(rest.to_owned(), encoded(bytes));
        } else if path == first || data.is_some_and(comes_first) {
            carried.insert(path.to_owned(), encoded(bytes));
        } else if later.contains(&path) || data.is_some() && !is_whole_pack(tree, path) {
            lists.entry(LATER.to_owned()).or_default().insert(path.to_owned(), encoded(bytes));
        }
    }
    for (path, list) in lists {
        let list = serde_json::to_string(&list)?;
        carried.insert(path.clone(), encoded(list.as_bytes()));
        tree.add(path, list)?;
    }
    Ok(carried)
}

/// Whether a data file is needed before the first question, in some language.
fn comes_first(name: &str) -> bool {
    [".sheet.txt", ".start.txt", ".names.txt"].iter().any(|end| name.ends_with(end))
}

/// What the service worker keeps: all that a page without a network could ask for. The demo page of a partner is not part of
/// the widget.
pub(crate) fn of_offline(tree: &Tree) -> Result<BTreeMap<String, String>> {
    let left_out = |path: &str| {
        [
            "api/",
            "demo.",
            "design",
            "accessibility.",
            "pages.css",
            "index.html",
            "skills-passport-frame.",
            "skills-passport.d.ts",
            "custom-elements.json",
        ]
        .iter()
        .any(|start| path.starts_with(start))
            || is_whole_pack(tree, path)
    };
    let kept: BTreeMap<_, _> = tree
        .files()
        .filter(|(path, _)| !left_out(path))
        .map(|(path, bytes)| (path.to_owned(), encoded(bytes)))
        .collect();
    if kept.is_empty() {
        bail!("there is nothing to keep for pages without a network");
    }
    Ok(kept)
}

/// The hashes of all files, as a JSON object.
pub(crate) fn list(tree: &Tree) -> Result<String> {
    let all: BTreeMap<&str, String> = tree.files().map(|(path, bytes)| (path, of(bytes))).collect();
    Ok(format!("{}\n", serde_json::to_string_pretty(&all)?))
}

/// A page with `{{path}}` replaced by the hash of that file.
pub(crate) fn fill(page: &str, tree: &Tree) -> Result<String> {
    let mut parts = page.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((path, rest)) = part.split_once("}}") else { bail!("`{{{{` without `}}}}` in a page") };
        match tree.files().find(|(other, _)| *other == path) {
            Some((_, bytes)) => filled.push_str(&of(bytes)),
            None => bail!("a page names `{path}`, which is not built"),
        }
        filled.push_str(rest);
    }
    Ok(filled)
}

/// A whole pack is for users of the API: the widget fetches the smaller one to start with.
fn is_whole_pack(tree: &Tree, path: &str) -> bool {
    let start = path.strip_suffix(".json").map(|stem| format!("{stem}.start.json"));
    start.is_some_and(|start| tree.files().any(|(other, _)| other == start))
}

/// Splits `general-0.2.0.fr.1.1.json` into bank, version and language, and the competence.
fn words_of_questions(name: &str) -> Option<(&str, &str)> {
    let name = name.strip_suffix(".json")?;
    let fits = |dash: usize| {
        let mut words = name.get(dash + 1..)?.splitn(5, '.');
        let numbers = words.by_ref().take(3).filter(|word| word.parse::<u32>().is_ok()).count();
        let language = words.next()?;
        let rest = words.next()?;
        let group = name.get(..name.len() - rest.len() - 1)?;
        (numbers == 3 && language.chars().all(|letter| letter.is_ascii_alphabetic())).then_some((group, rest))
    };
    name.match_indices('-').find_map(|(dash, _)| fits(dash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> Tree {
        let mut tree = Tree::default();
        for path in files {
            tree.add(*path, *path).unwrap();
        }
        tree
    }

    #[test]
    fn a_hash_is_what_browsers_compare_with() {
        // The empty text, from FIPS 180-4.
        assert_eq!(of(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn words_of_questions_go_by_bank_and_language() {
        assert_eq!(words_of_questions("general-0.2.0.fr.1.1.json"), Some(("general-0.2.0.fr", "1.1")));
        assert_eq!(words_of_questions("my-bank-1.0.10.en.a1.json"), Some(("my-bank-1.0.10.en", "a1")));
        for other in ["digcomp-3.0.general.fr.start.json", "ui.fr.start.txt", "languages.json"] {
            assert_eq!(words_of_questions(other), None, "{other}");
        }
    }

    #[test]
    fn the_script_carries_what_the_widget_fetches() {
        let mut tree = tree(&[
            "a.wasm",
            "a-late.wasm",
            "api/api.wasm",
            "data/f.b.fr.json",
            "data/f.b.fr.start.json",
            "data/f.b.fr.sheet.txt",
            "data/b-1.0.0.fr.1.json",
            "data/b-1.0.0.fr.2.json",
            "data/ui.fr.start.txt",
            "data/ui.fr.late.txt",
        ]);
        let carried = of_fetched(&mut tree, "a.wasm", &["a-late.wasm"]).unwrap();
        let paths: Vec<_> = carried.keys().map(String::as_str).collect();
        let first = ["a.wasm", "data/f.b.fr.sheet.txt", "data/hashes-b-1.0.0.fr.json", LATER, "data/ui.fr.start.txt"];
        assert_eq!(paths, first);
        let list = |path: &str| -> BTreeMap<String, String> {
            let (_, bytes) = tree.files().find(|(other, _)| *other == path).unwrap();
            assert_eq!(carried[path], encoded(bytes));
            serde_json::from_slice(bytes).unwrap()
        };
        let words = list("data/hashes-b-1.0.0.fr.json");
        assert_eq!(words.keys().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(words["2"], encoded(b"data/b-1.0.0.fr.2.json"));
        assert_eq!(
            list(LATER).keys().collect::<Vec<_>>(),
            ["a-late.wasm", "data/f.b.fr.start.json", "data/ui.fr.late.txt"]
        );
    }

    #[test]
    fn without_a_network_there_is_what_the_widget_may_ask_for() {
        let files = ["a.js", "api/api.js", "data/f.b.fr.json", "data/f.b.fr.start.json", "hub.html", "index.html"];
        let kept = of_offline(&tree(&files)).unwrap();
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["a.js", "data/f.b.fr.start.json", "hub.html"]);
        assert!(of_offline(&tree(&["api/api.js"])).is_err());
    }

    #[test]
    fn a_page_gets_the_hashes_of_the_files_that_it_names() {
        let tree = tree(&["a.js"]);
        let filled = fill("<script integrity=\"{{a.js}}\">", &tree).unwrap();
        assert_eq!(filled, format!("<script integrity=\"{}\">", of(b"a.js")));
        assert!(fill("{{gone.js}}", &tree).is_err());
        assert!(fill("{{a.js", &tree).is_err());
    }
}
