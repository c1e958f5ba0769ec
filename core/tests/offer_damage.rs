//! Readers of offers against damaged and invented files, and what is exported against what is read back.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

#[path = "common/readers.rs"]
mod readers;

use proptest::prelude::*;
use readers::{DIGCOMP, described, read};
use serde_json::{Value, json};
use skills_passport::offers::export::Exporter;
use skills_passport::offers::import::Format;
use skills_passport::offers::{Audience, CostKind, Modality, Need, Offer, Support};

const FILES: [(Format, &str); 4] = [
    (Format::LaMedNum, include_str!("fixtures/places.csv")),
    (Format::DataInclusion, include_str!("fixtures/offers/services.json")),
    (Format::SchemaOrg, include_str!("fixtures/offers/courses.jsonld")),
    (Format::Lheo, include_str!("fixtures/offers/formations.xml")),
];

/// Signs that formats make something of.
const SIGNS: [&[u8]; 16] = [
    b"\"",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&",
    b"\\",
    b"\n",
    b"\xff",
    b"\xc3",
    b"]]>",
    b"<formation>",
    b"null",
];

#[test]
fn ten_thousand_damaged_files_of_each_format_do_no_harm() {
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for (format, text) in FILES {
        let (mut read_some, mut refused_some) = (0, 0);
        for _ in 0..10_000 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=random(12) {
                let at = random(bytes.len());
                match random(6) {
                    0 => bytes[at] = random(256) as u8,
                    1 => {
                        let sign = SIGNS[random(SIGNS.len())];
                        bytes.splice(at..at, sign.iter().copied());
                    }
                    2 => drop(bytes.remove(at)),
                    // A piece twice, or gone.
                    3 => {
                        let end = (at + random(400)).min(bytes.len());
                        let piece = bytes[at..end].to_vec();
                        bytes.splice(at..at, piece);
                    }
                    4 => drop(bytes.drain(at..(at + random(400)).min(bytes.len()))),
                    _ if random(8) == 0 => bytes.truncate(at),
                    _ => bytes[at] ^= 1 << random(8),
                }
                if bytes.is_empty() {
                    bytes.push(b'x');
                }
            }
            // What is imported can always be put into a catalogue: `read` checks that.
            if let Ok((counts, ..)) = read(format, &bytes) {
                read_some += u32::from(counts.imported > 0);
                refused_some += u32::from(counts.refused > 0);
            }
        }
        assert!(read_some > 3_000 && refused_some > 1_000, "{format:?}: {read_some} {refused_some}");
    }
}

/// Any JSON, and often what a member of this format may hold.
fn any_value(words: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,12}".prop_map(Value::from),
        proptest::sample::select(words).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map(proptest::sample::select(words).prop_map(str::to_owned), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

const COURSE: &[&str] = &[
    "@type",
    "@id",
    "@value",
    "@list",
    "Course",
    "name",
    "schema:name",
    "identifier",
    "provider",
    "teaches",
    "competencyRequired",
    "educationalAlignment",
    "alignmentType",
    "requires",
    "DefinedTerm",
    "termCode",
    "4.2",
    "inDefinedTermSet",
    "DigComp 3.0",
    "sp:from",
    "sp:to",
    "sp:level",
    "sp:passes",
    "hasCourseInstance",
    "courseMode",
    "online",
    "startDate",
    "endDate",
    "2026-01-01",
    "location",
    "address",
    "geo",
    "latitude",
    "longitude",
    "offers",
    "price",
    "0",
    "category",
    "inLanguage",
    "fr",
    "French",
    "audience",
    "audienceType",
    "seniors",
    "educationalLevel",
    "Beginner",
    "url",
    "https://example.org",
    "description",
    "&lt;b&gt;",
    "courseSchedule",
    "isAccessibleForFree",
    "sp:services",
    "sp:support",
];
const SERVICE: &[&str] = &[
    "id",
    "nom",
    "structure_id",
    "source",
    "description",
    "date_maj",
    "2026-01-01",
    "thematiques",
    "numerique--acceder-a-des-services-en-ligne",
    "frais",
    "gratuit",
    "payant",
    "pass-numerique",
    "modes_accueil",
    "a-distance",
    "publics",
    "seniors",
    "tous-publics",
    "type",
    "atelier",
    "code_postal",
    "51100",
    "1000",
    "code_insee",
    "commune",
    "adresse",
    "latitude",
    "longitude",
    "48,5",
    "lien_source",
    "example.org",
    "zone_eligibilite",
    "HTTP://a.b",
];
const ELEMENTS: &[&str] = &[
    "formation",
    "intitule-formation",
    "action",
    "extras",
    "extra",
    "session",
    "periode",
    "debut",
    "fin",
    "domaine-formation",
    "code-FORMACODE",
    "lieu-de-formation",
    "coordonnees",
    "adresse",
    "ligne",
    "codepostal",
    "geolocalisation",
    "latitude",
    "modalites-enseignement",
    "prix-total-TTC",
    "langue-formation",
    "url-action",
    "urlweb",
];

fn any_xml() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[ -~]{0,10}".prop_map(|text| text.replace(['<', '&'], " ")),
        proptest::sample::select(
            &["15050", "20261201", "&eacute;", "&#0;", "<![CDATA[<b>]]>", "2", "4.2 2-4", "fr", "51100"][..]
        )
        .prop_map(str::to_owned),
    ];
    let element = leaf.prop_recursive(5, 60, 5, |inner| {
        (proptest::sample::select(ELEMENTS), proptest::collection::vec(inner, 0..5), any::<bool>()).prop_map(
            |(name, inner, tagged)| {
                let attribute = if tagged { " info=\"target\" numero='1' datemaj=\"20260101\"" } else { "" };
                format!("<{name}{attribute}>{}</{name}>", inner.concat())
            },
        )
    });
    proptest::collection::vec(element, 0..6).prop_map(|inner| {
        format!("<formation><intitule-formation>X</intitule-formation>{}</formation>", inner.concat())
    })
}

