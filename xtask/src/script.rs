//! The widget's one script, put together from its parts: license, constants, the generated glue and the custom element.
//!
//! Pure text in, text out. It exists twice, as a classic script and as an ES module, which differ in where they come from and in what they export. The classic one
//! defines the element even where the widget's origin forgot its CORS header, so that it can say what is wrong; a module does not
//! even load.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::integrity;

/// What a page loads the script as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// `<script src="…" defer>`.
    Classic,
    /// `<script type="module" src="…">` or `import "…"`.
    Module,
}

/// The languages that the script knows.
#[derive(Default)]
pub(crate) struct Words {
    /// An object with an entry for each language of the interface: an object of words by key.
    pub(crate) interface: serde_json::Value,
    /// The languages that questions can be asked in.
    pub(crate) banks: Vec<String>,
}

/// What the script is made of.
pub(crate) struct Parts<'a> {
    /// One line of who, which version, under which license.
    pub(crate) banner: &'a str,
    /// Whether test tools may look into the shadow root.
    pub(crate) test_hooks: bool,
    /// Languages and what is said in them before any other file is there.
    pub(crate) words: &'a Words,
    /// What the script fetches hashes to, by path: see [`integrity`].
    pub(crate) hashes: &'a BTreeMap<String, String>,
    /// For each part of the WebAssembly that comes later, the files to load.
    pub(crate) split: &'a BTreeMap<String, Vec<String>>,
    /// The text of the style sheet.
    pub(crate) style: &'a str,
    /// wasm-bindgen's output for `no_modules`: a script that declares `wasm_bindgen`.
    pub(crate) glue: &'a str,
    /// The custom element, written by hand.
    pub(crate) element: &'a str,
}

/// Puts the script together.
///
/// Everything is inside one function, so that a page which embeds the widget gains no global name. The element sees:
/// `SCRIPT_URL` (where this script came from), `SHADOW_MODE`, `WORDS`, `BANK_LANGUAGES`, `HASHES`, `STYLE`, `wasm_bindgen`
/// (the glue's init function with the exports
/// on it) and `freshBindgen`.
///
/// The glue asks for the parts that were split off with `require`, which is a function of the element's.
///
/// wasm-bindgen's own reset function does not exist for `no_modules`. So the glue is a function's body, and calling it again
/// gives glue that shares nothing with the last one: after a panic, `wasm_bindgen = freshBindgen()` and a new init is a clean start.
pub(crate) fn assemble(form: Form, parts: &Parts<'_>) -> Result<String> {
    if !parts.glue.contains("let wasm_bindgen =") {
        bail!("the generated glue does not declare `wasm_bindgen`: has the generator changed?");
    }
    if parts.banner.contains("*/") {
        bail!("the license banner would end its own comment");
    }
    let (opening, script_url) = match form {
        // `currentScript` is null when something evaluates the text by other means; the page's own address is the best guess then.
        Form::Classic => ("(() => {", "document.currentScript ? document.currentScript.src : document.baseURI"),
        Form::Module => ("export const { setBase } = (() => {", "import.meta.url"),
    };
    let shadow_mode = if parts.test_hooks { "open" } else { "closed" };
    Ok(format!(
        "/*! {banner} */\n\
         {opening}\n\
         \"use strict\";\n\
         const SCRIPT_URL = {script_url};\n\
         const SHADOW_MODE = \"{shadow_mode}\";\n\
         const WORDS = {words};\n\
         const BANK_LANGUAGES = {banks};\n\
         const HASHES = {hashes};\n\
         const PARTS = {split};\n\
         const STYLE = {style};\n\
         const freshBindgen = () => {{\n\
         {glue}\n\
         return wasm_bindgen;\n\
         }};\n\
         let wasm_bindgen = freshBindgen();\n\
         {element}\n\
         return {{ setBase }};\n\
         }})();\n",
        banner = parts.banner,
        hashes = serde_json::to_string(parts.hashes)?,
        // A JSON string is a JavaScript string (since ES2019 without exception).
        words = parts.words.interface,
        banks = serde_json::to_string(&parts.words.banks)?,
        split = serde_json::to_string(parts.split)?,
        style = serde_json::to_string(&squeeze(parts.style)?)?,
        glue = retirable(&squeeze(parts.glue)?)?,
        element = squeeze(parts.element)?,
    ))
}

/// Gives the glue a function `retire`. Timers and listeners of a module that has failed outlive it, and calling into it again
/// would fail each time in another way. Once retired, every call into it does nothing and gives an empty list, since the glue
/// takes some results apart; its memory can still be read.
fn retirable(glue: &str) -> Result<String> {
    const DECLARATION: &str = "let wasmModule, wasmInstance, wasm;\n";
    let Some((before, after)) = glue.split_once(DECLARATION) else {
        bail!("the generated glue does not declare `wasm` where it did: has the generator changed?");
    };
    Ok(format!(
        "{before}{DECLARATION}\
         exports.retire = () => {{\n\
         const dead = wasm;\n\
         wasm = new Proxy({{}}, {{ get: (_, name) => typeof dead[name] === \"function\" ? () => [] : dead[name] }});\n\
         }};\n\
         {after}"
    ))
}

