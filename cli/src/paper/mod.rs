//! Questionnaires on paper: a fixed form printed ([`sheet`]), and its answers typed in afterwards ([`typed`]).
//!
//! Owns the sheet, the lines that are typed, and what can be wrong with them. Which questions are on a form is the
//! library's business.

mod sheet;
mod typed;

pub(crate) use sheet::sheet;
pub(crate) use typed::{Answers, MAX_ANSWERS_BYTES, PaperFault};

use skills_passport::assessment::{Answer, Mode, Plan, Setting};
use skills_passport::bank::Response;
use skills_passport::facade::{Engine, Question};
use skills_passport::id::{CompetenceId, Language};
use uuid::Uuid;

use crate::error::CliError;
use crate::system;

/// What a form is made from; the first line that is typed says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) bank: String,
    pub(crate) framework: String,
    pub(crate) mode: Mode,
    pub(crate) focus: Vec<CompetenceId>,
    pub(crate) language: Language,
}

/// The word that the first line begins with.
const FORM: &str = "form";

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { bank, framework, mode, focus, language } = self;
        write!(f, "{FORM};{bank};{framework};{};{language}", mode.name())?;
        let focus: Vec<&str> = focus.iter().map(|id| id.as_str()).collect();
        if focus.is_empty() { Ok(()) } else { write!(f, ";{}", focus.join(" ")) }
    }
}

impl Form {
    /// The plan of everybody who has this form.
    pub(crate) fn plan(&self, engine: &Engine) -> Plan {
        let plan = Plan { focus: self.focus.clone(), ..Plan::new(self.mode) };
        Plan { form: engine.instrument().fixed_form(&plan), ..plan }
    }

    /// The same with the versions that are loaded, so that it means the same for ever.
    pub(crate) fn exact(&self, engine: &Engine) -> Self {
        let bank = engine.instrument().bank().reference();
        let framework = engine.framework().to_string();
        Self { bank: bank.to_string(), framework, ..self.clone() }
    }

    /// The questions in order.
    pub(crate) fn questions(&self, engine: &Engine) -> Result<Vec<Question>, CliError> {
        let setting = Setting {
            id: Uuid::nil(),
            language: self.language.clone(),
            seed: 0,
            started: system::now()?,
            assisted: false,
        };
        let refused = |error: skills_passport::assessment::AssessmentError| CliError::Refused(error.into());
        let mut assessment = engine.instrument().start(self.plan(engine), setting).map_err(refused)?;
        let mut questions = Vec::new();
        // What a form asks does not depend on the answers.
        while let Some(question) = engine.resume(assessment.clone()).map_err(CliError::Refused)?.question {
            assessment.answers.push(Answer { item: question.item.clone(), response: Response::Skipped });
            questions.push(question);
        }
        Ok(questions)
    }
}
