//! What a bank covers of its framework: competences, levels, learning outcomes.
//!
//! For authors and tests; no browser needs it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Bank;
use crate::framework::Framework;
use crate::id::{BroadLevelId, CompetenceId, OutcomeId};
use crate::units::Level;

/// What a bank covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Its items.
    pub items: usize,
    /// Learning outcomes that an item gives evidence of.
    pub outcomes_covered: usize,
    /// Learning outcomes that the framework has.
    pub outcomes_total: usize,
    /// By competence, in the order of the framework.
    pub competences: Vec<CompetenceCoverage>,
    /// By broad level, lowest first.
    pub levels: Vec<LevelCoverage>,
}

/// What it covers of a competence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompetenceCoverage {
    /// The competence.
    pub competence: CompetenceId,
    /// Its items.
    pub items: usize,
    /// Its items written for each level, 1 to 8.
    pub items_by_level: [usize; Level::COUNT as usize],
    /// Levels without an item that lies within half a level of their middle.
    pub levels_without_item: Vec<Level>,
    /// Its learning outcomes that an item gives evidence of.
    pub outcomes_covered: usize,
    /// Its learning outcomes.
    pub outcomes_total: usize,
    /// Its learning outcomes that no item gives evidence of.
    pub gaps: Vec<OutcomeId>,
}

/// What it covers of a broad level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelCoverage {
    /// The broad level.
    pub level: BroadLevelId,
    /// Its items.
    pub items: usize,
    /// Its learning outcomes that an item gives evidence of.
    pub outcomes_covered: usize,
    /// Its learning outcomes.
    pub outcomes_total: usize,
}

/// Farthest from the middle of a level that an item may lie to serve it, thousandths.
const SERVES: i32 = 500;

/// Counts what a bank covers of its framework. Without learning outcomes, where the framework was loaded without them.
#[must_use]
pub fn coverage(bank: &Bank, framework: &Framework) -> Coverage {
    let covered: BTreeSet<&OutcomeId> = bank.items().iter().flat_map(|item| &item.outcomes).collect();
    let outcomes = || framework.outcomes().iter();
    let is_covered = |id: &OutcomeId| covered.contains(id);
    let competences = framework.competences().iter().map(|competence| {
        let items =
            || bank.items().iter().zip(&bank.document().items).filter(|(item, _)| item.competence == *competence);
        let mut items_by_level = [0; Level::COUNT as usize];
        for (count, level) in items_by_level.iter_mut().zip(Level::all()) {
            *count = items().filter(|(item, _)| item.level == level).count();
        }
        let serves = |level: Level| {
            items().any(|(_, source)| (source.mean_location().0 - 1000 * i32::from(level.number())).abs() <= SERVES)
        };
        let own = || outcomes().filter(|(_, (of, _))| of == competence).map(|(id, _)| id);
        CompetenceCoverage {
            competence: competence.clone(),
            items: items().count(),
            items_by_level,
            levels_without_item: Level::all().filter(|level| !serves(*level)).collect(),
            outcomes_covered: own().filter(|id| is_covered(id)).count(),
            outcomes_total: own().count(),
            gaps: own().filter(|id| !is_covered(id)).cloned().collect(),
        }
    });
    let levels = framework.document().broad_levels.iter().map(|broad| {
        let own = || outcomes().filter(|(_, (_, outcome))| outcome.level == broad.id).map(|(id, _)| id);
        LevelCoverage {
            level: broad.id.clone(),
            items: bank.items().iter().filter(|item| broad.levels.contains(&item.level)).count(),
            outcomes_covered: own().filter(|id| is_covered(id)).count(),
            outcomes_total: own().count(),
        }
    });
    Coverage {
        items: bank.items().len(),
        outcomes_covered: outcomes().filter(|(id, _)| is_covered(id)).count(),
        outcomes_total: outcomes().count(),
        competences: competences.collect(),
        levels: levels.collect(),
    }
}
