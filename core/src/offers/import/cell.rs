//! The cells of one row, read with what is noticed on the way.

use super::{Action, Finding, Problem};
use crate::offers::catalogue::MAX_LONG;
use crate::offers::{Date, fold};

/// Longest piece of a value that a finding repeats, characters.
const QUOTE: usize = 80;

/// What is found in one row.
pub(super) struct Notes {
    row: u64,
    pub(super) findings: Vec<Finding>,
}

impl Notes {
    pub(super) fn new(row: u64) -> Self {
        Self { row, findings: Vec::new() }
    }

    /// The number of the row or entry.
    pub(super) fn number(&self) -> u64 {
        self.row
    }

    pub(super) fn repaired(&mut self, column: &str, reason: Problem, value: &str) {
        self.note(column, Action::Repaired, reason, value);
    }

    pub(super) fn refused(&mut self, column: &str, reason: Problem, value: &str) {
        self.note(column, Action::Refused, reason, value);
    }

    fn note(&mut self, column: &str, action: Action, reason: Problem, value: &str) {
        let value = value.chars().take(QUOTE).collect();
        self.findings.push(Finding { row: self.row, column: column.to_owned(), action, reason, value });
    }

    /// The text of a cell: decoded, on one line, with single spaces, at most `limit` characters.
    pub(super) fn text(&mut self, column: &str, bytes: &[u8], limit: usize) -> String {
        let text = self.decoded(column, bytes);
        let mut clean = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !clean.is_empty() {
                clean.push(' ');
            }
            clean.extend(word.chars().filter(|letter| !letter.is_control()));
        }
        if text.trim().contains(['\n', '\r']) {
            self.repaired(column, Problem::LineBreak, &clean);
        } else if clean != text && !clean.is_empty() {
            self.repaired(column, Problem::Spaces, &clean);
        }
        if clean.chars().nth(limit).is_some() {
            self.repaired(column, Problem::TooLong, &clean);
            clean = clean.chars().take(limit).collect::<String>().trim_end().to_owned();
        }
        clean
    }

    pub(super) fn decoded(&mut self, column: &str, bytes: &[u8]) -> String {
        let Ok(text) = std::str::from_utf8(bytes) else {
            let text: String = bytes.iter().map(|byte| windows_1252(*byte)).collect();
            self.repaired(column, Problem::Encoding, &text);
            return text;
        };
        // UTF-8 that somebody took for Latin-1 and encoded again: `Ã©` for `é`.
        if text.contains(['Ã', 'Â', 'â']) {
            let once: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(letter).ok()).collect();
            if let Some(repaired) = once.and_then(|bytes| String::from_utf8(bytes).ok()) {
                self.repaired(column, Problem::Encoding, text);
                return repaired;
            }
        }
        text.to_owned()
    }

    /// The values of a cell. The separator of another version is accepted where a piece is not `known` as a whole.
    pub(super) fn values(
        &mut self,
        column: &str,
        cell: &str,
        marks: (char, char),
        known: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let mut values = Vec::new();
        for piece in cell.split(marks.0).map(str::trim).filter(|piece| !piece.is_empty()) {
            if piece.contains(marks.1) && !known(piece) {
                self.repaired(column, Problem::Separator, piece);
                values.extend(piece.split(marks.1).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned));
            } else {
                values.push(piece.to_owned());
            }
        }
        values
    }

    /// The meaning of a value among known ones, however it is spelled.
    pub(super) fn meaning<T: Copy>(&mut self, column: &str, value: &str, known: &[(&str, T)]) -> Option<T> {
        if let Some((_, meaning)) = known.iter().find(|(word, _)| *word == value) {
            return Some(*meaning);
        }
        let folded = fold(value);
        let found = known.iter().find(|(word, _)| fold(word) == folded);
        self.repaired(column, if found.is_some() { Problem::Spelling } else { Problem::UnknownValue }, value);
        found.map(|(_, meaning)| *meaning)
    }

    /// The same where another spelling is no defect, because the format prescribes none.
    pub(super) fn meaning_of<T: Copy>(&mut self, column: &str, value: &str, known: &[(&str, T)]) -> Option<T> {
        let folded = fold(value);
        let found = known.iter().find(|(word, _)| *word == folded).map(|(_, meaning)| *meaning);
        if found.is_none() {
            self.repaired(column, Problem::UnknownValue, value);
        }
        found
    }

    /// A code of digits that a spreadsheet may have taken the leading zero from.
    pub(super) fn five_digits(&mut self, column: &str, text: String, pattern: fn(&str) -> bool) -> String {
        if text.is_empty() || pattern(&text) {
            return text;
        }
        let padded = format!("0{text}");
        if text.len() == 4 && pattern(&padded) {
            self.repaired(column, Problem::LeadingZero, &text);
            return padded;
        }
        self.repaired(column, Problem::Form, &text);
        String::new()
    }

    /// A day in one of the forms that occur.
    pub(super) fn date(&mut self, column: &str, text: &str) -> Option<Date> {
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        if text.is_empty() {
            self.repaired(column, Problem::Missing, "");
            return None;
        }
        self.repaired(column, Problem::Form, text);
        let iso = text.get(..10).and_then(|head| head.parse().ok());
        iso.or_else(|| {
            let mut parts = text.split(['/', '.', '-']);
            let mut number = || parts.next()?.trim().parse::<u16>().ok();
            let (day, month, year) = (number()?, number()?, number()?);
            Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })
    }

    /// A number of degrees as millionths.
    pub(super) fn degrees(&mut self, column: &str, text: &str) -> Option<i32> {
        if text.is_empty() {
            return None;
        }
        let point = text.replace(',', ".");
        if point != text {
            self.repaired(column, Problem::DecimalComma, text);
        }
        let plain = point.bytes().all(|byte| byte.is_ascii_digit() || b".-+".contains(&byte)) && point.len() <= 40;
        match point.parse::<f64>() {
            Ok(degrees) if plain && degrees.abs() <= 180.0 => Some(libm::round(degrees * 1e6) as i32),
            _ => {
                self.repaired(column, Problem::Form, text);
                None
            }
        }
    }

    /// The first web address among several.
    pub(super) fn link(&mut self, column: &str, text: &str, marks: (char, char)) -> String {
        let first =
            text.split([marks.0, marks.1, ' ']).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
        if first.is_empty() || first.starts_with("https://") || first.starts_with("http://") {
            return first.to_owned();
        }
        let rest = ["http://", "https://"].iter().find_map(|scheme| {
            let (head, rest) = first.split_at_checked(scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then_some(rest)
        });
        let bare = rest.or((first.contains('.') && !first.contains([':', '@'])).then_some(first));
        let link = bare.map(|bare| format!("https://{bare}")).filter(|link| link.chars().nth(MAX_LONG).is_none());
        self.repaired(column, if link.is_some() { Problem::LinkScheme } else { Problem::Form }, first);
        link.unwrap_or_default()
    }
}

/// The signs of Windows-1252 that French texts use; the rest is as in Latin-1.
fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x8c => 'Œ',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x9c => 'œ',
        _ => char::from(byte),
    }
}
