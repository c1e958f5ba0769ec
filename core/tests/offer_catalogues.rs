//! Catalogues and job profiles as documents: what is read, what is refused, and where.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;
#[path = "common/offers.rs"]
mod offers;

use std::sync::LazyLock;

use offers::{FRAMEWORK, any_catalogue, competence, offer};
use proptest::prelude::*;
use serde_json::json;
use skills_passport::offers::{Catalogue, JobProfile, OfferError, OfferFault};

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let library = skills_passport_frameworks::Library::shipped();
    let schema = serde_json::from_str(library.file("offers/catalogue.schema.json").unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

proptest! {
    #[test]
    fn a_catalogue_survives_both_of_its_forms(catalogue in any_catalogue()) {
        let document = catalogue.to_json().unwrap();
        prop_assert_eq!(&Catalogue::parse(&document, &FRAMEWORK).unwrap(), &catalogue);
        let head = skills_passport::offers::CatalogueHead::new(FRAMEWORK.reference());
        let mut lines = serde_json::to_string(&head).unwrap();
        for offer in catalogue.offers() {
            lines.push('\n');
            lines.push_str(&serde_json::to_string(offer).unwrap());
        }
        prop_assert_eq!(&Catalogue::parse(&lines, &FRAMEWORK).unwrap(), &catalogue);
    }

    #[test]
    fn a_damaged_catalogue_never_panics(catalogue in any_catalogue(), at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = catalogue.to_json().unwrap().into_bytes();
        let position = at.index(bytes.len());
        bytes[position] = byte;
        let _ = Catalogue::parse(&String::from_utf8_lossy(&bytes), &FRAMEWORK);
        bytes.truncate(position);
        prop_assert!(Catalogue::parse(&String::from_utf8_lossy(&bytes), &FRAMEWORK).is_err());
    }

    #[test]
    fn every_catalogue_fits_its_schema(catalogue in any_catalogue()) {
        let document = serde_json::from_str(&catalogue.to_json().unwrap()).unwrap();
        prop_assert!(SCHEMA.is_valid(&document));
    }
}

#[test]
fn a_place_is_found_by_town_or_postcode_and_one_wrong_point_does_not_move_it() {
    let at = |id: &str, latitude: i32| {
        offer(json!({ "id": id, "place": {
            "coordinates": { "latitude": latitude, "longitude": 5_400_000 },
            "address": { "town": "Saint-Étienne", "postcode": "42000" } } }))
    };
    let offers = vec![at("a", 45_430_000), at("b", 45_440_000), at("c", 1_000_000)];
    let catalogue = Catalogue::new(&FRAMEWORK, offers).unwrap();
    for name in ["saint etienne", "SAINT-ETIENNE", "42000"] {
        assert_eq!(catalogue.locate(name).unwrap().latitude(), 45_430_000, "{name}");
    }
    assert_eq!(catalogue.locate(""), None);
    assert_eq!(catalogue.places_like("Saint-X"), ["Saint-Étienne"]);
}

#[test]
fn a_town_that_is_not_there_gives_the_first_ten_like_it_each_once() {
    let in_town =
        |id: usize, town: &str| offer(json!({ "id": id.to_string(), "place": { "address": { "town": town } } }));
    let towns =
        ["Val-L", "Val-C", "Val-A", "Val-K", "Val-B", "Val-J", "Val-D", "Val-I", "Val-E", "Val-H", "Val-F", "Val-G"];
    let offers = towns.iter().chain(&towns).chain(&["Dole"]).enumerate().map(|(id, town)| in_town(id, town)).collect();
    let found = Catalogue::new(&FRAMEWORK, offers).unwrap().places_like("valence");
    assert_eq!(found, ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].map(|letter| format!("Val-{letter}")));
}

