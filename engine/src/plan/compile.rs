//! Rules to a plan: names, versions and parameters are filled in, and what is equal is made once.

use super::node::{Filter, Node, NodeId, Reassessed, RowsOf, States, StatesId};
use crate::columns::Reads;
use crate::evaluate::Decided;
use crate::model::{
    AssessmentId, ClassificationId, ConditionId, ConditionKind, DurationTest, DutyId, DutyState,
    FieldId, LengthValue, Model, ParameterValue, RowCondition, RowTest, Subject, TableId, TermId,
    Version,
};
use crate::time::{Day, Length, Truth};
use std::collections::HashMap;

/// Under which law, by whose knowledge, a condition is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Context {
    /// The law is what is in force on this day.
    pub(super) law: Day,
    /// Rows registered later do not exist.
    pub(super) known_on: Option<Day>,
    /// A decision past its reassessment date still counts.
    pub(super) expired_counts: bool,
}

/// What has been made so far. It may hold the rules of several models.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) nodes: Vec<Node>,
    pub(super) states: Vec<States>,
    node_ids: HashMap<Node, NodeId>,
    states_ids: HashMap<States, StatesId>,
}

impl Made {
    fn node(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.node_ids.get(&node) {
            return *id;
        }
        let id = NodeId(self.nodes.len());
        self.nodes.push(node.clone());
        self.node_ids.insert(node, id);
        id
    }

    pub(super) fn states(&mut self, states: States) -> StatesId {
        if let Some(id) = self.states_ids.get(&states) {
            return *id;
        }
        let id = StatesId(self.states.len());
        self.states.push(states.clone());
        self.states_ids.insert(states, id);
        id
    }
}

/// Makes the rules of one model.
pub(super) struct Compiler<'m> {
    pub(super) model: &'m Model,
    pub(super) made: &'m mut Made,
    pub(super) reads: &'m mut Reads,
    conditions: HashMap<(ConditionId, Context), NodeId>,
}

impl<'m> Compiler<'m> {
    pub(super) fn new(model: &'m Model, made: &'m mut Made, reads: &'m mut Reads) -> Self {
        Self {
            model,
            made,
            reads,
            conditions: HashMap::new(),
        }
    }

    /// The rule that a subject is; `None` if it is not part of the law.
    pub(super) fn subject(&mut self, subject: Subject, context: Context) -> Option<StatesId> {
        let model = self.model;
        let law = context.law;
        let states = match subject {
            Subject::Duty(id) => {
                let version = model.duties.get(id.0).and_then(|rule| rule.on(law));
                version.map(|version| self.duty(id, &version.body, context))
            }
            Subject::Classification(id) => self.classification(id, context),
            Subject::Term(id) => {
                let version = model.terms.get(id.0).and_then(|rule| rule.on(law));
                version.map(|_| States::Truth(self.term(id, context)))
            }
            Subject::Assessment(id) => {
                let version = model.assessments.get(id.0).and_then(|rule| rule.on(law));
                let any = RowCondition::All(Vec::new());
                version
                    .map(|_| States::Truth(self.decisions(id, &any, Decided::Yes, false, context)))
            }
            Subject::Warning(id) => {
                let version = model.warnings.get(id.0).and_then(|rule| rule.on(law));
                version.map(|version| States::Truth(self.condition(version.body.when, context)))
            }
        };
        let states = match states {
            Some(states) => states,
            None if model.spans(subject, law) => States::Hole(unknown_state(model, subject)),
            None => return None,
        };
        Some(self.made.states(states))
    }

    /// A condition.
    pub(super) fn condition(&mut self, id: ConditionId, context: Context) -> NodeId {
        if let Some(node) = self.conditions.get(&(id, context)) {
            return *node;
        }
        let model = self.model;
        let node = self.kind(&model.condition(id).kind, context);
        self.conditions.insert((id, context), node);
        node
    }

