//! Offers and mentors: the older ones of everybody, what was got within the year that counts, and
//! what comes after the measured day.

use super::calendar::{
    AFTER_THE_LIST, EXTRACTED, MEASURED, REFORM, YEAR_BEGINS, day, friday, minus_months, monday,
    plus, plus_months,
};
use super::history::{History, Table};
use super::profiles::{Benefit, Cause, Effort, Story, Twist};
use chrono::NaiveDate;

/// First and last day.
type Days = (NaiveDate, NaiveDate);

const GUIDANCE: &str = "vejledning_opkvalificering";
const PRACTICE: &str = "virksomhedspraktik";
const WAGE_SUBSIDY: &str = "løntilskud";
const MENTOR: &str = "mentor";
const DONE: &str = "gennemført";
const RUNNING: &str = "igang";
const BROKEN: &str = "afbrudt";
const PLANNED: &str = "planlagt";
const CANCELLED: &str = "annulleret";

/// Adds the rows of `indsats`, except those that belong to an error.
pub(crate) fn add(history: &mut History) {
    let earlier = match history.member.story {
        Story::Active(effort) => plus(active(history, effort), -14),
        Story::Left(_) | Story::Exempt(_) => plus(YEAR_BEGINS, -2),
        // Before the first offer that an error is about.
        Story::Misregistered(_) => day(2016, 4, 29),
        Story::Outside(_) | Story::Departed(_) => {
            history.person.last.unwrap_or(plus(MEASURED, -30))
        }
    };
    if history.has(Twist::OfferEndedTheDayBefore) {
        // 13 weeks of practice. Nothing before it, so that the due date rests on it alone.
        put(history, (day(2016, 5, 2), day(2016, 7, 30)), PRACTICE, DONE);
    } else if !matches!(history.member.story, Story::Active(Effort::OneHourAWeek)) {
        older(history, earlier);
    }
    not_an_offer(history);
    afterwards(history);
}

/// One row; hours as the kind of effort has them.
fn put(history: &mut History, days: Days, kind: &str, status: &str) {
    let on = history.entered(days.0);
    put_on(history, days, kind, status, on);
}

/// One row that was entered on that day.
fn put_on(history: &mut History, days: Days, kind: &str, status: &str, on: NaiveDate) {
    let hours = hours(history, kind);
    history.put(
        Table::Effort,
        (days.0, Some(days.1)),
        &[kind, status, hours],
        on,
    );
}

/// Hours a week; never below two, which only one row in the extract is.
pub(crate) fn hours(history: &mut History, kind: &str) -> &'static str {
    match kind {
        MENTOR => history.random.pick(&["2", "2,5", "3"]),
        WAGE_SUBSIDY => history.random.pick(&["20", "25", "32", "37"]),
        _ => history
            .random
            .pick(&["4", "6", "7,5", "10", "12", "15", "18,5", "20", "25", "30"]),
    }
}

/// A kind of offer that there was at the time, and some days for it from a Monday to a Friday.
pub(crate) fn offer(history: &mut History, from: NaiveDate) -> (&'static str, Days) {
    let random = &mut history.random;
    let (kind, shortest, longest) = match random.between(1, 100) {
        1..=55 => (GUIDANCE, 28, 182),
        56..=85 => (PRACTICE, 28, 91),
        86..=95 if from >= REFORM => ("nytteindsats", 21, 91),
        _ => (WAGE_SUBSIDY, 91, 182),
    };
    let from = monday(from);
    let to = friday(plus(from, random.between(shortest, longest) - 7));
    (kind, (from, to))
}

/// Offers and mentors from the first months on benefit on, the last of them over on `last`.
fn older(history: &mut History, last: NaiveDate) {
    let education = history.member.benefit == Benefit::Education;
    // A quarter of the list never got anything.
    if !matches!(history.member.story, Story::Active(_)) && history.random.chance(25) {
        return;
    }
    let first = if education { (10, 90) } else { (60, 330) };
    let pause = if education { (14, 220) } else { (120, 560) };
    let mut from = plus(
        history.person.first,
        history.random.between(first.0, first.1),
    );
    loop {
        from = plus(monday(from), 7);
        let (kind, days) = match from >= REFORM && history.random.chance(18) {
            true => (MENTOR, mentor(from)),
            false => offer(history, from),
        };
        if days.1 > last {
            break;
        }
        if !history.in_a_gap(days.0, days.1) {
            let status = match history.random.between(1, 100) {
                1..=6 => CANCELLED,
                7..=20 => BROKEN,
                _ => DONE,
            };
            put(history, days, kind, status);
        }
        from = plus(days.1, history.random.between(pause.0, pause.1));
    }
}

/// The six months that a mentor is given for.
fn mentor(from: NaiveDate) -> Days {
    (from, plus(plus_months(from, 6), -1))
}

/// What somebody got within the year. The first day of it.
fn active(history: &mut History, effort: Effort) -> NaiveDate {
    match effort {
        Effort::OfferEnded => ended(history, DONE),
        Effort::OfferBroken => ended(history, BROKEN),
        Effort::OfferShort => short(history),
        Effort::OfferRunning => running(history),
        Effort::WageSubsidy => {
            let from = monday(history.random.day(day(2017, 3, 6), day(2017, 7, 24)));
            let to = friday(plus_months(from, 6));
            put(history, (from, to), WAGE_SUBSIDY, RUNNING);
            from
        }
        Effort::OfferEndedFirstDay => {
            let from = day(2016, 7, 31 - 27);
            put(history, (from, YEAR_BEGINS), GUIDANCE, DONE);
            from
        }
        Effort::OfferBegunLastDay => {
            let (kind, days) = offer(history, MEASURED);
            put(history, days, kind, RUNNING);
            days.0
        }
        Effort::MentorEnded | Effort::MentorRunning => mentored(history, effort),
        Effort::OneHourAWeek => one_hour_a_week(history),
    }
}

