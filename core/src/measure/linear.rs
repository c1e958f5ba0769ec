//! Dense symmetric matrices: factor, solve, invert.
//!
//! For programs that estimate models, not for the browser. Sums are taken in a fixed order, so that the same input gives the
//! same bits.

/// Lower factor L of a positive definite matrix A = L·Lᵀ (Cholesky), row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cholesky {
    n: usize,
    factor: Vec<f64>,
}

/// Σ xᵢ·yᵢ, in four sums that are added at the end: the compiler may not reorder a single one.
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (xs, ys) = (x.chunks_exact(4), y.chunks_exact(4));
    let rest: f64 = xs.remainder().iter().zip(ys.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; 4];
    for (x, y) in xs.zip(ys) {
        for ((sum, a), b) in sums.iter_mut().zip(x).zip(y) {
            *sum += a * b;
        }
    }
    let [a, b, c, d] = sums;
    (a + b) + (c + d) + rest
}

impl Cholesky {
    /// Factorises the matrix whose lower triangle is that of `matrix` (n × n, row by row); none unless it is positive
    /// definite, by a margin that rounding leaves.
    pub(crate) fn new(matrix: &[f64], n: usize) -> Option<Self> {
        if n == 0 || matrix.len() != n * n {
            return None;
        }
        let mut factor = vec![0.0; n * n];
        for (i, source) in matrix.chunks_exact(n).enumerate() {
            let (above, rest) = factor.split_at_mut(i * n);
            let row = rest.get_mut(..n)?;
            let mut diagonal = *source.get(i)?;
            let size = diagonal.abs();
            for (j, other) in above.chunks_exact(n).enumerate() {
                let known = dot(row.get(..j)?, other.get(..j)?);
                let value = (source.get(j)? - known) / other.get(j)?;
                *row.get_mut(j)? = value;
                diagonal -= value * value;
            }
            if !(diagonal > 1e-13 * size && diagonal.is_finite()) {
                return None;
            }
            *row.get_mut(i)? = libm::sqrt(diagonal);
        }
        Some(Self { n, factor })
    }

    /// The rows of L, filled up with zeros.
    pub(crate) fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.factor.chunks_exact(self.n)
    }

    /// ln |A|.
    pub(crate) fn log_determinant(&self) -> f64 {
        self.rows().enumerate().filter_map(|(i, row)| row.get(i)).map(|d| 2.0 * libm::log(*d)).sum()
    }

    /// L·z.
    pub(crate) fn times(&self, z: &[f64]) -> Vec<f64> {
        self.rows().enumerate().map(|(i, row)| row.iter().zip(z).take(i + 1).map(|(l, z)| l * z).sum()).collect()
    }

    /// L⁻¹·b.
    fn forward(&self, b: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(self.n);
        for ((i, row), b) in self.rows().enumerate().zip(b) {
            let known = row.get(..i).map_or(0.0, |row| dot(row, &x));
            x.push((b - known) / row.get(i).copied().unwrap_or(f64::NAN));
        }
        x
    }

    /// A⁻¹·b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.forward(b);
        for (i, row) in self.rows().enumerate().rev() {
            let (before, rest) = x.split_at_mut(i);
            let (Some(value), Some(diagonal)) = (rest.first_mut(), row.get(i)) else { continue };
            *value /= diagonal;
            for (earlier, l) in before.iter_mut().zip(row) {
                *earlier -= l * *value;
            }
        }
        x
    }

    /// A⁻¹, row by row.
    pub(crate) fn inverse(&self) -> Vec<f64> {
        let n = self.n;
        // The columns of L⁻¹, kept as rows: entry k of row j is (L⁻¹)ₖⱼ, zero before k = j.
        let mut columns = Vec::with_capacity(n * n);
        for j in 0..n {
            let mut column = vec![0.0; n];
            for (k, row) in self.rows().enumerate().skip(j) {
                let known = row.get(j..k).zip(column.get(j..k)).map_or(0.0, |(l, x)| dot(l, x));
                let value = (if k == j { 1.0 } else { 0.0 } - known) / row.get(k).copied().unwrap_or(f64::NAN);
                if let Some(entry) = column.get_mut(k) {
                    *entry = value;
                }
            }
            columns.extend(column);
        }
        let mut inverse = vec![0.0; n * n];
        for (i, one) in columns.chunks_exact(n).enumerate() {
            for (j, two) in columns.chunks_exact(n).enumerate().take(i + 1) {
                let value = one.get(i..).zip(two.get(i..)).map_or(0.0, |(one, two)| dot(one, two));
                for at in [i * n + j, j * n + i] {
                    if let Some(entry) = inverse.get_mut(at) {
                        *entry = value;
                    }
                }
            }
        }
        inverse
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_inverse_and_the_solution_undo_the_matrix(n in 1..9_usize, numbers in proptest::collection::vec(-2.0..2.0_f64, 81)) {
            let g = |i: usize, k: usize| numbers[i * 9 + k];
            let matrix: Vec<f64> = (0..n * n)
                .map(|at| {
                    let (i, j) = (at / n, at % n);
                    (0..n).map(|k| g(i, k) * g(j, k)).sum::<f64>() + if i == j { 0.5 } else { 0.0 }
                })
                .collect();
            let factor = Cholesky::new(&matrix, n).unwrap();
            let inverse = factor.inverse();
            let x = factor.solve(&numbers[..n]);
            for i in 0..n {
                let row = &matrix[i * n..(i + 1) * n];
                prop_assert!((dot(row, &x) - numbers[i]).abs() < 1e-9);
                for j in 0..n {
                    let column: Vec<f64> = (0..n).map(|k| inverse[k * n + j]).collect();
                    let identity = f64::from(u8::from(i == j));
                    prop_assert!((dot(row, &column) - identity).abs() < 1e-9);
                }
            }
            // A = L·Lᵀ by columns of L.
            let unit = |k: usize| (0..n).map(|i| if i == k { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
            let columns: Vec<Vec<f64>> = (0..n).map(|k| factor.times(&unit(k))).collect();
            let again: f64 = columns.iter().map(|column| column[n - 1] * column[0]).sum();
            prop_assert!((again - matrix[(n - 1) * n]).abs() < 1e-9);
        }
    }

    #[test]
    fn what_is_not_positive_definite_has_no_factor() {
        assert_eq!(Cholesky::new(&[1.0, 2.0, 2.0, 1.0], 2), None);
        assert_eq!(Cholesky::new(&[1.0, 1.0, 1.0, 1.0], 2), None);
        assert_eq!(Cholesky::new(&[f64::NAN], 1), None);
        assert_eq!(Cholesky::new(&[1.0], 2), None);
        let log = Cholesky::new(&[4.0, 0.0, 0.0, 9.0], 2).unwrap().log_determinant();
        assert!((log - 36.0_f64.ln()).abs() < 1e-14);
    }
}
