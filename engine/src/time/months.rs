//! The months of the days that are judged, looked up instead of computed.

use super::Day;
use std::sync::LazyLock;

/// The first day of each month from January 1900 on, and at last [`Day::END`].
static STARTS: LazyLock<Vec<Day>> = LazyLock::new(|| {
    let mut starts = vec![Day::FIRST];
    while let Some(last) = starts.last().filter(|last| **last < Day::END) {
        let next = last.next_month();
        starts.push(next);
    }
    starts
});

/// The day so many months after `day` (before it, if negative): the same day of the month, or the
/// month's last; within the days that are judged. `None` for a day that is not among them, for
/// which there is no table.
#[inline]
pub(super) fn moved(day: Day, months: i64) -> Option<Day> {
    let starts = STARTS.as_slice();
    let since = usize::try_from(day.since(Day::FIRST)).ok()?;
    // 4,800 months have 146,097 days, so this is the month or the one before.
    let guess = since.saturating_mul(4_800) / 146_097;
    let mut at = guess.saturating_sub(1);
    while *starts.get(at.saturating_add(1))? <= day {
        at = at.saturating_add(1);
    }
    let day_of_month = day.since(*starts.get(at)?);
    let Ok(target) = usize::try_from(i64::try_from(at).ok()?.saturating_add(months)) else {
        return Some(Day::FIRST);
    };
    match starts.get(target..target.saturating_add(2)) {
        Some(&[start, end]) => Some(start.plus(day_of_month).min(end.previous())),
        _ => Some(Day::END),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Months;

    #[test]
    fn it_says_what_the_calendar_says() {
        let mut day = Day::FIRST;
        while day < Day::END {
            for months in [1, 6, 12] {
                let later = day.date().checked_add_months(Months::new(months)).unwrap();
                let later = Day::from_date(later);
                let looked_up = moved(day, i64::from(months));
                assert_eq!(looked_up, Some(later.min(Day::END)), "{day}");
                let earlier = day.date().checked_sub_months(Months::new(months)).unwrap();
                let earlier = Day::from_date(earlier);
                let looked_up = moved(day, -i64::from(months));
                assert_eq!(looked_up, Some(earlier.max(Day::FIRST)), "{day}");
            }
            day = day.plus(5);
        }
        assert_eq!(moved(Day::FIRST.previous(), 1), None);
        assert_eq!(moved(Day::END, -1), None);
    }
}
