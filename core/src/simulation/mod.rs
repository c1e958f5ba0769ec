//! Simulation studies: whether what an instrument says of people is true of people whose truth is known.
//!
//! Owns simulated people, their answers, and the figures that compare results with the truth. The sittings are real: a
//! [`Study`] asks through [`Instrument::step`] and reads results off [`Profile`], so that nothing here knows how
//! questions are chosen or estimates made. No browser needs it; it is reached from the command line and from tests.
//!
//! [`Study::compared`] asks the same people other ways too: fixed forms, and separate tests of each competence.
//!
//! What a study does not show: its people answer by the response models, each answer by itself, and never say "I don't
//! know". It tells what the engine makes of such people, nothing about real ones.
//!
//! ```
//! use skills_passport::assessment::{Mode, Plan};
//! use skills_passport::simulation::{Design, Study, Truth};
//! # let instrument = skills_passport_frameworks::Library::shipped().instrument("digcomp", "general")?;
//!
//! let design = Design { plan: Plan::new(Mode::Quick), seed: 1, truth: Truth::default(), curve: false };
//! let study = Study::new(&instrument, design)?;
//! let mut results = study.no_results();
//! for person in 0..3 {
//!     results.add(&study.sit(person));
//! }
//! assert_eq!(results.competences_together().figures().estimates, 3 * 21);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod people;
mod random;
mod results;
mod rivals;
mod tally;
mod truth;

pub use people::{MAX_PEOPLE_BYTES, Person, parse_people};
pub use results::{CurvePoint, Lengths, Results};
pub use rivals::{Comparison, Told, Way};
pub use tally::{Figures, Tally};
pub use truth::Truth;

use thiserror::Error;
use uuid::Uuid;

use crate::assessment::{Answer, Assessment, AssessmentError, Ending, Instrument, Plan, Setting, Step};
use crate::bank::{Item, Response};
use crate::id::{AreaId, CompetenceId, ItemId};
use crate::json::JsonError;
use crate::profile::Profile;
use crate::units::TimestampError;
use random::{Purpose, Random};
use rivals::Rivals;
use truth::World;

/// What a study asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// The plan that everybody sits.
    pub plan: Plan,
    /// Decides who the people are and what they answer.
    pub seed: u64,
    /// Where the truth departs from the bank's model.
    pub truth: Truth,
    /// Whether the results after each question are wanted too; takes about twice the time.
    pub curve: bool,
}

/// A design with its instrument, ready to seat people.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    instrument: &'a Instrument,
    design: Design,
    world: World,
    people: Vec<Person>,
    blank: Assessment,
    rivals: Option<Rivals>,
}

