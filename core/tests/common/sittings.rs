//! Sittings on the small bank and on the roomy one.

use std::sync::LazyLock;

use proptest::prelude::*;
use skills_passport::assessment::{Assessment, Instrument, Mode, Plan};
use skills_passport::bank::{Item, Response};

use super::{Random, any_response, focus, sit};

pub(crate) static TINY: LazyLock<Instrument> = LazyLock::new(super::tiny);
pub(crate) static ROOMY: LazyLock<Instrument> = LazyLock::new(super::roomy);

/// A sitting on the roomy bank with answers drawn at random.
pub(crate) fn random_sitting(plan: Plan, seed: u64) -> Assessment {
    let random = &mut Random(seed);
    sit(&ROOMY, plan, seed as u32, |item| any_response(item, random))
}

/// The sitting as it was after so many answers.
pub(crate) fn until(assessment: &Assessment, answers: usize) -> Assessment {
    Assessment { answers: assessment.answers.iter().take(answers).cloned().collect(), ..assessment.clone() }
}

pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    let modes = prop_oneof![Just(Mode::Quick), Just(Mode::Standard), Just(Mode::Thorough)];
    prop_oneof![3 => modes.prop_map(Plan::new), 1 => Just(focus(&["X.2", "Z.1"]))]
}

/// The best answer that an item has.
pub(crate) fn best_response(item: &Item) -> Response {
    item.response_of(item.highest_category()).unwrap()
}
