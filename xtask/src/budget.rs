//! Size budgets: what `budget.json` says, and whether a set of files keeps to it. Pure.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The budgets by name.
pub(crate) type Budgets = BTreeMap<String, Budget>;

/// How much a set of files may weigh.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budget {
    /// Paths in the shipped folder; `*` stands for any part of a file or folder name.
    pub(crate) files: Vec<String>,
    /// The most that they may weigh together, brotli-compressed.
    pub(crate) brotli_bytes: u64,
    /// Why it is this number: whoever changes it has to change the reason too.
    pub(crate) why: String,
}

/// What the check of one budget found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The weight of the files together.
    pub(crate) used: u64,
    /// The weight that is allowed.
    pub(crate) allowed: u64,
}

impl Verdict {
    /// Bytes too many; none if the budget is kept.
    pub(crate) fn excess(&self) -> Option<u64> {
        self.used.checked_sub(self.allowed).filter(|excess| *excess > 0)
    }
}

/// Reads the budget file.
pub(crate) fn parse(json: &str) -> Result<Budgets> {
    let budgets: Budgets = serde_json::from_str(json).context("cannot read the budgets")?;
    for (name, budget) in &budgets {
        if budget.files.is_empty() || budget.why.trim().is_empty() {
            bail!("the budget `{name}` needs files and a reason");
        }
    }
    Ok(budgets)
}

/// Weighs the files of one budget. A pattern without a file is an error: it would pass unnoticed for ever.
pub(crate) fn check(budget: &Budget, brotli_sizes: &BTreeMap<String, u64>) -> Result<Verdict> {
    for pattern in &budget.files {
        if !brotli_sizes.keys().any(|file| matches(pattern, file)) {
            bail!("`{pattern}` is in the budget, but no such file is shipped");
        }
    }
    let counted = |file: &str| budget.files.iter().any(|pattern| matches(pattern, file));
    let used = brotli_sizes.iter().filter(|(file, _)| counted(file)).map(|(_, size)| size).sum();
    Ok(Verdict { used, allowed: budget.brotli_bytes })
}

/// Whether a path fits a pattern, where `*` is any run of characters but `/`.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path.strip_prefix(before).is_some_and(|rest| {
            let run = rest.find('/').unwrap_or(rest.len());
            (0..=run).filter_map(|end| rest.get(end..)).any(|tail| matches(after, tail))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> BTreeMap<String, u64> {
        [("a.js", 5), ("a.wasm", 100), ("data/bank.fr.json", 20), ("data/bank.en.json", 30)]
            .map(|(file, size)| (file.to_owned(), size))
            .into()
    }

    fn budget(files: &[&str], brotli_bytes: u64) -> Budget {
        Budget { files: files.iter().map(|file| (*file).to_owned()).collect(), brotli_bytes, why: "a test".to_owned() }
    }

    #[test]
    fn a_star_stays_within_its_folder() {
        assert!(matches("data/*.fr.json", "data/bank.fr.json"));
        assert!(matches("*", "a.js"));
        assert!(matches("*/*.js", "api/é.js"));
        assert!(matches("a*b*c", "abbbc"));
        assert!(!matches("*", "data/bank.fr.json"));
        assert!(!matches("data/*.fr.json", "data/old/bank.fr.json"));
        assert!(!matches("data/*.fr.json", "data/bank.en.json"));
        assert!(!matches("a.js", "a.json"));
    }

    #[test]
    fn files_of_a_budget_are_counted_once() {
        let verdict = check(&budget(&["a.js", "a.*", "data/*.fr.json"], 125), &sizes()).unwrap();
        assert_eq!(verdict, Verdict { used: 125, allowed: 125 });
        assert_eq!(verdict.excess(), None);
    }

    #[test]
    fn an_exceeded_budget_says_by_how_much() {
        let verdict = check(&budget(&["a.wasm"], 90), &sizes()).unwrap();
        assert_eq!(verdict.excess(), Some(10));
    }

    #[test]
    fn a_pattern_without_a_file_is_an_error() {
        let error = check(&budget(&["a.js", "gone.js"], 1000), &sizes()).unwrap_err();
        assert!(error.to_string().contains("`gone.js`"), "{error}");
    }

    #[test]
    fn a_budget_without_a_reason_is_refused() {
        assert!(parse(r#"{"x": {"files": ["a"], "brotli_bytes": 1, "why": " "}}"#).is_err());
        assert!(parse(r#"{"x": {"files": ["a"], "bytes": 1, "why": "y"}}"#).is_err());
        assert!(parse(r#"{"x": {"files": ["a"], "brotli_bytes": 1, "why": "y"}}"#).is_ok());
    }

    #[test]
    fn the_budgets_of_this_repository_can_be_read() {
        let budgets = parse(include_str!("../../budget.json")).unwrap();
        assert!(budgets.contains_key("first_load"));
    }
}
