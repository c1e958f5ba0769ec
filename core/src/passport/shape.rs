//! The shapes of the records that came with format 1.1, as data.
//!
//! A passport is checked whole when it is read. Checking these records against a table takes a fraction of the code that
//! reading each into a type of its own takes, which a program that never looks into them would carry for nothing; the
//! tests hold the table against the types of `entry`.

use serde_json::{Map, Value};

use super::PassportError;
use crate::framework::FrameworkReference;
use crate::id::{AreaId, CompetenceId};
use crate::json::{self, JsonError};
use crate::units::{Level, Timestamp};
use uuid::Uuid;

/// What a member may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Text of 1 to so many characters.
    Text(usize),
    /// A UUID.
    Uuid,
    /// An instant.
    Timestamp,
    /// A level, 1 to 8.
    Level,
    /// A competence.
    Competence,
    /// A list of competences.
    Competences,
    /// Id and version of a framework.
    Framework,
    /// A document of its own.
    Object,
}

/// A member of a record.
pub(super) struct Member {
    name: &'static str,
    shape: Shape,
    needed: bool,
}

const fn needed(name: &'static str, shape: Shape) -> Member {
    Member { name, shape, needed: true }
}

const fn optional(name: &'static str, shape: Shape) -> Member {
    Member { name, shape, needed: false }
}

/// Longest name or title, characters.
pub const MAX_NAME_CHARS: usize = 200;
/// Longest text, characters.
pub const MAX_TEXT_CHARS: usize = 4_000;
/// Longest address, characters.
pub const MAX_URL_CHARS: usize = 2_000;

const GOAL: &[Member] = &[
    needed("framework", Shape::Framework),
    needed("competence", Shape::Competence),
    needed("level", Shape::Level),
    optional("by", Shape::Timestamp),
    optional("note", Shape::Text(MAX_TEXT_CHARS)),
];
const COURSE: &[Member] = &[
    needed("title", Shape::Text(MAX_NAME_CHARS)),
    optional("provider", Shape::Text(MAX_NAME_CHARS)),
    optional("url", Shape::Text(MAX_URL_CHARS)),
    optional("framework", Shape::Framework),
    optional("competences", Shape::Competences),
    optional("started", Shape::Timestamp),
    optional("finished", Shape::Timestamp),
];
const NOTE: &[Member] = &[needed("text", Shape::Text(MAX_TEXT_CHARS)), optional("about", Shape::Uuid)];
const HOLDER: &[Member] = &[needed("name", Shape::Text(MAX_NAME_CHARS))];
const KEY: &[Member] = &[
    needed("did", Shape::Text(MAX_NAME_CHARS)),
    optional("replaces", Shape::Text(MAX_NAME_CHARS)),
    optional("statement", Shape::Object),
];
const ATTESTATION: &[Member] = &[needed("credential", Shape::Object)];

/// The members of a type of record; none if format 1.1 does not have it.
pub(super) fn members_of(name: &str) -> Option<&'static [Member]> {
    match name {
        "goal" => Some(GOAL),
        "course" => Some(COURSE),
        "note" => Some(NOTE),
        "holder" => Some(HOLDER),
        "key" => Some(KEY),
        "attestation" => Some(ATTESTATION),
        _ => None,
    }
}

/// Checks a record, `path` being where it stands.
pub(super) fn check(record: &Map<String, Value>, members: &[Member], path: &str) -> Result<(), PassportError> {
    for member in members {
        let place = || format!("{path}/{}", member.name);
        match record.get(member.name) {
            None | Some(Value::Null) if !member.needed => {}
            None => {
                let message = format!("missing field `{}`", member.name);
                return Err(JsonError::Shape { message, path: path.to_owned() }.into());
            }
            Some(value) => check_value(value, member.shape, &place())?,
        }
    }
    Ok(())
}

fn check_value(value: &Value, shape: Shape, path: &str) -> Result<(), PassportError> {
    let refused = |message: String| Err(JsonError::Shape { message, path: path.to_owned() }.into());
    match shape {
        Shape::Text(most) => match value {
            Value::String(text) if !text.trim().is_empty() && text.chars().count() <= most => Ok(()),
            _ => refused(format!("expected a text of 1 to {most} characters")),
        },
        Shape::Object => match value {
            Value::Object(_) => Ok(()),
            _ => refused("expected an object".to_owned()),
        },
        Shape::Uuid => Ok(json::read_value::<Uuid>(value, path).map(|_| ())?),
        Shape::Timestamp => Ok(json::read_value::<Timestamp>(value, path).map(|_| ())?),
        Shape::Level => Ok(json::read_value::<Level>(value, path).map(|_| ())?),
        Shape::Competence => Ok(json::read_value::<CompetenceId>(value, path).map(|_| ())?),
        Shape::Competences => Ok(json::read_value::<Vec<CompetenceId>>(value, path).map(|_| ())?),
        Shape::Framework => Ok(json::read_known::<FrameworkReference>(value, path).map(|_| ())?),
    }
}

/// The area that a badge of ours is about: the code of its achievement.
pub(super) fn area_of_badge(credential: &Map<String, Value>) -> Option<AreaId> {
    let achievement = credential.get("credentialSubject")?.get("achievement")?;
    achievement.get("id")?.as_str()?.strip_prefix(BADGE_NAMESPACE)?;
    achievement.get("humanCode")?.as_str()?.parse().ok()
}

/// Beginning of the ids of our achievements.
pub const BADGE_NAMESPACE: &str = "urn:skills-passport:self-assessment:";
