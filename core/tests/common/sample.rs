//! People and items whose truth is known, for calibration to find again.

use skills_passport::measure::calibrate::{Answers, Calibrated, Crew, Curve, Form, Freedom, ItemStart};
use skills_passport::measure::{Belief, Loading};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Random;

/// Mean and standard deviation of every competence, in levels.
pub(crate) const MEAN: f64 = 3.5;
pub(crate) const SD: f64 = 1.7;

/// Items of all forms in turn, as authors would write them.
pub(crate) fn mixed(random: &mut Random, loading: Loading, count: usize) -> Vec<ItemStart> {
    let item = |number: usize| {
        let forms = [Form::Graded, Form::Logistic { lower: 0.0 }, Form::Logistic { lower: 0.25 }, Form::PartialCredit];
        item(random, forms[number % forms.len()], loading)
    };
    (0..count).map(item).collect()
}

pub(crate) fn item(random: &mut Random, form: Form, loading: Loading) -> ItemStart {
    let location = random.between(MEAN - 2.2, MEAN + 2.2);
    let step = random.between(0.9, 1.5);
    let bounds = match form {
        Form::Logistic { .. } => vec![location],
        Form::Graded => vec![location - step, location, location + step],
        Form::PartialCredit => vec![location - step, location + random.between(-0.3, 0.3), location + step],
    };
    let curve = Curve { form, slope: random.between(0.6, 1.4), bounds };
    ItemStart { loading, curve, location_sd: 0.6, freedom: Freedom::All }
}

/// The same items as somebody would start from who knows nothing of them.
pub(crate) fn ignorant(items: &[ItemStart]) -> Vec<ItemStart> {
    let start = |item: &ItemStart| {
        let steps = item.curve.bounds.len();
        let bounds = (0..steps).map(|b| MEAN + b as f64 - (steps - 1) as f64 / 2.0).collect();
        ItemStart { curve: Curve { slope: 0.9, bounds, ..item.curve.clone() }, ..item.clone() }
    };
    items.iter().map(start).collect()
}

/// The same items as experts would judge them: off by a normal error of `location_sd`, and by a fifth in their slopes.
pub(crate) fn judged(random: &mut Random, items: &[ItemStart]) -> Vec<ItemStart> {
    let judge = |item: &ItemStart| {
        let shift = item.location_sd * random.normal();
        let slope = (item.curve.slope * (0.2 * random.normal()).exp()).clamp(0.3, 3.0);
        let bounds = item.curve.bounds.iter().map(|b| b + shift).collect();
        ItemStart { curve: Curve { slope, bounds, ..item.curve.clone() }, ..item.clone() }
    };
    items.iter().map(judge).collect()
}

/// Traits of a person: mean + L·z.
pub(crate) fn traits(random: &mut Random, population: &Belief) -> Vec<f64> {
    let n = population.traits();
    let mut factor = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| factor[i * n + k] * factor[j * n + k]).sum();
            let rest = population.entry(i, j) - known;
            factor[i * n + j] = if i == j { rest.sqrt() } else { rest / factor[j * n + j] };
        }
    }
    let z: Vec<f64> = (0..n).map(|_| random.normal()).collect();
    (0..n).map(|i| population.means()[i] + (0..=i).map(|j| factor[i * n + j] * z[j]).sum::<f64>()).collect()
}

pub(crate) fn eta(item: &ItemStart, traits: &[f64]) -> f64 {
    item.loading.traits().map(|number| traits[number]).sum()
}

/// Which items a person gets.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Asked {
    All,
    /// So many, each the nearest to where the answers before point.
    Adaptively(usize),
    /// So many by lot.
    ByLot(usize),
}

