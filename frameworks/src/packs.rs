//! What browsers download: whole packs, and packs to start with whose item texts come later.
//!
//! A whole pack (`digcomp-3.0.general.fr.json`) is one file with everything, for programs. A start pack
//! (`digcomp-3.0.general.fr.start.json`) has what the first question is chosen with, and of all texts only those of the few
//! items that can be the first; before it comes a sheet (`digcomp-3.0.general.fr.sheet.txt`) that asks the first question
//! without an engine. The others are in a file for each competence (`general-0.2.0.fr.1.1.json`), which all
//! frameworks share: it is numbered as the bank was written, and the start pack of a framework with other numbers says which
//! file belongs to which of its competences. What somebody can do at each level (`digcomp-3.0.fr.descriptors.json`) comes with
//! results.

use semver::Version;
use skills_passport::assessment::{Instrument, Mode, Plan};
use skills_passport::bank::BankText;
use skills_passport::facade::{Engine, sheet_lines, text_file_name};
use skills_passport::framework::{Alignments, FrameworkText, descriptors_file_name, scheme_file_name};
use skills_passport::id::{CompetenceId, Language};
use skills_passport::pack::Pack;
use skills_passport::table::Table;

use crate::library::{Library, Listing};
use crate::{LoadError, LoadFault};

/// What a mediator notes a session in.
const IN_BROWSERS: [&str; 1] = ["coop-themes"];

/// A file ready to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// For example `digcomp-3.0.general.fr.json`.
    pub file_name: String,
    /// Its content: JSON, or lines of text.
    pub content: String,
}

/// A whole pack for every bank, every framework that it can be measured in, and every language of both; each checked.
/// Of several versions of a bank, the newest.
///
/// # Errors
/// The first fault found.
pub fn packs(library: &Library) -> Result<Vec<PackFile>, LoadError> {
    let mut files = Vec::new();
    each_language(library, |offer, language| {
        files.push(written(format!("{}.json", offer.stem(language)), &offer.pack(language)?)?);
        Ok(())
    })?;
    Ok(files)
}

/// The same in pieces: a start pack and a sheet for each whole one, the texts of items by competence, and the descriptors of levels by
/// framework and language.
///
/// # Errors
/// The first fault found.
pub fn start_packs(library: &Library) -> Result<Vec<PackFile>, LoadError> {
    let mut files = Vec::new();
    each_language(library, |offer, language| {
        let engine = Engine::new(offer.instrument.clone());
        files.push(written(format!("{}.start.json", offer.stem(language)), &offer.start_pack(language)?)?);
        files.push(PackFile {
            file_name: format!("{}.sheet.txt", offer.stem(language)),
            content: sheet_lines(&engine, language).ok_or_else(|| offer.missing(language))?,
        });
        if offer.is_own_framework() {
            files.extend(offer.text_files(language)?);
        }
        let framework = offer.instrument.framework();
        let name = descriptors_file_name(&framework.reference(), language);
        // Several banks share it.
        if !files.iter().any(|file| file.file_name == name) {
            files.push(written(name, &offer.framework_text(language)?)?);
        }
        Ok(())
    })?;
    Ok(files)
}

/// The scheme whose addresses travel with every framework.
const ADDRESSES: &str = "esco";

/// For every framework that a crosswalk leads to: the addresses of its areas and competences in ESCO
/// (`digcomp-3.0.esco.json`).
///
/// # Errors
/// The first fault found.
pub fn alignments(library: &Library) -> Result<Vec<PackFile>, LoadError> {
    let schemes = library.schemes()?;
    let mut files = Vec::new();
    for listing in library.frameworks()? {
        let home = schemes.iter().find(|scheme| scheme.id.as_str() == ADDRESSES).map(|scheme| &scheme.from);
        if !home.is_some_and(|home| library.reaches(home, &listing)) {
            continue;
        }
        let framework = library.framework(&listing.to_string())?;
        let scheme = library.scheme(ADDRESSES, &framework)?;
        let Version { major, minor, .. } = listing.version;
        let file_name = format!("{}-{major}.{minor}.{ADDRESSES}.json", listing.id);
        files.push(written(file_name, &Alignments::of(&scheme, framework.reference()))?);
    }
    Ok(files)
}

/// A bank that can be measured in a framework.
struct Offer {
    instrument: Instrument,
    /// The competence of each item as the bank was written, by that in this framework.
    as_written: Table<CompetenceId, CompetenceId>,
    own_framework: bool,
}

fn each_language(
    library: &Library,
    mut make: impl FnMut(&Offer, &Language) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    for framework in library.frameworks()? {
        for bank in library.newest_banks()? {
            let Some(offer) = Offer::new(library, &framework, &bank)? else { continue };
            for language in offer.instrument.bank().languages() {
                make(&offer, language)?;
            }
        }
    }
    Ok(())
}

