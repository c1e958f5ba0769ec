//! Why a question is asked, and what a few more would bring, in words.

use std::io::{self, Write};

use skills_passport::assessment::{Outlook, Reason};
use skills_passport::units::Thousandths;

use crate::output::paragraph;
use crate::results::Names;
use crate::texts::Texts;

/// How many more questions are offered at the end.
pub(super) const MORE: u16 = 5;

/// Says why a question is asked.
pub(super) fn why(out: &mut dyn Write, reason: &Reason, texts: &Texts) -> io::Result<()> {
    let words = &texts.reasons;
    let (before, after) = (half_width(reason.standard_error), half_width(reason.expected_standard_error));
    let mut sentences = vec![(words.rule)(reason.rule, reason.among).into_owned()];
    // What would be said to shrink from a number to the same is left out.
    if after < before {
        sentences.push((words.narrower)(before, after));
    }
    sentences.push((words.time)(u32::from(reason.seconds)));
    sentences.push((words.chance)(reason.chance.0).to_owned());
    paragraph(out, &sentences.join(" "), 0)
}

/// Says what more questions would bring.
pub(super) fn outlook(out: &mut dyn Write, outlook: &Outlook, names: &Names<'_>, texts: &Texts) -> io::Result<()> {
    let words = &texts.reasons;
    paragraph(out, &(words.more)(outlook.questions, outlook.seconds), 0)?;
    outlook.sharper.iter().try_for_each(|sharper| {
        let (before, after) = (half_width(sharper.standard_error), half_width(sharper.expected_standard_error));
        paragraph(out, &(words.sharper)(&names.competence(&sharper.competence), before, after), 2)
    })
}

/// Half the width of the 90 % interval, 1.645 standard errors, in tenths of a level.
fn half_width(standard_error: Thousandths) -> u32 {
    u32::try_from(standard_error.0.saturating_mul(1645)).unwrap_or_default().saturating_add(50_000) / 100_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_width_of_the_interval_is_in_tenths() {
        for (standard_error, tenths) in [(0, 0), (1000, 16), (1100, 18), (1700, 28), (-1, 0), (i32::MAX, 21_475)] {
            assert_eq!(half_width(Thousandths(standard_error)), tenths);
        }
    }
}
