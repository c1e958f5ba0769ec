//! Levels that a job or a course asks for.

use semver::Version;
use serde::{Deserialize, Serialize};

use super::matching::LearningGoal;
use super::{Offer, OfferError, OfferFault};
use crate::framework::{Framework, FrameworkReference};
use crate::json;

/// Version of the format of job profiles that this engine reads.
pub const JOB_PROFILE_FORMAT: Version = Version::new(1, 0, 0);
/// Largest job profile read, bytes.
pub const MAX_JOB_PROFILE_BYTES: usize = 256 << 10;

/// The levels that a job asks for, as JSON that a person can write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobProfile {
    /// Version of the format.
    pub format: Version,
    /// The framework that competences and levels are those of.
    pub framework: FrameworkReference,
    /// What the job is called, 1 to 300 characters.
    pub title: String,
    /// The levels, each competence once.
    pub levels: Vec<LearningGoal>,
}

impl JobProfile {
    /// Reads and checks a job profile.
    ///
    /// # Errors
    /// The first fault with its place.
    pub fn parse(text: &str, framework: &Framework) -> Result<Self, OfferError> {
        let profile: Self = json::read(text, MAX_JOB_PROFILE_BYTES)?;
        if profile.format.major != JOB_PROFILE_FORMAT.major {
            return Err(OfferError::Version { found: profile.format });
        }
        if profile.framework != framework.reference() {
            return Err(OfferError::OtherFramework { found: profile.framework, expected: framework.reference() });
        }
        let fault = |path: String, fault| Err(OfferError::Offer { path, fault });
        if profile.title.trim().is_empty() || profile.title.chars().nth(super::catalogue::MAX_SHORT).is_some() {
            return fault("/title".to_owned(), OfferFault::Length { limit: super::catalogue::MAX_SHORT });
        }
        for (position, goal) in profile.levels.iter().enumerate() {
            let path = format!("/levels/{position}/competence");
            if framework.position(&goal.competence).is_none() {
                return fault(path, OfferFault::UnknownCompetence(goal.competence.clone()));
            }
            if profile.levels.iter().take(position).any(|other| other.competence == goal.competence) {
                return fault(path, OfferFault::Repeated(goal.competence.clone()));
            }
        }
        Ok(profile)
    }
}

impl Offer {
    /// The levels that a person must have reached to follow all of it: its prerequisites and where its targets start, of a
    /// competence the higher of the two. The lowest level asks for nothing.
    #[must_use]
    pub fn entry_levels(&self) -> Vec<LearningGoal> {
        let mut goals: Vec<LearningGoal> = Vec::new();
        let asked = self.prerequisites.iter().map(|asked| (&asked.competence, asked.level));
        let starts = self.targets.iter().map(|target| (&target.competence, target.from));
        for (competence, level) in asked.chain(starts).filter(|(_, level)| level.number() > 1) {
            match goals.iter_mut().find(|goal| goal.competence == *competence) {
                Some(goal) => goal.level = goal.level.max(level),
                None => goals.push(LearningGoal { competence: competence.clone(), level }),
            }
        }
        goals
    }
}
