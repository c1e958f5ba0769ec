//! Fixed forms: the same questions for everybody, as on paper.

use super::{Assessment, Ending, Instrument, Plan, Step};
use crate::bank::{Item, ItemKind};
use crate::framework::AreaDocument;
use crate::id::ItemId;
use crate::measure::{Belief, Loading, Probe, variance_reduction};

/// The first item of the plan's form that was not answered.
pub(super) fn step<'a>(instrument: &'a Instrument, assessment: &Assessment) -> Step<'a> {
    let open = |id: &&ItemId| !assessment.answers.iter().any(|answer| answer.item == **id);
    let next = assessment.plan.form.iter().find(open);
    match next.and_then(|id| instrument.bank().item(id)) {
        Some((_, item)) => Step::Ask(item),
        None => Step::Finished(Ending::Length),
    }
}

/// An item that can be put on a form.
struct Candidate<'a> {
    item: &'a Item,
    position: usize,
    area: usize,
    probe: &'a Probe,
}

/// What is on a form so far.
struct Form<'a> {
    chosen: Vec<Candidate<'a>>,
    /// Questions that each area gets at least.
    shares: Vec<usize>,
    /// All questions.
    length: usize,
}

impl Form<'_> {
    /// Whether the form may have this item too, where these are left to choose from.
    fn allows(&self, instrument: &Instrument, candidate: &Candidate<'_>, left: &[Candidate<'_>]) -> bool {
        let enemy = |other: usize| self.chosen.iter().any(|chosen| chosen.position == other);
        if instrument.bank().enemies_of(candidate.position).any(enemy) {
            return false;
        }
        let of = |area: usize| self.chosen.iter().filter(move |chosen| chosen.area == area);
        let own = of(candidate.area).count();
        let owed: usize =
            self.shares.iter().enumerate().map(|(area, share)| share.saturating_sub(of(area).count())).sum();
        let share = self.shares.get(candidate.area).copied().unwrap_or(0);
        if own >= share && self.chosen.len() + owed >= self.length {
            return false;
        }
        let others = |wanted: &dyn Fn(&Item) -> bool| {
            left.iter().any(|other| other.area == candidate.area && wanted(other.item))
        };
        if !candidate.item.has_right_answer() {
            // Self-reports alone cannot tell how leniently somebody rates: at most half of an area's questions.
            let reports = of(candidate.area).filter(|chosen| !chosen.item.has_right_answer()).count();
            return 2 * (reports + 1) <= (own + 1).max(share) || !others(&Item::has_right_answer);
        }
        // Orderings and matchings tell much, but a sheet full of them puts people off: at most a quarter.
        let composed = self.chosen.iter().filter(|chosen| is_composed(chosen.item)).count();
        let simple = |item: &Item| item.has_right_answer() && !is_composed(item);
        !is_composed(candidate.item) || composed < self.length.div_ceil(4) || !others(&simple)
    }
}

impl Instrument {
    /// The items of a fixed form for this plan: as many as the plan asks at most, the same for every area as far as that
    /// goes, at most half of an area's being self-reports and at most a quarter of all orderings and matchings, and no two
    /// that give each other away. One after the other, the
    /// item is taken that can be expected to lower the mean variance of the plan's competences most for the seconds that it
    /// takes, given those taken before (a Bayesian A-optimal design, greedy; Chaloner & Verdinelli 1995): an answer counts as a normal observation
    /// of η that explains the part of its variance that the answer is expected to explain. Of equals, the first in the
    /// bank. They come by area, from easy to hard.
    ///
    /// For people at a desk: no browser needs it.
    #[must_use]
    pub fn fixed_form(&self, plan: &Plan) -> Vec<ItemId> {
        let areas: Vec<&AreaDocument> = self.framework().areas().iter().filter(|area| covers(plan, area)).collect();
        let mut candidates: Vec<Candidate<'_>> = self
            .candidates()
            .enumerate()
            .filter(|(_, (item, _))| plan.covers(&item.competence))
            .filter_map(|(position, (item, probe))| {
                let area = areas.iter().position(|area| area.competences.contains(&item.competence))?;
                Some(Candidate { item, position, area, probe })
            })
            .collect();
        let length = usize::from(plan.most_questions()).min(candidates.len());
        let share = length.checked_div(areas.len()).unwrap_or(0);
        let in_area = |area: usize| candidates.iter().filter(|candidate| candidate.area == area).count();
        let shares = (0..areas.len()).map(|area| share.min(in_area(area))).collect();
        let mut form = Form { chosen: Vec::with_capacity(length), shares, length };
        let weights = self.weights(plan);
        let mut belief = self.infer(&[]).belief;
        let mut scratch = Vec::with_capacity(belief.traits());
        while form.chosen.len() < length {
            let mut best: Option<(usize, f64, f64)> = None;
            for (place, candidate) in candidates.iter().enumerate() {
                let gain = variance_reduction(candidate.probe, &belief, &weights, self.rule(), &mut scratch);
                // As on a screen, a person's time counts: without it, a sheet would be all matchings.
                let worth = gain / f64::from(candidate.item.seconds.max(1));
                if best.is_none_or(|(_, _, most)| worth > most) && form.allows(self, candidate, &candidates) {
                    best = Some((place, gain, worth));
                }
            }
            let Some((place, gain, _)) = best else { break };
            let taken = candidates.remove(place);
            belief = observed(belief, taken.probe.loading, &weights, gain);
            form.chosen.push(taken);
        }
        form.chosen.sort_by_key(|chosen| (chosen.area, chosen.item.level, chosen.position));
        form.chosen.into_iter().map(|chosen| chosen.item.id.clone()).collect()
    }

    /// Equal weights over the plan's competences.
    fn weights(&self, plan: &Plan) -> Vec<f64> {
        let weight = |id| if plan.covers(id) { 1.0 } else { 0.0 };
        self.framework().competences().iter().map(weight).collect()
    }
}

/// Whether an answer is put together from several parts in order.
fn is_composed(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Ordering { .. } | ItemKind::Matching { .. })
}

fn covers(plan: &Plan, area: &AreaDocument) -> bool {
    area.competences.iter().any(|id| plan.covers(id))
}

/// The belief after a normal observation of η that lowers the weighted sum of variances by `gain`: with s = Σw, its
/// variance v = wᵀΣw and the part r of v that is explained, gain = Σ_k weight_k·s_k²·r/v and Σ' = Σ − s·sᵀ·r/v.
fn observed(belief: Belief, loading: Loading, weights: &[f64], gain: f64) -> Belief {
    let covariance: Vec<f64> =
        (0..belief.traits()).map(|row| loading.traits().map(|column| belief.entry(row, column)).sum()).collect();
    let square: f64 = covariance.iter().zip(weights).map(|(s, weight)| weight * s * s).sum();
    if square <= 0.0 {
        return belief;
    }
    let shrink = gain / square;
    let traits = 0..belief.traits();
    let entries = traits.clone().flat_map(|row| traits.clone().map(move |column| (row, column)));
    let s = |index: usize| covariance.get(index).copied().unwrap_or(0.0);
    let lower = entries.map(|(row, column)| belief.entry(row, column) - shrink * s(row) * s(column)).collect();
    // An observation keeps a covariance definite; only rounding could spoil it, and then it says nothing.
    Belief::new(belief.means().to_vec(), lower).unwrap_or(belief)
}
