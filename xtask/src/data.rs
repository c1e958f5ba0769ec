//! The data files that travel with the widget: frameworks, item banks and their texts, packed by language, and the words
//! of the interface.
//!
//! The one place where the build meets the crates `frameworks` and `texts`.

use anyhow::{Context, Result};
use skills_passport_frameworks::{Library, PackFile};
use skills_passport_texts::Catalogue;

use crate::tools::Workspace;

/// Every data file.
pub(crate) fn packs() -> Result<Vec<PackFile>> {
    let library = Library::shipped();
    let pack = || -> Result<Vec<PackFile>, skills_passport_frameworks::LoadError> {
        let mut files = skills_passport_frameworks::packs(&library)?;
        files.extend(skills_passport_frameworks::start_packs(&library)?);
        files.extend(skills_passport_frameworks::alignments(&library)?);
        files.extend(skills_passport_frameworks::scheme_files(&library)?);
        files.extend(skills_passport_frameworks::name_files(&library)?);
        Ok(files)
    };
    pack().context("the data files cannot be packed")
}

/// The words of the interface.
pub(crate) fn texts(workspace: &Workspace) -> Result<Catalogue> {
    let folder = workspace.root.join("frontend/text");
    Catalogue::read(&folder).with_context(|| format!("in {}", workspace.show(&folder)))
}

/// The languages that a widget can ask its questions in.
pub(crate) fn bank_languages(packs: &[PackFile]) -> Vec<String> {
    let names = packs.iter().filter_map(|pack| pack.file_name.strip_suffix(".start.json"));
    let mut languages: Vec<String> = names.filter_map(|name| name.rsplit('.').next()).map(str::to_owned).collect();
    languages.sort_unstable();
    languages.dedup();
    languages
}

/// Prints what languages of the interface do not have yet.
pub(crate) fn report_texts(workspace: &Workspace) -> Result<()> {
    let catalogue = texts(workspace)?;
    let gaps = catalogue.gaps();
    for (tag, language) in catalogue.languages().filter(|(_, language)| language.style.is_none()) {
        let own: Vec<_> = gaps.iter().filter(|gap| gap.language == tag).collect();
        let draft = if language.draft { ", to be proof-read" } else { "" };
        match own.len() {
            0 => println!("{tag} ({}): complete{draft}", language.name),
            missing => println!("{tag} ({}): {missing} texts are missing and said in English{draft}", language.name),
        }
        for gap in own {
            println!("  {tag}/{}.json: {}", gap.part.name(), gap.key);
        }
    }
    Ok(())
}
