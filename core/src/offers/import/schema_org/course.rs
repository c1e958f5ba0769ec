//! One course.

use serde_json::Value;

use super::super::words::{PUBLICS, audiences};
use super::super::{PASS, sort_once};
use super::instance::Instance;
use super::node::{MAX_VALUES, Nodes, member, own, text, values};
use super::{Concepts, Ids, Imported, Notes, Problem, Tables};
use crate::id::Language;
use crate::offers::{Audience, Cost, CostKind, Need, Offer, OfferSource, Support, fold};

/// Names of languages that stand where a tag should; compared folded.
const LANGUAGES: &[(&str, &str)] = &[
    ("french", "fr"),
    ("francais", "fr"),
    ("english", "en"),
    ("anglais", "en"),
    ("german", "de"),
    ("allemand", "de"),
    ("spanish", "es"),
    ("espagnol", "es"),
    ("italian", "it"),
    ("italien", "it"),
    ("arabic", "ar"),
    ("arabe", "ar"),
    ("portuguese", "pt"),
    ("portugais", "pt"),
];
const COSTS: &[(&str, CostKind)] = &[
    ("free", CostKind::Free),
    ("partially free", CostKind::Conditional),
    ("subscription", CostKind::Paid),
    ("paid", CostKind::Paid),
];

/// One course while it is read.
pub(super) struct Course<'a> {
    pub(super) value: &'a Value,
    pub(super) notes: Notes,
    pub(super) name: &'a str,
    pub(super) tables: &'a Tables,
    pub(super) concepts: &'a Concepts,
    pub(super) nodes: &'a Nodes,
}

