//! Rules and their versions, resolved.

use super::{
    Anchor, AssessmentId, Bound, ClassificationId, ConditionId, DutyId, FieldId, LengthValue,
    Literal, Subject, TableId, TermId,
};
use crate::case::Case;
use crate::time::{Day, Length, Period};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{Order, Provision, Rhythm};
use std::sync::Arc;

/// A rule: a name and the versions it has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    /// Its name.
    pub name: String,
    /// Its versions, by their first day in force, without overlap.
    pub versions: Vec<Version<T>>,
}

impl<T> Rule<T> {
    /// The version in force on `day`.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<&Version<T>> {
        self.versions
            .iter()
            .find(|version| version.validity.period.contains(day))
    }

    /// Whether `day` lies between the first and the last version in force, holes included.
    #[must_use]
    pub fn spans(&self, day: Day) -> bool {
        let first = self
            .versions
            .first()
            .map(|version| version.validity.period.start);
        let end = self
            .versions
            .last()
            .map(|version| version.validity.period.end);
        first.is_some_and(|first| first <= day) && end.is_some_and(|end| day < end)
    }
}

/// One version of a rule: what one declaration says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<T> {
    /// When it is in force.
    pub validity: Validity,
    /// Its title.
    pub title: Option<String>,
    /// What it rests on; none only where none is required.
    pub basis: Option<Basis>,
    /// The author's plain-language summary, one string a line.
    pub summary: Vec<String>,
    /// Why it is not verified, if it is not.
    pub unverified: Option<String>,
    /// The declaration's place.
    pub site: Site,
    /// The place of its name.
    pub name_site: Site,
    /// What it says.
    pub body: T,
}

/// What the versions of all rules have in common, whatever kind of rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// When it is in force.
    pub validity: Validity,
    /// Its title.
    pub title: Option<&'a str>,
    /// Why it is not verified, if it is not.
    pub unverified: Option<&'a str>,
    /// The place of its name.
    pub name_site: Site,
}

impl<T> Version<T> {
    /// The version without what it says.
    #[must_use]
    pub fn heading(&self) -> Heading<'_> {
        Heading {
            validity: self.validity,
            title: self.title.as_deref(),
            unverified: self.unverified.as_deref(),
            name_site: self.name_site,
        }
    }
}

/// When something is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Validity {
    /// The days in force.
    pub period: Period,
}

impl Validity {
    /// Always.
    pub const ALWAYS: Self = Self {
        period: Period::ALL,
    };
}

/// What a rule rests on. A copy is the same one, told of every answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Basis {
    /// Provisions or a source.
    pub kind: BasisKind,
    /// Where it stands.
    pub site: Site,
}

/// Provisions or a named source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BasisKind {
    /// Provisions, each in full.
    Provisions(Arc<[Provision]>),
    /// A named source.
    Source(Arc<str>),
}

/// As lawyers write it: `LAB § 92, stk. 2; LAB § 96, stk. 2`, or the source's name.
impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            BasisKind::Source(source) => f.write_str(source),
            BasisKind::Provisions(provisions) => {
                for (i, provision) in provisions.iter().enumerate() {
                    if i > 0 {
                        f.write_str("; ")?;
                    }
                    provision.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

/// A dated value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The value and when it is in force, in order, without overlap.
    pub values: Vec<(Validity, ParameterValue)>,
}

/// A parameter's value. All values of one parameter are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A length of time.
    Length(Length),
    /// A number in thousandths.
    Number(i64),
    /// A date.
    Date(Day),
    /// Yes or no.
    YesNo(bool),
}

/// A slot for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The table that holds its decisions.
    pub table: TableId,
    /// Who may decide.
    pub decided_by: Vec<String>,
    /// When a decision must be reassessed, counted from the first day it covers, unless its row
    /// says `revurderes`.
    pub reassessed_after: Option<LengthValue>,
}

/// A named condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// When it holds.
    pub when: ConditionId,
}

/// A duty with a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// S: who is in scope.
    pub scope: ConditionId,
    /// K: what is counted.
    pub counted: ConditionId,
    /// `på ny når`: what cuts the runs of K.
    pub restarts: Vec<Restart>,
    /// The first deadline.
    pub deadline: Deadline,
    /// F: what fulfils it.
    pub fulfilments: Vec<Fulfilment>,
    /// The due date is moved to the Sunday of its week, on this basis.
    pub timely_in_week: Option<Option<Basis>>,
    /// The grace of one who comes into scope within a run of K.
    pub entry: Option<EntryGrace>,
    /// The assessments it requires.
    pub required: Vec<Required>,
}

/// `på ny når B begynder`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restart {
    /// B: the first day of each of its runs begins a run of K of its own.
    pub begins: ConditionId,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// `frist D`, with its anchor and its `dog` lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// D.
    pub length: LengthValue,
    /// What it counts from; the first day of the run of K if none.
    pub anchor: Option<Anchor>,
    /// The `dog` lines in the order written.
    pub exceptions: Vec<DeadlineException>,
}

