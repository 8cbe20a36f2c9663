//! Random sets of days, written so that PostgreSQL reads them as ranges of dates (`ranges/compare`).

use super::number;
use crate::oracle::Random;
use hjemmel_engine::time::{Day, Days, Period};
use std::fmt::Write as _;

/// Pairs in a file.
const PAIRS: usize = 50_000;

/// Up to fifty pieces, mostly few; now and then without a beginning or an end.
fn set(random: &mut Random) -> Days {
    let most = random.pick(&[2, 4, 4, 8, 8, 8, 16, 50]);
    let pieces = (0..random.below(most + 1)).map(|_| {
        let first = Day::from_number(16_800 + random.between(0, 400));
        match random.below(24) {
            0 => Period::new(Day::FIRST, first),
            1 => Period::new(first, Day::END),
            // Of no day, too.
            _ => Period::new(first, first.plus(random.between(0, 20))),
        }
    });
    Days::from_periods(pieces.collect())
}

/// As PostgreSQL writes them. Where time begins and ends for us a range is open.
pub(super) fn multirange(days: &Days) -> String {
    let range = |run: &Period| {
        let from = match run.start {
            Day::FIRST => "(".to_owned(),
            day => format!("[{day}"),
        };
        let to = match run.end {
            Day::END => String::new(),
            day => day.to_string(),
        };
        format!("{from},{to})")
    };
    let ranges: Vec<_> = days.runs().iter().map(range).collect();
    format!("{{{}}}", ranges.join(","))
}

#[test]
fn pairs_are_written_as_postgresql_reads_them() {
    let mut random = Random::new(number("HJEMMEL_SEED").unwrap_or(1));
    let path = std::env::var_os("HJEMMEL_RANGES");
    let mut text = String::new();
    for _ in 0..if path.is_some() { PAIRS } else { 2 } {
        let (a, b) = (set(&mut random), set(&mut random));
        let sets = [&a, &b, &a.and(&b), &a.or(&b), &a.without(&b), &a.not()];
        let fields: Vec<_> = sets
            .iter()
            .map(|set| format!("\"{}\"", multirange(set)))
            .collect();
        let _ = writeln!(text, "{}", fields.join(";"));
    }
    match path {
        Some(path) => std::fs::write(path, text).unwrap(),
        None => insta::assert_snapshot!(text),
    }
}
