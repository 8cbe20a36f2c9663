//! A case in which nothing is unknown, and the faults that the harness must be able to find.

use hjemmel_engine::case::{Case, End, Row, Start, TableRows, Value};
use hjemmel_engine::model::{FieldId, FieldType, Model, Table};
use hjemmel_engine::time::Day;

/// A row with every fact filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) first: Day,
    /// `None`: ongoing.
    pub(crate) last: Option<Day>,
    /// `None` only where that says nothing is missing: a decision without `revurderes`.
    pub(crate) values: Vec<Option<Value>>,
    pub(crate) registered: Option<Day>,
}

impl Fact {
    pub(crate) fn covers(&self, day: Day) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }
}

/// The rows of each table of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) tables: Vec<Vec<Fact>>,
}

impl World {
    /// The case as it stands, if it has no unknown fact (registers are taken to be complete).
    pub(crate) fn known(model: &Model, case: &Case) -> Option<Self> {
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
pub(crate) fn may_be_blank(table: &Table, field: usize) -> bool {
    table.assessment && FieldId(field) == Table::REASSESS
        || table.fields[field].ty == FieldType::Text
}

/// How that is filled in about which the law itself is silent (a rule with a hole between its
/// versions) or the rows contradict each other. The engine must then be unsure, or right for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fill {
    No,
    Yes,
    Random(u64),
}

impl Fill {
    pub(crate) const ALL: [Self; 4] = [Self::No, Self::Yes, Self::Random(1), Self::Random(2)];

    /// A number for `what` on `day`; the same whenever it is asked for.
    pub(crate) fn pick(self, what: usize, day: Day, choices: usize) -> usize {
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
    ($($(#[$doc:meta])* $name:ident in $corner:literal)*) => {
        /// A defect planted in the oracle: one boundary moved by a day, or one clause forgotten.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Fault { $($(#[$doc])* $name),* }

        impl Fault {
            /// All, each with the corner of the small world in which it must show.
            pub(crate) const ALL: &[(Self, &str)] = &[$((Self::$name, $corner)),*];
        }
    };
}

faults! {
    /// `i mindst` ripens a day late.
    HeldFor in "operatorer"
    /// `inden for de seneste D` reaches back to t − D + 1.
    Within in "operatorer"
    /// A total counts from t − E + 1.
    Total in "operatorer"
    /// A gap of exactly D is not bridged.
    Bridged in "operatorer"
    /// The gap is taken one day too short.
    BridgedMonth in "måneder"
    /// Weeks run from Tuesday.
    WholeWeeks in "operatorer"
    /// Near forms end a day early.
    Near in "operatorer"
    /// A spell must last a day longer.
    Duration in "operatorer"
    /// A birthday comes a day late.
    Age in "operatorer"
    /// Rows that begin tomorrow exist today.
    Foresight in "operatorer"
    /// Rows registered the day after the knowledge date count.
    Registered in "operatorer"
    /// The first exception that holds decides.
    FirstException in "dog"
    /// What is counted is never counted anew.
    Restart in "på_ny"
    /// The due date is a day late.
    Deadline in "gentagelse"
    /// One suspended day is forgotten.
    Suspended in "udsættelse"
    /// A suspension that is running counts up to today only.
    SuspensionRunning in "udsættelse"
    /// The grace after an exemption is forgotten.
    Grace in "gentagelse"
    /// The entry grace is forgotten.
    Entry in "indtræden"
    /// The entry grace is not capped.
    EntryCap in "indtræden"
    /// The due date stays in the middle of its week.
    CalendarWeek in "uge"
    /// `straks` is forgotten.
    AtOnce in "indtræden"
    /// Without `derefter` nothing is discharged.
    Discharge in "udsættelse"
    /// The last day to reassess is already too late.
    Reassess in "skøn"
    /// `dog` lines of a deadline are judged a day late.
    DeadlineException in "dog"
    /// The law of the day before.
    Law in "operatorer"
    /// Transitions are not applied.
    Transition in "operatorer"
    /// Yesterday's row end still counts.
    RowEnd in "operatorer"
}
