//! Writing JSON: canonical (RFC 8785) for what is hashed or signed, indented for files that people may look into.
//!
//! All numbers in these documents are integers. So neither form needs float printing, which weighs nine kilobytes in the
//! download. The tests compare with libraries that can do it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The canonical text; none if a number is not an integer within ±2^53.
pub(super) fn canonical(value: &Value) -> Option<String> {
    let mut out = String::new();
    write(value, &mut out, None)?;
    Some(out)
}

/// The text with one member a line, two spaces for each level; none if a number is not an integer.
pub(super) fn indented(value: &Value) -> Option<String> {
    let mut out = String::new();
    write(value, &mut out, Some(0))?;
    Some(out)
}

/// `depth` is that of indentation; none means the canonical form.
fn write(value: &Value, out: &mut String, depth: Option<usize>) -> Option<()> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::String(text) => quote(text, out)?,
        Value::Number(number) => match (number.as_i64(), number.as_u64(), depth) {
            (Some(number), _, Some(_)) => out.push_str(&number.to_string()),
            (Some(number), _, None) if number.unsigned_abs() <= 1 << 53 => out.push_str(&number.to_string()),
            (None, Some(number), Some(_)) => out.push_str(&number.to_string()),
            _ => return None,
        },
        Value::Array(entries) => {
            out.push('[');
            for (position, entry) in entries.iter().enumerate() {
                separate(out, position, depth);
                write(entry, out, depth.map(|depth| depth + 1))?;
            }
            close(out, entries.is_empty(), depth, ']');
        }
        Value::Object(members) => {
            out.push('{');
            for (position, (name, member)) in ordered(members, depth.is_none()).into_iter().enumerate() {
                separate(out, position, depth);
                quote(name, out)?;
                out.push_str(if depth.is_some() { ": " } else { ":" });
                write(member, out, depth.map(|depth| depth + 1))?;
            }
            close(out, members.is_empty(), depth, '}');
        }
    }
    Some(())
}

/// Canonical order is by UTF-16 code units (RFC 8785, section 3.2.3). Inserting into a map needs less code than sorting.
fn ordered(members: &Map<String, Value>, canonical: bool) -> Vec<(&String, &Value)> {
    if !canonical {
        return members.iter().collect();
    }
    let mut sorted = BTreeMap::new();
    for (name, member) in members {
        sorted.insert(name.encode_utf16().collect::<Vec<u16>>(), (name, member));
    }
    sorted.into_values().collect()
}

fn quote(text: &str, out: &mut String) -> Option<()> {
    out.push_str(&serde_json::to_string(text).ok()?);
    Some(())
}

fn separate(out: &mut String, position: usize, depth: Option<usize>) {
    if position > 0 {
        out.push(',');
    }
    if let Some(depth) = depth {
        line(out, depth + 1);
    }
}

fn close(out: &mut String, is_empty: bool, depth: Option<usize>, bracket: char) {
    if let Some(depth) = depth.filter(|_| !is_empty) {
        line(out, depth);
    }
    out.push(bracket);
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-(1_i64 << 53)..=1 << 53).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_canonical_text_is_that_of_a_conformant_library(value in document()) {
            prop_assert_eq!(canonical(&value), serde_json_canonicalizer::to_string(&value).ok());
        }

        #[test]
        fn the_indented_text_is_that_of_the_usual_library(value in document()) {
            prop_assert_eq!(indented(&value), serde_json::to_string_pretty(&value).ok());
        }
    }

    #[test]
    fn members_are_sorted_by_utf_16_code_units() {
        // RFC 8785, section 3.2.3: U+FB33 sorts after the surrogates of U+1F600.
        let value: Value = serde_json::from_str(r#"{"\ufb33": 1, "\ud83d\ude00": 2, "\r": 3}"#).unwrap();
        assert_eq!(canonical(&value).unwrap(), "{\"\\r\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}");
    }

    #[test]
    fn numbers_that_are_no_integers_are_refused() {
        for value in [serde_json::json!([1.5]), serde_json::json!({"a": u64::MAX})] {
            assert_eq!(canonical(&value), None);
        }
    }
}
