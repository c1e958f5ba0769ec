//! External schemes: their checks, and profiles in their terms.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use common::Parts;
use serde_json::{Value, json};
use skills_passport::assessment::{Mode, Plan};
use skills_passport::framework::{Crosswalk, CrosswalkDocument, Framework, Scheme, SchemeFault, Strength};
use skills_passport::profile::{Estimate, Evidence, Profile, Reason, Subject, Translation};
use skills_passport::units::{Level, Thousandths};

/// Concepts: both A competences are about `words`, B.1 has none, and `shelf` is about nothing.
fn concepts() -> Value {
    json!({
        "id": "school", "name": "School", "version": "1", "language": "en",
        "from": { "id": "tiny", "version": "1.0.0" },
        "provenance": "ours-not-validated", "note": "Made up.", "source": "Made up.", "licence": "CC0-1.0",
        "codes": [
            { "code": "words", "label": "Words", "uri": "http://school.example/words" },
            { "code": "letters", "label": "Letters" },
            { "code": "shelf", "label": "A shelf" },
            { "code": "area", "label": "All of A" },
        ],
        "mappings": [
            { "competence": "A.1", "code": "words", "strength": "primary" },
            { "competence": "A.2", "code": "words", "strength": "primary" },
            { "competence": "A.1", "code": "letters", "strength": "secondary" },
            { "area": "A", "code": "area", "strength": "primary" },
        ],
        "gaps": [
            { "competence": "B.1", "why": "nobody counts there" },
            { "code": "shelf", "why": "furniture" },
        ],
    })
}

/// A scale that ends at level 6.
fn scale() -> Value {
    json!({
        "id": "stars", "name": "Stars", "version": "1", "language": "en",
        "from": { "id": "tiny", "version": "1.0.0" },
        "provenance": "official", "note": "Made up.", "source": "Made up.", "licence": "CC0-1.0",
        "codes": [
            { "code": "one", "label": "One star", "levels": [1, 2] },
            { "code": "two", "label": "Two stars", "levels": [3, 6] },
        ],
    })
}

fn scheme(document: &Value) -> Result<Scheme, SchemeFault> {
    let tiny = common::tiny();
    Scheme::new(serde_json::from_value(document.clone()).unwrap(), tiny.framework(), tiny.framework(), None)
}

/// A profile with these levels of A.1, A.2 and B.1: lowest, likeliest, highest.
fn profile(levels: [(u8, u8, u8); 3]) -> Profile {
    let mut profile = nothing(Plan::new(Mode::Quick));
    let level = |number| Level::new(number).unwrap();
    let known = |estimate: &mut Estimate, (lowest, likeliest, highest): (u8, u8, u8)| {
        estimate.median = Thousandths(1000 * i32::from(likeliest));
        (estimate.lowest_level, estimate.level, estimate.highest_level) =
            (level(lowest), level(likeliest), level(highest));
        estimate.evidence = Evidence::Measured;
    };
    for (result, levels) in profile.competences.iter_mut().zip(levels) {
        known(&mut result.estimate, levels);
    }
    known(&mut profile.areas[0].estimate, levels[0]);
    known(&mut profile.areas[1].estimate, levels[2]);
    profile
}

/// The profile of somebody who has not answered yet.
fn nothing(plan: Plan) -> Profile {
    let instrument = common::tiny();
    Profile::of(&instrument, &instrument.start(plan, common::setting(1)).unwrap())
}

fn reasons(translation: &Translation) -> Vec<(String, Reason)> {
    let name = |subject: &Subject| match subject {
        Subject::Competence(id) => format!("competence {id}"),
        Subject::Area(id) => format!("area {id}"),
        Subject::Code { code, .. } => format!("code {code}"),
    };
    translation.untranslated.iter().map(|one| (name(&one.what), one.reason.clone())).collect()
}

#[test]
fn a_concept_has_the_range_of_the_competences_that_it_is_about() {
    let translation = profile([(4, 5, 6), (2, 2, 3), (1, 1, 1)]).translated(&scheme(&concepts()).unwrap());
    let words = &translation.concepts[0];
    assert_eq!((words.code.as_str(), words.uri.as_deref()), ("words", Some("http://school.example/words")));
    let range = [words.lowest_level, words.level, words.highest_level].map(|level| level.number());
    assert_eq!(range, [2, 4, 6], "the mean of 5 and 2 is 3.5, which is level 4");
    assert_eq!(
        (&words.from, words.strength, words.measured),
        (&vec!["A.1".to_owned(), "A.2".to_owned()], Strength::Primary, true)
    );
    let letters = &translation.concepts[1];
    assert_eq!((letters.code.as_str(), letters.strength), ("letters", Strength::Secondary));
    let area = &translation.concepts[2];
    assert_eq!((area.code.as_str(), area.from[0].as_str(), area.level.number()), ("area", "A", 5));
}

#[test]
fn what_has_no_counterpart_is_said_with_the_reason() {
    let translation = profile([(4, 5, 6), (2, 2, 3), (1, 1, 1)]).translated(&scheme(&concepts()).unwrap());
    assert_eq!(
        reasons(&translation),
        [
            ("competence B.1".to_owned(), Reason::NoCounterpart { why: "nobody counts there".to_owned() }),
            ("code shelf".to_owned(), Reason::NoCompetence { why: "furniture".to_owned() }),
        ]
    );
}

