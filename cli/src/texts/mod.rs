//! Everything that the program says to a learner, in each of its languages.
//!
//! One value of [`Texts`] per language, without defaults: a sentence that is missing in one language does not compile.
//! Knows no sentence of a framework or a bank; those are data. Command-line help and developers' messages are English.

mod en;
mod fr;

use std::borrow::Cow;

use skills_passport::assessment::{Ending, Mode, Rule};
use skills_passport::bank::{PictureKind, PictureRole};
use skills_passport::credential::{CredentialKind, Refusal, SignatureState};
use skills_passport::framework::Origin;
use skills_passport::passport::ChangeKind;
use skills_passport::profile::{Evidence, Ratings};

use crate::lang::Lang;

/// All texts in one language.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The questionnaire.
    pub(crate) sitting: Sitting,
    /// Why a question is asked, and what more of them would bring.
    pub(crate) reasons: Reasons,
    /// What can be typed besides a number.
    pub(crate) keys: Keys,
    /// Mock-ups.
    pub(crate) picture: PictureWords,
    /// What is said of files that were written.
    pub(crate) files: Files,
    /// The table of results.
    pub(crate) results: Results,
    /// The answers looked at afterwards.
    pub(crate) review: Review,
    /// A questionnaire on paper.
    pub(crate) paper: PaperWords,
    /// A passport.
    pub(crate) passport: Passport,
    /// What a passport holds besides assessments.
    pub(crate) records: Records,
    /// Two assessments compared.
    pub(crate) diff: Diff,
    /// Whether a passport or a credential is what it says.
    pub(crate) checks: Checks,
    /// Badges, endorsements and keys.
    pub(crate) credential: Credential,
    /// Results in the terms of another scheme.
    pub(crate) translation: TranslationWords,
    /// A framework.
    pub(crate) framework: Framework,
    /// What can go wrong.
    pub(crate) errors: Errors,
    /// A day: year, month 1 to 12, day 1 to 31.
    pub(crate) date: fn(i16, i8, i8) -> String,
}

/// The questionnaire.
#[derive(Debug)]
pub(crate) struct Sitting {
    pub(crate) title: &'static str,
    /// Name of the framework, most questions.
    pub(crate) intro: fn(&str, u16) -> String,
    pub(crate) no_marks: &'static str,
    /// The key that pauses.
    pub(crate) in_memory: fn(&str) -> String,
    /// Questions answered before.
    pub(crate) welcome_back: fn(u16) -> String,
    /// Number of the question, most questions.
    pub(crate) progress: fn(u16, u16) -> String,
    /// Name of the competence that the question is about.
    pub(crate) about: fn(&str) -> String,
    pub(crate) dont_know: &'static str,
    /// The answer that was taken back.
    pub(crate) before: fn(&str) -> String,
    /// Stands before the targets of a matching.
    pub(crate) targets: &'static str,
    pub(crate) skipped: &'static str,
    /// What to type for an answer.
    pub(crate) how: fn(Asked) -> String,
    /// What to type, the key for help.
    pub(crate) prompt: fn(&str, &str) -> String,
    /// What was typed, what to type, the key for help.
    pub(crate) not_understood: fn(&str, &str, &str) -> String,
    pub(crate) no_question_before: &'static str,
    pub(crate) input_ended: &'static str,
    pub(crate) ending: fn(Ending) -> &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) nothing_answered: &'static str,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// One of the numbers to the highest.
    One { highest: usize },
    /// So many of the numbers.
    Some { choose: usize },
    /// All numbers in order.
    Order { options: usize },
    /// A letter for each number.
    Match { options: usize },
}

/// Mock-ups in words.
#[derive(Debug)]
pub(crate) struct PictureWords {
    /// What it imitates.
    pub(crate) kind: fn(PictureKind) -> &'static str,
    /// What a part is; empty where the words of the part say it all.
    pub(crate) role: fn(PictureRole) -> &'static str,
    /// A name and what it is the name of.
    pub(crate) labelled: fn(&str, &str) -> String,
}

