//! What this crate ships: complete in two languages, balanced, short enough for a telephone, and in our own words.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::LazyLock;

use serde_json::Value;
use skills_passport::assessment::Instrument;
use skills_passport::bank::{BankText, Item, ItemText};
use skills_passport::framework::{CrosswalkDocument, Framework, FrameworkText, Origin, OutcomeKind};
use skills_passport::pack::Pack;
use skills_passport_frameworks::{Library, packs};

const LANGUAGES: [&str; 2] = ["en", "fr"];
const VERSIONS: [&str; 2] = ["digcomp@2.2", "digcomp@3.0"];

static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Library::shipped().instrument("digcomp@3.0", "general").unwrap());

fn framework(name: &str) -> Framework {
    Library::shipped().framework(name).unwrap()
}

fn framework_text(name: &str, language: &str) -> FrameworkText {
    framework(name).text(&language.parse().unwrap()).unwrap().clone()
}

fn bank_text(language: &str) -> &'static BankText {
    INSTRUMENT.bank().text(&language.parse().unwrap()).unwrap()
}

fn items() -> &'static [Item] {
    INSTRUMENT.bank().items()
}

fn item_text(language: &str, item: &Item) -> &'static ItemText {
    bank_text(language).items.get(&item.id).unwrap()
}

fn counted<K: Ord>(keys: impl IntoIterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

/// Every text of a value with its place.
fn texts(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((place.to_owned(), text.clone())),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, entry)| texts(entry, &format!("{place}/{index}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| texts(member, &format!("{place}/{name}"), found));
        }
        _ => {}
    }
}

/// Every text that people read in one language.
fn all_texts(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for version in VERSIONS {
        texts(&serde_json::to_value(framework_text(version, language)).unwrap(), version, &mut found);
    }
    texts(&serde_json::to_value(bank_text(language)).unwrap(), "general", &mut found);
    assert!(found.len() > 500, "{}", found.len());
    found
}

/// Fails with everything that is wrong, not only the first.
fn assert_none<T: Debug>(wrong: &[T], what: &str) {
    assert!(wrong.is_empty(), "{} {what}: {wrong:#?}", wrong.len());
}

/// The official data of DigComp 3.0, unless this copy of the project is without them.
fn official() -> Option<Vec<Value>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/digcomp-3.0");
    let file = format!("{folder}/DigComp_3.0_Data_Supplement_24_Nov_2025.jsonld");
    let text = std::fs::read_to_string(file).ok();
    if text.is_none() {
        println!("skipped: the official data supplement is not beside the project");
    }
    let document: Value = serde_json::from_str(&text?).unwrap();
    Some(document["@graph"].as_array().unwrap().clone())
}

fn of_type<'a>(graph: &'a [Value], name: &str) -> impl Iterator<Item = &'a Value> {
    graph.iter().filter(move |node| node["@type"] == name)
}

/// The part of an official id behind the slash.
fn id_of(node: &Value, member: &str) -> String {
    node[member].as_str().unwrap().rsplit('/').next().unwrap().trim().to_owned()
}

#[test]
fn both_frameworks_have_five_areas_of_twenty_one_competences_and_four_broad_levels_of_eight() {
    for name in VERSIONS {
        let framework = framework(name);
        let sizes: Vec<usize> = framework.areas().iter().map(|area| area.competences.len()).collect();
        assert_eq!(sizes, [3, 6, 4, 4, 4], "{name}");
        let levels: Vec<usize> = framework.document().broad_levels.iter().map(|broad| broad.levels.len()).collect();
        assert_eq!(levels, [2, 2, 2, 2], "{name}");
    }
}

#[test]
fn the_outcomes_of_3_0_are_complete() {
    let framework = framework("digcomp@3.0");
    let outcomes: Vec<_> = framework.outcomes().values().map(|(_, outcome)| outcome).collect();
    assert_eq!(outcomes.len(), 523);
    let kinds = [(OutcomeKind::Knowledge, 217), (OutcomeKind::Skill, 199), (OutcomeKind::Attitude, 107)];
    assert_eq!(counted(outcomes.iter().map(|outcome| outcome.kind)), kinds.into());
    let levels = [("basic", 151), ("intermediate", 170), ("advanced", 119), ("highly-advanced", 83)];
    assert_eq!(counted(outcomes.iter().map(|outcome| outcome.level.as_str())), levels.into());
}

