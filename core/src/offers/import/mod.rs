//! Reading offers from the formats that the field has, tolerantly, and saying of every row what was repaired or refused.
//!
//! Readers are streaming: they hold one row, besides eight bytes for every id that was seen. What they read goes to a
//! function that the caller gives, so that nothing is gathered which nobody wants.

mod cell;
mod geography;
mod lamednum;

pub use lamednum::read_lamednum;

use serde::Serialize;
use thiserror::Error;

use super::Offer;

/// Largest row read, bytes: what is longer is most likely a quotation mark that is never closed.
pub const MAX_ROW_BYTES: usize = 256 << 10;

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
    /// The row as a spreadsheet numbers it: the header is row 1.
    pub row: u64,
    /// The column.
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
    /// The system cannot read on.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
}
