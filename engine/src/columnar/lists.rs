//! Sets of days of many cases, one after the other in one list.

use crate::time::{Building, Day, Period, Runs, TimelineRuns};
use std::rc::Rc;

/// A set of days for each lane of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists {
    /// Where the runs of each lane end.
    ends: Vec<u32>,
    runs: Vec<Period>,
}

impl Lists {
    /// Lists of so many lanes to come, with about so many runs each.
    pub(super) fn with_capacity(lanes: usize, runs: usize) -> Self {
        Self {
            ends: Vec::with_capacity(lanes),
            runs: Vec::with_capacity(lanes.saturating_mul(runs)),
        }
    }

    /// The same set in every lane.
    pub(super) fn same(lanes: usize, set: Option<Period>) -> Self {
        let mut lists = Self::with_capacity(lanes, 1);
        for _ in 0..lanes {
            lists.lane(|out| {
                if let Some(period) = set {
                    out.push(period);
                }
            });
        }
        lists
    }

    /// Adds a lane.
    #[inline]
    pub(super) fn lane<R>(&mut self, make: impl FnOnce(&mut Building<'_>) -> R) -> R {
        let made = make(&mut Building::new(&mut self.runs));
        self.ends.push(self.runs.len() as u32);
        made
    }

    /// How many lanes there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The set of a lane.
    #[inline]
    pub(super) fn get(&self, lane: usize) -> Runs<'_> {
        let end = self.ends.get(lane).map_or(0, |end| *end as usize);
        let start = match lane.checked_sub(1).and_then(|before| self.ends.get(before)) {
            Some(start) => *start as usize,
            None => 0,
        };
        Runs::new(self.runs.get(start..end).unwrap_or_default())
    }

    /// The sets of all lanes, in order.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = Runs<'_>> {
        let (mut rest, mut start) = (self.runs.as_slice(), 0_u32);
        self.ends.iter().map(move |end| {
            let count = end.wrapping_sub(start) as usize;
            let (runs, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            (rest, start) = (after, *end);
            Runs::new(runs)
        })
    }
}

/// From when on each lane of a case is how things look: the first from the first day asked about,
/// each later one from the day on which something new came to be known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lanes {
    /// Where the lanes of each case end.
    ends: Vec<u32>,
    from: Vec<Day>,
}

impl Lanes {
    /// Adds the lanes of a case.
    pub(super) fn case(&mut self, from: impl IntoIterator<Item = Day>) {
        self.from.extend(from);
        self.ends.push(self.from.len() as u32);
    }

    /// Each case's lanes: the number of its first lane, and from when on each is.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[Day])> {
        let mut start = 0_usize;
        self.ends.iter().map(move |end| {
            let first = start;
            start = *end as usize;
            (first, self.from.get(first..start).unwrap_or_default())
        })
    }

    /// How many lanes there are.
    pub(super) fn len(&self) -> usize {
        self.from.len()
    }
}

/// For every lane on which days a condition surely and possibly holds.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// The lanes; none: one for each case, that looks the same from all days asked about.
    pub(super) lanes: Option<Rc<Lanes>>,
    pub(super) sure: Rc<Lists>,
    /// None: nothing is unknown, in no lane.
    pub(super) possible: Option<Rc<Lists>>,
}

impl Value {
    /// A condition about which nothing is unknown.
    pub(super) fn known(sure: Lists) -> Self {
        Self {
            lanes: None,
            sure: Rc::new(sure),
            possible: None,
        }
    }

    /// A condition with its sure and its possible days.
    pub(super) fn new(sure: Lists, possible: Lists) -> Self {
        let known = sure == possible;
        Self {
            lanes: None,
            sure: Rc::new(sure),
            possible: (!known).then(|| Rc::new(possible)),
        }
    }

    /// The same with these lanes.
    pub(super) fn in_lanes(self, lanes: Option<Rc<Lanes>>) -> Self {
        Self { lanes, ..self }
    }

    /// The possible days.
    pub(super) fn possible(&self) -> &Rc<Lists> {
        self.possible.as_ref().unwrap_or(&self.sure)
    }

    /// A lane as a timeline.
    pub(super) fn get(&self, lane: usize) -> TimelineRuns<'_> {
        let sure = self.sure.get(lane);
        TimelineRuns {
            sure,
            possible: self.possible.as_ref().map_or(sure, |it| it.get(lane)),
        }
    }

    /// The sets of both lists, worked on one after the other; of a known value once.
    pub(super) fn map(&self, work: impl Fn(&Lists) -> Lists) -> Self {
        self.map_lists(work).in_lanes(self.lanes.clone())
    }

    /// The same, where what is made has one lane for each case.
    pub(super) fn map_lists(&self, work: impl Fn(&Lists) -> Lists) -> Self {
        let sure = work(&self.sure);
        match &self.possible {
            Some(possible) => Self::new(sure, work(possible)),
            None => Self::known(sure),
        }
    }
}
