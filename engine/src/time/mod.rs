//! Time: days, lengths of time, sets of days, and three-valued timelines.
//!
//! Inside the engine a period is half-open (`start..end`); on every surface dates are inclusive.
//! [`Period::inclusive`] and [`Period::last`] are the only places where the two meet.

mod day;
mod days;
mod length;
mod months;
pub mod operators;
mod timeline;

pub use day::Day;
pub use days::{Building, Days, Period, Runs};
pub use length::{Length, Unit};
pub use timeline::{OfDays, Timeline, TimelineRuns, Truth};
