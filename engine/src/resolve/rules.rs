//! Rules: every declaration becomes a version of the rule that its name means.

use super::clauses::{all, optional};
use super::names::Meaning;
use super::{Declared, Resolver};
use crate::diagnostics::{names as errors, structure, types, versions};
use crate::model::{
    self, Assessment, AssessmentId, Classification, ClassificationId, ConditionId, ConditionKind,
    Deadline, DeadlineException, Duty, DutyId, EntryGrace, Exemption, Fulfilment, Measure, Next,
    Parameter, Required, Restart, Rule, ShareLimit, SplitBy, Suspension, Term, TermId, Transition,
    Warning,
};
use hjemmel_grammar::syntax::{self, ClauseKind, Kind, Name, Path};

/// Puts a version among those of its rule, by its first day in force.
fn insert<T>(rules: &mut [Rule<T>], index: usize, version: model::Version<T>) {
    if let Some(rule) = rules.get_mut(index) {
        let start = version.validity.period.start;
        let at = rule
            .versions
            .partition_point(|other| other.validity.period.start <= start);
        rule.versions.insert(at, version);
    }
}

impl Resolver {
    /// The names of a kind, as rules without versions yet, in the order of their ids.
    fn nameless<T>(&self, kind: Kind) -> Vec<Rule<T>> {
        let mut names: Vec<(usize, &str)> = self
            .names
            .of(|other| other == kind)
            .filter_map(|name| Some((self.names.get(name)?.index, name)))
            .collect();
        names.sort_unstable();
        let rule = |(_, name): (usize, &str)| Rule {
            name: name.to_owned(),
            versions: Vec::new(),
        };
        names.into_iter().map(rule).collect()
    }

