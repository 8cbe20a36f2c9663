//! Conditions: names become ids, comparisons are checked against what they compare.

use super::{Declared, Resolver};
use crate::diagnostics::{names as errors, types};
use crate::model::{
    self, AssessmentId, ClassificationId, Condition, ConditionId, ConditionKind, DutyId, DutyState,
    LengthValue, Literal, ParameterValue, RowCondition, TableId, TermId,
};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::{self, Comparison, Kind, Name, Path, Unit};

/// What may stand in a condition.
fn stands_in_conditions(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Data
            | Kind::Assessment
            | Kind::Term
            | Kind::Duty
            | Kind::Classification
            | Kind::Parameter
    )
}

impl Resolver {
    /// Resolves a condition; one that cannot be resolved is unknown on every day.
    pub(super) fn condition(
        &mut self,
        item: Declared<'_>,
        condition: &syntax::Condition,
    ) -> ConditionId {
        let errors_before = self.diagnostics.len();
        let kind = self.condition_kind(item, condition);
        // A test of a row that could not be resolved must not be compared with another.
        let kind = kind.filter(|kind| match kind {
            ConditionKind::Rows { .. } | ConditionKind::Assessed { .. } => {
                self.diagnostics.len() == errors_before
            }
            _ => true,
        });
        let kind = kind.unwrap_or(ConditionKind::Unreadable);
        let links = super::links::of(item, condition, &kind);
        let id = self.add(item, condition.span, kind);
        if links.len() > 1 {
            self.model.row_links.insert(id, links);
        }
        id
    }

    /// Puts a condition into the arena.
    pub(super) fn add(
        &mut self,
        item: Declared<'_>,
        span: hjemmel_grammar::span::Span,
        kind: ConditionKind,
    ) -> ConditionId {
        self.model.conditions.push(Condition {
            kind,
            site: item.site(span),
        });
        ConditionId(self.model.conditions.len().saturating_sub(1))
    }

    fn each(&mut self, item: Declared<'_>, parts: &[syntax::Condition]) -> Vec<ConditionId> {
        parts
            .iter()
            .map(|part| self.condition(item, part))
            .collect()
    }

    fn condition_kind(
        &mut self,
        item: Declared<'_>,
        condition: &syntax::Condition,
    ) -> Option<ConditionKind> {
        use syntax::ConditionKind as Written;
        Some(match &condition.kind {
            Written::Is {
                subject,
                comparison,
            } => {
                return self.comparison(item, subject, comparison);
            }
            Written::Name(path) => return self.bare_name(item, path),
            Written::Age(order, years) => {
                let Some((table, field)) = self.birth_date else {
                    self.report(types::no_birth_date(item.site(condition.span)));
                    return None;
                };
                self.names
                    .lookup(self.model.tables.get(table.0).map_or("", |it| &it.name));
                ConditionKind::Age {
                    table,
                    field,
                    order: *order,
                    years: *years,
                }
            }
            Written::Duration(..) => {
                self.report(types::misplaced_duration(item.site(condition.span)));
                return None;
            }
            Written::Where { table, filter } => return self.rows_where(item, table, filter),
            Written::Not(part) => ConditionKind::Not(self.condition(item, part)),
            Written::All(parts) => ConditionKind::All(self.each(item, parts)),
            Written::Any(parts) => ConditionKind::Any(self.each(item, parts)),
            Written::None(parts) => {
                let any = ConditionKind::Any(self.each(item, parts));
                ConditionKind::Not(self.add(item, condition.span, any))
            }
            Written::AtLeast(count, parts) => {
                ConditionKind::AtLeast(*count, self.each(item, parts))
            }
            Written::Except { base, exceptions } => {
                let base = self.condition(item, base);
                let exceptions = exceptions
                    .iter()
                    .map(|exception| model::Exception {
                        holds: exception.holds,
                        when: self.condition(item, &exception.when),
                        basis: self.own_basis(item, exception.basis.as_ref()),
                    })
                    .collect();
                ConditionKind::Except { base, exceptions }
            }
            timed => return self.timed(item, timed),
        })
    }

