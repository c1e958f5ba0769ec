//! The terms that the contexts of a credential define, and a document that uses others.
//!
//! JSON-LD drops what no context defines without a word: a verifier that works on the RDF does not see it, a person that
//! reads the JSON does. So documents with undefined terms are refused, as JSON-LD's "safe mode" does. The tables say
//! what the contexts of W3C Verifiable Credentials 2.0 and 1EdTech Open Badges 3.0 define, by the type of the node; a
//! test compares them with the contexts. Left out on purpose are the terms of JSON Web Tokens, which have no place in a
//! document that carries its proof.

use serde_json::{Map, Value};

use super::{CONTEXT_BADGES, CONTEXT_CREDENTIALS};

/// Types that have a name.
const TYPES: &[&str] = &[
    "Achievement",
    "AchievementCredential",
    "AchievementSubject",
    "Address",
    "Alignment",
    "BitstringStatusList",
    "BitstringStatusListCredential",
    "BitstringStatusListEntry",
    "Criteria",
    "DataIntegrityProof",
    "EndorsementCredential",
    "EndorsementSubject",
    "EnvelopedVerifiableCredential",
    "EnvelopedVerifiablePresentation",
    "Evidence",
    "GeoCoordinates",
    "IdentifierEntry",
    "IdentityObject",
    "Image",
    "JsonSchema",
    "JsonSchemaCredential",
    "OpenBadgeCredential",
    "Profile",
    "Related",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "VerifiableCredential",
    "VerifiablePresentation",
];

/// Terms that any node may have.
const EVERYWHERE: &[&str] = &[
    "alignment",
    "awardedDate",
    "description",
    "digestMultibase",
    "digestSRI",
    "endorsement",
    "endorsementJwt",
    "image",
    "inLanguage",
    "mediaType",
    "name",
    "narrative",
    "url",
];

/// Terms of the nodes of a type.
const BY_TYPE: &[(&str, &[&str])] = &[
    (
        "Achievement",
        &[
            "achievementType",
            "alignment",
            "creator",
            "creditsAvailable",
            "criteria",
            "fieldOfStudy",
            "humanCode",
            "image",
            "inLanguage",
            "otherIdentifier",
            "related",
            "resultDescription",
            "specialization",
            "tag",
            "version",
        ],
    ),
    (
        "AchievementSubject",
        &[
            "achievement",
            "activityEndDate",
            "activityStartDate",
            "creditsEarned",
            "identifier",
            "image",
            "licenseNumber",
            "result",
            "role",
            "source",
            "term",
        ],
    ),
    (
        "Address",
        &[
            "addressCountry",
            "addressCountryCode",
            "addressLocality",
            "addressRegion",
            "geo",
            "postOfficeBoxNumber",
            "postalCode",
            "streetAddress",
        ],
    ),
    ("Alignment", &["targetCode", "targetDescription", "targetFramework", "targetName", "targetType", "targetUrl"]),
    ("BitstringStatusList", &["encodedList", "statusPurpose", "ttl"]),
    (
        "BitstringStatusListEntry",
        &["statusListCredential", "statusListIndex", "statusMessage", "statusPurpose", "statusReference", "statusSize"],
    ),
    (
        "DataIntegrityProof",
        &[
            "challenge",
            "created",
            "cryptosuite",
            "domain",
            "expires",
            "nonce",
            "previousProof",
            "proofPurpose",
            "proofValue",
            "verificationMethod",
        ],
    ),
    ("EndorsementSubject", &["endorsementComment"]),
    ("Evidence", &["audience", "genre"]),
    ("GeoCoordinates", &["latitude", "longitude"]),
    ("IdentifierEntry", &["identifier", "identifierType"]),
    ("IdentityObject", &["hashed", "identityHash", "identityType", "salt"]),
    ("Image", &["caption"]),
    ("JsonSchema", &["jsonSchema"]),
    (
        "Profile",
        &[
            "additionalName",
            "address",
            "dateOfBirth",
            "email",
            "familyName",
            "familyNamePrefix",
            "givenName",
            "honorificPrefix",
            "honorificSuffix",
            "image",
            "official",
            "otherIdentifier",
            "parentOrg",
            "patronymicName",
            "phone",
        ],
    ),
    ("Related", &["inLanguage", "version"]),
    ("Result", &["achievedLevel", "resultDescription", "status", "value"]),
    (
        "ResultDescription",
        &[
            "allowedValue",
            "requiredLevel",
            "requiredValue",
            "resultType",
            "rubricCriterionLevel",
            "valueMax",
            "valueMin",
        ],
    ),
    ("RubricCriterionLevel", &["level", "points"]),
    (
        "VerifiableCredential",
        &[
            "confidenceMethod",
            "credentialSchema",
            "credentialStatus",
            "credentialSubject",
            "description",
            "evidence",
            "issuer",
            "name",
            "proof",
            "refreshService",
            "relatedResource",
            "renderMethod",
            "termsOfUse",
            "validFrom",
            "validUntil",
        ],
    ),
    ("VerifiablePresentation", &["holder", "proof", "termsOfUse", "verifiableCredential"]),
];

