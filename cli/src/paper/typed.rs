//! The answers of a sheet of paper, typed in line by line: an item id and what was ticked or written.

use skills_passport::assessment::Mode;
use skills_passport::bank::Response;
use skills_passport::facade::{AnswerRequest, Engine, Question, Turn};
use skills_passport::id::ItemId;
use thiserror::Error;

use super::{FORM, Form};
use crate::assess::keys::{Typed, understand};
use crate::error::CliError;
use crate::texts::Keys;

/// Largest file of typed answers, bytes.
pub(crate) const MAX_ANSWERS_BYTES: usize = 1 << 20;

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answers {
    /// The form, if the first line says it.
    pub(crate) form: Option<Form>,
    /// Number of the line, item, answer.
    lines: Vec<(usize, ItemId, String)>,
}

/// What is wrong with a line; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum PaperFault {
    /// The first line names no form.
    #[error("this is not a form: `form`, bank, framework, mode, language, with `;` between them, as the sheet says it")]
    Form,
    /// A line without item.
    #[error("`{0}` is not an item id; type the id that stands beside the question, `;`, then the answer")]
    Item(String),
    /// An item that the form does not have.
    #[error("item `{0}` is not on this form; check the id, or the mode that the form was printed for")]
    NotOnForm(ItemId),
    /// An item that has an answer already.
    #[error("item `{0}` has an answer already")]
    Twice(ItemId),
    /// An answer that is none of this item's.
    #[error("`{answer}` is not an answer to item `{item}`; {how}")]
    Answer {
        /// The item.
        item: ItemId,
        /// What was typed.
        answer: String,
        /// What can be typed.
        how: String,
    },
}

impl Answers {
    /// Reads lines; empty ones and those that begin with `#` say nothing. The fault comes with the number of its line.
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, PaperFault)> {
        let mut answers = Self { form: None, lines: Vec::new() };
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let clean = line.replace('"', "");
            let line = clean.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (first, rest) = line.split_once([';', ',', '\t', ' ']).unwrap_or((line, ""));
            if first.eq_ignore_ascii_case(FORM) {
                answers.form = Some(form(rest).ok_or((number, PaperFault::Form))?);
                continue;
            }
            let item: ItemId = match first.trim().parse() {
                Ok(item) => item,
                Err(_) => return Err((number, PaperFault::Item(first.to_owned()))),
            };
            if answers.lines.iter().any(|(_, earlier, _)| *earlier == item) {
                return Err((number, PaperFault::Twice(item)));
            }
            answers.lines.push((number, item, rest.trim_matches([';', ',', '\t', ' ']).to_owned()));
        }
        Ok(answers)
    }

    /// Gives the answers to the questions of a form, question by question; those without an answer are skipped.
    pub(crate) fn give(
        &self,
        engine: &Engine,
        mut turn: Turn,
        keys: &Keys,
        how: &dyn Fn(&Question) -> String,
        refused: &dyn Fn(usize, PaperFault) -> CliError,
    ) -> Result<Turn, CliError> {
        let form = &turn.assessment.plan.form;
        if let Some((number, item, _)) = self.lines.iter().find(|(_, item, _)| !form.contains(item)) {
            return Err(refused(*number, PaperFault::NotOnForm(item.clone())));
        }
        while let Some(question) = turn.question.take() {
            let typed = self.lines.iter().find(|(_, item, _)| *item == question.item);
            let response = match typed {
                None => Response::Skipped,
                Some((_, _, answer)) if answer.is_empty() => Response::Skipped,
                Some((number, item, answer)) => match understand(answer, &question, keys) {
                    Typed::Answer(response) => response,
                    _ => {
                        let (item, answer) = (item.clone(), answer.clone());
                        return Err(refused(*number, PaperFault::Answer { item, answer, how: how(&question) }));
                    }
                },
            };
            let request = AnswerRequest { assessment: turn.assessment, item: question.item, response };
            turn = engine.answer(request).map_err(CliError::Refused)?;
        }
        Ok(turn)
    }
}

/// `bank;framework;mode;language` and, for chosen competences, their ids with spaces between them.
fn form(text: &str) -> Option<Form> {
    let parts: Vec<&str> = text.split([';', ',', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [bank, framework, mode, language, focus @ ..] = parts.as_slice() else { return None };
    let focus = focus.iter().flat_map(|ids| ids.split_whitespace()).map(|id| id.parse().ok()).collect::<Option<_>>()?;
    Some(Form {
        bank: (*bank).to_owned(),
        framework: (*framework).to_owned(),
        mode: Mode::named(mode)?,
        focus,
        language: language.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, String, String)> {
        let answers = Answers::parse(text).unwrap();
        answers.lines.into_iter().map(|(number, item, answer)| (number, item.to_string(), answer)).collect()
    }

    #[test]
    fn lines_are_understood_however_a_program_separates_them() {
        let expected = vec![(1, "1.1-02".to_owned(), "2".to_owned())];
        for text in ["1.1-02;2", "1.1-02,2\r\n", "\"1.1-02\";\"2\"", "1.1-02\t2", " 1.1-02 2 ", "1.1-02;2;;"] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
        assert_eq!(
            lines("# mine\n\n1.1-02;1 3\n1.1-03;\n"),
            [(3, "1.1-02".to_owned(), "1 3".to_owned()), (4, "1.1-03".to_owned(), String::new()),]
        );
    }

    #[test]
    fn the_first_line_says_the_form_and_is_read_as_it_was_printed() {
        for printed in
            ["form;general@0.1.0;digcomp@3.0.0;quick;fr", "form;general@0.1.0;digcomp@3.0.0;focus;en;1.1 4.2"]
        {
            let form = Answers::parse(printed).unwrap().form.unwrap();
            assert_eq!(form.to_string(), printed);
        }
        for wrong in ["form", "form;general;digcomp;quick", "form;general;digcomp;fast;fr"] {
            assert_eq!(Answers::parse(wrong), Err((1, PaperFault::Form)), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_line_is_named_with_its_number() {
        assert_eq!(Answers::parse("1.1-01;2\nétage;3"), Err((2, PaperFault::Item("étage".to_owned()))));
        let twice = PaperFault::Twice("1.1-01".parse().unwrap());
        assert_eq!(Answers::parse("1.1-01;2\n\n1.1-01;3"), Err((3, twice)));
    }
}
