//! A copy to share: what the learner chose, and nothing else.
//!
//! The copy is made anew from what was read, member by member; nothing is deleted from the original. So what is not
//! named here cannot slip through: members that are not known, notes, tombstones, seeds, the order of questions.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::entry::{Attestation, Course, Goal, Holder, KeyRecord};
use super::{AssessmentRecord, Content, Passport, PassportError, Record, ResultRecord, shape};
use crate::assessment::{Answer, Assessment, Instrument};
use crate::framework::{Framework, FrameworkReference};
use crate::id::{AreaId, CompetenceId};
use crate::units::Timestamp;

/// What the learner wants to share.
///
/// [`Redaction::default`] shares the newest results of all areas, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redaction {
    /// The areas; none for all of them. An area's competences go with it.
    pub areas: Option<Vec<AreaId>>,
    /// All assessments instead of the newest alone.
    pub history: bool,
    /// The name.
    pub name: bool,
    /// Answers to questions about the chosen areas, and how they compare with the ratings of oneself. With all areas, assessments are shared whole and can be replayed.
    pub answers: bool,
    /// Goals, without their notes.
    pub goals: bool,
    /// Courses.
    pub courses: bool,
    /// Signed badges about the chosen areas with their endorsements, and the public keys.
    pub badges: bool,
}

impl Redaction {
    /// The copy: a passport of its own with the id `share` (a new random one) and the date `at`. Records that differ
    /// from the original have ids of their own, which follow from `share`, so that two copies cannot be linked by them
    /// and each can be merged back without contradiction.
    ///
    /// `frameworks` say which competence belongs to which area, and `instruments` which question is about which
    /// competence. What none of them knows is left out: competences of an unknown framework unless all areas are chosen,
    /// answers to questions of an unknown bank.
    ///
    /// # Errors
    /// If a document cannot be written, which does not happen to one that was read.
    pub fn apply(
        &self,
        passport: &Passport,
        share: Uuid,
        at: Timestamp,
        frameworks: &[Framework],
        instruments: &[Instrument],
    ) -> Result<Passport, PassportError> {
        let work = Work { redaction: self, share, frameworks, instruments };
        let mut copy = Passport::new(share, at);
        let mut results = Vec::new();
        for record in passport.records() {
            match record.content() {
                Content::Assessment(assessment) => results.extend(work.assessment(assessment)?),
                Content::Result(result) => results.extend(work.result(result)?),
                _ => {}
            }
        }
        let skipped = if self.history { 0 } else { results.len().saturating_sub(1) };
        for record in results.into_iter().skip(skipped) {
            copy.add(record)?;
        }
        if let Some((record, holder)) = passport.entries::<Holder>().pop().filter(|_| self.name) {
            copy.add(Record::of(record.id(), record.at().clone(), &holder)?)?;
        }
        work.plans(passport, &mut copy)?;
        if self.badges {
            work.badges(passport, &mut copy)?;
        }
        Ok(copy)
    }
}

/// A redaction under way.
struct Work<'a> {
    redaction: &'a Redaction,
    share: Uuid,
    frameworks: &'a [Framework],
    instruments: &'a [Instrument],
}

