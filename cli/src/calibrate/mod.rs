//! `calibrate`: from many people's answers to a bank with estimated parameters.
//!
//! Owns arguments, files of answers, threads, and what is shown and written. What is estimated, and how, is the library's
//! business.

mod crew;
mod intake;
mod lines;
mod table;
mod table_file;
mod view;
mod write;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};

use semver::Version;
use skills_passport::assessment::Instrument;
use skills_passport::calibration::{self, Recalibrated};
use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::measure::calibrate::{Calibrated, Progress, Settings, Stage, calibrate};
use skills_passport_frameworks::Library;

use crate::assess::DEFAULT_BANK;
use crate::error::CliError;
use crate::output::{Watch, threads};
use crate::{Verdict, output};
use crew::Threads;
use intake::{Gathered, Intake};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Files of answers:
  .csv .tsv .txt   A table with a header and a column `person`, separated by commas, semicolons or
                   tabs. Either a column per item, named by its id, and a row per person; or the
                   columns `item` and `response` (or `category`), and a row per answer.
  .ndjson .jsonl   On each line an assessment or a passport of this program, or
                   {\"person\": \"p1\", \"answers\": [{\"item\": \"1.1-01\", \"category\": 2}, …]}
  .json            One such document.
An answer is an option's id, `dont-know`, a response in JSON, or the number of its category: 0 is
wrong, or the lowest answer. Empty cells, `NA` and skipped questions say nothing. What cannot be
taken is reported with its row and reason, and the rest is used.

People need not have answered the same questions, nor all of them. Which ones they were asked may
depend on their answers, if these are all here.

With priors, parameters are drawn towards the bank's own values, the less so the more answers there
are; levels keep the meaning that the authors of the items gave them. Without (--no-priors) it is
maximum likelihood on the scale of the bank's population.

With --group, items are also tested for whether they are harder, or tell less, for one group than
for another of the same level. The largest group is what the others are compared with.

Items with too few answers keep their parameters and stay provisional.

With --json, levels, shares and statistics are thousandths.

Examples:
  skills-passport calibrate answers.csv
  skills-passport calibrate answers.csv --group language --json
  skills-passport calibrate sittings.ndjson --out my-library/banks/general/0.3.0

The exit code is 1 if the estimation did not settle, or nothing could be estimated.")]
pub(crate) struct Args {
    /// Files with people's answers
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Bank that the questions are from
    #[arg(long, value_name = "NAME", default_value = DEFAULT_BANK)]
    bank: String,
    /// A folder of frameworks and banks [default: those that come with this program]
    #[arg(long, value_name = "FOLDER")]
    library: Option<PathBuf>,
    /// Column, or member of each line, that says which group a person is of
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Write the bank with its new parameters into this folder, which must be new or empty
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Version of the new bank [default: the next minor version]
    #[arg(long, value_name = "VERSION", requires = "out")]
    bank_version: Option<Version>,
    /// Estimate from the answers alone
    #[arg(long)]
    no_priors: bool,
    /// Fewest answers that an item's parameters are estimated from
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    least_answers: u64,
    /// Stop when parameters are thought to be within this of where they would end, in levels
    #[arg(long, value_name = "LEVELS", default_value_t = 0.002)]
    tolerance: f64,
    /// Use so many threads [default: one per core]; the results are the same
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write JSON, for programs
    #[arg(long)]
    json: bool,
}

/// A calibration that was carried out.
struct Done<'a> {
    instrument: &'a Instrument,
    settings: &'a Settings,
    intake: &'a Intake<'a>,
    groups: &'a [(String, usize)],
    people: usize,
    answers: usize,
    found: &'a Calibrated,
    /// The bank that came of it; none where no item could be estimated.
    bank: Option<&'a Recalibrated>,
}

