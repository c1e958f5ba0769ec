//! The static folder: what a web server has to hold for the widget, its JavaScript API, its data and the demo page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::data;
use crate::integrity;
use crate::names;
use crate::package;
use crate::script::{self, Form, Parts, Words};
use crate::statement;
use crate::tools::Workspace;
use crate::tree::{self, Tree};
use crate::verify;
use crate::wasm::{self, Crate, Host, Profile};

/// The widget's WebAssembly, which the script fetches from beside itself.
const WIDGET_WASM: &str = "skills-passport.wasm";
/// Name of the API's files, without extension.
pub(crate) const API_NAME: &str = "skills-passport-api";

/// For a page that shows the widget in an iframe.
const FRAME: &str = "skills-passport-frame.js";
/// The service worker.
const WORKER: &str = "skills-passport-sw.js";
/// The parts of the widget's WebAssembly that the script fetches later, by their names in the source: what the first
/// question does not need, what only next steps need, and what only badges and passphrases need.
const PARTS: [&str; 3] = ["late", "next", "vault"];
/// Name of the files of the page that checks badges, without extension.
const VERIFY_NAME: &str = "skills-passport-verify";
/// The style of that part.
const LATE_STYLE: &str = "skills-passport-late.css";
/// The widget's style for the page that shows its design.
const DESIGN_STYLE: &str = "design-widget.css";

const WIDGET: Crate = Crate { package: "skills-passport-widget", features: None, split: true };
const WEB: Crate = Crate { package: "skills-passport-web", features: Some("api"), split: false };
/// Proofs over RDF: a module of its own beside the API, loaded by those who ask for it.
const RDF: Crate = Crate { package: "skills-passport-web", features: Some("rdfc"), split: false };
/// Its folder inside that of the API, and the name of its files.
const RDF_FOLDER: &str = "rdfc";
const RDF_NAME: &str = "skills-passport-rdfc";
const VERIFY: Crate = Crate { package: "skills-passport-web", features: Some("verify"), split: false };

const BANNER: &str = concat!(
    "Skills Passport ",
    env!("CARGO_PKG_VERSION"),
    " | ",
    env!("CARGO_PKG_LICENSE"),
    " | ",
    env!("CARGO_PKG_REPOSITORY"),
);

/// What to build.
pub(crate) struct Bundle {
    /// The folder to write.
    pub(crate) out: PathBuf,
    /// Whether test tools may look into the shadow root.
    pub(crate) test_hooks: bool,
    /// How to compile.
    pub(crate) profile: Profile,
}

impl Bundle {
    /// The folder as it is shipped.
    pub(crate) fn shipped(out: PathBuf) -> Self {
        Self { out, test_hooks: false, profile: Profile::Widget }
    }
}

/// Builds the folder. Nothing in it changes if anything fails.
pub(crate) fn build(workspace: &Workspace, bundle: &Bundle) -> Result<()> {
    wasm::ensure_target()?;
    let mut tree = Tree::default();
    let (packs, texts) = (data::packs()?, data::texts(workspace)?);
    let words = Words { interface: texts.element_words(), banks: data::bank_languages(&packs) };
    let compiled = add_widget(workspace, bundle, &mut tree)?;
    add_module(workspace, bundle, &mut tree, &WEB, "api", API_NAME)?;
    add_module(workspace, bundle, &mut tree, &RDF, &format!("api/{RDF_FOLDER}"), RDF_NAME)?;
    add_verify_page(workspace, bundle, &mut tree)?;
    for pack in packs {
        tree.add(format!("data/{}", pack.file_name), pack.content)?;
    }
    for file in texts.packed() {
        tree.add(format!("data/{}", file.name), file.content)?;
    }
    tree.add("data/languages.json", format!("{:#}\n", texts.index()))?;
    for (name, page) in statement::pages(workspace)? {
        tree.add(name, page)?;
    }
    let sheets = workspace.root.join("frontend/style");
    let (first, late) = (style(&sheets, Load::First)?, style(&sheets, Load::Late)?);
    tree.add(LATE_STYLE, script::squeeze(&late)?)?;
    tree.add(DESIGN_STYLE, [first, late].concat())?;
    add_scripts(workspace, bundle, &compiled, &words, &mut tree)?;
    let frontend = workspace.root.join("frontend");
    for file in [FRAME, "skills-passport.d.ts", "skills-passport-frame.d.ts", "custom-elements.json"] {
        tree.add(file, read(&frontend.join("js").join(file))?)?;
    }
    add_pages(&frontend.join("pages"), &mut tree)?;
    add_pages(&frontend.join("demo"), &mut tree)?;
    let worker = script::worker(BANNER, &integrity::of_offline(&tree)?, &read(&frontend.join("js").join(WORKER))?)?;
    tree.add(WORKER, worker)?;
    tree.add("package.json", package::manifest()?)?;
    tree.add("README.md", read(&frontend.join("js/README.md"))?)?;
    let list = integrity::list(&tree)?;
    tree.add(integrity::LIST, list)?;
    tree.write(&bundle.out, WIDGET_WASM)?;
    println!("built {}", workspace.show(&bundle.out));
    Ok(())
}

