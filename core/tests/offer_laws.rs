//! The laws of catalogues and matching.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::sync::LazyLock;

use common::Parts;
use proptest::prelude::*;
use serde_json::json;
use skills_passport::framework::Framework;
use skills_passport::offers::matching::{Goal, Index, MatchReason, Weights, Why, Wish, Wishes};
use skills_passport::offers::{
    Catalogue, Coordinates, CostKind, Date, JobProfile, Modality, Offer, OfferError, OfferFault, PathError,
    shortest_path, shortest_path_for,
};
use skills_passport::profile::{Evidence, Profile};
use skills_passport::units::Level;

static FRAMEWORK: LazyLock<Framework> = LazyLock::new(|| Parts::roomy().load().unwrap().framework().clone());

fn competence(number: usize) -> String {
    FRAMEWORK.competences()[number % 9].to_string()
}

fn level(number: u8) -> Level {
    Level::new(number).unwrap()
}

fn offer(value: serde_json::Value) -> Offer {
    let mut whole = json!({ "id": "a", "title": "A", "source": { "name": "us" } });
    whole.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

/// Level and evidence of each competence; the probability is all on the level, or spread where it is inferred.
fn profile(levels: &[(u8, Evidence)]) -> Profile {
    let estimate = |level: u8, evidence: Evidence| {
        let mut probabilities = [0; 8];
        probabilities[usize::from(level) - 1] = 1000;
        json!({
            "median": i32::from(level) * 1000, "standardError": 500, "low": 0, "high": 8000, "level": level,
            "lowestLevel": 1, "highestLevel": 8, "probabilities": probabilities, "answers": 3, "evidence": evidence,
        })
    };
    let competences: Vec<_> = levels
        .iter()
        .enumerate()
        .map(|(number, (level, evidence))| {
            json!({ "competence": competence(number), "estimate": estimate(*level, *evidence) })
        })
        .collect();
    serde_json::from_value(json!({
        "competences": competences, "areas": [], "overall": estimate(3, Evidence::Measured), "strengths": [],
        "gaps": [], "provisional": true, "answered": 20,
    }))
    .unwrap()
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    prop_oneof![Just(Evidence::Measured), Just(Evidence::Inferred), Just(Evidence::NotEnough)]
}

fn any_profile() -> impl Strategy<Value = Profile> {
    proptest::collection::vec((1..=8_u8, any_evidence()), 9).prop_map(|levels| profile(&levels))
}

prop_compose! {
    fn any_offer()(
        targets in proptest::collection::btree_map(0..9_usize, (1..=7_u8, 1..=7_u8, any::<bool>()), 0..4),
        prerequisites in proptest::collection::btree_map(0..9_usize, 1..=8_u8, 0..2),
        kinds in proptest::sample::subsequence(vec!["free", "conditional", "paid"], 0..=2),
        modalities in proptest::sample::subsequence(vec!["on-site", "remote"], 0..=2),
        languages in proptest::sample::subsequence(vec!["fr", "en", "pt"], 0..=2),
        accessibility in proptest::sample::subsequence(vec!["hearing", "sight"], 0..=2),
        audiences in proptest::sample::subsequence(vec!["youth", "seniors"], 0..=2),
        passes in proptest::sample::subsequence(vec!["pass-numerique"], 0..=1),
        place in proptest::option::of((43_000_000..44_000_000, 5_000_000..6_000_000)),
        dates in proptest::collection::vec((1..=28_u8, 0..=2_u8), 0..3),
    ) -> Offer {
        let targets: Vec<_> = targets.into_iter().map(|(number, (from, more, declared))| json!({
            "competence": competence(number), "from": from, "to": (from + more).min(8),
            "origin": if declared { "declared" } else { "derived" },
        })).collect();
        let prerequisites: Vec<_> = prerequisites.into_iter()
            .map(|(number, level)| json!({ "competence": competence(number), "level": level })).collect();
        let mut value = json!({
            "targets": targets, "prerequisites": prerequisites, "cost": { "kinds": kinds, "passes": passes },
            "modalities": modalities, "languages": languages, "accessibility": accessibility, "audiences": audiences,
        });
        let day = |month: u8, day: u8| format!("2026-{month:02}-{day:02}");
        value["dates"] = dates.iter().map(|(start, months)| match months {
            0 => json!({ "start": day(1, *start) }),
            more => json!({ "start": day(1, *start), "end": day(1 + more, *start) }),
        }).collect();
        if let Some((latitude, longitude)) = place {
            value["place"] = json!({ "coordinates": { "latitude": latitude, "longitude": longitude } });
        }
        offer(value)
    }
}

/// Whether an offer breaks no wish, said as plainly as possible.
fn suits(offer: &Offer, wishes: &Wishes) -> bool {
    let common = |stated: bool, meets: bool| if stated { meets } else { !wishes.only_stated };
    let language = offer.languages.iter().any(|language| wishes.languages.contains(language));
    let pass = wishes.passes.iter().any(|pass| offer.cost.passes.contains(pass));
    let free = pass || offer.cost.kinds.contains(&CostKind::Free);
    let paid = offer.cost.kinds == [CostKind::Paid];
    let modality = offer.modalities.iter().any(|modality| wishes.modalities.contains(modality));
    let place = offer.place.as_ref().and_then(|place| place.coordinates);
    let metres = wishes.near.zip(place).map(|(here, there)| here.metres_to(there));
    let near = wishes.within_metres.is_none_or(|limit| metres.is_none_or(|metres| metres <= limit));
    let is_placed = wishes.within_metres.is_none() || metres.is_some();
    let remote = offer.modalities.contains(&Modality::Remote);
    let needs = wishes.needs.iter().all(|need| offer.accessibility.contains(need));
    let audience = offer.audiences.iter().any(|audience| wishes.audiences.contains(audience));
    let dated = offer.dates.iter().any(|period| {
        let end = period.end.unwrap_or(period.start);
        wishes.from.is_none_or(|from| end >= from) && wishes.until.is_none_or(|until| period.start <= until)
    });
    (wishes.languages.is_empty() || common(!offer.languages.is_empty(), language))
        && (!wishes.free || free || common(false, false) && !paid)
        && (wishes.modalities.is_empty() || common(!offer.modalities.is_empty(), modality))
        && (remote || near && common(is_placed, true))
        && (wishes.needs.is_empty() || common(!offer.accessibility.is_empty(), needs))
        && (wishes.audiences.is_empty() || offer.audiences.is_empty() || audience)
        && (offer.dates.is_empty() || dated)
}

fn any_catalogue() -> impl Strategy<Value = Catalogue> {
    proptest::collection::vec(any_offer(), 0..30).prop_map(|mut offers| {
        for (number, offer) in offers.iter_mut().enumerate() {
            offer.id = format!("offer-{number:02}");
        }
        Catalogue::new(&FRAMEWORK, offers).unwrap()
    })
}

prop_compose! {
    fn any_wishes()(
        languages in proptest::sample::subsequence(vec!["fr", "en"], 0..=1),
        free in any::<bool>(), pass in any::<bool>(), only_stated in any::<bool>(),
        modalities in proptest::sample::subsequence(vec![Modality::OnSite, Modality::Remote], 0..=1),
        needs in proptest::sample::subsequence(vec!["hearing", "sight"], 0..=2),
        audiences in proptest::sample::subsequence(vec!["youth", "women"], 0..=1),
        within in proptest::option::of(1_000..80_000_u32),
        from in proptest::option::of((1..=3_u8, 1..=28_u8)), until in proptest::option::of((1..=3_u8, 1..=28_u8)),
    ) -> Wishes {
        let mut wishes: Wishes = serde_json::from_value(json!({
            "languages": languages, "free": free, "onlyStated": only_stated, "needs": needs, "audiences": audiences,
            "passes": if pass { vec!["pass-numerique"] } else { vec![] },
        })).unwrap();
        wishes.modalities = modalities;
        wishes.within_metres = within;
        wishes.from = from.and_then(|(month, day)| Date::new(2026, month, day));
        wishes.until = until.and_then(|(month, day)| Date::new(2026, month, day));
        wishes.near = Some(Coordinates::new(43_500_000, 5_500_000).unwrap());
        wishes
    }
}

proptest! {
    #[test]
    fn nothing_is_recommended_below_the_level_above_the_reach_or_without_evidence(
        catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes(),
    ) {
        let known = |id: &skills_passport::id::CompetenceId| {
            profile.competences.iter().find(|result| result.competence == *id).map(|result| &result.estimate)
        };
        let matches = Index::new(&FRAMEWORK, &catalogue).matches(&profile, &wishes, &Weights::default(), 100);
        for found in &matches.offers {
            let offer = &catalogue.offers()[found.position];
            let gains: Vec<_> = found.reasons.iter().filter_map(|reason| match reason {
                MatchReason::Gain { competence, from, to, .. } => Some((competence, from, to)),
                _ => None,
            }).collect();
            prop_assert!(!gains.is_empty());
            for (competence, from, to) in gains {
                let estimate = known(competence).unwrap();
                let target = offer.targets.iter().find(|target| target.competence == *competence).unwrap();
                prop_assert_ne!(estimate.evidence, Evidence::NotEnough);
                prop_assert!(target.from <= estimate.level && estimate.level < target.to);
                prop_assert_eq!((*from, *to), (estimate.level, target.to));
            }
            for needed in offer.prerequisites.iter().filter(|needed| needed.level.number() > 1) {
                let estimate = known(&needed.competence).unwrap();
                prop_assert!(estimate.evidence != Evidence::NotEnough && estimate.level >= needed.level);
            }
        }
    }

    #[test]
    fn a_wish_is_never_broken(catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes()) {
        let matches = Index::new(&FRAMEWORK, &catalogue).matches(&profile, &wishes, &Weights::default(), 100);
        prop_assert_eq!(matches.found, matches.offers.len());
        for found in &matches.offers {
            let offer = &catalogue.offers()[found.position];
            let said = |wish: Wish| !found.unstated.contains(&wish);
            prop_assert!(!wishes.only_stated || found.unstated.is_empty());
            if !wishes.languages.is_empty() {
                prop_assert_eq!(said(Wish::Language), !offer.languages.is_empty());
                let speaks = offer.languages.iter().any(|language| wishes.languages.contains(language));
                prop_assert!(offer.languages.is_empty() || speaks);
            }
            let pass = wishes.passes.iter().any(|pass| offer.cost.passes.contains(pass));
            let kinds = &offer.cost.kinds;
            prop_assert!(!wishes.free || pass || *kinds != [CostKind::Paid]);
            prop_assert!(!wishes.free || pass || kinds.contains(&CostKind::Free) || !said(Wish::Cost));
            let suits = offer.modalities.iter().any(|modality| wishes.modalities.contains(modality));
            prop_assert!(wishes.modalities.is_empty() || offer.modalities.is_empty() || suits);
            let remote = offer.modalities.contains(&Modality::Remote);
            if let (Some(limit), false) = (wishes.within_metres, remote) {
                prop_assert!(found.metres.is_none_or(|metres| metres <= limit));
                prop_assert_eq!(found.metres.is_none(), !said(Wish::Distance));
            }
            let meets = wishes.needs.iter().all(|need| offer.accessibility.contains(need));
            prop_assert!(meets || offer.accessibility.is_empty());
            let theirs = offer.audiences.iter().any(|audience| wishes.audiences.contains(audience));
            prop_assert!(theirs || offer.audiences.is_empty() || wishes.audiences.is_empty());
        }
    }

    #[test]
    fn what_breaks_no_wish_is_found_and_nothing_else(
        catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes(),
    ) {
        let index = Index::new(&FRAMEWORK, &catalogue);
        let free_of_wishes = Wishes { near: wishes.near, ..Wishes::default() };
        let ids = |wishes: &Wishes, suits: &dyn Fn(&Offer) -> bool| {
            let matches = index.matches(&profile, wishes, &Weights::default(), 100).offers;
            let mut ids: Vec<_> = matches.into_iter().filter(|found| suits(&catalogue.offers()[found.position]))
                .map(|found| found.id).collect();
            ids.sort();
            ids
        };
        let expected = ids(&free_of_wishes, &|offer| suits(offer, &wishes));
        prop_assert_eq!(ids(&wishes, &|_| true), expected);
        let suiting: Vec<bool> = index.suiting(&wishes).iter().map(Option::is_some).collect();
        let plainly: Vec<bool> = catalogue.offers().iter().map(|offer| suits(offer, &wishes)).collect();
        prop_assert_eq!(suiting, plainly);
    }

    #[test]
    fn an_offer_that_teaches_the_learner_nothing_changes_nothing(
        catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes(), stranger in any_offer(),
        competence in 0..9_usize, at in any::<proptest::sample::Index>(),
    ) {
        // It teaches what the learner knows already, or what too little is known about.
        let estimate = &profile.competences[competence].estimate;
        let to = if estimate.evidence == Evidence::NotEnough { 8 } else { estimate.level.number() };
        prop_assume!(to > 1);
        let mut stranger = stranger;
        stranger.id = "stranger".to_owned();
        stranger.targets = serde_json::from_value(json!([{
            "competence": profile.competences[competence].competence, "from": 1, "to": to, "origin": "declared",
        }])).unwrap();
        let mut offers = catalogue.offers().to_vec();
        offers.insert(at.index(offers.len() + 1), stranger);
        let more = Catalogue::new(&FRAMEWORK, offers).unwrap();
        let of = |catalogue: &Catalogue| {
            let mut matches = Index::new(&FRAMEWORK, catalogue).matches(&profile, &wishes, &Weights::default(), 100);
            matches.offers.iter_mut().for_each(|found| found.position = 0);
            matches
        };
        prop_assert_eq!(of(&more), of(&catalogue));
    }

    #[test]
    fn points_are_the_sum_of_their_reasons(catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes()) {
        for found in Index::new(&FRAMEWORK, &catalogue).matches(&profile, &wishes, &Weights::default(), 100).offers {
            let points = found.reasons.iter().map(|reason| match reason {
                MatchReason::Gain { points, .. } | MatchReason::Distance { points, .. } | MatchReason::Conditional { points }
                | MatchReason::Paid { points } => *points,
                _ => 0,
            });
            prop_assert_eq!(found.points, points.sum::<i64>());
        }
    }

    #[test]
    fn removing_an_offer_changes_nothing_about_the_others(
        catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes(), which in any::<proptest::sample::Index>(),
    ) {
        prop_assume!(!catalogue.offers().is_empty());
        let gone = which.get(catalogue.offers()).id.clone();
        let rest = catalogue.offers().iter().filter(|offer| offer.id != gone).cloned().collect();
        let rest = Catalogue::new(&FRAMEWORK, rest).unwrap();
        let list = |catalogue: &Catalogue| {
            let matches = Index::new(&FRAMEWORK, catalogue).matches(&profile, &wishes, &Weights::default(), 100);
            matches.offers.into_iter().filter(|found| found.id != gone)
                .map(|found| (found.id, found.points, found.reasons, found.unstated)).collect::<Vec<_>>()
        };
        prop_assert_eq!(list(&catalogue), list(&rest));
    }

    #[test]
    fn a_shorter_list_is_the_beginning_of_the_longer_one(
        catalogue in any_catalogue(), profile in any_profile(), wishes in any_wishes(), limit in 0..10_usize,
    ) {
        let index = Index::new(&FRAMEWORK, &catalogue);
        let all = index.matches(&profile, &wishes, &Weights::default(), 100).offers;
        let some = index.matches(&profile, &wishes, &Weights::default(), limit).offers;
        prop_assert_eq!(&some[..], &all[..limit.min(all.len())]);
    }

    #[test]
    fn a_better_evidenced_gap_never_ranks_lower(start in 1..=6_u8, more in 1..=2_u8, swapped in any::<bool>()) {
        let target = |number: usize| {
            json!([{ "competence": competence(number), "from": 1, "to": start + more, "origin": "declared" }])
        };
        let mut offers = vec![
            offer(json!({ "id": "z", "targets": target(0) })),
            offer(json!({ "id": "b", "targets": target(1) })),
        ];
        if swapped {
            offers.reverse();
        }
        let catalogue = Catalogue::new(&FRAMEWORK, offers).unwrap();
        let profile = profile(&[(start, Evidence::Measured), (start, Evidence::Inferred)]);
        let matches = Index::new(&FRAMEWORK, &catalogue).matches(&profile, &Wishes::default(), &Weights::default(), 9);
        prop_assert_eq!(matches.offers[0].id.as_str(), "z");
    }

    #[test]
    fn a_catalogue_survives_both_of_its_forms(catalogue in any_catalogue()) {
        let document = catalogue.to_json().unwrap();
        prop_assert_eq!(&Catalogue::parse(&document, &FRAMEWORK).unwrap(), &catalogue);
        let head = skills_passport::offers::CatalogueHead::new(FRAMEWORK.reference());
        let mut lines = serde_json::to_string(&head).unwrap();
        for offer in catalogue.offers() {
            lines.push('\n');
            lines.push_str(&serde_json::to_string(offer).unwrap());
        }
        prop_assert_eq!(&Catalogue::parse(&lines, &FRAMEWORK).unwrap(), &catalogue);
    }

    #[test]
    fn a_damaged_catalogue_never_panics(catalogue in any_catalogue(), at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = catalogue.to_json().unwrap().into_bytes();
        let position = at.index(bytes.len());
        bytes[position] = byte;
        let _ = Catalogue::parse(&String::from_utf8_lossy(&bytes), &FRAMEWORK);
        bytes.truncate(position);
        prop_assert!(Catalogue::parse(&String::from_utf8_lossy(&bytes), &FRAMEWORK).is_err());
    }
}

#[test]
fn what_nobody_offers_is_said_with_its_reason() {
    let target = |number: usize, from: u8, to: u8| json!([{ "competence": competence(number), "from": from, "to": to, "origin": "declared" }]);
    let offers = vec![
        offer(json!({ "id": "partly", "targets": target(0, 1, 3) })),
        offer(json!({ "id": "hard", "targets": target(1, 1, 4),
            "prerequisites": [{ "competence": competence(5), "level": 2 }] })),
        offer(json!({ "id": "dear", "targets": target(2, 1, 4), "cost": { "kinds": ["paid"] } })),
        offer(json!({ "id": "above", "targets": target(3, 3, 4) })),
    ];
    let catalogue = Catalogue::new(&FRAMEWORK, offers).unwrap();
    let mut levels = vec![(2, Evidence::Measured); 4];
    levels.push((2, Evidence::NotEnough));
    let goals =
        (0..5).map(|number| Goal { competence: competence(number).parse().unwrap(), level: level(4) }).collect();
    let wishes = Wishes { goals, free: true, ..Wishes::default() };
    let matches = Index::new(&FRAMEWORK, &catalogue).matches(&profile(&levels), &wishes, &Weights::default(), 9);
    let why: Vec<_> = matches.uncovered.iter().map(|goal| (goal.why, goal.reached.number())).collect();
    assert_eq!(why, [(Why::OnlyPartly, 3), (Why::OutOfReach, 2), (Why::Wishes, 2), (Why::NoOffer, 2)]);
    assert_eq!(matches.not_enough_evidence, [competence(4).parse().unwrap()]);
}

#[test]
fn a_place_is_found_by_town_or_postcode_and_one_wrong_point_does_not_move_it() {
    let at = |id: &str, latitude: i32| {
        offer(json!({ "id": id, "place": {
            "coordinates": { "latitude": latitude, "longitude": 5_400_000 },
            "address": { "town": "Saint-Étienne", "postcode": "42000" } } }))
    };
    let offers = vec![at("a", 45_430_000), at("b", 45_440_000), at("c", 1_000_000)];
    let catalogue = Catalogue::new(&FRAMEWORK, offers).unwrap();
    for name in ["saint etienne", "SAINT-ETIENNE", "42000"] {
        assert_eq!(catalogue.locate(name).unwrap().latitude(), 45_430_000, "{name}");
    }
    assert_eq!(catalogue.locate(""), None);
    assert_eq!(catalogue.places_like("Saint-X"), ["Saint-Étienne"]);
}

#[test]
fn a_fault_of_an_offer_is_named_with_its_place() {
    let target = |from: u8, to: u8| json!({ "competence": "X.1", "from": from, "to": to, "origin": "declared" });
    for (value, path) in [
        (json!({ "title": " " }), "/offers/0/title"),
        (json!({ "targets": [target(3, 3)] }), "/offers/0/targets/0/to"),
        (json!({ "targets": [target(1, 2), target(2, 3)] }), "/offers/0/targets/1/competence"),
        (json!({ "prerequisites": [{ "competence": "9.9", "level": 2 }] }), "/offers/0/prerequisites/0/competence"),
        (json!({ "link": "javascript:alert(1)" }), "/offers/0/link"),
        (json!({ "dates": [{ "start": "2026-02-01", "end": "2026-01-01" }] }), "/offers/0/dates/0/end"),
        (json!({ "cost": { "passes": ["Pass Numérique"] } }), "/offers/0/cost/passes/0"),
    ] {
        let error = Catalogue::new(&FRAMEWORK, vec![offer(value)]).unwrap_err();
        assert_eq!((error.code(), error.path()), ("invalid-offer", path));
    }
    let twice = Catalogue::new(&FRAMEWORK, vec![offer(json!({})), offer(json!({}))]).unwrap_err();
    assert!(matches!(twice, OfferError::Offer { fault: OfferFault::Duplicate(_), .. }));
}

/// The length of the shortest path by trying every sequence of offers.
fn by_brute_force(catalogue: &Catalogue, levels: &[u8], goals: &[(usize, u8)], left: usize) -> Option<usize> {
    if goals.iter().all(|(number, level)| levels[*number] >= *level) {
        return Some(0);
    }
    if left == 0 {
        return None;
    }
    let number = |id: &skills_passport::id::CompetenceId| FRAMEWORK.position(id).unwrap();
    let mut best = None;
    for offer in catalogue.offers() {
        let asked = offer.prerequisites.iter().filter(|asked| asked.level.number() > 1);
        if asked.clone().any(|asked| levels[number(&asked.competence)] < asked.level.number()) {
            continue;
        }
        let mut after = levels.to_vec();
        for target in &offer.targets {
            let level = &mut after[number(&target.competence)];
            if *level >= target.from.number() {
                *level = (*level).max(target.to.number());
            }
        }
        if after != levels {
            let more = by_brute_force(catalogue, &after, goals, left - 1).map(|steps| steps + 1);
            best = [best, more].into_iter().flatten().min();
        }
    }
    best
}

fn small_catalogue() -> impl Strategy<Value = Catalogue> {
    let target = (0..3_usize, 1..=4_u8, 1..=2_u8);
    let entry = (proptest::collection::vec(target, 1..3), proptest::option::of((0..3_usize, 2..=4_u8)));
    proptest::collection::vec(entry, 1..6).prop_map(|entries| {
        let offers = entries.into_iter().enumerate().map(|(id, (mut targets, asked))| {
            targets.dedup_by_key(|(number, ..)| *number);
            let targets: Vec<_> = targets
                .iter()
                .map(|(number, from, more)| {
                    json!({
                        "competence": competence(*number), "from": from, "to": from + more, "origin": "declared",
                    })
                })
                .collect();
            let asked: Vec<_> = asked
                .into_iter()
                .map(|(number, level)| json!({ "competence": competence(number), "level": level }))
                .collect();
            offer(json!({ "id": id.to_string(), "targets": targets, "prerequisites": asked }))
        });
        Catalogue::new(&FRAMEWORK, offers.collect()).unwrap()
    })
}

proptest! {
    #[test]
    fn a_path_is_as_short_as_brute_force_finds_and_respects_prerequisites(
        catalogue in small_catalogue(),
        known in proptest::collection::vec(proptest::option::weighted(0.9, 1..=3_u8), 3),
        goals in proptest::collection::btree_map(0..3_usize, 2..=5_u8, 1..3),
    ) {
        let evidence = |level: &Option<u8>| level.map_or((1, Evidence::NotEnough), |level| (level, Evidence::Measured));
        let profile = profile(&known.iter().map(evidence).collect::<Vec<_>>());
        let wanted: Vec<Goal> = goals.iter()
            .map(|(number, goal)| Goal { competence: competence(*number).parse().unwrap(), level: level(*goal) }).collect();
        let found = shortest_path(&catalogue, &profile, &wanted, |_| true);
        if goals.keys().any(|number| known[*number].is_none()) {
            prop_assert!(matches!(found, Err(PathError::NotEnoughEvidence(_))));
            return Ok(());
        }
        let mut levels: Vec<u8> = known.iter().map(|level| level.unwrap_or(0)).collect();
        levels.resize(9, 0);
        let goals: Vec<_> = goals.into_iter().collect();
        // Every step lifts something: at most 3 competences by 6 levels, and 5 offers give at most one lift each.
        let shortest = by_brute_force(&catalogue, &levels, &goals, 8);
        prop_assert_eq!(found.as_ref().ok().map(|path| path.steps.len()), shortest);
        for step in found.iter().flat_map(|path| &path.steps) {
            let offer = &catalogue.offers()[step.position];
            for asked in offer.prerequisites.iter().filter(|asked| asked.level.number() > 1) {
                prop_assert!(levels[FRAMEWORK.position(&asked.competence).unwrap()] >= asked.level.number());
            }
            prop_assert!(!step.gains.is_empty());
            for (competence, from, to) in &step.gains {
                let level = &mut levels[FRAMEWORK.position(competence).unwrap()];
                prop_assert_eq!(*level, from.number());
                *level = to.number();
            }
        }
        prop_assert!(found.is_err() || goals.iter().all(|(number, goal)| levels[*number] >= *goal));
    }
}

proptest! {
    #[test]
    fn a_path_takes_only_offers_that_break_no_wish_and_is_the_shortest_of_these(
        catalogue in any_catalogue(), levels in proptest::collection::vec(1..=3_u8, 9), wishes in any_wishes(),
        goal in (0..9_usize, 2..=6_u8),
    ) {
        let profile = profile(&levels.iter().map(|level| (*level, Evidence::Measured)).collect::<Vec<_>>());
        let goals = vec![Goal { competence: competence(goal.0).parse().unwrap(), level: level(goal.1) }];
        let wishes = Wishes { goals: goals.clone(), ..wishes };
        let found = shortest_path_for(&Index::new(&FRAMEWORK, &catalogue), &profile.competences, &wishes);
        let rest = catalogue.offers().iter().filter(|offer| suits(offer, &wishes)).cloned().collect();
        let rest = Catalogue::new(&FRAMEWORK, rest).unwrap();
        let plain = shortest_path(&rest, &profile, &goals, |_| true);
        prop_assert_eq!(found.as_ref().map(|path| path.steps.len()), plain.as_ref().map(|path| path.steps.len()));
        for step in found.iter().flat_map(|path| &path.steps) {
            prop_assert!(suits(&catalogue.offers()[step.position], &wishes));
        }
    }
}

#[test]
fn a_path_prefers_offers_that_say_whether_they_meet_the_wishes() {
    let target = json!([{ "competence": competence(0), "from": 1, "to": 4, "origin": "declared" }]);
    let offers = vec![
        offer(json!({ "id": "silent", "targets": target })),
        offer(json!({ "id": "free", "targets": target, "cost": { "kinds": ["free"] } })),
    ];
    let catalogue = Catalogue::new(&FRAMEWORK, offers).unwrap();
    let goals = vec![Goal { competence: competence(0).parse().unwrap(), level: level(4) }];
    let profile = profile(&[(2, Evidence::Measured)]);
    let index = Index::new(&FRAMEWORK, &catalogue);
    let path = |wishes: Wishes| shortest_path_for(&index, &profile.competences, &wishes).unwrap().steps.remove(0);
    assert_eq!(path(Wishes { goals: goals.clone(), free: true, ..Wishes::default() }).id, "free");
    assert_eq!(path(Wishes { goals, ..Wishes::default() }).id, "silent", "the first where nothing is wished");
}

#[test]
fn more_languages_and_passes_than_have_a_bit_each_are_told_apart() {
    let name = |number: usize| format!("x{number}");
    let offers = (0..200)
        .map(|number| {
            offer(json!({
                "id": number.to_string(), "languages": [name(number)],
                "targets": [{ "competence": competence(0), "from": 1, "to": 4, "origin": "declared" }],
                "cost": { "kinds": ["paid"], "passes": [name(number)] },
            }))
        })
        .collect();
    let catalogue = Catalogue::new(&FRAMEWORK, offers).unwrap();
    let index = Index::new(&FRAMEWORK, &catalogue);
    let profile = profile(&[(2, Evidence::Measured)]);
    for number in [0, 62, 63, 64, 199] {
        let wishes = Wishes {
            languages: vec![name(number).parse().unwrap()],
            free: true,
            passes: vec![name(number)],
            ..Wishes::default()
        };
        let found = index.matches(&profile, &wishes, &Weights::default(), 300);
        let ids: Vec<_> = found.offers.iter().map(|found| found.id.clone()).collect();
        assert_eq!(ids, [number.to_string()]);
    }
    let nowhere = Wishes { languages: vec![name(200).parse().unwrap()], ..Wishes::default() };
    assert_eq!(index.matches(&profile, &nowhere, &Weights::default(), 300).found, 0);
}

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let library = skills_passport_frameworks::Library::shipped();
    let schema = serde_json::from_str(library.file("offers/catalogue.schema.json").unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

proptest! {
    #[test]
    fn every_catalogue_fits_its_schema(catalogue in any_catalogue()) {
        let document = serde_json::from_str(&catalogue.to_json().unwrap()).unwrap();
        prop_assert!(SCHEMA.is_valid(&document));
    }
}

#[test]
fn reader_and_schema_refuse_the_same() {
    let good = json!({ "id": "a", "title": "A", "source": { "name": "us" } });
    for (member, value) in [
        ("title", json!("")),
        ("title", json!(3)),
        ("titel", json!("A")),
        ("modalities", json!(["by-post"])),
        ("support", json!(["x"])),
        ("cost", json!({ "kinds": ["cheap"] })),
        ("cost", json!({ "passes": ["Pass Numérique"] })),
        ("audiences", json!(["everybody"])),
        ("accessibility", json!([1])),
        ("dates", json!([{ "start": "2026-13-01" }])),
        ("dates", json!([{ "end": "2026-12-01" }])),
        ("link", json!("ftp://example.org")),
        ("place", json!({ "coordinates": { "latitude": 90_000_001, "longitude": 0 } })),
        ("targets", json!([{ "competence": "X.1", "from": 0, "to": 3, "origin": "declared" }])),
        ("targets", json!([{ "competence": "X.1", "from": 1, "to": 3 }])),
        ("languages", json!(["f r"])),
        ("source", json!({})),
    ] {
        let mut offer = good.clone();
        offer[member] = value.clone();
        let document = json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "offers": [offer] });
        assert!(!SCHEMA.is_valid(&document), "{member} {value}");
        assert!(Catalogue::parse(&document.to_string(), &FRAMEWORK).is_err(), "{member} {value}");
    }
    let document = json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "offers": [good] });
    assert!(SCHEMA.is_valid(&document) && Catalogue::parse(&document.to_string(), &FRAMEWORK).is_ok());
}

