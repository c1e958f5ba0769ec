//! The results of a study: tallies by competence, by area and overall, length, exposure, and the curve over questions.

use serde::Serialize;

use super::{Comparison, Design, Person, Sitting, Tally};
use crate::assessment::{Ending, Instrument};
use crate::framework::AreaDocument;
use crate::id::{AreaId, CompetenceId, ItemId};
use crate::profile::{Estimate, Profile};
use crate::units::Thousandths;

/// Everything that is added up over people. Parts of a study merge to the whole in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    framework: Vec<AreaDocument>,
    people: u64,
    competences: Vec<(CompetenceId, Tally)>,
    areas: Vec<(AreaId, Tally)>,
    together: CurvePoint,
    /// How often each item was asked, in the order of the bank.
    exposure: Vec<(ItemId, u64)>,
    /// How many people answered 0, 1, 2 … questions.
    lengths: Vec<u64>,
    endings: [u64; 4],
    unsettled: u64,
    curve: Vec<CurvePoint>,
    comparisons: Vec<Comparison>,
}

/// Estimates after a number of questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CurvePoint {
    /// People who had answered so many; the others had finished, and count with what they were told then.
    pub people: u64,
    /// All competences.
    pub competences: Tally,
    /// All areas.
    pub areas: Tally,
    /// The mean over all competences.
    pub overall: Tally,
}

/// How long sittings were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lengths {
    /// Fewest questions.
    pub fewest: u64,
    /// Mean number of questions, thousandths of a question.
    pub mean: Thousandths,
    /// Most questions.
    pub most: u64,
    /// Sittings that ended because results were precise enough.
    pub precise: u64,
    /// Sittings that ended at the mode's number of questions.
    pub length: u64,
    /// Sittings that ended because the bank had no further question.
    pub exhausted: u64,
    /// Sittings that ended because further questions would have changed little.
    pub little_to_gain: u64,
}

impl CurvePoint {
    fn add(&mut self, areas: &[AreaDocument], person: &Person, profile: &Profile) {
        let truths = Truths { areas, person, profile };
        self.competences.add(truths.competences());
        self.areas.add(truths.areas());
        self.overall.add(truths.overall());
    }

    fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.competences.merge(&other.competences);
        self.areas.merge(&other.areas);
        self.overall.merge(&other.overall);
    }
}

impl Results {
    pub(super) fn empty(instrument: &Instrument, design: &Design, compared: bool) -> Self {
        let framework = instrument.framework();
        let planned = |area: &&AreaDocument| area.competences.iter().any(|id| design.plan.covers(id));
        let competences = framework.competences().iter().filter(|id| design.plan.covers(id));
        let most = usize::from(instrument.expected_length(&design.plan).questions);
        Self {
            framework: framework.areas().to_vec(),
            people: 0,
            competences: competences.map(|id| (id.clone(), Tally::default())).collect(),
            areas: framework.areas().iter().filter(planned).map(|area| (area.id.clone(), Tally::default())).collect(),
            together: CurvePoint::default(),
            exposure: instrument.bank().items().iter().map(|item| (item.id.clone(), 0)).collect(),
            lengths: vec![0; most + 1],
            endings: [0; 4],
            unsettled: 0,
            comparisons: if compared { Comparison::none() } else { Vec::new() },
            curve: if design.curve { vec![CurvePoint::default(); most + 1] } else { Vec::new() },
        }
    }

    /// Adds a person.
    pub fn add(&mut self, sitting: &Sitting) {
        let Sitting { person, assessment, ending, profile, course, settled, told } = sitting;
        let truths = Truths { areas: &self.framework, person, profile };
        for ((_, tally), pair) in self.competences.iter_mut().zip(truths.competences()) {
            tally.add(std::iter::once(pair));
        }
        for ((_, tally), pair) in self.areas.iter_mut().zip(truths.areas()) {
            tally.add(std::iter::once(pair));
        }
        self.people += 1;
        self.together.people += 1;
        self.together.add(&self.framework, person, profile);
        for answer in &assessment.answers {
            if let Some((_, times)) = self.exposure.iter_mut().find(|(item, _)| *item == answer.item) {
                *times += 1;
            }
        }
        if let Some(count) = self.lengths.get_mut(assessment.answers.len()) {
            *count += 1;
        }
        let ending = match ending {
            Ending::Precise => 0,
            Ending::Length => 1,
            Ending::Exhausted => 2,
            Ending::LittleToGain => 3,
        };
        if let Some(count) = self.endings.get_mut(ending) {
            *count += 1;
        }
        self.unsettled += u64::from(!settled);
        let competences: Vec<f64> = truths.competences().map(|(truth, _)| truth).collect();
        for (comparison, told) in self.comparisons.iter_mut().zip(told) {
            comparison.add(&competences, told);
        }
        for (questions, point) in self.curve.iter_mut().enumerate() {
            point.people += u64::from(course.get(questions).is_some());
            point.add(&self.framework, person, course.get(questions).unwrap_or(profile));
        }
    }

