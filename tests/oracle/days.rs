//! A condition as a `Vec<bool>`, one entry a day, and the operators of time as loops over days.
//!
//! Each is a transcription of its line of the table "Time" in LANGUAGE.md. `slip` is 0; the tests
//! that prove the harness can go red pass 1 to move one boundary by a day.

use hjemmel_engine::model::Anchor;
use hjemmel_engine::time::{Day, Length};
use hjemmel_grammar::syntax::{Edge, Side};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The days that are looked at. Wide enough that lookback and forecast stay inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Window {
    pub(crate) first: Day,
    pub(crate) last: Day,
}

impl Window {
    pub(crate) fn days(self) -> impl Iterator<Item = Day> {
        (self.first.number()..=self.last.number()).map(Day::from_number)
    }

    pub(crate) fn index(self, day: Day) -> Option<usize> {
        // A day before the window is a huge index.
        let (i, last) = (
            day.since(self.first) as usize,
            self.last.since(self.first) as usize,
        );
        if i <= last { Some(i) } else { None }
    }
}

/// An unbroken run of days. A run that reaches the end of the window never ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: Day,
    pub(crate) last: Day,
    pub(crate) ends: bool,
}

/// On which days of the window something holds; outside it holds on none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) window: Window,
    holds: Vec<bool>,
}

impl Marks {
    pub(crate) fn by(window: Window, holds: impl FnMut(Day) -> bool) -> Self {
        let holds = window.days().map(holds).collect();
        Self { window, holds }
    }

    pub(crate) fn on(&self, day: Day) -> bool {
        match self.window.index(day) {
            Some(i) => self.holds[i],
            None => false,
        }
    }

    pub(crate) fn set(&mut self, from: Day, to: Day) {
        for day in days(from.max(self.window.first), to.min(self.window.last)) {
            self.holds[day.since(self.window.first) as usize] = true;
        }
    }

    /// The entries of `from..=to`, as far as they lie in the window.
    fn slice(&self, from: Day, to: Day) -> &[bool] {
        let from = from.since(self.window.first).max(0) as usize;
        let end = (to.since(self.window.first) + 1).clamp(0, self.holds.len() as i32) as usize;
        self.holds.get(from..end).unwrap_or_default()
    }

    pub(crate) fn any(&self, from: Day, to: Day) -> bool {
        self.slice(from, to).contains(&true)
    }

    /// How many days of `from..=to` hold.
    pub(crate) fn count(&self, from: Day, to: Day) -> i32 {
        let mut count = 0;
        for holds in self.slice(from, to) {
            count += *holds as i32;
        }
        count
    }

    /// A condition day by day from others, each given by whether it holds that day.
    pub(crate) fn of(parts: &[Rc<Self>], window: Window, holds: impl Fn(&[bool]) -> bool) -> Self {
        let mut on_day = vec![false; parts.len()];
        let length = (window.last.since(window.first) + 1) as usize;
        let mut all = Vec::with_capacity(length);
        for i in 0..length {
            for (part, holds) in parts.iter().zip(&mut on_day) {
                *holds = part.holds[i];
            }
            all.push(holds(&on_day));
        }
        Self { window, holds: all }
    }

    pub(crate) fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut before = false;
        for (i, holds) in self.holds.iter().copied().enumerate() {
            let day = self.window.first.plus(i as i32);
            match (before, holds, runs.last_mut()) {
                (true, true, Some(run)) => run.last = day,
                (_, true, _) => runs.push(Run {
                    first: day,
                    last: day,
                    ends: true,
                }),
                _ => {}
            }
            before = holds;
        }
        if let Some(run) = runs.last_mut() {
            run.ends = run.last < self.window.last;
        }
        runs
    }
}

pub(crate) fn days(from: Day, to: Day) -> impl Iterator<Item = Day> {
    (from.number()..=to.number()).map(Day::from_number)
}

/// `A i mindst D`: A has held without a break since s, and s + D ≤ t.
pub(crate) fn held_for(a: &Marks, d: Length, slip: i32) -> Marks {
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

/// A day for each day of a window.
type EachDay = Rc<Vec<Day>>;

thread_local! {
    static BEFORE: RefCell<HashMap<(Window, Length), EachDay>> = RefCell::default();
}

/// t − D for every day of the window. Subtracting months is slow, so it is done once.
fn before(window: Window, d: Length) -> EachDay {
    BEFORE.with_borrow_mut(|known| {
        let days = known.entry((window, d));
        Rc::clone(days.or_insert_with(|| Rc::new(window.days().map(|t| d.before(t)).collect())))
    })
}

/// `A inden for de seneste D`: A held on some day of [t − D, t].
pub(crate) fn within(a: &Marks, d: Length, slip: i32) -> Marks {
    let from = before(a.window, d);
    Marks::by(a.window, |t| {
        a.on(t) || a.any(from[t.since(a.window.first) as usize].plus(slip), t)
    })
}

/// `A i alt mindst D inden for de seneste E`: A held on at least D of the days [t − E, t].
pub(crate) fn total_within(a: &Marks, d: Length, e: Length, slip: i32) -> Marks {
    let enough = d.fixed_days().expect("a total is of days or weeks");
    // Counted from the beginning, so that a window's count is a difference.
    let mut counts = vec![0];
    for holds in &a.holds {
        counts.push(counts[counts.len() - 1] + i32::from(*holds));
    }
    let from = before(a.window, e);
    Marks::by(a.window, |t| {
        let to = t.since(a.window.first) as usize;
        let from = from[to].plus(slip).since(a.window.first).max(0) as usize;
        counts[to + 1] - counts[from.min(to + 1)] >= enough
    })
}

/// `A afbrudt højst D`: every gap g … g+n−1 between two runs is filled that satisfies
/// g + D ≥ the day the next run begins.
pub(crate) fn bridged(a: &Marks, d: Length, slip: i32) -> Marks {
    fill_gaps(a, |g, next| d.after(g) >= next.plus(slip))
}

/// `A afbrudt af en kalendermåned`: every gap is filled that holds no whole calendar month.
pub(crate) fn bridged_month(a: &Marks, slip: i32) -> Marks {
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
pub(crate) fn whole_weeks(a: &Marks, slip: i32) -> Marks {
    Marks::by(a.window, |t| {
        let monday = t.plus(-slip).monday().plus(slip);
        a.any(monday, monday.plus(6))
    })
}

/// `højst D efter A begynder` and its three sisters, for every run of A.
pub(crate) fn near(a: &Marks, d: Length, anchor: Anchor, slip: i32) -> Marks {
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
pub(crate) fn spells_where(a: &Marks, passes: impl Fn(Day, Day) -> bool) -> Marks {
    let mut marks = Marks::by(a.window, |_| false);
    for run in a.runs() {
        let after = if run.ends { run.last.next() } else { Day::END };
        if passes(run.first, after) {
            marks.set(run.first, run.last);
        }
    }
    marks
}
