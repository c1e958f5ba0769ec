//! The library's façade, loaded with a framework and a bank of a library.

use skills_passport::facade::Engine;
use skills_passport::id::Language;
use skills_passport_frameworks::Library;

use crate::error::CliError;

/// An engine that has texts in this language.
pub(crate) fn load(library: &Library, framework: &str, bank: &str, language: &Language) -> Result<Engine, CliError> {
    let instrument = library.instrument(framework, bank)?;
    let no_texts = |name: String| CliError::NoTexts { name, language: language.to_string() };
    if instrument.framework().text(language).is_none() {
        return Err(no_texts(instrument.framework().reference().to_string()));
    }
    if instrument.bank().text(language).is_none() {
        return Err(no_texts(instrument.bank().reference().to_string()));
    }
    Ok(Engine::new(instrument))
}
