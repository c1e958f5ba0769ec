//! data.inclusion, the French scheme of social services: services and structures of version 1, as JSON.
//!
//! A service becomes an offer, in French, whose targets are derived from its themes. What it does not say of its place is
//! that of its structure, if structures are known. A structure itself becomes an offer without targets: a place whose
//! services stand elsewhere, which is never recommended. The costs of version 0 are understood.

use std::collections::HashMap;
use std::io::Read;

use serde_json::Value;

use super::cell::Notes;
use super::elements::{Element, Elements};
use super::ids::Ids;
use super::words::{PUBLICS, audiences, modalities};
use super::{Counts, ImportError, Imported, PASS, Problem, sort_once};
use crate::offers::{Address, Cost, CostKind, Modality, Offer, OfferSource, Place, Support, TableEntry, Tables};

const VOCABULARY: &str = "data-inclusion-themes";
/// Members of an object whose arrays hold entries.
const LISTS: &[&str] = &["services", "structures", "items", "results", "data"];
/// Most structures that are kept for services to refer to: some 300 bytes each.
const MAX_STRUCTURES: usize = 500_000;
/// Most values of a list that are read.
const MAX_VALUES: usize = 200;

const MODES: &[(&str, Modality)] = &[("en-presentiel", Modality::OnSite), ("a-distance", Modality::Remote)];
const TYPES: &[(&str, Kind)] = &[
    ("accompagnement", Kind::Teaches(Some(Support::Individual))),
    ("atelier", Kind::Teaches(Some(Support::Group))),
    ("formation", Kind::Teaches(None)),
    ("information", Kind::Teaches(None)),
    ("aide-financiere", Kind::Gives),
    ("aide-materielle", Kind::Gives),
];
const COSTS: &[(&str, CostKind)] = &[("gratuit", CostKind::Free), ("payant", CostKind::Paid)];
const OLD_COSTS: &[(&str, Option<CostKind>)] = &[
    ("gratuit-sous-conditions", Some(CostKind::Conditional)),
    ("adhesion", Some(CostKind::Conditional)),
    ("pass-numerique", None),
];

/// What a type of service does for a person.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// It may teach something.
    Teaches(Option<Support>),
    /// It gives money or things: whatever its themes are, it teaches nothing.
    Gives,
}

/// Structures that services refer to.
#[derive(Debug, Clone, Default)]
pub struct Structures(HashMap<String, Structure>);

#[derive(Debug, Clone)]
struct Structure {
    name: String,
    place: Option<Place>,
    hours: String,
}

impl Structures {
    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Remembers the structures of a file, up to half a million; other entries are passed over, and so is what is damaged:
    /// reading the file for itself reports it.
    ///
    /// # Errors
    /// If the file is not JSON at all, an entry has no end, or the system cannot read on.
    pub fn add(&mut self, input: impl Read) -> Result<(), ImportError> {
        let mut elements = Elements::new(input, LISTS)?;
        while let Some(element) = elements.next()? {
            let mut notes = Notes::new(element.number);
            if let Ok(value) = notes.json(&element) {
                self.remember(&mut Entry { value: &value, notes });
            }
        }
        Ok(())
    }

    fn remember(&mut self, entry: &mut Entry<'_>) {
        let id = entry.text("id", 300);
        if entry.value.get("structure_id").is_some() || id.is_empty() || self.0.len() >= MAX_STRUCTURES {
            return;
        }
        let structure = Structure {
            name: entry.text("nom", 300),
            place: entry.place(),
            hours: entry.text("horaires_accueil", 300),
        };
        self.0.insert(id, structure);
    }
}

/// Reads services and structures one by one and hands each over. The file is an array, an object with the members
/// `services` and `structures`, or lines; `name` is what it is called as a source. Structures that come before their
/// services, and `known` ones, complete them.
///
/// # Errors
/// If it is not JSON at all, an entry has no end, or the system cannot read on. What was handed over before stays.
pub fn read_data_inclusion(
    input: impl Read,
    name: &str,
    tables: &Tables,
    known: &Structures,
    each: &mut dyn FnMut(Imported),
) -> Result<Counts, ImportError> {
    let mut elements = Elements::new(input, LISTS)?;
    let (mut counts, mut ids, mut seen) = (Counts::default(), Ids::default(), Structures::default());
    while let Some(element) = elements.next()? {
        let mut notes = Notes::new(element.number);
        let read = match notes.json(&element) {
            Ok(value) => {
                let mut entry = Entry { value: &value, notes };
                let is_service = value.get("structure_id").is_some() || value.get("thematiques").is_some();
                if is_service {
                    let structures = [&seen, known];
                    entry.service(name, tables, structures, &mut ids)
                } else {
                    seen.remember(&mut Entry { value: &value, notes: Notes::new(element.number) });
                    entry.structure(name, &mut ids)
                }
            }
            Err(refused) => refused,
        };
        counts.add(&read);
        each(read);
    }
    Ok(counts)
}

