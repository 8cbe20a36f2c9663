//! Rows of benefit: one for each kind and each unbroken time on it.

use super::calendar::{EXTRACTED, REFORM, day, days_between, plus};
use super::history::{History, Span, Table};
use super::profiles::{Reason, Story, Twist};
use chrono::NaiveDate;

/// Adds the rows of `ydelse`, and notes the gaps between them.
pub(crate) fn add(history: &mut History) {
    history.gaps = gaps(history);
    let late = history.member.story == Story::Outside(Reason::RegisteredLate);
    let programme = history.member.story == Story::Outside(Reason::Programme);
    let programme = if programme { "ja" } else { "nej" };
    for span in spells(history, 0) {
        for (from, to) in by_kind(history, span) {
            let kind = history.person.benefit_on(history.member.benefit, from);
            let registered = match late {
                true => history.entered_late(),
                false => history.entered(from),
            };
            history.put(Table::Benefit, (from, to), &[kind, programme], registered);
        }
    }
}

/// The days without benefit.
fn gaps(history: &mut History) -> Vec<(NaiveDate, NaiveDate)> {
    let story = history.member.story;
    let (person, ordinary) = (history.person, history.ordinary());
    let random = &mut history.random;
    let gap = match (story, history.member.twist) {
        (_, Some(Twist::ShortGap)) => {
            // All of these months have 31 days.
            let (year, month) =
                random.pick(&[(2016, 10), (2016, 12), (2017, 1), (2017, 3), (2017, 5)]);
            (day(year, month, 2), day(year, month, 28))
        }
        (_, Some(Twist::JuneGap)) => (day(2016, 6, 1), day(2016, 6, 30)),
        (Story::Outside(Reason::FebruaryGap), _) => (day(2017, 2, 1), day(2017, 2, 28)),
        (Story::Outside(Reason::JulyGap), _) => (day(2016, 7, 1), day(2016, 7, 31)),
        (Story::Outside(Reason::MonthGap), _) => {
            let first = random.day(day(2016, 8, 15), day(2017, 3, 15));
            // 62 days hold a whole calendar month wherever they begin.
            (first, plus(first, random.between(61, 110)))
        }
        (Story::Left(_) | Story::Active(_), None) if ordinary && person.first < day(2015, 3, 1) => {
            let first = random.day(plus(person.first, 100), day(2015, 12, 1));
            let gap = (first, plus(first, random.between(4, 90)));
            match random.chance(25) {
                true => gap,
                false => return Vec::new(),
            }
        }
        _ => return Vec::new(),
    };
    vec![gap]
}

/// The times on benefit; gaps of up to so many days do not divide them.
pub(crate) fn spells(history: &History, bridged: i64) -> Vec<Span> {
    let mut from = history.person.first;
    let mut spells = Vec::new();
    for &(first, last) in &history.gaps {
        if days_between(first, last) >= bridged {
            spells.push((from, Some(plus(first, -1))));
            from = plus(last, 1);
        }
    }
    spells.push((from, history.person.last));
    spells
}

/// A spell, divided where the kind of benefit changes: at the reform and on the 30th birthday.
fn by_kind(history: &History, (from, to): Span) -> Vec<Span> {
    let kind = |date| history.person.benefit_on(history.member.benefit, date);
    let mut cuts = vec![REFORM, history.person.turns_30()];
    // A birthday to come is nothing that anybody has entered.
    cuts.retain(|&cut| from < cut && cut <= to.unwrap_or(EXTRACTED));
    cuts.retain(|&cut| kind(plus(cut, -1)) != kind(cut));
    let mut spans = Vec::new();
    let mut begins = from;
    for cut in cuts {
        spans.push((begins, Some(plus(cut, -1))));
        begins = cut;
    }
    spans.push((begins, to));
    spans
}
