//! The published test vectors of W3C "Data Integrity EdDSA Cryptosuites v1.0", appendix B (w3c/vc-di-eddsa,
//! `TestVectors/eddsa-jcs-2022` and `eddsa-rdfc-2022`): canonical forms, hashes and proofs, byte for byte.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use skills_passport::credential::rdfc::Contexts;
use skills_passport::credential::{Key, ProofOptions, Purpose, sign};
use skills_passport::json;

const SECRET: &str = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";
const DID: &str = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const JCS_DOCUMENT: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],"credentialSubject":{"alumniOf":"The School of Examples","id":"did:example:abcdefgh"},"description":"A minimum viable example of an Alumni Credential.","id":"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33","issuer":"https://vc.example/issuers/5678","name":"Alumni Credential","type":["VerifiableCredential","AlumniCredential"],"validFrom":"2023-01-01T00:00:00Z"}"#;
const JCS_OPTIONS: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],"created":"2023-02-24T23:36:38Z","cryptosuite":"eddsa-jcs-2022","proofPurpose":"assertionMethod","type":"DataIntegrityProof","verificationMethod":"did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"}"#;
const JCS_HASH: &str = "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19";
const JCS_VALUE: &str = "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX";
const RDFC_DOCUMENT: &str = r#"<did:example:abcdefgh> <https://www.w3.org/ns/credentials/examples#alumniOf> "The School of Examples" .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/credentials/examples#AlumniCredential> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/description> "A minimum viable example of an Alumni Credential." .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/name> "Alumni Credential" .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#credentialSubject> <did:example:abcdefgh> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#issuer> <https://vc.example/issuers/5678> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#validFrom> "2023-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
"#;
const RDFC_OPTIONS: &str = r#"_:c14n0 <http://purl.org/dc/terms/created> "2023-02-24T23:36:38Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .
_:c14n0 <https://w3id.org/security#cryptosuite> "eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> .
_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
_:c14n0 <https://w3id.org/security#verificationMethod> <did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2> .
"#;
const RDFC_HASH: &str = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017";
const RDFC_VALUE: &str = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme";

fn unsigned() -> Map<String, Value> {
    serde_json::from_str(JCS_DOCUMENT).unwrap()
}

fn options() -> ProofOptions {
    ProofOptions { created: "2023-02-24T23:36:38Z".parse().unwrap(), purpose: Purpose::AssertionMethod, binding: None }
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The options of the RDF proof: those of the other, without its context.
fn rdfc_options() -> Map<String, Value> {
    let mut options: Map<String, Value> = serde_json::from_str(JCS_OPTIONS).unwrap();
    options.insert("cryptosuite".to_owned(), "eddsa-rdfc-2022".into());
    options.remove("@context");
    options
}

/// Enough of both contexts for this document, in our own writing.
fn small_contexts() -> Contexts {
    let iri = |name: &str| json!({ "@id": format!("https://www.w3.org/2018/credentials#{name}"), "@type": "@id" });
    let time = "http://www.w3.org/2001/XMLSchema#dateTime";
    let security =
        |name: &str, kind: &str| json!({ "@id": format!("https://w3id.org/security#{name}"), "@type": kind });
    let credentials = json!({ "@context": {
        "id": "@id", "type": "@type",
        "name": "https://schema.org/name", "description": "https://schema.org/description",
        "VerifiableCredential": "https://www.w3.org/2018/credentials#VerifiableCredential",
        "credentialSubject": iri("credentialSubject"), "issuer": iri("issuer"),
        "validFrom": { "@id": "https://www.w3.org/2018/credentials#validFrom", "@type": time },
        "DataIntegrityProof": "https://w3id.org/security#DataIntegrityProof",
        "created": { "@id": "http://purl.org/dc/terms/created", "@type": time },
        "cryptosuite": security("cryptosuite", "https://w3id.org/security#cryptosuiteString"),
        "proofPurpose": security("proofPurpose", "@vocab"),
        "assertionMethod": "https://w3id.org/security#assertionMethod",
        "verificationMethod": security("verificationMethod", "@id"),
    } });
    with_examples(Contexts::new(), &credentials.to_string())
}

fn with_examples(contexts: Contexts, credentials: &str) -> Contexts {
    let examples = json!({ "@context": { "@vocab": "https://www.w3.org/ns/credentials/examples#" } });
    let contexts = contexts.with("https://www.w3.org/ns/credentials/v2", credentials).unwrap();
    contexts.with("https://www.w3.org/ns/credentials/examples/v2", &examples.to_string()).unwrap()
}

#[test]
fn the_key_is_read_and_named_as_published() {
    let key = Key::from_multibase(SECRET).unwrap();
    assert_eq!(key.did().as_str(), DID);
    assert_eq!(*key.to_multibase(), SECRET);
    assert!(!format!("{key:?}").contains("z3u2"), "a secret has no place in a log");
}

#[test]
fn jcs_canonical_forms_and_hashes_are_the_published_bytes() {
    let document = json::canonical(&Value::Object(unsigned())).unwrap();
    assert_eq!(document, JCS_DOCUMENT);
    let options: Value = serde_json::from_str(JCS_OPTIONS).unwrap();
    let options = json::canonical(&options).unwrap();
    assert_eq!(options, JCS_OPTIONS);
    assert_eq!(hex(Sha256::digest(options)) + &hex(Sha256::digest(document)), JCS_HASH);
}

#[test]
fn the_jcs_proof_is_the_published_one() {
    let mut document = unsigned();
    sign(&mut document, &Key::from_multibase(SECRET).unwrap(), &options()).unwrap();
    let mut proof: Value = serde_json::from_str(JCS_OPTIONS).unwrap();
    proof["proofValue"] = JCS_VALUE.into();
    assert_eq!(document["proof"], json!([proof]));
}

fn is_published(contexts: &Contexts) {
    assert_eq!(contexts.canonical(&unsigned()).unwrap(), RDFC_DOCUMENT);
    let mut options_document = rdfc_options();
    options_document.insert("@context".to_owned(), unsigned()["@context"].clone());
    assert_eq!(contexts.canonical(&options_document).unwrap(), RDFC_OPTIONS);
    assert_eq!(hex(contexts.hash(&unsigned(), &rdfc_options()).unwrap()), RDFC_HASH);
    let mut document = unsigned();
    contexts.sign(&mut document, &Key::from_multibase(SECRET).unwrap(), &options()).unwrap();
    let mut proof = Value::Object(rdfc_options());
    proof["proofValue"] = RDFC_VALUE.into();
    assert_eq!(document["proof"], json!([proof]));
}

#[test]
fn rdfc_canonical_forms_hashes_and_proof_are_the_published_ones() {
    is_published(&small_contexts());
}

#[test]
fn they_are_the_same_with_the_published_context() {
    let path = format!("{}/../../shared/data/credentials/contexts/credentials-v2.json", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(path) {
        Ok(credentials) => is_published(&with_examples(Contexts::new(), &credentials)),
        Err(_) => println!("skipped: there is no credentials-v2.json beside the project"),
    }
}

/// Appendix B of RFC 8785: every number that these documents may have, and order and escapes of the text example.
#[test]
fn the_example_of_rfc_8785_without_its_fractions() {
    let value: Value = serde_json::from_str(
        r#"{"numbers": [333333333, 4, 2, 0], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#,
    )
    .unwrap();
    let expected = "{\"literals\":[null,true,false],\"numbers\":[333333333,4,2,0],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(json::canonical(&value).unwrap(), expected);
}
