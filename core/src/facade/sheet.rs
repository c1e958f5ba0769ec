//! The first question without an engine: what a browser downloads before all else.
//!
//! What a sitting opens with depends on its seed alone, as long as it is about every competence. So the few items that it
//! can open with are found when the files are made, and a [`Sheet`] holds their words, and what the first screens say. It is
//! a text of lines with tabs between their fields, read with a fraction of the code that an [`Engine`] needs; the engine
//! comes while the person reads, finds the same question, and takes its answer.
//!
//! ```text
//! sheet-1 digcomp 3.0.0 general 0.2.0 ‹SHA-256 of the bank› en
//! words   DigComp 3.0. ‹whose words the names are›
//! skill   1       1.1     ‹items of it›   ‹seconds of all these›  ‹name›
//! opening ‹item›  graded  1.1     ‹situation›     ‹statement›     ‹prompt›        ‹answer›        …
//! opening ‹item›  choice  1.1     ‹situation›     ‹question›              ‹option›        ‹label› …
//! opening ‹item, where only an engine can ask it›
//! end
//! ```

use std::fmt::Write as _;

use semver::Version;
use thiserror::Error;

use super::{Engine, Failure, PossibleAnswer, Question, StartRequest, Turn};
use crate::assessment::{Assessment, FORMAT, Instrument, Length, Mode, Plan, Progress, Setting, drawn};
use crate::bank::{BankReference, ItemKindName, Response};
use crate::framework::{FrameworkReference, FrameworkText, descriptors_file_name};
use crate::id::{AreaId, CompetenceId, ItemId, Language};

const SHEET: &str = "sheet-1";
const NAMES: &str = "names-1";
const END: &str = "end";
/// The modes that are about every competence.
const OPEN_MODES: [Mode; 3] = [Mode::Quick, Mode::Standard, Mode::Thorough];

/// A sheet that cannot be used: cut off, damaged, of another version, or names of another framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {line} of the sheet is not what it should be: fetch the file of this build again")]
pub struct SheetError {
    /// The line, from 1.
    pub line: usize,
}

impl From<SheetError> for Failure {
    fn from(error: SheetError) -> Self {
        Self { code: "wrong-shape".to_owned(), message: error.to_string(), path: format!("line {}", error.line) }
    }
}

/// What is known before the engine is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    framework: FrameworkReference,
    bank: BankReference,
    language: Language,
    /// The language of the names, where that is another one.
    named_in: Option<Language>,
    words: String,
    skills: Vec<Skill>,
    openings: Vec<Option<Question>>,
}

/// A competence on a sheet.
#[derive(Debug, Clone, PartialEq)]
struct Skill {
    area: AreaId,
    id: CompetenceId,
    items: u16,
    seconds: u32,
    name: String,
}

impl Sheet {
    /// Reads a sheet.
    ///
    /// # Errors
    /// If the text is not one, naming the line.
    pub fn read(text: &str) -> Result<Self, SheetError> {
        let mut lines = (1..).zip(text.lines());
        let first = lines.next().and_then(|(_, line)| head(line)).ok_or(SheetError { line: 1 })?;
        let (framework, bank, language) = first;
        let mut sheet = Self {
            framework,
            bank,
            language,
            named_in: None,
            words: String::new(),
            skills: Vec::new(),
            openings: Vec::new(),
        };
        let mut last = 1;
        for (line, text) in lines {
            last = line;
            if text == END {
                return Ok(sheet);
            }
            sheet.take(text).ok_or(SheetError { line })?;
        }
        Err(SheetError { line: last + 1 })
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once('\t')?;
        let mut fields = rest.split('\t');
        match kind {
            "words" => self.words = rest.to_owned(),
            "skill" => self.skills.push(Skill {
                area: fields.next()?.parse().ok()?,
                id: fields.next()?.parse().ok()?,
                items: fields.next()?.parse().ok()?,
                seconds: fields.next()?.parse().ok()?,
                name: fields.next()?.to_owned(),
            }),
            "opening" => {
                let item: ItemId = fields.next()?.parse().ok()?;
                let question = match fields.next() {
                    Some(kind) => Some(self.question(item, kind, &mut fields)?),
                    None => None,
                };
                self.openings.push(question);
            }
            _ => return None,
        }
        Some(())
    }

