//! `group`: what a group of passports looks like, protected before it is written.
//!
//! Owns arguments and files. What is counted, added and protected is the library's business (`observatory`).

mod html;
mod source;
mod spreadsheet;
mod words;

use std::io::Write;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use skills_passport::framework::Framework;
use skills_passport::id::CompetenceId;
use skills_passport::observatory::{Bin, Policy, Report, Summary};
use skills_passport::offers::coverage;
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::lang::Lang;
use crate::output::columns_of;
use crate::{Verdict, framework, offers, output, tables};
pub(crate) use source::{Counted, secret};
use words::Words;

/// The shares of the order that `quantiles` shows, thousandths.
const SHARES: [u16; 5] = [100, 250, 500, 750, 900];

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Levels by competence, needs against a catalogue, and change since the first assessment
    #[command(after_help = "\
What is published: neighbouring levels are put together until each group is large enough, and its
number of people is rounded to a multiple of half of K. Levels of fewer than K people are never shown
alone. Sums over competences are not published. The same people give the same numbers; see
`core/src/observatory/protect.rs` for what is guaranteed, and what is not. Report a group once a period.

The exit code is 3 if some passports could not be read; they are named on the error output.

Examples:
  skills-passport group report passports --format html > report.html
  skills-passport group report passports --in offers.ndjson --secret key.txt --format csv
  skills-passport group report territory.summary.json --lang fr --format html > rapport.html")]
    Report(Args),
    /// Count a group without protecting it, so that several places can be added up
    #[command(after_help = "\
A summary holds small numbers: it is for those who add up the territory, not for publication. It holds
no passport, no name and no identity. All places must use the same secret.

Example:
  skills-passport group summary passports --secret key.txt > north.summary.json")]
    Summary(SummaryArgs),
    /// Add up the summaries of several places
    #[command(after_help = "\
The result is the very summary that all passports in one place would give. Somebody who is counted at
two places counts twice.

Example:
  skills-passport group merge north.summary.json south.summary.json > territory.summary.json")]
    Merge(Merge),
    /// Where on the scale the people of a group are; not for publication
    #[command(after_help = "\
The level below which a share of the people with enough evidence are, to a quarter of a level. These
numbers are not protected: publish `group report`.

Example:
  skills-passport group quantiles territory.summary.json")]
    Quantiles(Quantiles),
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
    /// A folder of passports, a file with one on each line (- reads them from the input), or a summary
    source: PathBuf,
    /// The source is a folder of exported tables, and SQL counts them
    #[arg(long, conflicts_with = "secret")]
    sql: bool,
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
    /// Language of the report
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

/// Arguments of `summary`.
#[derive(Debug, clap::Args)]
pub(crate) struct SummaryArgs {
    /// A folder of passports, a file with one on each line (- reads them from the input)
    source: PathBuf,
    /// A file with a secret that protects the numbers; the same at every place
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// Framework
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Language of messages
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub(crate) struct Merge {
    /// The summaries
    #[arg(required = true)]
    summaries: Vec<PathBuf>,
    /// Framework
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Language of messages
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

/// Arguments of `quantiles`.
#[derive(Debug, clap::Args)]
pub(crate) struct Quantiles {
    /// A folder of passports, a file with one on each line (- reads them from the input), or a summary
    source: PathBuf,
    /// Framework
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Write JSON, for programs
    #[arg(long)]
    json: bool,
    /// Language
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Report(args) => args.format == Format::Json,
            Self::Summary(_) | Self::Merge(_) => true,
            Self::Quantiles(args) => args.json,
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Report(args) => args.lang,
            Self::Summary(args) => args.lang,
            Self::Merge(args) => args.lang,
            Self::Quantiles(args) => args.lang,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let lang = self.lang().unwrap_or_else(Lang::of_environment);
        match self {
            Self::Report(args) => args.run(out, lang),
            Self::Summary(args) => {
                let framework = Library::shipped().framework(&args.framework)?;
                let secret = secret(args.secret.as_deref())?;
                let counted = Counted::passports(&args.source, &framework, &secret, lang)?;
                output::json(out, &counted.summary)?;
                Ok(counted.verdict)
            }
            Self::Merge(args) => {
                let framework = Library::shipped().framework(&args.framework)?;
                let mut merged = Summary::new(&framework);
                for file in &args.summaries {
                    let summary = source::summary(file, &framework)?;
                    merged = merged.merge(&summary).map_err(|error| source::refused(file, &error))?;
                }
                output::json(out, &merged)?;
                Ok(Verdict::Fine)
            }
            Self::Quantiles(args) => args.run(out, lang),
        }
    }
}

impl Args {
    fn run(&self, out: &mut dyn Write, lang: Lang) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(&self.framework)?;
        let counted = if self.sql {
            Counted { summary: tables::summary(&self.source, &framework)?, verdict: Verdict::Fine }
        } else {
            Counted::of(&self.source, &framework, &secret(self.secret.as_deref())?, lang)?
        };
        let catalogue = self.catalogue.as_ref().map(|file| offers::open(file, &framework)).transpose()?;
        let cells = catalogue.map(|catalogue| coverage(&framework, &catalogue)).unwrap_or_default();
        let report = Report::of(&counted.summary, Policy::new(self.k).unwrap_or_default(), &cells);
        let page = Page { report: &report, names: Names::new(&framework, lang), words: Words::of(lang), lang };
        match self.format {
            Format::Json => output::json(out, &report)?,
            Format::Csv => spreadsheet::write(out, &page)?,
            Format::Html => write!(out, "{}", html::page(&page))?,
        }
        Ok(counted.verdict)
    }
}

