//! The tests that drive a real browser: they get a site to visit, a Chromium, and the command-line tool to compare with.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::bundle::{self, Bundle};
use crate::check::{self, Outcome};
use crate::chromium;
use crate::serve::{Server, Wire};
use crate::tools::{Artefacts, Cmd, Workspace, on_path};

/// Test files that run at the same time, each with its own browser: what two cores carry without timing out.
const CONCURRENCY: &str = "--test-concurrency=2";

/// Builds the site with open shadow roots, serves it and runs `tests/browser/*.test.mjs`, as far as their
/// names contain `part`, against it.
pub(crate) fn run(workspace: &Workspace, node: &Path, web_node: &Path, part: &str) -> Result<Outcome> {
    let folder = workspace.root.join("tests/browser");
    let mut files = check::test_files(&folder)?;
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().contains(part)));
    if files.is_empty() {
        return Ok(Outcome::Skipped("tests/browser has no such *.test.mjs"));
    }
    let chromium = chromium::obtain()?;
    install_packages(&folder)?;
    // The partner's sites that `embedding-package.test.mjs` builds.
    install_packages(&workspace.root.join("examples"))?;
    let site = Bundle { test_hooks: true, ..Bundle::shipped(workspace.target.join("dist-test")) };
    bundle::build(workspace, &site)?;
    let command_line_tool = build_command_line_tool(workspace)?;
    let server = Server::start(&site.out, 0, 0, Wire::QuickBrotli)?;
    Cmd::new(node, ["--test", "--test-reporter=spec", CONCURRENCY])
        .args(files)
        .named("node")
        .env("BASE_URL", server.url())
        .env("CHROMIUM", chromium)
        .env("DIST", site.out)
        .env("SKILLS_PASSPORT", command_line_tool)
        .env("WEB_NODE", web_node)
        .folder(&workspace.root)
        .run()?;
    Ok(Outcome::Passed)
}

/// `npm ci`, unless what is there was installed from this very lock file.
pub(crate) fn install_packages(folder: &Path) -> Result<()> {
    let lock_file = folder.join("package-lock.json");
    let lock = fs::read(&lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    // npm keeps a lock file of its own in node_modules, but not in the same words.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|old| old == lock) {
        println!("node_modules is in step with package-lock.json");
        return Ok(());
    }
    let npm = on_path(&["npm"]).context("the browser tests need npm: install your system's package `npm`")?;
    Cmd::new(npm, ["ci", "--no-audit", "--no-fund"])
        .named("npm")
        // The browser is the system's; packages that would download their own are told not to.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("PUPPETEER_SKIP_DOWNLOAD", "1")
        .folder(folder)
        .run()?;
    if folder.join("node_modules").is_dir() {
        fs::write(&installed, lock).with_context(|| format!("cannot write {}", installed.display()))?;
    }
    Ok(())
}

fn build_command_line_tool(workspace: &Workspace) -> Result<PathBuf> {
    let messages = Cmd::cargo(["build", "-p", "skills-passport-cli", "--message-format=json-render-diagnostics"])
        .folder(&workspace.root)
        .run_for_stdout()?;
    Artefacts::of(&messages).programs.pop().context("skills-passport-cli has no program")
}
