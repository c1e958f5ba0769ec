//! What is published of a group: protected counts, and what follows from them.
//!
//! The only numbers that come from people are those that [`protect`] lets out: how many there are, and by competence a row of
//! levels and a row of changes, each of everybody. Quartiles and needs are functions of a published row and of a catalogue;
//! nothing else about the group goes into them, so that they give away nothing that the row does not.

use serde::Serialize;

use super::{Group, NOT_ENOUGH, Policy, Published, Summary, protect};
use crate::id::CompetenceId;
use crate::offers::CoverageCell;

/// A report, fit for publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The framework.
    pub framework: String,
    /// How it is protected.
    pub policy: Policy,
    /// Everybody, rounded; none if they are too few for any report.
    pub people: Option<u64>,
    /// The competences, in the order of the framework.
    pub competences: Vec<CompetenceReport>,
}

/// One competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompetenceReport {
    /// The competence.
    pub competence: CompetenceId,
    /// Categories 0 to 7 are levels 1 to 8; 8 is "not enough evidence", 9 "not asked".
    pub levels: Published,
    /// Where a quarter, half and three quarters of those with a level are; none if that cannot be said.
    pub quartiles: Option<[Span; 3]>,
    /// Categories: higher, not clear, lower, not comparable, only one assessment.
    pub change: Published,
    /// For each group of levels what leads on from them; empty without a catalogue.
    pub needs: Vec<Need>,
}

/// Levels from – to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// 1 to 8.
    pub lowest: usize,
    /// 1 to 8.
    pub highest: usize,
}

/// People whose next level may need an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// The levels that they are at.
    pub levels: Span,
    /// About how many; at most so many if `with_others`.
    pub people: u64,
    /// Whether people without a level, or at level 8, are among them.
    pub with_others: bool,
    /// The steps from each of these levels to the next.
    pub steps: Vec<Step>,
}

/// From a level to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Step {
    /// 1 to 7.
    pub from: usize,
    /// One more.
    pub to: usize,
    /// Offers whose provider declares that they lead on from there.
    pub declared: u32,
    /// Offers for which it is derived.
    pub derived: u32,
}

impl Step {
    /// Whether no offer is known.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.declared == 0 && self.derived == 0
    }
}

impl Report {
    /// Protects a summary; `coverage` says what a catalogue serves (empty without one).
    #[must_use]
    pub fn of(summary: &Summary, policy: Policy, coverage: &[CoverageCell]) -> Self {
        let competences = summary.rows.iter().map(|row| {
            let levels = protect(&row.counts, policy);
            CompetenceReport {
                competence: row.competence.clone(),
                quartiles: quartiles(&levels),
                change: protect(&row.change, policy),
                needs: needs(&levels, &row.competence, coverage),
                levels,
            }
        });
        Self {
            framework: summary.framework.to_string(),
            policy,
            people: protect(&[summary.people], policy).groups.first().map(|group| group.people),
            competences: competences.collect(),
        }
    }
}

/// The levels among which each quartile is, as far as the published groups tell. A group that holds level 8 together with
/// people without a level may hold anything from nobody to everybody with one: the span covers both.
fn quartiles(levels: &Published) -> Option<[Span; 3]> {
    let known = || levels.groups.iter().filter(|group| group.first < NOT_ENOUGH);
    let mixed = |group: &Group| group.last >= NOT_ENOUGH;
    let at = |quarter: u64, with_mixed: bool| {
        let people = |group: &Group| if mixed(group) && !with_mixed { 0 } else { group.people };
        let all: u64 = known().map(people).sum();
        let mut passed = 0;
        let group = known().find(|group| {
            passed += people(group);
            all > 0 && passed * 4 >= all * quarter
        });
        group.map(span)
    };
    let both = |quarter| {
        let (low, high) = (at(quarter, false)?, at(quarter, true)?);
        Some(Span { lowest: low.lowest.min(high.lowest), highest: low.highest.max(high.highest) })
    };
    Some([both(1)?, both(2)?, both(3)?])
}

fn span(group: &Group) -> Span {
    Span { lowest: group.first + 1, highest: group.last.min(NOT_ENOUGH - 1) + 1 }
}

/// What leads on from each published group of levels.
fn needs(levels: &Published, competence: &CompetenceId, coverage: &[CoverageCell]) -> Vec<Need> {
    let of = |group: &Group| {
        let levels = span(group);
        let from_here = |cell: &&CoverageCell| {
            let level = usize::from(cell.level.number());
            cell.competence == *competence && (levels.lowest..=levels.highest).contains(&level)
        };
        let step = |cell: &CoverageCell| {
            let from = usize::from(cell.level.number());
            Step { from, to: from + 1, declared: cell.declared, derived: cell.derived }
        };
        let steps: Vec<Step> = coverage.iter().filter(from_here).map(step).collect();
        let with_others = group.last + 1 >= NOT_ENOUGH;
        (!steps.is_empty()).then_some(Need { levels, people: group.people, with_others, steps })
    };
    levels.groups.iter().filter(|group| group.first < NOT_ENOUGH).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Level;

    fn published(groups: &[(usize, usize, u64)]) -> Published {
        let group = |(first, last, people): &(usize, usize, u64)| Group { first: *first, last: *last, people: *people };
        Published { groups: groups.iter().map(group).collect() }
    }

    fn spans(levels: &Published) -> Option<[(usize, usize); 3]> {
        quartiles(levels).map(|all| all.map(|span| (span.lowest, span.highest)))
    }

    #[test]
    fn a_quartile_is_the_group_that_passes_its_share() {
        let levels = published(&[(0, 1, 20), (2, 2, 30), (3, 7, 50), (8, 9, 400)]);
        assert_eq!(spans(&levels), Some([(3, 3), (3, 3), (4, 8)]));
        assert_eq!(spans(&published(&[])), None);
        assert_eq!(spans(&published(&[(8, 9, 40)])), None);
    }

    #[test]
    fn people_without_a_level_in_the_last_group_make_the_spans_wider() {
        assert_eq!(spans(&published(&[(0, 2, 40), (3, 8, 60)])), Some([(1, 3), (1, 8), (1, 8)]));
        assert_eq!(spans(&published(&[(0, 9, 60)])), None, "perhaps nobody has a level");
    }

    #[test]
    fn a_need_names_every_step_of_its_levels_and_who_may_be_among_them() {
        let competence: CompetenceId = "4.2".parse().unwrap();
        let cell = |level, declared| CoverageCell {
            competence: competence.clone(),
            level: Level::new(level).unwrap(),
            declared,
            derived: 0,
        };
        let coverage: Vec<CoverageCell> = (1..=7).map(|level| cell(level, u32::from(level == 3))).collect();
        let levels = published(&[(1, 1, 15), (2, 3, 20), (4, 8, 25), (9, 9, 10)]);
        let found = needs(&levels, &competence, &coverage);
        let told: Vec<_> = found
            .iter()
            .map(|need| {
                (need.levels.lowest, need.people, need.with_others, need.steps.iter().filter(|s| s.is_gap()).count())
            })
            .collect();
        assert_eq!(told, [(2, 15, false, 1), (3, 20, false, 1), (5, 25, true, 3)]);
        assert_eq!(found[0].steps, [Step { from: 2, to: 3, declared: 0, derived: 0 }]);
        assert!(needs(&levels, &competence, &[]).is_empty());
        assert!(needs(&levels, &"4.3".parse().unwrap(), &coverage).is_empty());
    }
}