/// Builds the JavaScript API for Node, for the tests of the built package, and returns its folder.
pub(crate) fn build_for_node(workspace: &Workspace) -> Result<PathBuf> {
    wasm::ensure_target()?;
    let compiled = wasm::compile(workspace, &WEB, Profile::Widget)?;
    let out = workspace.target.join("web-node");
    wasm::bind(&compiled, Host::Node, Profile::Widget, API_NAME, &out)?;
    let compiled = wasm::compile(workspace, &RDF, Profile::Widget)?;
    wasm::bind(&compiled, Host::Node, Profile::Widget, RDF_NAME, &out.join(RDF_FOLDER))?;
    Ok(out)
}

/// What the widget's scripts are made of besides what is written by hand.
struct Compiled {
    /// wasm-bindgen's script.
    glue: String,
    /// See [`wasm::Split`].
    loads: BTreeMap<String, Vec<String>>,
    /// The files of WebAssembly, in the folder.
    files: Vec<String>,
}

/// Adds the widget's WebAssembly.
fn add_widget(workspace: &Workspace, bundle: &Bundle, tree: &mut Tree) -> Result<Compiled> {
    let features = bundle.test_hooks.then_some("test-hooks");
    let compiled = wasm::compile(workspace, &Crate { features, ..WIDGET }, bundle.profile)?;
    let split = wasm::split(&compiled, &PARTS, &workspace.scratch("split"))?;
    let out = workspace.scratch("widget");
    wasm::bind(&split.first, Host::Script, bundle.profile, "widget", &out)?;
    let bound = out.join("widget_bg.wasm");
    let wasm = fs::read(&bound).with_context(|| format!("cannot read {}", bound.display()))?;
    let (wasm, glue) = names::shorten(&wasm, &read(&out.join("widget.js"))?)?;
    fs::write(&bound, wasm).with_context(|| format!("cannot write {}", bound.display()))?;
    let mut files = vec![WIDGET_WASM.to_owned()];
    add_wasm(workspace, bundle, tree, WIDGET_WASM, &bound)?;
    for (name, file) in &split.parts {
        let path = format!("skills-passport-{name}.wasm");
        add_wasm(workspace, bundle, tree, &path, file)?;
        files.push(path);
    }
    Ok(Compiled { glue, loads: split.loads, files })
}

