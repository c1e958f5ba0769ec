//! Every check of the repository, one step after the other, stopping at the first that fails.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::tools::{Cmd, Workspace, on_path};
use crate::{browser, bundle, chromium, size, wasm};

/// The oldest Node that the tests run on: the first with a test runner that limits its concurrency.
const NODE_MAJOR: u32 = 20;
const NODE_NEEDED: &str =
    "the tests need Node.js 20 or newer with npm: install your system's packages `nodejs` and `npm`";

/// How a step that did not fail has ended.
pub(crate) enum Outcome {
    /// It ran.
    Passed,
    /// It had nothing to run, for this reason.
    Skipped(&'static str),
}

/// Numbers, announces, times and counts the steps.
#[derive(Default)]
struct Steps {
    passed: u32,
    skipped: u32,
}

impl Steps {
    fn step(&mut self, name: &str, action: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        let number = self.passed + self.skipped + 1;
        println!("\n== {number}. {name}");
        let start = Instant::now();
        match action() {
            Ok(Outcome::Passed) => {
                self.passed += 1;
                println!("== {number}. {name}: passed in {:.1} s", start.elapsed().as_secs_f64());
                Ok(())
            }
            Ok(Outcome::Skipped(why)) => {
                self.skipped += 1;
                println!("== {number}. {name}: skipped, {why}");
                Ok(())
            }
            Err(error) => {
                println!("== {number}. {name}: failed after {:.1} s", start.elapsed().as_secs_f64());
                Err(error.context(format!("step {number} ({name}) failed")))
            }
        }
    }

    /// A step that is a list of commands.
    fn commands<const N: usize>(&mut self, name: &str, commands: [Cmd; N]) -> Result<()> {
        self.step(name, || {
            commands.iter().try_for_each(Cmd::run)?;
            Ok(Outcome::Passed)
        })
    }

