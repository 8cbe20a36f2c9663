//! Random numbers that are the same everywhere and always: splitmix64 (Steele, Lea and Flood 2014).

/// The state of the generator.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, each equally likely; 0 if `end` is 0.
    ///
    /// What lies beyond the last whole multiple of `end` is thrown away: a remainder of it would
    /// favour the small numbers.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let Some(beyond) = u64::MAX.checked_rem(end) else {
            return 0;
        };
        let last = u64::MAX.saturating_sub(beyond);
        loop {
            let bits = self.bits();
            if bits < last {
                return bits.checked_rem(end).unwrap_or(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    /// The first numbers of the reference implementation in C, seed 1234567.
    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let first = [(); 5].map(|()| random.bits());
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn every_number_below_the_end_is_as_likely() {
        let mut random = Random::new(7);
        let mut seen = [0_u32; 6];
        for _ in 0..60_000 {
            seen[usize::try_from(random.below(6)).unwrap()] += 1;
        }
        assert!(
            seen.iter().all(|count| (9_700..10_300).contains(count)),
            "{seen:?}"
        );
        assert_eq!(random.below(0), 0);
    }
}
