//! The operators of time: one file each, each one pass over sorted runs.
//!
//! Both evaluators call these: the readable one on sets of days of their own, the columnar one on
//! stretches of long lists.
//!
//! All of them gain days when their operand does, so [`super::Timeline::monotone`] lifts them to
//! three values.

mod at_least;
mod bridged;
mod duration;
mod held_for;
mod logic;
mod near;
mod pinned;
mod total_within;
mod whole_weeks;
mod within;

pub use at_least::at_least;
pub use bridged::{bridged, bridged_month};
pub use duration::{lasting, lasting_at_least, longer_than};
pub use held_for::held_for;
pub use logic::{and, not, or};
pub use near::{maybe_near, near};
pub use pinned::pinned;
pub use total_within::total_within;
pub use whole_weeks::whole_weeks;
pub use within::within;

/// Pictures of sets of days for the operators' tests: `2017-01-04..2017-07-31`, both days included.
#[cfg(test)]
pub(crate) mod testing {
    use crate::time::{Day, Days, Period};

    pub(crate) fn days(picture: &str) -> Days {
        let day = |text: &str| Day::from_date(text.parse().unwrap());
        let period = |text: &str| {
            let (first, last) = text.split_once("..").unwrap();
            Period::inclusive(day(first), day(last))
        };
        Days::from_periods(picture.split_whitespace().map(period).collect())
    }

    pub(crate) fn picture(days: &Days) -> String {
        let runs = days
            .runs()
            .iter()
            .map(|run| format!("{}..{}", run.start, run.last()));
        runs.collect::<Vec<_>>().join(" ")
    }
}
