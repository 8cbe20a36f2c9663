//! Values side by side: lanes that begin on different days are cut so that they agree.

use super::lists::{EachLane, Lanes, Lists, Value};
use super::sights::Sights;
use crate::model::TableId;
use crate::time::{Runs, TimelineRuns};
use std::rc::Rc;

/// Several values in the same lanes.
pub(super) struct Aligned {
    /// The lanes of all; none: one for each case.
    pub(super) lanes: Option<Rc<Lanes>>,
    /// How many lanes there are.
    pub(super) count: usize,
    values: Vec<(Value, Option<Rc<Vec<u32>>>)>,
}

impl Aligned {
    /// Puts values side by side.
    pub(super) fn new(values: Vec<Value>, sights: &Sights<'_>) -> Self {
        let lanes = values.iter().filter_map(|value| value.lanes.as_ref());
        let mut tables: Vec<TableId> = lanes.flat_map(|it| it.tables().iter().copied()).collect();
        tables.sort_unstable();
        tables.dedup();
        let Some(lanes) = sights.of(&tables) else {
            let values = values.into_iter().map(|value| (value, None)).collect();
            return Self {
                lanes: None,
                count: sights.cases(),
                values,
            };
        };
        let place = |value: Value| {
            let own = value.lanes.as_ref();
            let same = own.is_some_and(|own| own.tables() == lanes.tables());
            let places = (!same).then(|| sights.places(own, &lanes));
            (value, places)
        };
        Self {
            count: lanes.len(),
            values: values.into_iter().map(place).collect(),
            lanes: Some(lanes),
        }
    }

    /// A value's timeline in a lane of all.
    #[inline]
    pub(super) fn get(&self, value: usize, lane: usize) -> TimelineRuns<'_> {
        let Some((value, places)) = self.values.get(value) else {
            return TimelineRuns::default();
        };
        let lane = match places {
            Some(places) => places.get(lane).map_or(usize::MAX, |lane| *lane as usize),
            None => lane,
        };
        value.get(lane)
    }

    /// The sure (else the possible) days of a value in all lanes, one after the other.
    pub(super) fn each_lane(&self, value: usize, sure: bool) -> Sets<'_> {
        let Some((value, places)) = self.values.get(value) else {
            return Sets::None;
        };
        let lists = if sure { &value.sure } else { value.possible() };
        match places {
            None => Sets::InOrder(lists.iter()),
            Some(places) => Sets::Placed(lists, places.iter()),
        }
    }

    /// The sure (else the possible) days of a value, to be asked of lane by lane.
    pub(super) fn column(&self, value: usize, sure: bool) -> Option<Column<'_>> {
        let (value, places) = self.values.get(value)?;
        Some(Column {
            lists: if sure { &value.sure } else { value.possible() },
            places: places.as_ref().map(|places| places.as_slice()),
        })
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether something is unknown in one of them.
    pub(super) fn any_unknown(&self) -> bool {
        self.values
            .iter()
            .any(|(value, _)| value.possible.is_some())
    }
}

/// The sets of all lanes of a value, in any order.
pub(super) struct Column<'a> {
    lists: &'a Lists,
    places: Option<&'a [u32]>,
}

impl<'a> Column<'a> {
    /// How many runs there are in all lanes.
    pub(super) fn runs(&self) -> usize {
        self.lists.runs()
    }

    /// The set of a lane.
    #[inline]
    pub(super) fn lane(&self, lane: usize) -> Runs<'a> {
        match self.places {
            None => self.lists.get(lane),
            Some(places) => match places.get(lane) {
                Some(place) => self.lists.get(*place as usize),
                None => Runs::default(),
            },
        }
    }
}

/// The sets of all lanes of a value, one after the other.
pub(super) enum Sets<'a> {
    /// There is no such value.
    None,
    /// As the value holds them.
    InOrder(EachLane<'a>),
    /// Each where it stands.
    Placed(&'a Lists, std::slice::Iter<'a, u32>),
}

impl<'a> Sets<'a> {
    /// The next lane's.
    #[inline]
    pub(super) fn next_lane(&mut self) -> Runs<'a> {
        let runs = match self {
            Self::None => None,
            Self::InOrder(lanes) => lanes.next(),
            Self::Placed(lists, places) => places.next().map(|lane| lists.get(*lane as usize)),
        };
        runs.unwrap_or_default()
    }
}
