//! The data files that travel with the widget: frameworks, item banks and their texts, packed by language.
//!
//! The one place where the build meets the `frameworks` crate.

use anyhow::{Context, Result};
use skills_passport_frameworks::{Library, PackFile};

/// Every data file.
pub(crate) fn packs() -> Result<Vec<PackFile>> {
    let library = Library::shipped();
    let pack = || -> Result<Vec<PackFile>, skills_passport_frameworks::LoadError> {
        let mut files = skills_passport_frameworks::packs(&library)?;
        files.extend(skills_passport_frameworks::start_packs(&library)?);
        Ok(files)
    };
    pack().context("the data files cannot be packed")
}
