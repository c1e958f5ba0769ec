//! What other languages can do with passports and badges: the façade's requests and answers.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

#[path = "common/badges.rs"]
mod badges;

use badges::{INSTRUMENT, RECORD, language, now};
use serde_json::{Value, json};
use skills_passport::facade::{self, CheckVerdict, CompareRequest, Engine, Failure, IssueRequest, RedactRequest};
use skills_passport::passport::sealed::Fresh;
use skills_passport::passport::{ChangeKind, Holder, Note, Passport, Record};
use uuid::Uuid;

const CHALLENGE: &str = "8a1f";
const DOMAIN: &str = "https://training.example";

fn engine() -> Engine {
    Engine::new(INSTRUMENT.clone())
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A passport with an assessment, a name and a note.
fn passport() -> String {
    let mut passport = Passport::new(id(1), "2026-11-01T08:00:00Z".parse().unwrap());
    passport.add(record()).unwrap();
    passport.add(Record::of(id(2), now(), &Holder { name: "Marie Célestine".to_owned() }).unwrap()).unwrap();
    let note = Note { text: "Ask at the library.".to_owned(), about: None };
    passport.add(Record::of(id(3), now(), &note).unwrap()).unwrap();
    passport.to_json().unwrap()
}

fn record() -> Record {
    Record::of_assessment(&INSTRUMENT, RECORD.assessment.clone(), RECORD.at.clone()).unwrap()
}

fn secret(number: u8) -> String {
    facade::key_pair(&[number; 32]).secret
}

fn issue_request(keep: Option<Uuid>) -> IssueRequest {
    let (secret, language, issued) = (secret(1), language("en"), now());
    IssueRequest { secret, language, issued, areas: None, assessment: None, keep }
}

fn code<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    result.unwrap_err().code
}

#[test]
fn badges_that_are_kept_are_verified_with_the_passport_and_kept_once() {
    let issued = engine().issue(&passport(), &issue_request(Some(id(7)))).unwrap();
    assert_eq!(issued.did, facade::did_of(&secret(1)).unwrap());
    assert_eq!((issued.badges.len(), issued.not_enough.len()), (5, 0));
    let kept = issued.passport.unwrap();
    let check = engine().check_passport(&kept, &now()).unwrap();
    assert_eq!((check.verdict, check.credentials.len()), (CheckVerdict::Sound, 5));
    let documents = facade::documents_of(&kept).unwrap();
    assert_eq!(facade::keep_documents(&kept, &documents, id(8), &now()).unwrap(), kept);
    assert_eq!(engine().issue(&kept, &issue_request(Some(id(9)))).unwrap().passport.unwrap(), kept);
}

#[test]
fn a_badge_that_was_changed_in_a_passport_makes_it_faulty() {
    let kept = engine().issue(&passport(), &issue_request(Some(id(7)))).unwrap().passport.unwrap();
    let changed = kept.replace("Self-assessment: 1", "Diploma: 1");
    assert_ne!(changed, kept);
    assert_eq!(engine().check_passport(&changed, &now()).unwrap().verdict, CheckVerdict::Faulty);
}

#[test]
fn areas_and_assessments_that_are_not_there_sign_nothing() {
    let areas = Some(vec!["9".parse().unwrap()]);
    assert_eq!(
        code(engine().issue(&passport(), &IssueRequest { areas, ..issue_request(None) })),
        "not-enough-evidence"
    );
    let assessment = Some(id(99));
    assert_eq!(code(engine().issue(&passport(), &IssueRequest { assessment, ..issue_request(None) })), "no-assessment");
    let secret = "z3u2".to_owned();
    assert_eq!(code(engine().issue(&passport(), &IssueRequest { secret, ..issue_request(None) })), "wrong-key");
}

