//! How many must start each week for a measure to reach a target.

use crate::case::{Case, End, Row, Start};
use crate::measure::{Contribution, Counts};
use crate::model::TableId;
use crate::time::{Day, Truth};
use hjemmel_grammar::syntax::Order;
use std::collections::BTreeMap;

/// What a measure is to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// How the share is held against it.
    pub order: Order,
    /// Per cent, in thousandths.
    pub percent: i64,
}

impl Target {
    /// Whether it is reached whatever the unknown cases are: what is not known is never compliant.
    /// Where nobody is counted there is nothing to reach.
    #[must_use]
    pub fn is_reached(self, counts: Counts) -> bool {
        counts
            .keeps(self.order, self.percent)
            .is_none_or(|kept| kept == Truth::Yes)
    }
}

/// When starts may happen: on the day after `from` and every seventh day after it, up to `by`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day that is known.
    pub from: Day,
    /// The day on which the target is to be reached.
    pub by: Day,
}

/// What it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// How many start each week, the last week perhaps fewer; `None` if no number is enough.
    pub per_week: Option<u64>,
    /// Who starts when: positions among the cases. If no number is enough, everyone whom a start
    /// would help, on the first day.
    pub starts: Vec<(usize, Day)>,
    /// How many cases a start in the first week would help.
    pub helped: u64,
    /// The counts on the last day if nobody starts.
    pub without: Counts,
    /// The counts on the last day with the starts.
    pub with: Counts,
}

/// A case to which a row like `like` is added that begins on `day`: a period goes on, an event is
/// that day.
#[must_use]
pub fn started(case: &Case, table: TableId, like: &Row, day: Day) -> Case {
    let mut started = case.clone();
    let row = Row {
        from: Start::On(day),
        to: match like.to {
            End::On(_) => End::On(day),
            End::Ongoing | End::Unknown => End::Ongoing,
        },
        ..like.clone()
    };
    if let Some(rows) = started.tables.get_mut(table.0) {
        rows.rows.push(row);
    }
    started
}

impl Plan {
    /// The days on which starts happen.
    #[must_use]
    pub fn days(self) -> Vec<Day> {
        let weekly = (0..).map(|week: i32| self.from.plus(week.saturating_mul(7)).next());
        weekly.take_while(|day| *day <= self.by).collect()
    }

    /// The smallest number of starts each week with which the measure reaches the target on the
    /// last day. The cases that a start helps start in their order, so many each week, until none
    /// is left or the target is reached.
    ///
    /// `without` is what each case adds on the last day if it does not start; `with` what it adds
    /// if it starts on a day.
    pub fn needed(
        self,
        target: Target,
        without: &[Contribution],
        with: impl Fn(usize, Day) -> Contribution,
    ) -> Needed {
        let days = self.days();
        let mut search = Search {
            target,
            without,
            with,
            known: BTreeMap::new(),
        };
        let helped: Vec<usize> = match days.first() {
            Some(first) => (0..without.len())
                .filter(|case| search.helps(*case, *first))
                .collect(),
            None => Vec::new(),
        };
        let base = search.counts(&[]);
        let mut needed = Needed {
            per_week: None,
            starts: Vec::new(),
            helped: u64::try_from(helped.len()).unwrap_or(u64::MAX),
            without: base,
            with: base,
        };
        if target.is_reached(base) {
            needed.per_week = Some(0);
            return needed;
        }
        for per_week in 1..=helped.len() {
            let starts = schedule(&helped, &days, per_week);
            if let Some(enough) = search.enough(&starts) {
                needed.starts = enough;
                needed.with = search.counts(&needed.starts);
                needed.per_week = u64::try_from(per_week).ok();
                return needed;
            }
        }
        needed.starts = schedule(&helped, &days, helped.len().max(1));
        needed.with = search.counts(&needed.starts);
        needed
    }
}

/// So many each week, in their order, as long as there are weeks.
fn schedule(cases: &[usize], days: &[Day], per_week: usize) -> Vec<(usize, Day)> {
    let weeks = cases.chunks(per_week.max(1)).zip(days);
    weeks
        .flat_map(|(cases, day)| cases.iter().map(|case| (*case, *day)))
        .collect()
}

/// What is asked again and again.
struct Search<'a, F> {
    target: Target,
    without: &'a [Contribution],
    with: F,
    known: BTreeMap<(usize, Day), Contribution>,
}

impl<F: Fn(usize, Day) -> Contribution> Search<'_, F> {
    fn started(&mut self, case: usize, day: Day) -> &Contribution {
        let with = &self.with;
        self.known
            .entry((case, day))
            .or_insert_with(|| with(case, day))
    }

    /// Whether the case adds something better to the share if it starts.
    fn helps(&mut self, case: usize, day: Day) -> bool {
        let rank = |target: Target, it: &Contribution| {
            let counted = (it.counted, it.out_of);
            match target.order {
                // The fewer are counted the better, and possibly counted is counted.
                Order::AtMost | Order::Under => rank(counted).map(|rank| -rank),
                Order::AtLeast | Order::Over => rank(counted),
            }
        };
        let Some(before) = self.without.get(case).cloned() else {
            return false;
        };
        let target = self.target;
        match (rank(target, &before), rank(target, self.started(case, day))) {
            (Some(before), Some(after)) => before < after,
            _ => false,
        }
    }

    /// The counts on the last day with these starts.
    fn counts(&mut self, starts: &[(usize, Day)]) -> Counts {
        let mut changed = BTreeMap::new();
        for (case, day) in starts {
            changed.insert(*case, self.started(*case, *day).clone());
        }
        let mut counts = Counts::default();
        for (case, without) in self.without.iter().enumerate() {
            counts.add(changed.get(&case).unwrap_or(without));
        }
        counts
    }

    /// The first of the starts that are enough; `None` if all of them are not.
    fn enough(&mut self, starts: &[(usize, Day)]) -> Option<Vec<(usize, Day)>> {
        let all = self.counts(starts);
        if !self.target.is_reached(all) {
            return None;
        }
        let reached = |search: &mut Self, count: usize| {
            let counts = search.counts(starts.get(..count).unwrap_or(starts));
            search.target.is_reached(counts)
        };
        // Each start helps, so the number that is enough can be halved towards.
        let (mut least, mut most) = (0, starts.len());
        while least < most {
            let middle = least.midpoint(most);
            if reached(self, middle) {
                most = middle;
            } else {
                least = middle.saturating_add(1);
            }
        }
        starts.get(..most).map(<[_]>::to_vec)
    }
}

/// How much a case of the measure is counted: not, perhaps, surely; `None` if it is surely not one
/// of those that the share is taken of.
fn rank((counted, out_of): (Truth, Truth)) -> Option<i8> {
    if out_of == Truth::No {
        return None;
    }
    Some(match counted {
        Truth::No => 0,
        Truth::Unknown => 1,
        Truth::Yes => 2,
    })
}
