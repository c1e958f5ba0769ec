//! Signs and spaces as the language sets them.

use super::{Rule, View, parts, picture_texts};

/// Most words of a text that a finding repeats.
const SHOWN: usize = 60;

pub(super) fn check(view: &mut View<'_>) {
    let text = view.text;
    let french = view.language.as_str() == "fr" || view.language.as_str().starts_with("fr-");
    let words = parts(text).into_iter().map(|(_, words)| words);
    for words in words.chain(picture_texts(text)) {
        // Addresses are set as machines want them.
        let words = without_addresses(words);
        let common = first(&words, common_fault);
        let own = if french { first(&words, french_fault) } else { first(&words, english_fault) };
        for fault in [common, own].into_iter().flatten() {
            let shown: String = words.chars().take(SHOWN).collect();
            view.found(Rule::Typography, format!("{fault}: “{shown}”"));
        }
    }
}

fn without_addresses(text: &str) -> String {
    let is_address = |word: &&str| word.contains("://") || word.contains('@') || word.contains(".example");
    if text.split(' ').any(|word| is_address(&word)) {
        text.split(' ').filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ").trim().to_owned()
    } else {
        text.to_owned()
    }
}

/// The first fault of a text, by each character with those before and behind it.
fn first(text: &str, fault: impl Fn(char, char, char) -> Option<&'static str>) -> Option<&'static str> {
    let before = std::iter::once('\n').chain(text.chars());
    let behind = text.chars().skip(1).chain(['\n']);
    before.zip(text.chars()).zip(behind).find_map(|((before, c), behind)| fault(before, c, behind))
}

fn common_fault(before: char, c: char, behind: char) -> Option<&'static str> {
    let is_stray = c == ' ' && (before == ' ' || before == '\n' || behind == '\n') || c == '\t' || c == '\u{feff}';
    match c {
        _ if is_stray => Some("a stray space"),
        '\'' if before.is_alphabetic() && behind.is_alphabetic() => Some("a straight apostrophe"),
        '.' if before == '.' && behind == '.' => Some("three dots for an ellipsis"),
        _ => None,
    }
}

fn is_hard_space(c: char) -> bool {
    ['\u{a0}', '\u{202f}'].contains(&c)
}

fn french_fault(before: char, c: char, behind: char) -> Option<&'static str> {
    match c {
        '“' | '”' | '"' => Some("English quotation marks"),
        '«' if !is_hard_space(behind) => Some("no hard space after «"),
        '»' if !is_hard_space(before) => Some("no hard space before »"),
        ';' if !is_hard_space(before) => Some("no hard space before ;"),
        // The second of two.
        '?' | '!' if !is_hard_space(before) && !['?', '!'].contains(&before) => Some("no hard space before ? or !"),
        // A time of day, an address.
        ':' if !(is_hard_space(before) || behind == '/' || before.is_ascii_digit() && behind.is_ascii_digit()) => {
            Some("no hard space before :")
        }
        '%' if before.is_ascii_digit() || before == ' ' => Some("no hard space before %"),
        _ => None,
    }
}

fn english_fault(before: char, c: char, behind: char) -> Option<&'static str> {
    match c {
        '"' => Some("straight quotation marks"),
        '«' | '»' => Some("French quotation marks"),
        '?' | '!' | ';' | ':' if (before == ' ' || is_hard_space(before)) && (behind == ' ' || behind == '\n') => {
            Some("a space before a sign")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_signs() {
        for (text, fault) in [
            ("Vraiment\u{202f}?!", None),
            ("Vraiment ?", Some("no hard space before ? or !")),
            ("«\u{a0}Oui\u{a0}»\u{a0}: à 10:30", None),
            ("« Oui »", Some("no hard space after «")),
            ("Deux choses:", Some("no hard space before :")),
            ("Un “mot”", Some("English quotation marks")),
            ("20\u{a0}%", None),
            ("20%", Some("no hard space before %")),
        ] {
            assert_eq!(first(text, french_fault), fault, "{text}");
        }
        for (text, fault) in [
            ("Really?", None),
            ("Really ?", Some("a space before a sign")),
            ("Say “yes”: now", None),
            ("Say \"yes\"", Some("straight quotation marks")),
        ] {
            assert_eq!(first(text, english_fault), fault, "{text}");
        }
        for (text, fault) in [
            ("it's", Some("a straight apostrophe")),
            ("two  spaces", Some("a stray space")),
            (" begins", Some("a stray space")),
            ("it’s", None),
            ("well...", Some("three dots for an ellipsis")),
        ] {
            assert_eq!(first(text, common_fault), fault, "{text}");
        }
    }
}