#[test]
fn somebody_endorses_a_badge_and_the_holder_presents_both() {
    let badge = engine().issue(&passport(), &issue_request(None)).unwrap().badges.remove(0).badge;
    let mut request = facade::EndorseRequest {
        badge: badge.clone(),
        secret: secret(9),
        endorser: "Médiathèque de Saint-Claude".to_owned(),
        comment: "I was beside her while she answered.".to_owned(),
        language: language("en"),
        id: id(10),
        issued: now(),
    };
    let endorsement = facade::endorse_badge(&request).unwrap();
    let documents = vec![endorsement, badge];
    let verified = facade::verify_credentials(&documents, &now());
    assert!(verified.sound);
    assert_eq!((verified.credentials.len(), verified.credentials[0].endorsements.len()), (1, 1));
    let presentation = facade::present_documents(&facade::PresentRequest {
        documents,
        secret: secret(1),
        challenge: CHALLENGE.to_owned(),
        domain: DOMAIN.to_owned(),
        created: now(),
    });
    let presentation = presentation.unwrap();
    assert!(facade::verify_presentation(&presentation, CHALLENGE, DOMAIN, &now()).sound);
    assert!(!facade::verify_presentation(&presentation, "another", DOMAIN, &now()).sound);
    request.badge.insert("name".to_owned(), json!("Diploma"));
    assert_eq!(code(facade::endorse_badge(&request)), "broken-proof");
}

#[test]
fn a_changed_key_is_kept_with_its_statement() {
    let (old, new) = (secret(1), secret(2));
    let request = facade::SucceedRequest { old, new, language: language("fr"), id: id(11), issued: now() };
    let kept = facade::change_key(&passport(), &request).unwrap();
    assert!(facade::verify_credentials(&facade::documents_of(&kept).unwrap(), &now()).sound);
    assert_eq!(facade::change_key(&kept, &request).unwrap(), kept);
    let same = facade::SucceedRequest { new: request.old.clone(), ..request };
    assert_eq!(code(facade::change_key(&passport(), &same)), "wrong-credential");
}

#[test]
fn the_text_of_a_code_is_read_with_and_without_its_link() {
    let badge = engine().issue(&passport(), &issue_request(None)).unwrap().badges.remove(0).badge;
    let fragment = facade::code_of_badge(&badge).unwrap();
    let code_of = facade::badge_code(&badge, "https://skills.example/verify", &language("fr")).unwrap();
    assert_eq!(code_of.link, format!("https://skills.example/verify#{fragment}"));
    for text in [fragment, format!(" {}\n", code_of.link)] {
        assert_eq!(facade::badge_of_code(&text).unwrap(), badge);
    }
    assert_eq!(code(facade::badge_of_code("https://skills.example/verify#b1.123")), "wrong-payload");
}

#[test]
fn what_was_sealed_comes_back_with_its_keys() {
    let fresh = Fresh { salt: [1; 16], nonce: [2; 24] };
    let sealed = facade::seal_passport(&passport(), &[secret(1)], "pirouette cacahuète", &fresh).unwrap();
    let opened = facade::unseal_passport(&sealed, "pirouette cacahuète").unwrap();
    assert_eq!((opened.passport.as_str(), opened.secrets.as_slice()), (passport().as_str(), &[secret(1)][..]));
    assert!(!format!("{opened:?}").contains("z3u2"), "keys do not end in logs");
    assert_eq!(code(facade::unseal_passport(&sealed, "pirouette")), "wrong-passphrase");
    assert_eq!(code(facade::seal_passport("{}", &[], "pirouette cacahuète", &fresh)), "wrong-shape");
}

#[test]
fn a_passport_is_shown_shared_and_compared() {
    let shown = facade::show_passport(&passport()).unwrap();
    assert_eq!((shown.name.as_deref(), shown.notes, shown.summary.assessments.len()), (Some("Marie Célestine"), 1, 1));
    let request = json!({ "id": id(20), "at": now(), "areas": ["1"] });
    let request: RedactRequest = serde_json::from_value(request).unwrap();
    let copy = engine().redact(&passport(), request).unwrap();
    let shown = facade::show_passport(&copy).unwrap();
    assert_eq!((shown.name, shown.notes, shown.results[0].areas.len()), (None, 0, 1));
    let nothing = CompareRequest::default();
    assert_eq!(code(engine().compare(&passport(), &nothing)), "no-assessment");
    let other = Some(copy);
    let comparison = engine().compare(&passport(), &CompareRequest { other, ..nothing }).unwrap();
    assert_eq!(comparison.areas[0].change.kind, ChangeKind::NotBoth, "of one area alone nobody knows the competences");
}

