//! Running the program in a folder of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use skills_passport::assessment::{Mode, Plan, Setting, Step};
use skills_passport::bank::{Item, Response};
use skills_passport::id::OptionId;
use skills_passport_frameworks::Library;

/// A folder that is gone when the test is over.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn get(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of the files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The only file whose name ends like this.
    pub(crate) fn only(&self, ending: &str) -> String {
        let found: Vec<String> = self.files().into_iter().filter(|name| name.ends_with(ending)).collect();
        assert_eq!(found.len(), 1, "{:?}", self.files());
        found[0].clone()
    }

    /// A command with nothing of this computer's language, colours or place.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_skills-passport"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        command.env("TZ", "UTC").current_dir(self.folder.path()).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program with this input.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Ran {
        finish(self.command(args), input)
    }

    /// Runs the program without input and reads the JSON it writes.
    pub(crate) fn json(&self, args: &[&str], code: i32) -> Value {
        let ran = self.run(args, "");
        assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
        assert_eq!(ran.err, "");
        serde_json::from_str(&ran.out).unwrap()
    }
}

pub(crate) fn finish(mut command: Command, input: &str) -> Ran {
    let mut child = command.spawn().unwrap();
    // A program that needs no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Ran::from(child.wait_with_output().unwrap())
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    /// Everything shown of one question: from its heading to the prompt.
    pub(crate) fn question(&self, number: usize) -> String {
        self.questions(number).pop().unwrap()
    }

    /// The same, each time that it was asked.
    pub(crate) fn questions(&self, number: usize) -> Vec<String> {
        let heading = format!("Question {number}, ");
        let from: Vec<usize> = self.out.match_indices(&heading).map(|(at, _)| at).collect();
        from.into_iter().map(|at| self.out.split_at(at).1.split("Your answer (").next().unwrap().to_owned()).collect()
    }
}

/// What to type to answer the first so many questions of the sitting that `assess` with these arguments begins; they must
/// name the seed. Ratings go up and down, and answers are right and wrong, by turns.
pub(crate) fn answers(args: &[&str], count: usize) -> String {
    let value = |name: &str| args.iter().skip_while(|arg| **arg != name).nth(1).copied();
    let focus: Vec<_> = value("--focus").unwrap_or_default().split(',').filter_map(|id| id.parse().ok()).collect();
    let mode = if focus.is_empty() { Mode::named(value("--mode").unwrap_or("standard")).unwrap() } else { Mode::Focus };
    let instrument = Library::shipped().instrument(value("--framework").unwrap_or("digcomp"), "general").unwrap();
    let setting = Setting {
        id: uuid::Uuid::nil(),
        language: "en".parse().unwrap(),
        seed: value("--seed").unwrap().parse().unwrap(),
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: false,
    };
    let mut sitting = instrument.start(Plan { focus, ..Plan::new(mode) }, setting).unwrap();
    let mut lines = String::new();
    for number in 0..count {
        let Step::Ask(item) = instrument.step(&sitting) else { break };
        let response = item.response_of(u8::try_from(number % item.model.categories()).unwrap()).unwrap();
        lines.push_str(&typed(item, &response));
        lines.push('\n');
        sitting = instrument.answer(&sitting, &item.id, response).unwrap();
    }
    lines
}

/// The response as it is typed.
fn typed(item: &Item, response: &Response) -> String {
    let position = |list: &[OptionId], id: &OptionId| list.iter().position(|other| other == id).unwrap();
    let number = |id: &OptionId| (position(item.kind.options(), id) + 1).to_string();
    match response {
        Response::Graded { answer } => (answer + 1).to_string(),
        Response::Choice { option } => number(option),
        Response::Multiple { options } | Response::Ordering { options } => {
            options.iter().map(number).collect::<Vec<_>>().join(" ")
        }
        Response::Matching { matches } => {
            let letter = |id| char::from(b'a' + u8::try_from(position(item.kind.targets(), id)).unwrap()).to_string();
            let letters = item.kind.options().iter().map(|option| letter(matches.get(option).unwrap()));
            letters.collect::<Vec<_>>().join(" ")
        }
        Response::DontKnow | Response::Skipped => "?".to_owned(),
    }
}

/// A small passport with two assessments and made-up figures, written by hand for these tests.
pub(crate) const PASSPORT: &str = include_str!("../fixtures/two-assessments.json");

/// The shipped library as a folder that can be spoiled.
pub(crate) fn copy_library(to: &Path) {
    copy_json(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../frameworks"), to);
}

fn copy_json(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_json(&path, &target);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            std::fs::create_dir_all(to).unwrap();
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
