//! Differential item functioning: whether an item is harder, or tells less, for one group than for another of the same level.
//!
//! A score test (Lagrange multipliers; Rao 1948, for item response models Glas 1998): the items' parameters are common, each
//! group has its own population, and the question is how steeply the likelihood would rise if one item's location and slope
//! were free in the other groups. No model is fitted for each item.

use super::crew::Crew;
use super::curve::Freedom;
use super::information::{Errors, Parameters};
use super::iterate::Problem;
use super::scores::GroupScores;
use crate::measure::linear::{Cholesky, dot};

/// Fewest answers of every group to an item that is tested.
const FEWEST: u64 = 50;
/// Largest share of false findings among what is found (Benjamini & Hochberg 1995).
const FALSE_SHARE: f64 = 0.05;
/// Smallest difference that matters, in levels.
const NOTABLE: f64 = 0.25;

/// What the test says of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupDifference {
    /// The item's number.
    pub item: usize,
    /// Statistic of the test, distributed as χ² where groups do not differ.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub freedom: u32,
    /// Probability of such a statistic or a larger one where groups do not differ.
    pub p: f64,
    /// The same, corrected for the number of items tested (Benjamini & Hochberg 1995).
    pub adjusted_p: f64,
    /// For each group but the first: how much higher the item lies for it than for the first, in levels, by one Newton step.
    pub shifts: Vec<f64>,
    /// Standard errors of the shifts, in levels.
    pub shift_errors: Vec<f64>,
    /// Whether the corrected probability is below 0.05 and a shift is a quarter of a level or more.
    pub differs: bool,
}

/// Most items that are taken out of the comparison of groups because they differ.
const MOST_APART: usize = 50;
/// Times that this is done again with what was then found.
const ROUNDS: usize = 3;

/// How the likelihood would rise if one item's location and slope were free in all groups but the first.
#[derive(Debug)]
struct Change {
    item: usize,
    cluster: usize,
    /// First of the item's parameters in its cluster.
    from: usize,
    /// What moves together: all bounds; and ln a where it is free.
    directions: Vec<Vec<f64>>,
    /// By direction, then group.
    gradient: Vec<f64>,
    /// Products of each with all parameters of the cluster, and the same by the inverse of their information.
    products: Vec<Vec<f64>>,
    explained: Vec<Vec<f64>>,
}

/// Tests every item that enough people of every group answered. `counts` are answers by item and group.
///
/// Items that are found to differ would make groups seem farther apart or nearer than they are, and with that sound items
/// suspicious. So all are tested again with the changes of those free, until the same ones are found.
pub(super) fn differences<C: Crew>(
    problem: &Problem<'_, C>,
    parameters: &Parameters,
    scores: &[GroupScores],
    errors: &Errors,
    counts: &[Vec<u64>],
) -> Vec<GroupDifference> {
    if scores.len() < 2 {
        return Vec::new();
    }
    let changes = problem.crew.share(counts.len(), |item| {
        let enough = counts.get(item).is_some_and(|counts| counts.iter().all(|count| *count >= FEWEST));
        enough.then(|| change(problem, parameters, scores, errors, item)).flatten()
    });
    let changes: Vec<Change> = changes.into_iter().flatten().collect();
    let groups = scores.len() - 1;
    let mut found: Vec<GroupDifference> = Vec::new();
    for _ in 0..ROUNDS {
        let differ = |found: &[GroupDifference]| -> Vec<usize> {
            found.iter().filter(|test| test.differs).map(|test| test.item).take(MOST_APART).collect()
        };
        let apart = differ(&found);
        let tested = problem.crew.share(changes.len(), |number| {
            let own = changes.get(number)?;
            let others = changes
                .iter()
                .filter(|other| other.item != own.item && other.cluster == own.cluster && apart.contains(&other.item));
            test(own, others.collect(), groups)
        });
        found = tested.into_iter().flatten().collect();
        adjust(&mut found);
        if differ(&found) == apart {
            break;
        }
    }
    found
}

