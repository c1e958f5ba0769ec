//! The data files that travel with the widget: frameworks, item banks and their texts, packed by language.
//!
//! The one place where the build meets the `frameworks` crate.

use anyhow::{Context, Result};
use skills_passport_frameworks::{Library, PackFile};

/// Every data file.
pub(crate) fn packs() -> Result<Vec<PackFile>> {
    skills_passport_frameworks::packs(&Library::shipped()).context("the data files cannot be packed")
}