#[test]
fn a_job_profile_and_its_schema_refuse_the_same() {
    let schema = skills_passport_frameworks::Library::shipped();
    let schema = serde_json::from_str(schema.file("offers/job-profile.schema.json").unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let good = json!({ "format": "1.0.0", "framework": FRAMEWORK.reference(), "title": "Clerk",
        "levels": [{ "competence": competence(0), "level": 3 }] });
    assert!(schema.is_valid(&good));
    assert_eq!(JobProfile::parse(&good.to_string(), &FRAMEWORK).unwrap().levels.len(), 1);
    for (member, value) in [
        ("format", json!("2.0.0")),
        ("title", json!("")),
        ("titel", json!("A")),
        ("levels", json!([{ "competence": competence(0), "level": 9 }])),
        ("levels", json!([{ "competence": competence(0) }])),
        ("levels", json!({})),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        assert!(!schema.is_valid(&bad) && JobProfile::parse(&bad.to_string(), &FRAMEWORK).is_err(), "{bad}");
    }
    let twice = json!([{ "competence": competence(0), "level": 3 }, { "competence": competence(0), "level": 4 }]);
    for levels in [twice, json!([{ "competence": "no-such", "level": 3 }])] {
        let mut bad = good.clone();
        bad["levels"] = levels;
        let error = JobProfile::parse(&bad.to_string(), &FRAMEWORK).unwrap_err();
        assert!(error.path().starts_with("/levels/"), "{error}");
    }
}

#[test]
fn what_a_course_asks_for_is_its_prerequisites_and_where_its_targets_start() {
    let course = offer(json!({
        "targets": [
            { "competence": competence(0), "from": 3, "to": 4, "origin": "declared" },
            { "competence": competence(1), "from": 1, "to": 4, "origin": "declared" },
        ],
        "prerequisites": [{ "competence": competence(0), "level": 2 }, { "competence": competence(2), "level": 5 }],
    }));
    let asked: Vec<_> =
        course.entry_levels().into_iter().map(|goal| (goal.competence.to_string(), goal.level.number())).collect();
    assert_eq!(asked, [(competence(0), 3), (competence(2), 5)]);
}
