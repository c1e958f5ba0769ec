//! Many passports: on all cores, in the order of their names, each written as soon as those before it are.

use std::io::{IsTerminal as _, Write, stderr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use serde::Serialize;
use skills_passport::framework::Framework;
use skills_passport::offers::Catalogue;
use skills_passport::offers::matching::Matches;
use skills_passport::passport::{FILE_ENDING, MAX_PASSPORT_BYTES, Passport};
use skills_passport::profile::Profile;

use super::matching::View;
use crate::error::CliError;
use crate::output::ErrorView;
use crate::{Verdict, files};

/// Passports that a thread takes at once: memory holds the answers of so many per thread.
const BATCH: usize = 64;

#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Matches {
        file: &'a str,
        #[serde(flatten)]
        view: View<'a>,
    },
    Error {
        file: &'a str,
        error: ErrorView,
    },
}

/// The results of the last assessment in this framework.
pub(super) fn profile(file: &Path, framework: &Framework) -> Result<Profile, CliError> {
    let text = files::read(file, MAX_PASSPORT_BYTES)?;
    let passport = Passport::parse(&text).map_err(|error| CliError::content(file, error))?;
    let reference = framework.reference();
    let last = passport.assessments().rfind(|record| record.assessment.framework == reference);
    last.map(|record| record.profile.clone()).ok_or_else(|| {
        let message = format!("the passport has no assessment in {reference}");
        let failure = skills_passport::facade::Failure { code: "no-results".to_owned(), message, path: String::new() };
        CliError::content(file, failure)
    })
}

/// Matches every passport of a folder and writes one line of JSON for each.
pub(super) fn run(
    out: &mut dyn Write,
    folder: &Path,
    framework: &Framework,
    catalogue: &Catalogue,
    matches: &(dyn Fn(&Profile) -> Matches + Sync),
) -> Result<Verdict, CliError> {
    let unreadable = |reason| CliError::Unreadable { file: folder.to_owned(), reason };
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(FILE_ENDING)) {
            names.push(path);
        }
    }
    names.sort();
    let line = |file: &PathBuf| -> (String, bool) {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match profile(file, framework) {
            Ok(profile) => {
                let found = matches(&profile);
                let line = Line::Matches { file: &name, view: View::new(&found, catalogue) };
                (serde_json::to_string(&line).unwrap_or_default(), true)
            }
            Err(error) => {
                let line = Line::Error { file: &name, error: (&error).into() };
                (serde_json::to_string(&line).unwrap_or_default(), false)
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (mut done, mut verdict) = (0, Verdict::Fine);
    for round in names.chunks(BATCH * threads) {
        let parts: Vec<Vec<(String, bool)>> = thread::scope(|scope| {
            let share = round.len().div_ceil(threads).max(1);
            let workers: Vec<_> =
                round.chunks(share).map(|part| scope.spawn(|| part.iter().map(line).collect())).collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect()
        });
        for (text, fine) in parts.into_iter().flatten() {
            writeln!(out, "{text}")?;
            if !fine {
                verdict = Verdict::Faulty;
            }
        }
        done += round.len();
        if stderr().is_terminal() {
            // Progress that cannot be shown is no reason to give up.
            let _ = write!(stderr(), "\r\u{1b}[K{done} of {} passports", names.len()).and_then(|()| stderr().flush());
        }
    }
    if stderr().is_terminal() {
        let _ = writeln!(stderr());
    }
    Ok(verdict)
}
