//! Where the numbers of a group come from: passports, or a summary that was made of them.

use std::path::Path;

use skills_passport::facade::Failure;
use skills_passport::framework::Framework;
use skills_passport::observatory::{MAX_SUMMARY_BYTES, Summary, SummaryError, person_key};
use skills_passport::passport::Passport;

use crate::crowd::measured;
use crate::error::CliError;
use crate::lang::Lang;
use crate::{Verdict, crowd, files};

/// Ending of a summary's file name.
const SUMMARY_ENDING: &str = ".summary.json";
/// Longest secret, bytes.
const MAX_SECRET_BYTES: usize = 4096;

/// A counted group.
pub(crate) struct Counted {
    pub(crate) summary: Summary,
    /// Unsure if some passports could not be read.
    pub(crate) verdict: Verdict,
}

/// The secret in a file, without the space around it; empty without a file.
pub(crate) fn secret(file: Option<&Path>) -> Result<String, CliError> {
    let text = file.map(|file| files::read(file, MAX_SECRET_BYTES)).transpose()?;
    Ok(text.unwrap_or_default().trim().to_owned())
}

/// Reads a summary.
pub(super) fn summary(file: &Path, framework: &Framework) -> Result<Summary, CliError> {
    let text = files::read(file, MAX_SUMMARY_BYTES)?;
    Summary::parse(&text, framework).map_err(|error| refused(file, &error))
}

/// A refusal that names the file.
pub(super) fn refused(file: &Path, error: &SummaryError) -> CliError {
    let failure = Failure { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() };
    CliError::content(file, failure)
}

impl Counted {
    /// Counts passports, or reads a summary.
    pub(super) fn of(source: &Path, framework: &Framework, secret: &str, lang: Lang) -> Result<Self, CliError> {
        if source.to_string_lossy().ends_with(SUMMARY_ENDING) {
            return Ok(Self { summary: summary(source, framework)?, verdict: Verdict::Fine });
        }
        Self::passports(source, framework, secret, lang)
    }

    /// Counts passports, a few at a time.
    pub(crate) fn passports(source: &Path, framework: &Framework, secret: &str, lang: Lang) -> Result<Self, CliError> {
        let reference = framework.reference();
        let work = |passport: &Passport| {
            let results: Vec<_> = measured(passport).filter(|results| *results.framework == reference).collect();
            let (first, last) = (results.first()?, results.last()?);
            let first = (results.len() > 1).then(|| first.competences.to_vec());
            Some((person_key(secret, passport.id()), first, last.competences.to_vec()))
        };
        let mut summary = Summary::new(framework);
        let tally = crowd::each(source, lang, &work, &mut |(key, first, last)| {
            summary.add(first.as_deref(), &last, key);
            Ok(())
        })?;
        let verdict = if tally.refused == 0 { Verdict::Fine } else { Verdict::Unsure };
        Ok(Self { summary, verdict })
    }
}
