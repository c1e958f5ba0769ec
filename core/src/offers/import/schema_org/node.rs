//! JSON-LD as it is commonly written.

use std::collections::HashMap;

use serde_json::Value;

use super::OWN;

/// What prefixes mean schema.org.
const PREFIXES: [&str; 4] = ["", "schema:", "https://schema.org/", "http://schema.org/"];
/// What prefixes mean our own members.
const OWN_PREFIXES: [&str; 2] = ["sp:", OWN];
/// Most values of one member that are read.
pub(super) const MAX_VALUES: usize = 200;

/// Things by their `@id`.
pub(super) struct Nodes(pub(super) HashMap<String, Value>);

/// The value of a member of schema.org.
pub(super) fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    found(value, &PREFIXES, name)
}

/// The value of a member of ours.
pub(super) fn own<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    found(value, &OWN_PREFIXES, name)
}

fn found<'a>(value: &'a Value, prefixes: &[&str], name: &str) -> Option<&'a Value> {
    let members = value.as_object()?;
    prefixes.iter().find_map(|prefix| members.get(&format!("{prefix}{name}"))).filter(|value| !value.is_null())
}

/// The values of a member, one or a list of them, 200 at most.
pub(super) fn values(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let list = match value {
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(Value::Object(members)) if members.contains_key("@list") => {
            members.get("@list").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
        }
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    };
    list.iter().filter(|value| !value.is_null()).take(MAX_VALUES)
}

/// The text of a value: of a literal, of `@value`, of the address of a thing.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Object(members) => ["@value", "@id"].iter().find_map(|name| members.get(*name)).and_then(text),
        _ => None,
    }
}

/// The types of a thing, without prefix.
pub(super) fn kinds(value: &Value) -> Vec<String> {
    let bare = |kind: String| kind.rsplit(['/', ':']).next().unwrap_or_default().to_owned();
    values(value.get("@type").or_else(|| value.get("type"))).filter_map(text).map(bare).collect()
}

impl Nodes {
    /// The thing itself where only its `@id` stands; whether it was not found.
    pub(super) fn resolve<'a>(&'a self, value: &'a Value) -> (&'a Value, bool) {
        let reference = value.as_object().filter(|members| members.len() == 1).and_then(|members| members.get("@id"));
        match reference {
            Some(Value::String(id)) => self.0.get(id).map_or((value, true), |node| (node, false)),
            _ => (value, false),
        }
    }
}
