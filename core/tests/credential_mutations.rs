//! Whatever is changed in a signed document is noticed: every value, every member, every kind of byte.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

#[path = "common/badges.rs"]
mod badges;

use std::collections::BTreeSet;

use badges::{Document, badge, badges as all_badges, endorsement, key, now};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use skills_passport::credential::{
    Binding, MAX_CREDENTIAL_BYTES, MAX_PRESENTATION_BYTES, Refusal, Verifier, parse, present, qr,
};

fn sound(document: &Document, endorsements: &[Document]) -> bool {
    Verifier { at: &now(), rdfc: None }.badge(document, endorsements).is_sound()
}

fn codes(document: &Document) -> BTreeSet<&'static str> {
    Verifier { at: &now(), rdfc: None }.badge(document, &[]).refusals.iter().map(Refusal::code).collect()
}

/// The places of a document and, of the objects, whether they are one.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, entry)| pointers(entry, &format!("{at}/{index}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| pointers(member, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

fn places(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    pointers(&Value::Object(document.clone()), "", &mut found);
    found
}

fn changed(document: &Document, pointer: &str, change: impl FnOnce(&mut Value)) -> Document {
    let mut value = Value::Object(document.clone());
    change(value.pointer_mut(pointer).unwrap());
    value.as_object().cloned().unwrap_or_default()
}

/// Another value of the same kind.
fn other(value: &mut Value) {
    match value {
        Value::String(text) => text.push('x'),
        Value::Array(entries) if entries.len() > 1 => entries.reverse(),
        Value::Array(entries) => entries.push(json!("x")),
        Value::Object(members) => drop(members.insert("name".to_owned(), json!("x"))),
        _ => *value = json!("x"),
    }
}

