//! Asking, question by question. Holds the library's [`Turn`] and what is shown of it; decides nothing.

use std::io::{self, BufRead, IsTerminal as _, Write};

use skills_passport::assessment::Assessment;
use skills_passport::bank::{ItemKindName, Response};
use skills_passport::facade::{AnswerRequest, Engine, Question, Turn};

use super::keys::{Typed, letter, read_line, typed, understand};
use super::picture;
use super::reasons;
use crate::error::CliError;
use crate::output::{BOLD, numbered, paragraph, quoted};
use crate::results::Names;
use crate::texts::{Asked, Key, Texts};

/// How a sitting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// To go on later.
    Paused,
    /// With results.
    Finished,
}

/// What a person wants at a question.
enum Wish {
    Answer(Response),
    Back,
    Pause,
    Stop,
}

/// A sitting under way.
pub(super) struct Sitting<'a> {
    engine: &'a Engine,
    texts: &'a Texts,
    names: Names<'a>,
    turn: Turn,
}

impl<'a> Sitting<'a> {
    pub(super) fn new(engine: &'a Engine, texts: &'a Texts, names: Names<'a>, turn: Turn) -> Self {
        Self { engine, texts, names, turn }
    }

    /// The answers so far.
    pub(super) fn assessment(&self) -> &Assessment {
        &self.turn.assessment
    }

    pub(super) fn into_assessment(self) -> Assessment {
        self.turn.assessment
    }

    /// Asks until the library, the person or the input ends it.
    pub(super) fn run(&mut self, out: &mut dyn Write, input: &mut dyn BufRead) -> Result<Left, CliError> {
        let words = &self.texts.sitting;
        self.welcome(out)?;
        loop {
            let Some(question) = self.turn.question.clone() else {
                writeln!(out)?;
                if let Some(ending) = self.turn.ending {
                    paragraph(out, (words.ending)(ending), 0)?;
                }
                if self.goes_on(out, input)? {
                    continue;
                }
                return Ok(Left::Finished);
            };
            self.show(out, &question)?;
            match self.ask(out, input, &question)? {
                Wish::Answer(response) => {
                    let request =
                        AnswerRequest { assessment: self.turn.assessment.clone(), item: question.item, response };
                    self.turn = self.engine.answer(request).map_err(CliError::Refused)?;
                }
                Wish::Back => {
                    self.turn = self.engine.undo(self.turn.assessment.clone()).map_err(CliError::Refused)?;
                }
                Wish::Pause => return Ok(Left::Paused),
                Wish::Stop => {
                    if self.turn.assessment.answers.is_empty() {
                        return Ok(Left::Finished);
                    }
                    paragraph(out, words.stopped, 0)?;
                    if !self.goes_on(out, input)? {
                        return Ok(Left::Finished);
                    }
                }
            }
        }
    }

    /// Offers more questions where they are worth it. Whether the person goes on; no input means no.
    fn goes_on(&mut self, out: &mut dyn Write, input: &mut dyn BufRead) -> Result<bool, CliError> {
        let assessment = &self.turn.assessment;
        let outlook = self.engine.outlook(assessment, reasons::MORE).map_err(CliError::Refused)?;
        let Some(outlook) = outlook else { return Ok(false) };
        writeln!(out)?;
        reasons::outlook(out, &outlook, &self.names, self.texts)?;
        let words = &self.texts.reasons;
        let yes = words.yes.first().copied().unwrap_or_default();
        write!(out, "{}", (words.go_on)(outlook.questions, yes))?;
        out.flush()?;
        let line = read_line(input).unwrap_or_default();
        if line.is_none() || !io::stdin().is_terminal() {
            writeln!(out)?;
        }
        let goes_on = line.is_some_and(|line| words.yes.contains(&line.trim().to_lowercase().as_str()));
        if goes_on && outlook.mode != assessment.plan.mode {
            self.turn = self.engine.lengthen(assessment, outlook.mode).map_err(CliError::Refused)?;
        }
        Ok(goes_on)
    }

    fn welcome(&self, out: &mut dyn Write) -> io::Result<()> {
        let words = &self.texts.sitting;
        writeln!(out, "{BOLD}{}{BOLD:#}\n", words.title)?;
        let progress = self.turn.progress;
        if progress.answered > 0 {
            paragraph(out, &(words.welcome_back)(progress.answered), 0)?;
        } else {
            let framework = self.names.framework(&self.turn.assessment.framework);
            paragraph(out, &(words.intro)(&framework, progress.at_most), 0)?;
            paragraph(out, words.no_marks, 0)?;
        }
        paragraph(out, &(words.in_memory)(self.texts.keys.pause.shown()), 0)?;
        paragraph(out, self.texts.results.use_of_it, 0)?;
        writeln!(out)?;
        self.help(out)
    }

