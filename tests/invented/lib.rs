//! What the generators of invented extracts share: chance, days, the tables with nothing in them, and texts that
//! occur nowhere else.

pub mod days;
pub mod random;
pub mod tables;
pub mod tokens;
