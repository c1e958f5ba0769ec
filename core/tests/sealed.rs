//! A passport under a passphrase: opened with the right one only, and never half.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::Random;
use serde_json::{Value, json};
use skills_passport::passport::Passport;
use skills_passport::passport::sealed::{Contents, Cost, Fresh, MAX_SEALED_BYTES, SealError, open, seal};
use uuid::Uuid;
use zeroize::Zeroizing;

const PASSPHRASE: &str = "pirouette cacahuète";
/// As little work as Argon2 allows: what is tested here is not how long it takes.
const CHEAP: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
const FRESH: Fresh = Fresh { salt: [3; 16], nonce: [5; 24] };

static CONTENTS: LazyLock<Contents> = LazyLock::new(|| {
    let mut passport = Passport::new(Uuid::from_u128(1), "2026-11-01T08:00:00Z".parse().unwrap());
    passport.add(common::record(&common::tiny(), 2, 10, &mut Random(1))).unwrap();
    Contents { passport, keys: vec![Zeroizing::new("z3u2secret".to_owned())] }
});

static SEALED: LazyLock<String> = LazyLock::new(|| seal(&CONTENTS, PASSPHRASE, CHEAP, &FRESH).unwrap());

fn changed(pointer: &str, value: Value) -> String {
    let mut document: Value = serde_json::from_str(&SEALED).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    document.to_string()
}

#[test]
fn what_was_sealed_is_opened_with_the_same_passphrase() {
    assert_eq!(open(&SEALED, PASSPHRASE).unwrap(), *CONTENTS);
    for word in ["A.1-01", "z3u2", "assessment", "cacahu"] {
        assert!(!SEALED.contains(word), "{word} can be read");
    }
}

#[test]
fn the_envelope_is_what_is_documented() {
    let document: Value = serde_json::from_str(&SEALED).unwrap();
    assert_eq!(document["format"], "1.0.0");
    assert_eq!(document["type"], "sealed-passport");
    assert_eq!(document["cipher"]["name"], "xchacha20-poly1305");
    assert_eq!(document["cipher"]["nonce"], "BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUF");
    let key = &document["key"];
    assert_eq!((&key["name"], &key["version"], &key["memoryKib"]), (&json!("argon2id"), &json!(19), &json!(8)));
    assert_eq!(key["salt"], "AwMDAwMDAwMDAwMDAwMDAw");
}

/// Files that were sealed once must open for ever.
#[test]
fn an_envelope_of_the_first_version_still_opens() {
    let text = include_str!("fixtures/sealed/1.0.0-standard-cost.sealed.json");
    let contents = open(text, PASSPHRASE).unwrap();
    assert_eq!(contents.keys, CONTENTS.keys);
    let record = contents.passport.assessments().next().unwrap();
    assert_eq!((record.id, record.assessment.answers.len()), (Uuid::from_u128(2), 8));
    let document: Value = serde_json::from_str(text).unwrap();
    assert_eq!(document["key"]["memoryKib"], Cost::STANDARD.memory_kib);
}

#[test]
fn a_wrong_passphrase_is_told_apart_from_a_changed_file() {
    assert_eq!(open(&SEALED, "pirouette cacahuete"), Err(SealError::WrongPassphrase));
    assert_eq!(open(&SEALED, ""), Err(SealError::WrongPassphrase));
    let document: Value = serde_json::from_str(&SEALED).unwrap();
    let content = document["content"].as_str().unwrap();
    let flipped =
        if content.starts_with('A') { content.replacen('A', "B", 1) } else { format!("A{}", content.split_at(1).1) };
    assert_eq!(open(&changed("/content", flipped.into()), PASSPHRASE), Err(SealError::Tampered));
    // The parts that are not encrypted are held by the tag, too.
    assert_eq!(open(&changed("/format", "1.0.1".into()), PASSPHRASE), Err(SealError::Tampered));
    let other_nonce = json!("BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUG");
    assert_eq!(open(&changed("/cipher/nonce", other_nonce), PASSPHRASE), Err(SealError::Tampered));
}

#[test]
fn a_file_that_was_cut_off_is_known_before_the_passphrase_is_tried() {
    let document: Value = serde_json::from_str(&SEALED).unwrap();
    let content = document["content"].as_str().unwrap();
    let (short, _) = content.split_at(content.len() - 100);
    let error = open(&changed("/content", short.into()), "wrong passphrase").unwrap_err();
    assert_eq!(error.code(), "truncated");
    let (half, _) = SEALED.split_at(SEALED.len() / 2);
    assert_eq!(open(half, PASSPHRASE).unwrap_err().code(), "not-json");
}

