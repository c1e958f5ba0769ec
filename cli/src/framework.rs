//! `framework`: which frameworks there are, and what one of them says.

mod import;
mod view;

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use semver::Version;
use serde::Serialize;
use skills_passport::framework::{Framework, FrameworkDetails};
use skills_passport::id::FrameworkId;
use skills_passport_frameworks::Library;

use crate::Verdict;
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, columns_of, paragraph};
use crate::texts::Texts;
use view::{FrameworkView, ListEntry};

/// The framework that is meant where none is named.
pub(crate) const DEFAULT: &str = "digcomp";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the frameworks
    #[command(after_help = "Example:\n  skills-passport framework list")]
    List {
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Show a framework: its areas, competences and levels, in words
    #[command(after_help = "\
Examples:
  skills-passport framework show
  skills-passport framework show digcomp@2.2 --lang fr
  skills-passport framework show --levels
  skills-passport framework show --json")]
    Show {
        /// Name like `digcomp` (the newest version) or `digcomp@2.2`
        #[arg(default_value = DEFAULT)]
        name: String,
        /// Language [default: that of your system, or else English]
        #[arg(long, value_name = "LANGUAGE")]
        lang: Option<Lang>,
        /// Describe each competence in plain words and at each of the eight levels, where the framework does
        #[arg(long)]
        levels: bool,
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Turn the official DigComp data supplement (JSON-LD) into files of our format
    #[command(after_help = "\
Example:
  skills-passport framework import DigComp_3.0_Data_Supplement.jsonld --out my-folder

It writes my-folder/digcomp/3.0/framework.json, outcomes.json, text/en.json and details/en.json, and shows what was
counted and what was wrong with the file. Nothing that is there is replaced. The folder can then be given to the other
commands with --library, beside banks and crosswalks.")]
    Import {
        /// The supplement
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The folder to write into
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Id of the framework; the file does not say it
        #[arg(long, value_name = "ID", default_value = DEFAULT)]
        id: FrameworkId,
        /// Version of the framework; the file does not say it
        #[arg(long, value_name = "VERSION", default_value = "3.0.0")]
        version: Version,
        /// Write JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    /// Whether programs read the answer.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::List { json } | Self::Show { json, .. } | Self::Import { json, .. } => *json,
        }
    }

    /// The language that was asked for.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::List { .. } | Self::Import { .. } => Some(Lang::En),
            Self::Show { lang, .. } => *lang,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let library = Library::shipped();
        match self {
            Self::List { json } => list(out, &library, *json)?,
            Self::Show { name, lang, levels, json } => {
                let lang = lang.unwrap_or_else(Lang::of_environment);
                let all = if *levels { library.framework_details(name)? } else { Vec::new() };
                let details = all.iter().find(|details| details.language.as_str() == lang.tag());
                show(out, &library.framework(name)?, details, lang, *json)?;
            }
            Self::Import { file, out: folder, id, version, json } => {
                import::run(out, file, folder, (id.clone(), version.clone()), *json)?;
            }
        }
        Ok(Verdict::Fine)
    }
}

fn list(out: &mut dyn Write, library: &Library, json: bool) -> Result<(), CliError> {
    #[derive(Serialize)]
    struct Document {
        frameworks: Vec<ListEntry>,
    }
    let mut frameworks = Vec::new();
    for listing in library.frameworks()? {
        frameworks.push(ListEntry::new(&library.framework(&listing.to_string())?));
    }
    if json {
        return output::json(out, &Document { frameworks });
    }
    for entry in &frameworks {
        writeln!(out, "{BOLD}{}@{}{BOLD:#}", entry.id, entry.version)?;
        let counts = format!("{} areas, {} competences", entry.areas, entry.competences);
        let outcomes = match entry.outcomes {
            0 => "not listed here".to_owned(),
            count => count.to_string(),
        };
        let lines = [
            ("holds", counts),
            ("learning outcomes", outcomes),
            ("languages", entry.languages.join(", ")),
            ("source", entry.source.clone()),
            ("licence", entry.licence.clone()),
        ];
        columns_of(out, &lines.map(|(label, value)| vec![label.to_owned(), value]))?;
    }
    Ok(())
}

fn show(
    out: &mut dyn Write,
    framework: &Framework,
    details: Option<&FrameworkDetails>,
    lang: Lang,
    json: bool,
) -> Result<(), CliError> {
    let no_texts = || CliError::NoTexts { name: framework.reference().to_string(), language: lang.tag().to_owned() };
    let text = lang.language().and_then(|language| framework.text(&language)).ok_or_else(no_texts)?;
    let view = FrameworkView::new(framework, text, details);
    if json {
        return output::json(out, &view);
    }
    let words = &Texts::of(lang).framework;
    writeln!(out, "{BOLD}{}{BOLD:#} ({})\n", view.name, framework.reference())?;
    let lines = [
        (words.source, view.source),
        (words.licence, view.licence),
        (words.words, (words.names)(text.provenance.names)),
        ("", (words.descriptions)(text.provenance.descriptions)),
    ];
    columns_of(out, &lines.map(|(label, value)| vec![label.to_owned(), value.to_owned()]))?;
    paragraph(out, &text.provenance.note, 2)?;
    writeln!(out, "\n{BOLD}{}{BOLD:#}\n", words.levels)?;
    for level in &view.broad_levels {
        let numbers: Vec<String> = level.levels.iter().map(ToString::to_string).collect();
        writeln!(out, "  {} ({})", level.name, numbers.join(", "))?;
        paragraph(out, level.description, 4)?;
    }
    writeln!(out, "\n{BOLD}{}{BOLD:#}", words.areas)?;
    for area in &view.areas {
        writeln!(out, "\n{BOLD}{} {}{BOLD:#}", area.id, area.name)?;
        paragraph(out, area.description, 2)?;
        for competence in &area.competences {
            writeln!(out, "\n  {BOLD}{} {}{BOLD:#}", competence.id, competence.name)?;
            paragraph(out, competence.description, 4)?;
            if let Some(details) = competence.details {
                paragraph(out, &details.explanation, 4)?;
                paragraph(out, &details.example, 4)?;
                for (number, descriptor) in (1..).zip(&details.levels) {
                    paragraph(out, &format!("{number}. {descriptor}"), 4)?;
                }
                continue;
            }
            for descriptor in &competence.descriptors {
                writeln!(out, "    {}", descriptor.level_name)?;
                paragraph(out, descriptor.text, 6)?;
            }
        }
    }
    Ok(())
}
