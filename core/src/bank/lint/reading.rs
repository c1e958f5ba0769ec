//! How hard an item is to read, and the words it uses.

use super::text::{lix, words, words_per_sentence};
use super::words::Words;
use super::{Rule, View, parts, picture_texts};

/// Levels at which sentences must be short.
const EASY_LEVELS: u8 = 2;

pub(super) fn check(view: &mut View<'_>, list: &Words, brands: &[String]) {
    let text = view.text;
    let all = parts(text);
    // What has to be read before answering.
    let asked: Vec<&str> = all.iter().filter(|(part, _)| *part != "explanation").map(|(_, text)| *text).collect();
    let length = words_per_sentence(&asked);
    if view.item.level.number() <= EASY_LEVELS && length > list.sentence_words {
        let level = view.item.level;
        view.found(
            Rule::SentenceLength,
            format!("{length:.1} words a sentence at level {level}; at most {}", list.sentence_words),
        );
    }
    // Over everything, since the index means little for a single sentence.
    let everything: Vec<&str> = all.iter().map(|(_, text)| *text).collect();
    let (index, highest) = (lix(&everything), list.highest_lix(view.item.level));
    if index > f64::from(highest) {
        let level = view.item.level;
        view.found(Rule::Readability, format!("LIX {index:.1} at level {level}; at most {highest}"));
    }
    if view.item.has_right_answer() {
        check_stem(view, list);
    }
    for (part, text) in &all {
        if let Some(phrase) = list.letters.iter().find(|phrase| phrase.is_in(text)) {
            view.found(Rule::Letters, format!("the {part} says “{}”", phrase.written()));
        }
        // Words in a picture may be somebody's.
        let own = without_quotations(text);
        if let Some(phrase) = list.informal.iter().find(|phrase| phrase.is_in(&own)) {
            view.found(Rule::Informal, format!("the {part} says “{}”", phrase.written()));
        }
    }
    for text in everything.iter().copied().chain(picture_texts(text)) {
        for (prefer, instead) in &list.terms {
            if let Some(found) = instead.iter().find_map(|phrase| phrase.find(text)) {
                view.found(Rule::Term, format!("“{}” instead of “{prefer}”", found.join(" ")));
            }
        }
        let brand = words(text).into_iter().find(|word| brands.iter().any(|brand| brand == word));
        if let Some(brand) = brand {
            view.found(Rule::Brand, format!("“{brand}” is a name of a product or company"));
        }
    }
}

fn check_stem(view: &mut View<'_>, list: &Words) {
    let stem = &view.text.stem;
    let emphasised = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let negation =
        list.negations.iter().find_map(|phrase| phrase.find(stem)).filter(|found| !found.iter().any(emphasised));
    if let Some(found) = negation {
        view.found(Rule::Negation, format!("the stem says “{}”", found.join(" … ")));
    }
    if let crate::bank::ItemKind::Multiple { rights, .. } = &view.item.kind {
        let number = rights.len().to_string();
        let says = list.numbers.get(&number).is_some_and(|words| words.iter().any(|word| word.is_in(stem)));
        if !says {
            view.found(Rule::HowMany, format!("{number} options are right; the stem does not say so"));
        }
    }
}

/// The text without what stands in quotation marks.
fn without_quotations(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: &char| {
        match c {
            '«' | '“' => depth += 1,
            '»' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(outside).collect()
}
