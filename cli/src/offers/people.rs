//! Passports: one, a folder, or a file with one on each line; read a few at a time.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::passport::{Content, FILE_ENDING, MAX_PASSPORT_BYTES, Passport};
use skills_passport::profile::CompetenceResult;

use crate::error::CliError;
use crate::files;

/// Where passports come from.
pub(super) enum People {
    /// One file.
    One(PathBuf),
    /// The passports of a folder, in the order of their names.
    Folder(std::vec::IntoIter<PathBuf>, usize),
    /// A file with a passport on each line.
    Lines { file: PathBuf, lines: BufReader<File>, number: usize },
}

/// One of them, not yet read.
pub(super) enum Person {
    File(PathBuf),
    /// A line of a file, unless it is too long or cannot be read.
    Line {
        file: PathBuf,
        number: usize,
        text: Result<String, CliError>,
    },
}

impl People {
    /// What a path on the command line stands for.
    pub(super) fn of(path: &Path) -> Result<Self, CliError> {
        if path.is_dir() {
            let unreadable = |reason| CliError::Unreadable { file: path.to_owned(), reason };
            let mut names: Vec<PathBuf> = Vec::new();
            for entry in std::fs::read_dir(path).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?.path();
                if entry.file_name().is_some_and(|name| name.to_string_lossy().ends_with(FILE_ENDING)) {
                    names.push(entry);
                }
            }
            names.sort();
            let count = names.len();
            return Ok(Self::Folder(names.into_iter(), count));
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if ["ndjson", "jsonl"].contains(&ending.as_str()) {
            let lines = BufReader::new(super::read::open_file(path)?);
            return Ok(Self::Lines { file: path.to_owned(), lines, number: 0 });
        }
        Ok(Self::One(path.to_owned()))
    }

    /// Whether it is one passport.
    pub(super) fn is_one(&self) -> bool {
        matches!(self, Self::One(_))
    }

    /// How many there are, where that is known before they are read.
    pub(super) fn count(&self) -> Option<usize> {
        match self {
            Self::One(_) => Some(1),
            Self::Folder(_, count) => Some(*count),
            Self::Lines { .. } => None,
        }
    }

    /// The next ones, `most` at most; none when there are no more.
    pub(super) fn next(&mut self, most: usize) -> Vec<Person> {
        match self {
            Self::One(file) => {
                let one = vec![Person::File(std::mem::take(file))];
                *self = Self::Folder(Vec::new().into_iter(), 1);
                one
            }
            Self::Folder(files, _) => files.take(most).map(Person::File).collect(),
            Self::Lines { file, lines, number } => {
                let mut people = Vec::new();
                while people.len() < most {
                    *number += 1;
                    let (text, is_last) = match line(file, lines) {
                        Ok(Some(text)) if text.trim().is_empty() => continue,
                        Ok(Some(text)) => (Ok(text), false),
                        Ok(None) => break,
                        // Where the next line begins is not known.
                        Err(error) => (Err(error), true),
                    };
                    people.push(Person::Line { file: file.clone(), number: *number, text });
                    if is_last {
                        *self = Self::Folder(Vec::new().into_iter(), 0);
                        break;
                    }
                }
                people
            }
        }
    }
}

/// One line, of the size that a passport may have at most.
fn line(file: &Path, lines: &mut BufReader<File>) -> Result<Option<String>, CliError> {
    let limit = u64::try_from(MAX_PASSPORT_BYTES).unwrap_or(u64::MAX).saturating_add(2);
    let mut bytes = Vec::new();
    let read = std::io::Read::take(&mut *lines, limit).read_until(b'\n', &mut bytes);
    read.map_err(|reason| CliError::Unreadable { file: file.to_owned(), reason })?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() > MAX_PASSPORT_BYTES && !bytes.ends_with(b"\n") {
        return Err(CliError::TooLarge { file: file.to_owned(), limit: MAX_PASSPORT_BYTES });
    }
    // What is no text is refused as JSON later, with its place.
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

impl Person {
    /// What the answer calls them: the name of the file, and the line.
    pub(super) fn name(&self) -> String {
        let name = |file: &Path| file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match self {
            Self::File(file) => name(file),
            Self::Line { file, number, .. } => format!("{}:{number}", name(file)),
        }
    }

    /// The newest results in this framework, of an assessment or of a shared copy.
    pub(super) fn results(self, framework: &Framework) -> Result<Vec<CompetenceResult>, CliError> {
        let (file, text) = match self {
            Self::File(file) => {
                let text = files::read(&file, MAX_PASSPORT_BYTES)?;
                (file, text)
            }
            Self::Line { file, text, .. } => (file, text?),
        };
        let passport = Passport::parse(&text).map_err(|error| CliError::content(&file, error))?;
        let reference = framework.reference();
        let results = passport.records().into_iter().rev().find_map(|record| match record.content() {
            Content::Assessment(record) if record.assessment.framework == reference => {
                Some(record.profile.competences.clone())
            }
            Content::Result(record) if record.framework == reference => Some(record.competences.clone()),
            _ => None,
        });
        results.ok_or_else(|| {
            let message = format!("the passport has no results in {reference}");
            CliError::content(&file, Failure { code: "no-results".to_owned(), message, path: String::new() })
        })
    }
}
