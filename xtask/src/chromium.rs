//! Finding a Chromium for the browser tests, and installing one where that is a matter of one command.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::tools::{Cmd, on_path};

/// Names of the program, the freest first.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// What the tests need beside the browser: some font, without which there is no text to measure.
const PACKAGES: [&str; 2] = ["chromium", "fonts-dejavu-core"];

const MISSING: &str = "the browser tests need Chromium: install your system's package `chromium`, or set CHROMIUM to the path of \
     its program; `cargo xtask test --no-browser` goes on without";

/// How to become the user who may install packages.
enum Installer {
    Root,
    Sudo,
}

/// Fails at once if there is no Chromium and no way to install one.
pub(crate) fn require() -> Result<()> {
    if find()?.is_none() && installer().is_none() {
        bail!(MISSING);
    }
    Ok(())
}

/// The path of Chromium, installing it if need be.
pub(crate) fn obtain() -> Result<PathBuf> {
    if let Some(path) = find()? {
        return Ok(path);
    }
    install(&installer().context(MISSING)?).context(MISSING)?;
    find()?.context(MISSING)
}

fn find() -> Result<Option<PathBuf>> {
    let Some(chosen) = env::var_os("CHROMIUM").filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(on_path(&NAMES));
    };
    if !chosen.is_file() {
        bail!("CHROMIUM says {}, which is not a file", chosen.display());
    }
    Ok(Some(chosen))
}

fn installer() -> Option<Installer> {
    if !Path::new("/etc/debian_version").is_file() || on_path(&["apt-get"]).is_none() {
        return None;
    }
    if Cmd::new("id", ["-u"]).stdout().is_ok_and(|id| id.trim() == "0") {
        return Some(Installer::Root);
    }
    let without_password = on_path(&["sudo"]).is_some() && Cmd::new("sudo", ["-n", "true"]).succeeds();
    without_password.then_some(Installer::Sudo)
}

fn install(installer: &Installer) -> Result<()> {
    println!("Chromium is not installed; installing it with apt-get");
    let apt = |args: &[&str]| {
        let mut words = match installer {
            Installer::Root => Vec::new(),
            Installer::Sudo => vec!["sudo", "-n"],
        };
        // No question may wait for an answer that nobody gives.
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        words.extend(args);
        let (program, rest) = words.split_first().context("no command")?;
        Cmd::new(program, rest).run()
    };
    apt(&["update"])?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(PACKAGES);
    apt(&install)
}