/// Terms of the value of a property.
const BY_PROPERTY: &[(&str, &[&str])] = &[("statusMessage", &["message", "status"])];

/// Deepest nesting of a document.
const MAX_DEPTH: usize = 16;

/// A place where a document says something that its contexts do not define.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TermFault {
    /// Contexts that are not known here.
    Context,
    /// A term or a type.
    Undefined {
        /// Where, as a JSON pointer.
        path: String,
        /// The term.
        term: String,
    },
    /// An identifier that is not absolute.
    Relative {
        /// Where, as a JSON pointer.
        path: String,
    },
}

/// Checks the contexts of a document and every term in it. Credentials inside a presentation are documents of their own
/// and not looked at.
pub(super) fn check(document: &Map<String, Value>) -> Result<(), TermFault> {
    let contexts = match document.get("@context") {
        Some(Value::Array(contexts)) => contexts.iter().map(Value::as_str).collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let known = match contexts.as_deref() {
        Some([first]) => *first == CONTEXT_CREDENTIALS,
        Some([first, second]) => *first == CONTEXT_CREDENTIALS && is_badges(second),
        _ => false,
    };
    if known { Node { path: String::new(), depth: 0 }.check(document, None) } else { Err(TermFault::Context) }
}

/// The context of Open Badges 3.0, of any of its small versions: they define the same terms.
fn is_badges(context: &str) -> bool {
    let stem = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.";
    let version = context.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".json"));
    context == CONTEXT_BADGES || version.is_some_and(|version| matches!(version, "0" | "1" | "2" | "3"))
}

/// Where a node stands.
struct Node {
    path: String,
    depth: usize,
}

impl Node {
    fn child(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self { path: format!("{}/{name}", self.path), depth: self.depth + 1 }
    }

    fn undefined(&self, term: &str) -> TermFault {
        TermFault::Undefined { path: self.path.clone(), term: term.chars().take(60).collect() }
    }

