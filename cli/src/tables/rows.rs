//! Passports as rows, and rows as columns: see `cli/sql/README.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Int32Array, Int64Array, StringArray, TimestampMillisecondArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use skills_passport::framework::FrameworkReference;
use skills_passport::id::{AreaId, CompetenceId};
use skills_passport::observatory::person_key;
use skills_passport::offers::CoverageCell;
use skills_passport::passport::{Measured, Passport};
use skills_passport::profile::Evidence;
use skills_passport::units::Timestamp;
use skills_passport_frameworks::{Library, LoadError};

use crate::crowd::measured;

/// A kind of row.
pub(super) trait Row: Sized {
    /// Names and types of the columns.
    fn schema() -> Schema;
    /// The columns of these rows, in the order of the schema.
    fn columns(rows: &[Self]) -> Vec<ArrayRef>;
}

/// A passport in a framework.
pub(super) struct Person {
    framework: String,
    passport: String,
    assessments: i32,
    first_at: i64,
    last_at: i64,
    key: [i64; 2],
}

/// A competence of an assessment.
pub(super) struct Outcome {
    framework: String,
    passport: String,
    assessment: i32,
    assessments: i32,
    finished_at: i64,
    bank: String,
    mode: Option<&'static str>,
    language: Option<String>,
    assisted: Option<bool>,
    area: Option<String>,
    competence: String,
    numbers: [i32; 8],
    evidence: &'static str,
}

/// The columns of [`Outcome::numbers`].
const NUMBERS: [&str; 8] =
    ["median", "standard_error", "low", "high", "level", "lowest_level", "highest_level", "answers"];

/// A level of a competence, and what leads on from it.
pub(super) struct Served {
    framework: String,
    competence: String,
    level: i32,
    declared: i32,
    derived: i32,
}

/// The areas of the competences of the frameworks that the program has.
pub(super) struct Areas(BTreeMap<String, BTreeMap<CompetenceId, AreaId>>);

impl Areas {
    pub(super) fn of(library: &Library) -> Result<Self, LoadError> {
        let mut all = BTreeMap::new();
        for listing in library.frameworks()? {
            let framework = library.framework(&listing.to_string())?;
            let area = |id: &CompetenceId| framework.area_of(id).map(|area| (id.clone(), area.clone()));
            all.insert(framework.reference().to_string(), framework.competences().iter().filter_map(area).collect());
        }
        Ok(Self(all))
    }
}

/// The rows of a passport; none without results.
pub(super) fn of(passport: &Passport, secret: &str, areas: &Areas) -> Option<(Vec<Person>, Vec<Outcome>)> {
    let mut frameworks: Vec<(&FrameworkReference, Vec<Measured<'_>>)> = Vec::new();
    for results in measured(passport) {
        match frameworks.iter_mut().find(|(framework, _)| *framework == results.framework) {
            Some((_, all)) => all.push(results),
            None => frameworks.push((results.framework, vec![results])),
        }
    }
    let (id, key) = (passport.id().to_string(), person_key(secret, passport.id()));
    let key = [i64::try_from(key >> 32).unwrap_or(0), i64::try_from(key & u64::from(u32::MAX)).unwrap_or(0)];
    let (mut persons, mut outcomes) = (Vec::new(), Vec::new());
    for (framework, all) in &frameworks {
        let (Some(first), Some(last)) = (all.first(), all.last()) else { continue };
        let (framework, assessments) = (framework.to_string(), number(all.len()));
        let known = areas.0.get(&framework);
        persons.push(Person {
            framework: framework.clone(),
            passport: id.clone(),
            assessments,
            first_at: milliseconds(first.at),
            last_at: milliseconds(last.at),
            key,
        });
        for (position, results) in all.iter().enumerate() {
            for (place, result) in results.competences.iter().enumerate() {
                // The first one counts, should a damaged document name a competence twice.
                if results.competences.iter().take(place).any(|other| other.competence == result.competence) {
                    continue;
                }
                let (estimate, setting) = (&result.estimate, results.assessment.map(|taken| &taken.setting));
                outcomes.push(Outcome {
                    framework: framework.clone(),
                    passport: id.clone(),
                    assessment: number(position + 1),
                    assessments,
                    finished_at: milliseconds(results.at),
                    bank: format!("{}@{}", results.bank.id, results.bank.version),
                    mode: results.assessment.map(|taken| taken.plan.mode.name()),
                    language: setting.map(|setting| setting.language.to_string()),
                    assisted: setting.map(|setting| setting.assisted),
                    area: known.and_then(|known| known.get(&result.competence)).map(ToString::to_string),
                    competence: result.competence.to_string(),
                    numbers: [
                        estimate.median.0,
                        estimate.standard_error.0,
                        estimate.low.0,
                        estimate.high.0,
                        i32::from(estimate.level.number()),
                        i32::from(estimate.lowest_level.number()),
                        i32::from(estimate.highest_level.number()),
                        i32::from(estimate.answers),
                    ],
                    evidence: match estimate.evidence {
                        Evidence::Measured => "measured",
                        Evidence::Inferred => "inferred",
                        Evidence::NotEnough => "not-enough",
                    },
                });
            }
        }
    }
    (!persons.is_empty()).then_some((persons, outcomes))
}

impl Served {
    /// A cell of a catalogue's coverage.
    pub(super) fn of(framework: &str, cell: &CoverageCell) -> Self {
        let offers = |offers: u32| i32::try_from(offers).unwrap_or(i32::MAX);
        Self {
            framework: framework.to_owned(),
            competence: cell.competence.to_string(),
            level: i32::from(cell.level.number()),
            declared: offers(cell.declared),
            derived: offers(cell.derived),
        }
    }
}

impl Row for Person {
    fn schema() -> Schema {
        Schema::new(vec![
            text("framework"),
            text("passport"),
            whole("assessments"),
            instant("first_at"),
            instant("last_at"),
            Field::new("key_high", DataType::Int64, false),
            Field::new("key_low", DataType::Int64, false),
        ])
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        vec![
            texts(rows, |row| Some(&row.framework)),
            texts(rows, |row| Some(&row.passport)),
            wholes(rows, |row| row.assessments),
            instants(rows, |row| row.first_at),
            instants(rows, |row| row.last_at),
            Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.key[0]))),
            Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.key[1]))),
        ]
    }
}

