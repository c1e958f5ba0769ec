//! Means and covariances given trait by trait.

use super::{BankFault, ModelDocument};
use crate::framework::Framework;
use crate::measure::{BeliefError, population};
use crate::units::Thousandths;

/// Largest variance, thousandths of a squared level.
const MOST_VARIANCE: i32 = 100_000_000;

/// Brings means and covariances into the framework's order of competences, and refuses what is no distribution over its
/// traits.
pub(super) fn arrange(model: &mut ModelDocument, framework: &Framework) -> Result<(), BankFault> {
    let ModelDocument { competences, means, covariance, .. } = &*model;
    if competences.is_empty() && means.is_empty() && covariance.is_empty() {
        return Ok(());
    }
    let wanted = framework.competences();
    let areas = framework.areas();
    let traits = wanted.len() + areas.len();
    let entries = traits * (traits + 1) / 2;
    if means.len() != traits || covariance.len() != entries || competences.len() != wanted.len() {
        return Err(BankFault::ModelSize { traits, entries });
    }
    let mut order = Vec::with_capacity(traits);
    for competence in wanted {
        let position = competences.iter().position(|candidate| candidate == competence);
        order.push(position.ok_or_else(|| BankFault::UnknownCompetence(competence.clone()))?);
    }
    order.extend(wanted.len()..traits);
    let name = |row: usize| match wanted.get(row) {
        Some(competence) => format!("competence {competence}"),
        None => areas.get(row - wanted.len()).map_or_else(String::new, |area| format!("leniency of area {}", area.id)),
    };
    let mut arranged = ModelDocument { competences: wanted.to_vec(), ..model.clone() };
    arranged.means = order.iter().map(|from| entry(means, *from)).collect();
    let pairs = order.iter().enumerate().flat_map(|(row, one)| order.iter().take(row + 1).map(move |two| (*one, *two)));
    arranged.covariance = pairs.map(|(one, two)| entry(covariance, triangle(one, two))).collect();
    for row in 0..traits {
        let (mean, variance) = (entry(&arranged.means, row), entry(&arranged.covariance, triangle(row, row)));
        if !(-20_000..=20_000).contains(&mean.0) || !(1..=MOST_VARIANCE).contains(&variance.0) {
            return Err(BankFault::ModelRange(name(row)));
        }
    }
    let numbers: Vec<usize> =
        areas.iter().enumerate().flat_map(|(number, area)| area.competences.iter().map(move |_| number)).collect();
    match population(&arranged, &numbers) {
        Err(BeliefError::NotPositiveDefinite { row }) => Err(BankFault::Indefinite(name(row))),
        Err(BeliefError::Size { .. }) => Err(BankFault::ModelSize { traits, entries }),
        Ok(_) => {
            *model = arranged;
            Ok(())
        }
    }
}

/// Where an entry stands in a lower triangle.
fn triangle(one: usize, two: usize) -> usize {
    let (row, column) = (one.max(two), one.min(two));
    row * (row + 1) / 2 + column
}

fn entry(numbers: &[Thousandths], position: usize) -> Thousandths {
    numbers.get(position).copied().unwrap_or_default()
}
