//! Finding and loading frameworks and banks among files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use semver::{Version, VersionReq};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use skills_passport::assessment::Instrument;
use skills_passport::bank::{Bank, BankDocument, BankError, BankPlace, BankText, ItemText};
use skills_passport::framework::{
    Crosswalk, CrosswalkDocument, Framework, FrameworkDetails, FrameworkDocument, FrameworkError, FrameworkFault,
    FrameworkPlace, FrameworkReference, FrameworkText, OutcomesDocument, Scheme, SchemeDocument,
};
use skills_passport::id::{CompetenceId, ItemId, Language};
use skills_passport::json;

use crate::files::{self, Files};
use crate::{LoadError, LoadFault};

/// Where external schemes are.
const SCHEMES: &str = "crosswalks/schemes/";
/// Largest single file, bytes.
const MAX_FILE_BYTES: usize = 8 << 20;

/// A set of frameworks, banks and crosswalks.
#[derive(Debug, Clone)]
pub struct Library {
    files: Files,
}

/// A framework or bank that a library has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: Version,
    folder: String,
}

impl std::fmt::Display for Listing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.id, self.version)
    }
}

/// A bank as read from its files, not yet checked against a framework.
#[derive(Debug, Clone)]
pub struct BankFiles {
    /// Structure with all items.
    pub document: BankDocument,
    /// Texts, one per language.
    pub texts: Vec<BankText>,
    folder: String,
    /// The file name of each item, or of a text without item; without folder.
    file_of: BTreeMap<ItemId, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemsFile {
    competence: CompetenceId,
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    version: Version,
}

impl Library {
    /// The frameworks and banks shipped with this crate.
    #[must_use]
    pub fn shipped() -> Self {
        Self { files: files::shipped() }
    }

    /// A folder of the same shape.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn folder(root: &Path) -> Result<Self, LoadError> {
        Ok(Self { files: files::folder(root)? })
    }

    /// The same library with one file replaced, added or (with `None`) taken away.
    #[must_use]
    pub fn with(mut self, path: &str, text: Option<String>) -> Self {
        match text {
            Some(text) => self.files.insert(path.to_owned(), Cow::Owned(text)),
            None => self.files.remove(path),
        };
        self
    }

    /// The text of a file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// The frameworks, by id and version.
    ///
    /// # Errors
    /// If the head of one cannot be read.
    pub fn frameworks(&self) -> Result<Vec<Listing>, LoadError> {
        self.listings("framework.json")
    }

    /// The banks, by id and version.
    ///
    /// # Errors
    /// If the head of one cannot be read.
    pub fn banks(&self) -> Result<Vec<Listing>, LoadError> {
        self.listings("bank.json")
    }

    /// Of each bank, the newest version.
    pub(crate) fn newest_banks(&self) -> Result<Vec<Listing>, LoadError> {
        let banks = self.banks()?;
        let newer = |bank: &&Listing| banks.iter().any(|other| other.id == bank.id && other.version > bank.version);
        Ok(banks.iter().filter(|bank| !newer(bank)).cloned().collect())
    }

    fn listings(&self, name: &str) -> Result<Vec<Listing>, LoadError> {
        let is_head = |path: &&String| path.ends_with(&format!("/{name}")) && !path.contains("/text/");
        let mut listings = Vec::new();
        for path in self.files.keys().filter(is_head) {
            let head = |text| json::parse(text, MAX_FILE_BYTES).and_then(|value| json::read_known(&value, ""));
            let text = self.file(path).unwrap_or_default();
            let Head { id, version } = head(text).map_err(|error| LoadError::new(path, error))?;
            let folder = path.trim_end_matches(name).trim_end_matches('/').to_owned();
            listings.push(Listing { id, version, folder });
        }
        listings.sort_by(|one, two| (&one.id, &one.version).cmp(&(&two.id, &two.version)));
        Ok(listings)
    }

