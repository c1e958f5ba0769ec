//! A catalogue: offers with the framework that their competences belong to.
//!
//! Two forms of the same: one JSON document, for writing by hand, and lines (`.ndjson`): the head on the first, then one
//! offer on each, for what is too large to hold at once.

use std::collections::HashSet;

use semver::Version;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fold::fold;
use super::{Coordinates, Offer, OfferError, OfferFault};
use crate::framework::{Crosswalk, Framework, FrameworkReference};
use crate::id::CompetenceId;
use crate::json;

/// Version of the catalogue format that this engine writes.
pub const CATALOGUE_FORMAT: Version = Version::new(1, 0, 0);
/// Largest catalogue read, bytes.
pub const MAX_CATALOGUE_BYTES: usize = 512 << 20;
/// Largest single offer read, bytes.
pub const MAX_OFFER_BYTES: usize = 64 << 10;
/// Most offers in a catalogue.
pub const MAX_OFFERS: usize = 1_000_000;

/// Longest id of an offer, characters.
const MAX_ID: usize = 200;
/// Longest name, title or short text, characters.
pub(crate) const MAX_SHORT: usize = 300;
/// Longest text, characters.
pub(crate) const MAX_LONG: usize = 2_000;
/// Most entries in a list of an offer.
pub(crate) const MAX_LIST: usize = 200;

/// Most towns that are named in place of one that is not there.
const MAX_SUGGESTIONS: usize = 10;

/// A checked catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    framework: FrameworkReference,
    offers: Vec<Offer>,
}

/// The members of a catalogue besides its offers; the first line of a catalogue of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueHead {
    /// Version of the format.
    pub format: Version,
    /// The framework that competences and levels are those of.
    pub framework: FrameworkReference,
}

impl CatalogueHead {
    /// The head of a catalogue for this framework.
    #[must_use]
    pub fn new(framework: FrameworkReference) -> Self {
        Self { format: CATALOGUE_FORMAT, framework }
    }

    fn check(self, framework: &Framework) -> Result<Self, OfferError> {
        if self.format.major != CATALOGUE_FORMAT.major {
            return Err(OfferError::Version { found: self.format });
        }
        if self.framework != framework.reference() {
            return Err(OfferError::OtherFramework { found: self.framework, expected: framework.reference() });
        }
        Ok(self)
    }
}

impl Catalogue {
    /// Offers of a framework, checked.
    ///
    /// # Errors
    /// The first fault with its place.
    pub fn new(framework: &Framework, offers: Vec<Offer>) -> Result<Self, OfferError> {
        if offers.len() > MAX_OFFERS {
            return Err(OfferError::TooMany { limit: MAX_OFFERS });
        }
        let mut ids = HashSet::with_capacity(offers.len());
        for (position, offer) in offers.iter().enumerate() {
            offer.check(framework.competences(), &format!("/offers/{position}"))?;
            if !ids.insert(offer.id.as_str()) {
                let fault = OfferFault::Duplicate(offer.id.clone());
                return Err(OfferError::Offer { path: format!("/offers/{position}/id"), fault });
            }
        }
        Ok(Self { framework: framework.reference(), offers })
    }

    /// Reads a catalogue of either form.
    ///
    /// # Errors
    /// The first fault with its place.
    pub fn parse(text: &str, framework: &Framework) -> Result<Self, OfferError> {
        if text.len() > MAX_CATALOGUE_BYTES {
            return Err(json::JsonError::TooLarge { bytes: text.len(), limit: MAX_CATALOGUE_BYTES }.into());
        }
        // The head of a catalogue of lines is a whole document; that of the other form is cut off by its first line end.
        let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        let head = json::parse(first, MAX_OFFER_BYTES).ok().filter(|head| head.get("offers").is_none());
        match head {
            Some(head) => Self::parse_lines(&head, text, framework),
            None => Self::parse_document(text, framework),
        }
    }

