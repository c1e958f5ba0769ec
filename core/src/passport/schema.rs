//! The JSON Schema of a passport (draft 2020-12), made from the types that read it.
//!
//! The published copy is `core/schema/passport-1.1.schema.json`; a test compares it with what this makes. The schema
//! says what this version writes and reads; a document of a newer minor version may have more.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;
use uuid::Uuid;

use super::{AssessmentRecord, Attestation, Course, Goal, Holder, KeyRecord, Note, ResultRecord};
use crate::units::{Level, Timestamp};

/// The schema as a JSON document.
#[must_use]
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let mut schema = settings.into_generator().into_root_schema_for::<PassportDocument>();
    schema.insert("$id".to_owned(), "urn:skills-passport:schema:passport:1.1".into());
    schema.to_value()
}

/// A person's skills passport, format 1.1. Quantities are whole thousandths of a level. It is a self-assessment for
/// guidance; it must not decide on admission, placement, recruitment or benefits.
#[derive(JsonSchema)]
#[schemars(rename = "Passport")]
#[expect(dead_code, reason = "only its shape is used")]
struct PassportDocument {
    /// Version of the format.
    format: Format,
    /// Identity of the passport.
    id: Uuid,
    /// When it was made.
    created: Timestamp,
    /// Its records, each with an id of its own; their order says nothing.
    #[schemars(length(max = 10000))]
    records: Vec<RecordDocument>,
}

/// A record.
#[derive(JsonSchema)]
#[schemars(tag = "type", rename_all = "kebab-case", rename = "Record")]
#[expect(dead_code, clippy::large_enum_variant, reason = "only its shape is used")]
enum RecordDocument {
    /// A finished assessment.
    Assessment(AssessmentRecord),
    /// What a shared copy has of an assessment (since 1.1).
    Result(ResultRecord),
    /// The mark of a record that was erased.
    Tombstone(Of<Erased>),
    /// A level that the learner wants to reach (since 1.1).
    Goal(Of<Goal>),
    /// A course that the learner follows or followed (since 1.1).
    Course(Of<Course>),
    /// A note of the learner (since 1.1).
    Note(Of<Note>),
    /// The learner's name (since 1.1).
    Holder(Of<Holder>),
    /// The public half of a key of the learner (since 1.1).
    Key(Of<KeyRecord>),
    /// A signed credential (since 1.1).
    Attestation(Of<Attestation>),
}

/// A record with its identity and time.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Of<T> {
    /// Identity of the record.
    id: Uuid,
    /// When it was made.
    at: Timestamp,
    #[schemars(flatten)]
    entry: T,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Erased {
    /// The record that was erased.
    record: Uuid,
}

struct Format;

impl JsonSchema for Format {
    fn schema_name() -> Cow<'static, str> {
        "Format".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A version of the format: the first number is 1.",
            "type": "string",
            "pattern": r"^1\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\+[0-9A-Za-z.-]+)?$",
        })
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An instant in UTC, to the second (RFC 3339).",
            "type": "string",
            "format": "date-time",
            "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$",
        })
    }
}

impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A proficiency level on the eight-level scale.",
            "type": "integer",
            "minimum": 1,
            "maximum": Level::COUNT,
        })
    }
}
