//! The model: what a rule set means, after names are resolved and types are checked.
//!
//! Flat vectors behind newtype ids. Every rule is a name with versions; a version holds one
//! declaration's meaning and its place. Conditions live in one arena, so that a condition is an
//! id, which is what evaluation memoises and explanations point at.

mod choices;
mod condition;
mod rule;
mod schema;
mod subject;

pub use choices::Choices;
pub use condition::{
    Anchor, Bound, Condition, ConditionId, ConditionKind, DurationTest, Exception, LengthValue,
    Literal, RowCondition, RowLink, RowLinkKind, RowTest,
};
pub use rule::{
    Assessment, Basis, BasisKind, Branch, Classification, DayExpectation, Deadline,
    DeadlineException, Duty, DutyState, EntryGrace, Example, Exemption, Expectation, Expected,
    Fulfilment, Heading, Measure, Next, Parameter, ParameterValue, Required, Restart, Rule,
    ShareLimit, SplitBy, Suspension, Term, Transition, Validity, Version, Warning,
};
pub use schema::{Act, Edition, Field, FieldId, FieldType, Table, TableId};
pub use subject::Subject;

use crate::time::{Day, Length, Period};
use hjemmel_grammar::span::Site;
use std::collections::{BTreeMap, BTreeSet};

/// The id of a rule of one kind, by its position in the model's list of that kind.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub usize);
    )*};
}

id! {
    /// A position in [`Model::parameters`].
    ParameterId
    /// A position in [`Model::assessments`].
    AssessmentId
    /// A position in [`Model::terms`].
    TermId
    /// A position in [`Model::duties`].
    DutyId
    /// A position in [`Model::exemptions`].
    ExemptionId
    /// A position in [`Model::suspensions`].
    SuspensionId
    /// A position in [`Model::classifications`].
    ClassificationId
    /// A position in [`Model::warnings`].
    WarningId
    /// A position in [`Model::measures`].
    MeasureId
}

/// What a rule set means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// The acts it names.
    pub acts: Vec<Act>,
    /// The tables of a case. Each assessment has one too, of the same name.
    pub tables: Vec<Table>,
    /// Dated values.
    pub parameters: Vec<Rule<Parameter>>,
    /// Slots for decisions.
    pub assessments: Vec<Rule<Assessment>>,
    /// Named conditions.
    pub terms: Vec<Rule<Term>>,
    /// Duties.
    pub duties: Vec<Rule<Duty>>,
    /// Exemptions.
    pub exemptions: Vec<Rule<Exemption>>,
    /// Suspensions.
    pub suspensions: Vec<Rule<Suspension>>,
    /// Classifications.
    pub classifications: Vec<Rule<Classification>>,
    /// Warnings.
    pub warnings: Vec<Rule<Warning>>,
    /// Measures.
    pub measures: Vec<Rule<Measure>>,
    /// Transitional provisions.
    pub transitions: Vec<Rule<Transition>>,
    /// Examples, in the order of the files.
    pub examples: Vec<Example>,
    /// All conditions. A condition's operands come before it.
    pub conditions: Vec<Condition>,
    /// The links of conditions on rows that have several, in the order written.
    pub row_links: BTreeMap<ConditionId, Vec<RowLink>>,
    /// Every day is judged by the law of this one day; by its own, if `None`.
    pub pinned: Option<Day>,
}

impl Model {
    /// The same rules, with every day judged by the law of `day`.
    ///
    /// What a transitional provision in force on `day` says of earlier law still holds: it reaches
    /// versions that are not in force on `day`.
    #[must_use]
    pub fn pinned_to(mut self, day: Day) -> Self {
        self.pinned = Some(day);
        self
    }

    /// The day whose law `day` is judged by: itself, unless the law is pinned.
    ///
    /// The one place that evaluators ask; what they find by [`Rule::on`] follows from it.
    #[must_use]
    pub fn law_on(&self, day: Day) -> Day {
        self.pinned.unwrap_or(day)
    }

