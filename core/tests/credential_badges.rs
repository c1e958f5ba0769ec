//! Badges, endorsements, presentations: what they say, to whom they can be shown, and that they fit the standards.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a helper that fails is a failing test")]

#[path = "common/badges.rs"]
mod badges;

use badges::{Document, INSTRUMENT, RECORD, badge, badges as all_badges, badges_by, endorsement, key, language, now};
use serde_json::{Map, Value, json};
use skills_passport::credential::rdfc::Contexts;
use skills_passport::credential::{
    BadgeRequest, Binding, CONTEXT_BADGES, CONTEXT_CREDENTIALS, CredentialKind, CredentialReport, Did, ProofOptions,
    Purpose, Refusal, SUPERVISION, SignatureState, Verifier, digest, parse, present, qr, read_keys, succeed,
    write_keys,
};
use skills_passport::profile::Evidence;
use skills_passport::units::Timestamp;
use uuid::Uuid;

fn verifier(at: &Timestamp) -> Verifier<'_> {
    Verifier { at, rdfc: None }
}

fn codes(report: &CredentialReport) -> Vec<&'static str> {
    report.refusals.iter().map(Refusal::code).collect()
}

fn data(name: &str) -> Option<String> {
    let path = format!("{}/../../shared/data/credentials/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: there is no credentials/{name} beside the project");
    }
    text
}

fn contexts() -> Option<Contexts> {
    let contexts = Contexts::new().with(CONTEXT_CREDENTIALS, &data("contexts/credentials-v2.json")?).unwrap();
    Some(contexts.with(CONTEXT_BADGES, &data("contexts/ob-v3p0-3.0.3.2026-06.json")?).unwrap())
}

#[test]
fn there_is_one_badge_for_each_area_with_enough_evidence() {
    assert_eq!(all_badges("en").len(), 5);
    let mut record = RECORD.clone();
    record.profile.areas[2].estimate.evidence = Evidence::NotEnough;
    let (language, issued) = (language("en"), now());
    let request = BadgeRequest {
        record: &record,
        framework: INSTRUMENT.framework(),
        language: &language,
        alignments: &[],
        issued: &issued,
    };
    let areas: Vec<&str> = request.areas().into_iter().map(|area| area.as_str()).collect();
    assert_eq!(areas, ["1", "2", "4", "5"]);
    assert_eq!(request.sign(&"3".parse().unwrap(), &key(1)).unwrap_err().code(), "not-enough-evidence");
    assert_eq!(request.sign(&"9".parse().unwrap(), &key(1)).unwrap_err().code(), "not-enough-evidence");
}

#[test]
fn a_badge_is_what_was_agreed_in_both_languages() {
    // Of figures that were made up once, so that it changes only when the words do.
    let text = include_str!("fixtures/passport/1.0.0-two-assessments.json");
    let passport = skills_passport::passport::Passport::parse(text).unwrap();
    let record = passport.assessments().last().unwrap();
    let (alignments, issued) = (badges::alignments(), now());
    for tag in ["en", "fr"] {
        let language = language(tag);
        let request = BadgeRequest {
            record,
            framework: INSTRUMENT.framework(),
            language: &language,
            alignments: &alignments,
            issued: &issued,
        };
        let badge = request.sign(&"1".parse().unwrap(), &key(1)).unwrap();
        insta::assert_json_snapshot!(format!("badge_{tag}"), badge);
    }
}

