//! "Lieux de médiation numérique", the CSV standard of La MedNum: versions 1.0.2 (`|` between values) and 0.1.1 (`;`).
//!
//! A place is an offer on site, in French, whose targets are derived from its services. Version 1 has no word for
//! vouchers; version 0.1.1 has two (*Accepte le Pass numérique*, *APTIC*), which both become `pass-numerique`.

use std::cell::Cell;
use std::io::{BufRead as _, BufReader, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::cell::Notes;
use super::ids::Ids;
use super::{Counts, ImportError, Imported, MAX_ROW_BYTES, PASS, Problem, sort_once};
use crate::offers::{
    Address, Audience, Cost, CostKind, Modality, Need, Offer, OfferSource, Place, Support, TableEntry, Tables, fold,
};

const COSTS: &[(&str, CostKind)] = &[
    ("Gratuit", CostKind::Free),
    ("Gratuit sous condition", CostKind::Conditional),
    ("Payant", CostKind::Paid),
    ("Adhésion", CostKind::Conditional),
];
const AUDIENCES: &[(&str, Audience)] = &[
    ("Jeunes", Audience::Youth),
    ("Étudiants", Audience::Students),
    ("Familles et/ou enfants", Audience::Families),
    ("Seniors", Audience::Seniors),
    ("Femmes", Audience::Women),
];
const NEEDS: &[(&str, Need)] = &[
    ("Surdité", Need::Hearing),
    ("Handicaps moteurs", Need::Mobility),
    ("Handicaps mentaux", Need::Intellectual),
    ("Illettrisme", Need::Reading),
    ("Langues étrangères (anglais)", Need::Languages),
    ("Langues étrangères (autres)", Need::Languages),
    ("Déficience visuelle", Need::Sight),
];
/// What version 0.1.1 says of people: whom a place takes in, of which only women can be *only* for.
const PEOPLE_V0: &[(&str, Option<Need>, Option<Audience>)] = &[
    ("Seniors (+ 65 ans)", None, None),
    ("Familles/enfants", None, None),
    ("Adultes", None, None),
    ("Jeunes (16-26 ans)", None, None),
    ("Public langues étrangères", Some(Need::Languages), None),
    ("Déficience visuelle", Some(Need::Sight), None),
    ("Surdité", Some(Need::Hearing), None),
    ("Handicaps psychiques", Some(Need::Psychic), None),
    ("Handicaps mentaux", Some(Need::Intellectual), None),
    ("Uniquement femmes", None, Some(Audience::Women)),
    ("Personnes en situation d'illettrisme", Some(Need::Reading), None),
];
const SUPPORT: &[(&str, Option<Support>)] = &[
    ("En autonomie", Some(Support::Alone)),
    ("Accompagnement individuel", Some(Support::Individual)),
    ("Dans un atelier collectif", Some(Support::Group)),
    ("À distance", None),
    ("Seul", Some(Support::Alone)),
    ("Avec de l'aide", Some(Support::Individual)),
    ("Dans un atelier", Some(Support::Group)),
    ("A ma place", Some(Support::OnBehalf)),
];

/// Reads places one by one and hands each over; `name` is what the file is called as a source.
///
/// # Errors
/// If the columns are not there, a row has no end, or the system cannot read on. What was handed over before stays.
pub fn read_lamednum(
    input: impl Read,
    name: &str,
    tables: &Tables,
    each: &mut dyn FnMut(Imported),
) -> Result<Counts, ImportError> {
    let allowance = Rc::new(Cell::new(MAX_ROW_BYTES));
    let mut input = BufReader::with_capacity(64 << 10, Bounded { input, allowance: Rc::clone(&allowance) });
    let start = input.fill_buf().map_err(ImportError::Unreadable)?;
    let head = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|byte| **byte == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| (count(*mark), *mark == b',')).unwrap_or(b',');
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(input);
    let mut record = ByteRecord::new();
    let failed = |error: csv::Error, row: u64| match error.into_kind() {
        csv::ErrorKind::Io(reason) if reason.kind() == std::io::ErrorKind::FileTooLarge => {
            ImportError::RowTooLong { row }
        }
        csv::ErrorKind::Io(reason) => ImportError::Unreadable(reason),
        other => ImportError::Unreadable(std::io::Error::other(format!("{other:?}"))),
    };
    reader.read_byte_record(&mut record).map_err(|error| failed(error, 1))?;
    let columns: Vec<String> = record
        .iter()
        .map(|cell| fold(String::from_utf8_lossy(cell).trim_start_matches('\u{feff}')).replace(' ', "_"))
        .collect();
    for column in ["nom", "services"] {
        if !columns.iter().any(|name| name == column) {
            return Err(ImportError::NotThisFormat { column });
        }
    }
    let old = ["labels_nationaux", "conditions_acces", "publics_accueillis"];
    let version = Version { old: columns.iter().any(|name| old.contains(&name.as_str())) };
    let (mut counts, mut ids) = (Counts::default(), Ids::default());
    for row in 2.. {
        allowance.set(MAX_ROW_BYTES);
        if !reader.read_byte_record(&mut record).map_err(|error| failed(error, row))? {
            break;
        }
        let mut line = Line { columns: &columns, record: &record, notes: Notes::new(row), version, name, tables };
        let read = line.read(&mut ids);
        counts.add(&read);
        each(read);
    }
    Ok(counts)
}