impl Notes {
    /// The object of an entry, or why there is none.
    pub(super) fn json(&mut self, element: &Element) -> Result<Value, Imported> {
        let whole = std::str::from_utf8(&element.bytes).map(std::borrow::Cow::Borrowed);
        let text = whole.unwrap_or_else(|_| self.decoded("", &element.bytes).into());
        let begin: String = text.trim().chars().take(80).collect();
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if value.is_object() => Ok(value),
            _ if element.is_cut => Err(self.refuse("", Problem::CutOff, &begin)),
            Ok(_) => Err(self.refuse("", Problem::Form, &begin)),
            Err(_) => Err(self.refuse("", Problem::Malformed, &begin)),
        }
    }
}

/// One entry while it is read.
struct Entry<'a> {
    value: &'a Value,
    notes: Notes,
}

impl Entry<'_> {
    fn text(&mut self, member: &str, limit: usize) -> String {
        match self.value.get(member) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => self.notes.plain(member, text, limit),
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => {
                self.notes.repaired(member, Problem::Form, &other.to_string());
                String::new()
            }
        }
    }

    fn required(&mut self, member: &str, limit: usize) -> String {
        let text = self.text(member, limit);
        if text.is_empty() {
            self.notes.repaired(member, Problem::Missing, "");
        }
        text
    }

    /// The values of a list; a single value, or several in one text, are accepted.
    fn list(&mut self, member: &str) -> Vec<String> {
        let mut values = Vec::new();
        match self.value.get(member) {
            None | Some(Value::Null) => {}
            Some(Value::Array(entries)) => {
                if entries.len() > MAX_VALUES {
                    self.notes.repaired(member, Problem::TooMany, &entries.len().to_string());
                }
                for entry in entries.iter().take(MAX_VALUES) {
                    match entry {
                        Value::String(text) => values.push(self.notes.text(member, text.as_bytes(), 300)),
                        other => self.notes.repaired(member, Problem::Form, &other.to_string()),
                    }
                }
            }
            Some(Value::String(text)) => {
                if !text.trim().is_empty() {
                    self.notes.repaired(member, Problem::Separator, text);
                    let parts = text.split([',', '|', ';']).map(|part| part.trim().trim_matches(['{', '}', '"']));
                    values.extend(parts.filter(|part| !part.is_empty()).take(MAX_VALUES).map(str::to_owned));
                }
            }
            Some(other) => self.notes.repaired(member, Problem::Form, &other.to_string()),
        }
        values.retain(|value| !value.is_empty());
        values
    }

    fn meanings<T: Copy>(&mut self, member: &str, known: &[(&str, T)]) -> Vec<T> {
        let values = self.list(member);
        values.iter().filter_map(|value| self.notes.meaning(member, value, known)).collect()
    }

    fn place(&mut self) -> Option<Place> {
        let (street, more) = (self.text("adresse", 300), self.text("complement_adresse", 300));
        let street = if more.is_empty() { street } else { format!("{street}, {more}") };
        let street: String = street.trim_start_matches(", ").chars().take(300).collect();
        let (postcode, town) = (self.text("code_postal", 300), self.text("commune", 300));
        let postcode = self.notes.postcode("code_postal", postcode);
        let town_code = self.text("code_insee", 300);
        let town_code = self.notes.town_code("code_insee", town_code);
        let (latitude, longitude) = (self.text("latitude", 60), self.text("longitude", 60));
        let coordinates = self.notes.coordinates(["latitude", "longitude"], &latitude, &longitude, &postcode);
        let address = Address { street, postcode, town, town_code };
        let place = Place { coordinates, address, itinerant: false };
        (place != Place::default()).then_some(place)
    }

    fn source(&mut self, name: &str) -> OfferSource {
        let source = self.required("source", 300);
        let date = self.text("date_maj", 60);
        let date = self.notes.date("date_maj", &date);
        OfferSource { name: if source.is_empty() { name.to_owned() } else { source }, date }
    }

    fn link(&mut self, members: [&str; 2]) -> String {
        let links = members.map(|member| {
            let text = self.text(member, 2000);
            self.notes.link(member, &text, (' ', '|'))
        });
        links.into_iter().find(|link| !link.is_empty()).unwrap_or_default()
    }

    fn service(&mut self, name: &str, tables: &Tables, structures: [&Structures; 2], ids: &mut Ids) -> Imported {
        let title = self.text("nom", 300);
        if title.is_empty() {
            return self.notes.refuse("nom", Problem::Missing, "");
        }
        let id = self.required("id", 300);
        let id = ids.unique(&mut self.notes, "id", &id, "entry");
        let structure_id = self.required("structure_id", 300);
        let structure = structures.into_iter().find_map(|known| known.0.get(&structure_id));
        if structure.is_none() && structures.iter().any(|known| !known.is_empty()) && !structure_id.is_empty() {
            self.notes.repaired("structure_id", Problem::Unlinked, &structure_id);
        }
        let mut description = self.required("description", 2000);
        let conditions = self.text("conditions_acces", 600);
        if !conditions.is_empty() {
            let room = 2000_usize.saturating_sub(conditions.chars().count() + 1);
            description = description.chars().take(room).collect::<String>();
            description = format!("{description} {conditions}").trim().to_owned();
        }
        let kind = self.text("type", 60);
        let kind = if kind.is_empty() { None } else { self.notes.meaning("type", &kind, TYPES) };
        let (services, entries) = self.themes(tables);
        let (targets, support) = match kind {
            Some(Kind::Gives) => (Vec::new(), None),
            Some(Kind::Teaches(support)) => (Tables::derive(entries), support),
            None => (Tables::derive(entries), None),
        };
        let place = self.place();
        let zone = self.list("zone_eligibilite").join(", ").chars().take(300).collect();
        let hours = self.text("horaires_accueil", 300);
        let provider = structure.map_or(structure_id, |structure| structure.name.clone());
        let offer = Offer {
            id,
            title,
            provider,
            description,
            targets,
            prerequisites: Vec::new(),
            services,
            modalities: modalities(self.meanings("modes_accueil", MODES)),
            support: support.into_iter().collect(),
            place: place.or_else(|| structure.and_then(|structure| structure.place.clone())),
            territory: zone,
            languages: "fr".parse().into_iter().collect(),
            cost: self.cost(),
            audiences: audiences(self.meanings("publics", PUBLICS)),
            accessibility: Vec::new(),
            dates: Vec::new(),
            hours: if hours.is_empty() {
                structure.map(|known| known.hours.clone()).unwrap_or_default()
            } else {
                hours
            },
            link: self.link(["lien_source", "lien_mobilisation"]),
            source: self.source(name),
        };
        self.notes.offer(offer)
    }

    fn structure(&mut self, name: &str, ids: &mut Ids) -> Imported {
        let title = self.text("nom", 300);
        if title.is_empty() {
            return self.notes.refuse("nom", Problem::Missing, "");
        }
        let id = self.required("id", 300);
        let id = ids.unique(&mut self.notes, "id", &id, "entry");
        let offer = Offer {
            id,
            provider: title.clone(),
            title,
            description: self.text("description", 2000),
            targets: Vec::new(),
            prerequisites: Vec::new(),
            services: Vec::new(),
            modalities: Vec::new(),
            support: Vec::new(),
            place: self.place(),
            territory: String::new(),
            languages: Vec::new(),
            cost: Cost::default(),
            audiences: Vec::new(),
            accessibility: Vec::new(),
            dates: Vec::new(),
            hours: self.text("horaires_accueil", 300),
            link: self.link(["site_web", "lien_source"]),
            source: self.source(name),
        };
        self.notes.offer(offer)
    }

    /// Themes that are about digital skills, with what they may teach; the others are of no concern here.
    fn themes<'t>(&mut self, tables: &'t Tables) -> (Vec<String>, Vec<&'t TableEntry>) {
        let (mut services, mut entries) = (Vec::new(), Vec::new());
        for theme in self.list("thematiques") {
            match tables.entry(VOCABULARY, &theme) {
                Some(entry) => {
                    if entry.code != theme {
                        self.notes.repaired("thematiques", Problem::Spelling, &theme);
                    }
                    if !services.contains(&entry.code) {
                        services.push(entry.code.clone());
                        entries.push(entry);
                    }
                }
                None if theme.starts_with("numerique") => {
                    self.notes.repaired("thematiques", Problem::UnknownValue, &theme);
                }
                None => {}
            }
        }
        (services, entries)
    }

    fn cost(&mut self) -> Cost {
        let details = self.text("frais_precisions", 2000);
        let mut cost = Cost { details, ..Cost::default() };
        let values = match self.value.get("frais") {
            Some(Value::String(text)) => vec![text.trim().to_owned()],
            _ => self.list("frais"),
        };
        for value in values.iter().filter(|value| !value.is_empty()) {
            match OLD_COSTS.iter().find(|(word, _)| word == value) {
                Some((_, kind)) => {
                    self.notes.repaired("frais", Problem::OtherVersion, value);
                    match kind {
                        Some(kind) => cost.kinds.push(*kind),
                        None => cost.passes.push(PASS.to_owned()),
                    }
                }
                None => cost.kinds.extend(self.notes.meaning("frais", value, COSTS)),
            }
        }
        sort_once(&mut cost.kinds);
        cost.passes.dedup();
        cost
    }
}
