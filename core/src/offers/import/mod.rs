//! Reading offers from the formats that the field has, tolerantly, and saying of every row what was repaired or refused.
//!
//! Readers are streaming: they hold one row or entry, besides eight bytes for every id that was seen and what entries refer
//! to, which is bounded. What they read goes to a function that the caller gives, so that nothing is gathered which nobody
//! wants.

mod catalogue;
mod cell;
mod concepts;
mod data_inclusion;
mod elements;
mod entry;
mod format;
mod geography;
mod ids;
mod lamednum;
mod lheo;
mod place;
mod schema_org;
mod words;
mod xml;

pub use catalogue::read_catalogue;
pub use concepts::Concepts;
pub use data_inclusion::{Structures, read_data_inclusion};
pub use format::{Format, Knowledge, read_offers};
pub use lamednum::read_lamednum;
pub use lheo::read_lheo;
pub(crate) use schema_org::OWN;
pub use schema_org::read_schema_org;

use serde::Serialize;
use thiserror::Error;

use super::Offer;

/// Largest row read, bytes: what is longer is most likely a quotation mark that is never closed.
pub const MAX_ROW_BYTES: usize = 256 << 10;
/// Largest entry of a JSON or XML file read, bytes: what is longer is most likely a bracket or an element never closed.
pub const MAX_ENTRY_BYTES: usize = 1 << 20;

/// The voucher of the French state's programme; APTIC was its issuer.
const PASS: &str = "pass-numerique";

fn sort_once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// What a reader hands over.
#[derive(Debug, Clone, PartialEq)]
pub enum Imported {
    /// An offer, and what was repaired in its row.
    Offer(Box<Offer>, Vec<Finding>),
    /// A row that is no offer, and why.
    Refused(Vec<Finding>),
}

/// Something that was repaired or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// In a table the row as a spreadsheet numbers it: the header is row 1. In JSON and XML the entry, from 1.
    pub row: u64,
    /// The column, or the member or element: `hasCourseInstance/startDate`. Empty for the whole row.
    pub column: String,
    /// What was done about it.
    pub action: Action,
    /// What is wrong.
    pub reason: Problem,
    /// What was found, 80 characters at most.
    pub value: String,
}

/// What was done about a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The row was read; the value was put right, or left out where that was not possible.
    Repaired,
    /// The row was not read.
    Refused,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Problem {
    /// A value that the format requires is missing; left unknown.
    Missing,
    /// The whole row is empty.
    EmptyRow,
    /// Fewer or more cells than the header has.
    CellCount,
    /// Not UTF-8; read as Windows-1252, or decoded twice.
    Encoding,
    /// A line break inside a value; now a space.
    LineBreak,
    /// Spaces around or doubled inside a value.
    Spaces,
    /// Not the separator of this version between values.
    Separator,
    /// A known value in other case, accents or apostrophes.
    Spelling,
    /// A value of another version of the format.
    OtherVersion,
    /// A value that the format does not have; left out.
    UnknownValue,
    /// Not of the form that the format requires; left out or kept as text.
    Form,
    /// A number whose leading zero was lost.
    LeadingZero,
    /// An identifier whose check digit is wrong; kept.
    CheckDigit,
    /// A decimal comma.
    DecimalComma,
    /// Latitude and longitude in each other's place.
    Swapped,
    /// Coordinates far from the postcode; left out.
    FarFromPostcode,
    /// A web address without `https://`.
    LinkScheme,
    /// Longer than an offer may have it; cut off.
    TooLong,
    /// An id that an earlier row has; the row number was added.
    DuplicateId,
    /// HTML in a text; taken out.
    Markup,
    /// Not JSON, or not XML.
    Malformed,
    /// The file ends within the entry.
    CutOff,
    /// It refers to something that the file does not have, or not before.
    Unlinked,
    /// More entries in a list than an offer may have; the first were kept.
    TooMany,
    /// It says that a competence is taught, and not to which level; the level is from a table.
    NoLevel,
}

impl Problem {
    /// The code in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::EmptyRow => "empty-row",
            Self::CellCount => "cell-count",
            Self::Encoding => "encoding",
            Self::LineBreak => "line-break",
            Self::Spaces => "spaces",
            Self::Separator => "separator",
            Self::Spelling => "spelling",
            Self::OtherVersion => "other-version",
            Self::UnknownValue => "unknown-value",
            Self::Form => "form",
            Self::LeadingZero => "leading-zero",
            Self::CheckDigit => "check-digit",
            Self::DecimalComma => "decimal-comma",
            Self::Swapped => "swapped",
            Self::FarFromPostcode => "far-from-postcode",
            Self::LinkScheme => "link-scheme",
            Self::TooLong => "too-long",
            Self::DuplicateId => "duplicate-id",
            Self::Markup => "markup",
            Self::Malformed => "malformed",
            Self::CutOff => "cut-off",
            Self::Unlinked => "unlinked",
            Self::TooMany => "too-many",
            Self::NoLevel => "no-level",
        }
    }
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Offers read.
    pub imported: u64,
    /// Of these, offers in whose row something was repaired.
    pub repaired: u64,
    /// Rows that were refused.
    pub refused: u64,
}

impl Counts {
    /// Counts one more row.
    pub fn add(&mut self, row: &Imported) {
        match row {
            Imported::Offer(_, findings) => {
                self.imported += 1;
                self.repaired += u64::from(!findings.is_empty());
            }
            Imported::Refused(_) => self.refused += 1,
        }
    }
}

/// A file that cannot be read, or no further.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Another format.
    #[error("the first line has no column `{column}`; is this the right format?")]
    NotThisFormat {
        /// The column that was looked for.
        column: &'static str,
    },
    /// A row without end.
    #[error("row {row} is longer than {MAX_ROW_BYTES} bytes; is a quotation mark there not closed?")]
    RowTooLong {
        /// The row.
        row: u64,
    },
    /// An entry without end.
    #[error("entry {entry} is longer than {MAX_ENTRY_BYTES} bytes; is a bracket or an element there not closed?")]
    EntryTooLong {
        /// The entry, from 1.
        entry: u64,
    },
    /// None of the formats.
    #[error(
        "this is none of the formats known: a table (CSV) of the La MedNum standard, JSON-LD of schema.org, JSON of \
         data.inclusion, XML of LHEO"
    )]
    UnknownFormat,
    /// The system cannot read on.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
}
