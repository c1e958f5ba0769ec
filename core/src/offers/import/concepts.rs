//! What other people's files call the competences of a framework.

use std::collections::HashMap;

use crate::framework::{Crosswalk, Framework, Scheme};
use crate::id::CompetenceId;
use crate::offers::fold;

/// Ways to say a competence: its code, its name in any language, and addresses and codes of other schemes.
#[derive(Debug, Clone)]
pub struct Concepts {
    /// Folded id of the framework, as it occurs in names of term sets: `digcomp`.
    framework: String,
    version: semver::Version,
    codes: Vec<CompetenceId>,
    names: HashMap<String, CompetenceId>,
    addresses: HashMap<String, Vec<CompetenceId>>,
    /// Other versions of the framework: major and minor number, and the way from there.
    versions: Vec<(String, Crosswalk)>,
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This competence, in so many words.
    Exact(CompetenceId),
    /// This competence, said in a way that leaves room for doubt.
    Loose(CompetenceId),
    /// A concept wider than one competence: these.
    Wide(Vec<CompetenceId>),
}

/// A term as a file has it; what is not said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) address: String,
    /// Name or address of the set that it belongs to.
    pub(super) set: String,
}

impl Concepts {
    /// The competences of a framework by code and name.
    #[must_use]
    pub fn new(framework: &Framework) -> Self {
        let mut names = HashMap::new();
        for text in framework.languages().filter_map(|language| framework.text(language)) {
            for competence in framework.competences() {
                if let Some(text) = text.competences.get(competence) {
                    names.insert(fold(&text.name), competence.clone());
                }
            }
        }
        let reference = framework.reference();
        Self {
            framework: fold(reference.id.as_str()),
            version: reference.version,
            codes: framework.competences().to_vec(),
            names,
            addresses: HashMap::new(),
            versions: Vec::new(),
        }
    }

    /// Adds another version of the same framework, with the way from there.
    #[must_use]
    pub fn with_version(mut self, version: &semver::Version, crosswalk: Crosswalk) -> Self {
        self.versions.push((format!("{}.{}", version.major, version.minor), crosswalk));
        self
    }

    /// Adds the codes and addresses of another scheme, for example ESCO.
    #[must_use]
    pub fn with_scheme(mut self, framework: &Framework, scheme: &Scheme) -> Self {
        let document = scheme.document();
        for code in &document.codes {
            let mut competences: Vec<CompetenceId> = Vec::new();
            for mapping in document.mappings.iter().filter(|mapping| mapping.code == code.code) {
                let own = mapping.competence.as_ref().and_then(|there| scheme.own_competence(there));
                competences.extend(own.cloned());
                if let Some(area) = mapping.area.as_ref().and_then(|there| scheme.own_area(there)) {
                    let within = framework.competences().iter().filter(|id| framework.area_of(id) == Some(area));
                    competences.extend(within.cloned());
                }
            }
            if let (Some(uri), false) = (&code.uri, competences.is_empty()) {
                self.addresses.insert(address(uri), competences);
            }
        }
        self
    }

    /// The competence with this id.
    pub(super) fn competence(&self, code: &str) -> Option<CompetenceId> {
        self.codes.iter().find(|id| id.as_str() == code).cloned()
    }

    /// What a term stands for; none where it is of another set or not known.
    pub(super) fn meaning(&self, term: &Term) -> Option<Meaning> {
        if let Some(competences) = self.addresses.get(&address(&term.address)) {
            return Some(match &competences[..] {
                [one] => Meaning::Exact(one.clone()),
                several => Meaning::Wide(several.to_vec()),
            });
        }
        // An address of the framework's that ends in the code: `…/digcomp/3.0/4.2`.
        let end = term.address.rsplit(['/', '#']).next().unwrap_or_default();
        let by_address = self.is_ours(&term.address).then(|| self.of_version(&term.address, end)).flatten();
        // `4.2 Protecting personal data`: code and name in one.
        let (head, tail) = term.name.split_once([' ', ':']).unwrap_or((&term.name, ""));
        let code = if term.code.is_empty() { head.trim_end_matches(['.', ':']) } else { &term.code };
        let by_code = self.of_version(&term.set, code.rsplit(' ').next().unwrap_or_default());
        let by_name = [term.name.as_str(), tail].iter().find_map(|name| self.names.get(&fold(name))).cloned();
        match (self.is_ours(&term.set), term.set.is_empty()) {
            (true, _) => by_code.or(by_address).or(by_name).map(Meaning::Exact),
            (false, true) => by_address.map(Meaning::Exact).or(by_code.or(by_name).map(Meaning::Loose)),
            // Another framework may use the same codes and even names.
            (false, false) => None,
        }
    }

    fn is_ours(&self, set: &str) -> bool {
        fold(set).replace(' ', "").contains(&self.framework)
    }

    /// The competence of a code in the version that a set's name speaks of.
    fn of_version(&self, set: &str, code: &str) -> Option<CompetenceId> {
        let own = format!("{}.{}", self.version.major, self.version.minor);
        let other = self.versions.iter().find(|(version, _)| set.contains(version.as_str()) && !set.contains(&own));
        match other {
            Some((_, crosswalk)) => code.parse().ok().and_then(|id| crosswalk.translate(&id).cloned()),
            None => self.competence(code),
        }
    }
}

/// An address without its scheme and a slash at its end: `http` and `https` are the same concept.
fn address(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    bare.trim_end_matches('/').to_owned()
}
