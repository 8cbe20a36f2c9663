//! When rules are in force: each first and last day a day off.

use super::change::Change;
use super::edit::{Edit, RuleId};
use super::making::{Making, Place};
use crate::model::{Rule, Validity};
use crate::time::{Day, Period};
use hjemmel_grammar::syntax::ClauseKind;

/// An edge of a period that is moved by a day.
#[derive(Clone, Copy)]
pub(super) struct Moved {
    pub(super) later: bool,
    /// The one day that belongs to another law than before.
    pub(super) day: Day,
}

impl Moved {
    /// Both ways to move an edge: the first day of a period, or the day after its last.
    pub(super) fn ways(edge: Day) -> [Self; 2] {
        let later = Self {
            later: true,
            day: edge,
        };
        let earlier = Self {
            later: false,
            day: edge.previous(),
        };
        [later, earlier]
    }

    fn of(self, edge: Day) -> Day {
        edge.plus(if self.later { 1 } else { -1 })
    }

    pub(super) fn start(self, validity: Validity) -> Validity {
        let period = validity.period;
        Validity {
            period: Period::new(self.of(period.start), period.end),
        }
    }

    pub(super) fn end(self, validity: Validity) -> Validity {
        let period = validity.period;
        Validity {
            period: Period::new(period.start, self.of(period.end)),
        }
    }
}

impl Making<'_> {
    /// The first and the last day in force of a declaration, by its first and last version. Where
    /// another ends as it begins, the two change together: a law that takes effect a day late leaves
    /// no hole.
    pub(super) fn in_force<T>(
        &mut self,
        place: &Place<'_>,
        id: RuleId,
        rule: &Rule<T>,
        (first, last): (usize, usize),
    ) {
        let validity = place.written.clause(|clause| match clause {
            ClauseKind::Validity { from, to } => Some((*from, *to)),
            _ => None,
        });
        let versions = (rule.versions.get(first), rule.versions.get(last));
        let (Some(((from, to), _)), (Some(start), Some(end))) = (validity, versions) else {
            return;
        };
        let (start, end) = (start.validity, end.validity);
        let of = |version, own, other| Edit::Validity {
            rule: id,
            version,
            own,
            other,
        };
        let versions = rule.versions.iter().enumerate();
        let before = versions
            .clone()
            .find(|(_, other)| other.validity.period.end == start.period.start);
        let next = versions
            .clone()
            .find(|(_, other)| other.validity.period.start == end.period.end);
        for moved in from.iter().flat_map(|_| Moved::ways(start.period.start)) {
            let mut edits = vec![of(first, start, moved.start(start))];
            if let Some((n, other)) = before {
                edits.push(of(n, other.validity, moved.end(other.validity)));
            }
            if let Some(from) = from.filter(|_| self.matters(id, moved)) {
                self.add(place, from.span, Change::date(moved.later), edits);
            }
        }
        // The one that follows has moved it with its own first day.
        let alone = to.filter(|_| next.is_none());
        for moved in alone.iter().flat_map(|_| Moved::ways(end.period.end)) {
            let edits = vec![of(last, end, moved.end(end))];
            if let Some(to) = alone.filter(|_| self.matters(id, moved)) {
                self.add(place, to.span, Change::date(moved.later), edits);
            }
        }
    }

    /// Whether the law of a day can make a difference through a rule: whether an answer rests on the
    /// rule, and on the law of that day. A transition that is in force on the day whose law it names
    /// would never end.
    pub(super) fn matters(&self, id: RuleId, moved: Moved) -> bool {
        if let RuleId::Transition(n) = id {
            let versions = self.model.transitions.get(n);
            let mut versions = versions.into_iter().flat_map(|rule| &rule.versions);
            if versions.any(|version| moved.day <= version.body.law_of) {
                return false;
            }
        }
        self.reach.matters(self.model, id, moved.day)
    }
}
