//! The external schemes that are shipped: whole, sourced, and true to the drafts and official data that they come from.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use std::collections::BTreeSet;

use serde_json::Value;
use skills_passport::assessment::{Instrument, Mode, Plan, Setting};
use skills_passport::framework::{Scheme, SchemeDocument, Standing};
use skills_passport::profile::{Evidence, Profile};
use skills_passport_frameworks::Library;
use uuid::Uuid;

fn schemes() -> Vec<SchemeDocument> {
    Library::shipped().schemes().unwrap()
}

fn scheme(id: &str) -> SchemeDocument {
    schemes().into_iter().find(|scheme| scheme.id.as_str() == id).unwrap()
}

#[test]
fn every_scheme_can_be_reached_from_both_frameworks() {
    let library = Library::shipped();
    for framework in ["digcomp@3.0", "digcomp@2.2"] {
        let framework = library.framework(framework).unwrap();
        for scheme in schemes() {
            library.scheme(scheme.id.as_str(), &framework).unwrap();
        }
    }
}

#[test]
fn the_schemes_are_those_that_partners_use() {
    let ids: Vec<String> = schemes().iter().map(|scheme| scheme.id.to_string()).collect();
    let expected = [
        "clea-numerique",
        "coop-autonomy",
        "coop-themes",
        "coop-workshop-levels",
        "esco",
        "lamednum-services",
        "pix",
        "six-levels",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn every_scheme_is_in_the_file_of_its_name_and_says_where_it_comes_from() {
    let library = Library::shipped();
    for scheme in schemes() {
        assert!(library.file(&format!("crosswalks/schemes/{}.json", scheme.id)).is_some(), "{}", scheme.id);
        assert!(!scheme.source.is_empty() && !scheme.licence.is_empty() && !scheme.note.is_empty(), "{}", scheme.id);
        // Only the publisher of the framework can make a crosswalk official.
        assert_eq!(scheme.provenance == Standing::Official, scheme.id.as_str() == "six-levels", "{}", scheme.id);
    }
}

/// A file of the shared data, unless this copy of the project is without it.
fn shared(name: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("{}/../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"))).ok();
    if text.is_none() {
        println!("skipped: there is no {name} beside the project");
    }
    text
}

#[test]
fn esco_addresses_are_those_of_the_alignment() {
    let Some(text) = shared("esco/digcomp2-to-esco-1.2.0.csv") else { return };
    let listed: BTreeSet<&str> =
        text.split([',', '\n']).map(str::trim).filter(|cell| cell.starts_with("http://data.europa.eu/esco/")).collect();
    let esco = scheme("esco");
    let ours: BTreeSet<&str> = esco.codes.iter().filter_map(|code| code.uri.as_deref()).collect();
    assert_eq!(ours, listed);
    assert_eq!(ours.len(), 25, "five areas and every competence but netiquette");
}

#[test]
fn the_six_levels_are_those_of_the_official_supplement() {
    let Some(text) = shared("digcomp-3.0/DigComp_3.0_Data_Supplement_24_Nov_2025.jsonld") else { return };
    let document: Value = serde_json::from_str(&text).unwrap();
    let levels = document["@graph"].as_array().unwrap().iter().filter(|node| node["@type"] == "ProficiencyLevel");
    let six = scheme("six-levels");
    for node in levels {
        let level = node["eight_levels_mapping"].as_u64().unwrap() as u8;
        let holds = |(lowest, highest): (skills_passport::units::Level, skills_passport::units::Level)| {
            (lowest.number()..=highest.number()).contains(&level)
        };
        let code = six.codes.iter().find(|code| code.levels.is_some_and(holds)).unwrap();
        assert_eq!(code.code, node["six_levels_mapping"], "level {level}");
    }
}

#[test]
fn mappings_are_those_of_the_drafts() {
    for (id, file) in [
        ("pix", "crcn-pix"),
        ("clea-numerique", "clea-numerique"),
        ("lamednum-services", "lamednum-v1-services"),
        ("coop-themes", "coop-thematiques"),
    ] {
        let Some(text) = shared(&format!("crosswalks/{file}_to_digcomp2.csv")) else { return };
        let drafted =
            text.lines().skip(1).filter(|line| line.contains(",primary,") || line.contains(",secondary,")).count();
        assert_eq!(scheme(id).mappings.len(), drafted, "{id}");
    }
}

/// Results that rest on enough for all competences, whatever they are.
fn profile_with_every_level(instrument: &Instrument) -> Profile {
    let setting = Setting {
        id: Uuid::from_u128(1),
        language: "fr".parse().unwrap(),
        seed: 7,
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: true,
    };
    let mut profile = Profile::of(instrument, &instrument.start(Plan::new(Mode::Quick), setting).unwrap());
    for result in &mut profile.competences {
        result.estimate.evidence = Evidence::Measured;
    }
    profile
}

#[test]
fn what_a_browser_gets_of_a_scheme_translates_as_the_whole_library_does() {
    let library = Library::shipped();
    let files = skills_passport_frameworks::scheme_files(&library).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.file_name.as_str()).collect();
    assert_eq!(names, ["coop-themes.digcomp-2.2.json", "coop-themes.digcomp-3.0.json"]);
    for (file, name) in files.iter().zip(["digcomp@2.2", "digcomp@3.0"]) {
        let framework = library.framework(name).unwrap();
        let document = serde_json::from_str(&file.content).unwrap();
        let alone = Scheme::new(document, &framework, &framework, None).unwrap();
        let whole = library.scheme("coop-themes", &framework).unwrap();
        let instrument = library.instrument(name, "general").unwrap();
        let profile = profile_with_every_level(&instrument);
        let (alone, whole) = (profile.translated(&alone), profile.translated(&whole));
        assert!(!whole.concepts.is_empty());
        assert_eq!(alone.concepts, whole.concepts);
    }
}
