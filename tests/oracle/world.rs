//! A case in which nothing is unknown, and the faults that the harness must be able to find.

use hjemmel_engine::case::{Case, End, Row, Start, TableRows, Value};
use hjemmel_engine::model::{FieldId, FieldType, Model, Table};
use hjemmel_engine::time::Day;

/// A row with every fact filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub first: Day,
    /// `None`: ongoing.
    pub last: Option<Day>,
    /// `None` only where that says nothing is missing: a decision without `revurderes`.
    pub values: Vec<Option<Value>>,
    pub registered: Option<Day>,
}

impl Fact {
    pub fn covers(&self, day: Day) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }
}

/// The rows of each table of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    pub tables: Vec<Vec<Fact>>,
}

impl World {
    /// The case as it stands, if it has no unknown fact (registers are taken to be complete).
    pub fn known(model: &Model, case: &Case) -> Option<Self> {
        let rows = |(table, rows): (&Table, &TableRows)| {
            let facts = rows.rows.iter().map(|row| known_row(table, row));
            facts.collect::<Option<_>>()
        };
        let tables = model.tables.iter().zip(&case.tables).map(rows);
        let tables = tables.collect::<Option<_>>()?;
        Some(Self { tables })
    }
}

fn known_row(table: &Table, row: &Row) -> Option<Fact> {
    let first = match row.from {
        Start::On(day) => day,
        Start::Unknown => return None,
    };
    let last = match row.to {
        End::On(day) => Some(day),
        End::Ongoing => None,
        End::Unknown => return None,
    };
    let blank = |i: usize, value: &Option<Value>| value.is_none() && may_be_blank(table, i);
    let mut values = row.values.iter().enumerate();
    let known = values.all(|(i, value)| value.is_some() || blank(i, value));
    known.then(|| Fact {
        first,
        last,
        values: row.values.clone(),
        registered: row.registered,
    })
}

/// A decision without `revurderes` has no missing fact, nor has a text that no condition reads.
pub fn may_be_blank(table: &Table, field: usize) -> bool {
    table.assessment && FieldId(field) == Table::REASSESS
        || table.fields[field].ty == FieldType::Text
}

/// How that is filled in about which the law itself is silent (a rule with a hole between its
/// versions) or the rows contradict each other. The engine must then be unsure, or right for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fill {
    No,
    Yes,
    Random(u64),
}

impl Fill {
    pub const ALL: [Self; 4] = [Self::No, Self::Yes, Self::Random(1), Self::Random(2)];

    /// A number for `what` on `day`; the same whenever it is asked for.
    pub fn pick(self, what: usize, day: Day, choices: usize) -> usize {
        match self {
            Self::No => 0,
            Self::Yes => choices - 1,
            // Runs of some days, so that operators of time have something to work on.
            Self::Random(seed) => {
                let block = day.number().div_euclid(9) as u64;
                let mixed = super::random::mix(seed ^ (what as u64) << 40 ^ block);
                (mixed % choices as u64) as usize
            }
        }
    }
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// A defect planted in the oracle: one boundary moved by a day, or one clause forgotten.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault { $($(#[$doc])* $name),* }

        impl Fault {
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

faults! {
    /// `i mindst` ripens a day late.
    HeldFor
    /// `inden for de seneste D` reaches back to t − D + 1.
    Within
    /// A total counts from t − E + 1.
    Total
    /// A gap of exactly D is not bridged.
    Bridged
    /// The gap is taken one day too short.
    BridgedMonth
    /// Weeks run from Tuesday.
    WholeWeeks
    /// Near forms end a day early.
    Near
    /// A spell must last a day longer.
    Duration
    /// A birthday comes a day late.
    Age
    /// Rows that begin tomorrow exist today.
    Foresight
    /// Rows registered the day after the knowledge date count.
    Registered
    /// The first exception that holds decides.
    FirstException
    /// The due date is a day late.
    Deadline
    /// One suspended day is forgotten.
    Suspended
    /// A suspension that is running counts up to today only.
    SuspensionRunning
    /// The grace after an exemption is forgotten.
    Grace
    /// The entry grace is forgotten.
    Entry
    /// The entry grace is not capped.
    EntryCap
    /// The due date stays in the middle of its week.
    CalendarWeek
    /// `straks` is forgotten.
    AtOnce
    /// Without `derefter` nothing is discharged.
    Discharge
    /// The last day to reassess is already too late.
    Reassess
    /// `dog` lines of a deadline are judged a day late.
    DeadlineException
    /// The law of the day before.
    Law
    /// Transitions are not applied.
    Transition
    /// Yesterday's row end still counts.
    RowEnd
}
