//! The syntax tree: what stands in one rule file, as written.
//!
//! Declarations are generic (a header and clauses); which clauses belong to which declaration is
//! the engine's business, so that a misplaced clause gets a sentence and not a syntax error.
//! Broken text is left out of the tree and reported beside it; a declaration that lost something
//! says so in [`Declaration::broken`], and the engine then draws no conclusions from what it lacks.

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
    Basis(Basis),
    /// `gælder fra … til …`: the first and the last day in force, each optional but not both.
    Validity {
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `ubekræftet "why"`
    Unverified(Quoted),
    /// `når …`
    When(Condition),
    /// `for …` (duty): who is in scope
    Scope(Condition),
    /// `regnet fra …` (duty): what is counted
    CountedFrom(Condition),
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

/// One or two names joined by a full stop: `ydelse.art`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The first name.
    pub head: Name,
    /// The name after the full stop.
    pub field: Option<Name>,
}

impl Path {
    /// The whole path's place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.field
            .as_ref()
            .map_or(self.head.span, |field| self.head.span.to(field.span))
    }
}

/// A value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A bare word: an enumerated value, a state, or a parameter. The states of a duty are
    /// keywords; here they stand by their Danish name in either language.
    Name(Name),
    /// A number in thousandths: `1,5` is 1500.
    Number(i64, Span),
    /// A date.
    Date(Date),
    /// A length of time with a unit.
    Length(Length),
    /// `ja` or `nej`
    YesNo(bool, Span),
    /// A text in quotes.
    Text(Quoted),
}

impl Literal {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Name(name) | Self::Length(Length::Parameter(name)) => name.span,
            Self::Number(_, span)
            | Self::YesNo(_, span)
            | Self::Length(Length::Fixed { span, .. }) => *span,
            Self::Date(date) => date.span,
            Self::Text(text) => text.span,
        }
    }
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Order {
    /// `er mindst`
    AtLeast,
    /// `er højst`
    AtMost,
    /// `er under`; of dates `er før`
    Under,
    /// `er over`; of dates `er efter`
    Over,
}

/// What a subject is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `er X`, `er ikke X`, `er en af X, Y`, `er ikke en af X, Y`
    OneOf {
        /// One or more values.
        values: Vec<Literal>,
        /// `er ikke`
        negated: bool,
    },
    /// `er mindst 2`
    Ordered(Order, Literal),
}

/// A condition as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Where, parentheses included.
    pub span: Span,
}

/// What a condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// `ydelse.art er kontanthjælp`, `opfølgning er uden_indsats`, in a row `art er …`
    Is {
        /// Whose value.
        subject: Path,
        /// Compared how.
        comparison: Comparison,
    },
    /// `alder er under 30`: whole years
    Age(Order, u32),
    /// `varighed er mindst 2 uger` (only as a link of a row condition)
    Duration(Order, Length),
    /// A bare name: a term, an assessment, or a table (some row covers the day)
    Name(Path),
    /// `indsats hvor …`
    Where {
        /// The table.
        table: Name,
        /// The condition on one and the same row.
        filter: Box<Condition>,
    },
    /// `ikke A`
    Not(Box<Condition>),
    /// `A og B og C`, `alle af:`
    All(Vec<Condition>),
    /// `A eller B`, `mindst én af:`
    Any(Vec<Condition>),
    /// `ingen af:`
    None(Vec<Condition>),
    /// `mindst N af:` with N at least 2
    AtLeast(u32, Vec<Condition>),
    /// `A dog ikke når B`, `… dog også når C`: the last exception that holds decides
    Except {
        /// The rule.
        base: Box<Condition>,
        /// Its exceptions in the order written.
        exceptions: Vec<Exception>,
    },
    /// `A i mindst D`
    HeldFor(Box<Condition>, Length),
    /// `A inden for de seneste D`
    Within(Box<Condition>, Length),
    /// `A i alt mindst D inden for de seneste D`
    TotalWithin {
        /// The condition.
        condition: Box<Condition>,
        /// How much in all; days or weeks.
        total: Length,
        /// The window.
        window: Length,
    },
    /// `A afbrudt højst D`
    Bridged(Box<Condition>, Length),
    /// `A afbrudt af en kalendermåned`
    BridgedMonth(Box<Condition>),
    /// `A i hele uger`
    WholeWeeks(Box<Condition>),
    /// `højst D efter A begynder`: the days at most D after (before) the first (last) day of a run
    Near {
        /// How near.
        length: Length,
        /// To what.
        anchor: Box<Anchor>,
    },
    /// `A kendt pr. D`; a date or the name of a parameter
    KnownOn(Box<Condition>, Literal),
}

