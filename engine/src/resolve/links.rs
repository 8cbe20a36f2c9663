//! Where the links of a condition on rows stand: `indsats hvor alle af: …`.
//!
//! A [`RowCondition`] says what a row must meet and is compared with others; where its links are
//! written is kept beside it.

use super::Declared;
use crate::model::{ConditionKind, DurationTest, RowCondition, RowLink, RowLinkKind};
use hjemmel_grammar::syntax::{Condition, ConditionKind as Written};

/// The links of a condition after `hvor`, in the order written.
pub(super) fn of(item: Declared<'_>, written: &Condition, kind: &ConditionKind) -> Vec<RowLink> {
    let Written::Where {
        filter: written, ..
    } = &written.kind
    else {
        return Vec::new();
    };
    let (filter, durations): (_, &[DurationTest]) = match kind {
        ConditionKind::Rows {
            filter, durations, ..
        } => (filter, durations),
        ConditionKind::Assessed { filter, .. } => (filter, &[]),
        _ => return Vec::new(),
    };
    let parts: &[Condition] = match &written.kind {
        Written::All(parts) => parts,
        _ => std::slice::from_ref(written),
    };
    let is_duration = |part: &&Condition| matches!(part.kind, Written::Duration(..));
    let tests = parts.iter().filter(|part| !is_duration(part)).count();
    let tested: &[RowCondition] = match filter {
        RowCondition::All(each) if tests != 1 => each,
        only => std::slice::from_ref(only),
    };
    let (mut tested, mut durations) = (tested.iter(), durations.iter());
    let mut links = Vec::new();
    for part in parts {
        if is_duration(&part) {
            links.extend(durations.next().map(|test| RowLink {
                site: item.site(part.span),
                says: RowLinkKind::Duration(*test),
            }));
        } else if let Some(test) = tested.next() {
            collect(item, part, test, &mut links);
        }
    }
    links
}

/// The links of a nested condition.
fn collect(item: Declared<'_>, written: &Condition, test: &RowCondition, links: &mut Vec<RowLink>) {
    let (parts, tests): (&[Condition], &[RowCondition]) = match (&written.kind, test) {
        (Written::All(parts), RowCondition::All(tests))
        | (Written::Any(parts), RowCondition::Any(tests))
        | (Written::AtLeast(_, parts), RowCondition::AtLeast(_, tests)) => (parts, tests),
        (Written::None(parts), RowCondition::Not(any)) => match any.as_ref() {
            RowCondition::Any(tests) => (parts, tests),
            _ => return,
        },
        (Written::Not(part), RowCondition::Not(test)) => return collect(item, part, test, links),
        _ => {
            links.push(RowLink {
                site: item.site(written.span),
                says: RowLinkKind::Row(test.clone()),
            });
            return;
        }
    };
    for (part, test) in parts.iter().zip(tests) {
        collect(item, part, test, links);
    }
}
