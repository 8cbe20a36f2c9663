//! Two timelines drawn with characters: what an example expects, and what the rules say.

use crate::language::{day, period};
use crate::print::Paint;
use crate::session::Session;
use crate::states;
use hjemmel_engine::examples::ExpectationResult;
use hjemmel_engine::model::{DayExpectation, Expectation, Expected, Model};
use hjemmel_engine::outcome::{Due, StateRun};
use hjemmel_engine::time::{Day, Period};
use std::fmt::Write as _;

/// How many characters a timeline may be wide.
const WIDTH: i32 = 64;

/// Draws the line of an example, with the dates it begins and ends on, and the runs that came out.
pub(crate) fn draw(
    session: &Session,
    model: &Model,
    result: &ExpectationResult<'_>,
    paint: Paint,
) -> String {
    let expectation = result.expectation;
    let window = window(expectation);
    let columns = columns(window);
    let expected = expected_days(expectation, window);
    let holds = |day: Day| {
        result
            .actual
            .iter()
            .any(|run| run.days.contains(day) && says(run, &expectation.expected))
    };
    let row = |holds: &dyn Fn(Day) -> bool| -> String {
        columns.iter().map(|days| character(*days, holds)).collect()
    };
    let differs = |days: &Period| each(*days).any(|day| expected.contains(day) != holds(day));
    let marks: String = columns
        .iter()
        .map(|days| if differs(days) { '▲' } else { ' ' })
        .collect();
    let (labels, blank) = (
        [
            session.say("forventet", "expected"),
            session.say("faktisk", "actual"),
        ],
        " ".repeat(9),
    );
    let mut out = String::new();
    let _ = writeln!(
        out,
        "    {:<9}  {}",
        labels[0],
        row(&|day| expected.contains(day))
    );
    let _ = writeln!(out, "    {:<9}  {}", labels[1], row(&holds));
    let _ = writeln!(out, "    {blank}  {}", paint.red(marks.trim_end()));
    let (first, last) = (
        day(window.start, session.language()),
        day(window.last(), session.language()),
    );
    let gap = columns
        .len()
        .saturating_sub(first.chars().count())
        .saturating_sub(last.chars().count())
        .max(2);
    let _ = writeln!(
        out,
        "    {blank}  {}",
        paint.dim(&format!("{first}{}{last}", " ".repeat(gap)))
    );
    for run in &result.actual {
        let _ = writeln!(
            out,
            "    {blank}  {}",
            told(session, model, expectation, run)
        );
    }
    if result.actual.is_empty() {
        let none = session.say(
            "reglen er ikke en del af loven de dage",
            "the rule is not part of the law on those days",
        );
        let _ = writeln!(out, "    {blank}  {none}");
    }
    out
}

/// `frist løber, 4. januar 2017 – 9. juli 2017, frist 9. juli 2017`
fn told(session: &Session, model: &Model, expectation: &Expectation, run: &StateRun) -> String {
    let language = session.language();
    let state = states::words(
        model,
        expectation.subject,
        &run.state,
        run.days.start,
        language,
    );
    let mut parts = vec![state, period(run.days, language)];
    if let (Expected::Due(_), Some(due)) = (&expectation.expected, run.due) {
        let (earliest, latest) = (day(due.earliest, language), day(due.latest, language));
        let due = if due.certain().is_some() {
            earliest
        } else {
            format!("{earliest} – {latest}")
        };
        parts.push(format!("{} {due}", session.say("frist", "due")));
    }
    parts.join(", ")
}

/// Whether a run says what is expected.
fn says(run: &StateRun, expected: &Expected) -> bool {
    match expected {
        Expected::State(state) => run.state.name() == state,
        Expected::Due(due) => run.due.and_then(Due::certain) == Some(*due),
    }
}

/// The days the line is about and a month on either side.
fn window(expectation: &Expectation) -> Period {
    let (first, last) = match expectation.days {
        DayExpectation::On(day) => (day, day),
        DayExpectation::Run { from, to } => {
            let first = from.or(to).unwrap_or(Day::FIRST);
            (first, to.unwrap_or(first))
        }
    };
    Period::inclusive(first.plus(-31), last.plus(31)).and(Period::ALL)
}

/// The days on which it is expected to hold, within what is shown.
fn expected_days(expectation: &Expectation, window: Period) -> Period {
    match expectation.days {
        DayExpectation::On(day) => Period::inclusive(day, day),
        DayExpectation::Run { from, to } => {
            Period::inclusive(from.unwrap_or(window.start), to.unwrap_or(window.last()))
        }
    }
}

/// `█` where it holds on all days of a column, `▒` where on some.
fn character(days: Period, holds: &dyn Fn(Day) -> bool) -> char {
    let count = each(days).filter(|day| holds(*day)).count();
    match count {
        0 => '·',
        _ if count == each(days).count() => '█',
        _ => '▒',
    }
}

/// The days of each character.
fn columns(window: Period) -> Vec<Period> {
    let days = window.end.since(window.start);
    let each_column = days
        .saturating_add(WIDTH.saturating_sub(1))
        .checked_div(WIDTH)
        .unwrap_or(1)
        .max(1);
    let mut columns = Vec::new();
    let mut start = window.start;
    while start < window.end {
        let end = start.plus(each_column).min(window.end);
        columns.push(Period::new(start, end));
        start = end;
    }
    columns
}

fn each(days: Period) -> impl Iterator<Item = Day> {
    (days.start.number()..days.end.number()).map(Day::from_number)
}
