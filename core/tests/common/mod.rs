//! A framework and bank small enough to know by heart, a roomier one for the rules of a sitting, and a generator of
//! numbers that gives every run the same.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test file uses a part of this; a helper that fails is a failing test"
)]

pub(crate) mod full;
pub(crate) mod simulated;
pub(crate) mod sittings;

use serde_json::{Value, json};
use skills_passport::assessment::{Assessment, Instrument, Mode, Plan, Setting, Step};
use skills_passport::bank::{Bank, BankDocument, Item, ItemKind, Response};
use skills_passport::framework::{Crosswalk, CrosswalkDocument, Framework, FrameworkDocument};
use skills_passport::measure::{Loading, Probe, ResponseModel};
use skills_passport::passport::Record;
use uuid::Uuid;

/// The JSON documents of one framework and bank, to be changed before they are loaded.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) framework: Value,
    pub(crate) outcomes: Value,
    pub(crate) framework_texts: Vec<Value>,
    pub(crate) bank: Value,
    pub(crate) bank_texts: Vec<Value>,
    pub(crate) crosswalk: Option<Value>,
}

impl Parts {
    /// Two areas, three competences, eight items, one language.
    pub(crate) fn tiny() -> Self {
        Self {
            framework: json!({
                "id": "tiny",
                "version": "1.0.0",
                "source": "Made up for tests",
                "licence": "CC0-1.0",
                "broadLevels": [
                    { "id": "low", "levels": [1, 2, 3, 4] },
                    { "id": "high", "levels": [5, 6, 7, 8] },
                ],
                "areas": [
                    { "id": "A", "competences": ["A.1", "A.2"] },
                    { "id": "B", "competences": ["B.1"] },
                ],
            }),
            outcomes: json!({
                "outcomes": {
                    "A.1": [
                        { "id": "A.1-low", "kind": "skill", "level": "low" },
                        { "id": "A.1-high", "kind": "knowledge", "level": "high" },
                    ],
                    "A.2": [
                        { "id": "A.2-low", "kind": "skill", "level": "low" },
                        { "id": "A.2-high", "kind": "attitude", "level": "high" },
                    ],
                    "B.1": [
                        { "id": "B.1-low", "kind": "skill", "level": "low" },
                        { "id": "B.1-high", "kind": "skill", "level": "high" },
                    ],
                },
            }),
            framework_texts: vec![json!({
                "language": "en",
                "provenance": { "names": "ours", "descriptions": "ours", "note": "Ours." },
                "name": "Tiny 1.0",
                "broadLevels": {
                    "low": { "name": "Low", "description": "Begins." },
                    "high": { "name": "High", "description": "Leads." },
                },
                "areas": {
                    "A": { "name": "Letters", "description": "Reading and writing." },
                    "B": { "name": "Numbers", "description": "Counting." },
                },
                "competences": {
                    "A.1": competence_text("Reading"),
                    "A.2": competence_text("Writing"),
                    "B.1": competence_text("Counting"),
                },
            })],
            bank: json!({
                "id": "tiny",
                "version": "0.1.0",
                "framework": { "id": "tiny", "version": "1.0.0" },
                "licence": "CC0-1.0",
                "calibration": "provisional",
                "scales": { "skill": { "answers": 4 } },
                "model": model(),
                "items": [
                    graded("A.1-01", "A.1", 2, "A.1-low", [700, 2000, 3500]),
                    choice("A.1-02", "A.1", 3, "A.1-low", "a", 2700),
                    graded("A.1-03", "A.1", 5, "A.1-high", [3600, 5000, 6500]),
                    graded("A.2-01", "A.2", 2, "A.2-low", [900, 2200, 3600]),
                    choice("A.2-02", "A.2", 5, "A.2-high", "b", 4600),
                    graded("B.1-01", "B.1", 3, "B.1-low", [1500, 3000, 4500]),
                    choice("B.1-02", "B.1", 2, "B.1-low", "c", 1500),
                    choice("B.1-03", "B.1", 6, "B.1-high", "a", 5600),
                ],
            }),
            bank_texts: vec![json!({
                "language": "en",
                "provenance": "ours",
                "scales": {
                    "skill": {
                        "question": "How well can you do this today?",
                        "answers": ["Not yet", "With help", "Alone", "I help others"],
                    },
                },
                "items": {
                    "A.1-01": statement("I can read a letter."),
                    "A.1-02": question("What is a letter?", true),
                    "A.1-03": statement("I can read a book."),
                    "A.2-01": statement("I can write a letter."),
                    "A.2-02": question("What is a book?", false),
                    "B.1-01": statement("I can count to ten."),
                    "B.1-02": question("What is ten?", false),
                    "B.1-03": question("What is a prime?", true),
                },
            })],
            crosswalk: None,
        }
    }