#[test]
fn a_badge_says_who_what_and_how_and_no_more() {
    let (badge, at) = (badge(), now());
    let report = verifier(&at).badge(&badge, &[]);
    assert_eq!(codes(&report), [""; 0]);
    assert!(report.is_sound());
    let did = key(1).did().as_str().to_owned();
    assert_eq!(report.kind, CredentialKind::SelfAssessment);
    assert_eq!((report.issuer, report.subject), (Some(did.clone()), Some(did.clone())));
    let assessed = report.assessed.unwrap();
    assert!(assessed.unsupervised && assessed.conditions[0].contains("Somebody helped"));
    assert!(assessed.engine.unwrap().ends_with(&skills_passport::engine_version().to_string()));
    assert_eq!(assessed.bank.unwrap(), INSTRUMENT.bank().reference().to_string());
    let claim = report.claim.unwrap();
    assert_eq!(claim.achievement_type.as_deref(), Some("Assessment"));
    assert!(claim.results.iter().all(|result| result.status.as_deref() == Some("Provisional")));
    assert!(!claim.results[0].value.is_empty() && !claim.results[0].name.is_empty(), "{:?}", claim.results);
    let signature = &report.signatures[0];
    assert_eq!((signature.signer.as_ref(), signature.state), (Some(&did), SignatureState::Holds));
    // Of the other areas, of answers and of the passport there is nothing.
    let text = Value::Object(badge).to_string();
    for word in ["self-assessment:digcomp:3.0.0:2", &RECORD.id.to_string(), "\"seed\"", "\"answers\""] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn the_same_request_gives_the_same_badge() {
    assert_eq!(all_badges("fr"), all_badges("fr"));
    assert_ne!(all_badges("fr")[0]["id"], all_badges("en")[0]["id"]);
}

/// JSON Schema of 1EdTech for `AchievementCredential`; the endorsement is one of its definitions.
#[test]
fn badges_and_endorsements_fit_the_schema_of_open_badges() {
    let Some(text) = data("ob_v3p0_achievementcredential_schema.json") else { return };
    let schema: Value = serde_json::from_str(&text).unwrap();
    let badges_schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let mut endorsements = json!({ "$schema": schema["$schema"], "$ref": "#/$defs/EndorsementCredential" });
    endorsements["$defs"] = schema["$defs"].clone();
    let endorsements_schema = jsonschema::options().should_validate_formats(true).build(&endorsements).unwrap();
    let errors = |validator: &jsonschema::Validator, document: &Document| -> Vec<String> {
        let document = Value::Object(document.clone());
        validator.iter_errors(&document).map(|error| format!("{} {error}", error.instance_path())).collect()
    };
    for badge in ["en", "fr"].into_iter().flat_map(all_badges) {
        assert_eq!(errors(&badges_schema, &badge), [""; 0]);
        assert_eq!(errors(&endorsements_schema, &endorsement(&badge)), [""; 0]);
        let mut wrong = badge.clone();
        wrong["credentialSubject"]["result"][0]["status"] = "Perfect".into();
        assert!(!errors(&badges_schema, &wrong).is_empty(), "a schema that accepts anything shows nothing");
    }
    let succession = succeed(Uuid::nil(), &key(1), &key(2), &language("en"), &now()).unwrap();
    assert_eq!(errors(&endorsements_schema, &succession), [""; 0]);
}

#[test]
fn an_endorsement_says_who_and_stays_with_its_badge() {
    let (badge, at) = (badge(), now());
    let report = verifier(&at).badge(&badge, &[endorsement(&badge)]);
    assert!(report.is_sound(), "{report:?}");
    let endorsed = &report.endorsements[0];
    assert_eq!(endorsed.issuer.as_deref(), Some(key(9).did().as_str()));
    assert_eq!(endorsed.issuer_name.as_deref(), Some("Médiathèque de Saint-Claude"));
    assert_eq!(endorsed.comment.as_deref(), Some("I was beside her while she answered."));
    // The digest is that of the canonical text, which anybody can compute.
    let related = &endorsement(&badge)["relatedResource"][0];
    assert_eq!(related["digestMultibase"], digest(&badge).unwrap());
}

#[test]
fn an_endorsement_moved_to_another_badge_is_refused() {
    let (all, at) = (all_badges("en"), now());
    let report = verifier(&at).badge(&all[1], &[endorsement(&all[0])]);
    assert!(!report.is_sound() && report.refusals.is_empty(), "the badge itself is as it was");
    assert_eq!(codes(&report.endorsements[0]), ["endorses-another"]);
}

#[test]
fn an_endorsement_does_not_hold_for_the_badge_signed_anew() {
    let (mut again, at) = (badge(), now());
    let endorsement = endorsement(&badge());
    again.remove("proof");
    let later = ProofOptions {
        created: "2026-11-22T10:06:00Z".parse().unwrap(),
        purpose: Purpose::AssertionMethod,
        binding: None,
    };
    skills_passport::credential::sign(&mut again, &key(1), &later).unwrap();
    let report = verifier(&at).badge(&again, &[endorsement]);
    assert_eq!((codes(&report), codes(&report.endorsements[0])), (vec![], vec!["endorsed-other-content"]));
}

#[test]
fn what_is_no_signed_badge_is_not_endorsed() {
    let mut unsigned = badge();
    unsigned.remove("proof");
    let (language, issued) = (language("en"), now());
    let mut request = skills_passport::credential::EndorsementRequest {
        id: Uuid::nil(),
        badge: &unsigned,
        endorser: "E",
        comment: "C",
        language: &language,
        issued: &issued,
    };
    assert_eq!(skills_passport::credential::endorse(&request, &key(9)).unwrap_err().code(), "wrong-credential");
    let signed = badge();
    request.badge = &signed;
    request.comment = " ";
    assert_eq!(skills_passport::credential::endorse(&request, &key(9)).unwrap_err().code(), "wrong-text");
}

fn binding() -> Binding {
    Binding { challenge: "c-123".to_owned(), domain: "https://training.example".to_owned() }
}

#[test]
fn a_presentation_shows_chosen_badges_to_one_verifier() {
    let (all, at) = (all_badges("en"), now());
    let shown = [all[0].clone(), all[3].clone(), endorsement(&all[3])];
    let presentation = present(&shown, &key(1), &binding(), &at).unwrap();
    let report = verifier(&at).presentation(&presentation, &binding());
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.holder.as_deref(), Some(key(1).did().as_str()));
    assert_eq!(report.credentials.len(), 2, "the endorsement stands with its badge");
    assert_eq!(report.credentials[1].endorsements.len(), 1);
    let other = |challenge: &str, domain: &str| Binding { challenge: challenge.to_owned(), domain: domain.to_owned() };
    let codes = |binding| -> Vec<&str> {
        verifier(&at).presentation(&presentation, &binding).refusals.iter().map(Refusal::code).collect()
    };
    assert_eq!(codes(other("c-124", "https://training.example")), ["other-challenge"]);
    assert_eq!(codes(other("c-123", "https://other.example")), ["other-domain"]);
}

