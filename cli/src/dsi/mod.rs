//! `dsi`: the Digital Skills Indicator 2.0 of Eurostat, asked at a terminal or counted from answers.
//!
//! Owns questions and tables. The rule is the library's (`observatory::dsi`); nothing here reads a passport, since levels say
//! nothing about this indicator.

mod ask;
mod count;
mod intake;
mod words;

use std::io::Write;

use clap::Subcommand;
use serde::Deserialize;
use skills_passport::observatory::dsi::{ACTIVITIES, Answers, Area, Overall, PublishedFigures};
use skills_passport::{facade::Failure, json};
use skills_passport_frameworks::Library;

use crate::Verdict;
use crate::error::CliError;
use crate::lang::Lang;

/// Largest file of the module, bytes.
const MAX_MODULE_BYTES: usize = 1 << 20;

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer the thirty questions, and see the class beside published figures
    #[command(after_help = "\
The indicator counts what somebody did in the last three months. It says nothing about levels on DigComp,
and no level says anything about it. The wording is ours, not Eurostat's.

Examples:
  skills-passport dsi ask
  skills-passport dsi ask --lang fr --out answers.json")]
    Ask(ask::Args),
    /// Classes of many people's answers, and their shares beside published figures
    #[command(after_help = "\
Answers come as a table (.csv) with a column for each activity and the optional columns `person` and
`internet`; a cell is 1 or 0, yes or no, true or false, empty for no. Or as lines of JSON:
{\"person\":\"7\",\"internet\":true,\"activities\":[\"email\",\"calls\"]}. `dsi activities` lists the names.

Shares are protected like a group report: a class with few people is put together with the next one.
With --each there is a line for each person instead, not protected.
The exit code is 3 if some rows could not be read; they are named on the error output.

Examples:
  skills-passport dsi count answers.csv
  skills-passport dsi count answers.ndjson --each --format csv > classes.csv")]
    Count(count::Args),
    /// The names and words of the thirty activities
    Activities(Activities),
}

/// Arguments of `activities`.
#[derive(Debug, clap::Args)]
pub(crate) struct Activities {
    /// Language
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Ask(_) | Self::Activities(_) => false,
            Self::Count(args) => args.is_json(),
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Ask(args) => args.lang,
            Self::Count(args) => args.lang,
            Self::Activities(args) => args.lang,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let lang = self.lang().unwrap_or_else(Lang::of_environment);
        let module = Module::shipped(lang)?;
        match self {
            Self::Ask(args) => args.run(out, &module, lang),
            Self::Count(args) => args.run(out, &module, lang),
            Self::Activities(_) => {
                for activity in &module.activities {
                    writeln!(out, "{}\t{}", activity.id, activity.words)?;
                }
                Ok(Verdict::Fine)
            }
        }
    }
}

/// An activity.
pub(super) struct Activity {
    pub(super) id: String,
    pub(super) area: Area,
    pub(super) words: String,
}

/// The questions in one language, and the published figures.
pub(super) struct Module {
    pub(super) activities: Vec<Activity>,
    pub(super) provenance: String,
    pub(super) published: PublishedFigures,
}

impl Module {
    fn shipped(lang: Lang) -> Result<Self, CliError> {
        #[derive(Deserialize)]
        struct List {
            areas: Vec<OfArea>,
        }
        #[derive(Deserialize)]
        struct OfArea {
            area: Area,
            activities: Vec<String>,
        }
        #[derive(Deserialize)]
        struct Text {
            provenance: String,
            activities: std::collections::BTreeMap<String, String>,
        }
        let library = Library::shipped();
        let list: List = read(&library, "activities.json")?;
        let mut text: Text = read(&library, &format!("text/{}.json", lang.tag()))?;
        let mut activities = Vec::new();
        for OfArea { area, activities: ids } in list.areas {
            for id in ids {
                let words = text.activities.remove(&id).unwrap_or_else(|| id.clone());
                activities.push(Activity { id, area, words });
            }
        }
        Ok(Self { activities, provenance: text.provenance, published: read(&library, "published.json")? })
    }

    /// The bit of an activity.
    pub(super) fn bit(&self, id: &str) -> Option<u32> {
        let place = self.activities.iter().position(|activity| activity.id == id)?;
        (place < ACTIVITIES).then(|| 1 << place)
    }

    /// The newest published share of a territory, hundredths of a per cent, with its year.
    pub(super) fn figure(&self, territory: &str, area: Option<Area>, at_least: Overall) -> Option<(u16, u16)> {
        let fits = |figure: &&skills_passport::observatory::dsi::PublishedFigure| {
            figure.territory == territory && figure.area == area && figure.at_least == at_least
        };
        let newest = self.published.figures.iter().filter(fits).max_by_key(|figure| figure.year)?;
        Some((newest.year, newest.share))
    }
}

fn read<T: serde::de::DeserializeOwned>(library: &Library, name: &str) -> Result<T, CliError> {
    let text = library.file(&format!("observatory/dsi-2.0/{name}")).unwrap_or_default();
    let refused = |error: json::JsonError| CliError::Refused(Failure::from(error));
    // The files say more than the questions need.
    json::read_known(&json::parse(text, MAX_MODULE_BYTES).map_err(refused)?, "").map_err(refused)
}

/// Answers as they are kept.
#[derive(Debug, serde::Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    /// Whose answers they are, if somebody has to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<String>,
    /// Whether the internet was used in the last three months.
    #[serde(default = "yes")]
    pub(super) internet: bool,
    /// What was done.
    pub(super) activities: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Kept {
    /// The answers; an activity that does not exist is given back.
    pub(super) fn answers(&self, module: &Module) -> Result<Answers, String> {
        let mut activities = 0;
        for id in &self.activities {
            activities |= module.bit(id).ok_or_else(|| id.clone())?;
        }
        Ok(Answers { internet: self.internet, activities })
    }
}
