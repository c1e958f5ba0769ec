//! The shapes in which answers about several people are written.

use clap::ValueEnum;
use serde::Serialize;
use skills_passport::framework::Framework;
use skills_passport::id::CompetenceId;
use skills_passport::offers::Catalogue;
use skills_passport::offers::matching::{Match, MatchReason, Matches, Uncovered};

use super::{page, words};
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::ErrorView;

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// For people, at a terminal; one passport only
    Text,
    /// For programs: one document
    Json,
    /// For programs: one line for each passport
    Ndjson,
    /// For spreadsheets: one row for each offer and each level that nobody offers
    Csv,
    /// For people: one page, to be read and printed
    Html,
}

/// How the answer is written, and in which language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape<'a> {
    pub(super) kind: Kind,
    pub(super) lang: Lang,
    /// Has the names of competences.
    pub(super) framework: &'a Framework,
}

/// What is said of one passport.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct View<'a> {
    offers: Vec<OfferView<'a>>,
    found: usize,
    uncovered: &'a [Uncovered],
    not_enough_evidence: &'a [CompetenceId],
}

#[derive(Debug, Serialize)]
struct OfferView<'a> {
    title: &'a str,
    provider: &'a str,
    link: &'a str,
    #[serde(flatten)]
    found: &'a Match,
}

impl<'a> View<'a> {
    pub(super) fn new(matches: &'a Matches, catalogue: &'a Catalogue) -> Self {
        let view = |found: &'a Match| {
            let offer = catalogue.offers().get(found.position)?;
            Some(OfferView { title: &offer.title, provider: &offer.provider, link: &offer.link, found })
        };
        Self {
            offers: matches.offers.iter().filter_map(view).collect(),
            found: matches.found,
            uncovered: &matches.uncovered,
            not_enough_evidence: &matches.not_enough_evidence,
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Matches {
        file: &'a str,
        #[serde(flatten)]
        view: View<'a>,
    },
    Error {
        file: &'a str,
        error: ErrorView,
    },
}

impl Shape<'_> {
    /// What stands before the first answer.
    pub(super) fn head(self) -> String {
        match self.kind {
            Kind::Text | Kind::Ndjson => String::new(),
            Kind::Json => "[\n".to_owned(),
            Kind::Csv => row(&[
                "file", "kind", "rank", "offer", "title", "provider", "points", "metres", "levels", "reasons", "ask",
                "link",
            ]),
            Kind::Html => page::head(self.lang),
        }
    }

    /// What stands between two answers.
    pub(super) fn between(self) -> &'static str {
        if self.kind == Kind::Json { ",\n" } else { "" }
    }

    /// What stands after the last answer.
    pub(super) fn tail(self) -> String {
        match self.kind {
            Kind::Text | Kind::Ndjson | Kind::Csv => String::new(),
            Kind::Json => "\n]\n".to_owned(),
            Kind::Html => page::tail(),
        }
    }

    /// The answer about one passport.
    pub(super) fn answer(self, file: &str, answer: Result<&Matches, &CliError>, catalogue: &Catalogue) -> String {
        match self.kind {
            Kind::Csv => self.rows(file, answer, catalogue),
            Kind::Html => page::section(file, answer, catalogue, self),
            Kind::Json | Kind::Ndjson | Kind::Text => {
                let line = match answer {
                    Ok(matches) => Line::Matches { file, view: View::new(matches, catalogue) },
                    Err(error) => Line::Error { file, error: error.into() },
                };
                let text = serde_json::to_string(&line).unwrap_or_default();
                if self.kind == Kind::Json { text } else { format!("{text}\n") }
            }
        }
    }

    fn rows(self, file: &str, answer: Result<&Matches, &CliError>, catalogue: &Catalogue) -> String {
        let matches = match answer {
            Ok(matches) => matches,
            Err(error) => return row(&[file, "error", "", "", "", "", "", "", "", &error.to_string(), "", ""]),
        };
        let mut rows = String::new();
        for (rank, found) in matches.offers.iter().enumerate() {
            let Some(offer) = catalogue.offers().get(found.position) else { continue };
            let levels: Vec<String> = found.reasons.iter().filter_map(gain).collect();
            let rest = found.reasons.iter().filter(|reason| gain(reason).is_none());
            let reasons: Vec<String> = rest.map(|reason| words::reason(reason, self.lang)).collect();
            let ask: Vec<&str> = found.unstated.iter().map(|wish| words::wish(*wish, self.lang)).collect();
            let metres = found.metres.map(|metres| metres.to_string()).unwrap_or_default();
            rows.push_str(&row(&[
                file,
                "offer",
                &(rank + 1).to_string(),
                &offer.id,
                &offer.title,
                &offer.provider,
                &found.points.to_string(),
                &metres,
                &levels.join("; "),
                &reasons.join("; "),
                &ask.join("; "),
                &offer.link,
            ]));
        }
        for goal in &matches.uncovered {
            let levels = format!("{} {}-{}", goal.competence, goal.level, goal.goal);
            let why = words::uncovered(goal, self.lang);
            rows.push_str(&row(&[file, "uncovered", "", "", "", "", "", "", &levels, &why, "", ""]));
        }
        for competence in &matches.not_enough_evidence {
            let id = competence.as_str();
            rows.push_str(&row(&[file, "not-enough-evidence", "", "", "", "", "", "", id, "", "", ""]));
        }
        rows
    }
}

/// `4.2 2-4`.
fn gain(reason: &MatchReason) -> Option<String> {
    match reason {
        MatchReason::Gain { competence, from, to, .. } => Some(format!("{competence} {from}-{to}")),
        _ => None,
    }
}

/// A row of a table. A cell that a spreadsheet would take for a formula gets an apostrophe.
fn row(cells: &[&str]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let safe = |cell: &&str| {
        let is_formula = cell.starts_with(['=', '+', '@', '\t', '\r']) || cell.starts_with('-') && cell.len() > 1;
        if is_formula && cell.parse::<i64>().is_err() { format!("'{cell}") } else { (*cell).to_owned() }
    };
    // Writing to memory does not fail.
    let _ = writer.write_record(cells.iter().map(safe));
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
