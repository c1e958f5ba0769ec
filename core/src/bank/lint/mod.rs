//! The item linter: what can be seen of a question's quality without a reader.
//!
//! Giveaways of the right answer, readability, lengths, terminology, typography, near-duplicates, and whether the languages
//! say the same. Owns the rules; the words that they look for are data, one file per language. For authors and tests: no
//! browser needs it.
//!
//! A bank that passes is not a good bank; a person has to read it. One that does not pass has faults that readers miss.

mod bank_wide;
mod giveaway;
mod layout;
mod parity;
mod reading;
mod text;
mod typography;
mod words;

use serde::{Serialize, Serializer};

use super::{Bank, Item, ItemText};
use crate::id::{ItemId, Language};
use words::Words;

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The item; none for the bank as a whole.
    pub item: Option<ItemId>,
    /// The language; none where it is not about words.
    pub language: Option<Language>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub advice: &'static str,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It must be mended.
    Error,
    /// Look at it again.
    Warning,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident, $severity:ident, $code:literal, $advice:literal;)*) => {
        /// What the linter looks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Stable code for programs.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// How bad it is to break it.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }

            /// What to do about it.
            #[must_use]
            pub fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice),* }
            }
        }
    };
}

rules! {
    /// The right option is the longest, or much longer than the others.
    LongestRight, Error, "longest-right", "shorten the right option or lengthen a wrong one";
    /// Only the right option hedges.
    OnlyRightHedges, Error, "only-right-hedges", "take the hedging word out, or use one in a wrong option too";
    /// Only the right option gives an example.
    OnlyRightExample, Error, "only-right-example", "take the example out, or give one in a wrong option too";
    /// Only the right option has several clauses.
    OnlyRightClauses, Error, "only-right-clauses", "make the right option simpler, or a wrong one as rich";
    /// Only the right option uses the words of policies.
    OnlyRightPolicy, Error, "only-right-policy", "say it in everyday words";
    /// Only wrong options speak in absolutes.
    AbsolutesOnlyWrong, Error, "absolutes-only-wrong", "take the absolute word out, or use one in the right option too";
    /// The right answers stand at some positions more than at others.
    Positions, Error, "positions", "move right answers to positions that have few";
    /// Over the bank, the longest option is too often the right one.
    LongestOftenRight, Error, "longest-often-right", "make the right option one of middle length in more questions";
    /// Two options say the same.
    SameOption, Error, "same-option", "let every option say something else";
    /// An option that means all or none of the others.
    AllOrNone, Error, "all-or-none", "replace the option by one of its own content, or make the question a multiple choice";
    /// The stem of a multiple choice does not say how many options are right.
    HowMany, Error, "how-many", "say in the stem how many options to choose";
    /// The shown order is nearly the right one.
    OrderShown, Error, "order-shown", "show the steps in an order farther from the right one";
    /// A matching in which a single mistake is hardly possible.
    OneToOne, Error, "one-to-one", "add a target that is spare, or let one target serve twice";
    /// Too many or too few options or targets for a small screen.
    OptionCount, Error, "option-count", "use 3 to 5 options (4 to 6 for a multiple choice, with 2 right ones and 2 wrong ones at least), and 2 to 5 targets";
    /// The place on the scale is far from the level that the item is written for.
    FarFromLevel, Warning, "far-from-level", "check the level or the location, and say in the rationale why they differ";
    /// A question that asks for what is not so.
    Negation, Error, "negation", "ask for the one that fits; if the negation is the point, write it in capitals";
    /// Long sentences in an easy item.
    SentenceLength, Error, "sentence-length", "make two sentences of one";
    /// Hard words and long sentences for the level.
    Readability, Error, "readability", "use shorter words and sentences";
    /// Too long for a small screen.
    TooLong, Error, "too-long", "shorten it";
    /// An explanation that says too little.
    ShortExplanation, Warning, "short-explanation", "say why it is right and why each wrong option tempts, or give a first step to try";
    /// A stem without an end.
    StemEnd, Warning, "stem-end", "end the stem with `?`, `.` or `:`";
    /// Options named by letters that nobody sees.
    Letters, Error, "letters", "name options by what they say: nobody sees letters, and the order may change";
    /// Another word than the one agreed on.
    Term, Error, "term", "use the word agreed on everywhere, or change the list";
    /// A product or company by name.
    Brand, Error, "brand", "describe it without the name";
    /// A web address that could be somebody's.
    Address, Error, "address", "use a name that ends with `.example`";
    /// Informal address.
    Informal, Warning, "informal", "address the person formally";
    /// Typography that is not the language's.
    Typography, Error, "typography", "set the text as the language does";
    /// The picture's evidence is repeated in the situation.
    PictureRepeated, Warning, "picture-repeated", "let the picture carry the evidence alone";
    /// Two items that ask nearly the same.
    NearDuplicate, Error, "near-duplicate", "change one of them";
    /// A part that another language has not.
    Parts, Error, "parts", "give every language the same parts";
    /// Numbers that another language has not.
    Numbers, Error, "numbers", "give every language the same numbers, in figures or in words alike";
    /// A language without word lists.
    NoWords, Warning, "no-words", "add a word list for the language to the linter; until then its words are not looked at";
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Looks at every item in every language that the bank has texts in. Findings come in the order of the items, those of the
/// bank as a whole last.
///
/// # Errors
/// Only if the linter's own word lists cannot be read, which a test rules out.
pub fn lint(bank: &Bank) -> Result<Vec<Finding>, crate::json::JsonError> {
    let words = Words::all()?;
    let mut report = Report { findings: Vec::new() };
    let mut lists: Vec<(&Language, Option<&Words>)> = Vec::new();
    for language in bank.languages() {
        let list = words.languages.iter().find(|words| words.language == *language);
        if list.is_none() {
            report.bank(Rule::NoWords, Some(language), format!("there is no word list for `{language}`"));
        }
        lists.push((language, list));
    }
    let unlisted = std::mem::take(&mut report.findings);
    for (position, item) in bank.items().iter().enumerate() {
        if let Some(source) = bank.document().items.get(position) {
            layout::check_structure(item, source, &mut report);
        }
        for (language, list) in &lists {
            let Some(text) = bank.text(language).and_then(|text| text.items.get(&item.id)) else { continue };
            let mut view = View { item, text, language, report: &mut report };
            layout::check(&mut view);
            typography::check(&mut view);
            if let Some(list) = list {
                giveaway::check(&mut view, list);
                reading::check(&mut view, list, &words.brands);
            } else {
                giveaway::check_lengths(&mut view);
            }
        }
        parity::check(bank, item, &mut report);
    }
    bank_wide::check(bank, &mut report);
    report.findings.extend(unlisted);
    Ok(report.findings)
}

/// What was found so far.
struct Report {
    findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, rule: Rule, item: Option<&Item>, language: Option<&Language>, what: String) {
        let (severity, advice) = (rule.severity(), rule.advice());
        let (item, language) = (item.map(|item| item.id.clone()), language.cloned());
        self.findings.push(Finding { rule, severity, item, language, what, advice });
    }

    fn bank(&mut self, rule: Rule, language: Option<&Language>, what: String) {
        self.add(rule, None, language, what);
    }
}

/// An item in one language.
struct View<'a> {
    item: &'a Item,
    text: &'a ItemText,
    language: &'a Language,
    report: &'a mut Report,
}

impl View<'_> {
    fn found(&mut self, rule: Rule, what: String) {
        self.report.add(rule, Some(self.item), Some(self.language), what);
    }
}

/// The words of an item's parts with the names of the parts: situation, stem, options, targets, explanation.
fn parts(text: &ItemText) -> Vec<(&'static str, &str)> {
    let mut parts: Vec<(&'static str, &str)> = Vec::new();
    parts.extend(text.situation.as_deref().map(|situation| ("situation", situation)));
    parts.push(("stem", &text.stem));
    parts.extend(text.options.values().map(|option| ("option", option.as_str())));
    parts.extend(text.targets.values().map(|target| ("target", target.as_str())));
    parts.push(("explanation", &text.explanation));
    parts
}

/// The words in an item's picture, texts and details.
fn picture_texts(text: &ItemText) -> impl Iterator<Item = &str> {
    let parts = text.picture.iter().flat_map(|picture| &picture.parts);
    parts.flat_map(|part| std::iter::once(part.text.as_str()).chain(part.detail.as_deref()))
}
