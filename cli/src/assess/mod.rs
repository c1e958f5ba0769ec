//! `assess`: the questionnaire at a terminal.
//!
//! Begins or resumes, asks ([`sitting`]), and keeps what came of it ([`keep`]). What to ask and what it means is
//! the library's business.

pub(crate) mod engine;
mod keep;
pub(crate) mod keys;
pub(crate) mod picture;
mod reasons;
mod review;
mod sitting;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use skills_passport::assessment::{Assessment, MAX_ASSESSMENT_BYTES, Mode, Setting, parse};
use skills_passport::facade::{Engine, Failure, Question, StartRequest, Turn};
use skills_passport::id::CompetenceId;
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::lang::Lang;
use crate::output::paragraph;
use crate::paper::{Answers, Form, MAX_ANSWERS_BYTES, PaperFault};
use crate::results::{self, Names};
use crate::texts::Texts;
use crate::{Verdict, files, framework, system};
use keep::Target;
use sitting::{Left, Sitting};

/// The bank that is meant where none is named.
pub(crate) const DEFAULT_BANK: &str = "general";

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
While you answer, type:
  a number  your answer                  b  back to the question before
  ?         I don't know                 p  pause: save and leave
  x         skip the question            s  stop here and see your results
  w         why this question?           h  help
Some questions take several numbers (2 4), or a letter for each number (b a c). In French, r (retour) and
a (arrêter) work too. At the end, a few more questions are offered where they would make the results
clearer.

Examples:
  skills-passport assess
  skills-passport assess --lang fr --mode quick
  skills-passport assess --focus 1.1,4.2
  skills-passport assess --out marie.passport.json     Add the results to this passport, or make it
  skills-passport assess --resume marie.assessment.json
  skills-passport assess --from-paper answers.csv      Answers given on paper, see `bank print`

Files are written only when you pause or finish. Without --out, a new file is made, with a name like
skills-2026-11-22.passport.json. A file that is there is never replaced by another.")]
pub(crate) struct Args {
    /// Framework that the results are given in, like `digcomp` or `digcomp@2.2`
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
    /// Bank that the questions come from
    #[arg(long, value_name = "NAME", default_value = DEFAULT_BANK)]
    bank: String,
    /// Language [default: that of your system, or else English]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
    /// How long it takes [default: standard, or focus with --focus]
    #[arg(long, value_enum)]
    mode: Option<ModeName>,
    /// Only these competences, by number: 1.1,4.2
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', required_if_eq("mode", "focus"))]
    focus: Vec<CompetenceId>,
    /// Choose between equally good questions by this number instead of by chance
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u32>,
    /// Note that somebody helped you
    #[arg(long)]
    assisted: bool,
    /// The passport to make, or to add the results to
    #[arg(long, value_name = "FILE.passport.json")]
    out: Option<PathBuf>,
    /// Go on with a paused assessment
    #[arg(
        long,
        value_name = "FILE.assessment.json",
        conflicts_with_all = ["framework", "bank", "lang", "mode", "focus", "seed", "assisted"]
    )]
    resume: Option<PathBuf>,
    /// Take the answers of a printed questionnaire from a file (`-`: from the input): item id, `;`, answer
    #[arg(long, value_name = "FILE", conflicts_with_all = ["resume", "seed"])]
    from_paper: Option<PathBuf>,
}

/// The library's modes, with words for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeName {
    /// Ten questions: a first idea
    Quick,
    /// At most 30 questions
    Standard,
    /// Until every result is fairly sure: at most 84 questions
    Thorough,
    /// Only the competences of --focus
    Focus,
}

impl From<ModeName> for Mode {
    fn from(name: ModeName) -> Self {
        match name {
            ModeName::Quick => Self::Quick,
            ModeName::Standard => Self::Standard,
            ModeName::Thorough => Self::Thorough,
            ModeName::Focus => Self::Focus,
        }
    }
}

