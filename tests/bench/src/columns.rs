//! The five tables in memory: for each case a slice of columns, sorted by first day.

/// What `benefit` may be, and so on: a kind is a position here.
pub const BENEFITS: [&str; 2] = ["kontanthjaelp", "uddannelseshjaelp"];
/// What `status` may be.
pub const STATUSES: [&str; 3] = ["jobparat", "aktivitetsparat", "uddannelsesparat"];
/// What `kind` may be.
pub const ACTIVITIES: [&str; 5] = [
    "virksomhedspraktik",
    "loentilskud",
    "nytteindsats",
    "vejledning_opkvalificering",
    "mentor",
];
/// What `ground` may be.
pub const GROUNDS: [&str; 4] = [
    "indlaeggelse",
    "pensionssag",
    "laegedokumenteret_skade",
    "barsel",
];
/// `aktivitetsparat` among [`STATUSES`].
pub const AKTIVITETSPARAT: u8 = 1;
/// `barsel` among [`GROUNDS`].
pub const BARSEL: u8 = 3;

/// A table of periods. Of benefits and statuses no two of one case overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Where the rows of each case begin; one more than there are cases.
    pub offsets: Vec<u32>,
    /// First days.
    pub starts: Vec<i32>,
    /// Last days; [`crate::calendar::ONGOING`] where there is none.
    pub ends: Vec<i32>,
    /// Kinds.
    pub kinds: Vec<u8>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            offsets: vec![0],
            starts: Vec::new(),
            ends: Vec::new(),
            kinds: Vec::new(),
        }
    }
}

impl Rows {
    /// Adds a row to the case that is being written.
    pub fn push(&mut self, start: i32, end: i32, kind: u8) {
        self.starts.push(start);
        self.ends.push(end);
        self.kinds.push(kind);
    }

    /// Ends the case that is being written.
    pub fn end_case(&mut self) {
        self.offsets
            .push(u32::try_from(self.starts.len()).unwrap_or(u32::MAX));
    }

    /// Adds the cases of another table, after those that there are.
    pub fn append(&mut self, other: &Self) {
        let before = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
        let offsets = other.offsets.iter().skip(1);
        self.offsets.extend(offsets.map(|offset| before + offset));
        self.starts.extend_from_slice(&other.starts);
        self.ends.extend_from_slice(&other.ends);
        self.kinds.extend_from_slice(&other.kinds);
    }

    /// The rows of a case.
    #[inline]
    pub fn of(&self, case: usize) -> Periods<'_> {
        let range = match self.offsets.get(case..case.saturating_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        };
        Periods {
            starts: self.starts.get(range.clone()).unwrap_or(&[]),
            ends: self.ends.get(range.clone()).unwrap_or(&[]),
            kinds: self.kinds.get(range).unwrap_or(&[]),
        }
    }
}

/// The rows of one case in one table.
#[derive(Clone, Copy, Debug)]
pub struct Periods<'a> {
    starts: &'a [i32],
    ends: &'a [i32],
    kinds: &'a [u8],
}

impl<'a> Periods<'a> {
    /// First day, last day and kind of each.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = (i32, i32, u8)> + 'a {
        let days = self.starts.iter().zip(self.ends);
        days.zip(self.kinds)
            .map(|((start, end), kind)| (*start, *end, *kind))
    }
}

/// All five tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Days of birth, one for each case.
    pub births: Vec<i32>,
    /// Municipalities, one for each case.
    pub municipalities: Vec<u16>,
    /// `benefit_periods`
    pub benefits: Rows,
    /// `status_periods`
    pub statuses: Rows,
    /// `activities`
    pub activities: Rows,
    /// Hours per week, one for each row of `activities`.
    pub hours: Vec<u8>,
    /// `exemptions`
    pub exemptions: Rows,
}

impl Columns {
    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.births.len()
    }

    /// How many rows all tables have.
    #[must_use]
    pub fn rows(&self) -> usize {
        let periods = [
            &self.benefits,
            &self.statuses,
            &self.activities,
            &self.exemptions,
        ];
        let periods: usize = periods.iter().map(|rows| rows.starts.len()).sum();
        periods.saturating_add(self.cases())
    }
}
