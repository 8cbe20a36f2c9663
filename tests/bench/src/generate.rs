//! Invented cases, many of them at the limits of the rules: gaps of 28 and 29 days, last days at the
//! ends of February and of other months.

use crate::calendar::{ONGOING, day};
use crate::columns::{Columns, Rows};
use crate::random::Random;

/// The first and the last day on which rows begin or end.
const FIRST: i32 = day(2014, 1, 1);
const LAST: i32 = day(2020, 12, 31);

/// Last days at which month arithmetic clips.
const EDGES: [i32; 6] = [
    day(2015, 2, 28),
    day(2016, 2, 28),
    day(2016, 2, 29),
    day(2017, 2, 28),
    day(2016, 8, 31),
    day(2016, 4, 30),
];

/// So many cases of that seed. The first cases do not depend on how many follow.
#[must_use]
pub fn generate(cases: usize, seed: u64) -> Columns {
    let mut random = Random::new(seed);
    let mut columns = Columns::default();
    for _ in 0..cases {
        let random = &mut Random::new(random.number());
        columns
            .births
            .push(random.between(day(1955, 1, 1), day(1995, 12, 31)));
        let municipality = u16::try_from(random.between(101, 198)).unwrap_or(101);
        columns.municipalities.push(municipality);
        let first = random.between(FIRST, day(2017, 12, 31));
        benefits(random, first, &mut columns.benefits);
        statuses(random, first, &mut columns.statuses);
        activities(random, &mut columns.activities, &mut columns.hours);
        exemptions(random, &mut columns.exemptions);
    }
    columns
}

fn benefits(random: &mut Random, first: i32, rows: &mut Rows) {
    let count = random.weighted(&[0, 45, 30, 15, 10]);
    let mut start = first;
    for at in 1..=count {
        let end = start + random.between(20, 900);
        let ongoing = at == count && random.chance(50);
        if ongoing || LAST <= end {
            let end = if ongoing { ONGOING } else { LAST };
            rows.push(start, end, random.weighted(&[65, 35]));
            break;
        }
        rows.push(start, end, random.weighted(&[65, 35]));
        start = end + 1 + gap(random);
        if LAST < start {
            break;
        }
    }
    rows.end_case();
}

/// The days between two benefits.
fn gap(random: &mut Random) -> i32 {
    match random.weighted(&[30, 15, 10, 10, 10, 5, 5, 15]) {
        0 => 0,
        1 => random.between(1, 27),
        2 => 28,
        3 => 29,
        4 => random.between(30, 55),
        5 => 56,
        6 => 57,
        _ => random.between(58, 400),
    }
}

fn statuses(random: &mut Random, first: i32, rows: &mut Rows) {
    let count = random.weighted(&[0, 50, 30, 12, 8]);
    let mut start = (first + random.between(-20, 40)).max(FIRST);
    for at in 1..=count {
        let end = start + random.between(60, 900);
        let kind = random.weighted(&[20, 65, 15]);
        if at == count && random.chance(70) {
            rows.push(start, ONGOING, kind);
            break;
        }
        rows.push(start, end.min(LAST), kind);
        let between = if random.chance(80) {
            0
        } else {
            random.between(1, 60)
        };
        start = end + 1 + between;
        if LAST < start {
            break;
        }
    }
    rows.end_case();
}

fn activities(random: &mut Random, rows: &mut Rows, hours: &mut Vec<u8>) {
    let count = random.weighted(&[25, 25, 18, 12, 9, 6, 5]);
    let mut drawn: Vec<(i32, i32, u8)> = (0..count)
        .map(|_| {
            let (start, end) = period(random, 250, 4);
            (start, end, random.weighted(&[30, 10, 15, 25, 20]))
        })
        .collect();
    drawn.sort_unstable();
    for (start, end, kind) in drawn {
        rows.push(start, end, kind);
        hours.push(u8::try_from(random.between(1, 37)).unwrap_or(1));
    }
    rows.end_case();
}

fn exemptions(random: &mut Random, rows: &mut Rows) {
    let count = random.weighted(&[65, 27, 8]);
    let mut drawn: Vec<(i32, i32, u8)> = (0..count)
        .map(|_| {
            let (start, end) = period(random, 500, 10);
            (start, end, random.weighted(&[20, 30, 20, 30]))
        })
        .collect();
    drawn.sort_unstable();
    for (start, end, kind) in drawn {
        rows.push(start, end, kind);
    }
    rows.end_case();
}

/// Any days of the seven years, now and then with a last day on an edge, or ongoing.
fn period(random: &mut Random, longest: i32, ongoing: i32) -> (i32, i32) {
    let start = random.between(FIRST, LAST);
    if random.chance(ongoing) {
        return (start, ONGOING);
    }
    let length = random.between(0, longest);
    if random.chance(10) {
        let edge = EDGES.get(usize::from(random.weighted(&[1; 6])));
        let end = edge.copied().unwrap_or(LAST);
        return ((end - length).max(FIRST), end);
    }
    (start, (start + length).min(LAST))
}

#[cfg(test)]
mod tests {
    use super::generate;

    #[test]
    fn a_seed_is_an_extract() {
        let (one, more) = (generate(50, 7), generate(100, 7));
        assert_eq!(one.births, more.births[..50]);
        assert_eq!(one.benefits.offsets, more.benefits.offsets[..51]);
        assert_ne!(one, generate(50, 8));
    }

    #[test]
    fn benefits_and_statuses_are_sorted_and_do_not_overlap() {
        let columns = generate(2000, 1);
        for case in 0..columns.cases() {
            for rows in [columns.benefits.of(case), columns.statuses.of(case)] {
                let rows: Vec<_> = rows.iter().collect();
                assert!((1..=4).contains(&rows.len()));
                assert!(rows.iter().all(|(start, end, _)| start <= end));
                assert!(rows.windows(2).all(|pair| pair[0].1 < pair[1].0));
            }
        }
    }
}