#[test]
fn the_outcomes_of_3_0_are_the_official_ones() {
    let Some(graph) = official() else { return };
    let official: BTreeSet<[String; 4]> = of_type(&graph, "LearningOutcome")
        .map(|node| {
            let level = id_of(node, "four_levels_proficiency_name").to_lowercase().replace(' ', "-");
            let kind = node["type"].as_str().unwrap().to_lowercase();
            [id_of(node, "@id"), id_of(node, "competence_id"), kind, level]
        })
        .collect();
    let framework = framework("digcomp@3.0");
    let ours: BTreeSet<[String; 4]> = framework
        .outcomes()
        .values()
        .map(|(competence, outcome)| {
            let kind = format!("{:?}", outcome.kind).to_lowercase();
            [outcome.id.to_string(), competence.to_string(), kind, outcome.level.to_string()]
        })
        .collect();
    assert_none(&official.symmetric_difference(&ours).collect::<Vec<_>>(), "outcomes that differ");
}

#[test]
fn english_names_of_3_0_are_the_official_ones() {
    let Some(graph) = official() else { return };
    let text = framework_text("digcomp@3.0", "en");
    let names = |kind: &str, id: &str, name: &str| -> BTreeMap<String, String> {
        of_type(&graph, kind).map(|node| (id_of(node, id), node[name].as_str().unwrap().to_owned())).collect()
    };
    let areas = text.areas.iter().map(|(id, area)| (id.to_string(), area.name.clone())).collect();
    assert_eq!(names("CompetenceArea", "@id", "name"), areas);
    let competences =
        text.competences.iter().map(|(id, competence)| (id.to_string(), competence.name.clone())).collect();
    assert_eq!(names("Competence", "@id", "name"), competences);
    let levels: BTreeSet<String> = names("ProficiencyLevel", "@id", "four_levels_name").into_values().collect();
    assert_eq!(levels, text.broad_levels.values().map(|level| level.name.clone()).collect());
}

