//! Running other programs and finding things: commands that print themselves before they run, so that a reader can repeat them,
//! and the places of this workspace.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// Where the workspace and its build products are.
pub(crate) struct Workspace {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Asks cargo, so that `CARGO_TARGET_DIR` and a start from a subfolder are respected.
    pub(crate) fn locate() -> Result<Self> {
        #[derive(Deserialize)]
        struct Metadata {
            workspace_root: PathBuf,
            target_directory: PathBuf,
        }
        let answer = Cmd::cargo(["metadata", "--format-version", "1", "--no-deps"]).stdout()?;
        let metadata: Metadata = serde_json::from_str(&answer).context("cannot read what `cargo metadata` says")?;
        Ok(Self { root: metadata.workspace_root, target: metadata.target_directory })
    }

    /// The folder that is shipped.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Our own corner of the target folder.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }

    /// A path as a person would type it from the root.
    pub(crate) fn show<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// A command that can be shown before it is run.
pub(crate) struct Cmd {
    program: OsString,
    /// What is shown for the program: its short name rather than the path it was found at.
    name: String,
    args: Vec<OsString>,
    envs: Vec<(&'static str, OsString)>,
    unset: Vec<&'static str>,
    folder: Option<PathBuf>,
}

impl Cmd {
    pub(crate) fn new<I, S>(program: impl AsRef<OsStr>, args: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let program = program.as_ref().to_owned();
        Self {
            name: program.to_string_lossy().into_owned(),
            program,
            args: Vec::new(),
            envs: Vec::new(),
            unset: Vec::new(),
            folder: None,
        }
        .args(args)
    }

    /// The cargo that runs us, so that a `cargo +toolchain xtask` stays on that toolchain.
    pub(crate) fn cargo<I, S>(args: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self::new(cargo, args).named("cargo")
    }

    pub(crate) fn env(mut self, key: &'static str, value: impl AsRef<OsStr>) -> Self {
        self.envs.push((key, value.as_ref().to_owned()));
        self
    }

    pub(crate) fn without_env(mut self, key: &'static str) -> Self {
        self.unset.push(key);
        self
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.args.extend(args.into_iter().map(|a| a.as_ref().to_owned()));
        self
    }

    /// Shows the program under a shorter name than the path it was found at.
    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    pub(crate) fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Prints and runs the command; fails if it does.
    pub(crate) fn run(&self) -> Result<()> {
        println!("$ {self}");
        let status = self.command().status().with_context(|| self.cannot_start())?;
        self.succeeded(status)
    }

    /// Prints and runs the command and returns what it wrote to its standard output.
    pub(crate) fn run_for_stdout(&self) -> Result<String> {
        println!("$ {self}");
        self.stdout()
    }

    /// Runs the command without a word and returns what it wrote to its standard output.
    pub(crate) fn stdout(&self) -> Result<String> {
        let output = self.command().stderr(Stdio::inherit()).output().with_context(|| self.cannot_start())?;
        self.succeeded(output.status)?;
        String::from_utf8(output.stdout).with_context(|| format!("`{}` wrote something that is not text", self.name))
    }

    /// Runs the command without a word and says whether it succeeded.
    pub(crate) fn succeeds(&self) -> bool {
        self.command()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args);
        for key in &self.unset {
            command.env_remove(key);
        }
        for (key, value) in &self.envs {
            command.env(key, value);
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    fn cannot_start(&self) -> String {
        format!("cannot start `{}`", self.name)
    }

    fn succeeded(&self, status: ExitStatus) -> Result<()> {
        if !status.success() {
            bail!("`{self}` ended with {status}");
        }
        Ok(())
    }
}

impl fmt::Display for Cmd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(folder) = &self.folder {
            let here = env::current_dir().unwrap_or_default();
            let folder = folder.strip_prefix(&here).unwrap_or(folder);
            if !folder.as_os_str().is_empty() {
                write!(f, "cd {} && ", quoted(&folder.to_string_lossy()))?;
            }
        }
        for (key, value) in &self.envs {
            write!(f, "{key}={} ", quoted(&value.to_string_lossy()))?;
        }
        write!(f, "{}", quoted(&self.name))?;
        for arg in &self.args {
            write!(f, " {}", quoted(&arg.to_string_lossy()))?;
        }
        Ok(())
    }
}

/// What cargo says it made (or found fresh), in order, in the JSON messages of `--message-format=json-render-diagnostics`. Asked
/// for rather than guessed, so that the names of libraries and programs stay the manifests' own business.
#[derive(Default)]
pub(crate) struct Artefacts {
    /// Libraries and the like.
    pub(crate) files: Vec<PathBuf>,
    /// Programs.
    pub(crate) programs: Vec<PathBuf>,
}

impl Artefacts {
    pub(crate) fn of(messages: &str) -> Self {
        #[derive(Deserialize)]
        struct Message {
            #[serde(default)]
            filenames: Vec<PathBuf>,
            executable: Option<PathBuf>,
        }
        let mut made = Self::default();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok()) {
            match message.executable {
                Some(program) => made.programs.push(program),
                None => made.files.extend(message.filenames),
            }
        }
        made
    }
}

/// The first of these programs that is on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&folders)
            .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
            .find(|path| path.is_file())
    })
}

/// A word as a shell would need it written.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let command = Cmd::new("node", ["--test", "a file.mjs", "it's"]).env("CI", "true");
        assert_eq!(command.to_string(), r"CI=true node --test 'a file.mjs' 'it'\''s'");
    }

    #[test]
    fn a_failing_command_names_itself() {
        let error = Cmd::new("false", [""; 0]).run().unwrap_err().to_string();
        assert!(error.starts_with("`false` ended with"), "{error}");
    }

    #[test]
    fn cargo_messages_name_what_was_made() {
        let messages = concat!(
            "{\"reason\":\"compiler-artifact\",\"filenames\":[\"a.rlib\"],\"executable\":null}\n",
            "{\"reason\":\"build-script-executed\"}\n",
            "not json\n",
            "{\"reason\":\"compiler-artifact\",\"filenames\":[\"b\"],\"executable\":\"b\"}\n",
            "{\"reason\":\"compiler-artifact\",\"filenames\":[\"c.wasm\"]}\n",
            "{\"reason\":\"build-finished\",\"success\":true}\n",
        );
        let made = Artefacts::of(messages);
        assert_eq!(made.files, [PathBuf::from("a.rlib"), PathBuf::from("c.wasm")]);
        assert_eq!(made.programs, [PathBuf::from("b")]);
    }

    #[test]
    fn a_missing_program_is_not_found() {
        assert_eq!(on_path(&["no-program-has-this-name"]), None);
    }
}