impl Offer {
    /// None where no crosswalk leads from the bank's framework to this one.
    fn new(library: &Library, framework: &Listing, bank: &Listing) -> Result<Option<Self>, LoadError> {
        let files = library.bank_files(&bank.to_string())?;
        let written_for = files.document.framework;
        if !library.reaches(&written_for, framework) {
            return Ok(None);
        }
        let instrument = library.instrument(&framework.to_string(), &bank.to_string())?;
        // A translated bank has the same items in the same order.
        let items = instrument.bank().items().iter().zip(files.document.items);
        let as_written = items.map(|(item, written)| (item.competence.clone(), written.competence)).collect();
        let own_framework = written_for == instrument.framework().reference();
        Ok(Some(Self { instrument, as_written, own_framework }))
    }

    fn is_own_framework(&self) -> bool {
        self.own_framework
    }

    /// For example `digcomp-3.0.general.fr`.
    fn stem(&self, language: &Language) -> String {
        let reference = self.instrument.framework().reference();
        let Version { major, minor, .. } = reference.version;
        format!("{}-{major}.{minor}.{}.{language}", reference.id, self.instrument.bank().document().id)
    }

    fn texts(&self, language: &Language) -> Result<&BankText, LoadError> {
        self.instrument.bank().text(language).ok_or_else(|| self.missing(language))
    }

    fn missing(&self, language: &Language) -> LoadError {
        LoadError::new(self.stem(language), LoadFault::Missing)
    }

    fn framework_text(&self, language: &Language) -> Result<FrameworkText, LoadError> {
        let framework = self.instrument.framework();
        let missing =
            || LoadError::new(framework.reference().to_string(), LoadFault::NoFrameworkText(language.clone()));
        framework.text(language).map(FrameworkText::for_results).ok_or_else(missing)
    }

    fn pack(&self, language: &Language) -> Result<Pack, LoadError> {
        Ok(Pack {
            framework: self.instrument.framework().document().clone(),
            framework_texts: vec![self.framework_text(language)?],
            bank: self.instrument.bank().document().for_measuring(),
            bank_sha256: self.instrument.bank().reference().sha256,
            bank_texts: vec![self.texts(language)?.clone()],
            text_files: Vec::new(),
        })
    }

    fn start_pack(&self, language: &Language) -> Result<Pack, LoadError> {
        let mut pack = self.pack(language)?;
        for text in &mut pack.framework_texts {
            *text = text.without_descriptors();
        }
        // Which they are does not depend on how long it will go on.
        let openings = self.instrument.openings(&Plan::new(Mode::Standard));
        for text in &mut pack.bank_texts {
            let items = std::mem::take(&mut text.items);
            text.items = items.into_iter().filter(|(id, _)| openings.iter().any(|item| item.id == *id)).collect();
        }
        // A competence without items needs no file; its own id keeps its place.
        let competences = self.instrument.framework().competences().iter();
        pack.text_files = competences.map(|id| self.as_written.get(id).unwrap_or(id).clone()).collect();
        Ok(pack)
    }

    /// The texts of items in this language, a file for each competence.
    fn text_files(&self, language: &Language) -> Result<Vec<PackFile>, LoadError> {
        let texts = self.texts(language)?;
        let bank = self.instrument.bank().document();
        let mut files: Table<CompetenceId, BankText> = Table::new();
        for item in self.instrument.bank().items() {
            let Some(words) = texts.items.get(&item.id) else { continue };
            let empty = || BankText { scales: Table::new(), items: Table::new(), ..texts.clone() };
            let mut file = files.remove(&item.competence).unwrap_or_else(empty);
            file.items.insert(item.id.clone(), words.clone());
            files.insert(item.competence.clone(), file);
        }
        let named = |(competence, text): (CompetenceId, BankText)| {
            written(text_file_name(bank.id.as_str(), &bank.version, language, &competence), &text)
        };
        files.into_iter().map(named).collect()
    }
}

/// The schemes that the widget speaks, as documents that map a framework of the browser: one file for each framework that
/// has a way to the scheme.
///
/// # Errors
/// The first fault found.
pub fn scheme_files(library: &Library) -> Result<Vec<PackFile>, LoadError> {
    let mut files = Vec::new();
    for listing in library.frameworks()? {
        let framework = library.framework(&listing.to_string())?;
        for id in IN_BROWSERS {
            let scheme = match library.scheme(id, &framework) {
                Ok(scheme) => scheme,
                // No crosswalk leads there.
                Err(LoadError { fault: LoadFault::Missing, .. }) => continue,
                Err(error) => return Err(error),
            };
            files.push(written(scheme_file_name(id, &framework.reference()), &scheme.own_document(&framework))?);
        }
    }
    Ok(files)
}

pub(crate) fn written(file_name: String, value: &impl serde::Serialize) -> Result<PackFile, LoadError> {
    match serde_json::to_string(value) {
        Ok(content) => Ok(PackFile { file_name, content }),
        Err(error) => Err(LoadError::new(file_name, LoadFault::Unreadable(error.to_string()))),
    }
}
