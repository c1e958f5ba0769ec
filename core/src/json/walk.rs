//! Reading typed documents from parsed JSON.
//!
//! `serde_json` can do this too, but does not say where in the document a fault is, and takes arrays for objects;
//! `serde_path_to_error`, which says where, cost the download 21 kilobytes after compression. The generic methods are kept
//! out of line: inlined into one another they cost seven kilobytes more.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Value};

use super::JsonError;

/// A fault and where it is. A pointer to it, because each step of the walk hands it on: by value it cost the download six
/// kilobytes.
#[derive(Debug)]
pub(super) struct Fault(Box<Detail>);

#[derive(Debug)]
struct Detail {
    message: String,
    /// JSON pointer (RFC 6901), put together while the fault travels outwards.
    path: String,
    /// The member of a struct that is missing, by its position; the struct puts its name in.
    missing: Option<usize>,
}

impl Fault {
    #[cold]
    #[inline(never)]
    fn new(message: String, missing: Option<usize>) -> Self {
        Self(Box::new(Detail { message, path: String::new(), missing }))
    }

    /// The same as an error of a document that stands at `root` in its own.
    #[cold]
    #[inline(never)]
    pub(super) fn at(self, root: &str) -> JsonError {
        JsonError::Shape { message: self.0.message, path: format!("{root}{}", self.0.path) }
    }

    #[cold]
    #[inline(never)]
    fn within(mut self, segment: &str) -> Self {
        self.0.path = format!("/{}{}", segment.replace('~', "~0").replace('/', "~1"), self.0.path);
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    #[cold]
    #[inline(never)]
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), None)
    }

    /// Only a struct that lacks a member comes here: sequences of a fixed length are not part of any document.
    #[cold]
    #[inline(never)]
    fn invalid_length(position: usize, _: &dyn de::Expected) -> Self {
        Self::new(String::new(), Some(position))
    }

    // The two below say what the provided methods say, without their branch for floats: see `write`.

    #[cold]
    #[inline(never)]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("invalid type: {}, expected {expected}", Found(found)))
    }

    #[cold]
    #[inline(never)]
    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("invalid value: {}, expected {expected}", Found(found)))
    }
}

/// What was found instead.
struct Found<'a>(Unexpected<'a>);

impl std::fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Unexpected::Bool(value) => write!(f, "`{value}`"),
            Unexpected::Unsigned(number) => write!(f, "`{number}`"),
            Unexpected::Signed(number) => write!(f, "`{number}`"),
            Unexpected::Str(text) => write!(f, "\"{text}\""),
            Unexpected::Other(name) => f.write_str(name),
            _ => f.write_str("another kind of value"),
        }
    }
}

/// A value that is being read.
#[derive(Clone, Copy)]
pub(super) struct Walk<'de> {
    /// None stands for a member that is missing: an option reads it as none, everything else refuses it.
    value: Option<&'de Value>,
    /// Whether members that a struct does not know are passed over.
    open: bool,
}

impl<'de> Walk<'de> {
    /// Refuses members that a struct does not know.
    pub(super) fn strict(value: &'de Value) -> Self {
        Self { value: Some(value), open: false }
    }

    /// Passes over members that a struct does not know.
    pub(super) fn open(value: &'de Value) -> Self {
        Self { value: Some(value), open: true }
    }

    fn part(self, value: &'de Value) -> Self {
        Self { value: Some(value), ..self }
    }
}

