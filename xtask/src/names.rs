//! Short names for what a module and its glue call each other.
//!
//! wasm-bindgen ends the name of each import in sixteen digits of a hash, which no compression takes away. Nobody but the two
//! files reads these names, so both get the same short ones: three per cent of the first download.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{self, Error, Reencode};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, ImportSectionReader, Parser, Payload};

/// The module and its glue with short names in the place of those that end in a hash. `glue` is wasm-bindgen's, for one script.
pub(crate) fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::of(wasm, glue)?;
    Ok((names.in_wasm(wasm)?, names.in_glue(glue)))
}

/// Old names and new ones.
struct Names(BTreeMap<String, String>);

impl Names {
    fn of(wasm: &[u8], glue: &str) -> Result<Self> {
        let mut names = BTreeMap::new();
        let mut add = |name: &str| {
            if ends_in_hash(name) && !names.contains_key(name) {
                let short = format!("${}", names.len());
                names.insert(name.to_owned(), short);
            }
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.context("wasm-bindgen wrote no WebAssembly")? {
                Payload::ImportSection(section) => section.into_imports().try_for_each(|import| {
                    add(import?.name);
                    anyhow::Ok(())
                })?,
                Payload::ExportSection(section) => section.into_iter().try_for_each(|export| {
                    add(export?.name);
                    anyhow::Ok(())
                })?,
                _ => {}
            }
        }
        let known: Vec<&str> = words(glue).collect();
        for (name, short) in &names {
            ensure!(known.contains(&name.as_str()), "the glue does not know `{name}`, which the module names");
            ensure!(!known.contains(&short.as_str()), "the glue has a name `{short}` already");
        }
        Ok(Self(names))
    }

    fn short<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    fn in_glue(&self, glue: &str) -> String {
        let mut out = String::with_capacity(glue.len());
        let mut rest = glue;
        for word in words(glue) {
            // Words come in order, so each is found in what is left.
            let Some((before, after)) = rest.split_once(word) else { continue };
            out.extend([before, self.short(word)]);
            rest = after;
        }
        out + rest
    }

    fn in_wasm(&mut self, wasm: &[u8]) -> Result<Vec<u8>> {
        let mut module = Module::new();
        self.parse_core_module(&mut module, Parser::new(0), wasm)?;
        Ok(module.finish())
    }
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let of_type = self.entity_type(import.ty)?;
            imports.import(import.module, self.short(import.name), of_type);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), Error<Infallible>> {
        let name = self.short(export.name).to_owned();
        reencode::utils::parse_export(self, exports, Export { name: &name, ..export })
    }
}

/// What could be names in a script, in order.
fn words(script: &str) -> impl Iterator<Item = &str> {
    let part_of_word = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '$';
    script.split(move |sign| !part_of_word(sign)).filter(|word| !word.is_empty())
}

/// `__wbg_log_0123456789abcdef`, or `…__h0123456789abcdef`.
fn ends_in_hash(name: &str) -> bool {
    let Some((before, last)) = name.rsplit_once('_') else { return false };
    let digits = last.strip_prefix('h').unwrap_or(last);
    !before.is_empty() && digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "__wbg_log_0123456789abcdef";
    const CALL: &str = "wasm_bindgen__convert__closures_____invoke__hfedcba9876543210";

    fn module() -> Vec<u8> {
        let (mut types, mut imports, mut exports) =
            (wasm_encoder::TypeSection::new(), ImportSection::new(), ExportSection::new());
        types.ty().function([], []);
        for name in [LOG, "plain"] {
            imports.import("./widget_bg.js", name, wasm_encoder::EntityType::Function(0));
        }
        exports.export(CALL, wasm_encoder::ExportKind::Func, 1);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);
        module.finish()
    }

    #[test]
    fn both_sides_get_the_same_names() {
        let glue = format!("{LOG}: () => wasm.{CALL}(0), x{LOG}: 1, plain: 2");
        let (wasm, glue) = shorten(&module(), &glue).unwrap();
        assert_eq!(glue, format!("$0: () => wasm.$1(0), x{LOG}: 1, plain: 2"));
        let contains = |name: &[u8]| wasm.windows(name.len()).any(|window| window == name);
        assert!(contains(b"\x02$0\0") && contains(b"\x02$1\0") && contains(b"plain") && !contains(LOG.as_bytes()));
        wasmparser::Validator::new().validate_all(&wasm).unwrap();
    }

    #[test]
    fn a_glue_of_another_module_is_refused() {
        assert!(shorten(&module(), LOG).is_err());
        assert!(shorten(&module(), &format!("{LOG} {CALL} $1")).is_err());
    }
}
