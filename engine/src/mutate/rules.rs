//! Mutants of every kind of rule but duties.

use super::change::Change;
use super::edit::{Edit, RuleId};
use super::making::{Making, Place};
use super::validity::Moved;
use crate::model::{
    Assessment, AssessmentId, Bound, Classification, ClassificationId, ConditionId, DutyId,
    Exemption, ExemptionId, Literal, Parameter, ParameterId, ParameterValue, Suspension,
    SuspensionId, Term, Transition, Validity, Version, Warning,
};
use crate::time::{Day, Period};
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::{ClauseKind, Date};

/// Which version: the rule's position, and the version's.
type At = (usize, usize);

impl Making<'_> {
    pub(super) fn term(&mut self, place: &Place<'_>, _: At, version: &Version<Term>) {
        self.when(place, version.body.when);
    }

    pub(super) fn warning(&mut self, place: &Place<'_>, _: At, version: &Version<Warning>) {
        self.when(place, version.body.when);
    }

    /// `når …`
    fn when(&mut self, place: &Place<'_>, when: ConditionId) {
        let written = place.written.clause(|clause| match clause {
            ClauseKind::When(condition) => Some(condition),
            _ => None,
        });
        if let Some((written, _)) = written {
            self.root(&place.in_clause("når"), when, written);
        }
    }

    pub(super) fn exemption(&mut self, place: &Place<'_>, at: At, version: &Version<Exemption>) {
        let (id, body) = (ExemptionId(at.0), &version.body);
        self.targets(place, "fra", &body.duties, |duties| {
            let exemption = Exemption {
                duties,
                ..body.clone()
            };
            Edit::Exemption(id, at.1, exemption)
        });
        self.when(place, body.when);
        let grace = place.written.clause(|clause| match clause {
            ClauseKind::Grace(length) => Some(length),
            _ => None,
        });
        let (Some((written, span)), Some(grace)) = (grace, body.grace) else {
            return;
        };
        let edit = |grace| {
            let exemption = Exemption {
                grace,
                ..body.clone()
            };
            Edit::Exemption(id, at.1, exemption)
        };
        let place = place.in_clause("herefter frist");
        self.length(&place, grace, written, |length| edit(Some(length)));
        self.left_out(&place, span, edit(None));
    }

    pub(super) fn suspension(&mut self, place: &Place<'_>, at: At, version: &Version<Suspension>) {
        let body = &version.body;
        self.targets(place, "af", &body.duties, |duties| {
            let suspension = Suspension {
                duties,
                ..body.clone()
            };
            Edit::Suspension(SuspensionId(at.0), at.1, suspension)
        });
        self.when(place, body.when);
    }

    /// Each duty that a rule is attached to, no longer so.
    fn targets(
        &mut self,
        place: &Place<'_>,
        clause: &str,
        duties: &[DutyId],
        edit: impl Fn(Vec<DutyId>) -> Edit,
    ) {
        let targets = &place.written.declaration.targets;
        for (n, name) in targets.iter().enumerate().take(duties.len()) {
            let edits = vec![edit(without(duties, n))];
            self.add(
                &place.in_clause(clause),
                name.span,
                Change::left_out(),
                edits,
            );
        }
    }

    pub(super) fn assessment(&mut self, place: &Place<'_>, at: At, version: &Version<Assessment>) {
        let body = &version.body;
        let written = place.written.clause(|clause| match clause {
            ClauseKind::ReassessedAfter(length) => Some(length),
            _ => None,
        });
        let (Some((written, span)), Some(after)) = (written, body.reassessed_after) else {
            return;
        };
        let edit = |reassessed_after| {
            let assessment = Assessment {
                reassessed_after,
                ..body.clone()
            };
            Edit::Assessment(AssessmentId(at.0), at.1, assessment)
        };
        let place = place.in_clause("revurderes efter");
        self.length(&place, after, written, |length| edit(Some(length)));
        self.left_out(&place, span, edit(None));
    }

    pub(super) fn parameter(&mut self, place: &Place<'_>, at: At, version: &Version<Parameter>) {
        let written = place.written.clauses(|clause| match clause {
            ClauseKind::Value { value, from, to } => Some((value, *from, *to)),
            _ => None,
        });
        for ((literal, from, to), _) in written {
            let first = from.and_then(day);
            let start = first.unwrap_or(Day::FIRST);
            let mut values = version.body.values.iter();
            // The model has them in the order of their days.
            let Some(n) = values.position(|(validity, _)| validity.period.start == start) else {
                continue;
            };
            let clause = match first {
                Some(first) => format!("værdi fra {first}"),
                None => "værdi".to_owned(),
            };
            let place = place.in_clause(&clause);
            self.value(&place, at, (&version.body, n), literal.span());
            self.value_in_force(&place, at, (version, n), (from, to));
        }
    }

    /// The values beside a parameter's value.
    fn value(&mut self, place: &Place<'_>, at: At, (body, n): (&Parameter, usize), span: Span) {
        let id = ParameterId(at.0);
        let Some((validity, value)) = body.values.get(n) else {
            return;
        };
        if !self.reach.is_asked_for(id, validity.period) {
            return;
        }
        for (change, value) in other_values(*value) {
            let mut body = body.clone();
            if let Some(slot) = body.values.get_mut(n) {
                slot.1 = value;
            }
            let edits = vec![Edit::Parameter(id, at.1, body)];
            self.add(place, span, change, edits);
        }
    }

    /// The first and the last day of a parameter's value. The value before changes with the first.
    fn value_in_force(
        &mut self,
        place: &Place<'_>,
        at: At,
        (version, n): (&Version<Parameter>, usize),
        (from, to): (Option<Date>, Option<Date>),
    ) {
        let (id, body) = (ParameterId(at.0), &version.body);
        let Some((own, _)) = body.values.get(n) else {
            return;
        };
        let edges = [(from, own.period.start), (to, own.period.end)];
        for (date, edge) in edges {
            let Some(date) = date else { continue };
            let follows = |(other, _): &(Validity, _)| other.period.start == edge;
            if edge == own.period.end && body.values.iter().any(follows) {
                continue;
            }
            for moved in Moved::ways(edge) {
                // Beyond the days of the declaration the value is not in force anyhow.
                let reached = version.validity.period.contains(moved.day);
                if !reached || !self.matters(RuleId::Parameter(id), moved) {
                    continue;
                }
                let mut moved_body = body.clone();
                for (validity, _) in &mut moved_body.values {
                    if validity.period.start == edge {
                        *validity = moved.start(*validity);
                    } else if validity.period.end == edge {
                        *validity = moved.end(*validity);
                    }
                }
                let edits = vec![Edit::Parameter(id, at.1, moved_body)];
                self.add(place, date.span, Change::date(moved.later), edits);
            }
        }
    }

    pub(super) fn classification(
        &mut self,
        place: &Place<'_>,
        at: At,
        version: &Version<Classification>,
    ) {
        let written = place.written.clauses(|clause| match clause {
            ClauseKind::Branch(branch) => Some(branch),
            _ => None,
        });
        let body = &version.body;
        let edit = |branches| {
            let classification = Classification {
                in_order: body.in_order,
                branches,
            };
            Edit::Classification(ClassificationId(at.0), at.1, classification)
        };
        let branches = written.iter().zip(&body.branches).enumerate();
        for (n, ((branch, _), resolved)) in branches {
            let (Some(when), Some(condition)) = (resolved.when, &branch.when) else {
                continue;
            };
            let place = place.in_clause(&branch.state.text);
            let others = edit(without(&body.branches, n));
            self.left_out(&place, branch.state.span, others);
            let after = n.saturating_add(1);
            let next = body.branches.get(after).filter(|next| next.when.is_some());
            if let (true, Some(next)) = (body.in_order, next) {
                let mut swapped = body.branches.clone();
                swapped.swap(n, after);
                let (da, en) = (
                    format!("efter {}", next.state),
                    format!("after {}", next.state),
                );
                let change = Change::read_as(&da, &en);
                self.whole(&place, branch.state.span, change, edit(swapped));
            }
            self.condition(&place, when, condition, true);
        }
    }

    pub(super) fn transition(&mut self, place: &Place<'_>, at: At, version: &Version<Transition>) {
        let pinned = place.written.clause(|clause| match clause {
            ClauseKind::Pinned {
                begun_before,
                law_of,
            } => Some((*begun_before, *law_of)),
            _ => None,
        });
        let Some(((begun_before, law_of), span)) = pinned else {
            return;
        };
        let place = place.in_clause("perioder begyndt før");
        let body = &version.body;
        let never = Validity {
            period: Period::new(Day::FIRST, Day::FIRST),
        };
        let gone = Edit::Validity {
            rule: RuleId::Transition(at.0),
            version: at.1,
            own: version.validity,
            other: never,
        };
        self.left_out(&place, span, gone);
        let changes = self.model.law_changes();
        for (later, days) in [(true, 1), (false, -1)] {
            let mut shift = |span: Span, to: Transition| {
                let edits = vec![Edit::Transition(at.0, at.1, to)];
                self.add(&place, span, Change::date(later), edits);
            };
            let (begun, law) = (body.begun_before.plus(days), body.law_of.plus(days));
            shift(
                begun_before.span,
                Transition {
                    begun_before: begun,
                    ..body.clone()
                },
            );
            // The law of a day on which the transition is in force would never be found, and the same
            // law found on another day is no mistake.
            let other_law = changes.contains(&law.max(body.law_of));
            if other_law && law < version.validity.period.start {
                let law_of_other = Transition {
                    law_of: law,
                    ..body.clone()
                };
                shift(law_of.span, law_of_other);
            }
        }
    }
}

