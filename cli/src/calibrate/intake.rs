//! Collecting answers: who gave which, and what could not be taken.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;
use skills_passport::assessment::Instrument;
use skills_passport::bank::{Item, Response};
use skills_passport::id::{ItemId, OptionId};
use skills_passport::json;
use skills_passport::measure::calibrate::{AnswerFault, Answers, ItemStart, MAX_GROUPS};

/// Refusals that are kept word by word; the others are counted.
const KEPT: usize = 1000;
/// Largest response in JSON in a cell, bytes.
const MAX_RESPONSE_BYTES: usize = 1 << 16;

/// Something that could not be taken, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    pub(super) file: String,
    /// Row or line, from 1 with the header.
    pub(super) row: u64,
    /// Column or item, where it is about one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) column: String,
    pub(super) reason: String,
}

/// Where something is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) row: u64,
    pub(super) column: &'a str,
}

/// What was read so far. Eight bytes per answer; about a hundred per person, and a bit for each item of the bank.
pub(super) struct Intake<'a> {
    instrument: &'a Instrument,
    people: HashMap<String, u32>,
    /// The group of each person.
    groups: Vec<Option<u16>>,
    names: Vec<String>,
    answers: Vec<(u32, u16, u8)>,
    /// A bit for each item, for each person: whether there is an answer.
    answered: Vec<u64>,
    /// Numbers that hold the bits of a person.
    words: usize,
    /// Whether every person needs a group.
    grouped: bool,
    pub(super) rows: u64,
    pub(super) refusals: Vec<Refusal>,
    pub(super) refused: u64,
    /// Columns that are no items, by file.
    pub(super) left_out: Vec<(String, String)>,
    /// Cells that say that nothing was answered.
    pub(super) missing: u64,
}

/// Everything that can be calibrated from.
pub(super) struct Gathered {
    pub(super) answers: Answers,
    /// The groups, the largest first: it is what the others are compared with.
    pub(super) groups: Vec<(String, usize)>,
}

impl<'a> Intake<'a> {
    pub(super) fn new(instrument: &'a Instrument, grouped: bool) -> Self {
        Self {
            instrument,
            people: HashMap::new(),
            groups: Vec::new(),
            names: Vec::new(),
            answers: Vec::new(),
            answered: Vec::new(),
            words: instrument.bank().items().len().div_ceil(64),
            grouped,
            rows: 0,
            refusals: Vec::new(),
            refused: 0,
            left_out: Vec::new(),
            missing: 0,
        }
    }