    fn check(&self, node: &Map<String, Value>, property: Option<&str>) -> Result<(), TermFault> {
        if self.depth > MAX_DEPTH {
            return Err(self.undefined("…"));
        }
        let types = self.types(node)?;
        let scope = |table: &'static [(&str, &[&str])], name: &str| {
            table.iter().find(|(owner, _)| *owner == name).map_or(&[][..], |(_, terms)| terms)
        };
        for (term, value) in node {
            let here = self.child(term);
            let defined = EVERYWHERE.contains(&term.as_str())
                || types.iter().any(|name| scope(BY_TYPE, name).contains(&term.as_str()))
                || property.is_some_and(|property| scope(BY_PROPERTY, property).contains(&term.as_str()));
            match term.as_str() {
                "type" => {}
                "id" => here.check_id(value)?,
                // Checked for the whole; of a proof it is compared with the document's.
                "@context" if self.depth == 0 || property == Some("proof") => {}
                // Each is a document with contexts of its own.
                "verifiableCredential" if self.depth == 0 && defined => {}
                _ if !defined => return Err(here.undefined(term)),
                _ => here.check_value(value, term)?,
            }
        }
        Ok(())
    }

    fn check_value(&self, value: &Value, property: &str) -> Result<(), TermFault> {
        match value {
            Value::Object(node) => self.check(node, Some(property)),
            Value::Array(entries) => entries.iter().enumerate().try_for_each(|(position, entry)| {
                // A list in a list means nothing in JSON-LD.
                let here = self.child(&position.to_string());
                if entry.is_array() { Err(here.undefined("[")) } else { here.check_value(entry, property) }
            }),
            _ => Ok(()),
        }
    }

    fn types<'a>(&self, node: &'a Map<String, Value>) -> Result<Vec<&'a str>, TermFault> {
        let all: Vec<&Value> = match node.get("type") {
            None => Vec::new(),
            Some(Value::Array(types)) => types.iter().collect(),
            Some(one) => vec![one],
        };
        let known = |value: &&'a Value| {
            let name = value.as_str().unwrap_or_default();
            let is_known = TYPES.contains(&name) || is_absolute(name);
            if is_known { Ok(name) } else { Err(self.child("type").undefined(name)) }
        };
        all.iter().map(known).collect()
    }

    fn check_id(&self, value: &Value) -> Result<(), TermFault> {
        match value.as_str() {
            Some(id) if is_absolute(id) => Ok(()),
            _ => Err(TermFault::Relative { path: self.path.clone() }),
        }
    }
}

/// Whether a text begins like an absolute IRI: a scheme (RFC 3986, section 3.1) and a colon. A blank node is none.
fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || b"+-.".contains(&letter))
        && !rest.is_empty()
        && !rest.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const TOKENS: &[&str] =
        &["...", "_sd", "_sd_alg", "aud", "cnf", "exp", "iat", "iss", "jku", "jti", "kid", "nbf", "sub", "x5u"];

    fn context(name: &str) -> Option<Value> {
        let path = format!("{}/../../shared/data/credentials/contexts/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).ok();
        if text.is_none() {
            println!("skipped: there is no {name} beside the project");
        }
        text.map(|text| serde_json::from_str::<Value>(&text).unwrap()["@context"].clone())
    }

    fn terms(context: &Value) -> BTreeSet<String> {
        context.as_object().unwrap().keys().filter(|name| !name.starts_with('@')).cloned().collect()
    }

    #[test]
    fn the_tables_say_what_the_published_contexts_define() {
        let names = ["credentials-v2.json", "ob-v3p0-3.0.3.2026-06.json"];
        let Some(contexts) = names.map(context).into_iter().collect::<Option<Vec<_>>>() else { return };
        let mut all: BTreeSet<String> = contexts.iter().flat_map(terms).collect();
        for token in TOKENS {
            assert!(all.remove(*token), "{token}");
        }
        let known = TYPES.iter().chain(EVERYWHERE).chain(&["id", "type"]).map(|term| (*term).to_owned());
        assert_eq!(known.collect::<BTreeSet<_>>(), all);
        for name in TYPES {
            let scoped = contexts.iter().filter_map(|context| context[name].get("@context"));
            let mut scoped: BTreeSet<String> = scoped.flat_map(terms).collect();
            scoped.remove("id");
            scoped.remove("type");
            let ours = BY_TYPE.iter().find(|(owner, _)| owner == name).map_or(&[][..], |(_, terms)| terms);
            assert_eq!(ours.iter().map(|term| (*term).to_owned()).collect::<BTreeSet<_>>(), scoped, "{name}");
        }
        // A type's terms hold for its own node only, as the check has it: no context says otherwise.
        assert!(contexts.iter().all(|context| !context.to_string().contains("@propagate")));
    }

    #[test]
    fn an_identifier_is_absolute() {
        for good in ["urn:uuid:1", "https://a.example/b", "did:key:z6Mk"] {
            assert!(is_absolute(good), "{good}");
        }
        for bad in ["", "x", "_:b0", ":x", "a:", "1a:b", "a b:c", "urn:a b"] {
            assert!(!is_absolute(bad), "{bad}");
        }
    }
}