fn change<C: Crew>(
    problem: &Problem<'_, C>,
    parameters: &Parameters,
    scores: &[GroupScores],
    errors: &Errors,
    item: usize,
) -> Option<Change> {
    let start = problem.starts.get(item)?;
    let (first, count) = parameters.item(item);
    let slope = |free: f64, rest: f64| -> Vec<f64> { (0..count).map(|at| if at == 0 { free } else { rest }).collect() };
    let directions = match start.freedom {
        Freedom::Nothing => return None,
        Freedom::Bounds => vec![vec![1.0; count]],
        Freedom::All => vec![slope(0.0, 1.0), slope(1.0, 0.0)],
    };
    let cluster = parameters.cluster_of(item);
    let (origin, width) = *errors.clusters.get(cluster)?;
    let inverse = errors.inverses.get(cluster)?.as_ref()?;
    let from = first - origin;
    let people: f64 = scores.iter().map(|group| group.people).sum();
    let surplus = people / (people - width as f64 - 1.0).max(1.0);
    let (mut gradient, mut products) = (Vec::new(), Vec::new());
    for direction in &directions {
        for group in scores.iter().skip(1) {
            gradient.push(dot(direction, group.sum.get(first..first + count)?));
            let cross = group.cross.get(cluster)?;
            let mut product = vec![0.0; width];
            for (offset, weight) in direction.iter().enumerate() {
                for (column, entry) in product.iter_mut().enumerate() {
                    let (row, column) = ((from + offset).max(column), (from + offset).min(column));
                    *entry += surplus * weight * cross.get(row * width + column)?;
                }
            }
            products.push(product);
        }
    }
    let explain = |product: &Vec<f64>| inverse.chunks_exact(width).map(|row| dot(row, product)).collect();
    let explained = products.iter().map(explain).collect();
    Some(Change { item, cluster, from, directions, gradient, products, explained })
}

/// The statistic of one item's change beside the changes of `others`, which are free: what the likelihood gains by all, less
/// what it gains by the others, as far as scores and information tell.
fn test(own: &Change, others: Vec<&Change>, groups: usize) -> Option<GroupDifference> {
    let size = own.gradient.len();
    let all: Vec<(&Change, usize)> = std::iter::once(own)
        .chain(others)
        .flat_map(|change| (0..change.gradient.len()).map(move |number| (change, number)))
        .collect();
    // What is left of the information once everything else may move too, V_ee − V_en·V_nn⁻¹·V_ne. Nobody is in two groups,
    // so that V_ee is zero between them.
    let left = |rows: &[(&Change, usize)]| -> Option<Vec<f64>> {
        let mut left = Vec::with_capacity(rows.len() * rows.len());
        for (one, i) in rows {
            for (two, j) in rows {
                let direction = two.directions.get(j / groups)?;
                let product = one.products.get(*i)?;
                let same = i % groups == j % groups;
                let both = if same { dot(direction, product.get(two.from..two.from + direction.len())?) } else { 0.0 };
                left.push(both - dot(one.explained.get(*i)?, two.products.get(*j)?));
            }
        }
        Some(left)
    };
    let pull = |rows: &[(&Change, usize)]| -> Vec<f64> {
        rows.iter().map(|(change, number)| change.gradient.get(*number).copied().unwrap_or_default()).collect()
    };
    let gain = |rows: &[(&Change, usize)]| -> Option<f64> {
        if rows.is_empty() {
            return Some(0.0);
        }
        let gradient = pull(rows);
        Some(dot(&Cholesky::new(&left(rows)?, rows.len())?.solve(&gradient), &gradient))
    };
    let chi_square = gain(&all)? - gain(all.get(size..)?)?;
    // The shifts alone, without a change of slope.
    let shifts: Vec<(&Change, usize)> =
        all.iter().copied().filter(|(change, number)| change.item != own.item || *number < groups).collect();
    let factor = Cholesky::new(&left(&shifts)?, shifts.len())?;
    let shift_errors = factor.inverse().iter().step_by(shifts.len() + 1).take(groups).map(|v| libm::sqrt(*v)).collect();
    let freedom = u32::try_from(size).ok()?;
    let p = chi_square_tail(chi_square, freedom);
    let mut found = factor.solve(&pull(&shifts));
    found.truncate(groups);
    Some(GroupDifference {
        item: own.item,
        chi_square,
        freedom,
        p,
        adjusted_p: p,
        shifts: found,
        shift_errors,
        differs: false,
    })
}

