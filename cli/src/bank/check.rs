//! Loading every framework and bank of a library, and counting what is in them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use skills_passport::assessment::Instrument;
use skills_passport::bank::ItemKindName;
use skills_passport::framework::FrameworkReference;
use skills_passport::units::Level;
use skills_passport_frameworks::{Library, LoadError, LoadFault};

use super::own_instrument;
use crate::error::CliError;

/// More faults than these are one big fault.
const MOST_FAULTS: usize = 100;

/// What a check found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Frameworks without fault.
    pub(super) frameworks: Vec<String>,
    /// Banks without fault.
    pub(super) banks: Vec<BankView>,
    /// Everything that is wrong.
    pub(super) faults: Vec<CliError>,
}

/// What is in a bank.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BankView {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) framework: String,
    pub(super) licence: String,
    pub(super) sha256: String,
    pub(super) items: usize,
    pub(super) items_by_kind: BTreeMap<String, usize>,
    pub(super) items_by_level: BTreeMap<String, usize>,
    pub(super) competences: usize,
    pub(super) competences_without_items: Vec<String>,
    pub(super) outcomes: usize,
    pub(super) outcomes_touched: usize,
    pub(super) languages: Vec<String>,
    pub(super) provisional: bool,
    /// Its own framework and those that a crosswalk leads to.
    pub(super) works_with: Vec<String>,
}

/// Checks every framework, and the named bank or every bank.
pub(super) fn check(library: &Library, name: Option<&str>) -> Findings {
    let mut findings = Findings::default();
    let mut references = Vec::new();
    for listing in library.frameworks().unwrap_or_else(|error| findings.add_and_go_on(error)) {
        match library.framework(&listing.to_string()) {
            Ok(framework) => references.push(framework.reference()),
            Err(error) => findings.add(error),
        }
    }
    findings.frameworks = references.iter().map(ToString::to_string).collect();
    let banks = match name {
        Some(name) => vec![name.to_owned()],
        None => {
            let banks = library.banks().unwrap_or_else(|error| findings.add_and_go_on(error));
            if banks.is_empty() && findings.faults.is_empty() {
                findings.add(LoadError { file: "banks".to_owned(), fault: LoadFault::Missing });
            }
            banks.iter().map(ToString::to_string).collect()
        }
    };
    for bank in banks {
        check_bank(library, &bank, &references, &mut findings);
    }
    findings
}

fn check_bank(library: &Library, bank: &str, frameworks: &[FrameworkReference], findings: &mut Findings) {
    let (own, instrument) = match load(library, bank) {
        Ok(loaded) => loaded,
        Err(error) => return add_all(library, bank, error, findings),
    };
    let mut view = BankView::new(&instrument);
    view.works_with.push(own.to_string());
    for other in frameworks.iter().filter(|other| **other != own) {
        match library.instrument(&other.to_string(), bank) {
            Ok(_) => view.works_with.push(other.to_string()),
            // A framework of another subject needs no crosswalk.
            Err(error) if error.fault == LoadFault::Missing => {}
            Err(error) => findings.add(error),
        }
    }
    findings.banks.push(view);
}

/// A bank with the framework that it was written for.
fn load(library: &Library, bank: &str) -> Result<(FrameworkReference, Instrument), LoadError> {
    let instrument = own_instrument(library, bank)?;
    Ok((instrument.framework().reference(), instrument))
}

/// The loader stops at the first fault of a bank. Correcting should not need a run per fault: the file at fault is set
/// aside, with the other files about the same items, until nothing new is found.
fn add_all(library: &Library, bank: &str, first: LoadError, findings: &mut Findings) {
    let mut rest = library.clone();
    let mut next = Some(first);
    while let Some(error) = next.take() {
        let aside = files_of_the_same_items(&error.file, &rest);
        findings.add(error);
        if aside.is_empty() || findings.faults.len() >= MOST_FAULTS {
            return;
        }
        rest = aside.iter().fold(rest, |rest, file| rest.with(file, None));
        // That nothing is left of the bank, once all its files are set aside, is no fault of its own.
        let emptied = |error: &LoadError| error.file.ends_with("/bank.json");
        next = load(&rest, bank).err().filter(|error| !emptied(error));
    }
}

/// `<bank>/items/X.json` and every `<bank>/text/<language>/X.json`; nothing for other files.
fn files_of_the_same_items(file: &str, library: &Library) -> Vec<String> {
    let Some((folder, name)) = file.rsplit_once('/') else { return Vec::new() };
    let bank = match folder.strip_suffix("/items") {
        Some(bank) => bank,
        None => match folder.rsplit_once('/').and_then(|(texts, _)| texts.strip_suffix("/text")) {
            Some(bank) if name != "bank.json" => bank,
            _ => return Vec::new(),
        },
    };
    let folders =
        std::iter::once("items".to_owned()).chain(languages(library).into_iter().map(|tag| format!("text/{tag}")));
    folders.map(|folder| format!("{bank}/{folder}/{name}")).filter(|path| library.file(path).is_some()).collect()
}

/// Every language that a framework has texts in.
fn languages(library: &Library) -> BTreeSet<String> {
    let listings = library.frameworks().unwrap_or_default();
    let frameworks = listings.iter().filter_map(|listing| library.framework(&listing.to_string()).ok());
    frameworks.flat_map(|framework| framework.languages().map(ToString::to_string).collect::<Vec<_>>()).collect()
}

impl Findings {
    /// What cannot be listed has one fault and nothing to go on with.
    fn add_and_go_on<T>(&mut self, error: LoadError) -> Vec<T> {
        self.add(error);
        Vec::new()
    }

    /// The same fault may show under several names.
    fn add(&mut self, error: LoadError) {
        let error = CliError::from(error);
        let known = |fault: &CliError| fault.place() == error.place() && fault.to_string() == error.to_string();
        if !self.faults.iter().any(known) {
            self.faults.push(error);
        }
    }
}

impl BankView {
    fn new(instrument: &Instrument) -> Self {
        let (framework, bank) = (instrument.framework(), instrument.bank());
        let document = bank.document();
        let mut items_by_kind = BTreeMap::new();
        for item in &document.items {
            *items_by_kind.entry(kind_name(item.kind)).or_default() += 1;
        }
        let mut items_by_level: BTreeMap<String, usize> = Level::all().map(|level| (level.to_string(), 0)).collect();
        for item in bank.items() {
            *items_by_level.entry(item.level.to_string()).or_default() += 1;
        }
        let covered: BTreeSet<_> = bank.items().iter().map(|item| &item.competence).collect();
        let touched: BTreeSet<_> = bank.items().iter().flat_map(|item| &item.outcomes).collect();
        let without = framework.competences().iter().filter(|id| !covered.contains(id));
        Self {
            id: document.id.to_string(),
            version: document.version.to_string(),
            framework: document.framework.to_string(),
            licence: document.licence.clone(),
            sha256: bank.reference().sha256,
            items: bank.items().len(),
            items_by_kind,
            items_by_level,
            competences: framework.competences().len(),
            competences_without_items: without.map(ToString::to_string).collect(),
            outcomes: framework.outcomes().len(),
            outcomes_touched: touched.len(),
            languages: bank.languages().map(ToString::to_string).collect(),
            provisional: bank.is_provisional(),
            works_with: Vec::new(),
        }
    }
}

/// The name that documents use, so that kinds that come later have theirs without a change here.
fn kind_name(kind: ItemKindName) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => format!("{kind:?}"),
    }
}
