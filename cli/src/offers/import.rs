//! `offers check` and `offers import`.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use skills_passport::framework::Framework;
use skills_passport::offers::import::{Action, Counts, Imported, read_catalogue};
use skills_passport::offers::{CatalogueHead, Offer};
use skills_passport_frameworks::Library;

use super::read::{Report, Source, Wanted, open_file};
use super::words;
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, columns_of, quoted};
use crate::{Verdict, files, framework};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    source: Source,
    /// Language of the words [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(super) lang: Option<Lang>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Formats are those of `offers check`. What cannot be read is left out and listed; what a table says of
a service, theme or code is marked `derived` in the catalogue.

Examples:
  skills-passport offers import lieux.csv --out offers.ndjson
  skills-passport offers import services.json --structures structures.json --out offers.ndjson
  skills-passport offers import catalogue-lheo.xml --tables my-tables --out offers.ndjson")]
pub(crate) struct Import {
    #[command(flatten)]
    source: Source,
    /// The catalogue to write, like `offers.ndjson`; a file that is there already is not touched
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Language of the words [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(super) lang: Option<Lang>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
}

impl Check {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(framework::DEFAULT)?;
        let report = match self.source.wanted()? {
            Wanted::Other(format) => {
                self.source.read(format, &framework, &mut |read| check(read, &framework, &self.source.file))?
            }
            Wanted::Catalogue => own(&self.source.file, &framework)?,
        };
        write(&report, out, self.json, self.lang)
    }
}

impl Import {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(framework::DEFAULT)?;
        let Wanted::Other(format) = self.source.wanted()? else {
            let message = "this is a catalogue already, or of none of the formats: see `offers check`".to_owned();
            return Err(super::wishes::refused("wrong-shape", message, "FILE"));
        };
        let refused = |reason| CliError::Unwritable { file: self.out.clone(), reason };
        let folder = files::folder_of(&self.out);
        if !folder.is_dir() {
            return Err(CliError::NoFolder(folder.to_owned()));
        }
        let mut draft = tempfile::Builder::new().prefix(".skills-").tempfile_in(folder).map_err(refused)?;
        let mut lines = BufWriter::new(draft.as_file_mut());
        write_line(&mut lines, &CatalogueHead::new(framework.reference())).map_err(refused)?;
        let report = self.source.read(format, &framework, &mut |read| {
            check(read, &framework, &self.source.file)?;
            match read {
                Imported::Offer(offer, _) => write_line(&mut lines, offer).map_err(refused),
                Imported::Refused(_) => Ok(()),
            }
        })?;
        lines.flush().map_err(refused)?;
        drop(lines);
        draft.as_file().sync_all().map_err(refused)?;
        draft.persist_noclobber(&self.out).map_err(|error| refused(error.error))?;
        write(&report, out, self.json, self.lang)
    }
}

/// A catalogue of ours: whole, or else every offer that is refused.
fn own(file: &Path, framework: &Framework) -> Result<Report, CliError> {
    let mut report = Report { format: "catalogue", ..Report::default() };
    match super::open(file, framework) {
        Ok(catalogue) => {
            let imported = u64::try_from(catalogue.offers().len()).unwrap_or(u64::MAX);
            report.counts = Counts { imported, ..Counts::default() };
        }
        Err(error) => {
            let counts = read_catalogue(open_file(file)?, framework, &mut |read| match read {
                Imported::Offer(..) => {}
                Imported::Refused(findings) => report.note(findings),
            });
            // Where no single offer is to blame, it is the head, or the whole.
            report.counts = match counts {
                Ok(counts) if counts.refused > 0 => counts,
                _ => return Err(error),
            };
        }
    }
    Ok(report)
}

/// Tables may be anybody's: what they make of an entry must fit the framework.
fn check(read: &Imported, framework: &Framework, file: &Path) -> Result<(), CliError> {
    let Imported::Offer(offer, _) = read else { return Ok(()) };
    Offer::check(offer, framework.competences(), "").map_err(|error| CliError::content(file, super::failure(&error)))
}

fn write_line(out: &mut dyn Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    out.write_all(b"\n")
}

fn write(report: &Report, out: &mut dyn Write, json: bool, lang: Option<Lang>) -> Result<Verdict, CliError> {
    let Counts { imported, repaired, refused } = report.counts;
    let lang = lang.unwrap_or_else(Lang::of_environment);
    if json {
        output::json(out, report)?;
    } else {
        let french = lang == Lang::Fr;
        let lines: Vec<Vec<String>> = report
            .findings
            .iter()
            .map(|finding| {
                let action = match (finding.action, french) {
                    (Action::Repaired, false) => "repaired",
                    (Action::Repaired, true) => "réparé",
                    (Action::Refused, false) => "refused",
                    (Action::Refused, true) => "refusé",
                };
                let whole = if french { "(entier)" } else { "(whole)" };
                let column = if finding.column.is_empty() { whole } else { &finding.column };
                let number = format!("{} {}", if french { "n°" } else { "no." }, finding.row);
                let reason = words::problem(finding.reason, lang).to_owned();
                vec![number, quoted(column), action.to_owned(), reason, quoted(&finding.value)]
            })
            .collect();
        columns_of(out, &lines)?;
        let more = report.findings_not_listed;
        match (more, french) {
            (0, _) => {}
            (_, false) => writeln!(out, "  … and {more} more")?,
            (_, true) => writeln!(out, "  … et {more} de plus")?,
        }
        if french {
            writeln!(out, "{BOLD}{imported} importées{BOLD:#}, dont {repaired} réparées ; {refused} refusées")?;
        } else {
            writeln!(out, "{BOLD}{imported} imported{BOLD:#}, {repaired} of them repaired; {refused} refused")?;
        }
    }
    Ok(if refused == 0 { Verdict::Fine } else { Verdict::Faulty })
}