    fn kind(&mut self, kind: &ConditionKind, context: Context) -> NodeId {
        match kind {
            ConditionKind::Unreadable => self.unknown(),
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => self.rows(*table, filter, durations, context),
            ConditionKind::Age {
                table,
                field,
                order,
                years,
            } => {
                self.reads.add_field(self.model, *table, *field);
                let (table, field, order, years) = (*table, *field, *order, *years);
                let known_on = context.known_on;
                self.made.node(Node::Age {
                    table,
                    field,
                    order,
                    years,
                    known_on,
                })
            }
            ConditionKind::Term(id) => self.term(*id, context),
            ConditionKind::Assessed { assessment, filter } => {
                let held = self.decisions(*assessment, filter, Decided::Yes, false, context);
                if !context.expired_counts {
                    return held;
                }
                let expired = self.decisions(*assessment, filter, Decided::Yes, true, context);
                self.or(vec![held, expired])
            }
            ConditionKind::DutyIs(id, states) => self.duty_is(*id, states, context),
            ConditionKind::ClassifiedAs(id, wanted) => self.classified_as(*id, wanted, context),
            ConditionKind::Parameter(id) => match self.model.parameter_on(*id, context.law) {
                Some(ParameterValue::YesNo(yes)) => self.constant(Truth::from(yes)),
                _ => self.unknown(),
            },
            ConditionKind::All(parts) => {
                let parts = self.all(parts, context);
                self.and(parts)
            }
            ConditionKind::Any(parts) => {
                let parts = self.all(parts, context);
                self.or(parts)
            }
            ConditionKind::AtLeast(count, parts) => {
                let parts = self.all(parts, context);
                self.made.node(Node::AtLeast(*count, parts))
            }
            ConditionKind::Not(part) => {
                let part = self.condition(*part, context);
                self.not(part)
            }
            ConditionKind::Except { base, exceptions } => {
                let base = self.condition(*base, context);
                exceptions.iter().fold(base, |so_far, exception| {
                    let when = self.condition(exception.when, context);
                    if exception.holds {
                        self.or(vec![so_far, when])
                    } else {
                        let not = self.not(when);
                        self.and(vec![so_far, not])
                    }
                })
            }
            kind => self.of_time(kind, context),
        }
    }

