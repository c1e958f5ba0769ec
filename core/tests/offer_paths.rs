//! The laws of paths from offer to offer.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;
#[path = "common/offers.rs"]
mod offers;

use offers::{FRAMEWORK, any_catalogue, any_wishes, competence, level, offer, profile, suits};
use proptest::prelude::*;
use serde_json::json;
use skills_passport::offers::matching::{Index, LearningGoal, Wishes};
use skills_passport::offers::{Catalogue, PathError, shortest_path, shortest_path_for};
use skills_passport::profile::Evidence;

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
        let wanted: Vec<LearningGoal> = goals.iter()
            .map(|(number, goal)| LearningGoal { competence: competence(*number).parse().unwrap(), level: level(*goal) }).collect();
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
        let goals = vec![LearningGoal { competence: competence(goal.0).parse().unwrap(), level: level(goal.1) }];
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
    let goals = vec![LearningGoal { competence: competence(0).parse().unwrap(), level: level(4) }];
    let profile = profile(&[(2, Evidence::Measured)]);
    let index = Index::new(&FRAMEWORK, &catalogue);
    let path = |wishes: Wishes| shortest_path_for(&index, &profile.competences, &wishes).unwrap().steps.remove(0);
    assert_eq!(path(Wishes { goals: goals.clone(), free: true, ..Wishes::default() }).id, "free");
    assert_eq!(path(Wishes { goals, ..Wishes::default() }).id, "silent", "the first where nothing is wished");
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
