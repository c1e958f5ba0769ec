//! A group counted by SQL: the answers of `cli/sql`, put together to a summary.

use std::path::Path;

use datafusion::arrow::array::{Array as _, AsArray as _, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::observatory::{CATEGORIES, Change, Count, NOT_ASKED, Row, Summary};

use super::Shipped;
use super::engine::Engine;
use crate::error::CliError;

/// A row of an answer: framework, competence (empty where there is none), and the numbers after them.
struct Line {
    framework: String,
    competence: String,
    numbers: Vec<i64>,
}

/// Counts everybody in a framework.
pub(super) fn summary(engine: &Engine, folder: &Path, framework: &Framework) -> Result<Summary, CliError> {
    let reference = framework.reference().to_string();
    let own = |report: Shipped, names: usize| -> Result<Vec<Line>, CliError> {
        let mut lines = Vec::new();
        engine.ask(report.sql(), &mut |batch| {
            let read =
                lines_of(batch, names).ok_or_else(|| damaged(folder, "a table has other columns than it must"))?;
            lines.extend(read.into_iter().filter(|line| line.framework == reference));
            Ok(())
        })?;
        Ok(lines)
    };
    let mut summary = Summary::new(framework);
    let (mut once, mut again) = (Count::default(), Count::default());
    if let Some(line) = own(Shipped::People, 1)?.first() {
        summary.people = count(&line.numbers, 0);
        once = count(&line.numbers, 3);
        again = Count {
            people: summary.people.people.saturating_sub(once.people),
            key: summary.people.key.wrapping_sub(once.key),
        };
    }
    let mut filled = vec![false; summary.rows.len()];
    for line in own(Shipped::Levels, 2)? {
        let Some((number, row)) = row_of(&mut summary, &line) else { continue };
        put(&mut row.counts, &line);
        if let Some(filled) = filled.get_mut(number) {
            *filled = true;
        }
    }
    for line in own(Shipped::Changes, 2)? {
        if let Some((_, row)) = row_of(&mut summary, &line) {
            put(&mut row.change, &line);
        }
    }
    for line in own(Shipped::Quarters, 2)? {
        let Some((_, row)) = row_of(&mut summary, &line) else { continue };
        if let [quarter, people] = line.numbers.as_slice() {
            let quarter = usize::try_from(*quarter).unwrap_or(usize::MAX);
            row.sketch.add_to(quarter, u64::try_from(*people).unwrap_or(0));
        }
    }
    // No last assessment asked about these competences: SQL has no row for them.
    let everybody = summary.people;
    for (row, _) in summary.rows.iter_mut().zip(filled).filter(|(_, filled)| !filled) {
        set(&mut row.counts, NOT_ASKED, everybody);
        for (change, count) in [(Change::OnlyOne, once), (Change::NotComparable, again)] {
            let place = Change::ALL.iter().position(|other| *other == change);
            set(&mut row.change, place.unwrap_or(CATEGORIES), count);
        }
    }
    summary.check().map_err(|error| damaged(folder, &format!("the tables contradict each other: {error}")))?;
    Ok(summary)
}

fn row_of<'a>(summary: &'a mut Summary, line: &Line) -> Option<(usize, &'a mut Row)> {
    summary.rows.iter_mut().enumerate().find(|(_, row)| row.competence.as_str() == line.competence)
}

/// Puts a line of category, people and keys into its place; categories are counted from 1.
fn put(row: &mut [Count], line: &Line) {
    let place = line.numbers.first().and_then(|category| usize::try_from(category.checked_sub(1)?).ok());
    set(row, place.unwrap_or(usize::MAX), count(&line.numbers, 1));
}

fn set(row: &mut [Count], place: usize, value: Count) {
    if let Some(count) = row.get_mut(place) {
        *count = value;
    }
}

/// People, and the sums of the halves of their keys.
fn count(numbers: &[i64], from: usize) -> Count {
    let number =
        |place: usize| numbers.get(from + place).copied().and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
    Count { people: number(0), key: number(1).wrapping_shl(32).wrapping_add(number(2)) }
}

/// The rows of a piece of an answer that begins with so many names; none if it is not of this shape.
fn lines_of(batch: &RecordBatch, names: usize) -> Option<Vec<Line>> {
    let name = |column: usize| -> Option<Vec<String>> {
        let column = cast(batch.columns().get(column)?, &DataType::Utf8).ok()?;
        let column = column.as_string_opt::<i32>()?;
        (column.null_count() == 0).then(|| column.iter().flatten().map(str::to_owned).collect())
    };
    let frameworks = name(0)?;
    let competences = if names > 1 { name(1)? } else { vec![String::new(); frameworks.len()] };
    let mut numbers = vec![Vec::new(); frameworks.len()];
    for column in batch.columns().iter().skip(names) {
        let column = cast(column, &DataType::Int64).ok()?;
        let column = column.as_primitive_opt::<Int64Type>()?;
        if column.null_count() > 0 {
            return None;
        }
        for (line, number) in numbers.iter_mut().zip(column.values()) {
            line.push(*number);
        }
    }
    let lines = frameworks.into_iter().zip(competences).zip(numbers);
    Some(lines.map(|((framework, competence), numbers)| Line { framework, competence, numbers }).collect())
}

fn damaged(folder: &Path, message: &str) -> CliError {
    let failure = Failure { code: "no-table".to_owned(), message: message.to_owned(), path: String::new() };
    CliError::content(folder, failure)
}
