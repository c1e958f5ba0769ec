//! What many contributions add up to.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;
use skills_passport::json;

use super::words::Words;
use super::{CATEGORIES, Contribution, Question, design};
use crate::Verdict;
use crate::error::CliError;
use crate::output::{self, BOLD, columns_of, paragraph, quoted};

/// Longest line read, bytes.
const MAX_LINE_BYTES: usize = 4096;
/// Most questions in one run: more would be somebody's mistake, or mischief.
const MAX_QUESTIONS: usize = 1000;
/// Most refusals that are shown one by one.
const SHOWN: usize = 20;
/// Half the width of a two-sided 95 % interval, in standard errors.
const Z_95: f64 = 1.96;

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// Arguments of `estimate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files with a contribution on each line
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<crate::lang::Lang>,
}

/// The estimates of one question.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(flatten)]
    question: &'a Question,
    people: u64,
    /// What a contribution gives away at most, thousandths: ε of local differential privacy.
    epsilon: i32,
    categories: Vec<Line>,
}

/// A category; shares in thousandths.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    /// 1 to 8 are levels, 9 is not enough evidence.
    category: u16,
    reports: u64,
    share: i32,
    standard_error: i32,
    low: i32,
    high: i32,
}

type Reports = [u64; CATEGORIES as usize];

impl Args {
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    pub(super) fn run(&self, out: &mut dyn Write, words: &Words) -> Result<Verdict, CliError> {
        let mut questions: BTreeMap<Question, Reports> = BTreeMap::new();
        let mut refused = 0;
        for file in &self.files {
            let mut refuse = |row: usize, why: &str| {
                refused += 1;
                if refused <= SHOWN {
                    // A refusal that cannot be shown is still counted.
                    let _ = writeln!(std::io::stderr(), "{}, line {row}: {}", file.display(), quoted(why));
                }
            };
            read(file, &mut questions, &mut refuse)?;
        }
        let answers: Vec<Answer<'_>> = questions.iter().map(|(question, reports)| answer(question, reports)).collect();
        match self.format {
            Format::Json => output::json(out, &answers)?,
            Format::Csv => csv(out, &answers)?,
            Format::Text => text(out, words, &answers)?,
        }
        Ok(if refused == 0 { Verdict::Fine } else { Verdict::Unsure })
    }
}

fn read(
    file: &PathBuf,
    questions: &mut BTreeMap<Question, Reports>,
    refuse: &mut dyn FnMut(usize, &str),
) -> Result<(), CliError> {
    let unreadable = |reason| CliError::Unreadable { file: file.clone(), reason };
    let opened = File::open(file).map_err(|reason| match reason.kind() {
        std::io::ErrorKind::NotFound => CliError::Missing(file.clone()),
        _ => unreadable(reason),
    })?;
    let mut reader = BufReader::new(opened);
    let mut row = 0;
    loop {
        let mut line = Vec::new();
        let limit = u64::try_from(MAX_LINE_BYTES).unwrap_or(u64::MAX);
        if reader.by_ref().take(limit + 1).read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            return Ok(());
        }
        row += 1;
        if line.len() > MAX_LINE_BYTES && !line.ends_with(b"\n") {
            reader.skip_until(b'\n').map_err(unreadable)?;
            refuse(row, &format!("longer than {MAX_LINE_BYTES} bytes"));
            continue;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read = json::utf8(&line).and_then(|text| json::read::<Contribution>(text, MAX_LINE_BYTES));
        let (question, category) = match read.map_err(|error| error.to_string()).and_then(Contribution::checked) {
            Ok(checked) => checked,
            Err(why) => {
                refuse(row, &why);
                continue;
            }
        };
        if questions.len() >= MAX_QUESTIONS && !questions.contains_key(&question) {
            refuse(row, &format!("one question more than the {MAX_QUESTIONS} that are estimated at once"));
            continue;
        }
        let reports = questions.entry(question).or_default();
        if let Some(count) = reports.get_mut(usize::from(category)) {
            *count += 1;
        }
    }
}

fn answer<'a>(question: &'a Question, reports: &Reports) -> Answer<'a> {
    let people = reports.iter().sum();
    let thousandths = |number: f64| (number * 1000.0).round() as i32;
    // Checked when it was read.
    let design = design(question.truth).ok();
    let line = |(place, count): (usize, &u64)| {
        let estimate = design?.estimate(*count, people)?;
        let half = Z_95 * estimate.standard_error;
        Some(Line {
            category: u16::try_from(place + 1).ok()?,
            reports: *count,
            share: thousandths(estimate.share),
            standard_error: thousandths(estimate.standard_error),
            low: thousandths(estimate.share - half),
            high: thousandths(estimate.share + half),
        })
    };
    let epsilon = design.map_or(0.0, skills_passport::observatory::RandomisedResponse::epsilon);
    let categories = reports.iter().enumerate().filter_map(line).collect();
    Answer { question, people, epsilon: thousandths(epsilon), categories }
}

fn csv(out: &mut dyn Write, answers: &[Answer<'_>]) -> Result<(), CliError> {
    let mut lines = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| CliError::Output(error.into());
    lines
        .write_record([
            "campaign",
            "framework",
            "about",
            "truth",
            "people",
            "category",
            "reports",
            "share",
            "standard_error",
            "low",
            "high",
        ])
        .map_err(failed)?;
    for answer in answers {
        let Question { campaign, framework, about, truth } = answer.question;
        for line in &answer.categories {
            let numbers = [line.share, line.standard_error, line.low, line.high].map(|number| number.to_string());
            let [truth, category] = [truth, &line.category].map(ToString::to_string);
            let [people, reports] = [answer.people, line.reports].map(|number| number.to_string());
            let names = [campaign, framework, about, &truth, &people, &category, &reports];
            lines.write_record(names.into_iter().chain(&numbers)).map_err(failed)?;
        }
    }
    lines.flush()?;
    Ok(())
}

fn text(out: &mut dyn Write, words: &Words, answers: &[Answer<'_>]) -> Result<(), CliError> {
    for (number, answer) in answers.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let Question { campaign, framework, about, truth } = answer.question;
        let heading = (words.heading)(&quoted(campaign), &quoted(framework), &quoted(about));
        writeln!(out, "{BOLD}{heading}{BOLD:#}")?;
        paragraph(out, &(words.design)(answer.people, *truth), 0)?;
        let mut lines = vec![words.columns.map(str::to_owned).to_vec()];
        for line in &answer.categories {
            lines.push(vec![
                (words.category)(line.category),
                (words.percent)(line.share),
                (words.percent)(line.standard_error),
                (words.range)(line.low, line.high),
            ]);
        }
        columns_of(out, &lines)?;
    }
    Ok(())
}