    /// The last line of a green run.
    fn summary(&self) -> String {
        let Self { passed, skipped } = self;
        match skipped {
            0 => format!("{passed} passed, 0 failed"),
            _ => format!("{passed} passed, 0 failed, {skipped} skipped"),
        }
    }
}

/// Runs every step; without the browser, all but the last.
pub(crate) fn run(workspace: &Workspace, with_browser: bool) -> Result<()> {
    // What is missing is said now and not after ten minutes.
    let node = require_node()?;
    if with_browser {
        chromium::require()?;
    }
    wasm::ensure_target()?;

    let cargo = |args: &[&str]| Cmd::cargo(args).folder(&workspace.root);
    let mut steps = Steps::default();
    steps.commands("format", [cargo(&["fmt", "--all", "--check"])])?;
    steps.commands(
        "lints",
        [cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"])],
    )?;
    steps.commands("lints for the browser", browser_lints(&cargo))?;
    steps.commands(
        "tests",
        // A snapshot that differs is a failure, not a file to review later.
        // With the tables of the command line, which an ordinary build leaves out.
        [cargo(&["test", "--workspace", "--features", "skills-passport-cli/tables"])
            .env("INSTA_UPDATE", "no")
            .env("CI", "true")],
    )?;
    steps
        .commands("documentation", [cargo(&["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings")])?;
    let this_program = env::current_exe().context("cannot find this program's own file")?;
    steps.commands("tests in WebAssembly", [wasm_tests(&cargo, &this_program)])?;
    steps.step("size", || {
        if !size::report(workspace)? {
            bail!("over budget, see the lines above");
        }
        Ok(Outcome::Passed)
    })?;
    let mut web_node = PathBuf::new();
    steps.step("JavaScript API under Node", || {
        web_node = bundle::build_for_node(workspace)?;
        node_tests(workspace, &node, &web_node)
    })?;
    steps.step("browser", || {
        if with_browser {
            browser::run(workspace, &node, &web_node, "")
        } else {
            Ok(Outcome::Skipped("as asked by --no-browser"))
        }
    })?;
    println!("\n{}", steps.summary());
    Ok(())
}

/// Runs the browser tests whose file name contains `part`.
pub(crate) fn browser_only(workspace: &Workspace, part: &str) -> Result<()> {
    let node = require_node()?;
    let web_node = bundle::build_for_node(workspace)?;
    match browser::run(workspace, &node, &web_node, part)? {
        Outcome::Passed => Ok(()),
        Outcome::Skipped(why) => bail!(why),
    }
}

fn browser_lints(cargo: &impl Fn(&[&str]) -> Cmd) -> [Cmd; 3] {
    let clippy = |args: &[&str]| {
        let mut all = vec!["clippy", "--target", wasm::TARGET];
        all.extend(args);
        all.extend(["--", "-D", "warnings"]);
        cargo(&all)
    };
    [
        clippy(&["-p", "skills-passport-widget"]),
        // With its tests, which exist on this target only.
        clippy(&["-p", "skills-passport-web", "--features", "api", "--all-targets"]),
        clippy(&["-p", "skills-passport-web", "--features", "rdfc"]),
    ]
}

fn wasm_tests(cargo: &impl Fn(&[&str]) -> Cmd, runner: &Path) -> Cmd {
    // `--tests`: the runner passes documentation tests without running them, which would look like something it is not.
    let args = ["test", "-p", "skills-passport-web", "--target", wasm::TARGET, "--features", "api", "--tests"];
    // Cargo splits the variable at spaces; an array in a configuration value survives a path that has one.
    let words = [runner.to_string_lossy().into_owned(), "wasm-test-runner".to_owned()];
    cargo(&args).arg("--config").arg(format!("target.{}.runner={words:?}", wasm::TARGET)).env("CI", "true")
}

/// Runs the tests of the built API package, if there are any.
fn node_tests(workspace: &Workspace, node: &Path, web_node: &Path) -> Result<Outcome> {
    let files = test_files(&workspace.root.join("tests/node"))?;
    if files.is_empty() {
        return Ok(Outcome::Skipped("tests/node has no *.test.mjs"));
    }
    Cmd::new(node, ["--test", "--test-reporter=spec"])
        .args(files)
        .named("node")
        .env("WEB_NODE", web_node)
        // Built by the step before, which measures its size.
        .env("DIST", workspace.root.join("dist"))
        .folder(&workspace.root)
        .run()?;
    Ok(Outcome::Passed)
}

/// The test files directly in a folder, as full paths.
pub(crate) fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        let unreadable = || format!("cannot read the folder {}", folder.display());
        for entry in fs::read_dir(folder).with_context(unreadable)? {
            let path = entry.with_context(unreadable)?.path();
            if path.to_string_lossy().ends_with(".test.mjs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn require_node() -> Result<PathBuf> {
    let node = on_path(&["node", "nodejs"]).context(NODE_NEEDED)?;
    let version = Cmd::new(&node, ["--version"]).stdout()?;
    if major(&version).is_none_or(|major| major < NODE_MAJOR) {
        bail!("{NODE_NEEDED} (found {})", version.trim());
    }
    Ok(node)
}

/// The first number of a version such as `v20.11.0`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_the_steps() {
        let mut steps = Steps::default();
        steps.step("one", || Ok(Outcome::Passed)).unwrap();
        assert_eq!(steps.summary(), "1 passed, 0 failed");
        steps.step("two", || Ok(Outcome::Skipped("of a reason"))).unwrap();
        assert_eq!(steps.summary(), "1 passed, 0 failed, 1 skipped");
    }

    #[test]
    fn a_failure_names_its_step() {
        let mut steps = Steps::default();
        let error = steps.step("lints", || bail!("no")).unwrap_err();
        assert_eq!(format!("{error:#}"), "step 1 (lints) failed: no");
    }

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major("v20.11.0\n"), Some(20));
        assert_eq!(major("20.11.0"), None);
    }
}
