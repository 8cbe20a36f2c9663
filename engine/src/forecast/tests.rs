//! The number of starts against trying every number, and the days of a rhythm.

use super::starts::{Plan, Target};
use super::*;
use crate::measure::{Contribution, Counts};
use crate::time::Truth;
use hjemmel_grammar::syntax::Order;

fn day(number: i32) -> Day {
    // A Monday.
    Day::from_ymd(2017, 7, 3).expect("a day").plus(number)
}

fn adds(out_of: Truth, counted: Truth) -> Contribution {
    Contribution {
        out_of,
        counted: counted.min(out_of),
        group: Vec::new(),
    }
}

fn sum<'a>(added: impl Iterator<Item = &'a Contribution>) -> Counts {
    let mut counts = Counts::default();
    added.for_each(|one| counts.add(one));
    counts
}

/// Small, and the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % end
    }

    fn truth(&mut self) -> Truth {
        [Truth::Yes, Truth::Yes, Truth::No, Truth::Unknown][usize::try_from(self.below(4)).unwrap()]
    }
}

/// Some cases; whom a start helps only if it comes in time, whom never.
fn drawn(numbers: &mut Numbers) -> (Vec<Contribution>, Vec<Day>) {
    let cases = 1 + numbers.below(9);
    let without = (0..cases).map(|_| adds(numbers.truth(), numbers.truth()));
    let without = without.collect();
    let last = (0..cases).map(|_| day(i32::try_from(numbers.below(30)).unwrap() - 3));
    (without, last.collect())
}

#[test]
fn no_smaller_number_of_starts_is_enough() {
    let mut numbers = Numbers(7);
    let (mut reached, mut impossible) = (0, 0);
    for _ in 0..3000 {
        let (without, in_time) = drawn(&mut numbers);
        let plan = Plan {
            from: day(0),
            by: day(i32::try_from(numbers.below(28)).unwrap() + 1),
        };
        let falls = numbers.below(2) == 0;
        let target = Target {
            order: if falls { Order::AtMost } else { Order::AtLeast },
            percent: i64::try_from(numbers.below(11)).unwrap() * 10_000,
        };
        let with = |case: usize, on: Day| {
            if on <= in_time[case] {
                let after = if falls { Truth::No } else { Truth::Yes };
                adds(without[case].out_of, after)
            } else {
                without[case].clone()
            }
        };
        let needed = plan.needed(target, &without, with);
        // By the words of the reference: try every number, day by day.
        let helped: Vec<usize> = (0..without.len())
            .filter(|case| {
                let (before, after) = (&without[*case], &with(*case, day(1)));
                before.out_of != Truth::No && before.counted != after.counted
            })
            .collect();
        let share = |per_week: usize| {
            let mut added = without.clone();
            let mut left = helped.iter();
            for on in 1..=plan.by.since(plan.from) {
                if on % 7 == 1 {
                    left.by_ref()
                        .take(per_week)
                        .for_each(|case| added[*case] = with(*case, day(on)));
                }
            }
            sum(added.iter())
        };
        let enough = (0..=helped.len()).find(|per_week| target.is_reached(share(*per_week)));
        assert_eq!(
            needed.per_week,
            enough.map(|it| it as u64),
            "{target:?} {without:?}"
        );
        assert_eq!(needed.helped, helped.len() as u64);
        assert_eq!(needed.without, share(0));
        match enough {
            Some(_) => {
                reached += 1;
                assert!(target.is_reached(needed.with));
            }
            None => {
                impossible += 1;
                assert!(!target.is_reached(needed.with));
            }
        }
    }
    assert!(reached > 500 && impossible > 500, "{reached} {impossible}");
}

#[test]
fn what_is_not_known_never_reaches_a_target() {
    let target = Target {
        order: Order::AtMost,
        percent: 0,
    };
    let counts = Counts {
        counted: 0,
        out_of: 10,
        unknown: 1,
    };
    assert!(!target.is_reached(counts));
    assert!(target.is_reached(Counts {
        unknown: 0,
        ..counts
    }));
}

#[test]
fn starts_come_every_seventh_day_up_to_the_last() {
    let days = |by| {
        Plan {
            from: day(0),
            by: day(by),
        }
        .days()
    };
    assert_eq!(days(0), []);
    assert_eq!(days(1), [day(1)]);
    assert_eq!(days(7), [day(1)]);
    assert_eq!(days(8), [day(1), day(8)]);
}

#[test]
fn the_days_of_a_rhythm() {
    let window = Period::inclusive(day(0), day(31));
    let shown = |rhythm| -> Vec<String> {
        let days = days_of(rhythm, window);
        days.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        shown(Some(Rhythm::Weekly(2))),
        [
            "2017-07-05",
            "2017-07-12",
            "2017-07-19",
            "2017-07-26",
            "2017-08-02"
        ]
    );
    assert_eq!(shown(Some(Rhythm::Monthly)), ["2017-07-31"]);
    assert_eq!(shown(None).len(), 5);
}
