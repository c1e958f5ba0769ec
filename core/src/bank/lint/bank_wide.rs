//! What only shows over many items: where right answers stand, and questions that ask the same.

use std::collections::{BTreeMap, BTreeSet};

use super::text::words;
use super::{Report, Rule, picture_texts};
use crate::bank::{Bank, Item, ItemKind, ItemText};
use crate::id::{CompetenceId, Language};

/// Share of a competence's choices that one position may have …
const LARGEST_SHARE: f64 = 0.45;
/// … and how many are fine whatever their share.
const FINE_ANYWAY: usize = 2;
/// Over the bank, how far the share of a position may be from an equal one.
const LARGEST_IMBALANCE: f64 = 0.10;
/// From so many questions on, shares mean something.
const ENOUGH_QUESTIONS: usize = 20;
/// Share of choices in which the longest option may be the right one.
const LONGEST_RIGHT_SHARE: f64 = 0.40;
/// Overlap of the words of two questions from which they are near-duplicates (Jaccard 1901).
const NEAR: f64 = 0.55;
/// Words of fewer letters say little about what a question asks.
const SHORT_WORD: usize = 3;
/// Questions with fewer telling words are compared as a whole only.
const FEWEST_WORDS: usize = 5;

pub(super) fn check(bank: &Bank, report: &mut Report) {
    check_positions(bank, report);
    for language in bank.languages() {
        check_longest(bank, language, report);
        check_duplicates(bank, language, report);
    }
}

/// Positions of the right options of choices.
fn right_positions(item: &Item) -> Vec<usize> {
    let (options, rights) = match &item.kind {
        ItemKind::Choice { options, right } => (options, std::slice::from_ref(right)),
        ItemKind::Multiple { options, rights } => (options, rights.as_slice()),
        _ => return Vec::new(),
    };
    rights.iter().filter_map(|right| options.iter().position(|option| option == right)).collect()
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

fn check_positions(bank: &Bank, report: &mut Report) {
    let mut of_competence: BTreeMap<&CompetenceId, Vec<usize>> = BTreeMap::new();
    // By number of options and of right ones: only alike questions can be compared.
    let mut alike: BTreeMap<(usize, usize), Vec<Vec<usize>>> = BTreeMap::new();
    for item in bank.items() {
        let positions = right_positions(item);
        if let (ItemKind::Choice { .. }, [position]) = (&item.kind, positions.as_slice()) {
            of_competence.entry(&item.competence).or_default().push(*position);
        }
        if !positions.is_empty() {
            alike.entry((item.kind.options().len(), positions.len())).or_default().push(positions);
        }
    }
    let count = |positions: &[usize], wanted: usize| positions.iter().filter(|position| **position == wanted).count();
    for (competence, positions) in of_competence {
        for position in 0..8 {
            let here = count(&positions, position);
            if here > FINE_ANYWAY && ratio(here, positions.len()) > LARGEST_SHARE {
                let what =
                    format!("in {competence}, {here} of {} right answers are option {}", positions.len(), position + 1);
                report.bank(Rule::Positions, None, what);
            }
        }
    }
    for ((options, rights), all) in alike.into_iter().filter(|(_, all)| all.len() >= ENOUGH_QUESTIONS) {
        for position in 0..options {
            let here = all.iter().filter(|positions| positions.contains(&position)).count();
            if (ratio(here, all.len()) - ratio(rights, options)).abs() > LARGEST_IMBALANCE {
                let questions = format!("questions with {rights} of {options} options right");
                let what = format!("option {} is right in {here} of {} {questions}", position + 1, all.len());
                report.bank(Rule::Positions, None, what);
            }
        }
    }
}

fn check_longest(bank: &Bank, language: &Language, report: &mut Report) {
    let Some(texts) = bank.text(language) else { return };
    let (mut longest, mut all) = (0, 0);
    for item in bank.items() {
        let (ItemKind::Choice { right, .. }, Some(text)) = (&item.kind, texts.items.get(&item.id)) else { continue };
        let length = |text: &String| text.chars().count();
        let own = text.options.get(right).map(length);
        all += 1;
        longest += usize::from(own >= text.options.values().map(length).max());
    }
    if all >= ENOUGH_QUESTIONS && ratio(longest, all) > LONGEST_RIGHT_SHARE {
        let what = format!("the longest option is right in {longest} of {all} choices");
        report.bank(Rule::LongestOftenRight, Some(language), what);
    }
}

/// A question's telling words, and everything that it asks.
struct Asked<'a> {
    item: &'a Item,
    words: BTreeSet<String>,
    whole: String,
}

impl<'a> Asked<'a> {
    fn new(item: &'a Item, text: &'a ItemText) -> Self {
        // A picture is part of what is asked: the same question about another message is another question.
        let parts = || text.situation.as_deref().into_iter().chain([text.stem.as_str()]).chain(picture_texts(text));
        let telling = |word: &&str| word.chars().count() > SHORT_WORD;
        let words = parts().flat_map(words).filter(telling).map(str::to_lowercase).collect();
        let options: Vec<&str> = text.options.values().map(String::as_str).collect();
        let whole = parts().chain(options).collect::<Vec<_>>().join("\n").to_lowercase();
        Self { item, words, whole }
    }

    fn is_near(&self, other: &Self) -> bool {
        if self.whole == other.whole {
            return true;
        }
        let enough = self.words.len() >= FEWEST_WORDS && other.words.len() >= FEWEST_WORDS;
        let common = self.words.intersection(&other.words).count();
        enough && ratio(common, self.words.len() + other.words.len() - common) > NEAR
    }
}

fn check_duplicates(bank: &Bank, language: &Language, report: &mut Report) {
    let Some(texts) = bank.text(language) else { return };
    let asked: Vec<Asked<'_>> =
        bank.items().iter().filter_map(|item| Some(Asked::new(item, texts.items.get(&item.id)?))).collect();
    for (position, later) in asked.iter().enumerate() {
        for earlier in asked.iter().take(position).filter(|earlier| earlier.is_near(later)) {
            let what = format!("it asks nearly the same as {}", earlier.item.id);
            report.add(Rule::NearDuplicate, Some(later.item), Some(language), what);
        }
    }
}