    fn parse_document(text: &str, framework: &Framework) -> Result<Self, OfferError> {
        #[derive(Deserialize)]
        struct Entries {
            offers: Vec<Offer>,
        }
        let mut document = json::parse(text, MAX_CATALOGUE_BYTES)?;
        let offers = document.as_object_mut().and_then(|members| members.remove("offers")).unwrap_or(Value::Null);
        json::read_value::<CatalogueHead>(&document, "")?.check(framework)?;
        let Entries { offers } = json::read_value(&serde_json::json!({ "offers": offers }), "")?;
        Self::new(framework, offers)
    }

    fn parse_lines(head: &Value, text: &str, framework: &Framework) -> Result<Self, OfferError> {
        let at = |line: usize| move |error| OfferError::Json { error, line: Some(line) };
        json::read_value::<CatalogueHead>(head, "").map_err(at(1))?.check(framework)?;
        let mut offers = Vec::new();
        for (number, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            if offers.len() == MAX_OFFERS {
                return Err(OfferError::TooMany { limit: MAX_OFFERS });
            }
            offers.push(json::read(line, MAX_OFFER_BYTES).map_err(at(number + 1))?);
        }
        Self::new(framework, offers)
    }

    /// The catalogue as the text of a file, indented.
    ///
    /// # Errors
    /// Only if writing JSON fails, which it does not for these types.
    pub fn to_json(&self) -> Result<String, OfferError> {
        #[derive(Serialize)]
        struct Document<'a> {
            format: Version,
            framework: &'a FrameworkReference,
            offers: &'a [Offer],
        }
        let document = Document { format: CATALOGUE_FORMAT, framework: &self.framework, offers: &self.offers };
        Ok(json::to_text(&document)?)
    }

    /// The same offers in another framework's competences; targets and prerequisites without counterpart are left out,
    /// offers whose prerequisite has none too.
    ///
    /// # Errors
    /// If the crosswalk leads to something that the framework does not have.
    pub fn translated(self, crosswalk: &Crosswalk, to: &Framework) -> Result<Self, OfferError> {
        let mut offers = Vec::with_capacity(self.offers.len());
        for mut offer in self.offers {
            offer.targets.retain_mut(|target| translate(&mut target.competence, crosswalk));
            if offer.prerequisites.iter_mut().all(|prerequisite| translate(&mut prerequisite.competence, crosswalk)) {
                offers.push(offer);
            }
        }
        Self::new(to, offers)
    }

    /// The framework.
    #[must_use]
    pub fn framework(&self) -> &FrameworkReference {
        &self.framework
    }

    /// The offers, in the order of the catalogue.
    #[must_use]
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// The middle of the offers in a town or under a postcode: the median of latitudes and of longitudes, which one wrong
    /// point does not move far. None where the catalogue has no such place with coordinates.
    #[must_use]
    pub fn locate(&self, name: &str) -> Option<Coordinates> {
        let wanted = fold(name);
        let here = |offer: &&Offer| {
            offer.place.as_ref().is_some_and(|place| {
                !wanted.is_empty() && (fold(&place.address.town) == wanted || fold(&place.address.postcode) == wanted)
            })
        };
        let points: Vec<Coordinates> =
            self.offers.iter().filter(here).filter_map(|offer| offer.place.as_ref()?.coordinates).collect();
        let middle = |of: fn(Coordinates) -> i32| {
            let mut values: Vec<i32> = points.iter().copied().map(of).collect();
            values.sort_unstable();
            values.get(values.len() / 2).copied()
        };
        Coordinates::new(middle(Coordinates::latitude)?, middle(Coordinates::longitude)?).ok()
    }

    /// Towns of the catalogue that begin like `name`, at most ten, sorted.
    #[must_use]
    pub fn places_like(&self, name: &str) -> Vec<String> {
        let wanted = fold(name);
        let begins: String = wanted.chars().take(3).collect();
        let mut found: Vec<String> = Vec::new();
        for place in self.offers.iter().filter_map(|offer| offer.place.as_ref()) {
            let town = &place.address.town;
            if !begins.is_empty()
                && !town.is_empty()
                && fold(town).starts_with(&begins)
                && let Err(position) = found.binary_search(town)
            {
                found.insert(position, town.clone());
                found.truncate(MAX_SUGGESTIONS);
            }
        }
        found
    }
}