    fn question<'a>(&self, item: ItemId, kind: &str, fields: &mut impl Iterator<Item = &'a str>) -> Option<Question> {
        let competence: CompetenceId = fields.next()?.parse().ok()?;
        let area = self.skills.iter().find(|skill| skill.id == competence)?.area.clone();
        let mut text = || fields.next().map(str::to_owned);
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let (situation, stem, prompt) = (some(text()?), text()?, some(text()?));
        let mut answers = Vec::new();
        let kind = match kind {
            "graded" => {
                for (answer, label) in (0..).zip(fields) {
                    answers.push(PossibleAnswer { response: Response::Graded { answer }, label: label.to_owned() });
                }
                ItemKindName::Graded
            }
            "choice" => {
                while let Some(option) = fields.next() {
                    let (option, label) = (option.parse().ok()?, fields.next()?.to_owned());
                    answers.push(PossibleAnswer { response: Response::Choice { option }, label });
                }
                ItemKindName::Choice
            }
            _ => return None,
        };
        let (picture, choose) = (None, None);
        let (options, targets) = (Vec::new(), Vec::new());
        Some(Question {
            item,
            kind,
            competence,
            area,
            situation,
            picture,
            stem,
            prompt,
            answers,
            options,
            choose,
            targets,
        })
    }

    /// Says the names in another language: the text that [`name_lines`] makes.
    ///
    /// # Errors
    /// If it is damaged or of another framework; the sheet then stays as it was.
    pub fn add_names(&mut self, text: &str) -> Result<(), SheetError> {
        let mut named = self.clone();
        let mut lines = (1..).zip(text.lines());
        let first = lines.next().and_then(|(_, line)| self.names_head(line));
        named.named_in = Some(first.ok_or(SheetError { line: 1 })?);
        let mut last = 1;
        for (line, text) in lines {
            last = line;
            if text == END {
                *self = named;
                return Ok(());
            }
            let (kind, rest) = text.split_once('\t').ok_or(SheetError { line })?;
            if kind == "words" {
                rest.clone_into(&mut named.words);
                continue;
            }
            let skill = named.skills.iter_mut().find(|skill| skill.id.as_str() == kind);
            rest.clone_into(&mut skill.ok_or(SheetError { line })?.name);
        }
        Err(SheetError { line: last + 1 })
    }

    /// `names-1`, framework, its version, language.
    fn names_head(&self, line: &str) -> Option<Language> {
        let head = [NAMES, self.framework.id.as_str(), &self.framework.version.to_string(), ""].join(" ");
        line.strip_prefix(&head)?.parse().ok()
    }

    /// The framework that results are given in.
    #[must_use]
    pub fn framework(&self) -> &FrameworkReference {
        &self.framework
    }

    /// The bank that the questions are of.
    #[must_use]
    pub fn bank(&self) -> &BankReference {
        &self.bank
    }

    /// The language of the questions.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// What the framework is called, and whose words its names are.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The competences in the order of the framework.
    pub fn competences(&self) -> impl Iterator<Item = &CompetenceId> {
        self.skills.iter().map(|skill| &skill.id)
    }

    /// What a competence is called; empty for one that the framework does not have.
    #[must_use]
    pub fn name(&self, competence: &CompetenceId) -> &str {
        self.skills.iter().find(|skill| skill.id == *competence).map_or("", |skill| skill.name.as_str())
    }

    /// The areas in the order of the framework that a plan is about.
    #[must_use]
    pub fn areas(&self, plan: &Plan) -> Vec<&AreaId> {
        let mut areas: Vec<&AreaId> =
            self.skills.iter().filter(|skill| plan.covers(&skill.id)).map(|skill| &skill.area).collect();
        areas.dedup();
        areas
    }

    /// What [`Instrument::expected_length`] says.
    #[must_use]
    pub fn expected_length(&self, plan: &Plan) -> Length {
        let skills = || self.skills.iter().filter(|skill| plan.covers(&skill.id));
        let items = skills().fold(0, |sum: u16, skill| sum.saturating_add(skill.items));
        Length::of(plan, items, skills().fold(0, |sum: u32, skill| sum.saturating_add(skill.seconds)))
    }

    /// The name of the pack that the engine is loaded from, for example `digcomp-3.0.general.fr.start.json`; it stands
    /// beside the sheet.
    #[must_use]
    pub fn pack_file(&self) -> String {
        let FrameworkReference { id, version: Version { major, minor, .. } } = &self.framework;
        format!("{id}-{major}.{minor}.{}.{}.start.json", self.bank.id, self.language)
    }

    /// The name of the file that names an engine what [`Sheet::add_names`] named this sheet, for example
    /// `digcomp-3.0.es.names.json`; none where the names are in the language of the questions.
    #[must_use]
    pub fn names_file(&self) -> Option<String> {
        let FrameworkReference { id, version: Version { major, minor, .. } } = &self.framework;
        self.named_in.as_ref().map(|language| format!("{id}-{major}.{minor}.{language}.names.json"))
    }

    /// The name of the file with the descriptors of levels in the language of the questions, for example
    /// `digcomp-3.0.fr.descriptors.json`.
    #[must_use]
    pub fn descriptors_file(&self) -> String {
        descriptors_file_name(&self.framework, &self.language)
    }

    /// Begins an assessment as [`Engine::start`] does; none where only an engine can.
    #[must_use]
    pub fn start(&self, request: StartRequest) -> Option<Turn> {
        let StartRequest { mode, focus, language, seed, id, started, assisted } = request;
        let setting = Setting { id, language, seed, started, assisted };
        self.open(Assessment {
            format: FORMAT,
            framework: self.framework.clone(),
            bank: self.bank.clone(),
            plan: Plan { focus, ..Plan::new(mode) },
            setting,
            answers: Vec::new(),
        })
    }

    /// The first question of an assessment without answers, in the language of the sheet; none where only an engine can say.
    #[must_use]
    pub fn open(&self, mut assessment: Assessment) -> Option<Turn> {
        let Assessment { framework, bank, plan, answers, .. } = &assessment;
        let is_open = plan.mode != Mode::Focus && plan.focus.is_empty() && plan.form.is_empty() && answers.is_empty();
        if !is_open || *framework != self.framework || *bank != self.bank {
            return None;
        }
        let progress = Progress { answered: 0, at_most: self.expected_length(plan).questions };
        let drawn = drawn(assessment.setting.seed, 0, self.openings.len());
        let question = self.openings.get(drawn)?.clone()?;
        assessment.setting.language = self.language.clone();
        Some(Turn { assessment, question: Some(question), texts_missing: None, ending: None, progress, undone: None })
    }
}

