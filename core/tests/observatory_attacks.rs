//! Attacks on published reports: from rows, their totals, columns, and two reports of one group, somebody tries to find a
//! small number or what one person did.
//!
//! What the attacker knows: the whole published document, k, and how it was made. The counts are unknown whole numbers; each
//! published number is an interval. All rows have one total, everybody; a total within a row, a column or a difference is
//! a sum of these unknowns, so that the bounds found here are the best that any adding and subtracting can do. Rows share
//! nothing but the total. For a given total, a row is a system of bounds on sums over runs of categories (rows of intervals
//! have the consecutive-ones property: its polytope is integral), whose tightest bounds are shortest paths over prefix sums.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use common::Parts;
use skills_passport::framework::Framework;
use skills_passport::id::CompetenceId;
use skills_passport::observatory::{Count, Group, NOT_ENOUGH, Policy, Published, Report, Summary};
use skills_passport::offers::CoverageCell;
use skills_passport::units::Level;

/// Sum over categories `.0` up to but without `.1` is from `.2` to `.3`.
type Run = (usize, usize, i64, i64);

/// Tightest bounds of each count, given bounds of sums over runs; none if they contradict each other (Floyd–Warshall).
fn bounds(runs: &[Run], categories: usize) -> Option<Vec<(i64, i64)>> {
    const FAR: i64 = 1 << 40;
    let size = categories + 1;
    let mut most = vec![vec![FAR; size]; size];
    for (at, line) in most.iter_mut().enumerate() {
        line[at] = 0;
    }
    for at in 0..categories {
        most[at + 1][at] = 0;
    }
    for (from, to, low, high) in runs {
        most[*from][*to] = most[*from][*to].min(*high);
        most[*to][*from] = most[*to][*from].min(-low);
    }
    for via in 0..size {
        for from in 0..size {
            for to in 0..size {
                most[from][to] = most[from][to].min(most[from][via] + most[via][to]);
            }
        }
    }
    if (0..size).any(|at| most[at][at] < 0) {
        return None;
    }
    Some((0..categories).map(|at| (-most[at + 1][at], most[at][at + 1])).collect())
}

/// What a published row says of the true counts; `extra` is how many people of each category are to be taken off again.
fn runs(row: &Published, base: i64, extra: impl Fn(usize) -> i64) -> Vec<Run> {
    let run = |group: &Group| {
        let (people, more) =
            (i64::try_from(group.people).unwrap(), (group.first..=group.last).map(&extra).sum::<i64>());
        (group.first, group.last + 1, people - base + 1 - more, people + base - 1 - more)
    };
    row.groups.iter().map(run).collect()
}

/// The totals that all rows of a report together leave open.
fn totals(reports: &[&Report], base: i64) -> RangeInclusive<i64> {
    let mut range = (0, i64::MAX);
    let mut narrow = |low: i64, high: i64| range = (range.0.max(low), range.1.min(high));
    for report in reports {
        if let Some(people) = report.people {
            narrow(people as i64 - base + 1, people as i64 + base - 1);
        }
        for row in report.competences.iter().flat_map(|row| [&row.levels, &row.change]) {
            if !row.groups.is_empty() {
                let (sum, slack) = (row.groups.iter().map(|group| group.people as i64).sum::<i64>(), base - 1);
                let groups = row.groups.len() as i64;
                narrow(sum - groups * slack, sum + groups * slack);
            }
        }
    }
    range.0..=range.1
}