#[test]
fn nobody_else_can_present_a_badge() {
    let at = now();
    let stolen = present(&[badge()], &key(5), &binding(), &at).unwrap();
    let report = verifier(&at).presentation(&stolen, &binding());
    assert_eq!(report.refusals.iter().map(Refusal::code).collect::<Vec<_>>(), ["not-the-holders"]);
    let mut claimed = stolen.clone();
    claimed["holder"] = key(1).did().as_str().into();
    let report = verifier(&at).presentation(&claimed, &binding());
    assert!(report.refusals.iter().any(|refusal| refusal.code() == "not-signed-by"), "{:?}", report.refusals);
}

#[test]
fn a_new_key_keeps_the_badges_of_the_old_one() {
    let at = now();
    let step = |old, new| succeed(Uuid::from_u128(new as u128), &key(old), &key(new), &language("fr"), &at).unwrap();
    let shown = [badge(), step(1, 2), step(2, 3), badges_by("fr", &key(3)).remove(1)];
    let report = verifier(&at).presentation(&present(&shown, &key(3), &binding(), &at).unwrap(), &binding());
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.predecessors, [key(2).did().as_str(), key(1).did().as_str()]);
    // Without one of the steps the chain is broken.
    let broken = [badge(), step(2, 3)];
    let report = verifier(&at).presentation(&present(&broken, &key(3), &binding(), &at).unwrap(), &binding());
    assert_eq!(report.refusals.iter().map(Refusal::code).collect::<Vec<_>>(), ["not-the-holders"]);
}

