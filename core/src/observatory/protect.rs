//! Publishing counts so that no small one can be found out.
//!
//! A row of counts (levels 1 to 8, not enough evidence, not asked) is published as **groups of neighbouring categories**,
//! each with one number. Every row counts everybody, so that all rows have one total and nobody is found by subtracting
//! one from another; sums over rows are never published, and a row's total is the one of its groups. Two things protect it:
//!
//! * *Grouping.* A category stands alone only if it holds at least k + u people; a group of several holds at least 2k − 1 + u.
//!   u is 0 to b − 1, drawn from the cell key, so that the threshold itself does not give a count away. A row that cannot
//!   be cut stays in one piece, and one of fewer than 2k − 1 people is not published at all.
//! * *Rounding.* Each group's number is rounded to one of the two neighbouring multiples of b = ⌈k/2⌉, up with probability
//!   remainder/b (unbiased random rounding; Fellegi 1975), by the group's cell key: the same people give the same number
//!   again, other people an independent one.
//!
//! **What is guaranteed.** Within one report, also to somebody who knows the exact number of every group and this very
//! procedure: no category of fewer than k people is published, and none inside a group can be told exactly (its group
//! holds another count that can take up the difference). Between two reports of the same group in which one person came, left
//! or moved, a published number alone leaves 2b − 1 values open, so that neither that person's category nor a count below
//! k follows from the difference. **What is not:** many reports, each with a few other people, average the rounding out;
//! nor does it help against somebody who knows everybody else's level. Report a group once a period.

use serde::Serialize;

use super::Count;

/// How counts are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// Fewer people than this are never shown: 3 to 1000.
    k: u16,
}

impl Default for Policy {
    fn default() -> Self {
        Self { k: 10 }
    }
}

impl Policy {
    /// A policy with this k; none below 3, where nothing would be protected, or above 1000.
    #[must_use]
    pub fn new(k: u16) -> Option<Self> {
        (3..=1000).contains(&k).then_some(Self { k })
    }

    /// Fewer people than this are never shown.
    #[must_use]
    pub fn k(self) -> u64 {
        u64::from(self.k)
    }

    /// What numbers are rounded to multiples of.
    #[must_use]
    pub fn base(self) -> u64 {
        self.k().div_ceil(2)
    }
}

/// Neighbouring categories with one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Group {
    /// First category, from 0.
    pub first: usize,
    /// Last category.
    pub last: usize,
    /// How many people, rounded.
    pub people: u64,
}

/// A row as it may be published; without groups where it is too small.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The groups, in order; together they hold every category.
    pub groups: Vec<Group>,
}

/// Protects a row.
#[must_use]
pub fn protect(row: &[Count], policy: Policy) -> Published {
    let groups = grouped(row, policy);
    let number = |(first, last, count): (usize, usize, Count)| Group { first, last, people: rounded(count, policy) };
    Published { groups: groups.into_iter().map(number).collect() }
}

/// The cut of a row: first and last category and what is in between, unrounded.
pub(super) fn grouped(row: &[Count], policy: Policy) -> Vec<(usize, usize, Count)> {
    let mut groups: Vec<(usize, usize, Count)> = Vec::new();
    let mut open: Option<(usize, Count)> = None;
    for (position, count) in row.iter().enumerate() {
        let (first, sum) = open.map_or((position, *count), |(first, sum)| (first, sum.plus(*count)));
        if may_stand(first == position, sum, policy) {
            groups.push((first, position, sum));
            open = None;
        } else {
            open = Some((first, sum));
        }
    }
    // What is left at the end goes to the groups before it, until they are large enough for several categories.
    let end = row.len().saturating_sub(1);
    while let Some((first, sum)) = open {
        let Some((before, _, more)) = groups.pop() else {
            return if may_stand(first == end, sum, policy) { vec![(first, end, sum)] } else { Vec::new() };
        };
        let sum = sum.plus(more);
        if may_stand(false, sum, policy) {
            groups.push((before, end, sum));
            open = None;
        } else {
            open = Some((before, sum));
        }
    }
    groups
}