    fn of_time(&mut self, kind: &ConditionKind, context: Context) -> NodeId {
        let node = match kind {
            ConditionKind::HeldFor(part, length) => {
                let part = self.condition(*part, context);
                let length = self.length(*length, context);
                length.map(|length| Node::HeldFor(part, length))
            }
            ConditionKind::Within(part, length) => {
                let part = self.condition(*part, context);
                let length = self.length(*length, context);
                length.map(|length| Node::Within(part, length))
            }
            ConditionKind::Bridged(part, length) => {
                let part = self.condition(*part, context);
                let length = self.length(*length, context);
                length.map(|length| Node::Bridged(part, length))
            }
            ConditionKind::BridgedMonth(part) => {
                Some(Node::BridgedMonth(self.condition(*part, context)))
            }
            ConditionKind::WholeWeeks(part) => {
                Some(Node::WholeWeeks(self.condition(*part, context)))
            }
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                let part = self.condition(*condition, context);
                let total = self.length(*total, context).and_then(Length::fixed_days);
                let window = self.length(*window, context);
                let both = total.zip(window);
                both.map(|(total, window)| Node::TotalWithin(part, total, window))
            }
            ConditionKind::Near(length, anchor) => {
                let part = self.condition(anchor.condition, context);
                let length = self.length(*length, context);
                length.map(|length| Node::Near(part, length, anchor.side, anchor.edge))
            }
            ConditionKind::KnownOn(part, date) => {
                let Some(day) = self.model.date_on(*date, context.law) else {
                    return self.unknown();
                };
                let context = Context {
                    known_on: Some(day),
                    ..context
                };
                return self.condition(*part, context);
            }
            _ => None,
        };
        match node {
            Some(node) => self.made.node(node),
            None => self.unknown(),
        }
    }

    fn all(&mut self, parts: &[ConditionId], context: Context) -> Vec<NodeId> {
        let parts = parts.iter();
        parts.map(|part| self.condition(*part, context)).collect()
    }

    /// A length under the law; none where a parameter has no value.
    pub(super) fn length(&self, value: LengthValue, context: Context) -> Option<Length> {
        self.model.length_on(value, context.law)
    }

    pub(super) fn constant(&mut self, truth: Truth) -> NodeId {
        self.made.node(Node::Constant(truth))
    }

    pub(super) fn unknown(&mut self) -> NodeId {
        self.constant(Truth::Unknown)
    }

    pub(super) fn not(&mut self, part: NodeId) -> NodeId {
        match self.made.nodes.get(part.0) {
            Some(Node::Not(inner)) => *inner,
            Some(Node::Constant(truth)) => {
                let truth = truth.not();
                self.constant(truth)
            }
            _ => self.made.node(Node::Not(part)),
        }
    }

    pub(super) fn and(&mut self, parts: Vec<NodeId>) -> NodeId {
        match self.joined(parts, Truth::Yes) {
            Joined::Decided(truth) => self.constant(truth),
            Joined::One(part) => part,
            Joined::Several(parts) => self.made.node(Node::And(parts)),
        }
    }

    pub(super) fn or(&mut self, parts: Vec<NodeId>) -> NodeId {
        match self.joined(parts, Truth::No) {
            Joined::Decided(truth) => self.constant(truth),
            Joined::One(part) => part,
            Joined::Several(parts) => self.made.node(Node::Or(parts)),
        }
    }

    /// The operands of `og` (of `eller`), of which `neutral` decides nothing and its opposite all.
    fn joined(&self, parts: Vec<NodeId>, neutral: Truth) -> Joined {
        let mut flat = Vec::new();
        for part in parts {
            match (self.made.nodes.get(part.0), neutral) {
                (Some(Node::Constant(truth)), _) if *truth == neutral => {}
                (Some(Node::Constant(truth)), _) if *truth == neutral.not() => {
                    return Joined::Decided(*truth);
                }
                (Some(Node::And(inner)), Truth::Yes) | (Some(Node::Or(inner)), Truth::No) => {
                    flat.extend(inner);
                }
                _ => flat.push(part),
            }
        }
        flat.sort_unstable();
        flat.dedup();
        match flat.as_slice() {
            [] => Joined::Decided(neutral),
            [one] => Joined::One(*one),
            _ => Joined::Several(flat),
        }
    }

    pub(super) fn rows(
        &mut self,
        table: TableId,
        filter: &RowCondition,
        durations: &[DurationTest],
        context: Context,
    ) -> NodeId {
        let rows = self.rows_of(table, filter, context);
        let spells = self.made.node(Node::Rows(rows));
        let mut parts = vec![spells];
        for test in durations {
            let Some(length) = self.length(test.length, context) else {
                return self.unknown();
            };
            let order = test.order;
            parts.push(self.made.node(Node::Lasting {
                spells,
                order,
                length,
            }));
        }
        self.and(parts)
    }

    fn rows_of(&mut self, table: TableId, filter: &RowCondition, context: Context) -> RowsOf {
        self.reads.add_table(self.model, table);
        RowsOf {
            table,
            filter: self.filter(table, filter, context),
            known_on: context.known_on,
        }
    }

    fn filter(&mut self, table: TableId, filter: &RowCondition, context: Context) -> Filter {
        let mut each = |parts: &[RowCondition]| {
            let parts = parts.iter();
            parts
                .map(|part| self.filter(table, part, context))
                .collect::<Vec<_>>()
        };
        match filter {
            RowCondition::All(parts) => match <[Filter; 1]>::try_from(each(parts)) {
                Ok([one]) => one,
                Err(parts) => Filter::All(parts),
            },
            RowCondition::Any(parts) => Filter::Any(each(parts)),
            RowCondition::AtLeast(count, parts) => Filter::AtLeast(*count, each(parts)),
            RowCondition::Not(part) => Filter::Not(Box::new(self.filter(table, part, context))),
            RowCondition::Field(field, test) => {
                self.reads.add_field(self.model, table, *field);
                match test {
                    RowTest::OneOf(values) => {
                        let mut values = values.clone();
                        values.sort_unstable();
                        Filter::OneOf(*field, values)
                    }
                    RowTest::Ordered(order, bound) => {
                        match self.model.bound_on(*bound, context.law) {
                            Some(bound) => Filter::Ordered(*field, *order, bound),
                            None => Filter::Unknown,
                        }
                    }
                }
            }
        }
    }

    /// A term, its earlier spells by their own law where a transitional provision says so.
    fn term(&mut self, id: TermId, context: Context) -> NodeId {
        let model = self.model;
        let version = model.terms.get(id.0).and_then(|rule| rule.on(context.law));
        let Some(version) = version else {
            return self.unknown();
        };
        let new = self.condition(version.body.when, context);
        let mut pins = model.transitions.iter();
        let pin = pins.find_map(|rule| rule.on(context.law).filter(|pin| pin.body.term == id));
        let Some(Version { body: pin, .. }) = pin else {
            return new;
        };
        let law = pin.law_of;
        let old = self.term(id, Context { law, ..context });
        let before = pin.begun_before;
        self.made.node(Node::Pinned { old, new, before })
    }

    pub(super) fn decisions(
        &mut self,
        id: AssessmentId,
        filter: &RowCondition,
        decided: Decided,
        expired: bool,
        context: Context,
    ) -> NodeId {
        let model = self.model;
        let rule = model.assessments.get(id.0);
        let Some(version) = rule.and_then(|rule| rule.on(context.law)) else {
            return self.unknown();
        };
        let reassessed = match version.body.reassessed_after {
            None => Reassessed::Never,
            Some(after) => match self.length(after, context) {
                Some(length) => Reassessed::After(length),
                None => Reassessed::Unknown,
            },
        };
        let table = version.body.table;
        // Decisions with the same fields are about the same matter, so every field counts.
        let fields = model.tables.get(table.0).map_or(0, |it| it.fields.len());
        for field in 0..fields {
            self.reads.add_field(model, table, FieldId(field));
        }
        let rows = self.rows_of(table, filter, context);
        self.made.node(Node::Decisions {
            rows,
            decided,
            expired,
            reassessed,
        })
    }

    fn duty_is(&mut self, id: DutyId, states: &[DutyState], context: Context) -> NodeId {
        let model = self.model;
        let version = model.duties.get(id.0).and_then(|rule| rule.on(context.law));
        let Some(version) = version else {
            return self.unknown();
        };
        let duty = self.duty(id, &version.body, context);
        let duty = self.made.states(duty);
        let mut codes: Vec<u16> = states.iter().map(|state| duty_code(*state)).collect();
        codes.sort_unstable();
        self.made.node(Node::DutyIs(duty, codes))
    }

    fn classified_as(
        &mut self,
        id: ClassificationId,
        wanted: &[String],
        context: Context,
    ) -> NodeId {
        let model = self.model;
        let rule = model.classifications.get(id.0);
        let Some(version) = rule.and_then(|rule| rule.on(context.law)) else {
            return self.unknown();
        };
        let mut branches = Vec::new();
        for branch in &version.body.branches {
            let when = branch.when.map(|when| self.condition(when, context));
            branches.push((wanted.contains(&branch.state), when));
        }
        let in_order = version.body.in_order;
        self.made.node(Node::ClassifiedAs { in_order, branches })
    }

    fn classification(&mut self, id: ClassificationId, context: Context) -> Option<States> {
        let rule = self.model.classifications.get(id.0)?;
        let version = rule.on(context.law)?;
        let subject = Subject::Classification(id);
        let names = branch_names(self.model, id);
        let mut branches = Vec::new();
        for branch in &version.body.branches {
            let state = names.iter().position(|name| *name == branch.state)?;
            let when = branch.when.map(|when| self.condition(when, context));
            branches.push((u16::try_from(state).ok()?, when));
        }
        Some(States::Branches {
            in_order: version.body.in_order,
            branches,
            unknown: unknown_state(self.model, subject),
        })
    }
}

