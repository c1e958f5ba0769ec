//! The data files that travel with the widget: frameworks, item banks and their texts, packed by language.
//!
//! The one place where the build meets the `frameworks` crate.

use anyhow::Result;

/// One data file as it is shipped.
pub(crate) struct Pack {
    /// Name inside `data/`.
    pub(crate) file_name: String,
    /// Its content.
    pub(crate) json: String,
}

/// Every data file.
pub(crate) fn packs() -> Result<Vec<Pack>> {
    Ok(Vec::new())
}
