//! The syntax tree: what stands in one rule file, as written.
//!
//! Declarations are generic (a header and clauses); which clauses belong to which declaration is
//! the engine's business, so that a misplaced clause gets a sentence and not a syntax error.
//! Broken text is left out of the tree and reported beside it; a declaration that lost something
//! says so in [`Declaration::broken`], and the engine then draws no conclusions from what it lacks.

mod basis;
mod condition;
mod example;
mod shift;

pub use basis::{ActReference, Basis, BasisKind, Provision};
pub use condition::{Comparison, Condition, ConditionKind, Exception, Literal, Order, Path};
pub use example::{Expectation, Expected, ExpectedDays, GivenItem, GivenRow};

use crate::diagnostic::Language;
use crate::span::Span;

/// One rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The language of its keywords (Danish if it has none).
    pub language: Language,
    /// Its declarations in the order written.
    pub declarations: Vec<Declaration>,
}

/// An identifier as written, in NFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A text in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// What stands between the quotes.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

/// A calendar date; the parser has checked that it exists (years 1000 to 9999).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
    /// Where.
    pub span: Span,
}

/// The unit of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// `dag`, `dage` / `day`, `days`
    Days,
    /// `uge`, `uger` / `week`, `weeks`
    Weeks,
    /// `måned`, `måneder` / `month`, `months`
    Months,
    /// `år` / `year`, `years`
    Years,
}

/// A length of time as written: `6 måneder`, or the name of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Length {
    /// `6 måneder`
    Fixed {
        /// How many, at most 9,999.
        count: u32,
        /// Of what.
        unit: Unit,
        /// Where.
        span: Span,
    },
    /// `længste_pause`
    Parameter(Name),
}

/// What a declaration declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `lov` / `act`
    Act,
    /// `data` / `data`
    Data,
    /// `skøn` / `assessment`
    Assessment,
    /// `parameter` / `parameter`
    Parameter,
    /// `begreb` / `term`
    Term,
    /// `pligt` / `duty`
    Duty,
    /// `fritagelse` / `exemption`
    Exemption,
    /// `udsættelse` / `suspension`
    Suspension,
    /// `opdeling` / `classification`
    Classification,
    /// `advarsel` / `warning`
    Warning,
    /// `måling` / `measure`
    Measure,
    /// `overgang` / `transition`
    Transition,
    /// `eksempel` / `example`
    Example,
}

/// One declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What it declares.
    pub kind: Kind,
    /// The keyword's place.
    pub keyword: Span,
    /// Its name; an example has none. `None` elsewhere only if broken.
    pub name: Option<Name>,
    /// The human title in quotes.
    pub title: Option<Quoted>,
    /// What it is attached to: the duties of an exemption (`fra`), a suspension (`af`) or a
    /// warning (`ved`), the term of a transition (`for`).
    pub targets: Vec<Name>,
    /// The author's plain-language summary: the lines that begin with `>`, without it.
    pub summary: Vec<String>,
    /// Its clauses in the order written.
    pub clauses: Vec<Clause>,
    /// The whole, from the keyword to the end of the last clause.
    pub span: Span,
    /// Something in it could not be read.
    pub broken: bool,
}