#[test]
fn an_older_passport_is_brought_to_this_version() {
    let old = include_str!("fixtures/passport/1.0.0-two-assessments.json");
    let migrated = facade::migrate_passport(old).unwrap();
    assert_eq!((migrated.from.as_str(), migrated.to.as_str()), ("1.0.0", "1.1.0"));
    assert_eq!(facade::migrate_passport(&migrated.passport).unwrap().from, "1.1.0");
}

#[test]
fn pictures_and_pages_need_the_framework_of_the_assessment() {
    let svg = engine().picture(&passport(), None, &language("fr")).unwrap();
    assert!(svg.starts_with("<svg"));
    let request = json!({ "language": "fr", "date": "22 novembre 2026", "name": true });
    let page = engine().page(&passport(), &serde_json::from_value(request).unwrap()).unwrap();
    assert!(page.contains("Marie Célestine") && page.contains("22 novembre 2026"));
    let library = skills_passport_frameworks::Library::shipped();
    let other = Engine::new(library.instrument("digcomp@2.2", "general").unwrap());
    assert_eq!(code(other.picture(&passport(), None, &language("fr"))), "other-framework");
    assert_eq!(code(engine().picture(&passport(), None, &language("eo"))), "no-such-language");
}

#[test]
fn a_text_with_a_member_twice_is_no_document() {
    assert_eq!(code(facade::read_document(r#"{"id": "a", "id": "b"}"#)), "wrong-shape");
    assert_eq!(Value::Object(facade::read_document(r#"{"id": "a"}"#).unwrap()), json!({ "id": "a" }));
}

#[test]
fn results_for_a_cv_and_for_europass_are_made_from_the_passports_text() {
    let request = json!({ "language": "en", "date": "22 November 2026" });
    let cv = engine().cv(&passport(), &serde_json::from_value(request).unwrap()).unwrap();
    assert!(cv.starts_with("Digital skills\nSelf-assessment of 22 November 2026, "), "{cv}");
    let elm = |more: Value, addresses: Option<&str>| {
        let mut request = json!({ "id": id(30), "language": "fr" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        engine().elm(&passport(), addresses, &serde_json::from_value(request).unwrap())
    };
    let named = elm(json!({ "name": true }), None).unwrap();
    assert_eq!(named["credentialSubject"]["fullName"]["fr"], "Marie Célestine");
    assert_eq!(elm(json!({}), None).unwrap()["credentialSubject"].get("fullName"), None);
    let library = skills_passport_frameworks::Library::shipped();
    let files = skills_passport_frameworks::alignments(&library).unwrap();
    let file = |name: &str| files.iter().find(|file| file.file_name == name).unwrap().content.as_str();
    let text = json!(elm(json!({}), Some(file("digcomp-3.0.esco.json"))).unwrap()).to_string();
    assert!(text.contains("http://data.europa.eu/esco/skill/"));
    assert_eq!(code(elm(json!({}), Some(file("digcomp-2.2.esco.json")))), "other-framework");
    assert_eq!(code(elm(json!({}), Some("{}"))), "wrong-shape");
}

#[test]
fn a_second_proof_is_made_and_checked_with_the_contexts_that_were_given() {
    // Stand-ins for the published contexts: every term has a meaning, and that is all that this needs.
    let context =
        json!({ "@context": { "@version": 1.1, "@vocab": "https://t.example/", "id": "@id", "type": "@type" } });
    let badge = engine().issue(&passport(), &issue_request(None)).unwrap().badges.remove(0).badge;
    let addresses = badge["@context"].as_array().unwrap().iter();
    let files = addresses.map(|address| (address.as_str().unwrap().to_owned(), context.to_string())).collect();
    let contexts = facade::RdfContexts::new(&files).unwrap();
    let signed = contexts.add_proof(&badge, &secret(1), &now()).unwrap();
    let verified = contexts.verify_credentials(std::slice::from_ref(&signed), &now());
    assert!(verified.sound && verified.credentials[0].signatures.len() == 2);
    let mut changed = signed;
    changed.insert("name".to_owned(), json!("Diploma"));
    assert!(!contexts.verify_credentials(&[changed], &now()).sound);
    let none = facade::RdfContexts::new(&std::iter::empty().collect()).unwrap();
    assert_eq!(code(none.add_proof(&badge, &secret(1), &now())), "not-json-ld");
}
