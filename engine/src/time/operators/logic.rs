//! `og`, `eller`, `ikke`: the Boolean algebra on sets of days.

use crate::time::{Building, Day, Period, Runs};

/// The days in both.
#[inline]
pub fn and(a: Runs<'_>, b: Runs<'_>, out: &mut Building<'_>) {
    let (mut mine, mut theirs) = (a.runs().iter(), b.runs().iter());
    let (mut a, mut b) = (mine.next(), theirs.next());
    while let (Some(one), Some(other)) = (a, b) {
        out.push(one.and(*other));
        if one.end <= other.end {
            a = mine.next();
        } else {
            b = theirs.next();
        }
    }
}

/// The days in either.
#[inline]
pub fn or(a: Runs<'_>, b: Runs<'_>, out: &mut Building<'_>) {
    let (mut mine, mut theirs) = (a.runs().iter().peekable(), b.runs().iter().peekable());
    loop {
        let next = match (mine.peek(), theirs.peek()) {
            (Some(a), Some(b)) if a.start <= b.start => mine.next(),
            (_, Some(_)) => theirs.next(),
            (Some(_), None) => mine.next(),
            (None, None) => return,
        };
        if let Some(next) = next {
            out.push(*next);
        }
    }
}

/// All other days.
#[inline]
pub fn not(a: Runs<'_>, out: &mut Building<'_>) {
    let mut start = Day::FIRST;
    for run in a.runs() {
        out.push(Period::new(start, run.start));
        start = run.end;
    }
    out.push(Period::new(start, Day::END));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn both_either_and_neither() {
        let a = days("2017-01-01..2017-01-10 2017-02-01..2017-02-10");
        let b = days("2017-01-05..2017-02-03 2017-02-11..2017-02-12");
        let both = Days::build(|out| and(a.as_runs(), b.as_runs(), out));
        assert_eq!(
            picture(&both),
            "2017-01-05..2017-01-10 2017-02-01..2017-02-03"
        );
        let either = Days::build(|out| or(a.as_runs(), b.as_runs(), out));
        assert_eq!(picture(&either), "2017-01-01..2017-02-12");
        let neither = Days::build(|out| not(either.as_runs(), out));
        assert_eq!(
            picture(&neither),
            "1900-01-01..2016-12-31 2017-02-13..2199-12-31"
        );
    }
}
