//! The oracle, the small world and the laws of time, once more, as a crate that builds in seconds: what tells a
//! mutant of the engine, or a planted defect, from the engine. The tests are those of `tests/oracle` and `tests/laws`, word for word.

#![cfg(test)]

#[path = "../../oracle/mod.rs"]
#[expect(unused_imports, reason = "some are for the laws that are not here")]
mod oracle;

#[path = "../../laws"]
mod laws {
    mod intervals;
    mod months;

    /// No more than a usual run.
    fn times() -> u64 {
        1
    }

    /// What was tried is counted where the tests are at home.
    fn counted(_law: &str, _count: u64) {}
}