fn may_stand(alone: bool, count: Count, policy: Policy) -> bool {
    let least = if alone { policy.k() } else { 2 * policy.k() - 1 };
    count.people >= least + draw(count.key, 1) % policy.base()
}

fn rounded(count: Count, policy: Policy) -> u64 {
    let base = policy.base();
    let (down, remainder) = (count.people / base * base, count.people % base);
    if draw(count.key, 2) % base < remainder { down + base } else { down }
}

/// A number that looks like chance but belongs to its key (SplitMix64; Steele, Lea and Flood 2014).
pub(super) fn draw(key: u64, purpose: u64) -> u64 {
    let mut mixed = key.wrapping_add(purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn row(people: &[u64]) -> Vec<Count> {
        people.iter().map(|people| Count { people: *people, key: people.wrapping_mul(0x1234_5678_9abc_def1) }).collect()
    }

    /// Every row of so many categories and at most so many people in each.
    fn all_rows(categories: usize, most: u64) -> Vec<Vec<u64>> {
        (0..categories).fold(vec![Vec::new()], |rows, _| {
            let longer = |row: &Vec<u64>| {
                (0..=most).map(|next| row.iter().copied().chain([next]).collect()).collect::<Vec<Vec<u64>>>()
            };
            rows.iter().flat_map(longer).collect()
        })
    }

    /// First and last category of each group, and its exact sum.
    type Cut = Vec<(usize, usize, u64)>;

    /// The attack: whoever knows the procedure, k, every exact group sum and that a row was cut like this makes the list of
    /// all rows that give the same; a small count is found out if it is the same in all of them.
    #[test]
    fn no_count_below_k_follows_from_exact_group_sums_and_the_procedure_itself() {
        let policy = Policy::new(3).unwrap();
        let mut same: HashMap<Cut, Vec<Vec<u64>>> = HashMap::new();
        for people in all_rows(4, 9) {
            let cut = grouped(&row(&people), policy);
            same.entry(cut.iter().map(|(first, last, sum)| (*first, *last, sum.people)).collect())
                .or_default()
                .push(people);
        }
        let mut attacked = 0;
        for (cut, rows) in same.iter().filter(|(cut, _)| !cut.is_empty()) {
            for (first, last, sum) in cut {
                assert!(*sum >= if first == last { 3 } else { 5 }, "{cut:?}");
                // Of larger groups the list is not complete: a count in them may be more than nine.
                for category in (*first..=*last).filter(|_| first != last && *sum <= 9) {
                    let values: std::collections::BTreeSet<u64> = rows.iter().map(|row| row[category]).collect();
                    let smallest = *values.iter().next().unwrap();
                    attacked += usize::from(smallest < 3);
                    assert!(
                        smallest >= 3 || values.len() > 1,
                        "category {category} is {smallest} in every row of {cut:?}"
                    );
                }
            }
        }
        assert!(attacked > 100);
    }

    #[test]
    fn groups_hold_every_category_once_and_numbers_are_near() {
        for policy in [Policy::default(), Policy::new(3).unwrap(), Policy::new(7).unwrap()] {
            for people in all_rows(3, 25) {
                let counts = row(&people);
                let (cut, shown) = (grouped(&counts, policy), protect(&counts, policy));
                let mut next = 0;
                for ((first, last, sum), group) in cut.iter().zip(&shown.groups) {
                    assert_eq!((*first, *first, *last), (next, group.first, group.last));
                    next = last + 1;
                    assert!(sum.people.abs_diff(group.people) < policy.base());
                    assert_eq!(group.people % policy.base(), 0);
                }
                assert!(next == 3 || cut.is_empty());
                let all: u64 = people.iter().sum();
                assert!(!cut.is_empty() || all < 2 * policy.k() - 1 + policy.base(), "{people:?}");
            }
        }
    }
}