#[test]
fn a_fault_of_an_offer_is_named_with_its_place() {
    let target = |from: u8, to: u8| json!({ "competence": "X.1", "from": from, "to": to, "origin": "declared" });
    for (value, path) in [
        (json!({ "title": " " }), "/offers/0/title"),
        (json!({ "targets": [target(3, 3)] }), "/offers/0/targets/0/to"),
        (json!({ "targets": [target(1, 2), target(2, 3)] }), "/offers/0/targets/1/competence"),
        (json!({ "prerequisites": [{ "competence": "9.9", "level": 2 }] }), "/offers/0/prerequisites/0/competence"),
        (json!({ "link": "javascript:alert(1)" }), "/offers/0/link"),
        (json!({ "dates": [{ "start": "2026-02-01", "end": "2026-01-01" }] }), "/offers/0/dates/0/end"),
        (json!({ "cost": { "passes": ["Pass Numérique"] } }), "/offers/0/cost/passes/0"),
    ] {
        let error = Catalogue::new(&FRAMEWORK, vec![offer(value)]).unwrap_err();
        assert_eq!((error.code(), error.path()), ("invalid-offer", path));
    }
    let twice = Catalogue::new(&FRAMEWORK, vec![offer(json!({})), offer(json!({}))]).unwrap_err();
    assert!(matches!(twice, OfferError::Offer { fault: OfferFault::Duplicate(_), .. }));
}

#[test]
fn reader_and_schema_refuse_the_same() {
    let good = json!({ "id": "a", "title": "A", "source": { "name": "us" } });
    for (member, value) in [
        ("title", json!("")),
        ("title", json!(3)),
        ("titel", json!("A")),
        ("modalities", json!(["by-post"])),
        ("support", json!(["x"])),
        ("cost", json!({ "kinds": ["cheap"] })),
        ("cost", json!({ "passes": ["Pass Numérique"] })),
        ("audiences", json!(["everybody"])),
        ("accessibility", json!([1])),
        ("dates", json!([{ "start": "2026-13-01" }])),
        ("dates", json!([{ "end": "2026-12-01" }])),
        ("link", json!("ftp://example.org")),
        ("place", json!({ "coordinates": { "latitude": 90_000_001, "longitude": 0 } })),
        ("targets", json!([{ "competence": "X.1", "from": 0, "to": 3, "origin": "declared" }])),
        ("targets", json!([{ "competence": "X.1", "from": 1, "to": 3 }])),
        ("languages", json!(["f r"])),
        ("source", json!({})),
    ] {
        let mut offer = good.clone();
        offer[member] = value.clone();
        let document = json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "offers": [offer] });
        assert!(!SCHEMA.is_valid(&document), "{member} {value}");
        assert!(Catalogue::parse(&document.to_string(), &FRAMEWORK).is_err(), "{member} {value}");
    }
    let document = json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "offers": [good] });
    assert!(SCHEMA.is_valid(&document) && Catalogue::parse(&document.to_string(), &FRAMEWORK).is_ok());
}

#[test]
fn a_job_profile_and_its_schema_refuse_the_same() {
    let schema = skills_passport_frameworks::Library::shipped();
    let schema = serde_json::from_str(schema.file("offers/job-profile.schema.json").unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let good = json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "title": "Clerk",
        "levels": [{ "competence": competence(0), "level": 3 }] });
    assert!(schema.is_valid(&good));
    assert_eq!(JobProfile::parse(&good.to_string(), &FRAMEWORK).unwrap().levels.len(), 1);
    for (member, value) in [
        ("format", json!("2.0.0")),
        ("title", json!("")),
        ("titel", json!("A")),
        ("levels", json!([{ "competence": competence(0), "level": 9 }])),
        ("levels", json!([{ "competence": competence(0) }])),
        ("levels", json!({})),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        assert!(!schema.is_valid(&bad) && JobProfile::parse(&bad.to_string(), &FRAMEWORK).is_err(), "{bad}");
    }
    let twice = json!([{ "competence": competence(0), "level": 3 }, { "competence": competence(0), "level": 4 }]);
    for levels in [twice, json!([{ "competence": "no-such", "level": 3 }])] {
        let mut bad = good.clone();
        bad["levels"] = levels;
        let error = JobProfile::parse(&bad.to_string(), &FRAMEWORK).unwrap_err();
        assert!(error.path().starts_with("/levels/"), "{error}");
    }
}