    /// The operators of time.
    fn timed(&mut self, item: Declared<'_>, kind: &syntax::ConditionKind) -> Option<ConditionKind> {
        use syntax::ConditionKind as Written;
        let mut with = |part: &syntax::Condition, length: &syntax::Length| {
            let part = self.condition(item, part);
            Some((part, self.length(item, length)?))
        };
        Some(match kind {
            Written::HeldFor(part, length) => {
                let (part, length) = with(part, length)?;
                ConditionKind::HeldFor(part, length)
            }
            Written::Within(part, length) => {
                let (part, length) = with(part, length)?;
                ConditionKind::Within(part, length)
            }
            Written::Bridged(part, length) => {
                let (part, length) = with(part, length)?;
                ConditionKind::Bridged(part, length)
            }
            Written::TotalWithin {
                condition,
                total,
                window,
            } => {
                let (condition, window) = with(condition, window)?;
                let total = self.whole_days(item, total)?;
                ConditionKind::TotalWithin {
                    condition,
                    total,
                    window,
                }
            }
            Written::BridgedMonth(part) => ConditionKind::BridgedMonth(self.condition(item, part)),
            Written::WholeWeeks(part) => ConditionKind::WholeWeeks(self.condition(item, part)),
            Written::Near { length, anchor } => {
                let (condition, length) = with(&anchor.condition, length)?;
                let anchor = model::Anchor {
                    condition,
                    edge: anchor.edge,
                    side: anchor.side,
                };
                ConditionKind::Near(length, anchor)
            }
            Written::KnownOn(part, date) => {
                let part = self.condition(item, part);
                ConditionKind::KnownOn(part, self.date(item, date)?)
            }
            _ => return None,
        })
    }

    /// A length with a fixed number of days.
    fn whole_days(&mut self, item: Declared<'_>, length: &syntax::Length) -> Option<LengthValue> {
        let value = self.length(item, length)?;
        let lengths: Vec<crate::time::Length> = match value {
            Literal::Fixed(length) => vec![length],
            Literal::Parameter(id) => self
                .model
                .parameters
                .get(id.0)
                .into_iter()
                .flat_map(|rule| &rule.versions)
                .flat_map(|version| &version.body.values)
                .filter_map(|(_, value)| match value {
                    ParameterValue::Length(length) => Some(*length),
                    _ => None,
                })
                .collect(),
        };
        if lengths
            .iter()
            .any(|length| matches!(length.unit, Unit::Months | Unit::Years))
        {
            let span = match length {
                syntax::Length::Fixed { span, .. } => *span,
                syntax::Length::Parameter(name) => name.span,
            };
            self.report(types::needs_days(item.site(span)));
            return None;
        }
        Some(value)
    }

    /// What a name in a condition means; reports one that is unknown or cannot stand there.
    fn meaning(&mut self, item: Declared<'_>, name: &Name) -> Option<super::names::Meaning> {
        let site = item.site(name.span);
        match self.names.lookup(&name.text) {
            Some(meaning) if stands_in_conditions(meaning.kind) => Some(meaning),
            Some(meaning) => {
                let (kind, declared) = (meaning.kind, meaning.site);
                self.report(errors::wrong_kind(
                    site,
                    &name.text,
                    kind,
                    declared,
                    Kind::Term,
                ));
                None
            }
            None => {
                let known = self.names.like(&name.text, stands_in_conditions);
                let diagnostic = errors::unknown_name(site, &name.text, Kind::Term, known);
                self.report(diagnostic);
                None
            }
        }
    }

