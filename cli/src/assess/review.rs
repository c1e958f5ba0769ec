//! The questions that have a right answer, looked at afterwards.

use std::io::Write;

use skills_passport::bank::Response;
use skills_passport::facade::Review;

use crate::error::CliError;
use crate::output::{BOLD, paragraph};
use crate::texts::Texts;

/// Writes them with the answer given, the right one and why; nothing where there are none.
pub(super) fn write(out: &mut dyn Write, reviews: &[Review], texts: &Texts) -> Result<(), CliError> {
    let mut heading = Some(texts.review.title);
    for review in reviews {
        let Some(right) = review.right else { continue };
        if let Some(heading) = heading.take() {
            writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
        }
        writeln!(out)?;
        if let Some(situation) = &review.question.situation {
            paragraph(out, situation, 0)?;
        }
        paragraph(out, &review.question.stem, 0)?;
        paragraph(out, &(texts.review.your_answer)(answer(review, texts)), 2)?;
        if right {
            paragraph(out, texts.review.right, 2)?;
        } else if let Some(solution) = &review.solution {
            paragraph(out, &(texts.review.solution)(solution), 2)?;
        }
        paragraph(out, &review.explanation, 2)?;
    }
    Ok(())
}

fn answer<'a>(review: &'a Review, texts: &Texts) -> &'a str {
    let dont_know = texts.sitting.dont_know;
    if review.response == Response::DontKnow {
        return dont_know;
    }
    let given = review.question.answers.iter().find(|answer| answer.response == review.response);
    given.map_or(dont_know, |answer| answer.label.as_str())
}
