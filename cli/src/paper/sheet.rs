//! The printed sheet: one HTML file without script and without anything to fetch, A4, black and white, and the key on a page
//! of its own.

use std::fmt::{self, Write};

use skills_passport::bank::{ItemKindName, Picture, PictureRole, Response};
use skills_passport::facade::{Engine, Labelled, Question};
use skills_passport::id::OptionId;

use super::Form;
use crate::assess::keys::{letter, typed};
use crate::assess::picture;
use crate::error::CliError;
use crate::output::escaped;
use crate::results::Names;
use crate::texts::{PaperWords, Texts};

const STYLE: &str = "\
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 178mm; font: 12pt/1.45 Arial, Helvetica, sans-serif; color: #000; background: #fff; }
h1 { font-size: 18pt; margin: 0 0 3mm; }
h2 { font-size: 12pt; margin: 0 0 2mm; display: flex; justify-content: space-between; gap: 4mm; }
p, ul, ol, table { margin: 0 0 2.5mm; }
ul, ol { padding: 0; list-style: none; }
.fill { border: 1pt solid #000; padding: 3mm; }
.question { break-inside: avoid; border-top: 1.2pt solid #000; padding: 4mm 0 2mm; }
.about { font-size: 10pt; }
.id { white-space: nowrap; }
.stem { font-weight: bold; }
li { display: flex; gap: 3mm; align-items: flex-start; margin: 0 0 2mm; }
.short { display: grid; grid-template-columns: 1fr 1fr; column-gap: 5mm; }
.box { flex: none; display: inline-block; width: 7mm; height: 7mm; border: 1.2pt solid #000; }
.round { border-radius: 50%; }
.order { display: flex; gap: 4mm; align-items: center; flex-wrap: wrap; }
.picture { border: 1pt solid #000; padding: 3mm; margin: 0 0 3mm; break-inside: avoid; }
.picture p { margin: 0 0 1mm; }
.picture table { border-collapse: collapse; }
.picture td, .key td, .key th { border: 1pt solid #000; padding: 1mm 2.5mm; text-align: left; vertical-align: top; }
.key { break-before: page; }
.key table { border-collapse: collapse; font-size: 10pt; width: 100%; }
.key tr { break-inside: avoid; }
code { font-family: 'Courier New', monospace; font-size: 10pt; }
";

/// Options of at most so many characters stand two in a line.
const SHORT: usize = 34;

/// The whole document.
pub(crate) fn sheet(engine: &Engine, form: &Form, texts: &Texts) -> Result<String, CliError> {
    let form = form.exact(engine);
    let questions = form.questions(engine)?;
    let names = Names::new(Some(engine.instrument().framework()), Some(&form.language));
    let sheet = Sheet { engine, form: &form, questions: &questions, names: &names, texts, words: &texts.paper };
    let mut html = String::new();
    // Writing to a text does not fail.
    sheet.write(&mut html).map_err(|_| CliError::Output(std::io::Error::other("the sheet cannot be written")))?;
    Ok(html)
}

struct Sheet<'a> {
    engine: &'a Engine,
    form: &'a Form,
    questions: &'a [Question],
    names: &'a Names<'a>,
    texts: &'a Texts,
    words: &'a PaperWords,
}

impl Sheet<'_> {
    fn write(&self, html: &mut String) -> fmt::Result {
        let (words, count) = (self.words, self.questions.len());
        let title = escaped(words.title);
        writeln!(html, "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>", self.form.language)?;
        writeln!(html, "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">")?;
        writeln!(html, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>")?;
        for line in words.intro {
            writeln!(html, "<p>{}</p>", escaped(line))?;
        }
        writeln!(html, "<p>{}</p>", escaped(self.texts.results.use_of_it))?;
        writeln!(html, "<p class=\"fill\">{}</p>", escaped(words.fill))?;
        for (number, question) in (1..).zip(self.questions) {
            self.question(html, question, number, count)?;
        }
        writeln!(html, "</main>")?;
        self.key(html)?;
        writeln!(html, "</body>\n</html>")
    }

    fn question(&self, html: &mut String, question: &Question, number: usize, count: usize) -> fmt::Result {
        let words = self.words;
        let heading = escaped(&(words.question)(number, count));
        writeln!(html, "<section class=\"question\">\n<h2><span>{heading}</span>")?;
        writeln!(html, "<span class=\"id\">{}</span></h2>", question.item)?;
        writeln!(html, "<p class=\"about\">{}</p>", escaped(&self.names.competence(&question.competence)))?;
        if let Some(situation) = &question.situation {
            writeln!(html, "<p>{}</p>", escaped(situation))?;
        }
        if let Some(picture) = &question.picture {
            self.picture(html, picture)?;
        }
        writeln!(html, "<p class=\"stem\">{}</p>", escaped(&question.stem))?;
        let how = match question.kind {
            ItemKindName::Graded | ItemKindName::Choice => words.tick_one.to_owned(),
            ItemKindName::Multiple => (words.tick_some)(usize::from(question.choose.unwrap_or_default())),
            ItemKindName::Ordering => words.order.to_owned(),
            ItemKindName::Matching => words.matching.to_owned(),
        };
        let prompt = question.prompt.as_ref().map(|prompt| format!("{prompt} ")).unwrap_or_default();
        let labels = question.answers.iter().map(|answer| &answer.label);
        let labels: Vec<&String> = labels.chain(question.options.iter().map(|option| &option.label)).collect();
        // Short ones stand side by side: a sheet of ten questions should not be a book.
        let short = labels.iter().all(|label| label.chars().count() <= SHORT);
        let class = if short { " class=\"short\"" } else { "" };
        writeln!(html, "<p>{}</p>\n<ul{class}>", escaped(&format!("{prompt}{how}")))?;
        // Where numbers are to be written in order, they are not ticked.
        let is_box = question.kind != ItemKindName::Ordering;
        for (number, label) in (1..).zip(labels) {
            let mark = if is_box { "<span class=\"box\"></span>" } else { "" };
            writeln!(html, "<li>{mark}<span>{number}. {}</span></li>", escaped(label))?;
        }
        writeln!(html, "</ul>")?;
        if question.kind == ItemKindName::Ordering {
            let boxes = vec!["<span class=\"box\"></span>"; question.options.len()].join(" → ");
            writeln!(html, "<p class=\"order\">{boxes}</p>")?;
        }
        if !question.targets.is_empty() {
            writeln!(html, "<p>{}</p>\n<ul>", escaped(self.texts.sitting.targets))?;
            for (position, target) in question.targets.iter().enumerate() {
                writeln!(html, "<li><span>{}. {}</span></li>", letter(position), escaped(&target.label))?;
            }
            writeln!(html, "</ul>")?;
        }
        let dont_know = escaped(self.texts.sitting.dont_know);
        writeln!(html, "<ul><li><span class=\"box round\"></span><span>? {dont_know}</span></li></ul>\n</section>")
    }

    fn picture(&self, html: &mut String, picture: &Picture) -> fmt::Result {
        let words = &self.texts.picture;
        writeln!(html, "<div class=\"picture\">\n<p class=\"about\">{}</p>", escaped((words.kind)(picture.kind)))?;
        let mut in_table = false;
        for part in &picture.parts {
            let is_row = matches!(part.role, PictureRole::Columns | PictureRole::Row);
            match (in_table, is_row) {
                (false, true) => writeln!(html, "<table>")?,
                (true, false) => writeln!(html, "</table>")?,
                _ => {}
            }
            in_table = is_row;
            if is_row {
                let cells: String = part.cells().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
                writeln!(html, "<tr>{cells}</tr>")?;
            } else {
                writeln!(html, "<p>{}</p>", escaped(&picture::line(part, words)))?;
            }
        }
        writeln!(html, "{}</div>", if in_table { "</table>\n" } else { "" })
    }

    fn key(&self, html: &mut String) -> fmt::Result {
        let words = self.words;
        writeln!(
            html,
            "<section class=\"key\">\n<h1>{}</h1>\n<p>{}</p>",
            escaped(words.key),
            escaped(words.key_intro)
        )?;
        let [item, answer, meaning] = words.columns.map(escaped);
        writeln!(html, "<table>\n<tr><th>{item}</th><th>{answer}</th><th>{meaning}</th></tr>")?;
        for question in self.questions {
            let right = self.right(question);
            let code = right.as_ref().map(|right| typed(question, right)).unwrap_or_default();
            let meaning = match &right {
                Some(right) => meaning_of(question, right),
                None => (words.rating)(question.answers.len()),
            };
            writeln!(
                html,
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                question.item,
                escaped(&code),
                escaped(&meaning)
            )?;
        }
        writeln!(html, "</table>\n<h2>{}</h2>", escaped(words.typing))?;
        for line in words.typing_intro {
            writeln!(html, "<p>{}</p>", escaped(line))?;
        }
        writeln!(html, "<p><code>{}</code></p>", escaped(&self.form.to_string()))?;
        if let Some(first) = self.questions.first() {
            writeln!(html, "<p><code>{};2</code></p>", first.item)?;
        }
        writeln!(html, "<p><code>skills-passport assess --from-paper answers.csv</code></p>\n</section>")
    }

    /// The right response; none to a statement.
    fn right(&self, question: &Question) -> Option<Response> {
        let (_, item) = self.engine.instrument().bank().item(&question.item)?;
        item.response_of(item.highest_category()).filter(|_| item.has_right_answer())
    }
}

/// A response in the words of the question.
fn meaning_of(question: &Question, response: &Response) -> String {
    let option =
        |id: &OptionId| question.options.iter().find(|option| option.id == *id).map(|option| option.label.clone());
    let parts: Vec<String> = match response {
        Response::Multiple { options } | Response::Ordering { options } => options.iter().filter_map(option).collect(),
        Response::Matching { matches } => {
            let target = |id: &OptionId| question.targets.iter().find(|target| Some(&target.id) == matches.get(id));
            let line =
                |option: &Labelled| target(&option.id).map(|target| format!("{} → {}", option.label, target.label));
            question.options.iter().filter_map(line).collect()
        }
        _ => {
            let given = question.answers.iter().filter(|answer| answer.response == *response);
            given.map(|answer| answer.label.clone()).collect()
        }
    };
    parts.join(" / ")
}
