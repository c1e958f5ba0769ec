//! Many people's answers: the class of each, or protected shares beside published figures.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;
use skills_passport::observatory::dsi::{Area, AreaClass, Group, Overall, Protected};
use skills_passport::observatory::{Policy, name_key};

use super::Module;
use super::intake::{self, Given};
use super::words::Words;
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{columns_of, paragraph, quoted};
use crate::{Verdict, group, output};

/// The territories that are shown beside a group.
pub(super) const TERRITORIES: [&str; 2] = ["EU27_2020", "FR"];
/// Most refusals that are shown one by one.
const SHOWN: usize = 20;

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs; with --each an object on each line
    Json,
    /// For spreadsheets
    Csv,
}

/// Arguments of `count`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The answers
    file: PathBuf,
    /// The class of each person instead of shares; not protected
    #[arg(long)]
    each: bool,
    /// Classes of fewer people than this are never shown
    #[arg(long, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u16).range(3..=1000))]
    k: u16,
    /// A file with a secret that protects the numbers; the same for every report of a group
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
}

/// The class of a person.
#[derive(Serialize)]
struct Each<'a> {
    person: &'a str,
    /// None if they are not assessed.
    overall: Option<Overall>,
    areas: Option<[AreaClass; 5]>,
}

/// Protected shares.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    policy: Policy,
    #[serde(flatten)]
    protected: &'a Protected,
    shares: Vec<Share>,
    source: &'a str,
    note: &'a str,
}

/// A share beside the published ones, hundredths of a per cent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Share {
    area: Option<Area>,
    at_least: Overall,
    group: Option<u16>,
    published: Vec<Figure>,
}

#[derive(Serialize)]
struct Figure {
    territory: &'static str,
    year: u16,
    share: u16,
}

impl Args {
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    pub(super) fn run(&self, out: &mut dyn Write, module: &Module, lang: Lang) -> Result<Verdict, CliError> {
        let words = Words::of(lang);
        let secret = group::secret(self.secret.as_deref())?;
        let (mut counted, mut refused) = (Group::default(), 0);
        if self.each && self.format == Format::Csv {
            writeln!(out, "person,overall,{}", Area::ALL.map(area_name).join(","))?;
        }
        let mut take = |given: Given| {
            counted.add(given.answers, name_key(&secret, &given.person));
            if self.each { self.one(out, words, &given) } else { Ok(()) }
        };
        let mut refuse = |why: String| {
            refused += 1;
            if refused <= SHOWN {
                // A refusal that cannot be shown is still counted.
                let _ = writeln!(std::io::stderr(), "{}: {}", self.file.display(), quoted(&why));
            }
        };
        intake::read(&self.file, module, &mut take, &mut refuse)?;
        if !self.each {
            let policy = Policy::new(self.k).unwrap_or_default();
            self.shares(out, module, words, policy, &counted.protected(policy))?;
        }
        Ok(if refused == 0 { Verdict::Fine } else { Verdict::Unsure })
    }

    fn one(&self, out: &mut dyn Write, words: &Words, given: &Given) -> Result<(), CliError> {
        let (overall, areas) = (given.answers.overall(), given.answers.areas());
        match self.format {
            Format::Json => {
                let each = Each { person: &given.person, overall, areas };
                writeln!(out, "{}", serde_json::to_string(&each).map_err(std::io::Error::from)?)?;
            }
            Format::Text => {
                let class = overall.map_or(words.not_assessed, words.overall);
                writeln!(out, "{}", (words.pair)(&quoted(&given.person), class))?;
            }
            Format::Csv => {
                let name = |class: Option<String>| class.unwrap_or_else(|| "not-assessed".to_owned());
                let mut cells = vec![given.person.clone(), name(overall.map(kebab))];
                match areas {
                    Some(classes) => cells.extend(classes.map(kebab)),
                    None => cells.extend([(); 5].map(|()| name(None))),
                }
                let mut line = csv::Writer::from_writer(&mut *out);
                line.write_record(cells).map_err(|error| CliError::Output(error.into()))?;
                line.flush()?;
            }
        }
        Ok(())
    }

    fn shares(
        &self,
        out: &mut dyn Write,
        module: &Module,
        words: &Words,
        policy: Policy,
        protected: &Protected,
    ) -> Result<(), CliError> {
        let share = |area: Option<Area>, at_least: Overall| {
            let group = match area {
                None => protected.share_at_least(at_least),
                Some(area) => protected.area_share_at_least(area, AreaClass::Basic),
            };
            let figure = |territory: &&'static str| {
                let (year, share) = module.figure(territory, area, at_least)?;
                Some(Figure { territory, year, share })
            };
            Share { area, at_least, group, published: TERRITORIES.iter().filter_map(figure).collect() }
        };
        let mut shares = vec![share(None, Overall::Basic), share(None, Overall::AboveBasic)];
        shares.extend(Area::ALL.map(|area| share(Some(area), Overall::Basic)));
        let (source, note) = (module.published.source.as_str(), module.published.note.as_str());
        match self.format {
            Format::Json => output::json(out, &Document { policy, protected, shares, source, note })?,
            Format::Csv => {
                writeln!(out, "area,at_least,group,territory,year,published")?;
                for share in &shares {
                    let area = share.area.map_or("all", area_name);
                    let group = share.group.map(percent).unwrap_or_default();
                    for Figure { territory, year, share: published } in &share.published {
                        let at_least = kebab(share.at_least);
                        writeln!(out, "{area},{at_least},{group},{territory},{year},{}", percent(*published))?;
                    }
                }
            }
            Format::Text => {
                let people = protected.overall.groups.iter().map(|group| group.people).sum();
                let people = (!protected.overall.groups.is_empty()).then_some(people);
                paragraph(out, &(words.protection)(people, policy.k(), policy.base()), 0)?;
                writeln!(out)?;
                let lines: Vec<Vec<String>> = shares
                    .iter()
                    .map(|share| {
                        let area = share.area.map_or(words.all_areas, words.area);
                        let group = share.group.map_or_else(|| words.not_shown.to_owned(), words.share);
                        let mut cells = vec![
                            area.to_owned(),
                            (words.at_least)((words.overall)(share.at_least)),
                            (words.pair)(words.group, &group),
                        ];
                        let of = |figure: &Figure| {
                            (words.pair)(
                                &(words.territory)(figure.territory, figure.year),
                                &(words.share)(figure.share),
                            )
                        };
                        cells.extend(share.published.iter().map(of));
                        cells
                    })
                    .collect();
                columns_of(out, &lines)?;
                writeln!(out)?;
                paragraph(out, &format!("{source}. {note}"), 0)?;
            }
        }
        Ok(())
    }
}

/// The head and the share of a published figure; a dash where there is none.
pub(super) fn figures(
    module: &Module,
    words: &Words,
    territory: &str,
    area: Option<Area>,
    class: Overall,
) -> (String, String) {
    match module.figure(territory, area, class) {
        Some((year, share)) => ((words.territory)(territory, year), (words.share)(share)),
        None => (territory.to_owned(), "–".to_owned()),
    }
}

/// Hundredths of a per cent with two decimals.
fn percent(share: u16) -> String {
    format!("{}.{:02}", share / 100, share % 100)
}

fn area_name(area: Area) -> &'static str {
    match area {
        Area::Information => "information",
        Area::Communication => "communication",
        Area::Creation => "creation",
        Area::Safety => "safety",
        Area::ProblemSolving => "problem-solving",
    }
}

/// The name of a class in documents.
fn kebab(class: impl Serialize) -> String {
    match serde_json::to_value(class) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
