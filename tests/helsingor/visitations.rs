//! Rows of visitation: the category, from the reform of 2014 on (before it there were others).

use super::benefits::spells;
use super::calendar::{MEASURED, REFORM, day, plus, working_day};
use super::history::{History, Span, Table};
use super::profiles::{Benefit, Destination, Reason, Story};
use chrono::NaiveDate;

/// Adds the rows of `visitation`.
pub(crate) fn add(history: &mut History) {
    let begins = history.person.first.max(REFORM);
    let (changes, before, after) = change(history, begins);
    // A month without benefit closes the case; a few weeks do not.
    for (from, to) in spells(history, 27) {
        let from = from.max(begins);
        if to.is_some_and(|to| to < from) {
            continue;
        }
        let ends_before = to.is_some_and(|to| to < changes);
        if from < changes {
            let to = if ends_before {
                to
            } else {
                Some(plus(changes, -1))
            };
            visit(history, (from, to), before);
        }
        if !ends_before {
            visit(history, (from.max(changes), to), after);
        }
    }
}

/// A category holds from the day it is entered; nothing is entered on a weekend.
fn visit(history: &mut History, span: Span, category: &str) {
    history.put(Table::Visitation, span, &[category], working_day(span.0));
}

/// The day the category changes, and the categories before and after it.
fn change(history: &mut History, begins: NaiveDate) -> (NaiveDate, &'static str, &'static str) {
    const ACTIVE: &str = "aktivitetsparat";
    match history.member.story {
        Story::Outside(Reason::Ready) => {
            let was_active = history.random.chance(40);
            let before = if was_active { ACTIVE } else { ready(history) };
            let after = if before == ACTIVE {
                ready(history)
            } else {
                before
            };
            let changes = if was_active {
                half_way(history, begins)
            } else {
                begins
            };
            (changes, before, after)
        }
        Story::Outside(Reason::ActiveInAugust) => {
            let changes = history.random.day(plus(MEASURED, 1), day(2017, 8, 18));
            (working_day(changes), ready(history), ACTIVE)
        }
        Story::Left(_) | Story::Active(_) if history.ordinary() && history.random.chance(45) => {
            let changes = half_way(history, begins);
            (changes, ready(history), ACTIVE)
        }
        Story::Departed(Destination::Ready) => {
            let changes = history.person.away.unwrap_or(begins);
            (changes, ACTIVE, ready(history))
        }
        _ => (begins, ACTIVE, ACTIVE),
    }
}

/// Some months after the first category, while the benefit is the same; else the first day.
fn half_way(history: &mut History, begins: NaiveDate) -> NaiveDate {
    let changes = plus(begins, history.random.between(85, 560));
    let changes = working_day(changes.min(day(2017, 5, 2)));
    let kind = |date| history.person.benefit_on(history.member.benefit, date);
    match kind(begins) == kind(changes) {
        true => changes,
        false => begins,
    }
}

/// The category of those who are not aktivitetsparat, which depends on the benefit.
fn ready(history: &mut History) -> &'static str {
    let obviously = history.random.chance(15);
    let begins = history.person.first.max(REFORM);
    match history.person.benefit_on(history.member.benefit, begins) {
        "uddannelseshjælp" if obviously => "åbenlyst_uddannelsesparat",
        "uddannelseshjælp" => "uddannelsesparat",
        _ if history.member.benefit == Benefit::Education => "uddannelsesparat",
        _ => "jobparat",
    }
}
