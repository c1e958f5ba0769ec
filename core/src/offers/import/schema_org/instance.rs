//! Where, how and when a course is given.

use serde_json::Value;

use super::super::words::modalities;
use super::Problem;
use super::course::Course;
use super::node::{MAX_VALUES, kinds, member, own, text, values};
use crate::id::Language;
use crate::offers::{Address, Date, Modality, Period, Place, fold};

/// Ways in which a course is given; those that are no modality mean nothing here.
const MODES: &[(&str, Option<Modality>)] = &[
    ("onsite", Some(Modality::OnSite)),
    ("on site", Some(Modality::OnSite)),
    ("in person", Some(Modality::OnSite)),
    ("offlineeventattendancemode", Some(Modality::OnSite)),
    ("online", Some(Modality::Remote)),
    ("remote", Some(Modality::Remote)),
    ("distance", Some(Modality::Remote)),
    ("onlineeventattendancemode", Some(Modality::Remote)),
    ("blended", Some(Modality::Mixed)),
    ("hybrid", Some(Modality::Mixed)),
    ("mixedeventattendancemode", Some(Modality::Mixed)),
    ("full time", None),
    ("part time", None),
    ("synchronous", None),
    ("asynchronous", None),
    ("mooc", Some(Modality::Remote)),
];
/// Where, how, when and in which languages it is given.
#[derive(Default, PartialEq)]
pub(super) struct Instance {
    pub(super) place: Option<Place>,
    pub(super) modalities: Vec<Modality>,
    pub(super) languages: Vec<Language>,
    pub(super) hours: String,
    pub(super) dates: Vec<Period>,
}

impl Course<'_> {
    /// The ways in which it is given, those in the same place and way as one.
    pub(super) fn instances(&mut self) -> Vec<Instance> {
        let (value, nodes) = (self.value, self.nodes);
        let mut instances: Vec<Instance> = Vec::new();
        let mut add = |instance: Instance| {
            let same = |other: &&mut Instance| {
                (&other.place, &other.modalities, &other.languages, &other.hours)
                    == (&instance.place, &instance.modalities, &instance.languages, &instance.hours)
            };
            match instances.iter_mut().find(same) {
                Some(other) => {
                    let new = instance.dates.into_iter().filter(|period| !other.dates.contains(period));
                    let new: Vec<Period> = new.take(MAX_VALUES.saturating_sub(other.dates.len())).collect();
                    other.dates.extend(new);
                }
                None => instances.push(instance),
            }
        };
        if member(value, "hasCourseInstance").is_some() {
            if let Some(Value::Array(all)) = member(value, "hasCourseInstance")
                .filter(|all| all.as_array().is_some_and(|all| all.len() > MAX_VALUES))
            {
                self.notes.repaired("hasCourseInstance", Problem::TooMany, &all.len().to_string());
            }
            for instance in values(member(value, "hasCourseInstance")) {
                let (instance, is_lost) = nodes.resolve(instance);
                if is_lost {
                    self.notes.repaired("hasCourseInstance", Problem::Unlinked, &text(instance).unwrap_or_default());
                } else {
                    add(self.instance("hasCourseInstance/", instance));
                }
            }
        } else {
            add(self.instance("", value));
        }
        if instances.is_empty() {
            instances.push(Instance::default());
        }
        instances
    }

    fn instance(&mut self, path: &str, value: &Value) -> Instance {
        let nodes = self.nodes;
        let mut found = Vec::new();
        let modes = ["courseMode", "eventAttendanceMode"].iter().flat_map(|name| values(member(value, name)));
        for mode in modes.filter_map(text) {
            let word = mode.rsplit('/').next().unwrap_or_default().to_owned();
            found.extend(self.notes.meaning_of(&format!("{path}courseMode"), &word, MODES).flatten());
        }
        let mut place = None;
        for location in values(member(value, "location")) {
            let (location, is_lost) = nodes.resolve(location);
            let column = format!("{path}location");
            if is_lost {
                self.notes.repaired(&column, Problem::Unlinked, &text(location).unwrap_or_default());
            } else if kinds(location).iter().any(|kind| kind == "VirtualLocation") {
                if !found.contains(&Modality::Remote) {
                    found.push(Modality::Remote);
                }
            } else if place.is_none() {
                place = Some(self.place(&column, location));
            }
        }
        let (mut dates, mut spans) = (Vec::new(), vec![value]);
        let schedules = ["courseSchedule", "eventSchedule"].iter().flat_map(|name| values(member(value, name)));
        spans.extend(schedules.take(MAX_VALUES));
        for span in spans {
            let period = self.period(path, span);
            dates.extend(period.filter(|period| !dates.contains(period)));
        }
        dates.truncate(MAX_VALUES);
        let languages = if path.is_empty() { Vec::new() } else { self.languages(value) };
        let hours = own(value, "hours").and_then(text).unwrap_or_default();
        let hours = self.notes.plain(&format!("{path}hours"), &hours, 300);
        Instance { place, modalities: modalities(found), languages, hours, dates }
    }

    fn period(&mut self, path: &str, value: &Value) -> Option<Period> {
        let [start, end] = ["startDate", "endDate"].map(|name| {
            let found = values(member(value, name)).find_map(text)?;
            self.day(&format!("{path}{name}"), &found)
        });
        let start = start?;
        if end.is_some_and(|end| end < start) {
            self.notes.repaired(&format!("{path}endDate"), Problem::Form, &end.map(|day| day.to_string())?);
        }
        Some(Period { start, end: end.filter(|end| *end >= start) })
    }

    /// A day, or the day of a time.
    pub(super) fn day(&mut self, column: &str, found: &str) -> Option<Date> {
        let day = found.trim().split(['T', ' ']).next().unwrap_or_default();
        self.notes.date(column, day)
    }

    fn place(&mut self, column: &str, value: &Value) -> Place {
        let nodes = self.nodes;
        let address = values(member(value, "address")).next().map_or(value, |address| nodes.resolve(address).0);
        let mut part = |name: &str| {
            let found = values(member(address, name)).find_map(text).unwrap_or_default();
            self.notes.plain(&format!("{column}/address/{name}"), &found, 300)
        };
        let (mut street, postcode, town) = (part("streetAddress"), part("postalCode"), part("addressLocality"));
        let country = fold(&part("addressCountry"));
        if let Some(whole) = address.as_str() {
            street = self.notes.plain(column, whole, 300);
        }
        let town_code = own(address, "townCode").and_then(text).unwrap_or_default();
        let town_code = self.notes.plain(&format!("{column}/address/townCode"), &town_code, 300);
        let geo = values(member(value, "geo")).next().map_or(value, |geo| nodes.resolve(geo).0);
        let [latitude, longitude] =
            ["latitude", "longitude"].map(|name| values(member(geo, name)).find_map(text).unwrap_or_default());
        let columns = ["latitude", "longitude"].map(|name| format!("{column}/geo/{name}"));
        let columns = [columns[0].as_str(), columns[1].as_str()];
        let near = if ["fr", "france"].contains(&country.as_str()) { postcode.as_str() } else { "" };
        let coordinates = self.notes.coordinates(columns, &latitude, &longitude, near);
        let itinerant = own(value, "itinerant").and_then(Value::as_bool).unwrap_or(false);
        Place { coordinates, address: Address { street, postcode, town, town_code }, itinerant }
    }
}