    /// The tiny bank with an item of each further kind, B.1-04 to B.1-06, and with B.1-02 and B.1-04 as enemies.
    pub(crate) fn with_all_kinds() -> Self {
        let mut parts = Self::tiny();
        parts.bank["items"].as_array_mut().unwrap().extend([
            json!({
                "id": "B.1-04", "competence": "B.1", "kind": "multiple", "level": 2, "outcomes": ["B.1-low"], "seconds": 40,
                "options": ["a", "b", "c", "d", "e"], "rights": ["e", "b"], "location": 2000, "slope": 900,
                "locationSd": 600, "enemies": ["B.1-02"],
            }),
            json!({
                "id": "B.1-05", "competence": "B.1", "kind": "ordering", "level": 3, "outcomes": ["B.1-low"], "seconds": 40,
                "options": ["a", "b", "c", "d"], "order": ["c", "a", "d", "b"], "steps": [2500, 3500], "slope": 900,
                "locationSd": 600,
            }),
            json!({
                "id": "B.1-06", "competence": "B.1", "kind": "matching", "level": 4, "outcomes": ["B.1-low"], "seconds": 40,
                "options": ["a", "b", "c"], "targets": ["x", "y"], "matches": { "a": "y", "b": "x", "c": "y" },
                "steps": [3500, 4500], "slope": 900, "locationSd": 600,
            }),
        ]);
        let options = |ids: &str| -> serde_json::Map<String, Value> {
            ids.chars().map(|id| (id.to_string(), format!("Option {id}").into())).collect()
        };
        let text =
            |stem: &str, ids: &str| json!({ "stem": stem, "options": options(ids), "explanation": "Look it up." });
        let texts = &mut parts.bank_texts[0]["items"];
        texts["B.1-04"] = text("Which two are primes?", "abcde");
        texts["B.1-04"]["picture"] = json!({
            "kind": "table",
            "parts": [
                { "role": "columns", "text": "Number | Name" },
                { "role": "row", "text": "2 | Two" },
                { "role": "row", "text": "4 | Four" },
            ],
        });
        texts["B.1-05"] = text("Put them in order.", "abcd");
        texts["B.1-06"] = text("What is what?", "abc");
        texts["B.1-06"]["targets"] = json!({ "x": "Odd", "y": "Even" });
        parts
    }

    /// Three areas of three competences with five items each, from easy to hard: more than the longest standard
    /// sitting asks, with an easy item of each kind everywhere.
    pub(crate) fn roomy() -> Self {
        let mut parts = Self::tiny();
        let competences = |area: &str| -> Vec<String> { (1..=3).map(|number| format!("{area}.{number}")).collect() };
        let areas = ["X", "Y", "Z"];
        parts.framework["id"] = "roomy".into();
        parts.framework["areas"] =
            areas.iter().map(|area| json!({ "id": area, "competences": competences(area) })).collect();
        parts.outcomes = json!({ "outcomes": {} });
        let mut items = Vec::new();
        let (mut item_texts, mut area_texts, mut competence_texts) = (json!({}), json!({}), json!({}));
        for area in areas {
            area_texts[area] = json!({ "name": area, "description": area });
            for competence in competences(area) {
                competence_texts[&competence] = competence_text(&competence);
                let id = |number: u8| format!("{competence}-{number}");
                let none = "none";
                items.extend([
                    graded(&id(1), &competence, 2, none, [700, 2000, 3500]),
                    choice(&id(2), &competence, 1, none, "a", 800),
                    graded(&id(3), &competence, 5, none, [3600, 5000, 6500]),
                    choice(&id(4), &competence, 4, none, "b", 3600),
                    choice(&id(5), &competence, 6, none, "c", 6100),
                ]);
                for number in 1..=5 {
                    item_texts[id(number)] =
                        if [1, 3].contains(&number) { statement("I can.") } else { question("What?", true) };
                }
            }
        }
        parts.framework_texts[0]["areas"] = area_texts;
        parts.framework_texts[0]["competences"] = competence_texts;
        parts.bank["id"] = "roomy".into();
        parts.bank["framework"]["id"] = "roomy".into();
        parts.bank["items"] = items.into();
        parts.bank_texts[0]["items"] = item_texts;
        parts
    }