#[test]
fn a_concept_says_which_of_its_competences_has_no_result() {
    let mut profile = profile([(4, 5, 6), (2, 2, 3), (1, 1, 1)]);
    profile.competences[1].estimate.evidence = Evidence::NotEnough;
    profile.competences[0].estimate.evidence = Evidence::Inferred;
    let words = profile.translated(&scheme(&concepts()).unwrap()).concepts.remove(0);
    assert_eq!((words.from, words.without, words.measured), (vec!["A.1".to_owned()], vec!["A.2".to_owned()], false));
    assert_eq!(words.highest_level.number(), 6);
}

#[test]
fn nothing_is_said_on_too_little_evidence() {
    let nothing = nothing(Plan::new(Mode::Quick));
    let translation = nothing.translated(&scheme(&concepts()).unwrap());
    assert!(translation.concepts.is_empty());
    assert!(reasons(&translation).contains(&("competence A.1".to_owned(), Reason::NotEnoughEvidence)));
    assert!(reasons(&translation).contains(&("code words".to_owned(), Reason::NoResult)));
    let translation = nothing.translated(&scheme(&scale()).unwrap());
    assert!(translation.levels.is_empty());
    assert!(reasons(&translation).contains(&("area A".to_owned(), Reason::NotEnoughEvidence)));
}

#[test]
fn a_scale_gives_every_competence_its_code_or_says_that_it_has_none() {
    let translation = profile([(2, 3, 8), (1, 1, 2), (6, 7, 8)]).translated(&scheme(&scale()).unwrap());
    let codes: Vec<_> = translation
        .levels
        .iter()
        .map(|level| (level.of.clone(), level.lowest.as_str(), level.likeliest.as_str(), level.highest.as_str()))
        .collect();
    let competence = |id: &str| Subject::Competence(id.parse().unwrap());
    assert_eq!(
        codes,
        [
            (competence("A.1"), "one", "two", "two"),
            (competence("A.2"), "one", "one", "one"),
            (Subject::Area("A".parse().unwrap()), "one", "two", "two"),
        ]
    );
    let off = Reason::OffTheScale { level: Level::new(7).unwrap() };
    assert_eq!(reasons(&translation), [("competence B.1".to_owned(), off.clone()), ("area B".to_owned(), off)]);
}

#[test]
fn a_profile_of_another_framework_goes_by_the_crosswalk() {
    let mut parts = Parts::tiny();
    let text = parts.framework.to_string().replace("A.2", "Z.9").replace("\"tiny\"", "\"other\"");
    parts.framework = serde_json::from_str(&text).unwrap();
    let texts = parts.framework_texts[0].to_string().replace("A.2", "Z.9");
    let other = Framework::new(
        serde_json::from_value(parts.framework).unwrap(),
        None,
        vec![serde_json::from_str(&texts).unwrap()],
    )
    .unwrap();
    let way: CrosswalkDocument = serde_json::from_value(json!({
        "from": { "id": "other", "version": "1.0.0" }, "to": { "id": "tiny", "version": "1.0.0" },
        "provenance": "ours", "note": "Made up.",
        "mappings": [{ "from": "A.1", "to": "A.1" }, { "from": "Z.9", "to": "A.2" }],
    }))
    .unwrap();
    let tiny = common::tiny();
    let way = Crosswalk::new(&way, &other.reference(), tiny.framework()).unwrap();
    let scheme =
        Scheme::new(serde_json::from_value(concepts()).unwrap(), tiny.framework(), &other, Some(&way)).unwrap();
    let mut own = profile([(4, 5, 6), (2, 2, 3), (1, 1, 1)]);
    own.competences[1].competence = "Z.9".parse().unwrap();
    let translation = own.translated(&scheme);
    assert_eq!(translation.concepts[0].from, ["A.1", "Z.9"]);
    assert!(reasons(&translation).contains(&("competence B.1".to_owned(), Reason::NoWay)));
}

#[test]
fn a_scheme_with_a_fault_is_refused_by_name() {
    type Change = fn(&mut Value);
    let of_concepts: [Change; 9] = [
        |document| document["from"]["version"] = "2.0.0".into(),
        |document| document["codes"][1]["code"] = "words".into(),
        |document| document["codes"][1]["label"] = " ".into(),
        |document| document["codes"][1]["levels"] = json!([1, 2]),
        |document| document["mappings"][0]["competence"] = "A.9".into(),
        |document| document["mappings"][0]["code"] = "birds".into(),
        |document| document["mappings"][0]["area"] = "A".into(),
        |document| document["mappings"][1] = document["mappings"][0].clone(),
        |document| {
            document["gaps"].as_array_mut().unwrap().remove(0);
        },
    ];
    let of_scale: [Change; 3] = [
        |document| document["codes"][1]["levels"] = json!([2, 6]),
        |document| document["codes"][0]["levels"] = json!([2, 1]),
        |document| document["codes"] = json!([]),
    ];
    let fault = |mut document: Value, change: Change| {
        change(&mut document);
        scheme(&document).unwrap_err().to_string()
    };
    let faults: Vec<String> = of_concepts
        .into_iter()
        .map(|change| fault(concepts(), change))
        .chain(of_scale.into_iter().map(|change| fault(scale(), change)))
        .collect();
    insta::assert_snapshot!(faults.join("\n"));
}
