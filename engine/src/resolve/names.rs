//! Which name means what: one namespace for everything that is declared.

use super::Declared;
use crate::diagnostics::names as errors;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{ClauseKind, Kind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What a name means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// What it was declared as.
    pub(super) kind: Kind,
    /// Its position among the rules of its kind.
    pub(super) index: usize,
    /// Where it was first declared.
    pub(super) site: Site,
}

/// All names of a rule set.
pub(super) struct Names {
    meanings: BTreeMap<String, Meaning>,
    /// The states of each classification, of all its versions; `None` if one could not be read.
    states: BTreeMap<String, Option<Vec<String>>>,
    used: RefCell<BTreeSet<String>>,
}

impl Names {
    /// Gathers the names. Versions of one rule share a name; a name for two things is an error.
    pub(super) fn collect(declared: &[Declared<'_>], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut meanings: BTreeMap<String, Meaning> = BTreeMap::new();
        let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
        for item in declared {
            let kind = item.declaration.kind;
            let Some(name) = item
                .declaration
                .name
                .as_ref()
                .filter(|_| kind != Kind::Example)
            else {
                continue;
            };
            let site = item.site(name.span);
            match meanings.get(&name.text) {
                Some(other) if other.kind != kind || !has_versions(kind) => {
                    diagnostics.push(errors::name_taken(site, &name.text, other.site, other.kind));
                }
                Some(_) => {}
                None => {
                    let count = counts.entry(kind as u8).or_default();
                    meanings.insert(
                        name.text.clone(),
                        Meaning {
                            kind,
                            index: *count,
                            site,
                        },
                    );
                    *count = count.saturating_add(1);
                }
            }
        }
        Self {
            meanings,
            states: states(declared),
            used: RefCell::default(),
        }
    }

    /// What a name means.
    pub(super) fn get(&self, name: &str) -> Option<Meaning> {
        self.meanings.get(name).copied()
    }

    /// The states of a classification; `None` if they are not all known.
    pub(super) fn states(&self, name: &str) -> Option<&[String]> {
        self.states.get(name)?.as_deref()
    }

    /// What a name that is used somewhere means.
    pub(super) fn lookup(&self, name: &str) -> Option<Meaning> {
        let meaning = self.get(name)?;
        self.used.borrow_mut().insert(name.to_owned());
        Some(meaning)
    }

    /// The names of these kinds that nothing has looked up.
    pub(super) fn unused(&self, kinds: &[Kind]) -> Vec<(String, Meaning)> {
        let used = self.used.borrow();
        let all = self
            .meanings
            .iter()
            .filter(|(name, meaning)| kinds.contains(&meaning.kind) && !used.contains(*name));
        all.map(|(name, meaning)| (name.clone(), *meaning))
            .collect()
    }

    /// Whether this declaration is (a version of) what its name means, not a second use of it.
    pub(super) fn owns(&self, item: &Declared<'_>) -> bool {
        self.get(item.name()).is_some_and(|meaning| {
            meaning.kind == item.declaration.kind
                && (has_versions(meaning.kind) || meaning.site == item.name_site())
        })
    }

    /// The names of the kinds that `wanted` accepts, in alphabetical order.
    pub(super) fn of(&self, wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = &str> {
        let all = self
            .meanings
            .iter()
            .filter(move |(_, meaning)| wanted(meaning.kind));
        all.map(|(name, _)| name.as_str())
    }
}

fn states(declared: &[Declared<'_>]) -> BTreeMap<String, Option<Vec<String>>> {
    let mut all: BTreeMap<String, Option<Vec<String>>> = BTreeMap::new();
    for item in declared {
        if item.declaration.kind != Kind::Classification {
            continue;
        }
        let states = all
            .entry(item.name().to_owned())
            .or_insert_with(|| Some(Vec::new()));
        if item.declaration.broken {
            *states = None;
        }
        let clauses = item.declaration.clauses.iter();
        let branches = clauses.filter_map(|clause| match &clause.kind {
            ClauseKind::Branch(branch) => Some(branch.state.text.clone()),
            _ => None,
        });
        if let Some(states) = states {
            states.extend(branches);
        }
    }
    all
}

/// Whether several declarations of one name are versions of one rule.
fn has_versions(kind: Kind) -> bool {
    !matches!(kind, Kind::Act | Kind::Data)
}
