//! The normal distribution.

/// Φ(x), the standard normal distribution function.
pub(super) fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The 95 % point of the standard normal distribution: a central 90 % interval reaches so many standard deviations.
pub(super) const Z_90: f64 = 1.644_853_626_951_472_7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_function_matches_tables() {
        for (x, p) in [(0.0, 0.5), (1.0, 0.841_344_746_068_542_9), (-2.0, 0.022_750_131_948_179_195), (Z_90, 0.95)] {
            assert!((cdf(x) - p).abs() < 1e-15, "{x}");
        }
    }
}
