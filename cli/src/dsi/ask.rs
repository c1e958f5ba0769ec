//! The thirty questions at a terminal.

use std::io::{BufRead as _, Write, stdin};
use std::path::PathBuf;

use skills_passport::observatory::dsi::{Answers, Area, Overall};

use super::count::{TERRITORIES, figures};
use super::words::Words;
use super::{Kept, Module};
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{BOLD, columns_of, paragraph};
use crate::{Verdict, files};

/// Longest line typed, bytes.
const MAX_LINE_BYTES: u64 = 4096;

/// Arguments of `ask`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Keep the answers in a new file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
}

enum Typed {
    Answer(bool),
    Back,
    Stop,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write, module: &Module, lang: Lang) -> Result<Verdict, CliError> {
        let words = Words::of(lang);
        // Better known before thirty questions than after.
        if let Some(file) = &self.out {
            if file.symlink_metadata().is_ok() {
                return Err(CliError::Exists(file.clone()));
            }
            files::check_folder(files::folder_of(file))?;
        }
        paragraph(out, words.intro, 0)?;
        let Some(answers) = ask(out, module, words)? else {
            writeln!(out, "\n{}", words.stopped)?;
            return Ok(Verdict::Unsure);
        };
        show(out, module, words, answers)?;
        if let Some(file) = &self.out {
            let done = module.activities.iter().enumerate().filter(|(place, _)| answers.activities >> place & 1 == 1);
            let activities = done.map(|(_, activity)| activity.id.clone()).collect();
            let kept = Kept { person: None, internet: answers.internet, activities };
            let text = serde_json::to_string(&kept).map_err(std::io::Error::from)?;
            files::write_new(file, &text)?;
            writeln!(out, "\n{}", (words.kept)(&file.display().to_string()))?;
        }
        Ok(Verdict::Fine)
    }
}

/// Asks; none if the person stopped or the input ended. The first question decides whether there are others.
fn ask(out: &mut dyn Write, module: &Module, words: &Words) -> Result<Option<Answers>, CliError> {
    let mut answers = Answers::default();
    let (mut number, all) = (0, module.activities.len() + 1);
    while number < all {
        writeln!(out, "\n{BOLD}{}{BOLD:#}", (words.progress)(number + 1, all))?;
        match number.checked_sub(1).and_then(|place| module.activities.get(place)) {
            None => writeln!(out, "{}", words.internet)?,
            Some(activity) => {
                writeln!(out, "{}", (words.area)(activity.area))?;
                writeln!(out, "{}\n  {}", words.in_months, activity.words)?;
            }
        }
        match typed(out, words)? {
            Typed::Stop => return Ok(None),
            Typed::Back => number = number.saturating_sub(1),
            Typed::Answer(yes) => {
                if let Some(place) = number.checked_sub(1) {
                    answers.activities = answers.activities & !(1 << place) | u32::from(yes) << place;
                } else {
                    answers.internet = yes;
                    if !yes {
                        return Ok(Some(Answers::default()));
                    }
                }
                number += 1;
            }
        }
    }
    Ok(Some(answers))
}

/// Reads until something is understood; the end of the input stops.
fn typed(out: &mut dyn Write, words: &Words) -> Result<Typed, CliError> {
    loop {
        write!(out, "{}", words.prompt)?;
        out.flush()?;
        let mut line = String::new();
        let read = std::io::Read::take(stdin().lock(), MAX_LINE_BYTES).read_line(&mut line);
        if matches!(read, Ok(0)) {
            writeln!(out)?;
            return Ok(Typed::Stop);
        }
        let line = line.trim().to_lowercase();
        // What is no text is not understood either.
        let is = |known: &[&str]| read.is_ok() && known.contains(&line.as_str());
        match () {
            () if is(words.yes) => return Ok(Typed::Answer(true)),
            () if is(words.no) => return Ok(Typed::Answer(false)),
            () if is(words.back) => return Ok(Typed::Back),
            () if is(words.stop) => return Ok(Typed::Stop),
            () => writeln!(out, "{}", words.not_understood)?,
        }
    }
}

fn show(out: &mut dyn Write, module: &Module, words: &Words, answers: Answers) -> Result<(), CliError> {
    let overall = answers.overall();
    let class = overall.map_or(words.not_assessed, words.overall);
    writeln!(out, "\n{BOLD}{}{BOLD:#}", (words.pair)(words.your_class, class))?;
    if let Some(classes) = answers.areas() {
        let line =
            |(area, class): (&Area, _)| vec![(words.area)(*area).to_owned(), (words.area_class)(class).to_owned()];
        columns_of(out, &Area::ALL.iter().zip(classes).map(line).collect::<Vec<_>>())?;
    }
    writeln!(out)?;
    paragraph(out, words.meaning, 0)?;
    writeln!(out, "\n{BOLD}{}{BOLD:#}", words.figures)?;
    let lines: Vec<Vec<String>> = [Overall::Basic, Overall::AboveBasic]
        .into_iter()
        .map(|class| {
            let mut cells = vec![(words.at_least)((words.overall)(class))];
            let of = |territory: &&str| figures(module, words, territory, None, class);
            cells.extend(TERRITORIES.iter().map(of).map(|(head, share)| (words.pair)(&head, &share)));
            cells
        })
        .collect();
    columns_of(out, &lines)?;
    writeln!(out)?;
    paragraph(out, &format!("{} {}", module.published.source, module.published.note), 0)?;
    Ok(paragraph(out, &module.provenance, 0)?)
}
