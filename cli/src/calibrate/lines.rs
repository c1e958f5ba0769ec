//! Answers in JSON: a sitting per line, or a document of this program.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use skills_passport::assessment::{self, Assessment, MAX_ASSESSMENT_BYTES};
use skills_passport::bank::Response;
use skills_passport::json;
use skills_passport::passport::{MAX_PASSPORT_BYTES, Passport};

use super::intake::{Intake, Place};
use crate::error::CliError;
use crate::files;

/// A line that is neither an assessment nor a passport.
#[derive(Deserialize)]
struct Sitting {
    person: Option<String>,
    answers: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    item: String,
    response: Option<Response>,
    category: Option<u8>,
}

/// Reads a file with a sitting on each line.
pub(super) fn read(
    path: &Path,
    group: Option<&str>,
    intake: &mut Intake<'_>,
    progress: &mut dyn FnMut(&Intake<'_>),
) -> Result<(), CliError> {
    let name = path.display().to_string();
    let unreadable = |reason| CliError::Unreadable { file: path.to_owned(), reason };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let limit = u64::try_from(MAX_PASSPORT_BYTES).unwrap_or(u64::MAX);
    let (mut line, mut row) = (Vec::new(), 0);
    loop {
        line.clear();
        // One byte more than is accepted, so that a longer line is known as such.
        let read = file.by_ref().take(limit + 1).read_until(b'\n', &mut line).map_err(unreadable)?;
        if read == 0 {
            return Ok(());
        }
        row += 1;
        let place = Place { file: &name, row, column: "" };
        if !line.ends_with(b"\n") && line.len() > MAX_PASSPORT_BYTES {
            intake.refuse(place, format!("the line is longer than {MAX_PASSPORT_BYTES} bytes"));
            skip_line(&mut file).map_err(unreadable)?;
            continue;
        }
        match json::utf8(&line) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => {
                intake.rows += 1;
                document(text, group, intake, place);
            }
            Err(error) => {
                intake.rows += 1;
                intake.refuse(place, error.to_string());
            }
        }
        if intake.rows.is_multiple_of(1000) {
            progress(intake);
        }
    }
}

/// Reads a file that is one document.
pub(super) fn read_document(path: &Path, group: Option<&str>, intake: &mut Intake<'_>) -> Result<(), CliError> {
    let text = files::read(path, MAX_PASSPORT_BYTES)?;
    intake.rows += 1;
    document(&text, group, intake, Place { file: &path.display().to_string(), row: 1, column: "" });
    Ok(())
}

fn skip_line(file: &mut BufReader<File>) -> std::io::Result<()> {
    loop {
        let buffer = file.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (used, done) = end.map_or((buffer.len(), buffer.is_empty()), |end| (end + 1, true));
        file.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// Takes a passport, an assessment, or a sitting in the simplest form.
fn document(text: &str, group: Option<&str>, intake: &mut Intake<'_>, place: Place<'_>) {
    let value = match json::parse(text, MAX_PASSPORT_BYTES) {
        Ok(value) => value,
        Err(error) => return intake.refuse(place, error.to_string()),
    };
    if value.get("records").is_some() {
        match Passport::parse(text) {
            Err(error) => intake.refuse(place, error.to_string()),
            Ok(passport) => {
                for record in passport.assessments() {
                    let source = serde_json::to_value(&record.assessment).unwrap_or_default();
                    sat(&record.assessment, &source, group, intake, place);
                }
            }
        }
    } else if value.get("plan").is_some() && value.get("setting").is_some() {
        if text.len() > MAX_ASSESSMENT_BYTES {
            return intake.refuse(place, format!("the assessment is longer than {MAX_ASSESSMENT_BYTES} bytes"));
        }
        match assessment::parse(text) {
            Ok(assessment) => sat(&assessment, &value, group, intake, place),
            Err(error) => intake.refuse(place, error.to_string()),
        }
    } else {
        simple(&value, group, intake, place);
    }
}

/// Takes a sitting of this program. Every sitting counts as a person of its own: people change between sittings.
fn sat(assessment: &Assessment, source: &Value, group: Option<&str>, intake: &mut Intake<'_>, place: Place<'_>) {
    let bank = intake.instrument().bank().reference();
    if assessment.bank != bank {
        let same = assessment.bank.to_string() == bank.to_string();
        let state = if same { ", in another state" } else { "" };
        return intake.refuse(place, format!("the answers are to {}{state}, not to {bank}", assessment.bank));
    }
    let group = group.and_then(|name| member(source, name).or_else(|| member(source.get("setting")?, name)));
    match intake.new_person(&assessment.setting.id.to_string(), group.as_deref()) {
        Err(reason) => intake.refuse(place, reason),
        Ok(person) => {
            for answer in &assessment.answers {
                let item = answer.item.to_string();
                if let Err(reason) = intake.take_response(person, &item, &answer.response) {
                    intake.refuse(Place { column: &item, ..place }, reason);
                }
            }
        }
    }
}

fn simple(value: &Value, group: Option<&str>, intake: &mut Intake<'_>, place: Place<'_>) {
    let sitting: Sitting = match json::read_value(value, "") {
        Ok(sitting) => sitting,
        Err(error) => return intake.refuse(place, error.to_string()),
    };
    let group = group.and_then(|name| member(value, name));
    let name = sitting.person.unwrap_or_else(|| format!("line {} of {}", place.row, place.file));
    let person = match intake.new_person(&name, group.as_deref()) {
        Ok(person) => person,
        Err(reason) => return intake.refuse(place, reason),
    };
    for Given { item, response, category } in sitting.answers {
        let taken = match (response, category) {
            (Some(response), None) => intake.take_response(person, &item, &response),
            (None, Some(category)) => intake.take_cell(person, &item, &category.to_string()),
            _ => Err("an answer has either `response` or `category`".to_owned()),
        };
        if let Err(reason) = taken {
            intake.refuse(Place { column: &item, ..place }, reason);
        }
    }
}

/// A member as the name of a group.
fn member(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
