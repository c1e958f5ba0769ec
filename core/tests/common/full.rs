//! Sittings of the whole population model, 21 competences and five leniencies, for the comparison with a sampler.
//!
//! The program that samples (`examples/posterior_oracle.rs`) and the test that compares make the same sittings from the
//! same seeds.

use skills_passport::measure::{Belief, Loading, Probe, ResponseModel, population};

use super::{Random, model};

/// An answered item.
pub(crate) type Answered = (Probe, u8);

/// Competences of the five areas, as in the shipped framework.
const SIZES: [usize; 5] = [3, 6, 4, 4, 4];

/// The area of each competence.
pub(crate) fn areas() -> Vec<usize> {
    SIZES.iter().enumerate().flat_map(|(area, size)| std::iter::repeat_n(area, *size)).collect()
}

/// The prior of the design: 26 traits.
pub(crate) fn prior() -> Belief {
    population(&serde_json::from_value(model()).unwrap(), &areas()).unwrap()
}

/// Lower triangular L with L·Lᵀ = the covariance (Cholesky), row by row.
pub(crate) fn factor(belief: &Belief) -> Vec<Vec<f64>> {
    let n = belief.traits();
    let mut l = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let rest = belief.entry(i, j) - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
            l[i][j] = if i == j { rest.sqrt() } else { rest / l[j][j] };
        }
    }
    l
}

/// η of an item at these traits.
pub(crate) fn eta(x: &[f64], loading: Loading) -> f64 {
    loading.traits().map(|number| x[number]).sum()
}

/// A sitting to compare on.
pub(crate) struct FullSitting {
    pub(crate) name: &'static str,
    pub(crate) answers: Vec<Answered>,
}

/// Who answers, and how.
enum Who {
    /// Somebody drawn from the prior; one answer in so many is "I don't know" (0: none).
    Drawn { dont_know: usize },
    /// Somebody with this level everywhere, who rates themselves so much higher.
    At { level: f64, leniency: f64 },
    /// The highest answer to everything.
    Best,
    /// "I don't know" to everything.
    NothingKnown,
    /// Any answer.
    AtRandom,
}

/// What is asked.
struct Asked {
    count: usize,
    /// Discriminations, per level.
    slopes: (f64, f64),
    /// Of ten items, so many are self-reports and so many have partial credit; the others are questions.
    kinds: (usize, usize),
    /// The competences asked about, in turn.
    about: std::ops::Range<usize>,
}

const USUAL: Asked = Asked { count: 30, slopes: (0.6, 1.6), kinds: (5, 1), about: 0..21 };

/// All of them.
pub(crate) fn sittings() -> Vec<FullSitting> {
    let steep = (1.8, 3.0);
    [
        ("30 answers", Asked { ..USUAL }, Who::Drawn { dont_know: 8 }),
        ("60 answers", Asked { count: 60, ..USUAL }, Who::Drawn { dont_know: 8 }),
        ("84 answers", Asked { count: 84, ..USUAL }, Who::Drawn { dont_know: 8 }),
        ("84 answers without self-reports", Asked { count: 84, kinds: (0, 2), ..USUAL }, Who::Drawn { dont_know: 0 }),
        ("generous self-reports", Asked { count: 42, ..USUAL }, Who::At { level: 2.5, leniency: 2.0 }),
        (
            "self-reports only, modest",
            Asked { count: 42, kinds: (10, 0), ..USUAL },
            Who::At { level: 5.0, leniency: -1.5 },
        ),
        ("everything right", Asked { ..USUAL }, Who::Best),
        ("84 times everything right", Asked { count: 84, ..USUAL }, Who::Best),
        ("nothing known", Asked { count: 42, ..USUAL }, Who::NothingKnown),
        ("answers at random", Asked { count: 60, ..USUAL }, Who::AtRandom),
        ("one area only", Asked { about: 0..3, ..USUAL }, Who::Drawn { dont_know: 0 }),
        ("steep items", Asked { count: 60, slopes: steep, ..USUAL }, Who::Drawn { dont_know: 8 }),
    ]
    .into_iter()
    .zip(1_u64..)
    .map(|((name, asked, who), seed)| FullSitting { name, answers: answers(&asked, &who, &mut Random(1000 * seed)) })
    .collect()
}

fn answers(asked: &Asked, who: &Who, random: &mut Random) -> Vec<Answered> {
    let (prior, areas) = (prior(), areas());
    let person = person(who, &prior, random);
    (0..asked.count)
        .map(|number| {
            let competence = asked.about.start + number % asked.about.len();
            let probe = probe(asked, competence, areas.len() + areas[competence], random);
            let at = eta(&person, probe.loading);
            let category = match who {
                Who::Best => (probe.model.categories() - 1) as u8,
                Who::NothingKnown => 0,
                Who::AtRandom => random.below(probe.model.categories()) as u8,
                Who::Drawn { dont_know } if *dont_know > 0 && random.below(*dont_know) == 0 => 0,
                Who::Drawn { .. } | Who::At { .. } => random.category(&probe.model, at),
            };
            (probe, category)
        })
        .collect()
}

fn person(who: &Who, prior: &Belief, random: &mut Random) -> Vec<f64> {
    if let Who::At { level, leniency } = who {
        let competences = areas().len();
        return (0..prior.traits()).map(|number| if number < competences { *level } else { *leniency }).collect();
    }
    let z: Vec<f64> = (0..prior.traits()).map(|_| random.normal()).collect();
    let along = |row: &Vec<f64>| row.iter().zip(&z).map(|(l, z)| l * z).sum::<f64>();
    factor(prior).iter().zip(prior.means()).map(|(row, mean)| mean + along(row)).collect()
}

fn probe(asked: &Asked, competence: usize, leniency: usize, random: &mut Random) -> Probe {
    let (kind, slope) = (random.below(10), random.between(asked.slopes.0, asked.slopes.1));
    let (location, one, two) = (random.between(0.5, 7.0), random.between(0.6, 2.0), random.between(0.6, 2.0));
    let bounds = [location - one, location, location + two];
    let (reports, credits) = asked.kinds;
    let (leniency, model) = if kind < reports {
        (Some(leniency), ResponseModel::graded(slope, &bounds, 0.5))
    } else if kind < reports + credits {
        (None, ResponseModel::partial_credit(slope, &bounds, 0.5))
    } else {
        let options = [3.0, 4.0, 5.0][random.below(3)];
        (None, ResponseModel::logistic(slope, location, 1.0 / options, 0.5))
    };
    Probe { loading: Loading { competence, leniency }, model }
}
