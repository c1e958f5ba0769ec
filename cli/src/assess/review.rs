//! The questions that have a right answer, looked at afterwards.

use std::io::Write;

use skills_passport::bank::{ItemKindName, Response};
use skills_passport::facade::{AnswerLine, Mark, Review};

use super::picture;
use crate::error::CliError;
use crate::output::{BOLD, paragraph};
use crate::texts::Texts;

/// Writes them with the answer given, the right one and why; nothing where there are none.
pub(super) fn write(out: &mut dyn Write, reviews: &[Review], texts: &Texts) -> Result<(), CliError> {
    let mut heading = Some(texts.review.title);
    for review in reviews.iter().filter(|review| review.question.kind != ItemKindName::Graded) {
        if let Some(heading) = heading.take() {
            writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
        }
        writeln!(out)?;
        if let Some(situation) = &review.question.situation {
            paragraph(out, situation, 0)?;
        }
        if let Some(picture) = &review.question.picture {
            picture::write(out, picture, &texts.picture)?;
        }
        paragraph(out, &review.question.stem, 0)?;
        let given = match review.response {
            Response::DontKnow => texts.sitting.dont_know.to_owned(),
            Response::Skipped => texts.sitting.skipped.to_owned(),
            _ => one_line(review, &review.given, texts),
        };
        paragraph(out, &(texts.review.your_answer)(&given), 2)?;
        match review.mark {
            Some(Mark::Right) => paragraph(out, texts.review.right, 2)?,
            mark => {
                if mark == Some(Mark::PartlyRight) {
                    paragraph(out, texts.review.partly_right, 2)?;
                }
                paragraph(out, &(texts.review.solution)(&one_line(review, &review.solution, texts)), 2)?;
            }
        }
        paragraph(out, &review.explanation, 2)?;
    }
    Ok(())
}

/// An answer of several parts in one line; the parts of an ordering are numbered.
fn one_line(review: &Review, lines: &[AnswerLine], texts: &Texts) -> String {
    let numbered = review.question.kind == ItemKindName::Ordering;
    let part = |(number, line): (usize, &AnswerLine)| match &line.target {
        Some(target) => format!("{} → {target}", line.label),
        None if numbered => format!("{number}. {}", line.label),
        None => line.label.clone(),
    };
    (1..).zip(lines).map(part).collect::<Vec<_>>().join(texts.review.separator)
}