/// Why a question is asked, and what more of them would bring.
#[derive(Debug)]
pub(crate) struct Reasons {
    /// What decided; among how many nearly equal questions it was drawn.
    pub(crate) rule: fn(Rule, u8) -> Cow<'static, str>,
    /// Half the width of the likely range before and after, tenths of a level.
    pub(crate) narrower: fn(u32, u32) -> String,
    /// Expected seconds.
    pub(crate) time: fn(u32) -> String,
    /// Chance of success, thousandths.
    pub(crate) chance: fn(i32) -> &'static str,
    /// How many more questions, expected seconds.
    pub(crate) more: fn(u16, u32) -> String,
    /// Name of a competence, half the width of its likely range before and after, tenths of a level.
    pub(crate) sharper: fn(&str, u32, u32) -> String,
    /// How many more questions, the word for yes.
    pub(crate) go_on: fn(u16, &str) -> String,
    /// What means yes; the first word is shown.
    pub(crate) yes: &'static [&'static str],
}

/// What can be typed besides a number; the first word of each is the one that help shows.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) number: &'static str,
    pub(crate) dont_know: Key,
    pub(crate) skip: Key,
    pub(crate) back: Key,
    pub(crate) pause: Key,
    pub(crate) stop: Key,
    pub(crate) why: Key,
    pub(crate) help: Key,
}

/// Words that mean the same, and what they do.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) words: &'static [&'static str],
    pub(crate) meaning: &'static str,
}

impl Key {
    /// The word that help shows.
    pub(crate) fn shown(&self) -> &'static str {
        self.words.first().copied().unwrap_or_default()
    }
}

/// What is said of files that were written; each function is given the name of the file.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) paused: fn(&str) -> String,
    pub(crate) to_resume: &'static str,
    pub(crate) new_passport: fn(&str) -> String,
    pub(crate) added: fn(&str) -> String,
    pub(crate) to_read: &'static str,
    pub(crate) paused_file_done: fn(&str) -> String,
}

/// The table of results.
#[derive(Debug)]
pub(crate) struct Results {
    pub(crate) title: &'static str,
    pub(crate) competence: &'static str,
    pub(crate) level: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) all_together: &'static str,
    /// Where a level lies.
    pub(crate) range: fn(&Range<'_>) -> String,
    /// How well it is founded, from how many answers of its own.
    pub(crate) evidence: fn(Evidence, u16) -> Cow<'static, str>,
    pub(crate) strengths: &'static str,
    pub(crate) gaps: &'static str,
    pub(crate) nothing_stands_out: &'static str,
    /// Before the areas where that can be said of a person's ratings of themselves; or, of all areas, that nothing can.
    pub(crate) ratings: fn(Ratings) -> &'static str,
    /// The answers contradict each other.
    pub(crate) unsettled: &'static str,
    pub(crate) provisional: &'static str,
    pub(crate) use_of_it: &'static str,
    /// Name of a framework that is not known here.
    pub(crate) unknown_framework: fn(&str) -> String,
}

/// Where a level lies, on the scale of 1 to 8; the name is that of the broad level, where it is known.
#[derive(Debug)]
pub(crate) enum Range<'a> {
    /// Too little evidence to name a level.
    NotEnough { lowest: u8, highest: u8 },
    /// Both ends are the same level.
    Exact { level: u8, name: Option<&'a str> },
    /// A level and how far from it the true one may be.
    Between { lowest: u8, highest: u8, likeliest: u8, name: Option<&'a str> },
}

/// The answers looked at afterwards.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) title: &'static str,
    pub(crate) your_answer: fn(&str) -> String,
    pub(crate) right: &'static str,
    pub(crate) partly_right: &'static str,
    pub(crate) solution: fn(&str) -> String,
    /// Stands between the parts of an answer.
    pub(crate) separator: &'static str,
}

