//! LHÉO, the French language of training offers: XML, versions 2.2 and 2.3 (lheo.gouv.fr).
//!
//! Each `action` of a `formation` becomes an offer. Its targets are those that its provider declares in `extras`:
//!
//! ```xml
//! <extras info="skills-passport" ref="digcomp 3.0">
//!   <extra info="target">4.2 2-4</extra>
//!   <extra info="prerequisite">1.1 2</extra>
//! </extras>
//! ```
//!
//! in the `formation` or the `action`; where there are none they are derived from the codes of FORMACODE.
//!
//! Whom it is only for (`code-public-vise`) and how accessible it is (`acces-handicapes`) are codes and words that our
//! vocabulary has nothing exact for: they are reported as not understood, so that nobody takes such an offer as read whole.

use std::io::Read;

use super::cell::Notes;
use super::concepts::{Meaning, Term};
use super::ids::Ids;
use super::xml::{Cuttings, Node};
use super::{Concepts, Counts, ImportError, Imported, Problem, sort_once};
use crate::offers::{
    Address, Cost, CostKind, Date, Modality, Offer, OfferOrigin, OfferSource, Period, Place, Prerequisite, Tables,
    Target,
};
use crate::units::Level;

const VOCABULARY: &str = "formacode";
/// What `extras` with our tags are called.
const EXTRAS: &str = "skills-passport";
/// Most entries of a list in an offer.
const MAX_LIST: usize = 200;

const MODES: &[(&str, Modality)] = &[("0", Modality::OnSite), ("1", Modality::Mixed), ("2", Modality::Remote)];

/// Reads the actions of training offers one by one and hands each over; `name` is what the file is called as a source.
///
/// # Errors
/// If it is not XML at all, an element has no end, or the system cannot read on. What was handed over before stays.
pub fn read_lheo(
    input: impl Read,
    name: &str,
    tables: &Tables,
    concepts: &Concepts,
    each: &mut dyn FnMut(Imported),
) -> Result<Counts, ImportError> {
    let (mut counts, mut ids) = (Counts::default(), Ids::default());
    let mut cuttings = Cuttings::new(input, "formation");
    while let Some(element) = cuttings.next()? {
        let mut notes = Notes::new(element.number);
        let text = match std::str::from_utf8(&element.bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => notes.decoded("", &element.bytes),
        };
        let begin: String = text.chars().take(80).collect();
        let mut hand_over = |read: Imported| {
            counts.add(&read);
            each(read);
        };
        if element.is_cut {
            hand_over(notes.refuse("", Problem::CutOff, &begin));
            continue;
        }
        let Some(node) = Node::parse(&text) else {
            hand_over(notes.refuse("", Problem::Malformed, &begin));
            continue;
        };
        Formation { node: &node, notes, name, tables, concepts }.read(&mut ids, &mut hand_over);
    }
    if cuttings.has_tags { Ok(counts) } else { Err(ImportError::UnknownFormat) }
}

/// One training while it is read.
struct Formation<'a> {
    node: &'a Node,
    notes: Notes,
    name: &'a str,
    tables: &'a Tables,
    concepts: &'a Concepts,
}

