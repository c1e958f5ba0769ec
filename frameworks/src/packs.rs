//! What browsers download: one file for each framework, bank and language.

use semver::Version;
use skills_passport::pack::Pack;

use crate::library::{Library, Listing};
use crate::{LoadError, LoadFault};

/// A pack ready to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// For example `digcomp-3.0.general.fr.json`.
    pub file_name: String,
    /// The pack.
    pub json: String,
}

/// A pack for every bank, every framework that it can be measured in, and every language of both; each checked.
///
/// # Errors
/// The first fault found.
pub fn packs(library: &Library) -> Result<Vec<PackFile>, LoadError> {
    let mut packs = Vec::new();
    for framework in library.frameworks()? {
        for bank in library.banks()? {
            packs.extend(packs_of(library, &framework, &bank)?);
        }
    }
    Ok(packs)
}

fn packs_of(library: &Library, framework: &Listing, bank: &Listing) -> Result<Vec<PackFile>, LoadError> {
    let written_for = library.bank_files(&bank.to_string())?.document.framework;
    if !library.reaches(&written_for, framework) {
        return Ok(Vec::new());
    }
    let instrument = library.instrument(&framework.to_string(), &bank.to_string())?;
    let reference = instrument.framework().reference();
    let mut packs = Vec::new();
    for language in instrument.bank().languages() {
        let (Some(framework_text), Some(bank_text)) =
            (instrument.framework().text(language), instrument.bank().text(language))
        else {
            return Err(LoadError::new(framework.to_string(), LoadFault::NoFrameworkText(language.clone())));
        };
        let pack = Pack {
            framework: instrument.framework().document().clone(),
            framework_texts: vec![framework_text.for_results()],
            bank: instrument.bank().document().for_measuring(),
            bank_sha256: instrument.bank().reference().sha256,
            bank_texts: vec![bank_text.clone()],
        };
        let Version { major, minor, .. } = reference.version;
        let file_name = format!("{}-{major}.{minor}.{}.{language}.json", reference.id, bank.id);
        let json = serde_json::to_string(&pack)
            .map_err(|error| LoadError::new(&file_name, LoadFault::Unreadable(error.to_string())))?;
        packs.push(PackFile { file_name, json });
    }
    Ok(packs)
}