    /// `indsats hvor …`, `særligt_tilfælde hvor …`
    fn rows_where(
        &mut self,
        item: Declared<'_>,
        name: &Name,
        filter: &syntax::Condition,
    ) -> Option<ConditionKind> {
        let meaning = self.meaning(item, name)?;
        match meaning.kind {
            Kind::Data => {
                let table = self.table_id(&name.text)?;
                let (filter, durations) = self.row_filter(item, table, filter);
                Some(ConditionKind::Rows {
                    table,
                    filter,
                    durations,
                })
            }
            Kind::Assessment => {
                let table = self.table_id(&name.text)?;
                let (filter, durations) = self.row_filter(item, table, filter);
                if !durations.is_empty() {
                    self.report(types::misplaced_duration(item.site(name.span)));
                }
                Some(ConditionKind::Assessed {
                    assessment: AssessmentId(meaning.index),
                    filter,
                })
            }
            kind => {
                let site = item.site(name.span);
                self.report(errors::wrong_kind(
                    site,
                    &name.text,
                    kind,
                    meaning.site,
                    Kind::Data,
                ));
                None
            }
        }
    }

    fn table_id(&self, name: &str) -> Option<TableId> {
        self.model.table_named(name).map(|(id, _)| id)
    }

    /// A name that stands alone as a condition.
    fn bare_name(&mut self, item: Declared<'_>, path: &Path) -> Option<ConditionKind> {
        let (name, site) = (&path.head.text, item.site(path.span()));
        let meaning = self.meaning(item, &path.head)?;
        if let Some(field) = &path.field {
            if !matches!(meaning.kind, Kind::Data | Kind::Assessment) {
                let hint = alone(meaning.kind, name);
                let (kind, declared) = (meaning.kind, meaning.site);
                self.report(types::not_comparable(
                    site,
                    &written(path),
                    kind,
                    declared,
                    hint,
                ));
                return None;
            }
            let table = self.table_id(name)?;
            self.field(item, table, field)?;
            let written = format!("{name}.{}", field.text);
            let example = Text::new(format!("`{written} er …`"), format!("`{written} is …`"));
            self.report(types::not_a_condition(site, &written, &example));
            return None;
        }
        match meaning.kind {
            Kind::Data => {
                let (table, filter) = (self.table_id(name)?, RowCondition::All(Vec::new()));
                Some(ConditionKind::Rows {
                    table,
                    filter,
                    durations: Vec::new(),
                })
            }
            Kind::Assessment => {
                let filter = RowCondition::All(Vec::new());
                Some(ConditionKind::Assessed {
                    assessment: AssessmentId(meaning.index),
                    filter,
                })
            }
            Kind::Term => Some(ConditionKind::Term(TermId(meaning.index))),
            Kind::Parameter => self
                .parameter_named(item, &path.head, ParameterValue::YesNo(true))
                .map(ConditionKind::Parameter),
            _ => {
                let example = Text::new(format!("`{name} er …`"), format!("`{name} is …`"));
                self.report(types::not_a_condition(site, name, &example));
                None
            }
        }
    }

    /// `X er …`, `X.felt er …`
    fn comparison(
        &mut self,
        item: Declared<'_>,
        subject: &Path,
        comparison: &Comparison,
    ) -> Option<ConditionKind> {
        let name = &subject.head;
        let meaning = self.meaning(item, name)?;
        match (meaning.kind, &subject.field) {
            (Kind::Data, Some(field)) => {
                let table = self.table_id(&name.text)?;
                let filter = self.row_test(item, table, field, comparison);
                Some(ConditionKind::Rows {
                    table,
                    filter,
                    durations: Vec::new(),
                })
            }
            (Kind::Assessment, Some(field)) => {
                let table = self.table_id(&name.text)?;
                let filter = self.row_test(item, table, field, comparison);
                Some(ConditionKind::Assessed {
                    assessment: AssessmentId(meaning.index),
                    filter,
                })
            }
            (Kind::Duty | Kind::Classification, None) => {
                self.states(item, name, meaning, comparison)
            }
            (Kind::Data, None) => {
                let name = &name.text;
                let example = Text::new(
                    format!("`{name}.felt er …`"),
                    format!("`{name}.field is …`"),
                );
                self.report(types::not_a_condition(
                    item.site(subject.span()),
                    name,
                    &example,
                ));
                None
            }
            (kind, _) => {
                self.report(types::not_comparable(
                    item.site(subject.span()),
                    &written(subject),
                    kind,
                    meaning.site,
                    alone(kind, &name.text),
                ));
                None
            }
        }
    }

