//! Reasons, wishes and choices in plain words.

use skills_passport_web::core::id::CompetenceId;
use skills_passport_web::core::offers::matching::{MatchReason, Uncovered, Why, Wish};
use skills_passport_web::core::offers::{Audience, Modality, Need, OfferOrigin};

use crate::layout::LateUi;
use crate::text::Key;

/// The name of a competence, in quotation marks that the texts have.
pub(super) fn skill(ui: &LateUi<'_>, competence: &CompetenceId) -> String {
    let name = ui.words().and_then(|words| words.competences.get(competence)).map(|words| words.name.as_str());
    name.unwrap_or(competence.as_str()).to_owned()
}

/// What speaks for or against an offer, in a line.
pub(super) fn reason(ui: &LateUi<'_>, reason: &MatchReason) -> String {
    let texts = ui.texts;
    match reason {
        MatchReason::Gain { competence, from, to, origin, .. } => {
            let key = if *origin == OfferOrigin::Derived { Key::ReasonGainDerived } else { Key::ReasonGain };
            let (from, to) = (from.to_string(), to.to_string());
            texts.fill(key, &[("from", &from), ("to", &to), ("skill", &skill(ui, competence))])
        }
        MatchReason::Distance { metres, .. } => match (metres + 500) / 1000 {
            0 => texts.get(Key::ReasonNear).to_owned(),
            kilometres => texts.fill(Key::ReasonDistance, &[("n", &kilometres.to_string())]),
        },
        MatchReason::Remote => texts.get(Key::ReasonRemote).to_owned(),
        MatchReason::Free => texts.get(Key::ReasonFree).to_owned(),
        MatchReason::Pass { pass: taken } => texts.fill(Key::ReasonPass, &[("pass", &pass(ui, taken))]),
        MatchReason::Conditional { .. } => texts.get(Key::ReasonConditional).to_owned(),
        MatchReason::Paid { .. } => texts.get(Key::ReasonPaid).to_owned(),
        MatchReason::OnlyFor { audiences } => {
            let people: Vec<&str> = audiences.iter().map(|one| texts.get(audience(*one))).collect();
            texts.fill(Key::ReasonOnlyFor, &[("people", &people.join(", "))])
        }
    }
}

/// What an offer does not say, to be asked.
pub(super) fn to_ask(ui: &LateUi<'_>, unstated: &[Wish]) -> String {
    let what: Vec<&str> = unstated
        .iter()
        .map(|wish| {
            ui.texts.get(match wish {
                Wish::Language => Key::AskLanguage,
                Wish::Cost => Key::AskCost,
                Wish::Modality => Key::AskModality,
                Wish::Distance => Key::AskDistance,
                Wish::Accessibility => Key::AskAccessibility,
            })
        })
        .collect();
    ui.texts.fill(Key::ReasonAsk, &[("what", &what.join(", "))])
}

/// What no offer covers, and why.
pub(super) fn uncovered(ui: &LateUi<'_>, uncovered: &Uncovered) -> String {
    let key = match uncovered.why {
        Why::NoOffer => Key::UncoveredNoOffer,
        Why::OutOfReach => Key::UncoveredOutOfReach,
        Why::Wishes => Key::UncoveredWishes,
        Why::OnlyPartly => Key::UncoveredPartly,
    };
    let (level, reached) = (uncovered.level.to_string(), uncovered.reached.to_string());
    let values = [("skill", skill(ui, &uncovered.competence)), ("level", level), ("reached", reached)];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    ui.texts.fill(key, &values)
}

/// A pass by its name, where it is a known one.
pub(super) fn pass(ui: &LateUi<'_>, pass: &str) -> String {
    if pass == "pass-numerique" { ui.texts.get(Key::PassNumerique).to_owned() } else { pass.to_owned() }
}

pub(super) fn modality(modality: Modality) -> Key {
    match modality {
        Modality::OnSite => Key::ModalityOnSite,
        Modality::Remote => Key::ModalityRemote,
        Modality::Mixed => Key::ModalityMixed,
    }
}

pub(super) fn audience(audience: Audience) -> Key {
    match audience {
        Audience::Youth => Key::AudienceYouth,
        Audience::Students => Key::AudienceStudents,
        Audience::Families => Key::AudienceFamilies,
        Audience::Seniors => Key::AudienceSeniors,
        Audience::Women => Key::AudienceWomen,
        Audience::JobSeekers => Key::AudienceJobSeekers,
        Audience::Workers => Key::AudienceWorkers,
        Audience::Disabled => Key::AudienceDisabled,
        Audience::MinimumIncome => Key::AudienceMinimumIncome,
        Audience::Exiled => Key::AudienceExiled,
        Audience::Emergency => Key::AudienceEmergency,
        Audience::Legal => Key::AudienceLegal,
        Audience::PriorityAreas => Key::AudiencePriorityAreas,
    }
}

pub(super) fn need(need: Need) -> Key {
    match need {
        Need::Hearing => Key::NeedHearing,
        Need::Mobility => Key::NeedMobility,
        Need::Intellectual => Key::NeedIntellectual,
        Need::Psychic => Key::NeedPsychic,
        Need::Sight => Key::NeedSight,
        Need::Reading => Key::NeedReading,
        Need::Languages => Key::NeedLanguages,
    }
}
