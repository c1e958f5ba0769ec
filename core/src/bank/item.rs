//! A checked item, and how responses to it are scored.

use crate::table::Table;

use super::{BankError, BankFault, ItemDocument, ItemKind, Outcome, Response, ResponseFault, ScaleDocument, kind};
use crate::framework::Framework;
use crate::id::{CompetenceId, ItemId, OptionId, OutcomeId, ScaleId};
use crate::measure::ResponseModel;
use crate::units::Level;

/// An item whose parameters and references were checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The item.
    pub id: ItemId,
    /// The competence it measures, in the framework of the results.
    pub competence: CompetenceId,
    /// The level it is written for.
    pub level: Level,
    /// The learning outcomes it gives evidence of.
    pub outcomes: Vec<OutcomeId>,
    /// Expected time, seconds.
    pub seconds: u16,
    /// How it is answered.
    pub kind: ItemKind,
    /// How answers depend on the trait, the uncertainty of its parameters taken in.
    pub model: ResponseModel,
}

impl Item {
    pub(super) fn new(
        source: &ItemDocument,
        scales: &Table<ScaleId, ScaleDocument>,
        framework: &Framework,
    ) -> Result<Self, BankError> {
        let fault = |member: &str, fault| BankError::item(&source.id, member, fault);
        if framework.position(&source.competence).is_none() {
            return Err(fault("competence", BankFault::UnknownCompetence(source.competence.clone())));
        }
        if !(1..=600).contains(&source.seconds) {
            return Err(fault("seconds", BankFault::OutOfRange { low: 1, high: 600 }));
        }
        check_outcomes(source, framework)?;
        let kind = kind::kind(source, scales)?;
        Ok(Self {
            id: source.id.clone(),
            competence: source.competence.clone(),
            level: source.level,
            outcomes: source.outcomes.clone(),
            seconds: source.seconds,
            kind,
            model: kind::model(source, 0.0, source.location_sd.to_f64()),
        })
    }

    /// Whether it asks for knowledge rather than for a self-report.
    #[must_use]
    pub fn has_right_answer(&self) -> bool {
        !matches!(self.kind, ItemKind::Graded { .. })
    }

