//! Points, and the reasons that they come from.

use super::facts::Payment;
use super::index::Wanted;
use super::{MatchReason, Weights, Wishes};
use crate::offers::{CostKind, Modality, Offer, OfferOrigin};
use crate::profile::Evidence;
use crate::units::Level;

/// Points of a gain: levels gained × weight × evidence × P(below the level it leads to, up to the goal) × origin.
pub(super) fn gain(want: &Wanted<'_>, to: Level, origin: OfferOrigin, weights: &Weights) -> i64 {
    let end = to.min(want.goal);
    let levels = i64::from(end.number()) - i64::from(want.estimate.level.number());
    let below = want.estimate.probabilities.iter().take(usize::from(end.number()) - 1);
    let below: i64 = below.map(|probability| i64::from(probability.0.clamp(0, 1000))).sum::<i64>().min(1000);
    let evidence =
        if want.estimate.evidence == Evidence::Measured { 1000 } else { i64::from(weights.inferred.min(1000)) };
    let origin = if origin == OfferOrigin::Declared { 1000 } else { i64::from(weights.derived.min(1000)) };
    // At least one point: a gain is a gain.
    (levels * i64::from(weights.per_level.min(1_000_000)) * below / 1000 * evidence / 1000 * origin / 1000).max(1)
}

pub(super) fn distance_points(metres: Option<u32>, weights: &Weights) -> i64 {
    let taken = i64::from(metres.unwrap_or(0) / 1000) * i64::from(weights.per_kilometre);
    -taken.min(i64::from(weights.farthest))
}

pub(super) fn cost_points(payment: Payment, weights: &Weights) -> i64 {
    match payment {
        Payment::Nothing | Payment::Unknown => 0,
        Payment::Conditional => -i64::from(weights.conditional),
        Payment::Paid => -i64::from(weights.paid),
    }
}

/// The reasons; their points add up to those of the match.
pub(super) fn reasons(
    offer: &Offer,
    wanted: &[Wanted<'_>],
    wishes: &Wishes,
    weights: &Weights,
    payment: Payment,
    metres: Option<u32>,
) -> Vec<MatchReason> {
    let mut reasons: Vec<MatchReason> = wanted
        .iter()
        .filter_map(|want| {
            let level = want.estimate.level;
            let target = offer.targets.iter().find(|target| target.competence == *want.competence)?;
            (target.from <= level && level < target.to).then(|| MatchReason::Gain {
                competence: want.competence.clone(),
                from: level,
                to: target.to,
                goal: want.goal,
                origin: target.origin,
                evidence: want.estimate.evidence,
                points: gain(want, target.to, target.origin, weights),
            })
        })
        .collect();
    if let Some(metres) = metres {
        reasons.push(MatchReason::Distance { metres, points: distance_points(Some(metres), weights) });
    }
    if offer.modalities.contains(&Modality::Remote) {
        reasons.push(MatchReason::Remote);
    }
    let points = cost_points(payment, weights);
    let kinds = &offer.cost.kinds;
    let pass = wishes.passes.iter().find(|pass| offer.cost.passes.contains(pass));
    if kinds.contains(&CostKind::Free) {
        reasons.push(MatchReason::Free);
    } else if let Some(pass) = pass {
        reasons.push(MatchReason::Pass { pass: pass.clone() });
    } else if kinds.contains(&CostKind::Conditional) {
        reasons.push(MatchReason::Conditional { points });
    } else if kinds.contains(&CostKind::Paid) {
        reasons.push(MatchReason::Paid { points });
    }
    if !offer.audiences.is_empty() && wishes.audiences.is_empty() {
        reasons.push(MatchReason::OnlyFor { audiences: offer.audiences.clone() });
    }
    reasons
}