/// `dog D når A`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineException {
    /// D.
    pub length: LengthValue,
    /// A.
    pub when: ConditionId,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// One way to fulfil a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    /// The condition whose runs are the fulfilling spells (its `når` included).
    pub by: ConditionId,
    /// The name of the term, for messages.
    pub name: String,
    /// When the next is due.
    pub next: Next,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// When the next is due after a fulfilling spell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Never again in this run of K.
    Discharged,
    /// So long after its last day, with the `dog` lines.
    After(LengthValue, Vec<DeadlineException>),
    /// At once, if still needed.
    AtOnce,
}

/// `ved overgang frist D, dog højst C`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryGrace {
    /// D.
    pub length: LengthValue,
    /// C, counted from the day the base was set on.
    pub at_most: Option<LengthValue>,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// `kræver skøn X når A`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// X.
    pub assessment: AssessmentId,
    /// A; always if none.
    pub when: Option<ConditionId>,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// An exemption from duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// The duties.
    pub duties: Vec<DutyId>,
    /// When.
    pub when: ConditionId,
    /// The grace after it ends.
    pub grace: Option<LengthValue>,
}

/// A suspension of duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The duties.
    pub duties: Vec<DutyId>,
    /// When.
    pub when: ConditionId,
}

/// A state for every day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    /// The first branch that applies decides; else the branches exclude each other.
    pub in_order: bool,
    /// In the order written.
    pub branches: Vec<Branch>,
}

/// A branch of a classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The state it gives.
    pub state: String,
    /// Its title.
    pub title: Option<String>,
    /// When; `None` is `ellers` (no other branch applies).
    pub when: Option<ConditionId>,
    /// Its own basis.
    pub basis: Option<Basis>,
    /// The state's place.
    pub site: Site,
}

/// A remark beside the state of duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The duties it stands beside.
    pub duties: Vec<DutyId>,
    /// When.
    pub when: ConditionId,
}

/// A share with its two counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Who is counted.
    pub count: ConditionId,
    /// Out of whom.
    pub out_of: ConditionId,
    /// Split by the value of these.
    pub split_by: Vec<SplitBy>,
    /// What the share is held against.
    pub limit: Option<ShareLimit>,
    /// How often.
    pub rhythm: Option<Rhythm>,
}

/// `grænse under 20 procent`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLimit {
    /// How the share is held against it.
    pub order: Order,
    /// Per cent, in thousandths: 20 per cent is 20,000.
    pub percent: Literal<Bound>,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// What a measure is split by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitBy {
    /// An enumerated field of a table.
    Field(TableId, FieldId),
    /// A classification.
    Classification(ClassificationId),
}

/// A transitional provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The term whose spells it pins.
    pub term: TermId,
    /// Spells that begin before this day …
    pub begun_before: Day,
    /// … are judged by the versions in force on this day.
    pub law_of: Day,
}

/// A dated case and what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its title.
    pub title: String,
    /// The case.
    pub case: Case,
    /// The knowledge date; everything is known if none.
    pub known_on: Option<Day>,
    /// What must come out.
    pub expectations: Vec<Expectation>,
    /// Its place.
    pub site: Site,
}

/// One line of what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Of what.
    pub subject: Subject,
    /// What.
    pub expected: Expected,
    /// When.
    pub days: DayExpectation,
    /// The line's place.
    pub site: Site,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A state by its (Danish) name; `ja`, `nej`, `ukendt` for conditions.
    State(String),
    /// This due date.
    Due(Day),
}

/// On which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayExpectation {
    /// On this day.
    On(Day),
    /// A run that begins and ends exactly on these days; open where none.
    Run {
        /// First day.
        from: Option<Day>,
        /// Last day.
        to: Option<Day>,
    },
}

/// The state of a duty on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyState {
    /// `ikke_omfattet`
    NotCovered,
    /// `fritaget`
    Exempt,
    /// `udsat`
    Suspended,
    /// `i_tilbud`
    InOffer,
    /// `skal_revurderes`
    MustBeReassessed,
    /// `afventer_skøn`
    AwaitsAssessment,
    /// `indfriet`
    Discharged,
    /// `frist_løber`
    DeadlineRunning,
    /// `overskredet`
    Overdue,
    /// `ukendt`
    Unknown,
}

impl DutyState {
    /// All, in the order of precedence, `ukendt` last.
    pub const ALL: [Self; 10] = [
        Self::NotCovered,
        Self::Exempt,
        Self::Suspended,
        Self::InOffer,
        Self::MustBeReassessed,
        Self::AwaitsAssessment,
        Self::Discharged,
        Self::DeadlineRunning,
        Self::Overdue,
        Self::Unknown,
    ];

    /// The Danish name, as in rules and result files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotCovered => "ikke_omfattet",
            Self::Exempt => "fritaget",
            Self::Suspended => "udsat",
            Self::InOffer => "i_tilbud",
            Self::MustBeReassessed => "skal_revurderes",
            Self::AwaitsAssessment => "afventer_skøn",
            Self::Discharged => "indfriet",
            Self::DeadlineRunning => "frist_løber",
            Self::Overdue => "overskredet",
            Self::Unknown => "ukendt",
        }
    }

    /// The state with this Danish name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}
