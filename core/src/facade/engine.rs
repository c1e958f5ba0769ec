//! A sitting: start, answer, undo, results, review.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Failure;
use super::question::{Question, Review};
use crate::assessment::{Assessment, Ending, Instrument, Mode, Outlook, Plan, Progress, Reason, Setting, Step};
use crate::bank::{BankText, Item, Response};
use crate::framework::{FrameworkReference, FrameworkText, descriptors_file_name};
use crate::id::{CompetenceId, ItemId, Language};
use crate::json;
use crate::pack::{MAX_PACK_BYTES, Pack, PackError};
use crate::passport::{Passport, Record};
use crate::profile::{Milestone, Profile};
use crate::units::Timestamp;

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

    /// Adds the names of areas, competences and levels in a language that the pack is not in, or the descriptors that it
    /// lacks (JSON of a [`FrameworkText`]); see [`Framework::add_names`](crate::framework::Framework::add_names).
    ///
    /// # Errors
    /// If they are damaged or do not fit the framework; what was loaded stays as it was.
    pub fn add_names(&mut self, names: &str) -> Result<(), Failure> {
        let names: FrameworkText = json::read(names, MAX_PACK_BYTES)?;
        Ok(self.instrument.add_names(names).map_err(PackError::from)?)
    }

    /// The name of the file with the descriptors of levels in this language, for example `digcomp-3.0.fr.descriptors.json`;
    /// it stands beside the pack. None where they are there.
    #[must_use]
    pub fn descriptors_file(&self, language: &Language) -> Option<String> {
        let framework = self.instrument.framework();
        let lacking = framework.text(language).is_some_and(FrameworkText::is_without_descriptors);
        lacking.then(|| descriptors_file_name(&framework.reference(), language))
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
        self.opening(self.instrument.start(Plan { focus, ..Plan::new(mode) }, setting)?)
    }

    /// The first question of an assessment, whatever was answered: what [`Engine::resume`] gives for an assessment without
    /// answers, found with much less code.
    ///
    /// # Errors
    /// If it does not fit the loaded framework and bank; answers are not looked at.
    pub fn opening(&self, assessment: Assessment) -> Result<Turn, Failure> {
        self.instrument.check_terms(&assessment)?;
        let step = self.instrument.opening(&assessment);
        Ok(self.turn_to(assessment, step))
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

    /// The area about which the last answer made results possible, if it did.
    ///
    /// # Errors
    /// If the assessment does not fit.
    pub fn milestone(&self, assessment: &Assessment) -> Result<Option<Milestone>, Failure> {
        self.instrument.check(assessment)?;
        Ok(Milestone::of(&self.instrument, assessment))
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
            let reviewed = item.zip(text).and_then(|(item, texts)| self.reviewed(item, texts, &answer.response));
            reviews.push(reviewed.ok_or_else(|| Failure {
                code: "texts-missing".to_owned(),
                message: format!("the texts of item `{}` are missing; add them first", answer.item),
                path: format!("/answers/{position}/item"),
            })?);
        }
        Ok(reviews)
    }

    /// Puts the results of an assessment into a passport file (JSON text); without one, into a new passport with the
    /// id `new_id`. Results of the same sitting at an earlier question give way to it, so that one who stopped and went on
    /// has one record; then `new_id` is the tombstone's.
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
        let shorter = passport.assessments().find(|record| is_earlier_stage(&record.assessment, &assessment));
        if let Some(shorter) = shorter.map(|record| record.id) {
            passport.remove(shorter, new_id, finished.clone())?;
        }
        passport.add(Record::of_assessment(&self.instrument, assessment, finished)?)?;
        Ok(passport.to_json()?)
    }

    fn turn(&self, assessment: Assessment) -> Turn {
        let step = self.instrument.step(&assessment);
        self.turn_to(assessment, step)
    }

    fn turn_to(&self, assessment: Assessment, step: Step<'_>) -> Turn {
        let progress = self.instrument.progress(&assessment);
        let texts = self.instrument.bank().text(&assessment.setting.language);
        let mut turn = Turn { assessment, question: None, texts_missing: None, ending: None, progress, undone: None };
        match step {
            Step::Ask(item) => match texts.and_then(|texts| self.question(item, texts)) {
                Some(question) => turn.question = Some(question),
                None => turn.texts_missing = Some(item.competence.clone()),
            },
            Step::Finished(ending) => turn.ending = Some(ending),
        }
        turn
    }
}

/// Whether one is the other at an earlier question: begun at the same moment with the same seed, and the answers of the one
/// are the first of the other. One that goes on after it was recorded has another id, since a record never changes.
fn is_earlier_stage(one: &Assessment, other: &Assessment) -> bool {
    let (before, after) = (&one.setting, &other.setting);
    before.id != after.id
        && (before.seed, &before.started) == (after.seed, &after.started)
        && (&one.framework, &one.bank) == (&other.framework, &other.bank)
        && other.answers.starts_with(&one.answers)
}

/// The name of the file with the item texts of a competence, by its id in the framework that the bank was written for.
#[must_use]
pub fn text_file_name(bank: &str, version: &semver::Version, language: &Language, competence: &CompetenceId) -> String {
    format!("{bank}-{version}.{language}.{competence}.json")
}