impl Args {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let library = match &self.library {
            None => Library::shipped(),
            Some(folder) if !folder.exists() => return Err(CliError::Missing(folder.clone())),
            Some(folder) => Library::folder(folder)?,
        };
        if let Some(folder) = &self.out {
            write::check(folder)?;
        }
        // In the bank's own framework: estimates of a translated bank would be of other competences.
        let document = library.bank_files(&self.bank)?.document;
        let framework = format!("{}@{}", document.framework.id, document.framework.version);
        let instrument = library.instrument(&framework, &self.bank)?;
        let watch = Watch::new();
        let mut intake = Intake::new(&instrument, self.group.is_some());
        for file in &self.files {
            self.read(file, &mut intake, &watch)?;
        }
        let items = calibration::items(&instrument);
        let Gathered { answers, groups } = intake.gather(&items).map_err(|found| {
            refused("wrong-setting", "--group", format!("there are {found} groups; 16 can be compared"))
        })?;
        if answers.people() == 0 {
            watch.show("");
            let first = intake.refusals.first().map(|one| format!("; row {}: {}", one.row, one.reason));
            let message = format!("no answer could be taken{}", first.unwrap_or_default());
            return Err(refused("cannot-calibrate", "", message));
        }
        let settings = Settings {
            priors: !self.no_priors,
            least_answers: self.least_answers,
            tolerance: self.tolerance,
            ..Settings::default()
        };
        let (population, competences) = calibration::prior(&instrument);
        let crew = Threads(threads(self.threads));
        let people = answers.people();
        let found = calibrate(&items, &population, competences, &answers, &settings, &crew, &mut |progress| {
            watch.show(&in_words(progress, people));
        });
        watch.show("");
        let found = found.map_err(|error| refused("cannot-calibrate", "", error.to_string()))?;
        let version = self.bank_version.clone().unwrap_or_else(|| next(&document.version));
        let bank = calibration::recalibrated(&document, &instrument, &found, version);
        let done = Done {
            instrument: &instrument,
            settings: &settings,
            intake: &intake,
            groups: &groups,
            people,
            answers: answers.answers(),
            found: &found,
            bank: bank.as_ref().ok(),
        };
        if let Some(folder) = &self.out {
            let bank = bank.as_ref().map_err(|error| refused("cannot-calibrate", "", error.to_string()))?;
            write::bank(folder, &library.bank_sources(&self.bank)?, &bank.document, &view::Document::of(&done))?;
        }
        if self.json {
            output::json(out, &view::Document::of(&done))?;
        } else {
            table::write(out, &done, self.out.as_deref())?;
        }
        let settled = found.convergence.converged && done.bank.is_some();
        Ok(if settled { Verdict::Fine } else { Verdict::Faulty })
    }

    fn read(&self, file: &Path, intake: &mut Intake<'_>, watch: &Watch) -> Result<(), CliError> {
        if !file.exists() {
            return Err(CliError::Missing(file.to_owned()));
        }
        if file.is_dir() {
            return Err(CliError::Folder(file.to_owned()));
        }
        let mut progress = |intake: &Intake<'_>| {
            watch.show(&format!("read {} rows of {} people", intake.rows, intake.people_so_far()));
        };
        let group = self.group.as_deref();
        let extension = file.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "ndjson" | "jsonl" => lines::read(file, group, intake, &mut progress),
            "json" => lines::read_document(file, group, intake),
            _ => table_file::read(file, group, intake, &mut progress),
        }
    }
}

/// The names of the traits, in their order.
fn trait_names(framework: &Framework) -> Vec<String> {
    let competences = framework.competences().iter().map(ToString::to_string);
    competences.chain(framework.areas().iter().map(|area| format!("leniency {}", area.id))).collect()
}

fn next(version: &Version) -> Version {
    Version::new(version.major, version.minor + 1, 0)
}

fn in_words(progress: Progress, people: usize) -> String {
    match progress.stage {
        Stage::Estimating { distance } => {
            format!("{people} people read {} times; {distance:.4} levels to go", progress.readings)
        }
        Stage::Errors => "computing standard errors".to_owned(),
        Stage::Fit => "comparing answers with the models".to_owned(),
    }
}

fn refused(code: &str, path: &str, message: String) -> CliError {
    CliError::Refused(Failure { code: code.to_owned(), message, path: path.to_owned() })
}
