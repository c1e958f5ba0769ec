//! Matching and paths as other languages ask for them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::sync::LazyLock;

use common::Parts;
use serde_json::{Value, json};
use skills_passport::facade::{Failure, Learner, MAX_OFFERS_BYTES, MatchRequest, Offers, PathRequest, next_steps};
use skills_passport::framework::Framework;
use skills_passport::offers::matching::{LearningGoal, MatchReason, Why, Wishes};
use skills_passport::profile::Profile;
use skills_passport::units::Level;

static FRAMEWORK: LazyLock<Framework> = LazyLock::new(|| Parts::roomy().load().unwrap().framework().clone());

fn competence(number: usize) -> String {
    FRAMEWORK.competences()[number].to_string()
}

fn profile(levels: &[(u8, &str)], gaps: &[usize]) -> Profile {
    let estimate = |level: u8, evidence: &str| {
        json!({
            "median": u32::from(level) * 1000, "standardError": 500, "low": 0, "high": 8000, "level": level,
            "lowestLevel": 1, "highestLevel": 8, "probabilities": [125, 125, 125, 125, 125, 125, 125, 125],
            "answers": 3, "evidence": evidence,
        })
    };
    let competences: Vec<Value> = levels
        .iter()
        .enumerate()
        .map(|(number, (level, evidence))| {
            json!({ "competence": competence(number), "estimate": estimate(*level, evidence) })
        })
        .collect();
    let gaps: Vec<String> = gaps.iter().copied().map(competence).collect();
    serde_json::from_value(json!({
        "competences": competences, "areas": [], "overall": estimate(3, "measured"), "strengths": [], "gaps": gaps,
        "provisional": true, "answered": 20,
    }))
    .unwrap()
}

fn offer(id: &str, number: usize, from: u8, to: u8) -> Value {
    json!({
        "id": id, "title": id, "source": { "name": "us" }, "cost": { "kinds": ["free"] },
        "targets": [{ "competence": competence(number), "from": from, "to": to, "origin": "declared" }],
        "place": {
            "coordinates": { "latitude": 45_000_000, "longitude": 100_000 },
            "address": { "town": "Lavande-sur-Mer", "postcode": "99001" },
        },
    })
}

fn catalogue(offers: &[Value]) -> String {
    json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "offers": offers }).to_string()
}

