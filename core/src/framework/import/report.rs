//! What was counted in a supplement, and what was wrong with it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::framework::{FrameworkDetails, FrameworkDocument, FrameworkText, OutcomeKind, OutcomesDocument};
use crate::id::BroadLevelId;

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Areas.
    pub areas: usize,
    /// Competences.
    pub competences: usize,
    /// Levels.
    pub levels: usize,
    /// Competence statements.
    pub statements: usize,
    /// Learning outcomes.
    pub outcomes: usize,
    /// Learning outcomes by kind: knowledge, skill, attitude.
    pub outcomes_by_kind: BTreeMap<OutcomeKind, usize>,
    /// Learning outcomes by broad level, lowest first.
    pub outcomes_by_level: Vec<LevelCount>,
    /// Terms of the glossary.
    pub terms: usize,
}

/// How many learning outcomes a broad level has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelCount {
    /// The broad level.
    pub level: BroadLevelId,
    /// How many.
    pub outcomes: usize,
}

/// Something wrong with the file, and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "defect", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Defect {
    /// A reference to a node that does not exist, but whose meaning is clear.
    Resolved {
        /// The reference.
        reference: String,
        /// The broad level that is meant.
        meant: String,
        /// How many nodes have it.
        nodes: usize,
    },
    /// A reference to a node that does not exist. The node that has it was left out.
    Unresolved {
        /// The node.
        node: String,
        /// Its member.
        member: &'static str,
        /// The reference.
        reference: String,
    },
    /// Identifiers with spaces, which no address can have.
    SpaceInId {
        /// The type of the nodes.
        kind: String,
        /// How many.
        nodes: usize,
        /// One of them.
        example: String,
    },
    /// A node that says another area than its competence. The competence's counts.
    OtherArea {
        /// The node.
        node: String,
        /// What it says.
        area: String,
        /// The area of its competence.
        instead: String,
    },
    /// Two nodes of one id. The second was left out.
    SecondNode {
        /// The node.
        node: String,
    },
    /// A type that is not known here. The node was left out.
    UnknownType {
        /// The node.
        node: String,
        /// Its type.
        found: String,
    },
    /// A member that is not known here. It was left out.
    UnknownMember {
        /// The node.
        node: String,
        /// The member.
        member: String,
    },
    /// Spaces at an end, doubled or of another kind. They were set right.
    StraySpace {
        /// The node.
        node: String,
        /// Its member.
        member: &'static str,
    },
    /// Two learning outcomes in the same words. Both were kept.
    SameWords {
        /// The first.
        one: String,
        /// The second.
        two: String,
    },
    /// No learning outcome of a kind at a level at all; in the official file this is so by design.
    NoOutcome {
        /// The kind.
        kind: OutcomeKind,
        /// The broad level.
        level: String,
    },
    /// A competence without a statement at a level, so that it has no descriptor there.
    NoStatement {
        /// The competence.
        competence: String,
        /// The broad level.
        level: String,
    },
    /// The context gives no address, so that ids are relative to nothing.
    RelativeIds,
}

impl std::fmt::Display for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Resolved { reference, meant, nodes } => {
                write!(
                    f,
                    "{nodes} references to `{reference}`, which does not exist; taken as the broad level `{meant}`"
                )
            }
            Self::Unresolved { node, member, reference } => {
                write!(f, "`{node}`: `{member}` is `{reference}`, which does not exist; left out")
            }
            Self::SpaceInId { kind, nodes, example } => {
                write!(f, "{nodes} ids of type {kind} hold spaces, like `{example}`; written without")
            }
            Self::OtherArea { node, area, instead } => {
                write!(f, "`{node}` says area {area}, its competence is in area {instead}, which was taken")
            }
            Self::SecondNode { node } => write!(f, "`{node}` is there twice; the second was left out"),
            Self::UnknownType { node, found } => write!(f, "`{node}` is of the unknown type `{found}`; left out"),
            Self::UnknownMember { node, member } => write!(f, "`{node}` has an unknown member `{member}`; left out"),
            Self::StraySpace { node, member } => write!(f, "`{node}`: `{member}` has stray spaces; set right"),
            Self::SameWords { one, two } => write!(f, "`{one}` and `{two}` have the same words; both kept"),
            Self::NoOutcome { kind, level } => {
                let kind = match kind {
                    OutcomeKind::Knowledge => "knowledge",
                    OutcomeKind::Skill => "skill",
                    OutcomeKind::Attitude => "attitude",
                };
                write!(f, "there is no {kind} outcome at level `{level}` at all")
            }
            Self::NoStatement { competence, level } => {
                write!(f, "competence {competence} has no statement at level `{level}`")
            }
            Self::RelativeIds => f.write_str("ids are relative to nothing: the context gives no address"),
        }
    }
}

