//! Which rules an error can reach: their examples are not worth running.

use super::parts::Reach;
use crate::resolve::{Declared, Uses};
use hjemmel_grammar::syntax::{Declaration, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// The names that an error can reach: one in what the name declares, in what changes it
/// (an exemption of a duty), or in anything that these use.
pub(super) fn sick(
    declared: &[Declared<'_>],
    part_of: &[usize],
    reach: &[Reach],
    uses: &Uses,
) -> BTreeSet<String> {
    let mut sick = BTreeSet::new();
    let of_part = |part: &usize| reach.get(*part).copied().unwrap_or(Reach::Nothing);
    let mut queue: Vec<&Declared<'_>> = declared
        .iter()
        .zip(part_of)
        .filter(|(_, part)| of_part(part) != Reach::Nothing)
        .map(|(item, _)| item)
        .collect();
    if queue.is_empty() {
        return sick;
    }
    let ids: BTreeMap<&str, usize> = (0..)
        .zip(&uses.names)
        .map(|(id, known)| (known.text.as_str(), id))
        .collect();
    let mut users: Vec<Vec<&Declared<'_>>> = vec![Vec::new(); uses.names.len()];
    for (item, used) in declared.iter().zip(&uses.of) {
        for id in used {
            if let Some(users) = users.get_mut(*id) {
                users.push(item);
            }
        }
    }
    while let Some(item) = queue.pop() {
        for name in decides(item.declaration) {
            if sick.insert(name.to_owned()) {
                let users = ids.get(name).and_then(|id| users.get(*id));
                queue.extend(users.into_iter().flatten());
            }
        }
    }
    sick
}

/// The names whose meaning a declaration decides: its own, and those that it changes.
pub(super) fn decides(declaration: &Declaration) -> impl Iterator<Item = &str> {
    let changes = matches!(
        declaration.kind,
        Kind::Exemption | Kind::Suspension | Kind::Transition
    );
    let targets = declaration.targets.iter().filter(move |_| changes);
    let names = declaration.name.iter().chain(targets);
    names.map(|name| name.text.as_str())
}
