//! A condition as a `Vec<bool>`, one entry a day, and the operators of time as loops over days.
//!
//! Each is a transcription of its line of the table "Time" in LANGUAGE.md. `slip` is 0; the tests
//! that prove the harness can go red pass 1 to move one boundary by a day.

use hjemmel_engine::model::Anchor;
use hjemmel_engine::time::{Day, Length};
use hjemmel_grammar::syntax::{Edge, Side};

/// The days that are looked at. Wide enough that lookback and forecast stay inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub first: Day,
    pub last: Day,
}

impl Window {
    pub fn days(self) -> impl Iterator<Item = Day> {
        (self.first.number()..=self.last.number()).map(Day::from_number)
    }

    pub fn index(self, day: Day) -> Option<usize> {
        (self.first <= day && day <= self.last).then(|| day.since(self.first) as usize)
    }
}

/// An unbroken run of days. A run that reaches the end of the window never ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub first: Day,
    pub last: Day,
    pub ends: bool,
}

/// On which days of the window something holds; outside it holds on none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    pub window: Window,
    holds: Vec<bool>,
}

impl Marks {
    pub fn by(window: Window, holds: impl FnMut(Day) -> bool) -> Self {
        let holds = window.days().map(holds).collect();
        Self { window, holds }
    }

    pub fn on(&self, day: Day) -> bool {
        self.window.index(day).is_some_and(|i| self.holds[i])
    }

    pub fn set(&mut self, from: Day, to: Day) {
        for day in days(from.max(self.window.first), to.min(self.window.last)) {
            self.holds[day.since(self.window.first) as usize] = true;
        }
    }

    pub fn any(&self, from: Day, to: Day) -> bool {
        self.count(from, to, 1) == 1
    }

    /// How many days of `from..=to` hold; stops at `enough`.
    pub fn count(&self, from: Day, to: Day, enough: i32) -> i32 {
        let mut count = 0;
        let mut day = from.max(self.window.first);
        while day <= to && day <= self.window.last && count < enough {
            count += i32::from(self.on(day));
            day = day.next();
        }
        count
    }

    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for day in self.window.days().filter(|day| self.on(*day)) {
            match runs.last_mut() {
                Some(run) if run.last.next() == day => run.last = day,
                _ => runs.push(Run { first: day, last: day, ends: true }),
            }
        }
        if let Some(run) = runs.last_mut() {
            run.ends = run.last < self.window.last;
        }
        runs
    }
}

pub fn days(from: Day, to: Day) -> impl Iterator<Item = Day> {
    (from.number()..=to.number()).map(Day::from_number)
}

/// `A i mindst D`: A has held without a break since s, and s + D ≤ t.
pub fn held_for(a: &Marks, d: Length, slip: i32) -> Marks {
    let mut ripe = None;
    Marks::by(a.window, |t| {
        if !a.on(t) {
            ripe = None;
            return false;
        }
        let s = t;
        t >= *ripe.get_or_insert_with(|| d.after(s).plus(slip))
    })
}

/// `A inden for de seneste D`: A held on some day of [t − D, t].
pub fn within(a: &Marks, d: Length, slip: i32) -> Marks {
    Marks::by(a.window, |t| a.on(t) || a.any(d.before(t).plus(slip), t))
}

/// `A i alt mindst D inden for de seneste E`: A held on at least D of the days [t − E, t].
pub fn total_within(a: &Marks, d: Length, e: Length, slip: i32) -> Marks {
    let enough = d.fixed_days().expect("a total is of days or weeks");
    Marks::by(a.window, |t| a.count(e.before(t).plus(slip), t, enough) >= enough)
}

/// `A afbrudt højst D`: every gap g … g+n−1 between two runs is filled that satisfies
/// g + D ≥ the day the next run begins.
pub fn bridged(a: &Marks, d: Length, slip: i32) -> Marks {
    fill_gaps(a, |g, next| d.after(g) >= next.plus(slip))
}

/// `A afbrudt af en kalendermåned`: every gap is filled that holds no whole calendar month.
pub fn bridged_month(a: &Marks, slip: i32) -> Marks {
    fill_gaps(a, |g, next| {
        let last = next.previous().plus(-slip);
        // A whole month lies in g..=last when some first of a month does, and its last day too.
        !days(g, last).any(|day| is_first_of_month(day) && day.next_month().previous() <= last)
    })
}

fn is_first_of_month(day: Day) -> bool {
    day.previous().next_month() == day
}

fn fill_gaps(a: &Marks, fills: impl Fn(Day, Day) -> bool) -> Marks {
    let mut filled = a.clone();
    for pair in a.runs().windows(2) {
        let (gap, next) = (pair[0].last.next(), pair[1].first);
        if fills(gap, next) {
            filled.set(gap, next.previous());
        }
    }
    filled
}

/// `A i hele uger`: A holds on some day of t's ISO week.
pub fn whole_weeks(a: &Marks, slip: i32) -> Marks {
    Marks::by(a.window, |t| {
        let monday = t.plus(-slip).monday().plus(slip);
        a.any(monday, monday.plus(6))
    })
}

/// `højst D efter A begynder` and its three sisters, for every run of A.
pub fn near(a: &Marks, d: Length, anchor: Anchor, slip: i32) -> Marks {
    let mut marks = Marks::by(a.window, |_| false);
    for run in a.runs() {
        let (from, to) = match (anchor.side, anchor.edge) {
            (Side::After, Edge::Begins) => (run.first, d.after(run.first)),
            (Side::After, Edge::Ends) => (run.last.next(), d.after(run.last)),
            (Side::Before, Edge::Begins) => (d.before(run.first), run.first.previous()),
            (Side::Before, Edge::Ends) => (d.before(run.last), run.last),
        };
        if run.ends || anchor.edge == Edge::Begins {
            marks.set(from, to.plus(-slip));
        }
    }
    marks
}

/// The runs of A that count as spells by their length: last day + 1 compared with first day + D.
pub fn spells_where(a: &Marks, passes: impl Fn(Day, Day) -> bool) -> Marks {
    let mut marks = Marks::by(a.window, |_| false);
    for run in a.runs() {
        let after = if run.ends { run.last.next() } else { Day::END };
        if passes(run.first, after) {
            marks.set(run.first, run.last);
        }
    }
    marks
}
