//! The new version of a bank, as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};
use skills_passport::bank::BankDocument;
use skills_passport::json;

use crate::error::CliError;
use crate::files::{self, Place};

/// The report that goes with the bank; the loader does not read it.
const REPORT: &str = "calibration.json";

/// Refuses a folder that has something in it.
pub(super) fn check(folder: &Path) -> Result<(), CliError> {
    let refused = |reason| CliError::Unwritable { file: folder.to_owned(), reason };
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(reason) => return Err(refused(reason)),
    };
    if entries.next().is_some() {
        return Err(refused(std::io::Error::other(
            "the folder is not empty, and a bank that is there is never changed",
        )));
    }
    files::check_folder(folder)
}

/// Writes structure and parameters anew, and copies the texts. `sources` are the files of the version before.
pub(super) fn bank(
    folder: &Path,
    sources: &[(String, String)],
    document: &BankDocument,
    report: &impl Serialize,
) -> Result<(), CliError> {
    let mut whole = serde_json::to_value(document).map_err(|error| unwritable(folder, &error))?;
    let items = whole.as_object_mut().and_then(|whole| whole.remove("items")).unwrap_or_default();
    let mut by_competence: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for mut item in items.as_array().cloned().unwrap_or_default() {
        let competence = item.as_object_mut().and_then(|item| item.remove("competence")).unwrap_or_default();
        by_competence.entry(competence.as_str().unwrap_or_default().to_owned()).or_default().push(item);
    }
    put(folder, "bank.json", &whole)?;
    for (competence, items) in by_competence {
        let file = json!({ "competence": competence, "items": items });
        put(folder, &format!("items/{competence}.json"), &file)?;
    }
    for (path, text) in sources.iter().filter(|(path, _)| path.starts_with("text/")) {
        write(folder, path, text.trim_end())?;
    }
    put(folder, REPORT, &serde_json::to_value(report).map_err(|error| unwritable(folder, &error))?)
}

fn put(folder: &Path, path: &str, value: &Value) -> Result<(), CliError> {
    let text = json::to_text(value).map_err(|error| unwritable(&folder.join(path), &error))?;
    write(folder, path, &text)
}

fn write(folder: &Path, path: &str, text: &str) -> Result<(), CliError> {
    let file = folder.join(path);
    let parent = files::folder_of(&file);
    fs::create_dir_all(parent).map_err(|reason| CliError::Unwritable { file: parent.to_owned(), reason })?;
    files::write(&file, text, Place::Free)
}

fn unwritable(file: &Path, error: &impl ToString) -> CliError {
    CliError::Unwritable { file: file.to_owned(), reason: std::io::Error::other(error.to_string()) }
}
