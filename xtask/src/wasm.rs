//! From a crate to WebAssembly: the target, cargo's part, and wasm-bindgen's part (as a library, so nothing has to be installed).

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;
use wasm_encoder::reencode::{self, Reencode};

use crate::tools::{Artefacts, Cmd, Workspace, on_path};
use crate::tree;

/// The platform of the browser.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How the compiler works.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small and fast: what is shipped.
    Widget,
    /// Quick to compile, with names in stack traces.
    Dev,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Widget => "widget",
            Self::Dev => "dev",
        }
    }
}

/// A crate to compile to one `.wasm` file.
pub(crate) struct Crate {
    pub(crate) package: &'static str,
    pub(crate) features: Option<&'static str>,
    /// Whether it will be split: then the linker keeps what the splitter has to know.
    pub(crate) split: bool,
}

/// Where the generated glue will live.
#[derive(Clone, Copy)]
pub(crate) enum Host {
    /// In one script together with other code, without modules.
    Script,
    /// An ES module in a browser, with TypeScript declarations.
    Module,
    /// Node.
    Node,
}

/// Makes sure that the standard library for the browser is there, fetching it where rustup can.
pub(crate) fn ensure_target() -> Result<()> {
    // Asked of the compiler and not of rustup: some people have the one without the other.
    let libraries = || Cmd::new("rustc", ["--print", "target-libdir", "--target", TARGET]).stdout();
    let present = || libraries().is_ok_and(|folder| Path::new(folder.trim()).is_dir());
    if present() {
        return Ok(());
    }
    if on_path(&["rustup"]).is_none() {
        bail!(
            "the Rust compiler here has no standard library for {TARGET}: install it with your system's packages, or use rustup \
             (https://rustup.rs) and `rustup target add {TARGET}`"
        );
    }
    println!("adding the compilation target {TARGET} with rustup");
    Cmd::new("rustup", ["target", "add", TARGET]).run()?;
    if !present() {
        bail!("rustup added {TARGET}, but not to the toolchain that `rustc` is");
    }
    Ok(())
}

/// Compiles a crate and returns the path of its `.wasm` file.
pub(crate) fn compile(workspace: &Workspace, what: &Crate, profile: Profile) -> Result<PathBuf> {
    let mut command = Cmd::cargo(["rustc", "--lib", "-p", what.package, "--target", TARGET]);
    if let Some(features) = what.features {
        command = command.arg("--features").arg(features);
    }
    command = command
        .arg("--profile")
        .arg(profile.name())
        // Whatever the manifest lists. A library that is also an rlib is not optimised across crates, and the cdylibs of one crate
        // built with different features overwrite each other in the target folder.
        .args(["--crate-type", "cdylib"])
        .arg("--config")
        .arg(workspace.show(&compiler_config(workspace)?).to_string())
        .arg("--message-format=json-render-diagnostics");
    if what.split {
        // For this crate alone: libraries compiled with other flags would be compiled anew for each crate that we build.
        command = command.args(["--", "-Clink-arg=--emit-relocs"]);
    }
    let output = command
        // These would silence the configuration file above, and with it the remapping.
        .without_env("RUSTFLAGS")
        .without_env("CARGO_ENCODED_RUSTFLAGS")
        .folder(&workspace.root)
        .run_for_stdout()?;
    Artefacts::of(&output)
        .files
        .into_iter()
        .rfind(|path| path.extension().is_some_and(|extension| extension == "wasm"))
        .with_context(|| format!("compiling `{}` made no .wasm file", what.package))
}

/// Generates the glue for a `.wasm` file. The folder is emptied first; it then holds `<name>.js`, `<name>_bg.wasm` and, for
/// [`Host::Module`], `<name>.d.ts`.
pub(crate) fn bind(wasm: &Path, host: Host, profile: Profile, name: &str, out: &Path) -> Result<()> {
    tree::empty_folder(out)?;
    let shipped = profile == Profile::Widget;
    let mut bindgen = Bindgen::new();
    bindgen
        // A part that was split off imports the linker's exports, first of all the table of functions.
        .keep_lld_exports(matches!(host, Host::Script))
        .input_path(wasm)
        .out_name(name)
        .typescript(matches!(host, Host::Module))
        .remove_name_section(shipped)
        .remove_producers_section(shipped);
    match host {
        Host::Script => bindgen.no_modules(true)?,
        Host::Module => bindgen.web(true)?,
        Host::Node => bindgen.nodejs(true)?,
    };
    bindgen.generate(out).with_context(|| format!("wasm-bindgen cannot make the glue for `{name}`"))
}

/// A `.wasm` file in parts.
pub(crate) struct Split {
    /// What is loaded first, still to be bound.
    pub(crate) first: PathBuf,
    /// The parts that are loaded later, by their names: those of the source, and some for what several of them share.
    pub(crate) parts: BTreeMap<String, PathBuf>,
    /// For each part of the source, the parts to load, in this order.
    pub(crate) loads: BTreeMap<String, Vec<String>>,
}

/// The name of what two parts share.
const SHARED: &str = "shared";