    /// A framework by `id` or `id@version`; a version may be cut short (`digcomp@2.2`), the newest that fits is taken.
    ///
    /// # Errors
    /// If there is none, or it has a fault.
    pub fn framework(&self, name: &str) -> Result<Framework, LoadError> {
        let listing = find(name, self.frameworks()?)?;
        let (document, texts) = self.framework_files(&listing)?;
        let folder = &listing.folder;
        let outcomes_file = format!("{folder}/outcomes.json");
        for text in &texts {
            if let Some(member) = text.first_missing_description() {
                let place = FrameworkPlace::Text { language: text.language.clone(), member };
                let error = FrameworkError { place, fault: FrameworkFault::Blank };
                return Err(LoadError::new(framework_file(folder, &error), error));
            }
        }
        let outcomes: Option<OutcomesDocument> =
            self.files.contains_key(&outcomes_file).then(|| self.read(&outcomes_file)).transpose()?;
        let faulty = |error: FrameworkError| LoadError::new(framework_file(folder, &error), error);
        let framework = Framework::new(document, outcomes.clone(), texts).map_err(faulty)?;
        for details in self.details_of(folder)? {
            details.check(&framework, outcomes.as_ref()).map_err(faulty)?;
        }
        Ok(framework)
    }

    /// The publisher's sentences on a framework, one document per language; mostly there are none.
    ///
    /// # Errors
    /// If there is no such framework, or one of them cannot be read.
    pub fn framework_details(&self, name: &str) -> Result<Vec<FrameworkDetails>, LoadError> {
        self.details_of(&find(name, self.frameworks()?)?.folder)
    }

    fn details_of(&self, folder: &str) -> Result<Vec<FrameworkDetails>, LoadError> {
        let read = |path: &String| {
            let details: FrameworkDetails = self.read(path)?;
            same_language(path, &details.language, path.trim_end_matches(".json"))?;
            Ok(details)
        };
        self.under(&format!("{folder}/details/")).map(read).collect()
    }

    fn framework_files(&self, listing: &Listing) -> Result<(FrameworkDocument, Vec<FrameworkText>), LoadError> {
        let folder = &listing.folder;
        let document = self.read(&format!("{folder}/framework.json"))?;
        let mut texts: Vec<FrameworkText> = Vec::new();
        for path in self.under(&format!("{folder}/text/")) {
            let text: FrameworkText = self.read(path)?;
            same_language(path, &text.language, path.trim_end_matches(".json"))?;
            texts.push(text);
        }
        Ok((document, texts))
    }

