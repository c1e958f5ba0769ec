//! Questions with their words, and answered ones looked at afterwards.

use serde::{Deserialize, Serialize};

use super::Engine;
use crate::bank::{BankText, Item, ItemKind, ItemKindName, ItemText, Picture, Response};
use crate::id::{AreaId, CompetenceId, ItemId, OptionId};
use crate::table::Table;

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

impl Engine {
    /// A question with its words; none if some are missing.
    pub(super) fn question(&self, item: &Item, texts: &BankText) -> Option<Question> {
        let text = texts.items.get(&item.id)?;
        let mut question = Question {
            item: item.id.clone(),
            kind: item.kind.name(),
            competence: item.competence.clone(),
            area: self.instrument().framework().area_of(&item.competence)?.clone(),
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

    /// An answered question; none if its words are missing.
    pub(super) fn reviewed(&self, item: &Item, texts: &BankText, response: &Response) -> Option<Review> {
        let question = self.question(item, texts)?;
        let text = texts.items.get(&item.id)?;
        Some(Review {
            mark: mark(item, response),
            given: lines(&question, text, Some(response)),
            solution: lines(&question, text, solution(item).as_ref()),
            response: response.clone(),
            explanation: text.explanation.clone(),
            question,
        })
    }
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
