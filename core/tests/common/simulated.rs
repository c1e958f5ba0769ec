//! A bank of sensible size that a generator made, to simulate sittings on.

use serde_json::{Value, json};
use skills_passport::assessment::Instrument;

use super::{Parts, Random};

/// Competences of the five areas, as in the shipped framework.
const SIZES: [(&str, usize); 5] = [("P", 3), ("Q", 6), ("R", 4), ("S", 4), ("T", 4)];
/// Items of each competence; 504 in all.
const EACH: usize = 24;

/// A bank in the population model of the design (correlations .70 and .55), whose items are drawn:
///
/// * half of them self-reports with four answers, half questions with three to five options of which one is right;
/// * slopes of 0.9 to 1.6 per level for self-reports and 0.7 to 1.3 for questions: 1.2 to 2.7 per standard deviation of the
///   population, what published calibrations of such items range over;
/// * locations all over the levels, 0.5 to 7; the thresholds of a self-report 1.0 to 1.8 levels apart;
/// * 30 seconds each, since the bars are about numbers of questions: the engine weighs what a question tells by its time.
///
/// `doubt` is the standard deviation of their locations that the bank admits, thousandths of a level; none for a bank that
/// was calibrated.
pub(crate) fn simulated(doubt: i32) -> Instrument {
    let mut parts = Parts::roomy();
    let names =
        |area: &str, size: usize| -> Vec<String> { (1..=size).map(|number| format!("{area}.{number}")).collect() };
    let competences: Vec<String> = SIZES.iter().flat_map(|(area, size)| names(area, *size)).collect();
    parts.framework["areas"] =
        SIZES.iter().map(|(area, size)| json!({ "id": area, "competences": names(area, *size) })).collect();
    let text = &mut parts.framework_texts[0];
    let (area_text, competence_text) = (text["areas"]["X"].clone(), text["competences"]["X.1"].clone());
    text["areas"] = SIZES.iter().map(|(area, _)| ((*area).to_owned(), area_text.clone())).collect();
    text["competences"] = competences.iter().map(|id| (id.clone(), competence_text.clone())).collect();
    let random = &mut Random(2026);
    let (mut items, mut texts) = (Vec::new(), serde_json::Map::new());
    for competence in &competences {
        for number in 0..EACH {
            let id = format!("{competence}-{number:02}");
            let item = if number % 2 == 0 { self_report(&id, random) } else { question(&id, random) };
            texts.insert(id, item_text(&item));
            items.push(with(item, &[("competence", json!(competence)), ("locationSd", json!(doubt))]));
        }
    }
    parts.bank["items"] = items.into();
    parts.bank_texts[0]["items"] = texts.into();
    parts.load().unwrap()
}

fn thousandths(value: f64) -> Value {
    ((value * 1000.0).round() as i64).into()
}

fn with(mut item: Value, members: &[(&str, Value)]) -> Value {
    members.iter().for_each(|(name, value)| item[*name] = value.clone());
    item
}

fn self_report(id: &str, random: &mut Random) -> Value {
    let (middle, low, high) = (random.between(0.5, 7.0), random.between(1.0, 1.8), random.between(1.0, 1.8));
    json!({
        "id": id, "kind": "graded", "scale": "skill", "level": level(middle), "outcomes": [],
        "seconds": 30, "slope": thousandths(random.between(0.9, 1.6)),
        "thresholds": [thousandths(middle - low), thousandths(middle), thousandths(middle + high)],
    })
}

fn question(id: &str, random: &mut Random) -> Value {
    let location = random.between(0.5, 7.0);
    let options = &["a", "b", "c", "d", "e"][..3 + random.below(3)];
    json!({
        "id": id, "kind": "choice", "level": level(location), "outcomes": [], "seconds": 30,
        "slope": thousandths(random.between(0.7, 1.3)), "location": thousandths(location),
        "options": options, "right": options[random.below(options.len())],
    })
}

fn level(location: f64) -> u8 {
    (location.round() as u8).clamp(1, 8)
}

fn item_text(item: &Value) -> Value {
    let options = item["options"].as_array().map(|options| {
        options
            .iter()
            .map(|option| (option.as_str().unwrap().to_owned(), json!("This")))
            .collect::<serde_json::Map<_, _>>()
    });
    let mut text = json!({ "stem": "What?", "explanation": "Look it up." });
    if let Some(options) = options {
        text["options"] = options.into();
    }
    text
}
