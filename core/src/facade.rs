//! The engine for other languages: owned, serialisable requests and answers, plain functions, one error type.
//!
//! A binding (see `skills-passport-web`) converts, calls one of these and converts back. Nothing is kept between
//! calls but the loaded [`Engine`]: an assessment travels with every request, so that it can be stored anywhere.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::assessment::{
    Assessment, AssessmentError, Ending, Instrument, Mode, Outlook, Plan, Progress, Reason, Setting, Step,
};
use crate::bank::{BankText, Item, ItemKind, ItemKindName, ItemText, Picture, Response};
use crate::framework::FrameworkReference;
use crate::id::{AreaId, CompetenceId, ItemId, Language, OptionId};
use crate::json::{self, JsonError};
use crate::pack::{MAX_PACK_BYTES, Pack, PackError};
use crate::passport::{ComparisonError, MergePreview, Passport, PassportError, Record};
use crate::profile::Profile;
use crate::table::Table;
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

/// An assessment after a step, and what comes next: a question, the texts that a question needs first, or the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Turn {
    /// The assessment: store it, send it with the next request.
    pub assessment: Assessment,
    /// The question to ask; none if it is finished, or if its texts are missing.
    pub question: Option<Question>,
    /// The competence whose texts the next question needs: add them ([`Engine::add_texts`]) and resume the assessment.
    /// Never with a whole pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub texts_missing: Option<CompetenceId>,
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
    /// The mock-up it is about, if any; shown between situation and stem.
    pub picture: Option<Picture>,
    /// The question, or the statement to rate.
    pub stem: String,
    /// For a statement: what is asked about it.
    pub prompt: Option<String>,
    /// Self-report and choice: the possible answers in order, of which one is given. "I don't know" is possible besides,
    /// for every kind, and so is skipping.
    pub answers: Vec<PossibleAnswer>,
    /// Multiple, ordering and matching: the options in the order to show, of which the response is made.
    pub options: Vec<Labelled>,
    /// Multiple: how many options to choose.
    pub choose: Option<u8>,
    /// Matching: what each option can be matched with; a target may serve several options, or none.
    pub targets: Vec<Labelled>,
}

/// An option or a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Labelled {
    /// What stands for it in a response.
    pub id: OptionId,
    /// What to show.
    pub label: String,
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
    /// Whether it was right; none for a statement and for a question that was skipped.
    pub mark: Option<Mark>,
    /// What was answered, to show; nothing for "I don't know" and for a question that was skipped.
    pub given: Vec<AnswerLine>,
    /// The right answer, to show: one line for a choice, several for the other kinds, nothing for a statement.
    pub solution: Vec<AnswerLine>,
    /// Why.
    pub explanation: String,
}

/// Whether an answer was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Mark {
    /// All of it.
    Right,
    /// An ordering or matching with one mistake.
    PartlyRight,
    /// Not.
    Wrong,
}

/// A line of an answer: an option, in the order that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AnswerLine {
    /// The option, or the answer of a rating scale.
    pub label: String,
    /// Matching: the target of the option.
    pub target: Option<String>,
}

/// A loaded framework and bank.
#[derive(Debug, Clone)]
pub struct Engine {
    instrument: Instrument,
    /// See [`Pack::text_files`].
    text_files: Vec<CompetenceId>,
}

impl Engine {
    /// Loads a pack (JSON): a whole one, or one whose item texts come later.
    ///
    /// # Errors
    /// If it is damaged or incomplete.
    pub fn load(pack: &str) -> Result<Self, Failure> {
        let pack = Pack::parse(pack)?;
        let text_files = pack.text_files.clone();
        Ok(Self { instrument: pack.into_instrument()?, text_files })
    }

    /// A framework and a bank that are loaded already.
    #[must_use]
    pub fn new(instrument: Instrument) -> Self {
        Self { instrument, text_files: Vec::new() }
    }

    /// Adds texts of items (JSON of a [`BankText`]), as the file that [`Engine::text_file`] names holds them. Adding the
    /// same again changes nothing.
    ///
    /// # Errors
    /// If they are damaged or do not fit the bank; what was loaded stays as it was.
    pub fn add_texts(&mut self, texts: &str) -> Result<(), Failure> {
        let texts: BankText = json::read(texts, MAX_PACK_BYTES)?;
        Ok(self.instrument.add_texts(texts).map_err(PackError::from)?)
    }

