//! Internal audit: a random sample of answers for people to judge again, and how well they agree.
//!
//! ```text
//! sizes of strata, size, seed -draw-> which members of each stratum
//! answers of the engine and of reviewers -Audit-> counts, shares with intervals, crossings
//! ```
//!
//! Both are plain functions of numbers and states: what a member of a stratum is, an answer or a
//! whole case, is decided above. Everything is counted in whole numbers, so that the same input
//! gives the same output on every machine.

mod agreement;
mod draw;
mod random;
mod wilson;

pub use agreement::{Agreement, Audit, Counts, Line, Share};
pub use draw::{Allocation, NotDrawn, draw};

/// The name of the way samples are drawn. Another way gets another name: a form that was drawn in
/// one way is never read as if it had been drawn in another.
pub const METHOD: &str = "splitmix64-fisher-yates-1";

#[cfg(test)]
mod tests;