    /// The files with the names of a framework in further languages.
    pub(crate) fn names_of<'a>(&'a self, listing: &Listing) -> impl Iterator<Item = &'a String> + use<'a> {
        self.under(&format!("{}/names/", listing.folder))
    }

    /// Reads the files of a bank by `id` or `id@version`.
    ///
    /// # Errors
    /// If there is none, or a file cannot be read.
    pub fn bank_files(&self, name: &str) -> Result<BankFiles, LoadError> {
        let listing = find(name, self.banks()?)?;
        let folder = listing.folder;
        let mut document: BankDocument = self.read(&format!("{folder}/bank.json"))?;
        let mut file_of = BTreeMap::new();
        for path in self.under(&format!("{folder}/items/")) {
            let file: ItemsFile = self.read(path)?;
            for (position, mut item) in file.items.into_iter().enumerate() {
                if let Value::Object(members) = &mut item {
                    let own = members.insert("competence".to_owned(), file.competence.to_string().into());
                    if own.is_some() {
                        return Err(LoadError::new(path, LoadFault::OwnCompetence { position }));
                    }
                }
                let item: skills_passport::bank::ItemDocument = json::read_value(&item, &format!("/items/{position}"))
                    .map_err(|error| LoadError::new(path, error))?;
                file_of.insert(item.id.clone(), file_name(path).to_owned());
                document.items.push(item);
            }
        }
        let mut texts = Vec::new();
        let mut text_file_of = file_of.clone();
        let texts_folder = format!("{folder}/text/");
        for path in self.under(&texts_folder) {
            let head = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/bank.json")).unwrap_or_default();
            if !self.files.contains_key(&head) {
                return Err(LoadError::new(head, LoadFault::Missing));
            }
        }
        let heads = self.under(&format!("{folder}/text/")).filter(|path| path.ends_with("/bank.json"));
        for head in heads {
            let mut text: BankText = self.read(head)?;
            let language_folder = head.trim_end_matches("bank.json");
            same_language(head, &text.language, language_folder.trim_end_matches('/'))?;
            for path in self.under(language_folder).filter(|path| *path != head) {
                let items: BTreeMap<ItemId, ItemText> = self.read(path)?;
                for (item, words) in items {
                    if text.items.insert(item.clone(), words).is_some() {
                        return Err(LoadError::new(path, LoadFault::SecondText(item)));
                    }
                    text_file_of.entry(item).or_insert_with(|| file_name(path).to_owned());
                }
            }
            texts.push(text);
        }
        Ok(BankFiles { document, texts, folder, file_of: text_file_of })
    }

    /// The files of a bank as they are, with their paths in its folder, in order.
    ///
    /// # Errors
    /// If there is no such bank.
    pub fn bank_sources(&self, name: &str) -> Result<Vec<(String, String)>, LoadError> {
        let prefix = format!("{}/", find(name, self.banks()?)?.folder);
        let relative = |path: &String| Some((path.strip_prefix(&prefix)?.to_owned(), self.file(path)?.to_owned()));
        Ok(self.under(&prefix).filter_map(relative).collect())
    }

    /// A framework and a bank, checked against each other; where the bank was written for another framework, by the
    /// crosswalk between them.
    ///
    /// # Errors
    /// If one of them is not there or has a fault.
    pub fn instrument(&self, framework: &str, bank: &str) -> Result<Instrument, LoadError> {
        let framework = self.framework(framework)?;
        let files = self.bank_files(bank)?;
        let BankFiles { mut document, texts, folder, file_of } = files;
        let digest = document.digest().map_err(|error| LoadError::new(format!("{folder}/bank.json"), error))?;
        let faulty = |error: BankError| LoadError::new(bank_file(&folder, &file_of, &error), error);
        if let Some((path, crosswalk)) = self.crosswalk(&document.framework, &framework)? {
            document =
                document.translated(&crosswalk, framework.reference()).map_err(|error| LoadError::new(path, error))?;
        }
        let bank = Bank::new(document, digest, texts, &framework).map_err(faulty)?;
        Instrument::new(framework, bank).map_err(|error| LoadError::new(format!("{folder}/bank.json"), error))
    }

    /// The crosswalk from one framework to another, written in either direction, with its path; none where they are the
    /// same.
    fn crosswalk(&self, from: &FrameworkReference, to: &Framework) -> Result<Option<(String, Crosswalk)>, LoadError> {
        if *from == to.reference() {
            return Ok(None);
        }
        for path in self.between_frameworks() {
            let document: CrosswalkDocument = self.read(path)?;
            let document = if document.to == *from { document.reversed() } else { document };
            if document.from == *from && document.to == to.reference() {
                let crosswalk = Crosswalk::new(&document, from, to).map_err(|error| LoadError::new(path, error))?;
                return Ok(Some((path.clone(), crosswalk)));
            }
        }
        let short = |reference: &FrameworkReference| {
            format!("{}-{}.{}", reference.id, reference.version.major, reference.version.minor)
        };
        Err(LoadError::new(format!("crosswalks/{}--{}.json", short(from), short(&to.reference())), LoadFault::Missing))
    }

    /// The way from one framework to another; none where they are the same.
    ///
    /// # Errors
    /// If there is none, or it has a fault.
    pub fn way(&self, from: &FrameworkReference, to: &Framework) -> Result<Option<Crosswalk>, LoadError> {
        Ok(self.crosswalk(from, to)?.map(|(_, crosswalk)| crosswalk))
    }

    /// Whether a bank written for one framework can give results in another.
    pub(crate) fn reaches(&self, from: &FrameworkReference, to: &Listing) -> bool {
        let same = |reference: &FrameworkReference| reference.id.as_str() == to.id && reference.version == to.version;
        let leads = |path: &String| {
            let document: Result<CrosswalkDocument, _> = self.read(path);
            // A crosswalk that cannot be read is reported when it is used.
            let either_way = |document: CrosswalkDocument| {
                (document.from == *from && same(&document.to)) || (document.to == *from && same(&document.from))
            };
            document.map_or(true, either_way)
        };
        same(from) || self.between_frameworks().any(leads)
    }

    /// The crosswalks from framework to framework.
    fn between_frameworks(&self) -> impl Iterator<Item = &String> {
        self.under("crosswalks/").filter(|path| !path.starts_with(SCHEMES))
    }

    /// The external schemes that profiles can be translated to, by id.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn schemes(&self) -> Result<Vec<SchemeDocument>, LoadError> {
        self.under(SCHEMES).map(|path| self.read(path)).collect()
    }

    /// An external scheme, ready to translate profiles that are in the terms of `framework`.
    ///
    /// # Errors
    /// If there is none of this id, it has a fault, or no crosswalk leads from the framework to that of the scheme.
    pub fn scheme(&self, id: &str, framework: &Framework) -> Result<Scheme, LoadError> {
        let schemes = self.schemes()?;
        let Some(document) = schemes.iter().find(|scheme| scheme.id.as_str() == id) else {
            let known: Vec<&str> = schemes.iter().map(|scheme| scheme.id.as_str()).collect();
            return Err(LoadError::new(id, LoadFault::NotFound(known.join(", "))));
        };
        let home = self.framework(&document.from.to_string())?;
        let way = self.crosswalk(&framework.reference(), &home)?.map(|(_, crosswalk)| crosswalk);
        let path = format!("{SCHEMES}{id}.json");
        Scheme::new(document.clone(), &home, framework, way.as_ref()).map_err(|error| LoadError::new(path, error))
    }

    pub(crate) fn under<'a>(&'a self, prefix: &str) -> impl Iterator<Item = &'a String> + use<'a> {
        let prefix = prefix.to_owned();
        self.files.keys().filter(move |path| path.starts_with(&prefix))
    }

    pub(crate) fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, LoadError> {
        let text = self.file(path).ok_or_else(|| LoadError::new(path, LoadFault::Missing))?;
        json::read(text, MAX_FILE_BYTES).map_err(|error| LoadError::new(path, error))
    }
}

