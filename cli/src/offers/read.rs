//! Files of other formats: what they are, and what reading them brings up.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::offers::Tables;
use skills_passport::offers::import::{
    Concepts, Counts, Finding, Format, ImportError, Imported, Knowledge, Structures, read_offers,
};
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::files;

/// Findings that are listed; more are counted.
const MOST_FINDINGS: usize = 100_000;
/// Largest table, bytes.
const MAX_TABLE_BYTES: usize = 4 << 20;
/// Looked at to tell the format, bytes.
const HEAD: u64 = 64 << 10;
/// The tables of the program.
const TABLES: [&str; 5] =
    ["lamednum-services-v1", "lamednum-services-v0", "data-inclusion-themes", "formacode", "educational-levels"];
/// The schemes whose addresses stand for competences.
const SCHEMES: [&str; 1] = ["esco"];
/// Other versions of the framework, whose codes are understood.
const VERSIONS: [&str; 1] = ["digcomp@2.2"];

/// How a file is read.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// The file
    pub(super) file: PathBuf,
    /// Its format [default: told by its beginning]
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Wanted>,
    /// A folder of tables that replace those of this program (services, themes, codes, levels)
    #[arg(long, value_name = "FOLDER")]
    tables: Option<PathBuf>,
    /// Structures of data.inclusion that the services refer to
    #[arg(long, value_name = "FILE")]
    structures: Option<PathBuf>,
}

/// A format that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Catalogue,
    Other(Format),
}

/// The formats by name, as the help lists them.
fn format(text: &str) -> Result<Wanted, String> {
    let other = Format::ALL.iter().find(|(name, _)| *name == text).map(|(_, format)| Wanted::Other(*format));
    other.or((text == "catalogue").then_some(Wanted::Catalogue)).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|(name, _)| *name).collect();
        format!("use one of catalogue, {}", names.join(", "))
    })
}

/// What was found in a file.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    /// The format that it was read as.
    pub(super) format: &'static str,
    #[serde(flatten)]
    pub(super) counts: Counts,
    pub(super) findings: Vec<Finding>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) findings_not_listed: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Report {
    pub(super) fn note(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            if self.findings.len() < MOST_FINDINGS {
                self.findings.push(finding);
            } else {
                self.findings_not_listed += 1;
            }
        }
    }
}

/// A file that is open for reading.
pub(super) fn open_file(file: &Path) -> Result<File, CliError> {
    match File::open(file) {
        Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => Err(CliError::Missing(file.to_owned())),
        Ok(_) if file.is_dir() => Err(CliError::Folder(file.to_owned())),
        opened => opened.map_err(|reason| CliError::Unreadable { file: file.to_owned(), reason }),
    }
}

impl Source {
    /// The format, asked for or told by the beginning.
    pub(super) fn wanted(&self) -> Result<Wanted, CliError> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let mut head = Vec::new();
        let unreadable = |reason| CliError::Unreadable { file: self.file.clone(), reason };
        open_file(&self.file)?.take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
        let is_table =
            self.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")).then_some(Format::LaMedNum);
        Ok(Format::of_beginning(&head).or(is_table).map_or(Wanted::Catalogue, Wanted::Other))
    }

    /// Reads a file of another format entry by entry; the first failure of `each` is given back.
    pub(super) fn read(
        &self,
        format: Format,
        framework: &Framework,
        each: &mut dyn FnMut(&Imported) -> Result<(), CliError>,
    ) -> Result<Report, CliError> {
        let knowledge = self.knowledge(framework)?;
        let input = open_file(&self.file)?;
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut report = Report { format: format.name(), ..Report::default() };
        let mut failed = None;
        let counts = read_offers(format, input, &name, &knowledge, &mut |read| {
            if failed.is_none() {
                failed = each(&read).err();
            }
            let (Imported::Offer(_, findings) | Imported::Refused(findings)) = read;
            report.note(findings);
        });
        if let Some(error) = failed {
            return Err(error);
        }
        report.counts = counts.map_err(|error| import_error(&self.file, error))?;
        Ok(report)
    }

    fn knowledge(&self, framework: &Framework) -> Result<Knowledge, CliError> {
        let mut structures = Structures::default();
        if let Some(file) = &self.structures {
            structures.add(open_file(file)?).map_err(|error| import_error(file, error))?;
        }
        Ok(Knowledge { tables: tables(self.tables.as_deref())?, concepts: concepts(framework)?, structures })
    }
}

fn import_error(file: &Path, error: ImportError) -> CliError {
    match error {
        ImportError::Unreadable(reason) => CliError::Unreadable { file: file.to_owned(), reason },
        other => {
            let is_long = matches!(other, ImportError::RowTooLong { .. } | ImportError::EntryTooLong { .. });
            let code = if is_long { "too-large" } else { "wrong-shape" };
            let failure = Failure { code: code.to_owned(), message: other.to_string(), path: String::new() };
            CliError::content(file, failure)
        }
    }
}

/// What competences are called elsewhere.
fn concepts(framework: &Framework) -> Result<Concepts, CliError> {
    let library = Library::shipped();
    let mut concepts = Concepts::new(framework);
    for id in SCHEMES {
        concepts = concepts.with_scheme(framework, &library.scheme(id, framework)?);
    }
    for name in VERSIONS {
        let other = library.framework(name)?.reference();
        if let Some(way) = library.way(&other, framework)? {
            concepts = concepts.with_version(&other.version, way);
        }
    }
    Ok(concepts)
}

/// The shipped tables, and those of a folder in their place.
fn tables(folder: Option<&Path>) -> Result<Tables, CliError> {
    let (library, mut tables) = (Library::shipped(), Tables::default());
    for name in TABLES {
        let file = format!("offers/{name}.json");
        let text = library.file(&file).unwrap_or_default();
        tables.add(text).map_err(|error| CliError::content(Path::new(&file), error))?;
    }
    let Some(folder) = folder else { return Ok(tables) };
    let unreadable = |reason| CliError::Unreadable { file: folder.to_owned(), reason };
    let mut own = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        own.push(entry.map_err(unreadable)?.path());
    }
    own.sort();
    for file in own.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
        let text = files::read(file, MAX_TABLE_BYTES)?;
        tables.add(&text).map_err(|error| CliError::content(file, error))?;
    }
    Ok(tables)
}