    /// The days on which the law that days are judged by changes, each once, in order; none if it is
    /// pinned. Measures are not among it: they count cases and judge none.
    #[must_use]
    pub fn law_changes(&self) -> Vec<Day> {
        fn of<T>(rules: &[Rule<T>]) -> impl Iterator<Item = Period> {
            let versions = rules.iter().flat_map(|rule| &rule.versions);
            versions.map(|version| version.validity.period)
        }
        if self.pinned.is_some() {
            return Vec::new();
        }
        let parameters = self.parameters.iter().flat_map(|rule| &rule.versions);
        let values = parameters.flat_map(|version| &version.body.values);
        let periods = of(&self.parameters)
            .chain(of(&self.assessments))
            .chain(of(&self.terms))
            .chain(of(&self.duties))
            .chain(of(&self.exemptions))
            .chain(of(&self.suspensions))
            .chain(of(&self.classifications))
            .chain(of(&self.warnings))
            .chain(of(&self.transitions))
            .chain(values.map(|(validity, _)| validity.period));
        // One by one: of thousands some dozen differ, and this is asked for each of many cases.
        let mut days = BTreeSet::new();
        for period in periods {
            days.insert(period.start);
            days.insert(period.end);
        }
        days.into_iter().collect()
    }

    /// The condition with this id.
    ///
    /// Ids are only ever made by the resolver for this model; a foreign id gives a condition that
    /// is unknown everywhere rather than a wrong answer.
    #[must_use]
    pub fn condition(&self, id: ConditionId) -> &Condition {
        static MISSING: Condition = Condition {
            kind: ConditionKind::Unreadable,
            site: NOWHERE,
        };
        self.conditions.get(id.0).unwrap_or(&MISSING)
    }

    /// Every rule of every kind: its name, and the headings of its versions.
    #[must_use]
    pub fn outline(&self) -> Vec<(&str, Vec<Heading<'_>>)> {
        fn of<T>(rules: &[Rule<T>]) -> impl Iterator<Item = (&str, Vec<Heading<'_>>)> {
            rules.iter().map(|rule| {
                let headings = rule.versions.iter().map(Version::heading);
                (rule.name.as_str(), headings.collect())
            })
        }
        of(&self.parameters)
            .chain(of(&self.assessments))
            .chain(of(&self.terms))
            .chain(of(&self.duties))
            .chain(of(&self.exemptions))
            .chain(of(&self.suspensions))
            .chain(of(&self.classifications))
            .chain(of(&self.warnings))
            .chain(of(&self.measures))
            .chain(of(&self.transitions))
            .collect()
    }

    /// The value of a parameter in force on `day`.
    #[must_use]
    pub fn parameter_on(&self, id: ParameterId, day: Day) -> Option<ParameterValue> {
        let version = self.parameters.get(id.0)?.on(day)?;
        let mut values = version.body.values.iter();
        values
            .find(|(validity, _)| validity.period.contains(day))
            .map(|(_, value)| *value)
    }

    /// A length that is written out or a parameter's; `None` if the parameter has none in force.
    #[must_use]
    pub fn length_on(&self, value: LengthValue, day: Day) -> Option<Length> {
        match value {
            Literal::Fixed(length) => Some(length),
            Literal::Parameter(id) => match self.parameter_on(id, day)? {
                ParameterValue::Length(length) => Some(length),
                _ => None,
            },
        }
    }

    /// A date that is written out or a parameter's.
    #[must_use]
    pub fn date_on(&self, value: Literal<Day>, day: Day) -> Option<Day> {
        match value {
            Literal::Fixed(day) => Some(day),
            Literal::Parameter(id) => match self.parameter_on(id, day)? {
                ParameterValue::Date(day) => Some(day),
                _ => None,
            },
        }
    }

    /// A number or date to compare with.
    #[must_use]
    pub fn bound_on(&self, value: Literal<Bound>, day: Day) -> Option<Bound> {
        match value {
            Literal::Fixed(bound) => Some(bound),
            Literal::Parameter(id) => match self.parameter_on(id, day)? {
                ParameterValue::Number(number) => Some(Bound::Number(number)),
                ParameterValue::Date(day) => Some(Bound::Date(day)),
                _ => None,
            },
        }
    }

    /// The table of that name.
    #[must_use]
    pub fn table_named(&self, name: &str) -> Option<(TableId, &Table)> {
        let mut tables = self.tables.iter().enumerate();
        tables
            .find(|(_, table)| table.name == name)
            .map(|(i, table)| (TableId(i), table))
    }
}

pub(crate) const NOWHERE: Site = Site {
    file: hjemmel_grammar::span::FileId(u32::MAX),
    span: hjemmel_grammar::span::Span { start: 0, end: 0 },
};
