//! Places of the La MedNum standard, as they come.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use std::cell::Cell;
use std::io::Read;
use std::path::Path;

use skills_passport::framework::Framework;
use skills_passport::offers::import::{Action, Counts, Finding, ImportError, Imported, MAX_ROW_BYTES, read_lamednum};
use skills_passport::offers::matching::Weights;
use skills_passport::offers::{CostKind, Modality, Need, Offer, OfferOrigin, Support, Tables};
use skills_passport_frameworks::Library;

const PLACES: &str = include_str!("fixtures/places.csv");

fn tables() -> Tables {
    let mut tables = Tables::default();
    for name in ["lamednum-services-v1", "lamednum-services-v0"] {
        tables.add(Library::shipped().file(&format!("offers/{name}.json")).unwrap()).unwrap();
    }
    tables
}

fn digcomp() -> Framework {
    Library::shipped().framework("digcomp@3.0").unwrap()
}

fn read(bytes: &[u8]) -> Result<(Counts, Vec<Offer>, Vec<Finding>), ImportError> {
    let (mut offers, mut findings) = (Vec::new(), Vec::new());
    let counts = read_lamednum(bytes, "places.csv", &tables(), &mut |row| match row {
        Imported::Offer(offer, found) => {
            offers.push(*offer);
            findings.extend(found);
        }
        Imported::Refused(found) => findings.extend(found),
    })?;
    Ok((counts, offers, findings))
}

fn described(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {} {}", finding.row, finding.column, finding.reason.code())).collect()
}

#[test]
fn every_defect_is_named_with_its_row_column_and_reason() {
    let (counts, offers, findings) = read(PLACES.as_bytes()).unwrap();
    assert_eq!((counts.imported, counts.repaired, counts.refused), (10, 9, 2));
    let expected = [
        "3 pivot missing",
        "4 date_maj missing",
        "5 adresse line-break",
        "6 latitude far-from-postcode",
        "7 code_postal leading-zero",
        "7 code_insee leading-zero",
        "7 latitude decimal-comma",
        "7 longitude decimal-comma",
        "7 date_maj form",
        "8 pivot check-digit",
        "8 latitude swapped",
        "8 site_web link-scheme",
        "9 nom spaces",
        "9 itinerance spelling",
        "9 services separator",
        "9 services spelling",
        "9 services other-version",
        "9 services unknown-value",
        "9 frais_a_charge spelling",
        "10 id duplicate-id",
        "11 nom missing",
        "12  cell-count",
        "12 nom encoding",
        "13  empty-row",
    ];
    assert_eq!(described(&findings), expected);
    let by = |id: &str| offers.iter().find(|offer| offer.id == id).unwrap();
    assert_eq!(by("comma").place.as_ref().unwrap().coordinates.unwrap().latitude(), 46_200_000);
    assert_eq!(by("comma").place.as_ref().unwrap().address.postcode, "01000");
    assert_eq!(by("comma").source.date.unwrap().to_string(), "2026-01-02");
    assert_eq!(by("swapped").place.as_ref().unwrap().coordinates.unwrap().latitude(), 49_250_000);
    assert_eq!(by("swapped").link, "https://example.org");
    assert_eq!(by("far").place.as_ref().unwrap().coordinates, None);
    assert_eq!(by("twice").title, "Déjà vu");
    assert!(by("words").place.as_ref().unwrap().itinerant);
    assert!(by("words").services.contains(&"Jardinage".to_owned()));
    assert_eq!(by("break").place.as_ref().unwrap().address.street, "4 rue Longue Bâtiment B");
}

#[test]
fn a_place_becomes_an_offer_with_derived_targets() {
    let (_, offers, _) = read(PLACES.as_bytes()).unwrap();
    let offer = &offers[0];
    assert!(offer.targets.iter().all(|target| target.origin == OfferOrigin::Derived));
    let levels: Vec<_> = offer
        .targets
        .iter()
        .map(|target| (target.competence.as_str(), target.from.number(), target.to.number()))
        .collect();
    assert_eq!(levels, [("2.3", 1, 2), ("2.6", 1, 3), ("4.1", 1, 3), ("4.2", 1, 3)]);
    assert_eq!(offer.modalities, [Modality::OnSite, Modality::Remote]);
    assert_eq!(offer.support, [Support::Individual]);
    assert_eq!(offer.accessibility, [Need::Languages]);
    assert_eq!(offer.languages.iter().map(|language| language.as_str()).collect::<Vec<_>>(), ["fr", "en"]);
}

#[test]
fn version_0_1_1_keeps_its_passes() {
    let old = "id;pivot;nom;commune;code_postal;adresse;date_maj;services;publics_accueillis;conditions_acces;labels_nationaux;modalites_accompagnement\n\
        a;43493312300029;A;Reims;51100;rue;2022-06-02;\"Prendre en main un ordinateur;Créer avec le numérique\";Surdité;\
        \"Payant : L'accès est payant;Accepte le Pass numérique : Il est possible d'utiliser un Pass numérique\";APTIC;\
        \"Avec de l'aide : je suis accompagné seul\"\n";
    let (counts, offers, findings) = read(old.as_bytes()).unwrap();
    assert_eq!(described(&findings), [""; 0]);
    assert_eq!((counts.imported, counts.repaired), (1, 0));
    assert_eq!((offers[0].cost.kinds.as_slice(), offers[0].cost.passes.len()), (&[CostKind::Paid][..], 1));
    assert_eq!(offers[0].cost.passes, ["pass-numerique"]);
    assert_eq!(
        (&offers[0].accessibility[..], &offers[0].support[..]),
        (&[Need::Hearing][..], &[Support::Individual][..])
    );
    assert_eq!(offers[0].services.len(), 2);
}

