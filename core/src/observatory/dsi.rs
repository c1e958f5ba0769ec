//! The Digital Skills Indicator 2.0 of Eurostat: thirty activities of the last three months in five areas.
//!
//! Rule: Eurostat, isoc_sk_dskl_i21 (methodology of the Digital Skills Indicator 2.0, 2021). Whoever has not used the internet
//! in the last three months is not assessed, and counts among everybody that shares are of. A DigComp profile says nothing
//! about it, nor it about a profile: it counts what people did, not how well they can do it.

use serde::{Deserialize, Serialize};

use super::{Count, Policy, Published, protect};

/// How many activities are asked about.
pub const ACTIVITIES: usize = 30;

/// An area of the indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Information and data literacy.
    Information,
    /// Communication and collaboration.
    Communication,
    /// Digital content creation.
    Creation,
    /// Safety.
    Safety,
    /// Problem solving.
    ProblemSolving,
}

impl Area {
    /// The areas in order.
    pub const ALL: [Self; 5] =
        [Self::Information, Self::Communication, Self::Creation, Self::Safety, Self::ProblemSolving];

    /// How many activities are asked about.
    #[must_use]
    pub fn activities(self) -> u8 {
        match self {
            Self::Information => 4,
            Self::Communication | Self::Safety => 6,
            Self::Creation | Self::ProblemSolving => 7,
        }
    }

    /// The class of an area: none for no activity; above basic from 2 (information, communication) or 3.
    #[must_use]
    pub fn class(self, activities: u8) -> AreaClass {
        let above = match self {
            Self::Information | Self::Communication => 2,
            Self::Creation | Self::Safety | Self::ProblemSolving => 3,
        };
        match activities {
            0 => AreaClass::None,
            count if count >= above => AreaClass::AboveBasic,
            _ => AreaClass::Basic,
        }
    }
}

/// The class of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaClass {
    /// No activity.
    None,
    /// Some.
    Basic,
    /// Several.
    AboveBasic,
}

/// The class over all areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overall {
    /// No or one area.
    None,
    /// Two areas.
    Limited,
    /// Three areas.
    Narrow,
    /// Four areas.
    Low,
    /// All five areas, not all above basic.
    Basic,
    /// All five areas above basic.
    AboveBasic,
}

impl AreaClass {
    /// The classes, lowest first.
    pub const ALL: [Self; 3] = [Self::None, Self::Basic, Self::AboveBasic];
}

impl Overall {
    /// The classes, lowest first.
    pub const ALL: [Self; 6] = [Self::None, Self::Limited, Self::Narrow, Self::Low, Self::Basic, Self::AboveBasic];
}

/// The class over all areas, from the number of activities in each, in the order of [`Area::ALL`].
#[must_use]
pub fn overall(activities: [u8; 5]) -> Overall {
    let classes = Area::ALL.iter().zip(activities).map(|(area, count)| area.class(count));
    let (mut any, mut above) = (0, 0);
    for class in classes {
        any += u8::from(class >= AreaClass::Basic);
        above += u8::from(class == AreaClass::AboveBasic);
    }
    match (any, above) {
        (5, 5) => Overall::AboveBasic,
        (5, _) => Overall::Basic,
        (4, _) => Overall::Low,
        (3, _) => Overall::Narrow,
        (2, _) => Overall::Limited,
        _ => Overall::None,
    }
}

/// Thirty answers, in the order of the activities; bit 0 is the first.
#[must_use]
pub fn counts(answers: u32) -> [u8; 5] {
    let mut left = answers;
    Area::ALL.map(|area| {
        let mask = (1_u32 << area.activities()) - 1;
        let count = (left & mask).count_ones();
        left >>= area.activities();
        u8::try_from(count).unwrap_or(u8::MAX)
    })
}

/// What a person answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// Whether they used the internet in the last three months.
    pub internet: bool,
    /// The activities in their order, the first in bit 0.
    pub activities: u32,
}