fn words(text: &str) -> Vec<String> {
    let kept: String = text.to_lowercase().chars().filter(|c| !"'’".contains(*c)).collect();
    kept.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn our_english_repeats_no_eight_words_of_the_official_text() {
    let Some(graph) = official() else { return };
    let mut sentences = Vec::new();
    for node in &graph {
        texts(node, "", &mut sentences);
    }
    let runs: BTreeSet<Vec<String>> = sentences
        .iter()
        .flat_map(|(_, text)| words(text).windows(8).map(<[String]>::to_vec).collect::<Vec<_>>())
        .collect();
    assert!(runs.len() > 5000, "{}", runs.len());
    let copied: Vec<(String, String)> = all_texts("en")
        .into_iter()
        .flat_map(|(place, text)| {
            let words = words(&text);
            let shared = words.windows(8).find(|run| runs.contains(*run)).map(|run| run.join(" "));
            shared.map(|run| (place, run))
        })
        .collect();
    assert_none(&copied, "texts with official wording");
}

#[test]
fn texts_say_whose_words_they_are() {
    for name in VERSIONS {
        let provenance = |language| framework_text(name, language).provenance;
        assert_eq!((provenance("en").names, provenance("en").descriptions), (Origin::Official, Origin::Ours), "{name}");
        assert_eq!((provenance("fr").names, provenance("fr").descriptions), (Origin::Ours, Origin::Ours), "{name}");
    }
    for language in LANGUAGES {
        assert_eq!(bank_text(language).provenance, Origin::Ours);
    }
}

#[test]
fn both_frameworks_and_the_bank_speak_english_and_french() {
    for name in VERSIONS {
        assert_eq!(framework(name).languages().map(ToString::to_string).collect::<Vec<_>>(), LANGUAGES, "{name}");
    }
    assert_eq!(INSTRUMENT.bank().languages().map(ToString::to_string).collect::<Vec<_>>(), LANGUAGES);
}

#[test]
fn every_competence_has_eight_statements_and_twelve_questions_at_least() {
    assert!(items().len() >= 420, "{}", items().len());
    let kinds = counted(items().iter().map(|item| (item.competence.as_str(), item.has_right_answer())));
    assert_eq!(kinds.len(), 42);
    let few = kinds.iter().filter(|((_, right), count)| **count < if *right { 12 } else { 8 });
    assert_none(&few.collect::<Vec<_>>(), "too few items");
}

#[test]
fn every_competence_asks_statements_and_questions_at_every_level() {
    let levels = counted(items().iter().map(|item| (item.competence.as_str(), item.has_right_answer(), item.level)));
    assert_eq!(levels.len(), 21 * 2 * 8);
}

#[test]
fn sixty_questions_or_more_are_about_a_picture() {
    for language in LANGUAGES {
        let pictures = items().iter().filter(|item| item_text(language, item).picture.is_some()).count();
        assert!(pictures >= 60, "{language}: {pictures}");
    }
}

#[test]
fn items_of_a_competence_rise_from_lower_to_higher_levels() {
    for competence in INSTRUMENT.framework().competences() {
        let levels: Vec<u8> =
            items().iter().filter(|item| item.competence == *competence).map(|item| item.level.number()).collect();
        assert!(levels.is_sorted() && levels.first() != levels.last(), "{competence}: {levels:?}");
    }
}

#[test]
fn parameters_are_said_to_be_provisional_and_why() {
    assert!(INSTRUMENT.bank().is_provisional());
    let silent: Vec<_> = INSTRUMENT
        .bank()
        .document()
        .items
        .iter()
        .filter(|item| item.rationale.is_empty())
        .map(|item| &item.id)
        .collect();
    assert_none(&silent, "items without rationale");
}

/// The characters of a text with those before and behind them.
fn neighbours(text: &str) -> Vec<(char, char, char)> {
    let padded: Vec<char> = std::iter::once('\n').chain(text.chars()).chain(['\n']).collect();
    padded.windows(3).map(|three| (three[0], three[1], three[2])).collect()
}

fn is_hard_space(c: char) -> bool {
    ['\u{a0}', '\u{202f}'].contains(&c)
}

/// Texts of a language in which a character stands wrongly.
fn wrong(language: &str, rule: impl Fn(char, char, char) -> bool) -> Vec<(String, String)> {
    let broken = |text: &str| neighbours(text).into_iter().any(|(before, c, behind)| rule(before, c, behind));
    all_texts(language).into_iter().filter(|(_, text)| broken(text)).collect()
}

#[test]
fn no_apostrophe_between_letters_is_straight() {
    for language in LANGUAGES {
        let straight =
            |before: char, c: char, behind: char| c == '\'' && before.is_alphabetic() && behind.is_alphabetic();
        assert_none(&wrong(language, straight), "straight apostrophes");
    }
}

#[test]
fn french_double_punctuation_follows_a_hard_space() {
    let loose = |before: char, c: char, behind: char| match c {
        _ if is_hard_space(before) => false,
        // The second of two.
        '?' | '!' => !"?!".contains(before),
        // A time of day, an address.
        ':' => !(before.is_ascii_digit() && behind.is_ascii_digit() || behind == '/'),
        c => c == ';',
    };
    assert_none(&wrong("fr", loose), "loose signs");
}

#[test]
fn french_quotation_marks_hold_hard_spaces() {
    let loose = |before: char, c: char, behind: char| {
        (c == '«' && !is_hard_space(behind)) || (c == '»' && !is_hard_space(before))
    };
    assert_none(&wrong("fr", loose), "loose quotation marks");
}

#[test]
fn french_has_no_english_quotation_marks() {
    assert_none(&wrong("fr", |_, c, _| "“”\"".contains(c)), "texts");
}

#[test]
fn english_has_no_french_spacing() {
    assert_none(&wrong("en", |before, c, _| "?!;:".contains(c) && (before == ' ' || is_hard_space(before))), "texts");
}

#[test]
fn texts_have_no_stray_space() {
    let stray = |before: char, c: char, behind: char| {
        c == ' ' && (before == ' ' || before == '\n' || behind == '\n') || c == '\t' || c == '\u{feff}'
    };
    for language in LANGUAGES {
        assert_none(&wrong(language, stray), language);
    }
}

#[test]
fn the_crosswalk_goes_by_number() {
    let library = Library::shipped();
    let text = library.file("crosswalks/digcomp-3.0--digcomp-2.2.json").unwrap();
    let crosswalk: CrosswalkDocument = serde_json::from_str(text).unwrap();
    let pairs: Vec<_> = crosswalk.mappings.iter().map(|pair| (&pair.from, &pair.to)).collect();
    let (new, old) = (framework("digcomp@3.0"), framework("digcomp@2.2"));
    assert_eq!(pairs, new.competences().iter().zip(old.competences()).collect::<Vec<_>>());
    assert_none(&pairs.iter().filter(|(from, to)| from != to).collect::<Vec<_>>(), "pairs of different numbers");
}

#[test]
fn the_crosswalk_is_read_in_both_directions() {
    let library = Library::shipped();
    let head = "banks/general/0.2.0/bank.json";
    let older = library.file(head).unwrap().replace("\"version\": \"3.0.0\"", "\"version\": \"2.2.0\"");
    let instrument = library.with(head, Some(older)).instrument("digcomp@3.0", "general").unwrap();
    assert_eq!(instrument.framework().reference().to_string(), "digcomp@3.0.0");
    assert_eq!(instrument.bank().items().len(), items().len());
}

#[test]
fn the_bank_measures_2_2_by_way_of_the_crosswalk() {
    let older = Library::shipped().instrument("digcomp@2.2", "general").unwrap();
    assert_eq!(older.framework().reference().to_string(), "digcomp@2.2.0");
    let about = |instrument: &Instrument| -> Vec<(String, String)> {
        instrument.bank().items().iter().map(|item| (item.id.to_string(), item.competence.to_string())).collect()
    };
    assert_eq!(about(&older), about(&INSTRUMENT));
}

#[test]
fn there_is_a_pack_for_each_framework_and_language() {
    let names: Vec<String> = packs(&Library::shipped()).unwrap().into_iter().map(|pack| pack.file_name).collect();
    assert_eq!(
        names,
        [
            "digcomp-2.2.general.en.json",
            "digcomp-2.2.general.fr.json",
            "digcomp-3.0.general.en.json",
            "digcomp-3.0.general.fr.json",
            "mediator-1.0.mediator.en.json",
            "mediator-1.0.mediator.fr.json"
        ]
    );
}

#[test]
fn every_pack_of_the_general_bank_loads_and_holds_the_same() {
    for pack in packs(&Library::shipped()).unwrap().into_iter().filter(|pack| pack.file_name.contains(".general.")) {
        let instrument = Pack::parse(&pack.content).and_then(Pack::into_instrument).unwrap();
        assert_eq!(instrument.bank().reference(), INSTRUMENT.bank().reference(), "{}", pack.file_name);
    }
}

#[test]
fn a_pack_leaves_out_what_only_authors_need() {
    for pack in packs(&Library::shipped()).unwrap() {
        assert!(!pack.content.contains("rationale"), "{}", pack.file_name);
    }
}

#[test]
fn the_simulation_report_is_of_this_bank() {
    let reference = INSTRUMENT.bank().reference();
    let folder = format!("{}/banks/{}/{}", env!("CARGO_MANIFEST_DIR"), reference.id, reference.version);
    let report = std::fs::read_to_string(format!("{folder}/SIMULATION.md")).unwrap();
    let named = report.contains(&reference.sha256);
    assert!(named, "make it again with `skills-passport simulate --report {folder}`");
    for plot in report.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(std::fs::exists(format!("{folder}/{plot}")).unwrap(), "{plot}");
    }
}

#[test]
fn every_competence_of_digcomp_is_explained_and_described_at_eight_levels_in_both_languages() {
    for name in VERSIONS {
        let details = Library::shipped().framework_details(name).unwrap();
        assert_eq!(details.iter().map(|details| details.language.as_str()).collect::<Vec<_>>(), LANGUAGES, "{name}");
        for words in &details {
            assert_eq!(words.competences.len(), 21);
            for (id, competence) in &words.competences {
                let different: BTreeSet<&String> = competence.levels.iter().collect();
                assert_eq!(different.len(), 8, "{id}: two levels in the same words");
                assert!(competence.levels.iter().all(|level| level.chars().count() <= 170), "{id}");
            }
        }
    }
}
