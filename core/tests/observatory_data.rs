//! The shipped data of the observatory, and summaries that add up.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use common::Parts;
use proptest::prelude::*;
use serde_json::Value;
use skills_passport::observatory::dsi::{Area, Overall, PublishedFigures};
use skills_passport::observatory::{Policy, Summary, person_key, protect};
use skills_passport::profile::Profile;
use skills_passport_frameworks::Library;

fn json(path: &str) -> Value {
    serde_json::from_str(Library::shipped().file(&format!("observatory/dsi-2.0/{path}")).unwrap()).unwrap()
}

#[test]
fn the_thirty_activities_have_words_in_both_languages_and_the_numbers_of_the_rule() {
    let areas = json("activities.json")["areas"].clone();
    let mut all = Vec::new();
    for (area, expected) in areas.as_array().unwrap().iter().zip(Area::ALL) {
        assert_eq!(serde_json::from_value::<Area>(area["area"].clone()).unwrap(), expected);
        let activities = area["activities"].as_array().unwrap();
        assert_eq!(activities.len(), usize::from(expected.activities()));
        all.extend(activities.iter().map(|id| id.as_str().unwrap().to_owned()));
    }
    all.sort();
    assert_eq!(all.len(), 30);
    for language in ["en", "fr"] {
        let text = json(&format!("text/{language}.json"));
        let words = text["activities"].as_object().unwrap();
        let mut ids: Vec<&String> = words.keys().collect();
        ids.sort();
        assert_eq!(ids, all.iter().collect::<Vec<_>>());
        assert!(words.values().all(|words| !words.as_str().unwrap().is_empty()));
    }
}

#[test]
fn the_published_figures_are_those_that_are_known() {
    let published: PublishedFigures = serde_json::from_value(json("published.json")).unwrap();
    let share = |territory: &str, year, at_least| {
        let same = |figure: &&skills_passport::observatory::dsi::PublishedFigure| {
            (figure.territory.as_str(), figure.year, figure.at_least) == (territory, year, at_least)
        };
        published.figures.iter().filter(|figure| figure.area.is_none()).find(same).unwrap().share
    };
    assert_eq!(share("EU27_2020", 2023, Overall::Basic), 5556);
    assert_eq!(share("FR", 2023, Overall::Basic), 5967);
    for area in Area::ALL {
        let of_area = published.figures.iter().filter(|figure| figure.area == Some(area));
        assert_eq!(of_area.map(|figure| figure.territory.as_str()).collect::<Vec<_>>(), ["EU27_2020", "FR"]);
    }
}

fn person(levels: &[(u8, bool)]) -> Profile {
    let estimate = |level: u8, known: bool| {
        serde_json::json!({
            "median": 3000, "standardError": 500, "low": 0, "high": 8000, "level": level, "lowestLevel": 1,
            "highestLevel": 8, "probabilities": [], "answers": 3, "evidence": if known { "measured" } else { "not-enough" },
        })
    };
    let ids = ["A.1", "A.2", "B.1"];
    let competences: Vec<Value> = ids
        .iter()
        .zip(levels)
        .map(|(id, (level, known))| serde_json::json!({ "competence": id, "estimate": estimate(*level, *known) }))
        .collect();
    serde_json::from_value(serde_json::json!({
        "competences": competences, "areas": [], "overall": estimate(3, true), "strengths": [], "gaps": [],
        "provisional": true, "answered": 9,
    }))
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn summaries_of_places_add_up_to_that_of_the_territory(
        people in proptest::collection::vec((any::<u128>(), proptest::collection::vec((1..=8_u8, any::<bool>()), 3)), 0..60),
        cut in 0..60_usize,
    ) {
        let framework = Parts::tiny().load().unwrap().framework().clone();
        let of = |people: &[(u128, Vec<(u8, bool)>)]| {
            let mut summary = Summary::new(&framework);
            for (id, levels) in people {
                let first = (id % 2 == 0).then(|| person(&[(3, true); 3]));
                summary.add(first.as_ref().map(|first| first.competences.as_slice()), &person(levels).competences, person_key("secret", uuid::Uuid::from_u128(*id)));
            }
            summary
        };
        let (here, there) = people.split_at(cut.min(people.len()));
        let whole = of(&people);
        let merged = of(here).merge(&of(there)).unwrap();
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(&of(there).merge(&of(here)).unwrap(), &whole);
        let text = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(&Summary::parse(&text, &framework).unwrap(), &whole);
        // The same people are published in the same way, wherever they were counted.
        for (one, two) in merged.rows.iter().zip(&whole.rows) {
            prop_assert_eq!(protect(&one.counts, Policy::default()), protect(&two.counts, Policy::default()));
        }
        for row in &whole.rows {
            for counts in [&row.counts, &row.change] {
                prop_assert_eq!(counts.iter().map(|count| count.people).sum::<u64>(), whole.people.people);
            }
        }
    }
}

#[test]
fn a_summary_that_was_changed_is_refused_with_its_place() {
    let framework = Parts::tiny().load().unwrap().framework().clone();
    let mut summary = Summary::new(&framework);
    for id in 0..5 {
        summary.add(None, &person(&[(2, true), (3, false)]).competences, person_key("", uuid::Uuid::from_u128(id)));
    }
    let document = serde_json::to_value(&summary).unwrap();
    let faults = [
        ("/people/0", serde_json::json!(6), "/rows/0/counts"),
        ("/rows/1/counts/3/1", serde_json::json!("0000000000000001"), "/rows/1/counts"),
        ("/rows/2/change", serde_json::json!([]), "/rows/2/change"),
        ("/rows/0/sketch/7", serde_json::json!(9), "/rows/0/sketch"),
        ("/people/0", serde_json::json!(u64::MAX), "/people"),
        ("/format", serde_json::json!("group-summary-9"), "/format"),
        ("/framework/version", serde_json::json!("9.0.0"), "/framework"),
        ("/rows/0/counts/0", serde_json::json!([-1, "0"]), "/rows/0/counts/0/0"),
    ];
    for (at, value, place) in faults {
        let mut changed = document.clone();
        *changed.pointer_mut(at).unwrap() = value;
        let error = Summary::parse(&changed.to_string(), &framework).unwrap_err();
        assert_eq!(error.path(), place, "{error}");
        assert!(!error.code().is_empty());
    }
}
