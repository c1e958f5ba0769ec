//! The laws of matching.

mod common;
#[path = "common/offers.rs"]
mod offers;

use offers::{FRAMEWORK, any_catalogue, any_offer, any_profile, any_wishes, competence, level, offer, profile, suits};
use proptest::prelude::*;
use serde_json::json;
use skills_passport::offers::matching::{Index, LearningGoal, MatchReason, Weights, Why, Wish, Wishes};
use skills_passport::offers::{Catalogue, CostKind, Modality, Offer};
use skills_passport::profile::Evidence;

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
    let goals = (0..5)
        .map(|number| LearningGoal { competence: competence(number).parse().unwrap(), level: level(4) })
        .collect();
    let wishes = Wishes { goals, free: true, ..Wishes::default() };
    let matches = Index::new(&FRAMEWORK, &catalogue).matches(&profile(&levels), &wishes, &Weights::default(), 9);
    let why: Vec<_> = matches.uncovered.iter().map(|goal| (goal.why, goal.reached.number())).collect();
    assert_eq!(why, [(Why::OnlyPartly, 3), (Why::OutOfReach, 2), (Why::Wishes, 2), (Why::NoOffer, 2)]);
    assert_eq!(matches.not_enough_evidence, [competence(4).parse().unwrap()]);
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
