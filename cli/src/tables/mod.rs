//! `export` and `query`: passports as Parquet files, and SQL over them.
//!
//! Owns the columns (documented in `cli/sql/README.md`), the shipped SQL, and the way back from its answers to a summary.
//! The engine is large: without the feature `tables` the commands only say how to get it.

#[cfg(feature = "tables")]
mod count;
#[cfg(feature = "tables")]
mod engine;
#[cfg(feature = "tables")]
mod parquet;
#[cfg(feature = "tables")]
mod rows;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use skills_passport::framework::Framework;
use skills_passport::observatory::Summary;

use crate::Verdict;
use crate::error::CliError;
#[cfg(feature = "tables")]
use crate::files;
use crate::lang::Lang;

/// Longest SQL read, bytes.
#[cfg(feature = "tables")]
const MAX_SQL_BYTES: usize = 1 << 20;

/// The commands of `export`.
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Write passports as Parquet files that databases read
    #[command(after_help = "\
Three files: people.parquet, results.parquet and coverage.parquet. Their columns are documented in
`cli/sql/README.md`, beside SQL that counts them in any engine. They are as personal as the passports.
The exit code is 3 if some passports could not be read; they are named on the error output.

Needs the feature `tables`: cargo install --path cli --features tables

Examples:
  skills-passport export parquet passports --out tables
  skills-passport export parquet all.ndjson --out tables --in offers.ndjson --secret key.txt
  skills-passport group report tables --sql --format html > report.html")]
    Parquet(ExportArgs),
}

/// Arguments of `export parquet`.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// A folder of passports, a file with one on each line (- reads them from the input)
    source: PathBuf,
    /// A folder for the files; it is made if it is not there, and nothing in it is written over
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// A catalogue: which steps it serves
    #[arg(long = "in", value_name = "CATALOGUE")]
    catalogue: Option<PathBuf>,
    /// Framework of the catalogue; passports are written in all of theirs
    #[arg(long, value_name = "NAME", default_value = crate::framework::DEFAULT)]
    framework: String,
    /// A file with a secret that protects the numbers; the same for every report of a group
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// Language of messages
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
}

/// Arguments of `query`.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("what").required(true),
    after_help = "\
Every file FOLDER/NAME.parquet is a table NAME. Only questions are allowed: nothing is changed or written.
The numbers are exact and not protected: publish `group report FOLDER --sql`.

Needs the feature `tables`: cargo install --path cli --features tables

Examples:
  skills-passport query tables --report levels
  skills-passport query tables --file my.sql --format json
  skills-passport query tables 'SELECT mode, COUNT(DISTINCT passport) FROM results GROUP BY mode'"
)]
pub(crate) struct Query {
    /// A folder of Parquet files
    folder: PathBuf,
    /// The question
    #[arg(group = "what")]
    sql: Option<String>,
    /// A file with the question
    #[arg(long, value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// A question that comes with the program
    #[arg(long, value_enum, group = "what")]
    report: Option<Shipped>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Language of messages
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
}

/// A question that comes with the program: a file in `cli/sql`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shipped {
    /// How many people
    People,
    /// People by competence and level
    Levels,
    /// People by competence and quarter of a level
    Quarters,
    /// People by competence and change since the first assessment
    Changes,
    /// People by next step, and the offers that lead there
    Needs,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table
    Csv,
    /// An object on each line
    Json,
}

#[cfg(feature = "tables")]
impl Shipped {
    fn sql(self) -> &'static str {
        match self {
            Self::People => include_str!("../../sql/people.sql"),
            Self::Levels => include_str!("../../sql/levels.sql"),
            Self::Quarters => include_str!("../../sql/quarters.sql"),
            Self::Changes => include_str!("../../sql/changes.sql"),
            Self::Needs => include_str!("../../sql/needs.sql"),
        }
    }
}

#[cfg(not(feature = "tables"))]
fn not_built<T>() -> Result<T, CliError> {
    let message = "this program was built without tables; build it with `--features tables`".to_owned();
    let failure = skills_passport::facade::Failure { code: "not-built".to_owned(), message, path: String::new() };
    Err(CliError::Refused(failure))
}

#[cfg(not(feature = "tables"))]
impl Export {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<Verdict, CliError> {
        let Self::Parquet(args) = self;
        let _ = (&args.source, &args.out, &args.catalogue, &args.framework, &args.secret);
        not_built()
    }
}

#[cfg(not(feature = "tables"))]
impl Query {
    /// Runs the command.
    pub(crate) fn run(&self, _: &mut dyn Write) -> Result<Verdict, CliError> {
        let _ = (&self.folder, &self.sql, &self.file, self.report, self.format);
        not_built()
    }
}

/// The summary that the SQL gives of a folder of tables.
#[cfg(not(feature = "tables"))]
pub(crate) fn summary(_: &Path, _: &Framework) -> Result<Summary, CliError> {
    not_built()
}

#[cfg(feature = "tables")]
impl Export {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<Verdict, CliError> {
        let Self::Parquet(args) = self;
        let library = skills_passport_frameworks::Library::shipped();
        let catalogue = match &args.catalogue {
            Some(file) => {
                let framework = library.framework(&args.framework)?;
                let catalogue = crate::offers::open(file, &framework)?;
                let cells = skills_passport::offers::coverage(&framework, &catalogue);
                Some((framework.reference().to_string(), cells))
            }
            None => None,
        };
        let secret = crate::group::secret(args.secret.as_deref())?;
        let lang = args.lang.unwrap_or_else(Lang::of_environment);
        let areas = rows::Areas::of(&library)?;
        std::fs::create_dir_all(&args.out).map_err(|reason| CliError::Unwritable { file: args.out.clone(), reason })?;
        let mut people = parquet::Table::<rows::Person>::create(&args.out, "people")?;
        let mut results = parquet::Table::<rows::Outcome>::create(&args.out, "results")?;
        let mut coverage = parquet::Table::<rows::Served>::create(&args.out, "coverage")?;
        let work = |passport: &skills_passport::passport::Passport| rows::of(passport, &secret, &areas);
        let tally = crate::crowd::each(&args.source, lang, &work, &mut |(persons, outcomes)| {
            people.add(persons)?;
            results.add(outcomes)
        })?;
        if let Some((framework, cells)) = catalogue {
            coverage.add(cells.iter().map(|cell| rows::Served::of(&framework, cell)).collect())?;
        }
        people.finish()?;
        results.finish()?;
        coverage.finish()?;
        Ok(if tally.refused == 0 { Verdict::Fine } else { Verdict::Unsure })
    }
}

#[cfg(feature = "tables")]
impl Query {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let text = match (&self.file, &self.sql, self.report) {
            (Some(file), _, _) => files::read(file, MAX_SQL_BYTES)?,
            (_, Some(sql), _) => sql.clone(),
            (_, _, Some(report)) => report.sql().to_owned(),
            (None, None, None) => String::new(),
        };
        let engine = engine::Engine::open(&self.folder)?;
        engine.write(&text, self.format, out)?;
        Ok(Verdict::Fine)
    }
}

/// The summary that the SQL gives of a folder of tables.
#[cfg(feature = "tables")]
pub(crate) fn summary(folder: &Path, framework: &Framework) -> Result<Summary, CliError> {
    count::summary(&engine::Engine::open(folder)?, folder, framework)
}
