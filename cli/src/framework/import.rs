//! The official data supplement as files of our format.

use std::io::Write;
use std::path::{Path, PathBuf};

use semver::Version;
use serde::Serialize;
use skills_passport::facade::Failure;
use skills_passport::framework::import::{Import, ImportError, LevelCount, MAX_SUPPLEMENT_BYTES, Report, import};
use skills_passport::id::{FrameworkId, Language};
use skills_passport::json;

use crate::error::CliError;
use crate::files::{self, Place, check_folder};
use crate::output::{self, BOLD, columns_of, quoted};

#[derive(Serialize)]
struct Document {
    files: Vec<PathBuf>,
    #[serde(flatten)]
    report: Report,
}

pub(super) fn run(
    out: &mut dyn Write,
    file: &Path,
    folder: &Path,
    (id, version): (FrameworkId, Version),
    as_json: bool,
) -> Result<(), CliError> {
    let text = files::read(file, MAX_SUPPLEMENT_BYTES)?;
    let refused = |error: ImportError| {
        let (code, message, path) = (error.code().to_owned(), error.to_string(), error.path().to_owned());
        CliError::content(file, Failure { code, message, path })
    };
    let english: Language = "en".parse().map_err(|error: skills_passport::id::IdError| {
        let failure = Failure { code: "wrong-shape".to_owned(), message: error.to_string(), path: String::new() };
        CliError::Refused(failure)
    })?;
    let place = folder.join(id.as_str()).join(format!("{}.{}", version.major, version.minor));
    let Import { framework, outcomes, text, details, report } = import(&text, id, version, english).map_err(refused)?;
    check_folder(folder)?;
    let files = [
        (place.join("framework.json"), written(&framework)?),
        (place.join("outcomes.json"), written(&outcomes)?),
        (place.join("text").join("en.json"), written(&text)?),
        (place.join("details").join("en.json"), written(&details)?),
    ];
    for (file, text) in &files {
        let parent = files::folder_of(file);
        std::fs::create_dir_all(parent).map_err(|reason| CliError::Unwritable { file: parent.to_owned(), reason })?;
        files::write(file, text.trim_end(), Place::Free)?;
    }
    let files = files.into_iter().map(|(file, _)| file).collect();
    let document = Document { files, report };
    if as_json { output::json(out, &document) } else { Ok(write(out, &document)?) }
}

fn written(value: &impl Serialize) -> Result<String, CliError> {
    json::to_text(value).map_err(|error| CliError::Refused(error.into()))
}

fn write(out: &mut dyn Write, document: &Document) -> std::io::Result<()> {
    let counts = &document.report.counts;
    let by_kind = counts.outcomes_by_kind.values().map(ToString::to_string).collect::<Vec<_>>().join(" / ");
    let by_level = |shown: &dyn Fn(&LevelCount) -> String| {
        counts.outcomes_by_level.iter().map(shown).collect::<Vec<_>>().join(" / ")
    };
    let levels = by_level(&|count| count.level.to_string());
    writeln!(out, "{BOLD}Imported{BOLD:#}")?;
    let rows = [
        ("areas", counts.areas.to_string()),
        ("competences", counts.competences.to_string()),
        ("levels", counts.levels.to_string()),
        ("statements", counts.statements.to_string()),
        ("learning outcomes", counts.outcomes.to_string()),
        ("knowledge / skill / attitude", by_kind),
        (levels.as_str(), by_level(&|count| count.outcomes.to_string())),
        ("terms", counts.terms.to_string()),
    ];
    columns_of(out, &rows.map(|(label, value)| vec![label.to_owned(), value]))?;
    writeln!(out, "\n{BOLD}What was wrong with the file{BOLD:#}")?;
    for defect in &document.report.defects {
        writeln!(out, "  {}", quoted(&defect.to_string()))?;
    }
    writeln!(out, "\n{BOLD}Files{BOLD:#}")?;
    document.files.iter().try_for_each(|file| writeln!(out, "  {}", file.display()))
}
