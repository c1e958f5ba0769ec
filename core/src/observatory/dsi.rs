//! The Digital Skills Indicator 2.0 of Eurostat: thirty activities of the last three months in five areas.
//!
//! Rule: Eurostat, isoc_sk_dskl_i21 (methodology of the Digital Skills Indicator 2.0, 2021). A DigComp profile says nothing
//! about it, nor it about a profile: it counts what people did, not how well they can do it.

use serde::{Deserialize, Serialize};

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
    /// The least class that is counted.
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