fn three() -> Offers {
    let text = catalogue(&[offer("first", 0, 1, 3), offer("second", 0, 3, 5), offer("other", 1, 1, 3)]);
    Offers::load(&FRAMEWORK, &text).unwrap()
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> (String, String) {
    let failure = answer.unwrap_err();
    (failure.code, failure.path)
}

#[test]
fn offers_come_with_their_reasons_and_what_none_reaches() {
    let answer = three().matches(&MatchRequest::new(profile(&[(2, "measured"), (5, "measured")], &[]))).unwrap();
    assert_eq!(answer.found, 1);
    assert_eq!(answer.offers[0].offer.title, "first");
    let gain = |reason: &MatchReason| match reason {
        MatchReason::Gain { from, to, .. } => (from.number(), to.number()) == (2, 3),
        _ => false,
    };
    assert!(answer.offers[0].reasons.iter().any(gain));
    let why: Vec<(String, Why)> =
        answer.uncovered.iter().map(|uncovered| (uncovered.competence.to_string(), uncovered.why)).collect();
    assert_eq!(why, [(competence(0), Why::OnlyPartly), (competence(1), Why::NoOffer)]);
    // The seven competences that the profile does not speak of.
    assert_eq!(answer.not_enough_evidence.len(), 7);
}

#[test]
fn nothing_is_advised_on_too_little_evidence() {
    let profile = profile(&[(2, "not-enough")], &[0]);
    assert!(next_steps(&profile).steps.is_empty());
    assert_eq!(next_steps(&profile).not_enough_evidence, [competence(0).parse().unwrap()]);
    let answer = three().matches(&MatchRequest::new(profile)).unwrap();
    assert!(answer.offers.is_empty() && answer.uncovered.is_empty());
}

#[test]
fn what_to_learn_next_begins_with_the_gaps_and_then_the_lowest_level() {
    let profile = profile(&[(4, "measured"), (8, "measured"), (2, "inferred"), (5, "measured"), (2, "measured")], &[3]);
    let steps = next_steps(&profile).steps;
    let found: Vec<_> =
        steps.iter().map(|step| (step.competence.to_string(), step.level.number(), step.next.number())).collect();
    // Nothing follows on the highest level.
    assert_eq!(found, [(competence(3), 5, 6), (competence(2), 2, 3), (competence(4), 2, 3), (competence(0), 4, 5)]);
}

#[test]
fn a_place_of_the_catalogue_gives_distances_and_an_unknown_one_is_refused() {
    let offers = three();
    let request = |place: &str| MatchRequest {
        place: Some(place.to_owned()),
        ..MatchRequest::new(profile(&[(2, "measured")], &[]))
    };
    for place in ["99001", "lavande sur mer"] {
        let answer = offers.matches(&request(place)).unwrap();
        assert_eq!(answer.offers[0].metres, Some(0), "{place}");
        assert_eq!(offers.find_place(place).near, answer.near);
    }
    assert_eq!(refusal(offers.matches(&request("Lavoir"))), ("unknown-place".into(), "/place".into()));
    let found = offers.find_place("Lavoir");
    assert_eq!((found.near, found.suggestions), (None, vec!["Lavande-sur-Mer".to_owned()]));
}

#[test]
fn a_path_lists_its_steps_with_what_they_lift() {
    let request = |level: u8| PathRequest {
        learner: Learner::with(profile(&[(2, "measured")], &[])),
        goals: vec![LearningGoal { competence: competence(0).parse().unwrap(), level: Level::new(level).unwrap() }],
        wishes: Wishes::default(),
        place: None,
    };
    let path = three().path(&request(5)).unwrap();
    let steps: Vec<_> = path
        .steps
        .iter()
        .map(|step| (step.offer.id.as_str(), step.gains[0].from.number(), step.gains[0].to.number()))
        .collect();
    assert_eq!(steps, [("first", 2, 3), ("second", 3, 5)]);
    assert!(three().path(&request(2)).unwrap().steps.is_empty());
    assert_eq!(refusal(three().path(&request(6))), ("no-path".into(), "/goals".into()));
}

#[test]
fn requests_that_cannot_be_answered_are_refused_with_their_place() {
    let offers = three();
    let request = || MatchRequest::new(profile(&[(2, "measured")], &[]));
    let goal = LearningGoal { competence: "9.9".parse().unwrap(), level: Level::new(2).unwrap() };
    let wishes = |wishes| MatchRequest { wishes, ..request() };
    for (request, code, path) in [
        (MatchRequest { limit: Some(0), ..request() }, "wrong-shape", "/limit"),
        (MatchRequest { limit: Some(1001), ..request() }, "wrong-shape", "/limit"),
        (
            wishes(Wishes { goals: vec![goal.clone()], ..Wishes::default() }),
            "wrong-focus",
            "/wishes/goals/0/competence",
        ),
        (wishes(Wishes { passes: vec!["p".to_owned(); 201], ..Wishes::default() }), "too-large", "/wishes/passes"),
        (MatchRequest { learner: Learner::holding("{".into()), ..request() }, "not-json", ""),
    ] {
        assert_eq!(refusal(offers.matches(&request)), (code.into(), path.into()));
    }
    let learner = request().learner;
    let empty = PathRequest { learner, goals: Vec::new(), wishes: Wishes::default(), place: None };
    assert_eq!(refusal(offers.path(&empty)), ("wrong-focus".into(), "/goals".into()));
}

#[test]
fn a_catalogue_that_cannot_be_read_says_where() {
    let load = |text: &str| Offers::load(&FRAMEWORK, text);
    let bad = offer("bad", 0, 3, 3);
    assert_eq!(
        refusal(load(&catalogue(&[offer("a", 0, 1, 2), bad]))),
        ("invalid-offer".into(), "/offers/1/targets/0/to".into())
    );
    assert_eq!(refusal(load("<html>")).0, "not-json");
    let other = json!({ "format": "1.0.0", "framework": { "id": "other", "version": "1.0.0" }, "offers": [] });
    assert_eq!(refusal(load(&other.to_string())), ("other-framework".into(), "/framework".into()));
    assert_eq!(refusal(load(&" ".repeat(MAX_OFFERS_BYTES + 1))).0, "too-large");
}

#[test]
fn filters_are_what_offers_of_the_catalogue_say() {
    let mut one = offer("a", 0, 1, 3);
    one["languages"] = json!(["fr", "en"]);
    one["cost"]["passes"] = json!(["pass-numerique"]);
    let mut two = offer("b", 0, 1, 3);
    two["languages"] = json!(["fr"]);
    two["accessibility"] = json!(["hearing"]);
    let choices = Offers::load(&FRAMEWORK, &catalogue(&[one, two])).unwrap().choices();
    assert_eq!(choices.languages.iter().map(|language| language.as_str()).collect::<Vec<_>>(), ["en", "fr"]);
    assert_eq!(choices.passes, ["pass-numerique"]);
    assert_eq!(choices.needs.len(), 1);
    assert!(choices.costs && choices.places && choices.audiences.is_empty() && choices.modalities.is_empty());
}
