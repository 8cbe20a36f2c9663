//! Where an axis begins and ends, and what is marked on it.

use super::{Series, Unit};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword::MONTHS;
use std::collections::BTreeSet;

/// At most this many steps on the axis of values.
const STEPS: i64 = 6;
/// At most this many days are named on the axis of days.
const NAMED: usize = 8;
/// The whole, in thousandths of a per cent.
const WHOLE: i64 = 100_000;

/// The marks of an axis that holds the values and zero, evenly apart; the first and the last are
/// its ends. Shares up to the whole have an axis up to the whole, unless all are small: a rise
/// from 54 to 60 per cent should not look like one from nothing to all.
pub(super) fn marks(values: impl Iterator<Item = i64>, unit: Unit) -> Vec<i64> {
    let (mut low, mut high) = (0, 0);
    for value in values {
        low = low.min(value);
        high = high.max(value);
    }
    if unit == Unit::Percent && (WHOLE / 5..=WHOLE).contains(&high) {
        high = WHOLE;
    }
    if high == low {
        high = unit.finest();
    }
    let step = step(low, high, unit.finest());
    let first = low.div_euclid(step);
    let last = -((-high).div_euclid(step));
    (first..=last).map(|at| at.saturating_mul(step)).collect()
}

/// The smallest of 1, 2, 5, 10, 20, … with which the axis has few enough steps.
fn step(low: i64, high: i64, finest: i64) -> i64 {
    let room = high.saturating_sub(low);
    let mut power = finest.max(1);
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step.saturating_mul(STEPS) >= room {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// The days of a figure: those that are named on the axis, and how.
pub(super) struct Days {
    /// The first and the last.
    pub(super) ends: (Day, Day),
    /// Whether each is a week after another, so that weeks are named.
    weekly: bool,
    /// Whether all lie in the same year (of weeks, if weeks are named).
    one_year: bool,
    /// Those that are named.
    pub(super) named: Vec<Day>,
}

impl Days {
    /// The days of all series; none if there are none.
    pub(super) fn of(series: &[Series]) -> Option<Self> {
        let points = series.iter().flat_map(|series| &series.points);
        let days: BTreeSet<Day> = points.map(|(day, _)| *day).collect();
        let ends = (*days.first()?, *days.last()?);
        let weekly = days.len() > 1 && days.iter().all(|day| day.since(ends.0) % 7 == 0);
        let year = |day: Day| {
            let (of_week, _) = day.iso_week();
            if weekly { of_week } else { year(day) }
        };
        let days: Vec<Day> = days.into_iter().collect();
        // The last is always named, and the others counted back from it.
        let every = days.len().div_ceil(NAMED).max(1);
        let mut named: Vec<Day> = days.iter().rev().step_by(every).copied().collect();
        named.reverse();
        Some(Self {
            ends,
            weekly,
            one_year: year(ends.0) == year(ends.1),
            named,
        })
    }

    /// `uge 36`, `4. sep`; with the year where it changes.
    pub(super) fn label(&self, day: Day, language: Language) -> String {
        if self.weekly {
            let (year, week) = day.iso_week();
            let word = match language {
                Language::Danish => "uge",
                Language::English => "week",
            };
            if self.one_year {
                return format!("{word} {week}");
            }
            return format!("{week}/{year}");
        }
        let (number, month) = number_and_month(day, language);
        let label = match language {
            Language::Danish => format!("{number}. {month}"),
            Language::English => format!("{number} {month}"),
        };
        if self.one_year {
            label
        } else {
            format!("{label} {}", year(day))
        }
    }

    /// What stands below the axis: the year, or what its labels are.
    pub(super) fn below(&self, language: Language) -> String {
        let (year_of_week, _) = self.ends.0.iso_week();
        match (self.one_year, self.weekly, language) {
            (true, true, _) => year_of_week.to_string(),
            (true, false, _) => year(self.ends.0).to_string(),
            (false, true, Language::Danish) => "uge/år".to_owned(),
            (false, true, Language::English) => "week/year".to_owned(),
            (false, false, _) => String::new(),
        }
    }
}

/// `4`, `sep`.
fn number_and_month(day: Day, language: Language) -> (u32, String) {
    let iso = day.to_string();
    let mut parts = iso.split('-').skip(1);
    let mut part = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (month, number) = (part().unwrap_or(1), part().unwrap_or(1));
    let at = usize::try_from(month).unwrap_or(1).saturating_sub(1);
    let (da, en) = MONTHS.get(at).copied().unwrap_or_default();
    let word = match language {
        Language::Danish => da,
        Language::English => en,
    };
    (number, word.chars().take(3).collect())
}

fn year(day: Day) -> i32 {
    let iso = day.to_string();
    let first = iso.split('-').next().and_then(|year| year.parse().ok());
    first.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_zero_and_all_values_in_few_even_steps() {
        let of = |values: &[i64], unit| marks(values.iter().copied(), unit);
        let tens = vec![0, 20_000, 40_000, 60_000, 80_000, 100_000];
        assert_eq!(of(&[53_900, 59_500], Unit::Percent), tens);
        assert_eq!(
            of(&[200, 900], Unit::Percent),
            [0, 200, 400, 600, 800, 1_000]
        );
        assert_eq!(
            of(&[-13_300, -5_500], Unit::Percent),
            [-15_000, -10_000, -5_000, 0]
        );
        assert_eq!(
            of(&[120_000], Unit::Percent),
            [0, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000]
        );
        assert_eq!(of(&[694, 801], Unit::Count), [0, 200, 400, 600, 800, 1_000]);
        assert_eq!(of(&[3], Unit::Count), [0, 1, 2, 3]);
        assert_eq!(of(&[], Unit::Count), [0, 1]);
    }
}