/// `dog ikke når B` or `dog også når C`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// `også`: the condition holds after all; else it does not.
    pub holds: bool,
    /// When.
    pub when: Condition,
    /// The basis at the end of the line.
    pub basis: Option<Basis>,
}

/// What a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The provisions or the source.
    pub kind: BasisKind,
    /// Where, without the keyword.
    pub span: Span,
}

/// Provisions or a named source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BasisKind {
    /// Provisions, one entry each (`§ 92, stk. 2, og § 96` is two).
    Provisions(Vec<Provision>),
    /// `kilde "…"`
    Source(Quoted),
}

/// How an act is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActReference {
    /// The name of a `lov` declaration.
    Named(String),
    /// `LBK 1342/2016`: the kind of document (`LBK`, `BEK`, `Lov`, `VEJ`), its number, its year.
    Numbered {
        /// As written: `LBK`, `BEK`, `Lov`, `VEJ`.
        kind: String,
        /// Number.
        number: u32,
        /// Year.
        year: u32,
    },
}

/// One provision: `LAB § 92, stk. 2, nr. 3, 2. pkt.`
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Provision {
    /// The act. A citation that continues with `og § …` takes it from the one before.
    pub act: ActReference,
    /// `§ 91 a` (`91 a`) or `kap. 17 a`; for a range the first and last: `92-96 c`.
    pub paragraph: String,
    /// A chapter instead of a paragraph.
    pub chapter: bool,
    /// `stk.`, as written: `2`, `7-8`.
    pub stk: Option<String>,
    /// `nr.`
    pub nr: Option<String>,
    /// `litra`
    pub litra: Option<String>,
    /// `2. pkt.`
    pub pkt: Option<String>,
    /// Where.
    pub span: Span,
}

impl std::fmt::Display for ActReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Numbered { kind, number, year } => write!(f, "{kind} {number}/{year}"),
        }
    }
}

/// As lawyers write it, in full: `LAB § 92, stk. 2, nr. 3, 2. pkt.`
impl std::fmt::Display for Provision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match (self.chapter, self.paragraph.contains('-')) {
            (true, _) => "kap.",
            (false, true) => "§§",
            (false, false) => "§",
        };
        write!(f, "{} {sign} {}", self.act, self.paragraph)?;
        let parts = [
            ("stk.", &self.stk),
            ("nr.", &self.nr),
            ("litra", &self.litra),
        ];
        for (word, value) in parts {
            if let Some(value) = value {
                write!(f, ", {word} {value}")?;
            }
        }
        if let Some(pkt) = &self.pkt {
            write!(f, ", {pkt}. pkt.")?;
        }
        Ok(())
    }
}

/// A row of an example: `ydelse kontanthjælp fra 4. januar 2017, fortsat`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenRow {
    /// The table, or the assessment.
    pub table: Name,
    /// Its values and days.
    pub items: Vec<GivenItem>,
    /// The whole line.
    pub span: Span,
}

/// A part of an example's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenItem {
    /// A bare value: `kontanthjælp`
    Value(Literal),
    /// A field and its value: `timer_pr_uge 2`, `grund ukendt` (`None`)
    Field(Name, Option<Literal>),
    /// `fra D`
    From(Date),
    /// `til D`, `til og med D`
    To(Date),
    /// `den D` (events)
    On(Date),
    /// `fortsat`
    Ongoing(Span),
    /// `slutdato ukendt`
    EndUnknown(Span),
    /// `registreret D`
    Registered(Date),
    /// `ikke fuldstændig`: no row of this table does not mean no, in this example
    NotComplete(Span),
}

/// A line of what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The duty, classification, term, warning or assessment.
    pub subject: Name,
    /// What is expected of it.
    pub expected: Expected,
    /// On which days.
    pub days: ExpectedDays,
    /// The whole line.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `er overskredet`, `er ja`, `er ukendt` (a name in any case)
    State(Name),
    /// `har frist D`
    Due(Date),
}

/// On which days an expectation must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedDays {
    /// `den D`
    On(Date),
    /// `fra D`, `til og med D`, `fra D til og med D`: a run of days that begins and ends exactly there.
    Run {
        /// First day of the run.
        from: Option<Date>,
        /// Last day of the run.
        to: Option<Date>,
    },
}
