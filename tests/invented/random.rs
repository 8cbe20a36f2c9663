//! Chance that is the same on every machine: splitmix64.

use crate::days::{days_between, plus};
use chrono::NaiveDate;

/// A stream of numbers that its seed decides.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of that seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for each number.
    pub fn fork(mut self, number: usize) -> Self {
        let number = u64::try_from(number).unwrap_or_default();
        self.0 = self.next() ^ number.wrapping_mul(0xd134_2543_de82_ef95);
        Self(self.next())
    }

    /// The next number: Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included; `low` if there is none.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let size = u64::try_from(high - low).unwrap_or_default() + 1;
        low + i64::try_from(self.next() % size).unwrap_or_default()
    }

    /// A day from `first` to `last`, both included.
    pub fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        plus(first, self.between(0, days_between(first, last)))
    }

    /// True in so many of a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of the items.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let last = i64::try_from(items.len()).unwrap_or_default() - 1;
        let place = usize::try_from(self.between(0, last)).unwrap_or_default();
        items.get(place).copied().unwrap_or_default()
    }

    /// Puts the items in any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let high = i64::try_from(last).unwrap_or_default();
            let other = usize::try_from(self.between(0, high)).unwrap_or_default();
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut random = Random::new(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(numbers, published);
    }
}