    /// The competences with items that have no texts in this language yet, in the order of the framework.
    #[must_use]
    pub fn missing_texts(&self, language: &Language) -> Vec<CompetenceId> {
        self.missing(language, &|_| true)
    }

    /// Of these, the ones that [`Engine::review`] needs for this assessment.
    #[must_use]
    pub fn missing_for_review(&self, assessment: &Assessment) -> Vec<CompetenceId> {
        let answered = |item: &Item| assessment.answers.iter().any(|answer| answer.item == item.id);
        self.missing(&assessment.setting.language, &answered)
    }

    /// The name of the file with a competence's item texts, for example `general-0.2.0.fr.1.1.json`; it stands beside the
    /// pack. None where the pack is whole.
    #[must_use]
    pub fn text_file(&self, competence: &CompetenceId, language: &Language) -> Option<String> {
        let position = self.instrument.framework().position(competence)?;
        let written = self.text_files.get(position)?;
        let bank = self.instrument.bank().document();
        Some(text_file_name(bank.id.as_str(), &bank.version, language, written))
    }

    fn missing(&self, language: &Language, wanted: &dyn Fn(&Item) -> bool) -> Vec<CompetenceId> {
        let bank = self.instrument.bank();
        let text = bank.text(language);
        let lacks = |item: &&Item| text.is_none_or(|text| !text.items.contains_key(&item.id)) && wanted(item);
        let lacking = |id: &&CompetenceId| bank.items().iter().filter(lacks).any(|item| item.competence == **id);
        self.instrument.framework().competences().iter().filter(lacking).cloned().collect()
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
        Ok(self.turn(self.instrument.start(Plan { focus, ..Plan::new(mode) }, setting)?))
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

    /// Why the question is asked that is being asked; none if the assessment is finished.
    ///
    /// # Errors
    /// If the assessment does not fit.
    pub fn why(&self, assessment: &Assessment) -> Result<Option<Reason>, Failure> {
        self.instrument.check(assessment)?;
        Ok(self.instrument.why(assessment))
    }

    /// What so many more questions can be expected to bring, wherever the assessment is; none if it is not worth it.
    ///
    /// # Errors
    /// If the assessment does not fit.
    pub fn outlook(&self, assessment: &Assessment, questions: u16) -> Result<Option<Outlook>, Failure> {
        self.instrument.check(assessment)?;
        Ok(self.instrument.outlook(assessment, questions))
    }

    /// Goes on in a longer mode, with the same answers.
    ///
    /// # Errors
    /// If the assessment does not fit, or the mode is not longer.
    pub fn lengthen(&self, assessment: &Assessment, mode: Mode) -> Result<Turn, Failure> {
        self.instrument.check(assessment)?;
        Ok(self.turn(self.instrument.lengthen(assessment, mode)?))
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
    /// If the assessment does not fit, or texts are missing ([`Engine::missing_for_review`]).
    pub fn review(&self, assessment: &Assessment) -> Result<Vec<Review>, Failure> {
        self.instrument.check(assessment)?;
        let bank = self.instrument.bank();
        let text = bank.text(&assessment.setting.language);
        let mut reviews = Vec::with_capacity(assessment.answers.len());
        for (position, answer) in assessment.answers.iter().enumerate() {
            let item = bank.item(&answer.item).map(|(_, item)| item);
            let reviewed = item.zip(text).and_then(|(item, texts)| {
                let question = self.question(item, texts)?;
                let text = texts.items.get(&item.id)?;
                Some(Review {
                    mark: mark(item, &answer.response),
                    given: lines(&question, text, Some(&answer.response)),
                    solution: lines(&question, text, solution(item).as_ref()),
                    response: answer.response.clone(),
                    explanation: text.explanation.clone(),
                    question,
                })
            });
            reviews.push(reviewed.ok_or_else(|| Failure {
                code: "texts-missing".to_owned(),
                message: format!("the texts of item `{}` are missing; add them first", answer.item),
                path: format!("/answers/{position}/item"),
            })?);
        }
        Ok(reviews)
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
        let texts = self.instrument.bank().text(&assessment.setting.language);
        let mut turn = Turn { assessment, question: None, texts_missing: None, ending: None, progress, undone: None };
        match self.instrument.step(&turn.assessment) {
            Step::Ask(item) => match texts.and_then(|texts| self.question(item, texts)) {
                Some(question) => turn.question = Some(question),
                None => turn.texts_missing = Some(item.competence.clone()),
            },
            Step::Finished(ending) => turn.ending = Some(ending),
        }
        turn
    }

    /// A question with its words; none if some are missing.
    fn question(&self, item: &Item, texts: &BankText) -> Option<Question> {
        let text = texts.items.get(&item.id)?;
        let mut question = Question {
            item: item.id.clone(),
            kind: item.kind.name(),
            competence: item.competence.clone(),
            area: self.instrument.framework().area_of(&item.competence)?.clone(),
            situation: text.situation.clone(),
            picture: text.picture.clone(),
            stem: text.stem.clone(),
            prompt: None,
            answers: Vec::new(),
            options: Vec::new(),
            choose: None,
            targets: labelled(item.kind.targets(), &text.targets),
        };
        let options = labelled(item.kind.options(), &text.options);
        match &item.kind {
            ItemKind::Graded { scale, .. } => {
                let scale = texts.scales.get(scale)?;
                question.prompt = Some(scale.question.clone());
                let answers =
                    (0..).zip(&scale.answers).map(|(answer, label)| (Response::Graded { answer }, label.clone()));
                question.answers = answers.map(|(response, label)| PossibleAnswer { response, label }).collect();
            }
            ItemKind::Choice { .. } => {
                let answer =
                    |Labelled { id, label }| PossibleAnswer { response: Response::Choice { option: id }, label };
                question.answers = options.into_iter().map(answer).collect();
            }
            ItemKind::Multiple { rights, .. } => {
                question.options = options;
                question.choose = u8::try_from(rights.len()).ok();
            }
            ItemKind::Ordering { .. } | ItemKind::Matching { .. } => question.options = options,
        }
        Some(question)
    }
}

/// The name of the file with the item texts of a competence, by its id in the framework that the bank was written for.
#[must_use]
pub fn text_file_name(bank: &str, version: &semver::Version, language: &Language, competence: &CompetenceId) -> String {
    format!("{bank}-{version}.{language}.{competence}.json")
}

fn labelled(ids: &[OptionId], labels: &Table<OptionId, String>) -> Vec<Labelled> {
    ids.iter().filter_map(|id| Some(Labelled { id: id.clone(), label: labels.get(id)?.clone() })).collect()
}

fn mark(item: &Item, response: &Response) -> Option<Mark> {
    let outcome = item.score(response).ok().flatten().filter(|_| item.has_right_answer())?;
    Some(match outcome.category {
        0 => Mark::Wrong,
        category if category == item.highest_category() => Mark::Right,
        _ => Mark::PartlyRight,
    })
}

/// The right response.
fn solution(item: &Item) -> Option<Response> {
    match &item.kind {
        ItemKind::Graded { .. } => None,
        ItemKind::Choice { right, .. } => Some(Response::Choice { option: right.clone() }),
        ItemKind::Multiple { rights, .. } => Some(Response::Multiple { options: rights.clone() }),
        ItemKind::Ordering { order, .. } => Some(Response::Ordering { options: order.clone() }),
        ItemKind::Matching { matches, .. } => Some(Response::Matching { matches: matches.clone() }),
    }
}

/// A response in words.
fn lines(question: &Question, text: &ItemText, response: Option<&Response>) -> Vec<AnswerLine> {
    let line = |label: Option<&String>, target: Option<&String>| {
        label.map(|label| AnswerLine { label: label.clone(), target: target.cloned() })
    };
    let option = |id: &OptionId| line(text.options.get(id), None);
    match response {
        None | Some(Response::DontKnow | Response::Skipped) => Vec::new(),
        Some(Response::Multiple { options } | Response::Ordering { options }) => {
            options.iter().filter_map(option).collect()
        }
        Some(Response::Matching { matches }) => {
            let matched = |id| line(text.options.get(id), matches.get(id).and_then(|target| text.targets.get(target)));
            question.options.iter().filter_map(|option| matched(&option.id)).collect()
        }
        Some(response) => {
            let given = question.answers.iter().find(|answer| answer.response == *response);
            given.and_then(|answer| line(Some(&answer.label), None)).into_iter().collect()
        }
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

/// What [`merge_passports`] would bring: to one's own passport, or to none. Nothing is changed.
///
/// # Errors
/// As [`merge_passports`].
pub fn preview_merge(own: Option<&str>, other: &str) -> Result<MergePreview, Failure> {
    let other = Passport::parse(other)?;
    Ok(match own {
        Some(own) => Passport::parse(own)?.preview(&other)?,
        None => Passport::new(Uuid::nil(), other.created().clone()).preview(&other)?,
    })
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
