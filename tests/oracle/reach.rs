//! How far the state of a day reaches: `since` back, each day by what it could know, and `until`
//! on, as the picture of the day forecasts it.

use super::differ::Scope;
use super::judge::{Answer, Oracle};
use hjemmel_engine::model::Subject;
use hjemmel_engine::outcome::Outcome;
use hjemmel_engine::time::Day;

/// Says what differs. Where the window ends before the state does, nothing is compared.
pub(crate) fn agrees(
    oracle: &Oracle,
    subject: Subject,
    outcome: &Outcome,
    today: Day,
    scope: Scope,
) -> Result<(), String> {
    let Some(answer) = oracle
        .judge(subject, today)
        .filter(|answer| !answer.guessed)
    else {
        return Ok(());
    };
    let first = since(oracle, subject, &answer, today, scope.compared.first);
    if first.is_some() && outcome.since != first {
        return Err(format!(
            "since {:?}, not {:?}",
            first.map(|day| day.to_string()),
            outcome.since.map(|day| day.to_string())
        ));
    }
    let last = scope.compared.last;
    match until(oracle, subject, &answer, today, last) {
        Reach::To(until) if outcome.until != Some(until) => Err(format!(
            "until {until}, not {:?}",
            outcome.until.map(|day| day.to_string())
        )),
        Reach::Beyond if outcome.until.is_some_and(|until| until < last) => Err(format!(
            "until later than {last}, not {:?}",
            outcome.until.map(|day| day.to_string())
        )),
        _ => Ok(()),
    }
}

/// The first day of the unbroken run; `None` if it reaches back beyond `first`, or to what had to
/// be filled in.
fn since(
    oracle: &Oracle,
    subject: Subject,
    answer: &Answer,
    today: Day,
    first: Day,
) -> Option<Day> {
    let mut since = today;
    while since > first {
        match oracle.judge(subject, since.previous()) {
            Some(before) if before.guessed => return None,
            Some(before) if before.state == answer.state => since = since.previous(),
            _ => return Some(since),
        }
    }
    None
}

enum Reach {
    To(Day),
    Beyond,
    /// Rests on what had to be filled in.
    Unsure,
}

fn until(oracle: &Oracle, subject: Subject, answer: &Answer, today: Day, last: Day) -> Reach {
    let mut until = today;
    while until < last {
        match oracle.forecast(subject, today, until.next()) {
            Some(next) if next.guessed => return Reach::Unsure,
            Some(next) if next.state == answer.state => until = until.next(),
            _ => return Reach::To(until),
        }
    }
    Reach::Beyond
}