/// `sheet-1`, framework, its version, bank, its version and digest, language.
fn head(line: &str) -> Option<(FrameworkReference, BankReference, Language)> {
    let mut words = line.split(' ');
    let _ = words.next().filter(|word| *word == SHEET)?;
    let framework = FrameworkReference { id: words.next()?.parse().ok()?, version: words.next()?.parse().ok()? };
    let (id, version) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let bank = BankReference { id, version, sha256: words.next()?.to_owned() };
    Some((framework, bank, words.next()?.parse().ok()?))
}

/// Writes the sheet of a bank in a language; none if the bank or the framework is not in it.
#[must_use]
pub fn sheet_lines(engine: &Engine, language: &Language) -> Option<String> {
    let instrument = engine.instrument();
    let names = instrument.framework().text(language)?;
    let texts = instrument.bank().text(language)?;
    let (framework, bank) = (instrument.framework().reference(), instrument.bank().reference());
    let mut out = format!(
        "{SHEET} {} {} {} {} {} {language}\nwords\t{}\n",
        framework.id,
        framework.version,
        bank.id,
        bank.version,
        bank.sha256,
        words(names)
    );
    for area in instrument.framework().areas() {
        for competence in &area.competences {
            let items = || instrument.bank().items().iter().filter(|item| item.competence == *competence);
            let seconds: u32 = items().map(|item| u32::from(item.seconds)).sum();
            let name = names.competences.get(competence).map(|text| one_line(&text.name)).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(out, "skill\t{}\t{competence}\t{}\t{seconds}\t{name}", area.id, items().count());
        }
    }
    for item in openings(instrument) {
        let question = instrument.bank().item(&item).and_then(|(_, item)| engine.question(item, texts));
        let fields = question.as_ref().and_then(opening).unwrap_or_default();
        let _ = writeln!(out, "opening\t{item}{fields}");
    }
    out.push_str(END);
    out.push('\n');
    Some(out)
}

/// What every open mode can begin with, in the order that the seed draws from; nothing if that differs from mode to mode.
fn openings(instrument: &Instrument) -> Vec<ItemId> {
    let of = |mode| instrument.openings(&Plan::new(mode)).into_iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    let all = OPEN_MODES.map(of);
    if all.windows(2).all(|pair| matches!(pair, [one, two] if one == two)) {
        all.into_iter().next().unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// The fields of a question after its item; none if more is needed to ask it than lines can say.
fn opening(question: &Question) -> Option<String> {
    let kind = match question.kind {
        ItemKindName::Graded => "graded",
        ItemKindName::Choice => "choice",
        _ => return None,
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (situation, prompt) = (text(&question.situation), text(&question.prompt));
    let mut fields = vec![kind.to_owned(), question.competence.to_string(), situation, question.stem.clone(), prompt];
    for answer in &question.answers {
        if let Response::Choice { option } = &answer.response {
            fields.push(option.to_string());
        }
        fields.push(answer.label.clone());
    }
    let is_plain = question.picture.is_none() && !fields.iter().any(|field| field.contains(char::is_control));
    is_plain.then(|| fields.iter().flat_map(|field| ["\t", field]).collect())
}

/// Writes the names of a framework in one language, for sheets in another one.
#[must_use]
pub fn name_lines(framework: &FrameworkReference, names: &FrameworkText) -> String {
    let language = &names.language;
    let mut out = format!("{NAMES} {} {} {language}\nwords\t{}\n", framework.id, framework.version, words(names));
    for (competence, text) in &names.competences {
        let _ = writeln!(out, "{competence}\t{}", one_line(&text.name));
    }
    out + END + "\n"
}

fn words(names: &FrameworkText) -> String {
    one_line(&[names.name.as_str(), names.provenance.note.as_str()].join(". "))
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