/// What a study cannot do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StudyError {
    /// A part of the truth that makes no sense.
    #[error("`{member}` is out of range: use {range}")]
    Truth {
        /// Which part.
        member: &'static str,
        /// What is possible.
        range: &'static str,
    },
    /// The bank has no texts, so that nobody can sit it.
    #[error("the bank has texts in no language")]
    NoLanguage,
    /// The plan does not fit.
    #[error(transparent)]
    Plan(#[from] AssessmentError),
    /// Never: the instant that sittings begin at is a constant.
    #[error(transparent)]
    Instant(#[from] TimestampError),
    /// No people, or not in JSON.
    #[error(transparent)]
    People(#[from] JsonError),
    /// A person without the truth about a competence.
    #[error("person {position} has no truth about competence `{competence}`")]
    NoCompetence {
        /// Position in the list, from 0.
        position: usize,
        /// What is missing.
        competence: CompetenceId,
    },
    /// A competence that the framework does not have.
    #[error("person {position} has a truth about `{competence}`, which the framework does not have")]
    UnknownCompetence {
        /// Position in the list, from 0.
        position: usize,
        /// What is too much.
        competence: CompetenceId,
    },
    /// An area that the framework does not have.
    #[error("person {position} has a leniency in area `{area}`, which the framework does not have")]
    UnknownArea {
        /// Position in the list, from 0.
        position: usize,
        /// What is too much.
        area: AreaId,
    },
    /// Far outside the scale.
    #[error("person {position} has a number outside -20000 to 20000 thousandths of a level")]
    PersonOutOfRange {
        /// Position in the list, from 0.
        position: usize,
    },
    /// Nobody to simulate.
    #[error("the list of people is empty")]
    NoPeople,
}

/// One person's sitting and what came of it.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// The truth.
    pub person: Person,
    /// What was asked and answered.
    pub assessment: Assessment,
    /// Why it ended.
    pub ending: Ending,
    /// What the person is told at the end: estimate, standard error, interval and direct answers of each competence.
    pub profile: Profile,
    /// What the person would be told after 0, 1, 2 … questions; empty unless the design asks for it.
    pub course: Vec<Profile>,
    /// Whether the inference at the end settled.
    pub settled: bool,
    /// What the person would have been told other ways; empty unless the study compares.
    pub told: Vec<Told>,
}

impl<'a> Study<'a> {
    /// A study of people drawn from the population that the truth describes.
    ///
    /// # Errors
    /// If the plan does not fit the framework, the truth is out of range or the bank has no texts.
    pub fn new(instrument: &'a Instrument, design: Design) -> Result<Self, StudyError> {
        let world = World::new(instrument, &design.truth, design.seed)?;
        let language = instrument.bank().languages().next().cloned().ok_or(StudyError::NoLanguage)?;
        // Neither time nor identity has a part in what is asked or estimated.
        let started = "2000-01-01T00:00:00Z".parse()?;
        let setting = Setting { id: Uuid::nil(), language, seed: 0, started, assisted: false };
        let blank = instrument.start(design.plan.clone(), setting)?;
        Ok(Self { instrument, design, world, people: Vec::new(), blank, rivals: None })
    }

    /// The same study of these people, in turn and again from the first, instead of drawn ones.
    #[must_use]
    pub fn of(mut self, people: Vec<Person>) -> Self {
        self.people = people;
        self
    }

    /// The same study, compared with fixed forms of `each` questions per competence and with adaptive tests of one
    /// competence each, answered by the same people; see [`Way`].
    ///
    /// # Errors
    /// Never for a checked bank, whose prior is a distribution.
    pub fn compared(mut self, each: u16) -> Result<Self, StudyError> {
        let rivals = Rivals::new(self.instrument, &self.blank, each).map_err(AssessmentError::from)?;
        self.rivals = Some(rivals);
        Ok(self)
    }

    /// What is studied.
    #[must_use]
    pub fn instrument(&self) -> &'a Instrument {
        self.instrument
    }

    /// How.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Results of nobody yet.
    #[must_use]
    pub fn no_results(&self) -> Results {
        Results::empty(self.instrument, &self.design, self.rivals.is_some())
    }

    /// Seats a person: the same number, the same person and the same answers, whoever sat before. People and answers
    /// have streams of their own, so that the same people sit under every plan.
    #[must_use]
    pub fn sit(&self, number: u64) -> Sitting {
        let person = self.person(number);
        let mut random = Random::stream(self.design.seed, Purpose::Answers, number);
        let mut assessment = self.blank.clone();
        assessment.setting.seed = random.seed();
        let mut course = Vec::new();
        let ending = loop {
            if self.design.curve {
                course.push(Profile::of(self.instrument, &assessment));
            }
            match self.instrument.step(&assessment) {
                Step::Finished(ending) => break ending,
                Step::Ask(item) => {
                    let category = self.world.answer(&person, &item.id, &mut random);
                    // Pushed, not passed to `Instrument::answer`: that would find out again what was just asked.
                    assessment.answers.push(Answer { item: item.id.clone(), response: respond(item, category) });
                }
            }
        };
        let profile = course.last().cloned().unwrap_or_else(|| Profile::of(self.instrument, &assessment));
        let settled = !profile.unsettled;
        let told = self.rivals.as_ref().map_or_else(Vec::new, |rivals| {
            rivals.sit(&self.world, &person, self.design.seed, number, assessment.answers.len())
        });
        Sitting { person, assessment, ending, profile, course, settled, told }
    }

    /// Who has this number.
    #[must_use]
    pub fn person(&self, number: u64) -> Person {
        let count = u64::try_from(self.people.len()).unwrap_or(u64::MAX);
        let position = number.checked_rem(count).and_then(|position| usize::try_from(position).ok());
        let given = position.and_then(|position| self.people.get(position));
        given
            .cloned()
            .unwrap_or_else(|| self.world.person(&mut Random::stream(self.design.seed, Purpose::Traits, number)))
    }

    /// The true probability of each answer to an item, lowest category first; empty for an item the bank does not have.
    #[must_use]
    pub fn true_probabilities(&self, person: &Person, item: &ItemId) -> Vec<f64> {
        self.world.probabilities(person, item)
    }
}

/// A response that falls into a category; which of several it is changes nothing.
fn respond(item: &Item, category: u8) -> Response {
    // Where no other response falls into the category, "I don't know" falls into the lowest.
    item.response_of(category).unwrap_or(Response::DontKnow)
}