    /// Adds another part of the same study.
    pub fn merge(&mut self, other: &Self) {
        fn all<T, U>(mine: &mut [T], theirs: &[U], add: impl Fn(&mut T, &U)) {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| add(mine, theirs));
        }
        self.people += other.people;
        all(&mut self.competences, &other.competences, |mine, theirs| mine.1.merge(&theirs.1));
        all(&mut self.areas, &other.areas, |mine, theirs| mine.1.merge(&theirs.1));
        self.together.merge(&other.together);
        all(&mut self.exposure, &other.exposure, |mine, theirs| mine.1 += theirs.1);
        all(&mut self.lengths, &other.lengths, |mine, theirs| *mine += theirs);
        all(&mut self.endings, &other.endings, |mine, theirs| *mine += theirs);
        self.unsettled += other.unsettled;
        all(&mut self.comparisons, &other.comparisons, Comparison::merge);
        all(&mut self.curve, &other.curve, CurvePoint::merge);
    }

    /// How many people sat.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people
    }

    /// Each competence of the plan, in the order of the framework.
    #[must_use]
    pub fn competences(&self) -> &[(CompetenceId, Tally)] {
        &self.competences
    }

    /// Each area of the plan, in the order of the framework.
    #[must_use]
    pub fn areas(&self) -> &[(AreaId, Tally)] {
        &self.areas
    }

    /// All competences of the plan together.
    #[must_use]
    pub fn competences_together(&self) -> &Tally {
        &self.together.competences
    }

    /// All areas of the plan together.
    #[must_use]
    pub fn areas_together(&self) -> &Tally {
        &self.together.areas
    }

    /// The mean over all competences of the plan.
    #[must_use]
    pub fn overall(&self) -> &Tally {
        &self.together.overall
    }

    /// How often each item was asked, in the order of the bank.
    #[must_use]
    pub fn exposure(&self) -> &[(ItemId, u64)] {
        &self.exposure
    }

    /// How many people's last inference did not settle.
    #[must_use]
    pub fn unsettled(&self) -> u64 {
        self.unsettled
    }

    /// What other ways to ask would have told the same people; empty unless the study compares.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Estimates after 0, 1, 2 … questions; empty unless the design asks for them. Ends with the longest sitting.
    #[must_use]
    pub fn curve(&self) -> &[CurvePoint] {
        let reached = self.curve.iter().take_while(|point| point.people > 0).count();
        self.curve.get(..reached).unwrap_or(&[])
    }

    /// How long sittings were.
    #[must_use]
    pub fn lengths(&self) -> Lengths {
        let counted = || (0_u64..).zip(&self.lengths).filter(|(_, people)| **people > 0);
        let questions: u64 = counted().map(|(length, people)| length * people).sum();
        let [precise, length, exhausted, little_to_gain] = self.endings;
        Lengths {
            fewest: counted().next().map_or(0, |(length, _)| length),
            mean: Thousandths::from_f64(questions as f64 / self.people.max(1) as f64),
            most: counted().last().map_or(0, |(length, _)| length),
            precise,
            length,
            exhausted,
            little_to_gain,
        }
    }
}

/// Estimates beside the truth about what they estimate.
#[derive(Clone, Copy)]
struct Truths<'a> {
    areas: &'a [AreaDocument],
    person: &'a Person,
    profile: &'a Profile,
}

impl<'a> Truths<'a> {
    /// The truth about a competence; competences are counted area by area.
    fn of(self, competence: &CompetenceId) -> f64 {
        let mut ids = self.areas.iter().flat_map(|area| &area.competences);
        let position = ids.position(|id| id == competence).unwrap_or_default();
        self.person.competences.get(position).copied().unwrap_or(0.0)
    }

    fn competences(self) -> impl Iterator<Item = (f64, &'a Estimate)> {
        self.profile.competences.iter().map(move |result| (self.of(&result.competence), &result.estimate))
    }

    /// An area is the mean of those of its competences that the plan has.
    fn areas(self) -> impl Iterator<Item = (f64, &'a Estimate)> {
        self.profile.areas.iter().map(move |result| {
            let members = self.areas.iter().find(|area| area.id == result.area).map(|area| &area.competences);
            let planned = self.profile.competences.iter().map(|result| &result.competence);
            let of_area = planned.filter(|id| members.is_some_and(|members| members.contains(id)));
            (mean(of_area.map(|id| self.of(id))), &result.estimate)
        })
    }

    fn overall(self) -> impl Iterator<Item = (f64, &'a Estimate)> {
        let truth = mean(self.competences().map(|(truth, _)| truth));
        std::iter::once((truth, &self.profile.overall))
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    if count > 0.0 { sum / count } else { 0.0 }
}