impl Answers {
    /// The class over all areas; none if they are not assessed.
    #[must_use]
    pub fn overall(self) -> Option<Overall> {
        self.internet.then(|| overall(counts(self.activities)))
    }

    /// The class of each area, in the order of [`Area::ALL`]; none if they are not assessed.
    #[must_use]
    pub fn areas(self) -> Option<[AreaClass; 5]> {
        let counts = counts(self.activities);
        let mut at = Area::ALL.iter().zip(counts).map(|(area, count)| area.class(count));
        self.internet.then(|| [(); 5].map(|()| at.next().unwrap_or(AreaClass::None)))
    }
}

/// A group's answers, counted. **Not for publication**; see [`Group::protected`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Not assessed, then [`Overall::ALL`].
    overall: [Count; 7],
    /// Not assessed, then [`AreaClass::ALL`], for each area.
    areas: [[Count; 4]; 5],
}

/// A group's classes as they may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Protected {
    /// Categories: 0 not assessed, 1 to 6 [`Overall::ALL`].
    pub overall: Published,
    /// Categories: 0 not assessed, 1 to 3 [`AreaClass::ALL`], in the order of [`Area::ALL`].
    pub areas: [Published; 5],
}

impl Group {
    /// Adds a person.
    pub fn add(&mut self, answers: Answers, key: u64) {
        let one = Count::one(key);
        let place = answers.overall().map_or(0, |class| class as usize + 1);
        if let Some(count) = self.overall.get_mut(place) {
            *count = count.plus(one);
        }
        let classes = answers.areas().map_or([0; 5], |classes| classes.map(|class| class as usize + 1));
        for (row, place) in self.areas.iter_mut().zip(classes) {
            if let Some(count) = row.get_mut(place) {
                *count = count.plus(one);
            }
        }
    }

    /// Protects the counts. Every row counts everybody.
    #[must_use]
    pub fn protected(&self, policy: Policy) -> Protected {
        Protected {
            overall: protect(&self.overall, policy),
            areas: self.areas.each_ref().map(|row| protect(row, policy)),
        }
    }
}

impl Protected {
    /// The share of everybody who is at least in this class, hundredths of a per cent; none where the published groups do
    /// not part there.
    #[must_use]
    pub fn share_at_least(&self, class: Overall) -> Option<u16> {
        share_from(&self.overall, class as usize + 1)
    }

    /// The same for an area.
    #[must_use]
    pub fn area_share_at_least(&self, area: Area, class: AreaClass) -> Option<u16> {
        share_from(self.areas.get(area as usize)?, class as usize + 1)
    }
}

fn share_from(row: &Published, category: usize) -> Option<u16> {
    let all: u64 = row.groups.iter().map(|group| group.people).sum();
    let parts = row.groups.iter().any(|group| group.first == category);
    let above: u64 = row.groups.iter().filter(|group| group.first >= category).map(|group| group.people).sum();
    if all == 0 || !parts { None } else { u16::try_from((above * 10_000 + all / 2) / all).ok() }
}

/// Published figures to show beside a group's own (`published.json`), in hundredths of a per cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishedFigures {
    /// Where they come from.
    pub source: String,
    /// What to know before repeating them.
    pub note: String,
    /// The figures.
    pub figures: Vec<PublishedFigure>,
}

