//! Names of frameworks in languages that have no descriptions and no questions yet.
//!
//! `<framework>/<version>/names/<language>.json`: our translation of the names of areas, competences and broad levels. A
//! browser takes the files with the sheet and the pack of another language (`digcomp-3.0.es.names.txt` and `.json`).

use semver::Version;
use serde::Deserialize;
use skills_passport::facade::name_lines;
use skills_passport::framework::{AreaText, BroadLevelText, CompetenceText, FrameworkText, Origin, TextProvenance};
use skills_passport::id::{AreaId, BroadLevelId, CompetenceId, Language};
use skills_passport::table::Table;

use crate::library::{Library, same_language};
use crate::packs::written;
use crate::{LoadError, PackFile};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NamesDocument {
    language: Language,
    /// Whose words these are, for readers.
    note: String,
    name: String,
    broad_levels: Table<BroadLevelId, String>,
    areas: Table<AreaId, String>,
    competences: Table<CompetenceId, String>,
}

/// The names of every framework in further languages; each checked against its framework.
///
/// # Errors
/// The first fault found.
pub fn name_files(library: &Library) -> Result<Vec<PackFile>, LoadError> {
    let mut files = Vec::new();
    for listing in library.frameworks()? {
        let framework = library.framework(&listing.to_string())?;
        let Version { major, minor, .. } = listing.version;
        for path in library.names_of(&listing) {
            let document: NamesDocument = library.read(path)?;
            same_language(path, &document.language, path.trim_end_matches(".json"))?;
            let text = document.into_text();
            // Whoever has the names, has them all.
            framework.clone().add_names(text.clone()).map_err(|error| LoadError::new(path, error))?;
            let stem = format!("{}-{major}.{minor}.{}.names", listing.id, text.language);
            let content = name_lines(&framework.reference(), &text);
            files.push(written(format!("{stem}.json"), &text)?);
            files.push(PackFile { file_name: format!("{stem}.txt"), content });
        }
    }
    Ok(files)
}

impl NamesDocument {
    fn into_text(self) -> FrameworkText {
        let level = |(id, name)| (id, BroadLevelText { name, description: String::new() });
        let area = |(id, name)| (id, AreaText { name, description: String::new() });
        let competence =
            |(id, name)| (id, CompetenceText { name, description: String::new(), descriptors: Table::new() });
        FrameworkText {
            language: self.language,
            provenance: TextProvenance { names: Origin::Ours, descriptions: Origin::Ours, note: self.note },
            name: self.name,
            broad_levels: self.broad_levels.into_iter().map(level).collect(),
            areas: self.areas.into_iter().map(area).collect(),
            competences: self.competences.into_iter().map(competence).collect(),
        }
    }
}
