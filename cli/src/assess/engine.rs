//! The library's façade, loaded with a framework and a bank of a library.

use skills_passport::assessment::Instrument;
use skills_passport::facade::{Engine, Failure};
use skills_passport::framework::{CrosswalkDocument, CrosswalkMapping, Origin};
use skills_passport::id::Language;
use skills_passport::pack::Pack;
use skills_passport_frameworks::Library;

use crate::error::CliError;

/// An engine with the texts of one language.
pub(super) fn load(library: &Library, framework: &str, bank: &str, language: &Language) -> Result<Engine, CliError> {
    let instrument = library.instrument(framework, bank)?;
    let no_texts = |name: String| CliError::NoTexts { name, language: language.to_string() };
    let (framework, bank) = (instrument.framework(), instrument.bank());
    let pack = Pack {
        framework: framework.document().clone(),
        framework_texts: vec![
            framework.text(language).ok_or_else(|| no_texts(framework.reference().to_string()))?.clone(),
        ],
        bank: bank.document().clone(),
        bank_texts: vec![bank.text(language).ok_or_else(|| no_texts(bank.reference().to_string()))?.clone()],
        crosswalk: crosswalk(&instrument),
    };
    let unwritable = |error: serde_json::Error| Failure {
        code: "not-json".to_owned(),
        message: error.to_string(),
        path: String::new(),
    };
    let text = serde_json::to_string(&pack).map_err(|error| CliError::Refused(unwritable(error)))?;
    Engine::load(&text).map_err(CliError::Refused)
}

/// The crosswalk that the bank was read by, from what it did; none where bank and framework are of one mind. The
/// engine loads packs only, and the library keeps the crosswalk it used to itself.
fn crosswalk(instrument: &Instrument) -> Option<CrosswalkDocument> {
    let (from, to) = (&instrument.bank().document().framework, instrument.framework().reference());
    if *from == to {
        return None;
    }
    let mut mappings: Vec<CrosswalkMapping> = Vec::new();
    for (source, item) in instrument.bank().document().items.iter().zip(instrument.bank().items()) {
        let mapping = CrosswalkMapping { from: source.competence.clone(), to: item.competence.clone() };
        if !mappings.contains(&mapping) {
            mappings.push(mapping);
        }
    }
    Some(CrosswalkDocument { from: from.clone(), to, provenance: Origin::Ours, note: String::new(), mappings })
}
