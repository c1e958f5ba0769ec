//! schema.org: `Course`, `CourseInstance` and `EducationEvent` as JSON-LD.
//!
//! A course becomes an offer, or one for each place and way in which it is given. What it teaches and asks for
//! (`teaches`, `competencyRequired`, `educationalAlignment`) are terms, `DefinedTerm` or `AlignmentObject`: a code of the
//! framework or an address of ESCO. schema.org has no word for levels: ours stand in members of our own ([`OWN`]), which the
//! exporter writes; without them they come from a table by the `educationalLevel` of the course, and the target is *derived*.
//!
//! JSON-LD is read as it is commonly written, without its algorithms: with or without a prefix, values or lists of
//! them, `@value`, and `@id` of something earlier in the file.

mod course;
mod instance;
mod node;
mod terms;

use std::collections::HashMap;
use std::io::Read;

use serde_json::Value;

use self::course::Course;
use self::node::Nodes;
use super::cell::Notes;
use super::elements::Elements;
use super::ids::Ids;
use super::{Concepts, Counts, ImportError, Imported, Problem};
use crate::offers::Tables;

/// Before the names of our own members: `sp:from` in the files that we write.
pub(crate) const OWN: &str = "urn:skills-passport:offers:";

/// Members of an object whose arrays hold entries.
const LISTS: &[&str] = &["@graph", "itemListElement", "dataFeedElement"];
/// Most things of other kinds (organisations, places, terms) that are kept for courses to refer to.
const MAX_NODES: usize = 20_000;
/// Largest of these that is kept, bytes.
const MAX_NODE_BYTES: usize = 8 << 10;

/// Reads courses one by one and hands each over; `name` is what the file is called as a source. The file is one object, an
/// array, a `@graph`, a list (`ItemList`, `DataFeed`), or lines.
///
/// # Errors
/// If it is not JSON at all, an entry has no end, or the system cannot read on. What was handed over before stays.
pub fn read_schema_org(
    input: impl Read,
    name: &str,
    tables: &Tables,
    concepts: &Concepts,
    each: &mut dyn FnMut(Imported),
) -> Result<Counts, ImportError> {
    let mut elements = Elements::new(input, LISTS)?;
    let (mut counts, mut ids, mut nodes) = (Counts::default(), Ids::default(), Nodes(HashMap::new()));
    while let Some(element) = elements.next()? {
        let mut hand_over = |read: Imported| {
            counts.add(&read);
            each(read);
        };
        let mut notes = Notes::new(element.number);
        let mut value = match notes.json(&element) {
            Ok(value) => value,
            Err(refused) => {
                hand_over(refused);
                continue;
            }
        };
        // An entry of a list, or a page about a course.
        for wrapper in ["item", "mainEntity"] {
            if let Some(inner) = value.get_mut(wrapper).filter(|inner| inner.is_object()) {
                value = inner.take();
            }
        }
        let kinds = node::kinds(&value);
        let is = |kind: &str| kinds.iter().any(|other| other == kind);
        if is("Course") || is("CourseInstance") || is("EducationEvent") {
            Course { value: &value, notes, name, tables, concepts, nodes: &nodes }.read(&mut ids, &mut hand_over);
        } else if kinds.is_empty() {
            hand_over(notes.refuse("@type", Problem::Missing, ""));
        } else if let Some(Value::String(id)) = value.get("@id")
            && nodes.0.len() < MAX_NODES
            && element.bytes.len() <= MAX_NODE_BYTES
        {
            nodes.0.insert(id.clone(), value);
        }
    }
    Ok(counts)
}
