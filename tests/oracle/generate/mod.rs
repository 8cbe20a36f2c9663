//! Random rule sets and random cases, from a seed.
//!
//! A rule set is drawn as a model (type-directed, so that it means something) and printed as the
//! text of a rule file. The oracle judges the model that was drawn; the engine judges what it
//! reads from the text. So the reading of rules is held to the oracle too.

pub(crate) mod cases;
mod conditions;
mod phrase;
pub(crate) mod print;
mod rules;
mod schema;

use super::random::Random;
use hjemmel_engine::model::{
    Basis, BasisKind, Condition, ConditionId, ConditionKind, LengthValue, Literal, Model,
    ParameterId, TermId, Validity, Version,
};
use hjemmel_engine::time::{Day, Length, Period, Unit};
use hjemmel_grammar::span::{FileId, Site, Span};

/// A rule set that is being drawn.
pub(crate) struct Builder {
    pub(crate) model: Model,
    pub(crate) random: Random,
    /// Terms that what is drawn now may refer to; those of the other rules would go in circles.
    terms: Vec<TermId>,
    /// Whether duties and classifications may be referred to.
    late: bool,
    lengths: Vec<ParameterId>,
}

/// The rule set of a seed.
pub(crate) fn model(seed: u64) -> Model {
    let mut builder = Builder {
        model: schema::model(),
        random: Random::new(seed),
        terms: Vec::new(),
        late: false,
        lengths: Vec::new(),
    };
    if seed % 12 == 5 {
        // A decision then counts until a day that it names, or for good.
        builder.model.assessments[0].versions[0]
            .body
            .reassessed_after = None;
    }
    builder.rules();
    if seed % 4 == 3 {
        builder.random = Random::new(!seed);
        builder.list_of_rows();
    }
    builder.model
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a day of the calendar")
}

pub(crate) fn nowhere() -> Site {
    Site {
        file: FileId(0),
        span: Span::new(0, 0),
    }
}

/// A version that is in force on the days of `period`.
pub(crate) fn version<T>(period: Period, body: T) -> Version<T> {
    Version {
        validity: Validity { period },
        title: None,
        basis: Some(Basis {
            kind: BasisKind::Source("kilde".into()),
            site: nowhere(),
        }),
        summary: Vec::new(),
        unverified: None,
        site: nowhere(),
        name_site: nowhere(),
        body,
    }
}

impl Builder {
    pub(crate) fn add(&mut self, kind: ConditionKind) -> ConditionId {
        self.model.conditions.push(Condition {
            kind,
            site: nowhere(),
        });
        ConditionId(self.model.conditions.len() - 1)
    }

    pub(crate) fn fixed(&mut self) -> Length {
        match self.random.below(8) {
            0 => Length::new(1, Unit::Days),
            1 | 2 => Length::new(self.random.between(2, 40) as u32, Unit::Days),
            3 | 4 => Length::new(self.random.between(1, 5) as u32, Unit::Weeks),
            5 | 6 => Length::new(1, Unit::Months),
            _ => Length::new(self.random.between(2, 3) as u32, Unit::Months),
        }
    }

    pub(crate) fn length(&mut self) -> LengthValue {
        if self.random.one_in(6) && !self.lengths.is_empty() {
            return Literal::Parameter(self.random.pick(&self.lengths.clone()));
        }
        Literal::Fixed(self.fixed())
    }

    /// A day on which laws change: mostly the first of a month.
    fn change(&mut self) -> Day {
        let month = self.random.between(2, 10) as u32;
        let on = if self.random.one_in(3) {
            self.random.between(1, 28) as u32
        } else {
            1
        };
        day(2016, month, on)
    }

    /// When the versions of a rule are in force: mostly one, always.
    pub(crate) fn validities(&mut self, one_in: usize) -> Vec<Period> {
        let from = |start, end| Period::new(start, end);
        if !self.random.one_in(one_in) {
            return vec![Period::ALL];
        }
        let change = self.change();
        match self.random.below(12) {
            0 => vec![from(change, Day::END)],
            1 => vec![from(Day::FIRST, change)],
            2 | 3 => vec![from(Day::FIRST, change), from(change.plus(20), Day::END)],
            4 => vec![
                from(Day::FIRST, change),
                from(change, change.plus(70)),
                from(change.plus(70), Day::END),
            ],
            _ => vec![from(Day::FIRST, change), from(change, Day::END)],
        }
    }
}