/// A class of change, where it is made, how, and a code that it is refused with.
type Class = (&'static str, &'static str, fn(&mut Value), &'static str);

#[test]
fn every_class_of_change_is_refused_with_its_reason() {
    let classes: [Class; 12] = [
        ("value", "/credentialSubject/result/0/value", |value| *value = json!("7-8"), "broken-proof"),
        ("status", "/credentialSubject/result/0/status", |value| *value = json!("Completed"), "overclaims"),
        ("subject", "/credentialSubject/id", |value| *value = json!(key(2).did().as_str()), "overclaims"),
        ("issuer", "/issuer", |value| *value = json!(key(2).did().as_str()), "not-signed-by"),
        ("validFrom", "/validFrom", |value| *value = json!("2026-11-21T10:00:00Z"), "broken-proof"),
        ("created", "/proof/0/created", |value| *value = json!("2026-11-22T10:05:01Z"), "broken-proof"),
        (
            "key",
            "/proof/0/verificationMethod",
            |value| *value = json!(key(2).did().verification_method()),
            "broken-proof",
        ),
        ("purpose", "/proof/0/proofPurpose", |value| *value = json!("authentication"), "broken-proof"),
        ("evidence", "/evidence/0/narrative", |value| *value = json!("Supervised."), "broken-proof"),
        ("added member", "", |value| value["name2"] = json!("x"), "undefined-term"),
        ("added defined member", "", |value| value["description"] = json!("x"), "broken-proof"),
        (
            "context",
            "/@context",
            |value| value.as_array_mut().unwrap().push(json!("https://x.example/")),
            "unknown-context",
        ),
    ];
    let good = badge();
    assert!(sound(&good, &[]));
    for (class, pointer, change, code) in classes {
        let found = codes(&changed(&good, pointer, change));
        assert!(found.contains(code), "{class}: {found:?}");
    }
    let all = all_badges("en");
    assert!(!sound(&all[1], &[endorsement(&all[0])]), "an endorsement moved to another badge");
    let mut proof_of_another = all[1].clone();
    proof_of_another["proof"] = all[0]["proof"].clone();
    assert!(codes(&proof_of_another).contains("broken-proof"));
}

#[test]
fn every_value_that_is_changed_or_taken_out_is_noticed() {
    let good = badge();
    let (endorsement, places) = (endorsement(&good), places(&good));
    assert!(places.len() > 90);
    for pointer in places.iter().filter(|pointer| !pointer.is_empty()) {
        assert!(!sound(&changed(&good, pointer, other), &[]), "{pointer} was changed");
        assert!(!sound(&changed(&good, pointer, |value| *value = Value::Null), &[]), "{pointer} became null");
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let without = changed(&good, parent, |value| match value {
            Value::Object(members) => drop(members.remove(name)),
            Value::Array(entries) => drop(entries.remove(name.parse().unwrap())),
            _ => unreachable!("a parent"),
        });
        // A proof's own context may not be left out either: it is part of what is signed.
        assert!(!sound(&without, &[]), "{pointer} was taken out");
        // Somebody else's words are bound to the badge as it was.
        assert!(!sound(&changed(&good, pointer, other), std::slice::from_ref(&endorsement)));
    }
}

#[test]
fn every_change_of_an_endorsement_is_noticed() {
    let good = badge();
    let words = endorsement(&good);
    assert!(sound(&good, std::slice::from_ref(&words)));
    for pointer in places(&words).iter().filter(|pointer| !pointer.is_empty()) {
        assert!(!sound(&good, &[changed(&words, pointer, other)]), "{pointer}");
    }
}

#[test]
fn every_member_that_is_added_is_noticed() {
    let good = badge();
    for pointer in places(&good) {
        if Value::Object(good.clone()).pointer(&pointer).unwrap().is_object() {
            for name in ["x", "description", "type2", "@type", "id2"] {
                let more = changed(&good, &pointer, |value| value[name] = json!("x"));
                assert!(more == good || !sound(&more, &[]), "{pointer}/{name}");
            }
        }
    }
}

/// The text of a document as it is sent, and each of its bytes changed in turn: at least one bit of every byte, all
/// eight of some.
#[test]
fn no_byte_can_be_changed() {
    let good = badge();
    let text = Value::Object(good.clone()).to_string().into_bytes();
    let mut refused = 0;
    for at in 0..text.len() {
        for bit in if at % 40 == 0 { 0..8 } else { at % 8..at % 8 + 1 } {
            let mut bytes = text.clone();
            bytes[at] ^= 1 << bit;
            let Ok(read) = std::str::from_utf8(&bytes)
                .map_err(|_| ())
                .and_then(|text| parse(text, MAX_CREDENTIAL_BYTES).map_err(|_| ()))
            else {
                refused += 1;
                continue;
            };
            assert!(!sound(&read, &[]), "bit {bit} of byte {at}");
            refused += 1;
        }
    }
    assert!(refused > text.len());
}

#[test]
fn every_change_of_a_presentation_is_noticed() {
    let binding = Binding { challenge: "c".to_owned(), domain: "https://a.example".to_owned() };
    let shown = [badge(), endorsement(&badge())];
    let good = present(&shown, &key(1), &binding, &now()).unwrap();
    let sound = |document: &Document| Verifier { at: &now(), rdfc: None }.presentation(document, &binding).is_sound();
    assert!(sound(&good));
    // The contents are held by the presentation's own proof, too.
    for pointer in places(&good).iter().filter(|pointer| !pointer.is_empty()) {
        assert!(!sound(&changed(&good, pointer, other)), "{pointer}");
    }
    let mut fewer = good.clone();
    fewer["verifiableCredential"].as_array_mut().unwrap().pop();
    assert!(!sound(&fewer), "leaving one out is a change");
}

/// SplitMix64 (Steele et al. 2014).
fn random(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) % below as u64) as usize
}

