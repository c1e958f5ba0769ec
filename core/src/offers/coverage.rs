//! Which competences and levels a catalogue serves.

use serde::Serialize;

use super::{Catalogue, OfferOrigin};
use crate::framework::Framework;
use crate::id::CompetenceId;
use crate::units::Level;

/// How many offers help a person at one level of one competence on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverageCell {
    /// The competence.
    pub competence: CompetenceId,
    /// The level that the person is at: 1 to 7, since nothing leads beyond 8.
    pub level: Level,
    /// Offers whose provider declares this.
    pub declared: u32,
    /// Offers for which it is derived.
    pub derived: u32,
}

impl CoverageCell {
    /// Whether no offer is known.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.declared == 0 && self.derived == 0
    }
}

/// Competences × levels 1 to 7, in the order of the framework. Prerequisites are not looked at.
#[must_use]
pub fn coverage(framework: &Framework, catalogue: &Catalogue) -> Vec<CoverageCell> {
    let levels = || Level::all().take(usize::from(Level::COUNT) - 1);
    let cell = |competence: &CompetenceId, level| CoverageCell {
        competence: competence.clone(),
        level,
        declared: 0,
        derived: 0,
    };
    let mut cells: Vec<CoverageCell> = framework
        .competences()
        .iter()
        .flat_map(|competence| levels().map(move |level| cell(competence, level)))
        .collect();
    let width = levels().count();
    for target in catalogue.offers().iter().flat_map(|offer| &offer.targets) {
        let Some(row) = framework.position(&target.competence) else { continue };
        for cell in cells.iter_mut().skip(row * width).take(width) {
            if target.from <= cell.level && cell.level < target.to {
                match target.origin {
                    OfferOrigin::Declared => cell.declared += 1,
                    OfferOrigin::Derived => cell.derived += 1,
                }
            }
        }
    }
    cells
}
