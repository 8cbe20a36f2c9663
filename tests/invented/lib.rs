//! What the generators of invented extracts share: chance, days and days.

pub mod days;
pub mod random;
