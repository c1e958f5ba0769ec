//! The last results of a passport in the terms of another scheme.

use std::io::Write;

use skills_passport::facade::PassportSummary;
use skills_passport::framework::{Standing, Strength};
use skills_passport::profile::{Reason, Subject, Translation};
use skills_passport_frameworks::Library;

use crate::Verdict;
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, columns_of, paragraph};
use crate::texts::{Texts, TranslationWords};

pub(super) fn run(
    out: &mut dyn Write,
    passport: &PassportSummary,
    scheme: &str,
    lang: Lang,
    as_json: bool,
) -> Result<Verdict, CliError> {
    let words = &Texts::of(lang).translation;
    let Some(last) = passport.assessments.last() else {
        paragraph(out, (Texts::of(lang).passport.assessments)(0).as_str(), 0)?;
        return Ok(Verdict::Fine);
    };
    let library = Library::shipped();
    let framework = library.framework(&last.framework.to_string())?;
    let translation = last.profile.translated(&library.scheme(scheme, &framework)?);
    if as_json {
        output::json(out, &translation)?;
    } else {
        write(out, &translation, words)?;
    }
    Ok(Verdict::Fine)
}

fn write(out: &mut dyn Write, translation: &Translation, words: &TranslationWords) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{} {}{BOLD:#}", translation.name, translation.version)?;
    let standing = match translation.provenance {
        Standing::Official => words.official,
        Standing::OursNotValidated => words.ours,
    };
    paragraph(out, standing, 0)?;
    paragraph(out, &translation.note, 0)?;
    writeln!(out)?;
    let concepts = translation.concepts.iter().map(|concept| {
        let range = (words.range)(concept.lowest_level.number(), concept.highest_level.number());
        let from = match concept.strength {
            Strength::Primary => concept.from.join(", "),
            Strength::Secondary => format!("{} {}", concept.from.join(", "), words.touches),
        };
        let without =
            if concept.without.is_empty() { String::new() } else { (words.without)(&concept.without.join(", ")) };
        vec![concept.label.clone(), range, format!("{from}{without}")]
    });
    columns_of(out, &concepts.collect::<Vec<_>>())?;
    let levels = translation.levels.iter().map(|level| {
        let range = if level.lowest == level.highest {
            level.likeliest.clone()
        } else {
            format!("{} – {}", level.lowest, level.highest)
        };
        vec![shown(&level.of).to_owned(), level.label.clone(), range]
    });
    columns_of(out, &levels.collect::<Vec<_>>())?;
    if !translation.untranslated.is_empty() {
        writeln!(out, "\n{BOLD}{}{BOLD:#}", words.untranslated)?;
    }
    let untranslated = translation.untranslated.iter().map(|untranslated| {
        let why = match &untranslated.reason {
            Reason::NoCounterpart { why } | Reason::NoCompetence { why } => why.clone(),
            Reason::NotEnoughEvidence => words.not_enough.to_owned(),
            Reason::OffTheScale { level } => (words.off_the_scale)(level.number()),
            Reason::NoResult => words.no_result.to_owned(),
            _ => words.no_way.to_owned(),
        };
        vec![shown(&untranslated.what).to_owned(), why]
    });
    columns_of(out, &untranslated.collect::<Vec<_>>())
}

fn shown(subject: &Subject) -> &str {
    match subject {
        Subject::Competence(id) => id.as_str(),
        Subject::Area(id) => id.as_str(),
        Subject::Code { label, .. } => label,
    }
}
