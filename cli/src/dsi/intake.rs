//! Answers from a table or from lines of JSON; what cannot be read is named and left out.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use csv::StringRecord;
use skills_passport::facade::Failure;
use skills_passport::json;
use skills_passport::observatory::dsi::Answers;

use super::{Kept, Module};
use crate::error::CliError;

/// Longest line read, bytes.
const MAX_LINE_BYTES: usize = 1 << 16;
/// Longest name of a person, bytes.
const MAX_NAME_BYTES: usize = 256;

/// Somebody's answers.
pub(super) struct Given {
    /// Their name or number; that of their row where they have none.
    pub(super) person: String,
    pub(super) answers: Answers,
}

/// Reads a file and hands on what each person answered; what is refused is told as a line of text.
pub(super) fn read(
    file: &Path,
    module: &Module,
    take: &mut dyn FnMut(Given) -> Result<(), CliError>,
    refuse: &mut dyn FnMut(String),
) -> Result<(), CliError> {
    let opened = File::open(file).map_err(|reason| match reason.kind() {
        std::io::ErrorKind::NotFound => CliError::Missing(file.to_owned()),
        _ => CliError::Unreadable { file: file.to_owned(), reason },
    })?;
    let mut people = HashSet::new();
    let mut once = |given: Given, row: usize, refuse: &mut dyn FnMut(String)| {
        if people.insert(given.person.clone()) {
            take(given)
        } else {
            refuse(format!("row {row}: `{}` was there before", given.person));
            Ok(())
        }
    };
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        table(BufReader::new(opened), file, module, &mut once, refuse)
    } else {
        lines(BufReader::new(opened), file, module, &mut once, refuse)
    }
}

type Take<'a> = &'a mut dyn FnMut(Given, usize, &mut dyn FnMut(String)) -> Result<(), CliError>;

fn lines(
    mut reader: impl BufRead,
    file: &Path,
    module: &Module,
    take: Take<'_>,
    refuse: &mut dyn FnMut(String),
) -> Result<(), CliError> {
    let unreadable = |reason| CliError::Unreadable { file: file.to_owned(), reason };
    let mut row = 0;
    loop {
        let mut line = Vec::new();
        let limit = u64::try_from(MAX_LINE_BYTES).unwrap_or(u64::MAX);
        let read = reader.by_ref().take(limit + 1).read_until(b'\n', &mut line).map_err(unreadable)?;
        if read == 0 {
            return Ok(());
        }
        row += 1;
        if line.len() > MAX_LINE_BYTES && !line.ends_with(b"\n") {
            reader.skip_until(b'\n').map_err(unreadable)?;
            refuse(format!("row {row}: longer than {MAX_LINE_BYTES} bytes"));
            continue;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let kept = json::utf8(&line).and_then(|text| json::read::<Kept>(text, MAX_LINE_BYTES));
        match kept.map_err(|error| error.to_string()).and_then(|kept| given(kept, module, row)) {
            Ok(given) => take(given, row, refuse)?,
            Err(why) => refuse(format!("row {row}: {why}")),
        }
    }
}

fn given(kept: Kept, module: &Module, row: usize) -> Result<Given, String> {
    let answers = kept.answers(module).map_err(|id| format!("`{id}` is no activity; `dsi activities` lists them"))?;
    let person = kept.person.unwrap_or_else(|| format!("row {row}"));
    if person.len() > MAX_NAME_BYTES {
        Err("the name of the person is too long".to_owned())
    } else {
        Ok(Given { person, answers })
    }
}

/// What a column holds.
enum Column {
    Person,
    Internet,
    Activity(u32),
    Other,
}

fn table(
    mut reader: impl BufRead,
    file: &Path,
    module: &Module,
    take: Take<'_>,
    refuse: &mut dyn FnMut(String),
) -> Result<(), CliError> {
    let unreadable = |reason| CliError::Unreadable { file: file.to_owned(), reason };
    let fault = |message: String| {
        CliError::content(file, Failure { code: "wrong-table".to_owned(), message, path: String::new() })
    };
    let head = reader.fill_buf().map_err(unreadable)?;
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separator =
        [b',', b';', b'\t'].into_iter().max_by_key(|mark| first.iter().filter(|byte| *byte == mark).count());
    let mut table = csv::ReaderBuilder::new().delimiter(separator.unwrap_or(b',')).flexible(true).from_reader(reader);
    let header = table.headers().map_err(|error| fault(error.to_string()))?.clone();
    let columns: Vec<Column> = header
        .iter()
        .map(|name| match name.trim().trim_start_matches('\u{feff}') {
            "person" => Column::Person,
            "internet" => Column::Internet,
            name => module.bit(name).map_or(Column::Other, Column::Activity),
        })
        .collect();
    let has =
        |bit: u32| columns.iter().filter(|column| matches!(column, Column::Activity(other) if *other == bit)).count();
    for activity in &module.activities {
        let found = module.bit(&activity.id).map_or(0, has);
        if found != 1 {
            let message = format!(
                "the table has {found} columns `{}` and must have one; `dsi activities` lists them",
                activity.id
            );
            return Err(fault(message));
        }
    }
    let mut record = StringRecord::new();
    let mut row = 1;
    loop {
        row += 1;
        match table.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => match cells(&record, &header, &columns, row) {
                Ok(given) => take(given, row, refuse)?,
                Err(why) => refuse(format!("row {row}: {why}")),
            },
            Err(error) if error.is_io_error() => return Err(fault(error.to_string())),
            Err(error) => refuse(format!("row {row}: {error}")),
        }
    }
}

fn cells(record: &StringRecord, header: &StringRecord, columns: &[Column], row: usize) -> Result<Given, String> {
    if record.len() != columns.len() {
        return Err(format!("{} cells under {} columns", record.len(), columns.len()));
    }
    let mut given = Given { person: format!("row {row}"), answers: Answers { internet: true, activities: 0 } };
    for ((cell, column), name) in record.iter().zip(columns).zip(header) {
        let truth = || truth(cell).ok_or_else(|| format!("column `{name}`: `{cell}` is neither yes nor no"));
        match column {
            Column::Person if cell.len() > MAX_NAME_BYTES => {
                return Err("the name of the person is too long".to_owned());
            }
            Column::Person if !cell.trim().is_empty() => cell.trim().clone_into(&mut given.person),
            Column::Person | Column::Other => {}
            Column::Internet => given.answers.internet = truth()?,
            Column::Activity(bit) => given.answers.activities |= if truth()? { *bit } else { 0 },
        }
    }
    Ok(given)
}

fn truth(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "1" | "yes" | "y" | "true" | "oui" | "o" | "vrai" | "x" => Some(true),
        "" | "0" | "no" | "n" | "false" | "non" | "faux" => Some(false),
        _ => None,
    }
}
