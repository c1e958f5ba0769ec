//! The engine for other languages: owned, serialisable requests and answers, plain functions, one error type.
//!
//! A binding (see `skills-passport-web`) converts, calls one of these and converts back. Nothing is kept between
//! calls but the loaded [`Engine`]: an assessment travels with every request, so that it can be stored anywhere.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::assessment::{Assessment, AssessmentError, Ending, Instrument, Mode, Plan, Progress, Setting, Step};
use crate::bank::{Item, ItemKind, ItemKindName, Response};
use crate::framework::FrameworkReference;
use crate::id::{AreaId, CompetenceId, ItemId, Language};
use crate::json::JsonError;
use crate::pack::{Pack, PackError};
use crate::passport::{ComparisonError, Passport, PassportError, Record};
use crate::profile::Profile;
use crate::units::Timestamp;

/// A refusal: what, where, and a code that programs can switch on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{message}")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Failure {
    /// Stable code, for example `not-json`.
    pub code: String,
    /// What is wrong, in English, for developers.
    pub message: String,
    /// Where: a JSON pointer or the name of a place; empty for the whole.
    pub path: String,
}

impl From<JsonError> for Failure {
    fn from(error: JsonError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path() }
    }
}

impl From<AssessmentError> for Failure {
    fn from(error: AssessmentError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path() }
    }
}

impl From<PassportError> for Failure {
    fn from(error: PassportError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

impl From<ComparisonError> for Failure {
    fn from(error: ComparisonError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: String::new() }
    }
}

#[cfg(feature = "credentials")]
impl From<crate::credential::CredentialError> for Failure {
    fn from(error: crate::credential::CredentialError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

#[cfg(feature = "sealed")]
impl From<crate::passport::sealed::SealError> for Failure {
    fn from(error: crate::passport::sealed::SealError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

/// What starts an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct StartRequest {
    /// How long.
    #[serde(default)]
    pub mode: Mode,
    /// Competences to measure; empty for all, except in focus mode.
    #[serde(default)]
    pub focus: Vec<CompetenceId>,
    /// Language of the questions.
    pub language: Language,
    /// Decides between equally good questions: any number, best a random one.
    pub seed: u32,
    /// A new random UUID.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// Now.
    pub started: Timestamp,
    /// Whether somebody helps.
    #[serde(default)]
    pub assisted: bool,
}

/// An answer to the question that is being asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AnswerRequest {
    /// The assessment so far.
    pub assessment: Assessment,
    /// The item asked.
    pub item: ItemId,
    /// What was answered.
    #[cfg_attr(feature = "typescript", tsify(type = "ItemResponse"))]
    pub response: Response,
}

/// An assessment after a step, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Turn {
    /// The assessment: store it, send it with the next request.
    pub assessment: Assessment,
    /// The question to ask, unless it is finished.
    pub question: Option<Question>,
    /// Why it is finished, if it is.
    pub ending: Option<Ending>,
    /// How far it is.
    pub progress: Progress,
    /// After an undo: the answer taken back, to be shown as chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "ItemResponse"))]
    pub undone: Option<Response>,
}

/// A question with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Question {
    /// The item.
    pub item: ItemId,
    /// Its kind.
    pub kind: ItemKindName,
    /// The competence it is about.
    pub competence: CompetenceId,
    /// The area of that competence.
    pub area: AreaId,
    /// The situation it is about, if any.
    pub situation: Option<String>,
    /// The question, or the statement to rate.
    pub stem: String,
    /// For a statement: what is asked about it.
    pub prompt: Option<String>,
    /// The possible answers in order; "I don't know" is possible besides.
    pub answers: Vec<PossibleAnswer>,
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PossibleAnswer {
    /// What to send back.
    #[cfg_attr(feature = "typescript", tsify(type = "ItemResponse"))]
    pub response: Response,
    /// What to show.
    pub label: String,
}

/// An answered question, looked at afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Review {
    /// The question.
    pub question: Question,
    /// What was answered.
    #[cfg_attr(feature = "typescript", tsify(type = "ItemResponse"))]
    pub response: Response,
    /// Whether it was right; none for a statement.
    pub right: Option<bool>,
    /// The right answer; none for a statement.
    pub solution: Option<String>,
    /// Why.
    pub explanation: String,
}

/// A loaded framework and bank.
#[derive(Debug, Clone)]
pub struct Engine {
    instrument: Instrument,
}

impl Engine {
    /// Loads a pack (JSON).
    ///
    /// # Errors
    /// If it is damaged or incomplete.
    pub fn load(pack: &str) -> Result<Self, Failure> {
        Ok(Self { instrument: Pack::parse(pack)?.into_instrument()? })
    }

