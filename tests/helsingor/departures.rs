//! Departures: who was aktivitetsparat on kontanthjælp and is no longer, and where they went.

use super::calendar::{MEASURED, day, monday, plus, working_day};
use super::history::{History, Table};
use super::profiles::{Destination, Member, Story, Twist};
use chrono::{Datelike, NaiveDate};
use hjemmel_tests::random::Random;

/// The first day of the year that the memo tells of.
const FIRST: NaiveDate = day(2016, 8, 1);

/// The first day away, within the year, for those who departed.
pub(crate) fn first_day(member: Member, random: &mut Random) -> Option<NaiveDate> {
    let Story::Departed(destination) = member.story else {
        return None;
    };
    let date = random.day(FIRST, MEASURED);
    Some(match (member.twist, destination) {
        (Some(Twist::DepartedFirstDay), _) => FIRST,
        (Some(Twist::DepartedLastDay), _) => MEASURED,
        // After the summer holidays, and at the turn of the half-year.
        (_, Destination::Education) => random.pick(&[
            day(2016, 8, 8),
            day(2016, 8, 15),
            day(2016, 8, 29),
            day(2016, 9, 1),
            day(2017, 1, 30),
            day(2017, 2, 1),
        ]),
        // A category is entered on a working day; the last day of the year is one.
        (_, Destination::Ready) => working_day(date),
        (_, Destination::Elsewhere) => date,
        // On the first of a month or on a Monday, as jobs and courses begin.
        _ if random.chance(60) => plus(date, 1 - i64::from(date.day())),
        _ => monday(date),
    })
}

/// The last day on benefit: the day before. Who became jobparat stays on it, a third of them for
/// some weeks only.
pub(crate) fn last_on_benefit(
    member: Member,
    away: NaiveDate,
    random: &mut Random,
) -> Option<NaiveDate> {
    if member.story != Story::Departed(Destination::Ready) {
        return Some(plus(away, -1));
    }
    let last = plus(away, random.between(21, 150));
    (random.chance(33) && last < MEASURED).then_some(last)
}

/// Adds the row of `afgang`.
pub(crate) fn add(history: &mut History) {
    if let (Story::Departed(destination), Some(away)) = (history.member.story, history.person.away)
    {
        history.add(Table::Departure, (away, Some(away)), &[word(destination)]);
    }
}

fn word(destination: Destination) -> &'static str {
    match destination {
        Destination::Work => "ordinært_arbejde",
        Destination::Education => "ordinær_uddannelse",
        Destination::Ready => "jobparat",
        Destination::FlexJob => "fleksjob",
        Destination::ResourceCourse => "ressourceforløb",
        Destination::Elsewhere => "andet",
    }
}