fn find(name: &str, listings: Vec<Listing>) -> Result<Listing, LoadError> {
    let (id, wanted) = name.split_once('@').map_or((name, None), |(id, version)| (id, Some(version)));
    let requirement = match wanted {
        None => Some(VersionReq::STAR),
        Some(version) if Version::parse(version).is_ok() => VersionReq::parse(&format!("={version}")).ok(),
        // A version cut short stands for every version that begins with it.
        Some(version) => VersionReq::parse(&format!("~{version}")).ok(),
    };
    let fits = |listing: &&Listing| {
        listing.id == id && requirement.as_ref().is_some_and(|requirement| requirement.matches(&listing.version))
    };
    match listings.iter().rfind(fits) {
        Some(listing) => Ok(listing.clone()),
        None => {
            let known: Vec<String> = listings.iter().map(ToString::to_string).collect();
            Err(LoadError::new(name, LoadFault::NotFound(known.join(", "))))
        }
    }
}

/// A text's language is that of its place.
pub(crate) fn same_language(path: &str, language: &Language, place: &str) -> Result<(), LoadError> {
    let expected = file_name(place);
    if language.as_str() == expected {
        return Ok(());
    }
    let fault = LoadFault::OtherLanguage { found: language.clone(), expected: expected.to_owned() };
    Err(LoadError::new(path, fault))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn framework_file(folder: &str, error: &FrameworkError) -> String {
    match &error.place {
        FrameworkPlace::Outcome(_) => format!("{folder}/outcomes.json"),
        FrameworkPlace::Text { language, .. } => format!("{folder}/text/{language}.json"),
        FrameworkPlace::Details { language, .. } => format!("{folder}/details/{language}.json"),
        _ => format!("{folder}/framework.json"),
    }
}

fn bank_file(folder: &str, file_of: &BTreeMap<ItemId, String>, error: &BankError) -> String {
    let items_file = |item: &ItemId| file_of.get(item).map_or("", String::as_str);
    match &error.place {
        BankPlace::Item { item, .. } => format!("{folder}/items/{}", items_file(item)),
        BankPlace::Text { language, item: Some(item), .. } => {
            format!("{folder}/text/{language}/{}", items_file(item))
        }
        BankPlace::Text { language, .. } => format!("{folder}/text/{language}/bank.json"),
        _ => format!("{folder}/bank.json"),
    }
}