    /// A framework and a bank that are loaded already.
    #[must_use]
    pub fn new(instrument: Instrument) -> Self {
        Self { instrument }
    }

    /// The loaded framework and bank, for Rust callers.
    #[must_use]
    pub fn instrument(&self) -> &Instrument {
        &self.instrument
    }

    /// The framework that results are given in.
    #[must_use]
    pub fn framework(&self) -> FrameworkReference {
        self.instrument.framework().reference()
    }

    /// Begins an assessment.
    ///
    /// # Errors
    /// If the request does not fit the framework or the bank.
    pub fn start(&self, request: StartRequest) -> Result<Turn, Failure> {
        let StartRequest { mode, focus, language, seed, id, started, assisted } = request;
        let setting = Setting { id, language, seed, started, assisted };
        Ok(self.turn(self.instrument.start(Plan { mode, focus }, setting)?))
    }

    /// Goes on with a stored assessment.
    ///
    /// # Errors
    /// If it does not fit the loaded framework and bank.
    pub fn resume(&self, assessment: Assessment) -> Result<Turn, Failure> {
        self.instrument.check(&assessment)?;
        Ok(self.turn(assessment))
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// If the assessment does not fit, another item is being asked, or the response does not fit the item.
    pub fn answer(&self, request: AnswerRequest) -> Result<Turn, Failure> {
        self.instrument.check(&request.assessment)?;
        Ok(self.turn(self.instrument.answer(&request.assessment, &request.item, request.response)?))
    }

    /// Takes the last answer back.
    ///
    /// # Errors
    /// If there is none.
    pub fn undo(&self, assessment: Assessment) -> Result<Turn, Failure> {
        self.instrument.check(&assessment)?;
        let (before, answer) = self.instrument.undo(&assessment)?;
        Ok(Turn { undone: Some(answer.response), ..self.turn(before) })
    }

    /// The results so far.
    ///
    /// # Errors
    /// If the assessment does not fit.
    pub fn profile(&self, assessment: &Assessment) -> Result<Profile, Failure> {
        self.instrument.check(assessment)?;
        Ok(Profile::of(&self.instrument, assessment))
    }

    /// The answered questions with right answers and explanations.
    ///
    /// # Errors
    /// If the assessment does not fit.
    pub fn review(&self, assessment: &Assessment) -> Result<Vec<Review>, Failure> {
        self.instrument.check(assessment)?;
        let language = &assessment.setting.language;
        Ok(assessment
            .answers
            .iter()
            .filter_map(|answer| {
                let (_, item) = self.instrument.bank().item(&answer.item)?;
                let question = self.question(item, language)?;
                let text = self.instrument.bank().text(language)?.items.get(&item.id)?;
                let right = item.has_right_answer().then(|| item.score(&answer.response).is_ok_and(|o| o.category > 0));
                let solution = match &item.kind {
                    ItemKind::Choice { right, .. } => text.options.get(right).cloned(),
                    ItemKind::Graded { .. } => None,
                };
                let explanation = text.explanation.clone();
                Some(Review { question, response: answer.response.clone(), right, solution, explanation })
            })
            .collect())
    }

    /// Puts the results of an assessment into a passport file (JSON text); without one, into a new passport with the
    /// id `new_id`.
    ///
    /// # Errors
    /// If the assessment or the passport cannot be read or do not fit; the given text stays valid.
    pub fn record(
        &self,
        passport: Option<&str>,
        assessment: Assessment,
        finished: Timestamp,
        new_id: Uuid,
    ) -> Result<String, Failure> {
        self.instrument.check(&assessment)?;
        let mut passport = match passport {
            Some(text) => Passport::parse(text)?,
            None => Passport::new(new_id, finished.clone()),
        };
        passport.add(Record::of_assessment(&self.instrument, assessment, finished)?)?;
        Ok(passport.to_json()?)
    }

    fn turn(&self, assessment: Assessment) -> Turn {
        let progress = self.instrument.progress(&assessment);
        let (question, ending) = match self.instrument.step(&assessment) {
            Step::Ask(item) => (self.question(item, &assessment.setting.language), None),
            Step::Finished(ending) => (None, Some(ending)),
        };
        Turn { assessment, question, ending, progress, undone: None }
    }

    fn question(&self, item: &Item, language: &Language) -> Option<Question> {
        let bank = self.instrument.bank();
        let texts = bank.text(language)?;
        let text = texts.items.get(&item.id)?;
        let (kind, prompt, answers) = match &item.kind {
            ItemKind::Graded { scale, .. } => {
                let scale = texts.scales.get(scale)?;
                let answers = (0..).zip(&scale.answers);
                let answers = answers.map(|(answer, label)| (Response::Graded { answer }, label));
                (ItemKindName::Graded, Some(scale.question.clone()), answers.collect::<Vec<_>>())
            }
            ItemKind::Choice { options, .. } => {
                let answers = options.iter().filter_map(|option| Some((option, text.options.get(option)?)));
                let answers = answers.map(|(option, label)| (Response::Choice { option: option.clone() }, label));
                (ItemKindName::Choice, None, answers.collect())
            }
        };
        Some(Question {
            item: item.id.clone(),
            kind,
            competence: item.competence.clone(),
            area: self.instrument.framework().area_of(&item.competence)?.clone(),
            situation: text.situation.clone(),
            stem: text.stem.clone(),
            prompt,
            answers: answers
                .into_iter()
                .map(|(response, label)| PossibleAnswer { response, label: label.clone() })
                .collect(),
        })
    }
}

/// What a passport file holds, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PassportSummary {
    /// Its identity.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// When it was made.
    pub created: Timestamp,
    /// Its assessments, oldest first.
    pub assessments: Vec<AssessmentSummary>,
}

/// An assessment in a passport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AssessmentSummary {
    /// Identity of the record.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// When it was finished.
    pub at: Timestamp,
    /// The framework of the results.
    pub framework: FrameworkReference,
    /// How long it was.
    pub mode: Mode,
    /// The results.
    pub profile: Profile,
}

