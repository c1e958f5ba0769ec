//! `cargo xtask`: everything that is done with this repository, in one program that needs nothing but Rust (and, for the tests,
//! Node and a Chromium).
//!
//! This file owns the command line. What each command does is in the module of the same subject: [`bundle`] makes the static
//! folder, [`serve`] serves it, [`check`] runs the tests, [`size`] weighs the result, [`peers`]
//! compares speed with another program.

mod browser;
mod budget;
mod bundle;
mod check;
mod chromium;
mod data;
mod integrity;
mod load;
mod names;
mod package;
mod peers;
mod script;
mod serve;
mod size;
mod statement;
mod tools;
mod tree;
mod url;
mod verify;
mod wasm;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};

use crate::bundle::Bundle;
use crate::serve::{Server, Wire};
use crate::tools::{Cmd, Workspace};
use crate::wasm::Profile;

/// Builds, serves, tests and measures Skills Passport.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the widget and its demo page, then serve them on this machine until Ctrl-C.
    ///
    /// The server listens on the loopback address only and sends the strict security headers that a careful host page would, so
    /// what works here works there. Node is not needed.
    Start {
        /// Port to listen on; if it is taken, the next free one within 20.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Build without optimisation: quicker to compile, far larger to load, readable stack traces.
        #[arg(long)]
        dev: bool,
    },
    /// Build the static folder: widget, JavaScript API, data and demo page.
    ///
    /// Files in the folder that are not part of the build are removed, so that it can be copied to a web server as it is.
    Build {
        /// Folder to write.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// Open the shadow root, so that test tools can look inside. Never ship this.
        #[arg(long)]
        test_hooks: bool,
    },
    /// Run every check: format, lints, tests, documentation, WebAssembly tests, size, browser tests.
    ///
    /// Stops at the first failure. Needs Node 20 or newer; looks for Chromium in $CHROMIUM, then on the PATH.
    Test {
        /// Leave out the browser tests, which need Chromium and npm.
        #[arg(long)]
        no_browser: bool,
    },
    /// Run only the browser tests, or those of them whose file name contains PART.
    Browser {
        /// For example `keeping`.
        #[arg(default_value = "")]
        part: String,
    },
    /// List what the interface does not say yet in some language, and whose texts are still to be proof-read.
    Texts,
    /// Build the static folder and make the npm package of it, under `target/`.
    Package,
    /// Print the size of every shipped file: raw, gzip and brotli.
    Size {
        /// Fail if a budget of budget.json is exceeded.
        #[arg(long)]
        check: bool,
    },
    /// Measure speed: the engine's benchmarks, and a comparison with another program. Prints figures, asserts none.
    Bench {
        /// One of them; without it, all.
        #[command(subcommand)]
        what: Option<Bench>,
    },
    /// Run a WebAssembly test binary under Node: what cargo calls as its runner during `test`.
    #[command(hide = true, disable_help_flag = true)]
    WasmTestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

#[derive(Clone, Copy, Subcommand)]
enum Bench {
    /// The benchmarks of the engine (criterion): a question step in 26 dimensions, one-trait sittings.
    Engine,
    /// A question step, and matching with 100,000 offers, in WebAssembly, under Node, in the size-optimised build that is shipped.
    Wasm,
    /// The wait for the first question on a slow network, and for the next one, beside SurveyJS; needs Chromium and npm.
    Load,
    /// The same one-trait sittings by us and by catsim 0.21, which is installed under `target/`; needs Python and, once, a network.
    Peers,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Start { port, dev } => start(port, dev),
        Task::Build { out, test_hooks } => {
            let workspace = Workspace::locate()?;
            bundle::build(&workspace, &Bundle { test_hooks, ..Bundle::shipped(workspace.root.join(out)) })
        }
        Task::Test { no_browser } => check::run(&Workspace::locate()?, !no_browser),
        Task::Browser { part } => check::browser_only(&Workspace::locate()?, &part),
        Task::Texts => data::report_texts(&Workspace::locate()?),
        Task::Package => {
            let workspace = Workspace::locate()?;
            println!("packed {}", workspace.show(&package::pack(&workspace)?));
            Ok(())
        }
        Task::Size { check } => {
            let workspace = Workspace::locate()?;
            let within = size::report(&workspace)?;
            if check && !within {
                bail!("over budget, see the lines above");
            }
            Ok(())
        }
        Task::Bench { what } => bench(&Workspace::locate()?, what),
        Task::WasmTestRunner { args } => wasm_test_runner(args),
    }
}

fn start(port: u16, dev: bool) -> Result<()> {
    /// How many ports after the wanted one are tried.
    const SPARE_PORTS: u16 = 20;

    let workspace = Workspace::locate()?;
    let (bundle, wire) = if dev {
        // Not in `dist`, where it could be shipped by mistake.
        let out = workspace.target.join("dist-dev");
        (Bundle { profile: Profile::Dev, ..Bundle::shipped(out) }, Wire::Plain)
    } else {
        (Bundle::shipped(workspace.dist()), Wire::Brotli)
    };
    bundle::build(&workspace, &bundle)?;
    let server = Server::start(&bundle.out, port, SPARE_PORTS, wire)?;
    println!("serving {} at {}", workspace.show(&bundle.out), server.url());
    println!("Ctrl-C stops");
    server.wait();
    Ok(())
}

fn bench(workspace: &Workspace, what: Option<Bench>) -> Result<()> {
    if matches!(what, None | Some(Bench::Engine)) {
        Cmd::cargo(["bench", "-p", "skills-passport", "--bench", "step"]).folder(&workspace.root).run()?;
    }
    if matches!(what, None | Some(Bench::Wasm)) {
        let node = check::require_node()?;
        let api = bundle::build_for_node(workspace)?;
        let packs = data::packs()?;
        let whole = packs
            .iter()
            .find(|pack| pack.file_name.ends_with(".general.en.json"))
            .context("no pack to measure with")?;
        let pack = workspace.scratch("bench-pack.json");
        tree::create_parent(&pack)?;
        std::fs::write(&pack, &whole.content).with_context(|| format!("cannot write {}", pack.display()))?;
        let api = api.join(format!("{}.js", bundle::API_NAME));
        for script in ["xtask/bench/step.mjs", "xtask/bench/offers.mjs"] {
            Cmd::new(&node, [script]).named("node").arg(&api).arg(&pack).folder(&workspace.root).run()?;
        }
    }
    if matches!(what, None | Some(Bench::Load)) {
        load::run(workspace)?;
    }
    if matches!(what, None | Some(Bench::Peers)) {
        peers::run(workspace)?;
    }
    Ok(())
}

fn wasm_test_runner(args: Vec<OsString>) -> Result<()> {
    // The library parses a full command line, program name first.
    let command_line = std::iter::once(OsString::from("wasm-test-runner")).chain(args);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(command_line).context("the WebAssembly tests failed")
}
