//! One language: what its `language.json` says, and its texts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Part, TextError, file};

/// Texts by key.
pub(crate) type Texts = BTreeMap<String, String>;

/// The way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// As HTML's `dir` has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// What a variant is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Easy to read and understand.
    Easy,
}

/// A language or a variant of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// What it calls itself.
    pub name: String,
    /// BCP 47 tag for dates, numbers and plurals; may choose digits (`ar-u-nu-latn`).
    pub locale: String,
    /// How it is written.
    pub direction: Direction,
    /// Plural categories of Unicode CLDR that it needs, `other` among them.
    pub plurals: Vec<String>,
    /// Whether it is still to be proof-read by somebody who grew up with it: the widget says so.
    pub draft: bool,
    /// Whether a missing text stops the build.
    pub complete: bool,
    /// What a variant is for; none for a language.
    pub style: Option<Style>,
    element: Texts,
    start: Texts,
    late: Texts,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Head {
    name: String,
    locale: String,
    direction: Direction,
    plurals: Vec<String>,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    complete: bool,
    #[serde(default)]
    style: Option<Style>,
}

impl Language {
    pub(crate) fn read(folder: &Path, tag: &str) -> Result<Self, TextError> {
        let head: Head = read(folder, &format!("{tag}/language.json"))?;
        let texts = |part: Part| read(folder, &file(tag, part));
        Ok(Self {
            name: head.name,
            locale: head.locale,
            direction: head.direction,
            plurals: head.plurals,
            draft: head.draft,
            complete: head.complete,
            style: head.style,
            element: texts(Part::Element)?,
            start: texts(Part::Start)?,
            late: texts(Part::Late)?,
        })
    }

    pub(crate) fn texts(&self, part: Part) -> &Texts {
        match part {
            Part::Element => &self.element,
            Part::Start => &self.start,
            Part::Late => &self.late,
        }
    }
}

fn read<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, TextError> {
    let path = folder.join(name.rsplit('/').next().unwrap_or(name));
    if !path.exists() {
        return Err(TextError::Missing(name.to_owned()));
    }
    let text = fs::read_to_string(&path).map_err(|error| TextError::Unreadable(name.to_owned(), error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| TextError::NotJson(name.to_owned(), error.to_string()))
}