/// A list without one of its parts.
pub(super) fn without<T: Clone>(parts: &[T], n: usize) -> Vec<T> {
    let others = parts.iter().enumerate().filter(|(other, _)| *other != n);
    others.map(|(_, part)| part.clone()).collect()
}

/// A written date as a day.
fn day(date: Date) -> Option<Day> {
    Day::from_ymd(date.year, date.month, date.day)
}

/// The values beside a parameter's value.
fn other_values(value: ParameterValue) -> Vec<(Change, ParameterValue)> {
    match value {
        ParameterValue::Length(length) => Change::lengths(length)
            .into_iter()
            .map(|(change, length)| (change, ParameterValue::Length(length)))
            .collect(),
        ParameterValue::Number(number) => {
            let of = |(change, step)| (change, ParameterValue::Number(number.saturating_add(step)));
            number_steps().into_iter().map(of).collect()
        }
        ParameterValue::Date(day) => [(true, 1), (false, -1)]
            .into_iter()
            .map(|(later, days)| (Change::date(later), ParameterValue::Date(day.plus(days))))
            .collect(),
        ParameterValue::YesNo(yes) => {
            let (da, en) = if yes { ("nej", "no") } else { ("ja", "yes") };
            vec![(Change::read_as(da, en), ParameterValue::YesNo(!yes))]
        }
    }
}

/// A number by the smallest step that the language knows, up and down.
pub(super) fn number_steps() -> [(Change, i64); 2] {
    [
        (Change::number("+0,001", "0,001 højere", "0.001 higher"), 1),
        (Change::number("-0,001", "0,001 lavere", "0.001 lower"), -1),
    ]
}

/// A date or number that is written out, beside itself.
pub(super) fn other_bounds(value: Literal<Bound>) -> Vec<(Change, Literal<Bound>)> {
    let Literal::Fixed(bound) = value else {
        return Vec::new();
    };
    let value = match bound {
        Bound::Number(number) => ParameterValue::Number(number),
        Bound::Date(day) => ParameterValue::Date(day),
    };
    let bounds = other_values(value).into_iter();
    bounds
        .filter_map(|(change, value)| match value {
            ParameterValue::Number(number) => Some((change, Bound::Number(number))),
            ParameterValue::Date(day) => Some((change, Bound::Date(day))),
            _ => None,
        })
        .map(|(change, bound)| (change, Literal::Fixed(bound)))
        .collect()
}