/// Bounds of the counts of a row whatever the total is.
fn over_totals(runs: &[Run], categories: usize, totals: &RangeInclusive<i64>) -> Option<Vec<(i64, i64)>> {
    let with = |total: i64| bounds(&[runs, &[(0, categories, total, total)]].concat(), categories);
    totals
        .clone()
        .filter_map(with)
        .reduce(|all, more| all.iter().zip(&more).map(|(one, two)| (one.0.min(two.0), one.1.max(two.1))).collect())
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        // SplitMix64 (Steele, Lea and Flood 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

fn framework() -> Framework {
    Parts::tiny().load().unwrap().framework().clone()
}

/// A group whose levels crowd around a few, with small numbers elsewhere.
fn group(framework: &Framework, people: u64, chance: &mut Chance) -> Summary {
    let mut summary = Summary::new(framework);
    for _ in 0..people {
        join(&mut summary, chance);
    }
    summary
}

/// Somebody more; says in which category of levels and of change they are, by competence.
fn join(summary: &mut Summary, chance: &mut Chance) -> Vec<(usize, usize)> {
    let one = Count::one(chance.below(u64::MAX));
    summary.people = summary.people.plus(one);
    let mut places = Vec::new();
    for (number, row) in summary.rows.iter_mut().enumerate() {
        let place = match chance.below(8) {
            0 => chance.below(10) as usize,
            1 => NOT_ENOUGH,
            other => (number + other as usize) / 2 + 1,
        };
        let change = if chance.below(4) == 0 { chance.below(5) as usize } else { (number + 1) % 5 };
        row.counts[place] = row.counts[place].plus(one);
        row.change[change] = row.change[change].plus(one);
        places.push((place, change));
    }
    places
}

fn catalogue(framework: &Framework) -> Vec<CoverageCell> {
    let cells = |competence: &CompetenceId| {
        let competence = competence.clone();
        (1..=7).map(move |level| CoverageCell {
            competence: competence.clone(),
            level: Level::new(level).unwrap(),
            declared: u32::from(level % 3),
            derived: 0,
        })
    };
    framework.competences().iter().flat_map(cells).collect()
}

#[test]
fn no_small_number_follows_from_the_rows_columns_and_totals_of_a_report() {
    let (framework, policy, chance) = (framework(), Policy::default(), &mut Chance(3));
    let base = policy.base() as i64;
    let mut hidden = 0;
    for study in 0..400 {
        let summary = group(&framework, 20 + study % 150, chance);
        let report = Report::of(&summary, policy, &catalogue(&framework));
        let totals = totals(&[&report], base);
        assert!(totals.contains(&(summary.people.people as i64)));
        for (row, shown) in summary.rows.iter().zip(&report.competences) {
            for (counts, shown) in [(&row.counts, &shown.levels), (&row.change, &shown.change)] {
                if shown.groups.is_empty() {
                    continue;
                }
                let known = over_totals(&runs(shown, base, |_| 0), counts.len(), &totals).unwrap();
                for (count, (low, high)) in counts.iter().zip(known) {
                    assert!(low <= count.people as i64 && count.people as i64 <= high);
                    if count.people < policy.k() {
                        hidden += 1;
                        assert!(low < high, "{count:?} is known");
                    }
                }
            }
        }
    }
    assert!(hidden > 5_000, "{hidden}");
}

#[test]
fn two_reports_do_not_give_away_who_came_or_what_was_hidden() {
    let (framework, policy, chance) = (framework(), Policy::default(), &mut Chance(7));
    let base = policy.base() as i64;
    let (mut rows, mut hidden) = (0, 0);
    for study in 0..250 {
        let before = group(&framework, 30 + study % 120, chance);
        let mut after = before.clone();
        let places = join(&mut after, chance);
        let coverage = catalogue(&framework);
        let (one, two) = (Report::of(&before, policy, &coverage), Report::of(&after, policy, &coverage));
        // The attacker knows that exactly one person came.
        let (first, second) = (totals(&[&one], base), totals(&[&two], base));
        let totals = *first.start().max(&(second.start() - 1))..=*first.end().min(&(second.end() - 1));
        for (number, (row, (place, change))) in before.rows.iter().zip(places).enumerate() {
            let (one, two) = (&one.competences[number], &two.competences[number]);
            for (counts, one, two, place) in
                [(&row.counts, &one.levels, &two.levels, place), (&row.change, &one.change, &two.change, change)]
            {
                if one.groups.is_empty() || two.groups.is_empty() {
                    continue;
                }
                rows += 1;
                let if_came = |category: usize| {
                    let after = runs(two, base, |other| i64::from(other == category));
                    over_totals(&[runs(one, base, |_| 0), after].concat(), counts.len(), &totals)
                };
                let possible: Vec<usize> = (0..counts.len()).filter(|category| if_came(*category).is_some()).collect();
                assert!(possible.contains(&place));
                assert!(possible.len() > 1, "where the newcomer is follows: {possible:?}");
                for (count, (low, high)) in counts.iter().zip(if_came(place).unwrap()) {
                    assert!(low <= count.people as i64 && count.people as i64 <= high);
                    if count.people < policy.k() {
                        hidden += 1;
                        assert!(low < high, "{count:?} is known");
                    }
                }
            }
        }
    }
    assert!(rows > 1_000 && hidden > 3_000, "{rows} {hidden}");
}

/// The tables of distribution and needs cannot say more than the row of levels: groups that differ and are shown alike have
/// the same of both.
#[test]
fn distribution_and_needs_follow_from_what_is_shown_of_the_levels() {
    let (framework, policy, chance) = (framework(), Policy::default(), &mut Chance(11));
    let coverage = catalogue(&framework);
    let mut seen: BTreeMap<(usize, String), (Vec<u64>, String)> = BTreeMap::new();
    let mut pairs = 0;
    for study in 0..3_000 {
        let summary = group(&framework, 20 + study % 10, chance);
        let report = Report::of(&summary, policy, &coverage);
        for (number, (row, shown)) in summary.rows.iter().zip(&report.competences).enumerate() {
            let exact: Vec<u64> = row.counts.iter().map(|count| count.people).collect();
            let derived = format!("{:?} {:?}", shown.quartiles, shown.needs);
            let key = (number, format!("{:?}", shown.levels));
            if let Some((other, theirs)) = seen.get(&key) {
                pairs += usize::from(*other != exact);
                assert_eq!(*theirs, derived);
            } else {
                seen.insert(key, (exact, derived));
            }
        }
    }
    assert!(pairs > 1_000, "{pairs}");
}
