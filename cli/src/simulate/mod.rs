//! `simulate`: a simulation study of a bank at a terminal.
//!
//! Owns arguments, threads, tables and plots. Who is simulated, what they answer and what figures follow is the
//! library's business.

mod plots;
mod report;
mod run;
mod svg;
mod table;
mod view;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use skills_passport::assessment::{Instrument, Mode, Plan};
use skills_passport::facade::Failure;
use skills_passport::id::CompetenceId;
use skills_passport::simulation::{Design, MAX_PEOPLE_BYTES, Person, Results, Study, StudyError, Truth, parse_people};
use skills_passport_frameworks::Library;

use crate::assess::{DEFAULT_BANK, ModeName};
use crate::error::CliError;
use crate::{Verdict, files, framework, output};
use run::Crew;

/// People that are simulated where no number is given.
const DEFAULT_PEOPLE: u64 = 1000;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What the figures mean, in levels of eight and shares of one:
  bias       mean of estimate - truth: above zero, people are told too much
  RMSE       how far estimates are from the truth (root of the mean squared error)
  said       how far they say they are (standard error); honest if it equals RMSE
  covered    share of 90 % intervals that hold the truth; should be close to 0.90
  exact, ±1  share of reported levels that are the true one, or it or a neighbour
  answers    direct answers per estimate
  measured, inferred, too little   share of estimates by what they rest on

People are drawn from the bank's population model and answer by its items' parameters, unless you
say how the truth differs; results are always computed as the bank says. The same seed gives the
same people, whatever the mode and the number of threads. A study tells what the engine makes of
such people; it says nothing about real learners.

A file of people is JSON in thousandths of a level, with every competence; leniency may be left
out:
  {\"people\": [{\"competences\": {\"1.1\": 3200, \"1.2\": 2500, …}, \"leniency\": {\"1\": 500, …}}]}
With --json, levels and shares are thousandths too.

Examples:
  skills-passport simulate
  skills-passport simulate --mode quick --people 200 --json
  skills-passport simulate --location-error 0.85 --truth-general 0.35
  skills-passport simulate --curve --svg plots
  skills-passport simulate --compare
  skills-passport simulate --report frameworks/banks/general/0.2.0     Make that report again")]
pub(crate) struct Args {
    /// Framework that results are given in, like `digcomp` or `digcomp@2.2`
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Bank that the questions come from
    #[arg(long, value_name = "NAME", default_value = DEFAULT_BANK)]
    bank: String,
    /// A folder of frameworks and banks [default: those that come with this program]
    #[arg(long, value_name = "FOLDER")]
    library: Option<PathBuf>,
    /// How long sittings are [default: standard, or focus with --focus]
    #[arg(long, value_enum)]
    mode: Option<ModeName>,
    /// Only these competences, by number: 1.1,4.2
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', required_if_eq("mode", "focus"))]
    focus: Vec<CompetenceId>,
    /// How many people sit [default: 1000, or with --persons everybody once]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    people: Option<u64>,
    /// Decides who the people are and what they answer
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// True share of the variance common to all competences, 0 to 1 [default: the bank's]
    #[arg(long, value_name = "SHARE")]
    truth_general: Option<f64>,
    /// True share of the variance common to an area, 0 to 1 [default: the bank's]
    #[arg(long, value_name = "SHARE")]
    truth_area: Option<f64>,
    /// Standard deviation of how far items really are from where the bank says, in levels
    #[arg(long, value_name = "LEVELS", default_value_t = 0.0)]
    location_error: f64,
    /// How generously people really rate themselves on average, in levels [default: the bank's]
    #[arg(long, value_name = "LEVELS", allow_negative_numbers = true)]
    leniency_mean: Option<f64>,
    /// People whose truth is given, instead of drawn ones
    #[arg(long, value_name = "FILE.json")]
    persons: Option<PathBuf>,
    /// Also show the results after each question; takes about twice the time
    #[arg(long)]
    curve: bool,
    /// Also show how well the same people are measured by fixed forms of so many questions per competence, and by separate
    /// tests of each competence
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "4", value_parser = clap::value_parser!(u16).range(1..=100))]
    compare: Option<u16>,
    /// Write plots into this folder: rmse.svg, coverage.svg, exposure.svg; implies --curve
    #[arg(long, value_name = "FOLDER")]
    svg: Option<PathBuf>,
    /// Write SIMULATION.md and its plots into this folder: three modes, each under four truths
    #[arg(
        long,
        value_name = "FOLDER",
        conflicts_with_all = [
            "mode", "focus", "truth_general", "truth_area", "location_error", "leniency_mean", "persons", "curve",
            "compare", "svg", "json"
        ]
    )]
    report: Option<PathBuf>,
    /// Use so many threads [default: one per core]; the results are the same
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write JSON, for programs
    #[arg(long)]
    json: bool,
}

