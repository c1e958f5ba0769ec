//! Offers of schema.org, data.inclusion and LHÉO, as they come.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

#[path = "common/readers.rs"]
mod readers;

use std::cell::Cell;
use std::io::Read;
use std::path::Path;

use readers::{DIGCOMP, KNOWLEDGE, described, read};
use serde_json::{Value, json};
use skills_passport::offers::import::{Format, ImportError, MAX_ENTRY_BYTES, Structures, read_catalogue, read_offers};
use skills_passport::offers::{Audience, CostKind, Modality, Offer, OfferOrigin, Support};

const SERVICES: &str = include_str!("fixtures/offers/services.json");
const COURSES: &str = include_str!("fixtures/offers/courses.jsonld");
const FORMATIONS: &str = include_str!("fixtures/offers/formations.xml");

fn levels(offer: &Offer) -> Vec<String> {
    let mark = |origin| if origin == OfferOrigin::Declared { "" } else { "~" };
    let targets = offer.targets.iter();
    targets
        .map(|target| format!("{}{} {}-{}", mark(target.origin), target.competence, target.from, target.to))
        .collect()
}

#[test]
fn every_defect_of_services_is_named_with_its_entry_member_and_reason() {
    let (counts, offers, findings) = read(Format::DataInclusion, SERVICES.as_bytes()).unwrap();
    assert_eq!((counts.imported, counts.repaired, counts.refused), (4, 1, 3));
    let expected = [
        "3 nom markup",
        "3 id duplicate-id",
        "3 structure_id unlinked",
        "3 description markup",
        "3 type spelling",
        "3 thematiques unknown-value",
        "3 thematiques spelling",
        "3 code_postal leading-zero",
        "3 latitude decimal-comma",
        "3 longitude decimal-comma",
        "3 frais other-version",
        "3 modes_accueil separator",
        "3 modes_accueil unknown-value",
        "3 lien_source link-scheme",
        "3 date_maj form",
        "5 nom missing",
        "6  malformed",
        "7  form",
    ];
    let mut found = described(&findings);
    let mut expected: Vec<String> = expected.map(str::to_owned).to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(offers[2].title, "Deuxièmes pas");
    assert_eq!(offers[2].cost.passes, ["pass-numerique"]);
    assert_eq!(offers[2].modalities, [Modality::Remote]);
    assert_eq!(offers[2].place.as_ref().unwrap().address.postcode, "01000");
}

#[test]
fn a_service_becomes_an_offer_at_its_structure() {
    let (_, offers, _) = read(Format::DataInclusion, SERVICES.as_bytes()).unwrap();
    let [structure, offer, _, equipment] = &offers[..] else { panic!("{offers:#?}") };
    assert_eq!(levels(offer), ["~1.1 1-3", "~1.3 1-3", "~2.1 1-3", "~2.2 1-3", "~5.1 1-3", "~5.2 1-3"]);
    assert_eq!((offer.provider.as_str(), &offer.place), ("La médiathèque", &structure.place));
    assert_eq!((&offer.support[..], &offer.cost.kinds[..]), (&[Support::Group][..], &[CostKind::Free][..]));
    assert_eq!(offer.audiences, [Audience::Seniors, Audience::Women]);
    assert_eq!(offer.description, "Apprendre à se servir d’un ordinateur. Habiter Reims.");
    assert_eq!((offer.territory.as_str(), offer.hours.as_str()), ("51", "Mo-Fr 09:00-17:00"));
    assert!(structure.targets.is_empty(), "a structure teaches nothing by itself");
    assert!(equipment.targets.is_empty(), "who gets a computer has not learned anything");
}