/// Reads a passport file and says what it holds.
///
/// # Errors
/// If it is damaged, too large or of another major version.
pub fn open_passport(text: &str) -> Result<PassportSummary, Failure> {
    let passport = Passport::parse(text)?;
    let assessments = passport.assessments().map(|record| AssessmentSummary {
        id: record.id,
        at: record.at.clone(),
        framework: record.assessment.framework.clone(),
        mode: record.assessment.plan.mode,
        profile: record.profile.clone(),
    });
    Ok(PassportSummary { id: passport.id(), created: passport.created().clone(), assessments: assessments.collect() })
}

/// Everything of two passport files in one.
///
/// # Errors
/// If one of them cannot be read, or they contradict each other.
pub fn merge_passports(one: &str, two: &str) -> Result<String, Failure> {
    Ok(Passport::parse(one)?.merge(&Passport::parse(two)?)?.to_json()?)
}

/// A passport file without one of its records; a tombstone with the id `tombstone` stays.
///
/// # Errors
/// If the file cannot be read or has no such record.
pub fn remove_record(text: &str, record: Uuid, tombstone: Uuid, at: Timestamp) -> Result<String, Failure> {
    let mut passport = Passport::parse(text)?;
    passport.remove(record, tombstone, at)?;
    Ok(passport.to_json()?)
}