    /// Loads them the way a pack is loaded, but with the learning outcomes checked too.
    pub(crate) fn load(&self) -> Result<Instrument, String> {
        fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
            skills_passport::json::read_value(value, "").map_err(|error| error.to_string())
        }
        fn all<T: serde::de::DeserializeOwned>(values: &[Value]) -> Result<Vec<T>, String> {
            values.iter().map(read).collect()
        }
        let framework: FrameworkDocument = read(&self.framework)?;
        let framework = Framework::new(framework, Some(read(&self.outcomes)?), all(&self.framework_texts)?)
            .map_err(|error| error.to_string())?;
        let mut bank: BankDocument = read(&self.bank)?;
        let digest = bank.digest().map_err(|error| error.to_string())?;
        if let Some(crosswalk) = &self.crosswalk {
            let document: CrosswalkDocument = read(crosswalk)?;
            let crosswalk =
                Crosswalk::new(&document, &bank.framework, &framework).map_err(|error| error.to_string())?;
            bank = bank.translated(&crosswalk, framework.reference()).map_err(|error| error.to_string())?;
        }
        let bank = Bank::new(bank, digest, all(&self.bank_texts)?, &framework).map_err(|error| error.to_string())?;
        Instrument::new(framework, bank).map_err(|error| error.to_string())
    }
}

fn competence_text(name: &str) -> Value {
    json!({ "name": name, "description": name, "descriptors": { "low": "I begin.", "high": "I lead." } })
}

/// The population model of the design.
pub(crate) fn model() -> Value {
    json!({
        "mean": 3500, "sd": 1700, "general": 550, "area": 150, "specific": 300,
        "leniencyMean": 0, "leniencySd": 900, "leniencyCorrelation": 700,
    })
}

fn graded(id: &str, competence: &str, level: u8, outcome: &str, thresholds: [i32; 3]) -> Value {
    json!({
        "id": id, "competence": competence, "kind": "graded", "scale": "skill", "level": level,
        "outcomes": [outcome], "seconds": 15, "thresholds": thresholds, "slope": 1200, "locationSd": 500,
    })
}

fn choice(id: &str, competence: &str, level: u8, outcome: &str, right: &str, location: i32) -> Value {
    json!({
        "id": id, "competence": competence, "kind": "choice", "level": level, "outcomes": [outcome], "seconds": 40,
        "options": ["a", "b", "c"], "right": right, "location": location, "slope": 900, "locationSd": 600,
    })
}

fn statement(stem: &str) -> Value {
    json!({ "stem": stem, "explanation": "It helps." })
}

fn question(stem: &str, situation: bool) -> Value {
    let mut text = json!({
        "stem": stem, "options": { "a": "This", "b": "That", "c": "Neither" }, "explanation": "Look it up.",
    });
    if situation {
        text["situation"] = "You are asked.".into();
    }
    text
}

/// The small framework and bank, ready to measure.
pub(crate) fn tiny() -> Instrument {
    Parts::tiny().load().unwrap()
}

/// The roomier ones.
pub(crate) fn roomy() -> Instrument {
    Parts::roomy().load().unwrap()
}

/// The circumstances of a sitting.
pub(crate) fn setting(seed: u32) -> Setting {
    Setting {
        id: Uuid::from_u128(0x5e77),
        language: "en".parse().unwrap(),
        seed,
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: false,
    }
}

/// A plan for these competences.
pub(crate) fn focus(competences: &[&str]) -> Plan {
    Plan { focus: competences.iter().map(|id| id.parse().unwrap()).collect(), ..Plan::new(Mode::Focus) }
}

/// The item asked next, if any.
pub(crate) fn asked<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Option<&'a Item> {
    match instrument.step(assessment) {
        Step::Ask(item) => Some(item),
        Step::Finished(_) => None,
    }
}