#[test]
fn nobody_becomes_the_successor_of_a_key_alone() {
    let at = now();
    for (remaining, missing) in [(0, 2), (1, 1)] {
        let mut half = succeed(Uuid::nil(), &key(1), &key(2), &language("en"), &at).unwrap();
        let proofs = half["proof"].as_array().unwrap().clone();
        half["proof"] = json!([proofs[remaining]]);
        let report = verifier(&at).credential(&half);
        assert_eq!(report.kind, CredentialKind::Succession);
        assert_eq!(report.refusals, [Refusal::NotSignedBy { wanted: key(missing).did().to_string() }]);
        // A presentation does not follow it.
        let shown = present(&[badge(), half], &key(2), &binding(), &at).unwrap();
        let report = verifier(&at).presentation(&shown, &binding());
        assert!(report.predecessors.is_empty() && !report.is_sound());
    }
}

/// A person reads the reasons: that it was changed is one, not also that its issuer never signed it.
#[test]
fn a_changed_badge_is_refused_for_the_change_alone_and_one_of_another_issuer_for_both() {
    let at = now();
    let mut changed = badge();
    changed["validFrom"] = "2020-01-01T00:00:00Z".into();
    assert_eq!(codes(&verifier(&at).badge(&changed, &[])), ["broken-proof"]);
    let mut of_another = badge();
    of_another["validFrom"] = "2020-01-01T00:00:00Z".into();
    of_another["issuer"] = key(2).did().as_str().into();
    let reasons = codes(&verifier(&at).badge(&of_another, &[]));
    assert!(reasons.contains(&"broken-proof") && reasons.contains(&"not-signed-by"), "{reasons:?}");
}

#[test]
fn a_self_assessment_cannot_claim_more_than_it_is() {
    let at = now();
    type Change = fn(&mut Document);
    let changes: [(Change, &str); 4] = [
        (
            |badge| badge["credentialSubject"]["achievement"]["achievementType"] = "Certification".into(),
            "/credentialSubject/achievement/achievementType",
        ),
        (
            |badge| badge["credentialSubject"]["result"][1]["status"] = "Completed".into(),
            "/credentialSubject/result/1/status",
        ),
        (|badge| badge["evidence"][0]["genre"] = "supervised".into(), "/evidence"),
        (|badge| badge["credentialSubject"]["id"] = "did:example:me".into(), "/credentialSubject/id"),
    ];
    for (change, place) in changes {
        let mut badge = badge();
        badge.remove("proof");
        change(&mut badge);
        let options = ProofOptions { created: now(), purpose: Purpose::AssertionMethod, binding: None };
        skills_passport::credential::sign(&mut badge, &key(1), &options).unwrap();
        let report = verifier(&at).badge(&badge, &[]);
        assert_eq!(report.refusals, [Refusal::Overclaims { path: place.to_owned() }]);
    }
}

#[test]
fn terms_that_no_context_defines_are_refused_though_signed() {
    let at = now();
    let (evil, bare) = (json!("yes"), json!(["Evidence", "Diploma"]));
    type Change = fn(&mut Document, &Value);
    let changes: [(Change, &Value, &str); 5] = [
        (|badge, value| drop(badge.insert("certified".to_owned(), value.clone())), &evil, "/certified"),
        (|badge, value| badge["credentialSubject"]["certified"] = value.clone(), &evil, "/credentialSubject/certified"),
        // Defined, but for other nodes.
        (|badge, value| badge["evidence"][0]["achievementType"] = value.clone(), &evil, "/evidence/0/achievementType"),
        (|badge, value| badge["evidence"][0]["@id"] = value.clone(), &evil, "/evidence/0/@id"),
        (|badge, value| badge["evidence"][0]["type"] = value.clone(), &bare, "/evidence/0/type"),
    ];
    for (change, value, place) in changes {
        let mut badge = badge();
        badge.remove("proof");
        change(&mut badge, value);
        let options = ProofOptions { created: now(), purpose: Purpose::AssertionMethod, binding: None };
        skills_passport::credential::sign(&mut badge, &key(1), &options).unwrap();
        let report = verifier(&at).badge(&badge, &[]);
        assert!(
            matches!(report.refusals.as_slice(), [Refusal::UndefinedTerm { path, .. }] if path == place),
            "{place}: {:?}",
            report.refusals
        );
    }
}