#[test]
fn latin_1_is_read_and_said() {
    let bytes: Vec<u8> = PLACES.lines().take(2).collect::<Vec<_>>().join("\n").chars().map(|c| c as u8).collect();
    let (counts, offers, findings) = read(&bytes).unwrap();
    assert_eq!((counts.imported, offers[0].title.as_str()), (1, "Sans défaut"));
    assert!(findings.iter().all(|finding| finding.reason.code() == "encoding"));
    assert!(!findings.is_empty());
}

#[test]
fn another_format_and_a_quotation_mark_without_end_are_refused() {
    assert!(matches!(read(b"a,b\n1,2\n"), Err(ImportError::NotThisFormat { column: "nom" })));
    let endless = std::io::repeat(b'x');
    let input = "nom,services\n\"".as_bytes().chain(endless);
    let error = read_lamednum(input, "x", &tables(), &mut |_| {}).unwrap_err();
    assert!(matches!(error, ImportError::RowTooLong { row: 2 }), "{error}");
}

/// Makes rows while they are read, and counts them.
struct Rows<'a> {
    made: &'a Cell<u64>,
    left: u64,
    pending: Vec<u8>,
}

impl Read for Rows<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.pending.is_empty() && self.left > 0 {
            self.left -= 1;
            self.made.set(self.made.get() + 1);
            self.pending = format!("{},Lieu,Aide aux démarches administratives\n", self.left).into_bytes();
        }
        let size = self.pending.len().min(buffer.len());
        buffer[..size].copy_from_slice(&self.pending[..size]);
        self.pending.drain(..size);
        Ok(size)
    }
}

#[test]
fn rows_are_handed_over_while_the_file_is_still_being_read() {
    let (made, handed, farthest) = (Cell::new(0), Cell::new(0_u64), Cell::new(0));
    let rows = Rows { made: &made, left: 20_000, pending: Vec::new() };
    let input = "id,nom,services\n".as_bytes().chain(rows);
    let counts = read_lamednum(input, "x", &tables(), &mut |_| {
        handed.set(handed.get() + 1);
        farthest.set(farthest.get().max(made.get() - handed.get()));
    });
    assert_eq!(counts.unwrap().imported, 20_000);
    let buffered = farthest.get() * 40;
    assert!(buffered < MAX_ROW_BYTES as u64, "{buffered} bytes were read ahead");
}

#[test]
fn ten_thousand_damaged_files_do_no_harm() {
    let framework = digcomp();
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let tables = tables();
    for _ in 0..10_000 {
        let mut bytes: Vec<u8> = PLACES.lines().take(3).collect::<Vec<_>>().join("\n").into_bytes();
        for _ in 0..=random(12) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes.truncate(at + 1),
                2 => bytes.insert(at, b"\",;|\n\xe9"[random(6)]),
                _ => drop(bytes.remove(at)),
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        let _ = read_lamednum(&bytes[..], "x", &tables, &mut |row| {
            // What is imported can always be put into a catalogue.
            if let Imported::Offer(offer, _) = row {
                offer.check(framework.competences(), "").unwrap();
            }
        });
    }
}

#[test]
fn fifty_real_places_are_imported_and_none_is_lost() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/offers/lieux-reels-50-standard-v1.csv");
    let Ok(bytes) = std::fs::read(&file) else {
        eprintln!("skipped: {} is not there", file.display());
        return;
    };
    let (counts, offers, findings) = read(&bytes).unwrap();
    assert_eq!((counts.imported, counts.refused, offers.len()), (50, 0, 50));
    let count = |column: &str, code: &str| {
        findings.iter().filter(|finding| finding.column == column && finding.reason.code() == code).count()
    };
    assert_eq!(count("pivot", "missing"), 2);
    assert_eq!(count("date_maj", "missing"), 12);
    assert_eq!(count("adresse", "line-break"), 1);
    assert_eq!(count("latitude", "far-from-postcode"), 1);
    assert_eq!(findings.len(), 16, "{:#?}", described(&findings));
    assert!(findings.iter().all(|finding| finding.action == Action::Repaired));
}

#[test]
fn every_shipped_table_is_about_competences_that_exist() {
    let (framework, library) = (digcomp(), Library::shipped());
    for vocabulary in ["lamednum-services-v1", "lamednum-services-v0", "data-inclusion-themes", "formacode"] {
        let mut tables = Tables::default();
        tables.add(library.file(&format!("offers/{vocabulary}.json")).unwrap()).unwrap();
        let entries: Vec<_> = tables.entries(vocabulary).collect();
        assert!(entries.len() >= 5, "{vocabulary}");
        for target in entries.iter().flat_map(|entry| &entry.targets) {
            assert!(framework.position(&target.competence).is_some(), "{vocabulary}: {}", target.competence);
        }
    }
    let weights: Weights = serde_json::from_str(library.file("offers/weights.json").unwrap()).unwrap();
    assert_eq!(weights, Weights::default());
}
