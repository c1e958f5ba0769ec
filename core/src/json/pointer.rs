//! From a line and column of a JSON text to the JSON pointer (RFC 6901) of the value that stands there.
//!
//! `serde_path_to_error` does this while reading, at the price of a second copy of all reading code: measured, it made
//! the widget a third larger. This looks once, after the fault.

/// A container that is open at the place looked for.
enum Open {
    Array(usize),
    Object(String),
}

/// Pointer of the value at a 1-based line and column (in bytes), as `serde_json` counts them. The text must be valid
/// JSON up to there; otherwise the pointer ends early.
pub(super) fn at(text: &str, line: usize, column: usize) -> String {
    let mut open: Vec<Open> = Vec::new();
    let mut expects_key = false;
    let end = offset(text, line, column);
    let mut bytes = text.bytes().enumerate();
    while let Some((position, byte)) = bytes.next() {
        // A fault is reported behind the value, or at the bracket that closes what lacks something.
        let last = position + 1 >= end;
        if position >= end || (last && matches!(byte, b'}' | b']' | b',')) {
            if last
                && position < end
                && byte == b'}'
                && let Some(Open::Object(key)) = open.last_mut()
            {
                key.clear();
            }
            break;
        }
        match byte {
            b'{' => {
                open.push(Open::Object(String::new()));
                expects_key = true;
            }
            b'[' => {
                open.push(Open::Array(0));
                expects_key = false;
            }
            b'}' | b']' => {
                open.pop();
                expects_key = false;
            }
            b',' => {
                if let Some(Open::Array(index)) = open.last_mut() {
                    *index += 1;
                }
                expects_key = matches!(open.last(), Some(Open::Object(_)));
            }
            b'"' => {
                let mut escaped = false;
                let closing = bytes.find(|(_, byte)| {
                    let closes = *byte == b'"' && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    closes
                });
                let Some((closing, _)) = closing else { break };
                if expects_key && let Some(Open::Object(key)) = open.last_mut() {
                    let quoted = text.get(position..=closing).unwrap_or_default();
                    *key = serde_json::from_str(quoted).unwrap_or_default();
                    expects_key = false;
                }
            }
            _ => {}
        }
    }
    open.iter().fold(String::new(), |mut pointer, container| {
        match container {
            Open::Array(index) => pointer.push_str(&format!("/{index}")),
            // An object that is open but at no member yet is itself the place.
            Open::Object(key) if key.is_empty() => {}
            Open::Object(key) => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
        }
        pointer
    })
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before.saturating_add(column)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read to provoke faults")]
    struct Doc {
        name: String,
        list: Vec<Entry>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read to provoke faults")]
    struct Entry {
        size: u8,
        note: Option<String>,
    }

    fn pointer(text: &str) -> String {
        let error = crate::json::read::<Doc>(text, 1000).unwrap_err();
        assert_eq!(error.code(), "wrong-shape", "{error}");
        error.path().to_owned()
    }

    #[test]
    fn a_fault_has_the_pointer_of_its_value() {
        for (text, expected) in [
            (r#"{"name": 5, "list": []}"#, "/name"),
            (r#"{"name": "a", "list": 7}"#, "/list"),
            (r#"{"name": "a", "list": {"x": 1}}"#, "/list"),
            (r#"{"name": "a", "list": [{"size": 1}, {"size": "x"}]}"#, "/list/1/size"),
            ("{\"name\": \"a\",\n \"list\": [\n  {\"size\": 1},\n  {\"size\": 300}\n ]}", "/list/1/size"),
            (r#"{"name": "a", "list": [{"size": 1, "note": [1]}]}"#, "/list/0/note"),
            (r#"{"name": "quote \" [{ brackets", "list": [{"size": true}]}"#, "/list/0/size"),
            (r#"{"name": "a", "list": [{"size": 300}]}"#, "/list/0/size"),
            (r#"[1]"#, "/0"),
            (r#""text""#, ""),
        ] {
            assert_eq!(pointer(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_missing_or_unknown_is_placed_in_its_object() {
        for (text, expected) in [
            (r#"{"name": "a", "list": [{"size": 1}, {"note": "x"}]}"#, "/list/1"),
            (r#"{"name": "a"}"#, ""),
            (r#"{"name": "a", "list": [], "more": 1}"#, "/more"),
        ] {
            assert_eq!(pointer(text), expected, "{text}");
        }
    }

    #[test]
    fn keys_are_escaped() {
        type Map = std::collections::BTreeMap<String, u8>;
        let error = crate::json::read::<Map>(r#"{"a": 1, "b/~c": "x"}"#, 100).unwrap_err();
        assert_eq!(error.path(), "/b~1~0c");
    }
}
