//! What a plan is made of: conditions with every name, version and parameter filled in.

use crate::case::Value;
use crate::evaluate::Decided;
use crate::model::{Bound, DutyId, FieldId, TableId};
use crate::time::{Day, Length, Truth};
use hjemmel_grammar::syntax::{Edge, Order, Side};

/// A position among a plan's nodes. Operands come before what is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) usize);

/// A position among a plan's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StatesId(pub(crate) usize);

/// A condition. Two that are equal are one node, whichever rules they stand in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// The same on every day.
    Constant(Truth),
    /// Some row of the table that covers the day meets the filter.
    Rows(RowsOf),
    /// The runs of `spells` that pass a test of duration.
    Lasting {
        spells: NodeId,
        order: Order,
        length: Length,
    },
    /// Whole years since the date in a field.
    Age {
        table: TableId,
        field: FieldId,
        order: Order,
        years: u32,
        known_on: Option<Day>,
    },
    /// Decisions of an assessment, in time or past their reassessment date.
    Decisions {
        rows: RowsOf,
        decided: Decided,
        expired: bool,
        reassessed: Reassessed,
    },
    /// All hold. Sorted, each once.
    And(Vec<NodeId>),
    /// One holds. Sorted, each once.
    Or(Vec<NodeId>),
    /// So many hold.
    AtLeast(u32, Vec<NodeId>),
    /// It does not hold.
    Not(NodeId),
    /// It has held so long.
    HeldFor(NodeId, Length),
    /// It held within so long.
    Within(NodeId, Length),
    /// It held for so many days within so long.
    TotalWithin(NodeId, i32, Length),
    /// Gaps of at most so long are filled.
    Bridged(NodeId, Length),
    /// Gaps without a whole calendar month are filled.
    BridgedMonth(NodeId),
    /// Weeks with a day of it count whole.
    WholeWeeks(NodeId),
    /// So long after or before the edges of its runs.
    Near(NodeId, Length, Side, Edge),
    /// Runs that begin before the day are those of `old`.
    Pinned {
        old: NodeId,
        new: NodeId,
        before: Day,
    },
    /// A duty is in one of these states.
    DutyIs(StatesId, Vec<u16>),
    /// The branch of a classification that applies is a wanted one.
    ClassifiedAs {
        in_order: bool,
        branches: Vec<(bool, Option<NodeId>)>,
    },
}

/// Rows of a table that meet a filter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RowsOf {
    pub(crate) table: TableId,
    pub(crate) filter: Filter,
    /// Rows registered later do not exist.
    pub(crate) known_on: Option<Day>,
}

/// What one and the same row must meet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    AtLeast(u32, Vec<Filter>),
    Not(Box<Filter>),
    OneOf(FieldId, Vec<Value>),
    Ordered(FieldId, Order, Bound),
    /// A test that no value can settle: its parameter has none in force.
    Unknown,
}

/// When a decision without a date of its own must be reassessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reassessed {
    Never,
    /// So long after the first day it covers.
    After(Length),
    /// Unknown: the parameter has no value in force.
    Unknown,
}

/// What gives a case a state on every day: a rule under one law.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum States {
    /// 0 no, 1 unknown, 2 yes.
    Truth(NodeId),
    /// Positions in the list of states; the branch that is unknown comes last.
    Branches {
        in_order: bool,
        branches: Vec<(u16, Option<NodeId>)>,
        unknown: u16,
    },
    /// Positions in [`crate::model::DutyState::ALL`].
    Duty(Box<DutyPlan>),
    /// Between two versions: unknown, for want of a rule. The position of that state.
    Hole(u16),
}

/// A duty under one law. Lengths that are `None` are parameters without a value in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DutyPlan {
    /// Which duty it is: what looks alike need not be one duty.
    pub(crate) duty: DutyId,
    pub(crate) scope: NodeId,
    pub(crate) counted: NodeId,
    pub(crate) restarts: Vec<NodeId>,
    pub(crate) deadline: LengthsPlan,
    pub(crate) anchor: Option<(NodeId, Edge, Side)>,
    pub(crate) fulfilments: Vec<(NodeId, NextPlan)>,
    /// Each exemption: whether it holds, whether it would if expired decisions counted, its grace.
    pub(crate) exemptions: Vec<(NodeId, NodeId, Option<Length>)>,
    pub(crate) suspensions: Vec<NodeId>,
    /// The days suspended in all.
    pub(crate) suspended: NodeId,
    /// Days that await a decision, and days whose decision has expired.
    pub(crate) required: Vec<(NodeId, NodeId)>,
    pub(crate) grace: Option<Length>,
    pub(crate) cap: Option<Option<Length>>,
    pub(crate) week: bool,
}

