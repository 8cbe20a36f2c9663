//! Who answers the workload.

/// One that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// The loop by hand: the limit.
    Loop,
    /// The engine's columnar evaluator, over batches of cases.
    Columnar,
    /// The engine's reference evaluator, case by case.
    Engine,
    /// `peers/duckdb_peer.py`
    DuckDb,
    /// `peers/polars_peer.py`
    Polars,
}

impl Implementation {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Loop,
        Self::Columnar,
        Self::Engine,
        Self::DuckDb,
        Self::Polars,
    ];

    /// Its word in commands and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Columnar => "columnar",
            Self::Engine => "engine",
            Self::DuckDb => "duckdb",
            Self::Polars => "polars",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// It is a script, for a Python that has its library.
    #[must_use]
    pub fn is_peer(self) -> bool {
        matches!(self, Self::DuckDb | Self::Polars)
    }

    /// It is timed at so many cases: the reference evaluator is too slow for many.
    #[must_use]
    pub fn answers(self, cases: usize) -> bool {
        self != Self::Engine || cases <= 10_000
    }

    /// It can be given more than one thread.
    #[must_use]
    pub fn has_threads(self) -> bool {
        self != Self::Engine
    }

    /// The files that its whole process is measured from.
    #[must_use]
    pub fn reads(self) -> &'static [&'static str] {
        match self {
            Self::Loop => &["csv"],
            Self::Engine => &[],
            Self::Columnar | Self::DuckDb | Self::Polars => &["parquet", "csv"],
        }
    }
}
