//! Numbers that look random and are the same for the same seed on every platform.

/// SplitMix64 (Steele, Lea & Flood 2014): a counter in steps of the golden ratio, its bits mixed. It passes BigCrush,
/// any state is a good one, and a study needs a few hundred numbers per person only.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

/// What numbers are drawn for. Each purpose has streams of its own, so that a change of one leaves the others alone.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// Who a person is.
    Traits,
    /// What a person answers.
    Answers,
    /// How far items are from where their authors think.
    Items,
    /// What a person answers to a fixed form.
    FixedForm,
    /// What a person answers in separate tests.
    Separate,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Random {
    /// The stream of one person (or item) for one purpose. Mixed twice: neighbours begin far apart.
    pub(super) fn stream(seed: u64, purpose: Purpose, number: u64) -> Self {
        let purpose = match purpose {
            Purpose::Traits => 1_u64,
            Purpose::Answers => 2,
            Purpose::Items => 3,
            Purpose::FixedForm => 4,
            Purpose::Separate => 5,
        };
        let family = mixed(seed.wrapping_add(purpose.wrapping_mul(GOLDEN)));
        Self(mixed(family.wrapping_add(number.wrapping_mul(GOLDEN))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mixed(self.0)
    }

    /// A seed for a sitting.
    pub(super) fn seed(&mut self) -> u32 {
        u32::try_from(self.next() >> 32).unwrap_or_default()
    }

    /// Uniform in [0, 1): 53 bits.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal (Box & Muller 1958).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        // First numbers of SplitMix64 from state 1234567, as in its reference implementation.
        let mut random = Random(1_234_567);
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(expected, [random.next(), random.next(), random.next()]);
    }

    #[test]
    fn normals_have_mean_zero_and_variance_one_also_across_streams() {
        let drawn: Vec<f64> = (0..20_000).map(|n| Random::stream(7, Purpose::Traits, n).normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
    }
}
