//! What a question costs in allocations: nothing per candidate, nothing per answer.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

mod common;

use allocation_counter::measure;
use common::full::{prior, sittings};
use common::simulated::simulated;
use common::{Random, any_response, setting};
use skills_passport::assessment::{Answer, Assessment, Instrument, Mode, Plan, Step};
use skills_passport::measure::{
    NormalRule, Observation, Workspace, expect_answer, success_probability, variance_reduction,
};

#[test]
fn inference_allocates_nothing_once_it_has_seen_the_longest_sitting() {
    let (prior, rule, sittings) = (prior(), NormalRule::standard(), sittings());
    let observed: Vec<Vec<Observation<'_>>> = sittings
        .iter()
        .map(|sitting| {
            sitting.answers.iter().map(|(probe, category)| Observation { probe, category: *category }).collect()
        })
        .collect();
    let mut workspace = Workspace::new(&prior);
    let longest = observed.iter().max_by_key(|answers| answers.len()).unwrap();
    workspace.infer(&prior, longest, &rule);
    for answers in &observed {
        for count in [1, answers.len() / 2, answers.len()] {
            let first = answers.get(..count).unwrap();
            let counted = measure(|| assert!(workspace.infer(&prior, first, &rule).converged));
            assert_eq!(counted.count_total, 0, "{count} answers");
        }
    }
}

#[test]
fn a_candidate_allocates_nothing_and_neither_does_looking_ahead() {
    let (prior, rule, sittings) = (prior(), NormalRule::standard(), sittings());
    let (weights, mut scratch) = (vec![1.0; 21], Vec::with_capacity(64));
    let mut belief = prior.clone();
    let counted = measure(|| {
        for (probe, _) in sittings.iter().flat_map(|sitting| &sitting.answers) {
            assert!(variance_reduction(probe, &belief, &weights, &rule, &mut scratch) > 0.0);
            assert!(success_probability(probe, &belief, &rule) > 0.0);
            expect_answer(probe, &mut belief, &rule, &mut scratch);
        }
    });
    assert_eq!(counted.count_total, 0);
}

/// A step is a function of the assessment, and so begins with nothing: what it allocates is one buffer of each kind, however
/// many candidates and answers there are.
#[test]
fn a_step_allocates_the_same_few_buffers_for_five_hundred_candidates_as_for_twenty() {
    let instrument = simulated(0);
    let allocated = |plan: &Plan, answers: usize| {
        let assessment = answered(&instrument, plan.clone(), answers);
        measure(|| assert!(matches!(instrument.step(&assessment), Step::Ask(_)))).count_total
    };
    let (everything, one) = (Plan::new(Mode::Thorough), common::focus(&["P.1"]));
    for answers in [0, 7, 30, 60, 80] {
        let counted = (allocated(&everything, answers), allocated(&one, answers.min(7)));
        println!("{answers} answers: {counted:?} allocations for 504 and for 24 candidates");
        assert!(counted.0 <= 50 && counted.1 <= 50, "{answers}: {counted:?}");
    }
}

fn answered(instrument: &Instrument, plan: Plan, count: usize) -> Assessment {
    let random = &mut Random(2);
    let mut assessment = instrument.start(plan, setting(1)).unwrap();
    let items = instrument.bank().items();
    let asked = (0..count).filter_map(|number| items.get(number * 17 % items.len()));
    assessment.answers =
        asked.map(|item| Answer { item: item.id.clone(), response: any_response(item, random) }).collect();
    assessment
}