    pub(super) fn instrument(&self) -> &'a Instrument {
        self.instrument
    }

    pub(super) fn people_so_far(&self) -> usize {
        self.people.len()
    }

    /// Notes something that could not be taken.
    pub(super) fn refuse(&mut self, place: Place<'_>, reason: impl Into<String>) {
        self.refused += 1;
        if self.refusals.len() < KEPT {
            let Place { file, row, column } = place;
            let (file, column) = (file.to_owned(), column.to_owned());
            self.refusals.push(Refusal { file, row, column, reason: reason.into() });
        }
    }

    /// The number of a person who must be new.
    pub(super) fn new_person(&mut self, name: &str, group: Option<&str>) -> Result<u32, String> {
        if self.people.contains_key(name.trim()) {
            return Err(format!("`{}` is there already", name.trim()));
        }
        self.person(name, group)
    }

    /// The number of a person, who may have been met before in the same group.
    pub(super) fn person(&mut self, name: &str, group: Option<&str>) -> Result<u32, String> {
        let name = name.trim();
        if name.is_empty() {
            return Err("the person has no name".to_owned());
        }
        let group = match group.map(str::trim).filter(|group| !group.is_empty()) {
            _ if !self.grouped => None,
            None => return Err("the person has no group".to_owned()),
            Some(group) => Some(self.group(group)?),
        };
        let next = u32::try_from(self.groups.len()).map_err(|_| "there are too many people".to_owned())?;
        match self.people.entry(name.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(next);
                self.groups.push(group);
                self.answered.resize(self.groups.len() * self.words, 0);
                Ok(next)
            }
            Entry::Occupied(entry) => {
                let known = usize::try_from(*entry.get()).ok().and_then(|known| self.groups.get(known));
                let same = known.is_some_and(|known| *known == group);
                if same { Ok(*entry.get()) } else { Err(format!("`{name}` was in another group before")) }
            }
        }
    }

    fn group(&mut self, name: &str) -> Result<u16, String> {
        let found = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u16::try_from(found).map_err(|_| "there are too many groups".to_owned())
    }

    /// Takes an answer that was scored.
    fn take(&mut self, person: u32, position: usize, category: u8) -> Result<(), String> {
        let number = |person: u32| usize::try_from(person).unwrap_or(usize::MAX);
        let word = self.answered.get_mut(number(person) * self.words + position / 64);
        let (Some(word), Ok(item)) = (word, u16::try_from(position)) else {
            return Err("there are too many people or items".to_owned());
        };
        let bit = 1 << (position % 64);
        if *word & bit != 0 {
            return Err("there is an answer of this person already".to_owned());
        }
        *word |= bit;
        self.answers.push((person, item, category));
        Ok(())
    }

    /// Takes an answer in the words of a cell.
    pub(super) fn take_cell(&mut self, person: u32, item: &str, cell: &str) -> Result<(), String> {
        let (position, item) = self.item(item)?;
        match category(item, cell)? {
            Some(category) => self.take(person, position, category)?,
            None => self.missing += 1,
        }
        Ok(())
    }

    /// Takes a response as assessments hold it.
    pub(super) fn take_response(&mut self, person: u32, item: &str, response: &Response) -> Result<(), String> {
        let (position, item) = self.item(item)?;
        match item.score(response).map_err(|fault| fault.to_string())? {
            Some(outcome) => self.take(person, position, outcome.category)?,
            None => self.missing += 1,
        }
        Ok(())
    }

    fn item(&self, id: &str) -> Result<(usize, &'a Item), String> {
        let unknown = || format!("the bank has no item `{}`", id.trim());
        let id: ItemId = id.trim().parse().map_err(|_| unknown())?;
        self.instrument.bank().item(&id).ok_or_else(unknown)
    }

    /// Hands everything over, person by person: rows of one person may have been far apart.
    ///
    /// # Errors
    /// The number of groups, if they are too many.
    pub(super) fn gather(&mut self, items: &[ItemStart]) -> Result<Gathered, usize> {
        if self.names.len() > MAX_GROUPS {
            return Err(self.names.len());
        }
        self.answers.sort_unstable();
        let group_of = |rows: &[(u32, u16, u8)]| {
            let person = rows.first().and_then(|row| usize::try_from(row.0).ok());
            person.and_then(|person| self.groups.get(person)).copied().flatten().map_or(0, usize::from)
        };
        let mut sizes: Vec<(usize, usize)> = (0..self.names.len().max(1)).map(|group| (0, group)).collect();
        for rows in self.answers.chunk_by(|one, two| one.0 == two.0) {
            if let Some(size) = sizes.get_mut(group_of(rows)) {
                size.0 += 1;
            }
        }
        sizes.sort_by(|one, two| two.0.cmp(&one.0).then_with(|| self.names.get(one.1).cmp(&self.names.get(two.1))));
        sizes.retain(|(size, _)| *size > 0);
        let rank = |group: usize| sizes.iter().position(|(_, other)| *other == group).unwrap_or_default();
        let mut answers = Answers::new(items);
        let mut faults: Vec<AnswerFault> = Vec::new();
        for rows in self.answers.chunk_by(|one, two| one.0 == two.0) {
            let given: Vec<(usize, u8)> =
                rows.iter().map(|(_, item, category)| (usize::from(*item), *category)).collect();
            faults.extend(answers.push(rank(group_of(rows)), &given).err());
        }
        let name = |group: usize| self.names.get(group).cloned().unwrap_or_default();
        let groups = sizes.iter().map(|(size, group)| (name(*group), *size)).collect();
        for fault in faults {
            self.refuse(Place { file: "", row: 0, column: "" }, fault.to_string());
        }
        Ok(Gathered { answers, groups })
    }
}

/// The category that a cell means; none for a cell that says that there is no answer.
///
/// An option id, `dont-know`, a response in JSON, or the number of the category: 0 is wrong or the lowest answer.
fn category(item: &Item, cell: &str) -> Result<Option<u8>, String> {
    let cell = cell.trim();
    let score = |response: &Response| {
        let scored = item.score(response).map_err(|fault| fault.to_string())?;
        Ok(scored.map(|outcome| outcome.category))
    };
    if ["", "NA", "skipped"].contains(&cell) {
        return Ok(None);
    }
    if cell == "dont-know" {
        return score(&Response::DontKnow);
    }
    if cell.starts_with('{') {
        let response: Response = json::read(cell, MAX_RESPONSE_BYTES).map_err(|error| error.to_string())?;
        return score(&response);
    }
    if let Ok(option) = cell.parse::<OptionId>()
        && let Ok(outcome) = item.score(&Response::Choice { option })
    {
        return Ok(outcome.map(|outcome| outcome.category));
    }
    let highest = item.highest_category();
    match cell.parse::<u8>() {
        Ok(category) if category <= highest => Ok(Some(category)),
        _ => Err(format!("`{cell}` is no answer: use 0 to {highest}, an option of the item, or dont-know")),
    }
}
