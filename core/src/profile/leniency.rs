//! How a person's ratings of themselves compare with what their answers show.

use serde::{Deserialize, Serialize};

use crate::assessment::{Assessment, Instrument};
use crate::framework::AreaDocument;
use crate::measure::{Belief, Marginal};
use crate::units::Thousandths;

/// Fewest self-reports and fewest answers to questions with a right answer, in the area, before anything is said.
const FEWEST_EACH: usize = 2;
/// Probability that a statement needs.
const SURE: f64 = 0.9;
/// To be called higher or lower, ratings differ by at least half a level …
const WORTH_SAYING: f64 = 0.5;
/// … and to be called about the same, by less than one level.
const ABOUT_THE_SAME: f64 = 1.0;
/// Probability that "about the same" needs: less, since it is no reproach and the prior makes it likely.
const SURE_OF_THE_SAME: f64 = 0.8;

/// How much more generously (above zero) or modestly (below) than their competence a person rates themselves in an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leniency {
    /// Median (and mean), thousandths of a level.
    pub median: Thousandths,
    /// Standard error, thousandths of a level.
    pub standard_error: Thousandths,
    /// What can be said.
    pub ratings: Ratings,
}

/// What can be said of a person's ratings of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Ratings {
    /// Higher than their answers show: so with a probability of at least .9, and by half a level or more.
    Higher,
    /// Lower than their answers show, likewise.
    Lower,
    /// About what their answers show: within one level with a probability of at least .8.
    Similar,
    /// It cannot be told yet.
    Unclear,
}

impl Leniency {
    /// Of an area; none unless there are answers of both kinds to compare.
    pub(super) fn of(
        instrument: &Instrument,
        assessment: &Assessment,
        area: &AreaDocument,
        belief: &Belief,
    ) -> Option<Self> {
        let answers = assessment.answers.iter().filter(|answer| answer.response.is_answer());
        let items = answers.filter_map(|answer| instrument.bank().item(&answer.item));
        let own = items.map(|(_, item)| item).filter(|item| area.competences.contains(&item.competence));
        let (tested, rated) = own.fold((0_usize, 0_usize), |(tested, rated), item| {
            if item.has_right_answer() { (tested + 1, rated) } else { (tested, rated + 1) }
        });
        if tested == 0 || rated == 0 {
            return None;
        }
        let marginal = belief.marginal(instrument.leniency_of(&area.id)?);
        let enough = tested >= FEWEST_EACH && rated >= FEWEST_EACH;
        Some(Self {
            median: Thousandths::from_f64(marginal.mean),
            standard_error: Thousandths::from_f64(marginal.sd()),
            ratings: if enough { Ratings::of(&marginal) } else { Ratings::Unclear },
        })
    }
}

impl Ratings {
    fn of(leniency: &Marginal) -> Self {
        let modest = leniency.below(0.0);
        if 1.0 - modest >= SURE && leniency.mean >= WORTH_SAYING {
            Self::Higher
        } else if modest >= SURE && leniency.mean <= -WORTH_SAYING {
            Self::Lower
        } else if leniency.below(ABOUT_THE_SAME) - leniency.below(-ABOUT_THE_SAME) >= SURE_OF_THE_SAME {
            Self::Similar
        } else {
            Self::Unclear
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_said_of_what_is_little_known() {
        let said = |mean: f64, sd: f64| Ratings::of(&Marginal { mean, variance: sd * sd });
        // The prior alone (SD .9) says nothing.
        assert_eq!(said(0.0, 0.9), Ratings::Unclear);
        assert_eq!(said(0.6, 0.7), Ratings::Unclear);
        assert_eq!(said(1.2, 0.7), Ratings::Higher);
        assert_eq!(said(-1.2, 0.7), Ratings::Lower);
        assert_eq!(said(0.1, 0.6), Ratings::Similar);
        // Surely above zero, but by too little to be worth a word.
        assert_eq!(said(0.4, 0.1), Ratings::Similar);
    }
}
