//! People whose truth is given.

use serde::Deserialize;

use super::{StudyError, Truth, truth};
use crate::assessment::Instrument;
use crate::id::{AreaId, CompetenceId};
use crate::json;
use crate::table::Table;
use crate::units::Thousandths;

/// Largest list of people read, bytes.
pub const MAX_PEOPLE_BYTES: usize = 64 << 20;
/// Farthest from the scale that a person may be, thousandths of a level.
const FARTHEST: i32 = 20_000;

/// The truth about a person, in levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Of each competence, in the order of the framework.
    pub competences: Vec<f64>,
    /// How generously they rate themselves in each area, in the order of the framework.
    pub leniencies: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleDocument {
    people: Vec<PersonDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonDocument {
    competences: Table<CompetenceId, Thousandths>,
    #[serde(default)]
    leniency: Table<AreaId, Thousandths>,
}

/// Reads people: `{"people": [{"competences": {"1.1": 3200, …}, "leniency": {"1": 500, …}}]}`, in thousandths of a
/// level. Every competence of the framework is needed; a leniency that is left out is the mean that the truth has.
///
/// # Errors
/// The first fault found.
pub fn parse_people(text: &str, instrument: &Instrument, truth: &Truth) -> Result<Vec<Person>, StudyError> {
    let document: PeopleDocument = json::read(text, MAX_PEOPLE_BYTES)?;
    if document.people.is_empty() {
        return Err(StudyError::NoPeople);
    }
    let usual = truth::usual_leniency(instrument, truth)?;
    document.people.iter().enumerate().map(|(position, person)| checked(position, person, instrument, usual)).collect()
}

fn checked(
    position: usize,
    source: &PersonDocument,
    instrument: &Instrument,
    usual: f64,
) -> Result<Person, StudyError> {
    let framework = instrument.framework();
    if let Some(competence) = source.competences.keys().find(|id| framework.position(id).is_none()) {
        return Err(StudyError::UnknownCompetence { position, competence: competence.clone() });
    }
    if let Some(area) = source.leniency.keys().find(|id| instrument.leniency_of(id).is_none()) {
        return Err(StudyError::UnknownArea { position, area: area.clone() });
    }
    let level = |value: &Thousandths| {
        let near = (-FARTHEST..=FARTHEST).contains(&value.0);
        if near { Ok(value.to_f64()) } else { Err(StudyError::PersonOutOfRange { position }) }
    };
    let competence = |id: &CompetenceId| {
        let missing = || StudyError::NoCompetence { position, competence: id.clone() };
        source.competences.get(id).ok_or_else(missing).and_then(level)
    };
    Ok(Person {
        competences: framework.competences().iter().map(competence).collect::<Result<_, _>>()?,
        leniencies: framework
            .areas()
            .iter()
            .map(|area| source.leniency.get(&area.id).map_or(Ok(usual), level))
            .collect::<Result<_, _>>()?,
    })
}