/// A reader that fails rather than read a row without end into memory.
struct Bounded<R> {
    input: R,
    allowance: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.allowance.get() == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let read = self.input.read(buffer)?;
        self.allowance.set(self.allowance.get().saturating_sub(read));
        Ok(read)
    }
}

#[derive(Clone, Copy)]
struct Version {
    old: bool,
}

impl Version {
    /// The separator between values, and that of the other version.
    fn marks(self) -> (char, char) {
        if self.old { (';', '|') } else { ('|', ';') }
    }

    fn services(self) -> [&'static str; 2] {
        let both = ["lamednum-services-v1", "lamednum-services-v0"];
        if self.old { [both[1], both[0]] } else { both }
    }
}

struct Line<'a> {
    columns: &'a [String],
    record: &'a ByteRecord,
    notes: Notes,
    version: Version,
    name: &'a str,
    tables: &'a Tables,
}

impl<'a> Line<'a> {
    fn read(&mut self, ids: &mut Ids) -> Imported {
        if self.record.iter().all(<[u8]>::is_empty) {
            self.notes.refused("", Problem::EmptyRow, "");
            return self.refused();
        }
        if self.record.len() != self.columns.len() {
            self.notes.repaired("", Problem::CellCount, &self.record.len().to_string());
        }
        let title = self.text("nom", 300);
        if title.is_empty() {
            self.notes.refused("nom", Problem::Missing, "");
            return self.refused();
        }
        let id = self.id(ids);
        self.pivot();
        let place = self.place();
        let (services, entries) = self.services();
        let cost = self.cost();
        let (modalities, support) = self.modalities();
        let (accessibility, audiences, english) = self.people();
        let mut languages = Vec::new();
        languages.extend("fr".parse().ok());
        languages.extend(english.then(|| "en".parse().ok()).flatten());
        let provider = self.text("structure_parente", 300);
        let description = self.text("presentation_resume", 2000);
        let hours = self.text("horaires", 300);
        let site = self.text("site_web", 2000);
        let link = self.notes.link("site_web", &site, self.version.marks());
        let date = self.text("date_maj", 300);
        let date = self.notes.date("date_maj", &date);
        let source = self.text("source", 300);
        let source = OfferSource { name: if source.is_empty() { self.name.to_owned() } else { source }, date };
        let offer = Offer {
            id,
            provider: if provider.is_empty() { title.clone() } else { provider },
            title,
            description,
            targets: Tables::derive(entries),
            prerequisites: Vec::new(),
            services,
            modalities,
            support,
            place: Some(place),
            territory: String::new(),
            languages,
            cost,
            audiences,
            accessibility,
            dates: Vec::new(),
            hours,
            link,
            source,
        };
        Imported::Offer(Box::new(offer), std::mem::take(&mut self.notes.findings))
    }

    fn refused(&mut self) -> Imported {
        Imported::Refused(std::mem::take(&mut self.notes.findings))
    }

