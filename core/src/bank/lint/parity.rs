//! Whether the languages of an item say the same, as far as parts and numbers show.

use super::{Report, Rule, parts, picture_texts};
use crate::bank::{Bank, Item, ItemText};
use crate::id::Language;

/// Compares every language with the first. Options, targets and pictures are the same already: the bank was checked.
pub(super) fn check(bank: &Bank, item: &Item, report: &mut Report) {
    let mut texts = bank.languages().filter_map(|language| Some((language, bank.text(language)?.items.get(&item.id)?)));
    let Some(first) = texts.next() else { return };
    for other in texts {
        compare(first, other, item, report);
    }
}

fn compare(one: (&Language, &ItemText), two: (&Language, &ItemText), item: &Item, report: &mut Report) {
    if one.1.situation.is_some() != two.1.situation.is_some() {
        let (with, without) = if one.1.situation.is_some() { (one.0, two.0) } else { (two.0, one.0) };
        let what = format!("there is a situation in `{with}`, none in `{without}`");
        report.add(Rule::Parts, Some(item), Some(without), what);
    }
    let (ones, twos) = (numbers(one.1), numbers(two.1));
    if ones != twos {
        let what = format!("numbers {} in `{}`, {} in `{}`", listed(&ones), one.0, listed(&twos), two.0);
        report.add(Rule::Numbers, Some(item), Some(two.0), what);
    }
}

fn listed(numbers: &[String]) -> String {
    if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") }
}

/// The numbers of everything that is read before answering, sorted. Signs within a number (1.5 or 1,5; 1,000 or 1 000)
/// are those of the language and do not count; 3 pm is 15.
fn numbers(text: &ItemText) -> Vec<String> {
    let asked = parts(text).into_iter().filter(|(part, _)| *part != "explanation").map(|(_, words)| words);
    let mut found: Vec<String> = asked.chain(picture_texts(text)).flat_map(numbers_in).collect();
    found.sort_unstable();
    found
}

fn numbers_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let mut number = String::new();
        let mut characters = rest.split_at(start).1.chars();
        rest = loop {
            let before = characters.as_str();
            match characters.next() {
                Some(c) if c.is_ascii_digit() => number.push(c),
                Some(c)
                    if ".,\u{a0}\u{202f}".contains(c)
                        && characters.as_str().starts_with(|c: char| c.is_ascii_digit()) => {}
                _ => break before,
            }
        };
        let behind = rest.trim_start();
        let is_afternoon = ["pm", "p.m."].iter().any(|sign| behind.starts_with(sign));
        let hour = number.parse::<u8>().ok().filter(|hour| is_afternoon && (1..12).contains(hour));
        found.push(hour.map_or(number, |hour| (hour + 12).to_string()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_the_language_sets_them() {
        assert_eq!(numbers_in("1,5 km en 2026, 10\u{202f}000 pas"), ["15", "2026", "10000"]);
        assert_eq!(numbers_in("1.5 km in 2026, 10,000 steps"), ["15", "2026", "10000"]);
        assert_eq!(numbers_in("at 10:30, room 4."), ["10", "30", "4"]);
        assert_eq!(numbers_in("3 pm, 12 pm, 3 am, 14 h"), ["15", "12", "3", "14"]);
    }
}
