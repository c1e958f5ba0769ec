//! Answers in tables: a row per person, or a row per answer.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use csv::StringRecord;
use skills_passport::id::ItemId;

use super::intake::{Intake, Place};
use crate::error::CliError;

/// The column that names the person.
const PERSON: &str = "person";
/// The columns of a table with a row per answer.
const ITEM: &str = "item";
const RESPONSES: [&str; 2] = ["response", "category"];

/// How the columns are to be understood.
struct Columns {
    person: usize,
    group: Option<usize>,
    shape: Shape,
}

enum Shape {
    /// A row per person: columns with their items.
    Wide(Vec<(usize, String)>),
    /// A row per answer: the columns of item and answer.
    Long { item: usize, response: usize },
}

/// Reads a table whose cells are separated by commas, semicolons or tabs.
pub(super) fn read(
    path: &Path,
    group: Option<&str>,
    intake: &mut Intake<'_>,
    progress: &mut dyn FnMut(&Intake<'_>),
) -> Result<(), CliError> {
    let name = path.display().to_string();
    let unreadable = |reason| CliError::Unreadable { file: path.to_owned(), reason };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let separator = separator(file.fill_buf().map_err(unreadable)?);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(file);
    let header = reader.headers().map_err(|error| fault(path, &error.to_string()))?.clone();
    let columns = columns(&header, group, intake, &name).map_err(|reason| fault(path, &reason))?;
    let mut record = StringRecord::new();
    loop {
        let row = reader.position().line();
        let at = |column| Place { file: &name, row, column };
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) if record.len() != header.len() => {
                let reason = format!("{} cells under {} columns", record.len(), header.len());
                intake.rows += 1;
                intake.refuse(at(""), reason);
            }
            Ok(true) => {
                intake.rows += 1;
                take(&record, &columns, intake, &name, row);
            }
            // The rest of the file can still be read unless the system refuses it.
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(reason) => return Err(unreadable(reason)),
                csv::ErrorKind::Utf8 { err, .. } => {
                    intake.rows += 1;
                    intake.refuse(at(""), format!("not UTF-8 text: {err}"));
                }
                _ => {
                    intake.rows += 1;
                    intake.refuse(at(""), "not a row of a table");
                }
            },
        }
        if intake.rows.is_multiple_of(10_000) {
            progress(intake);
        }
    }
}

fn take(record: &StringRecord, columns: &Columns, intake: &mut Intake<'_>, file: &str, row: u64) {
    let cell = |column: usize| record.get(column).unwrap_or("");
    let group = columns.group.map(cell);
    let at = |column| Place { file, row, column };
    match &columns.shape {
        Shape::Wide(items) => match intake.new_person(cell(columns.person), group) {
            Err(reason) => intake.refuse(at(""), reason),
            Ok(person) => {
                for (column, item) in items {
                    if let Err(reason) = intake.take_cell(person, item, cell(*column)) {
                        intake.refuse(at(item), reason);
                    }
                }
            }
        },
        Shape::Long { item, response } => {
            let taken = intake
                .person(cell(columns.person), group)
                .and_then(|person| intake.take_cell(person, cell(*item), cell(*response)));
            if let Err(reason) = taken {
                intake.refuse(at(cell(*item)), reason);
            }
        }
    }
}

/// What stands oftenest in the first line, outside quotes.
fn separator(beginning: &[u8]) -> u8 {
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        counts.iter_mut().filter(|(separator, _)| !quoted && separator == byte).for_each(|(_, count)| *count += 1);
    }
    counts.iter().fold((b',', 0), |best, found| if found.1 > best.1 { *found } else { best }).0
}

fn columns(header: &StringRecord, group: Option<&str>, intake: &mut Intake<'_>, file: &str) -> Result<Columns, String> {
    let names: Vec<&str> = header.iter().map(|name| name.trim().trim_start_matches('\u{feff}')).collect();
    if let Some((_, name)) = names.iter().enumerate().find(|(at, name)| names.iter().take(*at).any(|one| one == *name))
    {
        return Err(format!("column `{name}` is there twice"));
    }
    let find = |wanted: &str| names.iter().position(|name| *name == wanted);
    let person = find(PERSON).ok_or_else(|| format!("there is no column `{PERSON}`"))?;
    let group = match group {
        None => None,
        Some(name) => Some(find(name).ok_or_else(|| format!("there is no column `{name}`"))?),
    };
    let known = |name: &str| {
        let id: Result<ItemId, _> = name.parse();
        id.is_ok_and(|id| intake.instrument().bank().item(&id).is_some())
    };
    let shape = match (find(ITEM), RESPONSES.into_iter().find_map(find)) {
        (Some(item), Some(response)) => Shape::Long { item, response },
        _ => Shape::Wide(
            names
                .iter()
                .enumerate()
                .filter(|(_, name)| known(name))
                .map(|(at, name)| (at, (*name).to_owned()))
                .collect(),
        ),
    };
    let used = |at: usize| {
        at == person
            || Some(at) == group
            || match &shape {
                Shape::Wide(items) => items.iter().any(|(column, _)| *column == at),
                Shape::Long { item, response } => at == *item || at == *response,
            }
    };
    if matches!(&shape, Shape::Wide(items) if items.is_empty()) {
        return Err("no column is an item of the bank, and there are no columns `item` and `response`".to_owned());
    }
    let others = names.iter().enumerate().filter(|(at, _)| !used(*at));
    intake.left_out.extend(others.map(|(_, name)| (file.to_owned(), (*name).to_owned())));
    Ok(Columns { person, group, shape })
}

fn fault(path: &Path, reason: &str) -> CliError {
    let failure = skills_passport::facade::Failure {
        code: "wrong-table".to_owned(),
        message: reason.to_owned(),
        path: String::new(),
    };
    CliError::content(path, failure)
}