impl<'de> Walk<'de> {
    /// The members of a struct with these fields. Refuses a member that it does not have, unless the document is open.
    #[inline(never)]
    fn members(self, fields: &'static [&'static str], expected: &dyn de::Expected) -> Result<Fields<'de>, Fault> {
        let Some(Value::Object(members)) = self.value else { return Err(self.unexpected(expected)) };
        let unknown = members.keys().find(|name| !fields.contains(&name.as_str())).filter(|_| !self.open);
        match unknown {
            None => Ok(Fields { members, left: fields.iter(), whole: self }),
            Some(name) => {
                let known = fields.join("`, `");
                Err(Fault::custom(format_args!("unknown field `{name}`, expected one of `{known}`")).within(name))
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn unexpected(&self, expected: &dyn de::Expected) -> Fault {
        let found = match self.value {
            None => Unexpected::Other("nothing"),
            Some(Value::Null) => Unexpected::Other("null"),
            Some(Value::Bool(value)) => Unexpected::Bool(*value),
            Some(Value::Number(_)) => Unexpected::Other("number"),
            Some(Value::String(text)) if text.len() <= 60 => Unexpected::Str(text),
            Some(Value::String(_)) => Unexpected::Other("a long text"),
            Some(Value::Array(_)) => Unexpected::Other("array"),
            Some(Value::Object(_)) => Unexpected::Other("object"),
        };
        Fault::invalid_type(found, expected)
    }
}

/// Methods that accept one kind of value and refuse every other.
macro_rules! number {
    ($($method:ident)*) => {$(
        #[inline(never)]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            if let Some(number) = self.value.and_then(Value::as_u64) {
                visitor.visit_u64(number)
            } else if let Some(number) = self.value.and_then(Value::as_i64) {
                visitor.visit_i64(number)
            } else {
                Err(self.unexpected(&visitor))
            }
        }
    )*};
}

macro_rules! text {
    ($($method:ident)*) => {$(
        #[inline(never)]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self.value {
                Some(Value::String(text)) => visitor.visit_borrowed_str(text),
                _ => Err(self.unexpected(&visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Walk<'de> {
    type Error = Fault;

    number!(deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64);
    text!(deserialize_str deserialize_string deserialize_char deserialize_identifier deserialize_bytes deserialize_byte_buf);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            None => Err(self.unexpected(&visitor)),
            Some(Value::Null) => visitor.visit_unit(),
            Some(Value::Bool(value)) => visitor.visit_bool(*value),
            Some(Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (_, Some(number)) => visitor.visit_i64(number),
                _ => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Some(Value::String(text)) => visitor.visit_borrowed_str(text),
            Some(Value::Array(_)) => self.deserialize_seq(visitor),
            Some(Value::Object(_)) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::Bool(value)) => visitor.visit_bool(*value),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    #[inline(never)]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            None | Some(Value::Null) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    #[inline(never)]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::Array(entries)) => {
                visitor.visit_seq(Entries { left: entries.iter(), position: 0, whole: self })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    #[inline(never)]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::Object(members)) => {
                visitor.visit_map(Members { left: members.iter(), current: None, whole: self })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    /// Gives a struct its members one after the other, in its own order: comparing each name that is found with each
    /// that is known, as maps are read, takes three times the code.
    #[inline(never)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let members = self.members(fields, &visitor)?;
        visitor.visit_seq(members).map_err(|fault| named(fault, fields))
    }

    #[inline(never)]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::String(name)) => visitor.visit_enum(name.as_str().into_deserializer()),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 f32 f64 unit unit_struct tuple tuple_struct }
}

/// Puts the name of the missing member into a fault.
#[cold]
#[inline(never)]
fn named(fault: Fault, fields: &[&str]) -> Fault {
    match fault.0.missing.and_then(|position| fields.get(position)) {
        Some(name) => Fault::custom(format_args!("missing field `{name}`")),
        None => fault,
    }
}

/// The members of a struct, in the order of its fields.
struct Fields<'de> {
    members: &'de Map<String, Value>,
    left: std::slice::Iter<'static, &'static str>,
    whole: Walk<'de>,
}

impl<'de> Fields<'de> {
    /// The name of the next member and what it holds: nothing, if it is missing.
    #[inline(never)]
    fn step(&mut self) -> Option<(&'static str, Walk<'de>)> {
        let name = *self.left.next()?;
        Some((name, Walk { value: self.members.get(name), ..self.whole }))
    }
}

impl<'de> SeqAccess<'de> for Fields<'de> {
    type Error = Fault;

    #[inline(never)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((name, walk)) = self.step() else { return Ok(None) };
        match seed.deserialize(walk) {
            Ok(value) => Ok(Some(value)),
            // An option became none. Whether anything else has a default, only the struct knows: to it, none is left.
            Err(_) if walk.value.is_none() => Ok(None),
            Err(fault) => Err(fault.within(name)),
        }
    }
}