/// The procedure of Benjamini & Hochberg: p·n/rank, made monotone from the largest down.
fn adjust(found: &mut [GroupDifference]) {
    let mut order: Vec<(f64, usize)> = found.iter().map(|test| test.p).zip(0..).collect();
    order.sort_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
    let count = order.len() as f64;
    let mut least = 1.0_f64;
    for (rank, (p, position)) in order.iter().enumerate().rev() {
        least = least.min(p * count / (rank + 1) as f64);
        if let Some(test) = found.get_mut(*position) {
            test.adjusted_p = least;
            test.differs = least < FALSE_SHARE && test.shifts.iter().any(|shift| shift.abs() >= NOTABLE);
        }
    }
}

/// P(χ² ≥ x) for a whole number of degrees of freedom: Q(a + 1, y) = Q(a, y) + y^a·e^(−y)/Γ(a + 1) with y = x/2, from
/// Q(1, y) = e^(−y) or Q(½, y) = erfc √y (Abramowitz & Stegun 1964, 26.4.4–26.4.5).
pub(super) fn chi_square_tail(x: f64, freedom: u32) -> f64 {
    let y = 0.5 * x.max(0.0);
    let odd = freedom % 2 == 1;
    let (mut a, mut tail) = if odd { (0.5, libm::erfc(libm::sqrt(y))) } else { (1.0, libm::exp(-y)) };
    let mut term = if odd { libm::exp(-y) * libm::sqrt(y) / libm::tgamma(1.5) } else { libm::exp(-y) * y };
    while a < 0.5 * f64::from(freedom) - 0.25 {
        tail += term;
        a += 1.0;
        term *= y / a;
    }
    tail.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_of_the_chi_square_distribution_are_those_of_tables() {
        for (x, freedom, p) in [
            (3.841_458_820_694_124, 1, 0.05),
            (5.991_464_547_107_979, 2, 0.05),
            (7.814_727_903_251_178, 3, 0.05),
            (13.276_704_135_987_622, 4, 0.01),
            (11.070_497_693_516_351, 5, 0.05),
            (0.0, 3, 1.0),
        ] {
            assert!((chi_square_tail(x, freedom) - p).abs() < 1e-12, "{x} {freedom}: {}", chi_square_tail(x, freedom));
        }
    }

    #[test]
    fn many_tests_are_corrected_by_their_ranks() {
        let test = |item: usize, p: f64| GroupDifference {
            item,
            chi_square: 0.0,
            freedom: 2,
            p,
            adjusted_p: p,
            shifts: vec![0.5],
            shift_errors: vec![0.1],
            differs: false,
        };
        // p.adjust(c(0.01, 0.04, 0.03, 0.5), "BH") in R.
        let mut tests = vec![test(0, 0.01), test(1, 0.04), test(2, 0.03), test(3, 0.5)];
        adjust(&mut tests);
        for (test, expected) in tests.iter().zip([0.04, 0.053_333_333_333_333_33, 0.053_333_333_333_333_33, 0.5]) {
            assert!((test.adjusted_p - expected).abs() < 1e-15);
        }
        assert_eq!(tests.iter().map(|test| test.differs).collect::<Vec<_>>(), [true, false, false, false]);
    }
}
