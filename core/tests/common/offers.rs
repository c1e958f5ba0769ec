//! Offers, wishes and profiles to match: one at a time, or any at all.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test file uses a part of this; a helper that fails is a failing test"
)]

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::json;
use skills_passport::framework::Framework;
use skills_passport::offers::matching::Wishes;
use skills_passport::offers::{Catalogue, Coordinates, CostKind, Date, Modality, Offer};
use skills_passport::profile::{Evidence, Profile};
use skills_passport::units::Level;

use crate::common::Parts;

pub(crate) static FRAMEWORK: LazyLock<Framework> = LazyLock::new(|| Parts::roomy().load().unwrap().framework().clone());

pub(crate) fn competence(number: usize) -> String {
    FRAMEWORK.competences()[number % 9].to_string()
}

pub(crate) fn level(number: u8) -> Level {
    Level::new(number).unwrap()
}

pub(crate) fn offer(value: serde_json::Value) -> Offer {
    let mut whole = json!({ "id": "a", "title": "A", "source": { "name": "us" } });
    whole.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

/// Level and evidence of each competence; the probability is all on the level, or spread where it is inferred.
pub(crate) fn profile(levels: &[(u8, Evidence)]) -> Profile {
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

pub(crate) fn any_evidence() -> impl Strategy<Value = Evidence> {
    prop_oneof![Just(Evidence::Measured), Just(Evidence::Inferred), Just(Evidence::NotEnough)]
}

pub(crate) fn any_profile() -> impl Strategy<Value = Profile> {
    proptest::collection::vec((1..=8_u8, any_evidence()), 9).prop_map(|levels| profile(&levels))
}

prop_compose! {
    pub(crate) fn any_offer()(
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
pub(crate) fn suits(offer: &Offer, wishes: &Wishes) -> bool {
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

pub(crate) fn any_catalogue() -> impl Strategy<Value = Catalogue> {
    proptest::collection::vec(any_offer(), 0..30).prop_map(|mut offers| {
        for (number, offer) in offers.iter_mut().enumerate() {
            offer.id = format!("offer-{number:02}");
        }
        Catalogue::new(&FRAMEWORK, offers).unwrap()
    })
}

prop_compose! {
    pub(crate) fn any_wishes()(
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
