//! `group`: what a group of passports looks like, protected before it is written.

mod html;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use skills_passport::framework::Framework;
use skills_passport::id::CompetenceId;
use skills_passport::observatory::{Change, Count, Group, Policy, Published, Summary, person_key, protect};
use skills_passport::offers::coverage;
use skills_passport::passport::{FILE_ENDING, MAX_PASSPORT_BYTES, Passport};
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::{Verdict, files, framework, offers, output};

/// Longest secret, bytes.
const MAX_SECRET_BYTES: usize = 4096;

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Levels by competence, needs against a catalogue, and change since the first assessment
    #[command(after_help = "\
What is published: neighbouring levels are put together until each group is large enough, and its
number of people is rounded to a multiple of half of K. Levels of fewer than K people are never shown
alone. Sums over competences are not published. The same people give the same numbers; see
`core/src/observatory/protect.rs` for what is guaranteed, and what is not. Report a group once a period.

Examples:
  skills-passport group report passports --format html > report.html
  skills-passport group report passports --in offers.ndjson --secret key.txt --format csv")]
    Report(Args),
}

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For people: one file, without script
    Html,
}

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A folder of passports
    folder: PathBuf,
    /// A catalogue: which needs it serves
    #[arg(long = "in", value_name = "CATALOGUE")]
    catalogue: Option<PathBuf>,
    /// Fewer people than this are never shown
    #[arg(long, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u16).range(3..=1000))]
    k: u16,
    /// A file with a secret that protects the numbers; the same for every report of a group
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// Framework
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

/// A report, fit for publication.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    framework: String,
    policy: Policy,
    /// Everybody, rounded; none if they are too few for any report.
    people: Option<u64>,
    /// Files that are no passport, or have no results in this framework.
    not_read: usize,
    competences: Vec<CompetenceReport>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CompetenceReport {
    competence: CompetenceId,
    /// Categories 0 to 7 are levels 1 to 8; 8 is "not enough evidence".
    levels: Published,
    /// Categories: higher, not clear, lower, not comparable; of those with two assessments.
    change: Published,
    /// For each group of levels: offers that lead on from all of them; empty without a catalogue.
    needs: Vec<Need>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Need {
    first_level: usize,
    last_level: usize,
    people: u64,
    /// The fewest offers that lead on from a level of the group: zero means no offer known for some of these people.
    offers: u32,
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        let Self::Report(args) = self;
        args.format == Format::Json
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let Self::Report(args) = self;
        let framework = Library::shipped().framework(&args.framework)?;
        let report = args.report(&framework)?;
        match args.format {
            Format::Json => output::json(out, &report)?,
            Format::Csv => csv(out, &report)?,
            Format::Html => write!(out, "{}", html::page(&report))?,
        }
        Ok(Verdict::Fine)
    }
}

impl Args {
    fn report(&self, framework: &Framework) -> Result<Report, CliError> {
        let secret = match &self.secret {
            Some(file) => files::read(file, MAX_SECRET_BYTES)?,
            None => String::new(),
        };
        let policy = Policy::new(self.k).unwrap_or_default();
        let (summary, changes, not_read) = gather(&self.folder, framework, secret.trim())?;
        let catalogue = self.catalogue.as_ref().map(|file| offers::open(file, framework)).transpose()?;
        let cells = catalogue.map(|catalogue| coverage(framework, &catalogue)).unwrap_or_default();
        let people = protect(&[summary.people], policy).groups.first().map(|group| group.people);
        let competence = |(row, change): (&skills_passport::observatory::Row, &Vec<Count>)| {
            let levels = protect(&row.counts, policy);
            let need = |group: &Group| {
                let served = cells.iter().filter(|cell| {
                    let level = usize::from(cell.level.number()) - 1;
                    cell.competence == row.competence && (group.first..=group.last).contains(&level)
                });
                let offers = served.map(|cell| cell.declared.saturating_add(cell.derived)).min()?;
                Some(Need {
                    first_level: group.first + 1,
                    last_level: group.last.min(7) + 1,
                    people: group.people,
                    offers,
                })
            };
            let needs = levels.groups.iter().filter_map(need).collect();
            CompetenceReport { competence: row.competence.clone(), change: protect(change, policy), needs, levels }
        };
        let competences = summary.rows.iter().zip(&changes).map(competence).collect();
        Ok(Report { framework: framework.reference().to_string(), policy, people, not_read, competences })
    }
}

/// Counts the passports of a folder, one at a time.
fn gather(folder: &Path, framework: &Framework, secret: &str) -> Result<(Summary, Vec<Vec<Count>>, usize), CliError> {
    if !folder.is_dir() {
        return Err(CliError::Missing(folder.to_owned()));
    }
    let unreadable = |reason| CliError::Unreadable { file: folder.to_owned(), reason };
    let mut summary = Summary::new(framework);
    let mut changes = vec![vec![Count::default(); Change::ALL.len()]; framework.competences().len()];
    let mut not_read = 0;
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if !file.to_string_lossy().ends_with(FILE_ENDING) {
            continue;
        }
        let passport = files::read(&file, MAX_PASSPORT_BYTES).ok().and_then(|text| Passport::parse(&text).ok());
        let reference = framework.reference();
        let results: Vec<_> = passport
            .iter()
            .flat_map(Passport::assessments)
            .filter(|record| record.assessment.framework == reference)
            .map(|record| &record.profile)
            .collect();
        let (Some(passport), Some(last)) = (&passport, results.last()) else {
            not_read += 1;
            continue;
        };
        let key = person_key(secret, passport.id());
        summary.add(last, key);
        let Some(first) = results.first().filter(|_| results.len() > 1) else { continue };
        for (id, row) in framework.competences().iter().zip(&mut changes) {
            let of = |profile: &skills_passport::profile::Profile| {
                profile.competences.iter().find(|result| result.competence == *id).map(|result| result.estimate.clone())
            };
            let (Some(before), Some(after)) = (of(first), of(last)) else { continue };
            let change = Change::between(&before, &after);
            let place = Change::ALL.iter().position(|other| *other == change);
            if let Some(count) = place.and_then(|place| row.get_mut(place)) {
                *count = count.plus(Count::one(key));
            }
        }
    }
    Ok((summary, changes, not_read))
}

/// One line for each group of each competence; nothing in it is anybody's text.
fn csv(out: &mut dyn Write, report: &Report) -> Result<(), CliError> {
    writeln!(out, "competence,table,first,last,people,offers")?;
    for row in &report.competences {
        for group in &row.levels.groups {
            let need = row.needs.iter().find(|need| need.first_level == group.first + 1);
            let offers = need.map(|need| need.offers.to_string()).unwrap_or_default();
            let name =
                |category: usize| if category == 8 { "not-enough".to_owned() } else { (category + 1).to_string() };
            let (first, last) = (name(group.first), name(group.last));
            writeln!(out, "{},level,{first},{last},{},{offers}", row.competence, group.people)?;
        }
        for group in &row.change.groups {
            let name = |category: usize| ["higher", "not-clear", "lower", "not-comparable"].get(category).copied();
            let (first, last) = (name(group.first).unwrap_or_default(), name(group.last).unwrap_or_default());
            writeln!(out, "{},change,{first},{last},{},", row.competence, group.people)?;
        }
    }
    Ok(())
}