impl Formation<'_> {
    fn read(&mut self, ids: &mut Ids, hand_over: &mut dyn FnMut(Imported)) {
        let node = self.node;
        let title = self.notes.plain("intitule-formation", node.text_at("intitule-formation"), 300);
        if title.is_empty() {
            hand_over(self.notes.refuse("intitule-formation", Problem::Missing, ""));
            return;
        }
        let nothing = Node::default();
        let mut actions: Vec<&Node> = node.all("action").collect();
        if actions.is_empty() {
            self.notes.repaired("action", Problem::Missing, "");
            actions.push(&nothing);
        }
        for action in actions {
            let offer = self.offer(title.clone(), action, ids);
            hand_over(self.notes.offer(offer));
        }
    }

    fn offer(&mut self, title: String, action: &Node, ids: &mut Ids) -> Offer {
        let node = self.node;
        let numbers = [node.attribute("numero"), action.attribute("numero")].map(str::trim);
        let number: Vec<&str> = numbers.into_iter().filter(|part| !part.is_empty()).collect();
        let number = self.notes.text("@numero", number.join("/").as_bytes(), 300);
        if number.is_empty() {
            self.notes.repaired("@numero", Problem::Missing, "");
        }
        let id = ids.unique(&mut self.notes, "@numero", &number, "formation");
        let first = |paths: &[&'static str]| {
            paths.iter().copied().find(|path| !node.text_at(path).is_empty()).unwrap_or_default()
        };
        let responsible =
            first(&["organisme-formation-responsable/nom-organisme", "organisme-formation-responsable/raison-sociale"]);
        let provider = self.notes.plain(responsible, node.text_at(responsible), 300);
        let about = first(&["objectif-formation", "contenu-formation", "resultats-attendus"]);
        let description = self.notes.plain(about, node.text_at(about), 2000);
        let (targets, prerequisites) = self.tags(action);
        let services: Vec<String> = self.codes();
        let entries = services.iter().filter_map(|code| self.tables.entry(VOCABULARY, code));
        let targets = if targets.is_empty() { Tables::derive(entries) } else { targets };
        let mode = action.text_at("modalites-enseignement").to_owned();
        let mode = if mode.is_empty() { None } else { self.notes.meaning("modalites-enseignement", &mode, MODES) };
        let territory = action.text_at("infos-perimetre-recrutement");
        let territory = self.notes.plain("infos-perimetre-recrutement", territory, 300);
        self.not_understood(action);
        let date = self.day("@datemaj", [action, node].map(|node| node.attribute("datemaj")).concat().get(..8));
        Offer {
            id,
            title,
            provider,
            description,
            targets,
            prerequisites,
            services,
            modalities: mode.into_iter().collect(),
            support: Vec::new(),
            place: self.place(action),
            territory,
            languages: self.language(action).into_iter().collect(),
            cost: self.cost(action),
            audiences: Vec::new(),
            accessibility: Vec::new(),
            dates: self.dates(action),
            hours: String::new(),
            link: self.link(action),
            source: OfferSource { name: self.name.to_owned(), date },
        }
    }

    /// Reports what says something about people and is not taken into the offer.
    fn not_understood(&mut self, action: &Node) {
        for element in ["code-public-vise", "acces-handicapes"] {
            for node in action.all(element).filter(|node| !node.text.trim().is_empty()) {
                self.notes.repaired(element, Problem::UnknownValue, node.text.trim());
            }
        }
    }

    /// The codes of FORMACODE: five digits each.
    fn codes(&mut self) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        let domain = self.node.at("domaine-formation");
        for code in domain.into_iter().flat_map(|domain| domain.all("code-FORMACODE")) {
            let code = code.text.trim();
            if code.len() != 5 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                self.notes.repaired("domaine-formation/code-FORMACODE", Problem::Form, code);
            } else if !codes.iter().any(|other| other == code) && codes.len() < MAX_LIST {
                codes.push(code.to_owned());
            }
        }
        codes
    }

    /// Targets and prerequisites that the provider declares.
    fn tags(&mut self, action: &Node) -> (Vec<Target>, Vec<Prerequisite>) {
        let (mut targets, mut prerequisites) = (Vec::<Target>::new(), Vec::<Prerequisite>::new());
        let all = self.node.all("extras").chain(action.all("extras")).filter(|node| node.attribute("info") == EXTRAS);
        for (extras, extra) in all.flat_map(|extras| extras.all("extra").map(move |extra| (extras, extra))) {
            let (text, what) = (extra.text.trim(), extra.attribute("info"));
            let set = extras.attribute("ref");
            let read = self.tag(text, set);
            match (what, read) {
                ("target", Some((competence, from, Some(to)))) if from < to => {
                    if targets.iter().any(|other| other.competence == competence) {
                        self.notes.repaired("extras/target", Problem::DuplicateId, text);
                    } else {
                        targets.push(Target { competence, from, to, origin: OfferOrigin::Declared });
                    }
                }
                ("prerequisite", Some((competence, level, None))) => {
                    if prerequisites.iter().any(|other| other.competence == competence) {
                        self.notes.repaired("extras/prerequisite", Problem::DuplicateId, text);
                    } else {
                        prerequisites.push(Prerequisite { competence, level });
                    }
                }
                ("target" | "prerequisite", _) => self.notes.repaired("extras", Problem::Form, text),
                _ => self.notes.repaired("extras", Problem::UnknownValue, what),
            }
        }
        (targets, prerequisites)
    }

    /// `4.2 2-4` or `1.1 2`.
    fn tag(&self, text: &str, set: &str) -> Option<(crate::id::CompetenceId, Level, Option<Level>)> {
        let (code, levels) = text.split_once(char::is_whitespace)?;
        let term = Term { code: code.to_owned(), set: set.to_owned(), ..Term::default() };
        let (Meaning::Exact(competence) | Meaning::Loose(competence)) = self.concepts.meaning(&term)? else {
            return None;
        };
        let level = |text: &str| Level::new(text.trim().parse().ok()?).ok();
        match levels.split_once('-') {
            Some((from, to)) => Some((competence, level(from)?, Some(level(to)?))),
            None => Some((competence, level(levels)?, None)),
        }
    }

    fn place(&mut self, action: &Node) -> Option<Place> {
        let address = action.at("lieu-de-formation/coordonnees/adresse")?;
        let lines: Vec<&str> =
            address.all("ligne").map(|line| line.text.trim()).filter(|line| !line.is_empty()).collect();
        let street = self.notes.plain("adresse/ligne", &lines.join(", "), 300);
        let postcode = self.notes.plain("adresse/codepostal", address.text_at("codepostal"), 20);
        let country = crate::offers::fold(address.text_at("pays"));
        let is_french = ["", "fr", "france"].contains(&country.as_str());
        let postcode = if is_french { self.notes.postcode("adresse/codepostal", postcode) } else { postcode };
        let town = self.notes.plain("adresse/ville", address.text_at("ville"), 300);
        let town_code = self.notes.plain("adresse/code-INSEE-commune", address.text_at("code-INSEE-commune"), 20);
        let town_code = self.notes.town_code("adresse/code-INSEE-commune", town_code);
        let columns = ["geolocalisation/latitude", "geolocalisation/longitude"];
        let [latitude, longitude] = columns.map(|path| address.text_at(path));
        let near = if is_french { postcode.as_str() } else { "" };
        let coordinates = self.notes.coordinates(columns, latitude, longitude, near);
        let place = Place { coordinates, address: Address { street, postcode, town, town_code }, itinerant: false };
        (place != Place::default()).then_some(place)
    }

    /// The language of the lessons; French where nothing else is said.
    fn language(&mut self, action: &Node) -> Option<crate::id::Language> {
        let found = action.text_at("langue-formation").to_lowercase();
        if found.is_empty() {
            return "fr".parse().ok();
        }
        let language = found.parse().ok().filter(|_| found.split('-').next().is_some_and(|code| code.len() <= 3));
        if language.is_none() {
            self.notes.repaired("langue-formation", Problem::Form, &found);
        }
        language
    }

    fn cost(&mut self, action: &Node) -> Cost {
        let mut cost = Cost::default();
        let price = action.text_at("prix-total-TTC");
        let price = if price.is_empty() { action.text_at("prix-horaire-TTC") } else { price };
        if !price.is_empty() {
            let digits: String = price.chars().filter(|sign| !sign.is_whitespace() && *sign != '€').collect();
            match digits.replace(',', ".").parse::<f64>() {
                Ok(0.0) => cost.kinds.push(CostKind::Free),
                Ok(amount) if amount > 0.0 => cost.kinds.push(CostKind::Paid),
                _ => self.notes.repaired("prix-total-TTC", Problem::Form, price),
            }
        }
        let is = |element: &str| action.text_at(element) == "1";
        if !cost.kinds.contains(&CostKind::Free) && (is("prise-en-charge-frais-possible") || is("conventionnement")) {
            cost.kinds.push(CostKind::Conditional);
        }
        sort_once(&mut cost.kinds);
        let details: Vec<&str> = ["frais-restants", "detail-conditions-prise-en-charge"]
            .iter()
            .map(|element| action.text_at(element))
            .filter(|text| !text.is_empty())
            .collect();
        cost.details = self.notes.plain("frais-restants", &details.join(" "), 2000);
        cost
    }

    fn dates(&mut self, action: &Node) -> Vec<Period> {
        let mut dates = Vec::new();
        for period in action.all("session").filter_map(|session| session.at("periode")) {
            let start = self.day("session/periode/debut", Some(period.text_at("debut")));
            let end = self.day("session/periode/fin", Some(period.text_at("fin")));
            let Some(start) = start else { continue };
            if end.is_some_and(|end| end < start) {
                self.notes.repaired("session/periode/fin", Problem::Form, period.text_at("fin"));
            }
            let period = Period { start, end: end.filter(|end| *end >= start) };
            if dates.len() == MAX_LIST {
                self.notes.repaired("session", Problem::TooMany, "");
                break;
            }
            if !dates.contains(&period) {
                dates.push(period);
            }
        }
        dates
    }

    /// A day as `20261201`; all zeros and all nines say that it is not known.
    fn day(&mut self, column: &str, text: Option<&str>) -> Option<Date> {
        let text = text.unwrap_or_default().trim();
        if text.is_empty() || ["00000000", "99999999"].contains(&text) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u16>().ok();
        let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let read = || {
            let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
            Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        match plain.then(read).flatten() {
            Some(date) => Some(date),
            None => {
                let date = self.notes.date(column, text);
                if date.is_some() && text.parse::<Date>().is_ok() {
                    self.notes.repaired(column, Problem::Form, text);
                }
                date
            }
        }
    }

    fn link(&mut self, action: &Node) -> String {
        let column = "url-action/urlweb";
        let link = [action.text_at(column), self.node.text_at("url-formation/urlweb")];
        let link = link.into_iter().find(|link| !link.is_empty()).unwrap_or_default();
        let link = self.notes.plain(column, link, 2000);
        self.notes.link(column, &link, (' ', '|'))
    }
}