/// What was counted, and what was wrong, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What is in the documents.
    pub counts: Counts,
    /// What was wrong with the file.
    pub defects: Vec<Defect>,
    /// Texts of outcomes, to see which are the same.
    #[serde(skip)]
    words: BTreeMap<String, String>,
}

impl Report {
    pub(super) fn add(&mut self, defect: Defect) {
        self.defects.push(defect);
    }

    pub(super) fn unresolved(&mut self, node: String, member: &'static str, reference: &str) {
        self.add(Defect::Unresolved { node, member, reference: reference.to_owned() });
    }

    /// Counts a reference whose meaning is clear.
    pub(super) fn resolved(&mut self, found: &str, level: &BroadLevelId) {
        for defect in &mut self.defects {
            if let Defect::Resolved { reference, nodes, .. } = defect
                && reference == found
            {
                *nodes += 1;
                return;
            }
        }
        self.add(Defect::Resolved { reference: found.to_owned(), meant: level.to_string(), nodes: 1 });
    }

    pub(super) fn space_in_id(&mut self, name: &str) {
        let found = name.split('/').next().unwrap_or_default();
        for defect in &mut self.defects {
            if let Defect::SpaceInId { kind, nodes, .. } = defect
                && kind == found
            {
                *nodes += 1;
                return;
            }
        }
        self.add(Defect::SpaceInId { kind: found.to_owned(), nodes: 1, example: name.to_owned() });
    }

    pub(super) fn same_words(&mut self, node: &str, text: &str) {
        match self.words.get(text) {
            Some(one) => self.defects.push(Defect::SameWords { one: one.clone(), two: node.to_owned() }),
            None => drop(self.words.insert(text.to_owned(), node.to_owned())),
        }
    }

    pub(super) fn count(
        &mut self,
        framework: &FrameworkDocument,
        outcomes: &OutcomesDocument,
        details: &FrameworkDetails,
    ) {
        let counts = &mut self.counts;
        counts.areas = framework.areas.len();
        counts.competences = framework.areas.iter().map(|area| area.competences.len()).sum();
        counts.levels = framework.broad_levels.iter().map(|broad| broad.levels.len()).sum();
        counts.statements = outcomes.statements.values().map(Vec::len).sum();
        counts.terms = details.glossary.len();
        let all = || outcomes.outcomes.values().flatten();
        counts.outcomes = all().count();
        for outcome in all() {
            *counts.outcomes_by_kind.entry(outcome.kind).or_default() += 1;
        }
        let of = |level: &BroadLevelId| all().filter(|outcome| outcome.level == *level).count();
        let levels = framework.broad_levels.iter();
        counts.outcomes_by_level =
            levels.map(|broad| LevelCount { level: broad.id.clone(), outcomes: of(&broad.id) }).collect();
    }

    /// Names what is missing altogether, so that nobody looks for it.
    pub(super) fn describe_gaps(
        &mut self,
        framework: &FrameworkDocument,
        outcomes: &OutcomesDocument,
        text: &FrameworkText,
    ) {
        for level in framework.broad_levels.iter().map(|broad| &broad.id) {
            for kind in [OutcomeKind::Knowledge, OutcomeKind::Skill, OutcomeKind::Attitude] {
                let mut all = outcomes.outcomes.values().flatten();
                if !all.any(|outcome| outcome.kind == kind && outcome.level == *level) {
                    self.add(Defect::NoOutcome { kind, level: level.to_string() });
                }
            }
            for (competence, words) in &text.competences {
                if !words.descriptors.contains_key(level) {
                    let (competence, level) = (competence.to_string(), level.to_string());
                    self.add(Defect::NoStatement { competence, level });
                }
            }
        }
    }
}
