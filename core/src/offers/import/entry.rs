//! What readers of JSON and XML share: an entry that holds one offer or several, and what becomes of it.

use super::cell::Notes;
use super::{Finding, Imported, Problem};
use crate::offers::Offer;

/// Longest text taken apart for markup, bytes; longer ones are cut off anyway.
const MAX_MARKUP: usize = 64 << 10;

impl Notes {
    /// A text on one line, without the HTML that it may hold.
    pub(super) fn plain(&mut self, column: &str, text: &str, limit: usize) -> String {
        let within = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= MAX_MARKUP).last().unwrap_or(0);
        let short = if text.len() > MAX_MARKUP { text.get(..within).unwrap_or_default() } else { text };
        let bare = without_markup(short);
        if bare != short {
            self.repaired(column, Problem::Markup, text);
        }
        // A description may have several lines: that is no defect where there are no cells.
        let flat = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text(column, flat.as_bytes(), limit)
    }

    pub(super) fn take(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// The entry is no offer.
    pub(super) fn refuse(&mut self, column: &str, reason: Problem, value: &str) -> Imported {
        self.refused(column, reason, value);
        Imported::Refused(self.take())
    }

    /// The entry is this offer.
    pub(super) fn offer(&mut self, offer: Offer) -> Imported {
        Imported::Offer(Box::new(offer), self.take())
    }
}

/// The text without tags, and with the signs that common character references stand for.
fn without_markup(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    // Escaped once more than needed, a tag hides as a reference: taken out on the second pass.
    untagged(&unescaped(&untagged(text)))
}

fn untagged(text: &str) -> String {
    let (mut bare, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('<') {
        bare.push_str(before);
        let is_tag = after.starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!".contains(sign));
        match after.split_once('>').filter(|_| is_tag) {
            Some((_, behind)) => {
                bare.push(' ');
                rest = behind;
            }
            None => {
                bare.push('<');
                rest = after;
            }
        }
    }
    bare.push_str(rest);
    bare
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let known = after.split_once(';').and_then(|(name, behind)| Some((reference(name)?, behind)));
        match known {
            Some((sign, behind)) => {
                plain.push(sign);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The sign of a character reference, of those that French texts have.
pub(super) fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|sign| !sign.is_control() || sign.is_whitespace());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "agrave" => 'à',
        "acirc" => 'â',
        "ccedil" => 'ç',
        "eacute" => 'é',
        "Eacute" => 'É',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "euml" => 'ë',
        "icirc" => 'î',
        "iuml" => 'ï',
        "ocirc" => 'ô',
        "oelig" => 'œ',
        "ugrave" => 'ù',
        "ucirc" => 'û',
        "laquo" => '«',
        "raquo" => '»',
        "rsquo" => '’',
        "lsquo" => '‘',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "euro" => '€',
        "deg" => '°',
        _ => return None,
    })
}