/// An offer that began within the year and is over on the measured day.
fn ended(history: &mut History, status: &str) -> NaiveDate {
    let first = plus(history.person.first, 14).max(day(2016, 8, 8));
    let mut last_try = (GUIDANCE, (first, plus(first, 25)));
    for _ in 0..50 {
        let from = history.random.day(first, day(2017, 6, 12));
        let (kind, days) = offer(history, from);
        let free = days.0 >= first && days.1 < MEASURED && !history.in_a_gap(days.0, days.1);
        if free {
            last_try = (kind, days);
            break;
        }
    }
    let (kind, (from, to)) = last_try;
    // Broken off half way.
    let to = if status == BROKEN {
        plus(from, (to - from).num_days() / 2)
    } else {
        to
    };
    put(history, (from, to), kind, status);
    from
}

/// Monday to Friday, of the same week or the next.
fn short(history: &mut History) -> NaiveDate {
    let from = monday(history.random.day(day(2016, 8, 15), day(2017, 7, 10)));
    let to = plus(from, history.random.pick(&[4, 11]));
    put(history, (from, to), GUIDANCE, DONE);
    from
}

/// An offer that runs on the measured day.
fn running(history: &mut History) -> NaiveDate {
    let from = monday(history.random.day(day(2017, 4, 10), day(2017, 7, 24)));
    let (kind, (from, to)) = offer(history, from);
    let to = friday(to.max(day(2017, 8, 4)));
    let status = if to < EXTRACTED { DONE } else { RUNNING };
    put(history, (from, to), kind, status);
    from
}

/// One time of six months with a mentor, or the second of two.
fn mentored(history: &mut History, effort: Effort) -> NaiveDate {
    let (first, last) = match effort {
        Effort::MentorEnded => (day(2016, 6, 6), day(2017, 1, 23)),
        _ => (day(2017, 2, 6), day(2017, 7, 31)),
    };
    let earliest = first.max(plus(history.person.first, 7));
    let from = monday(history.random.day(earliest, last)).max(earliest);
    let days = mentor(from);
    let status = if days.1 < EXTRACTED { DONE } else { RUNNING };
    put(history, days, MENTOR, status);
    let before = minus_months(from, 6);
    if before > plus(history.person.first, 30) && history.random.chance(35) {
        put(history, (before, plus(from, -1)), MENTOR, DONE);
        return before;
    }
    from
}

/// 14 days from a Monday to a Sunday, one hour in each week: timely, because it begins in the week
/// in which the year since the last offer runs out. Alone in the extract below two hours a week.
fn one_hour_a_week(history: &mut History) -> NaiveDate {
    put(
        history,
        (day(2016, 5, 30), day(2016, 7, 26)),
        PRACTICE,
        DONE,
    );
    let (from, to) = (day(2017, 7, 24), day(2017, 8, 6));
    let values = [GUIDANCE, DONE, "1"];
    history.put(Table::Effort, (from, Some(to)), &values, day(2017, 7, 20));
    from
}

/// Rows within the year that look like an offer or a mentor and are none.
fn not_an_offer(history: &mut History) {
    let from = monday(history.random.day(day(2016, 9, 5), day(2017, 5, 1)));
    let (kind, days) = offer(history, from);
    match history.member.twist {
        Some(Twist::OfferCancelled) => put(history, days, kind, CANCELLED),
        Some(Twist::MentorCancelled) => put(history, mentor(from), MENTOR, CANCELLED),
        Some(Twist::BasicCourse) => {
            let course = history.random.chance(60);
            let kind = if course {
                "læse_skrive_regnekursus"
            } else {
                "realkompetencevurdering"
            };
            put(history, (from, plus(from, 53)), kind, DONE);
        }
        _ => {}
    }
}

/// What begins after the measured day.
fn afterwards(history: &mut History) {
    let from = monday(history.random.day(day(2017, 8, 28), day(2017, 10, 16)));
    let reviewed = matches!(history.member.story, Story::Left(_)) && history.ordinary();
    if history.member.story == Story::Left(Cause::AboutToStart) {
        // Agreed before the list was drawn.
        let from = day(2017, 8, 28);
        let entered = history.random.day(day(2017, 7, 24), day(2017, 7, 28));
        put_on(history, (from, plus(from, 88)), GUIDANCE, PLANNED, entered);
    } else if history.has(Twist::MentorAfterReview) {
        let from = from.min(day(2017, 9, 11));
        let entered = plus(from, -3).max(AFTER_THE_LIST);
        put_on(history, mentor(from), MENTOR, RUNNING, entered);
    } else if reviewed && history.random.chance(20) {
        // The review bears fruit.
        let (kind, days) = offer(history, from);
        let entered = history.entered_late();
        let status = if days.0 <= EXTRACTED {
            RUNNING
        } else {
            PLANNED
        };
        put_on(history, days, kind, status, entered);
    }
}
