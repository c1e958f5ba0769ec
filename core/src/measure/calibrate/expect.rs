//! The expectation step: what everybody's posterior adds up to.

use super::answers::Answers;
use super::crew::Crew;
use super::person::Reader;
use super::scene::Scene;

/// Most parts that people are split into; the parts, and the order in which they are added, never depend on the crew.
const PARTS: usize = 16;
/// Fewest people of a part.
const FEWEST: usize = 64;
/// Most memory for the results of all parts, in numbers of eight bytes.
const MOST_NUMBERS: usize = 32 << 20;

/// Expected complete-data statistics.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    /// Expected number of people who gave each answer at each point of the item's axis.
    pub(super) counts: Vec<f64>,
    pub(super) groups: Vec<Moments>,
    pub(super) log_likelihood: f64,
    /// People whose posterior did not settle.
    pub(super) unsettled: u64,
}

/// Σ E\[x\] and Σ E\[xxᵀ\] over the people of a group.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    pub(super) people: f64,
    pub(super) first: Vec<f64>,
    pub(super) second: Vec<f64>,
}

impl Sums {
    fn none(scene: &Scene<'_>) -> Self {
        let empty =
            |traits: usize| Moments { people: 0.0, first: vec![0.0; traits], second: vec![0.0; traits * traits] };
        Self {
            counts: vec![0.0; scene.table_length()],
            groups: scene.groups.iter().map(|group| empty(group.belief.traits())).collect(),
            log_likelihood: 0.0,
            unsettled: 0,
        }
    }

    fn add(&mut self, other: &Self) {
        add(&mut self.counts, &other.counts);
        for (own, other) in self.groups.iter_mut().zip(&other.groups) {
            own.people += other.people;
            add(&mut own.first, &other.first);
            add(&mut own.second, &other.second);
        }
        self.log_likelihood += other.log_likelihood;
        self.unsettled += other.unsettled;
    }
}

/// Adds a vector to another.
pub(super) fn add(sums: &mut [f64], more: &[f64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// Reads everybody in parts of neighbours, each part into sums of its own (`numbers` of them, to bound memory).
pub(super) fn in_parts<T: Send>(
    answers: &Answers,
    crew: &impl Crew,
    numbers: usize,
    read: impl Fn(std::ops::Range<usize>) -> T + Sync,
) -> Vec<T> {
    let people = answers.people();
    let most = (MOST_NUMBERS / numbers.max(1)).clamp(2, PARTS).min(people.div_ceil(FEWEST).max(1));
    let size = people.div_ceil(most);
    crew.share(most, |part| read((part * size).min(people)..((part + 1) * size).min(people)))
}

/// The expectation step over all people, whose posteriors are found to this tolerance.
pub(super) fn expect(scene: &Scene<'_>, answers: &Answers, tolerance: f64, crew: &impl Crew) -> Sums {
    let parts = in_parts(answers, crew, scene.table_length(), |people| {
        let mut sums = Sums::none(scene);
        let Some(mut reader) = Reader::new(scene, tolerance) else { return sums };
        for row in answers.rows(people) {
            reader.read(row);
            sums.log_likelihood += reader.log_likelihood;
            sums.unsettled += u64::from(!reader.settled);
            for seen in reader.seen() {
                let entries = row.items.iter().zip(row.categories).take(seen.entries.end).skip(seen.entries.start);
                for (item, category) in entries {
                    let start = scene.row_start(*item, *category);
                    if let Some(counts) = sums.counts.get_mut(start..start + seen.posterior.len()) {
                        add(counts, seen.posterior);
                    }
                }
            }
            let Some(group) = sums.groups.get_mut(row.group) else { continue };
            group.people += 1.0;
            let means = reader.belief.means();
            add(&mut group.first, means);
            add(&mut group.second, reader.belief.covariance());
            for (line, mean) in group.second.chunks_exact_mut(means.len()).zip(means) {
                for (entry, other) in line.iter_mut().zip(means) {
                    *entry += mean * other;
                }
            }
        }
        sums
    });
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap_or_else(|| Sums::none(scene));
    for part in parts {
        whole.add(&part);
    }
    whole
}
