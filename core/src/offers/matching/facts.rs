//! What offers say about wishes, packed: a wish is compared with a few bits and not with lists all over the memory, which
//! is what matching with a hundred thousand offers takes most of its time for.

use super::{Wish, Wishes};
use crate::id::Language;
use crate::offers::{Audience, CostKind, Date, Modality, Need, Offer};

/// The bit of all words beyond the 63 that have one each.
const OTHER: u64 = 1 << 63;

const FREE: u8 = 1 << (CostKind::Free as u8);
const CONDITIONAL: u8 = 1 << (CostKind::Conditional as u8);
const REMOTE: u8 = 1 << (Modality::Remote as u8);

/// One offer, packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    languages: u64,
    passes: u64,
    /// From the first day of the first period to the last of the last.
    span: Option<(Date, Date)>,
    audiences: u16,
    costs: u8,
    modalities: u8,
    needs: u8,
    /// Whether the span has gaps.
    several_periods: bool,
    /// Whether something above the lowest level is asked for.
    pub(super) has_prerequisites: bool,
}

/// The words that offers of a catalogue use, each a bit.
#[derive(Debug, Clone)]
pub(super) struct Words<T>(Vec<T>);

impl<T: PartialEq + Clone> Words<T> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    fn learn(&mut self, words: &[T]) -> u64 {
        let mut bits = 0;
        for word in words {
            let known = self.0.iter().position(|other| other == word);
            bits |= match known {
                Some(position) => 1 << position,
                None if self.0.len() < 63 => {
                    self.0.push(word.clone());
                    1 << (self.0.len() - 1)
                }
                None => OTHER,
            };
        }
        bits
    }

    /// What a wish for these words asks of offers; words that no offer has ask for nothing that is there.
    fn asked(&self, words: &[T]) -> u64 {
        let bit = |word: &T| match self.0.iter().position(|other| other == word) {
            Some(position) => 1 << position,
            None if self.0.len() == 63 => OTHER,
            None => 0,
        };
        words.iter().map(bit).fold(0, |bits, bit| bits | bit)
    }
}

fn bits<T: Copy>(members: &[T], number: fn(T) -> u8) -> u16 {
    members.iter().fold(0, |bits, member| bits | 1 << number(*member))
}

fn byte(bits: u16) -> u8 {
    bits as u8
}

impl Facts {
    pub(super) fn of(offer: &Offer, languages: &mut Words<Language>, passes: &mut Words<String>) -> Self {
        let first = offer.dates.iter().map(|period| period.start).min();
        let last = offer.dates.iter().map(|period| period.end.unwrap_or(period.start)).max();
        Self {
            languages: languages.learn(&offer.languages),
            passes: passes.learn(&offer.cost.passes),
            span: first.zip(last),
            audiences: bits(&offer.audiences, |audience: Audience| audience as u8),
            costs: byte(bits(&offer.cost.kinds, |kind: CostKind| kind as u8)),
            modalities: byte(bits(&offer.modalities, |modality: Modality| modality as u8)),
            needs: byte(bits(&offer.accessibility, |need: Need| need as u8)),
            several_periods: offer.dates.len() > 1,
            has_prerequisites: offer.prerequisites.iter().any(|prerequisite| prerequisite.level.number() > 1),
        }
    }

    /// Whether it can be followed from anywhere.
    pub(super) fn is_remote(&self) -> bool {
        self.modalities & REMOTE != 0
    }
}

/// Wishes, packed for one catalogue.
pub(super) struct Asked<'a> {
    wishes: &'a Wishes,
    languages: u64,
    passes: u64,
    audiences: u16,
    modalities: u8,
    needs: u8,
}

impl<'a> Asked<'a> {
    pub(super) fn new(wishes: &'a Wishes, languages: &Words<Language>, passes: &Words<String>) -> Self {
        Self {
            wishes,
            languages: languages.asked(&wishes.languages),
            passes: passes.asked(&wishes.passes),
            audiences: bits(&wishes.audiences, |audience: Audience| audience as u8),
            modalities: byte(bits(&wishes.modalities, |modality: Modality| modality as u8)),
            needs: byte(bits(&wishes.needs, |need: Need| need as u8)),
        }
    }

    /// Whether the offer takes a pass of the learner's.
    pub(super) fn takes_a_pass(&self, facts: &Facts, offer: &Offer) -> bool {
        let common = facts.passes & self.passes;
        // The last bit stands for several words: only the offer itself knows.
        common & !OTHER != 0 || common != 0 && self.wishes.passes.iter().any(|pass| offer.cost.passes.contains(pass))
    }

    /// Free for the learner, free under a condition, to be paid, or not said.
    pub(super) fn cost(&self, facts: &Facts, offer: &Offer) -> Payment {
        if facts.costs & FREE != 0 || self.passes != 0 && self.takes_a_pass(facts, offer) {
            Payment::Nothing
        } else if facts.costs == 0 {
            Payment::Unknown
        } else if facts.costs & CONDITIONAL != 0 {
            Payment::Conditional
        } else {
            Payment::Paid
        }
    }

    /// The wishes about which the offer says nothing, as bits of [`Wish`]; none if it breaks one. `metres` is how far it is.
    pub(super) fn unstated(&self, facts: &Facts, offer: &Offer, metres: Option<u32>) -> Option<u8> {
        let wishes = self.wishes;
        let mut unknown = 0;
        if !wishes.languages.is_empty() {
            let common = facts.languages & self.languages;
            if facts.languages == 0 {
                unknown |= Wish::Language.bit();
            } else if common & !OTHER == 0
                && (common == 0 || !offer.languages.iter().any(|language| wishes.languages.contains(language)))
            {
                return None;
            }
        }
        if wishes.free {
            match self.cost(facts, offer) {
                Payment::Nothing => {}
                // Free only for some: the learner has to ask whether they are among them.
                Payment::Unknown | Payment::Conditional => unknown |= Wish::Cost.bit(),
                Payment::Paid => return None,
            }
        }
        if !wishes.modalities.is_empty() {
            if facts.modalities == 0 {
                unknown |= Wish::Modality.bit();
            } else if facts.modalities & self.modalities == 0 {
                return None;
            }
        }
        match (wishes.near, wishes.within_metres, metres) {
            (Some(_), Some(limit), Some(metres)) if metres > limit && !facts.is_remote() => return None,
            (Some(_), Some(_), None) if !facts.is_remote() => unknown |= Wish::Distance.bit(),
            _ => {}
        }
        if self.audiences != 0 && facts.audiences != 0 && self.audiences & facts.audiences == 0 {
            return None;
        }
        if self.needs != 0 {
            if facts.needs == 0 {
                unknown |= Wish::Accessibility.bit();
            } else if self.needs & !facts.needs != 0 {
                return None;
            }
        }
        let suits = |start: Date, end: Date| {
            wishes.from.is_none_or(|from| end >= from) && wishes.until.is_none_or(|until| start <= until)
        };
        if let Some((start, end)) = facts.span {
            let one = |period: &crate::offers::Period| suits(period.start, period.end.unwrap_or(period.start));
            if !suits(start, end) || facts.several_periods && !offer.dates.iter().any(one) {
                return None;
            }
        }
        (unknown == 0 || !wishes.only_stated).then_some(unknown)
    }
}

/// What an offer costs the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payment {
    /// Nothing, or a pass that they have.
    Nothing,
    /// Nothing under a condition.
    Conditional,
    /// Money.
    Paid,
    /// It is not said.
    Unknown,
}
