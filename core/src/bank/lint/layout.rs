//! Whether an item fits a small screen and is built as its kind should be.

use super::{Report, Rule, View, parts, picture_texts};
use crate::bank::{Item, ItemDocument, ItemKind, ItemText, PicturePart, PictureRole};
use crate::id::OptionId;

/// Longest parts, characters, so that an item fits a screen 320 pixels wide.
const LONGEST: [(&str, usize); 5] =
    [("situation", 280), ("stem", 160), ("option", 100), ("target", 45), ("explanation", 600)];
/// Shortest explanation that can teach something, characters.
const SHORTEST_EXPLANATION: usize = 120;
/// Farthest that an item may lie from the middle of its level, thousandths of a level.
const FARTHEST: i32 = 900;
/// Fewest pairs that stand the wrong way round in the order shown.
const FEWEST_INVERSIONS: usize = 3;
/// Words in a row that make a text of a picture recognisable in the situation.
const REPEATED_WORDS: usize = 4;
/// Endings of names that belong to somebody.
const REAL_ENDINGS: [&str; 14] =
    ["com", "org", "net", "info", "eu", "fr", "uk", "us", "ca", "be", "ch", "io", "app", "gov"];

/// What can be seen without texts.
pub(super) fn check_structure(item: &Item, source: &ItemDocument, report: &mut Report) {
    let mut found = |rule, what| report.add(rule, Some(item), None, what);
    let (options, targets) = (item.kind.options().len(), item.kind.targets().len());
    let fits = match &item.kind {
        ItemKind::Graded { .. } => true,
        ItemKind::Choice { .. } => (3..=5).contains(&options),
        ItemKind::Multiple { rights, .. } => (4..=6).contains(&options) && (2..=options - 2).contains(&rights.len()),
        ItemKind::Ordering { .. } => (3..=5).contains(&options),
        ItemKind::Matching { .. } => (3..=5).contains(&options) && (2..=5).contains(&targets),
    };
    if !fits {
        found(Rule::OptionCount, format!("{options} options, {targets} targets"));
    }
    if let ItemKind::Ordering { options, order } = &item.kind {
        let place = |id: &OptionId| order.iter().position(|other| other == id);
        let pairs = options
            .iter()
            .enumerate()
            .flat_map(|(position, later)| options.iter().take(position).map(move |earlier| (earlier, later)));
        let inversions = pairs.filter(|(earlier, later)| place(earlier) > place(later)).count();
        if inversions < FEWEST_INVERSIONS {
            found(Rule::OrderShown, format!("only {inversions} pairs of steps stand the wrong way round"));
        }
    }
    if let ItemKind::Matching { options, targets, matches } = &item.kind {
        let mut used: Vec<&OptionId> = matches.values().collect();
        used.sort_unstable();
        used.dedup();
        if options.len() == targets.len() && used.len() == targets.len() {
            found(Rule::OneToOne, "every target belongs to exactly one option".to_owned());
        }
    }
    let location = source.mean_location().0;
    let distance = location - 1000 * i32::from(item.level.number());
    if distance.abs() > FARTHEST {
        found(Rule::FarFromLevel, format!("it lies at {location} thousandths; it is written for level {}", item.level));
    }
}

pub(super) fn check(view: &mut View<'_>) {
    let text = view.text;
    for (part, words) in parts(text) {
        let length = words.chars().count();
        let longest = LONGEST.iter().find(|(name, _)| *name == part).map(|(_, longest)| *longest);
        if let Some(longest) = longest.filter(|longest| length > *longest) {
            view.found(Rule::TooLong, format!("the {part} has {length} characters; at most {longest}"));
        }
    }
    let length = text.explanation.chars().count();
    if length < SHORTEST_EXPLANATION {
        view.found(Rule::ShortExplanation, format!("it has {length} characters; {SHORTEST_EXPLANATION} or more"));
    }
    if !text.stem.trim_end().ends_with(['?', '.', ':', '!']) {
        view.found(Rule::StemEnd, format!("the stem ends “{}”", last_words(&text.stem)));
    }
    for words in parts(text).into_iter().map(|(_, words)| words).chain(picture_texts(text)) {
        if let Some(address) = real_address(words) {
            view.found(Rule::Address, format!("“{address}” could be somebody’s"));
        }
    }
    if let Some(repeated) = text.situation.as_deref().and_then(|situation| {
        evidence(text).find(|part| super::text::words(part).len() >= REPEATED_WORDS && situation.contains(*part))
    }) {
        let what = format!("the situation repeats “{repeated}”");
        view.found(Rule::PictureRepeated, what);
    }
}

/// The words in a picture that are not the person's own.
fn evidence(text: &ItemText) -> impl Iterator<Item = &str> {
    let parts = text.picture.iter().flat_map(|picture| &picture.parts);
    let own = |part: &&PicturePart| !matches!(part.role, PictureRole::Query | PictureRole::Me);
    parts.filter(own).flat_map(|part| std::iter::once(part.text.as_str()).chain(part.detail.as_deref()))
}

fn last_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().rev().take(3).collect();
    words.into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// A name on the web, or of a mailbox, that does not end with `.example`.
fn real_address(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "-.@_".contains(c);
    let names = text.split(|c: char| !inside(c)).map(|name| name.trim_matches(['.', '-', '_']));
    names.into_iter().find(|name| {
        let ending = name.rsplit_once('.').map(|(before, ending)| (before, ending.to_ascii_lowercase()));
        ending.is_some_and(|(before, ending)| !before.is_empty() && REAL_ENDINGS.contains(&ending.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_nobody_can_have_pass() {
        assert_eq!(real_address("Write to ann@shop.com."), Some("ann@shop.com"));
        assert_eq!(real_address("https://www.bank.fr/login"), Some("www.bank.fr"));
        for fine in ["http://bank.example/pay", "photo.jpg", "the end. App", "3.5 km", "e.g. this"] {
            assert_eq!(real_address(fine), None, "{fine}");
        }
    }
}
