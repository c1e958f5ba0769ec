//! What a course teaches and asks for.

use serde_json::Value;

use super::super::concepts::{Meaning, Term};
use super::Problem;
use super::course::Course;
use super::node::{MAX_VALUES, kinds, member, own, text, values};
use crate::id::CompetenceId;
use crate::offers::{OfferOrigin, Prerequisite, Target};
use crate::units::Level;

/// Levels by the `educationalLevel` of a course.
const LEVELS: &str = "educational-levels";
/// Their code where a course says nothing, and that of what it asks for.
const UNSTATED: &str = "unstated";
const REQUIRED: &str = "required";

impl<'a> Course<'a> {
    /// What it teaches and what it asks for.
    pub(super) fn terms(&mut self) -> (Vec<Target>, Vec<Prerequisite>) {
        let (mut targets, mut prerequisites) = (Vec::<Target>::new(), Vec::<Prerequisite>::new());
        let course_level = self.level_of(self.value);
        for (column, value, is_taught) in self.found_terms() {
            let term = term(value);
            let quote = [&term.code, &term.name, &term.address].map(String::as_str).join(" ");
            let Some(meaning) = self.concepts.meaning(&term) else {
                self.notes.repaired(column, Problem::UnknownValue, quote.trim());
                continue;
            };
            if let Meaning::Loose(_) = meaning {
                self.notes.repaired(column, Problem::Spelling, quote.trim());
            }
            let is_wide = matches!(meaning, Meaning::Wide(_));
            let competences = match meaning {
                Meaning::Exact(one) | Meaning::Loose(one) => vec![one],
                Meaning::Wide(several) => several,
            };
            for competence in competences {
                if is_taught {
                    let target = self.target(column, value, competence, is_wide, course_level);
                    let known =
                        targets.iter().any(|other| Some(&other.competence) == target.as_ref().map(|t| &t.competence));
                    targets.extend(target.filter(|_| !known && targets_left(&targets)));
                } else if !prerequisites.iter().any(|other| other.competence == competence) {
                    let level = self.required_level(column, value);
                    prerequisites.extend(level.map(|level| Prerequisite { competence, level }));
                }
            }
        }
        (targets, prerequisites)
    }

    /// The terms with the member that they stand in, and whether they are taught rather than asked for.
    fn found_terms(&self) -> Vec<(&'static str, &'a Value, bool)> {
        let (value, nodes) = (self.value, self.nodes);
        let mut found: Vec<(&'static str, &Value, bool)> = Vec::new();
        found.extend(values(member(value, "teaches")).map(|term| ("teaches", nodes.resolve(term).0, true)));
        let asked = values(member(value, "competencyRequired"));
        found.extend(asked.map(|term| ("competencyRequired", nodes.resolve(term).0, false)));
        // Prerequisites in words, or other courses, are not about competences.
        let before = values(member(value, "coursePrerequisites")).map(|term| nodes.resolve(term).0);
        let is_term = |term: &&Value| kinds(term).iter().any(|kind| kind == "AlignmentObject" || kind == "DefinedTerm");
        found.extend(before.filter(is_term).map(|term| ("coursePrerequisites", term, false)));
        for term in values(member(value, "educationalAlignment")).map(|term| nodes.resolve(term).0) {
            match member(term, "alignmentType").and_then(text).as_deref() {
                Some("teaches") => found.push(("educationalAlignment", term, true)),
                Some("requires") => found.push(("educationalAlignment", term, false)),
                _ => {}
            }
        }
        found
    }

    fn target(
        &mut self,
        column: &str,
        value: &Value,
        competence: CompetenceId,
        is_wide: bool,
        course_level: Option<(Level, Level)>,
    ) -> Option<Target> {
        let stated = own(value, "from").is_some() || own(value, "to").is_some();
        if let (Some(from), Some(to)) = (level(own(value, "from")), level(own(value, "to")))
            && from < to
        {
            let is_derived = own(value, "origin").and_then(Value::as_str) == Some("derived");
            let origin = if is_derived || is_wide { OfferOrigin::Derived } else { OfferOrigin::Declared };
            return Some(Target { competence, from, to, origin });
        }
        if stated {
            self.notes.repaired(column, Problem::Form, &format!("{competence}: from, to"));
        }
        let unstated = || self.tables.entry(LEVELS, UNSTATED).and_then(|entry| entry.levels);
        let levels = self.level_of(value).or(course_level);
        if levels.is_none() && !stated {
            self.notes.repaired(column, Problem::NoLevel, competence.as_str());
        }
        let (from, to) = levels.or_else(unstated)?;
        Some(Target { competence, from, to, origin: OfferOrigin::Derived })
    }

    fn required_level(&mut self, column: &str, value: &Value) -> Option<Level> {
        if let Some(level) = level(own(value, "level")) {
            return Some(level);
        }
        self.notes.repaired(column, Problem::NoLevel, &text(value).unwrap_or_default());
        let entry = || self.tables.entry(LEVELS, REQUIRED).and_then(|entry| entry.levels);
        self.level_of(value).or_else(entry).map(|(from, _)| from)
    }

    /// The levels that a course or term says it is at, by the table.
    fn level_of(&self, value: &Value) -> Option<(Level, Level)> {
        let found = values(member(value, "educationalLevel")).filter_map(|level| {
            let name = ["termCode", "name"].iter().find_map(|name| member(level, name).and_then(text));
            let word = name.or_else(|| text(level))?;
            self.tables.entry(LEVELS, word.rsplit('/').next().unwrap_or_default()).and_then(|entry| entry.levels)
        });
        found.reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)))
    }
}

fn targets_left(targets: &[Target]) -> bool {
    targets.len() < MAX_VALUES
}

fn level(value: Option<&Value>) -> Option<Level> {
    let number = value?.as_u64().or_else(|| text(value?)?.trim().parse().ok())?;
    Level::new(u8::try_from(number).ok()?).ok()
}

/// A term of whichever kind.
fn term(value: &Value) -> Term {
    let first = |names: &[&str]| {
        let found = names.iter().find_map(|name| values(member(value, name)).find_map(text));
        found.unwrap_or_default().trim().to_owned()
    };
    if let Some(words) = value.as_str() {
        let is_address = words.starts_with("http://") || words.starts_with("https://");
        let (name, address) = if is_address { ("", words) } else { (words, "") };
        return Term { name: name.to_owned(), address: address.to_owned(), ..Term::default() };
    }
    let set = values(member(value, "inDefinedTermSet")).next();
    let set = set.and_then(|set| member(set, "name").and_then(text).or_else(|| text(set)));
    let address = first(&["targetUrl", "url", "sameAs"]);
    let id = value.get("@id").and_then(text).unwrap_or_default();
    Term {
        code: first(&["termCode"]),
        name: first(&["targetName", "name"]),
        address: if address.is_empty() { id } else { address },
        set: set.unwrap_or_else(|| first(&["educationalFramework"])),
    }
}
