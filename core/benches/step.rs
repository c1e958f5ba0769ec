//! How long a learner's device works on one question, and a one-trait sitting from start to end.
#![expect(missing_docs, reason = "criterion's macros make public functions")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark that cannot start should say so")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Parts, Random, any_response, setting};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use skills_passport::assessment::{Answer, Assessment, Instrument, Mode, Plan, Step};
use skills_passport::bank::Response;
use skills_passport::facade::{AnswerRequest, Engine};
use skills_passport::measure::{
    Belief, Loading, Marginal, NormalRule, Observation, Probe, ResponseModel, infer, single, variance_reduction,
};
use std::hint::black_box;

/// Five areas with the shipped framework's numbers of competences, and 500 items: half self-reports, half questions.
fn large() -> Instrument {
    let mut parts = Parts::roomy();
    let sizes = [("P", 3), ("Q", 6), ("R", 4), ("S", 4), ("T", 4)];
    let names = |area: &str, size: u8| -> Vec<String> { (1..=size).map(|number| format!("{area}.{number}")).collect() };
    let competences: Vec<String> = sizes.iter().flat_map(|(area, size)| names(area, *size)).collect();
    parts.framework["areas"] =
        sizes.iter().map(|(area, size)| json!({ "id": area, "competences": names(area, *size) })).collect();
    let text = &mut parts.framework_texts[0];
    let (area_text, competence_text) = (text["areas"]["X"].clone(), text["competences"]["X.1"].clone());
    text["areas"] = sizes.iter().map(|(area, _)| ((*area).to_owned(), area_text.clone())).collect();
    text["competences"] = competences.iter().map(|id| (id.clone(), competence_text.clone())).collect();
    let (graded, choice) = (parts.bank["items"][0].clone(), parts.bank["items"][1].clone());
    let texts = parts.bank_texts[0]["items"].take();
    let (graded_text, choice_text) = (texts["X.1-1"].clone(), texts["X.1-2"].clone());
    let random = &mut Random(1);
    let mut items = Vec::new();
    for number in 0..500 {
        let competence = &competences[number / 2 % competences.len()];
        let id = format!("{competence}-{number}");
        let location = random.below(7000) as i64;
        let mut item = if number % 2 == 0 { graded.clone() } else { choice.clone() };
        item["id"] = id.clone().into();
        item["competence"] = competence.clone().into();
        item["slope"] = (700 + random.below(700)).into();
        if number % 2 == 0 {
            item["thresholds"] = json!([location - 1500, location, location + 1500]);
        } else {
            item["location"] = location.into();
        }
        parts.bank_texts[0]["items"][&id] = if number % 2 == 0 { graded_text.clone() } else { choice_text.clone() };
        items.push(item);
    }
    parts.bank["items"] = items.into();
    parts.load().unwrap()
}

/// A sitting of thirty answers all over the bank, under the longest plan, so that it goes on.
fn thirty_answers(instrument: &Instrument, seed: u64) -> Assessment {
    let random = &mut Random(seed);
    let mut assessment = instrument.start(Plan::new(Mode::Thorough), setting(1)).unwrap();
    let items = instrument.bank().items();
    assessment.answers = (0..30)
        .map(|number| &items[number * 17 % items.len()])
        .map(|item| Answer { item: item.id.clone(), response: any_response(item, random) })
        .collect();
    instrument.check(&assessment).unwrap();
    assessment
}

fn question_step(criterion: &mut Criterion) {
    let instrument = large();
    // In turn, since the instrument remembers what it found in the last few steps.
    let sittings: Vec<Assessment> = (2..10).map(|seed| thirty_answers(&instrument, seed)).collect();
    let mut turns = sittings.iter().cycle();
    criterion.bench_function("update by 30 answers in 26 dimensions", |bencher| {
        bencher.iter(|| instrument.belief(black_box(turns.next().unwrap())));
    });
    criterion.bench_function("question step: 30 answers, 26 dimensions, 500 items", |bencher| {
        bencher.iter(|| match instrument.step(black_box(turns.next().unwrap())) {
            Step::Ask(item) => item.seconds,
            Step::Finished(_) => unreachable!(),
        });
    });
    let engine = Engine::new(instrument);
    let start = engine.instrument().start(Plan::new(Mode::Thorough), setting(1)).unwrap();
    criterion.bench_function("60 answers taken, each with the question after it", |bencher| {
        bencher.iter(|| {
            let mut turn = engine.opening(start.clone()).unwrap();
            while turn.assessment.answers.len() < 60 {
                let (item, response) = (turn.question.unwrap().item, Response::DontKnow);
                turn = engine.answer(AnswerRequest { assessment: turn.assessment, item, response }).unwrap();
            }
            turn.progress
        });
    });
}

/// Thirty questions of a one-trait pool of 500 two-parameter items: maximum information, expected a posteriori. As a program
/// for one trait does it ([`single`]), and by the engine for many traits.
fn one_trait_session(criterion: &mut Criterion) {
    let random = &mut Random(3);
    let items: Vec<ResponseModel> = (0..500)
        .map(|_| ResponseModel::logistic(random.between(0.7, 2.0), random.between(-3.0, 3.0), 0.0, 0.0))
        .collect();
    let prior = Marginal { mean: 0.0, variance: 1.0 };
    criterion.bench_function("one-trait pool of 500 items, prepared for tests of 30", |bencher| {
        bencher.iter(|| single::Pool::new(prior, black_box(&items).clone(), 30).unwrap());
    });
    let pool = single::Pool::new(prior, items.clone(), 30).unwrap();
    // Everybody's luck beforehand, so that what is timed is the test and not the person.
    let luck: Vec<Vec<f64>> = (0..64).map(|_| (0..500).map(|_| random.unit()).collect()).collect();
    let right: Vec<Vec<u8>> = luck
        .iter()
        .map(|luck| {
            let theta = random.normal();
            items.iter().zip(luck).map(|(model, luck)| u8::from(*luck < model.probability(theta, 1))).collect()
        })
        .collect();
    criterion.bench_function("one-trait session: 30 of 500 items, one person", |bencher| {
        let mut sitting = pool.start();
        let mut people = right.iter().cycle();
        bencher.iter(|| {
            let answers = people.next().unwrap();
            sitting.restart();
            while let Some(item) = sitting.next_item() {
                sitting.answer(item, answers[item]).unwrap();
            }
            sitting.estimate()
        });
    });

    let loading = Loading { competence: 0, leniency: None };
    let probes: Vec<Probe> = items.into_iter().map(|model| Probe { loading, model }).collect();
    let belief = Belief::new(vec![prior.mean], vec![prior.variance]).unwrap();
    let rule = NormalRule::standard();
    criterion.bench_function("one-trait session by the engine for many traits: 30 of 500 items", |bencher| {
        bencher.iter(|| {
            let mut asked = vec![false; probes.len()];
            let mut observations: Vec<Observation<'_>> = Vec::with_capacity(30);
            let mut scratch = Vec::new();
            for _ in 0..30 {
                let belief = infer(&belief, &observations, &rule).belief;
                let (mut best, mut most) = (0, -1.0);
                for (number, probe) in probes.iter().enumerate().filter(|(number, _)| !asked[*number]) {
                    let worth = variance_reduction(probe, &belief, &[1.0], &rule, &mut scratch);
                    if worth > most {
                        (best, most) = (number, worth);
                    }
                }
                asked[best] = true;
                observations.push(Observation { probe: &probes[best], category: right[0][best] });
            }
            infer(&belief, &observations, &rule).belief.marginal(0)
        });
    });
}

criterion_group!(benches, question_step, one_trait_session);
criterion_main!(benches);