/// A person's answers.
pub(crate) fn answers(random: &mut Random, items: &[ItemStart], traits: &[f64], asked: Asked) -> Vec<(usize, u8)> {
    let give = |number: usize, random: &mut Random| {
        (number, random.category(&items[number].curve.model(), eta(&items[number], traits)))
    };
    match asked {
        Asked::All => (0..items.len()).map(|number| give(number, random)).collect(),
        Asked::ByLot(count) => {
            let mut numbers: Vec<usize> = (0..items.len()).collect();
            for at in 0..count {
                let other = at + random.below(items.len() - at);
                numbers.swap(at, other);
            }
            numbers.truncate(count);
            numbers.into_iter().map(|number| give(number, random)).collect()
        }
        Asked::Adaptively(count) => {
            let (mut left, mut given): (Vec<usize>, Vec<(usize, u8)>) = ((0..items.len()).collect(), Vec::new());
            let mut guess = MEAN + random.normal();
            for number in 0..count {
                let away = |item: &usize| (items[*item].curve.location() - guess).abs();
                let nearest = (0..left.len()).min_by(|a, b| away(&left[*a]).total_cmp(&away(&left[*b]))).unwrap();
                let (item, category) = give(left.swap_remove(nearest), random);
                let middle = (items[item].curve.categories() - 1) as f64 / 2.0;
                guess += 1.5 / (1.0 + number as f64).sqrt() * (f64::from(category) - middle).signum();
                given.push((item, category));
            }
            given
        }
    }
}

/// Answers of many people of one group.
pub(crate) fn collect(
    random: &mut Random,
    items: &[ItemStart],
    population: &Belief,
    people: usize,
    asked: Asked,
) -> Answers {
    let mut all = Answers::new(items);
    for _ in 0..people {
        let person = traits(random, population);
        all.push(0, &answers(random, items, &person, asked)).unwrap();
    }
    all
}

/// How well estimates agree with the truth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recovery {
    pub(crate) correlation: f64,
    pub(crate) bias: f64,
    pub(crate) rmse: f64,
    /// Root of the mean squared standard error.
    pub(crate) said: f64,
    /// Root mean square of (estimate − truth)/error.
    pub(crate) ratio: f64,
}

impl Recovery {
    pub(crate) fn of(all: &[Pair]) -> Self {
        let n = all.len() as f64;
        let mean = |f: &dyn Fn(&Pair) -> f64| all.iter().map(f).sum::<f64>() / n;
        let (x, y) = (mean(&|v| v.0), mean(&|v| v.1));
        let product = mean(&|v| (v.0 - x) * (v.1 - y));
        let spread = (mean(&|v| (v.0 - x).powi(2)) * mean(&|v| (v.1 - y).powi(2))).sqrt();
        Self {
            correlation: product / spread,
            bias: y - x,
            rmse: mean(&|v| (v.1 - v.0).powi(2)).sqrt(),
            said: mean(&|v| v.2 * v.2).sqrt(),
            ratio: mean(&|v| ((v.1 - v.0) / v.2).powi(2)).sqrt(),
        }
    }
}

/// Truth, estimate and standard error.
pub(crate) type Pair = (f64, f64, f64);

/// Slopes and locations, both in standard deviations of the population and from its mean: where the scale lies is another
/// matter. They are given in levels of the truth.
pub(crate) fn pairs(truth: &[ItemStart], population: &Belief, found: &Calibrated) -> (Vec<Pair>, Vec<Pair>) {
    let (mut slopes, mut locations) = (Vec::new(), Vec::new());
    for (item, estimate) in truth.iter().zip(&found.items) {
        let (true_eta, eta) = (population.projection(item.loading), found.population.belief.projection(item.loading));
        let unit = eta.sd() / true_eta.sd();
        let (slope, location) = (estimate.curve.slope * unit, (estimate.curve.location() - eta.mean) / unit);
        slopes.push((item.curve.slope, slope, estimate.slope_error.unwrap() * unit));
        locations.push((item.curve.location() - true_eta.mean, location, estimate.location_error.unwrap() / unit));
    }
    (slopes, locations)
}

/// Recovery of slopes and of locations.
pub(crate) fn recovery(truth: &[ItemStart], population: &Belief, found: &Calibrated) -> (Recovery, Recovery) {
    let (slopes, locations) = pairs(truth, population, found);
    (Recovery::of(&slopes), Recovery::of(&locations))
}

/// So many threads.
pub(crate) struct Threads(pub(crate) usize);

impl Crew for Threads {
    fn share<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let done = std::thread::scope(|scope| {
            let take = || {
                let mut own = Vec::new();
                loop {
                    let job = next.fetch_add(1, Ordering::Relaxed);
                    if job >= jobs {
                        return own;
                    }
                    own.push((job, work(job)));
                }
            };
            let threads: Vec<_> = (0..self.0).map(|_| scope.spawn(take)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let mut results: Vec<Option<T>> = (0..jobs).map(|_| None).collect();
        for (job, result) in done {
            results[job] = Some(result);
        }
        results.into_iter().map(Option::unwrap).collect()
    }
}