proptest! {
    #[test]
    fn whatever_a_course_holds_becomes_a_good_offer_or_is_refused(value in any_value(COURSE), name in any::<bool>()) {
        let mut course = json!({ "@type": "Course", "@id": "x" });
        if name {
            course["name"] = json!("A course");
        }
        if let Some(members) = value.as_object() {
            course.as_object_mut().unwrap().extend(members.clone());
        }
        let (counts, ..) = read(Format::SchemaOrg, course.to_string().as_bytes()).unwrap();
        prop_assert!(counts.imported + counts.refused > 0 || course["@type"] != "Course");
    }

    #[test]
    fn whatever_a_service_holds_becomes_a_good_offer_or_is_refused(value in any_value(SERVICE)) {
        let mut service = json!({ "structure_id": "s", "nom": "Atelier", "id": "1" });
        if let Some(members) = value.as_object() {
            service.as_object_mut().unwrap().extend(members.clone());
        }
        let (counts, ..) = read(Format::DataInclusion, json!([service, value]).to_string().as_bytes()).unwrap();
        prop_assert_eq!(counts.imported + counts.refused, 2, "no entry is lost");
    }

    #[test]
    fn whatever_a_formation_holds_becomes_good_offers_or_is_refused(text in any_xml()) {
        let (counts, ..) = read(Format::Lheo, format!("<lheo>{text}</lheo>").as_bytes()).unwrap();
        prop_assert!(counts.imported + counts.refused > 0, "no entry is lost");
    }

    #[test]
    fn whatever_a_row_holds_becomes_a_good_offer_or_is_refused(
        cells in proptest::collection::vec("\\PC{0,12}", 8..=8), delimiter in proptest::sample::select(&[b',', b';'][..]),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        let head = ["id", "nom", "services", "latitude", "longitude", "code_postal", "site_web", "date_maj"];
        writer.write_record(head).unwrap();
        writer.write_record(&cells).unwrap();
        let (counts, ..) = read(Format::LaMedNum, &writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(counts.imported + counts.refused, 1, "no row is lost");
    }

    #[test]
    fn any_bytes_are_refused_without_harm(
        bytes in proptest::collection::vec(any::<u8>(), 0..200), start in proptest::sample::select(&["", "[", "{", "<", "<lheo>", "nom,services\n"][..]),
    ) {
        let whole = [start.as_bytes(), &bytes].concat();
        for (format, _) in FILES {
            let _ = read(format, &whole);
        }
    }
}

/// A text as offers may hold it: on one line, without superfluous spaces.
fn line(longest: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec("[A-Za-zÀ-ÖØ-öø-ÿ0-9'’().:+-]{1,10}", 1..=longest)
        .prop_map(|words| words.join(" "))
        // Bytes of UTF-8 that were taken for Latin-1 look like this, and are put right.
        .prop_filter("mojibake", |text| !text.contains(['Ã', 'Â', 'â']))
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    proptest::sample::subsequence(all.to_vec(), 0..=all.len().min(3))
}

prop_compose! {
    fn any_offer()(
        words in (line(4), line(6), line(3), line(12), line(3)),
        targets in proptest::collection::btree_map(0..21_usize, (1..=7_u8, 1..=7_u8, any::<bool>()), 0..5),
        prerequisites in proptest::collection::btree_map(0..21_usize, 1..=8_u8, 0..3),
        services in proptest::collection::vec(line(3), 0..3),
        vocabularies in (one_of(Modality::ALL), one_of(Support::ALL), one_of(Audience::ALL), one_of(Need::ALL), one_of(CostKind::ALL)),
        passes in proptest::collection::btree_set("[a-z0-9-]{1,12}", 0..3),
        languages in proptest::sample::subsequence(vec!["fr", "en", "pt-BR", "ar"], 0..=3),
        place in proptest::option::of((proptest::option::of((-90_000_000..=90_000_000_i32, -180_000_000..=180_000_000_i32)), proptest::option::of((line(3), "[0-9]{5}", line(2), "[0-9]{5}")), any::<bool>())),
        dates in proptest::collection::btree_map((1..=12_u8, 1..=28_u8), proptest::option::of(0..=3_u8), 0..4),
        rest in (proptest::option::of(line(2)), proptest::option::of(line(3)), proptest::option::of("https://[a-z]{1,9}\\.org/[a-z0-9]{0,9}"), any::<bool>()),
    ) -> Offer {
        let (id, title, provider, description, source) = words;
        let (modalities, support, audiences, accessibility, kinds) = vocabularies;
        let competence = |number: usize| DIGCOMP.competences()[number].to_string();
        let mut value = json!({
            "id": id, "title": title, "provider": provider, "description": description,
            "source": if rest.3 { json!({ "name": source, "date": "2026-11-22" }) } else { json!({ "name": source }) },
            "targets": targets.into_iter().map(|(number, (from, more, declared))| json!({
                "competence": competence(number), "from": from, "to": (from + more).min(8),
                "origin": if declared { "declared" } else { "derived" },
            })).collect::<Vec<_>>(),
            "prerequisites": prerequisites.into_iter()
                .map(|(number, level)| json!({ "competence": competence(number), "level": level })).collect::<Vec<_>>(),
            "services": services, "modalities": modalities, "support": support, "audiences": audiences,
            "accessibility": accessibility, "languages": languages,
            "cost": { "kinds": kinds, "passes": passes },
            "dates": dates.into_iter().map(|((month, day), more)| match more {
                None => json!({ "start": format!("2026-{month:02}-{day:02}") }),
                Some(years) => json!({ "start": format!("2026-{month:02}-{day:02}"), "end": format!("{}-{month:02}-{day:02}", 2026 + i32::from(years)) }),
            }).collect::<Vec<_>>(),
            "link": rest.2.unwrap_or_default(), "territory": rest.0.unwrap_or_default(), "hours": rest.1.clone().unwrap_or_default(),
        });
        if let Some(details) = rest.1 {
            value["cost"]["details"] = json!(details);
        }
        if let Some((point, address, itinerant)) = place {
            value["place"] = json!({ "itinerant": itinerant });
            if let Some((latitude, longitude)) = point {
                value["place"]["coordinates"] = json!({ "latitude": latitude, "longitude": longitude });
            }
            if let Some((street, postcode, town, code)) = address {
                value["place"]["address"] = json!({ "street": street, "postcode": postcode, "town": town, "townCode": code });
            }
        }
        serde_json::from_value(value).unwrap()
    }
}

proptest! {
    #[test]
    fn an_offer_that_is_exported_is_read_back_whole_and_without_a_finding(offers in proptest::collection::vec(any_offer(), 1..4)) {
        let mut offers = offers;
        for (number, offer) in offers.iter_mut().enumerate() {
            offer.id = format!("{number} {}", offer.id);
        }
        let exporter = Exporter::new(&DIGCOMP);
        let courses: Vec<Value> = offers.iter().map(|offer| exporter.course(offer)).collect();
        let file = json!({ "@context": Exporter::context(), "@graph": courses }).to_string();
        prop_assert_eq!(Format::of_beginning(file.as_bytes()), Some(Format::SchemaOrg));
        let (counts, again, findings) = read(Format::SchemaOrg, file.as_bytes()).unwrap();
        prop_assert_eq!(described(&findings), Vec::<String>::new());
        prop_assert_eq!(counts.imported, offers.len() as u64);
        prop_assert_eq!(again, offers);
    }
}