impl Quantiles {
    fn run(&self, out: &mut dyn Write, lang: Lang) -> Result<Verdict, CliError> {
        #[derive(Serialize)]
        struct Document {
            people: u64,
            competences: Vec<Line>,
        }
        #[derive(Serialize)]
        struct Line {
            competence: CompetenceId,
            people: u64,
            quantiles: Vec<Quantile>,
        }
        #[derive(Serialize)]
        struct Quantile {
            share: u16,
            #[serde(flatten)]
            bin: Bin,
        }
        let framework = Library::shipped().framework(&self.framework)?;
        let counted = Counted::of(&self.source, &framework, "", lang)?;
        let line = |row: &skills_passport::observatory::Row| {
            let at = |share: &u16| row.sketch.quantile(*share).map(|bin| Quantile { share: *share, bin });
            let quantiles = SHARES.iter().filter_map(at).collect();
            Line { competence: row.competence.clone(), people: row.sketch.people(), quantiles }
        };
        let document = Document {
            people: counted.summary.people.people,
            competences: counted.summary.rows.iter().map(line).collect(),
        };
        if self.json {
            output::json(out, &document)?;
            return Ok(counted.verdict);
        }
        let words = Words::of(lang);
        let shares = SHARES.map(|share| (words.percent)(u64::from(share / 10)));
        let mut lines =
            vec![[words.competence, words.people].iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()];
        lines.iter_mut().for_each(|head| head.extend(shares.iter().cloned()));
        for row in &document.competences {
            let mut cells = vec![row.competence.to_string(), row.people.to_string()];
            cells.extend(row.quantiles.iter().map(|at| (words.decimal)(at.bin.from.0, at.bin.to.0)));
            lines.push(cells);
        }
        columns_of(out, &lines)?;
        writeln!(out, "\n{}", words.not_for_publication)?;
        Ok(counted.verdict)
    }
}

/// A report with its words.
struct Page<'a> {
    report: &'a Report,
    names: Names<'a>,
    words: &'static Words,
    lang: Lang,
}

/// The names of competences.
struct Names<'a> {
    framework: &'a Framework,
    lang: Lang,
}

impl<'a> Names<'a> {
    fn new(framework: &'a Framework, lang: Lang) -> Self {
        Self { framework, lang }
    }

    fn text(&self) -> Option<&'a skills_passport::framework::FrameworkText> {
        let own = self.lang.language().and_then(|language| self.framework.text(&language));
        own.or_else(|| self.framework.languages().next().and_then(|language| self.framework.text(language)))
    }

    /// The framework's name.
    fn of_framework(&self) -> String {
        self.text().map_or_else(|| self.framework.reference().to_string(), |text| text.name.clone())
    }

    /// The name of a competence, without its id; empty where there is none.
    fn of(&self, id: &CompetenceId) -> &'a str {
        self.text().and_then(|text| text.competences.get(id)).map_or("", |words| words.name.as_str())
    }
}
