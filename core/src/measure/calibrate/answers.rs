//! Many people's answers, kept small.

use thiserror::Error;

use super::axes::Axes;
use super::curve::ItemStart;

/// Most items.
pub const MAX_ITEMS: usize = u16::MAX as usize;
/// Most answers of all people together: three bytes each, 1.5 gigabytes.
pub const MAX_ANSWERS: usize = 500_000_000;
/// Most groups of people.
pub const MAX_GROUPS: usize = 16;

/// Scored answers of many people, of whom each answered some of the items.
///
/// Takes 3 bytes per answer and 9 per person: 18 MB for 100,000 people with 60 answers each.
#[derive(Debug, Clone)]
pub struct Answers {
    /// For each item: where its answers stand among a person's (by axis), and its number of categories.
    ranks: Vec<(u16, u8)>,
    items: Vec<u16>,
    categories: Vec<u8>,
    ends: Vec<usize>,
    groups: Vec<u8>,
}

/// Answers of one person that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AnswerFault {
    /// No answer at all.
    #[error("there is no answer")]
    None,
    /// An item that is not calibrated.
    #[error("there is no item {item}")]
    NoItem {
        /// Its number.
        item: usize,
    },
    /// Not a category of the item.
    #[error("item {item} has categories 0 to {highest}, not {category}")]
    NoCategory {
        /// The item's number.
        item: usize,
        /// What was given.
        category: u8,
        /// The highest possible.
        highest: u8,
    },
    /// Two answers to one item.
    #[error("item {item} is answered twice")]
    Twice {
        /// The item's number.
        item: usize,
    },
    /// A group beyond the sixteenth.
    #[error("group {group} is one too many: 16 are possible")]
    Group {
        /// Its number, from 0.
        group: usize,
    },
    /// More answers than are kept.
    #[error("more than 500,000,000 answers")]
    Full,
}

/// One person's answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Numbers of the items, those of one axis together.
    pub(super) items: &'a [u16],
    /// The answers.
    pub(super) categories: &'a [u8],
    pub(super) group: usize,
}

impl Answers {
    /// No answers yet, to these items.
    #[must_use]
    pub fn new(items: &[ItemStart]) -> Self {
        let axes = Axes::of(items);
        let rank = |(item, start): (usize, &ItemStart)| {
            let highest = u8::try_from(start.curve.bounds.len()).unwrap_or(u8::MAX);
            (u16::try_from(axes.of_item(item)).unwrap_or(u16::MAX), highest)
        };
        let ranks = items.iter().enumerate().map(rank).collect();
        Self { ranks, items: Vec::new(), categories: Vec::new(), ends: Vec::new(), groups: Vec::new() }
    }

    /// Adds a person of a group (0 where there are none) with their answers: numbers of items and categories, in any order.
    ///
    /// # Errors
    /// The first fault found; nothing is then added.
    pub fn push(&mut self, group: usize, answers: &[(usize, u8)]) -> Result<(), AnswerFault> {
        if answers.is_empty() {
            return Err(AnswerFault::None);
        }
        let number = u8::try_from(group).ok().filter(|number| usize::from(*number) < MAX_GROUPS);
        let number = number.ok_or(AnswerFault::Group { group })?;
        if self.items.len() + answers.len() > MAX_ANSWERS {
            return Err(AnswerFault::Full);
        }
        let mut sorted = Vec::with_capacity(answers.len());
        for (item, category) in answers {
            let (item, category) = (*item, *category);
            let (rank, highest) = *self.ranks.get(item).ok_or(AnswerFault::NoItem { item })?;
            if category > highest {
                return Err(AnswerFault::NoCategory { item, category, highest });
            }
            sorted.push((rank, u16::try_from(item).map_err(|_| AnswerFault::NoItem { item })?, category));
        }
        sorted.sort_unstable();
        if let Some(((_, item, _), _)) = sorted.iter().zip(sorted.iter().skip(1)).find(|(one, two)| one.1 == two.1) {
            return Err(AnswerFault::Twice { item: usize::from(*item) });
        }
        self.items.extend(sorted.iter().map(|(_, item, _)| item));
        self.categories.extend(sorted.iter().map(|(_, _, category)| category));
        self.ends.push(self.items.len());
        self.groups.push(number);
        Ok(())
    }

    /// Number of people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.ends.len()
    }

    /// Number of answers of all.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.items.len()
    }

    /// People of each group.
    #[must_use]
    pub fn groups(&self) -> Vec<usize> {
        let mut counts = vec![0; self.groups.iter().max().map_or(1, |last| usize::from(*last) + 1)];
        for group in &self.groups {
            if let Some(count) = counts.get_mut(usize::from(*group)) {
                *count += 1;
            }
        }
        counts
    }

    /// Number of answers to each item in each category.
    #[must_use]
    pub fn counts(&self) -> Vec<Vec<u64>> {
        let mut counts: Vec<Vec<u64>> =
            self.ranks.iter().map(|(_, highest)| vec![0; usize::from(*highest) + 1]).collect();
        for (item, category) in self.items.iter().zip(&self.categories) {
            let counts = counts.get_mut(usize::from(*item));
            if let Some(count) = counts.and_then(|counts| counts.get_mut(usize::from(*category))) {
                *count += 1;
            }
        }
        counts
    }

    /// Number of items.
    pub(super) fn item_count(&self) -> usize {
        self.ranks.len()
    }

    pub(super) fn rows(&self, people: std::ops::Range<usize>) -> impl Iterator<Item = Row<'_>> {
        let first = people.start.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let ends = self.ends.get(people.clone()).unwrap_or(&[]);
        let groups = self.groups.get(people).unwrap_or(&[]);
        ends.iter().zip(groups).scan(first, |start, (end, group)| {
            let range = *start..*end;
            *start = *end;
            Some(Row {
                items: self.items.get(range.clone())?,
                categories: self.categories.get(range)?,
                group: usize::from(*group),
            })
        })
    }
}