    fn help(&self, out: &mut dyn Write) -> io::Result<()> {
        let keys = &self.texts.keys;
        numbered(out, "1", keys.number)?;
        let all: [&Key; 7] = [&keys.dont_know, &keys.skip, &keys.back, &keys.pause, &keys.stop, &keys.why, &keys.help];
        all.iter().try_for_each(|key| numbered(out, key.shown(), key.meaning))
    }

    fn show(&self, out: &mut dyn Write, question: &Question) -> io::Result<()> {
        let words = &self.texts.sitting;
        let progress = self.turn.progress;
        let heading = (words.progress)(progress.answered.saturating_add(1), progress.at_most);
        writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
        writeln!(out, "{}\n", (words.about)(&self.names.competence(&question.competence)))?;
        if let Some(situation) = &question.situation {
            paragraph(out, situation, 0)?;
            writeln!(out)?;
        }
        if let Some(picture) = &question.picture {
            picture::write(out, picture, &self.texts.picture)?;
            writeln!(out)?;
        }
        paragraph(out, &question.stem, 0)?;
        if let Some(prompt) = &question.prompt {
            paragraph(out, prompt, 0)?;
        }
        writeln!(out)?;
        let labels = question.answers.iter().map(|answer| &answer.label);
        let labels = labels.chain(question.options.iter().map(|option| &option.label));
        for (number, label) in (1..).zip(labels) {
            numbered(out, &number.to_string(), label)?;
        }
        if !question.targets.is_empty() {
            writeln!(out)?;
            paragraph(out, words.targets, 0)?;
        }
        for (position, target) in question.targets.iter().enumerate() {
            numbered(out, &letter(position).to_string(), &target.label)?;
        }
        numbered(out, self.texts.keys.dont_know.shown(), words.dont_know)?;
        writeln!(out)?;
        if let Some(before) = &self.turn.undone {
            paragraph(out, &(words.before)(&self.given(question, before)), 0)?;
        }
        Ok(())
    }

    /// A response as it would be typed, and for one answer in words too.
    fn given(&self, question: &Question, response: &Response) -> String {
        match response {
            Response::Skipped => self.texts.sitting.skipped.to_owned(),
            Response::DontKnow => self.texts.sitting.dont_know.to_owned(),
            _ => match question.answers.iter().find(|answer| answer.response == *response) {
                Some(answer) => format!("{}. {}", typed(question, response), answer.label),
                None => typed(question, response),
            },
        }
    }

    /// Prompts until something is typed that can be done.
    fn ask(&self, out: &mut dyn Write, input: &mut dyn BufRead, question: &Question) -> Result<Wish, CliError> {
        let (words, keys) = (&self.texts.sitting, &self.texts.keys);
        let how = (words.how)(asked(question));
        loop {
            write!(out, "{}", (words.prompt)(&how, keys.help.shown()))?;
            out.flush()?;
            // Input that breaks off is input that ends: what was answered is saved either way.
            let line = read_line(input).unwrap_or_default();
            // Where nobody types, nobody has ended the line of the prompt.
            if line.is_none() || !io::stdin().is_terminal() {
                writeln!(out)?;
            }
            let Some(line) = line else {
                paragraph(out, words.input_ended, 0)?;
                return Ok(Wish::Pause);
            };
            match understand(&line, question, keys) {
                Typed::Answer(response) => return Ok(Wish::Answer(response)),
                Typed::Back if self.turn.assessment.answers.is_empty() => {
                    paragraph(out, words.no_question_before, 0)?;
                }
                Typed::Back => return Ok(Wish::Back),
                Typed::Pause => return Ok(Wish::Pause),
                Typed::Stop => return Ok(Wish::Stop),
                Typed::Why => {
                    if let Some(reason) = self.engine.why(&self.turn.assessment).map_err(CliError::Refused)? {
                        reasons::why(out, &reason, self.texts)?;
                    }
                }
                Typed::Help => self.help(out)?,
                Typed::Unclear => {
                    paragraph(out, &(words.not_understood)(&quoted(line.trim()), &how, keys.help.shown()), 0)?;
                }
            }
        }
    }
}

/// What is asked for.
pub(super) fn asked(question: &Question) -> Asked {
    let options = question.options.len();
    match question.kind {
        ItemKindName::Graded | ItemKindName::Choice => Asked::One { highest: question.answers.len() },
        ItemKindName::Multiple => Asked::Some { choose: usize::from(question.choose.unwrap_or_default()) },
        ItemKindName::Ordering => Asked::Order { options },
        ItemKindName::Matching => Asked::Match { options },
    }
}