#[test]
fn a_badge_is_refused_before_and_after_its_time() {
    let early: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
    assert_eq!(codes(&verifier(&early).badge(&badge(), &[])), ["not-yet-valid"]);
    let skewed: Timestamp = "2026-11-22T09:56:00Z".parse().unwrap();
    assert!(verifier(&skewed).badge(&badge(), &[]).is_sound(), "clocks differ by some minutes");
    let mut limited = badge();
    limited.remove("proof");
    limited.insert("validUntil".to_owned(), "2027-11-22T10:00:00+01:00".into());
    let options = ProofOptions { created: now(), purpose: Purpose::AssertionMethod, binding: None };
    skills_passport::credential::sign(&mut limited, &key(1), &options).unwrap();
    assert!(verifier(&now()).badge(&limited, &[]).is_sound());
    let late: Timestamp = "2027-11-22T09:30:00Z".parse().unwrap();
    assert_eq!(codes(&verifier(&late).badge(&limited, &[])), ["expired"]);
}

#[test]
fn both_kinds_of_proof_stand_side_by_side() {
    let Some(contexts) = contexts() else { return };
    let (mut both, at) = (badge(), now());
    let options = ProofOptions { created: now(), purpose: Purpose::AssertionMethod, binding: None };
    contexts.sign(&mut both, &key(1), &options).unwrap();
    assert_eq!(both["proof"].as_array().unwrap().len(), 2);
    let states = |report: &CredentialReport| report.signatures.iter().map(|one| one.state).collect::<Vec<_>>();
    let hash = |document: &Document, options: &Document| contexts.hash(document, options);
    let checked = Verifier { at: &at, rdfc: Some(&hash) }.badge(&both, &[]);
    assert!(checked.is_sound());
    assert_eq!(states(&checked), [SignatureState::Holds, SignatureState::Holds]);
    let unchecked = verifier(&at).badge(&both, &[]);
    assert!(unchecked.is_sound());
    assert_eq!(states(&unchecked), [SignatureState::Holds, SignatureState::NotChecked]);
    // Alone, an unchecked proof shows nothing.
    let mut alone = both.clone();
    alone["proof"].as_array_mut().unwrap().remove(0);
    assert_eq!(codes(&verifier(&at).badge(&alone, &[])), ["not-signed-by"]);
    assert!(Verifier { at: &at, rdfc: Some(&hash) }.badge(&alone, &[]).is_sound());
    alone["name"] = "Another".into();
    assert_eq!(codes(&Verifier { at: &at, rdfc: Some(&hash) }.badge(&alone, &[])), ["broken-proof"]);
}

/// What JSON-LD would drop without a word would be missing here.
#[test]
fn every_statement_of_a_badge_is_in_its_rdf() {
    let Some(contexts) = contexts() else { return };
    let mut badge = badge();
    badge.remove("proof");
    let rdf = contexts.canonical(&badge).unwrap();
    let mut texts = Vec::new();
    leaves(&Value::Object(badge), &mut texts);
    assert!(texts.len() > 30);
    for text in texts {
        let written = text.replace('\\', "\\\\").replace('"', "\\\"");
        let is_type = rdf.contains(&format!("#{text}>"));
        assert!(
            rdf.contains(&written) || is_type || ["AchievementCredential", "Alignment"].contains(&text.as_str()),
            "{text} is not in\n{rdf}"
        );
    }
    assert!(rdf.contains(SUPERVISION));
}

fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(entries) => entries.iter().for_each(|entry| leaves(entry, found)),
        Value::Object(members) => {
            members.iter().filter(|(name, _)| *name != "@context").for_each(|(_, member)| leaves(member, found));
        }
        _ => {}
    }
}

#[test]
fn alike_unnamed_parts_cannot_make_the_canonical_form_take_for_ever() {
    let twins: Vec<Value> = (0..40).map(|_| json!({ "type": ["Evidence"], "evidence": {} })).collect();
    let document: Map<String, Value> =
        serde_json::from_value(json!({ "@context": [CONTEXT_CREDENTIALS], "evidence": twins })).unwrap();
    assert_eq!(Contexts::new().canonical(&document).unwrap_err().code(), "not-json-ld");
}

