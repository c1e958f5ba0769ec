//! A pack: one framework and one bank with the texts of one or more languages, in one JSON document.
//!
//! This is what a browser downloads. It is checked like the files it was made from. A *start pack* is one with
//! few texts of items and no descriptors of levels: those come in files of their own, when a question or results need them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::assessment::{AssessmentError, Instrument};
use crate::bank::{Bank, BankDocument, BankError, BankText};
use crate::framework::{Framework, FrameworkDocument, FrameworkError, FrameworkText};
use crate::id::CompetenceId;
use crate::json::{self, JsonError};

/// Largest pack read, bytes.
pub const MAX_PACK_BYTES: usize = 16 << 20;

/// Framework, bank and texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pack {
    /// The framework that results are given in.
    pub framework: FrameworkDocument,
    /// Its wording.
    pub framework_texts: Vec<FrameworkText>,
    /// The bank, translated to that framework where it was written for another.
    pub bank: BankDocument,
    /// Digest of the bank as it was written.
    pub bank_sha256: String,
    /// Its wording.
    pub bank_texts: Vec<BankText>,
    /// Where the texts of items come later: for each competence of the framework, in order, the id that it has in the
    /// framework that the bank was written for. The files with the texts are named by it, whatever framework results are
    /// given in. Empty where all texts are here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text_files: Vec<CompetenceId>,
}

/// A pack that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PackError {
    /// Not a pack.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A fault of the framework.
    #[error("framework: {0}")]
    Framework(#[from] FrameworkError),
    /// A fault of the bank.
    #[error("bank: {0}")]
    Bank(#[from] BankError),
    /// The bank cannot measure.
    #[error("bank: {0}")]
    Instrument(#[from] AssessmentError),
}

impl PackError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Framework(error) => error.code(),
            Self::Bank(error) => error.code(),
            Self::Instrument(error) => error.code(),
        }
    }

    /// The place of the fault.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Json(error) => error.path().to_owned(),
            Self::Framework(error) => error.place.to_string(),
            Self::Bank(error) => error.place.to_string(),
            Self::Instrument(error) => error.path(),
        }
    }
}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// [`PackError::Json`] if the text is not one.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        Ok(json::read(text, MAX_PACK_BYTES)?)
    }

    /// Checks everything and makes it ready to measure.
    ///
    /// # Errors
    /// The first fault found.
    pub fn into_instrument(self) -> Result<Instrument, PackError> {
        let whole = self.text_files.is_empty();
        let (texts, names) =
            if whole { (self.framework_texts, Vec::new()) } else { (Vec::new(), self.framework_texts) };
        let mut framework = Framework::new(self.framework, None, texts)?;
        for names in names {
            framework.add_names(names)?;
        }
        let mut bank = Bank::without_texts(self.bank, self.bank_sha256, &framework)?;
        for text in self.bank_texts {
            bank.add_language(text, whole)?;
        }
        Ok(Instrument::new(framework, bank)?)
    }
}
