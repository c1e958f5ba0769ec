//! Which format a file has, and reading it whatever it is.

use std::io::Read;

use super::{
    Concepts, Counts, ImportError, Imported, Structures, read_data_inclusion, read_lamednum, read_lheo, read_schema_org,
};
use crate::offers::Tables;

/// A format that offers come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Places of the La MedNum standard, CSV.
    LaMedNum,
    /// Courses of schema.org, JSON-LD.
    SchemaOrg,
    /// Services and structures of data.inclusion, JSON.
    DataInclusion,
    /// Training offers of LHÉO, XML.
    Lheo,
}

/// What readers know besides the file.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// What services, themes, codes and levels stand for.
    pub tables: Tables,
    /// What competences are called.
    pub concepts: Concepts,
    /// Structures that services of data.inclusion refer to, from another file.
    pub structures: Structures,
}

impl Format {
    /// The formats with the names that people call them by.
    pub const ALL: [(&'static str, Self); 4] = [
        ("lamednum", Self::LaMedNum),
        ("schema-org", Self::SchemaOrg),
        ("data-inclusion", Self::DataInclusion),
        ("lheo", Self::Lheo),
    ];

    /// The format of a file by its beginning (some thousand bytes are enough); none where it is a catalogue of ours or
    /// cannot be told.
    #[must_use]
    pub fn of_beginning(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let has = |member: &str| text.contains(&format!("\"{member}\""));
        if text.starts_with('<') {
            return Some(Self::Lheo);
        }
        if !text.starts_with(['{', '[']) {
            let head = text.lines().next().unwrap_or_default().to_lowercase();
            return (head.contains("nom") && head.contains("services")).then_some(Self::LaMedNum);
        }
        if has("@context") || has("@type") || has("@graph") {
            return Some(Self::SchemaOrg);
        }
        if has("offers") && has("framework") || has("format") && has("framework") {
            return None;
        }
        let is_theirs = ["structure_id", "thematiques", "structures", "services", "date_maj"].into_iter().any(has);
        is_theirs.then_some(Self::DataInclusion)
    }

    /// The name that people call it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| *name)
    }
}

/// Reads offers of a format one by one and hands each over; `name` is what the file is called as a source.
///
/// # Errors
/// If the file is of another format, a row or entry has no end, or the system cannot read on. What was handed over before
/// stays.
pub fn read_offers(
    format: Format,
    input: impl Read,
    name: &str,
    knowledge: &Knowledge,
    each: &mut dyn FnMut(Imported),
) -> Result<Counts, ImportError> {
    let Knowledge { tables, concepts, structures } = knowledge;
    match format {
        Format::LaMedNum => read_lamednum(input, name, tables, each),
        Format::SchemaOrg => read_schema_org(input, name, tables, concepts, each),
        Format::DataInclusion => read_data_inclusion(input, name, tables, structures, each),
        Format::Lheo => read_lheo(input, name, tables, concepts, each),
    }
}
