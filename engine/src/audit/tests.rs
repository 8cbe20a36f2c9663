//! Samples have the promised size and strata; shares are those worked out by hand.

use super::random::Random;
use super::{Allocation, Audit, Counts, Line, NotDrawn, Share, draw};
use crate::model::{DutyId, DutyState, Subject};
use crate::outcome::State;

const WAYS: [Allocation; 2] = [Allocation::Proportional, Allocation::Equal];

/// Whatever the strata: the size is what was asked for, nobody is drawn twice, every stratum is
/// represented where there is room, and the same seed draws the same.
#[test]
fn a_sample_has_its_size_and_every_stratum() {
    let mut random = Random::new(42);
    for round in 0..2_000 {
        let strata = 1 + random.below(8);
        let sizes: Vec<usize> = (0..strata)
            .map(|_| usize::try_from(random.below(40)).unwrap())
            .collect();
        let members: usize = sizes.iter().sum();
        let filled = sizes.iter().filter(|size| **size > 0).count();
        let size = 1 + usize::try_from(random.below(60)).unwrap();
        for way in WAYS {
            let drawn = match draw(&sizes, size, way, round) {
                Ok(drawn) => drawn,
                Err(NotDrawn::Nobody) => {
                    assert_eq!(members, 0);
                    continue;
                }
                Err(NotDrawn::TooFew { strata }) => {
                    assert!(strata == filled && size < filled);
                    continue;
                }
            };
            let all: usize = drawn.iter().map(Vec::len).sum();
            assert_eq!(all, size.min(members), "{sizes:?} {size}");
            for (drawn, members) in drawn.iter().zip(&sizes) {
                assert!(drawn.is_sorted_by(|a, b| a < b), "without replacement");
                assert!(drawn.iter().all(|at| at < members));
                assert_eq!(drawn.is_empty(), *members == 0);
            }
            assert_eq!(drawn, draw(&sizes, size, way, round).unwrap());
        }
    }
}

#[test]
fn shares_follow_the_sizes_or_are_equal() {
    let shares = |sizes: &[usize], size, way| {
        let drawn = draw(sizes, size, way, 1).unwrap();
        drawn.iter().map(Vec::len).collect::<Vec<_>>()
    };
    assert_eq!(shares(&[60, 30, 10], 20, WAYS[0]), [12, 6, 2]);
    // 9.8, 0.1 and 0.1: one from each, and the rest from the first.
    assert_eq!(shares(&[980, 10, 10], 10, WAYS[0]), [8, 1, 1]);
    // 3.5, 2.1, 1.4 by the largest remainders.
    assert_eq!(shares(&[50, 30, 20], 7, WAYS[0]), [4, 2, 1]);
    assert_eq!(shares(&[60, 30, 10], 20, WAYS[1]), [7, 7, 6]);
    assert_eq!(shares(&[60, 2, 0], 20, WAYS[1]), [18, 2, 0]);
    assert_eq!(
        draw(&[3, 3], 1, WAYS[0], 1),
        Err(NotDrawn::TooFew { strata: 2 })
    );
    assert_eq!(draw(&[0], 1, WAYS[0], 1), Err(NotDrawn::Nobody));
}

/// The algorithm is a promise: another sample for the same seed needs another [`super::METHOD`].
#[test]
fn a_seed_is_a_sample_for_ever() {
    assert_eq!(super::METHOD, "splitmix64-fisher-yates-1");
    let drawn = draw(&[100, 20], 9, Allocation::Proportional, 2017).unwrap();
    assert_eq!(
        format!("{drawn:?}"),
        "[[16, 25, 29, 39, 48, 68, 79, 93], [2]]"
    );
}

/// Every member is as likely to be drawn, and every pair of members too.
#[test]
fn every_pair_is_as_likely() {
    let mut pairs = [0_u32; 10];
    for seed in 0..20_000 {
        let drawn = draw(&[5], 2, Allocation::Proportional, seed).unwrap();
        let [a, b] = drawn[0][..] else { panic!() };
        pairs[b * (b - 1) / 2 + a] += 1;
    }
    assert!(
        pairs.iter().all(|count| (1_850..2_150).contains(count)),
        "{pairs:?}"
    );
}

const RULE: Subject = Subject::Duty(DutyId(0));

fn line(stratum: usize, engine: DutyState, reviewer: Option<DutyState>) -> Line {
    Line {
        case: 0,
        rule: RULE,
        stratum,
        engine: State::Duty(engine),
        reviewer: reviewer.map(State::Duty),
    }
}

/// So many lines of a stratum that agree, that differ, and that were not reviewed.
fn lines(stratum: usize, agree: usize, differ: usize, not: usize) -> Vec<Line> {
    use DutyState::{DeadlineRunning, Overdue};
    let mut found = vec![line(stratum, Overdue, Some(Overdue)); agree];
    found.extend(vec![line(stratum, Overdue, Some(DeadlineRunning)); differ]);
    found.extend(vec![line(stratum, Overdue, None); not]);
    found
}

