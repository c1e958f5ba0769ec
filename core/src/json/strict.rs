//! JSON values as these documents use them: no member stands twice (RFC 7493, section 2.3), since which of the two
//! counts would be a guess; and numbers are whole, so that what is hashed or signed never depends on float printing.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A value read strictly.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder).map(Strict)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("a number is not whole, or too large; numbers are whole in these documents"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(Strict(entry)) = access.next_element()? {
            entries.push(entry);
        }
        Ok(entries.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            if members.contains_key(&name) {
                return Err(A::Error::custom(format_args!("`{name}` stands there twice")));
            }
            let Strict(member) = access.next_value()?;
            members.insert(name, member);
        }
        Ok(members.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn every_kind_of_value_is_read_as_usual() {
        let text = r#"{"a": [null, true, -1, "é\n", {}], "b": 18446744073709551615}"#;
        assert_eq!(parse(text, 100).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn numbers_are_whole() {
        for text in ["1.5", "[1e3]", "18446744073709551616"] {
            assert_eq!(parse(text, 100).unwrap_err().code(), "wrong-shape", "{text}");
        }
    }

    #[test]
    fn a_member_that_stands_there_twice_is_refused() {
        let error = parse(r#"{"a": {"b": 1, "b": 1}}"#, 100).unwrap_err();
        assert_eq!(error.code(), "wrong-shape");
        assert_eq!(error.to_string(), "`b` stands there twice at line 1 column 18");
    }
}