/// Splits a `.wasm` file at its split points, which must be those with these names.
pub(crate) fn split(wasm: &Path, names: &[&str], out: &Path) -> Result<Split> {
    tree::empty_folder(out)?;
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let first = out.join("first.wasm");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = out;
    options.main_out_path = &first;
    let split = match wasm_split_cli_support::transform(options) {
        Ok(split) => split,
        Err(error) => bail!("cannot split {}: {error:#}", wasm.display()),
    };
    // With two parts, there is one chunk of what both share.
    let name_of = |stem: &str| match stem.strip_prefix("split_") {
        Some(name) => name.to_owned(),
        None if names.len() == 2 => SHARED.to_owned(),
        None => stem.to_owned(),
    };
    let mut loads = BTreeMap::new();
    for (name, files) in split.prefetch_map {
        loads.insert(name, files.iter().map(|file| name_of(file)).collect::<Vec<_>>());
    }
    if !loads.keys().eq(names.iter().copied().collect::<BTreeSet<_>>()) {
        bail!("parts named {names:?} were expected to be split off {}, not {:?}", wasm.display(), loads.keys());
    }
    let mut parts = BTreeMap::new();
    for part in split.split_modules {
        let name = name_of(&part.file_stem().unwrap_or_default().to_string_lossy());
        // A part without anything in it is never asked for.
        if loads.values().flatten().any(|wanted| *wanted == name) {
            parts.insert(name, part);
        }
    }
    Ok(Split { first, parts, loads })
}

/// A module as we ship it: without what only debuggers read (names and the like are sections of their own), and without
/// the room that the linker leaves in each number, so that the splitter can put others there.
pub(crate) fn compact(wasm: &[u8]) -> Result<Vec<u8>> {
    struct Compact;
    impl Reencode for Compact {
        type Error = Infallible;

        fn parse_custom_section(
            &mut self,
            _: &mut wasm_encoder::Module,
            _: wasmparser::CustomSectionReader<'_>,
        ) -> Result<(), reencode::Error<Infallible>> {
            Ok(())
        }
    }
    let mut module = wasm_encoder::Module::new();
    let parsed = Compact.parse_core_module(&mut module, wasmparser::Parser::new(0), wasm);
    parsed.context("what was compiled is no WebAssembly")?;
    Ok(module.finish())
}

/// Fails if the file names a folder of this machine: what we ship must not say who built it where.
pub(crate) fn refuse_machine_paths(workspace: &Workspace, name: &str, bytes: &[u8]) -> Result<()> {
    let mut folders = vec![workspace.root.clone(), workspace.target.clone()];
    folders.extend(cargo_home());
    folders.extend(env::home_dir());
    for folder in folders {
        let text = folder.to_string_lossy().into_owned();
        // The folder alone, if its name is short, could be a text of ours; a path below it could not.
        let needle = format!("{}{}", text.trim_end_matches('/'), std::path::MAIN_SEPARATOR);
        if needle.len() > 1 && contains(bytes, needle.as_bytes()) {
            bail!("`{name}` contains the path {text}: a source outside of the remapped folders?");
        }
    }
    Ok(())
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// Writes a cargo configuration that takes the paths of this machine out of what the compiler writes (panic messages name their
/// source file), and chooses the small form of a library. A file and not a variable, so that the printed command stays short
/// and can be repeated.
fn compiler_config(workspace: &Workspace) -> Result<PathBuf> {
    // The last match wins, so the general comes first.
    let mut remaps: Vec<(PathBuf, &str)> = Vec::new();
    remaps.extend(env::home_dir().map(|home| (home, "home")));
    let sysroot = Cmd::new("rustc", ["--print", "sysroot"]).stdout()?;
    remaps.push((PathBuf::from(sysroot.trim()), "rust"));
    remaps.push((workspace.root.clone(), "skills-passport"));
    if let Some(home) = cargo_home() {
        let sources = home.join("registry").join("src");
        remaps.push((home, "cargo"));
        // Each registry's folder has the registry's name in it, which says nothing to a reader.
        let registries = fs::read_dir(sources).into_iter().flatten().flatten();
        remaps.extend(registries.map(|entry| (entry.path(), "crates")));
    }
    let mut flags: Vec<String> =
        remaps.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect();
    // SHA-2 in loops: written out they are three kilobytes more to download (README of the crate, "Backends").
    flags.push("--cfg=sha2_backend_soft=\"compact\"".to_owned());
    // A JSON array of strings is a TOML one too.
    let config = format!("[target.{TARGET}]\nrustflags = {}\n", serde_json::to_string(&flags)?);
    let path = workspace.scratch("remap.toml");
    if !fs::read_to_string(&path).is_ok_and(|old| old == config) {
        tree::create_parent(&path)?;
        fs::write(&path, config).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_the_machine_is_noticed() {
        let workspace = Workspace {
            root: PathBuf::from("/srv/someone/passport"),
            target: PathBuf::from("/srv/someone/passport/target"),
        };
        let check = |text: &str| refuse_machine_paths(&workspace, "x.wasm", text.as_bytes());
        assert!(check("\0asm panicked at core/src/lib.rs").is_ok());
        assert!(check("\0asm panicked at /srv/someone/passport/core/src/lib.rs").is_err());
    }
}