/// One clause, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// What a clause says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    /// `hjemmel LAB § 92, stk. 2` or `hjemmel kilde "…"`
    Basis {
        /// What the declaration rests on.
        basis: Basis,
        /// First day on which it does.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `gælder fra … til …`: the first and the last day in force, each optional but not both.
    Validity {
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `ubekræftet "why"`
    Unverified {
        /// Why.
        why: Quoted,
        /// First day on which it is so.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `når …`
    When(Condition),
    /// `for …` (duty): who is in scope
    Scope(Condition),
    /// `regnet fra …` (duty), with its `på ny når` lines
    CountedFrom(CountedFrom),
    /// `frist …`, with its `dog` lines
    Deadline(Deadline),
    /// `opfyldes af …`
    FulfilledBy(Fulfilment),
    /// `rettidig i kalenderugen`
    TimelyInWeek {
        /// The basis at the end of the line.
        basis: Option<Basis>,
    },
    /// `ved overgang frist D` with an optional `, dog højst D` (counted from where the base was set)
    OnEntry {
        /// The grace on entry.
        length: Length,
        /// The cap.
        at_most: Option<Length>,
        /// The basis at the end of the line.
        basis: Option<Basis>,
    },
    /// `kræver skøn X når …`
    RequiresAssessment {
        /// The assessment.
        assessment: Name,
        /// When it is required; always, if absent.
        when: Option<Condition>,
        /// The basis at the end of the line.
        basis: Option<Basis>,
    },
    /// `herefter frist D` (exemption): the grace after it ends
    Grace(Length),
    /// `i rækkefølge` (classification): the first branch that applies decides
    InOrder,
    /// A branch of a classification: `med_indsats når …` or `uden_indsats ellers`
    Branch(Branch),
    /// `tæl …` (measure)
    Count(Condition),
    /// `ud af …` (measure)
    OutOf(Condition),
    /// `fordelt på ydelse.art` or `fordelt på opfølgning` (measure); several, separated by commas
    SplitBy(Vec<Path>),
    /// `grænse under 20 procent` (measure): what the share is held against
    Limit {
        /// How it is held against it.
        order: Order,
        /// The percentage: a number, or a parameter's name.
        percent: Literal,
        /// The basis at the end of the line.
        basis: Option<Basis>,
    },
    /// `hver uge`, `hver mandag`, `hver måned` (measure)
    Every(Rhythm),
    /// `udgave LBK 1342/2016 gælder fra … til …` (act)
    Edition {
        /// The consolidation.
        reference: ActReference,
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `perioder`, `hændelser`, `stamdata` (data), with modifiers
    Shape {
        /// What a row is.
        shape: Shape,
        /// `fuldstændig`: no row means no
        complete: bool,
        /// `uden overlap`: two different rows on one day contradict each other
        exclusive: bool,
    },
    /// `art er en af kontanthjælp, uddannelseshjælp` (data, assessment)
    Field {
        /// Its name.
        name: Name,
        /// Its type.
        ty: FieldType,
        /// `følsom`: its values never appear in a message
        sensitive: bool,
    },
    /// `afgøres af kommunen` (assessment): who may decide; free words
    DecidedBy(Vec<Name>),
    /// `revurderes efter 6 måneder` (assessment): counted from the first day it covers
    ReassessedAfter(Length),
    /// `værdi 4 uger gælder fra … til …` (parameter)
    Value {
        /// The value.
        value: Literal,
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `perioder begyndt før D bedømmes efter reglerne D` (transition)
    Pinned {
        /// Spells that begin before this day …
        begun_before: Date,
        /// … are judged by the versions in force on this day.
        law_of: Date,
    },
    /// `givet` and its rows (example)
    Given(Vec<GivenRow>),
    /// `så` and its lines (example)
    Expect(Vec<Expectation>),
    /// `kendt pr. D` (example): the knowledge date
    KnownOn(Date),
}

/// `regnet fra A` with its `på ny når` lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedFrom {
    /// What is counted.
    pub condition: Condition,
    /// `på ny når B begynder`: each run of B cuts the run of A that its first day lies in.
    pub restarts: Vec<Restart>,
}

/// `på ny når B begynder`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restart {
    /// B.
    pub begins: Condition,
    /// The basis at the end of the line.
    pub basis: Option<Basis>,
}

/// `frist D` with an optional anchor and its `dog` lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How long.
    pub length: Length,
    /// `efter A begynder`, `før A slutter`; else it counts from the first day of what is counted.
    pub anchor: Option<Anchor>,
    /// `dog D når A`: the last whose condition holds on the day the base is set decides.
    pub exceptions: Vec<DeadlineException>,
}

/// `dog 3 måneder når …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineException {
    /// The other length.
    pub length: Length,
    /// When it applies.
    pub when: Condition,
    /// The basis at the end of the line.
    pub basis: Option<Basis>,
}

/// Which end of a run of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edge {
    /// `begynder`: the first day
    Begins,
    /// `slutter`: the last day
    Ends,
}

/// Which side of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// `efter`
    After,
    /// `før`
    Before,
}

/// `efter A begynder`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The condition whose run is meant.
    pub condition: Condition,
    /// Its first or last day.
    pub edge: Edge,
    /// After or before.
    pub side: Side,
}

/// `opfyldes af tilbud når …, derefter 12 måneder  hjemmel …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    /// The spells that fulfil.
    pub by: Condition,
    /// Only on days when this holds.
    pub when: Option<Condition>,
    /// When the next one is due.
    pub then: Option<Next>,
    /// `dog D når A` lines after `derefter`.
    pub exceptions: Vec<DeadlineException>,
    /// The basis at the end of the line.
    pub basis: Option<Basis>,
}

/// When the next one is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// `derefter 12 måneder`
    After(Length),
    /// `derefter straks`
    AtOnce(Span),
}

/// A branch of a classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The state it gives.
    pub state: Name,
    /// Its title.
    pub title: Option<Quoted>,
    /// When; `None` is `ellers`.
    pub when: Option<Condition>,
    /// The basis at the end of the line.
    pub basis: Option<Basis>,
}

/// How often a measure is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// Weekly, on this weekday (0 = Monday). `hver uge` is Mondays.
    Weekly(u8),
    /// On the last day of each month.
    Monthly,
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `perioder`: from a day to a day
    Periods,
    /// `hændelser`: one day
    Events,
    /// `stamdata`: about the person, all days
    Facts,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// `en af a, b, c`
    OneOf(Vec<Name>),
    /// `tal`
    Number,
    /// `dato`
    Date,
    /// `fødselsdato`: a date, from which `alder` is counted
    BirthDate,
    /// `ja eller nej`
    YesNo,
    /// `tekst`: kept for people, never part of a condition
    Text,
}
