//! Which items can be the most informative, cell by cell of the trait's range.

use crate::measure::ResponseModel;

/// Width of a cell times the fastest relative change of an information in it: bounds are at most 5 % above the middle's.
const FINENESS: f64 = 0.1;
/// Most cells, whatever the width.
const MOST_CELLS: u16 = 1024;
/// How many items a list holds beyond those that a test can have used up.
const SPARE: usize = 32;
/// Most items on a list, however long a test; when they are used up, all are compared.
const LONGEST: usize = 256;

/// For each cell the items whose information can be highest there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shortlists {
    low: f64,
    width: f64,
    /// Entries of a cell.
    per_cell: usize,
    entries: Vec<Entry>,
}

/// An item with what its information in the cell does not exceed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    bound: f64,
    item: u32,
}

/// How fast the logarithm of an item's information can change, per level.
///
/// From ln I, with x = a(η − b): two parameters σ(−x) − σ(x), within ±1; three 2σ(−x) − σ(x) − P'/P with P'/P between 0 and
/// σ(−x), within −1 and 2 (Birnbaum's I). Partial credit: I = a²·Var(X) and dI/dη = a³·E(X − E X)³, at most m·a·I.
/// Graded: dI/dη = Σ P·ℓ'³ + 2Σ P·ℓ'·ℓ'' where |ℓ'| ≤ a, Σ P·ℓ'² = I = −Σ P·ℓ'' and no ℓ'' is positive: at most 3a·I.
fn fastest_change(model: &ResponseModel) -> f64 {
    match model {
        ResponseModel::Logistic { lower, .. } => model.steepness() * if *lower > 0.0 { 2.0 } else { 1.0 },
        ResponseModel::Graded { .. } => 3.0 * model.steepness(),
        ResponseModel::PartialCredit { .. } => model.steepness(),
    }
}

impl Shortlists {
    /// The lists for tests of `length` items, over the range from `low` to `high`.
    pub(super) fn new(models: &[ResponseModel], length: usize, low: f64, high: f64) -> Self {
        let fastest = models.iter().map(fastest_change).fold(0.0, f64::max);
        let cells = (1..MOST_CELLS).find(|n| (high - low) * fastest <= f64::from(*n) * FINENESS).unwrap_or(MOST_CELLS);
        let width = (high - low) / f64::from(cells);
        let per_cell = models.len().min(length.saturating_add(SPARE)).min(LONGEST);
        let mut entries = Vec::with_capacity(usize::from(cells) * per_cell);
        let mut all = Vec::with_capacity(models.len());
        for cell in 0..cells {
            let middle = low + (f64::from(cell) + 0.5) * width;
            let bound = |model: &ResponseModel| {
                // A little more than half the width, so that no rounding makes a bound too low.
                model.information(middle) * libm::exp(0.501 * width * fastest_change(model))
            };
            all.clear();
            all.extend(models.iter().zip(0_u32..).map(|(model, item)| Entry { bound: bound(model), item }));
            let order =
                |one: &Entry, two: &Entry| two.bound.total_cmp(&one.bound).then_with(|| one.item.cmp(&two.item));
            if per_cell < all.len() {
                all.select_nth_unstable_by(per_cell, order);
                all.truncate(per_cell);
            }
            all.sort_unstable_by(order);
            entries.extend_from_slice(&all);
        }
        Self { low, width, per_cell, entries }
    }

    /// The most informative item at `theta` that is not masked, the first of equals; none if all are masked.
    pub(super) fn most_informative(&self, models: &[ResponseModel], theta: f64, masked: &[bool]) -> Option<usize> {
        let mut best = Best::default();
        for entry in self.list(theta) {
            if entry.bound < best.information {
                return best.item;
            }
            let Ok(item) = usize::try_from(entry.item) else { continue };
            if let (Some(model), Some(false)) = (models.get(item), masked.get(item)) {
                best.challenge(item, model.information(theta));
            }
        }
        // Used up before a bound was low enough, or outside the range: compare all.
        for (item, (model, masked)) in models.iter().zip(masked).enumerate() {
            if !masked {
                best.challenge(item, model.information(theta));
            }
        }
        best.item
    }

    /// The list of the cell that holds `theta`; empty outside the range.
    fn list(&self, theta: f64) -> &[Entry] {
        let cell = (theta - self.low) / self.width;
        if !(cell >= 0.0 && cell < f64::from(MOST_CELLS)) {
            return &[];
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked just above; the fraction is meant to go"
        )]
        let cell = cell as usize;
        self.entries.get(cell * self.per_cell..(cell + 1) * self.per_cell).unwrap_or(&[])
    }
}

/// The best item so far.
struct Best {
    item: Option<usize>,
    information: f64,
}

impl Default for Best {
    fn default() -> Self {
        Self { item: None, information: f64::NEG_INFINITY }
    }
}

impl Best {
    fn challenge(&mut self, item: usize, information: f64) {
        let first_of_equals = information == self.information && self.item.is_none_or(|best| item < best);
        if information > self.information || first_of_equals {
            *self = Self { item: Some(item), information };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn models(slope: f64, location: f64, lower: f64, apart: f64) -> [ResponseModel; 4] {
        let bounds = [location - apart, location, location + 3.0 * apart];
        [
            ResponseModel::logistic(slope, location, 0.0, 0.0),
            ResponseModel::logistic(slope, location, lower, 0.0),
            ResponseModel::graded(slope, &bounds, 0.0),
            ResponseModel::partial_credit(slope, &[bounds[1], bounds[0], bounds[2]], 0.0),
        ]
    }

    proptest! {
        #[test]
        fn no_information_changes_faster_than_said(
            slope in 0.05..5.0_f64, location in -4.0..4.0_f64, lower in 0.0..0.5_f64, apart in 0.05..2.0_f64,
            theta in -8.0..8.0_f64, step in 0.0..0.5_f64,
        ) {
            for model in models(slope, location, lower, apart) {
                let (here, there) = (model.information(theta), model.information(theta + step));
                let most = libm::exp(step * fastest_change(&model)) * (1.0 + 1e-9);
                prop_assert!(there <= here * most && here <= there * most, "{model:?}: {here} {there}");
            }
        }
    }

    #[test]
    fn few_informations_are_computed() {
        // Bounds of a list that a choice at the middle of its cell looks at.
        let items: Vec<_> = (0_u8..200)
            .map(|n| ResponseModel::logistic(1.0 + f64::from(n % 10) / 10.0, f64::from(n) / 40.0 - 2.5, 0.0, 0.0))
            .collect();
        let lists = Shortlists::new(&items, 30, -5.0, 5.0);
        let list = lists.list(0.01);
        assert_eq!(list.len(), 62);
        let best = items.iter().map(|model| model.information(0.01)).fold(0.0, f64::max);
        let looked_at = list.iter().take_while(|entry| entry.bound >= best).count();
        assert!((1..=20).contains(&looked_at), "{looked_at}");
    }

    #[test]
    fn outside_the_range_all_items_are_compared() {
        let items = [1.0, 2.0].map(|slope| ResponseModel::logistic(slope, 0.0, 0.0, 0.0));
        let lists = Shortlists::new(&items, 2, -1.0, 1.0);
        for theta in [-9.0, -1.01, 1.01, 9.0, 1e300] {
            let expected = usize::from(items[1].information(theta) > items[0].information(theta));
            assert_eq!(lists.most_informative(&items, theta, &[false, false]), Some(expected), "{theta}");
        }
        assert_eq!(lists.most_informative(&items, 0.0, &[true, true]), None);
    }
}