    /// Resolves parameters; lengths and comparisons need their types.
    pub(super) fn parameters(&mut self, declared: &[Declared<'_>]) {
        self.model.parameters = self.nameless(Kind::Parameter);
        for item in declared
            .iter()
            .filter(|item| item.declaration.kind == Kind::Parameter)
        {
            let Some(meaning) = self.owned(*item) else {
                continue;
            };
            self.names.begin(item);
            self.check_clauses(*item);
            let header = self.header(*item);
            let body = self.parameter(*item);
            for version in self.versions(*item, &header, &body) {
                insert(&mut self.model.parameters, meaning.index, version);
            }
        }
    }

    fn owned(&self, item: Declared<'_>) -> Option<Meaning> {
        self.names
            .owns(&item)
            .then(|| self.names.get(item.name()))
            .flatten()
    }

    fn parameter(&mut self, item: Declared<'_>) -> Parameter {
        self.required(item, ("værdi", "value"), |clause| {
            matches!(clause, ClauseKind::Value { .. }).then_some(())
        });
        let written = all(item, |clause| match clause {
            ClauseKind::Value { value, from, to } => Some((value, *from, *to)),
            _ => None,
        });
        let mut values: Vec<(model::Validity, model::ParameterValue)> = Vec::new();
        let mut sites = Vec::new();
        for ((value, from, to), span) in written {
            let Some(read) = self.parameter_value(item, value) else {
                continue;
            };
            let validity = self.validity(item, from, to);
            let site = item.site(span);
            if let (Some((_, first)), Some(first_site)) = (values.first(), sites.first())
                && std::mem::discriminant(first) != std::mem::discriminant(&read)
            {
                self.report(types::mixed_parameter(site, item.name(), *first_site));
                continue;
            }
            values.push((validity, read));
            sites.push(site);
        }
        let mut dated: Vec<_> = values.into_iter().zip(sites).collect();
        dated.sort_by_key(|((validity, _), _)| validity.period);
        let periods = dated
            .iter()
            .map(|((validity, _), site)| (validity.period, *site));
        let periods: Vec<_> = periods.collect();
        self.diagnostics
            .extend(crate::check::compare(item.name(), &periods));
        Parameter {
            values: dated.into_iter().map(|(value, _)| value).collect(),
        }
    }

    /// Resolves everything that has versions.
    pub(super) fn rules(&mut self, declared: &[Declared<'_>]) {
        self.model.assessments = self.nameless(Kind::Assessment);
        self.model.terms = self.nameless(Kind::Term);
        self.model.duties = self.nameless(Kind::Duty);
        self.model.exemptions = self.nameless(Kind::Exemption);
        self.model.suspensions = self.nameless(Kind::Suspension);
        self.model.classifications = self.nameless(Kind::Classification);
        self.model.warnings = self.nameless(Kind::Warning);
        self.model.measures = self.nameless(Kind::Measure);
        self.model.transitions = self.nameless(Kind::Transition);
        for item in declared {
            let kind = item.declaration.kind;
            if matches!(
                kind,
                Kind::Act | Kind::Data | Kind::Parameter | Kind::Example
            ) {
                continue;
            }
            if let Some(meaning) = self.owned(*item) {
                self.rule(*item, meaning.index);
            }
        }
    }

    fn rule(&mut self, item: Declared<'_>, index: usize) {
        self.names.begin(&item);
        self.check_clauses(item);
        let header = self.header(item);
        macro_rules! version {
            ($list:ident, $body:expr) => {{
                let body = $body;
                for version in self.versions(item, &header, &body) {
                    insert(&mut self.model.$list, index, version);
                }
            }};
        }
        match item.declaration.kind {
            Kind::Assessment => version!(assessments, self.assessment(item)),
            Kind::Term => version!(
                terms,
                Term {
                    when: self.when(item)
                }
            ),
            Kind::Duty => version!(duties, self.duty(item)),
            Kind::Exemption => version!(exemptions, self.exemption(item)),
            Kind::Suspension => {
                version!(
                    suspensions,
                    Suspension {
                        duties: self.duties(item),
                        when: self.when(item)
                    }
                );
            }
            Kind::Classification => version!(classifications, self.classification(item)),
            Kind::Warning => {
                version!(
                    warnings,
                    Warning {
                        duties: self.duties(item),
                        when: self.when(item)
                    }
                );
            }
            Kind::Measure => version!(measures, self.measure(item)),
            Kind::Transition => {
                if let Some(body) = self.transition(item, &header) {
                    version!(transitions, body);
                }
            }
            Kind::Act | Kind::Data | Kind::Parameter | Kind::Example => {}
        }
    }

    /// A required condition clause; unknown everywhere if it is missing.
    fn required_condition<'s>(
        &mut self,
        item: Declared<'s>,
        words: (&str, &str),
        pick: impl Fn(&'s ClauseKind) -> Option<&'s syntax::Condition>,
    ) -> ConditionId {
        match self.required(item, words, pick) {
            Some(condition) => self.condition(item, condition),
            None => self.add(item, item.declaration.keyword, ConditionKind::Unreadable),
        }
    }

    fn when(&mut self, item: Declared<'_>) -> ConditionId {
        self.required_condition(item, ("når", "when"), |clause| match clause {
            ClauseKind::When(condition) => Some(condition),
            _ => None,
        })
    }

    fn assessment(&mut self, item: Declared<'_>) -> Assessment {
        let decided_by = optional(item, |clause| match clause {
            ClauseKind::DecidedBy(names) => Some(names),
            _ => None,
        });
        let reassessed = optional(item, |clause| match clause {
            ClauseKind::ReassessedAfter(length) => Some(length),
            _ => None,
        });
        let table = self.model.table_named(item.name()).map(|(id, _)| id);
        Assessment {
            table: table.unwrap_or(model::TableId(usize::MAX)),
            decided_by: decided_by
                .map(|names| names.iter().map(|name| name.text.clone()).collect())
                .unwrap_or_default(),
            reassessed_after: reassessed.and_then(|length| self.length(item, length)),
        }
    }

    fn duty(&mut self, item: Declared<'_>) -> Duty {
        let scope = self.required_condition(item, ("for", "for"), |clause| match clause {
            ClauseKind::Scope(condition) => Some(condition),
            _ => None,
        });
        let counted =
            self.required_condition(
                item,
                ("regnet fra", "counted from"),
                |clause| match clause {
                    ClauseKind::CountedFrom(counted) => Some(&counted.condition),
                    _ => None,
                },
            );
        let restarts = self.restarts(item);
        let deadline = self.required(item, ("frist", "deadline"), |clause| match clause {
            ClauseKind::Deadline(deadline) => Some(deadline),
            _ => None,
        });
        let deadline = deadline.and_then(|deadline| self.deadline(item, deadline));
        self.required(item, ("opfyldes af", "fulfilled by"), |clause| {
            matches!(clause, ClauseKind::FulfilledBy(_)).then_some(())
        });
        let fulfilments = all(item, |clause| match clause {
            ClauseKind::FulfilledBy(fulfilment) => Some(fulfilment),
            _ => None,
        });
        let fulfilments = fulfilments
            .into_iter()
            .filter_map(|(it, _)| self.fulfilment(item, it))
            .collect();
        let week = optional(item, |clause| match clause {
            ClauseKind::TimelyInWeek { basis } => Some(basis.as_ref()),
            _ => None,
        });
        Duty {
            scope,
            counted,
            restarts,
            deadline: deadline.unwrap_or(Deadline {
                length: model::Literal::Fixed(crate::time::Length::ZERO),
                anchor: None,
                exceptions: Vec::new(),
            }),
            fulfilments,
            timely_in_week: week.map(|basis| self.own_basis(item, basis)),
            entry: self.entry(item),
            required: self.required_assessments(item),
        }
    }

    fn restarts(&mut self, item: Declared<'_>) -> Vec<Restart> {
        let written = optional(item, |clause| match clause {
            ClauseKind::CountedFrom(counted) => Some(counted.restarts.as_slice()),
            _ => None,
        });
        let restart = |written: &syntax::Restart| Restart {
            begins: self.condition(item, &written.begins),
            basis: self.own_basis(item, written.basis.as_ref()),
        };
        written.unwrap_or_default().iter().map(restart).collect()
    }

    fn deadline(&mut self, item: Declared<'_>, deadline: &syntax::Deadline) -> Option<Deadline> {
        let length = self.length(item, &deadline.length)?;
        let anchor = deadline.anchor.as_ref().map(|anchor| model::Anchor {
            condition: self.condition(item, &anchor.condition),
            edge: anchor.edge,
            side: anchor.side,
        });
        let exceptions = self.deadline_exceptions(item, &deadline.exceptions);
        Some(Deadline {
            length,
            anchor,
            exceptions,
        })
    }

    fn deadline_exceptions(
        &mut self,
        item: Declared<'_>,
        exceptions: &[syntax::DeadlineException],
    ) -> Vec<DeadlineException> {
        let resolve = |exception: &syntax::DeadlineException| {
            let when = self.condition(item, &exception.when);
            let basis = self.own_basis(item, exception.basis.as_ref());
            Some(DeadlineException {
                length: self.length(item, &exception.length)?,
                when,
                basis,
            })
        };
        exceptions.iter().filter_map(resolve).collect()
    }

    fn fulfilment(
        &mut self,
        item: Declared<'_>,
        written: &syntax::Fulfilment,
    ) -> Option<Fulfilment> {
        let by = self.condition(item, &written.by);
        let by = match &written.when {
            Some(when) => {
                let when = self.condition(item, when);
                self.add(item, written.by.span, ConditionKind::All(vec![by, when]))
            }
            None => by,
        };
        let name = match &written.by.kind {
            syntax::ConditionKind::Name(path) => path.head.text.clone(),
            _ => item.name().to_owned(),
        };
        let next = match &written.then {
            None => Next::Discharged,
            Some(syntax::Next::AtOnce(_)) => Next::AtOnce,
            Some(syntax::Next::After(length)) => {
                let exceptions = self.deadline_exceptions(item, &written.exceptions);
                Next::After(self.length(item, length)?, exceptions)
            }
        };
        let basis = self.own_basis(item, written.basis.as_ref());
        Some(Fulfilment {
            by,
            name,
            next,
            basis,
        })
    }

    fn entry(&mut self, item: Declared<'_>) -> Option<EntryGrace> {
        let (length, at_most, basis) = optional(item, |clause| match clause {
            ClauseKind::OnEntry {
                length,
                at_most,
                basis,
            } => Some((length, at_most, basis)),
            _ => None,
        })?;
        Some(EntryGrace {
            length: self.length(item, length)?,
            at_most: at_most.as_ref().and_then(|cap| self.length(item, cap)),
            basis: self.own_basis(item, basis.as_ref()),
        })
    }

    fn required_assessments(&mut self, item: Declared<'_>) -> Vec<Required> {
        let written = all(item, |clause| match clause {
            ClauseKind::RequiresAssessment {
                assessment,
                when,
                basis,
            } => Some((assessment, when, basis)),
            _ => None,
        });
        let resolve = |((name, when, basis), _): (
            (&Name, &Option<syntax::Condition>, &Option<syntax::Basis>),
            _,
        )| {
            let meaning = self.named(item, name, Kind::Assessment);
            let when = when.as_ref().map(|when| self.condition(item, when));
            let basis = self.own_basis(item, basis.as_ref());
            Some(Required {
                assessment: AssessmentId(meaning?.index),
                when,
                basis,
            })
        };
        written.into_iter().filter_map(resolve).collect()
    }

    /// What a name means, if it is of the wanted kind; reports it otherwise.
    fn named(&mut self, item: Declared<'_>, name: &Name, wanted: Kind) -> Option<Meaning> {
        let site = item.site(name.span);
        match self.names.lookup(&name.text) {
            Some(meaning) if meaning.kind == wanted => Some(meaning),
            Some(meaning) => {
                let (kind, declared) = (meaning.kind, meaning.site);
                self.report(errors::wrong_kind(site, &name.text, kind, declared, wanted));
                None
            }
            None => {
                let known = self.names.like(&name.text, |kind| kind == wanted);
                let diagnostic = errors::unknown_name(site, &name.text, wanted, known);
                self.report(diagnostic);
                None
            }
        }
    }

    /// The duties that an exemption, suspension or warning is attached to.
    fn duties(&mut self, item: Declared<'_>) -> Vec<DutyId> {
        let mut duties = Vec::new();
        for target in &item.declaration.targets {
            let site = item.site(target.span);
            match self.names.lookup(&target.text) {
                Some(meaning) if meaning.kind == Kind::Duty => duties.push(DutyId(meaning.index)),
                Some(meaning) => {
                    let (kind, declared) = (meaning.kind, meaning.site);
                    self.report(errors::wrong_kind(
                        site,
                        &target.text,
                        kind,
                        declared,
                        Kind::Duty,
                    ));
                }
                None => {
                    let known = self.names.of(|kind| kind == Kind::Duty);
                    let kind = item.declaration.kind;
                    let diagnostic = errors::no_such_duty(site, &target.text, kind, known);
                    self.report(diagnostic);
                }
            }
        }
        duties
    }

    fn exemption(&mut self, item: Declared<'_>) -> Exemption {
        let grace = optional(item, |clause| match clause {
            ClauseKind::Grace(length) => Some(length),
            _ => None,
        });
        Exemption {
            duties: self.duties(item),
            when: self.when(item),
            grace: grace.and_then(|length| self.length(item, length)),
        }
    }

    fn classification(&mut self, item: Declared<'_>) -> Classification {
        let written = all(item, |clause| match clause {
            ClauseKind::Branch(branch) => Some(branch),
            _ => None,
        });
        let mut branches: Vec<model::Branch> = Vec::new();
        for (branch, span) in &written {
            let site = item.site(branch.state.span);
            let earlier = branches.iter().find(|earlier| earlier.when.is_none());
            if let Some(otherwise) = earlier {
                self.report(structure::after_otherwise(
                    site,
                    &branch.state.text,
                    otherwise.site,
                ));
            }
            let when = branch.when.as_ref().map(|when| self.condition(item, when));
            let _ = span;
            branches.push(model::Branch {
                state: branch.state.text.clone(),
                title: branch.title.as_ref().map(|title| title.text.clone()),
                when,
                basis: self.own_basis(item, branch.basis.as_ref()),
                site,
            });
        }
        if !item.declaration.broken && branches.iter().all(|branch| branch.when.is_some()) {
            self.report(structure::no_otherwise(item.name_site(), item.name()));
        }
        let in_order = optional(item, |clause| {
            matches!(clause, ClauseKind::InOrder).then_some(())
        });
        Classification {
            in_order: in_order.is_some(),
            branches,
        }
    }

    fn measure(&mut self, item: Declared<'_>) -> Measure {
        let count = self.required_condition(item, ("tæl", "count"), |clause| match clause {
            ClauseKind::Count(condition) => Some(condition),
            _ => None,
        });
        let out_of = self.required_condition(item, ("ud af", "out of"), |clause| match clause {
            ClauseKind::OutOf(condition) => Some(condition),
            _ => None,
        });
        let paths = optional(item, |clause| match clause {
            ClauseKind::SplitBy(paths) => Some(paths),
            _ => None,
        });
        let rhythm = optional(item, |clause| match clause {
            ClauseKind::Every(rhythm) => Some(*rhythm),
            _ => None,
        });
        let paths = paths.map_or(&[][..], Vec::as_slice);
        let split_by = paths
            .iter()
            .filter_map(|path| self.split_by(item, path))
            .collect();
        let limit = self.limit(item);
        Measure {
            count,
            out_of,
            split_by,
            limit,
            rhythm,
        }
    }

    fn limit(&mut self, item: Declared<'_>) -> Option<ShareLimit> {
        let (order, percent, basis) = optional(item, |clause| match clause {
            ClauseKind::Limit {
                order,
                percent,
                basis,
            } => Some((*order, percent, basis)),
            _ => None,
        })?;
        Some(ShareLimit {
            order,
            percent: self.number(item, percent)?,
            basis: self.own_basis(item, basis.as_ref()),
        })
    }

    fn split_by(&mut self, item: Declared<'_>, path: &Path) -> Option<SplitBy> {
        let site = item.site(path.span());
        let Some(field) = &path.field else {
            let meaning = self.names.lookup(&path.head.text);
            return match meaning {
                Some(meaning) if meaning.kind == Kind::Classification => {
                    Some(SplitBy::Classification(ClassificationId(meaning.index)))
                }
                Some(meaning) => {
                    let kind = Some(meaning.kind);
                    self.report(types::not_splittable(site, &path.head.text, kind));
                    None
                }
                None => self.named(item, &path.head, Kind::Classification).and(None),
            };
        };
        self.named(item, &path.head, Kind::Data)?;
        let (table, _) = self.model.table_named(&path.head.text)?;
        let (id, declared) = self.field(item, table, field)?;
        if !matches!(declared.ty, model::FieldType::Choice(_)) {
            self.report(types::not_splittable(site, &field.text, None));
            return None;
        }
        Some(SplitBy::Field(table, id))
    }

    fn transition(
        &mut self,
        item: Declared<'_>,
        header: &super::header::Header,
    ) -> Option<Transition> {
        let words = ("perioder begyndt før", "spells begun before");
        let (begun_before, law_of) = self.required(item, words, |clause| match clause {
            ClauseKind::Pinned {
                begun_before,
                law_of,
            } => Some((*begun_before, *law_of)),
            _ => None,
        })?;
        let targets = &item.declaration.targets;
        let target = targets.first()?;
        for more in targets.iter().skip(1) {
            self.named(item, more, Kind::Term);
            self.report(structure::second_target(item.site(more.span)));
        }
        let term = self.named(item, target, Kind::Term)?;
        let site = item.site(law_of.span);
        let (begun_before, law_of) = (self.day(item, begun_before), self.day(item, law_of));
        if header.start() <= law_of {
            self.report(versions::pins_to_later_law(site));
            return None;
        }
        Some(Transition {
            term: TermId(term.index),
            begun_before,
            law_of,
        })
    }
}