impl Row for Outcome {
    fn schema() -> Schema {
        let maybe = |name: &str, kind| Field::new(name, kind, true);
        let mut fields = vec![
            text("framework"),
            text("passport"),
            whole("assessment"),
            whole("assessments"),
            instant("finished_at"),
            text("bank"),
            maybe("mode", DataType::Utf8),
            maybe("language", DataType::Utf8),
            maybe("assisted", DataType::Boolean),
            maybe("area", DataType::Utf8),
            text("competence"),
        ];
        fields.extend(NUMBERS.map(whole));
        fields.push(text("evidence"));
        Schema::new(fields)
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        let mut columns = vec![
            texts(rows, |row| Some(&row.framework)),
            texts(rows, |row| Some(&row.passport)),
            wholes(rows, |row| row.assessment),
            wholes(rows, |row| row.assessments),
            instants(rows, |row| row.finished_at),
            texts(rows, |row| Some(&row.bank)),
            texts(rows, |row| row.mode),
            texts(rows, |row| row.language.as_deref()),
            Arc::new(rows.iter().map(|row| row.assisted).collect::<BooleanArray>()),
            texts(rows, |row| row.area.as_deref()),
            texts(rows, |row| Some(&row.competence)),
        ];
        let numbers = |column: usize| wholes(rows, move |row: &Self| row.numbers.get(column).copied().unwrap_or(0));
        columns.extend((0..NUMBERS.len()).map(numbers));
        columns.push(texts(rows, |row| Some(row.evidence)));
        columns
    }
}

impl Row for Served {
    fn schema() -> Schema {
        Schema::new(vec![text("framework"), text("competence"), whole("level"), whole("declared"), whole("derived")])
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        vec![
            texts(rows, |row| Some(&row.framework)),
            texts(rows, |row| Some(&row.competence)),
            wholes(rows, |row| row.level),
            wholes(rows, |row| row.declared),
            wholes(rows, |row| row.derived),
        ]
    }
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int32, false)
}

fn instant(name: &str) -> Field {
    Field::new(name, DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())), false)
}

fn texts<'a, R>(rows: &'a [R], of: impl Fn(&'a R) -> Option<&'a str>) -> ArrayRef {
    Arc::new(rows.iter().map(of).collect::<StringArray>())
}

fn wholes<R>(rows: &[R], of: impl Fn(&R) -> i32) -> ArrayRef {
    Arc::new(Int32Array::from_iter_values(rows.iter().map(of)))
}

fn instants<R>(rows: &[R], of: impl Fn(&R) -> i64) -> ArrayRef {
    Arc::new(TimestampMillisecondArray::from_iter_values(rows.iter().map(of)).with_timezone("UTC"))
}

/// Milliseconds since 1970; a leap second, which documents may name, counts as the second after it.
fn milliseconds(at: &Timestamp) -> i64 {
    at.as_str().parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_millisecond)
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
