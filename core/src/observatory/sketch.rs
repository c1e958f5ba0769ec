//! A quantile sketch: where the people of a group stand on the scale, in a form that adds up.

use serde::{Deserialize, Serialize};

use crate::units::Thousandths;

/// Width of a bin, thousandths of a level. Four bins make a level, and levels begin where bins do.
const BIN: i32 = 250;
/// How many bins: 0 to 9 on the scale.
const BINS: usize = 36;

/// Counts of medians by quarters of a level.
///
/// The bins are fixed, unlike those of sketches that adapt to what they see (KLL, t-digest): two sketches add up to the
/// very sketch of everybody, in any order, and a quantile is at most an eighth of a level from the middle of its bin. What lies
/// beyond 0 or 9 is counted in the bin at that end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sketch {
    bins: Vec<u64>,
}

/// Where a quantile lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bin {
    /// Lower end, thousandths of a level.
    pub from: Thousandths,
    /// Upper end, not included.
    pub to: Thousandths,
}

impl Default for Sketch {
    fn default() -> Self {
        Self { bins: vec![0; BINS] }
    }
}

impl Sketch {
    /// Adds a median.
    pub fn add(&mut self, median: Thousandths) {
        self.add_to(Self::number(median), 1);
    }

    /// The number of the bin of a median, from 0.
    fn number(median: Thousandths) -> usize {
        let end = i32::try_from(BINS).unwrap_or(i32::MAX) - 1;
        usize::try_from(median.0.div_euclid(BIN).clamp(0, end)).unwrap_or(0)
    }

    /// Adds people to a bin, as a database counted them; beyond the last bin nobody is added.
    pub fn add_to(&mut self, bin: usize, people: u64) {
        if let Some(count) = self.bins.get_mut(bin) {
            *count = count.saturating_add(people);
        }
    }

    /// Adds the people of another sketch.
    pub fn merge(&mut self, other: &Self) {
        for (bin, people) in other.bins.iter().enumerate() {
            self.add_to(bin, *people);
        }
    }

    /// How many people.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.bins.iter().fold(0, |sum, people| sum.saturating_add(*people))
    }

    /// Whether it has as many bins as it must.
    pub(super) fn is_whole(&self) -> bool {
        self.bins.len() == BINS
    }

    /// The bin of the person at this share of the order, the one of rank ⌈share × people⌉; `share` in thousandths, 1 to
    /// 1000. None without people.
    #[must_use]
    pub fn quantile(&self, share: u16) -> Option<Bin> {
        let rank = (u128::from(self.people()) * u128::from(share.clamp(1, 1000))).div_ceil(1000);
        let mut passed = 0;
        let bin = self.bins.iter().position(|people| {
            passed += u128::from(*people);
            passed >= rank
        })?;
        let from = i32::try_from(bin).ok()? * BIN;
        (rank > 0).then_some(Bin { from: Thousandths(from), to: Thousandths(from + BIN) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quantile_is_the_bin_of_the_person_of_that_rank() {
        let mut sketch = Sketch::default();
        assert_eq!(sketch.quantile(500), None);
        for median in [-700, 1499, 1500, 1501, 12_000] {
            sketch.add(Thousandths(median));
        }
        let at = |share| sketch.quantile(share).unwrap().from.0;
        assert_eq!([at(1), at(200), at(201), at(400), at(401), at(800), at(801)], [0, 0, 1250, 1250, 1500, 1500, 8750]);
    }

    proptest! {
        #[test]
        fn the_sketches_of_places_add_up_in_any_order_and_hold_the_exact_quantile(
            medians in proptest::collection::vec(0_i32..9000, 1..80),
            cut in 0_usize..80,
            share in 1_u16..=1000,
        ) {
            let of = |medians: &[i32]| {
                let mut sketch = Sketch::default();
                medians.iter().for_each(|median| sketch.add(Thousandths(*median)));
                sketch
            };
            let (here, there) = medians.split_at(cut.min(medians.len()));
            let (mut one, mut two) = (of(here), of(there));
            one.merge(&of(there));
            two.merge(&of(here));
            prop_assert_eq!(&one, &of(&medians));
            prop_assert_eq!(&two, &one);
            let mut sorted = medians.clone();
            sorted.sort_unstable();
            let exact = sorted[(sorted.len() * usize::from(share)).div_ceil(1000) - 1];
            let bin = one.quantile(share).unwrap();
            prop_assert!(bin.from.0 <= exact && exact < bin.to.0);
        }
    }
}
