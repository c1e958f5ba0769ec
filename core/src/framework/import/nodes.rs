//! The nodes of the supplement's graph, read one by one.

use serde_json::{Map, Value};

use super::report::{Defect, Report};
use super::{ImportError, MAX_SUPPLEMENT_BYTES};
use crate::framework::{AiRelevance, OutcomeKind};
use crate::id::{AreaId, BroadLevelId, CompetenceId, IdError, OutcomeId, StatementId};
use crate::json;
use crate::table::Table;
use crate::units::Level;

/// The nodes by type.
pub(super) struct Graph {
    pub(super) areas: Vec<AreaNode>,
    pub(super) competences: Vec<CompetenceNode>,
    /// In order of their number.
    pub(super) levels: Vec<LevelNode>,
    /// Statements and outcomes, in the order of the file.
    pub(super) sentences: Vec<SentenceNode>,
    pub(super) glossary: Table<String, String>,
    pub(super) report: Report,
}

pub(super) struct AreaNode {
    pub(super) id: AreaId,
    pub(super) title: String,
    pub(super) description: String,
}

pub(super) struct CompetenceNode {
    /// `@id` as it stands in the file.
    pub(super) name: String,
    pub(super) id: CompetenceId,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) area: AreaId,
}

pub(super) struct LevelNode {
    pub(super) number: Level,
    pub(super) broad: BroadLevelId,
    pub(super) broad_name: String,
    pub(super) broad_description: String,
    pub(super) description: String,
    pub(super) purpose: String,
    pub(super) six_level_name: String,
}

/// A learning outcome, or a competence statement, which has no kind.
pub(super) struct SentenceNode {
    pub(super) name: String,
    pub(super) kind: Option<OutcomeKind>,
    pub(super) description: String,
    pub(super) area: AreaId,
    pub(super) competence: CompetenceId,
    /// The reference as it stands in the file.
    pub(super) level: String,
    pub(super) ai: Option<AiRelevance>,
    path: String,
}

impl SentenceNode {
    /// Whether its reference means this broad level.
    pub(super) fn is_at(&self, broad: &BroadLevelId) -> bool {
        broad_level_id(last_part(&self.level)).is_ok_and(|id| id == *broad)
    }

    pub(super) fn outcome_id(&self) -> Result<OutcomeId, ImportError> {
        id(&self.name, &self.path)
    }

    pub(super) fn statement_id(&self) -> Result<StatementId, ImportError> {
        id(&self.name, &self.path)
    }
}

impl Graph {
    pub(super) fn read(text: &str) -> Result<Self, ImportError> {
        let document = json::parse(text, MAX_SUPPLEMENT_BYTES)?;
        let Some(Value::Array(nodes)) = document.get("@graph") else { return Err(ImportError::NoGraph) };
        let mut graph = Self {
            areas: Vec::new(),
            competences: Vec::new(),
            levels: Vec::new(),
            sentences: Vec::new(),
            glossary: Table::new(),
            report: Report::default(),
        };
        if !document.get("@context").is_some_and(names_an_address) {
            graph.report.add(Defect::RelativeIds);
        }
        let mut seen: Table<String, ()> = Table::new();
        for (position, node) in nodes.iter().enumerate() {
            let path = format!("/@graph/{position}");
            let Value::Object(members) = node else { return Err(ImportError::Member { member: "@id", path }) };
            let mut node = Node { members, path, read: Vec::new(), report: &mut graph.report };
            let (name, kind) = (node.text("@id")?, node.text("@type")?);
            if seen.insert(name.clone(), ()).is_some() {
                node.report.add(Defect::SecondNode { node: name });
                continue;
            }
            if name.contains(' ') {
                node.report.space_in_id(&name);
            }
            match kind.as_str() {
                "CompetenceArea" => graph.areas.push(node.area(&name)?),
                "Competence" => graph.competences.push(node.competence(name)?),
                "ProficiencyLevel" => graph.levels.push(node.level()?),
                "CompetenceStatement" => graph.sentences.push(node.sentence(name, false)?),
                "LearningOutcome" => graph.sentences.push(node.sentence(name, true)?),
                "Glossary" => {
                    let explanation = node.clean("explanation")?;
                    node.finish();
                    graph.glossary.insert(last_part(&name).to_owned(), explanation);
                }
                _ => node.report.add(Defect::UnknownType { node: name, found: kind }),
            }
        }
        graph.levels.sort_by_key(|level| level.number);
        if graph.areas.is_empty() || graph.competences.is_empty() {
            return Err(ImportError::Nothing(if graph.areas.is_empty() { "competence area" } else { "competence" }));
        }
        Ok(graph)
    }
}

/// Whether a context says what relative ids are relative to.
fn names_an_address(context: &Value) -> bool {
    match context {
        Value::String(address) => address.contains("://"),
        Value::Array(list) => list.iter().any(names_an_address),
        Value::Object(members) => ["@base", "@vocab"].iter().any(|name| members.contains_key(*name)),
        _ => false,
    }
}

