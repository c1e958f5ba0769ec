//! The format over the years: every version that was ever written is read, and the published schema is true.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use skills_passport::passport::schema::schema;
use skills_passport::passport::{Content, FORMAT, Goal, Passport, PassportError, migrate};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every passport that is kept as test data, with its file name, which begins with its version.
fn fixtures() -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder("tests/fixtures/passport")).unwrap();
    let mut all: Vec<(String, String)> = files
        .map(|file| {
            let path = file.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    assert!(all.len() >= 3, "fixtures are kept for ever");
    all
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_version_that_was_written_is_read_and_becomes_this_one() {
    for (name, text) in fixtures() {
        let before = value(&text);
        let migrated = migrate(before.clone()).unwrap();
        assert!(name.starts_with(&format!("{}-", migrated.from)), "{name}");
        assert_eq!(migrated.to, FORMAT, "{name}");
        let passport = Passport::parse(&text).unwrap();
        let after = value(&passport.to_json().unwrap());
        assert_eq!(after["format"], FORMAT.to_string());
        // Nothing of the records is lost or changed on the way.
        let by_id = |document: &Value| {
            let mut records = document["records"].as_array().unwrap().clone();
            records.sort_by_key(|record| record["id"].to_string());
            records
        };
        assert_eq!(by_id(&after), by_id(&before), "{name}");
        assert!(passport.records().iter().all(|record| *record.content() != Content::Unknown), "{name}");
    }
}

#[test]
fn migrating_twice_changes_nothing_more() {
    for (name, text) in fixtures() {
        let once = migrate(value(&text)).unwrap();
        let twice = migrate(Value::Object(once.document.clone())).unwrap();
        assert_eq!(twice.document, once.document, "{name}");
        assert_eq!(twice.from, FORMAT);
    }
}

#[test]
fn a_passport_of_1_0_takes_records_of_1_1_and_says_so() {
    let (_, old) = fixtures().into_iter().find(|(name, _)| name.starts_with("1.0.0-")).unwrap();
    let (_, new) = fixtures().into_iter().find(|(name, _)| name.starts_with("1.1.0-")).unwrap();
    let merged = Passport::parse(&old).unwrap().merge(&Passport::parse(&new).unwrap()).unwrap();
    assert!(!merged.entries::<Goal>().is_empty());
    assert_eq!(value(&merged.to_json().unwrap())["format"], "1.1.0");
}

#[test]
fn a_newer_minor_version_is_not_brought_back_to_this_one() {
    let document = json!({ "format": "1.9.3", "anything": [1] });
    let migrated = migrate(document.clone()).unwrap();
    assert_eq!((migrated.to.to_string().as_str(), Value::Object(migrated.document)), ("1.9.3", document));
}

#[test]
fn other_major_versions_and_drafts_of_versions_are_refused() {
    for format in ["2.0.0", "0.9.0", "1.2.0-draft.1"] {
        let error = migrate(json!({ "format": format })).unwrap_err();
        assert_eq!(error, PassportError::Version { found: format.parse().unwrap() });
    }
}

/// To write the file anew after a change of the types: `SKILLS_PASSPORT_BLESS=1 cargo test -p skills-passport schema`.
#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = folder("schema/passport-1.1.schema.json");
    let made = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("SKILLS_PASSPORT_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap();
    assert!(
        published == made,
        "core/schema/passport-1.1.schema.json is not what the types say: see this test's comment"
    );
}

fn validator() -> jsonschema::Validator {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn every_fixture_fits_the_schema() {
    let validator = validator();
    for (name, text) in fixtures() {
        let errors: Vec<String> =
            validator.iter_errors(&value(&text)).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let validator = validator();
    let (_, text) = fixtures().into_iter().find(|(name, _)| name == "1.1.0-everything.json").unwrap();
    let good = value(&text);
    let position = |kind: &str| good["records"].as_array().unwrap().iter().position(|r| r["type"] == kind).unwrap();
    let (assessment, goal) = (position("assessment"), position("goal"));
    for (pointer, wrong) in [
        ("/format".to_owned(), json!("2.0.0")),
        ("/id".to_owned(), json!("x")),
        ("/created".to_owned(), json!("yesterday")),
        ("/records".to_owned(), json!({})),
        (format!("/records/{goal}/level"), json!(9)),
        (format!("/records/{goal}/type"), json!("vow")),
        (format!("/records/{goal}/competence"), json!("a b")),
        (format!("/records/{goal}/note"), json!("")),
        (format!("/records/{assessment}/assessment/plan/mode"), json!("endless")),
        (format!("/records/{assessment}/assessment/answers/0/response"), json!({ "kind": "shrug" })),
        (format!("/records/{assessment}/profile/overall/median"), json!("3")),
        (format!("/records/{assessment}/profile/overall/evidence"), json!("certain")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(&pointer).unwrap() = wrong;
        assert!(Passport::parse(&bad.to_string()).is_err(), "{pointer} is read");
        assert!(!validator.is_valid(&bad), "{pointer} fits the schema");
    }
}
