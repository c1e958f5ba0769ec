//! Links into a public map of places: its address and the names of its filters are data.
//!
//! A link says what the learner chose for it, a theme and a place, and nothing else.

use serde::{Deserialize, Serialize};

use crate::json::{self, JsonError};
use crate::offers::{Coordinates, Tables};
use crate::profile::Evidence;
use crate::profile::Profile;
use crate::table::Table;

/// Largest description of a map read, bytes.
const MAX_DIRECTORY_BYTES: usize = 64 << 10;

/// A public map of places (`frameworks/offers/national-map.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Directory {
    /// Its name, spelled as it spells itself.
    pub name: String,
    /// Its address, `https://`.
    pub address: String,
    /// Where the names of its parameters are documented.
    pub source: String,
    /// What is assumed about it beyond that.
    pub assumptions: Vec<String>,
    /// The names of its parameters.
    pub parameters: Parameters,
    /// How near to look at a place.
    pub zoom: u8,
    /// The word for a département as kind of territory.
    pub department: String,
    /// The table (see [`Tables`]) that says which competences a theme is about.
    pub vocabulary: String,
    /// What can be looked for.
    pub themes: Vec<Theme>,
}

/// The names of parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Parameters {
    /// Of the theme.
    pub theme: String,
    /// Of the middle's latitude, degrees.
    pub latitude: String,
    /// Of its longitude, degrees.
    pub longitude: String,
    /// Of how near to look.
    pub zoom: String,
    /// Of the kind of a territory.
    pub territory_kind: String,
    /// Of the territory's code.
    pub territory: String,
}

/// Something that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The map's word for it.
    pub code: String,
    /// Ours, by language.
    pub labels: Table<String, String>,
}

impl Theme {
    /// What to call it in a language; its own word where there is no other.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        self.labels.get(&language.to_owned()).unwrap_or(&self.code)
    }
}

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// Everywhere.
    Anywhere,
    /// Around a point.
    Around(Coordinates),
    /// In the département of a French postcode; everywhere if it is none.
    Postcode(&'a str),
}

impl Directory {
    /// Reads the description of a map.
    ///
    /// # Errors
    /// If it is not one, or its address is not a secure one without a query.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        let directory: Self = json::read(text, MAX_DIRECTORY_BYTES)?;
        if directory.address.starts_with("https://") && !directory.address.contains(['?', '#']) {
            Ok(directory)
        } else {
            let message = "an address begins with `https://` and has neither `?` nor `#`".to_owned();
            Err(JsonError::Shape { message, path: "/address".to_owned() })
        }
    }

    /// The themes about something that the learner could work on next: at their level, on enough evidence. In the order of
    /// the map.
    #[must_use]
    pub fn themes_for<'a>(&'a self, profile: &Profile, tables: &Tables) -> Vec<&'a Theme> {
        let helps = |theme: &&Theme| {
            let targets = tables.entry(&self.vocabulary, &theme.code).map(|entry| Tables::derive([entry]));
            targets.unwrap_or_default().iter().any(|target| {
                profile.competences.iter().any(|result| {
                    let estimate = &result.estimate;
                    result.competence == target.competence
                        && estimate.evidence != Evidence::NotEnough
                        && target.from <= estimate.level
                        && estimate.level < target.to
                })
            })
        };
        self.themes.iter().filter(helps).collect()
    }

    /// The link to the map, at a theme and a spot.
    #[must_use]
    pub fn link(&self, theme: Option<&Theme>, spot: Spot<'_>) -> String {
        let names = &self.parameters;
        let mut link = self.address.clone();
        let mut mark = '?';
        let mut add = |name: &str, value: &str| {
            link.push(mark);
            link.push_str(name);
            link.push('=');
            encode(value, &mut link);
            mark = '&';
        };
        if let Some(theme) = theme {
            add(&names.theme, &theme.code);
        }
        match spot {
            Spot::Anywhere => {}
            Spot::Around(point) => {
                add(&names.latitude, &degrees(point.latitude()));
                add(&names.longitude, &degrees(point.longitude()));
                add(&names.zoom, &self.zoom.to_string());
            }
            Spot::Postcode(postcode) => {
                if let Some(code) = department(postcode) {
                    add(&names.territory_kind, &self.department);
                    add(&names.territory, &code);
                }
            }
        }
        link
    }
}

/// The code of the French département of a postcode: its first two digits, three overseas; Corsica has letters.
#[must_use]
pub fn department(postcode: &str) -> Option<String> {
    let digits: String = postcode.chars().filter(|sign| !sign.is_whitespace()).collect();
    if digits.len() != 5 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (two, three) = (digits.get(..2)?, digits.get(..3)?);
    match (two, three) {
        (_, "200" | "201") => Some("2A".to_owned()),
        ("20", _) => Some("2B".to_owned()),
        ("97", _) => Some(three.to_owned()),
        _ if (1..=95).contains(&two.parse::<u8>().ok()?) => Some(two.to_owned()),
        _ => None,
    }
}

/// Millionths of a degree as decimal degrees, to the hundredth: about a kilometre, near enough to find a town and no more.
fn degrees(millionths: i32) -> String {
    let hundredths = (i64::from(millionths.unsigned_abs()) + 5_000) / 10_000;
    let sign = if millionths < 0 && hundredths > 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Percent-encoding of everything but unreserved characters (RFC 3986, 2.3).
fn encode(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(DIGITS.get(usize::from(half)).copied().map_or('0', char::from));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_leads_to_its_department() {
        for (postcode, code) in [
            ("16140", Some("16")),
            ("01 000", Some("01")),
            ("20000", Some("2A")),
            ("20200", Some("2B")),
            ("97410", Some("974")),
            ("75011", Some("75")),
            ("98000", None),
            ("00100", None),
            ("1614", None),
            ("Saint-Fraigne", None),
            ("١٢٣٤٥", None),
        ] {
            assert_eq!(department(postcode).as_deref(), code, "{postcode}");
        }
    }

    #[test]
    fn degrees_are_rounded_to_the_hundredth() {
        for (millionths, text) in
            [(45_952_791, "45.95"), (-8_588, "-0.01"), (-4_999, "0.00"), (5_000, "0.01"), (-179_999_999, "-180.00")]
        {
            assert_eq!(degrees(millionths), text);
        }
    }
}
