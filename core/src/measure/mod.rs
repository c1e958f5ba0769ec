//! Psychometrics: from scored answers to a belief about a person's traits, and what the next answer would be worth.
//!
//! Owns the response models, the Gaussian belief, expectation propagation and the gain of a candidate item. Knows
//! traits by number only: which competence a trait stands for, and which questions exist, is the caller's business.
//!
//! Scale: one trait per competence in level units (1.0 is the middle of level 1, 8.0 the middle of level 8), followed
//! by one leniency trait per area: how much more (or less) generously than its competence a person rates itself.

mod belief;
pub mod calibrate;
mod ep;
pub mod grid;
pub(crate) mod linear;
mod normal;
mod prior;
mod quadrature;
mod response;
mod select;
pub mod single;
mod skew;
mod tilt;

pub use belief::{Belief, BeliefError, Marginal};
pub use ep::{Convergence, Inference, Observation, Workspace, infer};
pub use prior::population;
pub use quadrature::NormalRule;
pub use response::{LogLikelihood, ResponseModel};
pub use select::{expect_answer, success_probability, variance_reduction};

/// The linear combination of traits that an answer depends on: η = wᵀx with w one at these traits and zero elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// The competence trait.
    pub competence: usize,
    /// The leniency trait, for self-reports.
    pub leniency: Option<usize>,
}

impl Loading {
    /// The traits with weight one.
    pub fn traits(self) -> impl Iterator<Item = usize> + Clone {
        std::iter::once(self.competence).chain(self.leniency)
    }
}

/// What the measurement needs to know of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// Which traits its answer depends on.
    pub loading: Loading,
    /// How.
    pub model: ResponseModel,
}
