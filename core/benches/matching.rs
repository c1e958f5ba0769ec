//! One person's results against a large catalogue.
#![expect(missing_docs, reason = "criterion's macros make public functions")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot start should say so")]

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use skills_passport::framework::Framework;
use skills_passport::offers::matching::{Index, Weights, Wishes};
use skills_passport::offers::{Catalogue, Coordinates, Offer};
use skills_passport::profile::Profile;
use std::hint::black_box;

const OFFERS: u32 = 100_000;

/// A number that looks like chance.
fn chance(number: u32, below: u32) -> u32 {
    number.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(0x9e37_79b1) % below
}

fn offer(framework: &Framework, number: u32) -> Offer {
    let competences = framework.competences();
    let first = chance(number, 21) as usize;
    let targets: Vec<_> = competences
        .iter()
        .cycle()
        .skip(first)
        .take(1 + number as usize % 6)
        .map(|id| {
            let from = 1 + chance(number + 7, 5);
            json!({ "competence": id, "from": from, "to": from + 1 + number % 3, "origin": "declared" })
        })
        .collect();
    serde_json::from_value(json!({
        "id": number.to_string(), "title": "An offer", "targets": targets, "source": { "name": "bench" },
        "languages": ["fr"], "cost": { "kinds": [if number.is_multiple_of(2) { "free" } else { "paid" }] },
        "place": { "coordinates": {
            "latitude": 43_000_000 + chance(number + 1, 7_000_000), "longitude": chance(number + 2, 7_000_000),
        } },
    }))
    .unwrap()
}

fn benches(criterion: &mut Criterion) {
    let library = skills_passport_frameworks::Library::shipped();
    let framework = library.framework("digcomp@3.0").unwrap();
    let offers = (0..OFFERS).map(|number| offer(&framework, number)).collect();
    let catalogue = Catalogue::new(&framework, offers).unwrap();
    let index = Index::new(&framework, &catalogue);
    let estimate = |level: u32| {
        json!({
            "median": level * 1000, "standardError": 700, "low": 0, "high": 8000, "level": level, "lowestLevel": 1,
            "highestLevel": 8, "probabilities": [100, 200, 200, 200, 200, 100, 0, 0], "answers": 3,
            "evidence": "measured",
        })
    };
    let competences: Vec<_> = framework
        .competences()
        .iter()
        .zip(0..)
        .map(|(id, number)| json!({ "competence": id, "estimate": estimate(1 + chance(number, 6)) }))
        .collect();
    let profile: Profile = serde_json::from_value(json!({
        "competences": competences, "areas": [], "overall": estimate(3), "strengths": [], "gaps": [],
        "provisional": true, "answered": 30,
    }))
    .unwrap();
    let wishes = Wishes { near: Coordinates::new(45_000_000, 3_000_000).ok(), free: true, ..Wishes::default() };
    criterion.bench_function("one profile against 100,000 offers", |bencher| {
        bencher.iter(|| index.matches(black_box(&profile), &wishes, &Weights::default(), 10));
    });
}

criterion_group!(all, benches);
criterion_main!(all);