fn share(lines: Vec<Line>, definite: Vec<u64>) -> Option<Share> {
    Audit::new(lines, definite, false).agreement(|_| true).share
}

/// The bounds are those of the formula in floating point, z = 1.959963984540.
#[test]
fn the_interval_is_wilsons() {
    for (agree, differ, expected) in [
        (10, 0, (100_000, (72_247, 100_000))),
        (0, 10, (0, (0, 27_753))),
        (45, 5, (90_000, (78_640, 95_652))),
        (1, 1, (50_000, (9_453, 90_547))),
        (970, 30, (97_000, (95_750, 97_891))),
    ] {
        let found = share(lines(0, agree, differ, 0), vec![5_000]).unwrap();
        assert_eq!((found.share, found.bounds.unwrap()), expected);
    }
}

#[test]
fn strata_weigh_as_their_populations() {
    // 5 of 10 in a stratum of 900, 10 of 10 in one of 100: 55 per cent of all.
    let mut drawn = lines(0, 5, 5, 0);
    drawn.extend(lines(1, 10, 0, 0));
    let found = share(drawn, vec![900, 100]).unwrap();
    assert_eq!((found.share, found.at_least), (55_000, 55_000));
    // Kish: (900+100)² / (10·90² + 10·10²) = 12.195 lines instead of 20.
    assert_eq!(found.bounds, Some((29_424, 78_181)));
    // A stratum of which no line counts speaks for nobody.
    let mut drawn = lines(0, 9, 1, 0);
    drawn.extend(lines(1, 0, 0, 10));
    let audit = Audit::new(drawn.clone(), vec![900, 100], false);
    assert_eq!(audit.silent(), [1]);
    let found = share(drawn, vec![900, 100]).unwrap();
    assert_eq!((found.share, found.at_least), (90_000, 81_000));
}

#[test]
fn what_was_not_reviewed_never_agrees() {
    let audit = Audit::new(lines(0, 8, 0, 2), vec![100], false);
    let found = audit.agreement(|_| true);
    let expected = Counts {
        drawn: 10,
        reviewed: 8,
        agree: 8,
        differ: 0,
        unknown: 0,
    };
    assert_eq!((found.counts, found.counts.not_reviewed()), (expected, 2));
    let share = found.share.unwrap();
    assert_eq!((share.share, share.at_least), (100_000, 80_000));
    assert_eq!(self::share(lines(0, 0, 0, 3), vec![3]), None);
    assert_eq!(self::share(Vec::new(), vec![3]), None);
}

#[test]
fn unknown_answers_are_told_by_themselves() {
    use DutyState::{Overdue, Unknown};
    let drawn = vec![
        line(0, Unknown, Some(Unknown)),
        line(0, Unknown, Some(Overdue)),
        line(0, Overdue, Some(Unknown)),
        line(0, Overdue, Some(Overdue)),
    ];
    let audit = Audit::new(drawn, vec![10], false);
    let found = audit.agreement(|_| true);
    assert_eq!(
        (
            found.counts.unknown,
            found.counts.differ,
            found.counts.agree
        ),
        (2, 1, 1)
    );
    assert_eq!(found.share.map(|share| share.share), Some(50_000));
    assert_eq!(audit.crossing(RULE).len(), 4);
}

#[test]
fn several_answers_about_one_case_have_no_interval() {
    let mut drawn = lines(0, 3, 0, 0);
    assert!(
        Audit::new(drawn.clone(), vec![9], true)
            .agreement(|_| true)
            .share
            .unwrap()
            .bounds
            .is_none()
    );
    for (case, line) in drawn.iter_mut().enumerate() {
        line.case = case;
    }
    assert!(
        Audit::new(drawn, vec![9], true)
            .agreement(|_| true)
            .share
            .unwrap()
            .bounds
            .is_some()
    );
}

#[test]
fn kappa_is_cohens() {
    use DutyState::{Exempt, InOffer, Overdue};
    let states = [Overdue, Exempt, InOffer];
    let table = [[25, 13, 12], [12, 2, 16], [3, 15, 2]];
    let mut drawn = Vec::new();
    for (engine, row) in states.iter().zip(table) {
        for (reviewer, count) in states.iter().zip(row) {
            drawn.extend(vec![line(0, *engine, Some(*reviewer)); count]);
        }
    }
    // 29 of 100 agree, by lot 50·40 + 30·30 + 20·30 = 3,500 of 10,000: (0.29 − 0.35) / 0.65.
    let audit = Audit::new(drawn, vec![1_000], false);
    assert_eq!(audit.kappa(RULE), Some(-92));
    assert_eq!(
        Audit::new(lines(0, 5, 0, 0), vec![9], false).kappa(RULE),
        None
    );
}
