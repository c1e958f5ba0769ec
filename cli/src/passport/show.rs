//! `passport show`.

use std::io::Write;
use std::path::{Path, PathBuf};

use skills_passport::facade::{AssessmentSummary, PassportContents, show_passport};
use skills_passport::framework::{Framework, FrameworkReference};
use skills_passport::passport::MAX_PASSPORT_BYTES;
use skills_passport_frameworks::Library;

use super::{Answer, translate};
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::{self, BOLD, columns_of, paragraph, quoted};
use crate::results::{self, Names};
use crate::system::date_in_words;
use crate::texts::Texts;
use crate::{Verdict, files};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport passport show marie.passport.json
  skills-passport passport show marie.passport.json --lang fr
  skills-passport passport show marie.passport.json --json
  skills-passport passport show marie.passport.json --as esco

With --json, an error is {\"error\":{\"code\",\"message\",\"path\"}} on standard output, with exit code 1;
`path` is the file, then `#` and a JSON pointer where the place in the file is known.")]
pub(crate) struct Args {
    /// The passport, a file like `marie.passport.json`
    file: PathBuf,
    /// In the terms of another scheme: esco, pix, clea-numerique, lamednum-services, coop-themes, coop-autonomy,
    /// coop-workshop-levels or six-levels
    #[arg(long = "as", value_name = "SCHEME")]
    scheme: Option<String>,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let text = files::read(&self.file, MAX_PASSPORT_BYTES)?;
        let view = show_passport(&text).map_err(|failure| CliError::content(&self.file, failure))?;
        if let Some(scheme) = &self.scheme {
            return translate::run(out, &view.summary, scheme, self.answer.lang(), self.answer.json);
        }
        if self.answer.json {
            output::json(out, &view)?;
        } else {
            show(out, &self.file, &view, self.answer.lang())?;
        }
        Ok(Verdict::Fine)
    }
}

fn show(out: &mut dyn Write, file: &Path, view: &PassportContents, lang: Lang) -> Result<(), CliError> {
    let texts = Texts::of(lang);
    let words = &texts.passport;
    let passport = &view.summary;
    writeln!(out, "{BOLD}{}{BOLD:#} {}", words.title, quoted(&file.display().to_string()))?;
    if let Some(name) = &view.name {
        writeln!(out, "{}", (texts.records.name)(&quoted(name)))?;
    }
    writeln!(out, "{}", (words.created)(&date_in_words(&passport.created, texts)))?;
    let shown = passport.assessments.len() + view.results.len();
    writeln!(out, "{}", (words.assessments)(shown))?;
    let library = Library::shipped();
    columns_of(out, &lines(view, &library, lang, texts))?;
    others(out, view, &library, lang, texts)?;
    let Some(last) = passport.assessments.last() else { return Ok(()) };
    let framework = framework_of(&library, last);
    let names = Names::new(framework.as_ref(), lang.language().as_ref());
    writeln!(out)?;
    results::write(out, &(words.last)(&date_in_words(&last.at, texts)), &last.profile, &names, texts)?;
    if framework.is_none() {
        paragraph(out, &(texts.results.unknown_framework)(&last.framework.to_string()), 0)?;
    }
    Ok(())
}

/// A line for each assessment and each shared result.
fn lines(view: &PassportContents, library: &Library, lang: Lang, texts: &Texts) -> Vec<Vec<String>> {
    let name_of = |reference: &FrameworkReference| {
        let framework = library.framework(&reference.to_string()).ok();
        Names::new(framework.as_ref(), lang.language().as_ref()).framework(reference)
    };
    let own = view.summary.assessments.iter().map(|assessment| {
        vec![
            date_in_words(&assessment.at, texts),
            name_of(&assessment.framework),
            (texts.passport.mode)(assessment.mode).to_owned(),
            (texts.passport.answers)(assessment.profile.answered),
        ]
    });
    let shared = view.results.iter().map(|result| {
        let mode = (texts.passport.mode)(result.mode);
        let answers = result.areas.iter().map(|area| area.estimate.answers).fold(0, u16::saturating_add);
        vec![
            date_in_words(&result.at, texts),
            name_of(&result.framework),
            format!("{mode}, {}", texts.records.shared),
            (texts.passport.answers)(answers),
        ]
    });
    own.chain(shared).collect()
}

/// Goals, courses, and how many notes and signed documents there are.
fn others(
    out: &mut dyn Write,
    view: &PassportContents,
    library: &Library,
    lang: Lang,
    texts: &Texts,
) -> Result<(), CliError> {
    let words = &texts.records;
    for goal in &view.goals {
        let framework = library.framework(&goal.framework.to_string()).ok();
        let competence = Names::new(framework.as_ref(), lang.language().as_ref()).competence(&goal.competence);
        let by = goal.by.as_ref().map(|by| date_in_words(by, texts));
        paragraph(out, &(words.goal)(&competence, goal.level.number(), by.as_deref()), 0)?;
    }
    for course in &view.courses {
        let provider = course.provider.as_deref().map(quoted);
        paragraph(out, &(words.course)(&quoted(&course.title), provider.as_deref()), 0)?;
    }
    for (count, say) in [(view.attestations, words.badges), (view.notes, words.notes)] {
        if count > 0 {
            writeln!(out, "{}", say(count))?;
        }
    }
    Ok(())
}

/// The framework of an assessment. A passport may well speak of one that this program does not have.
fn framework_of(library: &Library, assessment: &AssessmentSummary) -> Option<Framework> {
    library.framework(&assessment.framework.to_string()).ok()
}
