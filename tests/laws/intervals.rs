//! The algebra of sets of days, tried on all sets of eight days: as bits they are the numbers 0 to 255,
//! and what the sets must say is what the bits say.

use super::{counted, times};
use hjemmel_engine::time::{Day, Days, Period, Timeline, Truth};

const SETS: usize = 256;

/// All sets of the eight days from `start` on, each at the position of its bits.
struct Universe {
    whole: Period,
    sets: Vec<Days>,
}

impl Universe {
    fn from(start: Day) -> Self {
        let on = |bits: usize| {
            let days = (0..8).filter(move |i| bits & (1 << i) != 0);
            let days = days.map(move |i| Period::new(start.plus(i), start.plus(i + 1)));
            // Backwards, so that they have to be put in order.
            Days::from_periods(days.rev().collect())
        };
        Self {
            whole: Period::new(start, start.plus(8)),
            sets: (0..SETS).map(on).collect(),
        }
    }

    /// In the middle of time, and where it begins and ends.
    fn all() -> [Self; 3] {
        let middle = Day::from_ymd(2016, 2, 25).unwrap();
        [middle, Day::FIRST, Day::END.plus(-8)].map(Self::from)
    }
}

#[test]
fn sets_of_days_are_runs_as_long_as_they_can_be() {
    let mut tried = 0;
    for universe in Universe::all() {
        for (bits, set) in universe.sets.iter().enumerate() {
            assert!(set.runs().iter().all(|run| !run.is_empty()));
            assert!(set.runs().windows(2).all(|two| two[0].end < two[1].start));
            for (i, n) in (universe.whole.start.number()..).take(8).enumerate() {
                assert_eq!(set.contains(Day::from_number(n)), bits & (1 << i) != 0);
            }
            assert_eq!(set.count_in(universe.whole), bits.count_ones() as i32);
            assert_eq!(set.is_empty(), bits == 0);
            assert_eq!(&set.not().not(), set, "the complement of the complement");
            assert_eq!(set.not().within(universe.whole), universe.sets[!bits & 255]);
            let outside = Days::of(universe.whole).not();
            assert_eq!(set.not().without(&Days::of(universe.whole)), outside);
            tried += 1;
        }
    }
    counted("B2 sets of eight days", tried);
}

#[test]
fn two_sets_of_days_are_as_their_bits() {
    let mut tried = 0;
    let (all, none) = (Days::all(), Days::none());
    for Universe { whole, sets } in Universe::all() {
        for (i, a) in sets.iter().enumerate() {
            assert_eq!((&a.and(&all), &a.or(&none)), (a, a));
            assert_eq!((a.or(&all), a.and(&none)), (all.clone(), none.clone()));
            let not_a = a.not();
            for (j, b) in sets.iter().enumerate() {
                let (and, or) = (a.and(b), a.or(b));
                assert_eq!((&and, &or), (&sets[i & j], &sets[i | j]));
                assert_eq!(a.without(b), sets[i & !j]);
                assert_eq!((&b.and(a), &b.or(a)), (&and, &or), "commutative");
                assert_eq!((&a.or(&and), &a.and(&or)), (a, a), "absorption");
                let not_b = b.not();
                assert_eq!(and.not(), not_a.or(&not_b), "De Morgan");
                assert_eq!(or.not().within(whole), sets[!(i | j) & 255], "De Morgan");
                tried += 1;
            }
        }
    }
    counted("B2 pairs of sets of eight days", tried);
}

#[test]
fn three_sets_of_days_associate_and_distribute() {
    let mut tried = 0;
    let [Universe { sets, .. }, ..] = Universe::all();
    // All triples in a long run; else those of every 32nd pair.
    let step = (32 / times()).max(1) as usize;
    for pair in (0..SETS * SETS).step_by(step) {
        // An odd factor visits every pair once, spread out over both sets.
        let pair = pair.wrapping_mul(40_503) % (SETS * SETS);
        let (i, j) = (pair / SETS, pair % SETS);
        let (a, b) = (&sets[i], &sets[j]);
        let (and, or) = (a.and(b), a.or(b));
        for (k, c) in sets.iter().enumerate() {
            assert_eq!(and.and(c), a.and(&b.and(c)), "associative");
            assert_eq!(or.or(c), a.or(&b.or(c)), "associative");
            assert_eq!(a.and(&b.or(c)), and.or(&a.and(c)), "distributive");
            assert_eq!(a.or(&b.and(c)), or.and(&a.or(c)), "distributive");
            assert_eq!(or.and(c), sets[(i | j) & k]);
            tried += 1;
        }
    }
    counted("B2 triples of sets of eight days", tried);
}

/// All three-valued timelines of four days.
fn timelines(first: Day) -> Vec<(Vec<Truth>, Timeline)> {
    const TRUTHS: [Truth; 3] = [Truth::No, Truth::Unknown, Truth::Yes];
    let timeline = |number: usize| {
        let truths: Vec<_> = (0..4)
            .map(|i| TRUTHS[number / 3_usize.pow(i) % 3])
            .collect();
        let days = |holds: &dyn Fn(Truth) -> bool| {
            let on = (0..4).filter(|i| holds(truths[*i as usize]));
            Days::from_periods(
                on.map(|i| Period::new(first.plus(i), first.plus(i + 1)))
                    .collect(),
            )
        };
        let sure = days(&|truth| truth == Truth::Yes);
        let timeline = Timeline::new(sure, &days(&|truth| truth != Truth::No));
        (truths, timeline)
    };
    (0..81).map(timeline).collect()
}

#[test]
fn timelines_have_kleenes_logic() {
    let first = Day::from_ymd(2016, 2, 27).unwrap();
    let all = timelines(first);
    let on = |timeline: &Timeline| -> Vec<Truth> {
        (0..4).map(|i| timeline.at(first.plus(i))).collect()
    };
    let mut tried = 0;
    for (truths, a) in &all {
        assert_eq!(&on(a), truths);
        assert_eq!(&a.not().not(), a);
        assert!(
            on(&a.not())
                .iter()
                .zip(truths)
                .all(|(not, it)| *not == it.not())
        );
        for (others, b) in &all {
            // No before unknown before yes: `and` is the least, `or` the greatest.
            let each = |of: fn(Truth, Truth) -> Truth| -> Vec<Truth> {
                truths.iter().zip(others).map(|(a, b)| of(*a, *b)).collect()
            };
            assert_eq!(on(&a.and(b)), each(Ord::min));
            assert_eq!(on(&a.or(b)), each(Ord::max));
            assert_eq!(a.and(b).not(), a.not().or(&b.not()), "De Morgan");
            tried += 1;
        }
    }
    counted("B2 pairs of three-valued timelines of four days", tried);
}