#[test]
fn a_file_cannot_make_the_reader_work_without_bounds() {
    for (member, value) in [
        ("memoryKib", json!(Cost::MAX_MEMORY_KIB + 1)),
        ("memoryKib", json!(u32::MAX)),
        ("memoryKib", json!(0)),
        ("passes", json!(17)),
        ("passes", json!(0)),
        ("lanes", json!(9)),
        ("lanes", json!(2)),
        ("name", json!("argon2i")),
        ("version", json!(16)),
    ] {
        let error = open(&changed(&format!("/key/{member}"), value), PASSPHRASE).unwrap_err();
        assert_eq!(error, SealError::Parameters, "{member}");
    }
    let large = "x".repeat(MAX_SEALED_BYTES + 1);
    assert_eq!(open(&large, PASSPHRASE).unwrap_err().code(), "too-large");
    let long = "x".repeat(5000);
    assert_eq!(open(&SEALED, &long), Err(SealError::Passphrase));
}

#[test]
fn other_versions_are_refused_and_newer_ones_read() {
    assert_eq!(open(&changed("/format", "2.0.0".into()), PASSPHRASE).unwrap_err().code(), "newer-version");
    // A member that a newer minor version authenticates is authenticated here, too, though it is not understood.
    let mut newer: Value = serde_json::from_str(&SEALED).unwrap();
    newer["hint"] = "x".into();
    assert_eq!(open(&newer.to_string(), PASSPHRASE), Err(SealError::Tampered));
}

#[test]
fn a_short_passphrase_seals_nothing() {
    assert_eq!(seal(&CONTENTS, "1234567", CHEAP, &FRESH), Err(SealError::Passphrase));
    assert!(seal(&CONTENTS, "éééééééé", CHEAP, &FRESH).is_ok());
}

#[test]
fn the_same_passport_sealed_anew_looks_entirely_different() {
    let again = seal(&CONTENTS, PASSPHRASE, CHEAP, &Fresh { salt: [4; 16], nonce: [6; 24] }).unwrap();
    let content = |text: &str| serde_json::from_str::<Value>(text).unwrap()["content"].as_str().unwrap().to_owned();
    let (one, two) = (content(&SEALED), content(&again));
    let same = one.bytes().zip(two.bytes()).filter(|(one, two)| one == two).count();
    assert!(same < one.len() / 32, "{same} of {}", one.len());
}

fn damaged(random: &mut Random) -> Vec<u8> {
    let mut bytes = SEALED.clone().into_bytes();
    match random.below(4) {
        0 => {
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        1 => bytes.truncate(random.below(bytes.len())),
        2 => {
            // The head is short: most of its bytes would never be met by chance.
            let head = SEALED.find("\"format\"").unwrap();
            let at = head + random.below(SEALED.len() - head);
            bytes[at] = b"0123456789az\"{}[],:x"[random.below(20)];
        }
        _ => {
            let mut document: Value = serde_json::from_str(&SEALED).unwrap();
            let places = [
                "/format",
                "/type",
                "/key",
                "/key/salt",
                "/key/check",
                "/key/memoryKib",
                "/cipher",
                "/cipher/nonce",
                "/bytes",
                "/content",
            ];
            let strange = [
                json!(null),
                json!(-1),
                json!(4_294_967_296_u64),
                json!(""),
                json!("AAAA"),
                json!([]),
                json!({}),
                json!("="),
            ];
            *document.pointer_mut(places[random.below(places.len())]).unwrap() = strange[random.below(8)].clone();
            bytes = document.to_string().into_bytes();
        }
    }
    bytes
}

#[test]
fn ten_thousand_damaged_envelopes_give_a_reason_and_nothing_else() {
    let mut seen = BTreeSet::new();
    for seed in 0..10_000 {
        let bytes = damaged(&mut Random(seed));
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        match open(text, PASSPHRASE) {
            // Only where nothing that counts was changed: white space, or the order of members.
            Ok(contents) => {
                assert_eq!(contents, *CONTENTS, "seed {seed}");
                let same: Value = serde_json::from_str(text).unwrap();
                assert_eq!(same, serde_json::from_str::<Value>(&SEALED).unwrap(), "seed {seed}");
                seen.insert("opened");
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                seen.insert(error.code());
            }
        }
    }
    let all = ["not-json", "tampered", "truncated", "unsupported-parameters", "wrong-passphrase", "wrong-shape"];
    assert!(all.iter().all(|code| seen.contains(code)), "the damage is too much alike: {seen:?}");
}