/// A length with its exceptions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LengthsPlan {
    pub(crate) base: Option<Length>,
    pub(crate) exceptions: Vec<(NodeId, Option<Length>)>,
}

/// When the next is due after a fulfilling spell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NextPlan {
    Discharged,
    AtOnce,
    After(LengthsPlan),
}

impl Node {
    /// What it is made of.
    pub(crate) fn operands(&self) -> Vec<NodeId> {
        match self {
            Self::Constant(_)
            | Self::Rows(_)
            | Self::Age { .. }
            | Self::Decisions { .. }
            | Self::DutyIs(..) => Vec::new(),
            Self::ClassifiedAs { branches, .. } => {
                branches.iter().filter_map(|(_, when)| *when).collect()
            }
            Self::And(parts) | Self::Or(parts) | Self::AtLeast(_, parts) => parts.clone(),
            Self::Lasting { spells: part, .. }
            | Self::Not(part)
            | Self::HeldFor(part, _)
            | Self::Within(part, _)
            | Self::TotalWithin(part, ..)
            | Self::Bridged(part, _)
            | Self::BridgedMonth(part)
            | Self::WholeWeeks(part)
            | Self::Near(part, ..) => vec![*part],
            Self::Pinned { old, new, .. } => vec![*old, *new],
        }
    }
}

impl LengthsPlan {
    fn renamed(&self, name: &impl Fn(NodeId) -> NodeId) -> Self {
        let exceptions = self.exceptions.iter();
        Self {
            base: self.base,
            exceptions: exceptions
                .map(|(when, length)| (name(*when), *length))
                .collect(),
        }
    }
}

impl DutyPlan {
    /// The same with other names for its nodes.
    pub(crate) fn renamed(&self, name: &impl Fn(NodeId) -> NodeId) -> Self {
        let next = |next: &NextPlan| match next {
            NextPlan::After(lengths) => NextPlan::After(lengths.renamed(name)),
            other => other.clone(),
        };
        let (fulfilments, exemptions) = (self.fulfilments.iter(), self.exemptions.iter());
        Self {
            scope: name(self.scope),
            counted: name(self.counted),
            restarts: self.restarts.iter().map(|it| name(*it)).collect(),
            deadline: self.deadline.renamed(name),
            anchor: self
                .anchor
                .map(|(node, edge, side)| (name(node), edge, side)),
            fulfilments: fulfilments
                .map(|(by, then)| (name(*by), next(then)))
                .collect(),
            exemptions: exemptions
                .map(|(held, expired, grace)| (name(*held), name(*expired), *grace))
                .collect(),
            suspensions: self.suspensions.iter().map(|it| name(*it)).collect(),
            suspended: name(self.suspended),
            required: self
                .required
                .iter()
                .map(|(a, b)| (name(*a), name(*b)))
                .collect(),
            ..self.clone()
        }
    }

    /// The nodes that only what lies behind a day can say something of.
    pub(crate) fn past(&self) -> Vec<NodeId> {
        let mut nodes = vec![self.scope, self.counted];
        let mut exceptions = |lengths: &LengthsPlan| {
            nodes.extend(lengths.exceptions.iter().map(|(when, _)| *when));
        };
        exceptions(&self.deadline);
        for (_, next) in &self.fulfilments {
            if let NextPlan::After(lengths) = next {
                exceptions(lengths);
            }
        }
        let past = |(_, next): &&(NodeId, NextPlan)| !matches!(next, NextPlan::AtOnce);
        nodes.extend(self.fulfilments.iter().filter(past).map(|(by, _)| *by));
        nodes.extend(self.required.iter().flat_map(|(a, b)| [*a, *b]));
        nodes.extend(self.exemptions.iter().map(|(_, expired, _)| *expired));
        nodes
    }

    /// The nodes whose runs are asked for their ends, which may lie ahead.
    pub(crate) fn ahead(&self) -> Vec<NodeId> {
        let at_once = |(_, next): &&(NodeId, NextPlan)| matches!(next, NextPlan::AtOnce);
        let at_once = self.fulfilments.iter().filter(at_once).map(|(by, _)| *by);
        let exemptions = self.exemptions.iter().map(|(held, ..)| *held);
        let suspensions = self.suspensions.iter().copied();
        // Where a run may begin on any of some days, the last of them is asked for.
        at_once
            .chain(self.restarts.iter().copied())
            .chain(self.anchor.map(|(node, ..)| node))
            .chain(exemptions)
            .chain(suspensions)
            .chain([self.suspended])
            .collect()
    }
}
