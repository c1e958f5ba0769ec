//! Keeping what came of a sitting: the passport, or the paused assessment. Never in the place of something else.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};

use skills_passport::assessment::Assessment;
use skills_passport::facade::{Engine, open_passport};
use skills_passport::passport::{FILE_ENDING, MAX_PASSPORT_BYTES};
use uuid::Uuid;

use crate::error::CliError;
use crate::files::{self, Place, check_folder, folder_of, free_name};
use crate::output::{paragraph, shell_word};
use crate::texts::Texts;
use crate::{passport, system};

/// Ending of a paused assessment's file name.
const PAUSED_ENDING: &str = ".assessment.json";

/// Where the results go.
#[derive(Debug)]
pub(super) enum Target {
    /// A new file in the folder that the program runs in.
    Default,
    /// A file that is not there yet.
    New(PathBuf),
    /// A passport that is there, with the assessments that it has.
    Existing(PathBuf, Vec<Uuid>),
}

/// What was written.
pub(super) struct Saved {
    file: PathBuf,
    is_new: bool,
}

/// Keeps an assessment.
pub(super) struct Keeper<'a> {
    pub(super) engine: &'a Engine,
    pub(super) target: &'a Target,
    /// The file that the sitting was resumed from.
    pub(super) resumed: Option<&'a Path>,
    pub(super) texts: &'a Texts,
}

impl Target {
    /// Looks before the first question whether the results can be kept at all.
    pub(super) fn find(out: Option<&Path>) -> Result<Self, CliError> {
        let Some(file) = out else {
            check_folder(Path::new("."))?;
            return Ok(Self::Default);
        };
        if file.symlink_metadata().is_ok() {
            let there = passport::open(file)?.assessments.iter().map(|assessment| assessment.id).collect();
            check_folder(folder_of(&file.canonicalize().unwrap_or_else(|_| file.to_owned())))?;
            return Ok(Self::Existing(file.to_owned(), there));
        }
        check_folder(folder_of(file))?;
        Ok(Self::New(file.to_owned()))
    }

    /// Refuses an assessment whose results the passport has.
    pub(super) fn refuse_twice(&self, id: Uuid) -> Result<(), CliError> {
        match self {
            Self::Existing(file, there) if there.contains(&id) => Err(CliError::AlreadyThere(file.clone())),
            _ => Ok(()),
        }
    }

    fn file(&self) -> Option<&Path> {
        match self {
            Self::Default => None,
            Self::New(file) | Self::Existing(file, _) => Some(file),
        }
    }
}

impl Keeper<'_> {
    /// Puts the results into the passport; if that fails, the answers into a file of their own.
    pub(super) fn finish(&self, assessment: &Assessment) -> Result<Saved, CliError> {
        self.write_passport(assessment).map_err(|error| self.rescue(assessment, error))
    }

    fn write_passport(&self, assessment: &Assessment) -> Result<Saved, CliError> {
        let finished = system::now()?;
        let file = match self.target.file() {
            Some(file) => file.to_owned(),
            None => free_name(Path::new("."), &default_stem(&system::iso_date(&finished)), FILE_ENDING),
        };
        // Read only now: it may have grown, or appeared, while questions were answered.
        let (before, place) = match self.target.file() {
            Some(_) if file.symlink_metadata().is_ok() => (Some(files::read(&file, MAX_PASSPORT_BYTES)?), Place::Taken),
            _ => (None, Place::Free),
        };
        let refused = |failure| CliError::content(&file, failure);
        let after = self.engine.record(before.as_deref(), assessment.clone(), finished, system::new_id()?);
        let after = after.map_err(refused)?;
        // One more byte: the end of the last line.
        if after.len() >= MAX_PASSPORT_BYTES {
            return Err(CliError::Full(file));
        }
        // What could not be read again must not take the place of what can.
        open_passport(&after).map_err(refused)?;
        files::write(&file, &after, place)?;
        Ok(Saved { file, is_new: place == Place::Free })
    }

    /// Says where the results are.
    pub(super) fn say_saved(&self, out: &mut dyn Write, saved: &Saved) -> Result<(), CliError> {
        let words = &self.texts.files;
        let name = shown(&saved.file);
        let said = if saved.is_new { (words.new_passport)(&name) } else { (words.added)(&name) };
        paragraph(out, &said, 0)?;
        paragraph(out, words.to_read, 0)?;
        writeln!(out, "  skills-passport passport show {}", shell_word(&name))?;
        if let Some(resumed) = self.resumed {
            paragraph(out, &(words.paused_file_done)(&shown(resumed)), 0)?;
        }
        Ok(())
    }

    /// Saves the answers and says how to go on.
    pub(super) fn pause(&self, out: &mut dyn Write, assessment: &Assessment) -> Result<(), CliError> {
        let name = shown(&self.write_paused(assessment)?);
        let words = &self.texts.files;
        paragraph(out, &(words.paused)(&name), 0)?;
        paragraph(out, words.to_resume, 0)?;
        let target = self.target.file().map(|file| format!(" --out {}", shell_word(&shown(file)))).unwrap_or_default();
        writeln!(out, "  skills-passport assess --resume {}{target}", shell_word(&name))?;
        Ok(())
    }

    /// Saves the answers after an error, which then says where they are.
    pub(super) fn rescue(&self, assessment: &Assessment, cause: CliError) -> CliError {
        if assessment.answers.is_empty() {
            return cause;
        }
        match self.write_paused(assessment) {
            Ok(file) => CliError::Kept { cause: Box::new(cause), file },
            Err(_) => cause,
        }
    }

    fn write_paused(&self, assessment: &Assessment) -> Result<PathBuf, CliError> {
        let (file, place) = match self.resumed {
            Some(file) => (file.to_owned(), Place::Taken),
            None => (self.paused_name()?, Place::Free),
        };
        let refused = |error: serde_json::Error| CliError::Unwritable { file: file.clone(), reason: error.into() };
        let text = serde_json::to_string_pretty(assessment).map_err(refused)?;
        files::write(&file, &text, place)?;
        Ok(file)
    }

    /// Beside the passport and named like it.
    fn paused_name(&self) -> Result<PathBuf, CliError> {
        let (folder, stem) = match self.target.file() {
            Some(file) => (folder_of(file), stem_of(file)),
            None => (Path::new("."), default_stem(&system::iso_date(&system::now()?))),
        };
        Ok(free_name(folder, &stem, PAUSED_ENDING))
    }
}

fn default_stem(date: &str) -> std::ffi::OsString {
    format!("skills-{date}").into()
}

fn stem_of(file: &Path) -> std::ffi::OsString {
    let name = file.file_name().unwrap_or_else(|| OsStr::new("skills"));
    match name.to_str() {
        Some(name) => name.strip_suffix(FILE_ENDING).filter(|stem| !stem.is_empty()).unwrap_or(name).into(),
        None => name.to_owned(),
    }
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