/// Puts the service worker together: it sees `FILES` (path to hash) and `VERSION`, which differs when any of them does.
pub(crate) fn worker(banner: &str, files: &BTreeMap<String, String>, code: &str) -> Result<String> {
    let files = serde_json::to_string(files)?;
    let version = integrity::of(files.as_bytes());
    Ok(format!(
        "/*! {banner} */\n\"use strict\";\n(() => {{\nconst FILES = {files};\nconst VERSION = \"{version}\";\n{code}}})();\n",
        code = squeeze(code)? + "\n",
    ))
}

/// Drops indentation, empty lines and comments that have lines of their own: a kilobyte and a half of the download, without
/// a minifier. Refuses text in which a line could be the inside of a string.
pub(crate) fn squeeze(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if line.matches('`').count() % 2 == 1 {
            bail!("a template literal over several lines cannot be squeezed: `{line}`");
        }
        let opens = line.starts_with("/*");
        if in_comment || opens {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    #[test]
    fn squeezing_keeps_code_and_drops_what_only_readers_need() {
        let text = "/* a\n   b */\n// c\nlet x = \"// kept\"; // kept\n\n    y(`/* kept */`);\n/** d */\n";
        assert_eq!(squeeze(text).unwrap(), "let x = \"// kept\"; // kept\ny(`/* kept */`);");
        assert!(squeeze("a(`first\nsecond`)").is_err());
    }

    const GLUE: &str =
        "let wasm_bindgen = (function(exports) {\nlet wasmModule, wasmInstance, wasm;\nreturn exports;\n})({});";

    static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
        interface: serde_json::json!({ "en": { "loading": "…" } }),
        banks: vec!["en".to_owned()],
    });
    static NO_HASHES: BTreeMap<String, String> = BTreeMap::new();

    static SPLIT: LazyLock<BTreeMap<String, Vec<String>>> =
        LazyLock::new(|| [("late".to_owned(), vec!["chunk_1".to_owned(), "late".to_owned()])].into());

    fn parts(style: &str, test_hooks: bool) -> Parts<'_> {
        Parts {
            words: &WORDS,
            split: &SPLIT,
            banner: "Skills Passport",
            test_hooks,
            hashes: &NO_HASHES,
            style,
            glue: GLUE,
            element: "customElements.define(\"x-y\", X);\n",
        }
    }

    #[test]
    fn the_classic_form_is_one_function() {
        let script = assemble(Form::Classic, &parts("a { b: c }", false)).unwrap();
        let expected = "\
/*! Skills Passport */
(() => {
\"use strict\";
const SCRIPT_URL = document.currentScript ? document.currentScript.src : document.baseURI;
const SHADOW_MODE = \"closed\";
const WORDS = {\"en\":{\"loading\":\"…\"}};
const BANK_LANGUAGES = [\"en\"];
const HASHES = {};
const PARTS = {\"late\":[\"chunk_1\",\"late\"]};
const STYLE = \"a { b: c }\";
const freshBindgen = () => {
let wasm_bindgen = (function(exports) {
let wasmModule, wasmInstance, wasm;
exports.retire = () => {
const dead = wasm;
wasm = new Proxy({}, { get: (_, name) => typeof dead[name] === \"function\" ? () => [] : dead[name] });
};
return exports;
})({});
return wasm_bindgen;
};
let wasm_bindgen = freshBindgen();
customElements.define(\"x-y\", X);
return { setBase };
})();
";
        assert_eq!(script, expected);
    }

    #[test]
    fn the_forms_differ_in_the_script_address_and_what_is_exported() {
        let classic = assemble(Form::Classic, &parts("", false)).unwrap();
        let module = assemble(Form::Module, &parts("", false)).unwrap();
        let different: Vec<_> = classic.lines().zip(module.lines()).filter(|(a, b)| a != b).collect();
        assert_eq!(classic.lines().count(), module.lines().count());
        let module: Vec<_> = different.iter().map(|(_, line)| *line).collect();
        assert_eq!(module, ["export const { setBase } = (() => {", "const SCRIPT_URL = import.meta.url;"]);
    }

    #[test]
    fn the_worker_is_another_one_when_a_file_is() {
        let worker = |hash: &str| {
            let files = BTreeMap::from([("a.js".to_owned(), hash.to_owned())]);
            worker("Skills Passport", &files, "// why\ndoes(FILES);\n").unwrap()
        };
        assert!(worker("x").contains("const FILES = {\"a.js\":\"x\"};\nconst VERSION = \"sha256-"), "{}", worker("x"));
        assert!(worker("x").ends_with("does(FILES);\n})();\n"), "{}", worker("x"));
        assert_ne!(worker("x"), worker("y"));
    }

    #[test]
    fn test_hooks_open_the_shadow_root() {
        let script = assemble(Form::Classic, &parts("", true)).unwrap();
        assert!(script.contains("const SHADOW_MODE = \"open\";"));
    }

    #[test]
    fn a_style_cannot_leave_its_string() {
        let script = assemble(Form::Classic, &parts("a::before { content: \"\\201C\";\n}", false)).unwrap();
        assert!(script.contains(r#"const STYLE = "a::before { content: \"\\201C\";\n}";"#));
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        let strange = Parts { glue: "export default init;", ..parts("", false) };
        assert!(assemble(Form::Classic, &strange).is_err());
    }
}
