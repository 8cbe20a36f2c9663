//! Days before and after, and dates as they are written.

use hjemmel_grammar::syntax::Date;

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day before.
pub(crate) fn before(date: Date) -> Date {
    match (date.day, date.month) {
        (1, 1) => Date {
            year: date.year - 1,
            month: 12,
            day: 31,
            ..date
        },
        (1, month) => Date {
            month: month - 1,
            day: days_in(date.year, month - 1),
            ..date
        },
        (day, _) => Date {
            day: day - 1,
            ..date
        },
    }
}

/// The day after.
pub(crate) fn after(date: Date) -> Date {
    if date.day < days_in(date.year, date.month) {
        return Date {
            day: date.day + 1,
            ..date
        };
    }
    let (year, month) = match date.month {
        12 => (date.year + 1, 1),
        month => (date.year, month + 1),
    };
    Date {
        year,
        month,
        day: 1,
        ..date
    }
}

/// `2017-01-04`, if it is one.
pub(crate) fn from_iso(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let date = Date {
        year: parts.next()?.parse().ok()?,
        month: parts.next()?.parse().ok()?,
        day: parts.next()?.parse().ok()?,
        span: hjemmel_grammar::span::Span::default(),
    };
    let exists = parts.next().is_none()
        && (1000..=9999).contains(&date.year)
        && (1..=12).contains(&date.month)
        && (1..=days_in(date.year, date.month)).contains(&date.day);
    exists.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::{after, before, from_iso};

    #[test]
    fn a_day_before_and_after() {
        for (one, next) in [
            ("2016-02-28", "2016-02-29"),
            ("2017-02-28", "2017-03-01"),
            ("2016-12-31", "2017-01-01"),
            ("2000-02-28", "2000-02-29"),
        ] {
            let (one, next) = (from_iso(one).unwrap(), from_iso(next).unwrap());
            assert_eq!((after(one), before(next)), (next, one));
        }
        assert_eq!(from_iso("2017-02-29"), None);
    }
}
