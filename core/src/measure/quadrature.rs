//! Gauss–Hermite quadrature for expectations under a normal distribution.

/// Nodes and weights with ∫ f(x) N(x; 0, 1) dx ≈ Σ w·f(x), exact for polynomials up to degree 2n − 1.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalRule {
    points: Vec<(f64, f64)>,
}

impl NormalRule {
    /// The rule used everywhere: 21 nodes.
    #[must_use]
    pub fn standard() -> Self {
        Self::new(21)
    }

    /// The rule with `n` nodes, by Newton's iteration on the orthonormal Hermite polynomials of the probabilists'
    /// weight: p_0 = 1, p_{j+1} = (x·p_j − √j·p_{j−1})/√(j+1), p_n' = √n·p_{n−1}, w = 1/(n·p_{n−1}²).
    #[must_use]
    pub fn new(n: u32) -> Self {
        let mut points: Vec<(f64, f64)> = Vec::new();
        let size = f64::from(n);
        // Roots from the largest down to the middle; deflation keeps Newton from finding one twice.
        let half = n.div_ceil(2);
        for _ in 0..half {
            let mut x = points.last().map_or_else(|| 2.0 * libm::sqrt(size) + 1.0, |(last, _)| *last - 1e-6);
            let mut below = 1.0;
            for _ in 0..500 {
                let (value, previous) = orthonormal(n, x);
                below = previous;
                let found: f64 = points.iter().map(|(root, _)| 1.0 / (x - root)).sum();
                let mirrored: f64 = points.iter().map(|(root, _)| 1.0 / (x + root)).sum();
                let slope = libm::sqrt(size) * previous - value * (found + mirrored);
                let step = value / slope;
                x -= step;
                if step.abs() < 1e-15 * (1.0 + x.abs()) {
                    break;
                }
            }
            if n % 2 == 1 && points.len() + 1 == half as usize {
                x = 0.0;
                below = orthonormal(n, x).1;
            }
            points.push((x, 1.0 / (size * below * below)));
        }
        let negative = points.iter().filter(|(x, _)| *x > 0.0).map(|(x, w)| (-x, *w));
        Self { points: negative.chain(points.iter().rev().copied()).collect() }
    }

    /// Nodes and weights, in ascending order of the nodes.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.points.iter().copied()
    }
}

/// p_n(x) and p_{n−1}(x).
fn orthonormal(n: u32, x: f64) -> (f64, f64) {
    let (mut previous, mut value) = (0.0, 1.0);
    for j in 0..n {
        let next = (x * value - libm::sqrt(f64::from(j)) * previous) / libm::sqrt(f64::from(j + 1));
        (previous, value) = (value, next);
    }
    (value, previous)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_normal_distribution_are_exact() {
        for n in [2, 5, 20, 21, 41] {
            let rule = NormalRule::new(n);
            assert_eq!(rule.points().count(), n as usize);
            let moment = |k: i32| rule.points().map(|(x, w)| w * x.powi(k)).sum::<f64>();
            for (k, exact) in [(0, 1.0), (1, 0.0), (2, 1.0), (3, 0.0)] {
                assert!((moment(k) - exact).abs() < 1e-12, "n {n}, moment {k}: {}", moment(k));
            }
            if n >= 5 {
                assert!((moment(8) - 105.0).abs() < 1e-9, "n {n}: {}", moment(8));
            }
        }
    }

    #[test]
    fn nodes_match_published_values() {
        // Abramowitz & Stegun, table 25.10, n = 5, times √2.
        let nodes: Vec<f64> = NormalRule::new(5).points().map(|(x, _)| x).collect();
        for (node, published) in nodes.iter().zip([
            -2.856_970_013_872_806,
            -1.355_626_179_974_266,
            0.0,
            1.355_626_179_974_266,
            2.856_970_013_872_806,
        ]) {
            assert!((node - published).abs() < 1e-12, "{node} {published}");
        }
    }
}