    /// `opfølgning er uden_indsats`
    fn states(
        &mut self,
        item: Declared<'_>,
        name: &Name,
        meaning: super::names::Meaning,
        comparison: &Comparison,
    ) -> Option<ConditionKind> {
        let Comparison::OneOf { values, negated } = comparison else {
            self.report(types::no_order(
                item.site(name.span),
                &name.text,
                meaning.site,
            ));
            return None;
        };
        let words = self.state_words(item, name, meaning.site, values);
        let known: Option<Vec<&str>> = if meaning.kind == Kind::Duty {
            Some(DutyState::ALL.map(DutyState::name).to_vec())
        } else {
            let states = self.names.states(&name.text);
            states.map(|states| states.iter().map(String::as_str).collect())
        };
        let unknown: Vec<_> = words
            .iter()
            .filter(|word| {
                known
                    .as_ref()
                    .is_some_and(|it| !it.contains(&word.text.as_str()))
            })
            .map(|word| {
                let known = known.iter().flatten().copied();
                let site = item.site(word.span);
                errors::unknown_state(site, &word.text, &name.text, meaning.site, known)
            })
            .collect();
        if !unknown.is_empty() || words.len() < values.len() {
            self.diagnostics.extend(unknown);
            return None;
        }
        let kind = if meaning.kind == Kind::Duty {
            let states = words.iter().filter_map(|word| DutyState::named(&word.text));
            ConditionKind::DutyIs(DutyId(meaning.index), states.collect())
        } else {
            let states = words.iter().map(|word| word.text.clone()).collect();
            ConditionKind::ClassifiedAs(ClassificationId(meaning.index), states)
        };
        if !negated {
            return Some(kind);
        }
        Some(ConditionKind::Not(self.add(item, name.span, kind)))
    }

    /// The words of a list of states; reports `ukendt` and what is not a word.
    fn state_words<'s>(
        &mut self,
        item: Declared<'_>,
        name: &Name,
        declared: hjemmel_grammar::span::Site,
        values: &'s [syntax::Literal],
    ) -> Vec<&'s Name> {
        let mut words = Vec::new();
        for value in values {
            let site = item.site(value.span());
            match value {
                syntax::Literal::Name(word) if word.text == "ukendt" => {
                    self.report(types::asks_for_unknown(site));
                }
                syntax::Literal::Name(word)
                | syntax::Literal::Length(syntax::Length::Parameter(word)) => words.push(word),
                _ => {
                    let found = super::values::literal_kind(value);
                    let wanted = Text::new("en tilstand", "a state");
                    self.report(types::wrong_type(
                        site, &found, &name.text, &wanted, declared,
                    ));
                }
            }
        }
        words
    }
}

/// How a name of this kind stands in a condition.
fn alone(kind: Kind, name: &str) -> Text {
    match kind {
        Kind::Parameter => Text::new(
            format!("en parameter står efter sammenligningen: `timer er mindst {name}`"),
            format!("a parameter stands after the comparison: `hours is at least {name}`"),
        ),
        Kind::Duty | Kind::Classification => Text::new(
            format!("skriv `{name} er …`: der er tilstande, ikke felter"),
            format!("write `{name} is …`: there are states, not fields"),
        ),
        _ => Text::new(
            format!("skriv `{name}` alene, eller `ikke {name}`"),
            format!("write `{name}` alone, or `not {name}`"),
        ),
    }
}

/// A path as written.
fn written(path: &Path) -> String {
    match &path.field {
        Some(field) => format!("{}.{}", path.head.text, field.text),
        None => path.head.text.clone(),
    }
}