/// A badge, endorsement, presentation or code that something happened to.
fn damaged(good: &str, state: &mut u64) -> Vec<u8> {
    let mut bytes = good.as_bytes().to_vec();
    match random(state, 4) {
        0 => (0..=random(state, 3)).for_each(|_| {
            let at = random(state, good.len());
            bytes[at] ^= 1 << random(state, 8);
        }),
        1 => bytes.truncate(random(state, good.len())),
        2 => {
            // A piece of it stands in another place.
            let (from, to, length) = (random(state, good.len()), random(state, good.len()), random(state, 60));
            let piece: Vec<u8> = good.bytes().skip(from).take(length).collect();
            let end = (to + random(state, 60)).min(bytes.len());
            bytes.splice(to..end, piece);
        }
        _ => {
            let Ok(mut value) = serde_json::from_str::<Value>(good) else { return bytes.split_off(bytes.len() / 2) };
            let mut all = Vec::new();
            pointers(&value, "", &mut all);
            let strange = [json!(null), json!(-1), json!(u64::MAX), json!(""), json!([[]]), json!({}), json!("\u{0}")];
            let (to, from) = (random(state, all.len()), random(state, all.len()));
            let new = match random(state, 2) {
                0 => value.pointer(&all[from]).unwrap().clone(),
                _ => strange[random(state, strange.len())].clone(),
            };
            *value.pointer_mut(&all[to]).unwrap() = new;
            bytes = value.to_string().into_bytes();
        }
    }
    bytes
}

/// The same document with its proofs in a list: one proof by itself means the same.
fn listed(document: &Document) -> Document {
    let mut document = document.clone();
    if let Some(proof) = document.get_mut("proof").filter(|proof| proof.is_object()) {
        *proof = json!([proof.take()]);
    }
    document
}

#[test]
fn ten_thousand_damaged_documents_are_refused_with_a_reason() {
    let binding = Binding { challenge: "c".to_owned(), domain: "https://a.example".to_owned() };
    let badge = badge();
    let words = endorsement(&badge);
    let shown = present(&[badge.clone(), words.clone()], &key(1), &binding, &now()).unwrap();
    let text = |document: &Document| Value::Object(document.clone()).to_string();
    let kinds = [text(&badge), text(&words), text(&shown), qr::encode(&badge).unwrap()];
    let at = now();
    let verifier = Verifier { at: &at, rdfc: None };
    let mut seen = BTreeSet::new();
    for seed in 0..10_000_u64 {
        let kind = (seed % 4) as usize;
        let bytes = damaged(&kinds[kind], &mut { seed });
        if bytes == kinds[kind].as_bytes() {
            continue;
        }
        let Ok(changed) = std::str::from_utf8(&bytes) else { continue };
        let document = match kind {
            3 => qr::decode(changed),
            _ => parse(changed, MAX_PRESENTATION_BYTES),
        };
        let document = match document {
            Ok(document) => document,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                seen.insert(error.code());
                continue;
            }
        };
        let same = listed([&badge, &words, &shown, &badge][kind]) == listed(&document);
        let codes: Vec<&'static str> = match kind {
            1 => verifier.endorsement(&document, &badge).refusals.iter().map(Refusal::code).collect(),
            2 => verifier.presentation(&document, &binding).refusals.iter().map(Refusal::code).collect(),
            _ => verifier.badge(&document, &[]).refusals.iter().map(Refusal::code).collect(),
        };
        assert_eq!(codes.is_empty(), same, "seed {seed}: {changed}");
        seen.extend(codes);
    }
    let expected = ["not-json", "wrong-payload", "broken-proof", "undefined-term", "not-signed-by", "shape"];
    assert!(expected.iter().all(|code| seen.contains(code)), "the damage is too much alike: {seen:?}");
}

/// A code that was printed stays readable: the form never changes under its prefix.
#[test]
fn a_code_of_the_first_form_is_read_for_ever() {
    let folder = format!("{}/tests/fixtures/credential", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let badge = parse(&read("badge-b1.json"), MAX_CREDENTIAL_BYTES).unwrap();
    assert_eq!(qr::decode(read("badge-b1.txt").trim()).unwrap(), badge);
    assert!(sound(&badge, &[]), "and its signature still holds");
    let words = include_str!("../src/credential/qr_dictionary.txt");
    let digest: String = Sha256::digest(words).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        digest, "5133ab8e7ad7beb6d34418f13d57929d92f7c61ce81f95532cb2bc87d7c7eaa0",
        "the dictionary is part of the form"
    );
}