/// A questionnaire on paper.
#[derive(Debug)]
pub(crate) struct PaperWords {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static [&'static str],
    /// What is filled in at the top.
    pub(crate) fill: &'static str,
    /// Number of the question, all questions.
    pub(crate) question: fn(usize, usize) -> String,
    pub(crate) tick_one: &'static str,
    pub(crate) tick_some: fn(usize) -> String,
    pub(crate) order: &'static str,
    pub(crate) matching: &'static str,
    pub(crate) key: &'static str,
    pub(crate) key_intro: &'static str,
    /// Heads of the key's columns: question, answer as it is typed, answer in words.
    pub(crate) columns: [&'static str; 3],
    /// What stands in the key for a statement with so many answers.
    pub(crate) rating: fn(usize) -> String,
    pub(crate) typing: &'static str,
    pub(crate) typing_intro: &'static [&'static str],
}

/// A passport.
#[derive(Debug)]
pub(crate) struct Passport {
    pub(crate) title: &'static str,
    /// A day.
    pub(crate) created: fn(&str) -> String,
    pub(crate) assessments: fn(usize) -> String,
    pub(crate) mode: fn(Mode) -> &'static str,
    pub(crate) answers: fn(u16) -> String,
    /// A day.
    pub(crate) last: fn(&str) -> String,
}

/// What a passport holds besides assessments.
#[derive(Debug)]
pub(crate) struct Records {
    /// The holder's name.
    pub(crate) name: fn(&str) -> String,
    /// A competence, a level, a day if there is one.
    pub(crate) goal: fn(&str, u8, Option<&str>) -> String,
    /// A title, a provider if it is known.
    pub(crate) course: fn(&str, Option<&str>) -> String,
    pub(crate) notes: fn(usize) -> String,
    pub(crate) badges: fn(usize) -> String,
    pub(crate) shared: &'static str,
    /// Name of a file.
    pub(crate) written: fn(&str) -> String,
    /// Format versions.
    pub(crate) migrated: fn(&str, &str) -> String,
    /// A format version.
    pub(crate) not_migrated: fn(&str) -> String,
}

/// Two assessments compared.
#[derive(Debug)]
pub(crate) struct Diff {
    /// Two days.
    pub(crate) title: fn(&str, &str) -> String,
    /// How it changed; by how many tenths of a level.
    pub(crate) change: fn(ChangeKind, u32) -> String,
    pub(crate) other_bank: &'static str,
    pub(crate) by_estimates: &'static str,
    pub(crate) caution: &'static str,
}

/// Whether a passport or a credential is what it says.
#[derive(Debug)]
pub(crate) struct Checks {
    /// What came of replaying the assessment of a day.
    pub(crate) assessment: fn(&str, Replayed) -> String,
    pub(crate) nothing: &'static str,
    pub(crate) sound: &'static str,
    pub(crate) faulty: &'static str,
    pub(crate) unsure: &'static str,
}

/// What came of replaying an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replayed {
    /// The answers give these results.
    Confirmed,
    /// They give others.
    Contradicted,
    /// An older or newer engine computed them, and this one agrees.
    OtherEngineAgrees,
    /// An older or newer engine computed them, and this one does not agree.
    OtherEngineDiffers,
    /// The questions are not known here.
    Unknown,
}

/// Badges, endorsements and keys.
#[derive(Debug)]
pub(crate) struct Credential {
    pub(crate) kind: fn(CredentialKind) -> &'static str,
    pub(crate) presentation: &'static str,
    /// A key and the name that its holder gives themselves.
    pub(crate) by: fn(&str, Option<&str>) -> String,
    pub(crate) about: fn(&str) -> String,
    pub(crate) about_oneself: &'static str,
    pub(crate) results: &'static str,
    pub(crate) unsupervised: &'static str,
    /// A program and a bank.
    pub(crate) computed: fn(&str, &str) -> String,
    /// A key, when, a suite.
    pub(crate) signature: fn(&str, &str, &str, SignatureState) -> String,
    pub(crate) endorsed: fn(&str, Option<&str>) -> String,
    pub(crate) refusal: fn(&Refusal) -> String,
    pub(crate) unchanged: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) meaning: &'static str,
    /// An area without enough evidence.
    pub(crate) too_little: fn(&str) -> String,
    /// Name of the file of keys.
    pub(crate) new_key: fn(&str) -> String,
    pub(crate) sealed: &'static str,
    pub(crate) ask_passphrase: &'static str,
    pub(crate) ask_again: &'static str,
}

/// Results in the terms of another scheme.
#[derive(Debug)]
pub(crate) struct TranslationWords {
    pub(crate) official: &'static str,
    pub(crate) ours: &'static str,
    /// Lowest and highest level.
    pub(crate) range: fn(u8, u8) -> String,
    /// Said of competences that a concept only touches on.
    pub(crate) touches: &'static str,
    /// Competences that have no usable result.
    pub(crate) without: fn(&str) -> String,
    pub(crate) untranslated: &'static str,
    pub(crate) not_enough: &'static str,
    pub(crate) off_the_scale: fn(u8) -> String,
    pub(crate) no_result: &'static str,
    pub(crate) no_way: &'static str,
}

