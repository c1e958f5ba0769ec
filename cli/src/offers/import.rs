//! `offers check` and `offers import`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::offers::import::{Counts, Finding, ImportError, Imported, read_lamednum};
use skills_passport::offers::{CatalogueHead, Tables};
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::output::{self, BOLD, columns_of, quoted};
use crate::{Verdict, files, framework};

/// Findings that are listed; more are counted.
const MOST_FINDINGS: usize = 100_000;
/// Largest table, bytes.
const MAX_TABLE_BYTES: usize = 4 << 20;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The file
    file: PathBuf,
    /// A folder of tables that replace those of this program (services, themes, codes)
    #[arg(long, value_name = "FOLDER")]
    tables: Option<PathBuf>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The file
    file: PathBuf,
    /// The catalogue to write, like `offers.ndjson`; a file that is there already is not touched
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A folder of tables that replace those of this program (services, themes, codes)
    #[arg(long, value_name = "FOLDER")]
    tables: Option<PathBuf>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
}

/// What was found in a file.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    #[serde(flatten)]
    counts: Counts,
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "is_zero")]
    findings_not_listed: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Check {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(framework::DEFAULT)?;
        let is_csv = self.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let report = if is_csv {
            read(&self.file, self.tables.as_deref(), &mut |_| Ok(()))?
        } else {
            let offers = super::open(&self.file, &framework)?.offers().len();
            let imported = u64::try_from(offers).unwrap_or(u64::MAX);
            Report { counts: Counts { imported, ..Counts::default() }, ..Report::default() }
        };
        report.write(out, self.json)
    }
}

impl Import {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(framework::DEFAULT)?;
        let refused = |reason| CliError::Unwritable { file: self.out.clone(), reason };
        let folder = files::folder_of(&self.out);
        if !folder.is_dir() {
            return Err(CliError::NoFolder(folder.to_owned()));
        }
        let mut draft = tempfile::Builder::new().prefix(".skills-").tempfile_in(folder).map_err(refused)?;
        let mut lines = BufWriter::new(draft.as_file_mut());
        write_line(&mut lines, &CatalogueHead::new(framework.reference())).map_err(refused)?;
        let report = read(&self.file, self.tables.as_deref(), &mut |row| match row {
            Imported::Offer(offer, _) => {
                check(offer, &framework, &self.file)?;
                write_line(&mut lines, offer).map_err(refused)
            }
            Imported::Refused(_) => Ok(()),
        })?;
        lines.flush().map_err(refused)?;
        drop(lines);
        draft.as_file().sync_all().map_err(refused)?;
        draft.persist_noclobber(&self.out).map_err(|error| refused(error.error))?;
        report.write(out, self.json)
    }
}

/// Tables may be anybody's: what they make of a row must fit the framework.
fn check(offer: &skills_passport::offers::Offer, framework: &Framework, file: &Path) -> Result<(), CliError> {
    offer.check(framework.competences(), "").map_err(|error| CliError::content(file, super::failure(&error)))
}

fn write_line(out: &mut dyn Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    out.write_all(b"\n")
}

/// Reads a file row by row; the first failure of `each` is given back.
fn read(
    file: &Path,
    tables: Option<&Path>,
    each: &mut dyn FnMut(&Imported) -> Result<(), CliError>,
) -> Result<Report, CliError> {
    let tables = load(tables)?;
    let input = match File::open(file) {
        Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => Err(CliError::Missing(file.to_owned())),
        Ok(_) if file.is_dir() => Err(CliError::Folder(file.to_owned())),
        opened => opened.map_err(|reason| CliError::Unreadable { file: file.to_owned(), reason }),
    }?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (mut report, mut failed) = (Report::default(), None);
    let counts = read_lamednum(input, &name, &tables, &mut |row| {
        if failed.is_none() {
            failed = each(&row).err();
        }
        let (Imported::Offer(_, findings) | Imported::Refused(findings)) = row;
        for finding in findings {
            if report.findings.len() < MOST_FINDINGS {
                report.findings.push(finding);
            } else {
                report.findings_not_listed += 1;
            }
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    report.counts = counts.map_err(|error| match error {
        ImportError::Unreadable(reason) => CliError::Unreadable { file: file.to_owned(), reason },
        other => {
            let code = if matches!(other, ImportError::RowTooLong { .. }) { "too-large" } else { "wrong-shape" };
            let failure = Failure { code: code.to_owned(), message: other.to_string(), path: String::new() };
            CliError::content(file, failure)
        }
    })?;
    Ok(report)
}

/// The shipped tables, and those of a folder in their place.
fn load(folder: Option<&Path>) -> Result<Tables, CliError> {
    let (library, mut tables) = (Library::shipped(), Tables::default());
    for name in ["lamednum-services-v1", "lamednum-services-v0"] {
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

impl Report {
    fn write(&self, out: &mut dyn Write, json: bool) -> Result<Verdict, CliError> {
        let Counts { imported, repaired, refused } = self.counts;
        if json {
            output::json(out, self)?;
        } else {
            let lines: Vec<Vec<String>> = self
                .findings
                .iter()
                .map(|finding| {
                    let action = match finding.action {
                        skills_passport::offers::import::Action::Repaired => "repaired",
                        skills_passport::offers::import::Action::Refused => "refused",
                    };
                    let column = if finding.column.is_empty() { "(row)" } else { &finding.column };
                    let value = quoted(&finding.value);
                    vec![
                        format!("row {}", finding.row),
                        quoted(column),
                        action.to_owned(),
                        finding.reason.code().to_owned(),
                        value,
                    ]
                })
                .collect();
            columns_of(out, &lines)?;
            writeln!(out, "{BOLD}{imported} imported{BOLD:#}, {repaired} of them repaired; {refused} rows refused")?;
        }
        Ok(if refused == 0 { Verdict::Fine } else { Verdict::Faulty })
    }
}
