//! The names in a syntax tree, in what sense each is used.

use crate::occurrence::{Occurrence, Role, Symbol};
use crate::tokens::{is_word, span};
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{
    ActReference, Anchor, Basis, BasisKind, Branch, Clause, ClauseKind, Comparison, Condition,
    ConditionKind, CountedFrom, Deadline, DeadlineException, Declaration, Expectation, Expected,
    FieldType, Fulfilment, GivenItem, GivenRow, Kind, Length, Literal, Name, Next, Path,
};

/// A walk through the declarations of a file.
pub(crate) struct Walk<'t> {
    text: &'t str,
    found: Vec<Occurrence>,
    /// The stretches that the tree holds: no name is hidden in them.
    read: Vec<Span>,
    /// The name of the declaration at hand.
    owner: String,
    /// The table whose row the condition at hand is about.
    row_of: Option<String>,
}

impl<'t> Walk<'t> {
    /// A walk through a tree of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            found: Vec::new(),
            read: Vec::new(),
            owner: String::new(),
            row_of: None,
        }
    }

    /// The names, and the stretches of text they are all the names of.
    pub(crate) fn finish(self) -> (Vec<Occurrence>, Vec<Span>) {
        (self.found, self.read)
    }

    /// A declaration with its clauses.
    pub(crate) fn declaration(&mut self, declaration: &Declaration) {
        self.owner.clear();
        self.read.push(declaration.keyword);
        if let Some(name) = &declaration.name {
            self.owner.clone_from(&name.text);
            self.read.push(name.span);
            self.add(name.span, Symbol::Name(name.text.clone()), Role::Declares);
        }
        self.read
            .extend(declaration.title.as_ref().map(|title| title.span));
        for target in &declaration.targets {
            self.read.push(target.span);
            self.name(target);
        }
        for clause in &declaration.clauses {
            self.clause(clause, declaration.kind);
        }
    }

    fn clause(&mut self, clause: &Clause, kind: Kind) {
        match &clause.kind {
            ClauseKind::Given(rows) => {
                for row in rows {
                    self.read.push(row.span);
                    self.given_row(row);
                }
                return;
            }
            ClauseKind::Expect(lines) => {
                for line in lines {
                    self.read.push(line.span);
                    self.expectation(line);
                }
                return;
            }
            _ => self.read.push(clause.span),
        }
        match &clause.kind {
            ClauseKind::Basis { basis, .. } => self.basis(Some(basis)),
            ClauseKind::When(condition)
            | ClauseKind::Scope(condition)
            | ClauseKind::Count(condition)
            | ClauseKind::OutOf(condition) => self.condition(condition),
            ClauseKind::CountedFrom(counted) => self.counted_from(counted),
            ClauseKind::Deadline(deadline) => self.deadline(deadline),
            ClauseKind::FulfilledBy(fulfilment) => self.fulfilment(fulfilment),
            ClauseKind::TimelyInWeek { basis } => self.basis(basis.as_ref()),
            ClauseKind::OnEntry {
                length,
                at_most,
                basis,
            } => {
                self.length(length);
                at_most.iter().for_each(|length| self.length(length));
                self.basis(basis.as_ref());
            }
            ClauseKind::RequiresAssessment {
                assessment,
                when,
                basis,
            } => {
                self.name(assessment);
                when.iter().for_each(|condition| self.condition(condition));
                self.basis(basis.as_ref());
            }
            ClauseKind::Grace(length) | ClauseKind::ReassessedAfter(length) => self.length(length),
            ClauseKind::Branch(branch) => self.branch(branch),
            ClauseKind::Limit { percent, basis, .. } => {
                word_of(percent).iter().for_each(|name| self.name(name));
                self.basis(basis.as_ref());
            }
            ClauseKind::SplitBy(paths) => paths.iter().for_each(|path| self.path(path)),
            ClauseKind::Field { name, ty, .. } => self.field(name, ty, kind),
            ClauseKind::Given(_)
            | ClauseKind::Expect(_)
            | ClauseKind::Validity { .. }
            | ClauseKind::Unverified { .. }
            | ClauseKind::InOrder
            | ClauseKind::Every(_)
            | ClauseKind::Edition { .. }
            | ClauseKind::Shape { .. }
            | ClauseKind::DecidedBy(_)
            | ClauseKind::Value { .. }
            | ClauseKind::Pinned { .. }
            | ClauseKind::KnownOn(_) => {}
        }
    }

    fn add(&mut self, span: Span, symbol: Symbol, role: Role) {
        self.found.push(Occurrence { span, symbol, role });
    }

    fn name(&mut self, name: &Name) {
        self.add(name.span, Symbol::Name(name.text.clone()), Role::Uses);
    }

    fn path(&mut self, path: &Path) {
        self.name(&path.head);
        if let Some(field) = &path.field {
            self.field_of(&path.head.text, field);
        }
    }

    fn field_of(&mut self, table: &str, field: &Name) {
        let symbol = Symbol::Field {
            table: table.to_owned(),
            field: field.text.clone(),
        };
        self.add(field.span, symbol, Role::Uses);
    }

    fn length(&mut self, length: &Length) {
        if let Length::Parameter(name) = length {
            self.name(name);
        }
    }

    fn field(&mut self, name: &Name, ty: &FieldType, kind: Kind) {
        if !matches!(kind, Kind::Data | Kind::Assessment) {
            return;
        }
        let (table, field) = (self.owner.clone(), name.text.clone());
        if let FieldType::OneOf(values) = ty {
            for value in values {
                let symbol = Symbol::Value {
                    table: table.clone(),
                    field: field.clone(),
                    value: value.text.clone(),
                };
                self.add(value.span, symbol, Role::Declares);
            }
        }
        self.add(name.span, Symbol::Field { table, field }, Role::Declares);
    }

    fn branch(&mut self, branch: &Branch) {
        let symbol = Symbol::State {
            of: self.owner.clone(),
            state: branch.state.text.clone(),
        };
        self.add(branch.state.span, symbol, Role::Declares);
        branch
            .when
            .iter()
            .for_each(|condition| self.condition(condition));
        self.basis(branch.basis.as_ref());
    }

    fn counted_from(&mut self, counted: &CountedFrom) {
        self.condition(&counted.condition);
        for restart in &counted.restarts {
            self.condition(&restart.begins);
            self.basis(restart.basis.as_ref());
        }
    }

    fn deadline(&mut self, deadline: &Deadline) {
        self.length(&deadline.length);
        deadline
            .anchor
            .iter()
            .for_each(|anchor| self.anchor(anchor));
        self.exceptions(&deadline.exceptions);
    }

    fn exceptions(&mut self, exceptions: &[DeadlineException]) {
        for exception in exceptions {
            self.length(&exception.length);
            self.condition(&exception.when);
            self.basis(exception.basis.as_ref());
        }
    }

    fn fulfilment(&mut self, fulfilment: &Fulfilment) {
        self.condition(&fulfilment.by);
        fulfilment
            .when
            .iter()
            .for_each(|condition| self.condition(condition));
        if let Some(Next::After(length)) = &fulfilment.then {
            self.length(length);
        }
        self.exceptions(&fulfilment.exceptions);
        self.basis(fulfilment.basis.as_ref());
    }

    fn anchor(&mut self, anchor: &Anchor) {
        self.condition(&anchor.condition);
    }

    /// The names of acts in a basis; one that continues with `og § …` is not written again.
    fn basis(&mut self, basis: Option<&Basis>) {
        let Some(BasisKind::Provisions(provisions)) = basis.map(|basis| &basis.kind) else {
            return;
        };
        for provision in provisions {
            let ActReference::Named(act) = &provision.act else {
                continue;
            };
            let written = slice(self.text, provision.span);
            let after = written.strip_prefix(act.as_str());
            if after.is_some_and(|rest| !rest.starts_with(is_word)) {
                let start = usize::try_from(provision.span.start).unwrap_or_default();
                let place = span(start, start + act.len());
                self.add(place, Symbol::Name(act.clone()), Role::Uses);
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Is {
                subject,
                comparison,
            } => self.comparison(subject, comparison),
            ConditionKind::Age(..) => {}
            ConditionKind::Name(path) => match (&self.row_of, &path.field) {
                (Some(table), None) => {
                    let table = table.clone();
                    self.field_of(&table, &path.head);
                }
                _ => self.path(path),
            },
            ConditionKind::Where { table, filter } => {
                self.name(table);
                let outer = self.row_of.replace(table.text.clone());
                self.condition(filter);
                self.row_of = outer;
            }
            ConditionKind::Not(part)
            | ConditionKind::BridgedMonth(part)
            | ConditionKind::WholeWeeks(part) => self.condition(part),
            ConditionKind::All(parts)
            | ConditionKind::Any(parts)
            | ConditionKind::None(parts)
            | ConditionKind::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            ConditionKind::Except { base, exceptions } => {
                self.condition(base);
                for exception in exceptions {
                    self.condition(&exception.when);
                    self.basis(exception.basis.as_ref());
                }
            }
            ConditionKind::Duration(_, length) => self.length(length),
            ConditionKind::HeldFor(part, length)
            | ConditionKind::Within(part, length)
            | ConditionKind::Bridged(part, length) => {
                self.condition(part);
                self.length(length);
            }
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                self.condition(condition);
                self.length(total);
                self.length(window);
            }
            ConditionKind::Near { length, anchor } => {
                self.length(length);
                self.anchor(anchor);
            }
            ConditionKind::KnownOn(part, date) => {
                self.condition(part);
                if let Some(name) = word_of(date) {
                    self.name(name);
                }
            }
        }
    }

    /// `X.felt er …`, in a row `felt er …`, or a state: `X er …`
    fn comparison(&mut self, subject: &Path, comparison: &Comparison) {
        let subject_of = match (&subject.field, self.row_of.clone()) {
            (Some(field), _) => Some((subject.head.text.clone(), field.text.clone())),
            (None, Some(table)) => Some((table, subject.head.text.clone())),
            (None, None) => None,
        };
        match (&subject_of, &subject.field) {
            (Some((table, _)), None) => self.field_of(table, &subject.head),
            _ => self.path(subject),
        }
        let values = match comparison {
            Comparison::Ordered(_, literal) => {
                if let Some(name) = word_of(literal) {
                    self.name(name);
                }
                return;
            }
            Comparison::OneOf { values, .. } => values,
        };
        for word in values.iter().filter_map(word_of) {
            let symbol = match &subject_of {
                Some((table, field)) => Symbol::Value {
                    table: table.clone(),
                    field: field.clone(),
                    value: word.text.clone(),
                },
                None => Symbol::State {
                    of: subject.head.text.clone(),
                    state: word.text.clone(),
                },
            };
            self.add(word.span, symbol, Role::Uses);
        }
    }

    fn given_row(&mut self, row: &GivenRow) {
        self.name(&row.table);
        let table = &row.table.text;
        for item in &row.items {
            match item {
                GivenItem::Value(literal) => {
                    if let Some(word) = word_of(literal) {
                        let symbol = Symbol::BareValue {
                            table: table.clone(),
                            value: word.text.clone(),
                        };
                        self.add(word.span, symbol, Role::Uses);
                    }
                }
                GivenItem::Field(field, literal) => {
                    self.field_of(table, field);
                    if let Some(word) = literal.as_ref().and_then(word_of) {
                        let symbol = Symbol::Value {
                            table: table.clone(),
                            field: field.text.clone(),
                            value: word.text.clone(),
                        };
                        self.add(word.span, symbol, Role::Uses);
                    }
                }
                _ => {}
            }
        }
    }

    fn expectation(&mut self, line: &Expectation) {
        self.name(&line.subject);
        if let Expected::State(state) = &line.expected {
            let symbol = Symbol::State {
                of: line.subject.text.clone(),
                state: state.text.clone(),
            };
            self.add(state.span, symbol, Role::Uses);
        }
    }
}

/// The word that a literal is, if it is one.
fn word_of(literal: &Literal) -> Option<&Name> {
    match literal {
        Literal::Name(name) | Literal::Length(Length::Parameter(name)) => Some(name),
        _ => None,
    }
}
