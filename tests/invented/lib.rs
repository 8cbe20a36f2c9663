//! What the generators of invented extracts share: chance, days, and the tables with nothing in them.

pub mod days;
pub mod random;
pub mod tables;