/// A published figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishedFigure {
    /// Territory as Eurostat codes it.
    pub territory: String,
    /// Year of the survey.
    pub year: u16,
    /// The area; none over all areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// The least class that is counted; for an area, basic or above basic.
    pub at_least: Overall,
    /// Share of people aged 16 to 74, hundredths of a per cent.
    pub share: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eurostat's rule read again, area by area, as a table.
    fn oracle(counts: [u8; 5]) -> &'static str {
        let basic_or_more = counts.iter().filter(|count| **count >= 1).count();
        let [information, communication, creation, safety, problems] = counts;
        if information > 1 && communication > 1 && creation > 2 && safety > 2 && problems > 2 {
            return "above-basic";
        }
        ["none", "none", "limited", "narrow", "low", "basic"][basic_or_more]
    }

    #[test]
    fn every_number_of_activities_gives_eurostats_class() {
        let mut patterns = 0;
        let all = |area: Area| 0..=area.activities();
        for information in all(Area::Information) {
            for communication in all(Area::Communication) {
                for creation in all(Area::Creation) {
                    for safety in all(Area::Safety) {
                        for problems in all(Area::ProblemSolving) {
                            let counts = [information, communication, creation, safety, problems];
                            let class = serde_json::to_value(overall(counts)).unwrap();
                            assert_eq!(class, oracle(counts), "{counts:?}");
                            patterns += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(patterns, 5 * 7 * 8 * 7 * 8);
    }

    /// The rule as Statistics Netherlands publishes it ("(Above) basic digital skills", cbs.nl, 2023): in information and in
    /// communication one activity is basic and two are above; in the three other areas one or two are basic, three above.
    #[test]
    fn the_published_thresholds_of_areas_are_kept() {
        let above_from = [2, 2, 3, 3, 3];
        for (area, above) in Area::ALL.into_iter().zip(above_from) {
            assert_eq!(area.class(0), AreaClass::None);
            for count in 1..=area.activities() {
                let expected = if count < above { AreaClass::Basic } else { AreaClass::AboveBasic };
                assert_eq!(area.class(count), expected, "{area:?} {count}");
            }
        }
    }

    /// Eurostat's reduced form: three activities an area decide every class. All their patterns, spread over the thirty bits,
    /// with the first and with the last activities of each area.
    #[test]
    fn all_patterns_of_a_reduced_form_give_eurostats_class_wherever_their_bits_stand() {
        let starts = [0_u32, 4, 10, 17, 23];
        for pattern in 0_u32..1 << 15 {
            let chosen: [u32; 5] = [0, 1, 2, 3, 4].map(|area| (pattern >> (3 * area)) & 0b111);
            let expected = oracle(chosen.map(|bits| u8::try_from(bits.count_ones()).unwrap()));
            for last in [false, true] {
                let mut activities = 0;
                for ((area, start), bits) in Area::ALL.iter().zip(starts).zip(chosen) {
                    let shift = if last { u32::from(area.activities()) - 3 } else { 0 };
                    activities |= bits << (start + shift);
                }
                let class = Answers { internet: true, activities }.overall();
                assert_eq!(serde_json::to_value(class).unwrap(), expected, "{activities:030b}");
            }
        }
        assert_eq!(Answers { internet: false, activities: u32::MAX }.overall(), None);
    }

    #[test]
    fn a_share_is_told_only_where_the_published_groups_part() {
        let mut group = Group::default();
        let everything = (1 << 30) - 1;
        for (people, answers) in [
            (30, Answers { internet: true, activities: everything }),
            (25, Answers { internet: true, activities: 0b1 }),
            (40, Answers { internet: false, activities: 0 }),
        ] {
            for person in 0..people {
                group.add(answers, person * 1_234_567 + people);
            }
        }
        let shown = group.protected(Policy::default());
        let limited = shown.share_at_least(Overall::Limited).unwrap();
        assert!((2_500..=3_800).contains(&limited), "{limited}");
        // Nobody is between limited and basic: these classes are in one group with those above basic.
        assert_eq!(shown.share_at_least(Overall::Basic), None);
        assert_eq!(Group::default().protected(Policy::default()).share_at_least(Overall::Basic), None);
    }

    #[test]
    fn thirty_bits_are_counted_by_area() {
        assert_eq!(Area::ALL.iter().map(|area| area.activities()).sum::<u8>(), 30);
        assert_eq!(counts((1 << 30) - 1), [4, 6, 7, 6, 7]);
        for bit in 0..30 {
            let area = [4, 10, 17, 23, 30].iter().position(|end| bit < *end).unwrap();
            let mut expected = [0; 5];
            expected[area] = 1;
            assert_eq!(counts(1 << bit), expected, "{bit}");
        }
        assert_eq!(counts(0b11 << 30), [0; 5]);
    }
}
