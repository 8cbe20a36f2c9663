//! Months added to and subtracted from every day of 1990 to 2050, against what python-dateutil and
//! PostgreSQL say of them. `months/write` made `months/months.csv`, and says how.

use super::counted;
use hjemmel_engine::time::{Day, Length, Unit};
use sha2::{Digest, Sha256};

const FOREIGN: &str = include_str!("months/months.csv");

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// 1 January 1990 to 31 December 2050.
fn days() -> impl Iterator<Item = Day> {
    (day(1990, 1, 1).number()..=day(2050, 12, 31).number()).map(Day::from_number)
}

fn moved(day: Day, months: i32) -> Day {
    let length = Length::new(months.unsigned_abs(), Unit::Months);
    if months < 0 {
        length.before(day)
    } else {
        length.after(day)
    }
}

/// Every day that comes out, as text: there are 29,585 of them, and five million times one is asked for.
struct Texts {
    first: Day,
    texts: Vec<String>,
}

impl Texts {
    fn new() -> Self {
        let (first, last) = (day(1980, 1, 1), day(2060, 12, 31));
        let texts = (first.number()..=last.number()).map(|n| format!("{}\n", Day::from_number(n)));
        Self {
            first,
            texts: texts.collect(),
        }
    }

    fn of(&self, day: Day) -> &str {
        &self.texts[usize::try_from(day.since(self.first)).unwrap()]
    }
}

#[test]
fn months_are_those_of_dateutil_and_postgresql() {
    let texts = Texts::new();
    let mut tried = 0;
    let mut differs = Vec::new();
    for line in FOREIGN.lines().skip(1) {
        let (months, foreign) = line.split_once(';').unwrap();
        let months: i32 = months.parse().unwrap();
        let mut text = String::new();
        for day in days() {
            text += texts.of(moved(day, months));
            tried += 1;
        }
        let ours: String = Sha256::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if ours != foreign {
            differs.push(months);
        }
    }
    assert!(
        differs.is_empty(),
        "another day after so many months: {differs:?}"
    );
    assert_eq!(tried, 22_280 * 241);
    counted(
        "B1 pairs of a day and months, against dateutil and PostgreSQL",
        tried,
    );
}

#[test]
fn a_later_day_is_never_earlier_some_months_on() {
    let mut tried = 0;
    for months in -120..=120 {
        let mut before = moved(days().next().unwrap(), months);
        for day in days() {
            let after = moved(day, months);
            assert!(before <= after, "{day} and {months} months");
            before = after;
            tried += 1;
        }
    }
    counted("B6 months are monotone", tried);
}

#[test]
fn months_one_by_one_are_at_most_three_days_from_all_at_once() {
    let mut tried = 0;
    for day in days() {
        let mut stepped = day;
        for months in 1..=48 {
            stepped = moved(stepped, 1);
            let away = moved(day, months).since(stepped);
            // Clipped once, the day of the month is lost.
            assert!((0..=3).contains(&away), "{day} and {months} months: {away}");
            tried += 1;
        }
    }
    counted("B6 months one by one", tried);
}