/// What is left of the operands of `og` or `eller`.
enum Joined {
    Decided(Truth),
    One(NodeId),
    Several(Vec<NodeId>),
}

/// The names of a classification's branches in all its versions, each once.
pub(super) fn branch_names(model: &Model, id: ClassificationId) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let rule = model.classifications.get(id.0);
    let versions = rule.map_or(&[][..], |rule| &rule.versions);
    for branch in versions.iter().flat_map(|version| &version.body.branches) {
        if !names.contains(&branch.state.as_str()) {
            names.push(&branch.state);
        }
    }
    names
}

/// The position of `ukendt` among the states of a rule.
fn unknown_state(model: &Model, subject: Subject) -> u16 {
    match subject {
        Subject::Duty(_) => duty_code(DutyState::Unknown),
        Subject::Classification(id) => {
            u16::try_from(branch_names(model, id).len()).unwrap_or(u16::MAX)
        }
        _ => truth_code(Truth::Unknown),
    }
}

/// The position of a state among [`DutyState::ALL`].
pub(crate) fn duty_code(state: DutyState) -> u16 {
    let at = DutyState::ALL.iter().position(|other| *other == state);
    at.and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX)
}

/// The position of a truth among no, unknown, yes.
pub(crate) fn truth_code(truth: Truth) -> u16 {
    match truth {
        Truth::No => 0,
        Truth::Unknown => 1,
        Truth::Yes => 2,
    }
}