impl Work<'_> {
    fn is_everything(&self) -> bool {
        self.redaction.areas.is_none()
    }

    fn shares(&self, area: &AreaId) -> bool {
        self.redaction.areas.as_ref().is_none_or(|areas| areas.contains(area))
    }

    fn framework(&self, reference: &FrameworkReference) -> Option<&Framework> {
        let of_instruments = self.instruments.iter().map(Instrument::framework);
        self.frameworks.iter().chain(of_instruments).find(|framework| framework.reference() == *reference)
    }

    fn shares_competence(&self, framework: &FrameworkReference, competence: &CompetenceId) -> bool {
        let area = || self.framework(framework)?.area_of(competence);
        self.is_everything() || area().is_some_and(|area| self.shares(area))
    }

    /// An id for a record of the copy: from SHA-256 of the copy's id, which is random, and the original's.
    fn id(&self, original: Uuid) -> Uuid {
        let digest = Sha256::new().chain_update(self.share.as_bytes()).chain_update(original.as_bytes()).finalize();
        let mut bytes = [0; 16];
        for (byte, hashed) in bytes.iter_mut().zip(digest) {
            *byte = hashed;
        }
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    fn assessment(&self, record: &AssessmentRecord) -> Result<Option<Record>, PassportError> {
        let AssessmentRecord { id, at, engine, assessment, profile } = record;
        if self.is_everything() && self.redaction.answers {
            return Record::of_finished(record.clone()).map(Some);
        }
        self.keep(ResultRecord {
            id: *id,
            at: at.clone(),
            engine: engine.clone(),
            framework: assessment.framework.clone(),
            bank: assessment.bank.clone(),
            mode: assessment.plan.mode,
            assisted: assessment.setting.assisted,
            provisional: profile.provisional,
            unsettled: profile.unsettled.then_some(true),
            areas: profile.areas.clone(),
            competences: profile.competences.clone(),
            overall: Some(profile.overall.clone()),
            answers: self.answers(assessment),
        })
    }

    fn result(&self, record: &ResultRecord) -> Result<Option<Record>, PassportError> {
        // Which area an answer is about, a shared copy can no longer say of itself.
        let answers = record.answers.clone().filter(|_| self.is_everything() && self.redaction.answers);
        self.keep(ResultRecord { answers, ..record.clone() })
    }

    /// The record of the copy; none if it is about nothing that is shared.
    fn keep(&self, mut record: ResultRecord) -> Result<Option<Record>, PassportError> {
        record.areas.retain(|result| self.shares(&result.area));
        if !self.redaction.answers {
            // How somebody rates themselves, compared with what they know, says something of their answers.
            record.areas.iter_mut().for_each(|result| result.leniency = None);
        }
        let framework = record.framework.clone();
        record.competences.retain(|result| self.shares_competence(&framework, &result.competence));
        record.overall = record.overall.filter(|_| self.is_everything());
        if record.areas.is_empty() && record.competences.is_empty() {
            return Ok(None);
        }
        record.id = self.id(record.id);
        Record::of_result(record).map(Some)
    }

    fn answers(&self, assessment: &Assessment) -> Option<Vec<Answer>> {
        if !self.redaction.answers {
            return None;
        }
        let known = |instrument: &&Instrument| {
            instrument.framework().reference() == assessment.framework
                && instrument.bank().reference() == assessment.bank
        };
        let instrument = self.instruments.iter().find(known)?;
        let shared = |answer: &&Answer| {
            let item = instrument.bank().item(&answer.item);
            item.is_some_and(|(_, item)| self.shares_competence(&assessment.framework, &item.competence))
        };
        Some(assessment.answers.iter().filter(shared).cloned().collect())
    }

    fn plans(&self, passport: &Passport, copy: &mut Passport) -> Result<(), PassportError> {
        if self.redaction.goals {
            for (record, goal) in passport.entries::<Goal>() {
                if self.shares_competence(&goal.framework, &goal.competence) {
                    copy.add(Record::of(self.id(record.id()), record.at().clone(), &Goal { note: None, ..goal })?)?;
                }
            }
        }
        if self.redaction.courses {
            for (record, course) in passport.entries::<Course>() {
                if self.is_everything() || self.shares_course(&course) {
                    copy.add(Record::of(self.id(record.id()), record.at().clone(), &course)?)?;
                }
            }
        }
        Ok(())
    }

    fn shares_course(&self, course: &Course) -> bool {
        let (Some(framework), Some(competences)) = (&course.framework, &course.competences) else { return false };
        !competences.is_empty() && competences.iter().all(|id| self.shares_competence(framework, id))
    }

    /// Signed documents are shared whole or not at all: a badge by its area, an endorsement with its badge.
    fn badges(&self, passport: &Passport, copy: &mut Passport) -> Result<(), PassportError> {
        let all = passport.entries::<Attestation>();
        let is_shared = |attestation: &Attestation| {
            let area = shape::area_of_badge(&attestation.credential);
            self.is_everything() || area.is_some_and(|area| self.shares(&area))
        };
        let badge_ids: Vec<&str> =
            all.iter().filter(|(_, badge)| is_shared(badge)).filter_map(|(_, badge)| id_of(badge)).collect();
        for (record, attestation) in &all {
            let endorses = endorsed(attestation).is_some_and(|id| badge_ids.contains(&id));
            if is_shared(attestation) || endorses {
                copy.add(Record::of(record.id(), record.at().clone(), attestation)?)?;
            }
        }
        for (record, key) in passport.entries::<KeyRecord>() {
            copy.add(Record::of(record.id(), record.at().clone(), &key)?)?;
        }
        Ok(())
    }
}

fn id_of(attestation: &Attestation) -> Option<&str> {
    attestation.credential.get("id")?.as_str()
}

/// The credential that an endorsement is bound to.
fn endorsed(attestation: &Attestation) -> Option<&str> {
    attestation.credential.get("relatedResource")?.as_array()?.first()?.get("id")?.as_str()
}