    fn bytes(&self, column: &str) -> &'a [u8] {
        let position = self.columns.iter().position(|name| name == column);
        position.and_then(|position| self.record.get(position)).unwrap_or_default()
    }

    fn text(&mut self, column: &str, limit: usize) -> String {
        self.notes.text(column, self.bytes(column), limit)
    }

    fn required(&mut self, column: &str) -> String {
        let text = self.text(column, 300);
        if text.is_empty() {
            self.notes.repaired(column, Problem::Missing, "");
        }
        text
    }

    fn id(&mut self, ids: &mut Ids) -> String {
        let id = self.required("id");
        ids.unique(&mut self.notes, "id", &id, "row")
    }

    fn pivot(&mut self) {
        let pivot = self.required("pivot");
        let form = (9..=14).contains(&pivot.len()) && pivot.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !pivot.is_empty() && !form {
            self.notes.repaired("pivot", Problem::Form, &pivot);
        } else if pivot.len() == 14 && pivot.bytes().all(|byte| byte.is_ascii_digit()) && !has_luhn(&pivot) {
            self.notes.repaired("pivot", Problem::CheckDigit, &pivot);
        }
    }

    fn place(&mut self) -> Place {
        let postcode = self.required("code_postal");
        let postcode = self.notes.postcode("code_postal", postcode);
        let town_code = self.text("code_insee", 300);
        let town_code = self.notes.town_code("code_insee", town_code);
        let town = self.required("commune");
        let street = self.required("adresse");
        let (latitude, longitude) = (self.text("latitude", 300), self.text("longitude", 300));
        let coordinates = self.notes.coordinates(["latitude", "longitude"], &latitude, &longitude, &postcode);
        let itinerance = self.text("itinerance", 300);
        let mut itinerant = false;
        for value in self.notes.values("itinerance", &itinerance, self.version.marks(), &|_| false) {
            itinerant |=
                self.notes.meaning("itinerance", &value, &[("Itinérant", true), ("Fixe", false)]) == Some(true);
        }
        Place { coordinates, address: Address { street, postcode, town, town_code }, itinerant }
    }

    fn services(&mut self) -> (Vec<String>, Vec<&'a TableEntry>) {
        let [ours, others] = self.version.services();
        let tables = self.tables;
        let cell = self.required("services");
        let known = |value: &str| tables.entry(ours, value).is_some();
        let (mut services, mut entries) = (Vec::new(), Vec::new());
        for value in self.notes.values("services", &cell, self.version.marks(), &known) {
            let entry = match (tables.entry(ours, &value), tables.entry(others, &value)) {
                (Some(entry), _) if entry.code == value => Some(entry),
                (Some(entry), _) => {
                    self.notes.repaired("services", Problem::Spelling, &value);
                    Some(entry)
                }
                (None, Some(entry)) => {
                    self.notes.repaired("services", Problem::OtherVersion, &value);
                    Some(entry)
                }
                (None, None) => {
                    self.notes.repaired("services", Problem::UnknownValue, &value);
                    None
                }
            };
            let service = entry.map_or(value, |entry| entry.code.clone());
            if !services.contains(&service) && services.len() < 200 {
                services.push(service);
                entries.extend(entry);
            }
        }
        (services, entries)
    }

    /// Values of a cell; in version 0.1.1 an explanation follows after a colon.
    fn words(&mut self, column: &str) -> Vec<String> {
        let cell = self.text(column, 2000);
        let values = self.notes.values(column, &cell, self.version.marks(), &|_| false);
        let word = |value: String| match value.split_once(" : ") {
            Some((word, _)) if self.version.old => word.trim().to_owned(),
            _ => value,
        };
        values.into_iter().map(word).collect()
    }

    fn cost(&mut self) -> Cost {
        let mut cost = Cost::default();
        let column = if self.version.old { "conditions_acces" } else { "frais_a_charge" };
        for value in self.words(column) {
            if fold(&value).contains("pass numerique") {
                cost.passes.push(PASS.to_owned());
            } else if let Some(kind) = self.notes.meaning(column, &value, COSTS) {
                cost.kinds.push(kind);
            }
        }
        let labels = ["labels_nationaux", "dispositif_programmes_nationaux"];
        if labels.into_iter().any(|column| fold(&String::from_utf8_lossy(self.bytes(column))).contains("aptic")) {
            cost.passes.push(PASS.to_owned());
        }
        cost.passes.dedup();
        sort_once(&mut cost.kinds);
        cost
    }

    fn modalities(&mut self) -> (Vec<Modality>, Vec<Support>) {
        let (mut support, mut remote, mut on_site) = (Vec::new(), false, false);
        for value in self.words("modalites_accompagnement") {
            match self.notes.meaning("modalites_accompagnement", &value, SUPPORT) {
                Some(Some(with)) => {
                    support.push(with);
                    on_site = true;
                }
                Some(None) => remote = true,
                None => {}
            }
        }
        sort_once(&mut support);
        let mut modalities = Vec::new();
        modalities.extend((on_site || !remote).then_some(Modality::OnSite));
        modalities.extend(remote.then_some(Modality::Remote));
        (modalities, support)
    }

    fn people(&mut self) -> (Vec<Need>, Vec<Audience>, bool) {
        let (mut needs, mut audiences, mut english) = (Vec::new(), Vec::new(), false);
        if self.version.old {
            let known: Vec<_> = PEOPLE_V0.iter().map(|(word, need, audience)| (*word, (*need, *audience))).collect();
            for value in self.words("publics_accueillis") {
                let (need, audience) = self.notes.meaning("publics_accueillis", &value, &known).unwrap_or_default();
                needs.extend(need);
                audiences.extend(audience);
            }
        } else {
            for value in self.words("publics_specifiquement_adresses") {
                audiences.extend(self.notes.meaning("publics_specifiquement_adresses", &value, AUDIENCES));
            }
            for value in self.words("prise_en_charge_specifique") {
                english |= fold(&value).contains("anglais");
                needs.extend(self.notes.meaning("prise_en_charge_specifique", &value, NEEDS));
            }
        }
        sort_once(&mut needs);
        sort_once(&mut audiences);
        (needs, audiences, english)
    }
}

/// The check digit of a SIRET (Luhn); that of the establishments of La Poste is another one and not checked.
fn has_luhn(digits: &str) -> bool {
    let doubled = |(place, digit): (usize, u32)| match place % 2 {
        0 => digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    let digits_from_the_end = digits.chars().rev().filter_map(|digit| digit.to_digit(10));
    digits.starts_with("356000000") || digits_from_the_end.enumerate().map(doubled).sum::<u32>() % 10 == 0
}