/// A node while it is read; what is not read is reported.
struct Node<'a> {
    members: &'a Map<String, Value>,
    path: String,
    read: Vec<&'static str>,
    report: &'a mut Report,
}

impl Node<'_> {
    fn text(&mut self, member: &'static str) -> Result<String, ImportError> {
        self.read.push(member);
        match self.members.get(member) {
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
            _ => Err(ImportError::Member { member, path: self.path.clone() }),
        }
    }

    /// A text for readers, without stray spaces.
    fn clean(&mut self, member: &'static str) -> Result<String, ImportError> {
        let text = self.text(member)?;
        let clean =
            text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if clean != text {
            let node = self.members.get("@id").and_then(Value::as_str).unwrap_or_default().to_owned();
            self.report.add(Defect::StraySpace { node, member });
        }
        Ok(clean)
    }

    fn reference<T>(&mut self, member: &'static str) -> Result<T, ImportError>
    where
        T: std::str::FromStr<Err = IdError>,
    {
        let text = self.text(member)?;
        id(&text, &format!("{}/{member}", self.path))
    }

    /// Names the members that nothing was made of.
    fn finish(&mut self) {
        let node = self.members.get("@id").and_then(Value::as_str).unwrap_or_default();
        let unread = self.members.keys().filter(|name| !self.read.contains(&name.as_str()));
        let unread: Vec<String> = unread.cloned().collect();
        for member in unread {
            self.report.add(Defect::UnknownMember { node: node.to_owned(), member });
        }
    }

    fn area(&mut self, name: &str) -> Result<AreaNode, ImportError> {
        let area =
            AreaNode { id: id(name, &self.path)?, title: self.clean("name")?, description: self.clean("description")? };
        self.finish();
        Ok(area)
    }

    fn competence(&mut self, name: String) -> Result<CompetenceNode, ImportError> {
        let competence = CompetenceNode {
            id: id(&name, &self.path)?,
            title: self.clean("name")?,
            description: self.clean("description")?,
            area: self.reference("competence_area_id")?,
            name,
        };
        self.finish();
        Ok(competence)
    }

    fn level(&mut self) -> Result<LevelNode, ImportError> {
        const NUMBER: &str = "eight_levels_mapping";
        self.read.push(NUMBER);
        let number = self.members.get(NUMBER).and_then(Value::as_u64).and_then(|number| u8::try_from(number).ok());
        let number = number.and_then(|number| Level::new(number).ok());
        let broad_name = self.clean("four_levels_name")?;
        let level = LevelNode {
            number: number.ok_or_else(|| ImportError::Value { member: NUMBER, path: self.path.clone() })?,
            broad: broad_level_id(&broad_name).map_err(|error| ImportError::Id { error, path: self.path.clone() })?,
            broad_name,
            broad_description: self.clean("four_levels_description")?,
            description: self.clean("eight_levels_description")?,
            purpose: self.clean("applies_to")?,
            six_level_name: self.clean("six_levels_mapping")?,
        };
        self.finish();
        Ok(level)
    }

    fn sentence(&mut self, name: String, is_outcome: bool) -> Result<SentenceNode, ImportError> {
        let kind = if is_outcome {
            Some(match self.text("type")?.as_str() {
                "Knowledge" => OutcomeKind::Knowledge,
                "Skill" => OutcomeKind::Skill,
                "Attitude" => OutcomeKind::Attitude,
                _ => return Err(ImportError::Value { member: "type", path: self.path.clone() }),
            })
        } else {
            None
        };
        let ai = match self.text("ai_label")?.as_str() {
            "AI-Explicit" => AiRelevance::Explicit,
            "AI-Implicit" => AiRelevance::Implicit,
            "AI not Implicit or Explicit" => AiRelevance::None,
            _ => return Err(ImportError::Value { member: "ai_label", path: self.path.clone() }),
        };
        let sentence = SentenceNode {
            kind,
            description: self.clean("description")?,
            area: self.reference("competence_area_id")?,
            competence: self.reference("competence_id")?,
            level: self.text("four_levels_proficiency_name")?,
            ai: Some(ai),
            path: self.path.clone(),
            name,
        };
        self.finish();
        Ok(sentence)
    }
}

/// What stands behind the slash.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim()
}

fn id<T: std::str::FromStr<Err = IdError>>(name: &str, path: &str) -> Result<T, ImportError> {
    last_part(name).parse().map_err(|error| ImportError::Id { error, path: path.to_owned() })
}

/// `Highly advanced` is `highly-advanced` here.
fn broad_level_id(name: &str) -> Result<BroadLevelId, IdError> {
    name.to_lowercase().replace(' ', "-").parse()
}
