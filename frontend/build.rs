//! Turns the keys of the interface's texts into an enum. The texts themselves are data that the widget fetches; a fault
//! in any of them stops the build here (see the crate `skills-passport-texts`).

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use skills_passport_texts::{Catalogue, Part, Style};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=text");
    let catalogue = Catalogue::read(Path::new("text")).map_err(|error| format!("frontend/text/{error}"))?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?).join("texts.rs");
    fs::write(out, code(&catalogue)?)?;
    Ok(())
}

fn code(catalogue: &Catalogue) -> Result<String, std::fmt::Error> {
    let mut code = String::from(
        "/// A text of the interface: first those of the start, then those that come late.\n\
         #[allow(clippy::enum_variant_names, reason = \"named by the keys of the texts\")]\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub(crate) enum Key {\n",
    );
    for part in [Part::Start, Part::Late] {
        for (key, text) in catalogue.keys(part) {
            writeln!(code, "    /// {}\n    {},", text.replace(['\n', '[', ']', '<', '>'], " "), variant(key))?;
        }
    }
    code.push_str("}\n\n");
    let count = |part| catalogue.keys(part).count();
    writeln!(code, "/// Number of texts of the start.\nconst START: usize = {};", count(Part::Start))?;
    writeln!(code, "/// Number of texts that come late.\nconst LATE: usize = {};", count(Part::Late))?;
    writeln!(code, "/// Names this very set of texts.\nconst DIGEST: &str = {:?};", catalogue.digest())?;
    code.push_str(
        "/// The languages to choose from, each with its own name for itself.\n\
         pub(crate) const LANGUAGES: &[(&str, &str)] = &[\n",
    );
    for (tag, language) in catalogue.languages().filter(|(_, language)| language.style.is_none()) {
        writeln!(code, "    ({tag:?}, {:?}),", language.name)?;
    }
    code.push_str("];\n\n/// The languages that have an easy variant.\npub(crate) const EASY: &[&str] = &[\n");
    let easy = catalogue.languages().filter(|(_, language)| language.style == Some(Style::Easy));
    for (tag, _) in easy {
        writeln!(code, "    {:?},", tag.split('-').next().unwrap_or_default())?;
    }
    code.push_str("];\n\n/// The names of the keys, in order.\n#[cfg(test)]\nconst NAMES: &[&str] = &[\n");
    for part in [Part::Start, Part::Late] {
        for (key, _) in catalogue.keys(part) {
            writeln!(code, "    {:?},", variant(key))?;
        }
    }
    code.push_str("];\n");
    Ok(code)
}

fn variant(key: &str) -> String {
    key.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        })
        .collect()
}
