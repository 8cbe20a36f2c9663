//! Chance that is the same on every machine: splitmix64 (Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators").

/// A stream of numbers that its seed decides.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of that seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let size = u64::from(low.abs_diff(high)).saturating_add(1);
        let step = self.number().checked_rem(size).unwrap_or(0);
        low.saturating_add(i32::try_from(step).unwrap_or(0))
    }

    /// True in so many of a hundred.
    pub fn chance(&mut self, percent: i32) -> bool {
        self.between(1, 100) <= percent
    }

    /// A position in a list of weights, each as often as its weight says.
    pub fn weighted(&mut self, weights: &[i32]) -> u8 {
        let sum: i32 = weights.iter().sum();
        let mut left = self.between(1, sum.max(1));
        for (at, weight) in (0..).zip(weights) {
            left = left.saturating_sub(*weight);
            if left <= 0 {
                return at;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut random = Random::new(1_234_567);
        let numbers = [random.number(), random.number()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
    }

    #[test]
    fn weights_are_kept() {
        let mut random = Random::new(1);
        let mut seen = [0; 3];
        for _ in 0..1000 {
            seen[usize::from(random.weighted(&[0, 30, 70]))] += 1;
        }
        assert_eq!(seen[0], 0);
        assert!(200 < seen[1] && seen[1] < 400);
    }
}
