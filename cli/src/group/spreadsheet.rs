//! The report as one table: a line for each published number. Nothing in it is anybody's text.

use std::io::Write;

use skills_passport::observatory::NOT_ENOUGH;

use super::Page;
use crate::error::CliError;

pub(super) fn write(out: &mut dyn Write, page: &Page<'_>) -> Result<(), CliError> {
    let words = page.words;
    let [level, quartile, need, change] = words.tables;
    let mut lines = csv::Writer::from_writer(out);
    let mut line = |cells: [&str; 7]| lines.write_record(cells).map_err(|error| CliError::Output(error.into()));
    line(words.columns)?;
    for row in &page.report.competences {
        let (id, name) = (row.competence.as_str(), page.names.of(&row.competence));
        for group in &row.levels.groups {
            // Levels are numbers; what is no level is named.
            let end = |category: usize| {
                if category < NOT_ENOUGH { (category + 1).to_string() } else { words.levels_of(category, category) }
            };
            line([id, name, level, &end(group.first), &end(group.last), &group.people.to_string(), ""])?;
        }
        for span in row.quartiles.iter().flatten() {
            line([id, name, quartile, &span.lowest.to_string(), &span.highest.to_string(), "", ""])?;
        }
        for need_of in &row.needs {
            let people = if need_of.with_others { (words.at_most)(need_of.people) } else { need_of.people.to_string() };
            for step in &need_of.steps {
                let offers = step.declared.saturating_add(step.derived).to_string();
                line([id, name, need, &step.from.to_string(), &step.to.to_string(), &people, &offers])?;
            }
        }
        for group in &row.change.groups {
            let end = |category: usize| words.changes_of(category, category);
            line([id, name, change, &end(group.first), &end(group.last), &group.people.to_string(), ""])?;
        }
    }
    lines.flush()?;
    Ok(())
}