/// A framework.
#[derive(Debug)]
pub(crate) struct Framework {
    pub(crate) source: &'static str,
    pub(crate) licence: &'static str,
    pub(crate) words: &'static str,
    pub(crate) names: fn(Origin) -> &'static str,
    pub(crate) descriptions: fn(Origin) -> &'static str,
    pub(crate) levels: &'static str,
    pub(crate) areas: &'static str,
}

/// What can go wrong.
#[derive(Debug)]
pub(crate) struct Errors {
    /// The code.
    pub(crate) error: fn(&str) -> String,
    pub(crate) place: &'static str,
    pub(crate) what_to_do: &'static str,
    pub(crate) advice: fn(Advice) -> &'static str,
    /// The file that holds the answers.
    pub(crate) kept: fn(&str) -> String,
}

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advice {
    /// There is no such file, or it is a folder.
    CheckName,
    /// The system refuses to read or write.
    CheckAccess,
    /// Not the kind of file that was expected, or damaged.
    CheckFile,
    /// Of a newer version.
    Update,
    /// No framework or bank of this name.
    ChooseName,
    /// A framework or bank with a fault.
    CorrectLibrary,
    /// A competence that the framework does not have.
    ChooseCompetence,
    /// A paused assessment of another version of the questions.
    StartAgain,
    /// A language that the texts are not in.
    ChooseLanguage,
    /// The passport has it already, or is full.
    UseAnotherPassport,
    /// Arguments that do not go together or are out of range.
    ReadHelp,
    /// A passphrase that is wrong, too short or missing.
    CheckPassphrase,
    /// Too little evidence for a badge.
    AnswerMore,
    /// Records that cannot be compared, or are not there.
    ChooseRecords,
    /// A file that is there already.
    ChooseAnotherName,
    /// Keys that others can read.
    ProtectKeys,
    /// No key yet.
    MakeKey,
    /// A line of typed answers.
    CorrectLine,
    /// Nothing that a person could do better.
    TryAgain,
}

impl Texts {
    /// The texts in this language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &en::TEXTS,
            Lang::Fr => &fr::TEXTS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_word_has_two_meanings() {
        for lang in Lang::ALL {
            let keys = &Texts::of(lang).keys;
            let all = [&keys.dont_know, &keys.skip, &keys.back, &keys.pause, &keys.stop, &keys.why, &keys.help];
            let words: Vec<&str> = all.iter().flat_map(|key| key.words.iter().copied()).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{lang:?}: {words:?}");
        }
    }

    #[test]
    fn the_short_keys_work_in_every_language() {
        for lang in Lang::ALL {
            let keys = &Texts::of(lang).keys;
            let short = [
                (&keys.dont_know, "?"),
                (&keys.skip, "x"),
                (&keys.back, "b"),
                (&keys.pause, "p"),
                (&keys.stop, "s"),
                (&keys.why, "w"),
                (&keys.help, "h"),
            ];
            for (key, word) in short {
                assert!(key.words.contains(&word), "{lang:?}: {word}");
            }
        }
    }

    #[test]
    fn french_is_set_with_its_own_apostrophes_and_spaces() {
        let code: String = include_str!("fr.rs").lines().filter(|line| !line.starts_with("//")).collect();
        let texts: Vec<&str> = code.split('"').skip(1).step_by(2).collect();
        assert!(texts.len() > 100);
        for text in texts {
            assert!(!text.contains('\''), "{text}");
            for sign in [" ?", " !", " ;", " :", " »", "« ", "..."] {
                assert!(!text.contains(sign), "`{sign}` in {text}");
            }
        }
    }

    #[test]
    fn an_estimate_without_enough_evidence_names_no_level() {
        for lang in Lang::ALL {
            let range = Texts::of(lang).results.range;
            let unsure = range(&Range::NotEnough { lowest: 1, highest: 6 });
            assert!(unsure.contains('1') && unsure.contains('6') && !unsure.contains('4'), "{unsure}");
            let narrow = range(&Range::NotEnough { lowest: 1, highest: 1 });
            assert_eq!(narrow.matches('1').count(), 1, "{narrow}");
            let sure = range(&Range::Between { lowest: 3, highest: 5, likeliest: 4, name: Some("Middle") });
            assert!(["3", "5", "4", "Middle"].iter().all(|part| sure.contains(part)), "{sure}");
        }
    }
}