/// Adds the widget's scripts; everything that they fetch is in the tree before.
fn add_scripts(
    workspace: &Workspace,
    bundle: &Bundle,
    compiled: &Compiled,
    words: &Words,
    tree: &mut Tree,
) -> Result<()> {
    let frontend = workspace.root.join("frontend");
    let fetched: Vec<&str> = compiled.files.iter().map(String::as_str).chain([LATE_STYLE]).collect();
    let hashes = integrity::of_fetched(tree, WIDGET_WASM, &fetched)?;
    let parts = Parts {
        banner: BANNER,
        test_hooks: bundle.test_hooks,
        words,
        split: &compiled.loads,
        style: &style(&frontend.join("style"), Load::First)?,
        hashes: &hashes,
        glue: &compiled.glue,
        element: &read(&frontend.join("js/element.js"))?,
    };
    for (name, form) in [("skills-passport.js", Form::Classic), ("skills-passport.mjs", Form::Module)] {
        tree.add(name, script::assemble(form, &parts)?)?;
    }
    Ok(())
}

/// The page that a badge's QR code opens: a small program of its own, so that nobody downloads the widget for it.
fn add_verify_page(workspace: &Workspace, bundle: &Bundle, tree: &mut Tree) -> Result<()> {
    let compiled = wasm::compile(workspace, &VERIFY, bundle.profile)?;
    let out = workspace.scratch("verify");
    wasm::bind(&compiled, Host::Module, bundle.profile, VERIFY_NAME, &out)?;
    let wasm = format!("{VERIFY_NAME}_bg.wasm");
    add_wasm(workspace, bundle, tree, &wasm, &out.join(&wasm))?;
    tree.add(format!("{VERIFY_NAME}.js"), read(&out.join(format!("{VERIFY_NAME}.js")))?)?;
    let folder = workspace.root.join("frontend/verify");
    let script = verify::script(&read(&folder.join("verify.js"))?, &verify::words(&folder.join("words"))?);
    tree.add("verify.js", script)?;
    for name in ["verify.html", "verify.css"] {
        tree.add(name, read(&folder.join(name))?)?;
    }
    Ok(())
}

/// Adds the pages of a folder, which name the hashes of files, and what belongs to them.
fn add_pages(folder: &Path, tree: &mut Tree) -> Result<()> {
    for file in tree::files_in(folder)? {
        let path = folder.join(&file);
        if file.ends_with(".html") {
            let page = integrity::fill(&read(&path)?, tree)?;
            tree.add(file, page)?;
        } else {
            tree.add(file, fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?)?;
        }
    }
    Ok(())
}

/// Adds an ES module with its declarations, in a folder of its own.
fn add_module(
    workspace: &Workspace,
    bundle: &Bundle,
    tree: &mut Tree,
    what: &Crate,
    folder: &str,
    name: &str,
) -> Result<()> {
    let compiled = wasm::compile(workspace, what, bundle.profile)?;
    let out = workspace.scratch("module");
    wasm::bind(&compiled, Host::Module, bundle.profile, name, &out)?;
    for file in tree::files_in(&out)? {
        if file.ends_with(".wasm") {
            add_wasm(workspace, bundle, tree, &format!("{folder}/{file}"), &out.join(&file))?;
        } else if !file.ends_with(".wasm.d.ts") {
            // The raw exports of the WebAssembly file are nobody's interface, so their declarations stay behind.
            tree.add(format!("{folder}/{file}"), read(&out.join(&file))?)?;
        }
    }
    Ok(())
}

fn add_wasm(workspace: &Workspace, bundle: &Bundle, tree: &mut Tree, name: &str, file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    if bundle.profile == Profile::Widget {
        wasm::refuse_machine_paths(workspace, name, &bytes)?;
    }
    tree.add(name, wasm::compact(&bytes)?)
}

/// When a style sheet is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Load {
    /// For the first screens: it travels in the script.
    First,
    /// After that; their names begin with `late-`.
    Late,
}

/// The style sheets of a folder for one part, as one, in the order of their names.
fn style(folder: &Path, load: Load) -> Result<String> {
    let files = tree::files_in(folder)?;
    let sheets: Vec<String> = files
        .iter()
        .filter(|file| file.ends_with(".css") && file.starts_with("late-") == (load == Load::Late))
        .map(|file| read(&folder.join(file)))
        .collect::<Result<_>>()?;
    if sheets.is_empty() {
        bail!("there is no .css file in {}", folder.display());
    }
    Ok(sheets.concat())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