impl Course<'_> {
    pub(super) fn read(mut self, ids: &mut Ids, hand_over: &mut dyn FnMut(Imported)) {
        let title = self.text("name", 300);
        if title.is_empty() {
            hand_over(self.notes.refuse("name", Problem::Missing, ""));
            return;
        }
        let offer = self.offer(title);
        let instances = self.instances();
        for (number, instance) in instances.into_iter().enumerate() {
            // The second place of a course is another offer.
            let found = if number == 0 { offer.id.clone() } else { format!("{}#{}", offer.id, number + 1) };
            let id = ids.unique(&mut self.notes, "identifier", &found, "entry");
            let own = offer.clone();
            let languages = if instance.languages.is_empty() { own.languages } else { instance.languages };
            let Instance { place, modalities, dates, hours, .. } = instance;
            hand_over(self.notes.offer(Offer { id, place, modalities, dates, hours, languages, ..own }));
        }
    }

    /// What all instances have in common.
    fn offer(&mut self, title: String) -> Offer {
        let value = self.value;
        let id = self.id();
        let link = self.text("url", 2000);
        let link = self.notes.link("url", &link, (' ', '|'));
        let date = self.text("dateModified", 60);
        let date = if date.is_empty() { None } else { self.day("dateModified", &date) };
        let source = self.name_of("sdPublisher", &["sdPublisher"]);
        let source = OfferSource { name: if source.is_empty() { self.name.to_owned() } else { source }, date };
        let (targets, prerequisites) = self.terms();
        Offer {
            id,
            title,
            provider: self.name_of("provider", &["provider", "organizer", "offeredBy"]),
            description: self.text("description", 2000),
            targets,
            prerequisites,
            services: self.own_texts("services", 300),
            modalities: Vec::new(),
            support: self.own_words("support", Support::of_word),
            place: None,
            territory: self.name_of("areaServed", &["areaServed"]),
            languages: self.languages(value),
            cost: self.cost(),
            audiences: self.audiences(),
            accessibility: self.own_words("accessibility", Need::of_word),
            dates: Vec::new(),
            hours: String::new(),
            link,
            source,
        }
    }

    /// The first text of a member.
    fn text(&mut self, name: &str, limit: usize) -> String {
        let found = values(member(self.value, name)).find_map(text).unwrap_or_default();
        self.notes.plain(name, &found, limit)
    }

    fn id(&mut self) -> String {
        let identifier = values(member(self.value, "identifier"))
            .find_map(|value| member(value, "value").and_then(text).or_else(|| text(value)));
        let other = ["@id", "courseCode", "url"]
            .iter()
            .find_map(|name| self.value.get(*name).or_else(|| member(self.value, name)).and_then(text));
        let id = identifier.or(other).unwrap_or_default();
        let id = self.notes.plain("identifier", &id, 300);
        if id.is_empty() {
            self.notes.repaired("identifier", Problem::Missing, "");
        }
        id
    }

    /// The name of a thing, or the text in its place.
    fn name_of(&mut self, column: &str, members: &[&str]) -> String {
        let nodes = self.nodes;
        let Some(value) = members.iter().find_map(|name| values(member(self.value, name)).next()) else {
            return String::new();
        };
        let (thing, is_lost) = nodes.resolve(value);
        if is_lost {
            self.notes.repaired(column, Problem::Unlinked, &text(value).unwrap_or_default());
            return String::new();
        }
        let name = member(thing, "name")
            .map_or_else(|| thing.as_str().map(str::to_owned), |name| values(Some(name)).find_map(text));
        self.notes.plain(column, &name.unwrap_or_default(), 300)
    }

    fn own_texts(&mut self, name: &str, limit: usize) -> Vec<String> {
        let found: Vec<String> = values(own(self.value, name)).filter_map(text).collect();
        let texts = found.iter().map(|text| self.notes.plain(name, text, limit));
        texts.filter(|text| !text.is_empty()).collect()
    }

    fn own_words<T>(&mut self, name: &str, of: fn(&str) -> Option<T>) -> Vec<T> {
        let mut words = Vec::new();
        for word in self.own_texts(name, 60) {
            match of(&word) {
                Some(member) => words.push(member),
                None => self.notes.repaired(name, Problem::UnknownValue, &word),
            }
        }
        words
    }

    pub(super) fn languages(&mut self, value: &Value) -> Vec<Language> {
        let mut languages: Vec<Language> = Vec::new();
        let members = ["inLanguage", "availableLanguage"].iter().flat_map(|name| values(member(value, name)));
        for found in members.take(MAX_VALUES) {
            let named = ["alternateName", "name"].iter().find_map(|name| member(found, name).and_then(text));
            let Some(word) = named.or_else(|| text(found)) else { continue };
            let word = word.trim();
            let known = LANGUAGES.iter().find(|(name, _)| fold(word) == *name).map(|(_, tag)| *tag);
            let is_tag = word.split(['-', '_']).next().is_some_and(|head| (2..=3).contains(&head.len()));
            let language = known.or(is_tag.then_some(word)).and_then(|tag| tag.replace('_', "-").parse().ok());
            match language {
                Some(language) if known.is_some() => {
                    self.notes.repaired("inLanguage", Problem::Spelling, word);
                    languages.push(language);
                }
                Some(language) => languages.push(language),
                None => self.notes.repaired("inLanguage", Problem::UnknownValue, word),
            }
        }
        let mut once: Vec<Language> = Vec::new();
        languages.retain(|language| {
            !once.contains(language) && {
                once.push(language.clone());
                true
            }
        });
        languages
    }

    fn cost(&mut self) -> Cost {
        let mut cost = Cost::default();
        let free = values(member(self.value, "isAccessibleForFree")).find_map(text).unwrap_or_default();
        let free = free.rsplit('/').next().unwrap_or_default().to_lowercase();
        match free.as_str() {
            "true" => cost.kinds.push(CostKind::Free),
            // It says that not all of it is free; whether there is a condition stands elsewhere.
            "false" | "" => {}
            other => self.notes.repaired("isAccessibleForFree", Problem::Form, other),
        }
        let (mut details, nodes) = (Vec::new(), self.nodes);
        for offer in values(member(self.value, "offers")).map(|offer| nodes.resolve(offer).0) {
            let category = values(member(offer, "category")).find_map(text).unwrap_or_default();
            let price = values(member(offer, "price")).find_map(text).unwrap_or_default();
            if !category.is_empty() {
                cost.kinds.extend(self.notes.meaning_of("offers/category", &category, COSTS));
            } else if !price.is_empty() {
                match price.replace(',', ".").trim().parse::<f64>() {
                    Ok(0.0) => cost.kinds.push(CostKind::Free),
                    Ok(amount) if amount > 0.0 => cost.kinds.push(CostKind::Paid),
                    _ => self.notes.repaired("offers/price", Problem::Form, &price),
                }
            }
            let currency = values(member(offer, "priceCurrency")).find_map(text).unwrap_or_default();
            let amount = if price.is_empty() { String::new() } else { format!("{price} {currency}") };
            details.extend([amount, values(member(offer, "description")).find_map(text).unwrap_or_default()]);
        }
        details.retain(|text| !text.trim().is_empty());
        cost.details = self.notes.plain("offers", &details.join(" "), 2000);
        for pass in self.own_texts("passes", 64) {
            let pass = if pass == "aptic" { PASS.to_owned() } else { pass };
            let is_word = pass.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            if is_word && !cost.passes.contains(&pass) {
                cost.passes.push(pass);
            } else if !is_word {
                self.notes.repaired("passes", Problem::Form, &pass);
            }
        }
        sort_once(&mut cost.kinds);
        cost
    }

    fn audiences(&mut self) -> Vec<Audience> {
        let (mut found, nodes) = (Vec::new(), self.nodes);
        for audience in values(member(self.value, "audience")).map(|audience| nodes.resolve(audience).0) {
            let words = ["audienceType", "educationalRole"].iter().find_map(|name| member(audience, name));
            let words: Vec<String> = match words {
                Some(words) => values(Some(words)).filter_map(text).collect(),
                None => audience.as_str().map(str::to_owned).into_iter().collect(),
            };
            for word in words {
                let known = Audience::of_word(&word).map(Some);
                let folded = fold(&word);
                let other = || PUBLICS.iter().find(|(public, _)| fold(public) == folded).map(|(_, audience)| *audience);
                match known.or_else(other) {
                    Some(audience) => found.push(audience),
                    None => self.notes.repaired("audience", Problem::UnknownValue, &word),
                }
            }
        }
        audiences(found)
    }
}