/// An assessment that has begun.
struct Begun {
    engine: Engine,
    turn: Turn,
    lang: Lang,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let target = Target::find(self.out.as_deref())?;
        let Begun { engine, turn, lang } = match &self.resume {
            Some(file) => resume(file)?,
            None => match &self.from_paper {
                Some(file) => self.read_paper(file)?,
                None => self.start()?,
            },
        };
        if self.from_paper.is_some() && !turn.assessment.answers.iter().any(|answer| answer.response.is_answer()) {
            paragraph(out, Texts::of(lang).sitting.nothing_answered, 0)?;
            return Ok(Verdict::Fine);
        }
        target.refuse_twice(turn.assessment.setting.id)?;
        let texts = Texts::of(lang);
        let keeper = keep::Keeper { engine: &engine, target: &target, resumed: self.resume.as_deref(), texts };
        let language = turn.assessment.setting.language.clone();
        let names = Names::new(Some(engine.instrument().framework()), Some(&language));
        let mut sitting = Sitting::new(&engine, texts, names, turn);
        let ran = match self.from_paper {
            // Everything was answered already.
            Some(_) => Ok(Left::Finished),
            None => sitting.run(out, &mut io::stdin().lock()),
        };
        let left = match ran {
            Ok(left) => left,
            // Nobody can see the questions any more, but the answers are worth keeping.
            Err(error) => return Err(keeper.rescue(sitting.assessment(), error)),
        };
        let assessment = sitting.into_assessment();
        match left {
            _ if assessment.answers.is_empty() => paragraph(out, texts.sitting.nothing_answered, 0)?,
            Left::Paused => keeper.pause(out, &assessment)?,
            Left::Finished => {
                // Saved before they are shown, and shown even if they cannot be saved.
                let saved = keeper.finish(&assessment);
                let shown = report(out, &engine, &assessment, &names, texts);
                let saved = saved?;
                shown?;
                keeper.say_saved(out, &saved)?;
            }
        }
        Ok(Verdict::Fine)
    }

    fn start(&self) -> Result<Begun, CliError> {
        let lang = self.lang.unwrap_or_else(Lang::of_environment);
        let no_texts = || CliError::NoTexts { name: self.bank.clone(), language: lang.tag().to_owned() };
        let language = lang.language().ok_or_else(no_texts)?;
        let engine = engine::load(&Library::shipped(), &self.framework, &self.bank, &language)?;
        let request = StartRequest {
            mode: self.mode(),
            focus: self.focus.clone(),
            language,
            seed: self.seed.map_or_else(system::new_seed, Ok)?,
            id: system::new_id()?,
            started: system::now()?,
            assisted: self.assisted,
        };
        let turn = engine.start(request).map_err(CliError::Refused)?;
        Ok(Begun { engine, turn, lang })
    }
}

impl Args {
    /// Takes the answers that were given on paper.
    fn read_paper(&self, file: &Path) -> Result<Begun, CliError> {
        let text = match file.to_str() {
            Some("-") => files::read_input(MAX_ANSWERS_BYTES)?,
            _ => files::read(file, MAX_ANSWERS_BYTES)?,
        };
        let refused = |line: usize, fault: PaperFault| CliError::Paper { file: file.to_owned(), line, fault };
        let answers = Answers::parse(&text).map_err(|(line, fault)| refused(line, fault))?;
        let form = match &answers.form {
            Some(form) => form.clone(),
            None => self.form()?,
        };
        let engine = engine::load(&Library::shipped(), &form.framework, &form.bank, &form.language)?;
        let lang = Lang::of(&form.language).unwrap_or(Lang::En);
        let setting = Setting {
            id: system::new_id()?,
            language: form.language.clone(),
            seed: 0,
            started: system::now()?,
            assisted: self.assisted,
        };
        let begun = engine.instrument().start(form.plan(&engine), setting);
        let begun = begun.map_err(|error| CliError::Refused(error.into()))?;
        let turn = engine.resume(begun).map_err(CliError::Refused)?;
        let texts = Texts::of(lang);
        let how = |question: &Question| (texts.sitting.how)(sitting::asked(question));
        let turn = answers.give(&engine, turn, &texts.keys, &how, &refused)?;
        Ok(Begun { engine, turn, lang })
    }

    /// What the arguments say, where the paper says nothing.
    fn form(&self) -> Result<Form, CliError> {
        let lang = self.lang.unwrap_or_else(Lang::of_environment);
        let no_texts = || CliError::NoTexts { name: self.bank.clone(), language: lang.tag().to_owned() };
        Ok(Form {
            bank: self.bank.clone(),
            framework: self.framework.clone(),
            mode: self.mode(),
            focus: self.focus.clone(),
            language: lang.language().ok_or_else(no_texts)?,
        })
    }

    fn mode(&self) -> Mode {
        let by_default = if self.focus.is_empty() { Mode::Standard } else { Mode::Focus };
        self.mode.map_or(by_default, Mode::from)
    }
}

fn report(
    out: &mut dyn Write,
    engine: &Engine,
    assessment: &Assessment,
    names: &Names<'_>,
    texts: &Texts,
) -> Result<(), CliError> {
    let profile = engine.profile(assessment).map_err(CliError::Refused)?;
    writeln!(out)?;
    results::write(out, texts.results.title, &profile, names, texts)?;
    review::write(out, &engine.review(assessment).map_err(CliError::Refused)?, texts)?;
    writeln!(out)?;
    Ok(())
}

fn resume(file: &Path) -> Result<Begun, CliError> {
    let text = files::read(file, MAX_ASSESSMENT_BYTES)?;
    let assessment = parse(&text).map_err(|error| CliError::content(file, error))?;
    let (framework, bank) = (assessment.framework.to_string(), assessment.bank.to_string());
    let language = assessment.setting.language.clone();
    let engine = engine::load(&Library::shipped(), &framework, &bank, &language).map_err(|error| match error {
        // The file is the reason why this version was looked for.
        CliError::Load(missing) => {
            let (code, message) = (missing.code().to_owned(), missing.to_string());
            CliError::content(file, Failure { code, message, path: "/bank".to_owned() })
        }
        other => other,
    })?;
    let turn = engine.resume(assessment).map_err(|failure: Failure| CliError::content(file, failure))?;
    Ok(Begun { engine, turn, lang: Lang::of(&language).unwrap_or(Lang::En) })
}
