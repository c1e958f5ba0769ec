//! Our own catalogues, read offer by offer: to name every fault, where reading the whole names the first.

use std::collections::HashSet;
use std::io::Read;

use super::cell::Notes;
use super::elements::Elements;
use super::{Counts, ImportError, Imported, Problem};
use crate::framework::Framework;
use crate::json;
use crate::offers::{MAX_OFFER_BYTES, Offer};

const LISTS: &[&str] = &["offers"];

/// Reads the offers of a catalogue one by one, strictly, and hands each over, with all that are refused. The head is not
/// looked at. In a catalogue of lines, entries are numbered like the lines.
///
/// # Errors
/// If it is not JSON at all, an offer has no end, or the system cannot read on.
pub fn read_catalogue(
    input: impl Read,
    framework: &Framework,
    each: &mut dyn FnMut(Imported),
) -> Result<Counts, ImportError> {
    let mut elements = Elements::new(input, LISTS)?;
    let (mut counts, mut ids) = (Counts::default(), HashSet::new());
    while let Some(element) = elements.next()? {
        let mut notes = Notes::new(element.number);
        let text = String::from_utf8_lossy(&element.bytes);
        let value = json::parse(text.trim(), MAX_OFFER_BYTES);
        if element.number == 1 && value.as_ref().is_ok_and(|head| head.get("format").is_some()) {
            continue;
        }
        let begin: String = text.trim().chars().take(80).collect();
        let read = match value {
            Err(_) if element.is_cut => notes.refuse("", Problem::CutOff, &begin),
            Err(_) => notes.refuse("", Problem::Malformed, &begin),
            Ok(value) => match json::read_value::<Offer>(&value, "") {
                Err(error) => notes.refuse(error.path().trim_start_matches('/'), Problem::Form, &error.to_string()),
                Ok(offer) => match offer.check(framework.competences(), "") {
                    Err(error) => notes.refuse(error.path().trim_start_matches('/'), Problem::Form, &error.to_string()),
                    Ok(()) if !ids.insert(offer.id.clone()) => notes.refuse("id", Problem::DuplicateId, &offer.id),
                    Ok(()) => notes.offer(offer),
                },
            },
        };
        counts.add(&read);
        each(read);
    }
    Ok(counts)
}