/// A study that was carried out.
struct Done<'a> {
    instrument: &'a Instrument,
    design: Design,
    results: Results,
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
        for folder in self.svg.iter().chain(&self.report) {
            files::check_folder(folder)?;
        }
        let instrument = library.instrument(&self.framework, &self.bank)?;
        let crew = Crew::new(self.threads);
        if let Some(folder) = &self.report {
            report::write(folder, &instrument, self.people.unwrap_or(DEFAULT_PEOPLE), self.seed, &crew)?;
            writeln!(out, "{}", folder.join(report::FILE).display())?;
            return Ok(Verdict::Fine);
        }
        let design = self.design();
        let persons = self.persons(&instrument, &design.truth)?;
        let everybody = persons.as_ref().and_then(|persons| u64::try_from(persons.len()).ok());
        let people = self.people.or(everybody).unwrap_or(DEFAULT_PEOPLE);
        let mut study = Study::new(&instrument, design.clone()).map_err(refused)?;
        if let Some(persons) = persons {
            study = study.of(persons);
        }
        if let Some(each) = self.compare {
            study = study.compared(each).map_err(refused)?;
        }
        let results = crew.carry_out(&study, people, "");
        let done = Done { instrument: &instrument, design, results };
        if let Some(folder) = &self.svg {
            for (name, plot) in [
                ("rmse.svg", plots::rmse(&done)),
                ("coverage.svg", plots::coverage(&done)),
                ("exposure.svg", plots::exposure(&done)),
            ] {
                put(&folder.join(name), &plot)?;
            }
        }
        if self.json {
            output::json(out, &view::Document::of(&done))?;
        } else {
            table::write(out, &done)?;
        }
        Ok(Verdict::Fine)
    }

    fn design(&self) -> Design {
        let mode = match self.mode {
            Some(mode) => mode.into(),
            None if self.focus.is_empty() => Mode::Standard,
            None => Mode::Focus,
        };
        Design {
            plan: Plan { focus: self.focus.clone(), ..Plan::new(mode) },
            seed: self.seed,
            truth: Truth {
                general: self.truth_general,
                area: self.truth_area,
                location_error: self.location_error,
                leniency_mean: self.leniency_mean,
            },
            curve: self.curve || self.svg.is_some(),
        }
    }

    fn persons(&self, instrument: &Instrument, truth: &Truth) -> Result<Option<Vec<Person>>, CliError> {
        let Some(file) = &self.persons else { return Ok(None) };
        let text = files::read(file, MAX_PEOPLE_BYTES)?;
        let people = parse_people(&text, instrument, truth).map_err(|error| match &error {
            StudyError::Truth { .. } => refused(error),
            _ => CliError::content(file, failure(&error)),
        })?;
        Ok(Some(people))
    }
}

fn failure(error: &StudyError) -> Failure {
    let (code, path) = match error {
        StudyError::Truth { .. } => ("wrong-truth", String::new()),
        StudyError::Plan(fault) => return fault.clone().into(),
        StudyError::People(fault) => return fault.clone().into(),
        StudyError::NoCompetence { position, .. }
        | StudyError::UnknownCompetence { position, .. }
        | StudyError::UnknownArea { position, .. }
        | StudyError::PersonOutOfRange { position } => ("wrong-people", format!("/people/{position}")),
        StudyError::NoPeople => ("wrong-people", "/people".to_owned()),
        _ => ("wrong-study", String::new()),
    };
    Failure { code: code.to_owned(), message: error.to_string(), path }
}

fn refused(error: StudyError) -> CliError {
    CliError::Refused(failure(&error))
}

/// Writes a file that can be made again at any time, so that nothing is lost by replacing it.
fn put(file: &Path, text: &str) -> Result<(), CliError> {
    fs::write(file, text).map_err(|reason| CliError::Unwritable { file: file.to_owned(), reason })
}

/// The truth of a study in words.
struct InWords<'a>(&'a Truth);

impl fmt::Display for InWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Truth { general, area, location_error, leniency_mean } = self.0;
        let mut parts = Vec::new();
        if let Some(general) = general {
            parts.push(format!("general share {general}"));
        }
        if let Some(area) = area {
            parts.push(format!("area share {area}"));
        }
        if *location_error > 0.0 {
            parts.push(format!("items {location_error} levels (SD) from where the bank says"));
        }
        if let Some(mean) = leniency_mean {
            parts.push(format!("mean leniency {mean} levels"));
        }
        if parts.is_empty() { f.write_str("as the bank's model") } else { f.write_str(&parts.join(", ")) }
    }
}
