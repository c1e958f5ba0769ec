//! What gives the right answer away to somebody who does not know it (Haladyna, Downing & Rodriguez 2002), and options that
//! are none.

use super::text::{self, Phrase};
use super::words::Words;
use super::{Rule, View};
use crate::bank::ItemKind;
use crate::id::OptionId;

/// The longest option against the shortest, above which it stands out.
const LONGEST_TO_SHORTEST: f64 = 1.2;
/// The right option against the middle one of the wrong ones.
const RIGHT_TO_MEDIAN: f64 = 1.3;
/// The shortest of several right options against the longest wrong one.
const SHORTEST_RIGHT_TO_LONGEST_WRONG: f64 = 1.15;

/// Words besides "all of these" from which on an option says something else.
const OTHER_WORDS: usize = 2;

/// The words of the right options and of the wrong ones.
struct Sides<'a> {
    right: Vec<&'a str>,
    wrong: Vec<&'a str>,
}

impl<'a> Sides<'a> {
    /// Of choices, single and multiple; none for other kinds.
    fn of(view: &View<'a>) -> Option<Self> {
        let rights: &[OptionId] = match &view.item.kind {
            ItemKind::Choice { right, .. } => std::slice::from_ref(right),
            ItemKind::Multiple { rights, .. } => rights,
            _ => return None,
        };
        let (right, wrong): (Vec<_>, Vec<_>) = view.text.options.iter().partition(|(id, _)| rights.contains(id));
        let words = |side: Vec<(&'a OptionId, &'a String)>| side.into_iter().map(|(_, text)| text.as_str()).collect();
        Some(Self { right: words(right), wrong: words(wrong) })
    }

    fn only_right(&self, has: impl Fn(&str) -> bool) -> bool {
        self.right.iter().any(|text| has(text)) && !self.wrong.iter().any(|text| has(text))
    }

    fn only_wrong(&self, has: impl Fn(&str) -> bool) -> bool {
        self.wrong.iter().any(|text| has(text)) && !self.right.iter().any(|text| has(text))
    }
}

pub(super) fn check(view: &mut View<'_>, words: &Words) {
    check_lengths(view);
    // Said in passing it is fine: an option that says little else is meant.
    let meant = |phrase: &Phrase, label: &str| {
        phrase.find(label).is_some_and(|found| text::words(label).len() <= found.len() + OTHER_WORDS)
    };
    let found = words.all_or_none.iter().find(|phrase| view.text.options.values().any(|label| meant(phrase, label)));
    if let Some(phrase) = found {
        view.found(Rule::AllOrNone, format!("an option says “{}”", phrase.written()));
    }
    let Some(sides) = Sides::of(view) else { return };
    let named = |list: &[Phrase], sides: &[&str]| {
        let found = list.iter().find(|phrase| sides.iter().any(|text| phrase.is_in(text)));
        found.map_or(String::new(), |phrase| phrase.written().to_owned())
    };
    let any = |list: &[Phrase], text: &str| list.iter().any(|phrase| phrase.is_in(text));
    for (rule, list) in [
        (Rule::OnlyRightHedges, &words.hedges),
        (Rule::OnlyRightExample, &words.examples),
        (Rule::OnlyRightPolicy, &words.policy),
    ] {
        if sides.only_right(|text| any(list, text)) {
            view.found(rule, format!("only the right option says “{}”", named(list, &sides.right)));
        }
    }
    if sides.only_wrong(|text| any(&words.absolutes, text)) {
        view.found(
            Rule::AbsolutesOnlyWrong,
            format!("only wrong options say “{}”", named(&words.absolutes, &sides.wrong)),
        );
    }
    let clauses = |text: &&str| text.matches([',', ';', ':']).count();
    if sides.right.iter().map(clauses).min().unwrap_or(0) > 0 && sides.wrong.iter().map(clauses).max() == Some(0) {
        view.found(Rule::OnlyRightClauses, "only the right option has several clauses".to_owned());
    }
}

/// What can be seen without knowing a word.
pub(super) fn check_lengths(view: &mut View<'_>) {
    let labels: Vec<&String> = view.text.options.values().collect();
    let same =
        labels.iter().enumerate().find(|(position, label)| labels.iter().take(*position).any(|other| other == *label));
    if let Some((_, label)) = same {
        view.found(Rule::SameOption, format!("two options say “{label}”"));
    }
    let Some(sides) = Sides::of(view) else { return };
    let length = |text: &&str| f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    let mut wrong: Vec<f64> = sides.wrong.iter().map(length).collect();
    let mut right: Vec<f64> = sides.right.iter().map(length).collect();
    wrong.sort_by(f64::total_cmp);
    right.sort_by(f64::total_cmp);
    let (Some(shortest), Some(longest), Some(least)) = (wrong.first(), wrong.last(), right.first()) else { return };
    let lengths = || format!("the right option has {least} characters, the wrong ones {wrong:?}");
    if right.len() > 1 {
        if *least > SHORTEST_RIGHT_TO_LONGEST_WRONG * longest {
            view.found(Rule::LongestRight, "every right option is longer than every wrong one".to_owned());
        }
    } else if (least > longest && *least > LONGEST_TO_SHORTEST * shortest) || *least > RIGHT_TO_MEDIAN * median(&wrong)
    {
        view.found(Rule::LongestRight, lengths());
    }
}

/// The middle one of sorted numbers, or the mean of the two in the middle.
fn median(sorted: &[f64]) -> f64 {
    let at = |position: usize| sorted.get(position).copied().unwrap_or(0.0);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { at(middle) } else { 0.5 * (at(middle.saturating_sub(1)) + at(middle)) }
}