#[test]
fn structures_of_another_file_complete_services() {
    let document: Value = json!([{
        "source": "x", "structure_id": "s", "id": "a", "nom": "Atelier", "description": "d", "date_maj": "2026-01-01",
        "thematiques": ["numerique--acceder-a-des-services-en-ligne"],
    }]);
    let mut knowledge = KNOWLEDGE.clone();
    knowledge.structures = Structures::default();
    let structures = json!([{ "id": "s", "nom": "Maison", "commune": "Reims", "code_postal": "51100" }]);
    knowledge.structures.add(structures.to_string().as_bytes()).unwrap();
    let mut offers = Vec::new();
    read_offers(Format::DataInclusion, document.to_string().as_bytes(), "x", &knowledge, &mut |read| offers.push(read))
        .unwrap();
    let skills_passport::offers::import::Imported::Offer(offer, findings) = &offers[0] else { panic!() };
    assert_eq!((offer.provider.as_str(), findings.len()), ("Maison", 0));
    assert_eq!(offer.place.as_ref().unwrap().address.town, "Reims");
}

#[test]
fn what_fits_the_schema_of_data_inclusion_is_read_without_a_finding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/offers");
    let Ok(schema) = std::fs::read_to_string(folder.join("data-inclusion-v1-service.json")) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let fits = jsonschema::validator_for(&schema).unwrap();
    let service = |member: &str, value: &Value| {
        let mut service = json!({
            "source": "x", "structure_id": "x--s", "id": "x--1", "nom": "Atelier", "date_maj": "2026-01-01",
            "description": "Apprendre",
        });
        service[member] = value.clone();
        service
    };
    let mut tried = 0;
    for (member, kind) in [
        ("frais", "Frais"),
        ("modes_accueil", "ModeAccueil"),
        ("publics", "Public"),
        ("thematiques", "Thematique"),
        ("type", "TypeService"),
    ] {
        for word in schema["$defs"][kind]["enum"].as_array().unwrap() {
            let single = ["frais", "type"].contains(&member);
            let service = service(member, &if single { word.clone() } else { json!([word]) });
            assert!(fits.is_valid(&service), "{service}");
            let (_, offers, findings) = read(Format::DataInclusion, json!([service]).to_string().as_bytes()).unwrap();
            assert_eq!((offers.len(), described(&findings)), (1, vec![]), "{word}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

#[test]
fn every_defect_of_courses_is_named_with_its_entry_member_and_reason() {
    let (counts, offers, findings) = read(Format::SchemaOrg, COURSES.as_bytes()).unwrap();
    assert_eq!((counts.imported, counts.refused), (4, 3));
    let expected = [
        "2 competencyRequired no-level",
        "2 description markup",
        "3 audience unknown-value",
        "3 endDate form",
        "3 identifier missing",
        "3 inLanguage spelling",
        "3 provider unlinked",
        "3 teaches no-level",
        "3 teaches spelling",
        "3 teaches unknown-value",
        "4 teaches unknown-value",
        "5 name missing",
        "6 @type missing",
        "7  cut-off",
    ];
    let mut found = described(&findings);
    found.sort();
    assert_eq!(found, expected);
    let titles: Vec<_> = offers.iter().map(|offer| (offer.id.as_str(), offer.title.as_str())).collect();
    let expected = [
        ("passwords", "Passwords that hold"),
        ("passwords#2", "Passwords that hold"),
        ("entry-3", "Evening of scams"),
        ("urn:prefixed", "Prefixed"),
    ];
    assert_eq!(titles, expected);
}

#[test]
fn a_course_becomes_an_offer_for_each_place_and_way() {
    let (_, offers, _) = read(Format::SchemaOrg, COURSES.as_bytes()).unwrap();
    let [here, anywhere, evening, prefixed] = &offers[..] else { panic!("{offers:#?}") };
    // The level is that of the whole course, and its table's: a competence is declared, how far is not.
    assert_eq!(levels(here), ["~4.1 2-4", "~1.1 2-4"]);
    assert_eq!(here.provider, "Our school");
    assert_eq!(here.prerequisites[0].competence.as_str(), "1.1");
    assert_eq!(here.cost.kinds, [CostKind::Free]);
    assert_eq!(here.place.as_ref().unwrap().coordinates.unwrap().longitude(), 4_030_000);
    assert_eq!(here.dates[0].start.to_string(), "2026-12-01");
    assert_eq!((&anywhere.modalities[..], anywhere.dates.len()), (&[Modality::Remote][..], 1));
    assert_eq!(anywhere.languages[0].as_str(), "fr");
    assert_eq!(levels(evening), ["~4.2 1-2"]);
    assert_eq!(evening.cost.kinds, [CostKind::Free]);
    // A code of another set that looks like one of ours is not ours.
    assert_eq!((prefixed.title.as_str(), prefixed.targets.len()), ("Prefixed", 0));
}

#[test]
fn every_concept_of_esco_leads_to_its_competence() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/esco/digcomp2-to-esco-1.2.0.csv");
    let Ok(mut reader) = csv::Reader::from_path(&file) else {
        eprintln!("skipped: {} is not there", file.display());
        return;
    };
    let mut concepts = 0;
    for record in reader.records().map(Result::unwrap).filter(|record| record[3].starts_with("http")) {
        let (code, uri) = (&record[0], &record[3]);
        for term in [json!(uri), json!({ "@type": "DefinedTerm", "@id": uri, "sp:from": 2, "sp:to": 3 })] {
            let course = json!({ "@type": "Course", "@id": "x", "name": "X", "teaches": term });
            let (_, offers, _) = read(Format::SchemaOrg, course.to_string().as_bytes()).unwrap();
            let taught: Vec<_> = offers[0].targets.iter().map(|target| target.competence.as_str()).collect();
            if &record[1] == "area" {
                assert!(!taught.is_empty() && taught.iter().all(|id| id.starts_with(code)), "{uri} {taught:?}");
            } else {
                assert_eq!(taught, [code], "{uri}");
            }
        }
        concepts += 1;
    }
    assert!(concepts > 20, "{concepts}");
}

#[test]
fn terms_are_understood_in_all_their_forms() {
    let taught = |term: Value| {
        let course = json!({ "@context": "https://schema.org", "@type": "Course", "@id": "x", "name": "X",
            "teaches": term, "educationalLevel": "Advanced" });
        let (_, offers, _) = read(Format::SchemaOrg, course.to_string().as_bytes()).unwrap();
        levels(&offers[0]).join(" ")
    };
    let digcomp = "DigComp 3.0";
    for term in [
        json!({ "@type": "DefinedTerm", "termCode": "4.2", "inDefinedTermSet": digcomp }),
        json!({ "@type": "DefinedTerm", "termCode": "4.2", "inDefinedTermSet": { "@id": "https://x.eu/digcomp" } }),
        json!({ "@type": "DefinedTerm", "termCode": "4.2", "inDefinedTermSet": "DigComp 2.2" }),
        json!({ "@type": "DefinedTerm", "url": "https://example.eu/DigComp/3.0/4.2" }),
        json!({ "@type": "AlignmentObject", "educationalFramework": digcomp, "targetName": "4.2" }),
        json!({ "@type": "AlignmentObject", "educationalFramework": digcomp, "targetName": "4.2: Whatever" }),
        json!("4.2"),
        json!([["4.2"], "4.2"]),
    ] {
        assert_eq!(taught(term.clone()), "~4.2 4-6", "{term}");
    }
    let declared = json!({ "@type": "DefinedTerm", "termCode": "4.2", "inDefinedTermSet": digcomp,
        "sp:from": 3, "sp:to": "5" });
    assert_eq!(taught(declared), "4.2 3-5");
    for other in [
        json!({ "@type": "DefinedTerm", "termCode": "4.2", "inDefinedTermSet": "CRCN" }),
        json!({ "@type": "DefinedTerm", "termCode": "9.9", "inDefinedTermSet": digcomp }),
        json!("juggling"),
        json!(4.25),
        json!({}),
    ] {
        assert_eq!(taught(other.clone()), "", "{other}");
    }
}

#[test]
fn every_defect_of_formations_is_named_with_its_entry_element_and_reason() {
    let (counts, _, findings) = read(Format::Lheo, FORMATIONS.as_bytes()).unwrap();
    assert_eq!((counts.imported, counts.refused), (4, 3));
    let expected = [
        "1 acces-handicapes unknown-value",
        "1 code-public-vise unknown-value",
        "1 domaine-formation/code-FORMACODE form",
        "1 domaine-formation/code-FORMACODE form",
        "1 objectif-formation markup",
        "1 objectif-formation markup",
        "1 session/periode/debut form",
        "2 extras form",
        "2 extras unknown-value",
        "2 modalites-enseignement unknown-value",
        "3 intitule-formation missing",
        "4  malformed",
        "5  cut-off",
        "6 action missing",
    ];
    let mut found = described(&findings);
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn each_action_of_a_formation_becomes_an_offer() {
    let (_, offers, _) = read(Format::Lheo, FORMATIONS.as_bytes()).unwrap();
    let [on_site, remote, tagged, last] = &offers[..] else { panic!("{offers:#?}") };
    assert_eq!((on_site.id.as_str(), remote.id.as_str(), last.id.as_str()), ("F1/A1", "F1/A2", "F6"));
    assert_eq!(on_site.title, "Mise à niveau numérique & bureautique");
    assert_eq!((on_site.provider.as_str(), on_site.link.as_str()), ("Notre école", "https://example.org/f1"));
    assert_eq!(on_site.description, "Se servir d’un ordinateur");
    assert_eq!(levels(on_site), ["~1.1 1-3", "~1.3 1-3", "~2.1 1-3", "~5.1 1-3", "~5.2 1-3"]);
    assert_eq!(on_site.cost.kinds, [CostKind::Conditional, CostKind::Paid]);
    assert_eq!(remote.cost.kinds, [CostKind::Free]);
    let place = on_site.place.as_ref().unwrap();
    assert_eq!((place.address.street.as_str(), place.address.town.as_str()), ("1 rue Longue, Bâtiment B", "Reims"));
    let days: Vec<_> = on_site.dates.iter().map(|period| (period.start.to_string(), period.end.is_some())).collect();
    assert_eq!(days, [("2026-12-01".to_owned(), true), ("2027-01-05".to_owned(), false)]);
    assert_eq!((&on_site.modalities[..], &remote.modalities[..]), (&[Modality::OnSite][..], &[Modality::Remote][..]));
    assert_eq!(levels(tagged), ["4.1 2-4"]);
    assert_eq!(tagged.prerequisites[0].level.number(), 2);
}

#[test]
fn a_file_in_latin_1_is_read_and_said() {
    for (format, text) in [(Format::Lheo, FORMATIONS), (Format::DataInclusion, SERVICES)] {
        let bytes: Vec<u8> = text.chars().map(|sign| u8::try_from(sign).unwrap_or(b'\'')).collect();
        let (counts, offers, findings) = read(format, &bytes).unwrap();
        assert_eq!(counts.imported, 4);
        assert!(findings.iter().any(|finding| finding.reason.code() == "encoding"));
        assert!(offers.iter().any(|offer| offer.title.contains('é') || offer.title.contains('è')), "{offers:#?}");
    }
}

#[test]
fn the_format_is_told_by_the_beginning() {
    for (text, format) in [
        (SERVICES, Some(Format::DataInclusion)),
        (COURSES, Some(Format::SchemaOrg)),
        (FORMATIONS, Some(Format::Lheo)),
        (include_str!("fixtures/places.csv"), Some(Format::LaMedNum)),
        ("{\"format\":\"1.0.0\",\"framework\":{}}", None),
        ("hello", None),
        ("", None),
    ] {
        assert_eq!(Format::of_beginning(text.as_bytes()), format, "{}", text.chars().take(40).collect::<String>());
    }
}

#[test]
fn lines_are_read_one_by_one_and_a_damaged_one_costs_nothing_else() {
    let good = |id: u32| json!({ "structure_id": "s", "id": id.to_string(), "nom": "X", "source": "x" }).to_string();
    let lines = [good(1), good(2), "{\"nom\": \"broken".to_owned(), good(3)].join("\n");
    let (counts, offers, findings) = read(Format::DataInclusion, lines.as_bytes()).unwrap();
    assert_eq!((counts.imported, counts.refused), (3, 1));
    assert_eq!(offers.iter().map(|offer| offer.id.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert!(described(&findings).contains(&"3  malformed".to_owned()));
}

#[test]
fn every_fault_of_a_catalogue_is_named() {
    let good = json!({ "id": "a", "title": "A", "source": { "name": "us" } });
    let mut bad = good.clone();
    bad["link"] = json!("ftp://example.org");
    let offers = json!([good, bad, good, 7, { "id": "b" }]);
    let text = json!({ "format": "1.0.0", "framework": { "id": "digcomp", "version": "3.0.0" }, "offers": offers });
    let mut findings = Vec::new();
    let counts = read_catalogue(text.to_string().as_bytes(), &DIGCOMP, &mut |read| {
        if let skills_passport::offers::import::Imported::Refused(found) = read {
            findings.extend(found);
        }
    });
    let counts = counts.unwrap();
    assert_eq!((counts.imported, counts.refused), (1, 4));
    assert_eq!(described(&findings), ["2 link form", "3 id duplicate-id", "4  form", "5  form"]);
}

/// Makes a file while it is read, and counts its entries.
struct Endless<'a> {
    made: &'a Cell<u64>,
    left: u64,
    entry: &'a str,
    tail: &'a str,
    pending: Vec<u8>,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.pending.is_empty() && self.left > 0 {
            self.left -= 1;
            self.made.set(self.made.get() + 1);
            let text =
                if self.left > 0 { self.entry.replace('#', &self.left.to_string()) } else { self.tail.to_owned() };
            self.pending = text.into_bytes();
        }
        let size = self.pending.len().min(buffer.len());
        buffer[..size].copy_from_slice(&self.pending[..size]);
        self.pending.drain(..size);
        Ok(size)
    }
}

#[test]
fn entries_are_handed_over_while_the_file_is_still_being_read() {
    for (format, head, entry, tail) in [
        (Format::DataInclusion, "{\"services\":[", "{\"structure_id\":\"s\",\"id\":\"#\",\"nom\":\"X\"},", "{}]}"),
        (Format::SchemaOrg, "{\"@graph\":[", "{\"@type\":\"Course\",\"@id\":\"#\",\"name\":\"X\"},", "{}]}"),
        (
            Format::Lheo,
            "<lheo>",
            "<formation numero=\"#\"><intitule-formation>X</intitule-formation></formation>",
            "</lheo>",
        ),
    ] {
        let (made, handed, farthest) = (Cell::new(0), Cell::new(0_u64), Cell::new(0));
        let entries = Endless { made: &made, left: 20_000, entry, tail, pending: Vec::new() };
        let counts = read_offers(format, head.as_bytes().chain(entries), "x", &KNOWLEDGE, &mut |_| {
            handed.set(handed.get() + 1);
            farthest.set(farthest.get().max(made.get() - handed.get()));
        });
        assert_eq!(counts.unwrap().imported, 19_999);
        let ahead = farthest.get() * 80;
        assert!(ahead < MAX_ENTRY_BYTES as u64, "{format:?}: {ahead} bytes were read ahead");
    }
}

#[test]
fn an_entry_without_end_is_refused_before_it_fills_the_memory() {
    for (format, head) in [
        (Format::DataInclusion, "[{\"nom\": \""),
        (Format::DataInclusion, "{\"nom\": \""),
        (Format::SchemaOrg, "{\"@graph\": [{"),
        (Format::Lheo, "<formation><intitule-formation>"),
        (Format::Lheo, "<formation "),
    ] {
        let input = head.as_bytes().chain(std::io::repeat(b'x'));
        let error = read_offers(format, input, "x", &KNOWLEDGE, &mut |_| {}).unwrap_err();
        assert!(matches!(error, ImportError::EntryTooLong { entry: 1 }), "{format:?} {error}");
    }
    assert!(matches!(read(Format::SchemaOrg, b"hello"), Err(ImportError::UnknownFormat)));
    assert!(matches!(read(Format::Lheo, b"hello"), Err(ImportError::UnknownFormat)));
}