/// Answers whatever is asked, by `respond`, to the end.
pub(crate) fn sit(
    instrument: &Instrument,
    plan: Plan,
    seed: u32,
    mut respond: impl FnMut(&Item) -> Response,
) -> Assessment {
    let mut assessment = instrument.start(plan, setting(seed)).unwrap();
    while let Some(item) = asked(instrument, &assessment) {
        assessment = instrument.answer(&assessment, &item.id, respond(item)).unwrap();
    }
    assessment
}

/// Any answer that fits the item; "I don't know" one time in ten.
pub(crate) fn any_response(item: &Item, random: &mut Random) -> Response {
    if random.below(10) == 0 {
        return Response::DontKnow;
    }
    match &item.kind {
        ItemKind::Graded { answers, .. } => Response::Graded { answer: random.below(usize::from(*answers)) as u8 },
        ItemKind::Choice { options, .. } => Response::Choice { option: options[random.below(options.len())].clone() },
        _ => item.response_of(random.below(item.model.categories()) as u8).unwrap(),
    }
}

/// The lowest answer, or a wrong one.
pub(crate) fn worst_response(_: &Item) -> Response {
    Response::DontKnow
}

/// The items answered, in order.
pub(crate) fn history<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Vec<&'a Item> {
    assessment.answers.iter().map(|answer| instrument.bank().item(&answer.item).unwrap().1).collect()
}

/// What the measurement knows of an item.
pub(crate) fn probe(instrument: &Instrument, item: &Item) -> Probe {
    let area = instrument.framework().area_of(&item.competence).unwrap();
    let leniency = if item.has_right_answer() { None } else { instrument.leniency_of(area) };
    let competence = instrument.framework().position(&item.competence).unwrap();
    Probe { loading: Loading { competence, leniency }, model: item.model.clone() }
}

/// A finished sitting on the tiny bank as a record of a passport.
pub(crate) fn record(instrument: &Instrument, id: u128, day: u8, random: &mut Random) -> Record {
    let mut assessment =
        sit(instrument, Plan::new(Mode::Quick), random.below(1000) as u32, |item| any_response(item, random));
    assessment.setting.id = Uuid::from_u128(id);
    let finished = format!("2026-11-{day:02}T10:00:00Z").parse().unwrap();
    Record::of_assessment(instrument, assessment, finished).unwrap()
}

/// A generator of numbers (SplitMix64; Steele et al. 2014): the same seed gives the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.bits() % end as u64) as usize
    }

    /// Standard normal (Box & Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// A category drawn by its probability at `eta`.
    pub(crate) fn category(&mut self, model: &ResponseModel, eta: f64) -> u8 {
        let mut left = self.unit();
        let last = (model.categories() - 1) as u8;
        for category in 0..last {
            left -= model.probability(eta, category);
            if left < 0.0 {
                return category;
            }
        }
        last
    }

    /// A graded item such as an author would write.
    pub(crate) fn graded_model(&mut self) -> ResponseModel {
        let first = self.between(0.0, 5.0);
        let (one, two) = (self.between(0.6, 2.0), self.between(0.6, 2.0));
        ResponseModel::graded(self.between(0.6, 1.6), &[first, first + one, first + one + two], 0.5)
    }

    /// A question with `options` options (none: no guessing) such as an author would write.
    pub(crate) fn choice_model(&mut self, lower: f64) -> ResponseModel {
        let location = self.between(0.5, 8.0);
        ResponseModel::logistic(self.between(0.6, 1.6), location, lower, 0.5)
    }
}

/// Reads golden values, unless this copy of the project is without them.
pub(crate) fn golden(name: &str) -> Option<Value> {
    let path = format!("{}/../../shared/data/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: there is no golden/{name} beside the project");
    }
    text.map(|text| serde_json::from_str(&text).unwrap())
}

/// Golden values of other programs: our own copy of a few, and all of them where this copy of the project has them.
pub(crate) fn goldens(name: &str) -> impl Iterator<Item = Value> {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let own = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    std::iter::once(own).chain(golden(name))
}

/// The numbers of a JSON array, or of a number alone.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().map_or_else(|| vec![value], |list| list.iter().collect());
    list.into_iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The same as categories.
pub(crate) fn categories(value: &Value) -> Vec<u8> {
    numbers(value).into_iter().map(|number| number as u8).collect()
}
