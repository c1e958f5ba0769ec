//! Keys of texts about a number.

/// The plural categories of Unicode CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
/// Those that English keys have.
pub(crate) const ENGLISH: [&str; 2] = ["one", "other"];

/// The stem and the plural category of a key: `waiting_text` and `few` of `waiting_text_few`.
pub(crate) fn category(key: &str) -> Option<(&str, &str)> {
    key.rsplit_once('_').filter(|(_, category)| CATEGORIES.contains(category))
}

/// The keys that a language has in place of an English one: for the `…_other` of a text about a number, all forms but the
/// `…_one` that is a key of its own.
pub(crate) fn forms(key: &str, is_number: bool, plurals: &[String]) -> Vec<String> {
    match category(key).filter(|_| is_number) {
        Some((stem, "other")) => {
            let further = plurals.iter().filter(|category| !ENGLISH.contains(&category.as_str()));
            further.map(|category| format!("{stem}_{category}")).chain([key.to_owned()]).collect()
        }
        // A language without a singular (as Japanese) does without it.
        Some((_, category)) if !plurals.iter().any(|other| other == category) => Vec::new(),
        _ => vec![key.to_owned()],
    }
}
