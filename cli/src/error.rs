//! What can go wrong, with its place, a stable code and what to do.

use std::io;
use std::path::{Path, PathBuf};

use skills_passport::facade::Failure;
use skills_passport_frameworks::{LoadError, LoadFault};
use thiserror::Error;

use crate::paper::PaperFault;
use crate::texts::Advice;

/// Anything that ends a command with exit code 1.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// Nothing of this name.
    #[error("there is no file or folder `{}`", .0.display())]
    Missing(PathBuf),
    /// A folder where a file belongs.
    #[error("`{}` is a folder, not a file", .0.display())]
    Folder(PathBuf),
    /// A file to be made in a folder that does not exist.
    #[error("there is no folder `{}` to write into", .0.display())]
    NoFolder(PathBuf),
    /// The system refuses.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The system refuses.
    #[error("cannot be written: {reason}")]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// Larger than this kind of file may be; it was not read to its end.
    #[error("the file is longer than the {limit} bytes that are accepted")]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// The bound.
        limit: usize,
    },
    /// A file that the library refuses.
    #[error("{failure}")]
    Content {
        /// The file.
        file: PathBuf,
        /// Why.
        failure: Failure,
    },
    /// A request that the library refuses.
    #[error("{0}")]
    Refused(Failure),
    /// A framework or bank with a fault, or none of this name.
    #[error("{}", .0.fault)]
    Load(Box<LoadError>),
    /// A framework without texts in a language.
    #[error("`{name}` has no texts in `{language}`")]
    NoTexts {
        /// The framework.
        name: String,
        /// The language.
        language: String,
    },
    /// A line of the answers of a sheet of paper.
    #[error("line {line}: {fault}")]
    Paper {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: PaperFault,
    },
    /// A resumed assessment whose results the passport has.
    #[error("the results of this assessment are in the passport already")]
    AlreadyThere(PathBuf),
    /// A passport that could not be read again with one more record.
    #[error("the passport is full: with these results it could not be read again")]
    Full(PathBuf),
    /// A file that is not to be written over.
    #[error("there is a file `{}` already", .0.display())]
    Exists(PathBuf),
    /// A passport without an assessment, or without one of this id.
    #[error("the passport has no such assessment")]
    NoAssessment(PathBuf),
    /// A file of secret keys that others can read.
    #[error("others can read this file of secret keys")]
    OpenKeys(PathBuf),
    /// A file of keys without a key.
    #[error("there is no key in this file")]
    NoKey(PathBuf),
    /// An argument that is not what it must be.
    #[error("`{text}` is not {wanted}")]
    Argument {
        /// What was given.
        text: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// The passphrase could not be read, or was typed differently the second time.
    #[error("no passphrase: {0}")]
    NoPassphrase(&'static str),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(getrandom::Error),
    /// The system has no sensible date.
    #[error("the system's clock is out of range")]
    Clock,
    /// The output was closed or is full.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// Something went wrong, and the answers were saved.
    #[error("{cause}")]
    Kept {
        /// What went wrong.
        cause: Box<CliError>,
        /// Where the answers are.
        file: PathBuf,
    },
}

impl From<LoadError> for CliError {
    fn from(error: LoadError) -> Self {
        Self::Load(Box::new(error))
    }
}

impl CliError {
    /// A refusal of the library that speaks of a file.
    pub(crate) fn content(file: &Path, failure: impl Into<Failure>) -> Self {
        Self::Content { file: file.to_owned(), failure: failure.into() }
    }

    /// Whether somebody downstream has simply seen enough (`| head`).
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(reason) if reason.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Stable code for programs.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Missing(_) | Self::NoFolder(_) => "not-found",
            Self::Folder(_) => "is-folder",
            Self::Unreadable { .. } => "unreadable",
            Self::Unwritable { .. } | Self::Output(_) => "unwritable",
            Self::TooLarge { .. } => "too-large",
            Self::Content { failure, .. } | Self::Refused(failure) => &failure.code,
            Self::Load(error) => error.code(),
            Self::NoTexts { .. } => "no-such-language",
            Self::Paper { .. } => "wrong-paper",
            Self::AlreadyThere(_) => "already-there",
            Self::Full(_) => "passport-full",
            Self::Exists(_) => "already-exists",
            Self::NoAssessment(_) => "no-assessment",
            Self::OpenKeys(_) => "keys-not-private",
            Self::NoKey(_) => "no-key",
            Self::Argument { .. } => "wrong-argument",
            Self::NoPassphrase(_) => "no-passphrase",
            Self::Random(_) => "no-random-numbers",
            Self::Clock => "no-clock",
            Self::Kept { cause, .. } => cause.code(),
        }
    }

    /// Where: a file, with `#` and a JSON pointer into it where that is known; empty where there is no place.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Missing(file)
            | Self::Folder(file)
            | Self::NoFolder(file)
            | Self::Unreadable { file, .. }
            | Self::Unwritable { file, .. }
            | Self::TooLarge { file, .. }
            | Self::Paper { file, .. }
            | Self::AlreadyThere(file)
            | Self::Full(file)
            | Self::Exists(file)
            | Self::NoAssessment(file)
            | Self::OpenKeys(file)
            | Self::NoKey(file) => file.display().to_string(),
            Self::Content { file, failure } => in_file(&file.display().to_string(), &failure.path),
            // The request was made from arguments; its members mean nothing to who typed them.
            Self::Refused(failure) => match failure.path.as_str() {
                "/plan/focus" => "--focus".to_owned(),
                "/setting/language" => "--lang".to_owned(),
                path => path.to_owned(),
            },
            Self::Load(error) => match &error.fault {
                LoadFault::Json(fault) => in_file(&error.file, fault.path()),
                _ => error.file.clone(),
            },
            Self::NoTexts { name, .. } => name.clone(),
            Self::Argument { .. } | Self::NoPassphrase(_) | Self::Random(_) | Self::Clock | Self::Output(_) => {
                String::new()
            }
            Self::Kept { cause, .. } => cause.place(),
        }
    }

    /// What to do about it.
    pub(crate) fn advice(&self) -> Advice {
        match self {
            Self::Missing(_) | Self::Folder(_) | Self::NoFolder(_) => Advice::CheckName,
            Self::Unreadable { .. } | Self::Unwritable { .. } | Self::Output(_) => Advice::CheckAccess,
            Self::TooLarge { .. } => Advice::CheckFile,
            Self::Content { failure, .. } | Self::Refused(failure) => match failure.code.as_str() {
                "newer-version" => Advice::Update,
                "other-framework" | "other-bank" | "not-found" => Advice::StartAgain,
                "no-such-language" => Advice::ChooseLanguage,
                "wrong-focus" => Advice::ChooseCompetence,
                "conflict" => Advice::UseAnotherPassport,
                "wrong-truth" | "wrong-setting" | "cannot-calibrate" | "wrong-sql" | "not-built" => Advice::ReadHelp,
                "wrong-passphrase" | "unfit-passphrase" => Advice::CheckPassphrase,
                "not-enough-evidence" => Advice::AnswerMore,
                "same-record" => Advice::ChooseRecords,
                _ => Advice::CheckFile,
            },
            Self::Load(error) => match &error.fault {
                LoadFault::NotFound(_) => Advice::ChooseName,
                LoadFault::Unreadable(_) => Advice::CheckAccess,
                LoadFault::TooLarge(_) => Advice::CheckName,
                _ => Advice::CorrectLibrary,
            },
            Self::NoTexts { .. } => Advice::ChooseLanguage,
            Self::Paper { .. } => Advice::CorrectLine,
            Self::AlreadyThere(_) | Self::Full(_) => Advice::UseAnotherPassport,
            Self::Exists(_) => Advice::ChooseAnotherName,
            Self::NoAssessment(_) => Advice::ChooseRecords,
            Self::OpenKeys(_) => Advice::ProtectKeys,
            Self::NoKey(_) => Advice::MakeKey,
            Self::Argument { .. } => Advice::ReadHelp,
            Self::NoPassphrase(_) => Advice::CheckPassphrase,
            Self::Random(_) | Self::Clock => Advice::TryAgain,
            Self::Kept { cause, .. } => cause.advice(),
        }
    }
}

fn in_file(file: &str, pointer: &str) -> String {
    if pointer.is_empty() { file.to_owned() } else { format!("{file}#{pointer}") }
}