    /// The highest category: the top of the scale, or all right.
    #[must_use]
    pub fn highest_category(&self) -> u8 {
        u8::try_from(self.model.categories().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    /// The one form of a response that means the same: the options of a multiple choice in the order of the item.
    #[must_use]
    pub fn canonical(&self, response: Response) -> Response {
        match (&self.kind, response) {
            (ItemKind::Multiple { options, .. }, Response::Multiple { options: mut chosen }) => {
                chosen.sort_by_key(|id| options.iter().position(|option| option == id));
                Response::Multiple { options: chosen }
            }
            (_, response) => response,
        }
    }

    /// The category that a response falls into; none for a question that was skipped.
    ///
    /// * Self-reports: the position on the scale. Choices: 1 for the right option or options, else 0.
    /// * Orderings: 2 for the right order, 1 if it is right but for one neighbouring pair, else 0.
    /// * Matchings: 2 without mistake, 1 with one, else 0.
    /// * "I don't know": 0.
    ///
    /// # Errors
    /// If the response does not fit the item.
    pub fn score(&self, response: &Response) -> Result<Option<Outcome>, ResponseFault> {
        let category = match (&self.kind, response) {
            (_, Response::Skipped) => return Ok(None),
            (_, Response::DontKnow) => 0,
            (ItemKind::Graded { answers, .. }, Response::Graded { answer }) => {
                if answer >= answers {
                    return Err(ResponseFault::NotOnScale { answer: *answer, highest: answers.saturating_sub(1) });
                }
                *answer
            }
            (ItemKind::Choice { options, right }, Response::Choice { option }) => {
                if !options.contains(option) {
                    return Err(ResponseFault::NotAnOption(option.clone()));
                }
                u8::from(option == right)
            }
            (ItemKind::Multiple { options, rights }, Response::Multiple { options: chosen }) => {
                some_of(options, chosen, rights.len())?;
                let place = |id: &OptionId| options.iter().position(|option| option == id);
                if let Some((_, late)) = pairs(chosen).find(|(one, two)| place(one) > place(two)) {
                    return Err(ResponseFault::OutOfOrder(late.clone()));
                }
                u8::from(chosen == rights)
            }
            (ItemKind::Ordering { options, order }, Response::Ordering { options: given }) => {
                some_of(options, given, options.len())?;
                ordered(order, given)
            }
            (ItemKind::Matching { options, targets, matches }, Response::Matching { matches: given }) => {
                matched(options, targets, given)?;
                let mistakes = options.iter().filter(|option| given.get(option) != matches.get(option)).count();
                u8::try_from(2_usize.saturating_sub(mistakes)).unwrap_or_default()
            }
            _ => return Err(ResponseFault::WrongKind),
        };
        Ok(Some(Outcome { category }))
    }
}

impl Item {
    /// A response that falls into this category; none if no response but "I don't know" does.
    #[must_use]
    pub fn response_of(&self, category: u8) -> Option<Response> {
        let lost = usize::from(self.highest_category().checked_sub(category)?);
        Some(match &self.kind {
            ItemKind::Graded { .. } => Response::Graded { answer: category },
            ItemKind::Choice { right, .. } if lost == 0 => Response::Choice { option: right.clone() },
            ItemKind::Choice { options, right } => {
                Response::Choice { option: options.iter().find(|option| *option != right)?.clone() }
            }
            ItemKind::Multiple { rights, .. } if lost == 0 => Response::Multiple { options: rights.clone() },
            ItemKind::Multiple { options, rights } => {
                let wrong = options.iter().find(|option| !rights.contains(option))?;
                let chosen = rights.iter().skip(1).chain([wrong]).cloned().collect();
                self.canonical(Response::Multiple { options: chosen })
            }
            ItemKind::Ordering { order, .. } => {
                let mut given = order.clone();
                match (lost, given.as_mut_slice()) {
                    (0, _) => {}
                    (1, [one, two, ..]) => std::mem::swap(one, two),
                    _ => given.reverse(),
                }
                Response::Ordering { options: given }
            }
            ItemKind::Matching { options, targets, matches } => {
                let mut given = matches.clone();
                for option in options.iter().take(lost) {
                    let right = matches.get(option);
                    given.insert(option.clone(), targets.iter().find(|target| Some(*target) != right)?.clone());
                }
                Response::Matching { matches: given }
            }
        })
    }
}

fn pairs(ids: &[OptionId]) -> impl Iterator<Item = (&OptionId, &OptionId)> {
    ids.iter().zip(ids.iter().skip(1))
}

/// So many of the options, none twice.
fn some_of(options: &[OptionId], given: &[OptionId], wanted: usize) -> Result<(), ResponseFault> {
    for (position, id) in given.iter().enumerate() {
        if !options.contains(id) {
            return Err(ResponseFault::NotAnOption(id.clone()));
        }
        if given.iter().take(position).any(|earlier| earlier == id) {
            return Err(ResponseFault::Twice(id.clone()));
        }
    }
    if given.len() == wanted { Ok(()) } else { Err(ResponseFault::Count { wanted, found: given.len() }) }
}

/// A target for every option.
fn matched(options: &[OptionId], targets: &[OptionId], given: &Table<OptionId, OptionId>) -> Result<(), ResponseFault> {
    for (option, target) in given {
        if !options.contains(option) {
            return Err(ResponseFault::NotAnOption(option.clone()));
        }
        if !targets.contains(target) {
            return Err(ResponseFault::NotATarget(target.clone()));
        }
    }
    match options.iter().find(|option| !given.contains_key(option)) {
        Some(option) => Err(ResponseFault::NoTarget(option.clone())),
        None => Ok(()),
    }
}

/// Credit for an order: 2 if right, 1 if two neighbours are swapped, else 0.
fn ordered(right: &[OptionId], given: &[OptionId]) -> u8 {
    let mut wrong = right.iter().zip(given).enumerate().filter(|(_, (one, two))| one != two);
    match (wrong.next(), wrong.next(), wrong.next()) {
        (None, ..) => 2,
        // Where only two places differ, they hold each other's option.
        (Some((one, _)), Some((two, _)), None) if two == one + 1 => 1,
        _ => 0,
    }
}

fn check_outcomes(source: &ItemDocument, framework: &Framework) -> Result<(), BankError> {
    let fault = |fault| BankError::item(&source.id, "outcomes", fault);
    // A framework that was loaded without its outcomes cannot check them.
    if framework.outcomes().is_empty() {
        return Ok(());
    }
    for (position, id) in source.outcomes.iter().enumerate() {
        if source.outcomes.iter().take(position).any(|earlier| earlier == id) {
            return Err(fault(BankFault::Duplicate));
        }
        match framework.outcomes().get(id) {
            None => return Err(fault(BankFault::UnknownOutcome(id.clone()))),
            Some((competence, _)) if *competence != source.competence => {
                return Err(fault(BankFault::ForeignOutcome { outcome: id.clone(), competence: competence.clone() }));
            }
            Some((_, outcome)) => {
                let broad = framework.broad_level_of(source.level);
                if broad.is_none_or(|broad| broad.id != outcome.level) {
                    return Err(fault(BankFault::OutcomeLevel { outcome: id.clone(), level: outcome.level.clone() }));
                }
            }
        }
    }
    Ok(())
}
