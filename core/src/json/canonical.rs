//! Canonical JSON (RFC 8785) of documents whose numbers are integers, which is all that is hashed or signed here.
//!
//! Without floats the canonical form needs no number printing of its own; a library that has it weighs ten kilobytes in
//! the download, mostly its tables. The tests compare with such a library.

use serde_json::Value;

/// The canonical text; none if a number is not an integer within ±2^53.
pub(super) fn text(value: &Value) -> Option<String> {
    let mut out = String::new();
    write(value, &mut out)?;
    Some(out)
}

fn write(value: &Value, out: &mut String) -> Option<()> {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
        Value::Number(number) => {
            let exact = number.as_i64().filter(|number| number.unsigned_abs() <= 1 << 53)?;
            out.push_str(&exact.to_string());
        }
        Value::Array(entries) => {
            out.push('[');
            for (position, entry) in entries.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(entry, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            // Section 3.2.3: by UTF-16 code units. Inserting into a map needs less code than sorting.
            let mut sorted = std::collections::BTreeMap::new();
            for (name, member) in members {
                sorted.insert(name.encode_utf16().collect::<Vec<u16>>(), (name, member));
            }
            out.push('{');
            for (position, (name, member)) in sorted.into_values().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(member, out)?;
            }
            out.push('}');
        }
    }
    Some(())
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
        fn the_text_is_that_of_a_conformant_library(value in document()) {
            prop_assert_eq!(text(&value), serde_json_canonicalizer::to_string(&value).ok());
        }
    }

    #[test]
    fn members_are_sorted_by_utf_16_code_units() {
        // RFC 8785, section 3.2.3: U+FB33 sorts after the surrogates of U+1F600.
        let value: Value = serde_json::from_str(r#"{"\ufb33": 1, "\ud83d\ude00": 2, "\r": 3}"#).unwrap();
        assert_eq!(text(&value).unwrap(), "{\"\\r\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}");
    }

    #[test]
    fn numbers_that_are_no_integers_are_refused() {
        for value in [serde_json::json!([1.5]), serde_json::json!({"a": u64::MAX})] {
            assert_eq!(text(&value), None);
        }
    }
}