#[test]
fn a_missing_context_is_named() {
    let error = Contexts::new().canonical(&badge()).unwrap_err();
    assert!(error.to_string().contains(CONTEXT_CREDENTIALS), "{error}");
}

#[test]
fn a_did_is_read_in_its_one_form_only() {
    let did = key(1).did().to_string();
    assert_eq!(did.parse::<Did>().unwrap().as_str(), did);
    let weak = {
        // The neutral element: anybody can sign for it.
        let mut point = vec![0xed, 0x01, 1];
        point.extend([0; 31]);
        format!("did:key:z{}", bs58::encode(point).into_string())
    };
    for bad in [
        "",
        "did:web:a.example",
        "did:key:",
        "did:key:z",
        "did:key:z6Mk",
        "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
        &weak,
        &did.replace("did:key:z", "did:key:z1"),
        &format!("{did} "),
        &did.to_uppercase(),
    ] {
        assert_eq!(bad.parse::<Did>().unwrap_err().code(), "wrong-did", "{bad}");
    }
}

#[test]
fn a_badge_fits_one_code_and_comes_back_as_it_was() {
    for badge in ["en", "fr"].into_iter().flat_map(all_badges) {
        let fragment = qr::encode(&badge).unwrap();
        assert_eq!(qr::decode(&fragment).unwrap(), badge);
        assert_eq!(qr::decode(&format!("#{fragment}")).unwrap(), badge);
        println!("{} digits for {} bytes", fragment.len() - 3, Value::Object(badge).to_string().len());
        // What a code of version 25 with the lowest correction holds, less a link of 60 characters.
        assert!(fragment.len() < 2_900, "{}", fragment.len());
    }
}

#[test]
fn a_code_that_was_cut_or_changed_is_refused_or_another_badge() {
    let (fragment, badge) = (qr::encode(&badge()).unwrap(), badge());
    for end in 0..fragment.len() {
        assert!(qr::decode(&fragment[..end]).is_err(), "{end}");
    }
    for at in 3..fragment.len() {
        let mut changed = fragment.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        if let Ok(other) = qr::decode(std::str::from_utf8(&changed).unwrap()) {
            assert_ne!(other, badge);
            assert!(!verifier(&now()).badge(&other, &[]).is_sound(), "{at}");
        }
    }
    for bad in ["", "b1.", "b2.123", "b1.12x", "b1.99999999999999999", "b1.1234", &format!("b1.{}", "0".repeat(8000))] {
        assert!(qr::decode(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_small_code_cannot_unfold_to_a_large_document() {
    let bomb = json!({ "id": "x".repeat(31 << 10) });
    let fragment = qr::encode(bomb.as_object().unwrap()).unwrap();
    assert!(qr::decode(&fragment).is_ok());
    let larger = json!({ "id": "x".repeat(33 << 10) });
    assert_eq!(qr::encode(larger.as_object().unwrap()).unwrap_err().code(), "wrong-payload");
}

#[test]
fn a_credential_is_read_strictly() {
    for (text, code) in [
        ("[]", "wrong-shape"),
        ("{", "not-json"),
        (r#"{"a":1,"a":2}"#, "wrong-shape"),
        (r#"{"a":1.5}"#, "wrong-shape"),
        (&"x".repeat(2000), "too-large"),
    ] {
        assert_eq!(parse(text, 1000).unwrap_err().code(), code, "{text}");
    }
}

#[test]
fn a_file_of_keys_gives_them_back_and_nothing_else_is_one() {
    let keys = [key(1), key(2)];
    let text = write_keys(&keys).unwrap();
    let dids = |keys: &[skills_passport::credential::Key]| -> Vec<String> {
        keys.iter().map(|key| key.did().to_string()).collect()
    };
    assert_eq!(dids(&read_keys(&text).unwrap()), dids(&keys));
    let cut = &text[..text.len() / 2];
    let none = text.replace("skills-passport-keys", "other");
    let wrong = text.replace("z3u2", "z3u3");
    for bad in ["", "{}", r#"{"type":"skills-passport-keys","note":"","keys":[]}"#, cut, none.as_str(), wrong.as_str()]
    {
        assert!(read_keys(bad).is_err(), "{bad}");
    }
}
