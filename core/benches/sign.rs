//! How long signing and verifying a passport's five badges takes.
#![expect(missing_docs, reason = "criterion's macros make public functions")]

#[path = "../tests/common/badges.rs"]
mod badges;

use badges::{INSTRUMENT, RECORD, badges as all_badges, key, language, now};
use criterion::{Criterion, criterion_group, criterion_main};
use skills_passport::credential::{BadgeRequest, Verifier, qr};
use std::hint::black_box;

fn five_badges(criterion: &mut Criterion) {
    let (key, language, issued) = (key(1), language("en"), now());
    let request = BadgeRequest {
        record: &RECORD,
        framework: INSTRUMENT.framework(),
        language: &language,
        alignments: &[],
        issued: &issued,
    };
    let areas = request.areas();
    assert_eq!(areas.len(), 5);
    criterion.bench_function("sign five badges", |bencher| {
        bencher.iter(|| areas.iter().filter_map(|area| request.sign(black_box(area), &key).ok()).count());
    });
    let (badges, at) = (all_badges("en"), now());
    let verifier = Verifier { at: &at, rdfc: None };
    criterion.bench_function("verify five badges", |bencher| {
        bencher.iter(|| badges.iter().filter(|badge| verifier.badge(black_box(badge), &[]).is_sound()).count());
    });
    criterion.bench_function("put a badge into a code and back", |bencher| {
        bencher
            .iter(|| badges.first().and_then(|badge| qr::encode(badge).ok()).and_then(|code| qr::decode(&code).ok()));
    });
}

criterion_group!(benches, five_badges);
criterion_main!(benches);