struct Entries<'de> {
    left: std::slice::Iter<'de, Value>,
    position: usize,
    whole: Walk<'de>,
}

impl<'de> SeqAccess<'de> for Entries<'de> {
    type Error = Fault;

    #[inline(never)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(value) = self.left.next() else { return Ok(None) };
        let position = self.position;
        self.position += 1;
        seed.deserialize(self.whole.part(value)).map(Some).map_err(|fault| fault.within(&position.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

struct Members<'de> {
    left: serde_json::map::Iter<'de>,
    current: Option<(&'de str, &'de Value)>,
    whole: Walk<'de>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.left.next() else { return Ok(None) };
        self.current = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some).map_err(|fault: Fault| fault.within(name))
    }

    #[inline(never)]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (name, value) = self.current.take().unwrap_or(("", &Value::Null));
        seed.deserialize(self.whole.part(value)).map_err(|fault| fault.within(name))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Doc {
        name: String,
        list: Vec<Entry>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        size: u8,
        note: Option<String>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Small,
    }

    fn fault(text: &str) -> (String, String) {
        let error = crate::json::read::<Doc>(text, 1000).unwrap_err();
        assert_eq!(error.code(), "wrong-shape", "{error}");
        (error.path().to_owned(), error.to_string())
    }

    #[test]
    fn a_sound_document_is_read() {
        let doc: Doc =
            crate::json::read(r#"{"name": "é", "list": [{"size": 3, "note": null, "kind": "small"}]}"#, 1000).unwrap();
        assert!(
            doc.name == "é" && matches!(doc.list.as_slice(), [Entry { size: 3, note: None, kind: Some(Kind::Small) }])
        );
    }

    #[test]
    fn a_fault_has_the_pointer_of_its_value() {
        for (text, path) in [
            (r#"{"name": 5, "list": []}"#, "/name"),
            (r#"{"name": "a", "list": 7}"#, "/list"),
            (r#"{"name": "a", "list": {"x": 1}}"#, "/list"),
            (r#"{"name": "a", "list": [{"size": 1}, {"size": "x"}]}"#, "/list/1/size"),
            (r#"{"name": "a", "list": [{"size": 300}]}"#, "/list/0/size"),
            (r#"{"name": "a", "list": [{"size": 1, "kind": "huge"}]}"#, "/list/0/kind"),
            (r#"{"name": "a", "list": [{"size": 1, "more": 1}]}"#, "/list/0/more"),
            (r#"{"name": "a", "list": [{"note": "x"}]}"#, "/list/0"),
            (r#"{"name": "a"}"#, ""),
            (r#""text""#, ""),
        ] {
            assert_eq!(fault(text).0, path, "{text}");
        }
    }

    #[test]
    fn a_missing_or_unknown_member_is_named() {
        assert_eq!(fault(r#"{"list": []}"#).1, "missing field `name`");
        assert_eq!(fault(r#"{"name": "a", "list": [{}]}"#).1, "missing field `size` (at `/list/0`)");
        let (_, message) = fault(r#"{"name": "a", "list": [], "nmae": "b"}"#);
        assert_eq!(message, "unknown field `nmae`, expected one of `name`, `list` (at `/nmae`)");
    }

    #[test]
    fn what_is_not_known_can_be_passed_over_at_any_depth() {
        let newer = serde_json::json!({"name": "a", "more": 1, "list": [{"size": 1, "more": {"x": 1}}]});
        let doc: Doc = crate::json::read_known(&newer, "").unwrap();
        assert_eq!(doc.list.len(), 1);
        assert!(crate::json::read_value::<Doc>(&newer, "").is_err());
    }

    #[test]
    fn an_array_is_not_taken_for_an_object() {
        let (path, message) = fault(r#"{"name": "a", "list": [[1, "x", null]]}"#);
        assert_eq!(path, "/list/0");
        assert_eq!(message, "invalid type: array, expected struct Entry (at `/list/0`)");
    }

    #[test]
    fn names_are_escaped_in_pointers() {
        type Map = crate::table::Table<String, u8>;
        let error = crate::json::read::<Map>(r#"{"a": 1, "b/~c": "x"}"#, 100).unwrap_err();
        assert_eq!(error.path(), "/b~1~0c");
    }
}