fn translate(competence: &mut CompetenceId, crosswalk: &Crosswalk) -> bool {
    let Some(other) = crosswalk.translate(competence) else { return false };
    *competence = other.clone();
    true
}

impl Offer {
    /// Checks lengths, levels, dates, link and competences; `path` is where the offer stands.
    ///
    /// # Errors
    /// The first fault with its place.
    pub fn check(&self, competences: &[CompetenceId], path: &str) -> Result<(), OfferError> {
        let fault = |member: &str, fault| Err(OfferError::Offer { path: format!("{path}/{member}"), fault });
        let must = [
            ("id", &self.id, MAX_ID),
            ("title", &self.title, MAX_SHORT),
            ("source/name", &self.source.name, MAX_SHORT),
        ];
        let may = [
            ("provider", &self.provider, MAX_SHORT),
            ("description", &self.description, MAX_LONG),
            ("territory", &self.territory, MAX_SHORT),
            ("cost/details", &self.cost.details, MAX_LONG),
            ("hours", &self.hours, MAX_SHORT),
            ("link", &self.link, MAX_LONG),
        ];
        for (member, text, limit) in must {
            if text.trim().is_empty() || longer(text, limit) {
                return fault(member, OfferFault::Length { limit });
            }
        }
        for (member, text, limit) in may {
            if longer(text, limit) {
                return fault(member, OfferFault::Length { limit });
            }
        }
        if let Some(place) = &self.place {
            let address = &place.address;
            for text in [&address.street, &address.postcode, &address.town, &address.town_code] {
                if longer(text, MAX_SHORT) {
                    return fault("place/address", OfferFault::Length { limit: MAX_SHORT });
                }
            }
        }
        for (member, entries) in [
            ("targets", self.targets.len()),
            ("prerequisites", self.prerequisites.len()),
            ("services", self.services.len()),
            ("languages", self.languages.len()),
            ("dates", self.dates.len()),
            ("cost/passes", self.cost.passes.len()),
        ] {
            if entries > MAX_LIST {
                return fault(member, OfferFault::TooMany { limit: MAX_LIST });
            }
        }
        for (position, target) in self.targets.iter().enumerate() {
            let before = self.targets.iter().take(position);
            if target.to <= target.from {
                return fault(&format!("targets/{position}/to"), OfferFault::Levels);
            }
            let member = format!("targets/{position}/competence");
            if before.clone().any(|other| other.competence == target.competence) {
                return fault(&member, OfferFault::Repeated(target.competence.clone()));
            }
            if !competences.contains(&target.competence) {
                return fault(&member, OfferFault::UnknownCompetence(target.competence.clone()));
            }
        }
        for (position, prerequisite) in self.prerequisites.iter().enumerate() {
            let member = format!("prerequisites/{position}/competence");
            if self.prerequisites.iter().take(position).any(|other| other.competence == prerequisite.competence) {
                return fault(&member, OfferFault::Repeated(prerequisite.competence.clone()));
            }
            if !competences.contains(&prerequisite.competence) {
                return fault(&member, OfferFault::UnknownCompetence(prerequisite.competence.clone()));
            }
        }
        if let Some(position) = self.dates.iter().position(|period| period.end.is_some_and(|end| end < period.start)) {
            return fault(&format!("dates/{position}/end"), OfferFault::Period);
        }
        if let Some(position) =
            self.services.iter().position(|service| service.is_empty() || longer(service, MAX_SHORT))
        {
            return fault(&format!("services/{position}"), OfferFault::Length { limit: MAX_SHORT });
        }
        if let Some(position) = self.cost.passes.iter().position(|pass| !is_word(pass)) {
            return fault(&format!("cost/passes/{position}"), OfferFault::Pass);
        }
        if !self.link.is_empty() && !self.link.starts_with("http://") && !self.link.starts_with("https://") {
            return fault("link", OfferFault::Link);
        }
        Ok(())
    }
}

fn longer(text: &str, limit: usize) -> bool {
    // Bytes are at least as many as characters: most texts need no counting.
    text.len() > limit && text.chars().nth(limit).is_some()
}

fn is_word(pass: &str) -> bool {
    (1..=64).contains(&pass.len()) && pass.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
