//! Offers as courses of schema.org, with our tags: what a provider publishes, and what its own importer reads back whole.
//!
//! What schema.org has a word for stands under that word. Levels, vouchers, support and needs, for which it has none, are
//! members of our own, with the prefix `sp`; other readers pass over them.

use serde_json::{Map, Value, json};

use super::import::OWN;
use super::{Address, CostKind, Modality, Offer, Period, Place};
use crate::framework::Framework;
use crate::id::CompetenceId;

/// Offers of one framework as JSON-LD.
#[derive(Debug, Clone, Copy)]
pub struct Exporter<'a> {
    framework: &'a Framework,
}

impl<'a> Exporter<'a> {
    /// For catalogues of this framework.
    #[must_use]
    pub fn new(framework: &'a Framework) -> Self {
        Self { framework }
    }

    /// The `@context` of a file that holds such courses.
    #[must_use]
    pub fn context() -> Value {
        json!(["https://schema.org", { "sp": OWN }])
    }

    /// One offer as a `Course`, without `@context`.
    #[must_use]
    pub fn course(&self, offer: &Offer) -> Value {
        let mut course = Members::new("Course");
        course.put("identifier", text(&offer.id));
        course.put("name", text(&offer.title));
        course.put("description", text(&offer.description));
        course.put("url", text(&offer.link));
        course.put("provider", named("Organization", &offer.provider));
        course.put("inLanguage", list(offer.languages.iter().map(|language| json!(language)).collect()));
        let teaches = offer.targets.iter().map(|target| {
            let mut term = self.term(&target.competence);
            term.put("sp:from", json!(target.from));
            term.put("sp:to", json!(target.to));
            term.put("sp:origin", json!(target.origin));
            term.value()
        });
        course.put("teaches", list(teaches.collect()));
        let asked = offer.prerequisites.iter().map(|prerequisite| {
            let mut term = self.term(&prerequisite.competence);
            term.put("sp:level", json!(prerequisite.level));
            term.value()
        });
        course.put("competencyRequired", list(asked.collect()));
        course.put("areaServed", text(&offer.territory));
        let audience = |audience: &super::Audience| {
            let mut people = Members::new("EducationalAudience");
            people.put("audienceType", json!(audience.word()));
            people.value()
        };
        course.put("audience", list(offer.audiences.iter().map(audience).collect()));
        self.cost(offer, &mut course);
        course.put("hasCourseInstance", instance(offer));
        course.put("sdPublisher", named("Organization", &offer.source.name));
        course.put("dateModified", offer.source.date.map_or(Value::Null, |date| json!(date)));
        course.put("sp:services", list(offer.services.iter().map(|service| json!(service)).collect()));
        course.put("sp:support", list(offer.support.iter().map(|support| json!(support)).collect()));
        course.put("sp:accessibility", list(offer.accessibility.iter().map(|need| json!(need)).collect()));
        course.value()
    }

    fn term(&self, competence: &CompetenceId) -> Members {
        let reference = self.framework.reference();
        let mut term = Members::new("DefinedTerm");
        term.put("termCode", json!(competence));
        let mut texts = self.framework.languages().filter_map(|language| self.framework.text(language));
        let name = texts.find_map(|text| text.competences.get(competence)).map(|text| text.name.clone());
        term.put("name", text(&name.unwrap_or_default()));
        let set = format!("{} {}.{}", reference.id, reference.version.major, reference.version.minor);
        term.put("inDefinedTermSet", json!(set));
        term
    }

    fn cost(&self, offer: &Offer, course: &mut Members) {
        let kinds = &offer.cost.kinds;
        if kinds.contains(&CostKind::Free) && kinds.len() == 1 {
            course.put("isAccessibleForFree", json!(true));
        } else if kinds.len() == 1 && kinds.contains(&CostKind::Paid) {
            course.put("isAccessibleForFree", json!(false));
        }
        let category = |kind: &CostKind| match kind {
            CostKind::Free => "Free",
            CostKind::Conditional => "Partially Free",
            CostKind::Paid => "Paid",
        };
        let mut offers: Vec<Value> = kinds
            .iter()
            .map(|kind| {
                let mut one = Members::new("Offer");
                one.put("category", json!(category(kind)));
                one.value()
            })
            .collect();
        if !offer.cost.details.is_empty() {
            match offers.first_mut().and_then(Value::as_object_mut) {
                Some(first) => drop(first.insert("description".to_owned(), json!(offer.cost.details))),
                None => offers.push(json!({ "@type": "Offer", "description": offer.cost.details })),
            }
        }
        course.put("offers", list(offers));
        course.put("sp:passes", list(offer.cost.passes.iter().map(|pass| json!(pass)).collect()));
    }
}

/// Where, how and when.
fn instance(offer: &Offer) -> Value {
    let mut instance = Members::new("CourseInstance");
    let mode = |modality: &Modality| {
        json!(match modality {
            Modality::OnSite => "Onsite",
            Modality::Remote => "Online",
            Modality::Mixed => "Blended",
        })
    };
    instance.put("courseMode", list(offer.modalities.iter().map(mode).collect()));
    instance.put("location", offer.place.as_ref().map_or(Value::Null, place));
    let span = |members: &mut Members, period: &Period| {
        members.put("startDate", json!(period.start));
        members.put("endDate", period.end.map_or(Value::Null, |end| json!(end)));
    };
    match offer.dates.as_slice() {
        [] => {}
        [one] => span(&mut instance, one),
        several => {
            let schedules = several.iter().map(|period| {
                let mut schedule = Members::new("Schedule");
                span(&mut schedule, period);
                schedule.value()
            });
            instance.put("courseSchedule", list(schedules.collect()));
        }
    }
    instance.put("sp:hours", text(&offer.hours));
    if instance.0.len() == 1 { Value::Null } else { list(vec![instance.value()]) }
}

fn place(place: &Place) -> Value {
    let mut whole = Members::new("Place");
    if let Some(point) = place.coordinates {
        let degrees = |millionths: i32| json!(f64::from(millionths) / 1e6);
        let geo = json!({
            "@type": "GeoCoordinates", "latitude": degrees(point.latitude()), "longitude": degrees(point.longitude()),
        });
        whole.put("geo", geo);
    }
    let Address { street, postcode, town, town_code } = &place.address;
    if !place.address.is_empty() {
        let mut address = Members::new("PostalAddress");
        address.put("streetAddress", text(street));
        address.put("postalCode", text(postcode));
        address.put("addressLocality", text(town));
        address.put("sp:townCode", text(town_code));
        whole.put("address", address.value());
    }
    whole.put("sp:itinerant", if place.itinerant { json!(true) } else { Value::Null });
    whole.value()
}

/// A thing with its members; what is empty is left out.
struct Members(Map<String, Value>);

impl Members {
    fn new(kind: &str) -> Self {
        Self(Map::from_iter([("@type".to_owned(), json!(kind))]))
    }

    fn put(&mut self, name: &str, value: Value) {
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

fn list(values: Vec<Value>) -> Value {
    if values.is_empty() { Value::Null } else { Value::Array(values) }
}

fn named(kind: &str, name: &str) -> Value {
    if name.is_empty() { Value::Null } else { json!({ "@type": kind, "name": name }) }
}
